//! Where to cut the hierarchy when nobody says how many causes there are.

use std::collections::BTreeSet;

use super::micro::Leaf;
use super::prepare::Voices;
use super::vector::{add, dot, nearest, unit};
use super::ward::Tree;
use super::{Cause, Causes, Stop, go_on};
use crate::error::Result;

/// Cuts tried, on a geometric scale.
const N_CANDIDATES: usize = 36;
/// Finest cut tried.
const FINEST: usize = 400;
/// The finest cut is taken whose silhouette lacks at most this share more of a perfect one than the best does: it tells more, and
/// the silhouette likes a few large clusters. On 550 draws of 8 to 50 intents, in English, Arabic and both, that trained no
/// weight of the encoder (withheld and dev rows): mean NMI .856 and 61 % of the numbers within a fifth of the truth; at
/// .006 .849 and 54 %, at .03 .858 and 60 %, with intents of assistants told apart too finely.
const TOLERANCE: f64 = 0.022;

/// A silhouette up to this is "no substantial structure" (Kaufman and Rousseeuw 1990, table 4): a cut into a few halves
/// of everything may win by a hair there, and tells nobody anything.
const SUBSTANTIAL: f64 = 0.25;
/// So without substantial structure a cause holds at most this share of the texts, if any cut tried allows it. Chosen on 122
/// draws of 8 to 37 intents that train the encoder, embedded by one that never saw them: mean NMI .759, with .2 it was .753.
const WIDEST: f64 = 0.15;
/// Nor are there more causes than somebody reads: finer cuts of one cloud differ by chance (2,000 reviews of places gave 139).
const MOST: usize = 40;

/// A cut that was tried.
struct Tried {
    silhouette: f64,
    /// Share of the weight in the largest cluster.
    widest: f64,
    centres: Vec<Vec<f32>>,
}

/// Leaves as the cut sees them.
pub(super) struct Points {
    /// Unit vectors.
    pub vectors: Vec<Vec<f32>>,
    pub weights: Vec<f64>,
    /// Rows behind each leaf of which nobody is known to be the same person.
    n_alone: Vec<usize>,
    /// Customers behind each leaf, numbered from 0.
    customers: Vec<Vec<usize>>,
    n_customers: usize,
}

impl Points {
    pub(super) fn new<'a>(leaves: &[Leaf], voices: impl Fn(usize) -> &'a Voices) -> Self {
        let widen = |leaf: &Leaf| unit(&leaf.mean.iter().map(|&x| f64::from(x)).collect::<Vec<_>>());
        let keys = |leaf: &Leaf| -> BTreeSet<u64> {
            leaf.members.iter().flat_map(|&i| voices(i).customers.keys().copied()).collect()
        };
        let keys: Vec<BTreeSet<u64>> = leaves.iter().map(keys).collect();
        let all: Vec<u64> = keys.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let numbered =
            |keys: &BTreeSet<u64>| keys.iter().filter_map(|key| all.binary_search(key).ok()).collect();
        Self {
            vectors: leaves.iter().map(widen).collect(),
            weights: leaves.iter().map(|leaf| leaf.weight).collect(),
            n_alone: leaves
                .iter()
                .map(|leaf| leaf.members.iter().map(|&i| voices(i).n_alone).sum())
                .collect(),
            customers: keys.iter().map(numbered).collect(),
            n_customers: all.len(),
        }
    }

    /// What `min_size` counts: rows of each cluster, one customer's as one.
    fn sizes(&self, labels: &[usize], k: usize) -> Vec<usize> {
        let mut sizes = vec![0usize; k];
        labels.iter().zip(&self.n_alone).for_each(|(&label, n)| sizes[label] += n);
        let mut leaves: Vec<usize> = (0..labels.len()).collect();
        leaves.sort_by_key(|&leaf| labels[leaf]);
        let mut last = vec![usize::MAX; self.n_customers];
        for leaf in leaves {
            for &customer in &self.customers[leaf] {
                if last[customer] != labels[leaf] {
                    last[customer] = labels[leaf];
                    sizes[labels[leaf]] += 1;
                }
            }
        }
        sizes
    }

    /// Weighted vector sums of `k` clusters.
    fn sums(&self, labels: &[Option<usize>], k: usize) -> Vec<Vec<f64>> {
        let mut sums = vec![vec![0f64; self.vectors.first().map_or(0, Vec::len)]; k];
        for (i, label) in labels.iter().enumerate() {
            if let Some(label) = *label {
                add(&mut sums[label], &self.vectors[i], self.weights[i]);
            }
        }
        sums
    }

    /// Clusters smaller than `min_size` dissolve into their neighbours, then every leaf moves once to its nearest
    /// centre. Returns the centres that still hold at least `min_size`.
    fn settle(&self, mut labels: Vec<usize>, min_size: usize) -> Vec<Vec<f32>> {
        let k = labels.iter().max().map_or(0, |top| top + 1);
        let sizes = self.sizes(&labels, k);
        let mut place = vec![None; k];
        let mut n_kept = 0;
        for (place, &size) in place.iter_mut().zip(&sizes) {
            if size >= min_size {
                *place = Some(n_kept);
                n_kept += 1;
            }
        }
        let kept: Vec<Option<usize>> = labels.iter().map(|&label| place[label]).collect();
        let centres: Vec<Vec<f32>> = self.sums(&kept, n_kept).iter().map(|sum| unit(sum)).collect();
        if centres.is_empty() {
            return centres;
        }
        let full: Vec<Option<usize>> = kept
            .iter()
            .zip(&self.vectors)
            .map(|(label, vector)| label.or_else(|| nearest(vector, &centres).map(|(c, _)| c)))
            .collect();
        let centres: Vec<Vec<f32>> = self.sums(&full, n_kept).iter().map(|sum| unit(sum)).collect();
        labels = self.nearest(&centres);
        let sizes = self.sizes(&labels, n_kept);
        let moved: Vec<Option<usize>> = labels.into_iter().map(Some).collect();
        let sums = self.sums(&moved, n_kept);
        sums.iter().zip(sizes).filter(|(_, size)| *size >= min_size).map(|(sum, _)| unit(sum)).collect()
    }

    fn nearest(&self, centres: &[Vec<f32>]) -> Vec<usize> {
        self.vectors.iter().map(|vector| nearest(vector, centres).map_or(0, |(c, _)| c)).collect()
    }

    /// Mean silhouette (Rousseeuw 1987) for the distance `1 - cosine`. The mean distance to a cluster is one inner
    /// product with its vector sum, so this costs `O(n k d)`.
    fn judge(&self, centres: Vec<Vec<f32>>) -> Tried {
        let labels: Vec<Option<usize>> = self.nearest(&centres).into_iter().map(Some).collect();
        let sums: Vec<Vec<f32>> = self
            .sums(&labels, centres.len())
            .into_iter()
            .map(|sum| sum.into_iter().map(|x| x as f32).collect())
            .collect();
        let mut sizes = vec![0f64; centres.len()];
        labels.iter().zip(&self.weights).for_each(|(label, w)| sizes[label.unwrap_or(0)] += w);
        let (mut total, mut mass) = (0.0, 0.0);
        for (i, vector) in self.vectors.iter().enumerate() {
            let (own, weight) = (labels[i].unwrap_or(0), self.weights[i]);
            let (mut within, mut between) = (0.0, f64::INFINITY);
            for (c, sum) in sums.iter().enumerate() {
                let product = dot(vector, sum);
                if c == own {
                    let others = sizes[c] - weight;
                    within = if others > 0.0 {
                        1.0 - (product - weight * dot(vector, vector)) / others
                    } else {
                        2.0
                    };
                } else if sizes[c] > 0.0 {
                    between = f64::min(between, 1.0 - product / sizes[c]);
                }
            }
            let widest = f64::max(within, between);
            if widest > 0.0 && widest.is_finite() {
                total += weight * (between - within) / widest;
            }
            mass += weight;
        }
        let mass = f64::max(mass, f64::MIN_POSITIVE);
        let widest = sizes.iter().copied().fold(0.0, f64::max) / mass;
        Tried { silhouette: total / mass, widest, centres }
    }

    /// Centres of the causes when their number is not given: fewer than two means nothing stands apart.
    pub(super) fn choose(
        &self,
        tree: &Tree,
        min_size: usize,
        old: Option<&Causes>,
        stop: Stop,
    ) -> Result<Vec<Vec<f32>>> {
        if let Some(old) = old.filter(|old| old.n_apart() >= 2) {
            let around = self.around(tree, min_size, old, stop)?;
            if !around.is_empty() {
                return Ok(around);
            }
        }
        // Rows, not texts: a survey of few texts that many repeat may have a cause for each.
        let n_rows: usize =
            self.n_alone.iter().sum::<usize>() + self.customers.iter().map(Vec::len).sum::<usize>();
        let finest = (n_rows / 4).min(self.vectors.len()).clamp(2, FINEST);
        let mut tried: Vec<Tried> = Vec::new();
        let mut last = 1;
        for step in 0..N_CANDIDATES {
            let share = step as f64 / (N_CANDIDATES - 1) as f64;
            let k = (2.0 * (finest as f64 / 2.0).powf(share)).round() as usize;
            if k == last {
                continue;
            }
            last = k;
            go_on(stop)?;
            let centres = self.settle(tree.cut(k), min_size);
            if centres.len() >= 2 {
                tried.push(self.judge(centres));
            }
        }
        let best = |tried: &[Tried]| tried.iter().map(|t| t.silhouette).fold(f64::NEG_INFINITY, f64::max);
        let readable = |t: &Tried| t.widest <= WIDEST && t.centres.len() <= MOST;
        if best(&tried) <= SUBSTANTIAL && tried.iter().any(readable) {
            tried.retain(readable);
        }
        let best = best(&tried);
        let bar = best - TOLERANCE * (1.0 - best);
        tried.retain(|t| t.silhouette >= bar);
        Ok(tried.into_iter().map(|t| t.centres).max_by_key(Vec::len).unwrap_or_default())
    }

    /// Of the cuts that leave as many causes as `old` has or up to a tenth more, the centres of the one in which the old causes
    /// find themselves best (largest sum of cosines to the nearest new centre); none when no cut leaves so many.
    fn around(&self, tree: &Tree, min_size: usize, old: &Causes, stop: Stop) -> Result<Vec<Vec<f32>>> {
        let near = old.n_apart();
        let wanted = near..=near + near.div_ceil(10);
        let finest = (2 * near + 10).min(self.vectors.len());
        let mut best: Option<(f64, Vec<Vec<f32>>)> = None;
        for k in (near..=finest).step_by((near / 20).max(1)) {
            go_on(stop)?;
            let centres = self.settle(tree.cut(k), min_size);
            if wanted.contains(&centres.len()) {
                let found =
                    |cause: &Cause| nearest(&cause.centroid, &centres).map_or(0.0, |(_, cosine)| cosine);
                let likeness = old.causes.iter().map(found).sum();
                if best.as_ref().is_none_or(|(most, _)| likeness > *most) {
                    best = Some((likeness, centres));
                }
            }
        }
        Ok(best.map(|(_, centres)| centres).unwrap_or_default())
    }

    /// Centres of exactly `k` causes: the coarsest of some forty cuts that leaves `k` of `min_size`, else the plain cut
    /// into `k`.
    pub(super) fn force(&self, tree: &Tree, k: usize, min_size: usize, stop: Stop) -> Result<Vec<Vec<f32>>> {
        let finest = (2 * k + 10).min(self.vectors.len());
        for cut in (k..=finest).step_by((k / 20).max(1)) {
            go_on(stop)?;
            let centres = self.settle(tree.cut(cut), min_size);
            if centres.len() == k {
                return Ok(centres);
            }
        }
        let labels: Vec<Option<usize>> = tree.cut(k).into_iter().map(Some).collect();
        Ok(self.sums(&labels, k).iter().map(|sum| unit(sum)).collect())
    }
}
