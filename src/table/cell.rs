//! A value as a spreadsheet cell.
//!
//! Comment text is untrusted: a cell that a spreadsheet would run as a formula gets a leading apostrophe here
//! and nowhere else, and the twelve bidirectional controls, which can make a line read otherwise than it is,
//! are taken out. Typed numbers pass as they are.

use std::borrow::Cow;

use crate::table::frame::Values;

/// Characters that open a formula, half and full width.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];

/// U+061C, U+200E, U+200F, U+202A..U+202E, U+2066..U+2069: Unicode's `Bidi_Control`.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Text without NUL and bidirectional controls.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let drop = |c: char| c == '\0' || is_bidi_control(c);
    match text.contains(drop) {
        true => Cow::Owned(text.replace(drop, "")),
        false => Cow::Borrowed(text),
    }
}

/// [`printable`] text that no spreadsheet takes for a formula: `=1+1` -> `'=1+1`.
///
/// Blanks and invisible characters before the sign do not hide it; a cell that opens with a tab or a carriage
/// return gets the apostrophe whatever follows. Cost: "-5" kept as text reads `'-5`.
pub(super) fn neutralise(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    let invisible = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
    };
    let opens = text.starts_with(['\t', '\r']) || text.trim_start_matches(invisible).starts_with(FORMULA);
    match opens {
        true => Cow::Owned(format!("'{text}")),
        false => text,
    }
}

/// One value of a column as written: empty for a null, lists joined with "; ".
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Int(i64),
    Float(f64),
    Bool(bool),
}

/// The value at `row`; `Empty` beyond the end.
pub(super) fn cell(values: &Values, row: usize) -> Cell<'_> {
    let present = match values {
        Values::Text(v) => v.get(row).and_then(Option::as_deref).map(|text| Cell::Text(Cow::Borrowed(text))),
        Values::Int(v) => v.get(row).copied().flatten().map(Cell::Int),
        Values::Float(v) => v.get(row).copied().flatten().filter(|x| x.is_finite()).map(Cell::Float),
        Values::Bool(v) => v.get(row).copied().flatten().map(Cell::Bool),
        Values::FloatList(v) => v.get(row).map(|list| {
            let texts = list.iter().map(|x| x.map_or_else(String::new, |x| x.to_string()));
            Cell::Text(Cow::Owned(texts.collect::<Vec<_>>().join("; ")))
        }),
        Values::TextList(v) => v.get(row).map(|list| Cell::Text(Cow::Owned(list.join("; ")))),
        Values::IntList(v) => v.get(row).map(|list| {
            let texts: Vec<String> = list.iter().map(i64::to_string).collect();
            Cell::Text(Cow::Owned(texts.join("; ")))
        }),
    };
    match present {
        Some(Cell::Text(text)) if text.is_empty() => Cell::Empty,
        Some(cell) => cell,
        None => Cell::Empty,
    }
}

#[cfg(test)]
mod tests {
    use super::neutralise;

    #[test]
    fn formulas_get_an_apostrophe_and_bidi_controls_go() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+966 50", "'+966 50"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("  =1", "'  =1"),
            ("\u{A0}=1", "'\u{A0}=1"),
            ("\u{200B}=1", "'\u{200B}=1"),
            ("\n=1", "'\n=1"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("＝1", "'＝1"),
            ("－1", "'－1"),
            ("\u{202E}=1", "'=1"),
            ("abc\u{202E}def", "abcdef"),
            ("\0=1", "'=1"),
            ("1-2", "1-2"),
            ("الخدمة = سيئة", "الخدمة = سيئة"),
            ("'=1", "'=1"),
            ("", ""),
        ] {
            assert_eq!(neutralise(text), expected, "{text:?}");
        }
    }
}
