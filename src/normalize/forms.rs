//! Letters in costume: presentation forms, ligatures, styled Latin.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

use super::pass::To;
use super::tables::LIGATURES;

/// Arabic presentation forms become letters: U+FEFB -> "لا", U+FEF7 -> "لأ" (the hamza stays). A sign that stands
/// alone (U+FE76) becomes the sign.
/// Cost: none, the forms are for display.
/// Source: Unicode Character Database, compatibility decompositions.
pub(super) fn fold_presentation(c: char) -> To {
    if !is_presentation(c) {
        return To::Same;
    }
    let letters: String = std::iter::once(c).nfkc().filter(|part| *part != ' ').collect();
    To::written(c, letters)
}

/// A letter of the Arabic presentation blocks.
pub(super) fn is_presentation(c: char) -> bool {
    matches!(c, '\u{fb50}'..='\u{fdc7}' | '\u{fe70}'..='\u{fefc}')
}

/// Word ligatures are written out: "ﷺ" -> "صلى الله عليه وسلم", "﷼" -> "ريال" (NFKC would give a Farsi yeh), "ﬁ" -> "fi".
/// Cost: one character may become eighteen.
/// Source: `tables/ligatures.tsv`.
pub(super) fn expand_ligatures(c: char) -> To {
    To::text(matches!(c, '\u{fb00}'..='\u{fdff}').then(|| LIGATURES.get(c)).flatten())
}

/// Styled, circled and full-width letters and digits become plain: "𝐁𝐚𝐝" -> "Bad", "５０１" -> "501".
/// Cost: mathematical variables lose their style; superscripts, fractions and ™ are not touched.
/// Source: Unicode Character Database, compatibility decompositions.
pub(super) fn fold_styled(c: char) -> To {
    if !is_styled(c) {
        return To::char(squared(c));
    }
    let mut plain = String::new();
    decompose_compatible(c, |part| plain.push(part));
    To::written(c, plain)
}

/// Letters and digits whose compatibility decomposition is the plain one.
pub(super) fn is_styled(c: char) -> bool {
    matches!(c,
        '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{24b6}'..='\u{24c1}' | '\u{24c3}'..='\u{24e9}'
        | '\u{1ee00}'..='\u{1eef1}' | '\u{212c}' | '\u{2130}' | '\u{2131}' | '\u{210b}'..='\u{210e}'
        | '\u{2110}'..='\u{2113}' | '\u{211b}'..='\u{211d}' | '\u{2115}' | '\u{2119}' | '\u{211a}' | '\u{2124}'
        | '\u{2128}' | '\u{212d}' | '\u{212f}' | '\u{2133}' | '\u{2134}' | '\u{2102}')
}

/// Squared and negative circled capitals (U+1F130..), which have no decomposition where they are not emoji.
pub(super) fn squared(c: char) -> Option<char> {
    let first = match c {
        '\u{1f130}'..='\u{1f149}' => 0x1f130,
        '\u{1f150}'..='\u{1f169}' => 0x1f150,
        '\u{1f172}'..='\u{1f17d}' | '\u{1f180}'..='\u{1f189}' => 0x1f170,
        _ => return None,
    };
    char::from_u32(c as u32 - first + u32::from(b'A'))
}
