//! What the words alone say of the rating, and where score and words disagree.
//!
//! Sentiment gives each comment a lean, `ln(p_positive / p_negative)`. A curve gives the share of each level of the
//! scale at a lean: adjacent-category logits with one slope (Goodman 1979), `share_k ~ exp(base_k + place_k * slope *
//! lean)`, places from -1 to 1. Some customers answer with the scale turned round, so a rating is thought of as the
//! curve's own, or, seldom, as its mirror image; EM finds how seldom, and turned ratings do not bend the curve.
//!
//! The curve of a survey starts from fixed figures, worth some rows, and follows its own ratings as they come. A
//! comment is judged by a curve fitted without its own fifth of the rows.

use super::judge::Judged;
use super::mirror::{self, Curve, Tally};
use super::ratings::Ratings;
use super::rows::hash;
use crate::Scale;
use crate::drivers::Estimate;

/// Share of ratings that the interval of an implied rating is to hold.
const COVERAGE: f64 = 0.9;
/// Fewest rated comments whose own ratings set the width of the interval.
const ENOUGH: usize = 20;
/// Least probability, given the words, that the score is mirrored, for a row to be called a mismatch. Chosen on the
/// dev rows of `models/train/measure_mismatch.py` for precision 0.8.
const MISMATCH: f64 = 0.3;
/// Standard deviation, as a share of the index, of implied minus stated between surveys: `models/train/implied.py`.
const BETWEEN_SURVEYS: f64 = 0.1;
const FOLDS: usize = 5;
/// 97.5th percentile of the standard normal.
const Z: f64 = 1.959_963_984_540_054;

/// What the words of one comment imply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Said {
    /// Mean of the rating given the words.
    pub rating: f64,
    /// Lower end of the 90 % interval.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
    /// Whether the stated rating says the opposite; `None` without one.
    pub mismatch: Option<bool>,
}

/// Every row of a survey, and its index as the words imply it.
pub(super) struct Implied {
    /// `None` where there is nothing to judge.
    pub rows: Vec<Option<Said>>,
    /// From the fixed figures alone, so that polished ratings cannot lift it.
    pub index: Option<Estimate>,
}

/// The levels of a scale: its steps, or tenths of a scale of a hundred.
fn n_levels(scale: Scale) -> usize {
    let (low, high) = scale.bounds();
    (high - low).min(10.0) as usize + 1
}

fn level(scale: Scale, rating: f64) -> usize {
    let ((low, high), n) = (scale.bounds(), n_levels(scale));
    (((rating - low) / (high - low) * (n - 1) as f64).round() as usize).min(n - 1)
}

fn rating(scale: Scale, level: f64) -> f64 {
    let (low, high) = scale.bounds();
    low + level / (n_levels(scale) - 1) as f64 * (high - low)
}

/// Reads every judged row; `ratings` tells the scale.
pub(super) fn read(judged: &Judged, ratings: &Ratings) -> Implied {
    let scale = ratings.scale;
    let leans: Vec<Option<usize>> = judged
        .sentiments
        .iter()
        .map(|s| s.map(|s| mirror::bin(f64::from(s.positive), f64::from(s.negative))))
        .collect();
    let levels: Vec<Option<usize>> = ratings.values.iter().map(|r| r.map(|r| level(scale, r))).collect();
    // The fold of a row depends on its text alone.
    let fold = |row: usize| hash(judged.rows[row].text) as usize % FOLDS;

    let mut tallies: Vec<Tally> = (0..FOLDS).map(|_| Tally::new(n_levels(scale))).collect();
    for row in 0..leans.len() {
        if let (Some(lean), Some(level)) = (leans[row], levels[row]) {
            tallies[fold(row)].add(lean, level);
        }
    }
    let without = |fold: usize| {
        let others = tallies.iter().enumerate().filter(|(other, _)| *other != fold).map(|(_, tally)| tally);
        Curve::fit(&Tally::sum(n_levels(scale), others))
    };
    let curves: Vec<Curve> = (0..FOLDS).map(without).collect();
    let whole = Curve::fit(&Tally::sum(n_levels(scale), tallies.iter()));

    // Mismatches would widen the interval of every other row.
    let mut before: Vec<f64> = Vec::new();
    for row in 0..leans.len() {
        if let (Some(lean), Some(level)) = (leans[row], levels[row]) {
            let curve = &curves[fold(row)];
            if curve.mirrored_prob(lean, level) < MISMATCH {
                before.push(mass_before(&curve.shares(lean), level));
            }
        }
    }
    let mass = conformal(before);
    let say = |row: usize| {
        let lean = leans[row]?;
        let curve = if levels[row].is_some() { &curves[fold(row)] } else { &whole };
        let shares = curve.shares(lean);
        let (low, high) = interval(&shares, mass);
        let mean = shares.iter().enumerate().map(|(level, share)| level as f64 * share).sum();
        Some(Said {
            rating: rating(scale, mean),
            low: rating(scale, low as f64),
            high: rating(scale, high as f64),
            mismatch: levels[row].map(|level| curve.mirrored_prob(lean, level) >= MISMATCH),
        })
    };
    Implied { rows: (0..leans.len()).map(say).collect(), index: index(scale, &leans) }
}

/// NPS, CSAT or mean that the words imply by the fixed figures: mean over comments of what is expected of each. The
/// interval holds the sampling of comments and the difference between surveys.
fn index(scale: Scale, leans: &[Option<usize>]) -> Option<Estimate> {
    let fixed = Curve::fixed(n_levels(scale));
    let points: Vec<f64> =
        (0..n_levels(scale)).map(|level| scale.points(rating(scale, level as f64))).collect();
    let expected = |lean| fixed.shares(lean).iter().zip(&points).map(|(share, point)| share * point).sum();
    // Per lean, so that the order of rows changes no bit.
    let counts = mirror::counts(leans.iter().flatten().copied());
    let n: usize = counts.iter().sum();
    if n == 0 {
        return None;
    }
    let values: Vec<f64> = (0..counts.len()).map(expected).collect();
    let over = |f: &dyn Fn(f64) -> f64| {
        counts.iter().zip(&values).map(|(&count, &value)| count as f64 * f(value)).sum::<f64>() / n as f64
    };
    let value = over(&|value| value);
    let variance = over(&|other| (other - value).powi(2)) / n as f64;
    let (low, high) = scale.index_bounds();
    let half = Z * (variance + (BETWEEN_SURVEYS * (high - low)).powi(2)).sqrt();
    Some(Estimate { value, ci_low: (value - half).max(low), ci_high: (value + half).min(high), n })
}

/// The interval that holds more than `mass`, grown from the most probable level towards the likelier neighbour.
fn interval(shares: &[f64], mass: f64) -> (usize, usize) {
    grow(shares, |held, _, _| held > mass).1
}

/// The mass of the interval just before it takes `level` in.
fn mass_before(shares: &[f64], level: usize) -> f64 {
    grow(shares, |_, low, high| (low..=high).contains(&level)).0 - shares[level]
}

fn grow(shares: &[f64], done: impl Fn(f64, usize, usize) -> bool) -> (f64, (usize, usize)) {
    let last = shares.len() - 1;
    let mode = (0..shares.len()).rev().max_by(|&a, &b| shares[a].total_cmp(&shares[b])).unwrap_or(0);
    let (mut low, mut high, mut held) = (mode, mode, shares[mode]);
    while !done(held, low, high) && (low > 0 || high < last) {
        let below = if low > 0 { shares[low - 1] } else { -1.0 };
        let above = if high < last { shares[high + 1] } else { -1.0 };
        if below > above {
            low -= 1;
            held += below;
        } else {
            high += 1;
            held += above;
        }
    }
    (held, (low, high))
}

/// The mass below which the stated rating was taken in, in nine of ten rows (conformal, after Romano, Sesia and
/// Candes 2020); of few rows, the coverage itself.
fn conformal(mut before: Vec<f64>) -> f64 {
    if before.len() < ENOUGH {
        return COVERAGE;
    }
    before.sort_by(f64::total_cmp);
    let rank = ((before.len() + 1) as f64 * COVERAGE).ceil() as usize;
    before[rank.min(before.len()) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_ratings_are_one() {
        for (scale, rating, expected, n) in [
            (Scale::Csat, 4.5, 4, 5),
            (Scale::Nps, 10.0, 10, 11),
            (Scale::Ces, 1.0, 0, 7),
            (Scale::Percent, 85.0, 9, 11),
        ] {
            assert_eq!((level(scale, rating), n_levels(scale)), (expected, n));
        }
        assert_eq!(rating(Scale::Csat, 2.0), 3.0);
        assert_eq!(rating(Scale::Percent, 4.0), 40.0);
    }

    #[test]
    fn an_interval_grows_to_the_likelier_side() {
        let shares = [0.05, 0.1, 0.5, 0.3, 0.05];
        assert_eq!(interval(&shares, 0.4), (2, 2));
        assert_eq!(interval(&shares, 0.5), (2, 3));
        assert_eq!(interval(&shares, 0.85), (1, 3));
        assert_eq!(interval(&shares, 2.0), (0, 4));
        assert!((mass_before(&shares, 1) - 0.8).abs() < 1e-12);
        assert!(mass_before(&shares, 2).abs() < 1e-12);
    }

    /// 20 rows with 0.05 .. 1.00: rank ceil(21 * .9) = 19.
    #[test]
    fn the_mass_is_the_ninth_of_ten() {
        assert_eq!(conformal((1..=20).map(|i| f64::from(i) / 20.0).collect()), 0.95);
        assert_eq!(conformal(vec![0.1; 19]), 0.9);
    }

    #[test]
    fn the_index_of_plain_words_is_on_their_side() {
        let (praise, blame) = (mirror::bin(0.98, 0.01), mirror::bin(0.01, 0.98));
        let happy = index(Scale::Nps, &[Some(praise); 50]).unwrap();
        let angry = index(Scale::Nps, &[Some(blame), None, Some(blame)]).unwrap();
        assert!(happy.value > 30.0 && angry.value < -60.0, "{happy:?} {angry:?}");
        assert_eq!((angry.n, angry.ci_low), (2, -100.0));
        assert!(index(Scale::Csat, &[None]).is_none());
    }
}
