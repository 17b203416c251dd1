//! Duplicates and near-duplicates collapsed, rows put in content order, the language's own direction removed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::vector::{add, dot, unit};
use super::{Item, near};
use crate::comment::Language;

/// Below this many distinct texts a language's mean leans on the pooled mean.
const FULL_TRUST: f64 = 50.0;
/// Cosine of the embeddings from which texts in nearly the same letters are one: "good" and "not good" share their letters.
const COSINE: f64 = 0.95;

/// Who says a text: rows of which nobody is known to be the same person, and customers, who count once.
#[derive(Debug, Clone, Default)]
pub(super) struct Voices {
    pub n_alone: usize,
    weight_alone: f64,
    /// The largest weight of each customer.
    pub customers: BTreeMap<u64, f64>,
}

impl Voices {
    fn of<'a>(items: impl Iterator<Item = &'a Item<'a>>) -> Self {
        let mut voices = Self::default();
        let mut alone = Vec::new();
        for item in items {
            let weight = f64::from(item.weight);
            match item.customer {
                Some(customer) => {
                    let largest = voices.customers.entry(customer).or_default();
                    *largest = largest.max(weight);
                }
                None => alone.push(weight),
            }
        }
        // Sums in an order that does not follow the rows.
        alone.sort_by(f64::total_cmp);
        Self { n_alone: alone.len(), weight_alone: alone.iter().sum(), ..voices }
    }

    fn join(&mut self, other: &Self) {
        self.n_alone += other.n_alone;
        self.weight_alone += other.weight_alone;
        for (&customer, &weight) in &other.customers {
            let largest = self.customers.entry(customer).or_default();
            *largest = largest.max(weight);
        }
    }

    /// `1 + ln` of the total weight: repeats count, but a slogan sent a thousand times is not the survey.
    fn weight(&self) -> f64 {
        let total = self.weight_alone + self.customers.values().sum::<f64>();
        if total > 1.0 { 1.0 + total.ln() } else { total }
    }
}

/// Voices of the whole survey.
pub(super) fn n_voices(items: &[Item]) -> usize {
    let customers: BTreeSet<u64> = items.iter().filter_map(|item| item.customer).collect();
    items.iter().filter(|item| item.customer.is_none()).count() + customers.len()
}

/// One distinct text, or one with those that nearly repeat it.
#[derive(Clone)]
pub(super) struct Unique<'a> {
    /// Its row whose display text sorts first.
    pub item: usize,
    /// Number of rows that hold it.
    pub n_items: usize,
    /// Who says it.
    pub voices: Voices,
    /// What it weighs.
    pub weight: f64,
    pub language: Language,
    pub vector: &'a [f32],
}

/// Near-duplicates as one, the first of them in content order; and for each distinct text the place of its one.
pub(super) fn collapsed<'a>(distinct: &[Unique<'a>], items: &[Item<'a>]) -> (Vec<Unique<'a>>, Vec<usize>) {
    let signature = |text: &Unique| {
        let item = &items[text.item];
        // A vector without a text has only its own bits.
        if item.display.is_empty() { None } else { near::signature(item.text) }
    };
    let signatures: Vec<Option<near::Signature>> = distinct.iter().map(signature).collect();
    let leaders = near::leaders(&signatures, |u, other| {
        let (text, other) = (&distinct[u], &distinct[other]);
        other.language == text.language
            && dot(other.vector, text.vector) >= COSINE
            && near::alike(items[text.item].text, items[other.item].text)
    });
    let mut place: Vec<usize> = Vec::with_capacity(distinct.len());
    let mut unique: Vec<Unique> = Vec::new();
    for (u, (text, &leader)) in distinct.iter().zip(&leaders).enumerate() {
        if leader == u {
            place.push(unique.len());
            unique.push(text.clone());
            continue;
        }
        // A leader stands before those that follow it.
        place.push(place[leader]);
        let own = &mut unique[place[leader]];
        own.n_items += text.n_items;
        own.voices.join(&text.voices);
        own.weight = own.voices.weight();
    }
    (unique, place)
}

/// Distinct texts with a usable vector, ordered by content hash, never by row.
pub(super) fn distinct<'a>(items: &[Item<'a>], random_state: u64) -> Vec<Unique<'a>> {
    let mut groups: BTreeMap<(u64, Language, &str), Vec<usize>> = BTreeMap::new();
    for (i, item) in items.iter().enumerate().filter(|(_, item)| is_usable(item.vector)) {
        let key = (content_hash(random_state, item.language, item.text), item.language, item.text);
        groups.entry(key).or_default().push(i);
    }
    let bits = |i: usize| items[i].vector.iter().map(|x| x.to_bits());
    groups
        .into_iter()
        .filter_map(|((_, language, _), rows)| {
            let item = *rows.iter().min_by(|&&a, &&b| {
                items[a].display.cmp(items[b].display).then_with(|| bits(a).cmp(bits(b)))
            })?;
            let voices = Voices::of(rows.iter().map(|&i| &items[i]));
            let weight = voices.weight();
            Some(Unique { item, n_items: rows.len(), voices, weight, language, vector: items[item].vector })
        })
        .collect()
}

/// A vector that can be compared: not empty, no NaN or infinity, not all zeros.
pub(super) fn is_usable(vector: &[f32]) -> bool {
    vector.iter().all(|x| x.is_finite()) && vector.iter().any(|&x| x != 0.0)
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo), over the seed, the language and the text.
fn content_hash(random_state: u64, language: Language, text: &str) -> u64 {
    let seed = random_state.to_le_bytes();
    let bytes = seed.iter().chain(language.as_str().as_bytes()).chain(text.as_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What a language adds to every vector whatever the text says; taken away before comparing.
///
/// ```
/// let means = rasd::cluster::Means::default();
/// assert!(means.ar.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Means {
    /// Mean vector of Arabic texts.
    pub ar: Vec<f32>,
    /// Mean vector of English texts.
    pub en: Vec<f32>,
    /// Mean vector of all texts.
    pub pooled: Vec<f32>,
}

impl Means {
    /// Means of the distinct texts. A language with `n < 50` texts gets `n/50` of its own mean, the rest pooled.
    pub(super) fn of(unique: &[Unique], dimensions: usize) -> Self {
        let mean = |wanted: Option<Language>| {
            let mut sum = vec![0f64; dimensions];
            let mut n = 0.0;
            for text in unique.iter().filter(|text| wanted.is_none_or(|w| w == text.language)) {
                add(&mut sum, text.vector, 1.0);
                n += 1.0;
            }
            sum.iter_mut().for_each(|x| *x /= f64::max(n, 1.0));
            (sum, n)
        };
        let (pooled, _) = mean(None);
        let shrunk = |language| {
            let (own, n) = mean(Some(language));
            let trust = (n / FULL_TRUST).min(1.0);
            own.iter().zip(&pooled).map(|(x, p)| (trust * x + (1.0 - trust) * p) as f32).collect()
        };
        let (ar, en) = (shrunk(Language::Ar), shrunk(Language::En));
        Self { ar, en, pooled: pooled.iter().map(|&x| x as f32).collect() }
    }

    /// No shift at all, for a single cause.
    pub(super) fn zero(dimensions: usize) -> Self {
        let zero = vec![0.0; dimensions];
        Self { ar: zero.clone(), en: zero.clone(), pooled: zero }
    }

    /// `vector` without its language's mean, unit length. Mixed and Arabizi texts lose the nearer of the Arabic and
    /// English means, other texts the pooled one.
    pub(super) fn centre(&self, vector: &[f32], language: Language) -> Vec<f32> {
        let mean = match language {
            Language::Ar => &self.ar,
            Language::En => &self.en,
            Language::Other => &self.pooled,
            Language::Mixed | Language::Arabizi => {
                let gap = |mean: &[f32]| dot(mean, mean) - 2.0 * dot(vector, mean);
                if gap(&self.ar) < gap(&self.en) { &self.ar } else { &self.en }
            }
        };
        let shifted: Vec<f64> = vector.iter().zip(mean).map(|(x, m)| f64::from(*x) - f64::from(*m)).collect();
        unit(&shifted)
    }
}
