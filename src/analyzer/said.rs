//! What a comment or a clause says beyond its sentiment: the model's heads and the words of the taxonomy together.

use std::sync::Arc;

use crate::Span;
use crate::infer::{Head, Labels, Output, softmax};
use crate::taxonomy::{Mark, Reading, Strength};

use super::scorer::Scorer;
use super::topics::Topics;

/// A label with its probability.
pub(super) type Labelled = (Arc<str>, f32);

/// What a text says; a label is absent where no probability reaches its threshold.
#[derive(Debug, Clone, Default)]
pub(super) struct Reads {
    /// Positions in [`Topics::names`], most probable first.
    pub topics: Vec<usize>,
    pub kind: Option<Labelled>,
    pub emotion: Option<Labelled>,
    /// How strongly it is felt, 1 to 3, where words say so.
    pub intensity: Option<u8>,
    /// Said in sarcasm, as far as the model tells.
    pub sarcastic: bool,
    /// Why a label is absent.
    pub reasons: Vec<&'static str>,
}

/// Who or what is blamed: the actor named most often by strong marks, or by weak ones in negative clauses; ties go to
/// the first.
pub(super) fn blamed(actors: &[Mark], negative: impl Fn(Span) -> bool) -> Option<Arc<str>> {
    let stands = |mark: &&Mark| mark.strength == Strength::Strong || negative(mark.span);
    let standing: Vec<&Mark> = actors.iter().filter(stands).collect();
    let count = |id: &str| standing.iter().filter(|mark| &*mark.id == id).count();
    standing
        .iter()
        .enumerate()
        .max_by_key(|(place, mark)| (count(&mark.id), std::cmp::Reverse(*place)))
        .map(|(_, mark)| mark.id.clone())
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
    let mut reads = Reads { topics: topics.of(scorer, output, reading, span), ..Reads::default() };
    reads.sarcastic = scorer.said(Head::Sarcasm).is_some_and(|head| {
        let p = probabilities(head, &output.said[Head::Sarcasm as usize], &[], span);
        head.labels.iter().zip(p).zip(&head.thresholds).any(|((label, p), &t)| label == "sarcastic" && p >= t)
    });
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
    (p[top] >= head.thresholds[top]).then(|| (head.labels[top].as_str().into(), p[top]))
}
