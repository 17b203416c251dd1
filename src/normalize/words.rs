//! In: a word. Out: how often permissive text of either kind holds it.
//! Law: a spelling is trusted from edited text; use is seen in both. Source: tables/SOURCES.md.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How often a word was seen, in bits of its count: 0 never, 1 once, 2 two or three times, 11 a thousand times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Use {
    /// In edited text: documentation, interfaces, translated sentences.
    pub(crate) edited: u8,
    /// In text as people type it: reviews, tweets.
    pub(crate) typed: u8,
}

type Words = HashMap<&'static str, Use>;

fn read(table: &'static str) -> Words {
    table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let word = cells.next()?;
            let mut bits = || cells.next()?.parse().ok();
            Some((word, Use { edited: bits()?, typed: bits()? }))
        })
        .collect()
}

/// Words typed too seldom for the main lists, with how often.
fn read_rare(table: &'static str) -> HashMap<&'static str, u8> {
    let rows = table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?.parse().ok()?))
    });
    rows.collect()
}

static RARE_ARABIC: LazyLock<HashMap<&'static str, u8>> =
    LazyLock::new(|| read_rare(include_str!("tables/words_ar_rare.tsv")));
static RARE_ENGLISH: LazyLock<HashMap<&'static str, u8>> =
    LazyLock::new(|| read_rare(include_str!("tables/words_en_rare.tsv")));

static ARABIC: LazyLock<Words> = LazyLock::new(|| read(include_str!("tables/words_ar.tsv")));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| read(include_str!("tables/words_en.tsv")));

/// Use of an Arabic word, spelled without marks or tatweel; `None` where it was not seen often.
pub(crate) fn arabic(word: &str) -> Option<Use> {
    ARABIC.get(word).copied()
}

/// Use of an English word in lower case; `None` where it was not seen often.
pub(crate) fn english(word: &str) -> Option<Use> {
    ENGLISH.get(word).copied()
}

/// Every Arabic word with its use, rare ones included, in no order.
pub(crate) fn all_arabic() -> impl Iterator<Item = (&'static str, Use)> {
    let rare = RARE_ARABIC.iter().map(|(word, typed)| (*word, Use { edited: 0, typed: *typed }));
    ARABIC.iter().map(|(word, seen)| (*word, *seen)).chain(rare)
}

/// Every English word of the main list with its use, in no order.
pub(crate) fn all_english() -> impl Iterator<Item = (&'static str, Use)> {
    ENGLISH.iter().map(|(word, seen)| (*word, *seen))
}

/// Whether an Arabic word was seen at all.
pub(crate) fn is_arabic(word: &str) -> bool {
    ARABIC.contains_key(word) || RARE_ARABIC.contains_key(word)
}

/// Whether an English word was seen, but seldom.
pub(crate) fn is_rare_english(word: &str) -> bool {
    RARE_ENGLISH.contains_key(word)
}

/// Endings that English adds to words.
const ENGLISH_ENDINGS: [&str; 15] =
    ["s", "es", "ed", "d", "ing", "ly", "er", "ers", "est", "y", "r", "ness", "less", "ful", "able"];

/// Whether an English word, in lower case, was seen at all, as it is or without an ending: "cancelled", "worries".
pub(crate) fn is_english(word: &str) -> bool {
    let seen = |word: &str| ENGLISH.contains_key(word) || RARE_ENGLISH.contains_key(word);
    let is_stem = |stem: &str| {
        let last = stem.chars().next_back().map_or(0, char::len_utf8);
        let shorter = &stem[..stem.len() - last];
        // "stopped", "hoping", "tried".
        seen(stem)
            || seen(&format!("{stem}e"))
            || shorter.ends_with(&stem[stem.len() - last..]) && seen(shorter)
            || stem.ends_with('i') && seen(&format!("{shorter}y"))
    };
    seen(word)
        || ENGLISH_ENDINGS
            .iter()
            .any(|ending| word.strip_suffix(ending).is_some_and(|stem| stem.len() > 2 && is_stem(stem)))
}

/// What may end an Arabic word that is counted without it: pronouns, numbers, persons.
const ARABIC_ENDINGS: &[&str] = &[
    "ه", "ها", "هم", "هما", "هن", "ك", "كم", "كن", "ي", "نا", "ني", "ا", "ة", "ت", "ات", "ون", "ين", "ان",
    "وا", "و", "تم", "ته", "تها", "تهم", "تك", "تكم", "تي", "تنا", "تني", "وه", "وها", "ونا", "ناه", "ناها",
];

/// An Arabic word without each ending it has, three letters at least; where the ending took the place of a ة, with it
/// too.
pub(crate) fn stems(word: &str) -> impl Iterator<Item = String> {
    let with_teh_marbuta = |stem: &str, ending: &str| match ending {
        "ه" | "ات" => Some(format!("{stem}ة")),
        _ => stem.strip_suffix('ت').map(|noun| format!("{noun}ة")),
    };
    ARABIC_ENDINGS
        .iter()
        .filter_map(|ending| Some((word.strip_suffix(ending)?, *ending)))
        .filter(|(stem, _)| stem.len() > 4)
        .flat_map(move |(stem, ending)| {
            [Some(stem.to_string()), with_teh_marbuta(stem, ending)].into_iter().flatten()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_told_from_use() {
        let (right, wrong) = (arabic("الخدمة").unwrap_or_default(), arabic("الخدمه").unwrap_or_default());
        assert!(right.edited > wrong.edited);
        assert!(english("service").is_some_and(|seen| seen.edited > 0));
        assert!(is_english("cancelled") && is_english("worries") && !is_english("khedma"));
        assert!(is_arabic("الخدمة") && !is_arabic("ععععع"));
        assert_eq!((arabic("ععععع"), english("qqqq")), (None, None));
    }

    #[test]
    fn endings_come_off() {
        assert!(stems("فكرتي").any(|stem| stem == "فكرة"));
        assert!(stems("فجوات").any(|stem| stem == "فجوة"));
        assert_eq!(stems("بيت").count(), 0);
    }
}
