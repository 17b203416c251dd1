//! Addresses of pages.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::email;
use crate::normalize::chars::{after, before, is_arabic_letter, is_arabic_mark, is_invisible};
use crate::normalize::edit::Edits;
use crate::normalize::emoji::is_emoji;
use crate::normalize::tables::Table;
use crate::normalize::words;

/// What may stand before "://".
const SCHEMES: [&str; 9] = ["https", "http", "ftps", "sftp", "ftp", "hxxps", "hxxp", "whatsapp", "tg"];
/// Longest name between two dots, and longest name in all (RFC 1035).
const LABEL: usize = 63;
const NAME: usize = 253;
/// Names a country puts before its own: "com.sa", "co.uk".
const SECOND: [&str; 10] = ["com", "co", "net", "org", "gov", "edu", "ac", "mil", "sch", "med"];
/// Abbreviations before a full stop.
const SHORT: [&str; 14] =
    ["mr", "mrs", "ms", "dr", "st", "no", "vs", "etc", "eg", "ie", "approx", "inc", "ltd", "dept"];
/// Words before an address in Arabic letters.
const SITES: [&str; 12] = [
    "موقع",
    "الموقع",
    "موقعكم",
    "موقعهم",
    "رابط",
    "الرابط",
    "منصة",
    "بوابة",
    "صفحة",
    "زوروا",
    "site",
    "website",
];

/// How a top-level domain is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing else looks so.
    Plain,
    /// Also a noun: "shop", "app".
    Name,
    /// Also a word that may begin a sentence, or the ending of a file: "bad.it was", "readme.md".
    Word,
    /// In Arabic letters.
    Arabic,
}

static TOP_LEVEL: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let table = Table::read(include_str!("../tables/top_level_domains.tsv"));
    let kind = |cell| match cell {
        "name" => Kind::Name,
        "word" => Kind::Word,
        "arabic" => Kind::Arabic,
        _ => Kind::Plain,
    };
    table.pairs().map(|(name, cell)| (name, kind(cell))).collect()
});

/// "https://t.co/x", "www.stc.com.sa", "example.com/a", "noon.com" and "موقع.السعودية" behind a word for a site become
/// "[URL]"; "3.14.2", "user@example.com", "bad.it was", "file.exe" and "سيء.مصر" do not. A domain that is also a word
/// ("shop", "me") counts behind a name that is no word of English, one that may begin a sentence or end a file name
/// ("in", "md") with a path or behind "com", "co", "net".
/// Cost: which address it was.
/// Source: RFC 3986, RFC 1035; `tables/top_level_domains.tsv`.
pub(in crate::normalize) fn url(text: &str, edits: &mut Edits<'_>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    while at < bytes.len() {
        let found = match bytes[at] {
            b':' if bytes[at..].starts_with(b"://") => scheme(text, done, at),
            b'w' | b'W' => www(text, at),
            b'.' => domain(text, done, at).or_else(|| arabic_domain(text, done, at)),
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
    let start = SCHEMES.iter().find_map(|name| {
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

/// A byte of a name between two dots.
fn in_label(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'-'
}

/// A bare name such as "stc.com.sa/x" whose first dot stands at `at`.
fn domain(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let length = bytes[from..at].iter().rev().take(LABEL + 1).take_while(|b| in_label(**b)).count();
    let start = at - length;
    let left = before(text, start);
    if length == 0 || length > LABEL || left.is_some_and(|c| matches!(c, '@' | '.' | '_' | '/' | '+' | '%')) {
        return None;
    }
    let (mut end, mut last, mut second) = (at, "", "");
    while bytes.get(end) == Some(&b'.') {
        let length = bytes[end + 1..].iter().take(LABEL + 1).take_while(|b| in_label(**b)).count();
        // An Arabic top-level domain may close a Latin name: "stc.السعودية".
        let length = if length > 0 { length } else { arabic_label(text, end + 1) };
        if length == 0 {
            break;
        }
        (second, last) = (last, &text[end + 1..end + 1 + length]);
        end += 1 + length;
        if end - start > NAME {
            return None;
        }
    }
    let first = &text[start..at];
    let next = after(text, end);
    let path = next == Some('/') && after(text, end + 1).is_some_and(|c| !c.is_whitespace());
    let kind = top_level(last)?;
    let owner = if second.is_empty() { first } else { second };
    let clear = path
        || matches!(kind, Kind::Plain | Kind::Arabic)
        || SECOND.iter().any(|name| name.eq_ignore_ascii_case(second))
        || (kind == Kind::Name && !is_common(owner));
    // "bad.It was", "ADO.NET".
    let sentence = is_title(last) && last != "Com" || last == "NET";
    let letters = [first, owner].iter().all(|part| part.chars().any(char::is_alphabetic));
    if !letters || sentence || !clear || is_short(first, path) {
        return None;
    }
    match next {
        Some('@' | '_') => None,
        Some('-') if kind == Kind::Arabic => None,
        _ if email::takes_host(text, start) => None,
        Some('/' | '?' | ':') => Some((start, tail(text, end))),
        _ => Some((start, end)),
    }
}

/// What kind of top-level domain `name` is.
fn top_level(name: &str) -> Option<Kind> {
    if name.starts_with("xn--") {
        return Some(Kind::Plain);
    }
    if name.len() > 24 {
        return None;
    }
    TOP_LEVEL.get(name).or_else(|| TOP_LEVEL.get(name.to_ascii_lowercase().as_str())).copied()
}

/// "It", "Company": the first word of a sentence.
fn is_title(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.bytes().any(|b| b.is_ascii_lowercase())
}

/// A word of English that everyone uses.
fn is_common(word: &str) -> bool {
    word.len() <= 24 && words::english(&word.to_ascii_lowercase()).is_some_and(|seen| seen.edited > 2)
}

fn is_short(word: &str, path: bool) -> bool {
    !path && SHORT.iter().any(|short| short.eq_ignore_ascii_case(word))
}

/// Bytes of a name in Arabic letters at `at`.
fn arabic_label(text: &str, at: usize) -> usize {
    let letter = |c: &char| is_arabic_letter(*c) || matches!(c, '-' | '\u{200c}') || c.is_ascii_digit();
    text[at..].chars().take(LABEL + 1).take_while(letter).map(char::len_utf8).sum()
}

/// A name in Arabic letters, "موقع.السعودية", whose first dot stands at `at`: behind a word for a site, with a path,
/// with three parts, or alone.
fn arabic_domain(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    after(text, at + 1).filter(|c| is_arabic_letter(*c))?;
    let letter = |c: &char| is_arabic_letter(*c) || matches!(c, '-' | '\u{200c}') || c.is_ascii_digit();
    let label = text[from..at].chars().rev().take(LABEL).take_while(letter);
    let start = at - label.map(char::len_utf8).sum::<usize>();
    if start == at || !text[start..].starts_with(is_arabic_letter) || before(text, start) == Some('.') {
        return None;
    }
    let (mut end, mut last, mut dots) = (at, "", 0);
    while text[end..].starts_with('.') && end - start < NAME {
        let length = arabic_label(text, end + 1);
        if length == 0 {
            break;
        }
        last = &text[end + 1..end + 1 + length];
        end += 1 + length;
        dots += 1;
    }
    if dots == 0 || top_level(last) != Some(Kind::Arabic) {
        return None;
    }
    let path = text[end..].starts_with('/');
    let left = text[..start].strip_suffix(' ').unwrap_or("");
    let letters = left.chars().rev().take(LABEL).take_while(|c| c.is_alphabetic()).map(char::len_utf8);
    let word_before = &left[left.len() - letters.sum::<usize>()..];
    let site = SITES.contains(&&text[start..at]) || SITES.contains(&word_before);
    let alone = start == 0 && end == text.len();
    if !(path || site || alone || dots > 1 || text[start..at].contains('-')) {
        return None;
    }
    Some((start, if path { tail(text, end) } else { end }))
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
        let ends =
            matches!(c, '<' | '>' | '"' | '«' | '»' | '،' | '؛' | '؟' | '{' | '}' | '|' | '\\' | '^' | '`')
                || matches!(c, '“' | '”' | '[' | ']');
        if c.is_whitespace() || c.is_control() || glued || ends || is_emoji(c) {
            break;
        }
        if is_invisible(c) {
            continue;
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
