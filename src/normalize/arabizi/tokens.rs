//! In: text. Out: its Latin words that may be Arabizi, in order.
//! Law: what is glued to a sign of an address, a price, an id or a file is no word of speech.

use std::ops::Range;

use super::evidence::is_foreign;
use crate::normalize::chars::is_arabic_letter;

/// Longer words are left alone.
const LONGEST: usize = 24;

/// A Latin word.
#[derive(Debug)]
pub(super) struct Token {
    /// Bytes of the text.
    pub(super) span: Range<usize>,
    /// Lower case, a letter at most twice in a row and once where it was held down at the end, apostrophes as `'`.
    pub(super) key: String,
    /// Nothing but one blank or hyphen between this word and the next one.
    pub(super) touches_next: bool,
    /// An Arabic word stands before it.
    pub(super) after_arabic: bool,
    /// Part of an address, a price, a name in capitals: never Arabizi.
    pub(super) is_fixed: bool,
    /// Opens with a capital, in a text that has small letters too.
    pub(super) is_capital: bool,
    /// Capitals inside stand for emphatic letters, so its digits are no proof.
    pub(super) has_emphatics: bool,
}

/// The Latin words of `text`; numbers and signs between them are passed over.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let shouts = !text.bytes().any(|b| b.is_ascii_lowercase());
    let mut tokens: Vec<Token> = Vec::new();
    let mut after_arabic = false;
    let mut start = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let word = chunk.trim_end();
        if word.bytes().any(|b| b.is_ascii_alphabetic()) {
            let is_fixed = is_glued(word);
            let first = tokens.len();
            parts(word, |range| {
                let source = &word[range.clone()];
                if !source.bytes().any(|b| b.is_ascii_alphabetic()) {
                    return;
                }
                let span = start + range.start..start + range.end;
                if let Some(last) = tokens.last_mut() {
                    last.touches_next = matches!(&text[last.span.end..span.start], " " | "-" | "");
                }
                let has_capitals = !shouts && source.bytes().skip(1).any(|b| b.is_ascii_uppercase());
                let has_emphatics = has_capitals && has_emphatics(source);
                // "Al Rajhi", "El Paso".
                let opens_name = tokens.last().is_some() && matches!(source, "El" | "Al" | "Il");
                let is_fixed =
                    is_fixed || source.len() > LONGEST || has_capitals && !has_emphatics || opens_name;
                let key = if is_fixed { String::new() } else { key(source, has_emphatics) };
                let is_capital = !shouts && source.starts_with(|c: char| c.is_ascii_uppercase());
                tokens.push(Token {
                    span,
                    key,
                    touches_next: false,
                    after_arabic,
                    is_fixed,
                    is_capital,
                    has_emphatics,
                });
                after_arabic = false;
            });
            if word.contains('-') && !tokens[first..].iter().all(|token| token.is_fixed) {
                hyphenated(&mut tokens[first..]);
            }
        }
        after_arabic |= !word.is_ascii() && word.chars().any(is_arabic_letter);
        start += chunk.len();
    }
    tokens
}

/// Whether a stretch without blanks holds a sign that speech lacks, or letters of another alphabet.
fn is_glued(word: &str) -> bool {
    let sign = |c: char| match c {
        _ if c.is_ascii_alphanumeric() => false,
        _ if c.is_ascii() => {
            !matches!(c, '\'' | '`' | '.' | ',' | '!' | '?' | ':' | ';' | '(' | ')' | '"' | '-')
        }
        _ => c.is_alphanumeric() || matches!(c, '€' | '£'),
    };
    let inner_dot = || {
        let bytes = word.as_bytes();
        bytes.windows(3).any(|w| {
            matches!(w[1], b'.' | b':') && w[0].is_ascii_alphanumeric() && w[2].is_ascii_alphanumeric()
        })
    };
    word.chars().any(sign) || inner_dot()
}

/// An article or "and" before a hyphen belongs to the word after it; other hyphens make names and ids.
fn hyphenated(parts: &mut [Token]) {
    let opens = |part: &Token| {
        matches!(
            part.key.as_str(),
            "el" | "al"
                | "il"
                | "w"
                | "wel"
                | "bel"
                | "lel"
                | "fel"
                | "3al"
                | "ar"
                | "as"
                | "ash"
                | "an"
                | "at"
                | "ad"
                | "az"
        )
    };
    let (last, before) = match parts.split_last_mut() {
        Some((last, before)) if !before.is_empty() => (last, before),
        _ => return,
    };
    if !before.iter().all(opens) {
        for part in before.iter_mut().chain([last]) {
            part.is_fixed = true;
        }
    }
}

/// Runs of ASCII letters, digits and apostrophes between them.
fn parts(word: &str, mut found: impl FnMut(Range<usize>)) {
    let mut start = None;
    let mut end = 0;
    for (at, c) in word.char_indices().chain([(word.len(), ' ')]) {
        if c.is_ascii_alphanumeric() {
            start.get_or_insert(at);
            end = at + 1;
        } else if let Some(from) = start
            && !(is_apostrophe(c)
                && word[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
        {
            found(from..end);
            start = None;
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{b4}')
}

/// Capitals inside a word make a name or an abbreviation ("STC", "iPhone"), unless they are those that stand for
/// emphatic letters ("beSla" for بصلة) and do not begin a foreign word ("YouTube").
fn has_emphatics(word: &str) -> bool {
    let mut cuts = vec![0];
    let mut follows_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    for (at, b) in word.bytes().enumerate().skip(1) {
        if b.is_ascii_uppercase() {
            if follows_capital || !matches!(b, b'T' | b'D' | b'S' | b'H') {
                return false;
            }
            cuts.push(at);
        }
        follows_capital = b.is_ascii_uppercase();
    }
    cuts.push(word.len());
    let lower = word.to_ascii_lowercase();
    !is_foreign(&lower)
        && !cuts.windows(2).any(|cut| cut[1] - cut[0] > 2 && is_foreign(&lower[cut[0]..cut[1]]))
}

fn key(word: &str, has_emphatics: bool) -> String {
    let mut key = String::with_capacity(word.len());
    let (mut before, mut last) = (' ', ' ');
    let mut is_held = false;
    for (at, c) in word.char_indices() {
        let emphatic = match c {
            'T' => "6",
            'D' => "9'",
            'S' => "9",
            'H' => "7",
            _ => "",
        };
        if has_emphatics && at > 0 && !emphatic.is_empty() {
            key.push_str(emphatic);
            continue;
        }
        let c = if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() };
        if !(c == last && c == before) {
            key.push(c);
        }
        is_held = c == last && c == before;
        (before, last) = (last, c);
    }
    if is_held {
        key.pop();
    }
    key
}
