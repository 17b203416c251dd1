//! CSV and TSV text to rows.
//!
//! The scanner is our own because a survey reader must know three things the `csv` crate does not tell: which
//! lines were blank, on which line a row starts after cells with line breaks, and that a quote never closed.

use crate::error::{Error, Result};
use crate::table::encoding::decode;
use crate::table::survey::{Builder, Row, Survey, shorten};

/// Delimiters looked for, the likelier first. Excel writes `;` where the comma is the decimal sign.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// Reads a whole file; `delimiter: None` detects it.
pub(super) fn read(bytes: &[u8], name: &str, delimiter: Option<char>) -> Result<Survey> {
    let decoded = decode(bytes, name)?;
    let (text, skipped, named) = match delimiter {
        None => excel_separator_line(&decoded.text),
        Some(_) => (decoded.text.as_str(), 0, None),
    };
    let detected = if delimiter.is_none() { named.or_else(|| detect(text)) } else { None };
    let one_column = delimiter.is_none() && detected.is_none();
    let delimiter = delimiter.or(detected);
    let unclosed = |line: usize| {
        Error::table(format!("{name}: row {line}: a quote opens and never closes"))
            .with_hint("inside a quoted cell write a quote twice (\"\"); expected a closing quote before the end of the file")
    };

    let mut records = Records::new(text, delimiter, 1 + skipped);
    let header = loop {
        match records.next() {
            None => {
                return Err(Error::table(format!(
                    "{name}: the file holds only blanks, expected a header row and rows below it"
                )));
            }
            Some(Err(line)) => return Err(unclosed(line)),
            Some(Ok(record)) if record.blank => {}
            Some(Ok(record)) => break record.row.cells,
        }
    };
    let mut builder = Builder::new(name, header)?;
    let is_narrow = builder.width() == 1;
    let mut blanks = Vec::new();
    for record in records {
        let record = record.map_err(unclosed)?;
        if record.blank {
            if is_narrow {
                blanks.push(record.row);
            }
            continue;
        }
        for blank in blanks.drain(..) {
            builder.push(blank)?;
        }
        builder.push(record.row)?;
    }
    builder.notes.extend(decoded.notes);
    match detected {
        Some(',') => {}
        Some(other) => builder.notes.push(format!("detected delimiter `{}`", shorten(&other.to_string()))),
        None if one_column => {
            builder.notes.push("no delimiter in the header: read as one column".to_string())
        }
        None => {}
    }
    builder.finish(decoded.encoding)
}

/// Excel's own first line `sep=;`: the text below it, the lines skipped, the delimiter.
fn excel_separator_line(text: &str) -> (&str, usize, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_end_matches('\r').strip_prefix("sep=").and_then(|named| {
        let mut chars = named.chars();
        chars.next().filter(|c| c.is_ascii() && !matches!(c, '"' | '\r') && chars.next().is_none())
    });
    match named {
        Some(_) => (rest, 1, named),
        None => (text, 0, None),
    }
}

/// The delimiter whose header has several cells and whose first rows agree with it most; `None` when no
/// candidate stands in the header outside quotes.
fn detect(text: &str) -> Option<char> {
    let mut best = None;
    let mut best_key = (0, 1);
    for delimiter in DELIMITERS {
        let mut widths = Records::new(text, Some(delimiter), 1)
            .map_while(std::result::Result::ok)
            .filter(|record| !record.blank)
            .map(|record| record.row.cells.len());
        let Some(header) = widths.next().filter(|&width| width > 1) else {
            continue;
        };
        let agreeing = widths.take(20).filter(|&width| width == header).count();
        if best.is_none() || (agreeing, header) > best_key {
            best = Some(delimiter);
            best_key = (agreeing, header);
        }
    }
    best
}

struct Record {
    row: Row,
    /// The line held nothing but blanks: no delimiter, no quote.
    blank: bool,
}

/// Iterates over records; `Err(line)` when a quote that opened on `line` never closes.
struct Records<'a> {
    text: &'a str,
    delimiter: Option<char>,
    at: usize,
    line: usize,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: Option<char>, first_line: usize) -> Self {
        Self { text, delimiter, at: 0, line: first_line }
    }

    /// The quoted part of a cell whose quote stands at `self.at`; afterwards `self.at` is past the closing quote.
    fn quoted(&mut self, cell: &mut String) -> std::result::Result<(), usize> {
        let opened = self.line;
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let close = rest.find('"').ok_or(opened)?;
            cell.push_str(&rest[..close]);
            self.line += line_breaks(&rest[..close]);
            self.at += close + 1;
            if !self.text[self.at..].starts_with('"') {
                return Ok(());
            }
            cell.push('"');
            self.at += 1;
        }
    }
}

impl Iterator for Records<'_> {
    type Item = std::result::Result<Record, usize>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let number = self.line;
        let mut cells = Vec::new();
        let mut any_quote = false;
        loop {
            let mut cell = String::new();
            if self.text[self.at..].starts_with('"') {
                any_quote = true;
                if let Err(line) = self.quoted(&mut cell) {
                    self.at = self.text.len();
                    return Some(Err(line));
                }
            }
            let rest = &self.text[self.at..];
            let ends = |c: char| c == '\n' || c == '\r' || Some(c) == self.delimiter;
            let length = rest.find(ends).unwrap_or(rest.len());
            cell.push_str(&rest[..length]);
            cells.push(Some(cell));
            self.at += length;
            let rest = &rest[length..];
            if let Some(delimiter) = self.delimiter.filter(|&delimiter| rest.starts_with(delimiter)) {
                self.at += delimiter.len_utf8();
                continue;
            }
            if !rest.is_empty() {
                self.at += if rest.starts_with("\r\n") { 2 } else { 1 };
                self.line += 1;
            }
            let blank = !any_quote
                && cells.len() == 1
                && cells[0].as_deref().is_none_or(|cell| cell.trim_matches([' ', '\t']).is_empty());
            return Some(Ok(Record { row: Row { number, cells }, blank }));
        }
    }
}

/// Line breaks in a piece: `\n`, `\r\n` and lone `\r` count one each.
fn line_breaks(piece: &str) -> usize {
    let lone = piece.as_bytes().windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    piece.matches('\n').count() + lone + usize::from(piece.ends_with('\r'))
}
