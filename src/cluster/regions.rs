//! How far each cause reaches, and which one a vector belongs to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::prepare::{self, Means, Unique};
use super::{Causes, Item, vector};
use crate::comment::Language;

/// A cause reaches this many standard deviations past the mean distance of its items.
const REACH: f64 = 3.0;

/// A centre and how far it reaches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Region {
    /// The cause that was found here.
    pub id: i32,
    /// Unit vector in the space without language means.
    pub centroid: Vec<f32>,
    /// Smallest cosine to the centroid that still belongs.
    min_cosine: f64,
}

/// Regions around `centres`, largest first, each with the reach learned from the distinct texts nearest to it;
/// near-duplicates, which `place` tells, count as one together.
pub(super) fn reached(
    distinct: &[Unique],
    place: &[usize],
    means: &Means,
    centres: Vec<Vec<f32>>,
) -> Vec<Region> {
    let mut copies: BTreeMap<usize, usize> = BTreeMap::new();
    place.iter().for_each(|&one| *copies.entry(one).or_default() += 1);
    let mut near: Vec<Vec<(f64, f64, usize)>> = vec![Vec::new(); centres.len()];
    for (text, one) in distinct.iter().zip(place) {
        if let Some((c, cosine)) = vector::nearest(&means.centre(text.vector, text.language), &centres) {
            near[c].push((cosine, 1.0 / copies[one] as f64, text.n_items));
        }
    }
    let mut regions: Vec<(usize, Region)> = centres
        .into_iter()
        .zip(near)
        .filter(|(_, near)| !near.is_empty())
        .map(|(centroid, near)| {
            // Distinct texts, not rows: one text sent a hundred times must not narrow the reach.
            let n: f64 = near.iter().map(|(_, weight, _)| weight).sum();
            let mean = near.iter().map(|(cosine, weight, _)| weight * cosine).sum::<f64>() / n;
            let square =
                near.iter().map(|(cosine, weight, _)| weight * (cosine - mean).powi(2)).sum::<f64>() / n;
            // The small allowance keeps texts that are all alike inside their own cause.
            let min_cosine = mean - REACH * square.sqrt() - 1e-6;
            let reached = near.iter().filter(|(cosine, ..)| *cosine >= min_cosine);
            let size = reached.map(|(_, _, n_items)| n_items).sum::<usize>();
            (size, Region { id: 0, centroid, min_cosine })
        })
        .collect();
    // A stable sort: causes of equal size keep the content order of their first text.
    regions.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    (0..).zip(regions).map(|(id, (_, region))| Region { id, ..region }).collect()
}

/// Lets every region reach as much further as it takes for `share` of the items at most to lie beyond.
pub(super) fn widen(regions: &mut [Region], items: &[Item], means: &Means, share: f64) {
    let usable = items.iter().filter(|item| prepare::is_usable(item.vector));
    let missing = |item: &Item| {
        let (region, cosine) = nearest(regions, &means.centre(item.vector, item.language))?;
        Some(region.min_cosine - cosine)
    };
    let mut missing: Vec<f64> = usable.filter_map(missing).collect();
    missing.sort_by(|a, b| b.total_cmp(a));
    // A product such as .3 * 10 may fall a hair short of a whole number.
    let n_outside = (share * missing.len() as f64 + 1e-9) as usize;
    if let Some(further) = missing.get(n_outside).filter(|further| **further > 0.0) {
        regions.iter_mut().for_each(|region| region.min_cosine -= further + 1e-9);
    }
}

/// The nearest region and its cosine; the first wins a tie.
fn nearest<'a>(regions: &'a [Region], centred: &[f32]) -> Option<(&'a Region, f64)> {
    let mut best: Option<(&Region, f64)> = None;
    for region in regions {
        let cosine = vector::dot(centred, &region.centroid);
        if best.is_none_or(|(_, top)| cosine > top) {
            best = Some((region, cosine));
        }
    }
    best
}

impl Causes {
    /// Nearest cause of a new vector, -1 when it lies beyond every reach or has another length than the fitted ones.
    /// `fit` labels its own items by this very call.
    ///
    /// ```
    /// let causes = rasd::cluster::Causes::default();
    /// assert_eq!(causes.assign(&[1.0, 0.0], rasd::Language::En), -1);
    /// ```
    pub fn assign(&self, vector: &[f32], language: Language) -> i32 {
        if vector.len() != self.means.pooled.len() || !prepare::is_usable(vector) {
            return -1;
        }
        let found = nearest(&self.regions, &self.means.centre(vector, language))
            .filter(|(region, cosine)| *cosine >= region.min_cosine)
            .map_or(-1, |(region, _)| region.id);
        self.edits.iter().fold(found, |id, edit| edit.follow(id, vector, language))
    }

    /// Gives the causes of a fit other ids; every cause keeps its texts.
    pub(crate) fn renumber(&mut self, new_id: impl Fn(i32) -> i32) {
        let labels = self.labels.iter_mut().filter(|label| **label >= 0);
        let ids = self.causes.iter_mut().map(|cause| &mut cause.id);
        for id in labels.chain(ids).chain(self.regions.iter_mut().map(|region| &mut region.id)) {
            *id = new_id(*id);
        }
    }
}
