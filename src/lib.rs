//! rasd (رصد, "to observe") reads what customers write in Arabic and English and says what is wrong, why,
//! and what it costs.
//!
//! A comment flows left to right through the rooms and never back:
//!
//! | room | in | out |
//! |---|---|---|
//! | [`comment`], [`error`] | | plain data every room speaks |
//! | `table` | a survey file | `Frame`, and back |
//! | [`normalize`] | `&str` | text and a map back to the source |
//! | [`language`] | `&str` | [`Language`], nothing-to-say, gibberish |
//! | [`segment`] | `&str` | sentences, clauses, words |
//! | tokenize, infer | normalized text | logits and a unit-length embedding |
//! | `taxonomy` | a comment | topics, kinds, cues, actors, emotions that its words tell |
//! | `cluster` | vectors | root causes with names and quotes |
//! | `drivers` | ratings | NPS, CSAT, CES, effects with intervals |
//! | `report` | results | one HTML page |
//! | `Analyzer` | comments | all of it |
//!
//! ```
//! let normalizer = rasd::Normalizer::preset("feedback")?;
//! assert_eq!(normalizer.normalize("الخِدمـــة سيّئة!!"), "الخدمة سيئة!!");
//! # Ok::<(), rasd::Error>(())
//! ```
//!
//! # Features
//! `default` is everything a service needs; `default-features = false` is normalization, language and
//! segmentation with a handful of dependencies. The README lists them all.

#![warn(missing_docs)]

/// The README's examples, run as tests.
#[cfg(all(doctest, feature = "analyze"))]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod comment;
pub mod error;
#[cfg(feature = "analyze")]
pub mod table;
pub mod normalize;
pub mod language;
pub mod segment;
#[cfg(feature = "analyze")]
mod tokenize;
#[cfg(feature = "analyze")]
mod infer;
#[cfg(feature = "analyze")]
pub mod taxonomy;
#[cfg(feature = "analyze")]
pub mod cluster;
#[cfg(feature = "analyze")]
pub mod drivers;
#[cfg(feature = "analyze")]
pub mod report;
#[cfg(feature = "analyze")]
mod analyzer;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "python")]
mod bindings;

#[cfg(feature = "analyze")]
pub use analyzer::{
    Analysis, AnalyzeOptions, Analyzer, AnalyzerBuilder, Chart, ClassScores, DialectScores, Evaluation, Kpi,
    Monitor, RootCause, RootCauses, RootCausesBuilder, RootTheme, reads_as_rating,
};
pub use comment::{CausalRole, Clause, Comment, Language, Span};
#[cfg(feature = "analyze")]
pub use drivers::Scale;
pub use error::{Error, Result};
pub use normalize::{Normalizer, NormalizerSpec};
#[cfg(feature = "analyze")]
pub use table::{Frame, Values};
