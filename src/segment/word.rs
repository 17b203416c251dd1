//! Words.

use unicode_segmentation::UnicodeSegmentation;

use crate::Span;

/// The words of `text`: letters with their marks, and numbers; punctuation left out.
///
/// ```
/// let text = "الخِدمة سيئة، 3.5!";
/// let words: Vec<&str> = rasd::segment::words(text).iter().map(|word| &text[word.start..word.end]).collect();
/// assert_eq!(words, ["الخِدمة", "سيئة", "3.5"]);
/// ```
pub fn words(text: &str) -> Vec<Span> {
    text.unicode_word_indices().map(|(start, word)| Span { start, end: start + word.len() }).collect()
}
