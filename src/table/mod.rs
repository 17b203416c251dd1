//! In: a survey file. Out: [`Frame`]. And back: a `Frame` to a file, whole or not at all.
//! Law: rows in = rows out; nothing is guessed silently.
//!
//! | file | holds |
//! |---|---|
//! | `frame` | the table in memory |
//! | `encoding` | bytes -> text: UTF-8, UTF-16, Windows-1256, else Windows-1252 |
//! | `delimited` | CSV and TSV text -> rows; which delimiter |
//! | `jsonl` | JSON Lines -> rows |
//! | `workbook` | XLSX -> rows, and back (feature `xlsx`) |
//! | `parquet` | Parquet -> rows, and back (feature `parquet`) |
//! | `survey` | rows -> [`Survey`]: header, widths, notes |
//! | `columns` | which column is the text, the rating, the time, the id |
//! | `facts` | what a column's header and cells look like |
//! | `cell` | a value as a spreadsheet cell; the one place that neutralises formulas |
//! | `output` | [`Frame`] -> CSV, TSV, JSON, JSONL |
//! | `atomic` | the one place that writes files: temporary file, fsync, rename |
//!
//! # What counts as a row
//! Lines below the header. A line that holds nothing at all is a row (a null) in a one-column CSV, where it is
//! the only way to write an empty answer; in a wider file it is no row. Blank lines at the end are never rows.
//! `,,,` and a quoted `""` are rows anywhere. In a workbook, rows between the header and the last filled cell
//! count. In JSON Lines a blank line is no row.

mod atomic;
mod cell;
mod columns;
mod delimited;
mod encoding;
mod facts;
mod frame;
mod jsonl;
mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod survey;
#[cfg(feature = "xlsx")]
mod workbook;

use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};

#[cfg(feature = "cli")]
pub(crate) use atomic::atomic_write;
pub use columns::{Columns, Named, choose_columns};
pub use frame::{Frame, Values};
pub(crate) use output::write_text;
pub use output::{to_csv_string, to_json_string, to_jsonl_string, write, write_folder};
pub use survey::Survey;

/// What a path's extension says the file is.
///
/// ```
/// use rasd::table::Format;
/// assert_eq!(Format::from_path("Survey.XLSX".as_ref())?, Format::Xlsx);
/// let error = Format::from_path("survey.docx".as_ref()).unwrap_err();
/// assert!(error.to_string().contains(".csv"));
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma separated; `;`, tab and `|` are detected when reading.
    Csv,
    /// Tab separated.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// A JSON array of objects; written, not read.
    Json,
    /// An Excel workbook (feature `xlsx`).
    Xlsx,
    /// Apache Parquet (feature `parquet`).
    Parquet,
}

impl Format {
    /// The format of a path, from its extension in any case; `-` is [`Format::Csv`].
    ///
    /// # Errors
    /// [`Error::Table`] when the extension is none of the accepted ones.
    pub fn from_path(path: &Path) -> Result<Self> {
        if path == Path::new("-") {
            return Ok(Self::Csv);
        }
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let accepted = "expected .csv, .tsv, .jsonl, .xlsx or .parquet";
        match extension.as_str() {
            "csv" => Ok(Self::Csv),
            "tsv" | "tab" => Ok(Self::Tsv),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            "json" => Ok(Self::Json),
            "xlsx" => Ok(Self::Xlsx),
            "parquet" | "pq" => Ok(Self::Parquet),
            "xls" | "xlsb" | "xlsm" | "ods" => {
                Err(Error::table(format!("{}: a .{extension} workbook, {accepted}", path.display()))
                    .with_hint("open it in a spreadsheet and save it as .xlsx"))
            }
            "" => Err(Error::table(format!("{}: no extension, {accepted}", path.display()))),
            _ => Err(Error::table(format!("{}: unknown extension .{extension}, {accepted}", path.display()))),
        }
    }
}

/// Reads a survey file; `-` reads CSV from standard input. The whole file is held in memory.
///
/// Every column of the frame is [`Values::Text`]; an empty cell is `None`.
///
/// ```
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("survey.csv");
/// std::fs::write(&path, "id;comment\n1;الخدمة بطيئة\n2;\n").unwrap();
/// let survey = rasd::table::read(&path)?;
/// assert_eq!(survey.frame.n_rows(), 2);
/// assert_eq!(survey.row_numbers, [2, 3]);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::Table`] when the file cannot be opened, is empty, or is not what its extension says; the message
/// names the row.
pub fn read(path: &Path) -> Result<Survey> {
    let format = Format::from_path(path)?;
    if path == Path::new("-") {
        return read_from(std::io::stdin().lock(), format, "standard input");
    }
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(Error::table(format!("{name}: a folder, expected a file")));
    }
    let file = std::fs::File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::table(format!("{name}: there is no such file")),
        _ => Error::table(format!("{name}: cannot be opened: {error}")),
    })?;
    read_from(file, format, &name)
}

/// Reads a survey from any reader; `name` stands in messages.
///
/// ```
/// use rasd::table::{read_from, Format};
/// let survey = read_from("{\"comment\": \"slow\"}\n".as_bytes(), Format::Jsonl, "answers")?;
/// assert_eq!(survey.encoding, "UTF-8");
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// As [`read`].
pub fn read_from(mut reader: impl Read, format: Format, name: &str) -> Result<Survey> {
    let mut bytes = Vec::new();
    reader
        .read_to_end(&mut bytes)
        .map_err(|error| Error::table(format!("{name}: cannot be read: {error}")))?;
    if bytes.is_empty() {
        return Err(Error::table(format!(
            "{name}: the file is empty, expected a header row and rows below it"
        )));
    }
    match format {
        Format::Csv => delimited::read(&bytes, name, None),
        Format::Tsv => delimited::read(&bytes, name, Some('\t')),
        Format::Jsonl => jsonl::read(&bytes, name),
        Format::Json => Err(Error::table(format!("{name}: .json is written but not read, expected .jsonl"))
            .with_hint("write one object a line and name the file .jsonl")),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => workbook::read(bytes, name),
        #[cfg(not(feature = "xlsx"))]
        Format::Xlsx => Err(no_xlsx(name)),
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::read(bytes, name),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(no_parquet(name)),
    }
}

/// The error of a build without Excel.
#[cfg(not(feature = "xlsx"))]
pub(crate) fn no_xlsx(name: &str) -> Error {
    Error::table(format!("{name}: Excel workbooks are not built in"))
        .with_hint("build with the feature `xlsx`, or save the sheet as CSV UTF-8")
}

/// The error of a build without Parquet.
#[cfg(not(feature = "parquet"))]
pub(crate) fn no_parquet(name: &str) -> Error {
    Error::table(format!("{name}: Parquet is not built in"))
        .with_hint("build with the feature `parquet`, or save the table as .csv or .jsonl")
}
