//! In: a text and the rules that judge characters one by one. Out: the text after all of them, its signs, their edits.
//! Law: one pass equals its rules run one after another, but for what a rule makes of another's result: the next pass
//! sees to that.

use std::borrow::Cow;
use std::ops::Range;

use super::edit::Edits;
use super::plain::BLOCK;
use super::rule::EACH;
use super::scan::{Scan, Scout};
use super::signs::{self, Entry, FLAT, Signs};

/// What a rule makes of a character.
pub(super) enum To {
    /// It stays.
    Same,
    /// It goes.
    Gone,
    /// Another character takes its place.
    Char(char),
    /// A text takes its place.
    Text(Cow<'static, str>),
    /// What stands around it decides: the text and the byte the character starts at.
    Look(fn(&str, usize) -> To),
}

impl To {
    /// `text`, where there is one.
    pub(super) fn text(text: Option<&'static str>) -> Self {
        text.map_or(To::Same, |text| To::Text(Cow::Borrowed(text)))
    }

    /// `text` in place of `c`.
    pub(super) fn written(c: char, text: String) -> Self {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => To::Gone,
            (Some(one), None) => To::char((one != c).then_some(one)),
            _ => To::Text(Cow::Owned(text)),
        }
    }

    /// `Gone` where `goes`.
    pub(super) fn gone(goes: bool) -> Self {
        if goes { To::Gone } else { To::Same }
    }

    /// The other character, where there is one.
    pub(super) fn char(to: Option<char>) -> Self {
        to.map_or(To::Same, To::Char)
    }
}

/// A set of rules that judge single characters, one bit each in the order of [`EACH`].
pub(super) type Group = u64;

/// What the rules that judge single characters make of a character, before what stands around it is looked at; also
/// tells rules that act on it at all.
pub(super) fn acts(c: char) -> Group {
    EACH.iter().rev().fold(0, |all, rule| all << 1 | Group::from(!matches!((rule.to)(c), To::Same)))
}

/// A character goes.
const GONE: u16 = FLAT as u16;
/// Several rules act, or one that writes a longer text or looks around.
const ASK: u16 = GONE + 1;

/// What the rules of one normalizer make of the characters below U+0800: a character, [`GONE`] or [`ASK`].
#[derive(Debug, Clone)]
pub(super) struct Table {
    to: Box<[u16; FLAT]>,
}

impl Table {
    /// The table of the rules in `group`.
    pub(super) fn of(group: Group) -> Self {
        let flat = signs::flat();
        let to = |code: usize| {
            let acting = flat[code].acts & group;
            match (acting.count_ones(), char::from_u32(code as u32)) {
                (0, _) | (_, None) => code as u16,
                (1, Some(c)) => match judge(acting.trailing_zeros(), c) {
                    To::Gone => GONE,
                    To::Char(to) if (to as usize) < FLAT => to as u16,
                    _ => ASK,
                },
                _ => ASK,
            }
        };
        Self { to: Box::new(std::array::from_fn(to)) }
    }
}

fn judge(bit: u32, c: char) -> To {
    EACH.get(bit as usize).map_or(To::Same, |rule| (rule.to)(c))
}

/// The first of the rules in `acting` that wants anything of `c` at byte `at`, and what.
fn ask(mut acting: Group, text: &str, at: usize, c: char) -> (Group, To) {
    while acting != 0 {
        let mut to = judge(acting.trailing_zeros(), c);
        while let To::Look(look) = to {
            to = look(text, at);
        }
        if !matches!(to, To::Same) {
            return (acting & acting.wrapping_neg(), to);
        }
        acting &= acting - 1;
    }
    (0, To::Same)
}

/// Runs the rules of `group` over the source of `edits`, with `squeeze` runs of blanks become one and blanks at the
/// ends go. `edits` then holds the whole new text and, with `TELL`, where it differs; returned are its signs, none if
/// nothing changed.
pub(super) fn run<const TELL: bool>(
    table: &Table,
    group: Group,
    squeeze: bool,
    needed: Signs,
    edits: &mut Edits<'_>,
) -> Option<Signs> {
    let text = edits.source();
    let flat = signs::flat();
    let mut scout = Scout::new(flat, needed, group);
    let mut bytes = edits.take_text().into_bytes();
    bytes.resize(text.len() + 8, 0);
    let mut out = Out::<TELL> { edits, flat, bytes, squeeze, deleted: (0, usize::MAX) };
    let mut now = Now { scan: Scan::new(flat), length: 0, blank: 0, changed: false };
    let source = text.as_bytes();
    let mut at = 0;
    while at < source.len() {
        let ahead = scout.ahead(&now.scan, &out.bytes[..now.length], source, at);
        if ahead.plain > 0 {
            let start = at;
            at += ahead.plain;
            now.length = out.copy(now.length, source, start..at);
            scout.resume(&mut now.scan, &source[..at]);
            if now.scan.after_blank() {
                now.blank = at - 1;
            }
        }
        let stop = source.len().min(at + ahead.odd);
        while at < stop {
            let first = source[at];
            let (code, end) = if first < 0x80 {
                (usize::from(first), at + 1)
            } else if first < 0xe0 {
                let second = source.get(at + 1).map_or(0, |b| b & 0x3f);
                (usize::from(first & 0x1f) << 6 | usize::from(second), at + 2)
            } else {
                let Some(c) = text[at..].chars().next() else { break };
                let end = at + c.len_utf8();
                now = out.far(now, group, text, c, at, end);
                at = end;
                continue;
            };
            let acting = flat[code].acts & group;
            let to = if acting != 0 { table.to[code] } else { code as u16 };
            if usize::from(to) < FLAT {
                out.put(&mut now, u32::from(to), &flat[usize::from(to)], at, end, acting != 0);
            } else if to == GONE {
                out.gone(&mut now, acting, at, end);
            } else {
                now = out.ask(now, acting, text, at, end);
            }
            at = end;
        }
    }
    out.finish(now)
}

/// Where the new text stands; as with [`Scan`], what is rare works on a copy.
#[derive(Debug, Clone, Copy)]
struct Now {
    scan: Scan,
    /// Bytes of the new text.
    length: usize,
    /// Where in the source the last blank was that the new text kept.
    blank: usize,
    changed: bool,
}

/// The new text as it grows.
struct Out<'e, 't, const TELL: bool> {
    edits: &'e mut Edits<'t>,
    flat: &'static [Entry; FLAT],
    /// The new text and room for more.
    bytes: Vec<u8>,
    squeeze: bool,
    /// The rule of the last deletion, and where it ended.
    deleted: (Group, usize),
}

impl<const TELL: bool> Out<'_, '_, TELL> {
    /// Writes a character for the source's bytes `at..end`; `new` unless it is the one that stood there.
    #[inline(always)]
    fn put(&mut self, now: &mut Now, code: u32, entry: &Entry, at: usize, end: usize, new: bool) {
        let blank = entry.gives & signs::DOUBLE_BLANK != 0;
        if blank && now.scan.after_blank() && self.squeeze {
            *now = self.second_blank(*now, at, end);
            return;
        }
        let start = now.length;
        match self.bytes.get_mut(start..start + 4) {
            Some(room) => room.copy_from_slice(&entry.utf8),
            None => self.make_room(start, &entry.utf8),
        }
        now.length = start + usize::from(entry.length);
        now.changed |= new;
        if TELL {
            if blank {
                now.blank = at;
            }
            if new {
                self.edits.tell(at..end, start..now.length);
            }
        }
        now.scan.take(code, entry);
    }

    #[cold]
    fn make_room(&mut self, length: usize, utf8: &[u8]) {
        self.bytes.truncate(length);
        self.bytes.extend_from_slice(utf8);
        self.bytes.resize(self.bytes.len() * 2 + 8, 0);
    }

    /// The source's bytes `at..end` have no part in the new text. A rule's deletions side by side are one.
    #[inline(always)]
    fn gone(&mut self, now: &mut Now, rule: Group, at: usize, end: usize) {
        now.changed = true;
        if TELL {
            if self.deleted == (rule, at) {
                self.edits.reach(end);
            } else {
                self.edits.tell(at..end, now.length..now.length);
            }
            self.deleted = (rule, end);
        }
    }

    /// A blank at the start, or after another one.
    #[cold]
    fn second_blank(&mut self, mut now: Now, at: usize, end: usize) -> Now {
        if now.length == 0 {
            self.gone(&mut now, 0, at, end);
            return now;
        }
        now.changed = true;
        if TELL {
            self.edits.retell(now.blank..end, now.length - 1..now.length);
        }
        now
    }

    /// The bytes `range` of `from` come after the first `length`; where these end then.
    #[inline(always)]
    fn copy(&mut self, length: usize, from: &[u8], range: Range<usize>) -> usize {
        let end = length + range.len();
        let block = from.get(range.start..range.start + BLOCK);
        match (self.bytes.get_mut(length..length + BLOCK), block) {
            // A block too much is faster than a few bytes counted.
            (Some(room), Some(block)) if range.len() <= BLOCK => room.copy_from_slice(block),
            _ => self.copy_long(length, &from[range]),
        }
        end
    }

    #[inline(never)]
    fn copy_long(&mut self, length: usize, kept: &[u8]) {
        match self.bytes.get_mut(length..length + kept.len()) {
            Some(room) => room.copy_from_slice(kept),
            None => self.make_room(length, kept),
        }
    }

    /// A character of three or four bytes.
    #[inline(never)]
    fn far(&mut self, mut now: Now, group: Group, text: &str, c: char, at: usize, end: usize) -> Now {
        let entry = signs::entry(self.flat, c);
        match entry.acts & group {
            0 => self.put(&mut now, c as u32, &entry, at, end, false),
            acting => return self.ask(now, acting, text, at, end),
        }
        now
    }

    /// The character at `at`, of which one of the rules `acting` may want something.
    #[cold]
    fn ask(&mut self, mut now: Now, acting: Group, text: &str, at: usize, end: usize) -> Now {
        let Some(c) = text[at..].chars().next() else { return now };
        let (rule, to) = ask(acting, text, at, c);
        match to {
            To::Same | To::Look(_) => {
                self.put(&mut now, c as u32, &signs::entry(self.flat, c), at, end, false)
            }
            To::Gone => self.gone(&mut now, rule, at, end),
            To::Char(new) => self.put(&mut now, new as u32, &signs::entry(self.flat, new), at, end, new != c),
            To::Text(words) => {
                let start = now.length;
                now.length = self.copy(now.length, words.as_bytes(), 0..words.len());
                now.changed = true;
                for new in words.chars() {
                    now.scan.take(new as u32, &signs::entry(self.flat, new));
                }
                if TELL {
                    self.edits.tell(at..end, start..now.length);
                }
            }
        }
        now
    }

    /// The blank that ends the text goes; the text goes to `edits`.
    fn finish(mut self, mut now: Now) -> Option<Signs> {
        if self.squeeze && now.length > 0 && now.scan.after_blank() {
            now.length -= 1;
            now.changed = true;
            now.scan.forget_blank();
            if TELL {
                let end = self.edits.source().len();
                self.edits.retell(now.blank..end, now.length..now.length);
            }
        }
        self.bytes.truncate(now.length);
        debug_assert!(std::str::from_utf8(&self.bytes).is_ok());
        // SAFETY: the bytes are those of `Entry::utf8`, each the whole UTF-8 of one character, and of texts copied whole
        // or from one character's start to another's (`plain::look` tells no less). The blank cut off above is U+0020:
        // the rule that squeezes turns every other blank into it, and no rule writes another one.
        let text = unsafe { String::from_utf8_unchecked(self.bytes) };
        let signs = now.changed.then(|| now.scan.finish(self.flat, &text));
        self.edits.put_text(text);
        signs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::edit::Edits;
    use crate::normalize::rule::RULES;
    use crate::normalize::scan;

    const ALL: Group = !0;

    /// A rule never gives a character back, writes no blank but U+0020, and no text that opens or closes with one.
    #[test]
    fn rules_write_what_is_new() {
        for c in '\0'..'\u{30000}' {
            for rule in EACH.iter() {
                let name = RULES[rule.place].name;
                match (rule.to)(c) {
                    To::Char(new) => {
                        assert_ne!(new, c, "{name}");
                        assert!(new == ' ' || !new.is_whitespace(), "{name} {c:?}");
                    }
                    To::Text(text) => {
                        assert_eq!(text.trim(), text, "{name}");
                        assert_ne!(text.chars().collect::<Vec<_>>(), [c], "{name}");
                    }
                    _ => {}
                }
            }
        }
    }

    /// The signs a pass tells are those of the text it made; its edits lead from one text to the other.
    #[test]
    fn a_pass_tells_signs_and_edits() {
        let table = Table::of(ALL);
        let plain = "a plain stretch of words in one line ";
        for c in ('\0'..'\u{800}').chain('\u{2000}'..'\u{2070}').chain('\u{fb50}'..'\u{ff00}') {
            let text = format!(" {c}1{c} {plain}{c}{c}.{c} ل{c}ـ{plain} {c} ");
            for (group, squeeze) in [(ALL, true), (0b1111, false)] {
                let mut edits = Edits::new(&text);
                let signs = run::<true>(&table, group, squeeze, !0, &mut edits);
                let mut applied = String::new();
                edits.apply(&mut applied);
                let whole = edits.into_buffer().text;
                if let Some(signs) = signs {
                    assert_eq!(applied, whole, "{text:?}");
                    assert_eq!(signs, scan::of(&whole, !0), "{text:?} {whole:?}");
                }
            }
        }
    }
}
