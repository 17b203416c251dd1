//! Letters held down, cut to the word that was meant.

use super::chars::is_arabic_letter;
use super::clitics::arabic_use;
use super::edit::Edits;
use super::elongation::is_fixed;
use super::words;

/// Runs of a word that are weighed both ways; where a word has more, each keeps two.
const MOST_RUNS: usize = 4;

/// A letter three or more times in a row is kept once or twice, as the known word has it: "ممتااااز" -> "ممتاز",
/// "حللللو" -> "حلو", "اللللله" -> "الله", "sooo" -> "so", "goooood" -> "good". A word that no spelling makes known keeps
/// two, like the value `2`. Two in a row are never touched, nor digits, Roman numerals, sizes (xxxl), "www"
/// and the verbs that begin with تتت.
/// Cost: where both spellings are words the more usual one is taken ("toooo" is "too" all the same).
/// Source: `tables/words_ar.tsv`, `tables/words_en.tsv`.
pub(super) fn reduce_by_words(text: &str, edits: &mut Edits<'_>) {
    let mut runs: Vec<Run> = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !c.is_alphabetic() {
            if let Some(from) = start.take() {
                reduce_word(text, from, at, &runs, edits);
                runs.clear();
            }
            continue;
        }
        start.get_or_insert(at);
        let (mut end, mut count) = (at + c.len_utf8(), 1);
        while let Some((next, _)) = chars.next_if(|next| next.1 == c) {
            end = next + c.len_utf8();
            count += 1;
        }
        // تتتبع: a verb that begins with تت takes a third.
        let verb = c == 'ت' && start == Some(at);
        if count > 2 && !(count == 3 && (verb || is_fixed(text, at, end, c))) {
            runs.push(Run { start: at, end, width: c.len_utf8() });
        }
    }
    if let Some(from) = start {
        reduce_word(text, from, text.len(), &runs, edits);
    }
}

/// A letter three or more times in a row: bytes `start..end`.
struct Run {
    start: usize,
    end: usize,
    /// Bytes of the letter.
    width: usize,
}

fn reduce_word(text: &str, start: usize, end: usize, runs: &[Run], edits: &mut Edits<'_>) {
    let word = &text[start..end];
    if runs.is_empty() || is_size(word) || (word.len() < 48 && is_spelled_so(word)) {
        return;
    }
    // One bit per run: set where it keeps two.
    let all = (1usize << runs.len().min(MOST_RUNS)) - 1;
    let mut best = (0, all);
    let letters = end - start - runs.iter().map(|run| run.end - run.start - run.width).sum::<usize>();
    if runs.len() <= MOST_RUNS && letters <= 48 {
        let arabic = text[start..].chars().next().is_some_and(is_arabic_letter);
        for twice in (0..=all).rev() {
            let word = cut(text, start, end, runs, twice);
            let mut seen =
                if arabic { known_arabic(&word) } else { known_english(&word.to_ascii_lowercase()) };
            if seen > 0 {
                seen += DOUBLED * twice_by_nature(text, start, end, runs, twice);
            }
            if seen > best.0 {
                best = (seen, twice);
            }
        }
    }
    for (place, run) in runs.iter().enumerate() {
        let keep = if place >= MOST_RUNS || best.1 >> place & 1 == 1 { 2 } else { 1 };
        edits.delete(run.start + keep * run.width..run.end);
    }
}

/// Edited text holds the word with all its letters: "aaa", "mmm".
fn is_spelled_so(word: &str) -> bool {
    let seen = words::arabic(word).or_else(|| words::english(&word.to_ascii_lowercase()));
    seen.is_some_and(|seen| seen.edited > 2 && seen.edited > seen.typed)
}

/// A size of clothes: xxxl, XXXS.
fn is_size(word: &str) -> bool {
    word.len() < 8
        && word.trim_start_matches(['x', 'X']).to_ascii_lowercase().trim_matches(['s', 'l']).is_empty()
}

/// The word with each run cut: to two letters where its bit is set in `twice`, to one elsewhere.
fn cut(text: &str, start: usize, end: usize, runs: &[Run], twice: usize) -> String {
    let mut word = String::with_capacity(end - start);
    let mut at = start;
    for (place, run) in runs.iter().enumerate() {
        let keep = 1 + (twice >> place & 1);
        word.push_str(&text[at..run.start + keep * run.width]);
        at = run.end;
    }
    word.push_str(&text[at..end]);
    word
}

/// What a letter that is often double by nature adds where it keeps two.
const DOUBLED: u8 = 6;

/// Runs kept double that are double in many words: ل after the alef of the article, o and e inside an English word.
fn twice_by_nature(text: &str, start: usize, end: usize, runs: &[Run], twice: usize) -> u8 {
    let natural = |run: &Run| match &text[run.start..run.start + run.width] {
        "ل" => text[start..run.start].ends_with('ا'),
        "o" | "e" | "O" | "E" => run.start > start && run.end < end,
        _ => false,
    };
    runs.iter().enumerate().map(|(place, run)| u8::from(twice >> place & 1 == 1 && natural(run))).sum()
}

/// How known an Arabic word is; 0 is unknown.
fn known_arabic(word: &str) -> u8 {
    if word.chars().nth(1).is_none() {
        return 0;
    }
    let seen = arabic_use(word);
    seen.edited + seen.typed
}

/// How known an English word is; 0 is unknown. Nobody holds a letter of "to" or "of".
fn known_english(word: &str) -> u8 {
    match word {
        "to" | "of" | "or" | "al" => 0,
        "a" | "i" => 1,
        _ => words::english(word).map_or(0, |seen| seen.edited + seen.typed),
    }
}

#[cfg(test)]
mod tests {
    use super::super::edit::edited;
    use super::*;

    #[test]
    fn the_known_word_is_taken() {
        for (long, word) in [
            ("ممتااااز وااااو مكككان حللللو", "ممتاز واو مكان حلو"),
            ("sooo goooood coool looove yesss helllo pleaseee", "so good cool love yes hello please"),
            ("اللللله جدااا ججججميل والجمييييل", "الله جدا جميل والجميل"),
            ("بطيييييء سيييييء رااااائع لاااا", "بطيء سيء رائع لا"),
            ("toooo sloooow, Thankkkk youuuu! NOOOO", "too slow, Thank you! NO"),
        ] {
            assert_eq!(edited(long, reduce_by_words), word);
        }
    }

    #[test]
    fn unknown_words_and_doubles_stay() {
        for (long, word) in [
            ("zzzzqqqq", "zzqq"),
            ("ععععع", "عع"),
            ("aaabbbcccdddeee", "aabbccddee"),
            ("10000 bookkeeper الله ممتاز www.", "10000 bookkeeper الله ممتاز www."),
            ("soo good VIII xxxl تتتبع", "soo good VIII xxxl تتتبع"),
            ("الللي اللللجنة الللون", "اللي اللجنة اللون"),
            ("looool beeen chooose", "lol been choose"),
        ] {
            assert_eq!(edited(long, reduce_by_words), word);
        }
    }
}
