//! Digits and the separators between them.

use super::chars::{after, before, digit};
use super::edit::Edits;

/// U+0660..U+0669 and U+06F0..U+06F9 -> 0..9: "٤٥" -> "45". Full-width digits are left to NFKC.
/// Cost: none.
/// Source: Unicode Character Database, Numeric_Value.
pub(super) fn digits_ascii(text: &str, edits: &mut Edits<'_>) {
    for (at, c) in text.char_indices() {
        if is_eastern(c) {
            let plain = char::from(b'0' + digit(c).unwrap_or(0));
            edits.replace_char(at, c, plain);
        }
    }
}

/// An Arabic-Indic or Persian digit.
pub(super) fn is_eastern(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// U+066B ARABIC DECIMAL SEPARATOR -> ".", U+066C ARABIC THOUSANDS SEPARATOR -> ",", between digits: "٣٫٥" -> "٣.٥";
/// U+066A ARABIC PERCENT SIGN -> "%" beside a digit.
/// Cost: none.
/// Source: Unicode Character Database, character names.
pub(super) fn number_separators(text: &str, edits: &mut Edits<'_>) {
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let left = || before(text, at).and_then(digit).is_some();
        let right = || after(text, end).and_then(digit).is_some();
        match c {
            '\u{66b}' if left() && right() => edits.replace_char(at, c, '.'),
            '\u{66c}' if left() && right() => edits.replace_char(at, c, ','),
            '\u{66a}' if left() || right() => edits.replace_char(at, c, '%'),
            _ => {}
        }
    }
}
