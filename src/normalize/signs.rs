//! In: text. Out: the signs in it that rules act on.
//! Law: a rule whose signs a text lacks would leave that text as it is; reading signs never changes an output.

use std::sync::{LazyLock, OnceLock};

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick, is_nfkc_quick};

use super::pass::{self, Group};
use super::{
    chars, digits, emoji, english, forms, html, invisible, letters, marks, mask, mojibake, punctuation,
    tables, unicode,
};

/// A set of signs, one bit each.
pub(super) type Signs = u64;

/// Declares the signs, one bit each in order of their names.
macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Place { $($name),* }
        $($(#[$doc])* pub(super) const $name: Signs = 1 << Place::$name as u32;)*
    };
}

signs! {
    /// Every text has it: for rules that always look.
    ANY
    MARKUP
    EXCEL
    CONTROL
    BIDI
    ZERO_WIDTH
    FOREIGN_MARK
    LIGATURE
    PRESENTATION
    STYLED
    NOT_NFC
    NOT_NFKC
    /// Two combining marks: their order may be wrong.
    MARKS
    TATWEEL
    TASHKEEL
    QURANIC
    LOOKALIKE
    FOREIGN_LETTER
    ADDRESS_NAME
    /// A dot before an Arabic letter.
    ADDRESS_ARABIC
    ADDRESS_SCHEME
    ADDRESS_WWW
    AT
    AT_SPELLED
    EMOJI
    EASTERN_DIGIT
    SEPARATOR
    QUOTE
    ARABIC_PUNCT
    HASH
    ALEF
    /// Hamza or maddah that stands apart from its alef.
    FLOATING
    HAMZA
    ALEF_MAKSURA
    TEH_MARBUTA
    APOSTROPHE
    UPPER
    SIGMA
    PUNCT
    ODD_BLANK
    DOUBLE_BLANK
    MOJIBAKE_1252
    /// So many such pairs that Arabic text cannot have them.
    MOJIBAKE_1256
    MOJIBAKE_LETTER
    DIGIT
    IN_STRETCH
    /// Seven digits or more in one stretch of digit groups.
    NUMBER
    /// One letter three times in a row.
    ELONGATED
}

/// Whether a character is one of some.
type Test = fn(char) -> bool;

/// Signs that one character gives.
const SINGLE: &[(Signs, Test)] = &[
    (MARKUP, html::opens_markup),
    (CONTROL, invisible::is_control),
    (BIDI, chars::is_bidi_control),
    (ZERO_WIDTH, invisible::is_without_width),
    (FOREIGN_MARK, marks::is_foreign_mark),
    (LIGATURE, |c| c > '\u{faff}' && tables::LIGATURES.get(c).is_some()),
    (PRESENTATION, forms::is_presentation),
    (STYLED, |c| forms::is_styled(c) || forms::squared(c).is_some()),
    (NOT_NFC, |c| is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes),
    (NOT_NFKC, |c| is_nfkc_quick(std::iter::once(c)) != IsNormalized::Yes),
    (TATWEEL, |c| c == '\u{640}'),
    (TASHKEEL, chars::is_tashkeel),
    (QURANIC, chars::is_quranic),
    (LOOKALIKE, |c| !c.is_ascii() && tables::LOOKALIKES.get(c).is_some()),
    (FOREIGN_LETTER, |c| !c.is_ascii() && tables::FOREIGN.get(c).is_some()),
    (AT, |c| c == '@'),
    (EMOJI, emoji::opens_sequence),
    (EASTERN_DIGIT, digits::is_eastern),
    (SEPARATOR, |c| matches!(c, '\u{66a}'..='\u{66c}')),
    (QUOTE, |c| punctuation::plain_quote(c).is_some()),
    (ARABIC_PUNCT, |c| punctuation::plain_punct(c).is_some()),
    (HASH, |c| c == '#'),
    (ALEF, letters::is_alef_variant),
    (FLOATING, |c| matches!(c, '\u{653}'..='\u{655}')),
    (HAMZA, |c| letters::carries_hamza(c) || matches!(c, '\u{654}' | '\u{655}')),
    (ALEF_MAKSURA, |c| c == '\u{649}'),
    (TEH_MARBUTA, |c| c == '\u{629}'),
    (APOSTROPHE, english::is_apostrophe),
    (UPPER, |c| c != 'Σ' && english::has_lowercase(c)),
    (SIGMA, |c| c == 'Σ'),
    (PUNCT, punctuation::is_punct),
    (ODD_BLANK, |c| c != ' ' && c.is_whitespace()),
    (MOJIBAKE_LETTER, |c| mojibake::arabic_of_1252(c).is_some()),
    (DIGIT, |c| chars::digit(c).is_some()),
    (IN_STRETCH, mask::in_stretch),
];

/// Signs that a character gives right after another; a text stands between blanks.
const PAIRS: &[(Signs, Test, Test)] = &[
    (EXCEL, |c| c == '_', |c| c == 'x'),
    (ADDRESS_NAME, |c| c == '.', |c| c.is_ascii_alphanumeric() || c == '-'),
    (ADDRESS_ARABIC, |c| c == '.', chars::is_arabic_letter),
    (ADDRESS_SCHEME, |c| c == ':', |c| c == '/'),
    (ADDRESS_WWW, |c| matches!(c, 'w' | 'W'), |c| c == '.'),
    (AT_SPELLED, |c| matches!(c, '(' | '['), |c| matches!(c, 'a' | 'A')),
    (MARKS, |c| canonical_combining_class(c) != 0, |c| canonical_combining_class(c) != 0),
    (DOUBLE_BLANK, char::is_whitespace, char::is_whitespace),
    (MOJIBAKE_1252, mojibake::leads_in_1252, mojibake::follows_in_1252),
    (MOJIBAKE_1256, mojibake::leads_in_1256, mojibake::follows_in_1256),
];

/// Signs of [`PAIRS`].
pub(super) const PAIRED: Signs = {
    let (mut all, mut index) = (0, 0);
    while index < PAIRS.len() {
        all |= PAIRS[index].0;
        index += 1;
    }
    all
};

/// Signs that only folds of letters look for.
pub(super) const FOLDS: Signs = ALEF | HAMZA | ALEF_MAKSURA | TEH_MARBUTA | UPPER;

/// What one character means for signs and for the rules that judge single characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Signs it gives, those of [`PAIRS`] if the character before it opens them.
    pub(super) gives: Signs,
    /// Signs that may follow it: all of [`SINGLE`], and those of [`PAIRS`] it opens.
    opens: Signs,
    /// The rules that act on it.
    pub(super) acts: Group,
    /// Its UTF-8, the first `length` of these.
    pub(super) utf8: [u8; 4],
    pub(super) length: u8,
    /// It can never join the character before it.
    pub(super) starts: bool,
}

impl Entry {
    /// Signs that may follow it.
    pub(super) fn opens(&self) -> Signs {
        self.opens
    }

    fn of(c: char) -> Self {
        let single = SINGLE.iter().filter(|sign| sign.1(c)).fold(0, |all, sign| all | sign.0);
        let closed = PAIRS.iter().filter(|pair| pair.2(c)).fold(0, |all, pair| all | pair.0);
        let opened = PAIRS.iter().filter(|pair| pair.1(c)).fold(0, |all, pair| all | pair.0);
        let mut utf8 = [0; 4];
        let length = c.encode_utf8(&mut utf8).len() as u8;
        Self {
            gives: single | closed,
            opens: opened | !PAIRED,
            acts: pass::acts(c),
            utf8,
            length,
            starts: unicode::starts_cluster(c),
        }
    }
}

/// Characters of one or two bytes: their entries lie in one table.
pub(super) const FLAT: usize = 0x800;

static FIRST: LazyLock<Box<[Entry; FLAT]>> =
    LazyLock::new(|| Box::new(std::array::from_fn(|code| Entry::of(at(code)))));

/// Entries of further characters of the first two planes by 256, each page built when a text first needs it.
static PAGES: [OnceLock<Box<[Entry; 256]>>; 0x200] = [const { OnceLock::new() }; 0x200];

fn at(code: usize) -> char {
    char::from_u32(code as u32).unwrap_or(' ')
}

/// The entries of the characters below U+0800.
pub(super) fn flat() -> &'static [Entry; FLAT] {
    &FIRST
}

/// The entry of any character.
#[inline]
pub(super) fn entry(flat: &[Entry; FLAT], c: char) -> Entry {
    match c as usize {
        code @ 0..FLAT => flat[code],
        code @ FLAT..=0x1ffff => {
            let page = || Box::new(std::array::from_fn(|low| Entry::of(at((code & !0xff) + low))));
            PAGES[code >> 8].get_or_init(page)[code & 0xff]
        }
        _ => Entry::of(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::edit::Edits;
    use crate::normalize::pass::To;
    use crate::normalize::rule::{RULES, Run};
    use crate::normalize::scan::{Scan, of};

    /// A rule leaves a text without its signs as it is: every character of two planes, among letters and digits.
    #[test]
    fn signs_miss_no_edit() {
        for c in ('\0'..'\u{20000}').chain('\u{e0000}'..'\u{e0080}') {
            for text in [format!("{c}ل{c}{c} a{c}1"), format!("é{c}س{c}{c}{c}2")] {
                let signs = of(&text, !0);
                for rule in RULES.iter().filter(|rule| rule.needs & signs == 0) {
                    for value in 1..rule.values.len() {
                        let mut edits = Edits::new(&text);
                        match rule.run {
                            Run::Text(run) => run(&text, value, &mut edits),
                            Run::Each(each) => {
                                let stays = |c| matches!(each(c), To::Same | To::Look(_));
                                assert!(text.chars().all(stays), "{} {text:?}", rule.name);
                            }
                        }
                        assert!(edits.is_empty(), "{} {text:?}", rule.name);
                    }
                }
            }
        }
    }

    /// A text stands between blanks: one at either end is one too many.
    #[test]
    fn blanks_at_the_ends_count() {
        for text in [" a", "a ", "a  b"] {
            assert_ne!(of(text, !0) & DOUBLE_BLANK, 0, "{text:?}");
        }
        assert_eq!(of("a b", !0) & DOUBLE_BLANK, 0);
    }

    /// Seven digits count as a number only where they may be one.
    #[test]
    fn numbers_are_read_by_stretch() {
        assert_ne!(of("call 050-1234", !0) & NUMBER, 0);
        assert_ne!(of("٠٥٠ ١٢٣ ٤", !0) & NUMBER, 0);
        assert_eq!(of("2023 and 2024", !0) & NUMBER, 0);
    }

    /// Plain blocks hide no sign: text that is read in blocks has those of text read one by one.
    #[test]
    fn blocks_hide_no_sign() {
        let flat = flat();
        let needed = RULES.iter().fold(0, |all, rule| all | rule.needs) & !FOLDS;
        let one_by_one = |text: &str| {
            let mut scan = Scan::new(flat);
            text.chars().for_each(|c| scan.take(c as u32, &entry(flat, c)));
            scan.finish(flat, text)
        };
        for c in ('\0'..'\u{700}').chain('\u{2000}'..'\u{2100}') {
            for other in ['.', 'w', ' ', 'a', 'ل', '1', ':', c] {
                for length in [16, 17, 30, 31] {
                    let text = format!(
                        "{}{c}{other}{c} comment words here go",
                        &"this is a plain stretch of a  comment"[..length]
                    );
                    assert_eq!(of(&text, needed) & needed, one_by_one(&text) & needed, "{text:?}");
                }
            }
        }
    }
}
