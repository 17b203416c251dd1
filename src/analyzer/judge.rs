//! Comments to what the model and the words say of each, in portions: no more of the model's outputs is held than a
//! portion has.

use rayon::prelude::*;

use crate::comment::{CausalRole, Span};
use crate::infer::{Output, Sentiment};
use crate::{Result, segment};

use super::Analyzer;
use super::dialect::{self, Verdict};
use super::learning::{self, Candidate, Learned, Learning};
use super::options::AnalyzeOptions;
use super::rows::{self, Row};
use super::said::{self, Blamed, Cue, Labelled, Reads};
use super::scorer::Scores;

/// Comments of a portion.
const PORTION: usize = 4096;

/// Rows and clauses with what the model said of them.
pub(super) struct Judged<'a> {
    pub rows: Vec<Row<'a>>,
    /// In the order of the rows.
    pub clauses: Vec<JudgedClause>,
    pub sentiments: Vec<Option<Sentiment>>,
    /// What each row says; `None` where there is nothing to judge.
    pub reads: Vec<Option<Reads>>,
    /// The cues of each row and who is blamed, in the order of its text.
    pub cues: Vec<Vec<Cue>>,
    pub actors: Vec<Option<Blamed>>,
    pub truncated: Vec<bool>,
    /// Default where the question does not arise: not judged, or not Arabic.
    pub dialects: Vec<Verdict>,
}

/// One clause with what the model said of it.
pub(super) struct JudgedClause {
    pub row: usize,
    pub span: Span,
    pub causal_role: Option<CausalRole>,
    pub sentiment: Option<Sentiment>,
    pub kind: Option<Labelled>,
    pub topic: Option<usize>,
    pub topic_prob: Option<f32>,
    pub cause: Option<usize>,
}

/// What one comment and its clauses say.
struct Heard {
    sentiment: Sentiment,
    reads: Reads,
    cues: Vec<Cue>,
    actor: Option<Blamed>,
    truncated: bool,
    dialect: Verdict,
    clauses: Vec<JudgedClause>,
    candidates: Vec<Candidate>,
}

impl<'a> Judged<'a> {
    /// Rows whose clauses nobody has heard yet.
    fn unheard(mut rows: Vec<Row<'a>>) -> Self {
        let n = rows.len();
        let mut clauses = Vec::with_capacity(rows.iter().map(|row| row.clauses.len()).sum());
        for (number, row) in rows.iter_mut().enumerate() {
            clauses.extend(std::mem::take(&mut row.clauses).into_iter().map(|clause| JudgedClause {
                row: number,
                span: clause.span,
                causal_role: clause.causal_role,
                sentiment: None,
                kind: None,
                topic: None,
                topic_prob: None,
                cause: None,
            }));
        }
        Self {
            rows,
            clauses,
            sentiments: vec![None; n],
            reads: vec![None; n],
            cues: vec![Vec::new(); n],
            actors: vec![None; n],
            truncated: vec![false; n],
            dialects: vec![Verdict::default(); n],
        }
    }

    /// Topics of a row, as positions in the analyzer's names.
    pub fn topics(&self, row: usize) -> &[usize] {
        self.reads[row].as_ref().map_or(&[], |reads| &reads.topics)
    }

    pub fn text(&self, clause: &JudgedClause) -> &str {
        &self.rows[clause.row].text[clause.span.start..clause.span.end]
    }
}

/// A comment with the places of its clauses.
struct Place {
    row: usize,
    clauses: std::ops::Range<usize>,
}

/// Judges every row that has something to judge, and learns root causes on the way: where there are too many clauses to
/// hold the meanings of all, from the comments that come first by content, in which no order of rows has a say.
pub(super) fn judge<'a>(
    analyzer: &Analyzer,
    rows: Vec<Row<'a>>,
    mut learning: Learning,
    options: &AnalyzeOptions,
) -> Result<(Judged<'a>, Learned)> {
    let mut judged = Judged::unheard(rows);
    let mut places: Vec<Place> = Vec::new();
    let mut start = 0;
    for (row, held) in judged.rows.iter().enumerate() {
        let n = judged.clauses[start..].iter().take_while(|clause| clause.row == row).count();
        if held.reason.is_none() {
            places.push(Place { row, clauses: start..start + n });
        }
        start += n;
    }
    // Alike comments stand together, so that a portion scores them once.
    places.sort_by_cached_key(|place| (rows::hash(judged.rows[place.row].text), place.row));
    let n_texts: usize = places.iter().map(|place| 1 + n_apart(&judged, place)).sum();
    options.monitor.start(n_texts * (1 + usize::from(analyzer.encoder.is_some())));
    learning.expect(places.len());
    for portion in places.chunks(PORTION) {
        let heard = hear(analyzer, &judged, portion, options)?;
        let mut candidates = Vec::new();
        for (place, heard) in portion.iter().zip(heard) {
            judged.sentiments[place.row] = Some(heard.sentiment);
            judged.reads[place.row] = Some(heard.reads);
            judged.cues[place.row] = heard.cues;
            judged.actors[place.row] = heard.actor;
            judged.truncated[place.row] = heard.truncated;
            judged.dialects[place.row] = heard.dialect;
            for (at, clause) in place.clauses.clone().zip(heard.clauses) {
                judged.clauses[at] = clause;
            }
            candidates.extend(heard.candidates);
        }
        learning.take(&mut judged, candidates, portion.len())?;
    }
    let learned = learning.finish(&mut judged)?;
    Ok((judged, learned))
}

/// Clauses of a comment that are scored beside it: one that is the whole comment is not.
fn n_apart(judged: &Judged, place: &Place) -> usize {
    match &judged.clauses[place.clauses.clone()] {
        [one] if judged.text(one) == judged.rows[place.row].text => 0,
        clauses => clauses.len(),
    }
}

/// Scores the comments of a portion and their clauses in one go, then reads each comment.
fn hear(
    analyzer: &Analyzer,
    judged: &Judged,
    portion: &[Place],
    options: &AnalyzeOptions,
) -> Result<Vec<Heard>> {
    let mut texts: Vec<&str> = Vec::new();
    let mut firsts = Vec::with_capacity(portion.len());
    for place in portion {
        firsts.push(texts.len());
        texts.push(judged.rows[place.row].text);
        if n_apart(judged, place) > 0 {
            texts.extend(judged.clauses[place.clauses.clone()].iter().map(|clause| judged.text(clause)));
        }
    }
    let scores = analyzer.main.score(&texts, &options.monitor)?;
    let encoded = match &analyzer.encoder {
        Some(encoder) => Some(encoder.score(&texts, &options.monitor)?),
        None => None,
    };
    let rich = encoded.as_ref().unwrap_or(&scores);
    let read = |(place, first): (&Place, usize)| hear_one(analyzer, judged, place, first, &scores, rich);
    Ok(portion.par_iter().zip(firsts).map(read).collect())
}

/// `first` is the position of the comment among the scored texts; its clauses follow, unless the only one is all of it.
fn hear_one(
    analyzer: &Analyzer,
    judged: &Judged,
    place: &Place,
    first: usize,
    scores: &Scores,
    rich: &Scores,
) -> Heard {
    let row = &judged.rows[place.row];
    let encoder = analyzer.encoder();
    let reading = analyzer.taxonomy.read(row.text);
    let output = rich.output(first);
    let apart = n_apart(judged, place) > 0;
    let at = |i: usize| if apart { first + 1 + i } else { first };

    let mut clauses = Vec::with_capacity(place.clauses.len());
    let mut candidates = Vec::new();
    for (i, number) in place.clauses.clone().enumerate() {
        let JudgedClause { span, causal_role, .. } = judged.clauses[number];
        let own = rich.output(at(i));
        let reads = said::read(encoder, &analyzer.topics, own, &reading, span);
        let clause = JudgedClause {
            row: place.row,
            span,
            causal_role,
            sentiment: Some(analyzer.main.sentiment(scores.output(at(i)))),
            kind: reads.kind,
            topic: reads.topics.first().copied(),
            topic_prob: reads.topic_probs.first().copied().flatten(),
            cause: None,
        };
        let n_words = segment::words(judged.text(&clause)).len();
        if learning::may_name(&clause, n_words) {
            candidates.push(Candidate::new(number, n_words, &own.embedding, &output.embedding));
        }
        clauses.push(clause);
    }
    let negative = |span: Span| {
        let within = clauses.iter().rfind(|clause| clause.span.start <= span.start).or(clauses.first());
        within.is_some_and(|clause| clause.sentiment.is_some_and(|s| s.top().0 == "negative"))
    };
    let parts: Vec<(Span, &Output)> =
        clauses.iter().enumerate().map(|(i, clause)| (clause.span, rich.output(at(i)))).collect();
    // Words of a comment without a clause are no cue.
    let silent = clauses.is_empty();
    Heard {
        sentiment: analyzer.main.sentiment(scores.output(first)),
        reads: said::read(
            encoder,
            &analyzer.topics,
            output,
            &reading,
            Span { start: 0, end: row.text.len() },
        ),
        cues: if silent { Vec::new() } else { said::cues(encoder, output, &reading, &parts, negative) },
        actor: if silent { None } else { said::blamed(encoder, output, &reading, negative) },
        truncated: scores.truncated(first),
        dialect: row
            .arabic
            .as_ref()
            .map(|arabic| dialect::decide(arabic, encoder.dialect(output)))
            .unwrap_or_default(),
        clauses,
        candidates,
    }
}
