//! Python cells to Rust text.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyString};

/// The text of a `str`; a lone surrogate, which no UTF-8 holds, becomes U+FFFD.
pub(super) fn text(value: &Bound<'_, PyString>) -> PyResult<String> {
    if let Ok(text) = value.to_str() {
        return Ok(text.to_string());
    }
    let bytes = value.call_method1("encode", ("utf-16-le", "surrogatepass"))?;
    let units: Vec<u16> =
        bytes.extract::<Vec<u8>>()?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Ok(String::from_utf16_lossy(&units))
}

fn is_null(value: &Bound<'_, PyAny>) -> bool {
    value.is_none() || value.cast::<PyFloat>().is_ok_and(|x| x.value().is_nan())
}

/// Comments: `str`, or `None` / NaN for an empty cell; anything else is a `TypeError` with its position.
pub(super) fn texts(values: &Bound<'_, PyAny>) -> PyResult<Vec<Option<String>>> {
    let mut out = Vec::with_capacity(values.len().unwrap_or(0));
    for (i, value) in values.try_iter()?.enumerate() {
        let value = value?;
        if let Ok(string) = value.cast::<PyString>() {
            out.push(Some(text(string)?));
        } else if is_null(&value) {
            out.push(None);
        } else {
            let got = value.get_type().name()?;
            return Err(PyTypeError::new_err(format!("item {i}: got {got}, expected str or None")));
        }
    }
    Ok(out)
}

/// Cells of any column (ratings, dates, ids): `str()` of each, `None` / NaN for an empty one.
pub(super) fn cells(values: &Bound<'_, PyAny>) -> PyResult<Vec<Option<String>>> {
    let mut out = Vec::with_capacity(values.len().unwrap_or(0));
    for value in values.try_iter()? {
        let value = value?;
        out.push(if is_null(&value) { None } else { Some(text(&value.str()?)?) });
    }
    Ok(out)
}
