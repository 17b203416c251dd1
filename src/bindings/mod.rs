//! The Python door. One file per exposed room; no algorithms.

mod normalize;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The Python exception of an error, its hint included.
pub(crate) fn to_py_err(error: crate::Error) -> PyErr {
    let hint = error
        .hint()
        .map_or_else(String::new, |hint| format!("\nhint: {hint}"));
    PyValueError::new_err(format!("{error}{hint}"))
}

#[pymodule]
fn _rasd(module: &Bound<'_, PyModule>) -> PyResult<()> {
    normalize::register(module)
}
