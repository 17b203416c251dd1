//! Words written onto the next one: و ف, then ب ك ل س, then ال; read one by one, where rules of `normalize` look for a
//! listed whole.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::normalize::{Table, arabic_use, is_arabic_letter, is_arabic_mark, stems};

/// Longer words are nobody's words.
const LONGEST: usize = 24;

/// Word -> its segments. Source: `tables/proclitics.tsv`.
static LISTED: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    Table::read(include_str!("tables/proclitics.tsv"))
        .pairs()
        .map(|(word, segments)| (word, segments.split(' ').collect()))
        .collect()
});

/// The segments of an Arabic word: conjunction (و ف), preposition or future (ب ك ل س), article (ال), the rest; words
/// that only look so are left whole.
///
/// Joined, the segments are the word again, with two habits of spelling undone: ل + ال is written لل ("للعميل", and
/// "للغة" where the noun opens with ل), ل + الله is written لله. Vowel signs stay with their letter. What is no single
/// Arabic word comes back whole, the empty word as no segment.
///
/// Cost: a word with two readings gets the more frequent one: "وجد" is "found", never "and grandfather". The dialects'
/// ب of the present ("بيقول") belongs to its verb.
/// Source: the D3 scheme of CAMeL Tools and Farasa, without their enclitics; how often a word and what would be left
/// of it occur; `tables/proclitics.tsv`.
///
/// ```
/// use rasd::segment::proclitics;
/// assert_eq!(proclitics("وبالتطبيق"), ["و", "ب", "ال", "تطبيق"]);
/// assert_eq!(proclitics("للعميل"), ["ل", "ال", "عميل"]);
/// assert_eq!(proclitics("سيصل"), ["س", "يصل"]);
/// assert_eq!(proclitics("فلوس"), ["فلوس"]); // "money", not "so Los"
/// ```
pub fn proclitics(word: &str) -> Vec<&str> {
    let ends: Vec<usize> = word
        .char_indices()
        .filter(|(_, c)| is_arabic_letter(*c))
        .map(|(at, _)| at)
        .skip(1)
        .chain([word.len()])
        .take(LONGEST + 1)
        .collect();
    let inner = |c: char| is_arabic_letter(c) || is_arabic_mark(c) || c == '\u{640}';
    if ends.len() > LONGEST || !word.starts_with(is_arabic_letter) || !word.chars().all(inner) {
        return if word.is_empty() { Vec::new() } else { vec![word] };
    }
    let letters: String = word.chars().filter(|c| is_arabic_letter(*c)).collect();
    let (mut start, mut taken) = (0, 0);
    let cut = |part: Part| {
        taken += part.letters;
        let end = taken.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(start);
        let piece = part.text.unwrap_or(&word[start..end]);
        start = end;
        piece
    };
    read(&letters, Stage::Conjunction).parts.into_iter().map(cut).collect()
}

/// A segment: so many letters of the word, written as `text` where that differs.
#[derive(Debug, Clone, Copy)]
struct Part {
    letters: usize,
    text: Option<&'static str>,
}

/// What may still come before the word proper.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
enum Stage {
    Conjunction,
    Preposition,
    Article,
}

/// A word in segments, and how often its last one is seen, in bits.
struct Reading {
    parts: Vec<Part>,
    seen: i32,
}

impl Reading {
    fn whole(word: &str) -> Self {
        Self { parts: vec![Part { letters: word.chars().count(), text: None }], seen: seen(word) }
    }

    fn after(mut self, proclitic: &str) -> Self {
        self.parts.insert(0, Part { letters: proclitic.chars().count(), text: None });
        self
    }

    fn is_whole(&self) -> bool {
        self.parts.len() == 1
    }
}

/// How often a word is seen, in bits; 0 for never.
fn bits(word: &str) -> i32 {
    arabic_use(word).map_or(0, |seen| i32::from(seen.edited.max(seen.typed)))
}

/// How often a word is seen, or what is left of it without its ending, in bits; 0 for never.
fn seen(word: &str) -> i32 {
    let stems = stems(word).map(|stem| (bits(&stem) - 2).max(0));
    bits(word).max(stems.max().unwrap_or(0))
}

/// `word` with an ending off is listed as one segment, and that is no rarer than `word` with its first letter or
/// article off: "بكيان" is "as an entity", no form of "بكي".
fn is_kept(word: &str) -> bool {
    let kept = |stem: &String| LISTED.get(stem.as_str()).is_some_and(|segments| segments.len() == 1);
    let first = word.chars().next().map_or(0, char::len_utf8);
    let rest = bits(word.strip_prefix("ال").unwrap_or(&word[first..]));
    stems(word).filter(kept).any(|stem| bits(&stem) >= rest)
}

fn read(word: &str, stage: Stage) -> Reading {
    if let Some(listed) = LISTED.get(word) {
        return written(word, listed);
    }
    let whole = Reading::whole(word);
    if is_kept(word) {
        return whole;
    }
    let mut letters = word.chars();
    let split = match letters.next() {
        Some('ا') => article(word),
        Some(first @ ('و' | 'ف')) if stage == Stage::Conjunction => {
            let rest = read(letters.as_str(), Stage::Preposition);
            let ease = if first == 'و' { [3, 6] } else { [2, 3] };
            // Few words open with و, and those are listed: a long one never seen is "and" with a word never seen.
            let unseen = first == 'و' && letters.clone().count() > 3 && seen(word) == 0;
            let fits = unseen || takes(word, letters.as_str(), &rest, ease);
            fits.then(|| rest.after(&word[..first.len_utf8()]))
        }
        Some('ل') if stage <= Stage::Preposition && word.starts_with("لل") => contracted(word),
        Some(first @ ('ب' | 'ك' | 'ل')) if stage <= Stage::Preposition => {
            let rest = read(letters.as_str(), Stage::Article);
            let ease = match first {
                'ب' => [0, 3],
                'ل' => [0, 5],
                _ => [-2, 1],
            };
            let fits = takes(word, letters.as_str(), &rest, ease) && !is_present(word, letters.as_str());
            fits.then(|| rest.after(&word[..first.len_utf8()]))
        }
        Some('س') if stage <= Stage::Preposition => {
            let rest = letters.as_str();
            let verb = rest.starts_with(['ي', 'ت', 'ن', 'أ', 'ا']) && rest.chars().count() > 2;
            // A verb with أ after س is no other word: "سأل" is listed.
            let known = rest.starts_with('أ') || (seen(rest) > 2 && seen(rest) >= seen(word));
            (verb && known).then(|| Reading::whole(rest).after("س"))
        }
        _ => None,
    };
    split.unwrap_or(whole)
}

/// The segments listed for `word`; where لل and لله hide an article, what follows tells how far it goes.
fn written(word: &str, listed: &[&'static str]) -> Reading {
    let mut rest = word;
    let mut parts = Vec::with_capacity(listed.len());
    for (at, segment) in listed.iter().enumerate() {
        let plain = rest.starts_with(segment);
        let end = match listed.get(at + 1).and_then(|next| rest.find(next)) {
            _ if plain => segment.len(),
            Some(next) => next,
            None => rest.len(),
        };
        parts.push(Part { letters: rest[..end].chars().count(), text: (!plain).then_some(*segment) });
        rest = &rest[end..];
    }
    Reading { parts, seen: seen(word) }
}

/// ال and at least two letters; two alone only when they are seen as a word.
fn article(word: &str) -> Option<Reading> {
    let rest = word.strip_prefix("ال")?;
    let enough = match rest.chars().count() {
        0 | 1 => false,
        2 => seen(rest) > 2,
        _ => true,
    };
    let mut reading = Reading::whole(rest);
    // The article makes a noun of anything: an unseen one counts a little.
    reading.seen = reading.seen.max(seen(word)).max(if rest.chars().count() > 3 { 3 } else { 0 });
    enough.then(|| reading.after("ال"))
}

/// ل + ال, written لل: "للعميل"; before a ل only one is written: "للغة".
fn contracted(word: &str) -> Option<Reading> {
    let rest = word.strip_prefix("لل")?;
    if rest.chars().count() < 2 {
        return None;
    }
    let full = &word['ل'.len_utf8()..];
    let often = |noun: &str| seen(noun).max(seen(&format!("ال{noun}")));
    let opens_with_lam = often(full) > often(rest);
    let noun = if opens_with_lam { full } else { rest };
    let mut reading = Reading::whole(noun).after("ل");
    reading.parts.insert(1, Part { letters: usize::from(!opens_with_lam), text: Some("ال") });
    Some(reading)
}

/// Whether `word` is a proclitic and `rest` rather than a word of its own: `rest` is seen, the shorter the oftener,
/// and `word` is not more than `ease` bits ahead of it (`rest` of three letters at most, of more).
fn takes(word: &str, rest: &str, reading: &Reading, ease: [i32; 2]) -> bool {
    let (least, ease) = match rest.chars().count() {
        0 | 1 => return false,
        2 => (6, ease[0]),
        3 => (3, ease[0]),
        // With an article it is no word of its own.
        _ if !reading.is_whole() => (3, 6),
        _ => (3, ease[1]),
    };
    reading.seen >= least && reading.seen + ease >= seen(word)
}

/// ب before an imperfect, as the dialects say the present: "بيقول", "بتحب"; standard text has none of it.
fn is_present(word: &str, rest: &str) -> bool {
    let typed_only = || arabic_use(word).is_some_and(|seen| seen.edited == 0 && seen.typed > 0);
    word.starts_with('ب')
        && rest.chars().count() > 2
        && (rest.starts_with('ي') || (rest.starts_with(['ت', 'ن']) && typed_only()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spelling of segments joined, by the habits [`proclitics`] names.
    fn joined(segments: &[&str]) -> String {
        let text = segments.concat();
        match segments.iter().position(|segment| *segment == "ل") {
            Some(at) if segments.get(at + 1).is_some_and(|next| next.starts_with("ال")) => {
                text.replacen("لال", "لل", 1).replacen("للل", "لل", 1)
            }
            _ => text,
        }
    }

    #[test]
    fn listed_segments_join_to_their_word() {
        for (word, segments) in LISTED.iter() {
            assert_eq!(joined(segments), *word);
            assert_eq!(proclitics(word), *segments);
        }
    }

    #[test]
    fn no_single_word_stays_whole() {
        assert!(proclitics("").is_empty());
        for text in ["app", "2024", "من المطعم", "والسعر!", "\u{64e}و", &"و".repeat(40)] {
            assert_eq!(proclitics(text), [text]);
        }
    }
}
