//! Many texts -> at most [`MAX_LEAVES`] small groups, so that the exact step stays bounded.

use super::vector::{add, dot, unit};
use super::{Stop, go_on};
use crate::error::Result;

/// Most leaves the exact step takes: 3,000 need a 36 MB distance matrix.
pub(super) const MAX_LEAVES: usize = 3000;
/// Regions of the first level.
const REGIONS: usize = 48;
/// Passes of k-means on each level.
const PASSES: usize = 4;

/// A group of texts that enters the hierarchy as one.
pub(super) struct Leaf {
    /// Weighted mean of its vectors, not scaled: Ward on these continues exactly where k-means stopped.
    pub mean: Vec<f32>,
    pub weight: f64,
    /// Indices of its texts.
    pub members: Vec<usize>,
}

/// Groups `vectors` (in content order): each its own leaf up to `max_leaves`, else k-means in two levels,
/// regions first and then each region in proportion to its size. `O(n * (48 + max_leaves / 48) * d)`.
pub(super) fn leaves(
    vectors: &[Vec<f32>],
    weights: &[f64],
    max_leaves: usize,
    stop: Stop,
) -> Result<Vec<Leaf>> {
    let all: Vec<usize> = (0..vectors.len()).collect();
    let groups = if vectors.len() <= max_leaves {
        all.into_iter().map(|i| vec![i]).collect()
    } else {
        let room = max_leaves.saturating_sub(REGIONS);
        let regions = k_means(vectors, weights, all, REGIONS.min(max_leaves), stop)?;
        let mut groups = Vec::with_capacity(max_leaves);
        for region in regions {
            let k = (region.len() * room / vectors.len()).max(1);
            groups.extend(k_means(vectors, weights, region, k, stop)?);
        }
        groups
    };
    let dimensions = vectors.first().map_or(0, Vec::len);
    let leaf = |members: Vec<usize>| {
        let mut sum = vec![0f64; dimensions];
        let weight: f64 = members.iter().map(|&i| weights[i]).sum();
        members.iter().for_each(|&i| add(&mut sum, &vectors[i], weights[i]));
        Leaf { mean: sum.iter().map(|x| (x / weight) as f32).collect(), weight, members }
    };
    Ok(groups.into_iter().map(leaf).collect())
}

/// Spherical k-means from the first `k` texts in content order, a sample that no one chose; groups left empty go.
fn k_means(
    vectors: &[Vec<f32>],
    weights: &[f64],
    members: Vec<usize>,
    k: usize,
    stop: Stop,
) -> Result<Vec<Vec<usize>>> {
    if k <= 1 {
        return Ok(vec![members]);
    }
    let mut centres: Vec<Vec<f32>> = members.iter().take(k).map(|&i| vectors[i].clone()).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for _ in 0..PASSES {
        groups = vec![Vec::new(); centres.len()];
        for (done, &i) in members.iter().enumerate() {
            if done % 4096 == 0 {
                go_on(stop)?;
            }
            let mut best = (0, f64::NEG_INFINITY);
            for (c, centre) in centres.iter().enumerate() {
                let cosine = dot(&vectors[i], centre);
                if cosine > best.1 {
                    best = (c, cosine);
                }
            }
            groups[best.0].push(i);
        }
        groups.retain(|group| !group.is_empty());
        centres = groups
            .iter()
            .map(|group| {
                let mut sum = vec![0f64; vectors[group[0]].len()];
                group.iter().for_each(|&i| add(&mut sum, &vectors[i], weights[i]));
                unit(&sum)
            })
            .collect();
    }
    Ok(groups)
}
