//! Causes that the user joins or takes apart. Ids stay: the largest part keeps its own, a new part gets a new one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::prepare::Means;
use super::{Cause, Causes, vector};
use crate::comment::Language;
use crate::error::{Error, Result};

/// Keywords per language, as a fitted cause has.
const N_KEYWORDS: usize = 5;

/// What the user changed; [`Causes::assign`] follows every change in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Edit {
    Merge {
        ids: BTreeSet<i32>,
        into: i32,
    },
    Split {
        id: i32,
        means: Means,
        centres: Vec<Vec<f32>>,
        /// Id of the part around each centre.
        parts: Vec<i32>,
    },
}

impl Edit {
    /// The cause, after this change, of a vector whose cause before it was `before`.
    pub(super) fn follow(&self, before: i32, vector: &[f32], language: Language) -> i32 {
        match self {
            Self::Merge { ids, into } if ids.contains(&before) => *into,
            Self::Split { id, means, centres, parts } if *id == before => {
                let nearest = vector::nearest(&means.centre(vector, language), centres);
                nearest.and_then(|(part, _)| parts.get(part).copied()).unwrap_or(before)
            }
            _ => before,
        }
    }
}

impl Causes {
    /// Joins causes into one, which keeps the id of the largest of them and its names; a name that it lacks, or that
    /// was lent to it, is the next one's own. Keywords and quotes are taken from each in turn.
    ///
    /// ```
    /// use rasd::{Language, cluster::{Item, Options, fit}};
    /// let vectors = [[1.0, 0.0], [0.9, 0.2], [0.9, -0.2], [0.0, 1.0], [0.1, 0.9]];
    /// let texts = ["card lost", "lost my card", "card is lost", "app slow", "slow app"];
    /// let item = |(text, vector)| Item { text, display: text, language: Language::En, vector, weight: 1.0, customer: None };
    /// let items: Vec<Item> = texts.into_iter().zip(vectors.iter().map(|v| &v[..])).map(item).collect();
    /// let mut causes = fit(&items, &Options { n_causes: Some(2), min_size: Some(1), ..Options::default() })?;
    /// assert_eq!(causes.labels, [0, 0, 0, 1, 1]);
    /// causes.merge(&[0, 1])?;
    /// assert_eq!(causes.labels, [0, 0, 0, 0, 0]);
    /// assert_eq!(causes.assign(&[0.0, 1.0], Language::En), 0);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for fewer than two ids or one that no cause has.
    pub fn merge(&mut self, ids: &[i32]) -> Result<()> {
        let ids: BTreeSet<i32> = ids.iter().copied().collect();
        ids.iter().try_for_each(|&id| self.position(id).map(|_| ()))?;
        if ids.len() < 2 {
            let message = format!("merge: {} different cause ids, expected at least 2", ids.len());
            return Err(Error::invalid_input(message).with_hint("`causes` lists the ids"));
        }
        self.join(ids, None);
        Ok(())
    }

    /// [`Self::merge`] of known ids, into an id that is one of them or no cause's.
    pub(super) fn join(&mut self, ids: BTreeSet<i32>, into: Option<i32>) {
        let (mut parts, others): (Vec<Cause>, Vec<Cause>) =
            std::mem::take(&mut self.causes).into_iter().partition(|cause| ids.contains(&cause.id));
        parts.sort_by_key(|cause| std::cmp::Reverse(cause.n_items));
        let mut merged = joined(&parts);
        merged.id = into.unwrap_or(merged.id);
        self.labels.iter_mut().filter(|label| ids.contains(label)).for_each(|label| *label = merged.id);
        self.edits.push(Edit::Merge { ids, into: merged.id });
        self.causes = others;
        self.causes.push(merged);
        self.tally();
    }

    /// Causes that the user made by merging.
    pub(super) fn merged(&self) -> BTreeSet<i32> {
        let into = self.edits.iter().filter_map(|edit| match edit {
            Edit::Merge { into, .. } => Some(*into),
            Edit::Split { .. } => None,
        });
        into.filter(|id| self.causes.iter().any(|cause| cause.id == *id)).collect()
    }

    /// How many causes there would be, had the user merged none.
    pub(super) fn n_apart(&self) -> usize {
        let more = |edit: &Edit| match edit {
            Edit::Merge { .. } => 0,
            Edit::Split { parts, .. } => parts.len().saturating_sub(1),
        };
        self.regions.len() + self.edits.iter().map(more).sum::<usize>()
    }

    /// Place of the cause with this id.
    pub(super) fn position(&self, id: i32) -> Result<usize> {
        self.causes.iter().position(|cause| cause.id == id).ok_or_else(|| {
            let mut ids: Vec<i32> = self.causes.iter().map(|cause| cause.id).collect();
            ids.sort_unstable();
            Error::invalid_input(format!("cause {id}: no such cause, expected one of {ids:?}"))
                .with_hint("`causes` lists the ids; a merged cause has the id of its largest part")
        })
    }

    /// Sizes of causes and themes by the labels; the largest cause first, the earlier one among equals.
    pub(super) fn tally(&mut self) {
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        self.labels.iter().for_each(|&label| *sizes.entry(label).or_default() += 1);
        for cause in &mut self.causes {
            cause.n_items = sizes.get(&cause.id).copied().unwrap_or(0);
        }
        self.causes.sort_by_key(|cause| std::cmp::Reverse(cause.n_items));
        for (place, theme) in self.themes.iter_mut().enumerate() {
            let own = self.causes.iter().filter(|cause| cause.theme == Some(place));
            theme.n_items = own.map(|cause| cause.n_items).sum();
        }
    }
}

/// One cause of several, the largest first.
fn joined(parts: &[Cause]) -> Cause {
    let mut sum = vec![0f64; parts.first().map_or(0, |part| part.centroid.len())];
    parts.iter().for_each(|part| vector::add(&mut sum, &part.centroid, part.n_items as f64));
    let name = |label: fn(&Cause) -> &Option<String>, derived: fn(&Cause) -> bool| {
        let named = || parts.iter().filter(|part| label(part).is_some());
        let chosen = named().find(|part| !derived(part)).or_else(|| named().next());
        chosen.map_or((None, false), |part| (label(part).clone(), derived(part)))
    };
    let (label_ar, derived_ar) = name(|cause| &cause.label_ar, |cause| cause.derived_ar);
    let (label_en, derived_en) = name(|cause| &cause.label_en, |cause| cause.derived_en);
    let words = |of: fn(&Cause) -> &Vec<String>| {
        let mut words = in_turn(parts.iter().map(of).collect());
        words.truncate(N_KEYWORDS);
        words
    };
    Cause {
        id: parts.first().map_or(-1, |largest| largest.id),
        theme: parts.iter().find_map(|part| part.theme),
        label_ar,
        label_en,
        derived_ar,
        derived_en,
        keywords_ar: words(|cause| &cause.keywords_ar),
        keywords_en: words(|cause| &cause.keywords_en),
        quotes: in_turn(parts.iter().map(|part| &part.quotes).collect()),
        n_items: parts.iter().map(|part| part.n_items).sum(),
        centroid: vector::unit(&sum),
    }
}

/// The first of each list, then the second of each, and so on; nothing twice.
fn in_turn<T: Clone + PartialEq>(lists: Vec<&Vec<T>>) -> Vec<T> {
    let longest = lists.iter().map(|list| list.len()).max().unwrap_or(0);
    let mut taken = Vec::new();
    for element in (0..longest).flat_map(|i| lists.iter().filter_map(move |list| list.get(i))) {
        if !taken.contains(element) {
            taken.push(element.clone());
        }
    }
    taken
}
