//! In: Python strings. Out: normalized strings, explanations, spans in code points.
//! Law: no algorithm here; a batch equals its strings one by one, on any number of threads.

use std::borrow::Cow;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyDict, PyList, PyString};
use rayon::prelude::*;

use super::{arrow, to_py_err};
use crate::{Error, Span};

/// The text of a Python string; a lone surrogate becomes U+FFFD.
pub(super) fn text_of<'a>(text: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    if let Ok(text) = text.to_cow() {
        return Ok(text);
    }
    let bytes: Vec<u8> = text.call_method1("encode", ("utf-32-le", "surrogatepass"))?.extract()?;
    let decoded = bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|unit| char::from_u32(u32::from_le_bytes(*unit)).unwrap_or('\u{fffd}'))
        .collect();
    Ok(Cow::Owned(decoded))
}

/// A cell of a list, ready to leave the interpreter.
enum Row {
    Null,
    Text(PyBackedStr),
    /// Not the text that stands in the cell: it had a lone surrogate, or a type derived from `str`.
    Repaired(String),
}

impl Row {
    fn read(row: usize, cell: &Bound<'_, PyAny>) -> PyResult<Self> {
        if cell.is_none() {
            return Ok(Row::Null);
        }
        let text = cell.cast::<PyString>().map_err(|_| {
            let kind = cell.get_type().name().map_or_else(|_| String::from("?"), |name| name.to_string());
            PyTypeError::new_err(format!("row {row}: got {kind}, expected str or None"))
        })?;
        Row::of(text)
    }

    fn of(text: &Bound<'_, PyString>) -> PyResult<Self> {
        if text.is_exact_instance_of::<PyString>()
            && let Ok(text) = PyBackedStr::try_from(text.clone())
        {
            return Ok(Row::Text(text));
        }
        Ok(Row::Repaired(text_of(text)?.into_owned()))
    }

    fn text(&self) -> Option<&str> {
        match self {
            Row::Null => None,
            Row::Text(text) => Some(text),
            Row::Repaired(text) => Some(text),
        }
    }
}

/// The new text where it is one.
fn changed(text: Cow<'_, str>) -> Option<String> {
    match text {
        Cow::Owned(new) => Some(new),
        Cow::Borrowed(_) => None,
    }
}

/// Runs `work` on so many threads, or on all there are.
fn spread<T: Send>(
    threads: Option<usize>,
    work: impl FnOnce() -> crate::Result<T> + Send,
) -> crate::Result<T> {
    let Some(threads) = threads else { return work() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build();
    pool.map_err(|error| Error::invalid_input(format!("threads: got {threads}: {error}")))?.install(work)
}

/// Byte offsets of one text as code points.
pub(super) struct CodePoints(Vec<usize>);

impl CodePoints {
    pub(super) fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).collect())
    }

    pub(super) fn span(&self, span: Span) -> (usize, usize) {
        let at = |byte: usize| self.0.partition_point(|start| *start < byte);
        (at(span.start), at(span.end))
    }
}

/// Normalizes text by rules.
///
/// Parameters
/// ----------
/// preset : str or None, default "feedback"
///     "light" (hygiene), "feedback" (what models read), "search" (matching key); None starts from no rules.
/// **rules : str, bool or int
///     One rule each, over the preset: ``emoji="strip"``, ``phones="mask"``, ``reduce_elongation=1``.
#[pyclass(frozen, module = "rasd", name = "Normalizer")]
pub struct Normalizer {
    inner: crate::Normalizer,
}

/// What a normalizer did to one text; spans count code points.
#[pyclass(frozen, get_all, module = "rasd", name = "Explanation")]
pub struct Explanation {
    /// The normalized text.
    text: String,
    /// ((start, end) in the normalized text, (start, end) in the source) of every changed stretch.
    alignment: Vec<((usize, usize), (usize, usize))>,
    /// What each rule changed, in order.
    changes: Vec<Py<Change>>,
}

/// One change a rule made; the span counts code points of the source.
#[pyclass(frozen, get_all, module = "rasd", name = "Change")]
pub struct Change {
    rule: &'static str,
    span: (usize, usize),
    before: String,
    after: String,
}

#[pymethods]
impl Change {
    fn __repr__(&self) -> String {
        format!(
            "Change(rule={:?}, span={:?}, before={:?}, after={:?})",
            self.rule, self.span, self.before, self.after
        )
    }
}

#[pymethods]
impl Explanation {
    fn __repr__(&self) -> String {
        format!("Explanation(text={:?}, changes={})", self.text, self.changes.len())
    }
}

/// A rule's value as the core takes it.
fn rule_value(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(if flag.is_true() { "on" } else { "off" }.to_string());
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text_of(text)?.into_owned());
    }
    match value.extract::<i64>() {
        Ok(number) => Ok(number.to_string()),
        Err(_) => Err(PyTypeError::new_err(format!(
            "rule `{name}`: got {}, expected str, bool or int",
            value.get_type().name()?
        ))),
    }
}

#[pymethods]
impl Normalizer {
    #[new]
    #[pyo3(signature = (preset = Some("feedback"), **rules))]
    fn new(preset: Option<&str>, rules: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut inner = match preset {
            Some(name) => crate::Normalizer::preset(name).map_err(to_py_err)?,
            None => crate::Normalizer::empty(),
        };
        for (name, value) in rules.into_iter().flatten() {
            let name: String = name.extract()?;
            inner = inner.with(&name, &rule_value(&name, &value)?).map_err(to_py_err)?;
        }
        Ok(Self { inner })
    }

    /// The normalized text.
    fn __call__<'py>(&self, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
        let row = Row::of(text)?;
        Ok(match (self.inner.normalize(row.text().unwrap_or_default()), &row) {
            (Cow::Borrowed(_), Row::Text(_)) => text.clone(),
            (new, _) => PyString::new(text.py(), &new),
        })
    }

    /// Normalizes a list of str; None stays None.
    #[pyo3(signature = (texts, threads = None))]
    fn batch_list<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyList>,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyList>> {
        // Another thread may change the list meanwhile.
        let cells: Vec<Bound<'py, PyAny>> = texts.iter().collect();
        let rows =
            cells.iter().enumerate().map(|(row, cell)| Row::read(row, cell)).collect::<PyResult<_>>()?;
        let new = |row: &Row| row.text().and_then(|text| changed(self.inner.normalize(text)));
        let normalize =
            |rows: &Vec<Row>| -> Vec<Option<String>> { rows.par_iter().with_min_len(64).map(new).collect() };
        let new = py.detach(|| spread(threads, || Ok(normalize(&rows)))).map_err(to_py_err)?;
        let cell = |((cell, row), new): ((Bound<'py, PyAny>, &Row), Option<String>)| match (new, row) {
            (Some(new), _) => PyString::new(py, &new).into_any(),
            (None, Row::Repaired(text)) => PyString::new(py, text).into_any(),
            (None, _) => cell,
        };
        PyList::new(py, cells.into_iter().zip(&rows).zip(new).map(cell).collect::<Vec<_>>())
    }

    /// Normalizes a column that speaks the Arrow PyCapsule interface, chunk by chunk, each of the type it had; None for a
    /// dictionary. Null stays null.
    #[pyo3(signature = (column, threads = None))]
    fn batch_arrow(
        &self,
        column: &Bound<'_, PyAny>,
        threads: Option<usize>,
    ) -> PyResult<Option<Vec<arrow::Strings>>> {
        arrow::normalize(&self.inner, column, |work| spread(threads, work))
    }

    /// The normalized text with its alignment and the changes of each rule, in code points.
    fn explain(&self, py: Python<'_>, text: &Bound<'_, PyString>) -> PyResult<Explanation> {
        let source = text_of(text)?;
        let explained = self.inner.explain(&source);
        let (from, to) = (CodePoints::new(&source), CodePoints::new(&explained.text));
        let pieces = explained.alignment.pieces().iter();
        let alignment = pieces.map(|piece| (to.span(piece.normalized), from.span(piece.source))).collect();
        let changes = explained
            .changes
            .into_iter()
            .map(|change| {
                let span = from.span(change.span);
                Py::new(py, Change { rule: change.rule, span, before: change.before, after: change.after })
            })
            .collect::<PyResult<_>>()?;
        Ok(Explanation { text: explained.text, alignment, changes })
    }

    /// The code points of the source that code points `start..end` of the normalized text came from.
    fn source_span(&self, text: &Bound<'_, PyString>, start: usize, end: usize) -> PyResult<(usize, usize)> {
        let source = text_of(text)?;
        let normalized = self.inner.normalize_aligned(&source);
        let starts = CodePoints::new(&normalized.text);
        let byte = |at: usize| starts.0.get(at).copied().unwrap_or(normalized.text.len());
        Ok(CodePoints::new(&source).span(normalized.source_span(Span { start: byte(start), end: byte(end) })))
    }

    /// The preset and the rules over it, as plain data.
    #[getter]
    fn spec<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let spec = self.inner.spec();
        let dict = PyDict::new(py);
        dict.set_item("preset", spec.preset)?;
        dict.set_item("rules", spec.rules)?;
        Ok(dict)
    }

    /// Every rule with its value, the preset's included, in the order they run.
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (rule, value) in self.inner.rules() {
            dict.set_item(rule, value)?;
        }
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        let spec = self.inner.spec();
        let preset = spec.preset.map_or_else(|| "None".to_string(), |name| format!("\"{name}\""));
        let rules: String = spec.rules.iter().map(|(name, value)| format!(", {name}=\"{value}\"")).collect();
        format!("Normalizer({preset}{rules})")
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        let rebuild = slf.get_type().getattr("from_spec")?;
        Ok((rebuild, (slf.get().spec(slf.py())?,)))
    }

    /// The normalizer that :attr:`spec` describes.
    #[staticmethod]
    fn from_spec(spec: &Bound<'_, PyDict>) -> PyResult<Self> {
        let preset: Option<String> = spec.get_item("preset")?.and_then(|name| name.extract().ok());
        let rules = spec.get_item("rules")?;
        Self::new(preset.as_deref(), rules.as_ref().and_then(|rules| rules.cast::<PyDict>().ok()))
    }
}

/// Adds this room's classes to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Normalizer>()?;
    module.add_class::<Explanation>()?;
    module.add_class::<Change>()?;
    module.add_class::<arrow::Strings>()?;
    Ok(())
}
