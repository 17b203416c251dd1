//! What the rating goes with: causes, topics, segments and a date, each kind corrected for its own number of looks.

use std::collections::BTreeMap;

use crate::Result;
use crate::comment::Comment;
use crate::drivers::{self, Adjusted, Answers, Effect, Quadrant};

use super::Analyzer;
use super::causes::Found;
use super::frames::topic_names;
use super::judge::Judged;
use super::options::AnalyzeOptions;
use super::trends::Trends;

/// One comparison.
pub(super) struct Driver {
    /// `cause`, `topic`, `language`, `event` or the name of a segment column.
    pub kind: String,
    /// Cause id, topic label, segment value or date.
    pub name: String,
    pub label_ar: Option<String>,
    pub label_en: Option<String>,
    pub effect: Effect,
    pub adjusted: Option<Adjusted>,
    pub importance: Option<f64>,
    pub quadrant: Option<Quadrant>,
    /// The segment column inside whose values the difference turns round.
    pub turns_within: Option<String>,
}

/// A kind's name, Arabic and English labels, and rows.
struct Candidate {
    name: String,
    labels: (Option<String>, Option<String>),
    rows: Vec<usize>,
}

/// Compares the rating on everything that splits the rows; what has too few rows or customers on a side is left out.
/// The greatest impact comes first.
pub(super) fn compare(
    judged: &Judged,
    comments: &[Comment],
    answers: &Answers,
    found: &Found,
    trends: &Trends,
    analyzer: &Analyzer,
    options: &AnalyzeOptions,
) -> Result<Vec<Driver>> {
    let causes = found.causes.causes.iter().zip(&found.figures).map(|(cause, figures)| Candidate {
        name: cause.id.to_string(),
        labels: (cause.label_ar.clone(), cause.label_en.clone()),
        rows: figures.rows.clone(),
    });
    let topics = analyzer.topics.names().iter().enumerate().map(|(topic, label)| Candidate {
        name: label.to_string(),
        labels: topic_names(&analyzer.taxonomy, label),
        rows: (0..comments.len()).filter(|&row| judged.topics(row).contains(&topic)).collect(),
    });
    let (causes, topics): (Vec<Candidate>, Vec<Candidate>) = (causes.collect(), topics.collect());
    let (causes, (topics, segments)) = rayon::join(
        || themes("cause", causes, answers),
        || rayon::join(|| themes("topic", topics, answers), || segments(judged, comments, answers, options)),
    );
    let mut compared = causes?;
    compared.extend(topics?);
    compared.extend(segments?);
    if let Some((event, name)) = &trends.event {
        let rows = (0..comments.len()).filter(|&row| trends.days[row].is_some_and(|day| day >= *event));
        // Rows without a date stand on neither side.
        let dated: Vec<Option<f64>> =
            answers.ratings.iter().zip(&trends.days).map(|(rating, day)| day.and(*rating)).collect();
        let candidate = Candidate { name: name.clone(), labels: (None, None), rows: rows.collect() };
        compared.extend(kind("event", vec![candidate], &Answers { ratings: &dated, ..*answers })?);
    }
    compared.sort_by(|a, b| b.effect.impact.abs().total_cmp(&a.effect.impact.abs()));
    Ok(compared)
}

/// Effects of one kind's candidates.
fn kind(kind: &str, candidates: Vec<Candidate>, answers: &Answers) -> Result<Vec<Driver>> {
    let members: Vec<Vec<usize>> = candidates.iter().map(|candidate| candidate.rows.clone()).collect();
    let effects = drivers::effects(answers, &members)?;
    let drivers = candidates.into_iter().zip(effects).filter_map(|(candidate, effect)| {
        Some(Driver {
            kind: kind.into(),
            name: candidate.name,
            label_ar: candidate.labels.0,
            label_en: candidate.labels.1,
            effect: effect?,
            adjusted: None,
            importance: None,
            quadrant: None,
            turns_within: None,
        })
    });
    Ok(drivers.collect())
}

/// What may come together in one comment: also adjusted for one another, with importance and quadrant.
fn themes(name: &str, candidates: Vec<Candidate>, answers: &Answers) -> Result<Vec<Driver>> {
    let members: Vec<Vec<usize>> = candidates.iter().map(|candidate| candidate.rows.clone()).collect();
    let adjusted = drivers::adjusted_effects(answers, &members)?;
    let importance = drivers::importance(answers, &members)?;
    let places: BTreeMap<String, usize> =
        candidates.iter().enumerate().map(|(i, candidate)| (candidate.name.clone(), i)).collect();
    let mut compared = kind(name, candidates, answers)?;
    for driver in &mut compared {
        if let Some(&place) = places.get(&driver.name) {
            driver.adjusted = adjusted[place];
            driver.importance = importance.shares[place];
        }
    }
    let standing: Vec<(Option<f64>, f64)> =
        compared.iter().map(|driver| (driver.importance, driver.effect.mean_with)).collect();
    for (driver, quadrant) in compared.iter_mut().zip(drivers::quadrants(&standing, answers.mean())) {
        driver.quadrant = quadrant;
    }
    Ok(compared)
}

/// Values of the segment columns, and languages, each against the rest; with a warning where the difference turns
/// round inside another column's values.
fn segments(
    judged: &Judged,
    comments: &[Comment],
    answers: &Answers,
    options: &AnalyzeOptions,
) -> Result<Vec<Driver>> {
    let mut columns: Vec<(&str, Vec<Option<&str>>)> = Vec::new();
    for (position, name) in options.by_names.iter().enumerate() {
        let values = comments.iter().map(|comment| comment.by.get(position).and_then(Option::as_deref));
        columns.push((name, values.collect()));
    }
    if !options.by_names.iter().any(|name| name == "language") {
        let language = |row: &super::rows::Row| row.reason.is_none().then(|| row.language.as_str());
        columns.push(("language", judged.rows.iter().map(language).collect()));
    }
    let numbered: Vec<Vec<Option<usize>>> = columns
        .iter()
        .map(|(_, values)| {
            let mut known: Vec<&str> = values.iter().flatten().copied().collect();
            known.sort_unstable();
            known.dedup();
            values.iter().map(|value| value.and_then(|value| known.binary_search(&value).ok())).collect()
        })
        .collect();
    let mut compared = Vec::new();
    for (position, (name, values)) in columns.iter().enumerate() {
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, value) in values.iter().enumerate() {
            if let Some(value) = value {
                rows.entry(value).or_default().push(row);
            }
        }
        let candidates = rows.iter().map(|(value, rows)| Candidate {
            name: value.to_string(),
            labels: (None, None),
            rows: rows.clone(),
        });
        let mut drivers = kind(name, candidates.collect(), answers)?;
        // Less than about one standard error from 0 turns by chance.
        let stands_out = |effect: &Effect| effect.effect.abs() > (effect.ci_high - effect.ci_low) / 4.0;
        for driver in drivers.iter_mut().filter(|driver| stands_out(&driver.effect)) {
            for (other, strata) in numbered.iter().enumerate().filter(|(other, _)| *other != position) {
                let turns = drivers::turned(answers, &rows[driver.name.as_str()], strata)?.is_some();
                if turns && driver.turns_within.is_none() {
                    driver.turns_within = Some(columns[other].0.to_string());
                }
            }
        }
        compared.extend(drivers);
    }
    Ok(compared)
}
