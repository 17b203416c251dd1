//! A curve from the lean of a comment to the levels of a rating, a few of them answered the wrong way round.
//! Law: only counts go in, so the order of rows changes no bit.

/// Probabilities below this tell no more: `ln(.98 / .005)` is as far as a lean goes.
const LEAST: f64 = 0.005;
/// Leans are counted in bins, `-REACH..=REACH` steps of `STEP`.
const REACH: i32 = 53;
const STEP: f64 = 0.1;
const BINS: usize = 2 * REACH as usize + 1;

/// Base of the five levels from worst to best, and slope: measured once on the dev rows of two sets with stars
/// (women's clothing, English; Amazon Egypt, Arabic), each set weighing the same, by `models/train/implied.py`.
/// Other scales take the bases between.
const BASE: [f64; 5] = [-0.42, -0.59, 0.5, 0.27, 0.24];
const SLOPE: f64 = 0.63;
/// How much the fixed figures weigh against the survey's own ratings: about a hundred of them.
const PRIOR: f64 = 20.0;
/// Share of turned ratings that is believed at first, as `TURNED` in `ROWS`.
const TURNED: f64 = 1.0;
const ROWS: f64 = 40.0;
const ROUNDS: usize = 30;
/// Longest step of one round, in units of the figures.
const STRIDE: f64 = 2.0;

/// The bin of a comment's lean.
pub(super) fn bin(positive: f64, negative: f64) -> usize {
    let lean = (positive.max(LEAST) / negative.max(LEAST)).ln();
    ((lean / STEP).round().clamp(f64::from(-REACH), f64::from(REACH)) + f64::from(REACH)) as usize
}

fn lean(bin: usize) -> f64 {
    (bin as f64 - f64::from(REACH)) * STEP
}

/// How many rows have each lean.
pub(super) fn counts(bins: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut counts = vec![0; BINS];
    bins.for_each(|bin| counts[bin] += 1);
    counts
}

/// Rows counted by lean and level.
pub(super) struct Tally {
    n_levels: usize,
    /// `[bin * n_levels + level]`.
    counts: Vec<usize>,
}

impl Tally {
    pub fn new(n_levels: usize) -> Self {
        Self { n_levels, counts: vec![0; BINS * n_levels] }
    }

    pub fn add(&mut self, bin: usize, level: usize) {
        self.counts[bin * self.n_levels + level] += 1;
    }

    pub fn sum<'a>(n_levels: usize, parts: impl Iterator<Item = &'a Self>) -> Self {
        let mut whole = Self::new(n_levels);
        for part in parts {
            whole.counts.iter_mut().zip(&part.counts).for_each(|(sum, count)| *sum += count);
        }
        whole
    }

    /// Bins with rows, and their rows by level.
    fn rows(&self) -> impl Iterator<Item = (usize, &[usize])> {
        let filled = |counts: &&[usize]| counts.iter().any(|&count| count > 0);
        self.counts.chunks(self.n_levels).enumerate().filter(move |(_, counts)| filled(counts))
    }
}

/// Shares of the levels at each lean, and how seldom a rating is turned.
#[derive(Debug, Clone)]
pub(super) struct Curve {
    /// Base of each level, then the slope.
    figures: Vec<f64>,
    turned: f64,
}

impl Curve {
    /// The fixed figures.
    pub fn fixed(n_levels: usize) -> Self {
        let between = |level: usize| {
            let at = level as f64 / (n_levels - 1) as f64 * (BASE.len() - 1) as f64;
            let left = (at.floor() as usize).min(BASE.len() - 2);
            BASE[left] + (at - left as f64) * (BASE[left + 1] - BASE[left])
        };
        Self { figures: (0..n_levels).map(between).chain([SLOPE]).collect(), turned: TURNED / ROWS }
    }

    /// The fixed figures, moved by counted ratings.
    pub fn fit(tally: &Tally) -> Self {
        let fixed = Self::fixed(tally.n_levels);
        let mut curve = fixed.clone();
        for _ in 0..ROUNDS {
            let Some(step) = curve.round(tally, &fixed) else { break };
            let longest = step.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
            let scale = if longest > STRIDE { STRIDE / longest } else { 1.0 };
            curve.figures.iter_mut().zip(step).for_each(|(figure, x)| *figure += scale * x);
        }
        curve
    }

    /// Share of each level among ratings that are not turned; sums to 1.
    pub fn shares(&self, bin: usize) -> Vec<f64> {
        let n = self.figures.len() - 1;
        let reach = self.figures[n] * lean(bin);
        let scores: Vec<f64> = (0..n).map(|level| self.figures[level] + place(level, n) * reach).collect();
        let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raised: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
        let sum: f64 = raised.iter().sum();
        raised.iter().map(|share| share / sum).collect()
    }

    /// Probability that a rating at `level` is the mirror image of what was meant; 0 in the middle of the scale.
    pub fn mirrored_prob(&self, bin: usize, level: usize) -> f64 {
        self.turned_prob(&self.shares(bin), level)
    }

    fn turned_prob(&self, shares: &[f64], level: usize) -> f64 {
        let other = shares.len() - 1 - level;
        if other == level {
            return 0.0;
        }
        let (straight, turned) = ((1.0 - self.turned) * shares[level], self.turned * shares[other]);
        turned / (straight + turned).max(f64::MIN_POSITIVE)
    }

    /// One round of EM: turned ratings are told apart, then a Newton step. Sets the share of turned ratings.
    fn round(&mut self, tally: &Tally, fixed: &Self) -> Option<Vec<f64>> {
        let n = tally.n_levels;
        let mut slope: Vec<f64> =
            self.figures.iter().zip(&fixed.figures).map(|(now, then)| -PRIOR * (now - then)).collect();
        let mut bend = vec![vec![0.0; n + 1]; n + 1];
        (0..=n).for_each(|i| bend[i][i] = PRIOR);
        let (mut turned, mut rows) = (TURNED, ROWS);
        for (bin, counts) in tally.rows() {
            let (shares, lean) = (self.shares(bin), lean(bin));
            let mut meant = vec![0.0; n];
            for (level, &count) in counts.iter().enumerate() {
                let probability = self.turned_prob(&shares, level);
                meant[level] += count as f64 * (1.0 - probability);
                meant[n - 1 - level] += count as f64 * probability;
                turned += count as f64 * probability;
            }
            let count = counts.iter().sum::<usize>() as f64;
            rows += count;
            let pull = |level: usize| place(level, n) * lean;
            let mean: f64 = (0..n).map(|level| shares[level] * pull(level)).sum();
            for i in 0..n {
                slope[i] += meant[i] - count * shares[i];
                slope[n] += (meant[i] - count * shares[i]) * pull(i);
                let cross = count * shares[i] * (pull(i) - mean);
                bend[i][n] += cross;
                bend[n][i] += cross;
                bend[n][n] += count * shares[i] * (pull(i) - mean).powi(2);
                bend[i][i] += count * shares[i];
                for j in 0..n {
                    bend[i][j] -= count * shares[i] * shares[j];
                }
            }
        }
        self.turned = turned / rows;
        solve(bend, slope)
    }
}

/// Place of a level, -1 to 1.
fn place(level: usize, n_levels: usize) -> f64 {
    2.0 * level as f64 / (n_levels - 1) as f64 - 1.0
}

/// `x` of `a x = b` for a symmetric positive definite `a`, by Gauss's elimination; `None` when it is not.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    for i in 0..n {
        if a[i][i].is_nan() || a[i][i] <= 1e-12 {
            return None;
        }
        let (above, below) = a.split_at_mut(i + 1);
        let pivot = &above[i];
        for (offset, row) in below.iter_mut().enumerate() {
            let factor = row[i] / pivot[i];
            row.iter_mut().zip(pivot).skip(i).for_each(|(cell, top)| *cell -= factor * top);
            b[i + 1 + offset] -= factor * b[i];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = a[i].iter().zip(&b).skip(i + 1).map(|(factor, x)| factor * x).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    Some(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_curve_rises_with_the_words() {
        for n in [5, 7, 11] {
            let curve = Curve::fixed(n);
            let mean =
                |bin| curve.shares(bin).iter().enumerate().map(|(level, s)| level as f64 * s).sum::<f64>();
            assert!((1..BINS).all(|bin| mean(bin) > mean(bin - 1)), "{n} levels");
            assert!((curve.shares(7).iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    /// 95 rows where words and stars agree and 5 turned: the turned ones are found, the share is near 1 in 20.
    #[test]
    fn turned_ratings_are_told_apart_and_do_not_bend_the_curve() {
        let (praise, blame) = (bin(0.95, 0.01), bin(0.01, 0.95));
        let mut tally = Tally::new(5);
        for _ in 0..19 {
            for (lean, level) in [(praise, 4), (praise, 4), (blame, 0), (praise, 3), (blame, 1)] {
                tally.add(lean, level);
            }
        }
        for (lean, level) in [(praise, 0), (praise, 1), (blame, 4), (praise, 0), (blame, 4)] {
            tally.add(lean, level);
        }
        let curve = Curve::fit(&tally);
        assert!(curve.mirrored_prob(praise, 0) > 0.8 && curve.mirrored_prob(praise, 4) < 0.01);
        assert!(curve.mirrored_prob(blame, 4) > 0.8 && curve.mirrored_prob(blame, 0) < 0.01);
        assert_eq!(curve.mirrored_prob(praise, 2), 0.0);
        assert!((0.02..0.08).contains(&curve.turned), "{}", curve.turned);
    }

    /// 2x + y = 4, x + 3y = 7: x = 1, y = 2.
    #[test]
    fn equations_by_hand() {
        assert_eq!(solve(vec![vec![2.0, 1.0], vec![1.0, 3.0]], vec![4.0, 7.0]), Some(vec![1.0, 2.0]));
        assert_eq!(solve(vec![vec![0.0]], vec![1.0]), None);
    }
}
