//! In: ratings and which rows hold which cause. Out: indices and effects, each with a 95 % interval.
//! Law: an effect is an association. It says how ratings differ where a cause is mentioned, never what would change if
//! the cause went away.

mod effect;
mod index;
mod interval;

use serde::{Deserialize, Serialize};

pub use effect::{Effect, benjamini_hochberg, effects};
pub use index::{Scale, ces, csat, nps, share};

/// A number with its 95 % interval.
///
/// ```
/// let share = rasd::drivers::share(50, 100);
/// assert_eq!(share.value, 0.5);
/// assert!(share.ci_low < 0.41 && share.ci_high > 0.59);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number as observed.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub ci_low: f64,
    /// Upper end of the 95 % interval.
    pub ci_high: f64,
    /// Ratings or rows behind it.
    pub n: usize,
}
