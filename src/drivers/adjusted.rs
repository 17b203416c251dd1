//! The difference a cause makes to the rating with the other causes held equal.

use serde::{Deserialize, Serialize};

use super::answers::{Answers, Sample};
use super::effect::{FEWEST, verdict};
use super::interval::{t_quantile, two_sided_p};
use super::linear::{Matrix, dot};
use super::multiplicity::benjamini_hochberg;
use crate::error::Result;

/// Marquardt 1970: shrink until no coefficient's variance is inflated more than tenfold by the other columns.
const MOST_INFLATION: f64 = 10.0;
const LEAST_RIDGE: f64 = 1e-4;

impl Adjusted {
    /// As [`super::Effect::verdict`].
    pub fn verdict(&self) -> &'static str {
        verdict(self.q_value, self.ci_low, self.ci_high)
    }
}

/// Association of one cause with the rating, adjusted for the other causes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Adjusted {
    /// Points of the rating scale, with the other causes held equal.
    pub effect: f64,
    /// Lower end of the 95 % interval.
    pub ci_low: f64,
    /// Upper end of the 95 % interval.
    pub ci_high: f64,
    /// Robust standard error (HC3).
    pub error: f64,
    /// Two-sided, Student's t test of no relation given the other causes.
    pub p_value: f64,
    /// The same after Benjamini and Hochberg over all causes.
    pub q_value: f64,
    /// Causes so often come together that the estimates were shrunk (ridge).
    pub is_ridge: bool,
}

/// Adjusted effect of each cause, in the order of `members`; `None` where fewer than five rated rows hold the cause or
/// lack it, or the survey has fewer than five customers more than causes.
///
/// Least squares of the rating on all causes at once, weighted by `answers.weights`; standard errors HC3 (MacKinnon
/// and White 1985), one customer's rows summed before squaring; intervals by Student's t with Satterthwaite's degrees of
/// freedom of that estimate (Bell and McCaffrey 2002, the customers' parts taken as independent), which are few for a
/// rare cause however long the survey. The test takes one scatter for all rows, as [`super::effects`] does, times the
/// design effect of repeated customers. Where causes are so collinear that a variance is
/// inflated more than tenfold, ridge (Hoerl and Kennard 1970) with the smallest penalty of 1e-4, 2e-4, 4e-4 ... that
/// brings every inflation to ten or below (Marquardt 1970).
///
/// ```
/// use rasd::drivers::{Answers, adjusted_effects};
/// // Two causes that come together in two of five rows: 8, minus 3 for the first, minus 2 for the second.
/// let rows: Vec<(bool, bool)> = [(false, false), (true, false), (false, true), (true, true), (true, true)].repeat(6);
/// let ratings: Vec<Option<f64>> =
///     rows.iter().map(|&(a, b)| Some(8.0 - 3.0 * f64::from(a) - 2.0 * f64::from(b))).collect();
/// let holds = |pick: fn(&(bool, bool)) -> bool| (0..30).filter(|&i| pick(&rows[i])).collect::<Vec<usize>>();
/// let answers = Answers { ratings: &ratings, ..Answers::default() };
/// let found = adjusted_effects(&answers, &[holds(|r| r.0), holds(|r| r.1)])?;
/// assert!((found[0].unwrap().effect + 3.0).abs() < 1e-9 && (found[1].unwrap().effect + 2.0).abs() < 1e-9);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// As [`super::effects`].
pub fn adjusted_effects(answers: &Answers, members: &[Vec<usize>]) -> Result<Vec<Option<Adjusted>>> {
    let sample = answers.sample(members)?;
    let design = Design::of(&sample);
    let mut found = vec![None; members.len()];
    let df = sample.keys.len() as f64 - design.columns.len() as f64 - 1.0;
    if df >= FEWEST as f64
        && !design.columns.is_empty()
        && let Some(fit) = design.fit()
    {
        let errors = design.errors(&sample, &fit);
        for (position, &cause) in design.columns.iter().enumerate() {
            let effect = fit.coefficients[position + 1];
            let Errors { robust: error, df: own_df, under_null } = errors[position + 1];
            let t = t_quantile(own_df.min(df));
            if error.is_finite() {
                // No scatter at all is a fit without doubt, unless there is nothing to doubt.
                let p_value = if under_null > 0.0 {
                    two_sided_p(effect / under_null, df)
                } else {
                    f64::from(effect == 0.0)
                };
                let (ci_low, ci_high) = (effect - t * error, effect + t * error);
                let is_ridge = fit.is_ridge;
                let q_value = p_value;
                found[cause] = Some(Adjusted { effect, ci_low, ci_high, error, p_value, q_value, is_ridge });
            }
        }
    }
    let tested: Vec<f64> = found.iter().flatten().map(|effect: &Adjusted| effect.p_value).collect();
    for (effect, q) in found.iter_mut().flatten().zip(benjamini_hochberg(&tested)) {
        effect.q_value = q;
    }
    Ok(found)
}

/// Weighted sums of products of an intercept, the causes and the rating.
pub(super) struct Design {
    /// The causes that enter, by their position in `members`.
    pub columns: Vec<usize>,
    /// Column of each cause, the intercept being column 0.
    place: Vec<Option<usize>>,
    gram: Matrix,
    with_rating: Vec<f64>,
    rating_squares: f64,
}

struct Fit {
    coefficients: Vec<f64>,
    /// `(X'WX + penalty)^-1`.
    inverse: Matrix,
    is_ridge: bool,
}

impl Design {
    pub fn of(sample: &Sample) -> Self {
        let mut n_with = vec![0usize; sample.n_causes];
        sample.rows.iter().flat_map(|row| &row.causes).for_each(|&cause| n_with[cause as usize] += 1);
        let n = sample.rows.len();
        let enters = |cause: &usize| n_with[*cause] >= FEWEST && n - n_with[*cause] >= FEWEST;
        let columns: Vec<usize> = (0..sample.n_causes).filter(enters).collect();
        let mut place = vec![None; sample.n_causes];
        columns.iter().enumerate().for_each(|(position, &cause)| place[cause] = Some(position + 1));
        let mut gram = Matrix::zeros(columns.len() + 1);
        let mut with_rating = vec![0.0; columns.len() + 1];
        let mut rating_squares = 0.0;
        for row in &sample.rows {
            let held = held(&place, &row.causes);
            for &i in &held {
                held.iter().for_each(|&j| gram.add(i, j, row.weight));
                with_rating[i] += row.weight * row.rating;
            }
            rating_squares += row.weight * row.rating * row.rating;
        }
        Self { columns, place, gram, with_rating, rating_squares }
    }

    /// Correlations among the causes and of each cause with the rating; the latter 0 when the ratings do not vary.
    pub fn correlations(&self) -> (Matrix, Vec<f64>) {
        let k = self.columns.len();
        let total = self.gram.at(0, 0);
        let mean = |i: usize| self.gram.at(0, i) / total;
        let centred = |i: usize, j: usize| self.gram.at(i, j) - total * mean(i) * mean(j);
        let spread: Vec<f64> = (1..=k).map(|i| centred(i, i).sqrt()).collect();
        let mut among = Matrix::zeros(k);
        for i in 0..k {
            for j in 0..k {
                among.add(i, j, if i == j { 1.0 } else { centred(i + 1, j + 1) / (spread[i] * spread[j]) });
            }
        }
        let mean_rating = self.with_rating[0] / total;
        let varies = self.rating_squares - total * mean_rating * mean_rating;
        let with = (0..k).map(|i| {
            let product = self.with_rating[i + 1] - total * mean(i + 1) * mean_rating;
            if varies > 1e-12 * self.rating_squares { product / (spread[i] * varies.sqrt()) } else { 0.0 }
        });
        let with = with.collect();
        (among, with)
    }

    fn fit(&self) -> Option<Fit> {
        let ridge = self.ridge()?;
        let mut penalised = self.gram.clone();
        let total = self.gram.at(0, 0);
        for i in 1..penalised.n {
            // Standardised columns are shrunk alike; the intercept is not.
            let centred = self.gram.at(i, i) - self.gram.at(0, i).powi(2) / total;
            penalised.add(i, i, ridge * centred);
        }
        let inverse = penalised.inverse()?;
        Some(Fit { coefficients: inverse.times(&self.with_rating), inverse, is_ridge: ridge > 0.0 })
    }

    /// 0, or the smallest penalty on the scale of correlations that tames every variance.
    fn ridge(&self) -> Option<f64> {
        let (among, _) = self.correlations();
        let tame = |ridge: f64| {
            let mut shrunk = among.clone();
            (0..shrunk.n).for_each(|i| shrunk.add(i, i, ridge));
            shrunk.inverse().is_some_and(|inverse| {
                // Variance inflation of ridge: diagonal of (R + kI)^-1 R (R + kI)^-1.
                (0..inverse.n).all(|i| {
                    let column: Vec<f64> = (0..inverse.n).map(|j| inverse.at(j, i)).collect();
                    dot(&column, &among.times(&column)) <= MOST_INFLATION
                })
            })
        };
        if tame(0.0) {
            return Some(0.0);
        }
        (0..20).map(|step| LEAST_RIDGE * f64::from(1u32 << step)).find(|&ridge| tame(ridge))
    }

    /// HC3: a residual counts by `1 / (1 - leverage)`; no number where a row alone decides a coefficient.
    fn errors(&self, sample: &Sample, fit: &Fit) -> Vec<Errors> {
        let k = self.gram.n;
        let mut by_customer: Vec<usize> = (0..sample.rows.len()).collect();
        by_customer.sort_by_key(|&row| sample.rows[row].customer);
        let mut parts = vec![Parts::default(); k];
        let mut last = None;
        let (mut scatter, mut freedom) = (0.0, -(k as f64));
        for row in by_customer {
            let row = &sample.rows[row];
            if last.replace(row.customer).is_some_and(|customer| customer != row.customer) {
                parts.iter_mut().for_each(Parts::close);
            }
            let held = held(&self.place, &row.causes);
            let fitted: f64 = held.iter().map(|&i| fit.coefficients[i]).sum();
            let pulled: Vec<f64> =
                (0..k).map(|i| held.iter().map(|&j| fit.inverse.at(i, j)).sum::<f64>()).collect();
            let leverage = row.weight * held.iter().map(|&i| pulled[i]).sum::<f64>();
            let residual = row.rating - fitted;
            let scaled = row.weight * residual / (1.0 - leverage).max(0.0);
            for (part, pull) in parts.iter_mut().zip(&pulled) {
                part.score += pull * scaled;
                part.apart += (pull * scaled).powi(2);
                part.pull += (pull * row.weight).powi(2);
            }
            scatter += row.weight * residual * residual;
            freedom += 1.0;
        }
        parts.iter_mut().for_each(Parts::close);
        let mean_weight = self.gram.at(0, 0) / sample.rows.len() as f64;
        let variance = scatter / mean_weight / freedom;
        parts.iter().map(|part| part.errors(variance)).collect()
    }
}

/// How far a coefficient may be off.
#[derive(Clone, Copy)]
struct Errors {
    robust: f64,
    df: f64,
    /// If the cause had nothing to do with the rating.
    under_null: f64,
}

/// What adds up over customers for one coefficient.
#[derive(Clone, Default)]
struct Parts {
    /// The open customer's score and how much of the variance comes from it.
    score: f64,
    pull: f64,
    /// Squared scores by customer, and by row.
    squares: f64,
    apart: f64,
    pulls: f64,
    squared_pulls: f64,
}

impl Parts {
    fn close(&mut self) {
        self.squares += self.score * self.score;
        self.pulls += self.pull;
        self.squared_pulls += self.pull * self.pull;
        (self.score, self.pull) = (0.0, 0.0);
    }

    fn errors(&self, variance: f64) -> Errors {
        let design = if self.apart > 0.0 { (self.squares / self.apart).max(1.0) } else { 1.0 };
        Errors {
            robust: self.squares.sqrt(),
            df: self.pulls * self.pulls / self.squared_pulls,
            under_null: (variance * self.pulls * design).sqrt(),
        }
    }
}

/// Columns of a row, the intercept first.
fn held(place: &[Option<usize>], causes: &[u32]) -> Vec<usize> {
    std::iter::once(0).chain(causes.iter().filter_map(|&cause| place[cause as usize])).collect()
}
