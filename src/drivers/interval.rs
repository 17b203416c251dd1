//! Student's t, from first formulas.

/// 97.5th percentile of the standard normal.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// Mean and sample variance (0 for one value), summed in ascending order, so the order of rows changes no bit.
pub(super) fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let squares: f64 = sorted.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, squares / f64::max(n - 1.0, 1.0))
}

/// Probability that |T| passes `t` with `df` degrees of freedom.
/// Source: Abramowitz and Stegun 26.7.1 with 26.5.8, the incomplete beta function as a continued fraction.
pub(super) fn two_sided_p(t: f64, df: f64) -> f64 {
    let x = df / (df + t * t);
    incomplete_beta(df / 2.0, 0.5, x).clamp(0.0, 1.0)
}

/// Probability that a standard normal passes `z` on either side: Student's t with a million degrees of freedom, right to
/// six decimals.
pub(super) fn normal_p(z: f64) -> f64 {
    two_sided_p(z, 1e6)
}

/// 97.5th percentile of Student's t, by bisection on the tail.
pub(super) fn t_quantile(df: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1e4);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if two_sided_p(middle, df) > 0.05 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// `I_x(a, b)`.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    // The fraction converges fast on the near side of the mean; the far side follows by symmetry.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

/// The continued fraction 26.5.8, evaluated from its tail: 300 terms are exact to double precision for df <= 1e6.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut value = 1.0;
    for m in (1..=300).rev() {
        let half = f64::from(m / 2);
        let d = if m % 2 == 0 {
            half * (b - half) * x / ((a + 2.0 * half - 1.0) * (a + 2.0 * half))
        } else {
            -(a + half) * (a + b + half) * x / ((a + 2.0 * half) * (a + 2.0 * half + 1.0))
        };
        value = 1.0 + d / value;
    }
    1.0 / value
}

/// Stirling's series (Abramowitz and Stegun 6.1.41) after raising `x` past 10.
fn ln_gamma(x: f64) -> f64 {
    let mut product = 1.0;
    let mut x = x;
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let series = (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse / 1680.0))) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Table of percentage points of Student's t, two-sided 5 %.
    #[test]
    fn quantiles_are_those_of_the_printed_table() {
        for (df, t) in
            [(1.0, 12.706), (2.0, 4.303), (5.0, 2.571), (10.0, 2.228), (30.0, 2.042), (120.0, 1.980)]
        {
            assert!((t_quantile(df) - t).abs() < 6e-4, "df {df}: {}", t_quantile(df));
        }
        assert!((t_quantile(1e6) - Z).abs() < 1e-4);
    }
}
