//! Root causes that live on: saved, asked by another model.
#![cfg(feature = "analyze")]

use std::path::Path;

use rasd::{Analyzer, Error, RootCauses};
use serde_json::{Value, json};

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/tiny");

const TEXTS: [&str; 8] = [
    "my card has not arrived",
    "where is my new card",
    "لم تصل بطاقتي بعد",
    "أين بطاقتي الجديدة",
    "the app is slow and crashes",
    "the application keeps crashing",
    "التطبيق بطيء ويتوقف",
    "التطبيق يتعطل كل يوم",
];

/// The tiny model under another name.
fn renamed(name: &str) -> Analyzer {
    let folder = tempfile::tempdir().unwrap();
    for file in ["config.json", "tokenizer.json", "model.onnx"] {
        std::fs::copy(Path::new(MODEL).join(file), folder.path().join(file)).unwrap();
    }
    let path = folder.path().join("config.json");
    let mut config: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    config["name"] = json!(name);
    std::fs::write(&path, config.to_string()).unwrap();
    Analyzer::open(folder.path()).unwrap()
}

fn saved_and_loaded(fitted: &RootCauses) -> RootCauses {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("causes.json");
    fitted.save(&path).unwrap();
    RootCauses::load(&path).unwrap()
}

#[test]
fn saved_causes_refuse_another_encoder_by_name() {
    let analyzer = Analyzer::open(MODEL).unwrap();
    let fitted = RootCauses::builder().n_causes(2).min_size(1).fit(&analyzer, &TEXTS).unwrap();
    let loaded = saved_and_loaded(&fitted);
    assert!(loaded.check_model(&Analyzer::open(MODEL).unwrap()).is_ok());
    for other in [renamed("other"), Analyzer::embedded().unwrap()] {
        let error = loaded.predict(&other, &TEXTS).unwrap_err();
        assert!(matches!(error, Error::Model { .. }), "{error:?}");
        let message = error.to_string();
        assert!(message.contains("`tiny` (sha256 ") && message.contains(other.model_name()), "{message}");
        assert!(error.hint().is_some_and(|hint| hint.contains("fit them again")));
    }
}

#[test]
fn causes_of_vectors_ask_only_for_the_length() {
    let analyzer = Analyzer::open(MODEL).unwrap();
    let vectors = analyzer.embed(&TEXTS).unwrap();
    let loaded =
        saved_and_loaded(&RootCauses::builder().n_causes(2).min_size(1).fit_vectors(&vectors).unwrap());
    assert_eq!(loaded.predict(&renamed("other"), &TEXTS).unwrap().len(), TEXTS.len());
    let error = loaded.predict(&Analyzer::embedded().unwrap(), &TEXTS).unwrap_err().to_string();
    assert!(error.contains("384 numbers, expected 32"), "{error}");
}

#[test]
fn a_file_of_another_version_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("causes.json");
    std::fs::write(&path, r#"{"format_version": 1, "dim": 3}"#).unwrap();
    let error = RootCauses::load(&path).unwrap_err();
    assert!(error.to_string().ends_with("format_version 1, expected 2"), "{error}");
    assert!(matches!(error, Error::Model { .. }));
}

/// The bank example, nine tenths first, then all: of the ids of the first fit 19 in 20 live on, on the same texts.
#[test]
fn ids_survive_a_tenth_more_texts() {
    let survey =
        rasd::table::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/bank.csv"))).unwrap();
    let Some(rasd::Values::Text(column)) = survey.frame.get("comment") else { panic!("comment") };
    let texts: Vec<String> = column.iter().flatten().map(|text| text.to_string()).collect();
    let analyzer = Analyzer::embedded().unwrap();
    let (mut n, mut n_kept, mut n_new, mut n_labels, mut n_same) = (0, 0, 0, 0, 0);
    for tenth in 0..2 {
        let (first, rest): (Vec<_>, Vec<_>) = texts.iter().enumerate().partition(|(i, _)| i % 10 != tenth);
        let words =
            |part: &[(usize, &String)]| -> Vec<String> { part.iter().map(|(_, t)| (*t).clone()).collect() };
        let (first, rest) = (words(&first), words(&rest));
        let before = RootCauses::builder().fit(&analyzer, &first).unwrap();
        let all = [first.as_slice(), rest.as_slice()].concat();
        let after = saved_and_loaded(&before).refit(&analyzer, &all).unwrap();
        let ids = |fit: &RootCauses| -> std::collections::BTreeSet<i32> {
            fit.causes().iter().map(|cause| cause.cause_id).collect()
        };
        n += ids(&before).len();
        n_kept += ids(&before).intersection(&ids(&after)).count();
        let fresh: Vec<i32> = ids(&after).difference(&ids(&before)).copied().collect();
        n_new += fresh.len();
        assert!(
            fresh.iter().all(|id| *id >= before.causes().len() as i32),
            "new causes get new ids: {fresh:?}"
        );
        let both = before.labels().iter().zip(after.labels()).filter(|(a, b)| **a >= 0 && **b >= 0);
        n_labels += both.clone().count();
        n_same += both.filter(|(a, b)| a == b).count();
    }
    eprintln!("ids {n_kept} of {n}, {n_new} new; labels {n_same} of {n_labels}");
    assert!(n_kept * 20 >= n * 19, "{n_kept} of {n}");
    assert!(n_same * 10 >= n_labels * 8, "{n_same} of {n_labels}");
}
