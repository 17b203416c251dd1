//! Emoji and emoticons.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::chars::{after, before};
use super::edit::Edits;
use super::tables::Table;

/// Characters whose default look is a picture, or that people use as one.
/// Source: Unicode emoji-data, property Emoji, without ASCII and the signs of [`is_text_sign`].
pub(crate) fn is_emoji(c: char) -> bool {
    match c as u32 {
        0..=0x2319 => false,
        0x231a..=0x2bff => matches!(c as u32,
            0x231a..=0x231b | 0x2328 | 0x23cf | 0x23e9..=0x23f3 | 0x23f8..=0x23fa | 0x25fd..=0x25fe | 0x2600..=0x2604
            | 0x260e | 0x2611 | 0x2614..=0x2615 | 0x2618 | 0x261d | 0x2620 | 0x2622..=0x2623 | 0x2626 | 0x262a
            | 0x262e..=0x262f | 0x2638..=0x263a | 0x2640 | 0x2642 | 0x2648..=0x2653 | 0x265f..=0x2660 | 0x2663
            | 0x2665..=0x2666 | 0x2668 | 0x267b | 0x267e..=0x267f | 0x2692..=0x2697 | 0x2699 | 0x269b..=0x269c
            | 0x26a0..=0x26a1 | 0x26a7 | 0x26aa..=0x26ab | 0x26b0..=0x26b1 | 0x26bd..=0x26be | 0x26c4..=0x26c5
            | 0x26c8 | 0x26ce..=0x26cf | 0x26d1 | 0x26d3..=0x26d4 | 0x26e9..=0x26ea | 0x26f0..=0x26f5
            | 0x26f7..=0x26fa | 0x26fd | 0x2702 | 0x2705 | 0x2708..=0x270d | 0x270f | 0x2712 | 0x2714 | 0x2716
            | 0x271d | 0x2721 | 0x2728 | 0x2733..=0x2734 | 0x2744 | 0x2747 | 0x274c | 0x274e | 0x2753..=0x2755
            | 0x2757 | 0x2763..=0x2764 | 0x2795..=0x2797 | 0x27b0 | 0x27bf | 0x2b1b..=0x2b1c | 0x2b50 | 0x2b55),
        0x1f000..=0x1faff => matches!(c as u32,
            0x1f004 | 0x1f0cf | 0x1f170..=0x1f171 | 0x1f17e..=0x1f17f | 0x1f18e | 0x1f191..=0x1f19a
            | 0x1f201..=0x1f202 | 0x1f21a | 0x1f22f | 0x1f232..=0x1f23a | 0x1f250..=0x1f251 | 0x1f300..=0x1f64f
            | 0x1f680..=0x1f6ff | 0x1f7e0..=0x1f7f0 | 0x1f90c..=0x1f93a | 0x1f93c..=0x1f945 | 0x1f947..=0x1faff),
        _ => false,
    }
}

/// Signs that are an emoji only when U+FE0F follows.
fn is_text_sign(c: char) -> bool {
    matches!(c as u32,
        0xa9 | 0xae | 0x203c | 0x2049 | 0x2122 | 0x2139 | 0x2194..=0x2199 | 0x21a9..=0x21aa | 0x24c2
        | 0x25aa..=0x25ab | 0x25b6 | 0x25c0 | 0x25fb..=0x25fc | 0x27a1 | 0x2934..=0x2935 | 0x2b05..=0x2b07
        | 0x3030 | 0x303d | 0x3297 | 0x3299)
}

const fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// An emoji sequence may hold `c` first, or as the keycap around a digit; without such a character there is none.
pub(super) fn opens_sequence(c: char) -> bool {
    is_emoji(c) || is_text_sign(c) || is_regional(c) || c == '\u{20e3}'
}

/// One past the emoji sequence that starts at byte `at`: keycap, flag, tag flag, skin tone, ZWJ family.
pub(super) fn sequence(text: &str, at: usize) -> Option<usize> {
    let first = after(text, at)?;
    let mut end = at + first.len_utf8();
    let eat = |end: &mut usize, test: &dyn Fn(char) -> bool| -> bool {
        match after(text, *end) {
            Some(c) if test(c) => {
                *end += c.len_utf8();
                true
            }
            _ => false,
        }
    };
    if matches!(first, '0'..='9' | '#' | '*') {
        eat(&mut end, &|c| c == '\u{fe0f}');
        return eat(&mut end, &|c| c == '\u{20e3}').then_some(end);
    }
    if is_regional(first) {
        eat(&mut end, &is_regional);
        return Some(end);
    }
    if is_text_sign(first) {
        return eat(&mut end, &|c| c == '\u{fe0f}').then_some(end);
    }
    if !is_emoji(first) {
        return None;
    }
    loop {
        eat(&mut end, &|c| matches!(c, '\u{fe0e}' | '\u{fe0f}'));
        eat(&mut end, &|c| matches!(c, '\u{1f3fb}'..='\u{1f3ff}'));
        eat(&mut end, &|c| c == '\u{20e3}');
        let tags = text[end..].chars().take_while(|c| matches!(c, '\u{e0020}'..='\u{e007e}')).count();
        if tags > 0 && text[end + tags * 4..].starts_with('\u{e007f}') {
            end += (tags + 1) * 4;
        }
        let joined = text[end..].strip_prefix('\u{200d}').and_then(|rest| rest.chars().next());
        match joined {
            Some(next) if is_emoji(next) || (is_text_sign(next) && next != '\u{a9}') => {
                end += 3 + next.len_utf8()
            }
            _ => return Some(end),
        }
    }
}

/// Emoji go: "سيئة 😡👎🏽" -> "سيئة ".
/// Cost: the feeling they carry.
/// Source: Unicode Technical Standard 51.
pub(super) fn strip(text: &str, edits: &mut Edits<'_>) {
    each(text, |start, end| {
        // Words on both sides must not run together.
        let glued = before(text, start).is_some_and(char::is_alphanumeric)
            && after(text, end).is_some_and(char::is_alphanumeric);
        edits.replace(start..end, if glued { " " } else { "" });
    });
}

/// Emoji become their name: "👍" -> ":thumbs_up:" (`english`) or ":قبول:"; one that has no name in the table stays.
/// Cost: skin tone; the text grows.
/// Source: `tables/emoji.tsv`, Unicode CLDR short names.
pub(super) fn name(text: &str, english: bool, edits: &mut Edits<'_>) {
    each(text, |start, end| {
        if let Some(emoji) = known(&text[start..end]) {
            edits.replace(start..end, &format!(":{}:", if english { emoji.english } else { emoji.arabic }));
        }
    });
}

/// Emoji of clear feeling become its tag: "😡" -> "[NEG_EMOJI]", "❤️" -> "[POS_EMOJI]"; "😂" and "🚗" stay.
/// Cost: which emoji it was.
/// Source: `tables/emoji.tsv`, column polarity, written for rasd: only faces and signs that mean one thing in a
/// comment.
pub(super) fn tag(text: &str, edits: &mut Edits<'_>) {
    each(text, |start, end| match known(&text[start..end]).map(|emoji| emoji.polarity) {
        Some("positive") => edits.replace(start..end, "[POS_EMOJI]"),
        Some("negative") => edits.replace(start..end, "[NEG_EMOJI]"),
        _ => {}
    });
}

/// Every emoji sequence in order: where it starts and ends.
pub(super) fn each(text: &str, mut found: impl FnMut(usize, usize)) {
    let mut at = 0;
    while let Some(start) = next_possible(text, at) {
        match sequence(text, start) {
            Some(end) => {
                found(start, end);
                at = end;
            }
            None => at = start + after(text, start).map_or(1, char::len_utf8),
        }
    }
}

/// The first character from byte `at` on that may start a sequence, as its first byte tells: one of three or four bytes,
/// © or ®, or a sign of a keycap before a character of three bytes.
fn next_possible(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let possible = |place: &usize| match bytes[*place] {
        0xe2.. | 0xc2 => true,
        b'0'..=b'9' | b'#' | b'*' => bytes.get(place + 1).is_some_and(|next| *next >= 0xe2),
        _ => false,
    };
    (at..bytes.len()).find(possible)
}

/// What the table tells of an emoji.
struct Emoji {
    english: &'static str,
    arabic: &'static str,
    /// "positive", "negative" or empty.
    polarity: &'static str,
}

static TABLE: LazyLock<HashMap<&'static str, Emoji>> = LazyLock::new(|| {
    Table::read(include_str!("tables/emoji.tsv"))
        .rows()
        .iter()
        .filter_map(|row| match row[..] {
            [emoji, english, arabic, polarity, _] => Some((emoji, Emoji { english, arabic, polarity })),
            _ => None,
        })
        .collect()
});

/// The table's entry of an emoji sequence: skin tones and variation selectors are not part of its name.
fn known(sequence: &str) -> Option<&'static Emoji> {
    let plain: String = sequence
        .chars()
        .filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'))
        .collect();
    TABLE.get(plain.as_str())
}

static EMOTICONS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let mut list: Vec<_> = Table::read(include_str!("tables/emoticons.tsv")).pairs().collect();
    list.sort_by_key(|entry| std::cmp::Reverse(entry.0.len()));
    list
});

/// Emoticons typed in ASCII become a tag of their mood: ":(" -> "[NEG_EMOJI]", ":-)" -> "[POS_EMOJI]".
/// Cost: which emoticon it was.
/// Source: `tables/emoticons.tsv`.
pub(super) fn tag_emoticons(text: &str, edits: &mut Edits<'_>) {
    let mut at = 0;
    while let Some(c) = after(text, at) {
        let open =
            before(text, at).is_none_or(|left| !left.is_ascii_alphanumeric() && !matches!(left, ':' | '/'));
        let found = open
            .then(|| EMOTICONS.iter().find(|entry| text[at..].starts_with(entry.0)))
            .flatten()
            .filter(|entry| {
                after(text, at + entry.0.len()).is_none_or(|right| !right.is_alphanumeric() && right != '/')
            });
        match found {
            Some((emoticon, tag)) => {
                edits.replace(at..at + emoticon.len(), tag);
                at += emoticon.len();
            }
            None => at += c.len_utf8(),
        }
    }
}
