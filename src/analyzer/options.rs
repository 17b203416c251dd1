//! Options of one analysis.

use std::sync::Arc;

use super::monitor::Monitor;
use crate::Scale;

/// Options of [`crate::Analyzer::analyze_with`]; each method takes and returns the options.
///
/// ```
/// let options = rasd::AnalyzeOptions::default().rating_name("nps").n_causes(8);
/// assert!(format!("{options:?}").contains("nps"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct AnalyzeOptions {
    pub(super) rating_name: String,
    pub(super) by_names: Vec<String>,
    pub(super) scale: Option<Scale>,
    pub(super) n_causes: Option<usize>,
    pub(super) min_size: Option<usize>,
    pub(super) random_state: u64,
    pub(super) row_numbers: Vec<usize>,
    pub(super) event: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) code_points: bool,
    pub(super) monitor: Arc<Monitor>,
}

impl AnalyzeOptions {
    /// Name of the rating column: tells the scale when it holds `nps`, `csat`, `ces` or `star`.
    pub fn rating_name(mut self, name: impl Into<String>) -> Self {
        self.rating_name = name.into();
        self
    }

    /// Names of the segment columns, in the order of [`crate::Comment::by`].
    pub fn by_names(mut self, names: Vec<String>) -> Self {
        self.by_names = names;
        self
    }

    /// The rating scale, instead of a guess.
    pub fn scale(mut self, scale: Scale) -> Self {
        self.scale = Some(scale);
        self
    }

    /// How many causes; by default the data decides.
    pub fn n_causes(mut self, n: usize) -> Self {
        self.n_causes = Some(n);
        self
    }

    /// Fewest clauses that make a cause; by default it grows with the data.
    pub fn min_size(mut self, n: usize) -> Self {
        self.min_size = Some(n);
        self
    }

    /// Seed of the bootstrap and of ties.
    pub fn random_state(mut self, seed: u64) -> Self {
        self.random_state = seed;
        self
    }

    /// A date, year first (`2026-03-01`), to compare what comes before with what comes from it on.
    pub fn event(mut self, date: impl Into<String>) -> Self {
        self.event = Some(date.into());
        self
    }

    /// The row number of each comment in its file, for messages; by default 1, 2, 3 ...
    pub fn row_numbers(mut self, numbers: Vec<usize>) -> Self {
        self.row_numbers = numbers;
        self
    }

    /// What the reader of the file noticed, to be shown with the result.
    pub fn notes(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }

    /// Clause offsets count code points, as Python and files do, instead of bytes.
    pub fn code_points(mut self) -> Self {
        self.code_points = true;
        self
    }

    /// Progress and cancellation.
    pub fn monitor(mut self, monitor: Arc<Monitor>) -> Self {
        self.monitor = monitor;
        self
    }

    pub(super) fn row_name(&self, row: usize) -> String {
        format!("row {}", self.row_numbers.get(row).copied().unwrap_or(row + 1))
    }
}
