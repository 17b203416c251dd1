//! In: text, character by character or in plain blocks. Out: the signs in it.
//! Law: a sign that a text has is never missed; one of letters that folds act on may be told too many.

use super::mojibake;
use super::pass::Group;
use super::plain::{self, Ahead, Also, BLOCK, Meaning, Meanings};
use super::signs::{
    ANY, DIGIT, DOUBLE_BLANK, ELONGATED, Entry, FLAT, FOLDS, IN_STRETCH, MOJIBAKE_1256, NUMBER, PAIRED,
    Signs, entry, flat,
};

/// Signs of a text that is read, or written, character by character or in plain blocks.
///
/// Loops keep it in registers as long as nobody holds its address: what is rare works on a copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan {
    found: Signs,
    opens: Signs,
    /// Whether the stretch of digits at hand goes on.
    goes_on: Signs,
    /// The last two characters.
    previous: u32,
    before: u32,
    /// Digits in the stretch at hand.
    digits: u32,
    /// Places that may be UTF-8 read as Windows-1256.
    broken: u32,
}

impl Scan {
    /// Nothing read yet; a text stands between blanks.
    pub(super) fn new(flat: &[Entry; FLAT]) -> Self {
        let opens = flat[usize::from(b' ')].opens();
        Self { found: ANY, opens, digits: 0, goes_on: 0, broken: 0, previous: u32::from(b' '), before: 0 }
    }

    /// A blank was read last, or nothing.
    pub(super) fn after_blank(&self) -> bool {
        self.opens & DOUBLE_BLANK != 0
    }

    /// Reads the next character.
    #[inline(always)]
    pub(super) fn take(&mut self, code: u32, entry: &Entry) {
        let gives = entry.gives & self.opens;
        self.found |= gives;
        self.goes_on &= gives;
        if gives & (DIGIT | MOJIBAKE_1256) != 0 {
            *self = self.count(gives);
        }
        if code == self.previous && code == self.before {
            self.found |= third(code);
        }
        (self.opens, self.before, self.previous) = (entry.opens(), self.previous, code);
    }

    #[inline(never)]
    fn count(mut self, gives: Signs) -> Self {
        if gives & DIGIT == 0 {
            self.broken += 1;
            return self;
        }
        self.digits = if self.goes_on & IN_STRETCH == 0 { 1 } else { self.digits + 1 };
        self.goes_on = IN_STRETCH;
        if self.digits > 6 {
            self.found |= NUMBER;
        }
        self
    }

    /// Goes on after the plain characters that `read` ends in.
    #[inline]
    fn resume(&mut self, flat: &[Entry; FLAT], read: &[u8]) {
        let (previous, rest) = plain::last(read);
        let (before, _) = plain::last(rest);
        (self.previous, self.before) = (previous as u32, before as u32);
        self.opens = flat[previous].opens();
        self.goes_on = 0;
    }

    /// The text ends before the blank read last.
    pub(super) fn forget_blank(&mut self) {
        self.opens = 0;
    }

    /// The signs of what was read, which is `text`.
    pub(super) fn finish(self, flat: &[Entry; FLAT], text: &str) -> Signs {
        let found = self.found | (flat[usize::from(b' ')].gives & self.opens);
        if mojibake::may_be_1256(text, self.broken) { found } else { found & !MOJIBAKE_1256 }
    }
}

/// The sign of a character that stands three times in a row.
#[inline(never)]
fn third(code: u32) -> Signs {
    if char::from_u32(code).is_some_and(char::is_alphabetic) { ELONGATED } else { 0 }
}

/// Looks ahead for plain characters, for one group of rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scout {
    flat: &'static [Entry; FLAT],
    meanings: &'static Meanings,
    /// Signs that anybody asks for.
    needed: Signs,
    group: Group,
    /// What was found when [`Self::ahead`] was last asked, and what was plain then.
    found: Signs,
    also: Option<Also>,
    /// How often in a row nothing was plain.
    misses: u32,
}

impl Scout {
    /// For a text read for the signs `needed` while the rules of `group` change it.
    pub(super) fn new(flat: &'static [Entry; FLAT], needed: Signs, group: Group) -> Self {
        Self { flat, meanings: plain::meanings(), needed, group, found: 0, also: None, misses: 0 }
    }

    /// What `text` holds from byte `at` on, after `read`, as far as no rule of the group acts on it and it tells
    /// nothing new.
    #[inline(always)]
    pub(super) fn ahead(&mut self, scan: &Scan, read: &[u8], text: &[u8], at: usize) -> Ahead {
        // A sign that the last character opens may be closed by a plain one.
        let open = scan.opens & self.needed & PAIRED;
        if open & !DOUBLE_BLANK != 0 || (open != 0 && scan.previous != u32::from(b' ')) {
            return Ahead { plain: 0, odd: 1 };
        }
        if scan.found != self.found {
            self.found = scan.found;
            self.also = self.also(scan);
        }
        let Some(also) = self.also else { return Ahead { plain: 0, odd: BLOCK } };
        let mut ahead = plain::look(read, text, at, also);
        // Where much is odd, looking does not pay.
        self.misses = if ahead.plain > 0 { 0 } else { (self.misses + 1).min(4) };
        if self.misses > 1 {
            ahead.odd = ahead.odd.max(BLOCK << self.misses);
        }
        ahead
    }

    /// What may count as plain; nothing where the plainest tells something.
    fn also(&self, scan: &Scan) -> Option<Also> {
        let unknown = self.needed & !scan.found & !self.assumed(scan);
        let fits = |meaning: &Meaning| meaning.acts & self.group == 0 && meaning.signs & unknown == 0;
        let bits = |meaning: &Meaning| u8::from(fits(meaning)).wrapping_neg();
        let plain = self.meanings;
        fits(&plain.always).then(|| Also {
            capitals: bits(&plain.capitals),
            folded: bits(&plain.folded),
            punctuation: bits(&plain.punctuation),
        })
    }

    /// Where one fold has something to do, the others may have: they run together.
    fn assumed(&self, scan: &Scan) -> Signs {
        if scan.found & self.needed & FOLDS == 0 { 0 } else { FOLDS }
    }

    /// `scan` goes on after the plain characters that `read` ends in.
    #[inline(always)]
    pub(super) fn resume(&self, scan: &mut Scan, read: &[u8]) {
        scan.resume(self.flat, read);
        scan.found |= self.assumed(scan);
    }
}

/// The signs of `text` among those `needed`; of letters that folds act on it may tell too many.
pub(super) fn of(text: &str, needed: Signs) -> Signs {
    let flat = flat();
    let bytes = text.as_bytes();
    let mut scout = Scout::new(flat, needed, 0);
    let mut scan = Scan::new(flat);
    let mut at = 0;
    while at < bytes.len() {
        let ahead = scout.ahead(&scan, &bytes[..at], bytes, at);
        if ahead.plain > 0 {
            at += ahead.plain;
            scout.resume(&mut scan, &bytes[..at]);
        }
        let stop = bytes.len().min(at + ahead.odd);
        while at < stop {
            let first = bytes[at];
            if first < 0x80 {
                scan.take(u32::from(first), &flat[usize::from(first)]);
                at += 1;
            } else if first < 0xe0 {
                let second = bytes.get(at + 1).map_or(0, |b| b & 0x3f);
                let code = usize::from(first & 0x1f) << 6 | usize::from(second);
                scan.take(code as u32, &flat[code]);
                at += 2;
            } else {
                let Some(c) = text[at..].chars().next() else { break };
                scan.take(c as u32, &entry(flat, c));
                at += c.len_utf8();
            }
        }
    }
    scan.finish(flat, text)
}
