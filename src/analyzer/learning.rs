//! Root causes learned from the clauses that come first; the clauses after them go to the nearest cause.

use rayon::prelude::*;

use crate::cluster::{self, Causes, Item, unit};
use crate::comment::Language;
use crate::drivers::customer_key;
use crate::{Result, language};

use super::causes::{items, naming_key, quoting};
use super::judge::{Judged, JudgedClause};
use super::options::AnalyzeOptions;

/// Clauses from which causes are learned, up to the end of a portion of comments. It bounds what clustering takes, in time
/// and in memory; a cause of one clause in a thousand still has a hundred of them.
const ENOUGH: usize = 100_000;

/// A clause shorter than this many words names no cause ("help", "شكرا").
const MIN_WORDS: usize = 2;

/// A clause of few words says little by itself ("it's been two weeks"): it takes this many words' worth of meaning
/// from its whole comment, at most [`MOST_CONTEXT`] times its own. Measured on the dev part of the banking sets: NMI
/// with the customers' intents .54 without, .71 with.
const CONTEXT_WORDS: f32 = 6.0;
const MOST_CONTEXT: f32 = 1.5;

/// A clause that may name a cause.
pub(super) struct Candidate {
    clause: usize,
    /// The meaning of the clause within its comment, unit length.
    meaning: Vec<f32>,
}

impl Candidate {
    pub fn new(clause: usize, n_words: usize, own: &[f32], comment: &[f32]) -> Self {
        let weight = (CONTEXT_WORDS / n_words.max(1) as f32).min(MOST_CONTEXT);
        let blend = own.iter().zip(comment).map(|(own, comment)| f64::from(own + weight * comment));
        Self { clause, meaning: unit(&blend.collect::<Vec<_>>()) }
    }
}

/// Whether a clause may name a cause in some survey.
pub(super) fn may_name(clause: &JudgedClause, n_words: usize) -> bool {
    n_words >= MIN_WORDS && complains(clause, true)
}

/// Complaints and suggestions, never praise; of the other kinds, and where none is sure, clauses that lean to complaint.
/// Where most clauses are neutral, as in questions to a help desk, what is asked (`asks`) is the matter: then every clause
/// but praise.
fn complains(clause: &JudgedClause, asks: bool) -> bool {
    match clause.kind.as_ref().map(|(kind, _)| &**kind) {
        Some("complaint" | "suggestion") => true,
        Some("praise") => false,
        _ => clause.sentiment.is_some_and(|sentiment| {
            if asks { sentiment.top().0 != "positive" } else { sentiment.negative > sentiment.positive }
        }),
    }
}

/// Causes, and which clauses were offered to them.
pub(super) struct Learned {
    pub causes: Causes,
    /// Quotes of each cause, personal data masked, with their language.
    pub quotes: Vec<Vec<(Language, String)>>,
    /// Most clauses heard by then were neutral.
    asks: bool,
    /// Clauses from which the causes were learned.
    pub n_learned: usize,
    /// Clauses that were offered.
    pub n_offered: usize,
    /// Of those, clauses no cause took.
    pub n_outside: usize,
}

/// Candidates on their way to causes.
pub(super) struct Learning<'a> {
    options: &'a AnalyzeOptions,
    /// Who wrote each row; empty where nobody is named.
    customers: &'a [Option<u64>],
    /// Candidates that are enough.
    enough: usize,
    /// Comments to hear, and heard.
    n_rows: usize,
    n_heard: usize,
    held: Vec<Candidate>,
    learned: Option<Learned>,
}

impl<'a> Learning<'a> {
    pub fn new(options: &'a AnalyzeOptions, customers: &'a [Option<u64>]) -> Self {
        Self { options, customers, enough: ENOUGH, n_rows: 0, n_heard: 0, held: Vec::new(), learned: None }
    }

    /// So many comments are to come.
    pub fn expect(&mut self, n_rows: usize) {
        self.n_rows = n_rows;
    }

    /// Takes the candidates of the next `n_rows` comments, which [`Judged`] knows already.
    pub fn take(&mut self, judged: &mut Judged, mut candidates: Vec<Candidate>, n_rows: usize) -> Result<()> {
        self.n_heard += n_rows;
        match &mut self.learned {
            Some(learned) => {
                candidates.retain(|candidate| complains(&judged.clauses[candidate.clause], learned.asks));
                learned.place(judged, &candidates);
            }
            None => {
                self.held.append(&mut candidates);
                if self.held.len() >= self.enough && self.n_heard < self.n_rows {
                    self.learn(judged)?;
                }
            }
        }
        Ok(())
    }

    /// The causes, once every comment was heard.
    pub fn finish(mut self, judged: &mut Judged) -> Result<Learned> {
        loop {
            match self.learned {
                Some(learned) => return Ok(learned),
                None => self.learn(judged)?,
            }
        }
    }

    fn learn(&mut self, judged: &mut Judged) -> Result<()> {
        let sentiments = || judged.clauses.iter().filter_map(|clause| clause.sentiment);
        let n_neutral = sentiments().filter(|sentiment| sentiment.top().0 == "neutral").count();
        let asks = n_neutral * 2 > sentiments().count();
        let mut held = std::mem::take(&mut self.held);
        held.retain(|candidate| complains(&judged.clauses[candidate.clause], asks));
        held.sort_by_key(|candidate| candidate.clause);
        let (search, quoting) = (naming_key()?, quoting()?);
        let describe = |candidate: &Candidate| {
            let clause = &judged.clauses[candidate.clause];
            let source = judged.text(clause);
            let key = search.normalize(source).into_owned();
            (key, quoting.normalize(source).into_owned(), language_of(judged, clause))
        };
        let texts: Vec<(String, String, Language)> = held.par_iter().map(describe).collect();
        let (clauses, vectors): (Vec<usize>, Vec<Vec<f32>>) =
            held.into_iter().map(|candidate| (candidate.clause, candidate.meaning)).unzip();
        let wanted = cluster::Options {
            n_causes: self.options.n_causes,
            // The smallest cause is so many clauses of the whole survey.
            min_size: self
                .options
                .min_size
                .map(|n| n.saturating_mul(self.n_heard).div_ceil(self.n_rows.max(1))),
            max_outlier_share: None,
            random_state: self.options.random_state,
        };
        let stop = || self.options.monitor.check().is_err();
        // All clauses of a comment are one voice, as all comments of a customer are.
        let wrote = |clause: usize| {
            let row = judged.clauses[clause].row;
            let known = self.customers.get(row).copied().flatten();
            known.unwrap_or_else(|| customer_key(&format!("\0row {row}")))
        };
        let items: Vec<Item> = items(&texts, &vectors)
            .into_iter()
            .zip(&clauses)
            .map(|(item, &clause)| Item { customer: Some(wrote(clause)), ..item })
            .collect();
        let mut causes = cluster::fit_until(&items, &wanted, &stop)?;
        let labels = std::mem::take(&mut causes.labels);
        for (&clause, &label) in clauses.iter().zip(&labels) {
            judged.clauses[clause].cause = usize::try_from(label).ok();
        }
        let quotes = causes
            .causes
            .iter()
            .map(|cause| cause.quotes.iter().map(|&i| (texts[i].2, texts[i].1.clone())).collect());
        self.learned = Some(Learned {
            quotes: quotes.collect(),
            asks,
            n_learned: clauses.len(),
            n_offered: clauses.len(),
            n_outside: labels.iter().filter(|&&label| label < 0).count(),
            causes,
        });
        Ok(())
    }
}

impl Learned {
    /// Each candidate to its nearest cause.
    fn place(&mut self, judged: &mut Judged, candidates: &[Candidate]) {
        let place = |candidate: &Candidate| {
            let language = language_of(judged, &judged.clauses[candidate.clause]);
            self.causes.assign(&candidate.meaning, language)
        };
        let labels: Vec<i32> = candidates.par_iter().map(place).collect();
        self.n_offered += labels.len();
        for (candidate, label) in candidates.iter().zip(labels) {
            judged.clauses[candidate.clause].cause = usize::try_from(label).ok();
            self.n_outside += usize::from(label < 0);
        }
    }
}

/// The language of a clause, its comment's where it has no letters of one.
fn language_of(judged: &Judged, clause: &JudgedClause) -> Language {
    let own = language::detect(judged.text(clause));
    if own == Language::Other { judged.rows[clause.row].language } else { own }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::super::{Analyzer, judge, rows};
    use super::*;
    use crate::Comment;

    /// More comments than a portion holds; causes are learned from the first portion.
    #[test]
    fn what_comes_after_learning_goes_to_its_nearest_cause_in_any_order_of_rows() {
        let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/tiny");
        let analyzer = Analyzer::open(model).unwrap();
        let kinds = [
            "The card {} has not arrived yet and nobody answers",
            "لم تصل بطاقتي رقم {} حتى الآن ولا أحد يجيب", // my card number {} has not come yet, nobody answers
            "The application {} is slow and crashes every morning",
        ];
        let texts: Vec<String> =
            (0..4800).map(|i| kinds[i % 3].replace("{}", &(i / 3).to_string())).collect();
        let options = AnalyzeOptions::default();
        let causes = |texts: Vec<&String>| -> BTreeMap<(String, usize), Option<usize>> {
            let comments: Vec<Comment> = texts.iter().map(|text| Comment::new(*text)).collect();
            let learning = Learning { enough: 100, ..Learning::new(&options, &[]) };
            let rows = rows::read(&comments).unwrap();
            let (judged, learned) = judge::judge(&analyzer, rows, learning, &options).unwrap();
            assert!(100 <= learned.n_learned && learned.n_learned < learned.n_offered);
            assert!(learned.causes.causes.len() >= 2 && learned.n_outside * 10 <= learned.n_offered);
            let place = |clause: &JudgedClause| (judged.rows[clause.row].text.to_string(), clause.span.start);
            judged.clauses.iter().map(|clause| (place(clause), clause.cause)).collect()
        };
        assert_eq!(causes(texts.iter().collect()), causes(texts.iter().rev().collect()));
    }
}
