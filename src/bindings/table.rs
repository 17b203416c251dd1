//! [`Frame`] as a Python table: an Arrow stream, or columns as lists.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use pyo3::exceptions::{PyKeyError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};

use super::input::cells;
use super::to_py_err;
use crate::table::{Frame, Named, Values, choose_columns};

/// A result table. Speaks the Arrow PyCapsule interface, so `pyarrow.table(t)`, `polars.DataFrame(t)` and others
/// take it without a copy of the caller's own.
#[pyclass(frozen, module = "rasd")]
pub(super) struct Table(pub Frame);

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.0.n_rows()
    }

    /// Column names in order.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.0.names().collect()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        match self.0.get(name) {
            Some(Values::Text(v)) => PyList::new(py, v.iter().map(Option::as_deref)),
            Some(Values::Int(v)) => PyList::new(py, v),
            Some(Values::Float(v)) => PyList::new(py, v),
            Some(Values::Bool(v)) => PyList::new(py, v),
            Some(Values::FloatList(v)) => PyList::new(py, v),
            Some(Values::TextList(v)) => {
                PyList::new(py, v.iter().map(|list| list.iter().map(|text| &**text).collect::<Vec<&str>>()))
            }
            Some(Values::IntList(v)) => PyList::new(py, v),
            None => {
                let names: Vec<&str> = self.0.names().collect();
                Err(PyKeyError::new_err(format!("column `{name}`, expected one of {}", names.join(", "))))
            }
        }
    }

    /// The table as an Arrow C stream of one batch.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore the wish; consumers cast.
        let _ = requested_schema;
        let batch = batch(&self.0).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
        let schema = batch.schema();
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The table as a `pandas.DataFrame`; lists stay lists.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let dict = pyo3::types::PyDict::new(py);
        for name in slf.get().0.names() {
            dict.set_item(name, slf.get().__getitem__(py, name)?)?;
        }
        let kwargs = pyo3::types::PyDict::new(py);
        kwargs.set_item("columns", slf.get().columns())?;
        py.import("pandas")?.getattr("DataFrame")?.call((dict,), Some(&kwargs))
    }

    /// The table as a `polars.DataFrame`.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.getattr("DataFrame")?.call1((slf,))
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.0.names().collect();
        format!("<rasd.Table {} rows: {}>", self.0.n_rows(), names.join(", "))
    }
}

fn batch(frame: &Frame) -> Result<RecordBatch, ArrowError> {
    let arrays: Vec<(&str, ArrayRef)> = frame.columns().map(|(name, values)| (name, array(values))).collect();
    let fields: Vec<Field> =
        arrays.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let rows = arrow_array::RecordBatchOptions::new().with_row_count(Some(frame.n_rows()));
    let columns = arrays.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &rows)
}

fn array(values: &Values) -> ArrayRef {
    match values {
        Values::Text(v) => Arc::new(StringArray::from_iter(v)),
        Values::Int(v) => Arc::new(Int64Array::from_iter(v.iter().copied())),
        Values::Float(v) => Arc::new(Float64Array::from_iter(v.iter().copied())),
        Values::Bool(v) => Arc::new(BooleanArray::from_iter(v.iter().copied())),
        Values::FloatList(v) => {
            let mut builder = ListBuilder::new(Float64Builder::new());
            for list in v {
                list.iter().for_each(|&x| builder.values().append_option(x));
                builder.append(true);
            }
            Arc::new(builder.finish())
        }
        Values::TextList(v) => {
            let mut builder = ListBuilder::new(StringBuilder::new());
            for list in v {
                for item in list {
                    builder.values().append_value(item);
                }
                builder.append(true);
            }
            Arc::new(builder.finish())
        }
        Values::IntList(v) => {
            let mut builder = ListBuilder::new(Int64Builder::new());
            for list in v {
                builder.values().append_slice(list);
                builder.append(true);
            }
            Arc::new(builder.finish())
        }
    }
}

/// The name of the column that holds the comments, guessed as the command line does.
#[pyfunction]
fn guess_text(columns: Vec<(String, Bound<'_, PyAny>)>) -> PyResult<String> {
    let mut frame = Frame::default();
    for (name, values) in &columns {
        frame.push(name, Values::Text(cells(values)?.into_iter().map(|cell| cell.map(Into::into)).collect()));
    }
    let chosen =
        choose_columns(&frame, &Named { reads_rating: Some(crate::reads_as_rating), ..Default::default() })
            .map_err(to_py_err)?;
    Ok(columns[chosen.text].0.clone())
}

pub(super) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(guess_text, m)?)?;
    m.add_class::<Table>()
}
