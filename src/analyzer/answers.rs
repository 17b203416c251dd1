//! One cell of a rating column: a number, a number of so many, or an answer in words.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::Normalizer;
use crate::language::extract_rating;
use crate::normalize::digit;
use crate::taxonomy::{TextScale, text_scales};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Answer {
    /// `4`, `٣٫٥`, `5 - Very satisfied`, `8 points`.
    Number(f64),
    /// `4/5`, `٤ من ٥`, `80 %`, `★★★★☆`: the best possible is written too.
    Of(f64, u32),
}

/// Longest label beside a number, in characters; what is longer is a comment.
const LABEL: usize = 60;
/// Best possible ratings that "4 of 5" may name.
const BESTS: [u32; 4] = [5, 7, 10, 100];
const OF: [&str; 6] = ["/", "out of", "of", "من", "على", "\u{2215}"];
const PERCENT: [&str; 6] = ["%", "٪", "percent", "بالمئة", "بالمائة", "في المئة"];
const POINTS: [&str; 7] = ["points", "point", "pts", "نقاط", "نقطة", "درجات", "درجة"];

/// Reads a cell that holds a number; `None` for words.
pub(super) fn number(cell: &str) -> Option<Answer> {
    let plain = plain(cell);
    let digits = leading(&plain).and_then(|(value, rest)| after(value, rest));
    digits.or_else(|| stars(&plain)).or_else(|| trailing(&plain))
}

/// Digits of every script as ASCII, blanks and marks without a shape dropped at the ends and inside.
fn plain(cell: &str) -> String {
    let shown = |c: &char| !matches!(c, '\u{fe0f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let ascii = |c| digit(c).map_or(c, |value| char::from(b'0' + value));
    cell.chars().filter(shown).map(ascii).collect::<String>().trim().to_lowercase()
}

/// The number at the start, a sign and one decimal sign allowed, and what follows it.
fn leading(text: &str) -> Option<(f64, &str)> {
    let mut ascii = String::new();
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_next = chars.peek().is_some_and(|next| next.1.is_ascii_digit());
        match c {
            '0'..='9' => ascii.push(c),
            '-' | '+' if at == 0 && digit_next => ascii.push(c),
            '.' | ',' | '\u{66b}' if digit_next && at > 0 && !ascii.contains('.') => ascii.push('.'),
            _ => break,
        }
        end = at + c.len_utf8();
    }
    Some((ascii.parse().ok()?, &text[end..]))
}

/// What a number with `rest` behind it is.
fn after(value: f64, rest: &str) -> Option<Answer> {
    let rest = rest.trim_start();
    let (answer, rest) = unit(value, rest);
    (rest.is_empty() || is_label(rest)).then_some(answer)
}

fn unit(value: f64, rest: &str) -> (Answer, &str) {
    if let Some(rest) = PERCENT.iter().find_map(|word| rest.strip_prefix(word)) {
        return (Answer::Of(value, 100), rest.trim_start());
    }
    if let Some(rest) = POINTS.iter().find_map(|word| rest.strip_prefix(word)) {
        return (Answer::Number(value), rest.trim_start());
    }
    for word in OF {
        let Some((best, rest)) = rest.strip_prefix(word).and_then(|rest| leading(rest.trim_start())) else {
            continue;
        };
        if let Some(best) = BESTS.into_iter().find(|known| f64::from(*known) == best && value <= best) {
            return (Answer::Of(value, best), rest.trim_start());
        }
    }
    (Answer::Number(value), rest)
}

/// ": راضي جدا", "- very satisfied", "(excellent)": a sign, then words.
fn is_label(rest: &str) -> bool {
    let mut chars = rest.chars();
    let sign = chars.next().is_some_and(|c| "-:.)(=|,؛،–—".contains(c));
    let label = chars.as_str().trim();
    sign && label.chars().next().is_some_and(char::is_alphabetic) && label.chars().count() <= LABEL
}

/// "★★★★☆", "4 stars", "خمس نجوم", "عشرة على عشرة", when that is the whole cell.
fn stars(text: &str) -> Option<Answer> {
    let found = extract_rating(text)?;
    let alone = found.span.start == 0 && found.span.end == text.len();
    alone.then_some(Answer::Of(found.value, found.scale))
}

/// "very satisfied (5)".
fn trailing(text: &str) -> Option<Answer> {
    let (label, inside) = text.strip_suffix(')')?.rsplit_once('(')?;
    let (value, rest) = leading(inside.trim())?;
    let labelled = label.chars().any(char::is_alphabetic) && label.chars().count() <= LABEL;
    (rest.is_empty() && labelled).then_some(Answer::Number(value))
}

/// Words as they are compared: every fold, letters and digits and `%` alone.
fn folded(normalizer: &Normalizer, words: &str) -> String {
    let text = normalizer.normalize(words);
    let bare: String = text.chars().map(|c| if c.is_alphanumeric() || c == '%' { c } else { ' ' }).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Faces keep their own key, since every fold drops them.
fn key(normalizer: &Normalizer, words: &str) -> String {
    match folded(normalizer, words) {
        empty if empty.is_empty() => plain(words),
        key => key,
    }
}

struct Lexicon {
    normalizer: Option<Normalizer>,
    /// Folded words -> position of the scale, value.
    answers: HashMap<String, Vec<(usize, f64)>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let normalizer = Normalizer::preset("search").ok();
    let mut answers: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
    if let Some(normalizer) = &normalizer {
        for (place, scale) in scales().iter().enumerate() {
            for answer in &scale.answers {
                for phrase in answer.phrases() {
                    let known = answers.entry(key(normalizer, phrase)).or_default();
                    if !known.iter().any(|(other, _)| *other == place) {
                        known.push((place, answer.value));
                    }
                }
            }
        }
    }
    Lexicon { normalizer, answers }
});

/// The scales that rate; how often something happens is no rating.
fn scales() -> &'static [TextScale] {
    static RATING: LazyLock<Vec<TextScale>> =
        LazyLock::new(|| text_scales().iter().filter(|scale| scale.id != "frequency").cloned().collect());
    &RATING
}

/// Cells in words on the scale that reads the most of them.
pub(super) struct Worded {
    /// The scale.
    pub scale: &'static TextScale,
    /// Row and value of each cell it reads.
    pub values: BTreeMap<usize, f64>,
}

/// Reads cells in words, both languages at once; `None` when no scale reads any.
pub(super) fn worded(cells: &[(usize, &str)]) -> Option<Worded> {
    let normalizer = LEXICON.normalizer.as_ref()?;
    let mut read: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); scales().len()];
    for (row, cell) in cells {
        // An answer is short; a comment is not worth folding.
        if cell.chars().count() <= LABEL {
            for (place, value) in LEXICON.answers.get(&key(normalizer, cell)).into_iter().flatten() {
                read[*place].insert(*row, *value);
            }
        }
    }
    // The first of equals, in the order of the file.
    let (scale, values) = scales().iter().zip(read).rev().max_by_key(|(_, values)| values.len())?;
    (!values.is_empty()).then_some(Worded { scale, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_surveys_write_them() {
        use Answer::{Number, Of};
        for (cell, expected) in [
            ("9", Number(9.0)),
            ("٤", Number(4.0)),
            ("۵", Number(5.0)),
            ("3٫5", Number(3.5)),
            ("3,5", Number(3.5)),
            ("-1", Number(-1.0)),
            ("4/5", Of(4.0, 5)),
            ("٤ من ٥", Of(4.0, 5)),
            ("8 out of 10", Of(8.0, 10)),
            ("٧ على ١٠", Of(7.0, 10)),
            ("6/7", Of(6.0, 7)),
            ("85%", Of(85.0, 100)),
            ("٨٥٪", Of(85.0, 100)),
            ("★★★★☆", Of(4.0, 5)),
            ("⭐⭐⭐", Of(3.0, 5)),
            ("⭐️", Of(1.0, 5)),
            ("4 stars", Of(4.0, 5)),
            ("خمس نجوم", Of(5.0, 5)),
            ("عشرة على عشرة", Of(10.0, 10)),
            ("5 - Very satisfied", Number(5.0)),
            ("9: راضي جدا", Number(9.0)),
            ("4/5 - good", Of(4.0, 5)),
            ("5. Agree", Number(5.0)),
            ("3 (OK)", Number(3.0)),
            ("Very satisfied (5)", Number(5.0)),
            ("8 points", Number(8.0)),
            ("\u{200f}٥", Number(5.0)),
        ] {
            assert_eq!(number(cell), Some(expected), "{cell}");
        }
    }

    #[test]
    fn what_is_no_rating_has_no_number() {
        for cell in
            ["", "n/a", "راضي جدا", "2025-03-01", "5 May", "3-5", "24/7", "3/5/2024", "inf", "12 cats", "v2"]
        {
            assert_eq!(number(cell), None, "{cell}");
        }
    }

    #[test]
    fn the_scale_that_reads_most_reads_all_in_both_languages() {
        let cells =
            [(0, "راضٍ جدًا"), (2, "محايد"), (3, "Very dissatisfied"), (4, "غير راضي"), (7, "NEUTRAL.")];
        let found = worded(&cells).unwrap();
        assert_eq!(found.scale.id, "satisfaction");
        assert_eq!(found.values, BTreeMap::from([(0, 5.0), (2, 3.0), (3, 1.0), (4, 2.0), (7, 3.0)]));
        let faces = worded(&[(0, "😡"), (1, "😍"), (2, "☹️")]).unwrap();
        assert_eq!(faces.values, BTreeMap::from([(0, 1.0), (1, 5.0), (2, 2.0)]));
        assert!(worded(&[(0, "always"), (1, "often")]).is_none());
    }

    #[test]
    fn folding_keeps_the_answers_of_a_scale_apart() {
        let normalizer = Normalizer::preset("search").unwrap();
        for scale in scales() {
            let mut seen: HashMap<String, f64> = HashMap::new();
            for answer in &scale.answers {
                for phrase in answer.phrases() {
                    let before = seen.insert(key(&normalizer, phrase), answer.value);
                    assert!(before.is_none_or(|value| value == answer.value), "{}: {phrase}", scale.id);
                }
            }
        }
    }
}
