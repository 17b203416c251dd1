//! In: digits. Out: whether a numbering plan knows them.
//! Law: a country's length and first digits decide, never the digits behind.

use std::sync::LazyLock;

use crate::normalize::tables::Table;

/// How an international number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// "+966501234567".
    Plus,
    /// "00966501234567".
    DoubleZero,
}

/// What the plans say of digits without "+" or "00".
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Certainty {
    /// No other number looks so.
    pub(super) sure: bool,
    /// A phone where the first two digits stand apart: "03/123456".
    pub(super) grouped: bool,
    /// A phone where a word speaks of one.
    pub(super) cue: bool,
}

impl Certainty {
    pub(super) fn is_any(self) -> bool {
        self.sure || self.grouped || self.cue
    }
}

/// Fewest digits a plan has a bit for.
const LEAST: usize = 7;

/// Lengths by certainty, a bit for each length from [`LEAST`] on.
#[derive(Debug, Clone, Copy, Default)]
struct Lengths {
    sure: u16,
    grouped: u16,
    cue: u16,
    /// Behind a country code.
    coded: u16,
}

/// The plans of the Arab states.
#[derive(Debug)]
struct Plans {
    /// By the first four digits.
    lengths: Vec<Lengths>,
    /// Their country codes.
    codes: Vec<&'static str>,
}

impl Plans {
    /// Notes that numbers that start with `prefix` may have `length` digits.
    fn add(&mut self, prefix: &str, length: usize, note: impl Fn(&mut Lengths, u16)) {
        let prefix = &prefix[..prefix.len().min(4)];
        let width = 10_usize.pow(4 - prefix.len() as u32);
        let first = prefix.parse().unwrap_or(0) * width;
        let bit = 1 << (length - LEAST);
        self.lengths[first..first + width].iter_mut().for_each(|lengths| note(lengths, bit));
    }

    /// The lengths of numbers that start like `digits`, and the bit of theirs.
    fn of(&self, digits: &str) -> (Lengths, u16) {
        let first = digits.bytes().take(4).fold(0, |sum, b| sum * 10 + usize::from(b - b'0'));
        let bit = match digits.len() {
            length @ LEAST..=22 => 1 << (length - LEAST),
            _ => 0,
        };
        (self.lengths[first], bit)
    }
}

static PLANS: LazyLock<Plans> = LazyLock::new(|| {
    let mut plans = Plans { lengths: vec![Lengths::default(); 10_000], codes: Vec::new() };
    let table = Table::read(include_str!("../tables/phone_plans.tsv"));
    for row in table.rows() {
        let [_, code, trunk, prefix, length, _, national, bare, coded, _] = row[..] else { continue };
        let Ok(length) = length.parse::<usize>() else { continue };
        let (code, trunk) = (code.trim_matches('-'), trunk.trim_matches('-'));
        for (before, certainty) in [(trunk, national), ("", bare), (code, coded)] {
            plans.add(&[before, prefix].concat(), before.len() + length, |lengths, bit| match certainty {
                "sure" => lengths.sure |= bit,
                "grouped" => (lengths.grouped, lengths.cue) = (lengths.grouped | bit, lengths.cue | bit),
                "cue" => lengths.cue |= bit,
                _ => {}
            });
        }
        if !code.is_empty() {
            plans.add(&[code, prefix].concat(), code.len() + length, |lengths, bit| lengths.coded |= bit);
            plans.codes.push(code);
        }
    }
    plans
});

/// By the first three digits: fewest and most digits behind an assigned country code, and the code's length.
static COUNTRIES: LazyLock<Vec<Option<(u8, u8, u8)>>> = LazyLock::new(|| {
    let mut countries = vec![None; 1000];
    let table = Table::read(include_str!("../tables/country_codes.tsv"));
    for row in table.rows() {
        let [code, least, most, ..] = row[..] else { continue };
        let (Ok(first), Ok(least), Ok(most)) = (code.parse::<usize>(), least.parse(), most.parse()) else {
            continue;
        };
        let width = 10_usize.pow(3 - code.len() as u32);
        countries[first * width..(first + 1) * width].fill(Some((least, most, code.len() as u8)));
    }
    countries
});

/// What the plans say of `digits`.
pub(super) fn national(digits: &str) -> Certainty {
    let (lengths, bit) = PLANS.of(digits);
    let has = |lengths: u16| lengths & bit != 0;
    Certainty { sure: has(lengths.sure), grouped: has(lengths.grouped), cue: has(lengths.cue) }
}

/// `code` is the country code of an Arab state.
pub(super) fn is_arab(code: &str) -> bool {
    PLANS.codes.contains(&code)
}

/// `digits` are a country code of an Arab state and a number of its plan.
pub(super) fn is_coded(digits: &str) -> bool {
    let (lengths, bit) = PLANS.of(digits);
    lengths.coded & bit != 0
}

/// `digits` as an international number: whether a plan holds its very length, `None` if they are none.
pub(super) fn international(digits: &str, form: Form) -> Option<bool> {
    let rest = if form == Form::DoubleZero { &digits[2..] } else { digits };
    if !(8..=16).contains(&rest.len()) {
        return None;
    }
    let (least, most, code) = COUNTRIES[rest[..3].parse::<usize>().ok()?]?;
    let number = &rest[usize::from(code)..];
    // "+966 (0)50 ...": the trunk zero is left in.
    let bare = number.strip_prefix('0').unwrap_or(number);
    let range = usize::from(least)..=usize::from(most);
    let american = code != 1 || !rest.starts_with('1') || number.starts_with(|c| matches!(c, '2'..='9'));
    let coded = is_coded(&[&rest[..usize::from(code)], bare].concat());
    // "+50000000 users" counts.
    let round = !coded && number.ends_with("00000") && number.len() < 9;
    let fits = range.contains(&number.len()) || range.contains(&bare.len());
    (american && !round && fits).then_some(coded)
}
