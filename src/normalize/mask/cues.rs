//! In: a number's place. Out: what the words around it call it.
//! Law: only words count, never digits or tags, so that a mask changes no answer.

use std::cell::{Cell, OnceCell};
use std::sync::LazyLock;

use super::digits::{is_blank, is_letter, is_silent};
use super::lexicon::{Kind, Lexicon};
use crate::normalize::chars::digit;

/// How many words before a number may speak of it.
const REACH: usize = 5;
/// Links between a word and its number: "رقم الطلب هو", "order number is".
const LINKS: usize = 4;

/// Speaks of a phone: "كلموني", "call me".
pub(super) const PHONE: Kind = 1;
pub(super) const ID: Kind = 1 << 1;
pub(super) const ORDER: Kind = 1 << 2;
pub(super) const CARD: Kind = 1 << 3;
pub(super) const ACCOUNT: Kind = 1 << 4;
pub(super) const AMOUNT: Kind = 1 << 5;
/// "ريال", "points": counts something when it follows.
const UNIT: Kind = 1 << 6;
/// Stands between a word and its number: "is", "هو".
const LINK: Kind = 1 << 7;
/// A link that says that a number follows: "رقم", "no.".
const NUMBER: Kind = 1 << 10;
/// Is the name of a phone's number: "جوالي", "tel".
pub(super) const NAMED: Kind = 1 << 9;
/// "id" of an order or of a person.
const WEAK_ID: Kind = 1 << 8;

/// Bits by the names of `tables/number_cues.tsv`.
const NAMES: [(&str, Kind); 11] = [
    ("phone", PHONE),
    ("named", NAMED),
    ("id", ID),
    ("order", ORDER),
    ("card", CARD),
    ("account", ACCOUNT),
    ("amount", AMOUNT),
    ("unit", UNIT),
    ("link", LINK),
    ("number", NUMBER),
    ("weak_id", WEAK_ID),
];

static CUES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../tables/number_cues.tsv"), &NAMES));

/// What the words around a number call it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cue {
    /// Kinds of the word that names the number, only links between: "رقم الطلب هو 123".
    direct: Kind,
    /// Kinds of the words near by.
    near: Kind,
    /// "#" stands before it.
    pub(super) hash: bool,
    /// "رقم", "number" or "#" belongs to the word that names it: "رقم الطلب 123", "order no. 123".
    pub(super) numbered: bool,
    /// A word or a sign after it counts something: "ريال", "points", "$".
    pub(super) counted: bool,
}

impl Cue {
    /// The number is called one of `kinds`.
    pub(super) fn is(self, kinds: Kind) -> bool {
        self.direct & kinds != 0
    }

    /// It is called one of `kinds`, or a word near by speaks of them and none calls it something else.
    pub(super) fn suggests(self, kinds: Kind) -> bool {
        self.is(kinds) || (self.near & kinds != 0 && self.direct == 0)
    }
}

/// A word: its bytes, and its kinds once somebody asked.
#[derive(Debug)]
struct Word {
    start: usize,
    end: usize,
    kind: Cell<Option<Kind>>,
}

/// Words and breaks of a text, read when the first number asks.
#[derive(Debug)]
pub(super) struct Context<'t> {
    text: &'t str,
    read: OnceCell<(Vec<Word>, Vec<usize>)>,
}

impl<'t> Context<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, read: OnceCell::new() }
    }

    /// What the words before a number that starts at `start` call it.
    pub(super) fn before(&self, start: usize) -> Cue {
        let (words, _) = self.read();
        let here = words.partition_point(|word| word.end <= start);
        let mut cue = self.sign(start);
        let (mut right, mut linked, mut links, mut seen) = (start, true, 0, 0);
        let (mut weak, mut named) = (false, false);
        for word in words[..here].iter().rev() {
            let found = self.kind(word);
            let touches = !self.is_broken(word.end, right);
            cue.numbered |= touches && named && found & NUMBER != 0;
            named = false;
            linked &= touches && links < LINKS;
            right = word.start;
            if linked && found & (LINK | WEAK_ID) != 0 {
                weak |= found & WEAK_ID != 0;
                cue.numbered |= found & (NUMBER | WEAK_ID) != 0;
                links += 1;
                continue;
            }
            if linked {
                // "order id" names an order, "id" alone a person.
                cue.direct = if weak && found & (ORDER | ACCOUNT) == 0 { ID } else { found & !UNIT };
                (linked, weak, named) = (false, false, true);
            }
            // A "بطاقة" some words away is more often a card.
            cue.near |= found & if found & CARD == 0 { PHONE | ID } else { CARD };
            seen += 1;
            if seen == REACH {
                break;
            }
        }
        if weak && cue.direct == 0 {
            cue.direct = ID;
        }
        cue
    }

    /// `cue` and what follows the number that ends at `end`: "99123456 واتساب", "12345678 ريال".
    pub(super) fn after(&self, mut cue: Cue, end: usize) -> Cue {
        let (words, _) = self.read();
        let here = words.partition_point(|word| word.start < end);
        cue.counted |= Self::touching(self.text[end..].chars()).is_some_and(is_money);
        let mut left = end;
        for (place, word) in words[here..].iter().take(2).enumerate() {
            if self.is_broken(left, word.start) {
                break;
            }
            left = word.end;
            let found = self.kind(word);
            cue.counted |= place == 0 && found & UNIT != 0;
            cue.near |= found & PHONE;
        }
        cue
    }

    /// What the words around the number at `start..end` call it.
    pub(super) fn around(&self, start: usize, end: usize) -> Cue {
        self.after(self.before(start), end)
    }

    fn read(&self) -> &(Vec<Word>, Vec<usize>) {
        self.read.get_or_init(|| read(self.text))
    }

    /// A sentence ends between bytes `from` and `to`.
    fn is_broken(&self, from: usize, to: usize) -> bool {
        let (_, breaks) = self.read();
        breaks.get(breaks.partition_point(|at| *at < from)).is_some_and(|at| *at < to)
    }

    fn kind(&self, word: &Word) -> Kind {
        let known = word.kind.get().unwrap_or_else(|| kind(&self.text[word.start..word.end]));
        word.kind.set(Some(known));
        known
    }

    /// What a sign before the number tells: "#12345678", "$12345678".
    fn sign(&self, start: usize) -> Cue {
        let left = Self::touching(self.text[..start].chars().rev());
        let hash = matches!(left, Some('#' | '№'));
        Cue { hash, numbered: hash, counted: left.is_some_and(is_money), ..Cue::default() }
    }

    /// The first visible character.
    fn touching(chars: impl Iterator<Item = char>) -> Option<char> {
        chars.take(4).find(|c| !is_blank(*c) && !is_silent(*c))
    }
}

fn is_money(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₪' | '₹' | '₺' | '﷼' | '\u{20c0}')
}

/// Tags of masks are no words.
fn is_tag(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with('[') && text[end..].starts_with(']')
}

/// Words of `text`, and the places of signs that end what a word says of a number.
fn read(text: &str) -> (Vec<Word>, Vec<usize>) {
    let (mut words, mut breaks): (Vec<Word>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut word: Option<Word> = None;
    // What stands before the place at hand is a number or its tag; it is a word that is written short: "no.".
    let (mut number, mut short) = (false, false);
    for (at, c) in text.char_indices() {
        if is_letter(c) {
            word.get_or_insert(Word { start: at, end: at, kind: Cell::new(None) }).end = at + c.len_utf8();
            continue;
        }
        if word.is_some() && is_silent(c) {
            continue;
        }
        if let Some(last) = word.take() {
            number = is_tag(text, last.start, last.end);
            short = last.end - last.start < 4;
            if !number {
                words.push(last);
            }
        }
        match c {
            _ if digit(c).is_some() => (number, short) = (true, false),
            '!' | '?' | '؟' | '\n' | '\u{2028}' | ';' | '؛' => breaks.push(at),
            '.' if !short && !number => breaks.push(at),
            ',' | '،' if !number => breaks.push(at),
            _ => {}
        }
    }
    words.extend(word);
    (words, breaks)
}

/// A word for a phone.
pub(super) fn is_phone(word: &str) -> bool {
    kind(word) & PHONE != 0
}

/// The kinds of a word.
fn kind(word: &str) -> Kind {
    CUES.find(word).kind
}

#[cfg(test)]
mod tests {
    use super::*;

    fn direct(text: &str) -> Kind {
        let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let end = text.rfind(|c: char| c.is_ascii_digit()).unwrap_or(0) + 1;
        Context::of(text).around(start, end).direct
    }

    #[test]
    fn a_word_names_the_number_behind_it() {
        for (text, kind) in [
            ("رقم الطلب هو 12345678", ORDER),
            ("order #12345678", ORDER),
            ("my order number is: 12345678", ORDER),
            ("order id 12345678", ORDER),
            ("وجوالي 99123456", PHONE | NAMED),
            ("للطلب 99123456", PHONE),
            ("national id no. 12345678", ID),
            ("بطاقتي 12345678", ID | CARD),
            ("دفعت مبلغ 12345678", AMOUNT),
            ("وصل الطلب. 12345678", 0),
            ("رقمي 12345678", PHONE | NAMED),
        ] {
            assert_eq!(direct(text), kind, "{text}");
        }
    }

    #[test]
    fn words_near_by_suggest_and_tags_say_nothing() {
        let near = |text: &str| Context::of(text).around(text.len() - 8, text.len()).suggests(PHONE);
        assert!(near("كلموني بعد العصر على 99123456") && near("call me at [PHONE] or 99123456"));
        assert!(!near("[PHONE] 99123456") && !near("اتصلت وقالوا رقم البلاغ 99123456"));
    }
}
