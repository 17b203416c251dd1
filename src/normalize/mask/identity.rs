//! National identity numbers.

use std::cell::OnceCell;

use super::cues::{ACCOUNT, AMOUNT, CARD, Context, Cue, ID, ORDER, PHONE};
use super::digits::{Gap, Numbers, luhn};
use super::free::{mask_runs, stands_free};
use crate::normalize::edit::Edits;

/// Last two digits of the latest year of birth that is read as of this century.
const LATEST: u32 = 35;
/// ISO 3166 numbers of the states most people in Qatar come from.
const RESIDENTS: [&str; 30] = [
    "012", "048", "050", "144", "156", "231", "232", "275", "356", "360", "364", "368", "400", "404", "414",
    "422", "504", "512", "524", "566", "586", "608", "634", "682", "706", "729", "760", "788", "818", "887",
];

/// A national identity number becomes "[ID]": "هويتي 1000000008", "784-1987-1234567-1".
///
/// | state | digits | what must hold | random strings of that length that pass |
/// |---|---|---|---|
/// | Saudi Arabia | 10 | first 1 or 2, Luhn | 2 % |
/// | Emirates | 15 | 784, year of birth, Luhn | 0.00014 % |
/// | Egypt | 14 | century, date of birth, governorate | 0.12 % |
/// | Kuwait | 12 | century, date of birth, weighted sum modulo 11 | 0.03 % |
/// | Qatar | 11 | century, year of birth, one of 30 nationalities | 0.36 % |
///
/// Behind a word for an identity number ("هويتي", "الرقم القومي", "civil id", "CPR", "QID") also Qatar with any
/// nationality (10 %), Jordan (10 digits from 9 or 20; 11 %), Bahrain (9 digits, year and month; 12 %), 9 digits with
/// a Luhn digit (Palestine; 10 %), Oman (8 digits; all), and the digits may be in groups. A number that a word calls
/// an order, an amount or a phone stays.
/// Cost: an order number of that form without such a word.
/// Source: formats as the states' interior ministries and civil registers print them: Absher (Saudi Arabia), ICP
/// (Emirates), Civil Status (Egypt), PACI (Kuwait), MOI (Qatar), iGA (Bahrain), ROP (Oman), CSPD (Jordan). No check
/// digit is published for Egypt, Qatar, Bahrain, Oman and Jordan.
pub(in crate::normalize) fn national_id(text: &str, edits: &mut Edits<'_>) {
    let numbers = Numbers::of(text);
    let context = Context::of(text);
    let open = |_| Some(OnceCell::new());
    mask_runs(&numbers, (8, 15), "[ID]", edits, open, |before: &OnceCell<Cue>, from, to| {
        let structure = Structure::of(numbers.digits(from, to))?;
        let (start, end) = (numbers.groups[from].start, numbers.groups[to].end);
        let before = *before.get_or_init(|| context.before(start));
        let called = before.suggests(ID) && (to == from || numbers.is_evenly_grouped(from, to));
        let whole = to == from || structure == Structure::Emirati;
        let maybe = called || (whole && matches!(structure, Structure::Strong | Structure::Emirati));
        if !maybe
            || numbers.has_date(from, to)
            || !numbers.gaps(from, to, joins)
            || !stands_free(text, start, end)
        {
            return None;
        }
        let fits = match structure {
            Structure::Emirati => !before.is(ORDER),
            Structure::Strong => called || !is_else(context.after(before, end)),
            Structure::Weak => true,
            Structure::Bare => before.is(ID) && !before.is(CARD) && to == from,
        };
        (fits && !text[..start].ends_with('+')).then_some((0, start, end))
    });
}

/// Words call the number something other than an identity.
fn is_else(cue: Cue) -> bool {
    cue.is(ORDER | ACCOUNT | AMOUNT | PHONE) || cue.hash || cue.counted
}

/// How much an identity number tells of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Structure {
    Emirati,
    /// Checked or rare enough to stand alone.
    Strong,
    /// Needs a word for it near by.
    Weak,
    /// Nothing but a length: needs a word for it right before.
    Bare,
}

impl Structure {
    fn of(digits: &str) -> Option<Self> {
        let first = digits.as_bytes()[0];
        Some(match digits.len() {
            8 => Self::Bare,
            9 if month(&digits[2..4]) || luhn(digits) => Self::Weak,
            10 if matches!(first, b'1' | b'2') && luhn(digits) => Self::Strong,
            10 if first == b'9' || digits.starts_with("20") => Self::Weak,
            11 if century(digits) && RESIDENTS.contains(&&digits[3..6]) => Self::Strong,
            11 if century(digits) && matches!(number(&digits[3..6]), 4..=894) => Self::Weak,
            12 if century(digits) && date(&digits[3..7]) && kuwaiti(digits) => Self::Strong,
            14 if is_egyptian(digits) => Self::Strong,
            15 if digits.starts_with("784")
                && matches!(number(&digits[3..7]), 1900..=2035)
                && luhn(digits) =>
            {
                Self::Emirati
            }
            _ => return None,
        })
    }
}

/// What may part the groups of an identity number.
fn joins(gap: Gap) -> bool {
    gap.width() <= 3 && gap.only(Gap::BLANK | Gap::HYPHEN | Gap::DOT | Gap::SLASH)
}

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

/// Century 2 (1920 on) or 3 (2000 on) and the year in it.
fn century(digits: &str) -> bool {
    let year = number(&digits[1..3]);
    match digits.as_bytes()[0] {
        b'2' => year >= 20,
        b'3' => year <= LATEST,
        _ => false,
    }
}

fn month(digits: &str) -> bool {
    (1..=12).contains(&number(digits))
}

/// `MMDD` is a day.
fn date(digits: &str) -> bool {
    month(&digits[..2]) && (1..=31).contains(&number(&digits[2..]))
}

/// Century, `YYMMDD` and a governorate: an Egyptian number.
pub(super) fn is_egyptian(digits: &str) -> bool {
    digits.len() == 14
        && century(digits)
        && date(&digits[3..7])
        && matches!(number(&digits[7..9]), 1..=4 | 11..=19 | 21..=29 | 31..=35 | 88)
}

/// The last digit is eleven less a weighted sum.
fn kuwaiti(digits: &str) -> bool {
    let weights = [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let value = |b: u8| u32::from(b - b'0');
    let sum: u32 = weights.iter().zip(digits.bytes()).map(|(weight, b)| weight * value(b)).sum();
    11 - sum % 11 == value(digits.as_bytes()[11])
}
