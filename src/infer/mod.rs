//! In: token ids. Out: logits per head and a unit-length embedding.
//! Law: the only room that names `ort`; a text's result depends on the text alone, never on its batch.

mod bundle;
mod heads;
mod runtime;
mod session;

#[cfg(test)]
pub(crate) use bundle::SAID;
pub(crate) use bundle::{Bundle, Config, Head, Labels, SENTIMENTS};
pub(crate) use heads::{Sentiment, sigmoid, softmax};
pub(crate) use session::{Model, Output};
