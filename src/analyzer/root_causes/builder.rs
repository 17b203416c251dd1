//! How to fit, and fitting.

use super::super::Analyzer;
use super::RootCauses;
use super::encoder::Encoder;
use super::input::{Seen, unit};
use crate::{Result, cluster};

/// Options of [`RootCauses`].
///
/// ```
/// let builder = rasd::RootCauses::builder().min_size(5).random_state(0);
/// let error = builder.fit_vectors(&[vec![1.0, f32::NAN]]).unwrap_err();
/// assert!(error.to_string().contains("vector 0"));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct RootCausesBuilder {
    options: cluster::Options,
}

impl RootCausesBuilder {
    /// How many causes; by default the data decides.
    pub fn n_causes(mut self, n: usize) -> Self {
        self.options.n_causes = Some(n);
        self
    }

    /// Fewest texts that make a cause; by default it grows with the data.
    pub fn min_size(mut self, n: usize) -> Self {
        self.options.min_size = Some(n);
        self
    }

    /// Largest share of the texts, 0..=1, that may belong to no cause; by default one distinct text in ten at most, often
    /// far fewer. 0 sends every text to a cause.
    ///
    /// ```
    /// # use rasd::RootCauses;
    /// let vectors = [[1.0, 0.0, 0.0], [0.9, 0.1, 0.0], [0.0, 1.0, 0.0], [0.1, 0.9, 0.0]].map(Vec::from);
    /// let fitted = RootCauses::builder().n_causes(2).min_size(1).max_outlier_share(0.0).fit_vectors(&vectors)?;
    /// assert!(!fitted.labels().contains(&-1));
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn max_outlier_share(mut self, share: f64) -> Self {
        self.options.max_outlier_share = Some(share);
        self
    }

    /// Seed of ties.
    pub fn random_state(mut self, seed: u64) -> Self {
        self.options.random_state = seed;
        self
    }

    /// Fits texts, one item each. An empty text belongs to no cause (-1).
    ///
    /// # Errors
    /// As [`Analyzer::embed`].
    pub fn fit<S: AsRef<str> + Sync>(self, analyzer: &Analyzer, texts: &[S]) -> Result<RootCauses> {
        let vectors = analyzer.embed(texts)?;
        let fitted = self.finish(Seen::of_texts(texts, vectors)?, analyzer.dim(), Some(analyzer))?;
        Ok(RootCauses { encoder: Some(Encoder::of(analyzer)), ..fitted })
    }

    /// Fits texts whose embeddings the caller already has.
    ///
    /// # Errors
    /// As [`Self::fit_vectors`].
    pub fn fit_embedded<S: AsRef<str>>(
        self,
        texts: &[S],
        vectors: &[Vec<f32>],
        dim: usize,
    ) -> Result<RootCauses> {
        self.finish(Seen::of_texts(texts, vectors.to_vec())?, dim, None)
    }

    /// Fits vectors alone: causes without names. Vectors are brought to unit length.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when a vector is not finite or its length differs; the message names it.
    pub fn fit_vectors(self, vectors: &[Vec<f32>]) -> Result<RootCauses> {
        let dim = vectors.first().map_or(0, Vec::len);
        self.finish(Seen::of_vectors(unit(vectors, dim)?), dim, None)
    }

    fn finish(self, seen: Seen, dim: usize, lender: Option<&Analyzer>) -> Result<RootCauses> {
        let mut causes = cluster::fit(&seen.items(), &self.options)?;
        if let Some(lender) = lender {
            lender.lend_names(&mut causes)?;
        }
        let next_id = causes.causes.len() as i32;
        Ok(RootCauses::of(causes, seen, dim, self.options, next_id))
    }
}
