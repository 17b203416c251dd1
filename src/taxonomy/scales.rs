//! Answers in words to a closed question, as numbers: `scales.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// A scale whose answers are words.
///
/// ```
/// let scale = &rasd::taxonomy::text_scales()[0];
/// assert_eq!((scale.id.as_str(), scale.min, scale.max), ("satisfaction", 1.0, 5.0));
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TextScale {
    /// What it asks: satisfaction, effort ...
    pub id: String,
    /// Arabic name.
    pub name_ar: String,
    /// English name.
    pub name_en: String,
    /// Worst value.
    pub min: f64,
    /// Best value; of `frequency`, the most often.
    pub max: f64,
    /// Its answers, the best first.
    #[serde(rename = "answer")]
    pub answers: Vec<TextAnswer>,
}

/// One answer of a [`TextScale`].
///
/// ```
/// let best = &rasd::taxonomy::text_scales()[0].answers[0];
/// assert!(best.value == 5.0 && best.phrases().any(|phrase| phrase == "very satisfied"));
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TextAnswer {
    /// Its number, on the scale.
    pub value: f64,
    /// Ways to say it in Arabic.
    #[serde(default)]
    pub ar: Vec<String>,
    /// Ways to say it in English.
    #[serde(default)]
    pub en: Vec<String>,
    /// Faces that say it.
    #[serde(default)]
    pub emoji: Vec<String>,
}

impl TextAnswer {
    /// Every way to give this answer.
    pub fn phrases(&self) -> impl Iterator<Item = &str> {
        self.ar.iter().chain(&self.en).chain(&self.emoji).map(String::as_str)
    }
}

#[derive(Deserialize)]
struct File {
    scale: Vec<TextScale>,
}

static SCALES: LazyLock<Vec<TextScale>> = LazyLock::new(|| {
    // The file is part of the crate, and a test below reads it.
    toml::from_str::<File>(include_str!("scales.toml")).map(|file| file.scale).unwrap_or_default()
});

/// Every scale, in the order of the file.
///
/// ```
/// assert!(rasd::taxonomy::text_scales().iter().any(|scale| scale.id == "agreement"));
/// ```
pub fn text_scales() -> &'static [TextScale] {
    &SCALES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_reaches_from_its_worst_to_its_best() {
        assert!(toml::from_str::<File>(include_str!("scales.toml")).is_ok());
        for scale in text_scales() {
            let values: Vec<f64> = scale.answers.iter().map(|answer| answer.value).collect();
            assert!(values.windows(2).all(|pair| pair[0] > pair[1]), "{}: {values:?}", scale.id);
            assert_eq!((values.last(), values.first()), (Some(&scale.min), Some(&scale.max)), "{}", scale.id);
            assert!(scale.answers.iter().all(|answer| answer.phrases().next().is_some()), "{}", scale.id);
        }
    }
}
