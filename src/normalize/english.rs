//! English spelling.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::chars::before;
use super::edit::Edits;
use super::pass::To;
use super::tables::Table;

static WHOLE: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| Table::read(include_str!("tables/contractions.tsv")).pairs().collect());

/// Contractions are written out: "can't" -> "cannot", "it's" -> "it is", "won't" -> "will not"; the possessive of
/// "John's" stays.
/// Cost: "it's been" becomes "it is been", "I'd" is read as "I would".
/// Source: `tables/contractions.tsv`.
pub(super) fn expand_contractions(text: &str, edits: &mut Edits<'_>) {
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_ascii_alphabetic() || (is_apostrophe(c) && start.is_some()) {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start.take() else { continue };
        if c.is_alphanumeric() || at - from > 16 {
            continue;
        }
        let word = text[from..at].trim_end_matches(is_apostrophe);
        if let Some(long) = expand(word) {
            edits.replace(from..from + word.len(), &long);
        }
    }
}

/// An apostrophe, typed or typeset.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

fn expand(word: &str) -> Option<String> {
    let plain: String = word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c }).collect();
    if !plain.contains('\'') {
        return None;
    }
    let lower = plain.to_ascii_lowercase();
    let long = match WHOLE.get(lower.as_str()) {
        Some(long) => (*long).to_string(),
        None => [("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will")]
            .iter()
            .find_map(|(ending, long)| Some(format!("{}{long}", lower.strip_suffix(ending)?)))
            .filter(|long| !long.starts_with(' '))?,
    };
    let mut letters = word.chars().filter(char::is_ascii_alphabetic);
    let first_upper = letters.next()?.is_ascii_uppercase();
    if first_upper && letters.clone().count() > 1 && letters.all(|c| c.is_ascii_uppercase()) {
        return Some(long.to_ascii_uppercase());
    }
    if first_upper {
        return Some(long[..1].to_ascii_uppercase() + &long[1..]);
    }
    Some(long)
}

/// Lower case changes `c`.
pub(super) fn has_lowercase(c: char) -> bool {
    c.is_ascii_uppercase() || (!c.is_ascii() && !c.to_lowercase().eq([c]))
}

/// Unicode lower case: "BAD" -> "bad", U+0130 -> "i" + U+0307, a final Σ -> ς.
/// Cost: merges "US" with "us".
/// Source: Unicode Character Database, SpecialCasing.
pub(super) fn lowercase(c: char) -> To {
    match c {
        'A'..='Z' => To::Char(c.to_ascii_lowercase()),
        'Σ' => To::Look(|text, at| {
            let inside = before(text, at).is_some_and(char::is_alphabetic);
            let last = !text[at..].chars().nth(1).is_some_and(char::is_alphabetic);
            To::Char(if inside && last { 'ς' } else { 'σ' })
        }),
        _ if has_lowercase(c) => To::written(c, c.to_lowercase().collect()),
        _ => To::Same,
    }
}
