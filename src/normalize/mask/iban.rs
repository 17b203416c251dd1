//! Bank accounts.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::digits::{first_digit, is_separator, is_silent};
use crate::normalize::chars::digit;
use crate::normalize::edit::Edits;
use crate::normalize::tables::Table;

static LENGTHS: LazyLock<HashMap<[u8; 2], usize>> = LazyLock::new(|| {
    Table::read(include_str!("../tables/iban_lengths.tsv"))
        .pairs()
        .filter_map(|(country, length)| Some((country.as_bytes().try_into().ok()?, length.parse().ok()?)))
        .collect()
});

/// Digits in a row that every account has; words have fewer: "at 2.38 against ...".
const LEAST: usize = 7;

/// An IBAN whose check digits hold becomes "[IBAN]": "SA03 8000 0000 6080 1016 7519", in lower case, in Arabic digits,
/// behind "IBAN" without a blank, in groups.
/// Cost: which account it was; an account with a wrong check digit stays, whole. One in 97 strings of the right
/// country and length passes.
/// Source: ISO 13616, ISO 7064 MOD 97-10; `tables/iban_lengths.tsv`.
pub(in crate::normalize) fn iban(text: &str, edits: &mut Edits<'_>) {
    for shape in shapes(text).filter(|shape| shape.valid) {
        edits.replace(shape.start..shape.end, "[IBAN]");
    }
}

/// Something with a country, check digits and the length of its IBANs, and not words around another number: "call me
/// 0501234567 or ..." is no account of Montenegro. With wrong check digits it is in one piece, or in fours.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The check digits hold.
    pub(super) valid: bool,
}

/// Every [`Shape`] in `text`, in order.
pub(super) fn shapes(text: &str) -> impl Iterator<Item = Shape> {
    // Nothing further before its first digit than "IBAN", a country and what parts them belongs to an account.
    let back = text[..first_digit(text)].char_indices().rev().nth(31).map_or(0, |(at, _)| at);
    let mut chars = text[back..].char_indices().map(move |(at, c)| (back + at, c));
    // The letters right before the place at hand: how many, the last two, whether a blank follows them.
    let (mut count, mut last, mut parted) = (0usize, [(0, ' '); 2], false);
    let mut done = 0;
    std::iter::from_fn(move || {
        for (at, c) in chars.by_ref() {
            if at < done {
                continue;
            }
            if let Some(letter) = latin(c) {
                count = if parted { 1 } else { count + 1 };
                (last, parted) = ([last[1], (at, letter)], false);
                continue;
            }
            if is_silent(c) {
                continue;
            }
            if digit(c).is_some() && count > 1 {
                let start = last[0].0;
                // "IBANSA03..." is one word.
                let open = count == 2 || (count == 6 && ends_with(&text[..start], "iban"));
                count = 0;
                if open && let Some(shape) = shape(text, start, at, [last[0].1, last[1].1], parted) {
                    done = shape.end;
                    return Some(shape);
                }
            } else if is_separator(c) && count > 0 && !parted {
                parted = true;
            } else {
                count = 0;
            }
        }
        None
    })
}

/// `text` ends with `word`, in capitals or not.
fn ends_with(text: &str, word: &str) -> bool {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    bytes.len() >= word.len() && bytes[bytes.len() - word.len()..].eq_ignore_ascii_case(word)
}

/// The account of `country`, written at `start`, with its first check digit at `at`, `parted` from it or not.
fn shape(text: &str, start: usize, at: usize, country: [char; 2], parted: bool) -> Option<Shape> {
    let length = *LENGTHS.get(&[country[0] as u8, country[1] as u8])?;
    let mut code = [0u8; 40];
    (code[0], code[1]) = (country[0] as u8, country[1] as u8);
    let (mut count, mut end, mut blanks) = (2, at, 0);
    let (mut run, mut longest) = (0, 0);
    // Groups behind the bank's that have no digit: words; the last group begins at `group`.
    let (mut words, mut group) = (0, 2);
    let is_word = |code: &[u8], group: usize| group > 4 && !code[group..].iter().any(u8::is_ascii_digit);
    // Digits touch the country, and what parts groups stands after each four.
    let mut fours = !parted;
    for (offset, c) in text[at..].char_indices() {
        let value = match (digit(c), latin(c)) {
            (Some(value), _) => b'0' + value,
            // Check digits are digits.
            (_, Some(letter)) if count > 3 => letter as u8,
            _ if is_separator(c) && blanks < 3 => {
                blanks += 1;
                continue;
            }
            _ if is_silent(c) => continue,
            _ => break,
        };
        if count == length {
            // Something longer; a letter behind nothing but digits may be the next word.
            if blanks == 0 && (value.is_ascii_digit() || longest + 2 < length) {
                return None;
            }
            break;
        }
        if blanks > 0 {
            words += usize::from(is_word(&code[..count], group));
            fours &= count % 4 == 0;
            group = count;
        }
        run = if value.is_ascii_digit() { run + 1 } else { 0 };
        longest = longest.max(run);
        code[count] = value;
        (count, blanks) = (count + 1, 0);
        end = at + offset + c.len_utf8();
    }
    if count < length || longest < LEAST {
        return None;
    }
    words += usize::from(is_word(&code[..length], group));
    let valid = mod_97(&code[..length]) == 1;
    // A currency, or one letter of an account, may stand apart: "... 1497 USD".
    (fours || (valid && words < 2)).then_some(Shape { start, end, valid })
}

/// A Latin letter as a capital, full-width ones included.
fn latin(c: char) -> Option<char> {
    match c {
        'A'..='Z' | 'a'..='z' => Some(c.to_ascii_uppercase()),
        '\u{ff21}'..='\u{ff3a}' => char::from_u32(c as u32 - 0xff21 + 0x41),
        '\u{ff41}'..='\u{ff5a}' => char::from_u32(c as u32 - 0xff41 + 0x41),
        _ => None,
    }
}

/// The number an IBAN spells, modulo 97.
fn mod_97(code: &[u8]) -> u32 {
    code[4..].iter().chain(&code[..4]).fold(0, |sum, b| match b {
        b'0'..=b'9' => (sum * 10 + u32::from(b - b'0')) % 97,
        _ => (sum * 100 + u32::from(b - b'A') + 10) % 97,
    })
}
