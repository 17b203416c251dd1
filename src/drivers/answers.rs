//! Ratings with who gave them, brought into an order of their own.

use super::index::Scale;
use crate::error::{Error, Result};

/// Ratings of a survey, one row each, and what is known of each row.
///
/// ```
/// use rasd::drivers::Answers;
/// let answers = Answers { ratings: &[Some(9.0), None, Some(2.0)], ..Answers::default() };
/// assert!(answers.customers.is_empty());
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Answers<'a> {
    /// The ratings; `None` where a row has none.
    pub ratings: &'a [Option<f64>],
    /// The scale, which decides what `impact` counts; without one it counts rating points.
    pub scale: Option<Scale>,
    /// Who wrote each row, any number that tells customers apart; `None` for a customer of one row. Empty when nobody
    /// is known.
    pub customers: &'a [Option<u64>],
    /// How many rows of the population each row stands for. Empty when all count alike.
    pub weights: &'a [f64],
    /// Seed of the bootstrap.
    pub seed: u64,
}

/// A customer's number for [`Answers::customers`]: FNV-1a of the name (Fowler, Noll, Vo 1991), 64 bits.
///
/// ```
/// assert_eq!(rasd::drivers::customer_key("a"), 0xaf63_dc4c_8601_ec8c);
/// ```
pub fn customer_key(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A rated row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rated {
    pub rating: f64,
    /// What the row adds to the index: 100, 0 or -100 on the NPS.
    pub index: f64,
    pub weight: f64,
    /// Position of its customer in [`Sample::keys`].
    pub customer: usize,
    /// The causes the row holds, ascending.
    pub causes: Vec<u32>,
}

/// The rated rows, in an order that depends on what they hold alone: sums come out the same to the bit however the
/// file was sorted.
pub(super) struct Sample {
    pub rows: Vec<Rated>,
    /// What the bootstrap draws a customer's count by.
    pub keys: Vec<u64>,
    pub n_causes: usize,
    pub seed: u64,
}

impl Answers<'_> {
    /// # Errors
    /// [`Error::InvalidInput`] when a member is no row, a rating is not finite, a weight is not above 0, or a column has
    /// another length than the ratings.
    pub(super) fn sample(&self, members: &[Vec<usize>]) -> Result<Sample> {
        let n = self.ratings.len();
        self.check()?;
        let mut causes: Vec<Vec<u32>> = vec![Vec::new(); n];
        for (cause, rows) in members.iter().enumerate() {
            for &row in rows {
                let Some(held) = causes.get_mut(row) else {
                    return Err(Error::invalid_input(format!(
                        "cause {cause}: row {row}, expected a row below {n}"
                    )));
                };
                // Members come by cause, so a repeated row stands last.
                if held.last() != Some(&(cause as u32)) {
                    held.push(cause as u32);
                }
            }
        }
        causes.iter_mut().for_each(|held| {
            held.sort_unstable();
            held.dedup();
        });
        let mut rows: Vec<(Option<u64>, Rated)> = self
            .ratings
            .iter()
            .zip(causes)
            .enumerate()
            .filter_map(|(row, (rating, causes))| {
                let rating = (*rating)?;
                let index = self.scale.map_or(rating, |scale| scale.points(rating));
                let weight = self.weights.get(row).copied().unwrap_or(1.0);
                let customer = self.customers.get(row).copied().flatten();
                Some((customer, Rated { rating, index, weight, customer: 0, causes }))
            })
            .collect();
        rows.sort_by(|(a, x), (b, y)| {
            let by_row = x.rating.total_cmp(&y.rating).then(x.weight.total_cmp(&y.weight));
            by_row.then_with(|| x.causes.cmp(&y.causes)).then(a.cmp(b))
        });
        let (keys, rows) = number_customers(rows);
        Ok(Sample { rows, keys, n_causes: members.len(), seed: self.seed })
    }

    /// Weighted mean of the ratings, 0 for none.
    ///
    /// ```
    /// use rasd::drivers::Answers;
    /// let answers = Answers { ratings: &[Some(1.0), None, Some(4.0)], weights: &[2.0, 9.0, 1.0], ..Answers::default() };
    /// assert_eq!(answers.mean(), 2.0);
    /// ```
    pub fn mean(&self) -> f64 {
        let weight = |row: usize| self.weights.get(row).copied().unwrap_or(1.0);
        let mut rated: Vec<(f64, f64)> = self
            .ratings
            .iter()
            .enumerate()
            .filter_map(|(row, rating)| Some(((*rating)?, weight(row))))
            .collect();
        rated.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let total: f64 = rated.iter().map(|(_, weight)| weight).sum();
        if total > 0.0 {
            rated.iter().map(|(rating, weight)| rating * weight).sum::<f64>() / total
        } else {
            0.0
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        let n = self.ratings.len();
        let rating = self
            .ratings
            .iter()
            .enumerate()
            .find_map(|(i, r)| (*r).map(|r| (i, r)).filter(|(_, r)| !r.is_finite()));
        if let Some((i, got)) = rating {
            let message = format!("rating {i}: got {got}, expected a finite number or none");
            return Err(Error::invalid_input(message));
        }
        for (name, got) in [("customers", self.customers.len()), ("weights", self.weights.len())] {
            if got != 0 && got != n {
                return Err(Error::invalid_input(format!(
                    "{name}: {got} values, expected {n} as ratings has"
                )));
            }
        }
        match self.weights.iter().enumerate().find(|(_, w)| !(w.is_finite() && **w > 0.0)) {
            None => Ok(()),
            Some((i, got)) => {
                Err(Error::invalid_input(format!("weight {i}: got {got}, expected a number above 0")))
            }
        }
    }
}

/// Customers in the order of their keys; a row without one is a customer of its own, keyed by its place in the order.
fn number_customers(rows: Vec<(Option<u64>, Rated)>) -> (Vec<u64>, Vec<Rated>) {
    let mut known: Vec<u64> = rows.iter().filter_map(|(customer, _)| *customer).collect();
    known.sort_unstable();
    known.dedup();
    // Far from the keys of known customers, which may be small numbers.
    const ALONE: u64 = 0xA1B2_C3D4_0000_0000;
    let n_known = known.len();
    let mut keys = known;
    let mut numbered = Vec::with_capacity(rows.len());
    for (customer, mut row) in rows {
        row.customer = match customer {
            Some(key) => keys[..n_known].partition_point(|&k| k < key),
            None => {
                keys.push(ALONE + (keys.len() - n_known) as u64);
                keys.len() - 1
            }
        };
        numbered.push(row);
    }
    (keys, numbered)
}

impl Sample {
    /// Total weight of each customer over `rows`, by number.
    pub fn totals<'a>(&self, rows: impl Iterator<Item = &'a Rated>) -> Vec<f64> {
        let mut totals = vec![0.0; self.keys.len()];
        rows.for_each(|row| totals[row.customer] += row.weight);
        totals
    }
}

/// Kish 1965: how many customers of equal weight would say as much, `(sum w)^2 / sum w^2` over customers' total weights.
pub(super) fn effective_n(totals: impl Iterator<Item = f64>) -> f64 {
    let (sum, squares) = totals.fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}
