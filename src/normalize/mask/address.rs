//! URLs, e-mail addresses and mentions.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::normalize::chars::{after, before, is_arabic_letter, is_arabic_mark, is_word};
use crate::normalize::edit::Edits;
use crate::normalize::tables::Table;

static TOP_LEVEL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    Table::read(include_str!("../tables/top_level_domains.tsv")).pairs().map(|pair| pair.0).collect()
});

/// "https://t.co/x", "www.stc.com.sa" and "example.com/a" become "[URL]"; "3.14.2" and "user@example.com" do not.
/// Cost: which address it was.
/// Source: RFC 3986; `tables/top_level_domains.tsv`.
pub(in crate::normalize) fn url(text: &str, edits: &mut Edits<'_>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    while at < bytes.len() {
        let found = match bytes[at] {
            b':' if bytes[at..].starts_with(b"://") => scheme(text, done, at),
            b'w' | b'W' => www(text, at),
            b'.' => domain(text, done, at),
            _ => None,
        };
        match found {
            Some((start, end)) => {
                edits.replace(start..end, "[URL]");
                (done, at) = (end, end);
            }
            None => at += 1,
        }
    }
}

/// An address whose "://" stands at `at`.
fn scheme(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let start = ["https", "http", "ftp", "hxxps", "hxxp"].iter().find_map(|name| {
        let start = at.checked_sub(name.len()).filter(|start| *start >= from)?;
        bytes[start..at].eq_ignore_ascii_case(name.as_bytes()).then_some(start)
    })?;
    let end = tail(text, at + 3);
    (end > at + 3).then_some((start, end))
}

fn www(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let open =
        before(text, at).is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '@' | '-' | '_'));
    if !open || bytes.len() < at + 5 || !bytes[at..at + 4].eq_ignore_ascii_case(b"www.") {
        return None;
    }
    let end = tail(text, at + 4);
    (end > at + 4).then_some((at, end))
}

/// A bare name such as "stc.com.sa/x" whose first dot stands at `at`.
fn domain(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let label = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    let length = bytes[from..at].iter().rev().take(64).take_while(|b| label(b)).count();
    let start = at - length;
    let left = before(text, start);
    if length == 0 || length > 63 || left.is_some_and(|c| matches!(c, '@' | '.' | '_' | '/' | '+' | '%')) {
        return None;
    }
    let mut end = at;
    let mut last = "";
    while bytes.get(end) == Some(&b'.') {
        let length = bytes[end + 1..].iter().take(64).take_while(|b| label(b)).count();
        if length == 0 {
            break;
        }
        last = &text[end + 1..end + 1 + length];
        end += 1 + length;
        if end - start > 253 {
            return None;
        }
    }
    let known = last.len() <= 24 && TOP_LEVEL.contains(last.to_ascii_lowercase().as_str());
    let first_letters = bytes[start..at].iter().any(u8::is_ascii_alphabetic);
    let sentence =
        last.starts_with(|c: char| c.is_ascii_uppercase()) && last.bytes().any(|b| b.is_ascii_lowercase());
    match after(text, end) {
        Some('@' | '_') => None,
        _ if !known || !first_letters || sentence => None,
        Some('/' | '?' | ':') => Some((start, tail(text, end))),
        _ => Some((start, end)),
    }
}

/// One past the address that runs on from `at`: to a blank, a quote or a bracket, without closing punctuation. An
/// Arabic letter belongs to it only after a sign or another Arabic letter.
fn tail(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut previous = '/';
    let mut open = 0usize;
    for (offset, c) in text[at..].char_indices() {
        let arabic = is_arabic_letter(c) || is_arabic_mark(c);
        let glued = arabic && previous.is_ascii_alphanumeric();
        let emoji = crate::normalize::emoji::is_emoji(c);
        if c.is_whitespace()
            || c.is_control()
            || glued
            || emoji
            || matches!(
                c,
                '<' | '>'
                    | '"'
                    | '«'
                    | '»'
                    | '،'
                    | '؛'
                    | '؟'
                    | '{'
                    | '}'
                    | '|'
                    | '\\'
                    | '^'
                    | '`'
                    | '“'
                    | '”'
                    | '['
                    | ']'
            )
        {
            break;
        }
        if c == '(' {
            open += 1;
        } else if c == ')' {
            if open == 0 {
                break;
            }
            open -= 1;
        }
        if !matches!(c, '.' | ',' | '!' | '?' | ':' | ';' | '\'' | '*' | '…' | '(') {
            end = at + offset + c.len_utf8();
        }
        previous = c;
    }
    end
}

/// "user@example.com" and "user(at)example.com" become "[EMAIL]".
/// Cost: which address it was.
/// Source: RFC 5322, the part people use.
pub(in crate::normalize) fn email(text: &str, edits: &mut Edits<'_>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    while at < bytes.len() {
        let sign = match bytes[at] {
            b'@' => 1,
            b'(' | b'[' if bytes.len() >= at + 4 && bytes[at + 1..at + 3].eq_ignore_ascii_case(b"at") => {
                if matches!(bytes[at + 3], b')' | b']') { 4 } else { 0 }
            }
            _ => 0,
        };
        if sign > 0
            && let Some((start, end)) = mailbox(text, done, at, at + sign)
        {
            edits.replace(start..end, "[EMAIL]");
            (done, at) = (end, end);
        } else {
            at += 1;
        }
    }
}

fn mailbox(text: &str, from: usize, at: usize, host: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
    let length = bytes[from..at].iter().rev().take(65).take_while(|b| local(b)).count();
    let mut start = at - length;
    while start < at && !bytes[start].is_ascii_alphanumeric() {
        start += 1;
    }
    if start == at {
        return None;
    }
    let label = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    let mut end = host + bytes[host..].iter().take(64).take_while(|b| label(b)).count();
    if end == host {
        return None;
    }
    let mut full = None;
    while bytes.get(end) == Some(&b'.') && end - host < 253 {
        let length = bytes[end + 1..].iter().take(64).take_while(|b| label(b)).count();
        let name = &bytes[end + 1..end + 1 + length];
        if length == 0 {
            break;
        }
        end += 1 + length;
        full = (length > 1 && name.iter().all(u8::is_ascii_alphabetic)).then_some(end).or(full);
    }
    full.map(|end| (start, end))
}

/// "@stc_care" and "@خدمة" become "[USER]"; "@" alone and "@5pm" do not.
/// Cost: who was addressed.
/// Source: common practice of social media cleaners.
pub(in crate::normalize) fn mention(text: &str, edits: &mut Edits<'_>) {
    let mut at = 0;
    while let Some(found) = text[at..].find('@') {
        let start = at + found;
        let body = start + 1;
        let mut end = body + text[body..].find(|c: char| !is_word(c)).unwrap_or(text.len() - body);
        // Dots inside a name: "@user.name".
        while text[end..].starts_with('.') && after(text, end + 1).is_some_and(|c| c.is_ascii_alphanumeric())
        {
            let next = end + 1;
            end = next + text[next..].find(|c: char| !is_word(c)).unwrap_or(text.len() - next);
        }
        at = end.max(body);
        let glued =
            before(text, start).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '@'));
        let name = &text[body..end];
        let letters = name.chars().any(char::is_alphabetic);
        let number_first = name.starts_with(|c: char| c.is_numeric());
        if !glued && letters && (!number_first || name.chars().count() > 3) {
            edits.replace(start..end, "[USER]");
        }
    }
}
