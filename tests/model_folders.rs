//! Model folders with a dialect head: what the column says, and what is refused by the name of the field.
#![cfg(feature = "analyze")]

use std::path::Path;

use rasd::{Analyzer, Comment, Error, Result, Values};
use serde_json::{Value, json};

const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/tiny");
/// No dialect word is in it.
const NO_CUE: &str = "لون الباب مناسب للغرفة";
const ARABIZI: &str = "el khedma helwa awi w kol 7aga tamam";

/// The tiny model with its `heads.dialect` changed.
fn changed(edit: impl FnOnce(&mut Value)) -> Result<Analyzer> {
    let folder = tempfile::tempdir().unwrap();
    for name in ["config.json", "tokenizer.json", "model.onnx"] {
        std::fs::copy(Path::new(TINY).join(name), folder.path().join(name)).unwrap();
    }
    let path = folder.path().join("config.json");
    let mut config: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    edit(&mut config["heads"]["dialect"]);
    std::fs::write(&path, config.to_string()).unwrap();
    Analyzer::open(folder.path())
}

fn head(labels: &[&str]) -> Value {
    json!({"labels": labels, "temperature": 1.0, "threshold": 0.5})
}

fn refusal(head: Value) -> String {
    match changed(|dialect| *dialect = head) {
        Err(error @ Error::Model { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

fn column(analyzer: &Analyzer, name: &str, texts: &[&str]) -> Vec<Option<String>> {
    let comments: Vec<Comment> = texts.iter().map(|text| Comment::new(*text)).collect();
    match analyzer.analyze(&comments).unwrap().comments.get(name) {
        Some(Values::Text(values)) => values.iter().map(|cell| cell.as_deref().map(str::to_string)).collect(),
        other => panic!("{name}: {other:?}"),
    }
}

/// Reasons but for a kind or an emotion that is not sure.
fn reasons(analyzer: &Analyzer, texts: &[&str]) -> Vec<Option<String>> {
    let other = |part: &&str| !part.starts_with("kind: ") && !part.starts_with("emotion: ");
    let kept = |reason: String| reason.split("; ").filter(other).collect::<Vec<_>>().join("; ");
    let all = column(analyzer, "reason", texts);
    all.into_iter().map(|reason| reason.map(kept).filter(|reason| !reason.is_empty())).collect()
}

#[test]
fn the_head_answers_for_arabic_and_arabizi_alone() {
    let sure = changed(|dialect| dialect["threshold"] = json!(0.0)).unwrap();
    let texts = [NO_CUE, ARABIZI, "the door is fine", "تمام", "N/A"];
    let said = column(&sure, "dialect", &texts);
    let reasons = reasons(&sure, &texts);
    assert_eq!(said.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, false, false, false]);
    assert_eq!(reasons[..3], [None, None, None]);
    assert_eq!(reasons[3].as_deref(), Some("too little Arabic to tell a dialect"));
    assert_eq!(reasons[4].as_deref(), Some("no comment"));
}

#[test]
fn under_its_threshold_the_head_abstains_without_a_reason() {
    let unsure = changed(|dialect| dialect["threshold"] = json!(1.0)).unwrap();
    assert_eq!(column(&unsure, "dialect", &[NO_CUE, ARABIZI]), [None, None]);
    assert_eq!(reasons(&unsure, &[NO_CUE, ARABIZI]), [None, None]);
}

#[test]
fn a_folder_without_a_head_is_valid_and_its_words_tell() {
    let headless = changed(|dialect| *dialect = Value::Null).unwrap();
    let texts = ["الخدمة وحشة اوي ومحدش بيرد", NO_CUE, ARABIZI];
    assert_eq!(column(&headless, "dialect", &texts), [Some("egyptian".to_string()), None, None]);
}

#[test]
fn a_head_that_does_not_fit_is_refused_by_its_field() {
    let unknown = refusal(head(&["msa", "khaliji"]));
    assert!(
        unknown.ends_with(
            "config.json: heads.dialect.labels: `khaliji`, \
             expected one of msa, egyptian, gulf, levantine, iraqi, maghrebi"
        ),
        "{unknown}"
    );
    assert!(refusal(head(&["msa", "gulf", "msa"])).ends_with("labels: `msa` twice, expected each once"));
    assert!(refusal(head(&[])).contains("heads.dialect.labels: none"));
    for (name, value) in [("temperature", 0.0), ("threshold", 1.5), ("cue_weight", -1.0)] {
        let mut bad = head(&["msa", "gulf"]);
        bad[name] = json!(value);
        let said = refusal(bad);
        assert!(said.contains(&format!("heads.dialect.{name} {value}, expected a number")), "{said}");
    }
    // As many logits as labels.
    assert!(refusal(head(&["msa", "gulf"])).contains("`dialect_logits`"));
}

#[test]
#[cfg(not(feature = "fast-model"))]
fn fast_names_no_folder_and_the_error_says_what_to_build() {
    let Err(error @ Error::ModelNotFound { .. }) = Analyzer::open("fast") else { panic!("opened") };
    assert_eq!(error.to_string(), "model `fast`: not in this build");
    assert!(error.hint().unwrap().contains("./fast"));
}

#[test]
#[cfg(feature = "fast-model")]
fn fast_is_the_second_embedded_model_and_no_folder() {
    let fast = Analyzer::open("fast").unwrap();
    let said = fast.predict(&["الخدمة سيئة جدا", "I love it"]).unwrap();
    assert_eq!(said, [Some("negative"), Some("positive")]);
    assert_eq!(fast.dim(), Analyzer::embedded().unwrap().dim());
}
