//! In: `&str`. Out: text and a map back to the source.
//! Law: every output span names the source bytes it came from; a preset applied twice equals it applied once.
//!
//! A rule reads text and records edits ([`edit::Edits`]); the pipeline applies them in the order of
//! [`rule::RULES`] and composes them into one [`Alignment`]. One look at a text finds its [`signs`]; a rule that acts
//! on none of them is not run.

#![doc = include_str!("RULES.md")]

mod alignment;
mod arabizi;
mod chars;
mod coda;
mod clitics;
mod decoration;
mod edit;
mod elongation;
mod elongation_lexicon;
mod emoji;
mod english;
mod dialect;
mod digits;
mod folds;
mod forms;
mod hashtag;
mod html;
mod invisible;
mod keyboard;
mod letters;
mod lexicon;
mod lists;
mod marks;
mod mask;
mod mojibake;
mod normalizer;
mod pass;
mod phrases;
mod pipeline;
mod plain;
mod preset;
mod punctuation;
mod rule;
mod scan;
mod signs;
mod slang;
mod spelling;
mod stopwords;
mod tables;
mod teh_marbuta;
mod unicode;
mod whitespace;
mod words;

pub use alignment::{Alignment, Piece};
pub use normalizer::{Change, Explanation, Normalized, Normalizer, NormalizerSpec};

pub(crate) use arabizi::{count as arabizi_words, languages as latin_languages, surprise};
pub(crate) use chars::{digit, is_arabic_letter, is_arabic_mark};
pub(crate) use emoji::is_emoji;
pub(crate) use lexicon::spelled as dialect_words;
pub(crate) use mojibake::looks_broken;
pub(crate) use tables::Table;
pub(crate) use words::{arabic as arabic_use, english as english_use, stems};
pub(crate) use words::{is_arabic as is_arabic_word, is_english as is_english_word};

/// Names of the presets, least to most.
///
/// ```
/// assert_eq!(rasd::normalize::presets(), ["light", "feedback", "search"]);
/// ```
pub fn presets() -> [&'static str; 3] {
    preset::NAMES
}

/// Every rule with the values it takes, in the order the pipeline runs them.
///
/// ```
/// let rules = rasd::normalize::rules();
/// assert!(rules.iter().any(|(name, values)| *name == "emoji" && values.contains(&"strip")));
/// ```
pub fn rules() -> Vec<(&'static str, &'static [&'static str])> {
    rule::RULES.iter().map(|rule| (rule.name, rule.values)).collect()
}
