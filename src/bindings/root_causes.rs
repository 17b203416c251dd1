//! [`crate::RootCauses`] over texts or vectors.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::analyzer::Analyzer;
use super::input::texts_or_empty;
use super::to_py_err;
use crate::{RootCause, RootCausesBuilder, RootTheme};

/// The fitted causes; `rasd.RootCauses` wraps it.
#[pyclass(frozen, module = "rasd._rasd")]
struct RootCauses(crate::RootCauses);

/// `n_causes`, `min_size`, `random_state`, `max_outlier_share`.
type Options = (Option<usize>, Option<usize>, u64, Option<f64>);

fn builder((n_causes, min_size, random_state, max_outlier_share): Options) -> RootCausesBuilder {
    let mut builder = crate::RootCauses::builder().random_state(random_state);
    if let Some(share) = max_outlier_share {
        builder = builder.max_outlier_share(share);
    }
    if let Some(n) = n_causes {
        builder = builder.n_causes(n);
    }
    if let Some(n) = min_size {
        builder = builder.min_size(n);
    }
    builder
}

#[pymethods]
impl RootCauses {
    #[staticmethod]
    fn fit_texts(
        py: Python<'_>,
        analyzer: &Analyzer,
        values: &Bound<'_, PyAny>,
        options: Options,
    ) -> PyResult<Self> {
        let texts = texts_or_empty(values)?;
        let builder = builder(options);
        py.detach(|| builder.fit(&analyzer.0, &texts)).map(Self).map_err(to_py_err)
    }

    #[staticmethod]
    fn fit_vectors(py: Python<'_>, vectors: Vec<Vec<f32>>, options: Options) -> PyResult<Self> {
        let builder = builder(options);
        py.detach(|| builder.fit_vectors(&vectors)).map(Self).map_err(to_py_err)
    }

    fn refit_texts(&self, py: Python<'_>, analyzer: &Analyzer, values: &Bound<'_, PyAny>) -> PyResult<Self> {
        let texts = texts_or_empty(values)?;
        py.detach(|| self.0.refit(&analyzer.0, &texts)).map(Self).map_err(to_py_err)
    }

    fn refit_vectors(&self, py: Python<'_>, vectors: Vec<Vec<f32>>) -> PyResult<Self> {
        py.detach(|| self.0.refit_vectors(&vectors)).map(Self).map_err(to_py_err)
    }

    fn merge(&self, cause_ids: Vec<i32>) -> PyResult<Self> {
        self.0.merge(&cause_ids).map(Self).map_err(to_py_err)
    }

    fn split(&self, py: Python<'_>, cause_id: i32, n: usize) -> PyResult<Self> {
        py.detach(|| self.0.split(cause_id, n)).map(Self).map_err(to_py_err)
    }

    fn labels(&self) -> Vec<i32> {
        self.0.labels().to_vec()
    }

    fn causes<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let dict = |cause: &RootCause| {
            let dict = PyDict::new(py);
            dict.set_item("cause_id", cause.cause_id)?;
            dict.set_item("parent_id", cause.parent_id)?;
            dict.set_item("label_ar", &cause.label_ar)?;
            dict.set_item("label_en", &cause.label_en)?;
            dict.set_item("keywords_ar", &cause.keywords_ar)?;
            dict.set_item("keywords_en", &cause.keywords_en)?;
            dict.set_item("n", cause.n)?;
            dict.set_item("quotes", &cause.quotes)?;
            Ok(dict)
        };
        self.0.causes().iter().map(dict).collect()
    }

    fn themes<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let dict = |theme: &RootTheme| {
            let dict = PyDict::new(py);
            dict.set_item("theme_id", theme.theme_id)?;
            dict.set_item("label_ar", &theme.label_ar)?;
            dict.set_item("label_en", &theme.label_en)?;
            dict.set_item("n", theme.n)?;
            Ok(dict)
        };
        self.0.themes().iter().map(dict).collect()
    }

    fn predict_texts(
        &self,
        py: Python<'_>,
        analyzer: &Analyzer,
        values: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<i32>> {
        let texts = texts_or_empty(values)?;
        py.detach(|| self.0.predict(&analyzer.0, &texts)).map_err(to_py_err)
    }

    fn predict_vectors(&self, py: Python<'_>, vectors: Vec<Vec<f32>>) -> PyResult<Vec<i32>> {
        py.detach(|| self.0.predict_vectors(&vectors)).map_err(to_py_err)
    }

    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| self.0.save(&path)).map_err(to_py_err)
    }

    #[staticmethod]
    #[pyo3(signature = (path, analyzer=None))]
    fn load(py: Python<'_>, path: PathBuf, analyzer: Option<PyRef<'_, Analyzer>>) -> PyResult<Self> {
        let loaded = py.detach(|| crate::RootCauses::load(&path)).map_err(to_py_err)?;
        if let Some(analyzer) = analyzer {
            loaded.check_model(&analyzer.0).map_err(to_py_err)?;
        }
        Ok(Self(loaded))
    }
}

pub(super) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<RootCauses>()
}
