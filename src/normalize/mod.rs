//! In: `&str`. Out: text and a map back to the source.
//! Law: every output span names the source bytes it came from.

/// placeholder until the room is built
#[derive(Debug, Clone)]
pub struct Normalizer;
