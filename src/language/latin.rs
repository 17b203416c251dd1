//! Which language Latin letters write.

use crate::normalize::{arabizi_words, english_use, is_english_word, latin_languages};

/// Words looked at; the rest of a longer text is like its beginning.
const WORDS: usize = 400;

/// Letters that only some languages write, with the languages.
const LETTERS: &[(&str, &[usize])] = &[
    ("éèêàâîôûœç", &[FRENCH]),
    ("ñ¿¡", &[SPANISH]),
    ("ãõ", &[PORTUGUESE]),
    ("şğı", &[TURKISH]),
    ("ß", &[GERMAN]),
    ("äöü", &[GERMAN, TURKISH]),
    ("çâ", &[TURKISH, PORTUGUESE]),
    ("áíóú", &[SPANISH, PORTUGUESE]),
    ("ìò", &[ITALIAN]),
];

const CODES: [&str; 10] = ["fr", "es", "it", "de", "pt", "tr", "id", "nl", "tl", "ur"];
const FRENCH: usize = 0;
const SPANISH: usize = 1;
const ITALIAN: usize = 2;
const GERMAN: usize = 3;
const PORTUGUESE: usize = 4;
const TURKISH: usize = 5;

/// The language of a text in Latin letters: "arabizi", "en", or the code of another whose frequent words outweigh
/// English ones.
pub(super) fn language(text: &str) -> &'static str {
    let (arabizi, all) = arabizi_words(text);
    if arabizi > 0 && arabizi * 5 >= all * 2 {
        return "arabizi";
    }
    let mut english = 0;
    let mut others = [0; CODES.len()];
    let words = text.split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '\u{2019}'));
    for word in words.filter(|word| !word.is_empty()).take(WORDS) {
        let word = word.to_lowercase();
        if is_elision(&word) {
            others[FRENCH] += 2;
            continue;
        }
        let codes = latin_languages(&word);
        // Edited English text quotes words of other languages.
        let is_english = match codes {
            Some(_) => english_use(&word).is_some_and(|seen| seen.typed > 5),
            None => is_english_word(&word) || word.contains(['\'', '\u{2019}']),
        };
        english += if is_english { 2 } else { 0 };
        // A word that English has as well says half as much.
        let weight = if is_english { 1 } else { 2 };
        for (place, code) in CODES.iter().enumerate() {
            let is_word = codes.is_some_and(|codes| codes.split(' ').any(|c| c == *code));
            let has_letter = || {
                LETTERS
                    .iter()
                    .any(|(letters, of)| of.contains(&place) && word.contains(|c| letters.contains(c)))
            };
            if is_word || !word.is_ascii() && !is_english && has_letter() {
                others[place] += weight;
            }
        }
    }
    let best = (0..CODES.len()).max_by_key(|place| (others[*place], usize::MAX - place)).unwrap_or(0);
    if others[best] > english { CODES[best] } else { "en" }
}

/// "c'est", "l'application", "qu'il": a French word that lost its vowel before another.
fn is_elision(word: &str) -> bool {
    word.split_once(['\'', '\u{2019}']).is_some_and(|(before, after)| {
        matches!(before, "c" | "l" | "d" | "j" | "n" | "s" | "m" | "t" | "qu")
            && after.len() > 1
            && after.starts_with(|c: char| "aeiouhéèêàâîy".contains(c))
    })
}
