//! rasd (رصد, "to observe") reads what customers write in Arabic and English and says what is wrong, why,
//! and what it costs.

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
    Analysis, AnalyzeOptions, Analyzer, AnalyzerBuilder, Kpi, Monitor, RootCause, RootCauses, RootCausesBuilder,
};
pub use comment::{CausalRole, Clause, Comment, Language, Span};
#[cfg(feature = "analyze")]
pub use drivers::Scale;
pub use error::{Error, Result};
pub use normalize::{Normalizer, NormalizerSpec};
#[cfg(feature = "analyze")]
pub use table::{Frame, Values};
