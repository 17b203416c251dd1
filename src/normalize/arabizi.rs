//! Arabic written with Latin letters and digits, in Arabic letters.

mod evidence;
mod lexicon;
mod letters;
mod ngrams;
mod search;
mod tokens;

use std::collections::HashMap;

use super::edit::Edits;
use evidence::{Evidence, Ground, Reading};
pub(crate) use evidence::{languages, surprise};
use tokens::Token;

/// What it takes to begin a stretch of Arabizi, in hundredths of a bit.
const ENTRY: i32 = 500;
/// The language of a text shows in so many bytes.
const LOOK: usize = 4096;
/// What a chat word weighs that English hardly has.
const USUAL: i32 = 150;
/// What words without proof must weigh together.
const SPOKEN: i32 = 800;

/// Latin-letter Arabic in Arabic script: "3ayez flosy" -> "عايز فلوسي", "ana msh za3lan" -> "انا مش زعلان"; what is
/// English, a name, a number, an address or a code stays: "el app slow awy" -> "ال app slow اوي".
///
/// A word of the chat table has its Arabic there. Any other is spelled by `tables/arabizi_letters.tsv`: of all
/// spellings the one that costs least by the letters' bits and the words people use, with what may be written onto
/// them (`tables/arabizi_affixes.tsv`); a word nobody wrote is judged by its letters. An opening alef is written bare
/// ("أنا" is "انا"), as chats do. "w", "b", "el" and their like are written onto the next Arabic word, and stand alone
/// before a foreign one.
///
/// Words change only in a stretch that a word of Arabizi alone proves (in the table and in no other language, or
/// digits for sounds in a likely spelling), or where all Latin words of a text read as Arabic and as nothing else.
/// Capitals inside a word keep it ("STC", "iPhone"), unless they are emphatic letters ("beSla" is بصلة).
///
/// Cost: short vowels go; a long vowel, ة or a seat of hamza nobody wrote is guessed. About 30 microseconds a word.
/// Source: written for rasd; word counts as in `tables/SOURCES.md`.
pub(super) fn arabizi_to_arabic(text: &str, edits: &mut Edits<'_>) {
    if !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return;
    }
    let tokens = tokens::tokens(text);
    let readings = read(&tokens);
    for (place, reading) in readings.iter().enumerate() {
        let span = &tokens[place].span;
        match reading {
            Reading::None => {}
            Reading::Word(arabic) => edits.replace(span.clone(), arabic),
            Reading::Joined(arabic) => {
                let next = next(&tokens, &readings, place);
                let end = next.map_or(span.end, |(next, _)| next.span.start);
                let arabic = proclitic(&tokens, &readings, place, arabic);
                edits.replace(span.start..end, arabic);
            }
        }
    }
}

/// The Arabizi word that a proclitic at `place` is written onto.
fn next<'t>(tokens: &'t [Token], readings: &'t [Reading], place: usize) -> Option<(&'t Token, &'t Reading)> {
    let next = tokens.get(place + 1).filter(|_| tokens[place].touches_next)?;
    readings.get(place + 1).filter(|reading| **reading != Reading::None).map(|reading| (next, reading))
}

/// How the proclitic `arabic` at `place` is written there.
fn proclitic(tokens: &[Token], readings: &[Reading], place: usize, arabic: &'static str) -> &'static str {
    // "l el" is لل.
    let is_to = |place: usize| {
        tokens[place].key == "l"
            && next(tokens, readings, place).is_some_and(|(_, next)| *next == Reading::Joined("ال"))
    };
    if is_to(place) || place > 0 && readings[place - 1] != Reading::None && is_to(place - 1) {
        return "ل";
    }
    match next(tokens, readings, place) {
        // "7amdulillah" is الحمد لله without "el".
        Some((next, Reading::Word(word)))
            if word.starts_with("ال") && !next.key.starts_with(['a', 'e', 'i', 'l']) =>
        {
            arabic.strip_suffix("ال").unwrap_or(arabic)
        }
        _ => arabic,
    }
}

/// How many Latin words of `text` are Arabizi, and how many there are, in its first [`LOOK`] bytes.
pub(crate) fn count(text: &str) -> (usize, usize) {
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at < LOOK).last().unwrap_or(0);
    let head = if text.len() > LOOK { &text[..end] } else { text };
    let tokens = tokens::tokens(head);
    let arabizi = read(&tokens).iter().filter(|reading| **reading != Reading::None).count();
    (arabizi, tokens.len())
}

/// The Arabic of every token; [`Reading::None`] for what stays.
fn read(tokens: &[Token]) -> Vec<Reading> {
    let mut readings = Vec::with_capacity(tokens.len());
    let mut known = HashMap::new();
    // Arabic words part stretches: what they say of their neighbours stays the same once those are Arabic too.
    for tokens in tokens.chunk_by(|_, next| !next.after_arabic) {
        let words = weigh(tokens, &mut known);
        let mut inside = stretches(&words);
        // Among Arabizi an article is one, before an English word too, and so is a chat word that English hardly has.
        let n_inside = inside.iter().filter(|is_inside| **is_inside).count();
        for (is_inside, word) in inside.iter_mut().zip(&words).filter(|_| n_inside > 0) {
            *is_inside |= word.reading == Reading::Joined("ال")
                || word.ground == Ground::Listed && word.weight > USUAL && n_inside * 4 >= words.len();
        }
        let kept = tokens.len() - words.len();
        readings.extend(
            words
                .into_iter()
                .zip(inside)
                .map(|(word, is_arabizi)| if is_arabizi { word.reading } else { Reading::None }),
        );
        readings.extend(std::iter::repeat_n(Reading::None, kept));
    }
    readings
}

/// The evidence of every token; none where nothing can prove Arabizi. `known`: words of the text weighed before.
fn weigh<'t>(tokens: &'t [Token], known: &mut HashMap<&'t str, Evidence>) -> Vec<Evidence> {
    let weigh = |token: &'t Token| {
        if token.is_fixed {
            return Evidence::fixed();
        }
        let word = known.entry(&token.key).or_insert_with(|| evidence::of(&token.key)).clone();
        if token.has_emphatics { word.without_proof() } else { word }
    };
    if tokens.iter().any(|token| !token.is_fixed && !token.has_emphatics && evidence::may_prove(&token.key)) {
        return tokens.iter().map(weigh).collect();
    }
    // Without proof, words none of which another language has and that all read as Arabic are Arabizi, but for names.
    if tokens.iter().any(|token| token.is_capital && token.span.start > 0) {
        return Vec::new();
    }
    let mut words: Vec<Evidence> = tokens.iter().map(weigh).take_while(|word| word.weight > 0).collect();
    let sum: i32 = words.iter().map(|word| word.weight).sum();
    let is_spoken =
        words.len() == tokens.len() && (sum >= SPOKEN || words.len() == 1 && words[0].ground == Ground::Fits);
    if !is_spoken {
        return Vec::new();
    }
    words.iter_mut().for_each(|word| word.ground = Ground::Proof);
    words
}

/// Which words belong to stretches of Arabizi: the stretches of most weight, each with proof in it.
fn stretches(words: &[Evidence]) -> Vec<bool> {
    // Best sums ending here: outside, inside without proof yet, inside with proof.
    const NEVER: i32 = i32::MIN / 2;
    let mut best = [0, NEVER, NEVER];
    let mut steps: Vec<[usize; 3]> = Vec::with_capacity(words.len());
    for word in words {
        let outside = if best[2] > best[0] { (best[2], 2) } else { (best[0], 0) };
        let enter = (outside.0 - ENTRY, outside.1);
        let hinted = if best[1] > enter.0 { (best[1], 1) } else { enter };
        let proved = if best[2] >= hinted.0 { (best[2], 2) } else { hinted };
        let next = if word.ground == Ground::Proof {
            [outside, (NEVER, 0), (proved.0 + word.weight, proved.1)]
        } else {
            [outside, (hinted.0 + word.weight, hinted.1), (best[2] + word.weight, 2)]
        };
        steps.push(next.map(|step| step.1));
        best = next.map(|step| step.0.max(NEVER));
    }
    let mut state = if best[2] > best[0] { 2 } else { 0 };
    let mut inside = vec![false; words.len()];
    for (place, step) in steps.iter().enumerate().rev() {
        inside[place] = state != 0;
        state = step[state];
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::super::tables::Table;
    use super::super::words;
    use super::*;
    use crate::{Normalizer, Span};

    fn normalizer() -> Normalizer {
        Normalizer::empty().with("arabizi_to_arabic", "on").expect("a rule")
    }

    #[test]
    fn each_word_leads_back_to_its_own_source() {
        let text = "great, ana za3lan w el mowazaf msh mo7taram";
        let normalized = normalizer().normalize_aligned(text);
        assert_eq!(normalized.text, "great, انا زعلان والموظف مش محترم");
        for (arabic, latin) in [("زعلان", "za3lan"), ("والموظف", "w el mowazaf"), ("مش", "msh")]
        {
            let start = normalized.text.find(arabic).expect("the word");
            let span = normalized.source_span(Span { start, end: start + arabic.len() });
            assert_eq!(&text[span.start..span.end], latin);
        }
    }

    #[test]
    fn proclitics_stand_where_they_can() {
        for (before, after) in [
            ("2olt l el modeer", "قلت للمدير"),
            ("el 7amdulillah", "الحمد لله"),
            ("msh b el sor3a di", "مش بالسرعة دي"),
            ("msh 3ayez w el", "مش عايز وال"),
            ("3ayez el wifi", "عايز ال wifi"),
        ] {
            assert_eq!(normalizer().normalize(before), after);
        }
    }

    /// What the chat table calls clear is no word of another language; its cells hold what they should.
    #[test]
    fn chat_words_are_what_the_table_says() {
        for row in Table::read(include_str!("tables/arabizi_words.tsv")).rows() {
            let [word, arabic, kind, ..] = row.as_slice() else { panic!("{row:?}") };
            assert!(
                word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'\''),
                "{word}"
            );
            assert!(arabic.chars().all(|c| c == ' ' || super::super::chars::is_arabic_letter(c)), "{word}");
            assert!(["clear", "shared", "joins"].contains(kind), "{word}");
            let is_foreign = words::english(word).is_some() || languages(word).is_some();
            assert!(*kind != "clear" || !is_foreign, "{word}");
        }
    }
}
