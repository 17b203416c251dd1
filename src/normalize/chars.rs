//! Character classes that several rules share.

use unicode_normalization::char::canonical_combining_class;

/// U+064B..U+0652 and the further vowel signs U+0656..U+065F, U+08E4..U+08FE.
pub(crate) fn is_tashkeel(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}' | '\u{656}'..='\u{65f}' | '\u{8e4}'..='\u{8fe}')
}

/// Marks of Qur'an print: honorifics, pauses, small letters, the dagger alef, the maddah sign that floats.
pub(crate) fn is_quranic(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{653}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{8ca}'..='\u{8e3}')
}

/// A combining Arabic sign of any kind.
pub(crate) fn is_arabic_mark(c: char) -> bool {
    is_tashkeel(c) || is_quranic(c) || matches!(c, '\u{654}' | '\u{655}')
}

/// A letter of the Arabic script, signs and digits left out.
pub(crate) fn is_arabic_letter(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{66e}' | '\u{66f}' | '\u{671}'..='\u{6d3}' | '\u{6d5}'
        | '\u{6ee}' | '\u{6ef}' | '\u{6fa}'..='\u{6fc}' | '\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8c9}'
        | '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}')
}

/// A letter of the Latin script, accents included.
pub(crate) fn is_latin_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (matches!(c, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
            && c.is_alphabetic())
}

/// The value of a decimal digit: Latin, Arabic-Indic, Persian or full-width.
pub(crate) fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some((c as u32 - zero as u32) as u8)
}

/// Direction marks, embeddings, overrides and isolates.
pub(crate) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters without width that are not direction controls.
pub(crate) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Anything the eye does not see inside a number or a word.
pub(crate) fn is_invisible(c: char) -> bool {
    is_bidi_control(c) || is_zero_width(c)
}

/// A combining mark.
pub(crate) fn is_mark(c: char) -> bool {
    canonical_combining_class(c) != 0 || is_arabic_mark(c)
}

/// Part of a word: a letter, a digit, a mark or an underscore.
pub(crate) fn is_word(c: char) -> bool {
    // The letters of most text first: the tables of Unicode are slower.
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{620}'..='\u{64a}' | '_')
        || (!c.is_ascii() && (c.is_alphanumeric() || is_mark(c)))
}

/// The character that ends at byte `at`.
pub(crate) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character that starts at byte `at`.
pub(crate) fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}
