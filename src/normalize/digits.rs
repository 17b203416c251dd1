//! Digits and the separators between them.

use super::chars::{after, before, digit};
use super::pass::To;

/// U+0660..U+0669 and U+06F0..U+06F9 -> 0..9: "٤٥" -> "45". Full-width digits are left to NFKC.
/// Cost: none.
/// Source: Unicode Character Database, Numeric_Value.
pub(super) fn digits_ascii(c: char) -> To {
    To::char(digit(c).filter(|_| is_eastern(c)).map(|value| char::from(b'0' + value)))
}

/// An Arabic-Indic or Persian digit.
pub(super) fn is_eastern(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// U+066B ARABIC DECIMAL SEPARATOR -> ".", U+066C ARABIC THOUSANDS SEPARATOR -> ",", between digits: "٣٫٥" -> "٣.٥";
/// U+066A ARABIC PERCENT SIGN -> "%" beside a digit.
/// Cost: none.
/// Source: Unicode Character Database, character names.
pub(super) fn number_separators(c: char) -> To {
    match c {
        '\u{66b}' => To::Look(|text, at| To::char(beside_digits(text, at).0.then_some('.'))),
        '\u{66c}' => To::Look(|text, at| To::char(beside_digits(text, at).0.then_some(','))),
        '\u{66a}' => To::Look(|text, at| To::char(beside_digits(text, at).1.then_some('%'))),
        _ => To::Same,
    }
}

/// Whether the character at byte `at` stands between two digits, and whether one touches it.
pub(super) fn beside_digits(text: &str, at: usize) -> (bool, bool) {
    let end = at + after(text, at).map_or(0, char::len_utf8);
    let left = before(text, at).and_then(digit).is_some();
    let right = after(text, end).and_then(digit).is_some();
    (left && right, left || right)
}
