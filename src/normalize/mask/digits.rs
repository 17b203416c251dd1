//! In: text. Out: its groups of digits, and what parts them.
//! Law: one look at each character; what the eye does not see inside a number is no part of it.

use super::iban;
use crate::normalize::chars::{digit, is_invisible, is_mark};

/// The longest gap inside a number: " - ", ") - ".
const WIDEST: u16 = 4;
/// Shorter stretches hold no phone, card or identity number.
const LEAST: usize = 7;

/// What stands between a group and the next: which signs, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap(u16);

impl Gap {
    /// Nothing visible.
    const NONE: Self = Self(0);
    pub(super) const BLANK: u16 = 1 << 8;
    pub(super) const HYPHEN: u16 = 1 << 9;
    pub(super) const DOT: u16 = 1 << 10;
    pub(super) const SLASH: u16 = 1 << 11;
    pub(super) const OPEN: u16 = 1 << 12;
    pub(super) const CLOSE: u16 = 1 << 13;
    pub(super) const PLUS: u16 = 1 << 14;
    /// No number goes on here.
    pub(super) const WALL: Self = Self(1 << 15);

    /// The gap with `sign` behind it.
    fn and(self, sign: u16) -> Self {
        if self.width() < WIDEST { Self((self.0 | sign) + 1) } else { Self::WALL }
    }

    /// How many characters.
    pub(super) fn width(self) -> u16 {
        self.0 & 0xff
    }

    /// Holds any of `signs`.
    pub(super) fn has(self, signs: u16) -> bool {
        self.0 & signs != 0
    }

    /// Holds nothing but `signs`.
    pub(super) fn only(self, signs: u16) -> bool {
        self.0 & 0xff00 & !signs == 0
    }

    pub(super) fn is_wall(self) -> bool {
        self == Self::WALL
    }

    /// One `sign` and nothing else.
    pub(super) fn is_one(self, sign: u16) -> bool {
        self.0 == sign + 1
    }
}

/// The sign of [`Gap`] that `c` is.
fn joins(c: char) -> Option<u16> {
    Some(match c {
        ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Gap::BLANK,
        // U+0640 TATWEEL is typed for a dash.
        '-' | '_' | '\u{640}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Gap::HYPHEN,
        '.' | '\u{b7}' | '\u{ff0e}' => Gap::DOT,
        '/' | '\\' | '\u{2044}' | '\u{ff0f}' => Gap::SLASH,
        '(' | '\u{ff08}' => Gap::OPEN,
        ')' | '\u{ff09}' => Gap::CLOSE,
        '+' | '\u{ff0b}' => Gap::PLUS,
        _ => return None,
    })
}

/// A blank of any width.
pub(super) fn is_blank(c: char) -> bool {
    joins(c) == Some(Gap::BLANK)
}

/// What may part the groups of a number that begins with letters.
pub(super) fn is_separator(c: char) -> bool {
    joins(c).is_some_and(|sign| sign & (Gap::BLANK | Gap::HYPHEN | Gap::DOT | Gap::SLASH) != 0)
}

/// `c` does not part two digits: it has no width, or sits on the digit before it.
pub(super) fn is_silent(c: char) -> bool {
    match c {
        // The letters of most text first: the tables of Unicode are slower.
        '\0'..='\u{ac}' | '\u{620}'..='\u{64a}' | '\u{660}'..='\u{66f}' => false,
        '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' => true,
        _ => is_invisible(c) || is_mark(c),
    }
}

/// A letter of any script, the common ones first.
pub(super) fn is_letter(c: char) -> bool {
    is_plain_letter(c) || (!c.is_ascii() && c.is_alphabetic())
}

/// A letter of most text.
fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}')
}

/// `c` may stand in a stretch of digit groups.
pub(in crate::normalize) fn in_stretch(c: char) -> bool {
    digit(c).is_some() || joins(c).is_some() || is_silent(c)
}

/// Where the first digit of `text` stands, or something before it.
pub(super) fn first_digit(text: &str) -> usize {
    // Bytes that digits of the four scripts begin with.
    let begins = |b: u8| b.is_ascii_digit() || matches!(b, 0xd9 | 0xdb | 0xef);
    text.bytes().position(begins).unwrap_or(text.len())
}

/// A run of digits.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Where it stands: bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where its digits are in [`Numbers::digits`].
    from: usize,
    to: usize,
    /// What parts it from the next.
    pub(super) gap: Gap,
    /// Belongs to an address of a computer or a broken IBAN.
    pub(super) barred: bool,
    /// Belongs to a date or to years, unless "+" or "00" says otherwise.
    dated: bool,
}

impl Group {
    /// How many digits.
    pub(super) fn len(&self) -> usize {
        self.to - self.from
    }
}

/// Groups of digits in stretches that can hold a number of seven digits.
#[derive(Debug)]
pub(super) struct Numbers {
    digits: String,
    pub(super) groups: Vec<Group>,
}

impl Numbers {
    /// Reads `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut reader = Reader { numbers: Self { digits: String::new(), groups: Vec::new() }, open: 0 };
        let mut gap = Gap::WALL;
        let mut inside = false;
        let first = first_digit(text);
        for (at, c) in text[first..].char_indices() {
            let at = first + at;
            if let Some(value) = digit(c) {
                if !inside {
                    reader.begin(at, gap);
                    (inside, gap) = (true, Gap::NONE);
                }
                reader.push(at + c.len_utf8(), value);
            } else if is_plain_letter(c) {
                (inside, gap) = (false, Gap::WALL);
            } else if !is_silent(c) {
                inside = false;
                gap = match joins(c) {
                    Some(sign) if !gap.is_wall() => gap.and(sign),
                    _ => Gap::WALL,
                };
            } else if inside && matches!(c, '\u{fe0f}' | '\u{20e3}') {
                reader.sit(at + c.len_utf8());
            }
        }
        let mut numbers = reader.finish();
        numbers.bar(text);
        numbers
    }

    /// The digits of groups `from..=to`.
    pub(super) fn digits(&self, from: usize, to: usize) -> &str {
        &self.digits[self.groups[from].from..self.groups[to].to]
    }

    /// How many digits groups `from..=to` hold.
    pub(super) fn len(&self, from: usize, to: usize) -> usize {
        self.groups[to].to - self.groups[from].from
    }

    /// A date or years are among groups `from..=to`.
    pub(super) fn has_date(&self, from: usize, to: usize) -> bool {
        self.groups[from..=to].iter().any(|group| group.dated)
    }

    /// `test` holds for each gap inside groups `from..=to`.
    pub(super) fn gaps(&self, from: usize, to: usize, test: impl Fn(Gap) -> bool) -> bool {
        self.groups[from..to].iter().all(|group| test(group.gap))
    }

    /// Digits spelled one by one, "0 5 0 1", are one number: whether group `at` is inside such a run.
    pub(super) fn is_spelled_on(&self, at: usize) -> bool {
        let single = |group: &Group| group.len() == 1;
        at > 0 && single(&self.groups[at]) && {
            let left = &self.groups[at - 1];
            single(left) && !left.gap.is_wall() && left.gap == self.groups[at].gap
        }
    }

    /// Lengths of groups that people write a number in: all alike but the first and the last, or none of one digit.
    pub(super) fn is_evenly_grouped(&self, from: usize, to: usize) -> bool {
        let groups = &self.groups[from..=to];
        let singles = groups.iter().filter(|group| group.len() == 1).count();
        singles == 0 || singles == groups.len() || (singles == 1 && groups[0].len() == 1)
    }

    /// Marks groups that are part of something else.
    fn bar(&mut self, text: &str) {
        let mut at = 0;
        while at < self.groups.len() {
            let (dated, host) = (self.date(at).or_else(|| self.years(at)), self.host(at));
            let length = dated.or(host).unwrap_or(1);
            for group in &mut self.groups[at..at + length] {
                (group.dated, group.barred) = (dated.is_some(), dated.is_none() && host.is_some());
            }
            at += length;
        }
        let mut at = 0;
        for account in iban::shapes(text).filter(|shape| !shape.valid) {
            while self.groups.get(at).is_some_and(|group| group.start < account.start) {
                at += 1;
            }
            while self.groups.get(at).is_some_and(|group| group.start < account.end) {
                self.groups[at].barred = true;
                at += 1;
            }
        }
    }

    /// The number that group `at` spells, if it has `length` digits.
    fn value(&self, at: usize, length: usize) -> Option<u32> {
        let group = self.groups.get(at).filter(|group| group.len() == length)?;
        self.digits[group.from..group.to].parse().ok()
    }

    fn day(&self, at: usize) -> bool {
        self.value(at, 1).or_else(|| self.value(at, 2)).is_some_and(|day| (1..=31).contains(&day))
    }

    fn year(&self, at: usize) -> bool {
        self.value(at, 4).is_some_and(|year| matches!(year, 1300..=1500 | 1900..=2100))
    }

    /// "2023-05-01", "1.5.2023", "15/08/1445": how many groups from `at`.
    fn date(&self, at: usize) -> Option<usize> {
        let [a, b, ..] = self.groups.get(at..at + 3)? else {
            return None;
        };
        let sign = [Gap::HYPHEN, Gap::DOT, Gap::SLASH, Gap::BLANK].into_iter().any(|sign| a.gap.is_one(sign));
        let fits = self.day(at) && self.day(at + 1) && self.year(at + 2)
            || self.year(at) && self.day(at + 1) && self.day(at + 2);
        (sign && a.gap == b.gap && fits).then_some(3)
    }

    /// "2019-2023", "2019 2020 2021": how many groups from `at`. Among other groups of four they are part of a number.
    fn years(&self, at: usize) -> Option<usize> {
        let goes_on = |at: usize| !self.groups[at].gap.is_wall() && self.groups[at + 1].len() == 4;
        if self.groups[at].len() != 4 || (at > 0 && self.groups[at - 1].len() == 4 && goes_on(at - 1)) {
            return None;
        }
        let mut to = at;
        while self.year(to) && goes_on(to) {
            to += 1;
        }
        (to > at && self.year(to)).then_some(to + 1 - at)
    }

    /// "192.168.1.10": how many groups from `at`.
    fn host(&self, at: usize) -> Option<usize> {
        let groups = self.groups.get(at..at + 4)?;
        let byte = |index| (1..=3).any(|length| self.value(index, length).is_some_and(|value| value < 256));
        let dotted = |group: &Group| group.gap.is_one(Gap::DOT);
        let parted = dotted(&groups[3]) || (at > 0 && dotted(&self.groups[at - 1]));
        (!parted && groups[..3].iter().all(dotted) && (at..at + 4).all(byte)).then_some(4)
    }
}

/// Puts groups into [`Numbers`]; stretches too short to matter go again.
struct Reader {
    numbers: Numbers,
    /// The first group of the stretch at hand.
    open: usize,
}

impl Reader {
    /// A group begins at byte `at`, behind `gap`.
    fn begin(&mut self, at: usize, gap: Gap) {
        if gap.is_wall() {
            self.close();
        } else if let Some(last) = self.numbers.groups.last_mut() {
            last.gap = gap;
        }
        let from = self.numbers.digits.len();
        let group = Group { start: at, end: at, from, to: from, gap: Gap::WALL, barred: false, dated: false };
        self.numbers.groups.push(group);
    }

    /// A digit that ends at byte `end`.
    fn push(&mut self, end: usize, value: u8) {
        self.numbers.digits.push(char::from(b'0' + value));
        let to = self.numbers.digits.len();
        if let Some(group) = self.numbers.groups.last_mut() {
            (group.end, group.to) = (end, to);
        }
    }

    /// A sign that sits on the last digit ends at byte `end`.
    fn sit(&mut self, end: usize) {
        if let Some(group) = self.numbers.groups.last_mut() {
            group.end = end;
        }
    }

    fn close(&mut self) {
        let groups = &mut self.numbers.groups;
        if let Some(first) = groups.get(self.open) {
            let from = first.from;
            if self.numbers.digits.len() - from < LEAST {
                groups.truncate(self.open);
                self.numbers.digits.truncate(from);
            }
        }
        self.open = groups.len();
    }

    fn finish(mut self) -> Numbers {
        self.close();
        self.numbers
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_know_their_gaps() {
        let numbers = Numbers::of("12 and (050) - ١٢٣\u{200f}٤ 5️⃣6");
        let lengths: Vec<usize> = numbers.groups.iter().map(Group::len).collect();
        assert_eq!((numbers.digits(0, 2), lengths), ("050123456", vec![3, 4, 2]));
        assert!(
            numbers.groups[0].gap.has(Gap::CLOSE | Gap::HYPHEN) && numbers.groups[1].gap.is_one(Gap::BLANK)
        );
    }

    #[test]
    fn dates_years_and_hosts_are_known() {
        for text in ["12-05-2023", "2019 2020", "192.168.1.10", "15/08/1445", "SA04 8000 0000 6080 1016 7519"]
        {
            assert!(Numbers::of(text).groups.iter().all(|group| group.barred || group.dated), "{text}");
        }
        assert!(Numbers::of("06-12-34-56-78").groups.iter().all(|group| !group.dated));
    }
}
