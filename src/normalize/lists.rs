//! List markers.

use super::chars::{digit, is_invisible};
use super::edit::Edits;

/// A marker that opens a line goes: "1- الانتظار طويل" -> "الانتظار طويل"; also "٢)", "3.", "a)", "•", "-", "*".
/// Cost: a line that opens with a minus sign or an amount in brackets; "3.5" and "1-2" stay.
/// Source: how survey answers list points.
pub(super) fn strip_list_markers(text: &str, edits: &mut Edits<'_>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((from, to)) = marker(line) {
            edits.delete(start + from..start + to);
        }
        start += line.len();
    }
}

/// Where the marker stands in `line`, the blanks after it included.
fn marker(line: &str) -> Option<(usize, usize)> {
    let body = line.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let from = line.len() - body.len();
    let mut chars = body.chars();
    let first = chars.next()?;
    let rest =
        if matches!(first, '•' | '●' | '▪' | '◦' | '‣' | '·' | '○' | '■' | '➢' | '✓' | '*' | '-' | '–' | '—')
        {
            let rest = chars.as_str();
            let bullet = !matches!(first, '*' | '-' | '–' | '—');
            (bullet || rest.starts_with(char::is_whitespace)).then_some(rest)?
        } else {
            let opened = if first == '(' { chars.as_str() } else { body };
            let number = opened.trim_start_matches(|c| digit(c).is_some());
            let digits = opened.len() - number.len();
            let rest = if (1..=6).contains(&digits) {
                number
            } else {
                opened.strip_prefix(|c: char| {
                    c.is_ascii_alphabetic() || matches!(c, 'أ' | 'ا' | 'ب' | 'ج' | 'د')
                })?
            };
            let rest = rest.strip_prefix(' ').filter(|r| r.starts_with(['-', ')'])).unwrap_or(rest);
            let mark = rest.chars().next().filter(|c| matches!(c, '-' | '.' | ')' | '–' | '/' | ':'))?;
            let after = &rest[mark.len_utf8()..];
            let after =
                if mark == '.' || mark == ')' { after.strip_prefix('-').unwrap_or(after) } else { after };
            let blank = after.starts_with(char::is_whitespace);
            let glued = matches!(mark, '-' | ')' | '.')
                && (1..=6).contains(&digits)
                && after.starts_with(char::is_alphabetic);
            let needs_blank = matches!(mark, '/' | ':');
            (blank || (glued && !needs_blank)).then_some(after)?
        };
    let content = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    if content.trim().is_empty() {
        return None;
    }
    Some((from, from + body.len() - content.len()))
}
