//! The one error type.
//! Law: a message says where, what was got, what was expected; `hint()` says what to do next.

/// What went wrong, for every room.
///
/// ```
/// let error = rasd::Normalizer::preset("feedbak").unwrap_err();
/// assert!(matches!(error, rasd::Error::InvalidInput { .. }));
/// assert!(error.hint().is_some());
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument or an option is wrong.
    #[error("{message}")]
    InvalidInput {
        /// Where, got, expected.
        message: String,
        /// What to do next.
        hint: Option<String>,
    },
    /// A model folder, its files or the runtime that runs it is wrong.
    #[error("{message}")]
    Model {
        /// Where, got, expected.
        message: String,
        /// What to do next.
        hint: Option<String>,
    },
    /// A model folder or the ONNX Runtime library is not where it was looked for.
    #[error("{message}")]
    ModelNotFound {
        /// Where, got, expected.
        message: String,
        /// What to do next.
        hint: Option<String>,
    },
    /// A survey file could not be read or written.
    #[error("{message}")]
    Table {
        /// Where (file, row), got, expected.
        message: String,
        /// What to do next.
        hint: Option<String>,
    },
    /// The caller asked to stop.
    #[error("interrupted")]
    Interrupted,
}

/// `std::result::Result` with [`enum@Error`].
///
/// ```
/// fn f() -> rasd::Result<()> { Ok(()) }
/// assert!(f().is_ok());
/// ```
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An [`Error::InvalidInput`] without a hint.
    pub(crate) fn invalid_input(message: impl Into<String>) -> Self {
        Self::InvalidInput { message: message.into(), hint: None }
    }

    /// The same error with a hint.
    pub(crate) fn with_hint(mut self, text: impl Into<String>) -> Self {
        match &mut self {
            Self::InvalidInput { hint, .. }
            | Self::Model { hint, .. }
            | Self::ModelNotFound { hint, .. }
            | Self::Table { hint, .. } => *hint = Some(text.into()),
            Self::Interrupted => {}
        }
        self
    }

    /// What to do next, when there is advice to give.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::InvalidInput { hint, .. }
            | Self::Model { hint, .. }
            | Self::ModelNotFound { hint, .. }
            | Self::Table { hint, .. } => hint.as_deref(),
            Self::Interrupted => None,
        }
    }
}

#[cfg(feature = "analyze")]
impl Error {
    /// An [`Error::Model`] without a hint.
    pub(crate) fn model(message: impl Into<String>) -> Self {
        Self::Model { message: message.into(), hint: None }
    }

    /// An [`Error::ModelNotFound`] without a hint.
    pub(crate) fn model_not_found(message: impl Into<String>) -> Self {
        Self::ModelNotFound { message: message.into(), hint: None }
    }

    /// An [`Error::Table`] without a hint.
    pub(crate) fn table(message: impl Into<String>) -> Self {
        Self::Table { message: message.into(), hint: None }
    }
}

/// The name nearest to `got` in `known`, for "did you mean" hints; `None` when nothing is near.
///
/// Levenshtein distance over lower-cased characters, at most a third of the longer name.
pub(crate) fn nearest<'a>(got: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let got: Vec<char> = got.to_lowercase().chars().take(64).collect();
    known
        .into_iter()
        .map(|name| {
            let other: Vec<char> = name.to_lowercase().chars().take(64).collect();
            let mut row: Vec<usize> = (0..=other.len()).collect();
            for (i, a) in got.iter().enumerate() {
                let mut diagonal = row[0];
                row[0] = i + 1;
                for (j, b) in other.iter().enumerate() {
                    let cost = diagonal + usize::from(a != b);
                    diagonal = row[j + 1];
                    row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
                }
            }
            (row[other.len()], got.len().max(other.len()), name)
        })
        .filter(|(distance, longest, _)| distance * 3 <= *longest)
        .min_by_key(|(distance, _, _)| *distance)
        .map(|(_, _, name)| name)
}
