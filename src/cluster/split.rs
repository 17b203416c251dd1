//! One cause taken apart.

use super::edit::Edit;
use super::prepare::{self, Means, Unique};
use super::{Cause, Causes, Item, Options, cut, micro, names, quotes, vector, ward};
use crate::error::{Error, Result};

impl Causes {
    /// Takes the cause `id` apart into `n`, by the hierarchy of its own texts. The largest part keeps the id, the others
    /// get ids from `next_id` on, larger parts first; all get names and quotes of their own. `items` are those that were
    /// fitted, in the same order. Returns the next free id.
    ///
    /// ```
    /// use rasd::{Language, cluster::{Item, Options, fit}};
    /// let vectors = [[1.0, 0.0], [0.9, 0.2], [0.9, -0.2], [0.0, 1.0], [0.1, 0.9]];
    /// let texts = ["card lost", "lost my card", "card is lost", "app slow", "slow app"];
    /// let item = |(text, vector)| Item { text, display: text, language: Language::En, vector, weight: 1.0, customer: None };
    /// let items: Vec<Item> = texts.into_iter().zip(vectors.iter().map(|v| &v[..])).map(item).collect();
    /// let options = Options { n_causes: Some(1), min_size: Some(1), ..Options::default() };
    /// let mut causes = fit(&items, &options)?;
    /// assert_eq!(causes.split(&items, 0, 2, 1, &options)?, 2);
    /// assert_eq!(causes.labels, [0, 0, 0, 1, 1]);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for an id that no cause has, for another number of items than were fitted, and for `n`
    /// below 2 or above the distinct texts of the cause.
    pub fn split(
        &mut self,
        items: &[Item],
        id: i32,
        n: usize,
        next_id: i32,
        options: &Options,
    ) -> Result<i32> {
        let place = self.position(id)?;
        if items.len() != self.labels.len() {
            let (got, expected) = (items.len(), self.labels.len());
            return Err(Error::invalid_input(format!("split: {got} items, expected the {expected} fitted")));
        }
        let (unique, _) = prepare::collapsed(&prepare::distinct(items, options.random_state), items);
        // A cause that was asked for alone was fitted without means.
        let has_means = self.means.pooled.iter().any(|&x| x != 0.0);
        let means = if has_means { self.means.clone() } else { Means::of(&unique, self.means.pooled.len()) };
        let vectors: Vec<Vec<f32>> =
            unique.iter().map(|text| means.centre(text.vector, text.language)).collect();
        let centres = centres(self, id, n, &unique, &vectors, options.min_size(items))?;

        let own: Vec<usize> = (0..items.len()).filter(|&i| self.labels[i] == id).collect();
        let part_of = |i: usize| {
            vector::nearest(&means.centre(items[i].vector, items[i].language), &centres)
                .map_or(0, |(part, _)| part)
        };
        let part_of: Vec<usize> = own.iter().map(|&i| part_of(i)).collect();
        let size = |part: usize| part_of.iter().filter(|&&other| other == part).count();
        let mut order: Vec<usize> = (0..centres.len()).collect();
        order.sort_by_key(|&part| std::cmp::Reverse(size(part)));
        if order.iter().any(|&part| size(part) == 0) {
            let message = format!("split: the texts of cause {id} lie too close together for {n} parts");
            return Err(Error::invalid_input(message).with_hint("ask for fewer parts"));
        }
        let mut parts = vec![id; centres.len()];
        for (new_id, &part) in (next_id..).zip(&order[1..]) {
            parts[part] = new_id;
        }
        for (&i, &part) in own.iter().zip(&part_of) {
            self.labels[i] = parts[part];
        }
        let whole = self.causes.remove(place);
        for &part in &order {
            let (id, centroid) = (parts[part], centres[part].clone());
            self.causes.push(Cause { id, theme: whole.theme, centroid, ..Cause::unnamed() });
        }
        self.edits.push(Edit::Split { id, means, centres, parts });
        let n_others = self.causes.len() - order.len();
        self.name_from(n_others, items, &unique, &vectors);
        self.causes[n_others].inherit(whole);
        self.tally();
        Ok(next_id + n as i32 - 1)
    }

    /// Names and quotes of the causes from this place on. All are named, so that no two choose one name.
    fn name_from(&mut self, first: usize, items: &[Item], unique: &[Unique], vectors: &[Vec<f32>]) {
        let mut named: Vec<Cause> =
            self.causes.iter().map(|cause| Cause { theme: None, ..cause.clone() }).collect();
        let place =
            |label: &i32| named.iter().position(|cause| cause.id == *label).map_or(-1, |at| at as i32);
        let places: Vec<i32> = self.labels.iter().map(place).collect();
        names::name(&mut named, &mut [], items, unique, vectors, &places);
        for (cause, named) in self.causes.iter_mut().zip(named).skip(first) {
            *cause = Cause { theme: cause.theme, ..named };
        }
        quotes::choose(&mut self.causes[first..], items, unique, vectors, &self.labels);
    }
}

/// Centres of `n` parts, of `min_size` each where the texts allow it.
fn centres(
    causes: &Causes,
    id: i32,
    n: usize,
    unique: &[Unique],
    vectors: &[Vec<f32>],
    min_size: usize,
) -> Result<Vec<Vec<f32>>> {
    let own: Vec<usize> = (0..unique.len()).filter(|&u| causes.labels[unique[u].item] == id).collect();
    if own.len() < 2 {
        let message = format!("split: cause {id} has one distinct text, expected at least 2");
        return Err(Error::invalid_input(message).with_hint("copies of one text are never told apart"));
    }
    if n < 2 || n > own.len() {
        let message = format!("split: n = {n}, expected 2..={}, the distinct texts of cause {id}", own.len());
        return Err(Error::invalid_input(message).with_hint("split into fewer parts"));
    }
    let own_vectors: Vec<Vec<f32>> = own.iter().map(|&u| vectors[u].clone()).collect();
    let weights: Vec<f64> = own.iter().map(|&u| unique[u].weight).collect();
    let stop = &|| false;
    let leaves = micro::leaves(&own_vectors, &weights, micro::MAX_LEAVES, stop)?;
    let points = cut::Points::new(&leaves, |i| &unique[own[i]].voices);
    points.force(&ward::ward(&leaves, stop)?, n, min_size, stop)
}
