//! Blanks.

use super::pass::To;

/// Every run of Unicode white space becomes one blank; blanks at the ends go. "سيئة  جدا\t\n" -> "سيئة جدا".
/// Cost: line ends are lost; split sentences on the source.
/// Source: Unicode Character Database, White_Space.
/// Here a blank that is none of U+0020 becomes one; the pass that runs this rule makes one of a run of them.
pub(super) fn collapse(c: char) -> To {
    To::char((c != ' ' && c.is_whitespace()).then_some(' '))
}
