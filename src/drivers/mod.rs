//! In: ratings, who gave them, and which rows hold which cause. Out: indices, effects, importance, trends, contrasts,
//! gaps and thresholds, each with a 95 % interval.
//! Law: an effect is an association. It says how ratings differ where a cause is mentioned, never what would change if
//! the cause went away. No result depends on the order of rows or on threads.

mod answers;
mod bootstrap;
mod effect;
mod adjusted;
mod importance;
mod quadrant;
mod trend;
mod contrast;
mod gap;
mod sla;
mod sample_size;
mod index;
mod interval;
mod linear;
mod multiplicity;

use serde::{Deserialize, Serialize};

pub use adjusted::{Adjusted, adjusted_effects};
pub use answers::{Answers, customer_key};
pub use contrast::{Turned, turned};
pub use effect::{Effect, effects};
pub use gap::{Gap, difference, perception_gap};
pub use importance::{Importance, importance};
pub use index::{Scale, ces, csat, customer_weights, nps, share, share_of_customers};
pub use multiplicity::{benjamini_hochberg, holm};
pub use quadrant::{Quadrant, quadrants};
pub use sample_size::sample_size;
pub use sla::{Sla, sla_at_least, sla_at_most};
pub use trend::{Change, Course, before_after, trend};

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
