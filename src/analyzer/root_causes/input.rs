//! Texts and vectors as clustering takes them.

use super::super::causes::{items, naming_key, quoting};
use crate::cluster::Item;
use crate::comment::Language;
use crate::{Error, Result, language};

/// Key, display text and language of each text, and its vector.
#[derive(Debug)]
pub(super) struct Seen {
    described: Vec<(String, String, Language)>,
    vectors: Vec<Vec<f32>>,
}

impl Seen {
    pub(super) fn of_texts<S: AsRef<str>>(texts: &[S], vectors: Vec<Vec<f32>>) -> Result<Self> {
        let search = naming_key()?;
        let quoting = quoting()?;
        let describe = |text: &S| {
            let text = text.as_ref();
            let key = search.normalize(text).into_owned();
            (key, quoting.normalize(text).into_owned(), language::detect(text))
        };
        Ok(Self { described: texts.iter().map(describe).collect(), vectors })
    }

    /// A vector's own bits stand for the text it came from.
    pub(super) fn of_vectors(vectors: Vec<Vec<f32>>) -> Self {
        let describe = |vector: &Vec<f32>| {
            let bits: String = vector.iter().map(|x| format!("{:08x}", x.to_bits())).collect();
            (bits, String::new(), Language::Other)
        };
        Self { described: vectors.iter().map(describe).collect(), vectors }
    }

    pub(super) fn items(&self) -> Vec<Item<'_>> {
        items(&self.described, &self.vectors)
    }

    /// The text as it may be shown.
    pub(super) fn quote(&self, item: usize) -> String {
        self.described.get(item).map(|(_, display, _)| display.clone()).unwrap_or_default()
    }
}

/// Vectors at unit length, each of `dim` numbers.
pub(super) fn unit(vectors: &[Vec<f32>], dim: usize) -> Result<Vec<Vec<f32>>> {
    let scale = |(i, vector): (usize, &Vec<f32>)| {
        if vector.len() != dim {
            return Err(Error::invalid_input(format!(
                "vector {i}: {} numbers, expected {dim}",
                vector.len()
            )));
        }
        let norm = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
        if !norm.is_finite() {
            return Err(Error::invalid_input(format!("vector {i}: holds NaN or infinity, expected numbers")));
        }
        // A zero vector points nowhere: no cause.
        Ok(if norm > 0.0 {
            vector.iter().map(|&x| (f64::from(x) / norm) as f32).collect()
        } else {
            Vec::new()
        })
    };
    vectors.iter().enumerate().map(scale).collect()
}
