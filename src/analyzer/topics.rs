//! Topics of a text: the model's head for those it was trained on, likeness to their phrases for a user's own.

use crate::infer::{Head, Output, sigmoid};
use crate::taxonomy::{Reading, Taxonomy};
use crate::{Result, Span};

use super::monitor::Monitor;
use super::said::{logit, within};
use super::scorer::Scorer;

/// A text speaks of a topic of the user's from this likeness on: `python models/train/measure_own_topic.py` prints macro-F1 on
/// dev rows by threshold; from .16 to .22 it is flat.
const LIKE: f32 = 0.22;
/// So many of the nearest phrases count.
const NEAREST: usize = 3;

/// Where the probability of a topic comes from.
enum Source {
    /// Place in the model's topic head.
    Head(usize),
    /// Unit vectors of the topic's phrases.
    Phrases(Vec<Vec<f32>>),
}

/// The topics that one analyzer tells apart.
pub(super) struct Topics {
    names: Vec<String>,
    sources: Vec<Source>,
}

impl Topics {
    /// The topics of the taxonomy and those that only the model has; phrases of the user's topics are embedded here.
    pub fn new(taxonomy: &Taxonomy, scorer: &Scorer) -> Result<Self> {
        let head = scorer.said(Head::Topic).map_or(&[][..], |head| &head.labels);
        let mut found = Self { names: Vec::new(), sources: Vec::new() };
        let builtin = Taxonomy::builtin();
        for (place, label) in head.iter().enumerate() {
            let dropped = builtin.topic(label).is_some() && taxonomy.topic(label).is_none();
            if !dropped && !taxonomy.topic(label).is_some_and(|topic| topic.user) {
                found.names.push(label.clone());
                found.sources.push(Source::Head(place));
            }
        }
        for topic in taxonomy.topics().iter().filter(|topic| topic.user) {
            let phrases: Vec<&str> = topic.seeds.iter().map(|(_, phrase)| phrase.as_str()).collect();
            let scores = scorer.score(&phrases, &Monitor::default())?;
            let vectors = (0..phrases.len()).map(|i| scores.output(i).embedding.clone()).collect();
            found.names.push(topic.id.clone());
            found.sources.push(Source::Phrases(vectors));
        }
        Ok(found)
    }

    /// Ids, by position.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Topics of a text: by probability from the head, by likeness from the user's phrases, the greatest first.
    pub fn of(&self, scorer: &Scorer, output: &Output, reading: &Reading, span: Span) -> Vec<usize> {
        let head = scorer.said(Head::Topic);
        let mut found: Vec<(usize, f32)> = Vec::new();
        for (place, (name, source)) in self.names.iter().zip(&self.sources).enumerate() {
            let (value, threshold) = match source {
                Source::Head(label) => {
                    // Only a model with the head gives such sources.
                    let Some(head) = head else { continue };
                    let logits = &output.said[Head::Topic as usize];
                    let logit = logit(head, *label, logits, &reading.topics, span);
                    (sigmoid(logit, 1.0), head.thresholds[*label])
                }
                Source::Phrases(phrases) => {
                    let said = within(&reading.topics, span).any(|mark| *mark.id == **name);
                    (if said { 1.0 } else { likeness(&output.embedding, phrases) }, LIKE)
                }
            };
            if value >= threshold {
                found.push((place, value));
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().map(|(place, _)| place).collect()
    }
}

/// Mean cosine to the nearest phrases.
fn likeness(vector: &[f32], phrases: &[Vec<f32>]) -> f32 {
    let cosine = |phrase: &Vec<f32>| vector.iter().zip(phrase).map(|(a, b)| a * b).sum::<f32>();
    let mut cosines: Vec<f32> = phrases.iter().map(cosine).collect();
    cosines.sort_by(|a, b| b.total_cmp(a));
    let n = cosines.len().min(NEAREST);
    cosines[..n].iter().sum::<f32>() / n.max(1) as f32
}
