//! In: a table of phrases and what each means. Out: the longest phrase that folded words begin with.

use std::collections::HashMap;

use super::fold;
use crate::Span;
use crate::normalize::Table;

/// A phrase, word by word, and what it means.
type Phrase<T> = (Vec<String>, T);

/// Phrases by their first word, longest first; compared folded, in words already found. The phrases of `normalize` are
/// looked for in text as it is spelled, and their next words only where a first one was found.
#[derive(Debug)]
pub(super) struct Phrases<T>(HashMap<String, Vec<Phrase<T>>>);

impl<T: Copy> Phrases<T> {
    /// Reads a table compiled into the crate; `meaning` reads its second column.
    pub(super) fn read(table: &'static str, meaning: impl Fn(&str) -> T) -> Self {
        let mut map: HashMap<String, Vec<Phrase<T>>> = HashMap::new();
        for (phrase, cell) in Table::read(table).pairs() {
            let words: Vec<String> = phrase.split(' ').map(fold).collect();
            map.entry(words[0].clone()).or_default().push((words, meaning(cell)));
        }
        for list in map.values_mut() {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.0.len()));
        }
        Self(map)
    }

    /// The longest phrase that `words` begin with: its number of words and what it means.
    pub(super) fn longest(&self, words: &[(Span, String)]) -> Option<(usize, T)> {
        let list = self.0.get(&words.first()?.1)?;
        let begin = |phrase: &[String]| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(listed, word)| *listed == word.1)
        };
        list.iter().find(|phrase| begin(&phrase.0)).map(|phrase| (phrase.0.len(), phrase.1))
    }
}
