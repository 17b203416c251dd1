//! E-mail addresses.

use crate::normalize::chars::{after, before, is_arabic_letter, is_invisible};
use crate::normalize::edit::Edits;
use crate::normalize::words;

/// Longest part before the sign (RFC 5321), longest name of a host and of its parts (RFC 1035).
const LOCAL: usize = 64;
const HOST: usize = 253;
const LABEL: usize = 63;
/// Hosts that people name after "at": nobody shops there.
const PROVIDERS: [&str; 14] = [
    "gmail",
    "hotmail",
    "yahoo",
    "outlook",
    "icloud",
    "ymail",
    "aol",
    "msn",
    "protonmail",
    "proton",
    "gmx",
    "zoho",
    "rocketmail",
    "googlemail",
];

/// "user.name+tag@example.com", "user(at)example.com", "user [at] example [dot] com", "ali99 at gmail.com" and "خدمة@example.com"
/// become "[EMAIL]". A bare "at" counts only between a name that is no English word and a mail provider: "look at
/// amazon.com" stays.
/// Cost: which address it was.
/// Source: RFC 5322, the part people use.
pub(in crate::normalize) fn email(text: &str, edits: &mut Edits<'_>) {
    let bytes = text.as_bytes();
    let worded = has_at(bytes);
    if !worded && !has_sign(bytes) {
        return;
    }
    let mut done = 0;
    let mut at = 0;
    while at < bytes.len() {
        let found = match bytes[at] {
            b'@' if at > done && bytes[at - 1] != b'@' => {
                mailbox(text, done, at, at + 1).or_else(|| apart(text, done, at))
            }
            b'(' | b'[' => bracketed(text, at).and_then(|end| mailbox(text, done, at, end)),
            b'a' | b'A' if worded => spelled(text, done, at),
            _ => None,
        };
        match found {
            Some((start, end)) => {
                edits.replace(start..end, "[EMAIL]");
                (done, at) = (end, end);
            }
            None => at += 1,
        }
    }
}

/// Holds "@" or a bracket. Looks at every byte, which the compiler does many at a time.
fn has_sign(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, b| found | matches!(b, b'@' | b'(' | b'['))
}

/// Holds the word "at" between blanks, as [`has_sign`].
fn has_at(bytes: &[u8]) -> bool {
    let [one, two, three] = [1, 2, 3].map(|from| bytes.get(from..).unwrap_or_default());
    let fours = bytes.iter().zip(one).zip(two).zip(three);
    fours.fold(false, |found, (((a, b), c), d)| {
        found | ((*a == b' ') & (b | 0x20 == b'a') & (c | 0x20 == b't') & (*d == b' '))
    })
}

/// A name of a host at `start` is the host of an address written with "(at)" or "at".
pub(super) fn takes_host(text: &str, start: usize) -> bool {
    let left = text[..start].trim_end_matches(is_gap);
    let sign = match left.as_bytes().last() {
        Some(b')' | b']') => left.len().checked_sub(4),
        Some(b't' | b'T') => left.len().checked_sub(2),
        Some(b'@') => left.len().checked_sub(1),
        _ => None,
    };
    let Some(at) = sign.filter(|at| text.is_char_boundary(*at)) else {
        return false;
    };
    let found = match text.as_bytes()[at] {
        b'(' | b'[' => bracketed(text, at).and_then(|end| mailbox(text, 0, at, end)),
        b'a' | b'A' => spelled(text, 0, at),
        b'@' => mailbox(text, 0, at, at + 1).or_else(|| apart(text, 0, at)),
        _ => None,
    };
    found.is_some_and(|(_, end)| end > start)
}

/// One past "(at)" or "[at]" at `at`.
fn bracketed(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let word = bytes.get(at + 1..at + 4)?;
    (word[..2].eq_ignore_ascii_case(b"at") && matches!(word[2], b')' | b']')).then_some(at + 4)
}

/// A blank or a character without width.
fn is_gap(c: char) -> bool {
    c == ' ' || c == '\u{a0}' || is_invisible(c)
}

/// Up to one blank and characters without width, at the end of `text`.
fn without_gap(text: &str) -> &str {
    let text = text.trim_end_matches(is_invisible);
    text.strip_suffix([' ', '\u{a0}']).unwrap_or(text).trim_end_matches(is_invisible)
}

/// The same at its start: how many bytes.
fn gap(text: &str) -> usize {
    let rest = text.trim_start_matches(is_invisible);
    let rest = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest).trim_start_matches(is_invisible);
    text.len() - rest.len()
}

/// The part before the sign at `at`: where it starts.
fn local(text: &str, from: usize, at: usize) -> Option<usize> {
    let sign = |c: char| matches!(c, '.' | '_' | '%' | '+' | '-');
    let latin = |c: &char| c.is_ascii_alphanumeric() || sign(*c) || is_invisible(*c);
    let length = |test: &dyn Fn(&char) -> bool| {
        text[from..at].chars().rev().take(LOCAL + 1).take_while(test).map(char::len_utf8).sum::<usize>()
    };
    let run = |length: usize| {
        let start = at - length;
        text[start..at].find(char::is_alphanumeric).map(|trim| start + trim)
    };
    run(length(&latin)).or_else(|| run(length(&|c| is_arabic_letter(*c) || latin(c))))
}

/// An address whose sign stands at `at` and whose host starts at `host`.
fn mailbox(text: &str, from: usize, at: usize, host: usize) -> Option<(usize, usize)> {
    let spaced = host - at > 1;
    let left = if spaced { from + without_gap(&text[from..at]).len() } else { at };
    let mut start = local(text, from, left)?;
    while spaced && let Some(further) = before_dot(text, from, start) {
        start = further;
    }
    let silent = text[host..].len() - text[host..].trim_start_matches(is_invisible).len();
    let host = host + if spaced { gap(&text[host..]) } else { silent };
    Some((start, name(text, host, spaced)?))
}

/// "ali [dot] ahmed": where the part before a bracketed dot starts that ends at `at`.
fn before_dot(text: &str, from: usize, at: usize) -> Option<usize> {
    let left = without_gap(&text[from..at]);
    let open = left.len().checked_sub(5).filter(|open| left.is_char_boundary(*open))?;
    dot(&left[open..])?;
    local(text, from, from + without_gap(&left[..open]).len())
}

/// One past the host at `at`. Dots that are spelled count where `spelled` allows them.
fn name(text: &str, at: usize, spelled: bool) -> Option<usize> {
    let mut end = at + label(text, at);
    if end == at {
        return None;
    }
    let mut full = None;
    while end - at < HOST {
        let rest = &text[end..];
        let dot = if rest.starts_with('.') { 1 } else { spelled.then(|| dot(rest)).flatten().unwrap_or(0) };
        let length = label(text, end + dot);
        if dot == 0 || length == 0 {
            break;
        }
        let part = &text.as_bytes()[end + dot..end + dot + length];
        end += dot + length;
        let top = length > 1 && (part.iter().all(u8::is_ascii_alphabetic) || part.starts_with(b"xn--"));
        full = top.then_some(end).or(full);
    }
    full
}

/// Bytes of a part of a host's name.
fn label(text: &str, at: usize) -> usize {
    let in_label = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'-';
    let length = text.as_bytes()[at..].iter().take(LABEL + 1).take_while(in_label).count();
    if length > LABEL { 0 } else { length }
}

/// Bytes of " dot ", "(dot)" or "[dot]" with the blanks around.
fn dot(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let blank = gap(rest);
    let word = bytes.get(blank..)?;
    let (length, open) = match word.first()? {
        b'(' | b'[' => (5, true),
        _ => (3, false),
    };
    let inner = word.get(..length)?;
    let spelled = inner[usize::from(open)..usize::from(open) + 3].eq_ignore_ascii_case(b"dot");
    if !spelled || (open && !matches!(inner[4], b')' | b']')) {
        return None;
    }
    let after = blank + length;
    let behind = gap(&rest[after..]);
    (open || (blank > 0 && behind > 0)).then_some(after + behind)
}

/// "ali99 @ gmail.com": blanks around the sign, and a mail provider.
fn apart(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let left = from + without_gap(&text[from..at]).len();
    let start = local(text, from, left)?;
    let host = at + 1 + gap(&text[at + 1..]);
    let end = name(text, host, false)?;
    let plain = left == at && host == at + 1;
    (!plain && is_provider(&text[host..end]) && !is_word(&text[start..left])).then_some((start, end))
}

/// "ali99 at gmail.com": the word "at" at `at`.
fn spelled(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    if !bytes.get(at + 1)?.eq_ignore_ascii_case(&b't')
        || before(text, at)? != ' '
        || after(text, at + 2)? != ' '
    {
        return None;
    }
    let left = from + without_gap(text.get(from..at)?).len();
    let start = local(text, from, left)?;
    let end = name(text, at + 3, false)?;
    (is_provider(&text[at + 3..end]) && !is_word(&text[start..left])).then_some((start, end))
}

/// `host` is that of a mail provider.
fn is_provider(host: &str) -> bool {
    let first = host.split('.').next().unwrap_or("");
    PROVIDERS.iter().any(|name| first.eq_ignore_ascii_case(name))
}

/// A word of English, or of Arabic.
fn is_word(name: &str) -> bool {
    name.contains(is_arabic_letter)
        || words::english(&name.to_ascii_lowercase()).is_some_and(|seen| seen.edited > 1)
}
