//! Seeded draws for simulations.

/// SplitMix64 (Steele, Lea, Flood 2014): 53 bits in 0..1.
pub struct Draws(pub u64);

impl Draws {
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of the answers, each with its share.
    pub fn pick(&mut self, answers: &[(f64, f64)]) -> f64 {
        let mut left = self.next();
        for &(answer, share) in answers {
            left -= share;
            if left < 0.0 {
                return answer;
            }
        }
        answers[answers.len() - 1].0
    }
}
