//! Hashtags.

use super::chars::{after, before, is_word};
use super::edit::Edits;

/// "#خدمة_العملاء" -> "خدمة العملاء", "#WorstServiceEver" -> "Worst Service Ever"; "#1" and "C#" stay.
/// Cost: that the words were a tag.
/// Source: common practice of social media cleaners.
pub(super) fn segment(text: &str, edits: &mut Edits<'_>) {
    let mut previous_tag_end = usize::MAX;
    let mut at = 0;
    while let Some(found) = text[at..].find('#') {
        let start = at + found;
        let sharps = text[start..].bytes().take_while(|b| *b == b'#').count();
        let body = start + sharps;
        let end = body + text[body..].find(|c: char| !is_word(c)).unwrap_or(text.len() - body);
        at = end.max(body);
        let glued = before(text, start).is_some_and(|c| is_word(c) || matches!(c, '&' | '/' | '='));
        let words = text[body..end].chars().any(char::is_alphabetic);
        if !words || (glued && start != previous_tag_end) {
            continue;
        }
        let lead = if glued && start == previous_tag_end { " " } else { "" };
        edits.replace(start..body, lead);
        split_words(text, body, end, edits);
        previous_tag_end = end;
    }
}

fn split_words(text: &str, start: usize, end: usize, edits: &mut Edits<'_>) {
    for (offset, c) in text[start..end].char_indices() {
        let at = start + offset;
        if c == '_' {
            let edge = at == start || at + 1 == end || text.as_bytes()[at - 1] == b'_';
            let blank = !edge || (at + 1 == end && after(text, end).is_some_and(is_word));
            edits.replace(at..at + 1, if blank { " " } else { "" });
            continue;
        }
        if at == start || !c.is_uppercase() {
            continue;
        }
        let left = before(text, at);
        let right_lower = after(text, at + c.len_utf8()).is_some_and(char::is_lowercase);
        if left.is_some_and(char::is_lowercase) || (left.is_some_and(char::is_uppercase) && right_lower) {
            edits.insert(at, " ");
        }
    }
}
