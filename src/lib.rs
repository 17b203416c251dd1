//! rasd (رصد, "to observe") reads what customers write in Arabic and English and says what is wrong, why,
//! and what it costs.

pub mod comment;
pub mod error;
pub mod normalize;
pub mod language;
pub mod segment;
#[cfg(feature = "analyze")]
pub mod cluster;
#[cfg(feature = "analyze")]
pub mod drivers;
#[cfg(feature = "analyze")]
pub mod report;

pub use comment::{CausalRole, Clause, Comment, Language, Span};
pub use error::{Error, Result};
pub use normalize::Normalizer;
