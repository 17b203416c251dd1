//! Numbers of any kind.

use crate::normalize::chars::{after, before, digit};
use crate::normalize::edit::Edits;

/// A number, its decimal part and thousands included, becomes "[NUM]": "45 دقيقة" -> "[NUM] دقيقة".
/// Cost: every amount.
/// Source: common practice of text cleaners.
pub(in crate::normalize) fn mask_number(text: &str, edits: &mut Edits<'_>) {
    let mut at = 0;
    while let Some(c) = after(text, at) {
        if digit(c).is_none()
            || before(text, at).is_some_and(|left| left.is_ascii_alphabetic() || left == '_')
        {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        let mut end = at;
        while let Some(c) = after(text, at) {
            if digit(c).is_some() {
                at += c.len_utf8();
                end = at;
            } else if at == end && matches!(c, '.' | ',' | '\u{66b}' | '\u{66c}') {
                at += c.len_utf8();
            } else {
                break;
            }
        }
        at = end;
        if after(text, end).is_some_and(|c| c.is_ascii_alphabetic() || c == '_') {
            continue;
        }
        edits.replace(start..end, "[NUM]");
    }
}
