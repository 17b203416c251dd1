//! Letters held down, and laughter.

use super::edit::Edits;

/// A letter three or more times in a row is kept `keep` times: "جداااا" -> "جداا" (2) or "جدا" (1).
/// Digits, punctuation, Roman numerals (VIII) and "www" are left alone.
/// Cost: keeps a doubled letter nobody spells, so that it never removes one that is.
/// Source: AraBERT's preprocessing keeps two.
pub(super) fn reduce(text: &str, keep: usize, edits: &mut Edits<'_>) {
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut count = 1;
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = chars.next_if(|next| next.1 == c) {
            count += 1;
            end = at + next.len_utf8();
        }
        if count > 2 && c.is_alphabetic() && !(count == 3 && is_fixed(text, start, end, c)) {
            edits.delete(start + keep * c.len_utf8()..end);
        }
    }
}

/// The run `start..end` of `c` belongs to a Roman numeral or to "www".
pub(super) fn is_fixed(text: &str, start: usize, end: usize, c: char) -> bool {
    let roman = |b: &u8| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C');
    let (left, right) = (&text.as_bytes()[..start], &text.as_bytes()[end..]);
    let edge = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric());
    if matches!(c, 'I' | 'X' | 'C') {
        let before = left.iter().rev().take(8).take_while(|b| roman(b)).count();
        let after = right.iter().take(8).take_while(|b| roman(b)).count();
        return edge(left.iter().rev().nth(before)) && edge(right.get(after));
    }
    matches!(c, 'w' | 'W') && edge(left.last()) && edge(right.first())
}

/// A word of nothing but laughter is cut to two: "هههههه" -> "هه", "خخخخ" -> "خخ", "hahahaha" -> "haha".
/// Cost: how long somebody laughed.
/// Source: spelling practice of Arabic chat.
pub(super) fn laughter(text: &str, edits: &mut Edits<'_>) {
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take()
            && let Some(laugh) = laugh(&text[from..at])
        {
            edits.replace(from..at, laugh);
        }
    }
}

fn laugh(word: &str) -> Option<&'static str> {
    let first = word.chars().next()?.to_ascii_lowercase();
    let all = |set: &[char]| word.chars().all(|c| set.contains(&c.to_ascii_lowercase()));
    let count = word.chars().count();
    match first {
        'ه' if count > 2 && all(&['ه']) => Some("هه"),
        'خ' if count > 2 && all(&['خ']) => Some("خخ"),
        'ه' if count > 3 && all(&['ه', 'ا']) && word.contains("هاه") => Some("هاها"),
        'h' if count > 2 && all(&['h']) => Some("hh"),
        'h' | 'a' if count > 4 && all(&['h', 'a']) => Some("haha"),
        'h' if count > 4 && all(&['h', 'e']) && word.to_ascii_lowercase().contains("heh") => Some("hehe"),
        _ => None,
    }
}
