//! Topics of a text: the model's head for those it was trained on, likeness to their phrases for a user's own.

use std::sync::Arc;

use crate::cluster::{add, dot, unit};
use crate::infer::{Head, Output, sigmoid};
use crate::taxonomy::{Reading, Taxonomy};
use crate::{Result, Span};

use super::monitor::Monitor;
use super::said::{logit, within};
use super::scorer::Scorer;

/// A text speaks of a topic of the user's from this likeness on: `python models/train/measure_own_topic.py` prints macro-F1 on
/// dev rows by threshold; from .14 to .20 it is flat.
const LIKE: f32 = 0.16;
/// Varieties whose first seed of each topic of the library marks the middle of what customers speak of.
const MIDDLE: [&str; 2] = ["msa", "english"];

/// Where the probability of a topic comes from.
enum Source {
    /// Place in the model's topic head.
    Head(usize),
    /// Unit vector of where the topic's phrases lie, seen from the middle.
    Phrases(Vec<f32>),
}

/// The topics that one analyzer tells apart.
pub(super) struct Topics {
    names: Vec<Arc<str>>,
    sources: Vec<Source>,
    /// Mean vector of what customers speak of; empty where no topic is the user's.
    middle: Vec<f64>,
}

impl Topics {
    /// The topics of the taxonomy and those that only the model has; phrases of the user's topics are embedded here.
    pub fn new(taxonomy: &Taxonomy, scorer: &Scorer) -> Result<Self> {
        let head = scorer.said(Head::Topic).map_or(&[][..], |head| &head.labels);
        let mut found = Self { names: Vec::new(), sources: Vec::new(), middle: Vec::new() };
        let builtin = Taxonomy::builtin();
        for (place, label) in head.iter().enumerate() {
            let dropped = builtin.topic(label).is_some() && taxonomy.topic(label).is_none();
            if !dropped && !taxonomy.topic(label).is_some_and(|topic| topic.user) {
                found.names.push(label.clone());
                found.sources.push(Source::Head(place));
            }
        }
        let own: Vec<_> = taxonomy.topics().iter().filter(|topic| topic.user).collect();
        if own.is_empty() {
            return Ok(found);
        }
        let vectors = |phrases: &[&str]| -> Result<Vec<Vec<f32>>> {
            let scores = scorer.score(phrases, &Monitor::default())?;
            Ok((0..phrases.len()).map(|i| scores.output(i).embedding.clone()).collect())
        };
        let mut first: Vec<&str> = Vec::new();
        for topic in builtin.topics() {
            for variety in MIDDLE {
                let seed = topic.seeds.iter().find(|(told, _)| *told == variety);
                first.extend(seed.map(|(_, phrase)| phrase.as_str()));
            }
        }
        found.middle = mean(&vectors(&first)?);
        for topic in own {
            let phrases: Vec<&str> = topic.seeds.iter().map(|(_, phrase)| phrase.as_str()).collect();
            let seen: Vec<Vec<f32>> =
                vectors(&phrases)?.iter().map(|vector| from_middle(vector, &found.middle)).collect();
            found.names.push(topic.id.as_str().into());
            found.sources.push(Source::Phrases(unit(&mean(&seen))));
        }
        Ok(found)
    }

    /// Ids, by position.
    pub fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// Topics of a text: the user's by likeness to their phrases, which is no probability, then the head's with theirs, the
    /// greatest first.
    pub fn of(
        &self,
        scorer: &Scorer,
        output: &Output,
        reading: &Reading,
        span: Span,
    ) -> Vec<(usize, Option<f32>)> {
        let head = scorer.said(Head::Topic);
        let mut found: Vec<(bool, f32, usize)> = Vec::new();
        for (place, (name, source)) in self.names.iter().zip(&self.sources).enumerate() {
            let (of_head, value, threshold) = match source {
                Source::Head(label) => {
                    // Only a model with the head gives such sources.
                    let Some(head) = head else { continue };
                    let logits = &output.said[Head::Topic as usize];
                    let logit = logit(head, *label, logits, &reading.topics, span);
                    (true, sigmoid(logit, 1.0), head.thresholds[*label])
                }
                Source::Phrases(phrases) => {
                    let said = within(&reading.topics, span).any(|mark| *mark.id == **name);
                    let like = || dot(&from_middle(&output.embedding, &self.middle), phrases);
                    (false, if said { 1.0 } else { like() as f32 }, LIKE)
                }
            };
            if value >= threshold {
                found.push((of_head, value, place));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        found.into_iter().map(|(of_head, value, place)| (place, of_head.then_some(value))).collect()
    }
}

/// Mean of vectors of one length.
fn mean(vectors: &[Vec<f32>]) -> Vec<f64> {
    let mut total = vec![0.0; vectors.first().map_or(0, Vec::len)];
    vectors.iter().for_each(|vector| add(&mut total, vector, 1.0 / vectors.len() as f64));
    total
}

/// The direction of a vector as seen from the middle: what it says beyond what every comment shares.
fn from_middle(vector: &[f32], middle: &[f64]) -> Vec<f32> {
    let gap: Vec<f64> = vector.iter().zip(middle).map(|(&x, m)| f64::from(x) - m).collect();
    unit(&gap)
}
