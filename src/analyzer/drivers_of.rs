//! What the rating goes with: causes, topics and segments compared by one test each, corrected together.

use std::collections::BTreeMap;

use crate::Result;
use crate::comment::Comment;
use crate::drivers::{self, Effect};

use super::Analyzer;
use super::causes::Found;
use super::frames::topic_names;
use super::options::AnalyzeOptions;
use super::tables::Judged;

/// One comparison.
pub(super) struct Driver {
    /// `cause`, `topic` or the name of a segment column.
    pub kind: String,
    /// Cause id, topic label or segment value.
    pub name: String,
    pub label_ar: Option<String>,
    pub label_en: Option<String>,
    pub effect: Effect,
}

/// Compares the rating on everything that splits the rows; what has too few rows on a side is left out.
pub(super) fn compare(
    judged: &Judged,
    comments: &[Comment],
    ratings: &[Option<f64>],
    found: &Found,
    analyzer: &Analyzer,
    options: &AnalyzeOptions,
) -> Result<Vec<Driver>> {
    type Candidate = (String, String, Option<String>, Option<String>);
    let mut candidates: Vec<(Candidate, Vec<usize>)> = Vec::new();
    for (cause, figures) in found.causes.causes.iter().zip(&found.figures) {
        let names = (cause.label_ar.clone(), cause.label_en.clone());
        candidates.push((("cause".into(), cause.id.to_string(), names.0, names.1), figures.rows.clone()));
    }
    for (topic, label) in analyzer.topics.names().iter().enumerate() {
        let rows = (0..comments.len()).filter(|&row| judged.topics(row).contains(&topic)).collect();
        let (ar, en) = topic_names(&analyzer.taxonomy, label);
        candidates.push((("topic".into(), label.clone(), ar, en), rows));
    }
    for (position, name) in options.by_names.iter().enumerate() {
        let mut values: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, comment) in comments.iter().enumerate() {
            if let Some(Some(value)) = comment.by.get(position) {
                values.entry(value).or_default().push(row);
            }
        }
        for (value, rows) in values {
            candidates.push(((name.clone(), value.to_string(), None, None), rows));
        }
    }
    let members: Vec<Vec<usize>> = candidates.iter().map(|(_, rows)| rows.clone()).collect();
    let effects = drivers::effects(ratings, &members)?;
    let mut compared: Vec<Driver> = candidates
        .into_iter()
        .zip(effects)
        .filter_map(|(((kind, name, label_ar, label_en), _), effect)| {
            Some(Driver { kind, name, label_ar, label_en, effect: effect? })
        })
        .collect();
    compared.sort_by(|a, b| b.effect.impact.abs().total_cmp(&a.effect.impact.abs()));
    Ok(compared)
}
