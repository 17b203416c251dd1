//! Root causes of any texts or vectors, fitted once, saved, and asked again.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Analyzer;
use super::causes::{items, naming_key, quoting};
use crate::cluster::{self, Causes};
use crate::comment::Language;
use crate::{Error, Result, language, table};

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
    /// Above every id that any fit gave.
    next_id: i32,
    /// What embedded the fitted texts; `None` when the caller gave the vectors.
    encoder: Option<Encoder>,
    causes: Causes,
    list: Vec<RootCause>,
    themes: Vec<RootTheme>,
}

/// What embeds texts. Vectors of two encoders that differ here cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Encoder {
    name: String,
    /// Of model.onnx.
    sha256: String,
}

impl Encoder {
    fn of(analyzer: &Analyzer) -> Self {
        let encoder = analyzer.encoder();
        Self {
            name: encoder.name().to_string(),
            sha256: encoder.onnx_sha256().unwrap_or_default().to_string(),
        }
    }
}

impl std::fmt::Display for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` (sha256 {:.12})", self.name, self.sha256)
    }
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
    /// Name in Arabic; `None` when no Arabic text is near.
    pub label_ar: Option<String>,
    /// Name in English; `None` when no English text is near.
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
    /// Name in Arabic; `None` when no Arabic text is near.
    pub label_ar: Option<String>,
    /// Name in English; `None` when no English text is near.
    pub label_en: Option<String>,
    /// How many texts its causes hold.
    pub n: usize,
}

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

/// 2: knows its encoder.
const FORMAT_VERSION: u32 = 2;

/// What every version of the file holds.
#[derive(Deserialize)]
struct Versioned {
    format_version: u32,
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
        let fitted = self.fit_embedded(texts, &vectors, analyzer.dim())?;
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
        self.finish(&described(texts)?, vectors, dim)
    }

    /// Fits vectors alone: causes without names. Vectors are brought to unit length.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when a vector is not finite or its length differs; the message names it.
    pub fn fit_vectors(self, vectors: &[Vec<f32>]) -> Result<RootCauses> {
        let dim = vectors.first().map_or(0, Vec::len);
        let vectors = unit(vectors, dim)?;
        self.finish(&bits(&vectors), &vectors, dim)
    }

    fn finish(self, described: &[Described], vectors: &[Vec<f32>], dim: usize) -> Result<RootCauses> {
        let causes = cluster::fit(&items(described, vectors), &self.options)?;
        let next_id = causes.causes.len() as i32;
        Ok(RootCauses::of(causes, described, dim, self.options, next_id))
    }
}

impl RootCauses {
    fn of(
        causes: Causes,
        described: &[Described],
        dim: usize,
        options: cluster::Options,
        next_id: i32,
    ) -> Self {
        let list = causes
            .causes
            .iter()
            .map(|cause| RootCause {
                cause_id: cause.id,
                parent_id: cause.theme.and_then(|theme| i32::try_from(theme).ok()),
                label_ar: cause.label_ar.clone(),
                label_en: cause.label_en.clone(),
                keywords_ar: cause.keywords_ar.clone(),
                keywords_en: cause.keywords_en.clone(),
                n: causes.labels.iter().filter(|&&label| label == cause.id).count(),
                quotes: cause.quotes.iter().map(|&i| described[i].1.clone()).collect(),
            })
            .collect();
        let themes = (0..)
            .zip(&causes.themes)
            .map(|(theme_id, theme)| RootTheme {
                theme_id,
                label_ar: theme.label_ar.clone(),
                label_en: theme.label_en.clone(),
                n: theme.n_items,
            })
            .collect();
        Self { format_version: FORMAT_VERSION, dim, options, next_id, encoder: None, causes, list, themes }
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

    /// Whether `analyzer` embeds as the fitted texts were: the same name and the same model.onnx. Of causes that were
    /// fitted on the caller's own vectors only the length is known.
    ///
    /// # Errors
    /// [`Error::Model`] naming both.
    ///
    /// ```
    /// # use rasd::{Analyzer, RootCauses};
    /// let analyzer = Analyzer::embedded()?;
    /// let causes = RootCauses::builder().n_causes(1).min_size(1).fit(&analyzer, &["slow app", "the app is slow"])?;
    /// assert!(causes.check_model(&analyzer).is_ok());
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn check_model(&self, analyzer: &Analyzer) -> Result<()> {
        let message = match &self.encoder {
            Some(fitted) if *fitted != Encoder::of(analyzer) => {
                format!(
                    "root causes: got the model {}, expected {fitted}, which fitted them",
                    Encoder::of(analyzer)
                )
            }
            None if self.dim != analyzer.dim() && self.dim != 0 => {
                let (name, got, expected) = (analyzer.encoder().name(), analyzer.dim(), self.dim);
                format!(
                    "root causes: the model `{name}` gives vectors of {got} numbers, expected {expected} as fitted"
                )
            }
            _ => return Ok(()),
        };
        Err(Error::model(message).with_hint("open the model that fitted the causes, or fit them again"))
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
    /// that continues an earlier one keeps its id; others get ids that were never used. Where the number of causes was
    /// left to the data, it stays as it was or grows by up to a tenth.
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
        let fitted = self.fit_on(&described(texts)?, &vectors, analyzer.dim())?;
        Ok(Self { encoder: Some(Encoder::of(analyzer)), ..fitted })
    }

    /// [`Self::refit`] on vectors alone.
    ///
    /// # Errors
    /// As [`RootCausesBuilder::fit_vectors`].
    pub fn refit_vectors(&self, vectors: &[Vec<f32>]) -> Result<Self> {
        let vectors = unit(vectors, self.dim)?;
        self.fit_on(&bits(&vectors), &vectors, self.dim)
    }

    fn fit_on(&self, described: &[Described], vectors: &[Vec<f32>], dim: usize) -> Result<Self> {
        let items = items(described, vectors);
        let near = Some(self.list.len()).filter(|_| self.options.n_causes.is_none());
        let mut causes = cluster::fit(&items, &cluster::Options { near, ..self.options })?;
        let next_id = causes.continue_from(&self.causes, &items, self.next_id);
        Ok(Self::of(causes, described, dim, self.options, next_id))
    }

    /// Writes the causes as one JSON file, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Table`] when the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let json =
            serde_json::to_string(self).map_err(|e| Error::table(format!("{}: {e}", path.display())))?;
        table::write_text(path, &json)
    }

    /// Reads what [`Self::save`] wrote.
    ///
    /// # Errors
    /// [`Error::ModelNotFound`] when there is no such file, [`Error::Model`] when it is not such a file.
    pub fn load(path: &Path) -> Result<Self> {
        let place = path.display();
        let bytes = std::fs::read(path).map_err(|e| Error::model_not_found(format!("{place}: {e}")))?;
        let not_ours =
            |e: serde_json::Error| Error::model(format!("{place}: {e}, expected root causes saved by rasd"));
        let Versioned { format_version } = serde_json::from_slice(&bytes).map_err(not_ours)?;
        if format_version != FORMAT_VERSION {
            return Err(Error::model(format!(
                "{place}: format_version {format_version}, expected {FORMAT_VERSION}"
            ))
            .with_hint("another version of rasd saved it: fit the causes again"));
        }
        serde_json::from_slice(&bytes).map_err(not_ours)
    }
}

/// Key, display text and language.
type Described = (String, String, Language);

fn described<S: AsRef<str>>(texts: &[S]) -> Result<Vec<Described>> {
    let search = naming_key()?;
    let quoting = quoting()?;
    let describe = |text: &S| {
        let text = text.as_ref();
        let key = search.normalize(text).into_owned();
        (key, quoting.normalize(text).into_owned(), language::detect(text))
    };
    Ok(texts.iter().map(describe).collect())
}

/// A vector's own bits stand for the text it came from.
fn bits(vectors: &[Vec<f32>]) -> Vec<Described> {
    let describe = |vector: &Vec<f32>| {
        let bits: String = vector.iter().map(|x| format!("{:08x}", x.to_bits())).collect();
        (bits, String::new(), Language::Other)
    };
    vectors.iter().map(describe).collect()
}

fn unit(vectors: &[Vec<f32>], dim: usize) -> Result<Vec<Vec<f32>>> {
    let scale = |(i, vector): (usize, &Vec<f32>)| {
        if vector.len() != dim {
            return Err(Error::invalid_input(format!(
                "vector {i}: {} numbers, expected {dim}",
                vector.len()
            )));
        }
        let norm = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
        if !norm.is_finite() {
            return Err(Error::invalid_input(format!("vector {i}: holds NaN or infinity, expected numbers")));
        }
        // A zero vector points nowhere: no cause.
        Ok(if norm > 0.0 {
            vector.iter().map(|&x| (f64::from(x) / norm) as f32).collect()
        } else {
            Vec::new()
        })
    };
    vectors.iter().enumerate().map(scale).collect()
}
