//! Names of accounts.

use crate::normalize::chars::{after, before, is_invisible, is_word};
use crate::normalize::edit::Edits;

/// "@stc_care", "@خدمة" and "@user.name" become "[USER]"; "@" alone, "@5pm", "5 @ 10" and e-mail addresses do not.
/// Cost: who was addressed.
/// Source: common practice of social media cleaners.
pub(in crate::normalize) fn mention(text: &str, edits: &mut Edits<'_>) {
    let (mut at, mut done) = (0, usize::MAX);
    while let Some(found) = text[at..].find('@') {
        let start = at + found;
        let silent: usize =
            text[start + 1..].chars().take(4).take_while(|c| is_invisible(*c)).map(char::len_utf8).sum();
        let body = start + 1 + silent;
        let mut end = word(text, body);
        // Dots inside a name: "@user.name".
        while text[end..].starts_with('.') && after(text, end + 1).is_some_and(|c| c.is_ascii_alphanumeric())
        {
            end = word(text, end + 1);
        }
        at = end.max(start + 1);
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
        let glued = start != done && before(text, start).is_some_and(part);
        let name = &text[body..end];
        let letters = name.chars().any(char::is_alphabetic);
        let number_first = name.starts_with(|c: char| c.is_numeric());
        if !glued && letters && (!number_first || name.chars().count() > 3) {
            edits.replace(start..end, "[USER]");
            done = end;
        }
    }
}

/// One past the word at `at`.
fn word(text: &str, at: usize) -> usize {
    at + text[at..].find(|c: char| !is_word(c)).unwrap_or(text.len() - at)
}
