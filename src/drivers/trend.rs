//! Whether a cause grows or fades, and whether a date changed it.

use serde::{Deserialize, Serialize};

use super::interval::{t_quantile, two_sided_p};

/// Fewest periods, and fewest comments with the cause over all of them.
const FEWEST_PERIODS: usize = 4;
const FEWEST_COMMENTS: usize = 5;
/// A change by this factor makes a growing cause emerging, and by its inverse a fading one resolved.
const MUCH: f64 = 2.0;

/// How the rate of a cause changed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Rate at the end over rate at the start, or after over before.
    pub ratio: f64,
    /// Lower end of the 95 % interval.
    pub ci_low: f64,
    /// Upper end of the 95 % interval.
    pub ci_high: f64,
    /// Two-sided, Student's t.
    pub p_value: f64,
    /// The same until it is corrected for looking at many causes.
    pub q_value: f64,
    /// Variance of the counts over what Poisson counts would have, at least 1.
    pub dispersion: f64,
}

/// What can be said of a change.
///
/// ```
/// assert_eq!(rasd::drivers::Course::Emerging.as_str(), "emerging");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Course {
    /// The rate at least doubled.
    Emerging,
    /// It grew.
    Rising,
    /// No evidence of a change.
    Steady,
    /// It fell.
    Falling,
    /// It fell by half or more.
    Resolved,
}

impl Course {
    /// The name used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Emerging => "emerging",
            Self::Rising => "rising",
            Self::Steady => "no evidence",
            Self::Falling => "falling",
            Self::Resolved => "resolved",
        }
    }
}

impl Change {
    /// What the q-value allows to be said.
    pub fn course(&self) -> Course {
        match self.ratio {
            _ if self.q_value > 0.05 => Course::Steady,
            ratio if ratio >= MUCH => Course::Emerging,
            ratio if ratio > 1.0 => Course::Rising,
            ratio if ratio > 1.0 / MUCH => Course::Falling,
            _ => Course::Resolved,
        }
    }
}

/// Change of a rate from the first period to the last along a log-linear course; `None` below four periods with
/// comments, or five comments with the cause.
///
/// `counts` of comments with the cause among `exposures` comments of the period. Quasi-Poisson (McCullagh and Nelder
/// 1989, 6.2.3): counts scatter by Pearson's dispersion, at least 1, and the test is Student's t on periods less two,
/// so a burst in one period is no trend.
///
/// ```
/// use rasd::drivers::{Course, trend};
/// let change = trend(&[1, 2, 5, 6, 11, 14], &[100; 6]).unwrap();
/// assert!(change.ratio > 2.0 && change.course() == Course::Emerging);
/// assert!(trend(&[5, 6, 5], &[100; 3]).is_none());
/// ```
pub fn trend(counts: &[usize], exposures: &[usize]) -> Option<Change> {
    let last = counts.len().checked_sub(1)? as f64;
    let periods: Vec<Period> = (0..counts.len().min(exposures.len()))
        .map(|i| Period { at: i as f64 / last, count: counts[i] as f64, exposure: exposures[i] as f64 })
        .collect();
    quasi_poisson(periods)
}

/// Change of a rate from the periods before `first_after` to those from it on; `None` as [`trend`], or where a side has
/// fewer than two periods.
///
/// ```
/// use rasd::drivers::before_after;
/// let change = before_after(&[10, 12, 9, 20, 24, 19], &[100; 6], 3).unwrap();
/// assert!((change.ratio - 63.0 / 31.0).abs() < 1e-9);
/// ```
pub fn before_after(counts: &[usize], exposures: &[usize], first_after: usize) -> Option<Change> {
    let periods: Vec<Period> = (0..counts.len().min(exposures.len()))
        .map(|i| Period {
            at: f64::from(i >= first_after),
            count: counts[i] as f64,
            exposure: exposures[i] as f64,
        })
        .collect();
    let n_after = periods.iter().filter(|p| p.at > 0.0 && p.exposure > 0.0).count();
    let n_before = periods.iter().filter(|p| p.at == 0.0 && p.exposure > 0.0).count();
    if n_before.min(n_after) < 2 { None } else { quasi_poisson(periods) }
}

#[derive(Clone, Copy)]
struct Period {
    /// 0 at the start, 1 at the end.
    at: f64,
    count: f64,
    exposure: f64,
}

/// `log(count / exposure) = a + b * at` by Fisher scoring; `exp(b)` is the change.
fn quasi_poisson(mut periods: Vec<Period>) -> Option<Change> {
    periods.retain(|period| period.exposure > 0.0);
    let n_comments: f64 = periods.iter().map(|period| period.count).sum();
    if periods.len() < FEWEST_PERIODS || n_comments < FEWEST_COMMENTS as f64 {
        return None;
    }
    // With every comment at one end the ratio would be endless: half a comment more at either end (Haldane 1956,
    // Anscombe 1956).
    let stands_at = |end: f64| periods.iter().all(|period| period.count == 0.0 || period.at == end);
    if stands_at(0.0) || stands_at(1.0) {
        for end in [0.0, 1.0] {
            let n = periods.iter().filter(|period| period.at == end).count() as f64;
            periods.iter_mut().filter(|period| period.at == end).for_each(|period| period.count += 0.5 / n);
        }
    }
    let exposure: f64 = periods.iter().map(|period| period.exposure).sum();
    let (mut a, mut b) = ((n_comments / exposure).ln(), 0.0);
    for _ in 0..100 {
        let moments = Moments::of(&periods, a, b);
        let determinant = moments.w * moments.wxx - moments.wx * moments.wx;
        let step_a = (moments.wxx * moments.u - moments.wx * moments.ux) / determinant;
        let step_b = (moments.w * moments.ux - moments.wx * moments.u) / determinant;
        // A long first step could overflow; Fisher scoring needs none longer than this.
        a += step_a.clamp(-3.0, 3.0);
        b += step_b.clamp(-3.0, 3.0);
        if step_a.abs() + step_b.abs() < 1e-12 {
            break;
        }
    }
    let moments = Moments::of(&periods, a, b);
    let df = periods.len() as f64 - 2.0;
    let dispersion = (moments.pearson / df).max(1.0);
    let error = (dispersion * moments.w / (moments.w * moments.wxx - moments.wx * moments.wx)).sqrt();
    if !(b.is_finite() && error.is_finite()) {
        return None;
    }
    let (t, p_value) = (t_quantile(df), two_sided_p(b / error, df));
    let (ci_low, ci_high) = ((b - t * error).exp(), (b + t * error).exp());
    Some(Change { ratio: b.exp(), ci_low, ci_high, p_value, q_value: p_value, dispersion })
}

/// Sums over the periods at given coefficients: information, score, Pearson's statistic.
#[derive(Default)]
struct Moments {
    w: f64,
    wx: f64,
    wxx: f64,
    u: f64,
    ux: f64,
    pearson: f64,
}

impl Moments {
    fn of(periods: &[Period], a: f64, b: f64) -> Self {
        let mut sums = Self::default();
        for &Period { at, count, exposure } in periods {
            let expected = exposure * (a + b * at).exp();
            sums.w += expected;
            sums.wx += expected * at;
            sums.wxx += expected * at * at;
            sums.u += count - expected;
            sums.ux += (count - expected) * at;
            sums.pearson += (count - expected).powi(2) / expected.max(f64::MIN_POSITIVE);
        }
        sums
    }
}
