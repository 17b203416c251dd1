//! Which new cause is which old one.

use std::collections::{BTreeMap, BTreeSet};

use super::vector::dot;
use super::{Cause, Causes, Item};

/// Mean of the centres' cosine and of the members' Jaccard index from which two causes are one.
const SAME: f64 = 0.5;
/// Jaccard index of the members from which two themes are one: two of equal size that share half of each.
const SAME_THEME: f64 = 1.0 / 3.0;

impl Causes {
    /// Gives each cause the id of the one of `old` that it continues: one to one, the most agreement in all. Other causes
    /// get ids from `next_id` on, largest first; an id that nothing continues is not used again. Returns the next free id.
    ///
    /// Causes agree by the cosine of their centres and by the members of `items` they share; a member of an old cause
    /// is what [`Self::assign`] gives it. Causes that mostly hold what the user had merged are merged again. Themes continue
    /// those of `old` in the same way, by the members they share.
    ///
    /// ```
    /// use rasd::cluster::{Causes, Item, Options, fit};
    /// use rasd::Language;
    /// let vectors = [[1.0, 0.0], [0.99, 0.1], [0.99, -0.1], [0.0, 1.0], [0.1, 0.99]];
    /// let texts = ["card lost", "lost my card", "card is lost", "app slow", "slow app"];
    /// let item = |(text, vector)| Item { text, display: text, language: Language::En, vector, weight: 1.0, customer: None };
    /// let items: Vec<Item> = texts.into_iter().zip(vectors.iter().map(|v| &v[..])).map(item).collect();
    /// let old = fit(&items, &Options { n_causes: Some(2), min_size: Some(1), ..Options::default() })?;
    /// let mut new = old.clone();
    /// assert_eq!(new.continue_from(&old, &items, 2), 2);
    /// assert_eq!(new, old);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn continue_from(&mut self, old: &Causes, items: &[Item], next_id: i32) -> i32 {
        let place = |causes: &Causes, id: i32| causes.causes.iter().position(|cause| cause.id == id);
        let (n_old, n_new) = (old.causes.len(), self.causes.len());
        let mut shared = vec![vec![0usize; n_old]; n_new];
        let (mut of_old, mut of_new) = (vec![0usize; n_old], vec![0usize; n_new]);
        for (item, &label) in items.iter().zip(&self.labels) {
            let before = place(old, old.assign(item.vector, item.language));
            let now = place(self, label);
            before.iter().for_each(|&i| of_old[i] += 1);
            now.iter().for_each(|&j| of_new[j] += 1);
            if let (Some(i), Some(j)) = (before, now) {
                shared[j][i] += 1;
            }
        }
        let agreement = |j: usize, i: usize| {
            let either = of_old[i] + of_new[j] - shared[j][i];
            let jaccard = shared[j][i] as f64 / either.max(1) as f64;
            (dot(&self.causes[j].centroid, &old.causes[i].centroid) + jaccard) / 2.0
        };
        let agreements: Vec<Vec<f64>> =
            (0..n_new).map(|j| (0..n_old).map(|i| agreement(j, i)).collect()).collect();
        let matched = assignment(&agreements);
        let mut next = next_id;
        let ids: Vec<i32> = (0..n_new)
            .map(|j| {
                if let Some(i) = matched[j].filter(|&i| agreements[j][i] >= SAME) {
                    return old.causes[i].id;
                }
                next += 1;
                next - 1
            })
            .collect();
        self.continue_themes(old, &shared, &of_old, &of_new, &mut next);
        let new_ids: BTreeMap<i32, i32> = self.causes.iter().map(|cause| cause.id).zip(ids).collect();
        let again: Vec<(i32, BTreeSet<i32>)> = old
            .merged()
            .into_iter()
            .filter_map(|merged| {
                let i = place(old, merged)?;
                let mostly = |(j, cause): (usize, &Cause)| {
                    (shared[j][i] * 2 > of_new[j]).then(|| new_ids.get(&cause.id).copied()).flatten()
                };
                Some((merged, self.causes.iter().enumerate().filter_map(mostly).collect()))
            })
            .collect();
        self.renumber(|id| new_ids.get(&id).copied().unwrap_or(id));
        for (merged, ids) in again.into_iter().filter(|(_, ids)| ids.len() > 1) {
            let free = ids.contains(&merged) || place(self, merged).is_none();
            self.join(ids, Some(merged).filter(|_| free));
        }
        next
    }

    /// As [`Self::continue_from`], for themes: `shared[j][i]` members are in cause `j` and were in cause `i` of `old`.
    fn continue_themes(
        &mut self,
        old: &Causes,
        shared: &[Vec<usize>],
        of_old: &[usize],
        of_new: &[usize],
        next: &mut i32,
    ) {
        let members = |causes: &Causes, theme: usize| -> Vec<usize> {
            (0..causes.causes.len()).filter(|&place| causes.causes[place].theme == Some(theme)).collect()
        };
        let agreement = |new: usize, before: usize| {
            let (new, before) = (members(self, new), members(old, before));
            let both: usize = new.iter().map(|&j| before.iter().map(|&i| shared[j][i]).sum::<usize>()).sum();
            let each = new.iter().map(|&j| of_new[j]).sum::<usize>()
                + before.iter().map(|&i| of_old[i]).sum::<usize>();
            both as f64 / (each - both).max(1) as f64
        };
        let agreements: Vec<Vec<f64>> = (0..self.themes.len())
            .map(|new| (0..old.themes.len()).map(|before| agreement(new, before)).collect())
            .collect();
        let matched = assignment(&agreements);
        for (new, theme) in self.themes.iter_mut().enumerate() {
            theme.id = match matched[new].filter(|&before| agreements[new][before] >= SAME_THEME) {
                Some(before) => old.themes[before].id,
                None => {
                    *next += 1;
                    *next - 1
                }
            };
        }
    }
}

/// The column of each row, every column at most once, with the largest sum of values; `None` where columns run out.
/// The Hungarian method (Kuhn 1955, Munkres 1957) with potentials and shortest augmenting paths, `O(n^3)`
/// (Edmonds and Karp 1972; Jonker and Volgenant 1987).
fn assignment(values: &[Vec<f64>]) -> Vec<Option<usize>> {
    let n_columns = values.first().map_or(0, Vec::len);
    let n = values.len().max(n_columns);
    // Rows and columns count from 1; 0 is none. A pair beyond the matrix costs nothing, as does one without a number.
    let cost = |row: usize, column: usize| {
        let value = values.get(row - 1).and_then(|values| values.get(column - 1)).copied().unwrap_or(0.0);
        if value.is_finite() { -value } else { 0.0 }
    };
    let (mut of_row, mut of_column) = (vec![0f64; n + 1], vec![0f64; n + 1]);
    let mut row_at = vec![0usize; n + 1];
    for row in 1..=n {
        let mut least = vec![f64::INFINITY; n + 1];
        let mut from = vec![0usize; n + 1];
        let mut used = vec![false; n + 1];
        row_at[0] = row;
        let mut column = 0;
        while row_at[column] != 0 {
            used[column] = true;
            let current = row_at[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for other in (1..=n).filter(|&other| !used[other]) {
                let reduced = cost(current, other) - of_row[current] - of_column[other];
                if reduced < least[other] {
                    (least[other], from[other]) = (reduced, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=n {
                if used[other] {
                    of_row[row_at[other]] += step;
                    of_column[other] -= step;
                } else {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_at[column] = row_at[from[column]];
            column = from[column];
        }
    }
    let mut found = vec![None; values.len()];
    for (column, &row) in row_at.iter().enumerate().skip(1) {
        if column <= n_columns && (1..=values.len()).contains(&row) {
            found[row - 1] = Some(column - 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sum of the best assignment by trying all.
    fn best(values: &[Vec<f64>], row: usize, used: &mut Vec<bool>) -> f64 {
        if row == values.len() {
            return 0.0;
        }
        let mut top = f64::NEG_INFINITY;
        for column in 0..used.len() {
            if !used[column] {
                used[column] = true;
                top = top.max(values[row][column] + best(values, row + 1, used));
                used[column] = false;
            }
        }
        top
    }

    #[test]
    fn the_assignment_is_the_best_of_all() {
        let mut state = 7u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / (1u64 << 24) as f64
        };
        for n in 1..=6 {
            for _ in 0..20 {
                let values: Vec<Vec<f64>> = (0..n).map(|_| (0..n + 1).map(|_| draw()).collect()).collect();
                let found = assignment(&values);
                let sum: f64 = found.iter().enumerate().map(|(row, at)| values[row][at.unwrap()]).sum();
                let distinct: std::collections::BTreeSet<_> = found.iter().collect();
                assert_eq!(distinct.len(), n);
                assert!((sum - best(&values, 0, &mut vec![false; n + 1])).abs() < 1e-9);
            }
        }
        assert_eq!(assignment(&[]), []);
        let tall = assignment(&[vec![0.2], vec![0.9]]);
        assert_eq!(tall, [None, Some(0)]);
    }
}
