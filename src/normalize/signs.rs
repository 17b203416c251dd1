//! In: text. Out: the signs in it that rules act on.
//! Law: a rule whose signs a text lacks would leave that text as it is; reading signs never changes an output.

use std::sync::OnceLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick, is_nfkc_quick};

use super::{
    chars, digits, emoji, english, forms, html, invisible, letters, marks, mask, mojibake, punctuation,
    tables,
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
    HAMZA
    ALEF_MAKSURA
    TEH_MARBUTA
    APOSTROPHE
    UPPER
    PUNCT
    ODD_BLANK
    DOUBLE_BLANK
    MOJIBAKE_1252
    /// Three such pairs or more.
    MOJIBAKE_1256
    MOJIBAKE_LETTER
    DIGIT
    IN_STRETCH
    /// Seven digits or more in one stretch of digit groups.
    NUMBER
    /// One letter three times in a row.
    ELONGATED
}

/// Whether a character is of a class.
type Class = fn(char) -> bool;

/// Signs that one character gives.
const SINGLE: &[(Signs, Class)] = &[
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
    (ALEF, |c| letters::is_alef_variant(c) || matches!(c, '\u{653}'..='\u{655}')),
    (HAMZA, |c| letters::carries_hamza(c) || matches!(c, '\u{654}' | '\u{655}')),
    (ALEF_MAKSURA, |c| c == '\u{649}'),
    (TEH_MARBUTA, |c| c == '\u{629}'),
    (APOSTROPHE, english::is_apostrophe),
    (UPPER, english::has_lowercase),
    (PUNCT, punctuation::is_punct),
    (ODD_BLANK, |c| c != ' ' && c.is_whitespace()),
    (MOJIBAKE_LETTER, |c| mojibake::arabic_of_1252(c).is_some()),
    (DIGIT, |c| chars::digit(c).is_some()),
    (IN_STRETCH, mask::in_stretch),
];

/// Signs that a character gives right after another; a text stands between blanks.
const PAIRS: &[(Signs, Class, Class)] = &[
    (EXCEL, |c| c == '_', |c| c == 'x'),
    (ADDRESS_NAME, |c| c == '.', |c| c.is_ascii_alphanumeric() || c == '-'),
    (ADDRESS_SCHEME, |c| c == ':', |c| c == '/'),
    (ADDRESS_WWW, |c| matches!(c, 'w' | 'W'), |c| c == '.'),
    (AT_SPELLED, |c| matches!(c, '(' | '['), |c| matches!(c, 'a' | 'A')),
    (MARKS, |c| canonical_combining_class(c) != 0, |c| canonical_combining_class(c) != 0),
    (DOUBLE_BLANK, char::is_whitespace, char::is_whitespace),
    (MOJIBAKE_1252, mojibake::leads_in_1252, mojibake::follows_in_1252),
    (MOJIBAKE_1256, mojibake::leads_in_1256, mojibake::follows_in_1256),
];

/// What one character means for signs.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Signs it gives, those of [`PAIRS`] if the character before it opens them.
    gives: Signs,
    /// Signs that may follow it: all of [`SINGLE`], and those of [`PAIRS`] it opens.
    opens: Signs,
}

impl Entry {
    fn of(c: char) -> Self {
        let pairs = PAIRS.iter().fold(0, |all, pair| all | pair.0);
        let single = SINGLE.iter().filter(|sign| sign.1(c)).fold(0, |all, sign| all | sign.0);
        let closed = PAIRS.iter().filter(|pair| pair.2(c)).fold(0, |all, pair| all | pair.0);
        let opened = PAIRS.iter().filter(|pair| pair.1(c)).fold(0, |all, pair| all | pair.0);
        Self { gives: single | closed, opens: opened | !pairs }
    }
}

/// Entries of the first two planes by 256 characters, each page built when a text first needs it.
static PAGES: [OnceLock<Box<[Entry; 256]>>; 0x200] = [const { OnceLock::new() }; 0x200];

fn page(number: usize) -> &'static [Entry; 256] {
    PAGES[number].get_or_init(|| {
        let c = |low: usize| char::from_u32((number * 256 + low) as u32).unwrap_or(' ');
        Box::new(std::array::from_fn(|low| Entry::of(c(low))))
    })
}

/// The signs of `text`.
pub(super) fn of(text: &str) -> Signs {
    let latin = page(0);
    let blank = latin[usize::from(b' ')];
    let mut found = ANY;
    // Digits in the stretch at hand; whether it goes on; places that may be UTF-8 read as Windows-1256.
    let (mut digits, mut goes_on, mut broken) = (0usize, 0, 0usize);
    let mut opens = blank.opens;
    let (mut previous, mut before) = (' ', ' ');
    for c in text.chars() {
        let code = c as usize;
        let entry = match code {
            0..=0xff => latin[code],
            0x100..=0x1ffff => page(code >> 8)[code & 0xff],
            _ => Entry::of(c),
        };
        let gives = entry.gives & opens;
        found |= gives;
        goes_on &= gives;
        if gives & DIGIT != 0 {
            digits = if goes_on & IN_STRETCH == 0 { 1 } else { digits + 1 };
            goes_on = IN_STRETCH;
            if digits > 6 {
                found |= NUMBER;
            }
        } else if gives & MOJIBAKE_1256 != 0 {
            broken += 1;
        }
        if c == previous && c == before && c.is_alphabetic() {
            found |= ELONGATED;
        }
        (opens, before, previous) = (entry.opens, previous, c);
    }
    found |= blank.gives & opens;
    if broken < 3 {
        found &= !MOJIBAKE_1256;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::edit::Edits;
    use crate::normalize::rule::RULES;

    /// A rule leaves a text without its signs as it is: every character of two planes, among letters and digits.
    #[test]
    fn signs_miss_no_edit() {
        for c in ('\0'..'\u{20000}').chain('\u{e0000}'..'\u{e0080}') {
            for text in [format!("{c}ل{c}{c} a{c}1"), format!("é{c}س{c}{c}{c}2")] {
                let signs = of(&text);
                for rule in RULES.iter().filter(|rule| rule.needs & signs == 0) {
                    for value in 1..rule.values.len() {
                        let mut edits = Edits::new(&text);
                        (rule.run)(&text, value, &mut edits);
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
            assert_ne!(of(text) & DOUBLE_BLANK, 0, "{text:?}");
        }
        assert_eq!(of("a b") & DOUBLE_BLANK, 0);
    }

    /// Seven digits count as a number only where they may be one.
    #[test]
    fn numbers_are_read_by_stretch() {
        assert_ne!(of("call 050-1234") & NUMBER, 0);
        assert_ne!(of("٠٥٠ ١٢٣ ٤") & NUMBER, 0);
        assert_eq!(of("2023 and 2024") & NUMBER, 0);
    }
}
