//! What a column's header and cells say about its role.

use std::borrow::Cow;

use crate::table::cell::{Cell, cell};
use crate::table::frame::Values;

/// Header words, folded as [`words`] folds them; the earlier, the surer.
const TEXT: &[&str] = &[
    "comment",
    "comments",
    "feedback",
    "verbatim",
    "review",
    "reviews",
    "text",
    "complaint",
    "complaints",
    "remarks",
    "suggestion",
    "suggestions",
    "opinion",
    "message",
    "notes",
    "note",
    "answer",
    "response",
    "body",
    "تعليق",
    "تعليقات",
    "تعليقك",
    "ملاحظات",
    "ملاحظه",
    "ملاحظاتك",
    "راي",
    "رايك",
    "اراء",
    "شكوي",
    "شكاوي",
    "اقتراح",
    "اقتراحات",
    "مراجعه",
    "نص",
    "رساله",
    "اجابه",
];
const RATING: &[&str] = &[
    "nps",
    "csat",
    "ces",
    "rating",
    "ratings",
    "stars",
    "star",
    "rate",
    "satisfaction",
    "score",
    "تقييم",
    "تقييمك",
    "نجوم",
    "رضا",
    "درجه",
];
const TIME: &[&str] =
    &["date", "datetime", "timestamp", "time", "created", "submitted", "day", "تاريخ", "وقت"];
const ID: &[&str] = &["id", "uuid", "ticket", "case", "ref", "reference", "number", "no", "معرف", "رقم"];
/// Words that make a header speak about a text or a rating instead of holding it ("comment_date"), or that
/// name a person.
const NOT_TEXT: &[&[&str]] =
    &[ID, TIME, &["count", "length", "len", "lang", "language", "type", "by", "user", "name"]];
const NOT_RATING: &[&[&str]] =
    &[TIME, TEXT, &["id", "uuid", "count", "number", "no", "type", "reason", "رقم", "سبب"]];
const NOT_ID: &[&[&str]] =
    &[&["phone", "mobile", "national", "card", "account", "جوال", "هاتف", "هويه", "حساب", "بطاقه"]];

/// What a column looks like.
pub(super) struct Facts {
    header: Vec<String>,
    n_filled: usize,
    /// Mean characters of a filled cell.
    pub mean_length: f64,
    /// Distinct cells over filled cells.
    distinct: f64,
    /// Shares of filled cells.
    numbers: f64,
    dates: f64,
    /// The caller reads the cells as ratings.
    rated: bool,
    /// Most filled cells hold letters and are neither numbers nor dates.
    pub wordy: bool,
}

impl Facts {
    /// `reads` tells whether cells under a rating's header are ratings.
    pub fn of(name: &str, values: &Values, reads: Option<fn(&[&str]) -> bool>) -> Self {
        let texts: Vec<Cow<'_, str>> = (0..values.len())
            .filter_map(|row| match cell(values, row) {
                Cell::Empty => None,
                Cell::Text(text) => Some(text),
                Cell::Int(x) => Some(x.to_string().into()),
                Cell::Float(x) => Some(x.to_string().into()),
                Cell::Bool(x) => Some(x.to_string().into()),
            })
            .collect();
        let cells: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let n = cells.len().max(1) as f64;
        let share = |fits: fn(&str) -> bool| cells.iter().filter(|cell| fits(cell)).count() as f64 / n;
        let (numbers, dates) = (share(is_number), share(is_date));
        let letters = share(|cell| cell.chars().any(char::is_alphabetic));
        let length: usize = cells.iter().map(|cell| cell.chars().count()).sum();
        let mut sorted = cells.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let mut facts = Self {
            header: words(name),
            n_filled: cells.len(),
            mean_length: length as f64 / n,
            distinct: sorted.len() as f64 / n,
            numbers,
            dates,
            rated: false,
            wordy: letters >= 0.5 && numbers < 0.5 && dates < 0.5,
        };
        let may_rate = facts.header_rank(RATING, NOT_RATING).is_some() && facts.numbers < 0.5;
        facts.rated = may_rate && reads.is_some_and(|reads| reads(&cells));
        facts
    }

    /// Long and varied cells read as comments.
    pub fn variety(&self) -> f64 {
        self.mean_length * self.distinct
    }

    /// Rank of the surest header word in `known`, 0 for a header that is that word alone; `None` without one or
    /// with a word of `not`.
    fn header_rank(&self, known: &[&str], not: &[&[&str]]) -> Option<usize> {
        if self.header.iter().any(|word| not.iter().any(|words| words.contains(&word.as_str()))) {
            return None;
        }
        let rank = self.header.iter().filter_map(|word| known.iter().position(|k| k == word)).min()?;
        Some(if self.header.len() == 1 { rank } else { known.len() + rank })
    }

    // Each returns the rank of the match, lower is surer; `None` when the column does not fit.

    /// A column without a filled cell fits by its header alone.
    pub fn as_text(&self) -> Option<usize> {
        self.header_rank(TEXT, NOT_TEXT).filter(|_| self.wordy || self.n_filled == 0)
    }

    pub fn as_rating(&self) -> Option<usize> {
        self.header_rank(RATING, NOT_RATING).filter(|_| self.numbers >= 0.5 || self.rated)
    }

    pub fn as_time(&self) -> Option<usize> {
        match self.header_rank(TIME, &[]) {
            Some(rank) if self.dates >= 0.5 => Some(rank),
            _ if self.dates >= 0.9 => Some(2 * TIME.len()),
            _ => None,
        }
    }

    pub fn as_id(&self) -> Option<usize> {
        let unique = self.distinct == 1.0 && self.mean_length <= 64.0 && self.n_filled > 0;
        self.header_rank(ID, NOT_ID).filter(|_| unique)
    }
}

/// Words of a header: lower case, split at signs and at camelCase, Arabic letters folded (أإآ -> ا, ة -> ه,
/// ى -> ي, marks and tatweel dropped) and without the article ال.
fn words(header: &str) -> Vec<String> {
    let mut split = String::new();
    let mut previous_lower = false;
    for c in header.chars() {
        if c.is_uppercase() && previous_lower {
            split.push(' ');
        }
        previous_lower = c.is_lowercase();
        match c {
            'أ' | 'إ' | 'آ' => split.push('ا'),
            'ة' => split.push('ه'),
            'ى' => split.push('ي'),
            '\u{064B}'..='\u{0652}' | '\u{0640}' => {} // marks, TATWEEL
            c if c.is_alphanumeric() => split.extend(c.to_lowercase()),
            _ => split.push(' '),
        }
    }
    split
        .split_whitespace()
        .map(|word| match word.strip_prefix("ال") {
            Some(bare) if bare.chars().count() >= 2 => bare.to_string(),
            _ => word.to_string(),
        })
        .collect()
}

/// ASCII digits for Arabic-Indic and Persian ones.
fn ascii_digit(c: char) -> char {
    let value = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

/// A number as surveys write ratings: `9`, `-1`, `4.5`, `4,5`, `٩`, `٤٫٥`.
fn is_number(cell: &str) -> bool {
    let plain: String =
        cell.chars().map(|c| if matches!(c, ',' | '٫') { '.' } else { ascii_digit(c) }).collect();
    plain.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && plain.parse::<f64>().is_ok()
}

/// A calendar date, with or without a time: `2025-03-01T10:00`, `1/3/2025`, `٢٠٢٥/٣/١`, `01.03.25`.
fn is_date(cell: &str) -> bool {
    let plain: String = cell.chars().take(32).map(ascii_digit).collect();
    let date = plain.split(['T', ' ']).next().unwrap_or_default();
    ['-', '/', '.'].into_iter().any(|sign| {
        let parts: Vec<&str> = date.split(sign).collect();
        let digits = |part: &str| part.len() <= 4 && part.parse::<u16>().is_ok();
        match parts.as_slice() {
            [a, b, c] if digits(a) && digits(b) && digits(c) => a.len() == 4 || c.len() == 4 || c.len() == 2,
            _ => false,
        }
    })
}
