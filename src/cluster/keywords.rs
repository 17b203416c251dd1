//! The words that tell most of a cause.

use std::collections::{BTreeMap, BTreeSet};

use super::telling::Members;
use super::words::{Class, Word};

/// Keywords per language.
const N_KEYWORDS: usize = 5;
/// Words that compete.
const N_RANKED: usize = 40;

/// The five most telling words, each new one unlike those before (maximal marginal relevance on shared texts).
pub(super) fn keywords(texts: &[Vec<Word>], members: &Members) -> Vec<String> {
    let mut holders: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    let mut surfaces: BTreeMap<u32, BTreeMap<String, usize>> = BTreeMap::new();
    for &m in &members.by_closeness {
        for word in texts[m].iter().filter(|word| word.class == Class::Content) {
            holders.entry(word.stem).or_default().insert(m);
            *surfaces.entry(word.stem).or_default().entry(word.surface.to_lowercase()).or_default() += 1;
        }
    }
    let mut ranked: Vec<(f64, String, u32)> = members
        .keyness
        .iter()
        .filter_map(|(&stem, &telling)| Some((telling, most_frequent(surfaces.get(&stem)?)?, stem)))
        .collect();
    ranked.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    ranked.truncate(N_RANKED);
    let overlap = |a: u32, b: u32| {
        let (Some(x), Some(y)) = (holders.get(&a), holders.get(&b)) else {
            return 0.0;
        };
        x.intersection(y).count() as f64 / (x.len() + y.len()) as f64 * 2.0
    };
    let mut chosen: Vec<(String, u32)> = Vec::new();
    while chosen.len() < N_KEYWORDS && !ranked.is_empty() {
        let mut best = (f64::MIN, 0);
        for (i, (telling, _, stem)) in ranked.iter().enumerate() {
            let like = chosen.iter().map(|(_, other)| overlap(*stem, *other)).fold(0.0, f64::max);
            let value = telling * (1.0 - 0.7 * like);
            if value > best.0 {
                best = (value, i);
            }
        }
        let (_, surface, stem) = ranked.remove(best.1);
        chosen.push((surface, stem));
    }
    chosen.into_iter().map(|(surface, _)| surface).collect()
}

/// First by text among equals.
fn most_frequent(surfaces: &BTreeMap<String, usize>) -> Option<String> {
    let best = surfaces.values().max()?;
    surfaces.iter().find(|(_, n)| *n == best).map(|(surface, _)| surface.clone())
}
