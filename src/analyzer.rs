//! Wires the rooms: comments in, tables out. The only place that decides batches, threads and nulls.
//! Law: rows in = rows out, in order; equal input gives equal output on any number of threads.

mod monitor;
mod options;
mod scorer;
mod dialect;
mod topics;
mod said;
mod answers;
mod ratings;
mod respondents;
mod mirror;
mod implied;
mod rows;
mod judge;
mod learning;
mod lexicon;
mod causes;
mod themes;
mod links;
mod dates;
mod trends;
mod drivers_of;
mod quality;
mod frames;
mod report_said;
mod report_data;
mod tables;
mod charts;
mod root_causes;
mod evaluate;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::cluster::Phrase;
use crate::comment::Comment;
use crate::infer::SENTIMENTS;
use crate::taxonomy::Taxonomy;
use crate::{Error, Result, language};

pub use charts::Chart;
pub use evaluate::{ClassScores, DialectScores, Evaluation};
pub use monitor::Monitor;
pub use options::AnalyzeOptions;
pub use ratings::reads_as_rating;
pub use root_causes::{RootCause, RootCauses, RootCausesBuilder, RootTheme};
pub use tables::{Analysis, Kpi};

use scorer::{Scorer, Source};
use topics::Topics;

/// Reads comments with a model: sentiment, embedding, and the whole analysis. `Send + Sync`.
///
/// ```
/// let analyzer = rasd::Analyzer::embedded()?;
/// let labels = analyzer.predict(&["الخدمة سيئة جدا", "I love it"])?;
/// assert_eq!(labels, [Some("negative"), Some("positive")]);
/// # Ok::<(), rasd::Error>(())
/// ```
pub struct Analyzer {
    main: Scorer,
    encoder: Option<Scorer>,
    taxonomy: Arc<Taxonomy>,
    topics: Topics,
    /// What names are lent from, once it was needed.
    lexicon: OnceLock<Vec<Phrase>>,
    pool: Option<rayon::ThreadPool>,
}

/// Options of an [`Analyzer`].
///
/// ```no_run
/// let analyzer = rasd::Analyzer::builder().threads(2).runtime("/opt/onnxruntime/libonnxruntime.so").build()?;
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct AnalyzerBuilder {
    source: Source,
    taxonomy: Option<Arc<Taxonomy>>,
    threads: Option<usize>,
}

impl AnalyzerBuilder {
    /// A model folder instead of the embedded model: rasd's own format, or a Hugging Face / Optimum
    /// text-classification export. A model that gives no embedding borrows the embedded model's. The bare name
    /// `fast` is the smaller embedded model (feature `fast-model`).
    pub fn model(mut self, dir: impl Into<PathBuf>) -> Self {
        self.source.model = Some(dir.into());
        self
    }

    /// What there is to say, instead of [`Taxonomy::builtin`]. A topic of the user's needs no training: a text speaks of it
    /// when its meaning is near one of the topic's phrases, in either language.
    ///
    /// ```
    /// use rasd::{Analyzer, Comment, taxonomy::Taxonomy};
    /// let taxonomy = Taxonomy::from_toml(r#"
    ///     [[topic]]
    ///     id = "kids_area"
    ///     name_en = "Kids' area"
    ///     [topic.seeds]
    ///     english = ["play area for kids", "kids corner", "slides for children", "the ball pit", "babysitter"]
    /// "#)?;
    /// let analyzer = Analyzer::builder().taxonomy(taxonomy).build()?;
    /// let analysis = analyzer.analyze(&[Comment::new("منطقة ألعاب الأطفال مغلقة")])?;
    /// assert!(format!("{:?}", analysis.comments.get("topics")).contains("kids_area"));
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn taxonomy(mut self, taxonomy: Taxonomy) -> Self {
        self.taxonomy = Some(Arc::new(taxonomy));
        self
    }

    /// The ONNX Runtime library file, instead of `ORT_DYLIB_PATH`. The first load in a process decides.
    pub fn runtime(mut self, library: impl Into<PathBuf>) -> Self {
        self.source.runtime = Some(library.into());
        self
    }

    /// Worker threads; by default one per core. Results do not depend on it.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Loads the model.
    ///
    /// # Errors
    /// [`Error::ModelNotFound`] when the folder, a file or the runtime is missing, [`Error::Model`] when a file
    /// is altered or does not fit.
    pub fn build(self) -> Result<Analyzer> {
        let (main, encoder) = self.source.load()?;
        let pool = match self.threads {
            None => None,
            Some(0) => return Err(Error::invalid_input("threads 0, expected at least 1")),
            Some(threads) => Some(
                rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .map_err(|e| Error::invalid_input(format!("threads {threads}: {e}")))?,
            ),
        };
        let taxonomy = self.taxonomy.unwrap_or_else(|| Arc::new(Taxonomy::builtin().clone()));
        let topics = Topics::new(&taxonomy, encoder.as_ref().unwrap_or(&main))?;
        Ok(Analyzer { main, encoder, taxonomy, topics, lexicon: OnceLock::new(), pool })
    }
}

impl Analyzer {
    /// The model compiled into this library.
    ///
    /// # Errors
    /// [`Error::ModelNotFound`] when no ONNX Runtime is found; its hint says what to install.
    pub fn embedded() -> Result<Self> {
        Self::builder().build()
    }

    /// A model folder.
    ///
    /// # Errors
    /// As [`AnalyzerBuilder::build`].
    ///
    /// ```
    /// let error = rasd::Analyzer::open("no/such/folder").err().unwrap();
    /// assert!(matches!(error, rasd::Error::ModelNotFound { .. }));
    /// ```
    pub fn open(dir: impl AsRef<Path>) -> Result<Self> {
        Self::builder().model(dir.as_ref()).build()
    }

    /// Options first, then the model.
    pub fn builder() -> AnalyzerBuilder {
        AnalyzerBuilder::default()
    }

    /// Sentiment names in the order of [`Self::predict_proba`]'s columns.
    pub fn labels(&self) -> [&'static str; 3] {
        SENTIMENTS
    }

    /// The model's name.
    pub fn model_name(&self) -> &str {
        self.main.name()
    }

    /// The most probable sentiment of each text; `None` where there is nothing to judge (empty, "N/A").
    ///
    /// # Errors
    /// [`Error::Model`] when the runtime fails.
    pub fn predict<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Option<&'static str>>> {
        Ok(self.judge(texts, &Monitor::default())?.iter().map(|row| row.map(|s| s.top().0)).collect())
    }

    /// `[n_texts, 3]`: probabilities of [`Self::labels`], rows sum to 1; `None` where there is nothing to judge.
    ///
    /// # Errors
    /// [`Error::Model`] when the runtime fails.
    pub fn predict_proba<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Option<[f32; 3]>>> {
        self.predict_proba_with(texts, &Monitor::default())
    }

    /// [`Self::predict_proba`] under a [`Monitor`].
    ///
    /// # Errors
    /// Also [`Error::Interrupted`].
    pub fn predict_proba_with<S: AsRef<str> + Sync>(
        &self,
        texts: &[S],
        monitor: &Monitor,
    ) -> Result<Vec<Option<[f32; 3]>>> {
        let judged = self.judge(texts, monitor)?;
        Ok(judged.iter().map(|row| row.map(|s| [s.negative, s.neutral, s.positive])).collect())
    }

    /// Unit-length embeddings, `[n_texts, dim]`; an empty text is an empty vector.
    ///
    /// # Errors
    /// [`Error::Model`] when the runtime fails.
    ///
    /// ```
    /// let analyzer = rasd::Analyzer::embedded()?;
    /// let vectors = analyzer.embed(&["my card has not arrived", "لم تصل بطاقتي", "nice dress"])?;
    /// let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    /// assert!(dot(&vectors[0], &vectors[1]) > dot(&vectors[0], &vectors[2]));
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn embed<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Vec<f32>>> {
        self.embed_with(texts, &Monitor::default())
    }

    /// [`Self::embed`] under a [`Monitor`].
    ///
    /// # Errors
    /// Also [`Error::Interrupted`].
    pub fn embed_with<S: AsRef<str> + Sync>(&self, texts: &[S], monitor: &Monitor) -> Result<Vec<Vec<f32>>> {
        self.install(|| {
            let kept: Vec<usize> =
                (0..texts.len()).filter(|&i| !texts[i].as_ref().trim().is_empty()).collect();
            let some: Vec<&str> = kept.iter().map(|&i| texts[i].as_ref()).collect();
            monitor.start(some.len());
            let scores = self.encoder().score(&some, monitor)?;
            let mut vectors = vec![Vec::new(); texts.len()];
            for (position, &i) in kept.iter().enumerate() {
                vectors[i] = scores.output(position).embedding.clone();
            }
            Ok(vectors)
        })
    }

    /// Length of an embedding.
    pub fn dim(&self) -> usize {
        self.encoder().dim().unwrap_or(0)
    }

    /// The whole analysis with default options.
    ///
    /// # Errors
    /// As [`Self::analyze_with`].
    ///
    /// ```
    /// use rasd::Comment;
    /// let analyzer = rasd::Analyzer::embedded()?;
    /// let analysis = analyzer.analyze(&[Comment::new("التطبيق بطيء"), Comment::new("N/A")])?;
    /// assert_eq!(analysis.comments.n_rows(), 2);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn analyze(&self, comments: &[Comment]) -> Result<Analysis> {
        self.analyze_with(comments, &AnalyzeOptions::default())
    }

    /// The whole analysis.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when a rating is outside its scale (the message names the row), [`Error::Model`]
    /// when the runtime fails, [`Error::Interrupted`] when the monitor was cancelled.
    pub fn analyze_with(&self, comments: &[Comment], options: &AnalyzeOptions) -> Result<Analysis> {
        self.install(|| tables::analyze(self, comments, options))
    }

    fn judge<S: AsRef<str> + Sync>(
        &self,
        texts: &[S],
        monitor: &Monitor,
    ) -> Result<Vec<Option<crate::infer::Sentiment>>> {
        self.install(|| {
            let silent: Vec<bool> =
                texts.par_iter().map(|text| language::is_no_comment(text.as_ref())).collect();
            let kept: Vec<usize> = (0..texts.len()).filter(|&i| !silent[i]).collect();
            let some: Vec<&str> = kept.iter().map(|&i| texts[i].as_ref()).collect();
            monitor.start(some.len());
            let scores = self.main.score(&some, monitor)?;
            let mut judged = vec![None; texts.len()];
            for (position, &i) in kept.iter().enumerate() {
                judged[i] = Some(self.main.sentiment(scores.output(position)));
            }
            Ok(judged)
        })
    }

    fn encoder(&self) -> &Scorer {
        self.encoder.as_ref().unwrap_or(&self.main)
    }

    fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

impl std::fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analyzer").field("model", &self.main.name()).finish_non_exhaustive()
    }
}
