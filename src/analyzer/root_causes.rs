//! Root causes of any texts or vectors, fitted once, saved, and asked again.

mod encoder;
mod input;
mod builder;
mod edit;
mod saved;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Analyzer;
use crate::cluster::{self, Causes};
use crate::comment::Language;
use crate::{Error, Result, language};

pub use builder::RootCausesBuilder;

use encoder::Encoder;
use input::{Seen, unit};
use saved::FORMAT_VERSION;

/// A fitted set of root causes.
///
/// ```
/// use rasd::{Analyzer, RootCauses};
/// let analyzer = Analyzer::embedded()?;
/// let texts = ["my card has not arrived", "لم تصل بطاقتي بعد", "the app crashes", "التطبيق يتوقف"];
/// let causes = RootCauses::builder().n_causes(2).min_size(1).fit(&analyzer, &texts)?;
/// assert_eq!(causes.labels().len(), 4);
/// let again = causes.predict(&analyzer, &["where is my card"])?;
/// assert_eq!(again.len(), 1);
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RootCauses {
    format_version: u32,
    dim: usize,
    options: cluster::Options,
    /// Above every id of a cause or a theme that any fit gave.
    next_id: i32,
    /// What embedded the fitted texts; `None` when the caller gave the vectors.
    encoder: Option<Encoder>,
    causes: Causes,
    list: Vec<RootCause>,
    themes: Vec<RootTheme>,
    /// The fitted texts, for [`Self::split`]; `None` in causes that were loaded.
    #[serde(skip)]
    seen: Option<Arc<Seen>>,
}

/// One root cause.
///
/// ```
/// # use rasd::{Analyzer, RootCauses};
/// # let analyzer = Analyzer::embedded()?;
/// let fitted = RootCauses::builder().n_causes(1).min_size(1).fit(&analyzer, &["slow app", "the app is slow"])?;
/// assert_eq!(fitted.causes()[0].n, 2);
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RootCause {
    /// The label texts of this cause carry.
    pub cause_id: i32,
    /// Its [`RootTheme::theme_id`]; `None` when it stands alone or there are few causes.
    pub parent_id: Option<i32>,
    /// Name in Arabic; `None` when its customers write no Arabic and no common complaint is near.
    pub label_ar: Option<String>,
    /// Name in English; `None` when its customers write no English and no common complaint is near.
    pub label_en: Option<String>,
    /// Telling words in Arabic, the most telling first.
    pub keywords_ar: Vec<String>,
    /// Telling words in English, the most telling first.
    pub keywords_en: Vec<String>,
    /// How many texts it holds.
    pub n: usize,
    /// Typical and diverse texts, personal data masked.
    pub quotes: Vec<String>,
}

/// Causes that belong together: the coarser of two levels.
///
/// ```
/// # use rasd::{Analyzer, RootCauses};
/// # let analyzer = Analyzer::embedded()?;
/// let fitted = RootCauses::builder().n_causes(1).min_size(1).fit(&analyzer, &["slow app", "the app is slow"])?;
/// assert!(fitted.themes().is_empty()); // few causes are read one by one
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RootTheme {
    /// What [`RootCause::parent_id`] refers to.
    pub theme_id: i32,
    /// Name in Arabic; `None` when its customers write no Arabic and no common complaint is near.
    pub label_ar: Option<String>,
    /// Name in English; `None` when its customers write no English and no common complaint is near.
    pub label_en: Option<String>,
    /// How many texts its causes hold.
    pub n: usize,
}

impl RootCauses {
    fn of(causes: Causes, seen: Seen, dim: usize, options: cluster::Options, next_id: i32) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            dim,
            options,
            next_id,
            encoder: None,
            list: listed(&causes, |i| seen.quote(i)),
            themes: themes(&causes),
            causes,
            seen: Some(Arc::new(seen)),
        }
    }

    /// Options first.
    pub fn builder() -> RootCausesBuilder {
        RootCausesBuilder::default()
    }

    /// The cause of each fitted text, -1 for none, in the order given.
    pub fn labels(&self) -> &[i32] {
        &self.causes.labels
    }

    /// The causes, the largest first.
    pub fn causes(&self) -> &[RootCause] {
        &self.list
    }

    /// The themes of the causes, the largest first; none when there are fewer than six causes.
    pub fn themes(&self) -> &[RootTheme] {
        &self.themes
    }

    /// The nearest cause of each new text, -1 where none is near.
    ///
    /// # Errors
    /// As [`Self::check_model`] and [`Analyzer::embed`].
    pub fn predict<S: AsRef<str> + Sync>(&self, analyzer: &Analyzer, texts: &[S]) -> Result<Vec<i32>> {
        self.check_model(analyzer)?;
        let vectors = analyzer.embed(texts)?;
        self.predict_embedded(texts, &vectors)
    }

    /// [`Self::predict`] for texts whose embeddings the caller already has.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when the embeddings have another length than the fitted ones.
    pub fn predict_embedded<S: AsRef<str>>(&self, texts: &[S], vectors: &[Vec<f32>]) -> Result<Vec<i32>> {
        let assign = |(text, vector): (&S, &Vec<f32>)| match vector.len() {
            0 => Ok(-1),
            n if n == self.dim => Ok(self.causes.assign(vector, language::detect(text.as_ref()))),
            n => Err(Error::invalid_input(format!("embeddings of {n} numbers, expected {}", self.dim))
                .with_hint("predict with the model that fitted the causes")),
        };
        texts.iter().zip(vectors).map(assign).collect()
    }

    /// The nearest cause of each vector, -1 where none is near.
    ///
    /// # Errors
    /// As [`RootCausesBuilder::fit_vectors`].
    pub fn predict_vectors(&self, vectors: &[Vec<f32>]) -> Result<Vec<i32>> {
        let vectors = unit(vectors, self.dim)?;
        Ok(vectors.iter().map(|vector| self.causes.assign(vector, Language::Other)).collect())
    }

    /// Fits again, on `texts` that hold the earlier ones and new ones, or on new ones alone, with the same options. A cause
    /// or a theme that continues an earlier one keeps its id; others get ids that were never used. Where the number of causes was
    /// left to the data, it stays as it was or grows by up to a tenth. What was merged stays merged; what was split comes
    /// apart again where the texts show it.
    ///
    /// # Errors
    /// As [`Self::check_model`] and [`RootCausesBuilder::fit`].
    ///
    /// ```
    /// use rasd::{Analyzer, RootCauses};
    /// let analyzer = Analyzer::embedded()?;
    /// let mut texts = vec!["my card has not arrived", "لم تصل بطاقتي بعد", "the app crashes", "التطبيق يتوقف"];
    /// let before = RootCauses::builder().n_causes(2).min_size(1).fit(&analyzer, &texts)?;
    /// texts.push("where is my card");
    /// let after = before.refit(&analyzer, &texts)?;
    /// assert_eq!(after.labels()[..4], *before.labels());
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn refit<S: AsRef<str> + Sync>(&self, analyzer: &Analyzer, texts: &[S]) -> Result<Self> {
        self.check_model(analyzer)?;
        let vectors = analyzer.embed(texts)?;
        let fitted = self.fit_on(Seen::of_texts(texts, vectors)?, analyzer.dim(), Some(analyzer))?;
        Ok(Self { encoder: Some(Encoder::of(analyzer)), ..fitted })
    }

    /// [`Self::refit`] on vectors alone.
    ///
    /// # Errors
    /// As [`RootCausesBuilder::fit_vectors`].
    pub fn refit_vectors(&self, vectors: &[Vec<f32>]) -> Result<Self> {
        self.fit_on(Seen::of_vectors(unit(vectors, self.dim)?), self.dim, None)
    }

    fn fit_on(&self, seen: Seen, dim: usize, lender: Option<&Analyzer>) -> Result<Self> {
        let items = seen.items();
        let mut causes = cluster::fit_again(&items, &self.options, &self.causes)?;
        let next_id = causes.continue_from(&self.causes, &items, self.next_id);
        drop(items);
        if let Some(lender) = lender {
            lender.lend_names(&mut causes)?;
        }
        Ok(Self::of(causes, seen, dim, self.options, next_id))
    }
}

/// The causes as they are shown; `quote` gives the text of an item.
fn listed(causes: &Causes, quote: impl Fn(usize) -> String) -> Vec<RootCause> {
    let list = causes.causes.iter().map(|cause| RootCause {
        cause_id: cause.id,
        parent_id: cause.theme.and_then(|theme| causes.themes.get(theme)).map(|theme| theme.id),
        label_ar: cause.label_ar.clone(),
        label_en: cause.label_en.clone(),
        keywords_ar: cause.keywords_ar.clone(),
        keywords_en: cause.keywords_en.clone(),
        n: cause.n_items,
        quotes: cause.quotes.iter().map(|&i| quote(i)).collect(),
    });
    list.collect()
}

/// The themes that still hold a cause, the largest first.
fn themes(causes: &Causes) -> Vec<RootTheme> {
    let mut themes: Vec<RootTheme> = causes
        .themes
        .iter()
        .map(|theme| RootTheme {
            theme_id: theme.id,
            label_ar: theme.label_ar.clone(),
            label_en: theme.label_en.clone(),
            n: theme.n_items,
        })
        .filter(|theme| theme.n > 0)
        .collect();
    themes.sort_by_key(|theme| std::cmp::Reverse(theme.n));
    themes
}
