//! Sequences of symbols and what each means, in one tree: a text is held against all of them at once.

use std::collections::HashMap;

/// A word, a slot or a gap, as [`super::symbols`] numbers them.
pub(super) type Symbol = u32;
/// A place in a [`Trie`].
pub(super) type Place = u32;

/// The place before the first symbol.
pub(super) const ROOT: Place = 0;

/// Sequences of symbols, each with its values.
#[derive(Debug, Clone)]
pub(super) struct Trie {
    steps: HashMap<(Place, Symbol), Place>,
    values: Vec<Vec<u32>>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { steps: HashMap::new(), values: vec![Vec::new()] }
    }
}

impl Trie {
    /// Adds `value` to `sequence`; an empty sequence means nothing.
    pub(super) fn add(&mut self, sequence: &[Symbol], value: u32) {
        if sequence.is_empty() {
            return;
        }
        let mut place = ROOT;
        for symbol in sequence {
            let next = self.values.len() as Place;
            place = *self.steps.entry((place, *symbol)).or_insert(next);
            if place == next {
                self.values.push(Vec::new());
            }
        }
        let values = &mut self.values[place as usize];
        if !values.contains(&value) {
            values.push(value);
        }
    }

    /// Where `symbol` leads from `place`.
    pub(super) fn step(&self, place: Place, symbol: Symbol) -> Option<Place> {
        self.steps.get(&(place, symbol)).copied()
    }

    /// What a sequence that ends at `place` means.
    pub(super) fn values(&self, place: Place) -> &[u32] {
        &self.values[place as usize]
    }
}
