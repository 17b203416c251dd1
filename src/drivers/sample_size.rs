//! How many answers a survey needs.

use super::interval::Z;
use crate::error::{Error, Result};

/// Fewest answers whose mean has a 95 % interval of `margin` to either side (Cochran 1977, 4.4 and 4.7).
///
/// `sd` is the standard deviation of one answer: .5 for a share at worst, 100 for the NPS at worst, the ratings' own for
/// their mean; `margin` is in the same unit. `population` makes the finite population correction.
///
/// ```
/// use rasd::drivers::sample_size;
/// assert_eq!(sample_size(0.05, 0.5, None)?, 385);
/// assert_eq!(sample_size(0.05, 0.5, Some(2000))?, 323);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] when `margin` or `sd` is not above 0, or the population is 0.
pub fn sample_size(margin: f64, sd: f64, population: Option<usize>) -> Result<usize> {
    for (name, value) in [("margin", margin), ("sd", sd)] {
        if !(value.is_finite() && value > 0.0) {
            return Err(Error::invalid_input(format!("{name}: got {value}, expected a number above 0")));
        }
    }
    let endless = (Z * sd / margin).powi(2);
    let needed = match population {
        None => endless,
        Some(0) => return Err(Error::invalid_input("population: got 0, expected at least 1")),
        Some(n) => endless / (1.0 + (endless - 1.0) / n as f64),
    };
    // A float above usize's range saturates.
    Ok((needed - 1e-9).ceil().max(1.0) as usize)
}
