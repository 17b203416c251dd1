//! NPS, CSAT and CES as the field defines them.

use std::collections::BTreeMap;

use super::Estimate;
use super::answers::{Answers, Sample, effective_n};
use super::interval::{Z, t_quantile};
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

    /// The index of this scale's ratings: [`nps`], [`csat`], or the mean as [`ces`] takes it. Where answers carry weights or customers come
    /// twice, shares and means are weighted and the interval is that of Kish's (1965) effective number of customers.
    ///
    /// ```
    /// use rasd::{Scale, drivers::Answers};
    /// // The first row stands for three customers like it.
    /// let answers = Answers { ratings: &[Some(10.0), Some(0.0)], weights: &[3.0, 1.0], ..Answers::default() };
    /// assert_eq!(Scale::Nps.estimate(&answers)?.value, 50.0);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for a rating off the scale, for none at all, or as [`super::effects`].
    pub fn estimate(self, answers: &Answers) -> Result<Estimate> {
        // First, so that a rating that is no number is named with the scale.
        self.check(answers.ratings.iter().copied())?;
        let sample = answers.sample(&[])?;
        if sample.rows.is_empty() {
            let (low, high) = self.bounds();
            let message = format!("ratings: got none, expected at least one in {low}..={high}");
            return Err(Error::invalid_input(message));
        }
        let effective = effective_n(sample.totals(sample.rows.iter()).into_iter());
        let n = sample.rows.len();
        let total: f64 = sample.rows.iter().map(|row| row.weight).sum();
        let weight_of = |holds: &dyn Fn(f64) -> bool| -> f64 {
            sample.rows.iter().filter(|row| holds(row.rating)).map(|row| row.weight).sum()
        };
        Ok(match self {
            Self::Nps => nps_of(weight_of(&|r| r >= 9.0), weight_of(&|r| r <= 6.0), total, effective, n),
            Self::Csat => Estimate { n, ..wilson(weight_of(&|r| self.is_satisfied(r)) / total, effective) },
            Self::Ces | Self::Ces5 | Self::Percent => self.mean(&sample, total, effective),
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
            Self::Csat => f64::from(self.is_satisfied(rating)),
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

    /// 9 and 10 on the NPS, 4 and 5 on CSAT and short CES, 5 to 7 on CES, from 80 on of 100.
    pub(super) fn is_satisfied(self, rating: f64) -> bool {
        rating
            >= match self {
                Self::Nps => 9.0,
                Self::Csat | Self::Ces5 => 4.0,
                Self::Ces => 5.0,
                Self::Percent => 80.0,
            }
    }

    /// Every rating must lie on the scale (half stars do).
    pub(super) fn check(self, ratings: impl Iterator<Item = Option<f64>>) -> Result<()> {
        let (low, high) = self.bounds();
        let off = |rating: &f64| !(low..=high).contains(rating);
        match ratings.enumerate().find_map(|(i, rating)| rating.filter(off).map(|got| (i, got))) {
            None => Ok(()),
            Some((i, got)) => {
                let message = format!("rating {i}: got {got}, expected a number in {low}..={high}");
                Err(Error::invalid_input(message)
                    .with_hint("leave missing ratings out; check which scale the survey used"))
            }
        }
    }

    /// Weighted mean with Student's t interval, clipped to the scale; the whole scale for one customer.
    fn mean(self, sample: &Sample, total: f64, effective: f64) -> Estimate {
        let (low, high) = self.bounds();
        let value = sample.rows.iter().map(|row| row.weight * row.rating).sum::<f64>() / total;
        let squares: f64 = sample.rows.iter().map(|row| row.weight * (row.rating - value).powi(2)).sum();
        let df = effective - 1.0;
        let half = if df < 0.5 { high - low } else { t_quantile(df) * (squares / total / df).sqrt() };
        let (ci_low, ci_high) = ((value - half).max(low), (value + half).min(high));
        Estimate { value, ci_low, ci_high, n: sample.rows.len() }
    }
}

fn unweighted(scale: Scale, ratings: &[f64]) -> Result<Estimate> {
    let ratings: Vec<Option<f64>> = ratings.iter().copied().map(Some).collect();
    scale.estimate(&Answers { ratings: &ratings, ..Answers::default() })
}

fn nps_of(promoters: f64, detractors: f64, total: f64, effective: f64, n: usize) -> Estimate {
    let spread = |weight: f64| (weight / total * effective + 0.75) / (effective + 3.0);
    let (up, down) = (spread(promoters), spread(detractors));
    let half = Z * ((up + down - (up - down).powi(2)) / (effective + 3.0)).sqrt();
    Estimate {
        value: 100.0 * (promoters - detractors) / total,
        ci_low: (100.0 * (up - down - half)).max(-100.0),
        ci_high: (100.0 * (up - down + half)).min(100.0),
        n,
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
    unweighted(Scale::Nps, ratings)
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
    unweighted(Scale::Csat, ratings)
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
    unweighted(Scale::Ces, ratings)
}

/// Share of `n` rows, 0..1, with Wilson's 1927 score interval; of no rows, 0 within 0..1.
///
/// ```
/// assert_eq!(rasd::drivers::share(0, 20).ci_low, 0.0);
/// ```
pub fn share(n_with: usize, n: usize) -> Estimate {
    wilson(if n == 0 { 0.0 } else { n_with.min(n) as f64 / n as f64 }, n as f64)
}

/// [`share`] of rows in which a customer counts once: `with` and `all` are what [`customer_weights`] gives the rows
/// that say it and all rows. A customer who writes the same ten times is one, and half of one who writes two things each
/// time goes to either.
///
/// ```
/// use rasd::drivers::{customer_weights, share_of_customers};
/// // One customer wrote the first three rows, of which the last two say it; nobody else does.
/// let weights = customer_weights(&[Some(7), Some(7), Some(7), None]);
/// let share = share_of_customers(&weights[1..3], &weights);
/// assert!((share.value - 1.0 / 3.0).abs() < 1e-12 && share.n == 2);
/// ```
pub fn share_of_customers(with: &[f64], all: &[f64]) -> Estimate {
    // Sums in an order that does not follow the rows.
    let sum = |weights: &[f64]| {
        let mut sorted = weights.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.iter().sum::<f64>()
    };
    // The weights of a customer add up to one; rounding must not show.
    let n = sum(all).round();
    wilson(if n > 0.0 { (sum(with) / n).min(1.0) } else { 0.0 }, n)
}

/// What each row counts where a customer counts once: one over the number of its customer's rows, 1 for `None`.
///
/// ```
/// assert_eq!(rasd::drivers::customer_weights(&[Some(1), Some(1), Some(2), None]), [0.5, 0.5, 1.0, 1.0]);
/// ```
pub fn customer_weights(customers: &[Option<u64>]) -> Vec<f64> {
    let mut rows: BTreeMap<u64, f64> = BTreeMap::new();
    customers.iter().flatten().for_each(|&customer| *rows.entry(customer).or_default() += 1.0);
    customers.iter().map(|customer| customer.map_or(1.0, |customer| 1.0 / rows[&customer])).collect()
}

/// Wilson's 1927 score interval of a share seen on `n` customers, which need not be whole.
fn wilson(value: f64, n: f64) -> Estimate {
    if n <= 0.0 {
        return Estimate { value, ci_low: 0.0, ci_high: 1.0, n: 0 };
    }
    let middle = (value + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z * (value * (1.0 - value) / n + Z * Z / (4.0 * n * n)).sqrt() / (1.0 + Z * Z / n);
    // The interval touches 0 or 1 exactly there; rounding must not push it past the value.
    let ci_low = if value <= 0.0 { 0.0 } else { (middle - half).max(0.0) };
    let ci_high = if value >= 1.0 { 1.0 } else { (middle + half).min(1.0) };
    Estimate { value, ci_low, ci_high, n: n as usize }
}
