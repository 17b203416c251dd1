//! How ratings differ between rows that mention a cause and rows that do not.

use serde::{Deserialize, Serialize};

use super::interval::{mean_and_variance, t_quantile, two_sided_p};
use crate::error::{Error, Result};

/// Fewest ratings on either side.
const FEWEST: usize = 5;
/// Ratings come in steps of one: a side that all gave the same answer still varies by the step's rounding (Sheppard).
const LEAST_VARIANCE: f64 = 1.0 / 12.0;

/// Association of one cause with the rating.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Mean rating of rows with the cause minus mean rating of rows without, in points of the scale.
    pub effect: f64,
    /// Lower end of Welch's 95 % interval.
    pub ci_low: f64,
    /// Upper end of Welch's 95 % interval.
    pub ci_high: f64,
    /// Rated rows with the cause.
    pub n_with: usize,
    /// Rated rows without it.
    pub n_without: usize,
    /// Two-sided, Welch's t test.
    pub p_value: f64,
    /// The same after Benjamini and Hochberg over all causes tested.
    pub q_value: f64,
    /// Share of rated rows with the cause times `effect`: mean rating of all rows minus mean rating of rows without.
    pub impact: f64,
}

/// Effect of each cause, in the order of `members`; `None` when fewer than five rated rows stand on either side.
///
/// Welch 1947: variances need not be equal, degrees of freedom by Satterthwaite. No random draw is involved.
///
/// ```
/// use rasd::drivers::effects;
/// let ratings: Vec<Option<f64>> = (0..20).map(|i| Some(if i < 10 { 2.0 } else { 8.0 } + f64::from(i % 2))).collect();
/// let found = effects(&ratings, &[(0..10).collect(), vec![0, 1]])?;
/// assert_eq!(found[0].map(|e| e.effect), Some(-6.0));
/// assert!(found[1].is_none());
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] when a member is no row of `ratings`, or a rating is not finite.
pub fn effects(ratings: &[Option<f64>], members: &[Vec<usize>]) -> Result<Vec<Option<Effect>>> {
    if let Some((i, got)) =
        ratings.iter().enumerate().find_map(|(i, r)| r.filter(|r| !r.is_finite()).map(|r| (i, r)))
    {
        return Err(Error::invalid_input(format!("rating {i}: got {got}, expected a finite number or none")));
    }
    let mut found = Vec::with_capacity(members.len());
    for (cause, rows) in members.iter().enumerate() {
        let mut inside = vec![false; ratings.len()];
        for &row in rows {
            let Some(flag) = inside.get_mut(row) else {
                let message = format!("cause {cause}: row {row}, expected a row below {}", ratings.len());
                return Err(Error::invalid_input(message));
            };
            *flag = true;
        }
        found.push(compare(ratings, &inside));
    }
    let tested: Vec<f64> = found.iter().flatten().map(|effect| effect.p_value).collect();
    for (effect, q) in found.iter_mut().flatten().zip(benjamini_hochberg(&tested)) {
        effect.q_value = q;
    }
    Ok(found)
}

fn compare(ratings: &[Option<f64>], inside: &[bool]) -> Option<Effect> {
    let side = |wanted: bool| {
        let values: Vec<f64> =
            ratings.iter().zip(inside).filter(|(_, i)| **i == wanted).filter_map(|(r, _)| *r).collect();
        (values.len() >= FEWEST).then(|| {
            let (mean, variance) = mean_and_variance(&values);
            (values.len(), mean, variance.max(LEAST_VARIANCE) / values.len() as f64)
        })
    };
    let (n_with, mean_with, a) = side(true)?;
    let (n_without, mean_without, b) = side(false)?;
    let effect = mean_with - mean_without;
    let error = (a + b).sqrt();
    let df = (a + b).powi(2) / (a * a / (n_with - 1) as f64 + b * b / (n_without - 1) as f64);
    let half = t_quantile(df) * error;
    let p_value = two_sided_p(effect / error, df);
    let share = n_with as f64 / (n_with + n_without) as f64;
    Some(Effect {
        effect,
        ci_low: effect - half,
        ci_high: effect + half,
        n_with,
        n_without,
        p_value,
        q_value: p_value,
        impact: share * effect,
    })
}

/// Adjusted p-values that hold the false discovery rate (Benjamini and Hochberg 1995): the smallest rate at which each
/// would be reported. Same order as given.
///
/// ```
/// assert_eq!(rasd::drivers::benjamini_hochberg(&[0.01, 0.5]), [0.02, 0.5]);
/// ```
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut lowest = 1.0;
    for (behind, &i) in order.iter().enumerate() {
        let rank = p_values.len() - behind;
        lowest = f64::min(lowest, p_values[i] * p_values.len() as f64 / rank as f64);
        adjusted[i] = lowest;
    }
    adjusted
}
