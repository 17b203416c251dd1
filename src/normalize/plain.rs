//! In: bytes of a text. Out: how many of them are plain, found many at a time.
//! Law: plain is a set of characters and nothing more; what they mean for signs and rules is read off their entries.

use std::sync::LazyLock;

use super::pass::Group;
use super::signs::{Entry, FLAT, IN_STRETCH, Signs, flat};

/// Bytes looked at together.
pub(super) const BLOCK: usize = 32;
/// Bytes before a block that are looked at with it: two Arabic letters.
const LEAD: usize = 4;
/// Fewer plain bytes than these are read one by one.
const SHORT: usize = 8;

/// Which characters count as plain beside the small Latin letters, the blank and the Arabic letters that no common fold
/// touches: all bits or none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Also {
    /// A to Z.
    pub(super) capitals: u8,
    /// أ إ آ ؤ ئ ة ى.
    pub(super) folded: u8,
    /// The commonest ASCII punctuation.
    pub(super) punctuation: u8,
}

/// One byte for each of a block, 0 where it is plain.
struct Odd([u8; BLOCK]);

impl Odd {
    fn halves(&self) -> [u128; 2] {
        let (halves, _) = self.0.as_chunks();
        [u128::from_le_bytes(halves[0]), u128::from_le_bytes(halves[1])]
    }

    fn none(&self) -> bool {
        let [low, high] = self.halves();
        low | high == 0
    }

    /// Plain bytes before the first odd one.
    fn before(&self) -> usize {
        let [low, high] = self.halves();
        let place = if low == 0 { 128 + high.trailing_zeros() } else { low.trailing_zeros() };
        place as usize / 8
    }

    /// Plain bytes after the last odd one.
    fn after(&self) -> usize {
        let [low, high] = self.halves();
        let place = if high == 0 { 128 + low.leading_zeros() } else { high.leading_zeros() };
        place as usize / 8
    }
}

/// Which of the bytes after the first [`LEAD`] are no plain characters, or may mean something together with those
/// before: two blanks, three equal letters, a dot in a name. A loop without
/// branches: the compiler reads a block in a few instructions.
#[inline(always)]
fn odd(bytes: &[u8; LEAD + BLOCK], also: Also) -> Odd {
    let mut odd = [0; BLOCK];
    for (at, odd) in odd.iter_mut().enumerate() {
        let [fourth, third, second, last, byte] =
            [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3], bytes[at + 4]];
        let is = |test: bool| u8::from(test).wrapping_neg();
        let one = |of: u8| is(byte == of);
        let within = |low: u8, high: u8| is(byte.wrapping_sub(low) <= high - low);
        let (first_page, second_page) = (is(last == 0xd8), is(last == 0xd9));
        let blank = one(b' ');
        let lower = byte | (also.capitals & 0x20);
        let latin = is(lower.wrapping_sub(b'a') <= b'z' - b'a') | blank;
        // Comma, hyphen and dot are neighbours.
        let signs = within(b',', b'.') | one(b'!') | one(b'?') | one(b'\'');
        let lead = is(byte & !1 == 0xd8);
        let folded = (first_page & (within(0xa2, 0xa6) | one(0xa9))) | (second_page & one(0x89));
        let arabic = (first_page & within(0xa1, 0xba)) | (second_page & within(0x81, 0x8a));
        let plain = latin | (signs & also.punctuation) | lead | (arabic & (!folded | also.folded));
        let thrice = one(last) & (blank | one(second));
        let arabic_thrice = one(second) & one(fourth) & is(last == third) & is(byte & 0xc0 == 0x80);
        let name = (is(last == b'.') & !blank) | (one(b'.') & is(last | 0x20 == b'w'));
        *odd = !plain | thrice | arabic_thrice | name;
    }
    Odd(odd)
}

/// The last bytes of what was read, blanks where there is nothing.
#[inline]
fn end_of(read: &[u8]) -> [u8; LEAD] {
    match read.last_chunk() {
        Some(last) => *last,
        None => {
            let mut last = [b' '; LEAD];
            last[LEAD - read.len()..].copy_from_slice(read);
            last
        }
    }
}

/// The code of the plain character that `read` ends in, and what stands before it.
#[inline]
pub(super) fn last(read: &[u8]) -> (usize, &[u8]) {
    match read {
        [rest @ .., lead, byte] if *byte >= 0x80 => {
            (usize::from(lead & 0x1f) << 6 | usize::from(byte & 0x3f), rest)
        }
        [rest @ .., byte] => (usize::from(byte & 0x7f), rest),
        [] => (usize::from(b' '), read),
    }
}

/// What lies ahead in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ahead {
    /// This many bytes are plain, whole characters.
    pub(super) plain: usize,
    /// At least this many after them are better read one by one.
    pub(super) odd: usize,
}

/// What `text` holds from byte `at` on, after `read`.
#[inline]
pub(super) fn look(read: &[u8], text: &[u8], at: usize, also: Also) -> Ahead {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the function asks for AVX2 and nothing more, and the processor was just seen to have it.
        return unsafe { look_avx2(read, text, at, also) };
    }
    look_anywhere(read, text, at, also)
}

/// The same in the words of newer processors.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn look_avx2(read: &[u8], text: &[u8], at: usize, also: Also) -> Ahead {
    look_anywhere(read, text, at, also)
}

#[inline(always)]
fn look_anywhere(read: &[u8], text: &[u8], at: usize, also: Also) -> Ahead {
    let left = text.len() - at;
    if left < BLOCK {
        return Ahead { plain: 0, odd: left };
    }
    let last = end_of(read);
    let block = |end: usize| text[..end].last_chunk::<{ LEAD + BLOCK }>();
    let mut end = at + BLOCK;
    let mut found = match block(end) {
        Some(block) if block.starts_with(&last) => odd(block, also),
        _ => {
            let mut block = [0; LEAD + BLOCK];
            block[..LEAD].copy_from_slice(&last);
            block[LEAD..].copy_from_slice(&text[at..end]);
            odd(&block, also)
        }
    };
    while found.none() && end < text.len() {
        // The last block of a text reaches back into the one before it.
        let next = (end + BLOCK).min(text.len());
        let Some(block) = block(next) else { break };
        (found, end) = (odd(block, also), next);
    }
    let plain = end - BLOCK + found.before() - at;
    let odd = end - found.after().min(end - at - plain) - at - plain;
    if plain < SHORT {
        return Ahead { plain: 0, odd: plain + odd };
    }
    // A character that is cut is odd.
    let cut = usize::from(text[at + plain - 1] >= 0xc0);
    Ahead { plain: plain - cut, odd: odd + cut }
}

/// What plain characters mean.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meaning {
    /// Signs that they give, alone or after another plain one where [`odd`] does not see to it.
    pub(super) signs: Signs,
    /// Rules that act on them.
    pub(super) acts: Group,
}

/// What plain characters mean, set by set.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    pub(super) always: Meaning,
    pub(super) capitals: Meaning,
    pub(super) folded: Meaning,
    pub(super) punctuation: Meaning,
}

/// What they mean under the rules and signs there are.
pub(super) fn meanings() -> &'static Meanings {
    static MEANINGS: LazyLock<Meanings> = LazyLock::new(|| meanings_of(flat()));
    &MEANINGS
}

fn meanings_of(flat: &[Entry; FLAT]) -> Meanings {
    let all = Also { capitals: !0, folded: !0, punctuation: !0 };
    let follows = |left: char, right: char, also: Also| {
        let mut block = *b"abcdabcdefghijklmnopqrstuvxyzabcdefg";
        let mut text = [0; 8];
        let length = left.encode_utf8(&mut text).len();
        let length = length + right.encode_utf8(&mut text[length..]).len();
        block[8..8 + length].copy_from_slice(&text[..length]);
        // The letter after them is not asked about.
        odd(&block, also).before() >= 4 + length
    };
    let c = |code: usize| char::from_u32(code as u32).unwrap_or('\0');
    let plain = |code: &usize, also: Also| follows('b', c(*code), also);
    let codes: Vec<usize> = (0..FLAT).filter(|code| plain(code, all)).collect();
    // Those of one set, beside those that are always plain.
    let meaning = |only: Option<Also>| {
        let none = Also { capitals: 0, folded: 0, punctuation: 0 };
        let also = only.unwrap_or(none);
        let mine = |code: &&usize| plain(code, also) && (only.is_none() || !plain(code, none));
        let mut meaning = Meaning::default();
        for &code in codes.iter().filter(mine) {
            let entry = &flat[code];
            meaning.acts |= entry.acts;
            for &other in &codes {
                let (before, after) = (&flat[other], entry);
                if follows(c(other), c(code), all) {
                    meaning.signs |= before.opens() & after.gives;
                }
                if follows(c(code), c(other), all) {
                    meaning.signs |= after.opens() & before.gives & !flat[usize::from(b'b')].opens();
                }
            }
        }
        meaning.signs &= !IN_STRETCH;
        meaning
    };
    Meanings {
        always: meaning(None),
        capitals: meaning(Some(Also { capitals: !0, folded: 0, punctuation: 0 })),
        folded: meaning(Some(Also { capitals: 0, folded: !0, punctuation: 0 })),
        punctuation: meaning(Some(Also { capitals: 0, folded: 0, punctuation: !0 })),
    }
}

#[cfg(test)]
mod tests {
    use super::super::edit::Edits;
    use super::super::pass::{self, Table};
    use super::*;

    const ALL: Also = Also { capitals: !0, folded: !0, punctuation: !0 };

    /// Plain texts of 0 to 130 bytes with a character, or a few, among them.
    fn texts() -> impl Iterator<Item = String> {
        let odd = ["", "1", "é", "…", "😡", "أ", "ةةة", "  ", ".a", "\u{a0}", "\u{3000}", "\u{640}\u{64e}"];
        let plain = ["plain words, ", "كلمة عن سمع ", "a في b مع "].map(|words| words.repeat(12));
        let cut = |text: &str, mut length: usize| {
            while !text.is_char_boundary(length) {
                length -= 1;
            }
            text[..length].to_string()
        };
        plain.into_iter().flat_map(move |plain| {
            odd.into_iter().flat_map(move |odd| {
                let plain = plain.clone();
                (0..=130).flat_map(move |length| {
                    let start = cut(&plain, length);
                    [0, 8, 33].map(|more| format!("{start}{odd}{}", cut(&plain, more.min(130 - length))))
                })
            })
        })
    }

    /// However long a text is: what is plain is whole characters of it, and the newer words say the same.
    #[test]
    fn plain_is_whole_characters() {
        for text in texts() {
            let bytes = text.as_bytes();
            for (at, _) in text.char_indices().filter(|(at, _)| at % 32 < 6) {
                for also in [ALL, Also { capitals: 0, folded: 0, punctuation: 0 }] {
                    let ahead = look(&bytes[..at], bytes, at, also);
                    assert_eq!(ahead, look_anywhere(&bytes[..at], bytes, at, also), "{text:?} {at}");
                    assert!(text.is_char_boundary(at + ahead.plain), "{text:?} {at} {ahead:?}");
                    assert!(at + ahead.plain + ahead.odd <= text.len(), "{text:?} {at} {ahead:?}");
                }
            }
        }
    }

    /// However long a text is: a pass writes UTF-8, and the text that its edits lead to.
    #[test]
    fn a_pass_writes_whole_characters() {
        for group in [!0, 0] {
            let table = Table::of(group);
            for text in texts() {
                let mut edits = Edits::new(&text);
                let changed = pass::run::<true>(&table, group, group != 0, !0, &mut edits).is_some();
                let mut applied = String::new();
                edits.apply(&mut applied);
                let told = edits.into_buffer().text;
                let mut edits = Edits::new(&text);
                pass::run::<false>(&table, group, group != 0, !0, &mut edits);
                let untold = edits.into_buffer().text;
                assert!(std::str::from_utf8(told.as_bytes()).is_ok(), "{text:?}");
                assert_eq!(told, untold, "{text:?}");
                assert_eq!(if changed { &applied } else { &text }, &told, "{text:?}");
            }
        }
    }
}
