//! Sentences.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::trimmed;
use crate::Span;
use crate::normalize::{Table, is_arabic_letter};

static ABBREVIATIONS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    Table::read(include_str!("tables/abbreviations.tsv")).pairs().map(|pair| pair.0).collect()
});

/// The sentences of `text`, closing marks included. A line end closes a sentence; a dot in a number, an abbreviation
/// or an address does not.
///
/// ```
/// let text = "التطبيق سيء.الدعم أسوأ! v3.5 is ok";
/// let sentences: Vec<&str> = rasd::segment::sentences(text).iter().map(|s| &text[s.start..s.end]).collect();
/// assert_eq!(sentences, ["التطبيق سيء.", "الدعم أسوأ!", "v3.5 is ok"]);
/// ```
pub fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let closes = match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => true,
            '!' | '?' | '؟' | '。' | '…' | '\u{6d4}' => {
                let query = chars.peek().is_some_and(|next| next.1.is_ascii_alphanumeric());
                !(c == '?' && query && in_address(text, at))
            }
            '.' => dot_closes(text, at),
            _ => false,
        };
        if !closes {
            continue;
        }
        let closing =
            |c: char| matches!(c, '.' | '!' | '?' | '؟' | '…' | '"' | '\'' | ')' | ']' | '»' | '”' | '’');
        while let Some((at, c)) = chars.next_if(|next| closing(next.1)) {
            end = at + c.len_utf8();
        }
        spans.extend(trimmed(text, start, end));
        start = end;
    }
    spans.extend(trimmed(text, start, text.len()));
    spans
}

/// The blank-free token before byte `at`, at most 256 bytes of it.
fn token_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(256);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..at].rsplit(char::is_whitespace).next().unwrap_or("")
}

fn in_address(text: &str, at: usize) -> bool {
    let token = token_before(text, at);
    token.contains("://") || token.contains("www.")
}

fn dot_closes(text: &str, at: usize) -> bool {
    let next = text[at + 1..].chars().next();
    let token = token_before(text, at);
    let word = token.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let Some(next) = next else { return true };
    if next == '.' {
        return true;
    }
    if next.is_whitespace() {
        let numbered = !word.is_empty() && word.len() < 4 && word.chars().all(char::is_numeric);
        let list = numbered && text[..at - word.len().min(at)].trim_end_matches(' ').ends_with(['\n', '\r']);
        return !ABBREVIATIONS.contains(word.as_str()) && !list;
    }
    if in_address(text, at) || token.contains('@') {
        return false;
    }
    let long = word.chars().rev().take_while(|c| c.is_alphabetic()).count() > 1;
    let left_arabic = token.chars().next_back().is_some_and(is_arabic_letter);
    if is_arabic_letter(next) {
        return long || !left_arabic;
    }
    if left_arabic {
        return long && next.is_alphabetic();
    }
    let mut right = text[at + 1..].chars();
    let capital =
        right.next().is_some_and(char::is_uppercase) && right.next().is_some_and(char::is_lowercase);
    matches!(next, '"' | ')' | ']' | '»' | '”' | '!' | '?' | '؟') || (long && word.len() > 2 && capital)
}
