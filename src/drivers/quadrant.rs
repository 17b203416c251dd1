//! Importance against performance.

use serde::{Deserialize, Serialize};

/// Where a cause stands among the others (Martilla and James 1977, importance-performance analysis).
///
/// ```
/// assert_eq!(rasd::drivers::Quadrant::Concentrate.as_str(), "concentrate");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Important and badly rated: concentrate here.
    Concentrate,
    /// Important and well rated: keep up the good work.
    KeepUp,
    /// Unimportant and badly rated.
    LowPriority,
    /// Unimportant and well rated: possibly more than is needed.
    PossibleOverkill,
}

impl Quadrant {
    /// The name used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Concentrate => "concentrate",
            Self::KeepUp => "keep_up",
            Self::LowPriority => "low_priority",
            Self::PossibleOverkill => "possible_overkill",
        }
    }
}

/// The quadrant of each cause from its importance and its performance, the lines drawn through the mean importance and
/// through `par`, usually the mean rating of the survey; `None` where a cause has no importance.
///
/// ```
/// use rasd::drivers::{Quadrant, quadrants};
/// let found = quadrants(&[(Some(0.7), 4.0), (Some(0.2), 4.0), (Some(0.1), 9.0), (None, 9.0)], 6.5);
/// assert_eq!(found[..2], [Some(Quadrant::Concentrate), Some(Quadrant::LowPriority)]);
/// assert_eq!(found[2..], [Some(Quadrant::PossibleOverkill), None]);
/// ```
pub fn quadrants(causes: &[(Option<f64>, f64)], par: f64) -> Vec<Option<Quadrant>> {
    let known: Vec<f64> = causes.iter().filter_map(|(importance, _)| *importance).collect();
    let middle = known.iter().sum::<f64>() / known.len().max(1) as f64;
    let place = |&(importance, performance): &(Option<f64>, f64)| {
        Some(match (importance? >= middle, performance >= par) {
            (true, false) => Quadrant::Concentrate,
            (true, true) => Quadrant::KeepUp,
            (false, false) => Quadrant::LowPriority,
            (false, true) => Quadrant::PossibleOverkill,
        })
    };
    causes.iter().map(place).collect()
}
