//! Whether a promise was kept.

use serde::{Deserialize, Serialize};

use super::Estimate;
use super::effect::FEWEST;

/// What an estimate says of a threshold.
///
/// ```
/// assert_eq!(rasd::drivers::Sla::NotEnoughData.as_str(), "not enough data");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sla {
    /// The whole interval lies on the wrong side of the threshold.
    Breach,
    /// The whole interval keeps the threshold: no breach.
    Kept,
    /// The threshold lies inside the interval, or fewer than five ratings stand behind it.
    NotEnoughData,
}

impl Sla {
    /// The name used in tables: `breach`, `none`, `not enough data`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breach => "breach",
            Self::Kept => "none",
            Self::NotEnoughData => "not enough data",
        }
    }
}

/// A promise that a figure be at least `threshold`, judged by the figure's 95 % interval.
///
/// ```
/// use rasd::drivers::{Sla, share, sla_at_least};
/// // Answered within two days, when 90 % were promised: 70 of 100, 970 of 1,000, 9 of 10.
/// assert_eq!(sla_at_least(&share(70, 100), 0.9), Sla::Breach);
/// assert_eq!(sla_at_least(&share(970, 1000), 0.9), Sla::Kept);
/// assert_eq!(sla_at_least(&share(9, 10), 0.9), Sla::NotEnoughData);
/// ```
pub fn sla_at_least(figure: &Estimate, threshold: f64) -> Sla {
    if figure.n < FEWEST {
        Sla::NotEnoughData
    } else if figure.ci_high < threshold {
        Sla::Breach
    } else if figure.ci_low >= threshold {
        Sla::Kept
    } else {
        Sla::NotEnoughData
    }
}

/// A promise that a figure be at most `threshold`, judged by the figure's 95 % interval.
///
/// ```
/// use rasd::drivers::{Sla, share, sla_at_most};
/// assert_eq!(sla_at_most(&share(30, 100), 0.1), Sla::Breach);
/// ```
pub fn sla_at_most(figure: &Estimate, threshold: f64) -> Sla {
    let mirrored = Estimate { ci_low: -figure.ci_high, ci_high: -figure.ci_low, ..*figure };
    sla_at_least(&mirrored, -threshold)
}
