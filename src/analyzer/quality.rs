//! What was wrong with the data, counted.

use super::causes::Found;
use super::implied::Implied;
use super::judge::Judged;
use super::ratings::Ratings;
use super::trends::Trends;

/// One count with what it is a share of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub name: &'static str,
    pub n: usize,
    pub of: usize,
}

impl Measure {
    /// `n / of`; `None` when there is nothing to share.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.n as f64 / self.of as f64)
    }
}

pub(super) fn measure(
    judged: &Judged,
    ratings: Option<&Ratings>,
    trends: &Trends,
    implied: Option<&Implied>,
    found: &Found,
) -> Vec<Measure> {
    let rows = &judged.rows;
    let n_rows = rows.len();
    let of_rows = |name, n| Measure { name, n, of: n_rows };
    let reason = |why| rows.iter().filter(|row| row.reason == Some(why)).count();
    let mut measures = vec![
        of_rows("rows", n_rows),
        of_rows("judged", rows.iter().filter(|row| row.reason.is_none()).count()),
        of_rows("empty", reason("empty comment")),
        of_rows("no_comment", rows.iter().filter(|row| row.no_comment).count()),
        of_rows("gibberish", reason("gibberish")),
        of_rows("duplicate", rows.iter().filter(|row| row.duplicate_of.is_some()).count()),
        of_rows("mojibake", rows.iter().filter(|row| row.mojibake).count()),
        of_rows("truncated", judged.truncated.iter().filter(|&&truncated| truncated).count()),
    ];
    if let Some(ratings) = ratings {
        let missing = ratings.values.iter().filter(|value| value.is_none()).count();
        measures.push(of_rows("rating_missing", missing - ratings.unreadable.len()));
        measures.push(of_rows("rating_unreadable", ratings.unreadable.len()));
    }
    if trends.n_unreadable > 0 || trends.days.iter().any(Option::is_some) {
        measures.push(of_rows("time_unreadable", trends.n_unreadable));
    }
    if let Some(implied) = implied {
        let compared = || implied.rows.iter().flatten().filter_map(|said| said.mismatch);
        let n = compared().filter(|&mismatch| mismatch).count();
        measures.push(Measure { name: "rating_mismatch", n, of: compared().count() });
    }
    let n_clauses = judged.clauses.len();
    measures.push(Measure { name: "clauses", n: n_clauses, of: n_clauses });
    measures.push(Measure { name: "clauses_offered_to_causes", n: found.n_offered, of: n_clauses });
    measures.push(Measure { name: "clauses_without_cause", n: found.n_outside, of: found.n_offered });
    measures
}
