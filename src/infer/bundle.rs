//! A model folder: `config.json`, `tokenizer.json`, `model.onnx`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::comment::DIALECTS;
use crate::normalize::NormalizerSpec;
use crate::{Error, Result};

/// The sentiments in the order every table and matrix of this crate uses.
pub(crate) const SENTIMENTS: [&str; 3] = ["negative", "neutral", "positive"];

/// What `config.json` says, checked.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub name: String,
    pub max_tokens: usize,
    /// Length of the embedding; `None` when the model gives none.
    pub embedding_dim: Option<usize>,
    /// Of model.onnx, as config.json states it and the file was found to have; a foreign export states none.
    pub onnx_sha256: Option<String>,
    pub normalizer: NormalizerSpec,
    /// Which of [`SENTIMENTS`] each sentiment logit adds to.
    pub sentiment: Vec<usize>,
    pub sentiment_temperature: f32,
    pub dialects: Option<Dialects>,
    /// In the order of [`SAID`].
    pub said: [Option<Labels>; SAID.len()],
}

/// The heads of what a comment says, by the names of config.json; [`Head`] numbers them.
pub(crate) const SAID: [&str; 6] = ["topic", "kind", "emotion", "sarcasm", "cue", "actor"];

/// A head of [`SAID`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Topic,
    Kind,
    Emotion,
    Sarcasm,
    Cue,
    Actor,
}

/// The dialect head: one label holds, or none when no probability reaches the threshold.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Dialects {
    /// Names out of [`DIALECTS`], one per logit.
    pub labels: Vec<String>,
    pub temperature: f32,
    /// The best probability below this is no answer.
    pub threshold: f32,
    /// How much the dialect words of a text count beside the head.
    #[serde(default = "one")]
    pub cue_weight: f32,
}

fn one() -> f32 {
    1.0
}

/// A head of what a comment says.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Labels {
    pub labels: Vec<Arc<str>>,
    pub temperature: f32,
    /// Probability from which a label is given, one per label.
    pub thresholds: Vec<f32>,
    /// What a strong mark of the taxonomy adds to the logit of its label; empty for nothing.
    #[serde(default)]
    pub strong: Vec<f32>,
    /// What a weak mark adds where there is no strong one; empty for nothing.
    #[serde(default)]
    pub weak: Vec<f32>,
    /// Added to the logits; empty for nothing.
    #[serde(default)]
    pub bias: Vec<f32>,
}

impl Labels {
    fn check(&self, place: &str, head: &str) -> Result<()> {
        let fail = |what: String| {
            Err(Error::model(format!("model `{place}`: config.json: heads.{head}.{what}"))
                .with_hint("correct config.json, or export the model again"))
        };
        let n = self.labels.len();
        if self.thresholds.len() != n {
            return fail(format!("thresholds: {} for {n} labels", self.thresholds.len()));
        }
        for (name, list) in [("strong", &self.strong), ("weak", &self.weak), ("bias", &self.bias)] {
            if !list.is_empty() && list.len() != n {
                return fail(format!("{name}: {} for {n} labels", list.len()));
            }
        }
        if let Some(twice) = (1..n).find(|&i| self.labels[..i].contains(&self.labels[i])) {
            return fail(format!("labels: `{}` twice, expected each once", self.labels[twice]));
        }
        if !(self.temperature > 0.0 && self.temperature.is_finite()) {
            return fail(format!("temperature {}, expected a number above 0", self.temperature));
        }
        let mut numbers = [&self.thresholds, &self.strong, &self.weak, &self.bias].into_iter().flatten();
        if let Some(got) = numbers.find(|number| !number.is_finite()) {
            return fail(format!("thresholds, strong, weak, bias: {got}, expected numbers"));
        }
        Ok(())
    }
}

/// Config and files of a model, read and verified.
pub(crate) struct Bundle {
    pub config: Config,
    pub tokenizer: Cow<'static, [u8]>,
    pub onnx: Cow<'static, [u8]>,
}

#[derive(Deserialize)]
struct OwnConfig {
    format_version: u32,
    name: String,
    max_tokens: usize,
    embedding_dim: usize,
    normalizer: OwnNormalizer,
    heads: OwnHeads,
    files: BTreeMap<String, String>,
}

/// Every rule by name, so that a preset that changes in a later version changes no model.
#[derive(Deserialize)]
struct OwnNormalizer {
    rules: BTreeMap<String, String>,
    /// Of the lines "rule=value" in order of names, each ended by a line feed.
    sha256: String,
}

#[derive(Deserialize)]
struct OwnHeads {
    sentiment: OwnSentiment,
    dialect: Option<Dialects>,
    topic: Option<Labels>,
    kind: Option<Labels>,
    emotion: Option<Labels>,
    sarcasm: Option<Labels>,
    cue: Option<Labels>,
    actor: Option<Labels>,
}

#[derive(Deserialize)]
struct OwnSentiment {
    labels: Vec<String>,
    temperature: f32,
}

#[derive(Deserialize)]
struct HubConfig {
    id2label: BTreeMap<String, String>,
    #[serde(default)]
    max_position_embeddings: Option<usize>,
    #[serde(default)]
    model_type: String,
}

const FORMAT_VERSION: u32 = 1;
/// A comment is short: a foreign model that could read more still reads this many tokens.
const HUB_MAX_TOKENS: usize = 128;

impl Bundle {
    /// Reads and verifies a model folder: ours, or a Hugging Face / Optimum text-classification export.
    ///
    /// The bare name `fast` is the second embedded model, so it never means a folder.
    pub fn open(dir: &Path) -> Result<Self> {
        if dir.as_os_str() == "fast" {
            return Self::fast();
        }
        if !dir.is_dir() {
            return Err(Error::model_not_found(format!("model `{}`: not a folder", dir.display()))
                .with_hint("give a folder that holds config.json, tokenizer.json and model.onnx"));
        }
        let config = read(dir, "config.json")?;
        let tokenizer = read(dir, "tokenizer.json")?;
        let onnx_name = if dir.join("model.onnx").exists() { "model.onnx" } else { "onnx/model.onnx" };
        let onnx =
            if dir.join(onnx_name).exists() { read(dir, onnx_name)? } else { read(dir, "model.onnx")? };
        Self::from_parts(&dir.display().to_string(), &config, tokenizer.into(), onnx.into())
    }

    /// The model compiled into this library.
    #[cfg(feature = "embedded-model")]
    pub fn embedded() -> Result<Self> {
        Self::from_parts(
            "embedded",
            include_bytes!("../../models/rasd-base/config.json"),
            Cow::Borrowed(include_bytes!("../../models/rasd-base/tokenizer.json")),
            Cow::Borrowed(include_bytes!("../../models/rasd-base/model.onnx")),
        )
    }

    /// The smaller model compiled into this library.
    #[cfg(feature = "fast-model")]
    fn fast() -> Result<Self> {
        Self::from_parts(
            "fast",
            include_bytes!("../../models/rasd-fast/config.json"),
            Cow::Borrowed(include_bytes!("../../models/rasd-fast/tokenizer.json")),
            Cow::Borrowed(include_bytes!("../../models/rasd-fast/model.onnx")),
        )
    }

    #[cfg(not(feature = "fast-model"))]
    fn fast() -> Result<Self> {
        Err(Error::model_not_found("model `fast`: not in this build").with_hint(
            "build with feature `fast-model`, or give a model folder (`./fast` for a folder of that name)",
        ))
    }

    fn from_parts(
        place: &str,
        config: &[u8],
        tokenizer: Cow<'static, [u8]>,
        onnx: Cow<'static, [u8]>,
    ) -> Result<Self> {
        let value: serde_json::Value = serde_json::from_slice(config)
            .map_err(|e| Error::model(format!("model `{place}`: config.json: {e}, expected JSON")))?;
        let config = if value.get("format_version").is_some() {
            own_config(place, value, &tokenizer, &onnx)?
        } else {
            hub_config(place, value)?
        };
        Ok(Self { config, tokenizer, onnx })
    }
}

fn read(dir: &Path, name: &str) -> Result<Vec<u8>> {
    std::fs::read(dir.join(name)).map_err(|e| {
        Error::model_not_found(format!("model `{}`: {name}: {e}", dir.display()))
            .with_hint("a model folder holds config.json, tokenizer.json and model.onnx (or onnx/model.onnx)")
    })
}

fn own_config(place: &str, value: serde_json::Value, tokenizer: &[u8], onnx: &[u8]) -> Result<Config> {
    let version = value["format_version"].clone();
    if version != FORMAT_VERSION {
        return Err(Error::model(format!(
            "model `{place}`: config.json: format_version {version}, expected {FORMAT_VERSION}"
        ))
        .with_hint("a newer rasd may read it; or export the model again"));
    }
    let own: OwnConfig = serde_json::from_value(value)
        .map_err(|e| Error::model(format!("model `{place}`: config.json: {e}")))?;
    debug_assert_eq!(own.format_version, FORMAT_VERSION);
    for (name, bytes) in [("tokenizer.json", tokenizer), ("model.onnx", onnx)] {
        let expected = own.files.get(name).ok_or_else(|| {
            Error::model(format!("model `{place}`: config.json: `files` has no sha256 for {name}"))
        })?;
        let got = hex(&Sha256::digest(bytes));
        if got != *expected {
            return Err(Error::model(format!(
                "model `{place}`: {name}: sha256 {got}, expected {expected} (config.json)"
            ))
            .with_hint("the file was altered or only partly copied: copy the folder again"));
        }
    }
    let rules: String =
        own.normalizer.rules.iter().map(|(rule, value)| format!("{rule}={value}\n")).collect();
    let got = hex(&Sha256::digest(rules.as_bytes()));
    if got != own.normalizer.sha256 {
        return Err(Error::model(format!(
            "model `{place}`: config.json: normalizer.sha256 {}, but its rules give {got}",
            own.normalizer.sha256
        ))
        .with_hint("the model was trained with other rules: copy the folder again, or export it again"));
    }
    let heads = own.heads;
    let said = [heads.topic, heads.kind, heads.emotion, heads.sarcasm, heads.cue, heads.actor];
    for (head, name) in said.iter().zip(SAID) {
        head.iter().try_for_each(|head| head.check(place, name))?;
    }
    if let Some(dialects) = &heads.dialect {
        dialects.check(place)?;
    }
    Ok(Config {
        sentiment: sentiment_order(place, &heads.sentiment.labels)?,
        name: own.name,
        max_tokens: own.max_tokens.max(2),
        embedding_dim: Some(own.embedding_dim),
        onnx_sha256: own.files.get("model.onnx").cloned(),
        normalizer: NormalizerSpec { preset: None, rules: own.normalizer.rules },
        sentiment_temperature: heads.sentiment.temperature,
        dialects: heads.dialect,
        said,
    })
}

impl Dialects {
    fn check(&self, place: &str) -> Result<()> {
        let fail = |what: String| {
            Err(Error::model(format!("model `{place}`: config.json: heads.dialect.{what}"))
                .with_hint("correct config.json, or export the model again"))
        };
        for (i, label) in self.labels.iter().enumerate() {
            if !DIALECTS.contains(&label.as_str()) {
                return fail(format!("labels: `{label}`, expected one of {}", DIALECTS.join(", ")));
            }
            if self.labels[..i].contains(label) {
                return fail(format!("labels: `{label}` twice, expected each once"));
            }
        }
        if self.labels.is_empty() {
            return fail(format!("labels: none, expected some of {}", DIALECTS.join(", ")));
        }
        let numbers = [
            ("temperature", self.temperature, self.temperature > 0.0, "above 0"),
            ("threshold", self.threshold, (0.0..=1.0).contains(&self.threshold), "in 0..=1"),
            ("cue_weight", self.cue_weight, self.cue_weight >= 0.0, "at least 0"),
        ];
        for (name, got, fits, expected) in numbers {
            if !fits || !got.is_finite() {
                return fail(format!("{name} {got}, expected a number {expected}"));
            }
        }
        Ok(())
    }
}

fn hub_config(place: &str, value: serde_json::Value) -> Result<Config> {
    let hub: HubConfig = serde_json::from_value(value).map_err(|e| {
        Error::model(format!("model `{place}`: config.json: {e}")).with_hint(
            "expected rasd's own format (format_version) or a text-classification export with id2label",
        )
    })?;
    let mut labels: Vec<(usize, String)> = Vec::new();
    for (id, label) in hub.id2label {
        let id = id.parse().map_err(|_| {
            Error::model(format!(
                "model `{place}`: config.json: id2label key `{id}`, expected a whole number"
            ))
        })?;
        labels.push((id, label));
    }
    labels.sort();
    let labels: Vec<String> = labels.into_iter().map(|(_, label)| label).collect();
    Ok(Config {
        sentiment: sentiment_order(place, &labels)?,
        name: if hub.model_type.is_empty() { place.to_string() } else { hub.model_type },
        // Two positions are taken by padding offsets in RoBERTa-like models.
        max_tokens: hub
            .max_position_embeddings
            .map_or(HUB_MAX_TOKENS, |n| n.saturating_sub(2).clamp(2, HUB_MAX_TOKENS)),
        embedding_dim: None,
        onnx_sha256: None,
        normalizer: NormalizerSpec { preset: Some("light".into()), rules: BTreeMap::new() },
        sentiment_temperature: 1.0,
        dialects: None,
        said: Default::default(),
    })
}

/// Maps a model's own label names to [`SENTIMENTS`]; `1 star` .. `5 stars` count as two negative, one
/// neutral, two positive.
fn sentiment_order(place: &str, labels: &[String]) -> Result<Vec<usize>> {
    labels
        .iter()
        .map(|label| {
            let lower = label.to_lowercase();
            match lower.as_str() {
                l if l.starts_with("neg") || l == "1 star" || l == "2 stars" => Ok(0),
                l if l.starts_with("neu") || l == "mixed" || l == "3 stars" => Ok(1),
                l if l.starts_with("pos") || l == "4 stars" || l == "5 stars" => Ok(2),
                _ => Err(Error::model(format!(
                    "model `{place}`: config.json: sentiment label `{label}`, \
                     expected negative, neutral or positive"
                ))
                .with_hint("export again; `id2label` must name every class")),
            }
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
