//! Logits to calibrated probabilities.

/// Probabilities of the three sentiments; they sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sentiment {
    pub negative: f32,
    pub neutral: f32,
    pub positive: f32,
}

impl Sentiment {
    /// The most probable name with its probability; ties go to the earlier of negative, neutral, positive.
    pub fn top(self) -> (&'static str, f32) {
        let mut best = ("negative", self.negative);
        for other in [("neutral", self.neutral), ("positive", self.positive)] {
            if other.1 > best.1 {
                best = other;
            }
        }
        best
    }
}

/// Softmax of `logits / temperature`, in f64, so rows sum to 1 to f32 precision.
/// Source: Guo et al. 2017, "On Calibration of Modern Neural Networks" (temperature scaling).
pub(crate) fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let scaled = logits.iter().map(|&x| f64::from(x) / f64::from(temperature));
    let max = scaled.clone().fold(f64::NEG_INFINITY, f64::max);
    let exps: Vec<f64> = scaled.map(|x| (x - max).exp()).collect();
    let sum: f64 = exps.iter().sum();
    exps.iter().map(|x| (x / sum) as f32).collect()
}

/// Logistic function of `logit / temperature`.
pub(crate) fn sigmoid(logit: f32, temperature: f32) -> f32 {
    (1.0 / (1.0 + (-f64::from(logit) / f64::from(temperature)).exp())) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_of_equal_logits_is_uniform_and_large_ones_do_not_overflow() {
        assert_eq!(softmax(&[0.0, 0.0], 1.0), [0.5, 0.5]);
        assert_eq!(softmax(&[1e30, 0.0], 1.0), [1.0, 0.0]);
    }

    #[test]
    fn temperature_two_halves_the_log_odds() {
        // ln(3) / 2 = ln(sqrt 3): odds of sqrt 3 to 1.
        let p = softmax(&[3f32.ln(), 0.0], 2.0);
        assert!((p[0] / p[1] - 3f32.sqrt()).abs() < 1e-5);
        assert!((sigmoid(3f32.ln(), 1.0) - 0.75).abs() < 1e-6);
    }
}
