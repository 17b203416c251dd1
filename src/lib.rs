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

pub use comment::{CausalRole, Clause, Comment, Language, Span};
pub use error::{Error, Result};
pub use normalize::{Normalizer, NormalizerSpec};
#[cfg(feature = "analyze")]
pub use table::{Frame, Values};
