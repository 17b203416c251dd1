//! A rating inside the text.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Span;
use crate::normalize::{Table, digit};

/// A rating that a customer wrote into the text.
///
/// ```
/// let found = rasd::language::extract_rating("التقييم 3/5").expect("a rating");
/// assert_eq!((found.value, found.scale), (3.0, 5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextRating {
    /// The rating, 0..=`scale`.
    pub value: f64,
    /// The best possible rating: 5, 7, 10 or 100.
    pub scale: u32,
    /// Where it is written.
    pub span: Span,
}

/// What a listed word says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    /// A number: خمسة, five.
    Number(f64),
    /// Stands between rating and scale: من, على, out of.
    Of,
    /// A star: نجمة, stars; the pair نجمتين counts two.
    Star(Option<f64>),
    /// Tells of a rating: تقييم, rate.
    Cue,
    /// After "4 من 5" these may follow a rating; any other word is what was counted ("4 من 5 موظفين").
    Next,
    /// Stars of such a place are its class: فندق خمس نجوم.
    Place,
}

static WORDS: LazyLock<HashMap<&'static str, Word>> = LazyLock::new(|| {
    let word = |kind: &str, value: &str| match kind {
        "number" => value.parse().ok().map(Word::Number),
        "of" => Some(Word::Of),
        "star" => Some(Word::Star(value.parse().ok())),
        "cue" => Some(Word::Cue),
        "next" => Some(Word::Next),
        "place" => Some(Word::Place),
        _ => None,
    };
    Table::read(include_str!("tables/rating_words.tsv"))
        .rows()
        .iter()
        .filter_map(|row| Some((*row.first()?, word(row.get(1)?, row.get(2)?)?)))
        .collect()
});

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Number {
        value: f64,
        whole: bool,
    },
    Slash,
    Word(Word),
    /// Full stars, and full and empty ones.
    Stars(u32, u32),
    /// A word that is not listed.
    Other,
    /// A mark that ends what stands before it.
    Mark,
}

/// Ratings read from longer text are not looked for past this many bytes.
const READ: usize = 4_000;

fn is_star(c: char) -> bool {
    matches!(c, '\u{2b50}' | '\u{2605}' | '\u{1f31f}')
}

/// The number at the start of `text`: digits of one or several scripts, one decimal sign; its value, its length,
/// whether it is whole.
fn number(text: &str) -> Option<(f64, usize, bool)> {
    let mut ascii = String::new();
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if let Some(value) = digit(c) {
            ascii.push(char::from(b'0' + value));
            end = at + c.len_utf8();
        } else if matches!(c, '.' | ',' | '\u{66b}' | '\u{60c}')
            && !ascii.is_empty()
            && !ascii.contains('.')
            && chars.peek().is_some_and(|next| digit(next.1).is_some())
        {
            ascii.push('.');
        } else {
            break;
        }
    }
    let value: f64 = ascii.parse().ok()?;
    Some((value, end, !ascii.contains('.')))
}

/// The text in pieces, blanks left out.
fn pieces(text: &str) -> Vec<(Piece, Span)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        if let Some((value, length, whole)) = number(&text[at..]) {
            at += length;
            pieces.push((Piece::Number { value, whole }, Span { start, end: at }));
        } else if is_star(c) {
            let (mut full, mut all) = (0, 0);
            for c in text[start..].chars() {
                match c {
                    _ if is_star(c) => (full, all) = (full + 1, all + 1),
                    '\u{2606}' => all += 1,
                    '\u{fe0f}' => {}
                    _ => break,
                }
                at += c.len_utf8();
            }
            pieces.push((Piece::Stars(full, all), Span { start, end: at }));
        } else if c.is_alphabetic() {
            let word: String =
                text[start..].chars().take_while(|c| c.is_alphabetic() || *c == '\'').collect();
            at += word.len();
            let known = WORDS.get(word.to_lowercase().as_str());
            pieces.push((known.map_or(Piece::Other, |word| Piece::Word(*word)), Span { start, end: at }));
        } else {
            at += c.len_utf8();
            if matches!(c, '/' | '\\' | '\u{2044}' | '\u{2215}') {
                pieces.push((Piece::Slash, Span { start, end: at }));
            } else if !c.is_whitespace() && !matches!(c, '\u{fe0f}' | '\u{200e}' | '\u{200f}') {
                pieces.push((Piece::Mark, Span { start, end: at }));
            }
        }
    }
    pieces
}

/// The first rating written in `text`: "3/5", "٤ من ٥", "عشرة على عشرة", "9 out of 10", "⭐⭐⭐", "نجمتين", "two stars".
///
/// A date, a share ("4 من 5 موظفين") and the class of a hotel ("فندق خمس نجوم") are no ratings.
///
/// ```
/// use rasd::language::extract_rating;
/// assert_eq!(extract_rating("خدمة ممتازة ⭐⭐⭐⭐").map(|found| found.value), Some(4.0));
/// assert_eq!(extract_rating("وصل يوم 3/5/2024"), None);
/// ```
pub fn extract_rating(text: &str) -> Option<TextRating> {
    let mut end = text.len().min(READ);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let pieces = pieces(&text[..end]);
    (0..pieces.len()).find_map(|at| fraction(&pieces, at).or_else(|| stars(&pieces, at)))
}

/// The number at place `at`, in digits or a word.
fn value(pieces: &[(Piece, Span)], at: usize) -> Option<(f64, bool)> {
    match pieces.get(at)?.0 {
        Piece::Number { value, whole } => Some((value, whole)),
        Piece::Word(Word::Number(value)) => Some((value, true)),
        _ => None,
    }
}

/// "3/5", "4 من 5", "ten out of ten" from place `at`.
fn fraction(pieces: &[(Piece, Span)], at: usize) -> Option<TextRating> {
    let (value, _) = self::value(pieces, at)?;
    let (slash, mut next) = match pieces.get(at + 1)?.0 {
        Piece::Slash => (true, at + 2),
        Piece::Word(Word::Of) => (false, at + 2),
        _ => return None,
    };
    // "out of" is two words.
    if !slash && pieces.get(next)?.0 == Piece::Word(Word::Of) {
        next += 1;
    }
    let (scale, whole) = self::value(pieces, next)?;
    let cue = pieces[at.saturating_sub(4)..at].iter().any(|piece| piece.0 == Piece::Word(Word::Cue));
    let usual = scale == 5.0 || scale == 10.0 || (cue && (scale == 7.0 || scale == 100.0));
    if !whole || !usual || !(0.0..=scale).contains(&value) {
        return None;
    }
    let joined = |place: usize| matches!(pieces.get(place), Some((Piece::Slash, _)));
    let close = |place: usize| match (pieces.get(place), pieces.get(place + 1)) {
        (Some(a), Some(b)) => a.1.end == b.1.start,
        _ => false,
    };
    // A date has three parts: 3/5/2024, 12-3/5.
    if joined(next + 1)
        || at.checked_sub(1).is_some_and(joined)
        || (at > 0
            && close(at - 1)
            && pieces[at - 1].0 == Piece::Mark
            && at > 1
            && self::value(pieces, at - 2).is_some())
    {
        return None;
    }
    let after = pieces.get(next + 1).map(|piece| piece.0);
    let counted = matches!(after, Some(Piece::Other | Piece::Word(Word::Place)));
    if !slash && counted && !cue {
        return None;
    }
    let span = Span { start: pieces[at].1.start, end: pieces[next].1.end };
    Some(TextRating { value, scale: scale as u32, span })
}

/// "⭐⭐⭐", "★★☆☆☆", "نجمتين", "4 stars" from place `at`.
fn stars(pieces: &[(Piece, Span)], at: usize) -> Option<TextRating> {
    let (piece, mut span) = pieces[at];
    let value = match piece {
        // One star alone decorates more often than it rates.
        Piece::Stars(full, all) if (2..=5).contains(&all) => f64::from(full),
        Piece::Stars(1, 1) if pieces.len() == 1 => 1.0,
        Piece::Word(Word::Star(count)) => {
            let near = |place: Option<usize>| place.and_then(|place| pieces.get(place)).map(|piece| piece.0);
            let (before, after) = (at.checked_sub(1), Some(at + 1));
            let place = |found: Option<Piece>| found == Some(Piece::Word(Word::Place));
            let count_before = before.and_then(|place| self::value(pieces, place));
            let count_after = self::value(pieces, at + 1).filter(|_| count_before.is_none());
            let first = if count_before.is_some() { at.checked_sub(2) } else { before };
            if place(near(first)) || place(near(after)) {
                return None;
            }
            if let Some((value, _)) = count_before {
                span.start = pieces[at - 1].1.start;
                value
            } else if let (None, Some((value, _))) = (count, count_after) {
                // نجمة واحدة
                span.end = pieces[at + 1].1.end;
                value
            } else {
                count?
            }
        }
        _ => return None,
    };
    ((0.0..=5.0).contains(&value)).then_some(TextRating { value, scale: 5, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_of_both_languages_are_read() {
        for (text, expected) in [
            ("التقييم 3/5 ⭐⭐⭐", (3.0, 5)),
            ("٤ من ٥", (4.0, 5)),
            ("٣٫٥ من ٥ لأن التوصيل تأخر", (3.5, 5)),
            ("عشرة على عشرة", (10.0, 10)),
            ("10/10 would recommend", (10.0, 10)),
            ("I'd give it a 2 out of 5", (2.0, 5)),
            ("rating: 6/7", (6.0, 7)),
            ("تقييمي لكم 8 من 10 موظفين محترمين", (8.0, 10)),
            ("★★☆☆☆", (2.0, 5)),
            ("⭐️⭐️⭐️⭐️⭐️ ممتاز", (5.0, 5)),
            ("نجمتين فقط", (2.0, 5)),
            ("نجمة واحدة وكثيرة عليهم", (1.0, 5)),
            ("Two stars, never again", (2.0, 5)),
            ("zero stars if I could", (0.0, 5)),
            ("صفر من عشرة", (0.0, 10)),
        ] {
            let got = extract_rating(text).map(|found| (found.value, found.scale));
            assert_eq!(got, Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_rating_is_left() {
        for text in [
            "وصل يوم 3/5/2024",
            "12-3/5",
            "دعم 24/7",
            "4 من 5 موظفين ما يردون",
            "3 out of 5 orders came late",
            "فندق خمس نجوم",
            "a five star hotel",
            "11/10",
            "الدور 3 من 12",
            "⭐ عرض خاص",
            "انتظرت من 3 الى 5",
            "1/2 kg",
            "",
        ] {
            assert_eq!(extract_rating(text), None, "{text}");
        }
    }
}
