//! How an organisation rates itself against how its customers do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Estimate;
use super::effect::FEWEST;
use super::index::{Scale, share};
use super::interval::normal_p;
use super::multiplicity::holm;
use crate::error::Result;

/// One segment's two shares of satisfied ratings and their difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The segment's name.
    pub segment: String,
    /// Share of satisfied internal ratings.
    pub internal: Estimate,
    /// Share of satisfied customers.
    pub customers: Estimate,
    /// Internal share minus customers' share, with Newcombe's interval; `None` when a side has fewer than five
    /// ratings.
    pub gap: Option<Estimate>,
    /// Two-sided, score test of equal shares; `None` without a gap.
    pub p_value: Option<f64>,
    /// The same after Holm over all segments.
    pub p_holm: Option<f64>,
}

impl Gap {
    /// `overrated` (the inside sees it better than customers do), `underrated`, `no evidence`, `not enough data`.
    pub fn verdict(&self) -> &'static str {
        match (&self.gap, self.p_holm) {
            (Some(gap), Some(p)) if p <= 0.05 && gap.value > 0.0 => "overrated",
            (Some(_), Some(p)) if p <= 0.05 => "underrated",
            (Some(_), _) => "no evidence",
            (None, _) => "not enough data",
        }
    }
}

/// Perception gap of every segment that either side names, by name.
///
/// Satisfied is 9 and 10 on the NPS, 4 and 5 on CSAT and short CES, 5 to 7 on CES, from 80 on of 100. Holm (1979) holds the chance of any false claim
/// over all segments at 5 %.
///
/// ```
/// use rasd::{Scale, drivers::perception_gap};
/// let rows = |segment: &str, good: usize, n: usize| -> Vec<(String, f64)> {
///     (0..n).map(|i| (segment.to_string(), if i < good { 5.0 } else { 2.0 })).collect()
/// };
/// let gaps = perception_gap(Scale::Csat, &rows("Riyadh", 56, 70), &rows("Riyadh", 48, 80))?;
/// assert_eq!(gaps[0].verdict(), "overrated");
/// assert!((gaps[0].gap.unwrap().value - 0.2).abs() < 1e-12);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::InvalidInput`] for a rating off the scale.
pub fn perception_gap(
    scale: Scale,
    internal: &[(String, f64)],
    customers: &[(String, f64)],
) -> Result<Vec<Gap>> {
    let mut segments: BTreeMap<&str, [(usize, usize); 2]> = BTreeMap::new();
    for (side, rows) in [internal, customers].into_iter().enumerate() {
        scale.check(rows.iter().map(|(_, rating)| Some(*rating)))?;
        for (segment, rating) in rows {
            let (satisfied, n) = &mut segments.entry(segment).or_default()[side];
            *satisfied += usize::from(scale.is_satisfied(*rating));
            *n += 1;
        }
    }
    let mut gaps: Vec<Gap> = segments
        .into_iter()
        .map(|(segment, [inside, outside])| {
            let enough = inside.1 >= FEWEST && outside.1 >= FEWEST;
            Gap {
                segment: segment.to_string(),
                internal: share(inside.0, inside.1),
                customers: share(outside.0, outside.1),
                gap: enough.then(|| difference(inside, outside)),
                p_value: enough.then(|| score_test(inside, outside)),
                p_holm: None,
            }
        })
        .collect();
    let tested: Vec<f64> = gaps.iter().filter_map(|gap| gap.p_value).collect();
    for (gap, p) in gaps.iter_mut().filter(|gap| gap.p_value.is_some()).zip(holm(&tested)) {
        gap.p_holm = Some(p);
    }
    Ok(gaps)
}

/// Difference of two independent shares, each `(n_with, n)`, with Newcombe's hybrid score interval (Newcombe 1998,
/// method 10): the distances of both Wilson intervals from their shares, added in squares.
///
/// ```
/// let gap = rasd::drivers::difference((56, 70), (48, 80));
/// assert_eq!(format!("{:.4} {:.4}", gap.ci_low, gap.ci_high), "0.0524 0.3339");
/// ```
pub fn difference(first: (usize, usize), second: (usize, usize)) -> Estimate {
    let (a, b) = (share(first.0, first.1), share(second.0, second.1));
    let value = a.value - b.value;
    Estimate {
        value,
        ci_low: value - (a.value - a.ci_low).hypot(b.ci_high - b.value),
        ci_high: value + (a.ci_high - a.value).hypot(b.value - b.ci_low),
        n: first.1 + second.1,
    }
}

/// Pearson's chi-squared test of a 2 x 2 table, without continuity correction.
fn score_test((x, n): (usize, usize), (y, m): (usize, usize)) -> f64 {
    let pooled = (x + y) as f64 / (n + m) as f64;
    let variance = pooled * (1.0 - pooled) * (1.0 / n as f64 + 1.0 / m as f64);
    let gap = x as f64 / n as f64 - y as f64 / m as f64;
    if variance > 0.0 { normal_p(gap / variance.sqrt()) } else { 1.0 }
}
