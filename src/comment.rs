//! Plain data every room speaks.
//! Law: no logic beyond names and conversions; no room is imported here.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Half-open range of bytes of the source text (Python sees code points).
///
/// ```
/// let span = rasd::Span { start: 0, end: 4 };
/// assert_eq!(&"خدمة"[span.start..span.end], "خد");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Language of a comment.
///
/// ```
/// assert_eq!(rasd::Language::Mixed.as_str(), "mixed");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Arabic letters.
    Ar,
    /// English.
    En,
    /// Arabic and English in one text.
    Mixed,
    /// Arabic written with Latin letters and digits.
    Arabizi,
    /// Anything else, and text without letters.
    Other,
}

impl Language {
    /// The name used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
            Self::Mixed => "mixed",
            Self::Arabizi => "arabizi",
            Self::Other => "other",
        }
    }
}

/// The dialects of Arabic by the names used in tables, standard Arabic first.
pub(crate) const DIALECTS: [&str; 6] = ["msa", "egyptian", "gulf", "levantine", "iraqi", "maghrebi"];

/// What a causal clause says: the reason, or what it led to.
///
/// ```
/// assert_eq!(rasd::CausalRole::Cause.as_str(), "cause");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CausalRole {
    /// The clause gives the reason ("because the app froze").
    Cause,
    /// The clause tells what followed ("so I cancelled").
    Effect,
}

impl CausalRole {
    /// The name used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Effect => "effect",
        }
    }
}

/// One clause of a comment.
///
/// ```
/// let clause = rasd::Clause { span: rasd::Span { start: 0, end: 3 }, causal_role: None };
/// assert!(clause.causal_role.is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Where the clause stands in the source, connective included, outer blanks excluded.
    pub span: Span,
    /// Role when a causal marker opens the clause.
    pub causal_role: Option<CausalRole>,
}

/// One survey row as the analyzer takes it.
///
/// ```
/// let comment = rasd::Comment::new("الخدمة بطيئة");
/// assert_eq!(comment.rating, None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// The customer's text; `None` when the cell was empty.
    pub text: Option<Arc<str>>,
    /// The row's own identifier, if the survey has one.
    pub id: Option<Arc<str>>,
    /// The rating as written in the survey, checked against the scale by the analyzer.
    pub rating: Option<Arc<str>>,
    /// The date as written in the survey.
    pub time: Option<Arc<str>>,
    /// Values of the segment columns, in the order the caller named them.
    pub by: Vec<Option<Arc<str>>>,
    /// Who wrote it, by any name that tells customers apart; shares, intervals and sizes of causes count a customer once.
    pub customer: Option<Arc<str>>,
    /// How many of the population the row stands for, as written in the survey.
    pub weight: Option<Arc<str>>,
}

impl Comment {
    /// A comment of text alone.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: Some(text.into().into()), ..Self::default() }
    }

    /// The same comment with a rating as the survey wrote it.
    pub fn with_rating(mut self, rating: impl Into<String>) -> Self {
        self.rating = Some(rating.into().into());
        self
    }
}
