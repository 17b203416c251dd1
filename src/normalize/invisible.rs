//! Characters nobody sees.

use super::chars::{is_bidi_control, is_zero_width};
use super::edit::Edits;
use super::emoji;
use super::pass::To;

/// C0 and C1 controls, noncharacters, annotation and deprecated format characters go; tab and line ends stay,
/// vertical tab and form feed become a blank.
/// Cost: none for text; a terminal sequence loses its escape character only.
/// Source: Unicode Character Database, category Cc; Unicode Standard 23.
pub(super) fn strip_controls(c: char) -> To {
    match c {
        '\u{b}' | '\u{c}' => To::Char(' '),
        _ => To::gone(is_control(c)),
    }
}

/// Controls other than tab and line ends, noncharacters, annotation and deprecated format characters.
pub(super) fn is_control(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => true,
        _ => matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe,
    }
}

/// Direction controls (U+200E, U+202A..U+202E, U+2066..U+2069, U+061C) go.
/// Cost: the author's forced order is lost; logical order, which models read, is not.
/// Source: Unicode Standard Annex 9.
pub(super) fn strip_bidi(c: char) -> To {
    To::gone(is_bidi_control(c))
}

/// Zero-width characters, soft hyphen, byte order mark, grapheme joiner and TAG characters go, and the letters
/// beside them join: "خد" + U+200B + "مة" -> "خدمة". Inside an emoji sequence they are content and stay.
/// Cost: Persian words that U+200C keeps apart join.
/// Source: Unicode Character Database, category Cf.
pub(super) fn strip_zero_width(text: &str, edits: &mut Edits<'_>) {
    let mut strip = |part: &str, start: usize| {
        for (at, c) in part.char_indices().filter(|(_, c)| is_without_width(*c)) {
            edits.delete(start + at..start + at + c.len_utf8());
        }
    };
    let mut from = 0;
    emoji::each(text, |start, end| {
        strip(&text[from..start], from);
        from = end;
    });
    strip(&text[from..], from);
}

/// Zero-width, a variation selector or a TAG character.
pub(super) fn is_without_width(c: char) -> bool {
    is_zero_width(c) || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}')
}

/// Excel's `_x000D_` (and `_x000A_`, `_x0009_`) becomes a line end (a tab becomes a blank).
/// Cost: none, a person does not type it.
/// Source: ECMA-376, ST_Xstring.
pub(super) fn unescape_excel(text: &str, edits: &mut Edits<'_>) {
    let mut from = 0;
    while let Some(found) = text[from..].find("_x00") {
        let at = from + found;
        from = at + 1;
        let Some(code) = text.get(at + 4..at + 7) else {
            continue;
        };
        let to = match code {
            "0D_" | "0d_" | "0A_" | "0a_" => "\n",
            "09_" => " ",
            _ => continue,
        };
        edits.replace(at..at + 7, to);
        from = at + 7;
    }
}
