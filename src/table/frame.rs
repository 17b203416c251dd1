//! A table in memory: named columns of equal length.

use std::sync::Arc;

use serde::Serialize;

/// Values of one column; `None` is a null.
///
/// ```
/// let values = rasd::Values::Int(vec![Some(1), None]);
/// assert_eq!(values.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Values {
    /// Text; cells may share one.
    Text(Vec<Option<Arc<str>>>),
    /// Whole numbers.
    Int(Vec<Option<i64>>),
    /// Numbers; never NaN or infinite.
    Float(Vec<Option<f64>>),
    /// Yes or no.
    Bool(Vec<Option<bool>>),
    /// Lists of numbers, null where one is unknown; never NaN or infinite. An empty list is not a null.
    FloatList(Vec<Vec<Option<f64>>>),
    /// Lists of text; an empty list is not a null.
    TextList(Vec<Vec<Arc<str>>>),
    /// Lists of whole numbers; an empty list is not a null.
    IntList(Vec<Vec<i64>>),
}

impl Values {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(v) => v.len(),
            Self::Int(v) => v.len(),
            Self::Float(v) => v.len(),
            Self::Bool(v) => v.len(),
            Self::FloatList(v) => v.len(),
            Self::TextList(v) => v.len(),
            Self::IntList(v) => v.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Named columns of equal length, in order.
///
/// ```
/// use rasd::{Frame, Values};
/// let mut frame = Frame::default();
/// frame.push("row", Values::Int(vec![Some(0), Some(1)]));
/// assert_eq!(frame.n_rows(), 2);
/// assert_eq!(frame.names().collect::<Vec<_>>(), ["row"]);
/// assert!(frame.get("absent").is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    columns: Vec<(String, Values)>,
}

impl Frame {
    /// Appends a column.
    ///
    /// # Panics
    /// Never on data: the length is checked in debug builds only, because every caller is this crate.
    pub fn push(&mut self, name: impl Into<String>, values: Values) {
        debug_assert!(self.columns.is_empty() || values.len() == self.n_rows());
        self.columns.push((name.into(), values));
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// Column names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// A column by name.
    pub fn get(&self, name: &str) -> Option<&Values> {
        self.columns.iter().find(|(n, _)| n == name).map(|(_, values)| values)
    }

    /// The text of a cell of a [`Values::Text`] column; `None` for a null, another kind or no such cell.
    pub fn text(&self, row: usize, column: usize) -> Option<&Arc<str>> {
        match self.columns.get(column) {
            Some((_, Values::Text(cells))) => cells.get(row)?.as_ref(),
            _ => None,
        }
    }

    /// Columns in order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Values)> {
        self.columns.iter().map(|(name, values)| (name.as_str(), values))
    }
}
