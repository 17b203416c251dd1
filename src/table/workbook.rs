//! XLSX to rows, and back (feature `xlsx`).

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet};

use crate::error::{Error, Result};
use crate::table::cell::{Cell, cell, printable};
use crate::table::frame::Frame;
use crate::table::survey::{Builder, Row, Survey, Tally, shorten};

/// Characters (UTF-16 units) a worksheet cell holds.
const MAX_CELL: usize = 32_767;
/// Rows and columns of a worksheet.
const MAX_ROWS: usize = 1_048_576;
const MAX_COLUMNS: usize = 16_384;
/// The sheet that takes what no cell can hold.
const LONG_TEXT: &str = "long_text";

/// Reads the first sheet that has a filled cell; its first filled row is the header.
///
/// Dates become ISO text, numbers lose a trailing `.0`, errors (`#N/A`) are nulls with a note, a formula is its
/// last computed value, `_x000D_` is decoded as Excel does. Cells are read one by one, so a stray cell at the far
/// end of the sheet costs no memory.
pub(super) fn read(bytes: Vec<u8>, name: &str) -> Result<Survey> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(not_a_workbook(&bytes, name));
    }
    let broken = |error: &dyn std::fmt::Display| {
        Error::table(format!("{name}: a ZIP container, but not an Excel workbook that can be read ({error})"))
            .with_hint("open it in a spreadsheet and save it again as .xlsx")
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    for (index, sheet) in sheets.iter().enumerate() {
        let mut cells = Vec::new();
        let mut errors = Tally::default();
        let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|error| broken(&error))?;
        while let Some(found) = reader.next_cell().map_err(|error| broken(&error))? {
            let (row, column) = found.get_position();
            if matches!(found.get_value(), DataRef::Error(_)) {
                errors.add(row as usize + 1);
            }
            if let Some(text) = text(found.get_value()) {
                cells.push((row, column, text));
            }
        }
        if cells.is_empty() {
            continue;
        }
        let mut survey = sheet_rows(cells, name, errors)?;
        if index > 0 || sheets.len() > 1 {
            survey.notes.insert(0, format!("read the sheet `{}` of {}", shorten(sheet), sheets.len()));
        }
        return Ok(survey);
    }
    Err(Error::table(format!("{name}: no sheet has a filled cell, expected a header row and rows below it")))
}

/// Rows of one sheet; `cells` are `(row, column, text)` from 0, never empty text.
fn sheet_rows(mut cells: Vec<(u32, u32, String)>, name: &str, errors: Tally) -> Result<Survey> {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let first_column = cells.iter().map(|(_, column, _)| *column).min().unwrap_or_default();
    let mut rows: Vec<Row> = Vec::new();
    for (row, column, text) in cells {
        let number = row as usize + 1;
        let next = rows.last().map_or(number, |last| last.number + 1);
        rows.extend((next..=number).map(|number| Row { number, cells: Vec::new() }));
        if let Some(last) = rows.last_mut() {
            last.cells.resize((column - first_column) as usize, None);
            last.cells.push(Some(text));
        }
    }
    let mut rows = rows.into_iter();
    let header = rows.next().map(|row| row.cells).unwrap_or_default();
    let mut builder = Builder::new(name, header)?;
    for mut row in rows {
        // A sheet has no short rows: what was never typed is an empty cell.
        row.cells.resize(row.cells.len().max(builder.width()), None);
        builder.push(row)?;
    }
    builder.notes.extend(
        errors.note("cell held an Excel error, read as empty", "cells held Excel errors, read as empty"),
    );
    builder.finish("XLSX")
}

fn text(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::Empty | DataRef::Error(_) => return None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(moment) => iso(moment),
    };
    (!text.is_empty()).then_some(text)
}

/// `2025-10-13`, `2025-10-13T12:59:02`, `12:59:02` for a time of day, `26:30:00` for a duration.
fn iso(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if moment.is_duration() {
        let seconds = (days.abs() * 86_400.0).round() as u64;
        let sign = if days < 0.0 { "-" } else { "" };
        return format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (days < 1.0, time.as_str()) {
        (true, _) => time,
        (false, "00:00:00") => date,
        (false, _) => format!("{date}T{time}"),
    }
}

fn not_a_workbook(bytes: &[u8], name: &str) -> Error {
    let start: String = String::from_utf8_lossy(&bytes[..bytes.len().min(24)]).into_owned();
    let hint = match bytes {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            "it is an old .xls workbook or one locked with a password: open it and save it as .xlsx without one"
        }
        [b'%', b'P', b'D', b'F', ..] => "it is a PDF",
        [b'<', ..] => {
            "it is HTML or XML that an export named .xlsx: open it in a spreadsheet and save it as .xlsx"
        }
        _ => "if it is text, name it .csv, .tsv or .jsonl",
    };
    Error::table(format!(
        "{name}: not an Excel workbook (starts with `{}`), expected a ZIP container",
        shorten(&start)
    ))
    .with_hint(hint)
}

/// The frame as a workbook of one sheet; the bytes depend on the frame alone.
///
/// Text is stored as text, so no cell is a formula. A text longer than a cell holds is cut and marked `…`, and
/// its rest goes to the sheet `long_text` (row, column, part, text): nothing is lost.
pub(super) fn to_bytes(frame: &Frame, name: &str) -> Result<Vec<u8>> {
    let n_columns = frame.columns().count();
    if frame.n_rows() + 1 > MAX_ROWS || n_columns > MAX_COLUMNS {
        return Err(Error::table(format!(
            "{name}: {} rows and {n_columns} columns, a worksheet holds {MAX_ROWS} and {MAX_COLUMNS}",
            frame.n_rows() + 1
        ))
        .with_hint("write .csv or .jsonl"));
    }
    let refused = |error| Error::table(format!("{name}: the workbook cannot be built: {error}"));
    let mut sheet = Worksheet::new();
    let mut long = Worksheet::new();
    long.set_name(LONG_TEXT).map_err(refused)?;
    let mut n_long = 0;
    for (column, (title, values)) in frame.columns().enumerate() {
        let column = column as u16;
        let title = plain(title);
        let (title, _) = cut(&title, MAX_CELL);
        sheet.write_string(0, column, title).map_err(refused)?;
        for row in 0..values.len() {
            let at = row as u32 + 1;
            match cell(values, row) {
                Cell::Empty => continue,
                Cell::Int(x) if x.unsigned_abs() > 1 << 53 => sheet.write_string(at, column, x.to_string()),
                Cell::Int(x) => sheet.write_number(at, column, x as f64),
                Cell::Float(x) => sheet.write_number(at, column, x),
                Cell::Bool(x) => sheet.write_boolean(at, column, x),
                Cell::Text(text) => {
                    let text = plain(&text);
                    let (head, rest) = cut(&text, MAX_CELL);
                    if rest.is_empty() {
                        sheet.write_string(at, column, head)
                    } else {
                        let (head, mut rest) = cut(&text, MAX_CELL - 1);
                        let mut part = 2.0;
                        while !rest.is_empty() {
                            let (piece, left) = cut(rest, MAX_CELL - 1);
                            n_long += 1;
                            long.write_number(n_long, 0, f64::from(at + 1)).map_err(refused)?;
                            long.write_string(n_long, 1, title).map_err(refused)?;
                            long.write_number(n_long, 2, part).map_err(refused)?;
                            long.write_string(n_long, 3, plain(piece)).map_err(refused)?;
                            (rest, part) = (left, part + 1.0);
                        }
                        sheet.write_string(at, column, format!("{head}…"))
                    }
                }
            }
            .map_err(refused)?;
        }
    }
    let mut workbook = Workbook::new();
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1).map_err(refused)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    workbook.push_worksheet(sheet);
    if n_long > 0 {
        for (column, title) in ["row", "column", "part", "text"].into_iter().enumerate() {
            long.write_string(0, column as u16, title).map_err(refused)?;
        }
        workbook.push_worksheet(long);
    }
    workbook.save_to_buffer().map_err(refused)
}

/// Printable text that the writer stores as it is. It would pass `<r>...</r>` through as raw rich-text XML, so
/// such a text ends with a blank.
fn plain(text: &str) -> String {
    let mut text = printable(text).into_owned();
    if text.starts_with("<r>") && text.ends_with("</r>") {
        text.push(' ');
    }
    text
}

/// The first `units` UTF-16 units, whole characters, and the rest.
fn cut(text: &str, units: usize) -> (&str, &str) {
    let mut used = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            used += c.len_utf16();
            used > units
        })
        .map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}
