//! In: a taxonomy file or dict, comments. Out: topics and marks as dicts, spans in code points.
//! Law: no algorithm here; a batch equals its comments one by one.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use rayon::prelude::*;

use super::normalize::{CodePoints, text_of};
use super::{input, to_py_err};
use crate::taxonomy::{self, Mark, Reading};

/// Topics, kinds, cues, actors and emotions, with the phrases that say them.
///
/// Parameters
/// ----------
/// path : path-like or None
///     A TOML file laid over the library's own.
/// json : str or None
///     The same as JSON, in place of a file.
#[pyclass(frozen, module = "rasd._rasd", name = "Taxonomy")]
pub struct Taxonomy {
    /// `None` is the library's own.
    own: Option<taxonomy::Taxonomy>,
}

impl Taxonomy {
    pub(super) fn inner(&self) -> &taxonomy::Taxonomy {
        self.own.as_ref().unwrap_or_else(|| taxonomy::Taxonomy::builtin())
    }
}

#[pymethods]
impl Taxonomy {
    #[new]
    #[pyo3(signature = (path = None, json = None))]
    fn new(py: Python<'_>, path: Option<PathBuf>, json: Option<&str>) -> PyResult<Self> {
        let own = py.detach(|| match (path, json) {
            (Some(path), _) => taxonomy::Taxonomy::open(path).map(Some),
            (None, Some(json)) => taxonomy::Taxonomy::from_json(json).map(Some),
            (None, None) => Ok(None),
        });
        Ok(Self { own: own.map_err(to_py_err)? })
    }

    /// Every topic, the library's first.
    #[getter]
    fn topics<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.inner().topics().iter().map(|topic| topic_dict(py, topic)).collect()
    }

    /// What the words of a comment say.
    fn read<'py>(&self, py: Python<'py>, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyDict>> {
        let text = text_of(text)?;
        reading_dict(py, &text, &self.inner().read(&text))
    }

    /// What the words of each comment say; None stays None.
    fn batch<'py>(&self, py: Python<'py>, texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let texts = input::texts(texts)?;
        let read = |text: &Option<String>| text.as_ref().map(|text| self.inner().read(text));
        let readings: Vec<Option<Reading>> =
            py.detach(|| texts.par_iter().with_min_len(16).map(read).collect());
        let list = PyList::empty(py);
        for (text, reading) in texts.iter().zip(&readings) {
            match (text, reading) {
                (Some(text), Some(reading)) => list.append(reading_dict(py, text, reading)?)?,
                _ => list.append(py.None())?,
            }
        }
        Ok(list)
    }

    fn __repr__(&self) -> String {
        let user = self.inner().topics().iter().filter(|topic| topic.user).count();
        format!("Taxonomy(topics={}, user={user})", self.inner().topics().len())
    }
}

fn topic_dict<'py>(py: Python<'py>, topic: &taxonomy::Topic) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("id", &topic.id)?;
    dict.set_item("name_ar", &topic.name_ar)?;
    dict.set_item("name_en", &topic.name_en)?;
    dict.set_item("about_ar", &topic.about_ar)?;
    dict.set_item("about_en", &topic.about_en)?;
    dict.set_item("touchpoint", topic.touchpoint)?;
    dict.set_item("stage", topic.stage)?;
    dict.set_item("parent", &topic.parent)?;
    dict.set_item("seeds", &topic.seeds)?;
    dict.set_item("user", topic.user)?;
    Ok(dict)
}

fn reading_dict<'py>(py: Python<'py>, text: &str, reading: &Reading) -> PyResult<Bound<'py, PyDict>> {
    let points = CodePoints::new(text);
    let dict = PyDict::new(py);
    let lists = [
        ("topics", &reading.topics),
        ("kinds", &reading.kinds),
        ("cues", &reading.cues),
        ("actors", &reading.actors),
        ("emotions", &reading.emotions),
    ];
    for (name, marks) in lists {
        let list = PyList::empty(py);
        for mark in marks {
            let told = mark_dict(py, text, &points, mark)?;
            match name {
                "cues" => told.set_item("sense", mark.sense.as_deref())?,
                "emotions" => told.set_item("intensity", mark.intensity)?,
                _ => {}
            }
            list.append(told)?;
        }
        dict.set_item(name, list)?;
    }
    Ok(dict)
}

fn mark_dict<'py>(
    py: Python<'py>,
    text: &str,
    points: &CodePoints,
    mark: &Mark,
) -> PyResult<Bound<'py, PyDict>> {
    let (start, end) = points.span(mark.span);
    let dict = PyDict::new(py);
    dict.set_item("id", &*mark.id)?;
    dict.set_item("start", start)?;
    dict.set_item("end", end)?;
    dict.set_item("text", &text[mark.span.start..mark.span.end])?;
    dict.set_item("strength", mark.strength.as_str())?;
    Ok(dict)
}

/// Adds this room's class to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Taxonomy>()
}
