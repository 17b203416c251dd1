//! Parquet to rows, and back (feature `parquet`).

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArrayType, DoubleType, Int64Type};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::record::Field;
use parquet::schema::types::Type;

use crate::error::{Error, Result};
use crate::table::frame::{Frame, Values};
use crate::table::survey::{Builder, Row, Survey};

/// Rows of a row group.
const GROUP: usize = 1 << 17;

type Parquet<T> = std::result::Result<T, ParquetError>;

/// Reads a whole file: rows count from 1. Dates and times become ISO text, a list its parts joined with `"; "`, other
/// nested values their JSON text, bytes that are no text their hexadecimal digits.
pub(super) fn read(bytes: Vec<u8>, name: &str) -> Result<Survey> {
    let broken = |what: &str| {
        Error::table(format!("{name}: not a Parquet file that can be read ({what})"))
            .with_hint("write it again, for example with pandas or polars, in snappy, zstd, gzip or lz4")
    };
    // The library promises no panic; a damaged file may still bring its reader to one.
    let rows = catch_unwind(AssertUnwindSafe(|| rows(bytes)));
    let (header, rows) = rows.map_err(|_| broken("damaged"))?.map_err(|error| broken(&error.to_string()))?;
    let mut builder = Builder::new(name, header.into_iter().map(Some).collect())?;
    for (i, cells) in rows.into_iter().enumerate() {
        builder.push(Row { number: i + 1, cells })?;
    }
    builder.finish("UTF-8")
}

type Rows = Vec<Vec<Option<String>>>;

fn rows(bytes: Vec<u8>) -> Parquet<(Vec<String>, Rows)> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes))?;
    let schema = reader.metadata().file_metadata().schema();
    let header = schema.get_fields().iter().map(|field| field.name().to_string()).collect();
    let units: Vec<Option<TimeUnit>> = schema.get_fields().iter().map(|field| time_unit(field)).collect();
    let mut rows = Vec::new();
    for row in reader.get_row_iter(None)? {
        let row = row?;
        let cells = row.get_column_iter().zip(&units).map(|((_, field), unit)| match (field, unit) {
            (Field::Long(time), Some(TimeUnit::MILLIS)) => cell(&Field::TimestampMillis(*time)),
            (Field::Long(time), Some(TimeUnit::MICROS)) => cell(&Field::TimestampMicros(*time)),
            (Field::Long(time), Some(TimeUnit::NANOS)) => {
                cell(&Field::TimestampMicros(time.div_euclid(1000)))
            }
            (field, _) => cell(field),
        });
        rows.push(cells.collect());
    }
    Ok((header, rows))
}

/// Of a column of times: the reader gives those of some writers as bare numbers.
fn time_unit(field: &Type) -> Option<TimeUnit> {
    match field.get_basic_info().logical_type_ref() {
        Some(LogicalType::Timestamp(time)) => Some(time.unit),
        _ => None,
    }
}

fn cell(field: &Field) -> Option<String> {
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(match std::str::from_utf8(bytes.data()) {
            Ok(text) => text.to_string(),
            Err(_) => bytes.data().iter().map(|byte| format!("{byte:02x}")).collect(),
        }),
        Field::Float(number) => Some(number.to_string()),
        Field::Double(number) => Some(number.to_string()),
        Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
            let text = field.to_string();
            let time = text.trim_end_matches(" +00:00");
            let time =
                if time.contains('.') { time.trim_end_matches('0').trim_end_matches('.') } else { time };
            Some(time.trim_end_matches(" 00:00:00").to_string())
        }
        Field::ListInternal(list) => {
            let parts: Vec<String> = list.elements().iter().filter_map(cell).collect();
            (!parts.is_empty()).then(|| parts.join("; "))
        }
        Field::Group(_) | Field::MapInternal(_) => Some(field.to_json_value().to_string()),
        other => Some(other.to_string()),
    }
}

/// The frame as a file: text, numbers and flags may be null, lists are lists.
pub(super) fn to_bytes(frame: &Frame, name: &str) -> Result<Vec<u8>> {
    written(frame).map_err(|error| Error::table(format!("{name}: cannot be written as Parquet: {error}")))
}

fn written(frame: &Frame) -> Parquet<Vec<u8>> {
    let fields = frame.columns().map(|(name, values)| Ok(Arc::new(column_type(name, values)?)));
    let schema = Type::group_type_builder("table").with_fields(fields.collect::<Parquet<_>>()?).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("rasd".to_string())
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    for start in (0..frame.n_rows()).step_by(GROUP) {
        let rows = start..frame.n_rows().min(start + GROUP);
        let mut group = file.next_row_group()?;
        for (_, values) in frame.columns() {
            if let Some(mut column) = group.next_column()? {
                write_column(&mut column, values, rows.clone())?;
                column.close()?;
            }
        }
        group.close()?;
    }
    file.into_inner()
}

fn column_type(name: &str, values: &Values) -> Parquet<Type> {
    let (physical, logical) = match values {
        Values::Text(_) | Values::TextList(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Values::Int(_) | Values::IntList(_) => (Physical::INT64, None),
        Values::Float(_) | Values::FloatList(_) => (Physical::DOUBLE, None),
        Values::Bool(_) => (Physical::BOOLEAN, None),
    };
    let one = |name, repetition| {
        Type::primitive_type_builder(name, physical)
            .with_logical_type(logical.clone())
            .with_repetition(repetition)
            .build()
    };
    let repetition = match values {
        Values::FloatList(_) => Repetition::OPTIONAL,
        Values::TextList(_) | Values::IntList(_) => Repetition::REQUIRED,
        _ => return one(name, Repetition::OPTIONAL),
    };
    let list = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(one("element", repetition)?)])
        .build()?;
    Type::group_type_builder(name)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(list)])
        .build()
}

fn write_column(column: &mut SerializedColumnWriter, values: &Values, rows: Range<usize>) -> Parquet<()> {
    let bytes = |text: &Arc<str>| ByteArray::from(text.as_bytes().to_vec());
    match values {
        Values::Text(cells) => put::<ByteArrayType, _>(column, &cells[rows], bytes),
        Values::Int(cells) => put::<Int64Type, _>(column, &cells[rows], |n| *n),
        Values::Float(cells) => put::<DoubleType, _>(column, &cells[rows], |x| *x),
        Values::Bool(cells) => put::<BoolType, _>(column, &cells[rows], |yes| *yes),
        Values::TextList(lists) => {
            put_lists::<ByteArrayType, _>(column, &lists[rows], 1, |text| Some(bytes(text)))
        }
        Values::IntList(lists) => put_lists::<Int64Type, _>(column, &lists[rows], 1, |n| Some(*n)),
        Values::FloatList(lists) => put_lists::<DoubleType, _>(column, &lists[rows], 2, |x| *x),
    }
}

/// Cells that may be null: level 0 is a null.
fn put<T: DataType, V>(
    column: &mut SerializedColumnWriter,
    cells: &[Option<V>],
    value: impl Fn(&V) -> T::T,
) -> Parquet<()> {
    let values: Vec<T::T> = cells.iter().flatten().map(value).collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    column.typed::<T>().write_batch(&values, Some(&levels), None).map(|_| ())
}

/// Lists: level 0 is an empty one, `full` an element that is there, the level below a null among them.
fn put_lists<T: DataType, V>(
    column: &mut SerializedColumnWriter,
    lists: &[Vec<V>],
    full: i16,
    value: impl Fn(&V) -> Option<T::T>,
) -> Parquet<()> {
    let (mut values, mut definition, mut repetition) = (Vec::new(), Vec::new(), Vec::new());
    for list in lists {
        if list.is_empty() {
            definition.push(0);
            repetition.push(0);
        }
        for (i, element) in list.iter().enumerate() {
            let found = value(element);
            definition.push(if found.is_some() { full } else { full - 1 });
            repetition.push(i16::from(i > 0));
            values.extend(found);
        }
    }
    column.typed::<T>().write_batch(&values, Some(&definition), Some(&repetition)).map(|_| ())
}
