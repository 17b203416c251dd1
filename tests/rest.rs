//! Laws of rules: any text comes to rest under one, under two that pull apart, and under all of them.

mod texts;

use proptest::prelude::*;
use rasd::Normalizer;

use texts::{REPAIRS, texts};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Every rule, in every value, on any text: no panic, and alone it comes to rest.
    #[test]
    fn every_rule_takes_any_text(text in texts()) {
        for (name, values) in rasd::normalize::rules() {
            for value in values {
                let normalizer = Normalizer::empty().with(name, value).expect("a listed value");
                let once = normalizer.normalize(&text).into_owned();
                prop_assert_eq!(normalizer.normalize(&once), once.as_str(), "{}={}", name, value);
            }
        }
    }

    /// Rules that repair spelling come to rest beside every other rule, folds that undo them included.
    #[test]
    fn repairs_come_to_rest_beside_any_rule(text in texts()) {
        for (repair, value) in REPAIRS {
            let with = Normalizer::empty().with(repair, value).expect("a rule");
            for (name, values) in rasd::normalize::rules().into_iter().filter(|rule| rule.0 != *repair) {
                let both = with.clone().with(name, values[values.len() - 1]).expect("a listed value");
                let once = both.normalize(&text).into_owned();
                prop_assert_eq!(both.normalize(&once), once.as_str(), "{} beside {}", repair, name);
            }
        }
    }

    /// Every rule at its strongest, all at once.
    #[test]
    fn all_rules_come_to_rest_together(text in texts()) {
        let all = rasd::normalize::rules().into_iter().fold(Normalizer::empty(), |normalizer, (name, values)| {
            normalizer.with(name, values[values.len() - 1]).expect("a listed value")
        });
        let once = all.normalize(&text).into_owned();
        prop_assert_eq!(all.normalize(&once), once.as_str());
    }

    /// Rules that write words come to rest beside each other and beside folds that would undo them.
    #[test]
    fn words_come_to_rest_beside_folds(text in texts(), folds in 0usize..32) {
        let names = ["fold_alef", "fold_hamza", "fold_hamza_uniform", "fold_alef_maksura", "fold_teh_marbuta"];
        let folding = (0..5).filter(|bit| folds >> bit & 1 == 1).fold(Normalizer::empty(), |normalizer, bit| {
            normalizer.with(names[bit], "on").expect("a rule")
        });
        for rules in [&[("dialect_map", "all")][..], &[("coda_spelling", "on")], &[("dialect_map", "clear"), ("coda_spelling", "on")]] {
            let all = rules.iter().fold(folding.clone(), |all, (rule, value)| all.with(rule, value).expect("a rule"));
            let once = all.normalize(&text).into_owned();
            prop_assert_eq!(all.normalize(&once), once.as_str());
        }
    }
}
