//! Sentiment against labels a person gave: accuracy, macro-F1, per class, per dialect, confusion.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Analyzer;
use super::ratings::clip;
use crate::infer::SENTIMENTS;
use crate::{Error, Result, language};

/// How well the predicted sentiment agrees with labels.
///
/// ```
/// let analyzer = rasd::Analyzer::embedded()?;
/// let texts = ["I love it", "الخدمة سيئة جدا", "N/A"];
/// let result = analyzer.evaluate(&texts, &["positive", "negative", "neutral"])?;
/// assert_eq!((result.n, result.n_unjudged), (2, 1));
/// assert_eq!(result.accuracy, 1.0);
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// Judged rows.
    pub n: usize,
    /// Rows with nothing to judge (empty, "N/A"); they count nowhere else.
    pub n_unjudged: usize,
    /// Share of rows whose prediction is their label.
    pub accuracy: f64,
    /// Mean F1 of the classes that occur as a label.
    pub macro_f1: f64,
    /// The classes in the order of [`Analyzer::labels`].
    pub classes: Vec<ClassScores>,
    /// Rows labelled as the outer index and predicted as the inner one, in the order of [`Analyzer::labels`].
    pub confusion: [[usize; 3]; 3],
    /// Rows and accuracy by dialect: the labelled one, else the one that [`crate::language::dialect_cue`] finds.
    pub dialects: BTreeMap<String, DialectScores>,
}

/// Scores of one class.
///
/// ```
/// # let result = rasd::Analyzer::embedded()?.evaluate(&["I love it"], &["positive"])?;
/// assert_eq!(result.classes[2].label, "positive");
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassScores {
    /// The class.
    pub label: &'static str,
    /// Of those predicted so, the share labelled so; 0 when none was predicted.
    pub precision: f64,
    /// Of those labelled so, the share predicted so; 0 when none was labelled.
    pub recall: f64,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
    /// Rows labelled so.
    pub n: usize,
}

/// Rows of one dialect.
///
/// ```
/// # let result = rasd::Analyzer::embedded()?.evaluate(&["الخدمة وحشة اوي ومحدش بيرد"], &["negative"])?;
/// assert_eq!(result.dialects["egyptian"].n, 1);
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DialectScores {
    /// Judged rows.
    pub n: usize,
    /// Share predicted as labelled.
    pub accuracy: f64,
}

impl Analyzer {
    /// Compares the predicted sentiment with labels: `negative`, `neutral`, `positive`, or سلبي, محايد, إيجابي.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when the lengths differ or a label is another word (the message names the row,
    /// counted from 1), [`Error::Model`] when the runtime fails.
    pub fn evaluate<S: AsRef<str> + Sync, L: AsRef<str>>(
        &self,
        texts: &[S],
        labels: &[L],
    ) -> Result<Evaluation> {
        self.compare(texts, labels, |row| language::dialect_cue(texts[row].as_ref()))
    }

    /// [`Self::evaluate`] where the labels carry the dialect too, by any name; `None` or blank counts under no dialect.
    ///
    /// # Errors
    /// As [`Self::evaluate`].
    ///
    /// ```
    /// # let analyzer = rasd::Analyzer::embedded()?;
    /// let (texts, labels) = (["I love it", "الخدمة سيئة جدا"], ["positive", "negative"]);
    /// let result = analyzer.evaluate_dialects(&texts, &labels, &[None, Some("gulf")])?;
    /// assert_eq!(result.dialects["gulf"].accuracy, 1.0);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn evaluate_dialects<S: AsRef<str> + Sync, L: AsRef<str>>(
        &self,
        texts: &[S],
        labels: &[L],
        dialects: &[Option<&str>],
    ) -> Result<Evaluation> {
        if texts.len() != dialects.len() {
            let message = format!("{} dialects, expected {}", dialects.len(), texts.len());
            return Err(Error::invalid_input(message));
        }
        self.compare(texts, labels, |row| dialects[row].map(str::trim).filter(|name| !name.is_empty()))
    }

    fn compare<'a, S: AsRef<str> + Sync, L: AsRef<str>>(
        &self,
        texts: &[S],
        labels: &[L],
        dialect: impl Fn(usize) -> Option<&'a str>,
    ) -> Result<Evaluation> {
        if texts.len() != labels.len() {
            return Err(Error::invalid_input(format!("{} labels, expected {}", labels.len(), texts.len())));
        }
        let expected: Vec<usize> = labels
            .iter()
            .enumerate()
            .map(|(row, label)| class(label.as_ref(), row))
            .collect::<Result<_>>()?;
        let predicted = self.predict(texts)?;
        let mut confusion = [[0; 3]; 3];
        let mut dialects: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (row, (&label, prediction)) in expected.iter().zip(&predicted).enumerate() {
            let Some(got) = prediction.and_then(|name| SENTIMENTS.iter().position(|s| *s == name)) else {
                continue;
            };
            confusion[label][got] += 1;
            if let Some(dialect) = dialect(row) {
                let entry = dialects.entry(dialect).or_default();
                entry.0 += 1;
                entry.1 += usize::from(label == got);
            }
        }
        Ok(summarize(confusion, predicted.iter().filter(|p| p.is_none()).count(), dialects))
    }
}

fn summarize(
    confusion: [[usize; 3]; 3],
    n_unjudged: usize,
    dialects: BTreeMap<&str, (usize, usize)>,
) -> Evaluation {
    let ratio = |top: usize, bottom: usize| if bottom == 0 { 0.0 } else { top as f64 / bottom as f64 };
    let n: usize = confusion.iter().flatten().sum();
    let classes: Vec<ClassScores> = (0..3)
        .map(|c| {
            let labelled: usize = confusion[c].iter().sum();
            let predicted: usize = confusion.iter().map(|row| row[c]).sum();
            ClassScores {
                label: SENTIMENTS[c],
                precision: ratio(confusion[c][c], predicted),
                recall: ratio(confusion[c][c], labelled),
                f1: ratio(2 * confusion[c][c], labelled + predicted),
                n: labelled,
            }
        })
        .collect();
    let occurring: Vec<f64> = classes.iter().filter(|class| class.n > 0).map(|class| class.f1).collect();
    Evaluation {
        n,
        n_unjudged,
        accuracy: ratio((0..3).map(|c| confusion[c][c]).sum(), n),
        macro_f1: occurring.iter().sum::<f64>() / occurring.len().max(1) as f64,
        classes,
        confusion,
        dialects: dialects
            .into_iter()
            .map(|(name, (n, right))| (name.to_string(), DialectScores { n, accuracy: ratio(right, n) }))
            .collect(),
    }
}

fn class(label: &str, row: usize) -> Result<usize> {
    match label.trim().to_lowercase().as_str() {
        "negative" | "neg" | "سلبي" => Ok(0),
        "neutral" | "neu" | "محايد" => Ok(1),
        "positive" | "pos" | "إيجابي" | "ايجابي" => Ok(2),
        _ => Err(Error::invalid_input(format!(
            "row {}: label `{}`, expected negative, neutral or positive",
            row + 1,
            clip(label)
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Labelled negative 4 (3 right, 1 as positive), positive 2 (1 right, 1 as negative), no neutral:
    /// accuracy 4/6; F1 negative 2*3/(4+4) = .75, positive 2*1/(2+2) = .5; macro over the two .625.
    #[test]
    fn scores_by_hand() {
        let got = summarize([[3, 0, 1], [0, 0, 0], [1, 0, 1]], 2, BTreeMap::from([("gulf", (2, 1))]));
        assert_eq!((got.n, got.n_unjudged), (6, 2));
        assert!((got.accuracy - 4.0 / 6.0).abs() < 1e-12);
        assert_eq!((got.classes[0].f1, got.classes[2].f1, got.macro_f1), (0.75, 0.5, 0.625));
        assert_eq!(got.dialects["gulf"], DialectScores { n: 2, accuracy: 0.5 });
    }

    #[test]
    fn a_strange_label_names_its_row() {
        let error = class("angry", 4).unwrap_err().to_string();
        assert_eq!(error, "row 5: label `angry`, expected negative, neutral or positive");
        assert_eq!(class(" Positive ", 0).unwrap(), 2);
    }
}
