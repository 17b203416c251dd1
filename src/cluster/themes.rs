//! Causes gathered into themes: the hierarchy that gave the causes, cut higher.

use std::ops::RangeInclusive;

use super::ward::Tree;

/// Fewer causes are read one by one.
const FEWEST: usize = 6;
/// Causes of a theme, on average, in the cuts that are tried.
const CAUSES: RangeInclusive<usize> = 3..=8;

/// A leaf of the hierarchy, the cause that its text has, and the text's weight.
pub(super) type Vote = (usize, usize, f64);

/// Theme of each cause, numbered by first cause; `None` for a cause that stands alone, and for all when there are few.
///
/// At each cut a cause goes where most of the weight of its texts lies. Of the cuts that leave three to eight causes to
/// a theme the one is taken in which causes are nearest to their own theme against the next (mean silhouette).
pub(super) fn gather(tree: &Tree, votes: &[Vote], centroids: &[&[f32]]) -> Vec<Option<usize>> {
    let n = centroids.len();
    if n < FEWEST {
        return vec![None; n];
    }
    let distances: Vec<Vec<f64>> = centroids
        .iter()
        .map(|a| centroids.iter().map(|b| 1.0 - super::vector::dot(a, b)).collect())
        .collect();
    let mut best: Option<(f64, Vec<usize>)> = None;
    for k in n.div_ceil(*CAUSES.end()).max(2)..=n / CAUSES.start() {
        let places = places(&tree.cut(k), votes, n, k);
        let fit = silhouette(&places, &distances);
        if best.as_ref().is_none_or(|(top, _)| fit > *top) {
            best = Some((fit, places));
        }
    }
    let places = best.map(|(_, places)| places).unwrap_or_default();
    let mut found: Vec<usize> = Vec::new();
    places
        .iter()
        .map(|place| {
            if places.iter().filter(|other| *other == place).count() < 2 {
                return None;
            }
            Some(found.iter().position(|other| other == place).unwrap_or_else(|| {
                found.push(*place);
                found.len() - 1
            }))
        })
        .collect()
}

/// The cluster of the cut that holds most of each cause; the first wins a tie.
fn places(cut: &[usize], votes: &[Vote], n: usize, k: usize) -> Vec<usize> {
    let mut held = vec![vec![0f64; k]; n];
    for &(leaf, cause, weight) in votes {
        held[cause][cut[leaf]] += weight;
    }
    let most =
        |held: &Vec<f64>| (0..k).fold(0, |top, place| if held[place] > held[top] { place } else { top });
    held.iter().map(most).collect()
}

/// Mean silhouette of the causes (Rousseeuw 1987); 0 for one that stands alone.
fn silhouette(places: &[usize], distances: &[Vec<f64>]) -> f64 {
    let n = places.len();
    let width = |cause: usize| {
        let mut sums = std::collections::BTreeMap::<usize, (f64, f64)>::new();
        for other in (0..n).filter(|&other| other != cause) {
            let (sum, count) = sums.entry(places[other]).or_default();
            *sum += distances[cause][other];
            *count += 1.0;
        }
        let own = sums.remove(&places[cause]).map(|(sum, count)| sum / count)?;
        let next = sums.values().map(|(sum, count)| sum / count).fold(f64::INFINITY, f64::min);
        let widest = own.max(next);
        (widest > 0.0 && widest.is_finite()).then(|| (next - own) / widest)
    };
    (0..n).filter_map(width).sum::<f64>() / n as f64
}
