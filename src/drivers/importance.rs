//! How much of the rating's variation each cause accounts for.

use serde::{Deserialize, Serialize};

use super::adjusted::Design;
use super::answers::Answers;
use super::linear::{Matrix, dot};
use crate::error::Result;

/// Up to this many causes every order of entry is averaged; beyond, relative weights stand in.
const MOST_SHAPLEY: usize = 12;

/// Shares of the explained variation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Importance {
    /// Share of each cause in `r_squared`, 0..1, summing to 1, in the order of `members`; `None` where fewer than five
    /// rated rows hold the cause or lack it. All 0 when nothing is explained.
    pub shares: Vec<Option<f64>>,
    /// Share of the variance of ratings that the causes explain together, 0..1.
    pub r_squared: f64,
}

/// Importance of each cause for the rating.
///
/// Up to twelve causes: what a cause adds to R squared, averaged over all orders of entry (Lindeman, Merenda and Gold
/// 1980, the Shapley value; as `relaimpo`'s `lmg`). Above: Johnson's 2000 relative weights, which need no orders and
/// come close.
///
/// ```
/// use rasd::drivers::{Answers, importance};
/// let ratings: Vec<Option<f64>> = (0..40).map(|i| Some(if i % 2 == 0 { 2.0 } else { 5.0 })).collect();
/// let answers = Answers { ratings: &ratings, ..Answers::default() };
/// let found = importance(&answers, &[(0..40).step_by(2).collect(), (0..20).collect()])?;
/// assert!((found.r_squared - 1.0).abs() < 1e-9 && found.shares[0].unwrap() > 0.99);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// As [`super::effects`].
pub fn importance(answers: &Answers, members: &[Vec<usize>]) -> Result<Importance> {
    let sample = answers.sample(members)?;
    let design = Design::of(&sample);
    let (among, with) = design.correlations();
    let parts =
        if among.n <= MOST_SHAPLEY { shapley(&among, &with) } else { relative_weights(&among, &with) };
    let r_squared: f64 = parts.iter().sum();
    let mut shares = vec![None; members.len()];
    for (&cause, part) in design.columns.iter().zip(&parts) {
        shares[cause] = Some(if r_squared > 0.0 { part / r_squared } else { 0.0 });
    }
    Ok(Importance { shares, r_squared })
}

/// Average gain of R squared over all orders of entry; the parts sum to R squared.
fn shapley(among: &Matrix, with: &[f64]) -> Vec<f64> {
    let k = among.n;
    let explained: Vec<f64> = (0..1usize << k)
        .map(|set| {
            let mut kept: Vec<usize> = (0..k).filter(|i| set >> i & 1 == 1).collect();
            // A column that repeats others adds nothing: the last of a collinear set is left out.
            loop {
                let right: Vec<f64> = kept.iter().map(|&i| with[i]).collect();
                match among.part(&kept).inverse() {
                    Some(inverse) => break dot(&right, &inverse.times(&right)),
                    None => drop(kept.pop()),
                }
            }
        })
        .collect();
    // An order that puts `i` after exactly `set` has probability |set|! (k - 1 - |set|)! / k!.
    let mut chance = vec![1.0 / k.max(1) as f64; k];
    for size in 1..k {
        chance[size] = chance[size - 1] * size as f64 / (k - size) as f64;
    }
    (0..k)
        .map(|i| {
            let without = (0..1usize << k).filter(|set| set >> i & 1 == 0);
            without
                .map(|set| chance[set.count_ones() as usize] * (explained[set | 1 << i] - explained[set]))
                .sum()
        })
        .collect()
}

/// Johnson 2000: regress on the nearest orthogonal columns and share their part out by how the causes load on them.
fn relative_weights(among: &Matrix, with: &[f64]) -> Vec<f64> {
    let k = among.n;
    let (values, vectors) = among.eigen();
    let column = |m: usize| -> Vec<f64> { (0..k).map(|i| vectors.at(i, m)).collect() };
    let columns: Vec<Vec<f64>> = (0..k).map(column).collect();
    let roots: Vec<f64> = values.iter().map(|value| value.max(0.0).sqrt()).collect();
    // A direction that collinear causes leave empty takes no part.
    let along: Vec<f64> =
        (0..k).map(|m| if roots[m] > 1e-5 { dot(&columns[m], with) / roots[m] } else { 0.0 }).collect();
    // loadings = V sqrt(D) V', coefficients on the orthogonal columns = V D^-1/2 V' r.
    let coefficient: Vec<f64> = (0..k).map(|j| (0..k).map(|m| columns[m][j] * along[m]).sum()).collect();
    let loading =
        |i: usize, j: usize| -> f64 { (0..k).map(|m| columns[m][i] * roots[m] * columns[m][j]).sum() };
    (0..k).map(|i| (0..k).map(|j| (loading(i, j) * coefficient[j]).powi(2)).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stack loss (Brownlee 1965), as statsmodels 0.15 ships it: R squared of `sm.OLS` on every subset, averaged over
    /// the orders; and `numpy.linalg.eigh` of the correlations for the relative weights.
    #[test]
    fn stack_loss_by_both_roads() {
        let cells = [(0, 1, 0.78185233), (0, 2, 0.50014287), (1, 2, 0.39093954)];
        let mut among = Matrix::zeros(3);
        (0..3).for_each(|i| among.add(i, i, 1.0));
        for (i, j, r) in cells {
            among.add(i, j, r);
            among.add(j, i, r);
        }
        let with = [0.91966345, 0.8755044, 0.39982959];
        let near = |got: Vec<f64>, expected: [f64; 3]| {
            assert!(got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{got:?}");
        };
        near(shapley(&among, &with), [0.46847838, 0.38874977, 0.05634876]);
        near(relative_weights(&among, &with), [0.46127951, 0.39642441, 0.05587299]);
    }
}
