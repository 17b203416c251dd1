//! Figures of a list of ratings: indices, thresholds, gaps, sample size.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{estimate, to_py_err};
use crate::drivers::{self, Answers, Estimate};
use crate::{Result, Scale};

/// The index of a scale's ratings; `customers` names who gave each, `weights` what each stands for.
#[pyfunction]
#[pyo3(signature = (scale, ratings, weights=None, customers=None))]
fn index<'py>(
    py: Python<'py>,
    scale: &str,
    ratings: Vec<Option<f64>>,
    weights: Option<Vec<f64>>,
    customers: Option<Vec<Option<String>>>,
) -> PyResult<Bound<'py, PyDict>> {
    let customers: Vec<Option<u64>> =
        customers.unwrap_or_default().iter().map(|name| name.as_deref().map(drivers::customer_key)).collect();
    let answers = Answers {
        ratings: &ratings,
        customers: &customers,
        weights: &weights.unwrap_or_default(),
        ..Answers::default()
    };
    let figure = Scale::from_name(scale).and_then(|scale| scale.estimate(&answers));
    estimate(py, &figure.map_err(to_py_err)?)
}

/// Share of `n` rows with its interval.
#[pyfunction]
fn share(py: Python<'_>, n_with: usize, n: usize) -> PyResult<Bound<'_, PyDict>> {
    estimate(py, &drivers::share(n_with, n))
}

/// `breach`, `none` or `not enough data` of a figure against a threshold.
#[pyfunction]
#[pyo3(signature = (figure, *, at_least=None, at_most=None))]
fn sla(
    figure: (f64, f64, f64, usize),
    at_least: Option<f64>,
    at_most: Option<f64>,
) -> PyResult<&'static str> {
    let (value, ci_low, ci_high, n) = figure;
    let figure = Estimate { value, ci_low, ci_high, n };
    let verdict: Result<_> = match (at_least, at_most) {
        (Some(threshold), None) => Ok(drivers::sla_at_least(&figure, threshold)),
        (None, Some(threshold)) => Ok(drivers::sla_at_most(&figure, threshold)),
        (given, _) => Err(crate::Error::invalid_input(format!(
            "sla: got {} thresholds, expected one of `at_least` and `at_most`",
            if given.is_some() { "two" } else { "no" }
        ))),
    };
    verdict.map(drivers::Sla::as_str).map_err(to_py_err)
}

/// Answers that a margin needs.
#[pyfunction]
#[pyo3(signature = (margin, sd, population=None))]
fn sample_size(margin: f64, sd: f64, population: Option<usize>) -> PyResult<usize> {
    drivers::sample_size(margin, sd, population).map_err(to_py_err)
}

/// Perception gap of each segment, a dict each.
#[pyfunction]
fn perception_gap<'py>(
    py: Python<'py>,
    scale: &str,
    internal: Vec<(String, f64)>,
    customers: Vec<(String, f64)>,
) -> PyResult<Vec<Bound<'py, PyDict>>> {
    let gaps =
        Scale::from_name(scale).and_then(|scale| drivers::perception_gap(scale, &internal, &customers));
    let dict = |gap: &drivers::Gap| {
        let dict = PyDict::new(py);
        dict.set_item("segment", &gap.segment)?;
        dict.set_item("internal", estimate(py, &gap.internal)?)?;
        dict.set_item("customers", estimate(py, &gap.customers)?)?;
        dict.set_item("gap", gap.gap.as_ref().map(|gap| estimate(py, gap)).transpose()?)?;
        dict.set_item("p_value", gap.p_value)?;
        dict.set_item("p_holm", gap.p_holm)?;
        dict.set_item("verdict", gap.verdict())?;
        Ok(dict)
    };
    gaps.map_err(to_py_err)?.iter().map(dict).collect()
}

pub(super) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(index, m)?)?;
    m.add_function(wrap_pyfunction!(share, m)?)?;
    m.add_function(wrap_pyfunction!(sla, m)?)?;
    m.add_function(wrap_pyfunction!(sample_size, m)?)?;
    m.add_function(wrap_pyfunction!(perception_gap, m)?)
}
