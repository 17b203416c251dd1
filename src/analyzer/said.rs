//! What a comment or a clause says beyond its sentiment: the model's heads and the words of the taxonomy together.

use std::sync::Arc;

use crate::Span;
use crate::infer::{Head, Labels, Output, sigmoid, softmax};
use crate::taxonomy::{Mark, Reading, Strength};

use super::scorer::Scorer;
use super::topics::Topics;

/// A label with its probability.
pub(super) type Labelled = (Arc<str>, f32);

/// Who is blamed; without a probability where words alone decide.
pub(super) type Blamed = (Arc<str>, Option<f32>);

/// What a text says; a label is absent where no probability reaches its threshold.
#[derive(Debug, Clone, Default)]
pub(super) struct Reads {
    /// Positions in [`Topics::names`], most probable first.
    pub topics: Vec<usize>,
    /// Probability of each; `None` for a topic of the user's.
    pub topic_probs: Vec<Option<f32>>,
    pub kind: Option<Labelled>,
    pub emotion: Option<Labelled>,
    /// How strongly it is felt, 1 to 3, where words say so.
    pub intensity: Option<u8>,
    /// Said in sarcasm, as far as the model tells.
    pub sarcastic: bool,
    /// Probability of that; `None` from a model that does not judge it.
    pub sarcasm_prob: Option<f32>,
    /// Why a label is absent.
    pub reasons: Vec<&'static str>,
}

/// A cue of a comment with the words that say it.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub id: Arc<str>,
    /// The marks' own words, or the whole clause where the model hears the cue and no mark does.
    pub span: Span,
    pub sense: Option<Arc<str>>,
    /// `None` where words alone decide.
    pub probability: Option<f32>,
}

impl Cue {
    fn of(mark: &Mark, probability: Option<f32>) -> Self {
        Self { id: mark.id.clone(), span: mark.span, sense: mark.sense.clone(), probability }
    }
}

/// The cues of a comment in the order of its text: the model's, or those of the words where it has no such head.
/// `clauses` are the comment's clauses with the model's output for each, `negative` tells whether a span is.
pub(super) fn cues(
    scorer: &Scorer,
    output: &Output,
    reading: &Reading,
    clauses: &[(Span, &Output)],
    negative: impl Fn(Span) -> bool,
) -> Vec<Cue> {
    let whole = Span { start: 0, end: usize::MAX };
    let of_words = reading.cues(&negative);
    let Some(head) = scorer.said(Head::Cue) else {
        return of_words.iter().map(|mark| Cue::of(mark, None)).collect();
    };
    let mut found: Vec<Cue> = Vec::new();
    for place in 0..head.labels.len() {
        let p = |output: &Output, span| {
            sigmoid(logit(head, place, &output.said[Head::Cue as usize], &reading.cues, span), 1.0)
        };
        let probability = p(output, whole);
        if probability < head.thresholds[place] {
            continue;
        }
        let id: Arc<str> = head.labels[place].clone();
        let before = found.len();
        found.extend(reading.cues.iter().filter(|mark| mark.id == id).map(|m| Cue::of(m, Some(probability))));
        if found.len() == before {
            let likest = clauses
                .iter()
                .reduce(|best, one| if p(one.1, one.0) > p(best.1, best.0) { one } else { best });
            found.extend(likest.map(|&(span, _)| Cue {
                id,
                span,
                sense: None,
                probability: Some(probability),
            }));
        }
    }
    // Cues of the user's own, which the head does not know.
    let own = of_words.iter().filter(|mark| !head.labels.iter().any(|label| **label == *mark.id));
    found.extend(own.map(|mark| Cue::of(mark, None)));
    found.sort_by_key(|cue| (cue.span.start, cue.span.end));
    found
}

/// Who or what is blamed: by the model, or where it has no such head the actor that words name most often, ties to the
/// first. With the model's probability.
pub(super) fn blamed(
    scorer: &Scorer,
    output: &Output,
    reading: &Reading,
    negative: impl Fn(Span) -> bool,
) -> Option<Blamed> {
    if let Some(head) = scorer.said(Head::Actor) {
        let whole = Span { start: 0, end: usize::MAX };
        let p = probabilities(head, &output.said[Head::Actor as usize], &reading.actors, whole);
        return best(head, &p).filter(|(actor, _)| &**actor != "none").map(|(actor, p)| (actor, Some(p)));
    }
    let stands = |mark: &&Mark| mark.strength == Strength::Strong || negative(mark.span);
    let standing: Vec<&Mark> = reading.actors.iter().filter(stands).collect();
    let count = |id: &str| standing.iter().filter(|mark| &*mark.id == id).count();
    standing
        .iter()
        .enumerate()
        .max_by_key(|(place, mark)| (count(&mark.id), std::cmp::Reverse(*place)))
        .map(|(_, mark)| (mark.id.clone(), None))
}

/// The marks of a list that stand within a span.
pub(super) fn within(marks: &[Mark], span: Span) -> impl Iterator<Item = &Mark> {
    marks.iter().filter(move |mark| span.start <= mark.span.start && mark.span.start < span.end)
}

/// Reads one text: the model's `output` for it and the marks of the comment within `span`.
pub(super) fn read(
    scorer: &Scorer,
    topics: &Topics,
    output: &Output,
    reading: &Reading,
    span: Span,
) -> Reads {
    let (topics, topic_probs) = topics.of(scorer, output, reading, span).into_iter().unzip();
    let mut reads = Reads { topics, topic_probs, ..Reads::default() };
    if let Some(head) = scorer.said(Head::Sarcasm) {
        let p = probabilities(head, &output.said[Head::Sarcasm as usize], &[], span);
        let place = head.labels.iter().position(|label| &**label == "sarcastic");
        reads.sarcasm_prob = place.map(|place| p[place]);
        reads.sarcastic = place.is_some_and(|place| p[place] >= head.thresholds[place]);
    }
    if let Some(head) = scorer.said(Head::Kind) {
        let p = probabilities(head, &output.said[Head::Kind as usize], &reading.kinds, span);
        reads.kind = best(head, &p);
        if reads.kind.is_none() {
            reads.reasons.push("kind: no label is probable enough");
        } else if reads.sarcastic && reads.kind.as_ref().is_some_and(|(kind, _)| &**kind == "praise") {
            reads.kind = None;
            reads.reasons.push("kind: praise that reads as sarcasm");
        }
    }
    if let Some(head) = scorer.said(Head::Emotion) {
        let p = probabilities(head, &output.said[Head::Emotion as usize], &reading.emotions, span);
        reads.emotion = best(head, &p);
        match &reads.emotion {
            None => reads.reasons.push("emotion: no label is probable enough"),
            Some((emotion, _)) => {
                let same = within(&reading.emotions, span).filter(|mark| mark.id == *emotion);
                reads.intensity = same.filter_map(|mark| mark.intensity).max();
            }
        }
    }
    reads
}

/// The logit of a label: the head's, its bias, and what the label's marks within the span add.
pub(super) fn logit(head: &Labels, place: usize, logits: &[f32], marks: &[Mark], span: Span) -> f32 {
    let of = |list: &[f32]| list.get(place).copied().unwrap_or(0.0);
    let mut strongest = None;
    for mark in within(marks, span).filter(|mark| *mark.id == *head.labels[place]) {
        if strongest != Some(Strength::Strong) {
            strongest = Some(mark.strength);
        }
    }
    let words = match strongest {
        Some(Strength::Strong) => of(&head.strong),
        Some(Strength::Weak) => of(&head.weak),
        None => 0.0,
    };
    logits[place] / head.temperature + of(&head.bias) + words
}

/// Head and words as a product of experts, scaled to sum 1 (Hinton 2002).
fn probabilities(head: &Labels, logits: &[f32], marks: &[Mark], span: Span) -> Vec<f32> {
    let sums: Vec<f32> =
        (0..head.labels.len()).map(|place| logit(head, place, logits, marks, span)).collect();
    softmax(&sums, 1.0)
}

/// The most probable label, if it reaches its threshold; ties go to the earlier one.
fn best(head: &Labels, p: &[f32]) -> Option<Labelled> {
    let top = (0..p.len()).reduce(|best, i| if p[i] > p[best] { i } else { best })?;
    (p[top] >= head.thresholds[top]).then(|| (head.labels[top].clone(), p[top]))
}
