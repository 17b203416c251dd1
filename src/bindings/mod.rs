//! In: Python objects. Out: Python objects. One file per exposed room; no algorithms.
//! Law: long work runs detached from the interpreter and stops on Ctrl-C.

mod analyzer;
mod arrow;
mod drivers;
mod input;
mod language;
mod normalize;
mod root_causes;
mod table;
mod taxonomy;

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::Error;

/// The Python exception of an error, made from the two-parent classes of `rasd.exceptions`.
pub(crate) fn to_py_err(error: Error) -> PyErr {
    let class = match &error {
        Error::InvalidInput { .. } => "InvalidInputError",
        Error::Model { .. } => "ModelError",
        Error::ModelNotFound { .. } => "ModelNotFoundError",
        Error::Table { .. } => "TableError",
        Error::Interrupted => return pyo3::exceptions::PyKeyboardInterrupt::new_err(()),
    };
    Python::attach(|py| {
        let made = py
            .import("rasd.exceptions")
            .and_then(|module| module.getattr(class))
            .and_then(|class| class.call1((error.to_string(), error.hint())));
        match made {
            Ok(exception) => PyErr::from_value(exception),
            Err(other) => other,
        }
    })
}

/// Runs the command line; returns its exit code.
#[pyfunction]
fn main(py: Python<'_>, args: Vec<String>, runtime: Option<PathBuf>) -> u8 {
    py.detach(|| crate::cli::run(args, runtime))
}

#[pymodule]
fn _rasd(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add("__version__", env!("CARGO_PKG_VERSION"))?;
    m.add_function(wrap_pyfunction!(main, m)?)?;
    normalize::register(m)?;
    language::register(m)?;
    table::register(m)?;
    drivers::register(m)?;
    analyzer::register(m)?;
    root_causes::register(m)?;
    taxonomy::register(m)
}

/// A dict of an estimate, as `rasd.nps` and its like return it.
pub(crate) fn estimate<'py>(py: Python<'py>, e: &crate::drivers::Estimate) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("value", e.value)?;
    dict.set_item("ci_low", e.ci_low)?;
    dict.set_item("ci_high", e.ci_high)?;
    dict.set_item("n", e.n)?;
    Ok(dict)
}
