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
