//! In: `&str`. Out: spans of sentences, clauses, words, and of what is denied.
//! Law: spans are in order, do not overlap, carry no outer blanks, and together hold every letter of the text.

mod clause;
mod negation;
mod phrases;
mod proclitics;
mod sentence;
mod word;

pub use clause::clauses;
pub use negation::{Negation, negations};
pub use proclitics::proclitics;
pub use sentence::sentences;
pub use word::words;

use crate::Span;

/// `start..end` of `text` without outer blanks; `None` without a letter, digit or sign.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let part = &text[start..end];
    let body = part.trim_start();
    let start = end - body.len();
    let body = body.trim_end();
    (!body.is_empty()).then_some(Span { start, end: start + body.len() })
}

/// Lower case, one alef, no vowel signs: how listed words are compared. The folds of `normalize` are rules of one letter
/// each; here marks, case and apostrophes go with them, and ة stays: it tells "لعلة" from "لعله".
fn fold(word: &str) -> String {
    word.chars()
        .filter(|c| !crate::normalize::is_arabic_mark(*c) && *c != '\u{640}')
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ى' => 'ي',
            '\u{2019}' => '\'',
            _ => c,
        })
        .collect()
}
