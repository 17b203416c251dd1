//! Punctuation.

use super::chars::{after, before, is_arabic_letter, is_arabic_mark, is_latin_letter, is_word};
use super::digits::beside_digits;
use super::edit::Edits;
use super::emoji::is_emoji;
use super::pass::To;

/// Typographic quotes become ASCII: « » “ ” „ -> `"`, ‘ ’ ‚ -> `'`.
/// Cost: which side a quote opens.
/// Source: Unicode Character Database, Quotation_Mark.
pub(super) fn smart_quotes(c: char) -> To {
    To::char(plain_quote(c))
}

/// The ASCII quote for a typographic one.
pub(super) fn plain_quote(c: char) -> Option<char> {
    match c {
        '«' | '»' | '\u{201c}'..='\u{201f}' | '\u{301d}'..='\u{301f}' => Some('"'),
        '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' => Some('\''),
        _ => None,
    }
}

/// Arabic punctuation becomes ASCII: ؟ -> ?, ، -> `,`, ؛ -> ;, ٪ -> %, ٭ -> *, ۔ -> `.`.
/// Cost: none.
/// Source: Unicode Character Database, character names.
pub(super) fn punct_ascii(c: char) -> To {
    To::char(plain_punct(c))
}

/// The ASCII mark for an Arabic one.
pub(super) fn plain_punct(c: char) -> Option<char> {
    match c {
        '؟' => Some('?'),
        '،' | '\u{66c}' => Some(','),
        '؛' => Some(';'),
        '٪' => Some('%'),
        '٭' => Some('*'),
        '\u{6d4}' | '\u{66b}' => Some('.'),
        _ => None,
    }
}

/// A mark repeated becomes one: "!!!!" -> "!", "؟؟" -> "؟"; dots become one, or an ellipsis of three.
/// Cost: how loudly it was said.
/// Source: common practice of social media cleaners.
pub(super) fn collapse_punct(text: &str, edits: &mut Edits<'_>) {
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !matches!(
            c,
            '!' | '?' | '؟' | '،' | ',' | '؛' | ';' | ':' | '.' | '-' | '_' | '~' | '*' | '…' | '=' | '"'
        ) {
            continue;
        }
        let mut count = 1;
        while chars.next_if(|next| next.1 == c).is_some() {
            count += 1;
        }
        let keep = if c == '.' && count > 2 { 3 } else { 1 };
        if count > keep {
            edits.delete(start + keep * c.len_utf8()..start + count * c.len_utf8());
        }
    }
}

/// A blank follows a mark that ends a phrase: "سيء.الموظف" -> "سيء. الموظف". Numbers, abbreviations and addresses stay.
/// Cost: none known.
/// Source: Arabic and English typesetting.
pub(super) fn space_after_punct(text: &str, edits: &mut Edits<'_>) {
    let mut start = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        let address = token.contains("://") || token.contains("www.") || token.contains('@');
        for (offset, c) in token.char_indices().filter(|_| !address) {
            if !matches!(c, '.' | ',' | '،' | '؛' | ';' | ':' | '!' | '?' | '؟' | '…') {
                continue;
            }
            let at = start + offset;
            let end = at + c.len_utf8();
            let (Some(left), Some(right)) = (before(text, at), after(text, end)) else {
                continue;
            };
            let arabic = |c: char| is_arabic_letter(c) || is_arabic_mark(c);
            let follows = match c {
                '.' | ':' => ends_phrase(text, at, left, right),
                _ => arabic(right) || (is_latin_letter(right) && (left.is_alphabetic() || arabic(left))),
            };
            if follows {
                edits.insert(end, " ");
            }
        }
        start += token.len();
    }
}

/// The dot at `at` ends a sentence: Arabic on one side, or Latin "word.Word".
fn ends_phrase(text: &str, at: usize, left: char, right: char) -> bool {
    let word: Vec<char> = text[..at].chars().rev().take_while(|c| c.is_alphabetic()).take(4).collect();
    if is_arabic_letter(right) {
        return !is_arabic_letter(left) && !left.is_whitespace() || word.len() > 1 || is_arabic_mark(left);
    }
    if is_arabic_letter(left) {
        return is_latin_letter(right) && word.len() > 1;
    }
    let next: Vec<char> = text[at + 1..].chars().take(2).collect();
    word.len() > 2 && right.is_uppercase() && next.get(1).is_some_and(|c| c.is_lowercase())
}

/// Every sign that is not a letter, digit, mark or emoji becomes a blank; one between two digits ("3.5") stays.
/// Cost: all punctuation and symbols; for matching keys only.
/// Source: Unicode Character Database, general categories P and S.
pub(super) fn strip_punct(c: char) -> To {
    match c {
        '.' | ',' | '-' | '/' | ':' => To::Look(|text, at| match beside_digits(text, at) {
            (true, _) => To::Same,
            _ => To::Char(' '),
        }),
        _ => To::char(is_punct(c).then_some(' ')),
    }
}

/// A sign that is not white space, part of a word or an emoji; the underscore is one.
pub(super) fn is_punct(c: char) -> bool {
    !(c.is_whitespace() || (is_word(c) && c != '_') || is_emoji(c))
}

/// A blank goes between Arabic and Latin letters that touch: "الapp" -> "ال app".
/// Cost: splits a brand written in two scripts.
/// Source: Unicode Character Database, Script.
pub(super) fn split_script_boundary(text: &str, edits: &mut Edits<'_>) {
    let mut previous: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let arabic = if is_arabic_letter(c) {
            Some(true)
        } else if is_arabic_mark(c) || c == '\u{640}' {
            previous.filter(|arabic| *arabic)
        } else if is_latin_letter(c) {
            Some(false)
        } else {
            None
        };
        if let (Some(left), Some(right)) = (previous, arabic)
            && left != right
        {
            edits.insert(at, " ");
        }
        previous = arabic;
    }
}
