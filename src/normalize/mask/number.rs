//! Numbers, and the groups of digits that phones, cards and ids are written in.

use crate::normalize::chars::{after, before, digit, is_invisible};
use crate::normalize::edit::Edits;

/// A run of digits: where it stands.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) digits: String,
}

/// Groups of digits that only blanks, hyphens, dots or brackets part; the longest stretch that can be one number.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    pub(super) groups: Vec<Group>,
}

impl Stretch {
    /// The digits of groups `from..=to`.
    pub(super) fn digits(&self, from: usize, to: usize) -> String {
        self.groups[from..=to].iter().map(|group| group.digits.as_str()).collect()
    }

    /// What stands between group `index` and the next, invisible characters left out.
    pub(super) fn gap(&self, text: &str, index: usize) -> String {
        let (left, right) = (&self.groups[index], &self.groups[index + 1]);
        text[left.end..right.start].chars().filter(|c| !is_invisible(*c)).collect()
    }
}

/// `c` may part the groups of digits of one number.
fn joins(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '-' | '\u{2010}'..='\u{2013}' | '.' | '(' | ')' | '+'
    )
}

/// `c` may stand in a stretch of digit groups.
pub(in crate::normalize) fn in_stretch(c: char) -> bool {
    digit(c).is_some() || is_invisible(c) || joins(c)
}

/// Every stretch of digit groups in `text`.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    let mut gap = usize::MAX;
    let mut group: Option<Group> = None;
    let close = |group: &mut Option<Group>, all: &mut Vec<Stretch>, gap: usize| {
        if let Some(group) = group.take() {
            if gap > 3 || all.is_empty() {
                all.push(Stretch::default());
            }
            if let Some(stretch) = all.last_mut() {
                stretch.groups.push(group);
            }
        }
    };
    for (at, c) in text.char_indices() {
        if let Some(value) = digit(c) {
            let group = group.get_or_insert_with(|| Group { start: at, end: at, digits: String::new() });
            group.digits.push(char::from(b'0' + value));
            group.end = at + c.len_utf8();
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        if group.is_some() {
            close(&mut group, &mut all, gap);
            gap = 0;
        }
        gap = if joins(c) { gap.saturating_add(1) } else { usize::MAX };
    }
    close(&mut group, &mut all, gap);
    all
}

/// Whether the bytes `start..end` stand free: no digit, Latin letter, decimal or percent sign touches them.
pub(super) fn stands_free(text: &str, start: usize, end: usize) -> bool {
    let mut left = text[..start].chars().rev().filter(|c| !is_invisible(*c));
    let mut right = text[end..].chars().filter(|c| !is_invisible(*c));
    let (near, far) = (left.next(), left.next());
    let left_free = match near {
        Some(c) if digit(c).is_some() || c.is_ascii_alphabetic() || c == '_' => false,
        Some('.' | ',' | '/' | '\u{66b}' | '\u{66c}') => far.is_none_or(|c| digit(c).is_none()),
        _ => true,
    };
    let (near, far) = (right.next(), right.next());
    let right_free = match near {
        Some(c) if digit(c).is_some() || c.is_ascii_alphabetic() || matches!(c, '_' | '%' | '٪') => false,
        Some('.' | ',' | '/' | '\u{66b}' | '\u{66c}') => far.is_none_or(|c| digit(c).is_none()),
        _ => true,
    };
    left_free && right_free
}

/// Luhn's check sum holds.
pub(super) fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, b)| {
            let value = u32::from(b - b'0');
            if place % 2 == 0 { value } else { value * 2 / 10 + value * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

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
