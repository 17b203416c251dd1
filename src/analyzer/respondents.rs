//! Who wrote each row and how many customers the row stands for.

use std::sync::Arc;

use crate::comment::Comment;
use crate::drivers::{Answers, customer_key};
use crate::{Error, Result};

use super::ratings::{Ratings, clip};

/// Customers and weights in row order; empty where the survey has none.
pub(super) struct Respondents {
    pub customers: Vec<Option<u64>>,
    weights: Vec<f64>,
}

impl Respondents {
    /// # Errors
    /// [`Error::InvalidInput`] when some row has a weight and a row has none above 0; `row_name` names it.
    pub fn read(comments: &[Comment], row_name: impl Fn(usize) -> String) -> Result<Self> {
        let filled = |cell: &Option<Arc<str>>| cell.as_deref().is_some_and(|cell| !cell.trim().is_empty());
        let customers = match comments.iter().any(|comment| filled(&comment.customer)) {
            false => Vec::new(),
            true => comments
                .iter()
                .map(|comment| {
                    comment.customer.as_deref().map(str::trim).filter(|c| !c.is_empty()).map(customer_key)
                })
                .collect(),
        };
        let mut weights = Vec::new();
        if comments.iter().any(|comment| filled(&comment.weight)) {
            for (row, comment) in comments.iter().enumerate() {
                let cell = comment.weight.as_deref().map(str::trim).unwrap_or_default();
                match parse(cell).filter(|weight| *weight > 0.0) {
                    Some(weight) => weights.push(weight),
                    None => {
                        let message =
                            format!("{}: weight `{}`, expected a number above 0", row_name(row), clip(cell));
                        return Err(Error::invalid_input(message).with_hint(
                            "a weight is the share of the population over the share of the sample",
                        ));
                    }
                }
            }
        }
        Ok(Self { customers, weights })
    }

    /// The ratings with who gave them.
    pub fn answers<'a>(&'a self, ratings: &'a Ratings, seed: u64) -> Answers<'a> {
        Answers {
            ratings: &ratings.values,
            scale: Some(ratings.scale),
            customers: &self.customers,
            weights: &self.weights,
            seed,
        }
    }
}

/// A number in Latin, Arabic-Indic or Persian digits, `.`, `,` or U+066B as the decimal sign.
fn parse(cell: &str) -> Option<f64> {
    let ascii: String = cell
        .chars()
        .map(|c| match c {
            '\u{0660}'..='\u{0669}' => char::from(b'0' + (c as u32 - 0x0660) as u8),
            '\u{06F0}'..='\u{06F9}' => char::from(b'0' + (c as u32 - 0x06F0) as u8),
            '\u{066B}' | ',' => '.',
            other => other,
        })
        .collect();
    // f64 also reads "inf" and "nan", which are no weights.
    ascii.parse().ok().filter(|value: &f64| value.is_finite())
}
