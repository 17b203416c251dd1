//! In: a column of strings that speaks the Arrow PyCapsule interface. Out: columns of the same Arrow type.
//! Law: rows keep their number and order, nulls stay null; a column of another type is a `TypeError`.

use std::fmt::Write;

use arrow_array::builder::{LargeStringBuilder, StringBuilder, StringLikeArrayBuilder, StringViewBuilder};
use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi, to_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayReader, ArrayRef, make_array};
use arrow_schema::DataType;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use rayon::prelude::*;

use super::to_py_err;
use crate::{Error, Normalizer, Result};

/// Rows that one task normalizes.
const ROWS: usize = 1024;

/// A column of strings; speaks the Arrow PyCapsule interface, so `pyarrow.array(s)` and `polars.Series(s)` take it
/// without a copy.
#[pyclass(frozen, module = "rasd")]
pub(super) struct Strings(ArrayRef);

#[pymethods]
impl Strings {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The column as an Arrow schema and array.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        // The protocol lets a producer ignore the wish; consumers cast. A column is taken by this call, a `Table` by
        // its stream: the two share no more than the form of the protocol.
        let _ = requested_schema;
        let (array, schema) = to_ffi(&self.0.to_data()).map_err(|error| broken(&error))?;
        let schema = PyCapsule::new_with_value(py, schema, c"arrow_schema")?;
        let array = PyCapsule::new_with_value(py, array, c"arrow_array")?;
        PyTuple::new(py, [schema, array])
    }

    fn __repr__(&self) -> String {
        format!("<rasd.Strings {} rows: {}>", self.0.len(), self.0.data_type())
    }
}

fn broken(error: &dyn std::fmt::Display) -> PyErr {
    to_py_err(Error::invalid_input(format!("Arrow column: {error}")))
}

/// The chunks of a column that speaks the interface, with their type.
fn read(column: &Bound<'_, PyAny>) -> PyResult<(DataType, Vec<ArrayRef>)> {
    let py = column.py();
    if column.hasattr("__arrow_c_stream__")? {
        let capsule = column.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
        let stream = capsule.pointer_checked(Some(c"arrow_array_stream"))?;
        // SAFETY: a capsule of this name holds a stream of the C interface, which is moved out of it.
        let reader = unsafe { ArrayStreamReader::from_raw(stream.cast::<FFI_ArrowArrayStream>().as_ptr()) };
        let reader = reader.map_err(|error| broken(&error))?;
        let data_type = reader.field().data_type().clone();
        let chunks = reader.collect::<std::result::Result<Vec<_>, _>>();
        // What a producer in Python raised comes before what the interface made of it.
        if let Some(raised) = PyErr::take(py) {
            return Err(raised);
        }
        return Ok((data_type, chunks.map_err(|error| broken(&error))?));
    }
    let (schema, array) = column
        .call_method0("__arrow_c_array__")?
        .extract::<(Bound<'_, PyCapsule>, Bound<'_, PyCapsule>)>()?;
    let schema = schema.pointer_checked(Some(c"arrow_schema"))?.cast::<FFI_ArrowSchema>();
    let array = array.pointer_checked(Some(c"arrow_array"))?.cast::<FFI_ArrowArray>();
    // SAFETY: capsules of these names hold a schema and an array of the C interface; the array is moved out of its own.
    let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
    let data = data.map_err(|error| broken(&error))?;
    Ok((data.data_type().clone(), vec![make_array(data)]))
}

/// `column` normalized, chunk by chunk; `None` for dictionaries, whose values the caller unpacks.
pub(super) fn normalize(
    normalizer: &Normalizer,
    column: &Bound<'_, PyAny>,
    spread: impl FnOnce(&(dyn Fn() -> Result<Vec<ArrayRef>> + Sync)) -> Result<Vec<ArrayRef>> + Send,
) -> PyResult<Option<Vec<Strings>>> {
    let (data_type, chunks) = read(column)?;
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => {}
        DataType::Dictionary(_, _) => return Ok(None),
        other => {
            let mut message = format!("got a column of {other}, expected strings");
            if matches!(other, DataType::Struct(_)) {
                let _ = write!(message, "; choose one column of the table");
            }
            return Err(PyTypeError::new_err(message));
        }
    }
    let all = || chunks.iter().map(|chunk| normalize_chunk(normalizer, chunk)).collect();
    let chunks = column.py().detach(|| spread(&all)).map_err(to_py_err)?;
    Ok(Some(chunks.into_iter().map(Strings).collect()))
}

fn normalize_chunk(normalizer: &Normalizer, chunk: &ArrayRef) -> Result<ArrayRef> {
    // The interface promises UTF-8 that nobody has checked.
    let checked = chunk.to_data().validate_full();
    checked.map_err(|error| Error::invalid_input(format!("Arrow column: {error}")))?;
    match chunk.data_type() {
        DataType::Utf8 => {
            let texts = chunk.as_string::<i32>();
            build::<StringBuilder>(normalizer, chunk, |row| texts.value(row), i32::MAX as usize)
        }
        DataType::LargeUtf8 => {
            let texts = chunk.as_string::<i64>();
            build::<LargeStringBuilder>(normalizer, chunk, |row| texts.value(row), usize::MAX)
        }
        DataType::Utf8View => {
            let texts = chunk.as_string_view();
            build::<StringViewBuilder>(normalizer, chunk, |row| texts.value(row), usize::MAX)
        }
        _ => Ok(chunk.clone()),
    }
}

/// The normalized texts of some rows, end to end, and the length of each; `None` is null.
type Part = (String, Vec<Option<usize>>);

/// A chunk built from `text` of each row of `chunk`, of `most` bytes.
fn build<'a, B: StringLikeArrayBuilder>(
    normalizer: &Normalizer,
    chunk: &'a ArrayRef,
    text: impl Fn(usize) -> &'a str + Sync,
    most: usize,
) -> Result<ArrayRef> {
    let rows = chunk.len();
    let part = |start: usize| -> Part {
        let mut all = String::new();
        let lengths = (start..rows.min(start + ROWS)).map(|row| {
            (!chunk.is_null(row)).then(|| {
                let new = normalizer.normalize(text(row));
                all.push_str(&new);
                new.len()
            })
        });
        let lengths = lengths.collect();
        (all, lengths)
    };
    let parts: Vec<Part> = (0..rows.div_ceil(ROWS)).into_par_iter().map(|index| part(index * ROWS)).collect();
    let bytes: usize = parts.iter().map(|part| part.0.len()).sum();
    if bytes > most {
        let message = format!("Arrow column: {bytes} bytes in a chunk, expected at most {most}");
        return Err(Error::invalid_input(message).with_hint("cast the column to large_string"));
    }
    let mut builder = B::with_capacity(rows);
    for (all, lengths) in &parts {
        let mut at = 0;
        for length in lengths {
            match length {
                Some(length) => builder.append_value(&all[at..at + length]),
                None => builder.append_null(),
            }
            at += length.unwrap_or(0);
        }
    }
    Ok(builder.finish())
}
