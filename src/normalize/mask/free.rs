//! In: a number's place. Out: whether it is a number of its own.
//! Law: a mask never cuts a longer number, a decimal or a code in two.

use super::cues;
use super::digits::{Numbers, is_silent};
use crate::normalize::chars::digit;
use crate::normalize::edit::Edits;

/// Words that people type right behind a number.
const FOLLOWING: [&str; 14] =
    ["or", "and", "is", "for", "at", "on", "please", "pls", "thanks", "call", "whatsapp", "my", "but", "to"];
/// A number across a comma is one of its own from this length on; a shorter one is its thousands or decimals.
const OWN: usize = 7;

/// Bytes `start..end` stand free: no digit, Latin letter, decimal or percent sign touches them.
pub(super) fn stands_free(text: &str, start: usize, end: usize) -> bool {
    opens(text, start) && closes(text, end)
}

/// As [`stands_free`], where a word for a phone may touch the number ("Tel0501234567") and a word such as "or"
/// may follow ("0501234567or").
pub(super) fn stands_nearly_free(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: &char| c.is_ascii_alphabetic();
    let glued = text[..start].chars().rev().take(12).take_while(letter).count();
    let called = glued > 0
        && text[..start - glued].chars().next_back().is_none_or(|c| !c.is_ascii_digit() && c != '_')
        && cues::is_phone(&text[start - glued..start]);
    let word = text[end..].chars().take(12).take_while(letter).count();
    let follows = FOLLOWING.contains(&&text[end..end + word]);
    (called || opens(text, start)) && (follows || closes(text, end))
}

fn opens(text: &str, start: usize) -> bool {
    let mut left = text[..start].chars().rev().filter(|c| !is_silent(*c));
    match left.next() {
        Some(c) if c.is_ascii_alphanumeric() || c == '_' || digit(c).is_some() => false,
        Some(c) if is_decimal(c) => is_own(left),
        _ => true,
    }
}

fn closes(text: &str, end: usize) -> bool {
    let mut right = text[end..].chars().filter(|c| !is_silent(*c));
    match right.next() {
        Some(c) if c.is_ascii_alphanumeric() || matches!(c, '_' | '%' | '٪') || digit(c).is_some() => false,
        Some(c) if is_decimal(c) => is_own(right),
        _ => true,
    }
}

fn is_decimal(c: char) -> bool {
    matches!(c, '.' | ',' | '\u{66b}' | '\u{66c}')
}

/// What lies across a decimal sign is no digit, or a number of its own.
fn is_own(chars: impl Iterator<Item = char>) -> bool {
    let digits = chars.take(OWN).take_while(|c| digit(*c).is_some()).count();
    digits == 0 || digits == OWN
}

/// Masks with `tag`, from left to right, the runs of groups with `least` to `most` digits that `rank` ranks; of runs
/// that start together the highest rank, then the longest. `open` looks at the group a run starts with, once; `rank`
/// answers (rank, start, end).
pub(super) fn mask_runs<S, R: Ord>(
    numbers: &Numbers,
    (least, most): (usize, usize),
    tag: &str,
    edits: &mut Edits<'_>,
    open: impl Fn(usize) -> Option<S>,
    rank: impl Fn(&S, usize, usize) -> Option<(R, usize, usize)>,
) {
    let groups = &numbers.groups;
    let (mut from, mut fresh) = (0, true);
    while from < groups.len() {
        // Digits spelled one by one are one number: it starts with the first of them.
        let starts = !groups[from].barred && (fresh || !numbers.is_spelled_on(from));
        let mut best: Option<((R, usize, usize), usize)> = None;
        if starts && let Some(state) = open(from) {
            for (to, group) in groups.iter().enumerate().skip(from) {
                let length = numbers.len(from, to);
                if group.barred || length > most {
                    break;
                }
                if length >= least
                    && let Some(found) = rank(&state, from, to)
                    && best.as_ref().is_none_or(|(best, _)| found.0 >= best.0)
                {
                    best = Some((found, to));
                }
                if group.gap.is_wall() {
                    break;
                }
            }
        }
        fresh = best.is_some();
        from = match best {
            Some(((_, start, end), to)) => {
                edits.replace(start..end, tag);
                to + 1
            }
            None => from + 1,
        };
    }
}
