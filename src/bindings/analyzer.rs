//! [`crate::Analyzer`] and its result.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyDict};

use super::input::{cells, texts, texts_or_empty};
use super::table::Table;
use super::taxonomy::Taxonomy;
use super::{estimate, to_py_err};
use crate::{AnalyzeOptions, Chart, Comment, Monitor, Result, Scale};

/// How often a long call looks for Ctrl-C and reports progress.
const TICK: Duration = Duration::from_millis(100);

/// Runs `work` on a thread of its own, detached from the interpreter; this thread passes on Ctrl-C and calls
/// `progress(done, total)`.
fn watched<T: Send>(
    py: Python<'_>,
    monitor: &Monitor,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce() -> Result<T> + Send,
) -> PyResult<T> {
    let mut raised = None;
    let progress = progress.map(|callback| callback.clone().unbind());
    let result = py.detach(|| {
        std::thread::scope(|scope| {
            let worker = scope.spawn(work);
            let mut waited = Duration::ZERO;
            while !worker.is_finished() {
                // Short calls end between the first short naps.
                let nap = if waited < TICK { Duration::from_micros(200) } else { TICK };
                std::thread::park_timeout(nap);
                waited += nap;
                if waited < TICK || raised.is_some() {
                    continue;
                }
                let told = Python::attach(|py| {
                    py.check_signals()?;
                    if let Some(callback) = &progress {
                        callback.call1(py, (monitor.progress(),))?;
                    }
                    Ok(())
                });
                if let Err(error) = told {
                    raised = Some(error);
                    monitor.cancel();
                }
            }
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    });
    match (raised, result) {
        (Some(error), _) => Err(error),
        (None, result) => result.map_err(to_py_err),
    }
}

/// The Rust analyzer; `rasd.Analyzer` wraps it.
#[pyclass(frozen, module = "rasd._rasd")]
pub(super) struct Analyzer(pub crate::Analyzer);

#[pymethods]
impl Analyzer {
    #[new]
    #[pyo3(signature = (model=None, runtime=None, threads=None, taxonomy=None))]
    fn new(
        py: Python<'_>,
        model: Option<PathBuf>,
        runtime: Option<PathBuf>,
        threads: Option<usize>,
        taxonomy: Option<PyRef<'_, Taxonomy>>,
    ) -> PyResult<Self> {
        let mut builder = crate::Analyzer::builder();
        if let Some(taxonomy) = taxonomy {
            builder = builder.taxonomy(taxonomy.inner().clone());
        }
        if let Some(model) = model {
            builder = builder.model(model);
        }
        if let Some(runtime) = runtime {
            builder = builder.runtime(runtime);
        }
        if let Some(threads) = threads {
            builder = builder.threads(threads);
        }
        py.detach(|| builder.build()).map(Self).map_err(to_py_err)
    }

    #[getter]
    fn labels(&self) -> Vec<&'static str> {
        self.0.labels().to_vec()
    }

    #[getter]
    fn model_name(&self) -> &str {
        self.0.model_name()
    }

    #[getter]
    fn dim(&self) -> usize {
        self.0.dim()
    }

    /// `[n, 3]` float32 in row order as bytes; a row of NaN where there is nothing to judge.
    #[pyo3(signature = (values, progress=None))]
    fn predict_proba<'py>(
        &self,
        py: Python<'py>,
        values: &Bound<'py, PyAny>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyByteArray>> {
        let texts = texts_or_empty(values)?;
        let monitor = Monitor::default();
        let rows = watched(py, &monitor, progress, || self.0.predict_proba_with(&texts, &monitor))?;
        Ok(floats(py, rows.iter().map(|row| row.unwrap_or([f32::NAN; 3]))))
    }

    /// `[n, dim]` float32 in row order as bytes; a row of zeros for an empty text.
    #[pyo3(signature = (values, progress=None))]
    fn embed<'py>(
        &self,
        py: Python<'py>,
        values: &Bound<'py, PyAny>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyByteArray>> {
        let texts = texts_or_empty(values)?;
        let monitor = Monitor::default();
        let mut rows = watched(py, &monitor, progress, || self.0.embed_with(&texts, &monitor))?;
        for row in &mut rows {
            row.resize(self.0.dim(), 0.0);
        }
        Ok(floats(py, rows))
    }

    /// Columns of cells to an analysis.
    #[pyo3(signature = (text, rating=None, time=None, by=None, id=None, *, customer=None, weights=None, event=None, rating_name="", by_names=vec![],
                        scale=None, n_causes=None, min_size=None, random_state=0, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "the keyword arguments of one Python call")]
    fn analyze<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        rating: Option<&Bound<'py, PyAny>>,
        time: Option<&Bound<'py, PyAny>>,
        by: Option<Vec<Bound<'py, PyAny>>>,
        id: Option<&Bound<'py, PyAny>>,
        customer: Option<&Bound<'py, PyAny>>,
        weights: Option<&Bound<'py, PyAny>>,
        event: Option<&str>,
        rating_name: &str,
        by_names: Vec<String>,
        scale: Option<&str>,
        n_causes: Option<usize>,
        min_size: Option<usize>,
        random_state: u64,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Analysis> {
        let text = texts(text)?;
        let n = text.len();
        let column = |name: &str, values: Option<&Bound<'py, PyAny>>| -> PyResult<Vec<Option<Arc<str>>>> {
            let Some(values) = values else { return Ok(vec![None; n]) };
            let column = cells(values)?;
            if column.len() == n {
                return Ok(column.into_iter().map(|cell| cell.map(Into::into)).collect());
            }
            Err(PyValueError::new_err(format!("{name}: {} values, expected {n} as text has", column.len())))
        };
        let (mut rating, mut time, mut id) =
            (column("rating", rating)?, column("time", time)?, column("id", id)?);
        let (mut customer, mut weight) = (column("customer", customer)?, column("weights", weights)?);
        let by: Vec<Vec<Option<Arc<str>>>> = by
            .unwrap_or_default()
            .iter()
            .map(|values| column("by", Some(values)))
            .collect::<PyResult<_>>()?;
        let comments: Vec<Comment> = text
            .into_iter()
            .enumerate()
            .map(|(row, text)| Comment {
                text: text.map(Into::into),
                id: id[row].take(),
                rating: rating[row].take(),
                time: time[row].take(),
                by: by.iter().map(|column| column[row].clone()).collect(),
                customer: customer[row].take(),
                weight: weight[row].take(),
            })
            .collect();
        let monitor = Arc::new(Monitor::default());
        let mut options = AnalyzeOptions::default()
            .rating_name(rating_name)
            .by_names(by_names)
            .random_state(random_state)
            .monitor(Arc::clone(&monitor))
            .code_points();
        if let Some(date) = event {
            options = options.event(date);
        }
        if let Some(scale) = scale {
            options = options.scale(Scale::from_name(scale).map_err(to_py_err)?);
        }
        if let Some(n) = n_causes {
            options = options.n_causes(n);
        }
        if let Some(n) = min_size {
            options = options.min_size(n);
        }
        watched(py, &monitor, progress, || self.0.analyze_with(&comments, &options)).map(Analysis)
    }
}

/// The Rust analysis; `rasd.Analysis` wraps it.
#[pyclass(frozen, module = "rasd._rasd")]
pub(super) struct Analysis(crate::Analysis);

#[pymethods]
impl Analysis {
    /// A table by name.
    fn table(&self, name: &str) -> PyResult<Table> {
        let found = self.0.tables().into_iter().find(|(table, _)| *table == name);
        found
            .map(|(_, frame)| Table(frame.clone()))
            .ok_or_else(|| PyValueError::new_err(format!("table `{name}`")))
    }

    #[getter]
    fn kpi<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let Some(kpi) = &self.0.kpi else { return Ok(None) };
        let dict = estimate(py, &kpi.estimate)?;
        dict.set_item("name", kpi.name)?;
        dict.set_item("mean_rating", kpi.mean_rating)?;
        dict.set_item("implied", kpi.implied.map(|implied| estimate(py, &implied)).transpose()?)?;
        Ok(Some(dict))
    }

    #[getter]
    fn notes(&self) -> Vec<String> {
        self.0.notes.clone()
    }

    fn chart(&self, name: &str) -> PyResult<String> {
        Ok(self.0.chart(chart(name)?))
    }

    fn write_chart(&self, py: Python<'_>, name: &str, path: PathBuf) -> PyResult<()> {
        let chart = chart(name)?;
        py.detach(|| self.0.write_chart(chart, &path)).map_err(to_py_err)
    }

    fn html_fragment(&self) -> String {
        self.0.html_fragment()
    }

    fn write_html(&self, py: Python<'_>, path: PathBuf, title: &str) -> PyResult<()> {
        py.detach(|| self.0.write_html(&path, title)).map_err(to_py_err)
    }

    fn write(&self, py: Python<'_>, folder: PathBuf, title: &str) -> PyResult<()> {
        py.detach(|| self.0.write(&folder, title)).map_err(to_py_err)
    }
}

fn chart(name: &str) -> PyResult<Chart> {
    match name {
        "causes" => Ok(Chart::Causes),
        "drivers" => Ok(Chart::Drivers),
        "trend" => Ok(Chart::Trend),
        _ => Err(PyValueError::new_err(format!("chart `{name}`"))),
    }
}

fn floats<R: AsRef<[f32]>>(py: Python<'_>, rows: impl IntoIterator<Item = R>) -> Bound<'_, PyByteArray> {
    let bytes: Vec<u8> =
        rows.into_iter().flat_map(|row| row.as_ref().to_vec()).flat_map(f32::to_ne_bytes).collect();
    PyByteArray::new(py, &bytes)
}

pub(super) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<Analyzer>()?;
    m.add_class::<Analysis>()
}
