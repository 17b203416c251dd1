//! Clauses to root causes, and what each cause goes with: counts, sentiment, rating.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::{self, Causes, Item};
use crate::comment::Language;
use crate::drivers::{self, Effect, Estimate};
use crate::normalize::Normalizer;
use crate::{Result, language, segment};

use super::links::{self, Link};
use super::options::AnalyzeOptions;
use super::tables::{Judged, JudgedClause};
use super::themes;

/// A clause shorter than this many words names no cause ("help", "شكرا").
const MIN_WORDS: usize = 2;

/// A clause of few words says little by itself ("it's been two weeks"): it takes this many words' worth of meaning
/// from its whole comment, at most [`MOST_CONTEXT`] times its own. Measured on the dev part of the banking sets: NMI
/// with the customers' intents .54 without, .71 with.
const CONTEXT_WORDS: f32 = 6.0;
const MOST_CONTEXT: f32 = 1.5;

/// Root causes of a survey with their figures, the largest first.
pub(super) struct Found {
    pub causes: Causes,
    pub figures: Vec<Figures>,
    /// The coarser level, most comments first.
    pub themes: Vec<themes::Found>,
    /// Causes that customers say lead to another.
    pub links: Vec<Link>,
    /// Clauses that were offered to clustering.
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

/// Embeddings of clauses by their position and of comments by their row.
pub(super) struct Vectors<'a> {
    pub clause: &'a dyn Fn(usize) -> &'a [f32],
    pub comment: &'a dyn Fn(usize) -> &'a [f32],
}

/// The meaning of a clause within its comment, unit length.
fn in_context(judged: &Judged, vectors: &Vectors, i: usize) -> Vec<f32> {
    let clause = &judged.clauses[i];
    let words = segment::words(judged.text(clause)).len().max(1) as f32;
    let weight = (CONTEXT_WORDS / words).min(MOST_CONTEXT);
    let pairs = (vectors.clause)(i).iter().zip((vectors.comment)(clause.row));
    let blend: Vec<f32> = pairs.map(|(own, comment)| own + weight * comment).collect();
    let norm = blend.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
    blend.iter().map(|&x| (f64::from(x) / norm.max(f64::MIN_POSITIVE)) as f32).collect()
}

/// Clusters the clauses that may name a cause and writes each clause's `cause` and the figures.
pub(super) fn find(
    judged: &mut Judged,
    vectors: &Vectors,
    customers: &[Option<u64>],
    options: &AnalyzeOptions,
) -> Result<Found> {
    let search = naming_key()?;
    let quoting = quoting()?;
    let offered = offered(judged);
    let texts: Vec<(String, String, Language)> = offered
        .iter()
        .map(|&i| {
            let clause = &judged.clauses[i];
            let source = judged.text(clause);
            let own = language::detect(source);
            let language = if own == Language::Other { judged.rows[clause.row].language } else { own };
            (search.normalize(source).into_owned(), quoting.normalize(source).into_owned(), language)
        })
        .collect();
    let vectors: Vec<Vec<f32>> = offered.iter().map(|&i| in_context(judged, vectors, i)).collect();
    let wrote = offered.iter().map(|&i| customers.get(judged.clauses[i].row).copied().flatten());
    let items: Vec<Item> = items(&texts, &vectors)
        .into_iter()
        .zip(wrote)
        .map(|(item, customer)| Item { customer, ..item })
        .collect();
    let wanted = cluster::Options {
        n_causes: options.n_causes,
        near: None,
        min_size: options.min_size,
        max_outlier_share: None,
        random_state: options.random_state,
    };
    let mut causes = cluster::fit_until(&items, &wanted, &|| options.monitor.check().is_err())?;
    for (position, &i) in offered.iter().enumerate() {
        judged.clauses[i].cause = usize::try_from(causes.labels[position]).ok();
    }
    let n_outside = causes.labels.iter().filter(|&&label| label < 0).count();
    let judged_rows: Vec<usize> =
        (0..judged.rows.len()).filter(|&row| judged.rows[row].reason.is_none()).collect();
    let base = Base::of(&judged_rows, customers);
    let mut figures = figures(judged, &causes, &texts, &base);
    most_comments_first(&mut causes, &mut figures, judged);
    let themes = themes::find(&mut causes, &figures, judged, &base);
    let links = links::find(judged, customers, &quoting);
    Ok(Found { causes, figures, themes, links, n_offered: offered.len(), n_outside })
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

/// The clauses that may name a cause: complaints and suggestions, never praise; of the other kinds, and where none is
/// sure, those that lean to complaint. Where most clauses are neutral, as in questions to a help desk, what is asked is the
/// matter: then every clause but praise.
fn offered(judged: &Judged) -> Vec<usize> {
    let sentiments = || judged.clauses.iter().filter_map(|clause| clause.sentiment);
    let asks =
        sentiments().filter(|sentiment| sentiment.top().0 == "neutral").count() * 2 > sentiments().count();
    let complains = |i: usize| match judged.clauses[i].kind.as_deref() {
        Some("complaint" | "suggestion") => true,
        Some("praise") => false,
        _ => judged.clauses[i].sentiment.is_some_and(|sentiment| {
            if asks { sentiment.top().0 != "positive" } else { sentiment.negative > sentiment.positive }
        }),
    };
    (0..judged.clauses.len())
        .filter(|&i| complains(i) && segment::words(judged.text(&judged.clauses[i])).len() >= MIN_WORDS)
        .collect()
}

fn figures(
    judged: &Judged,
    causes: &Causes,
    texts: &[(String, String, Language)],
    base: &Base,
) -> Vec<Figures> {
    let mut members: Vec<Vec<&JudgedClause>> = vec![Vec::new(); causes.causes.len()];
    for clause in &judged.clauses {
        if let Some(cause) = clause.cause {
            members[cause].push(clause);
        }
    }
    causes
        .causes
        .iter()
        .zip(members)
        .map(|(cause, clauses)| {
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
                quotes: cause.quotes.iter().map(|&i| (texts[i].2, texts[i].1.clone())).collect(),
                rows: rows.into_iter().collect(),
            }
        })
        .collect()
}
