//! What many looks cost.

/// Adjusted p-values that hold the false discovery rate (Benjamini and Hochberg 1995): the smallest rate at which each
/// would be reported. Same order as given.
///
/// ```
/// assert_eq!(rasd::drivers::benjamini_hochberg(&[0.01, 0.5]), [0.02, 0.5]);
/// ```
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let n = p_values.len();
    let mut adjusted = vec![1.0; n];
    let mut lowest = 1.0;
    for (behind, i) in ascending(p_values).into_iter().rev().enumerate() {
        lowest = f64::min(lowest, p_values[i] * n as f64 / (n - behind) as f64);
        adjusted[i] = lowest;
    }
    adjusted
}

/// Adjusted p-values that hold the chance of any false claim (Holm 1979). Same order as given.
///
/// ```
/// assert_eq!(rasd::drivers::holm(&[0.25, 0.01]), [0.25, 0.02]);
/// ```
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let n = p_values.len();
    let mut adjusted = vec![1.0; n];
    let mut highest = 0.0;
    for (before, i) in ascending(p_values).into_iter().enumerate() {
        highest = f64::max(highest, (p_values[i] * (n - before) as f64).min(1.0));
        adjusted[i] = highest;
    }
    adjusted
}

/// Positions from the smallest p-value to the largest.
fn ascending(p_values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    order
}
