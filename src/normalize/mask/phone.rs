//! Phone numbers.

use std::sync::LazyLock;

use super::number::{Group, Stretch, stands_free, stretches};
use crate::normalize::chars::is_invisible;
use crate::normalize::edit::Edits;
use crate::normalize::tables::Table;

/// A national plan: numbers that start with `prefix` and hold `length` digits.
struct Plan {
    prefix: &'static str,
    length: usize,
    needs_cue: bool,
}

static PLANS: LazyLock<Vec<Plan>> = LazyLock::new(|| {
    Table::read(include_str!("../tables/phone_plans.tsv"))
        .rows()
        .iter()
        .filter_map(|row| {
            let length = row.get(1)?.parse().ok()?;
            Some(Plan { prefix: row.first()?, length, needs_cue: *row.get(2)? == "cue" })
        })
        .collect()
});

/// Country codes of the Arab countries.
/// Source: ITU E.164.
const COUNTRIES: [&str; 19] = [
    "20", "212", "213", "216", "218", "249", "961", "962", "963", "964", "965", "966", "967", "968", "970",
    "971", "972", "973", "974",
];

static CUES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    Table::read(include_str!("../tables/phone_cues.tsv")).pairs().map(|pair| pair.0).collect()
});

/// A phone number becomes "[PHONE]": "0501234567", "+966 50 123 4567", "٠١٠١٢٣٤٥٦٧٨". Years, amounts, dates and order
/// numbers stay: a number must follow a national plan or the international form.
/// Cost: an amount that looks like a mobile number.
/// Source: ITU E.164 and national numbering plans, `tables/phone_plans.tsv`.
pub(in crate::normalize) fn phone(text: &str, edits: &mut Edits<'_>) {
    for stretch in stretches(text) {
        let count = stretch.groups.len();
        let mut from = 0;
        while from < count {
            if let Some(skip) = date(text, &stretch, from) {
                from = skip;
                continue;
            }
            let found = (from..count.min(from + 12)).rev().find_map(|to| number(text, &stretch, from, to));
            match found {
                Some((start, end, to)) => {
                    edits.replace(start..end, "[PHONE]");
                    from = to + 1;
                }
                None => from += 1,
            }
        }
    }
}

/// Groups `from..=to` as a phone number: where it stands, sign and brackets included.
fn number(text: &str, stretch: &Stretch, from: usize, to: usize) -> Option<(usize, usize, usize)> {
    let length: usize = stretch.groups[from..=to].iter().map(|group| group.digits.len()).sum();
    if !(7..=16).contains(&length) {
        return None;
    }
    let (first, last) = (&stretch.groups[from], &stretch.groups[to]);
    let (start, plus) = opening(text, first);
    let dotted = (from..to).filter(|index| stretch.gap(text, *index) == ".").count();
    let decimal = dotted > 0 && (to - from < 2 || dotted < to - from);
    let spread = (from..to).any(|index| stretch.gap(text, index).chars().count() > 2);
    if decimal || spread || !stands_free(text, start, last.end) {
        return None;
    }
    // Right-to-left typing leaves the sign behind the country code: "966+ 50 ...".
    let mut signs = (from..to).filter(|index| stretch.gap(text, *index).contains('+'));
    let behind = signs.next();
    if behind.is_some_and(|index| index != from || plus || !COUNTRIES.contains(&first.digits.as_str())) {
        return None;
    }
    let plus = plus || behind.is_some();
    if signs.next().is_some() {
        return None;
    }
    let digits = stretch.digits(from, to);
    let grouped = to > from;
    let fits = if plus {
        (8..=15).contains(&length) && !digits.starts_with('0')
    } else if let Some(rest) = digits.strip_prefix("00") {
        (9..=14).contains(&rest.len()) && !rest.starts_with('0')
    } else {
        PLANS.iter().any(|plan| {
            plan.length == length
                && digits.starts_with(plan.prefix)
                && (!plan.needs_cue || cue(text, start))
                && (!grouped || plausible_groups(&stretch.groups[from..=to]))
        })
    };
    fits.then_some((start, last.end, to))
}

/// Groups of a written phone number: none of one digit unless all are, or a country's "1".
fn plausible_groups(groups: &[Group]) -> bool {
    let singles = groups.iter().filter(|group| group.digits.len() == 1).count();
    singles == 0 || singles == groups.len() || (singles == 1 && groups[0].digits.len() == 1)
}

/// Where the number starts with its "+" or "(", and whether there is a "+" (before or after: "+966", "966+").
fn opening(text: &str, first: &Group) -> (usize, bool) {
    let mut start = first.start;
    for (at, c) in text[..first.start].char_indices().rev() {
        match c {
            '+' | '\u{ff0b}' => {
                let bracket = text[..at].ends_with('(') && text[first.end..].starts_with(')');
                return (at - usize::from(bracket), true);
            }
            '(' if start == first.start => start = at,
            _ if is_invisible(c) => {}
            _ => break,
        }
    }
    // An opening bracket belongs to the number only with its closing one inside.
    let closed = text[first.end..].trim_start_matches(is_invisible).starts_with(')');
    (if closed { start } else { first.start }, false)
}

/// A date at `from`: one past its groups.
fn date(text: &str, stretch: &Stretch, from: usize) -> Option<usize> {
    let [a, b, c] = stretch.groups.get(from..from + 3)? else {
        return None;
    };
    let same = stretch.gap(text, from) == stretch.gap(text, from + 1);
    let sign = matches!(stretch.gap(text, from).as_str(), "-" | ".");
    let day =
        |group: &Group| group.digits.len() <= 2 && (1..=31).contains(&group.digits.parse().unwrap_or(0));
    let year = |group: &Group| {
        group.digits.len() == 4 && matches!(group.digits.parse().unwrap_or(0), 1300..=1500 | 1900..=2100)
    };
    let fits = (day(a) && day(b) && year(c)) || (year(a) && day(b) && day(c));
    (same && sign && fits).then_some(from + 3)
}

/// A word such as "رقم", "واتساب" or "call" stands shortly before `start`.
fn cue(text: &str, start: usize) -> bool {
    let from = text[..start].char_indices().rev().nth(31).map_or(0, |(at, _)| at);
    let before = text[from..start].to_lowercase();
    CUES.iter().any(|word| before.contains(word))
}
