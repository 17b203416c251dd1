//! Dates as written to days, and days to periods.

use std::sync::LazyLock;

use regex::Regex;

/// Periods of a day or a week are taken while there are at most this many of them, with ten dated comments in each on
/// average; else months.
const MOST_PERIODS: i64 = 31;
const COMMENTS_A_PERIOD: i64 = 10;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
}

impl Unit {
    /// The unit for comments of these days.
    pub fn choose(days: &[i64]) -> Self {
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return Self::Month };
        let span = last - first + 1;
        let fits = |n: i64| n <= MOST_PERIODS && n * COMMENTS_A_PERIOD <= days.len() as i64;
        match (fits(span), fits(span / 7 + 1)) {
            (true, _) => Self::Day,
            (_, true) => Self::Week,
            _ => Self::Month,
        }
    }

    /// The period of a day, counted so that the next period has the next number.
    pub fn period(self, day: i64) -> i64 {
        match self {
            Self::Day => day,
            // 1970-01-01 was a Thursday; weeks start on Monday (ISO 8601).
            Self::Week => (day + 3).div_euclid(7),
            Self::Month => {
                let (year, month, _) = civil(day);
                year * 12 + month - 1
            }
        }
    }

    /// `2026-03-01`, `2026-W09`, `2026-03`.
    pub fn name(self, period: i64) -> String {
        match self {
            Self::Day => {
                let (year, month, day) = civil(period);
                format!("{year:04}-{month:02}-{day:02}")
            }
            Self::Week => {
                // A week belongs to the year of its Thursday.
                let thursday = period * 7;
                let (year, _, _) = civil(thursday);
                format!("{year:04}-W{:02}", (thursday - days(year, 1, 1)) / 7 + 1)
            }
            Self::Month => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
        }
    }

    /// Days, a month being thirty.
    pub fn length(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
        }
    }
}

/// Days since 1970-01-01 of each cell; `None` where there is none or it cannot be read.
///
/// Year first is plain (`2026-03-01`, `2026/3/1 10:00`, `2026-03`, Arabic digits too). Where the year stands last, the
/// column tells whether days or months come first: one of the two must pass 12 somewhere, and the other nowhere.
pub(super) fn read<'a>(cells: impl Iterator<Item = Option<&'a str>>) -> Vec<Option<i64>> {
    let cells: Vec<Option<[i64; 3]>> = cells.map(|cell| cell.and_then(parts)).collect();
    let year_last = || cells.iter().flatten().filter(|[first, _, last]| *first < 1000 && *last >= 1000);
    let (mut first, mut second) = (0, 0);
    for [a, b, _] in year_last() {
        (first, second) = (first.max(*a), second.max(*b));
    }
    let day = |[a, b, c]: [i64; 3]| match (a >= 1000, first > 12, second > 12) {
        (true, _, _) => checked(a, b, c),
        (_, true, false) => checked(c, b, a),
        (_, false, true) => checked(c, a, b),
        _ => None,
    };
    cells.iter().map(|cell| cell.and_then(day)).collect()
}

/// The day of a date written year first.
pub(super) fn day(cell: &str) -> Option<i64> {
    parts(cell).filter(|[year, _, _]| *year >= 1000).and_then(|[year, month, day]| checked(year, month, day))
}

/// Three numbers of a date; a month alone has day 1.
fn parts(cell: &str) -> Option<[i64; 3]> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\s*([0-9]{1,4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,4}))?(?:[^0-9]|$)").ok()
    });
    let ascii: String = cell
        .chars()
        .take(40)
        .map(|c| match c {
            '\u{0660}'..='\u{0669}' => char::from(b'0' + (c as u32 - 0x0660) as u8),
            '\u{06F0}'..='\u{06F9}' => char::from(b'0' + (c as u32 - 0x06F0) as u8),
            other => other,
        })
        .collect();
    let found = DATE.as_ref()?.captures(&ascii)?;
    let number = |group: usize| found.get(group).and_then(|part| part.as_str().parse().ok());
    let (first, second) = (number(1)?, number(2)?);
    match number(3) {
        Some(third) => Some([first, second, third]),
        None => (first >= 1000).then_some([first, second, 1]),
    }
}

fn checked(year: i64, month: i64, day: i64) -> Option<i64> {
    let valid = (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let number = days(year, month, day);
    // 31 April would come back as 1 May.
    (valid && civil(number) == (year, month, day)).then_some(number)
}

/// Days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day's number; the same source.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(cells: &[&str], unit: Unit) -> Vec<Option<String>> {
        read(cells.iter().map(|c| Some(*c)))
            .into_iter()
            .map(|day| day.map(|d| unit.name(unit.period(d))))
            .collect()
    }

    #[test]
    fn year_first_is_read_and_nothing_else_by_itself() {
        let read = names(
            &["2026-03-01", " 2026/3/1 10:00", "2026-03", "٢٠٢٦/٣/١", "2026-13-01", "soon"],
            Unit::Month,
        );
        let march = Some("2026-03".to_string());
        assert_eq!(read, [march.clone(), march.clone(), march.clone(), march, None, None]);
        assert_eq!(names(&["03/04/2026", "2026-04-31"], Unit::Day), [None, None]);
    }

    #[test]
    fn a_column_tells_whether_days_come_first() {
        let day = |name: &str| Some(name.to_string());
        assert_eq!(names(&["03/04/2026", "25/12/2025"], Unit::Day), [day("2026-04-03"), day("2025-12-25")]);
        assert_eq!(names(&["03/04/2026", "12/25/2025"], Unit::Day), [day("2026-03-04"), day("2025-12-25")]);
        assert_eq!(names(&["25/12/2025", "12/25/2025"], Unit::Day), [None, None]);
    }

    /// ISO 8601 weeks from a printed calendar: 2021-01-03 is the last day of 2020-W53, 2026-03-02 the first of W10.
    #[test]
    fn weeks_are_isos() {
        let weeks = names(&["2021-01-03", "2021-01-04", "2026-03-01", "2026-03-02"], Unit::Week);
        assert_eq!(
            weeks.into_iter().flatten().collect::<Vec<_>>(),
            ["2020-W53", "2021-W01", "2026-W09", "2026-W10"]
        );
    }

    #[test]
    fn the_period_fits_span_and_number() {
        let every = |step: i64, n: i64| (0..n).map(|i| 20_000 + i * step).collect::<Vec<i64>>();
        assert_eq!(Unit::choose(&every(0, 5)), Unit::Month);
        assert_eq!(Unit::choose(&[every(1, 20), every(1, 20)].concat().repeat(10)), Unit::Day);
        assert_eq!(Unit::choose(&every(1, 120)), Unit::Month);
        assert_eq!(Unit::choose(&every(1, 120).repeat(3)), Unit::Week);
        assert_eq!(Unit::choose(&every(1, 900).repeat(3)), Unit::Month);
        assert_eq!(Unit::choose(&[]), Unit::Month);
    }
}
