//! In: a survey file. Out: [`Frame`]. And back: a `Frame` to a file, whole or not at all.
//! Law: rows in = rows out; nothing is guessed silently.

mod frame;

pub use frame::{Frame, Values};
