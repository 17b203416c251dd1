//! rasd (رصد, "to observe") reads what customers write in Arabic and English and says what is wrong, why,
//! and what it costs.

pub mod comment;
pub mod error;
#[cfg(feature = "analyze")]
pub mod table;
pub mod normalize;
pub mod language;
pub mod segment;
#[cfg(feature = "python")]
mod bindings;

pub use comment::{CausalRole, Clause, Comment, Language, Span};
pub use error::{Error, Result};
pub use normalize::Normalizer;
#[cfg(feature = "analyze")]
pub use table::{Frame, Values};
