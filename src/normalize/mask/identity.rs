//! Bank accounts, cards and identity numbers.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::number::{luhn, stands_free, stretches};
use crate::normalize::chars::{before, digit, is_invisible};
use crate::normalize::edit::Edits;
use crate::normalize::tables::Table;

static LENGTHS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    Table::read(include_str!("../tables/iban_lengths.tsv"))
        .pairs()
        .filter_map(|(country, length)| Some((country, length.parse().ok()?)))
        .collect()
});

/// An IBAN whose check digits hold becomes "[IBAN]", blanks and Arabic digits allowed.
/// Cost: which account it was; an account with a wrong check digit stays.
/// Source: ISO 13616, ISO 7064; `tables/iban_lengths.tsv`.
pub(in crate::normalize) fn iban(text: &str, edits: &mut Edits<'_>) {
    let (mut done, mut letters) = (0, 0);
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_alphabetic() {
            letters += 1;
            continue;
        }
        // A country code is a word of two letters.
        if std::mem::take(&mut letters) != 2 {
            continue;
        }
        let start = at - 2;
        let free = start >= done && before(text, start).is_none_or(|left| digit(left).is_none());
        if free && let Some(end) = account(text, start) {
            edits.replace(start..end, "[IBAN]");
            done = end;
        }
    }
}

/// One past the IBAN at `start`.
fn account(text: &str, start: usize) -> Option<usize> {
    let country = text.get(start..start + 2)?;
    // Its check digits come next.
    text[start + 2..].chars().find(|c| !is_invisible(*c) && !parts(*c)).and_then(digit)?;
    let country = country.to_ascii_uppercase();
    let length = *LENGTHS.get(country.as_str())?;
    let mut code = String::with_capacity(34);
    let mut end = start;
    let mut blanks = 0;
    for (offset, c) in text[start..].char_indices() {
        if let Some(value) = digit(c) {
            code.push(char::from(b'0' + value));
        } else if c.is_ascii_alphabetic() && code.len() != 2 && code.len() != 3 {
            code.push(c.to_ascii_uppercase());
        } else if parts(c) && blanks == 0 {
            blanks = 1;
            continue;
        } else if is_invisible(c) {
            continue;
        } else {
            break;
        }
        blanks = 0;
        end = start + offset + c.len_utf8();
        if code.len() == length {
            break;
        }
    }
    let next = text[end..].chars().find(|c| !is_invisible(*c));
    let closed = next.is_none_or(|c| !c.is_ascii_alphanumeric() && digit(c).is_none());
    (code.len() == length && closed && mod_97(&code) == 1).then_some(end)
}

/// What may part the groups of an IBAN.
fn parts(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '-' | '\u{202f}')
}

/// The number an IBAN spells, modulo 97.
fn mod_97(code: &str) -> u32 {
    code[4..].bytes().chain(code[..4].bytes()).fold(0, |sum, b| match b {
        b'0'..=b'9' => (sum * 10 + u32::from(b - b'0')) % 97,
        _ => (sum * 100 + u32::from(b - b'A') + 10) % 97,
    })
}

/// A payment card number whose Luhn digit holds becomes "[CARD]": "4111 1111 1111 1111".
/// Cost: one in ten order numbers of that length and start.
/// Source: ISO/IEC 7812.
pub(in crate::normalize) fn card(text: &str, edits: &mut Edits<'_>) {
    by_groups(text, 13, 19, "[CARD]", edits, |digits, _| {
        let start = matches!(digits.as_bytes()[0], b'2'..=b'6' | b'9');
        let short =
            digits.len() >= 15 || (digits.len() == 14 && digits.starts_with('3')) || digits.starts_with('4');
        start && short && luhn(digits) && digits.bytes().any(|b| b != digits.as_bytes()[0])
    });
}

/// A national identity number becomes "[ID]": Saudi (10 digits, Luhn), Emirati (784-...), Egyptian (14), Kuwaiti (12).
/// Cost: one in ten ten-digit order numbers that start with 1 or 2.
/// Source: the issuing authorities' formats.
pub(in crate::normalize) fn national_id(text: &str, edits: &mut Edits<'_>) {
    by_groups(text, 10, 15, "[ID]", edits, |digits, groups| match digits.len() {
        10 => groups == 1 && digits.starts_with(['1', '2']) && luhn(digits),
        15 => digits.starts_with("784") && luhn(digits),
        14 => {
            groups == 1 && digits.starts_with(['2', '3']) && date(&digits[1..7]) && governorate(&digits[7..9])
        }
        12 => groups == 1 && digits.starts_with(['1', '2', '3']) && date(&digits[1..7]) && kuwaiti(digits),
        _ => false,
    });
}

/// Month and day of `YYMMDD` exist.
fn date(digits: &str) -> bool {
    let part = |from: usize| digits[from..from + 2].parse::<u32>().unwrap_or(0);
    (1..=12).contains(&part(2)) && (1..=31).contains(&part(4))
}

fn governorate(code: &str) -> bool {
    matches!(code.parse::<u32>().unwrap_or(0), 1..=4 | 11..=19 | 21..=29 | 31..=35 | 88)
}

fn kuwaiti(digits: &str) -> bool {
    let weights = [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let values: Vec<u32> = digits.bytes().map(|b| u32::from(b - b'0')).collect();
    let sum: u32 = weights.iter().zip(&values).map(|(weight, value)| weight * value).sum();
    11 - sum % 11 == values[11]
}

/// Masks the longest run of digit groups, parted by single blanks or hyphens, that `test` takes.
fn by_groups(
    text: &str,
    least: usize,
    most: usize,
    tag: &str,
    edits: &mut Edits<'_>,
    test: impl Fn(&str, usize) -> bool,
) {
    for stretch in stretches(text) {
        let groups = &stretch.groups;
        let mut from = 0;
        while from < groups.len() {
            let mut digits = String::new();
            let mut found = None;
            for to in from..groups.len() {
                if to > from && !matches!(stretch.gap(text, to - 1).as_str(), " " | "-" | "\u{a0}") {
                    break;
                }
                digits.push_str(&groups[to].digits);
                if digits.len() > most {
                    break;
                }
                let free = || stands_free(text, groups[from].start, groups[to].end);
                if digits.len() >= least && test(&digits, to - from + 1) && free() {
                    found = Some(to);
                }
            }
            from = match found {
                Some(to) => {
                    edits.replace(groups[from].start..groups[to].end, tag);
                    to + 1
                }
                None => from + 1,
            };
        }
    }
}
