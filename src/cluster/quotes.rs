//! Clauses that stand for a cause: the most central one, then central ones that say something else.

use super::prepare::Unique;
use super::vector::dot;
use super::{Cause, Item};
use crate::comment::Language;

/// Quotes per language.
const N_QUOTES: usize = 3;
/// Only the nearer part of a cause is quoted: its edge may belong elsewhere.
const CENTRAL: f64 = 0.5;
/// Characters that read at a glance.
const READABLE: std::ops::RangeInclusive<usize> = 12..=220;

/// Fills the quotes of every cause: up to three Arabic, three English, one in another language or both at once.
pub(super) fn choose(
    causes: &mut [Cause],
    items: &[Item],
    unique: &[Unique],
    vectors: &[Vec<f32>],
    labels: &[i32],
) {
    for cause in causes {
        let mut quotes = Vec::new();
        for (wanted, n) in [(Some(Language::Ar), N_QUOTES), (Some(Language::En), N_QUOTES), (None, 1)] {
            let of_group = |language| match wanted {
                Some(wanted) => language == wanted,
                None => !matches!(language, Language::Ar | Language::En),
            };
            let mut near: Vec<(f64, usize)> = (0..unique.len())
                .filter(|&u| of_group(unique[u].language) && labels[unique[u].item] == cause.id)
                .map(|u| (dot(&vectors[u], &cause.centroid), u))
                .collect();
            near.sort_by(|x, y| y.0.total_cmp(&x.0));
            near.truncate(((near.len() as f64 * CENTRAL).ceil() as usize).max(n));
            let length = |u: usize| items[unique[u].item].display.chars().count();
            if near.iter().any(|(_, u)| READABLE.contains(&length(*u))) {
                near.retain(|(_, u)| READABLE.contains(&length(*u)));
            }
            quotes.extend(diverse(&near, vectors, n).into_iter().map(|u| unique[u].item));
        }
        cause.quotes = quotes;
    }
}

/// The first of `near`, then those that trade closeness to the centre for distance from the chosen ones.
fn diverse(near: &[(f64, usize)], vectors: &[Vec<f32>], n: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < n.min(near.len()) {
        let mut best: Option<(f64, usize)> = None;
        for &(central, u) in near.iter().filter(|(_, u)| !chosen.contains(u)) {
            let like = chosen.iter().map(|&c| dot(&vectors[u], &vectors[c])).fold(0.0, f64::max);
            let value = central - 0.5 * like;
            if best.is_none_or(|(top, _)| value > top) {
                best = Some((value, u));
            }
        }
        let Some((_, u)) = best else { break };
        chosen.push(u);
    }
    chosen
}
