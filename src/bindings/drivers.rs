//! NPS, CSAT and CES of a list of ratings.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{estimate, to_py_err};
use crate::drivers;

/// Net promoter score of ratings 0..=10: promoters (9, 10) minus detractors (0..=6), in points.
#[pyfunction]
fn nps<'py>(py: Python<'py>, ratings: Vec<f64>) -> PyResult<Bound<'py, PyDict>> {
    estimate(py, &drivers::nps(&ratings).map_err(to_py_err)?)
}

/// Customer satisfaction of ratings 1..=5: share of 4 and 5.
#[pyfunction]
fn csat<'py>(py: Python<'py>, ratings: Vec<f64>) -> PyResult<Bound<'py, PyDict>> {
    estimate(py, &drivers::csat(&ratings).map_err(to_py_err)?)
}

/// Customer effort score of ratings 1..=7: their mean.
#[pyfunction]
fn ces<'py>(py: Python<'py>, ratings: Vec<f64>) -> PyResult<Bound<'py, PyDict>> {
    estimate(py, &drivers::ces(&ratings).map_err(to_py_err)?)
}

pub(super) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(nps, m)?)?;
    m.add_function(wrap_pyfunction!(csat, m)?)?;
    m.add_function(wrap_pyfunction!(ces, m)?)
}
