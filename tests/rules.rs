//! src/normalize/RULES.md is true: each row's rule turns "before" into "after", each rule and value has a row, and the
//! presets hold what the rows say.

use std::collections::BTreeSet;

use rasd::Normalizer;
use rasd::normalize::{presets, rules};

const PAGE: &str = include_str!("../src/normalize/RULES.md");

/// Rule, value, presets, before, after.
fn rows() -> Vec<[String; 5]> {
    let cell = |cell: &str| match cell.trim().strip_prefix('`').and_then(|cell| cell.strip_suffix('`')) {
        // A control character is shown by its picture.
        Some(code) => code.replace('\u{2400}', "\0"),
        None => cell.trim().to_string(),
    };
    PAGE.lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            assert_eq!(cells.len(), 6, "{line}");
            [0, 1, 2, 3, 4].map(|at| cell(cells[at].trim_start_matches(' ')))
        })
        .collect()
}

#[test]
fn every_example_holds() {
    for [rule, value, _, before, after] in rows() {
        let normalizer = Normalizer::empty().with(&rule, &value).expect("a rule of the page");
        assert_eq!(normalizer.normalize(&before), after.as_str(), "{rule}={value}");
    }
}

#[test]
fn every_rule_and_value_has_a_row_in_order() {
    let told: Vec<(String, String)> = rows().into_iter().map(|[rule, value, ..]| (rule, value)).collect();
    let known: Vec<(String, String)> = rules()
        .into_iter()
        .flat_map(|(rule, values)| {
            values.iter().skip(1).map(move |value| (rule.to_string(), value.to_string()))
        })
        .collect();
    assert_eq!(told, known);
}

#[test]
fn presets_hold_what_the_page_says() {
    for (name, letter) in presets().into_iter().zip(["L", "F", "S"]) {
        let told: BTreeSet<(String, String)> = rows()
            .into_iter()
            .filter(|row| row[2].contains(letter))
            .map(|[rule, value, ..]| (rule, value))
            .collect();
        let preset = Normalizer::preset(name).expect("a preset");
        let held: BTreeSet<(String, String)> =
            preset.rules().into_iter().map(|(rule, value)| (rule.to_string(), value.to_string())).collect();
        assert_eq!(told, held, "{name}");
    }
}

/// A repair beside a fold that undoes part of it is told as it was asked for, and the fold has the last word.
#[test]
fn repairs_beside_folds_are_told_as_asked() {
    let spec = [("spell_fix", "on"), ("fold_alef", "on")];
    let normalizer = spec.iter().fold(Normalizer::empty(), |normalizer, (rule, value)| {
        normalizer.with(rule, value).expect("a rule of the page")
    });
    assert_eq!(normalizer.rules().into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(spec));
    assert_eq!(normalizer.normalize("الى هاذا"), "الى هذا");
    let without = normalizer.with("fold_alef", "off").expect("a rule of the page");
    assert_eq!(without.normalize("الى هاذا"), "إلى هذا");
}
