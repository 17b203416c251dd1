//! A [`Frame`] to CSV, TSV, JSON, JSON Lines.

use std::io::Write;
use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::table::Format;
use crate::table::atomic::{atomic_folder, atomic_write};
use crate::table::cell::{Cell, cell, is_bidi_control, neutralise};
use crate::table::frame::{Frame, Values};

/// Writes a frame; the extension names the format, `-` is CSV on standard output. The file appears whole or
/// not at all.
///
/// - `.csv` is UTF-8 with a byte order mark, without which Excel shows Arabic as gibberish; `.tsv` and
///   standard output carry none.
/// - `.csv`, `.tsv`: a text cell that a spreadsheet would run (`=`, `+`, `-`, `@`, tab, carriage return, also
///   full width or after blanks) gets a leading apostrophe. `.xlsx`: text is stored as text, never as a formula.
/// - `.csv`, `.tsv`, `.xlsx`: lists are joined with `"; "`, NUL and bidirectional controls are taken out.
/// - `.parquet` (snappy): every column has its type, lists stay lists, text stays as it is.
/// - `.json` (an array of records), `.jsonl`: lists stay lists, text stays as it is, bidirectional controls
///   are shown as `\u` escapes.
/// - A null and an empty text are both an empty cell in `.csv`, `.tsv`, `.xlsx`.
///
/// ```
/// use rasd::{Frame, Values};
/// let mut frame = Frame::default();
/// frame.push("comment", Values::Text(vec![Some("=1+1".into()), None]));
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("out.csv");
/// rasd::table::write(&frame, &path)?;
/// assert_eq!(std::fs::read_to_string(&path).unwrap(), "\u{FEFF}comment\n'=1+1\n\"\"\n");
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::Table`] for an unknown extension, an absent folder, a table too large for a worksheet, a full disk.
pub fn write(frame: &Frame, path: &Path) -> Result<()> {
    let name = path.display().to_string();
    match Format::from_path(path)? {
        Format::Csv => {
            let mark: &[u8] = if path == Path::new("-") { b"" } else { b"\xEF\xBB\xBF" };
            atomic_write(path, |writer| {
                writer.write_all(mark).map_err(|error| refused(&name, error))?;
                delimited(frame, writer, b',', &name)
            })
        }
        Format::Tsv => atomic_write(path, |writer| delimited(frame, writer, b'\t', &name)),
        Format::Jsonl => atomic_write(path, |writer| records(frame, writer, Records::Lines, &name)),
        Format::Json => atomic_write(path, |writer| records(frame, writer, Records::Array, &name)),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => {
            let bytes = crate::table::workbook::to_bytes(frame, &name)?;
            atomic_write(path, |writer| writer.write_all(&bytes).map_err(|error| refused(&name, error)))
        }
        #[cfg(not(feature = "xlsx"))]
        Format::Xlsx => Err(crate::table::no_xlsx(&name)),
        #[cfg(feature = "parquet")]
        Format::Parquet => {
            let bytes = crate::table::parquet::to_bytes(frame, &name)?;
            atomic_write(path, |writer| writer.write_all(&bytes).map_err(|error| refused(&name, error)))
        }
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(crate::table::no_parquet(&name)),
    }
}

/// Writes a text file, whole or not at all; `-` is standard output.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<()> {
    let name = path.display().to_string();
    atomic_write(path, |writer| writer.write_all(text.as_bytes()).map_err(|error| refused(&name, error)))
}

/// Writes every frame as `dir/NAME.csv`, `dir/NAME.json` and `dir/NAME.parquet` (feature `parquet`), and every page under its own name. The files are built in a folder beside `dir`: an
/// absent or empty `dir` appears whole, in any other one each file is replaced whole and foreign files stay.
///
/// ```
/// use rasd::{Frame, Values};
/// let mut frame = Frame::default();
/// frame.push("n", Values::Int(vec![Some(1)]));
/// let folder = tempfile::tempdir().unwrap();
/// let out = folder.path().join("out");
/// rasd::table::write_folder(&[("causes", &frame)], &[("report.html", "<!DOCTYPE html>")], &out)?;
/// assert_eq!(std::fs::read_to_string(out.join("causes.json")).unwrap(), "[\n{\"n\":1}\n]\n");
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::Table`] when a name is not a file name, or as [`write`].
pub fn write_folder(frames: &[(&str, &Frame)], pages: &[(&str, &str)], dir: &Path) -> Result<()> {
    if let Some((name, _)) =
        frames.iter().find(|(name, _)| name.is_empty() || name.contains(['/', '\\', '\0']))
    {
        return Err(Error::table(format!("table `{name}`: not a file name")));
    }
    atomic_folder(dir, |folder| {
        for (name, frame) in frames {
            write(frame, &folder.join(format!("{name}.csv")))?;
            write(frame, &folder.join(format!("{name}.json")))?;
            #[cfg(feature = "parquet")]
            write(frame, &folder.join(format!("{name}.parquet")))?;
        }
        for (name, page) in pages {
            write_text(&folder.join(name), page)?;
        }
        Ok(())
    })
}

/// The frame as CSV text, without a byte order mark; formulas neutralised as in [`write`].
///
/// ```
/// use rasd::{Frame, Values};
/// let mut frame = Frame::default();
/// frame.push("cause_ids", Values::IntList(vec![vec![3, 1], vec![]]));
/// frame.push("text", Values::Text(vec![None, Some("a, b".into())]));
/// assert_eq!(rasd::table::to_csv_string(&frame)?, "cause_ids,text\n3; 1,\n,\"a, b\"\n");
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// None on data; the result keeps the shape of [`write`].
pub fn to_csv_string(frame: &Frame) -> Result<String> {
    string(|bytes| delimited(frame, bytes, b',', "CSV"))
}

/// The frame as JSON Lines.
///
/// ```
/// use rasd::{Frame, Values};
/// let mut frame = Frame::default();
/// frame.push("topics", Values::TextList(vec![vec!["سعر".into()], vec![]]));
/// frame.push("share", Values::Float(vec![Some(0.5), None]));
/// let text = rasd::table::to_jsonl_string(&frame)?;
/// assert_eq!(text, "{\"topics\":[\"سعر\"],\"share\":0.5}\n{\"topics\":[],\"share\":null}\n");
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// As [`to_csv_string`].
pub fn to_jsonl_string(frame: &Frame) -> Result<String> {
    string(|bytes| records(frame, bytes, Records::Lines, "JSON"))
}

/// The frame as a JSON array of records.
///
/// ```
/// use rasd::{Frame, Values};
/// let mut frame = Frame::default();
/// frame.push("ok", Values::Bool(vec![Some(true), None]));
/// assert_eq!(rasd::table::to_json_string(&frame)?, "[\n{\"ok\":true},\n{\"ok\":null}\n]\n");
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// As [`to_csv_string`].
pub fn to_json_string(frame: &Frame) -> Result<String> {
    string(|bytes| records(frame, bytes, Records::Array, "JSON"))
}

fn string(write: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<String> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn refused(name: &str, error: impl std::fmt::Display) -> Error {
    Error::table(format!("{name}: cannot be written: {error}"))
}

fn delimited(frame: &Frame, writer: &mut dyn Write, delimiter: u8, name: &str) -> Result<()> {
    let failed = |error: csv::Error| refused(name, error);
    if frame.columns().next().is_none() {
        return Ok(());
    }
    let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_writer(writer);
    csv.write_record(frame.names().map(|name| neutralise(name).into_owned())).map_err(failed)?;
    for row in 0..frame.n_rows() {
        for (_, values) in frame.columns() {
            let text = match cell(values, row) {
                Cell::Empty => String::new(),
                Cell::Text(text) => neutralise(&text).into_owned(),
                Cell::Int(x) => x.to_string(),
                Cell::Float(x) => x.to_string(),
                Cell::Bool(x) => x.to_string(),
            };
            csv.write_field(text).map_err(failed)?;
        }
        csv.write_record(None::<&[u8]>).map_err(failed)?;
    }
    csv.flush().map_err(|error| refused(name, error))
}

#[derive(Clone, Copy, PartialEq)]
enum Records {
    Array,
    Lines,
}

fn records(frame: &Frame, writer: &mut dyn Write, shape: Records, name: &str) -> Result<()> {
    let n_rows = frame.n_rows();
    let mut put = |text: &str| writer.write_all(text.as_bytes()).map_err(|error| refused(name, error));
    if shape == Records::Array {
        put("[\n")?;
    }
    let openings: Vec<String> = frame
        .names()
        .enumerate()
        .map(|(place, name)| format!("{}{}:", if place == 0 { '{' } else { ',' }, Value::from(name)))
        .collect();
    for row in 0..n_rows {
        let mut record = Vec::new();
        for (opening, (_, values)) in openings.iter().zip(frame.columns()) {
            record.extend_from_slice(opening.as_bytes());
            push_json(&mut record, values, row).map_err(|error| refused(name, error))?;
        }
        record.push(b'}');
        let record = String::from_utf8(record).map_err(|error| refused(name, error))?;
        put(&show_bidi_controls(record))?;
        put(if shape == Records::Array && row + 1 < n_rows { ",\n" } else { "\n" })?;
    }
    if shape == Records::Array {
        put("]\n")?;
    }
    Ok(())
}

/// The value at `row`; NaN and infinity have no JSON form and are null.
fn push_json(out: &mut Vec<u8>, values: &Values, row: usize) -> serde_json::Result<()> {
    match values {
        Values::Text(v) => serde_json::to_writer(out, &v.get(row)),
        Values::Int(v) => serde_json::to_writer(out, &v.get(row)),
        Values::Float(v) => serde_json::to_writer(out, &v.get(row)),
        Values::Bool(v) => serde_json::to_writer(out, &v.get(row)),
        Values::FloatList(v) => serde_json::to_writer(out, &v.get(row)),
        Values::TextList(v) => serde_json::to_writer(out, &v.get(row)),
        Values::IntList(v) => serde_json::to_writer(out, &v.get(row)),
    }
}

/// Bidirectional controls stand inside strings only, so their `\u` escapes read back as themselves.
fn show_bidi_controls(json: String) -> String {
    if !json.contains(is_bidi_control) {
        return json;
    }
    json.chars().fold(String::with_capacity(json.len()), |mut out, c| {
        match is_bidi_control(c) {
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
        out
    })
}
