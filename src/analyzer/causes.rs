//! Clauses to root causes, and what each cause goes with: counts, sentiment, rating.

use std::collections::{BTreeMap, BTreeSet};

use crate::Result;
use crate::cluster::{Causes, Item};
use crate::comment::Language;
use crate::drivers::{self, Effect, Estimate};
use crate::normalize::Normalizer;

use super::judge::{Judged, JudgedClause};
use super::learning::Learned;
use super::links::{self, Link};
use super::themes;

/// Root causes of a survey with their figures, the largest first.
pub(super) struct Found {
    pub causes: Causes,
    pub figures: Vec<Figures>,
    /// The coarser level, most comments first.
    pub themes: Vec<themes::Found>,
    /// Causes that customers say lead to another.
    pub links: Vec<Link>,
    /// Clauses from which the causes were learned.
    pub n_learned: usize,
    /// Clauses that were offered to them.
    pub n_offered: usize,
    /// Of those, clauses no cause took.
    pub n_outside: usize,
}

/// Figures of one cause.
pub(super) struct Figures {
    /// Rows with at least one clause in the cause, ascending.
    pub rows: Vec<usize>,
    /// Share of the judged comments, with its 95 % Wilson interval; all that one customer wrote counts once.
    pub share: Estimate,
    /// Share of the cause's clauses whose sentiment is negative.
    pub negative_share: f64,
    /// The most frequent topic of its clauses.
    pub topic: Option<usize>,
    /// Written once the drivers are compared.
    pub effect: Option<Effect>,
    /// Quotes, personal data masked, with their language.
    pub quotes: Vec<(Language, String)>,
}

/// Numbers the learned causes, writes each clause's `cause` anew, and gives the figures.
pub(super) fn find(judged: &mut Judged, learned: Learned, customers: &[Option<u64>]) -> Result<Found> {
    let Learned { mut causes, quotes, n_learned, n_offered, n_outside, .. } = learned;
    let judged_rows: Vec<usize> =
        (0..judged.rows.len()).filter(|&row| judged.rows[row].reason.is_none()).collect();
    let base = Base::of(&judged_rows, customers);
    let mut figures = figures(judged, quotes, &base);
    most_comments_first(&mut causes, &mut figures, judged);
    let themes = themes::find(&mut causes, &figures, judged, &base);
    let links = links::find(judged, customers, &quoting()?);
    Ok(Found { causes, figures, themes, links, n_learned, n_offered, n_outside })
}

/// What shares are of: the judged comments, in which a customer counts once.
pub(super) struct Base {
    /// What each judged row counts; 0 for others.
    weights: Vec<f64>,
}

impl Base {
    pub fn of(rows: &[usize], customers: &[Option<u64>]) -> Self {
        let wrote: Vec<Option<u64>> = rows.iter().map(|&row| customers.get(row).copied().flatten()).collect();
        let mut weights = vec![0.0; rows.last().map_or(0, |last| last + 1)];
        for (&row, weight) in rows.iter().zip(drivers::customer_weights(&wrote)) {
            weights[row] = weight;
        }
        Self { weights }
    }

    pub fn share(&self, rows: impl Iterator<Item = usize>) -> Estimate {
        let with: Vec<f64> = rows.filter_map(|row| self.weights.get(row).copied()).collect();
        drivers::share_of_customers(&with, &self.weights)
    }
}

/// Share of the clauses whose sentiment is negative.
pub(super) fn negative_share<'a>(clauses: impl Iterator<Item = &'a JudgedClause>) -> f64 {
    let (mut n, mut n_negative) = (0, 0);
    for clause in clauses {
        n += 1;
        n_negative += usize::from(clause.sentiment.is_some_and(|s| s.top().0 == "negative"));
    }
    n_negative as f64 / n.max(1) as f64
}

/// Key, display text and language of each text, with its vector, as clustering takes them.
pub(super) fn items<'a>(
    described: &'a [(String, String, Language)],
    vectors: &'a [Vec<f32>],
) -> Vec<Item<'a>> {
    let pairs = described.iter().zip(vectors);
    pairs
        .map(|((text, display, language), vector)| Item {
            text,
            display,
            language: *language,
            vector,
            weight: 1.0,
            customer: None,
        })
        .collect()
}

/// Numbers the causes by the comments they hold; clustering numbers them by clauses.
fn most_comments_first(causes: &mut Causes, figures: &mut Vec<Figures>, judged: &mut Judged) {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    order.sort_by_key(|&old| (std::cmp::Reverse(figures[old].rows.len()), old));
    let mut new_id = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        new_id[old] = new;
    }
    for clause in &mut judged.clauses {
        clause.cause = clause.cause.map(|old| new_id[old]);
    }
    let renumbered =
        |id: i32| usize::try_from(id).ok().and_then(|old| new_id.get(old)).map_or(id, |&new| new as i32);
    causes.renumber(renumbered);
    let mut paired: Vec<_> =
        std::mem::take(&mut causes.causes).into_iter().zip(std::mem::take(figures)).collect();
    paired.sort_by_key(|(cause, _)| cause.id);
    (causes.causes, *figures) = paired.into_iter().unzip();
}

/// Hygiene and every mask: what may be shown of a customer's words.
pub(super) fn quoting() -> Result<Normalizer> {
    ["urls", "emails", "mentions", "phones", "ibans", "cards", "national_ids"]
        .iter()
        .try_fold(Normalizer::preset("light")?, |normalizer, rule| normalizer.with(rule, "mask"))
}

/// The key duplicates and names are found by: whole words, so "can't" reads "cannot" and not "can t".
pub(super) fn naming_key() -> Result<Normalizer> {
    Normalizer::preset("search")?.with("expand_contractions", "on")
}

/// `quotes`: of each cause.
fn figures(judged: &Judged, quotes: Vec<Vec<(Language, String)>>, base: &Base) -> Vec<Figures> {
    let mut members: Vec<Vec<&JudgedClause>> = vec![Vec::new(); quotes.len()];
    for clause in &judged.clauses {
        if let Some(cause) = clause.cause {
            members[cause].push(clause);
        }
    }
    quotes
        .into_iter()
        .zip(members)
        .map(|(quotes, clauses)| {
            let rows: BTreeSet<usize> = clauses.iter().map(|clause| clause.row).collect();
            let mut topics: BTreeMap<usize, usize> = BTreeMap::new();
            for topic in clauses.iter().filter_map(|clause| clause.topic) {
                *topics.entry(topic).or_default() += 1;
            }
            // A topic speaks for the cause when at least half of its clauses carry it.
            let topic = topics
                .into_iter()
                .max_by_key(|&(topic, n)| (n, std::cmp::Reverse(topic)))
                .filter(|&(_, n)| n * 2 >= clauses.len())
                .map(|(topic, _)| topic);
            Figures {
                share: base.share(rows.iter().copied()),
                negative_share: negative_share(clauses.iter().copied()),
                topic,
                effect: None,
                quotes,
                rows: rows.into_iter().collect(),
            }
        })
        .collect()
}
