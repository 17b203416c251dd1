//! Ward's minimum-variance hierarchy by the nearest-neighbour chain.
//! Source: Ward 1963; Lance and Williams 1967 (the update); Murtagh 1983 (the chain).

use super::micro::Leaf;
use super::vector::dot;
use super::{Stop, go_on};
use crate::error::Result;

/// The whole hierarchy: `n - 1` merges, lowest first.
pub(super) struct Tree {
    n_leaves: usize,
    /// Two leaves, one from each side of the merge.
    merges: Vec<(usize, usize)>,
}

/// Squared distances of the upper triangle, row by row.
struct Condensed {
    n: usize,
    values: Vec<f64>,
}

impl Condensed {
    fn index(&self, a: usize, b: usize) -> usize {
        let (i, j) = (a.min(b), a.max(b));
        i * (2 * self.n - i - 1) / 2 + j - i - 1
    }

    fn get(&self, a: usize, b: usize) -> f64 {
        self.values[self.index(a, b)]
    }
}

/// Builds the hierarchy in `O(n^2)` time and `4 n^2` bytes.
pub(super) fn ward(leaves: &[Leaf], stop: Stop) -> Result<Tree> {
    let n = leaves.len();
    let mut weights: Vec<f64> = leaves.iter().map(|leaf| leaf.weight).collect();
    let norms: Vec<f64> = leaves.iter().map(|leaf| dot(&leaf.mean, &leaf.mean)).collect();
    let mut distances = Condensed { n, values: Vec::with_capacity(n * n.saturating_sub(1) / 2) };
    for i in 0..n {
        if i % 128 == 0 {
            go_on(stop)?;
        }
        for j in i + 1..n {
            let square = (norms[i] + norms[j] - 2.0 * dot(&leaves[i].mean, &leaves[j].mean)).max(0.0);
            distances.values.push(2.0 * weights[i] * weights[j] / (weights[i] + weights[j]) * square);
        }
    }

    let mut alive: Vec<usize> = (0..n).collect();
    let mut chain: Vec<usize> = Vec::new();
    let mut merges: Vec<(f64, usize, usize)> = Vec::with_capacity(n.saturating_sub(1));
    while alive.len() > 1 {
        let top = *chain.last().unwrap_or(&alive[0]);
        if chain.is_empty() {
            chain.push(top);
        }
        let previous = chain.len().checked_sub(2).map(|i| chain[i]);
        // The previous link wins a tie, then the first in content order: the chain cannot turn in a circle.
        let mut best = previous.map(|p| (p, distances.get(top, p)));
        for &other in alive.iter().filter(|&&other| other != top) {
            let distance = distances.get(top, other);
            if best.is_none_or(|(_, nearest)| distance < nearest) {
                best = Some((other, distance));
            }
        }
        let Some((other, height)) = best else { break };
        if !chain.contains(&other) {
            chain.push(other);
            continue;
        }
        let (keep, gone) = (top.min(other), top.max(other));
        chain.retain(|&link| link != keep && link != gone);
        alive.retain(|&i| i != gone);
        let (a, b) = (weights[keep], weights[gone]);
        for &c in alive.iter().filter(|&&c| c != keep) {
            let w = weights[c];
            let sum = (a + w) * distances.get(keep, c) + (b + w) * distances.get(gone, c) - w * height;
            let at = distances.index(keep, c);
            distances.values[at] = sum / (a + b + w);
        }
        weights[keep] = a + b;
        merges.push((height, keep, gone));
        if merges.len().is_multiple_of(128) {
            go_on(stop)?;
        }
    }
    // A stable sort: merges of equal height stay in the order in which the chain made them.
    merges.sort_by(|x, y| x.0.total_cmp(&y.0));
    Ok(Tree { n_leaves: n, merges: merges.into_iter().map(|(_, a, b)| (a, b)).collect() })
}

impl Tree {
    /// Cluster of each leaf when the hierarchy is cut into `k`, numbered by first leaf.
    pub(super) fn cut(&self, k: usize) -> Vec<usize> {
        let mut parent: Vec<usize> = (0..self.n_leaves).collect();
        fn root(parent: &mut [usize], mut i: usize) -> usize {
            while parent[i] != i {
                parent[i] = parent[parent[i]];
                i = parent[i];
            }
            i
        }
        for &(a, b) in self.merges.iter().take(self.n_leaves.saturating_sub(k)) {
            let (a, b) = (root(&mut parent, a), root(&mut parent, b));
            parent[a.max(b)] = a.min(b);
        }
        let mut number = vec![usize::MAX; self.n_leaves];
        let mut next = 0;
        (0..self.n_leaves)
            .map(|leaf| {
                let r = root(&mut parent, leaf);
                if number[r] == usize::MAX {
                    number[r] = next;
                    next += 1;
                }
                number[r]
            })
            .collect()
    }
}
