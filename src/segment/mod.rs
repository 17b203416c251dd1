//! In: `&str`. Out: spans of sentences, clauses, words.
//! Law: spans are in order, do not overlap, carry no outer blanks, and together hold every letter of the text.

mod clause;
mod sentence;
mod word;

pub use clause::clauses;
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
