//! Texts to model outputs: normalize, tokenize and infer each distinct text once, in parallel.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::dialect;
use super::monitor::Monitor;
use crate::Result;
use crate::comment::DIALECTS;
use crate::infer::{Bundle, Head, Labels, Model, Output, Sentiment, softmax};
use crate::normalize::Normalizer;
use crate::tokenize::{Encoded, Tokenizer};

/// A model with the normalizer and the tokenizer it was trained with.
pub(super) struct Scorer {
    normalizer: Normalizer,
    tokenizer: Tokenizer,
    model: Model,
    config: crate::infer::Config,
}

/// Outputs of the distinct texts and which of them each text has.
pub(super) struct Scores {
    outputs: Vec<Output>,
    truncated: Vec<bool>,
    index: Vec<usize>,
}

impl Scores {
    /// The output of text `i`.
    pub fn output(&self, i: usize) -> &Output {
        &self.outputs[self.index[i]]
    }

    /// Whether text `i` was longer than the model reads.
    pub fn truncated(&self, i: usize) -> bool {
        self.truncated[self.index[i]]
    }
}

impl Scorer {
    pub fn load(mut bundle: Bundle, runtime: Option<&Path>) -> Result<Self> {
        let model = Model::load(&mut bundle, runtime)?;
        Ok(Self {
            normalizer: Normalizer::from_spec(&bundle.config.normalizer)?,
            tokenizer: Tokenizer::from_bytes(&bundle.tokenizer, bundle.config.max_tokens)?,
            model,
            config: bundle.config,
        })
    }

    pub fn dim(&self) -> Option<usize> {
        self.config.embedding_dim
    }

    pub fn name(&self) -> &str {
        &self.config.name
    }

    pub fn onnx_sha256(&self) -> Option<&str> {
        self.config.onnx_sha256.as_deref()
    }

    /// A head of what a comment says; `None` when the model has no such head.
    pub fn said(&self, head: Head) -> Option<&Labels> {
        self.config.said[head as usize].as_ref()
    }

    /// Scores `texts`, which the monitor was told of; each distinct normalized text runs once.
    pub fn score(&self, texts: &[&str], monitor: &Monitor) -> Result<Scores> {
        monitor.check()?;
        let normalized: Vec<_> = texts.par_iter().map(|text| self.normalizer.normalize(text)).collect();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut unique: Vec<&str> = Vec::new();
        let index: Vec<usize> = normalized
            .iter()
            .map(|text| {
                *seen.entry(text).or_insert_with(|| {
                    unique.push(text);
                    unique.len() - 1
                })
            })
            .collect();
        monitor.check()?;
        let encoded: Vec<Encoded> =
            unique.par_iter().map(|text| self.tokenizer.encode(text)).collect::<Result<_>>()?;
        let lengths: Vec<usize> = encoded.iter().map(|e| e.ids.len()).collect();
        monitor.skip(texts.len() - unique.len());
        let done: Vec<(usize, Output)> = Model::batches(&lengths)
            .into_par_iter()
            .map(|batch| {
                monitor.check()?;
                let ids: Vec<&[i64]> = batch.iter().map(|&i| encoded[i].ids.as_slice()).collect();
                let outputs = self.model.run(&ids)?;
                monitor.advance(batch.len());
                Ok(batch.into_iter().zip(outputs).collect::<Vec<_>>())
            })
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        let mut outputs: Vec<Option<Output>> = vec![None; unique.len()];
        for (i, output) in done {
            outputs[i] = Some(output);
        }
        Ok(Scores {
            outputs: outputs.into_iter().flatten().collect(),
            truncated: encoded.iter().map(|e| e.truncated).collect(),
            index,
        })
    }

    /// Calibrated sentiment of an output.
    pub fn sentiment(&self, output: &Output) -> Sentiment {
        let mut p = [0f32; 3];
        let calibrated = softmax(&output.sentiment, self.config.sentiment_temperature);
        for (&class, probability) in self.config.sentiment.iter().zip(calibrated) {
            p[class] += probability;
        }
        Sentiment { negative: p[0], neutral: p[1], positive: p[2] }
    }

    /// What the dialect head says of an output; `None` when the model has no such head.
    pub fn dialect(&self, output: &Output) -> Option<dialect::Head> {
        let head = self.config.dialects.as_ref()?;
        let mut probabilities = [0.0; DIALECTS.len()];
        let calibrated = softmax(&output.dialects, head.temperature);
        for (label, probability) in head.labels.iter().zip(calibrated) {
            if let Some(place) = DIALECTS.iter().position(|name| name == label) {
                probabilities[place] = probability;
            }
        }
        Some(dialect::Head { probabilities, threshold: head.threshold, cue_weight: head.cue_weight })
    }
}

/// Where the caller wants the model and the runtime from.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub model: Option<PathBuf>,
    pub runtime: Option<PathBuf>,
}

impl Source {
    /// The asked-for scorer, and the one that embeds: the same, or the embedded model when the asked-for one
    /// gives no embedding.
    pub fn load(&self) -> Result<(Scorer, Option<Scorer>)> {
        let runtime = self.runtime.as_deref();
        let main = match &self.model {
            Some(dir) => Scorer::load(Bundle::open(dir)?, runtime)?,
            None => Scorer::load(embedded()?, runtime)?,
        };
        let encoder = match main.dim() {
            Some(_) => None,
            None => Some(Scorer::load(embedded()?, runtime)?),
        };
        Ok((main, encoder))
    }
}

#[cfg(feature = "embedded-model")]
fn embedded() -> Result<Bundle> {
    Bundle::embedded()
}

#[cfg(not(feature = "embedded-model"))]
fn embedded() -> Result<Bundle> {
    Err(crate::Error::model_not_found("embedded model: not in this build")
        .with_hint("build with feature `embedded-model`, or open a model folder that gives an embedding"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::SAID;

    /// `models/train/parity.py` writes the probabilities of the dialect head, in the order of [`DIALECTS`], and the logits
    /// of the heads of what a comment says.
    #[test]
    fn every_head_answers_as_in_training() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = std::fs::read(root.join("tests/parity.json")).unwrap();
        let answers: Vec<serde_json::Value> = serde_json::from_slice(&file).unwrap();
        for name in ["rasd-base", "rasd-fast", "tiny"] {
            let scorer = Scorer::load(Bundle::open(&root.join("models").join(name)).unwrap(), None).unwrap();
            for answer in answers.iter().filter(|answer| answer["model"] == name) {
                let text = answer["text"].as_str().unwrap();
                let scores = scorer.score(&[text], &Monitor::default()).unwrap();
                let near = |got: &[f32], expected: &serde_json::Value, what: &str| {
                    let expected = expected.as_array().unwrap();
                    assert_eq!(got.len(), expected.len(), "{name}: {what}: {text}");
                    for (p, expected) in got.iter().zip(expected) {
                        assert!(
                            (f64::from(*p) - expected.as_f64().unwrap()).abs() <= 1e-4,
                            "{name}: {what}: {text}"
                        );
                    }
                };
                near(&scorer.dialect(scores.output(0)).unwrap().probabilities, &answer["dialect"], "dialect");
                for (place, head) in SAID.iter().enumerate() {
                    near(&scores.output(0).said[place], &answer["logits"][head], head);
                }
            }
        }
    }
}
