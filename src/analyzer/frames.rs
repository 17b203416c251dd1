//! Judged rows and causes as tables; one function per table, columns in the documented order.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::comment::Comment;
use crate::drivers::{Adjusted, Effect};
use crate::table::{Frame, Values};
use crate::taxonomy::{Taxonomy, Topic};

use super::Analyzer;
use super::causes::{Figures, Found};
use super::implied::{Implied, Said};
use super::judge::Judged;
use super::quality::Measure;
use super::ratings::Ratings;
use super::said::{Cue, Labelled, Reads};
use super::trends::{CauseChange, Trends};

type Text = Arc<str>;
type TextColumn = Vec<Option<Text>>;

/// One copy of each text that many rows share.
#[derive(Default)]
struct Shared(RefCell<HashSet<Text>>);

impl Shared {
    fn of(&self, text: &str) -> Text {
        let mut known = self.0.borrow_mut();
        if let Some(known) = known.get(text) {
            return Arc::clone(known);
        }
        let text: Text = text.into();
        known.insert(Arc::clone(&text));
        text
    }
}

fn names(topics: &[usize], labels: &[Text]) -> Vec<Text> {
    topics.iter().map(|&topic| labels[topic].clone()).collect()
}

/// One row per input row, same order, none dropped.
pub(super) fn comments(
    comments: &[Comment],
    judged: &Judged,
    ratings: Option<&Ratings>,
    implied: Option<&Implied>,
    analyzer: &Analyzer,
) -> Frame {
    let n = comments.len();
    let labels = analyzer.topics.names();
    let mut causes: Vec<Vec<i64>> = vec![Vec::new(); n];
    for of_row in judged.clauses.chunk_by(|a, b| a.row == b.row) {
        let ids: BTreeSet<i64> = of_row.iter().filter_map(|clause| Some(clause.cause? as i64)).collect();
        causes[of_row[0].row] = ids.into_iter().collect();
    }
    let unreadable: BTreeMap<usize, &String> =
        ratings.iter().flat_map(|r| r.unreadable.iter().map(|(row, why)| (*row, why))).collect();
    let shared = Shared::default();
    let reason = |row: usize| -> Option<Text> {
        let mut reasons: Vec<String> = judged.rows[row].reason.iter().map(|r| r.to_string()).collect();
        if judged.truncated[row] {
            reasons.push("text longer than the model reads: its start was judged".into());
        }
        reasons.extend(judged.dialects[row].reason.clone());
        reasons.extend(judged.reads[row].iter().flat_map(|reads| &reads.reasons).map(|why| why.to_string()));
        reasons.extend(unreadable.get(&row).map(|why| why.to_string()));
        (!reasons.is_empty()).then(|| shared.of(&reasons.join("; ")))
    };
    let p = |pick: fn(&crate::infer::Sentiment) -> f32| {
        Values::Float(judged.sentiments.iter().map(|s| s.as_ref().map(|s| f64::from(pick(s)))).collect())
    };
    let rows = &judged.rows;
    let text = |pick: &dyn Fn(usize) -> Option<Text>| Values::Text((0..n).map(pick).collect());

    let mut frame = Frame::default();
    frame.push("row", Values::Int((0..n as i64).map(Some).collect()));
    frame.push("id", text(&|row| comments[row].id.clone()));
    frame.push("language", text(&|row| Some(shared.of(rows[row].language.as_str()))));
    frame.push("dialect", text(&|row| judged.dialects[row].dialect.map(|name| shared.of(name))));
    frame.push("no_comment", Values::Bool(rows.iter().map(|row| Some(row.no_comment)).collect()));
    frame.push("sentiment", text(&|row| judged.sentiments[row].map(|s| shared.of(s.top().0))));
    frame.push("sentiment_prob", p(|s| s.top().1));
    frame.push("p_negative", p(|s| s.negative));
    frame.push("p_neutral", p(|s| s.neutral));
    frame.push("p_positive", p(|s| s.positive));
    let reads = |row: usize| judged.reads[row].as_ref();
    let label = |row: usize, pick: fn(&Reads) -> &Option<Labelled>| pick(reads(row)?).as_ref();
    let prob = |pick: fn(&Reads) -> &Option<Labelled>| {
        Values::Float((0..n).map(|row| label(row, pick).map(|(_, p)| f64::from(*p))).collect())
    };
    let said_with = |id: &str| {
        Values::Bool((0..n).map(|row| reads(row).map(|_| has_cue(&judged.cues[row], id))).collect())
    };
    frame.push("kind", text(&|row| label(row, |reads| &reads.kind).map(|(kind, _)| kind.clone())));
    frame.push("kind_prob", prob(|reads| &reads.kind));
    frame.push("sarcasm", Values::Bool((0..n).map(|row| reads(row).map(|reads| reads.sarcastic)).collect()));
    let sarcasm = |row: usize| reads(row)?.sarcasm_prob.map(f64::from);
    frame.push("sarcasm_prob", Values::Float((0..n).map(sarcasm).collect()));
    frame.push("topics", Values::TextList((0..n).map(|row| names(judged.topics(row), labels)).collect()));
    let topics = |row: usize| {
        reads(row).map_or_else(Vec::new, |reads| reads.topic_probs.iter().map(|p| p.map(f64::from)).collect())
    };
    frame.push("topics_prob", Values::FloatList((0..n).map(topics).collect()));
    let of_topics = |row: usize, pick: fn(&Topic) -> Option<&'static str>| -> BTreeSet<Text> {
        let topics = judged.topics(row).iter().filter_map(|&topic| analyzer.taxonomy.topic(&labels[topic]));
        topics.filter_map(pick).map(|name| shared.of(name)).collect()
    };
    let touchpoints = |row: usize| of_topics(row, |topic| topic.touchpoint).into_iter().collect();
    let stages = |row: usize| {
        let mut found = of_topics(row, |topic| topic.stage);
        // Nobody is leaving because of a topic: the words say it.
        found.extend(has_cue(&judged.cues[row], "churn").then(|| shared.of("leaving")));
        found.into_iter().collect()
    };
    frame.push("touchpoints", Values::TextList((0..n).map(touchpoints).collect()));
    frame.push("stages", Values::TextList((0..n).map(stages).collect()));
    frame.push("emotion", text(&|row| label(row, |reads| &reads.emotion).map(|(name, _)| name.clone())));
    frame.push("emotion_prob", prob(|reads| &reads.emotion));
    let intensity = |row: usize| reads(row)?.intensity.map(i64::from);
    frame.push("emotion_intensity", Values::Int((0..n).map(intensity).collect()));
    frame.push("churn_intent", said_with("churn"));
    let cues = |row: &Vec<Cue>| each_once(row).map(|cue| cue.id.clone()).collect();
    frame.push("cues", Values::TextList(judged.cues.iter().map(cues).collect()));
    let cues_prob = |row: &Vec<Cue>| each_once(row).map(|cue| cue.probability.map(f64::from)).collect();
    frame.push("cues_prob", Values::FloatList(judged.cues.iter().map(cues_prob).collect()));
    frame.push("actor", text(&|row| judged.actors[row].as_ref().map(|(actor, _)| actor.clone())));
    let blamed = |row: usize| judged.actors[row].as_ref()?.1.map(f64::from);
    frame.push("actor_prob", Values::Float((0..n).map(blamed).collect()));
    frame.push("cause_ids", Values::IntList(causes));
    frame.push("duplicate_of", Values::Int(rows.iter().map(|r| r.duplicate_of.map(|d| d as i64)).collect()));
    frame.push("rating", Values::Float(ratings.map_or_else(|| vec![None; n], |r| r.values.clone())));
    let said = |row: usize| implied.and_then(|implied| implied.rows[row]);
    let float = |pick: fn(Said) -> f64| Values::Float((0..n).map(|row| said(row).map(pick)).collect());
    frame.push("rating_mismatch", Values::Bool((0..n).map(|row| said(row)?.mismatch).collect()));
    frame.push("implied_rating", float(|said| said.rating));
    frame.push("implied_rating_low", float(|said| said.low));
    frame.push("implied_rating_high", float(|said| said.high));
    frame.push("reason", text(&reason));
    frame
}

fn has_cue(cues: &[Cue], id: &str) -> bool {
    cues.iter().any(|cue| &*cue.id == id)
}

/// The first of each cue, in the order of the text.
fn each_once(cues: &[Cue]) -> impl Iterator<Item = &Cue> {
    cues.iter()
        .enumerate()
        .filter(|(i, cue)| !cues[..*i].iter().any(|one| one.id == cue.id))
        .map(|(_, cue)| cue)
}

/// One row per cue; `start` and `end` count bytes of the comment, or its code points.
pub(super) fn cues(judged: &Judged, code_points: bool) -> Frame {
    let all: Vec<(usize, &Cue)> = judged
        .cues
        .iter()
        .enumerate()
        .flat_map(|(row, cues)| cues.iter().map(move |cue| (row, cue)))
        .collect();
    let text = |pick: &dyn Fn(usize, &Cue) -> Option<Text>| {
        Values::Text(all.iter().map(|&(row, cue)| pick(row, cue)).collect())
    };
    let int = |pick: &dyn Fn(usize, &Cue) -> usize| {
        Values::Int(all.iter().map(|&(row, cue)| Some(pick(row, cue) as i64)).collect())
    };
    let words = |row: usize, cue: &Cue| judged.rows[row].text[cue.span.start..cue.span.end].into();
    let offset = |row: usize, byte: usize| {
        if code_points { judged.rows[row].text[..byte].chars().count() } else { byte }
    };
    let mut frame = Frame::default();
    frame.push("row", int(&|row, _| row));
    frame.push("cue", text(&|_, cue| Some(cue.id.clone())));
    let p = all.iter().map(|(_, cue)| cue.probability.map(f64::from)).collect();
    frame.push("cue_prob", Values::Float(p));
    frame.push("sense", text(&|_, cue| cue.sense.clone()));
    frame.push("words", text(&|row, cue| Some(words(row, cue))));
    frame.push("start", int(&|row, cue| offset(row, cue.span.start)));
    frame.push("end", int(&|row, cue| offset(row, cue.span.end)));
    frame
}

/// One row per clause of a judged comment; `start` and `end` count bytes of the comment, or its code points.
pub(super) fn clauses(judged: &Judged, labels: &[Text], code_points: bool) -> Frame {
    let all = &judged.clauses;
    let shared = Shared::default();
    let text = |pick: &dyn Fn(usize) -> Option<Text>| Values::Text((0..all.len()).map(pick).collect());
    let int = |pick: &dyn Fn(usize) -> Option<usize>| {
        Values::Int((0..all.len()).map(|i| pick(i).map(|value| value as i64)).collect())
    };
    let offset = |i: usize, byte: usize| {
        let text = judged.rows[all[i].row].text;
        Some(if code_points { text[..byte].chars().count() } else { byte })
    };
    let mut frame = Frame::default();
    frame.push("row", int(&|i| Some(all[i].row)));
    frame.push("clause", text(&|i| Some(judged.text(&all[i]).into())));
    frame.push("start", int(&|i| offset(i, all[i].span.start)));
    frame.push("end", int(&|i| offset(i, all[i].span.end)));
    let float = |pick: &dyn Fn(usize) -> Option<f32>| {
        Values::Float((0..all.len()).map(|i| pick(i).map(f64::from)).collect())
    };
    frame.push("sentiment", text(&|i| all[i].sentiment.map(|s| shared.of(s.top().0))));
    frame.push("sentiment_prob", float(&|i| all[i].sentiment.map(|s| s.top().1)));
    frame.push("kind", text(&|i| all[i].kind.as_ref().map(|(kind, _)| kind.clone())));
    frame.push("kind_prob", float(&|i| all[i].kind.as_ref().map(|(_, p)| *p)));
    frame.push("topic", text(&|i| all[i].topic.map(|topic| labels[topic].clone())));
    frame.push("topic_prob", float(&|i| all[i].topic_prob));
    frame.push("causal_role", text(&|i| all[i].causal_role.map(|role| shared.of(role.as_str()))));
    frame.push("cause_id", int(&|i| all[i].cause));
    frame
}

/// One row per root cause, the most frequent first.
pub(super) fn causes(found: &Found, trends: &Trends, labels: &[Text]) -> Frame {
    let both = || found.causes.causes.iter().zip(&found.figures);
    let text = |pick: fn(&crate::cluster::Cause) -> &Option<String>| -> TextColumn {
        found.causes.causes.iter().map(|cause| pick(cause).as_deref().map(Into::into)).collect()
    };
    let float =
        |pick: &dyn Fn(&Figures) -> Option<f64>| Values::Float(found.figures.iter().map(pick).collect());
    let list = |words: &[String]| words.iter().map(|word| word.as_str().into()).collect();
    let mut frame = Frame::default();
    frame.push("cause_id", Values::Int(both().map(|(cause, _)| Some(i64::from(cause.id))).collect()));
    frame.push("parent_id", Values::Int(both().map(|(cause, _)| cause.theme.map(|id| id as i64)).collect()));
    frame.push("label_ar", Values::Text(text(|cause| &cause.label_ar)));
    frame.push("label_en", Values::Text(text(|cause| &cause.label_en)));
    frame.push("label_ar_derived", Values::Bool(both().map(|(cause, _)| Some(cause.derived_ar)).collect()));
    frame.push("label_en_derived", Values::Bool(both().map(|(cause, _)| Some(cause.derived_en)).collect()));
    frame.push("keywords_ar", Values::TextList(both().map(|(cause, _)| list(&cause.keywords_ar)).collect()));
    frame.push("keywords_en", Values::TextList(both().map(|(cause, _)| list(&cause.keywords_en)).collect()));
    frame.push("n_comments", Values::Int(both().map(|(_, f)| Some(f.rows.len() as i64)).collect()));
    frame.push("share", float(&|f| Some(f.share.value)));
    frame.push("share_ci_low", float(&|f| Some(f.share.ci_low)));
    frame.push("share_ci_high", float(&|f| Some(f.share.ci_high)));
    frame.push("negative_share", float(&|f| Some(f.negative_share)));
    frame.push("topic", Values::Text(both().map(|(_, f)| f.topic.map(|t| labels[t].clone())).collect()));
    frame.push("effect", float(&|f| f.effect.as_ref().map(|e| e.effect)));
    frame.push("effect_ci_low", float(&|f| f.effect.as_ref().map(|e| e.ci_low)));
    frame.push("effect_ci_high", float(&|f| f.effect.as_ref().map(|e| e.ci_high)));
    frame.push("q_value", float(&|f| f.effect.as_ref().map(|e| e.q_value)));
    frame.push("impact", float(&|f| f.effect.as_ref().map(|e| e.impact)));
    let change =
        |pick: &dyn Fn(&CauseChange) -> Option<f64>| Values::Float(trends.causes.iter().map(pick).collect());
    let course = trends.causes.iter().map(|change| change.trend.map(|trend| trend.course().as_str().into()));
    frame.push("course", Values::Text(course.collect()));
    frame.push("trend_ratio", change(&|c| c.trend.map(|trend| trend.ratio)));
    frame.push("trend_ci_low", change(&|c| c.trend.map(|trend| trend.ci_low)));
    frame.push("trend_ci_high", change(&|c| c.trend.map(|trend| trend.ci_high)));
    frame.push("trend_q_value", change(&|c| c.trend.map(|trend| trend.q_value)));
    frame.push("event_ratio", change(&|c| c.event.map(|event| event.ratio)));
    frame.push("event_ci_low", change(&|c| c.event.map(|event| event.ci_low)));
    frame.push("event_ci_high", change(&|c| c.event.map(|event| event.ci_high)));
    frame.push("event_q_value", change(&|c| c.event.map(|event| event.q_value)));
    let quotes = both().map(|(_, f)| f.quotes.iter().map(|(_, quote)| quote.as_str().into()).collect());
    frame.push("quotes", Values::TextList(quotes.collect()));
    frame
}

/// One row per measure.
pub(super) fn quality(measures: &[Measure]) -> Frame {
    let mut frame = Frame::default();
    frame.push("measure", Values::Text(measures.iter().map(|m| Some(m.name.into())).collect()));
    frame.push("n", Values::Int(measures.iter().map(|m| Some(m.n as i64)).collect()));
    frame.push("share", Values::Float(measures.iter().map(|m| m.share()).collect()));
    let difference =
        |pick: fn(Effect) -> f64| Values::Float(measures.iter().map(|m| m.difference.map(pick)).collect());
    frame.push("difference", difference(|d| d.effect));
    frame.push("difference_ci_low", difference(|d| d.ci_low));
    frame.push("difference_ci_high", difference(|d| d.ci_high));
    frame
}

/// One row per thing the rating was compared on: causes, topics, values of the segment columns.
pub(super) fn drivers(rows: &[super::drivers_of::Driver]) -> Frame {
    let text = |pick: &dyn Fn(&super::drivers_of::Driver) -> Option<Text>| {
        Values::Text(rows.iter().map(pick).collect())
    };
    let float = |pick: &dyn Fn(&super::drivers_of::Driver) -> f64| {
        Values::Float(rows.iter().map(|row| Some(pick(row))).collect())
    };
    let mut frame = Frame::default();
    frame.push("kind", text(&|row| Some(row.kind.as_str().into())));
    frame.push("name", text(&|row| Some(row.name.as_str().into())));
    frame.push("label_ar", text(&|row| row.label_ar.as_deref().map(Into::into)));
    frame.push("label_en", text(&|row| row.label_en.as_deref().map(Into::into)));
    frame.push("n_with", Values::Int(rows.iter().map(|row| Some(row.effect.n_with as i64)).collect()));
    frame.push("n_without", Values::Int(rows.iter().map(|row| Some(row.effect.n_without as i64)).collect()));
    frame.push("effect", float(&|row| row.effect.effect));
    frame.push("effect_ci_low", float(&|row| row.effect.ci_low));
    frame.push("effect_ci_high", float(&|row| row.effect.ci_high));
    frame.push("p_value", float(&|row| row.effect.p_value));
    frame.push("q_value", float(&|row| row.effect.q_value));
    frame.push("impact", float(&|row| row.effect.impact));
    frame.push("impact_ci_low", float(&|row| row.effect.impact_ci_low));
    frame.push("impact_ci_high", float(&|row| row.effect.impact_ci_high));
    frame.push("verdict", text(&|row| Some(row.effect.verdict().into())));
    let adjusted = |pick: fn(&Adjusted) -> f64| {
        Values::Float(rows.iter().map(|row| row.adjusted.as_ref().map(pick)).collect())
    };
    frame.push("adjusted_effect", adjusted(|a| a.effect));
    frame.push("adjusted_ci_low", adjusted(|a| a.ci_low));
    frame.push("adjusted_ci_high", adjusted(|a| a.ci_high));
    frame.push("adjusted_q_value", adjusted(|a| a.q_value));
    frame.push("importance", Values::Float(rows.iter().map(|row| row.importance).collect()));
    frame.push("performance", float(&|row| row.effect.mean_with));
    frame.push("quadrant", text(&|row| row.quadrant.map(|quadrant| quadrant.as_str().into())));
    frame.push("turns_within", text(&|row| row.turns_within.as_deref().map(Into::into)));
    frame
}

/// Names of a topic in both languages, for the drivers.
pub(super) fn topic_names(taxonomy: &Taxonomy, label: &str) -> (Option<String>, Option<String>) {
    match taxonomy.topic(label) {
        Some(topic) => (Some(topic.name_ar.clone()), Some(topic.name_en.clone())),
        None => (None, None),
    }
}
