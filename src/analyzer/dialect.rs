//! The dialect of a comment from two witnesses: the model's head and the dialect words of the text.

use super::rows::Arabic;
use crate::comment::DIALECTS;

/// Fewer Arabic words than this say too little for the head.
const MIN_WORDS: usize = 2;
/// Words that lead by this much (two plain dialect words) are never overruled in silence.
const CLEAR_LEAD: u32 = 4;

/// What a model's head says of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    /// Probability of each of [`DIALECTS`]; 0 for one the head does not know.
    pub probabilities: [f32; DIALECTS.len()],
    /// The best probability below this is no answer.
    pub threshold: f32,
    /// How much the words count beside the head: 0 not at all, 1 as much.
    pub cue_weight: f32,
}

/// The dialect, or none; `reason` is there when something kept it from being told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    pub dialect: Option<&'static str>,
    pub reason: Option<String>,
}

/// Head and words as a product of experts: `head(d) * (1 + weight of d's words) ^ cue_weight`, scaled to sum 1, best
/// first, none below the threshold. The words decide alone where there is no head or too little Arabic for it.
///
/// Words that point clearly to one dialect while the product points to another give none, with a reason.
/// Source: Hinton 2002, "Training Products of Experts by Minimizing Contrastive Divergence" (the product alone).
pub(super) fn decide(arabic: &Arabic, head: Option<Head>) -> Verdict {
    let told = arabic.cues.verdict();
    let Some(head) = head.filter(|_| arabic.n_words >= MIN_WORDS) else {
        let dialect = told.map(|(place, _)| DIALECTS[place]);
        let silent = dialect.is_none() && arabic.n_words < MIN_WORDS;
        return Verdict { dialect, reason: silent.then(|| "too little Arabic to tell a dialect".into()) };
    };
    let product: Vec<f64> = head
        .probabilities
        .iter()
        .zip(arabic.cues.weights)
        .map(|(&p, weight)| f64::from(p) * (1.0 + f64::from(weight)).powf(f64::from(head.cue_weight)))
        .collect();
    let best =
        (1..product.len()).fold(0, |best, place| if product[place] > product[best] { place } else { best });
    if let Some((place, _)) = told.filter(|&(place, lead)| lead >= CLEAR_LEAD && place != best) {
        let reason = format!("dialect: the words say {}, the model {}", DIALECTS[place], DIALECTS[best]);
        return Verdict { dialect: None, reason: Some(reason) };
    }
    let probability = product[best] / product.iter().sum::<f64>();
    Verdict { dialect: (probability >= f64::from(head.threshold)).then_some(DIALECTS[best]), reason: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::dialect_cues;

    /// Two plain Egyptian words, and nothing of another dialect.
    const EGYPTIAN: &str = "الخدمة وحشة اوي ومحدش بيرد";
    const NO_CUE: &str = "التطبيق بطيء";

    fn arabic(text: &str) -> Arabic {
        Arabic { n_words: text.split(' ').count(), cues: dialect_cues(text) }
    }

    /// A head that gives `p` to one dialect and the rest to another.
    fn head(most: &str, p: f32, rest: &str) -> Option<Head> {
        let mut probabilities = [0.0; DIALECTS.len()];
        for (name, p) in [(most, p), (rest, 1.0 - p)] {
            probabilities[DIALECTS.iter().position(|dialect| *dialect == name).unwrap()] = p;
        }
        Some(Head { probabilities, threshold: 0.6, cue_weight: 1.0 })
    }

    fn dialect(text: &str, head: Option<Head>) -> Option<&'static str> {
        decide(&arabic(text), head).dialect
    }

    #[test]
    fn without_cues_the_head_speaks_from_its_threshold_on() {
        assert_eq!(dialect(NO_CUE, head("gulf", 0.6, "msa")), Some("gulf"));
        assert_eq!(decide(&arabic(NO_CUE), head("gulf", 0.59, "msa")), Verdict::default());
    }

    #[test]
    fn cues_lift_a_doubtful_head() {
        assert_eq!(dialect(EGYPTIAN, head("egyptian", 0.4, "gulf")), Some("egyptian"));
        assert_eq!(dialect(EGYPTIAN, head("gulf", 0.6, "egyptian")), Some("egyptian"));
    }

    #[test]
    fn a_head_that_contradicts_clear_cues_is_told() {
        let verdict = decide(&arabic(EGYPTIAN), head("gulf", 0.999, "egyptian"));
        assert_eq!(verdict.dialect, None);
        assert_eq!(verdict.reason.unwrap(), "dialect: the words say egyptian, the model gulf");
    }

    #[test]
    fn words_decide_alone_without_a_head_or_with_one_word() {
        assert_eq!(dialect(EGYPTIAN, None), Some("egyptian"));
        assert_eq!(decide(&arabic(NO_CUE), None), Verdict::default());
        let one = decide(&arabic("تمام"), head("gulf", 1.0, "msa"));
        assert_eq!(one.reason.as_deref(), Some("too little Arabic to tell a dialect"));
    }

    #[test]
    fn a_broken_head_says_nothing() {
        let broken = Head { probabilities: [f32::NAN; DIALECTS.len()], threshold: 0.6, cue_weight: 1.0 };
        assert_eq!(dialect(NO_CUE, Some(broken)), None);
    }
}
