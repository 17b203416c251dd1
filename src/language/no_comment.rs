//! Answers that say nothing.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::normalize::{Normalizer, Table, is_emoji};

/// Longer texts say something.
const LONGEST: usize = 200;
const MOST_WORDS: usize = 14;

static KEY: LazyLock<Normalizer> = LazyLock::new(|| {
    let key = Normalizer::preset("search")
        .and_then(|key| key.with("reduce_elongation", "1"))
        .and_then(|key| key.with("arabizi_to_arabic", "on"));
    key.unwrap_or_else(|_| Normalizer::empty())
});

/// What a word does in an answer that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    /// Denies by itself: "no", "لا", "مفيش".
    Absence,
    /// Denies what follows: "not", "ما".
    Open,
    /// "without", "بدون".
    Without,
    /// "have", "عندي".
    Have,
    /// What is not known or not said: "know", "اعلم".
    Know,
    /// What an answer would hold: "comment", "شيء".
    Thing,
    /// "problem", "شكوى": none of them says no more than no comment.
    Trouble,
    /// "any", "further": of a thing.
    More,
    /// Of "thank you" alone.
    You,
    /// Thanks, "at this time".
    Around,
}

/// Folded words with their parts, and whole answers without blanks.
struct Words {
    parts: HashMap<String, Part>,
    phrases: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { parts: HashMap::new(), phrases: HashSet::new() };
    for (word, part) in Table::read(include_str!("tables/no_comment.tsv")).pairs() {
        let part = match part {
            "absence" => Part::Absence,
            "open" => Part::Open,
            "without" => Part::Without,
            "know" => Part::Know,
            "thing" => Part::Thing,
            "trouble" => Part::Trouble,
            "more" => Part::More,
            "have" => Part::Have,
            "you" => Part::You,
            "around" => Part::Around,
            _ => {
                words.phrases.insert(joined(&KEY.normalize(word)));
                continue;
            }
        };
        words.parts.entry(KEY.normalize(word).into_owned()).or_insert(part);
    }
    words
});

fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The answer says nothing: "لا يوجد", "N/A", "-", blanks. A rating, an emoji or a real sentence is a comment.
///
/// ```
/// use rasd::language::is_no_comment;
/// assert!(is_no_comment("لا يوجد لدي اي ملاحظات حاليا"));
/// assert!(is_no_comment("n.a"));
/// assert!(!is_no_comment("none of the staff helped"));
/// assert!(!is_no_comment("كل شي تمام"));
/// ```
pub fn is_no_comment(text: &str) -> bool {
    if text.len() > LONGEST {
        return !text.chars().any(|c| c.is_alphanumeric() || is_emoji(c));
    }
    let key = KEY.normalize(text);
    let joined = joined(&key);
    if joined.is_empty() {
        return !text.chars().any(is_emoji);
    }
    WORDS.phrases.contains(&joined) || is_arabic_letter_alone(&joined) || is_denial(&key)
}

/// One Arabic letter is a slip of the finger; a Latin one may be a mark.
fn is_arabic_letter_alone(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(crate::normalize::is_arabic_letter) && letters.next().is_none()
}

/// Every word has a part to play, and together they deny that there is anything to say.
fn is_denial(key: &str) -> bool {
    let mut seen = HashSet::new();
    let mut before = "";
    for (place, word) in key.split_whitespace().enumerate() {
        let bare = || word.strip_prefix('و').filter(|rest| rest.chars().count() > 2);
        let part = WORDS.parts.get(word).or_else(|| WORDS.parts.get(bare()?));
        match part {
            Some(Part::You) if before != "thank" => return false,
            Some(part) if place < MOST_WORDS => seen.insert(*part),
            _ => return false,
        };
        before = word;
    }
    let has = |part| seen.contains(&part);
    let (names, troubles) = (has(Part::Thing) || has(Part::Know), has(Part::Trouble));
    if has(Part::More) && !names && !troubles {
        return false;
    }
    let opens = has(Part::Open) && (has(Part::Know) || has(Part::Have) || key.contains("ولا") && names);
    has(Part::Absence) || opens || has(Part::Without) && !troubles && (names || seen.len() == 1)
}
