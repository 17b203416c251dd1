//! What was wrong with the data, counted.

use crate::Result;
use crate::comment::Language;
use crate::drivers::{self, Answers, Effect};

use super::causes::Found;
use super::implied::Implied;
use super::judge::Judged;
use super::ratings::Ratings;
use super::rows::{MASKS, Row};
use super::trends::Trends;

/// One count with what it is a share of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub name: &'static str,
    pub n: usize,
    pub of: usize,
    /// Mean rating of these rows minus that of the others, where that is asked.
    pub difference: Option<Effect>,
}

impl Measure {
    fn new(name: &'static str, n: usize, of: usize) -> Self {
        Self { name, n, of, difference: None }
    }

    /// `n / of`; `None` when there is nothing to share.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.n as f64 / self.of as f64)
    }
}

pub(super) fn measure(
    judged: &Judged,
    ratings: Option<(&Ratings, &Answers)>,
    trends: &Trends,
    implied: Option<&Implied>,
    found: &Found,
) -> Result<Vec<Measure>> {
    let rows = &judged.rows;
    let n_rows = rows.len();
    let of_rows = |name, n| Measure::new(name, n, n_rows);
    let reason = |why| rows.iter().filter(|row| row.reason == Some(why)).count();
    let mut measures = vec![
        of_rows("rows", n_rows),
        of_rows("judged", rows.iter().filter(|row| row.reason.is_none()).count()),
        of_rows("empty", reason("empty comment")),
        of_rows("no_comment", rows.iter().filter(|row| row.no_comment).count()),
        of_rows("gibberish", reason("gibberish")),
        of_rows("other_language", rows.iter().filter(|row| is_foreign(row)).count()),
        of_rows("duplicate", rows.iter().filter(|row| row.duplicate_of.is_some()).count()),
        of_rows("near_duplicate", rows.iter().filter(|row| row.near_duplicate).count()),
        of_rows("mojibake", rows.iter().filter(|row| row.mojibake).count()),
        of_rows("truncated", judged.truncated.iter().filter(|&&truncated| truncated).count()),
    ];
    for (place, (_, name)) in MASKS.iter().enumerate() {
        measures.push(of_rows(name, rows.iter().filter(|row| row.masked[place]).count()));
    }
    if let Some((ratings, answers)) = ratings {
        let missing = ratings.values.iter().filter(|value| value.is_none()).count();
        measures.push(of_rows("rating_missing", missing - ratings.unreadable.len()));
        measures.push(of_rows("rating_unreadable", ratings.unreadable.len()));
        measures.push(silent(judged, ratings, answers)?);
    }
    if trends.n_unreadable > 0 || trends.days.iter().any(Option::is_some) {
        measures.push(of_rows("time_unreadable", trends.n_unreadable));
    }
    if let Some(implied) = implied {
        let compared = || implied.rows.iter().flatten().filter_map(|said| said.mismatch);
        let n = compared().filter(|&mismatch| mismatch).count();
        measures.push(Measure::new("rating_mismatch", n, compared().count()));
    }
    let n_clauses = judged.clauses.len();
    measures.push(Measure::new("clauses", n_clauses, n_clauses));
    measures.push(Measure::new("clauses_offered_to_causes", found.n_offered, n_clauses));
    measures.push(Measure::new("clauses_without_cause", found.n_outside, found.n_offered));
    Ok(measures)
}

/// Judged, and neither Arabic nor English.
fn is_foreign(row: &Row) -> bool {
    row.reason.is_none() && row.language == Language::Other
}

/// Rows with a rating and nothing said: where they rate otherwise than those who write, what is written does not speak for
/// them (non-response bias).
fn silent(judged: &Judged, ratings: &Ratings, answers: &Answers) -> Result<Measure> {
    let says_nothing = |&row: &usize| {
        let row = &judged.rows[row];
        row.no_comment || row.reason == Some("empty comment")
    };
    let rated: Vec<usize> = (0..judged.rows.len()).filter(|&row| ratings.values[row].is_some()).collect();
    let silent: Vec<usize> = rated.iter().copied().filter(says_nothing).collect();
    let n = silent.len();
    let difference = drivers::effects(answers, &[silent])?.into_iter().flatten().next();
    Ok(Measure { difference, ..Measure::new("rated_without_comment", n, rated.len()) })
}
