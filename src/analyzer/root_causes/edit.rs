//! Causes that the user joins or takes apart.

use std::collections::BTreeMap;

use super::{RootCauses, listed, themes};
use crate::cluster::Causes;
use crate::{Error, Result};

impl RootCauses {
    /// Joins causes into one. It keeps the id and the names of the largest of them; the other ids are not used again.
    /// Labels, themes, [`Self::predict`] and the saved file follow, and [`Self::refit`] keeps them joined.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for fewer than two ids or one that no cause has.
    ///
    /// ```
    /// use rasd::{Analyzer, RootCauses};
    /// let analyzer = Analyzer::embedded()?;
    /// let texts = ["my card has not arrived", "لم تصل بطاقتي بعد", "the app crashes"];
    /// let fitted = RootCauses::builder().n_causes(2).min_size(1).fit(&analyzer, &texts)?;
    /// let one = fitted.merge(&[0, 1])?;
    /// assert_eq!(one.labels(), [0, 0, 0]);
    /// assert_eq!(one.predict(&analyzer, &["the app crashes"])?, [0]);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn merge(&self, cause_ids: &[i32]) -> Result<Self> {
        let mut causes = self.causes.clone();
        causes.merge(cause_ids)?;
        let shown = self.causes.causes.iter().zip(&self.list);
        let quotes: BTreeMap<usize, &String> =
            shown.flat_map(|(cause, list)| cause.quotes.iter().copied().zip(&list.quotes)).collect();
        Ok(self.edited(causes, self.next_id, |i| {
            quotes.get(&i).map(|quote| (*quote).clone()).unwrap_or_default()
        }))
    }

    /// Takes a cause apart into `n`, by the hierarchy of its own texts. The largest part keeps the id; the others get ids that
    /// were never used, larger parts first. All parts are named anew. A text never leaves the cause for one outside it.
    /// Merging the parts undoes it.
    ///
    /// This needs the fitted texts, which are held in memory with their vectors and are not in a saved file: there,
    /// [`Self::refit`] first.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for an id that no cause has, for `n` below 2 or above the distinct texts of the cause, and
    /// for causes that were loaded from a file.
    ///
    /// ```
    /// use rasd::{Analyzer, RootCauses};
    /// let analyzer = Analyzer::embedded()?;
    /// let texts = ["my card has not arrived", "لم تصل بطاقتي بعد", "the app crashes"];
    /// let fitted = RootCauses::builder().n_causes(1).min_size(1).fit(&analyzer, &texts)?;
    /// let two = fitted.split(0, 2)?;
    /// assert_eq!(two.labels(), [0, 0, 1]);
    /// assert_eq!(two.merge(&[0, 1])?.labels(), fitted.labels());
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn split(&self, cause_id: i32, n: usize) -> Result<Self> {
        let Some(seen) = &self.seen else {
            let message =
                format!("split: cause {cause_id} without the fitted texts, which a saved file does not hold");
            return Err(Error::invalid_input(message).with_hint("`refit` on the texts first: ids stay"));
        };
        let mut causes = self.causes.clone();
        let next_id = causes.split(&seen.items(), cause_id, n, self.next_id, &self.options)?;
        Ok(self.edited(causes, next_id, |i| seen.quote(i)))
    }

    fn edited(&self, causes: Causes, next_id: i32, quote: impl Fn(usize) -> String) -> Self {
        Self { next_id, list: listed(&causes, quote), themes: themes(&causes), causes, ..self.clone() }
    }
}
