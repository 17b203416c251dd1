//! Whether a difference between segments turns round inside another segment (Simpson 1951).

use serde::{Deserialize, Serialize};

use super::answers::Answers;
use super::effect::FEWEST;
use super::interval::mean_and_variance;
use crate::error::{Error, Result};

/// A difference that turns.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Turned {
    /// Mean rating of the group minus mean rating of the rest.
    pub overall: f64,
    /// The same inside the other segment's values, averaged with weights `n1 n0 / (n1 + n0)` (Cochran 1954).
    pub within: f64,
}

/// The two differences when they point in opposite ways, each further from 0 than its own standard error; `None`
/// where nothing turns.
///
/// `strata` names the value of the other segment for each row, `None` where it has none; such rows are left out.
/// Values with fewer than two ratings on a side take no part.
///
/// ```
/// use rasd::drivers::{Answers, turned};
/// // Charig et al. 1986: open surgery of kidney stones cures 93 % of small and 73 % of large stones, puncture 87 %
/// // and 69 %, yet puncture does better over all, 83 % against 78 %, because it got the small ones.
/// let arms = [(true, 0, 81, 87), (true, 1, 192, 263), (false, 0, 234, 270), (false, 1, 55, 80)];
/// let (mut ratings, mut open, mut size) = (Vec::new(), Vec::new(), Vec::new());
/// for (is_open, stone, cured, n) in arms {
///     for i in 0..n {
///         open.extend(is_open.then_some(ratings.len()));
///         size.push(Some(stone));
///         ratings.push(Some(if i < cured { 1.0 } else { 0.0 }));
///     }
/// }
/// let answers = Answers { ratings: &ratings, ..Answers::default() };
/// let found = turned(&answers, &open, &size)?.unwrap();
/// assert!(found.overall < -0.04 && found.within > 0.05);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// As [`super::effects`]; also when `strata` has another length than the ratings.
pub fn turned(answers: &Answers, members: &[usize], strata: &[Option<usize>]) -> Result<Option<Turned>> {
    answers.check()?;
    let n = answers.ratings.len();
    if strata.len() != n {
        return Err(Error::invalid_input(format!(
            "strata: {} values, expected {n} as ratings has",
            strata.len()
        )));
    }
    let mut inside = vec![false; n];
    for &row in members {
        match inside.get_mut(row) {
            Some(flag) => *flag = true,
            None => return Err(Error::invalid_input(format!("row {row}, expected a row below {n}"))),
        }
    }
    let n_strata = strata.iter().flatten().max().map_or(0, |highest| highest + 1);
    let mut parts = vec![[Side::default(), Side::default()]; n_strata];
    let mut whole = [Side::default(), Side::default()];
    for (row, stratum) in strata.iter().enumerate() {
        let (Some(rating), Some(stratum)) = (answers.ratings[row], stratum) else { continue };
        let weight = answers.weights.get(row).copied().unwrap_or(1.0);
        let side = usize::from(!inside[row]);
        parts[*stratum][side].rows.push((rating, weight));
        whole[side].rows.push((rating, weight));
    }
    if whole.iter().any(|side| side.rows.len() < FEWEST) {
        return Ok(None);
    }
    let differences: Vec<(f64, f64, f64)> = parts
        .iter()
        .filter(|sides| sides.iter().all(|side| side.rows.len() >= 2))
        .map(|sides| {
            let [a, b] = [sides[0].weight(), sides[1].weight()];
            let (difference, variance) = difference(sides);
            (a * b / (a + b), difference, variance)
        })
        .collect();
    if differences.len() < 2 {
        return Ok(None);
    }
    let total: f64 = differences.iter().map(|(h, _, _)| h).sum();
    let within = differences.iter().map(|(h, d, _)| h * d).sum::<f64>() / total;
    let variance = differences.iter().map(|(h, _, v)| h * h * v).sum::<f64>() / (total * total);
    let (overall, of_overall) = difference(&whole);
    let opposite = overall * within < 0.0;
    let clear = overall * overall > of_overall && within * within > variance;
    Ok((opposite && clear).then_some(Turned { overall, within }))
}

#[derive(Clone, Default)]
struct Side {
    /// Rating and weight.
    rows: Vec<(f64, f64)>,
}

impl Side {
    fn weight(&self) -> f64 {
        self.rows.iter().map(|(_, weight)| weight).sum()
    }

    /// Weighted mean, and its variance over Kish's effective number of rows.
    fn mean(&self) -> (f64, f64) {
        let weight = self.weight();
        let weighted: Vec<f64> = self.rows.iter().map(|(rating, weight)| rating * weight).collect();
        let ratings: Vec<f64> = self.rows.iter().map(|(rating, _)| *rating).collect();
        let squares: f64 = self.rows.iter().map(|(_, weight)| weight * weight).sum();
        let (sum, _) = mean_and_variance(&weighted);
        let (_, variance) = mean_and_variance(&ratings);
        (sum * self.rows.len() as f64 / weight, variance * squares / (weight * weight))
    }
}

fn difference(sides: &[Side; 2]) -> (f64, f64) {
    let [(a, of_a), (b, of_b)] = [sides[0].mean(), sides[1].mean()];
    (a - b, of_a + of_b)
}
