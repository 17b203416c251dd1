//! Blanks.

use super::edit::Edits;

/// Every run of Unicode white space becomes one blank; blanks at the ends go. "سيئة  جدا\t\n" -> "سيئة جدا".
/// Cost: line ends are lost; split sentences on the source.
/// Source: Unicode Character Database, White_Space.
pub(super) fn collapse(text: &str, edits: &mut Edits<'_>) {
    let mut run: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), run) {
            (true, None) => run = Some(at),
            (false, Some(start)) => {
                edits.replace(start..at, if start == 0 { "" } else { " " });
                run = None;
            }
            _ => {}
        }
    }
    if let Some(start) = run {
        edits.delete(start..text.len());
    }
}
