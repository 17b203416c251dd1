//! NPS, CSAT and CES as the field defines them.

use super::Estimate;
use super::interval::{Z, t_quantile};
use crate::error::{Error, Result};

/// A rating scale of whole numbers.
///
/// ```
/// use rasd::drivers::Scale;
/// assert_eq!(Scale::NPS.high, 10.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Worst answer.
    pub low: f64,
    /// Best answer.
    pub high: f64,
}

impl Scale {
    /// 0 to 10, likelihood to recommend.
    pub const NPS: Self = Self { low: 0.0, high: 10.0 };
    /// 1 to 5, satisfaction or stars.
    pub const FIVE: Self = Self { low: 1.0, high: 5.0 };
    /// 1 to 7, ease.
    pub const SEVEN: Self = Self { low: 1.0, high: 7.0 };

    /// Every rating must be a whole number on the scale, and there must be one.
    fn check(self, ratings: &[f64]) -> Result<()> {
        let Self { low, high } = self;
        if let Some((i, got)) = ratings
            .iter()
            .enumerate()
            .find(|(_, r)| !(**r >= low && **r <= high && r.fract() == 0.0))
        {
            let message = format!("rating {i}: got {got}, expected a whole number in {low}..={high}");
            return Err(Error::invalid_input(message)
                .with_hint("leave missing ratings out; check which scale the survey used"));
        }
        if ratings.is_empty() {
            return Err(Error::invalid_input(format!(
                "ratings: got none, expected at least one in {low}..={high}"
            )));
        }
        Ok(())
    }
}

/// Net Promoter Score, -100..100: share of 9-10 minus share of 0-6, times 100.
///
/// Interval: Wald's for a difference of two multinomial shares after half an answer is added to promoters, half to
/// detractors and one to passives (Agresti and Min 2005, matched proportions), clipped to the scale.
///
/// ```
/// let nps = rasd::drivers::nps(&[10.0, 9.0, 8.0, 3.0])?;
/// assert_eq!(nps.value, 25.0);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] for a rating that is no whole number in 0..=10, or for none at all.
pub fn nps(ratings: &[f64]) -> Result<Estimate> {
    Scale::NPS.check(ratings)?;
    let n = ratings.len() as f64;
    let promoters = ratings.iter().filter(|r| **r >= 9.0).count() as f64;
    let detractors = ratings.iter().filter(|r| **r <= 6.0).count() as f64;
    let (up, down) = ((promoters + 0.5) / (n + 2.0), (detractors + 0.5) / (n + 2.0));
    let half = Z * ((up + down - (up - down).powi(2)) / (n + 2.0)).sqrt();
    Ok(Estimate {
        value: 100.0 * (promoters - detractors) / n,
        ci_low: (100.0 * (up - down - half)).max(-100.0),
        ci_high: (100.0 * (up - down + half)).min(100.0),
        n: ratings.len(),
    })
}

/// Customer satisfaction, 0..1: share of the two best answers of the scale, with Wilson's interval.
///
/// ```
/// use rasd::drivers::{Scale, csat};
/// assert_eq!(csat(&[5.0, 4.0, 3.0, 1.0], Scale::FIVE)?.value, 0.5);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] for a rating that is no whole number on the scale, or for none at all.
pub fn csat(ratings: &[f64], scale: Scale) -> Result<Estimate> {
    scale.check(ratings)?;
    let satisfied = ratings.iter().filter(|r| **r >= scale.high - 1.0).count();
    Ok(share(satisfied, ratings.len()))
}

/// Customer effort, on the scale itself: mean answer with Student's t interval, clipped to the scale. A single rating
/// has the whole scale for its interval.
///
/// ```
/// use rasd::drivers::{Scale, ces};
/// assert_eq!(ces(&[7.0, 5.0], Scale::SEVEN)?.value, 6.0);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] for a rating that is no whole number on the scale, or for none at all.
pub fn ces(ratings: &[f64], scale: Scale) -> Result<Estimate> {
    scale.check(ratings)?;
    let n = ratings.len() as f64;
    let value = ratings.iter().sum::<f64>() / n;
    let half = if ratings.len() == 1 {
        scale.high - scale.low
    } else {
        let variance = ratings.iter().map(|r| (r - value).powi(2)).sum::<f64>() / (n - 1.0);
        t_quantile(n - 1.0) * (variance / n).sqrt()
    };
    Ok(Estimate {
        value,
        ci_low: (value - half).max(scale.low),
        ci_high: (value + half).min(scale.high),
        n: ratings.len(),
    })
}

/// Share of `n` rows, 0..1, with Wilson's 1927 score interval; of no rows, 0 within 0..1.
///
/// ```
/// assert_eq!(rasd::drivers::share(0, 20).ci_low, 0.0);
/// ```
pub fn share(n_with: usize, n: usize) -> Estimate {
    if n == 0 {
        return Estimate {
            value: 0.0,
            ci_low: 0.0,
            ci_high: 1.0,
            n,
        };
    }
    let rows = n as f64;
    let value = n_with.min(n) as f64 / rows;
    let middle = (value + Z * Z / (2.0 * rows)) / (1.0 + Z * Z / rows);
    let half = Z * (value * (1.0 - value) / rows + Z * Z / (4.0 * rows * rows)).sqrt() / (1.0 + Z * Z / rows);
    // The interval touches 0 or 1 exactly there; rounding must not push it past the value.
    let ci_low = if n_with == 0 {
        0.0
    } else {
        (middle - half).max(0.0)
    };
    let ci_high = if n_with >= n {
        1.0
    } else {
        (middle + half).min(1.0)
    };
    Estimate {
        value,
        ci_low,
        ci_high,
        n,
    }
}
