//! In: a table of wrong -> right whose keys are one word or several. Out: the longest key that starts at a word.

use std::collections::HashMap;
use std::ops::Range;

use super::english::is_apostrophe;
use super::tables::Table;

/// What a table says of a key.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Row {
    /// What the key becomes; `None` where it only opens longer keys.
    pub(super) right: Option<&'static str>,
    /// The column between what it becomes and the source; empty where the table has none.
    pub(super) note: &'static str,
    /// Words of the longest key that opens with this one.
    longest: usize,
}

/// Keys and what they become.
#[derive(Debug)]
pub(super) struct Phrases(HashMap<&'static str, Row>);

impl Phrases {
    /// Reads a table compiled into the crate.
    pub(super) fn read(text: &'static str) -> Self {
        let mut map: HashMap<&'static str, Row> = HashMap::new();
        for row in Table::read(text).rows() {
            let [wrong, right, rest @ ..] = row.as_slice() else { continue };
            let entry = map.entry(wrong).or_default();
            entry.right = Some(right);
            entry.note = if rest.len() > 1 { rest[0] } else { "" };
            let words = wrong.split(' ').count();
            let first = map.entry(wrong.split(' ').next().unwrap_or_default()).or_default();
            first.longest = first.longest.max(words);
        }
        Self(map)
    }

    /// The row of one key.
    pub(super) fn get(&self, key: &str) -> Option<Row> {
        self.0.get(key).copied().filter(|row| row.right.is_some())
    }

    /// The longest key that opens with `first` and goes on as `spell` spells the words after it: how many words it
    /// has, and its row.
    pub(super) fn longest(
        &self,
        first: &str,
        mut spell: impl FnMut(usize) -> Option<String>,
    ) -> Option<(usize, Row)> {
        let opening = self.0.get(first)?;
        let mut found = opening.right.map(|_| (1, *opening));
        let mut key = first.to_string();
        for count in 2..=opening.longest {
            let Some(next) = spell(count - 1) else { break };
            key.push(' ');
            key.push_str(&next);
            if let Some(row) = self.get(&key) {
                found = Some((count, row));
            }
        }
        found
    }

    /// Every key with its row, for tests.
    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.iter().filter_map(|(key, row)| Some((*key, row.right?)))
    }
}

/// Stretches of `text` made of characters that are `part` of a word.
pub(super) fn words(text: &str, part: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if at < text.len() && part(c) {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            found.push(from..at);
        }
    }
    found
}

/// Only blanks of one line lie between two words of a phrase.
pub(super) fn adjoin(text: &str, left: &Range<usize>, right: &Range<usize>) -> bool {
    let gap = &text[left.end..right.start];
    !gap.is_empty() && gap.len() < 8 && gap.chars().all(|c| matches!(c, ' ' | '\u{a0}'))
}

/// Quotes around a word are no part of it.
pub(super) fn unquoted(text: &str, word: &Range<usize>) -> Range<usize> {
    let bare = text[word.clone()].trim_start_matches(is_apostrophe);
    let start = word.end - bare.len();
    start..start + bare.trim_end_matches(is_apostrophe).len()
}

/// The word is no part of an address, a tag, a name with underscores or a code.
pub(super) fn stands_free(text: &str, word: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let joins = |b: Option<&u8>| matches!(b, Some(b'_' | b'#' | b'@' | b'/' | b'\\' | b'=' | b'&'));
    let before = word.start.checked_sub(1).and_then(|at| bytes.get(at));
    let beyond = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let dotted = (before == Some(&b'.') && beyond(word.start.checked_sub(2)))
        || (bytes.get(word.end) == Some(&b'.') && beyond(Some(word.end + 1)));
    !(joins(before) || joins(bytes.get(word.end)) || (dotted && bytes[word.start].is_ascii()))
}

/// `right` in the case of `word`: a capital first letter stays; all capitals stay where `shout`.
pub(super) fn in_case_of(word: &str, right: &str, shout: bool) -> String {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let rest = letters.clone().next().is_some() && letters.all(char::is_uppercase);
    match (first, rest && first) {
        (true, true) if shout => right.to_uppercase(),
        (true, false) => {
            let mut chars = right.chars();
            chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
        }
        _ => right.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_key_wins() {
        let phrases = Phrases::read("wrong\tright\tsource\nu\tyou\tx\nu turn\tu turn\tx\n");
        let next = |word: &'static str| move |_| Some(word.to_string());
        assert_eq!(phrases.longest("u", next("turn")).map(|found| found.0), Some(2));
        assert_eq!(phrases.longest("u", next("are")).map(|found| found.0), Some(1));
        assert!(phrases.longest("x", next("are")).is_none());
    }

    #[test]
    fn addresses_are_not_words() {
        for text in ["pls.com", "@pls", "#pls", "a.pls", "pls_1", "x/pls"] {
            let at = text.find("pls").unwrap_or_default();
            assert!(!stands_free(text, &(at..at + 3)), "{text}");
        }
        for text in ["pls.", "(pls)", "pls, ok", "ok. pls"] {
            let at = text.find("pls").unwrap_or_default();
            assert!(stands_free(text, &(at..at + 3)), "{text}");
        }
    }
}
