//! NPS, CSAT and CES as the field defines them.

use super::Estimate;
use super::interval::{Z, mean_and_variance, t_quantile};
use crate::error::{Error, Result};

/// The scale of a rating.
///
/// ```
/// assert_eq!(rasd::Scale::Nps.bounds(), (0.0, 10.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// 0 to 10, likelihood to recommend.
    Nps,
    /// 1 to 5, satisfaction or stars.
    Csat,
    /// 1 to 7, ease.
    Ces,
    /// 1 to 5, ease.
    Ces5,
    /// 0 to 100, a share or a mark.
    Percent,
}

impl Scale {
    /// Worst and best answer.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Self::Nps => (0.0, 10.0),
            Self::Csat => (1.0, 5.0),
            Self::Ces => (1.0, 7.0),
            Self::Ces5 => (1.0, 5.0),
            Self::Percent => (0.0, 100.0),
        }
    }

    /// The name of its index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nps => "NPS",
            Self::Csat => "CSAT",
            Self::Ces | Self::Ces5 => "CES",
            Self::Percent => "Mean",
        }
    }

    /// A scale by name, any case.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for another name.
    pub fn from_name(name: &str) -> Result<Self> {
        match name.to_lowercase().as_str() {
            "nps" => Ok(Self::Nps),
            "csat" => Ok(Self::Csat),
            "ces" => Ok(Self::Ces),
            "ces5" => Ok(Self::Ces5),
            "percent" => Ok(Self::Percent),
            _ => {
                Err(Error::invalid_input(format!("scale `{name}`, expected nps, csat, ces, ces5 or percent")))
            }
        }
    }

    /// The index of this scale's ratings: [`nps`], [`csat`], [`ces`], or the mean as [`ces`] takes it.
    ///
    /// ```
    /// assert_eq!(rasd::Scale::Percent.estimate(&[80.0, 60.0])?.value, 70.0);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    ///
    /// # Errors
    /// As those.
    pub fn estimate(self, ratings: &[f64]) -> Result<Estimate> {
        match self {
            Self::Nps => nps(ratings),
            Self::Csat => csat(ratings),
            Self::Ces | Self::Ces5 | Self::Percent => self.mean(ratings),
        }
    }

    /// Mean with Student's t interval, clipped to the scale.
    fn mean(self, ratings: &[f64]) -> Result<Estimate> {
        self.check(ratings)?;
        let (low, high) = self.bounds();
        let n = ratings.len() as f64;
        let (value, variance) = mean_and_variance(ratings);
        let half = if ratings.len() == 1 { high - low } else { t_quantile(n - 1.0) * (variance / n).sqrt() };
        Ok(Estimate {
            value,
            ci_low: (value - half).max(low),
            ci_high: (value + half).min(high),
            n: ratings.len(),
        })
    }

    /// What one answer of `rating` adds to the index: 100, 0 or -100 to NPS, 1 or 0 to CSAT, itself to a mean.
    ///
    /// ```
    /// assert_eq!(rasd::Scale::Nps.points(6.0), -100.0);
    /// assert_eq!(rasd::Scale::Csat.points(4.0), 1.0);
    /// ```
    pub fn points(self, rating: f64) -> f64 {
        match self {
            Self::Nps if rating >= 9.0 => 100.0,
            Self::Nps if rating <= 6.0 => -100.0,
            Self::Nps => 0.0,
            Self::Csat => f64::from(rating >= 4.0),
            Self::Ces | Self::Ces5 | Self::Percent => rating,
        }
    }

    /// Worst and best value of the index.
    ///
    /// ```
    /// assert_eq!(rasd::Scale::Nps.index_bounds(), (-100.0, 100.0));
    /// ```
    pub fn index_bounds(self) -> (f64, f64) {
        let (low, high) = self.bounds();
        (self.points(low), self.points(high))
    }

    /// Every rating must lie on the scale (half stars do), and there must be one.
    fn check(self, ratings: &[f64]) -> Result<()> {
        let (low, high) = self.bounds();
        if let Some((i, got)) = ratings.iter().enumerate().find(|(_, r)| !(low..=high).contains(*r)) {
            let message = format!("rating {i}: got {got}, expected a number in {low}..={high}");
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
/// The score is Reichheld's (2003, "The one number you need to grow"). Interval: adjusted Wald after three answers are
/// added, a quarter of them to promoters, a quarter to detractors and half to passives (Rocks 2016, "Interval estimation
/// for the Net Promoter Score"), clipped to the scale.
///
/// ```
/// let nps = rasd::drivers::nps(&[10.0, 9.0, 8.0, 3.0])?;
/// assert_eq!(nps.value, 25.0);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] for a rating that is not in 0..=10, or for none at all.
pub fn nps(ratings: &[f64]) -> Result<Estimate> {
    Scale::Nps.check(ratings)?;
    let n = ratings.len() as f64;
    let promoters = ratings.iter().filter(|r| **r >= 9.0).count() as f64;
    let detractors = ratings.iter().filter(|r| **r <= 6.0).count() as f64;
    let (up, down) = ((promoters + 0.75) / (n + 3.0), (detractors + 0.75) / (n + 3.0));
    let half = Z * ((up + down - (up - down).powi(2)) / (n + 3.0)).sqrt();
    Ok(Estimate {
        value: 100.0 * (promoters - detractors) / n,
        ci_low: (100.0 * (up - down - half)).max(-100.0),
        ci_high: (100.0 * (up - down + half)).min(100.0),
        n: ratings.len(),
    })
}

/// Customer satisfaction, 0..1: share of ratings 1..=5 that are 4 or better, with Wilson's interval.
///
/// ```
/// assert_eq!(rasd::drivers::csat(&[5.0, 4.0, 3.0, 1.0])?.value, 0.5);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] for a rating off the scale, or for none at all.
pub fn csat(ratings: &[f64]) -> Result<Estimate> {
    Scale::Csat.check(ratings)?;
    let satisfied = ratings.iter().filter(|r| **r >= 4.0).count();
    Ok(share(satisfied, ratings.len()))
}

/// Customer effort, 1..=7: mean answer with Student's t interval, clipped to the scale. A single rating
/// has the whole scale for its interval.
///
/// ```
/// assert_eq!(rasd::drivers::ces(&[7.0, 5.0])?.value, 6.0);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] for a rating off the scale, or for none at all.
pub fn ces(ratings: &[f64]) -> Result<Estimate> {
    Scale::Ces.mean(ratings)
}

/// Share of `n` rows, 0..1, with Wilson's 1927 score interval; of no rows, 0 within 0..1.
///
/// ```
/// assert_eq!(rasd::drivers::share(0, 20).ci_low, 0.0);
/// ```
pub fn share(n_with: usize, n: usize) -> Estimate {
    if n == 0 {
        return Estimate { value: 0.0, ci_low: 0.0, ci_high: 1.0, n };
    }
    let rows = n as f64;
    let value = n_with.min(n) as f64 / rows;
    let middle = (value + Z * Z / (2.0 * rows)) / (1.0 + Z * Z / rows);
    let half = Z * (value * (1.0 - value) / rows + Z * Z / (4.0 * rows * rows)).sqrt() / (1.0 + Z * Z / rows);
    // The interval touches 0 or 1 exactly there; rounding must not push it past the value.
    let ci_low = if n_with == 0 { 0.0 } else { (middle - half).max(0.0) };
    let ci_high = if n_with >= n { 1.0 } else { (middle + half).min(1.0) };
    Estimate { value, ci_low, ci_high, n }
}
