//! Python cells to Rust text.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyString};

use super::normalize::text_of;

fn is_null(value: &Bound<'_, PyAny>) -> bool {
    value.is_none() || value.cast::<PyFloat>().is_ok_and(|x| x.value().is_nan())
}

/// Comments: `str`, or `None` / NaN for an empty cell; anything else is a `TypeError` with its position.
pub(super) fn texts(values: &Bound<'_, PyAny>) -> PyResult<Vec<Option<String>>> {
    let mut out = Vec::with_capacity(values.len().unwrap_or(0));
    for (i, value) in values.try_iter()?.enumerate() {
        let value = value?;
        if let Ok(string) = value.cast::<PyString>() {
            out.push(Some(text_of(string)?.into_owned()));
        } else if is_null(&value) {
            out.push(None);
        } else {
            let got = value.get_type().name()?;
            return Err(PyTypeError::new_err(format!("item {i}: got {got}, expected str or None")));
        }
    }
    Ok(out)
}

/// Comments as [`texts`] takes them, an empty `String` where there is none.
pub(super) fn texts_or_empty(values: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    Ok(texts(values)?.into_iter().map(Option::unwrap_or_default).collect())
}

/// Cells of any column (ratings, dates, ids): `str()` of each, `None` / NaN for an empty one.
pub(super) fn cells(values: &Bound<'_, PyAny>) -> PyResult<Vec<Option<String>>> {
    let mut out = Vec::with_capacity(values.len().unwrap_or(0));
    for value in values.try_iter()? {
        let value = value?;
        out.push(if is_null(&value) { None } else { Some(text_of(&value.str()?)?.into_owned()) });
    }
    Ok(out)
}
