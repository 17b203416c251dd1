//! The library answers what the exported folders answer in Python (`models/train/parity.py` wrote the expected
//! values): same normalizer, same pieces, same graph.
#![cfg(all(feature = "analyze", feature = "embedded-model"))]

use rasd::Analyzer;
use serde_json::Value;

const TOLERANCE: f64 = 1e-4;

fn near(got: f32, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((f64::from(got) - expected).abs() <= TOLERANCE, "{what}: {got}, expected {expected}");
}

#[test]
fn every_model_answers_as_in_training() {
    let root = env!("CARGO_MANIFEST_DIR");
    let file = std::fs::read_to_string(format!("{root}/tests/parity.json")).unwrap();
    let answers: Vec<Value> = serde_json::from_str(&file).unwrap();
    let models = [
        ("rasd-base", Analyzer::embedded().unwrap()),
        ("rasd-fast", Analyzer::open(format!("{root}/models/rasd-fast")).unwrap()),
        ("tiny", Analyzer::open(format!("{root}/models/tiny")).unwrap()),
    ];
    let mut compared = 0;
    for (name, analyzer) in &models {
        let expected: Vec<&Value> =
            answers.iter().filter(|answer| answer["model"].as_str() == Some(name)).collect();
        let texts: Vec<&str> = expected.iter().map(|answer| answer["text"].as_str().unwrap()).collect();
        let probabilities = analyzer.predict_proba(&texts).unwrap();
        let vectors = analyzer.embed(&texts).unwrap();
        for (i, answer) in expected.iter().enumerate() {
            for (class, p) in answer["sentiment"].as_array().unwrap().iter().enumerate() {
                near(probabilities[i].unwrap()[class], p, texts[i]);
            }
            for (at, x) in answer["embedding_start"].as_array().unwrap().iter().enumerate() {
                near(vectors[i][at], x, texts[i]);
            }
            compared += 1;
        }
    }
    assert_eq!(compared, answers.len());
}
