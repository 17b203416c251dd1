//! Rows of text cells to a [`Survey`]: header names, widths, what had to be repaired.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::table::cell::is_bidi_control;
use crate::table::frame::{Frame, Values};

/// A survey as read.
///
/// ```
/// use rasd::table::{read_from, Format};
/// let survey = read_from("comment,nps\nslow,2\nfine\n".as_bytes(), Format::Csv, "answers.csv")?;
/// assert_eq!(survey.notes, ["1 row has fewer cells than the header; the missing cells are empty (first: row 3)"]);
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// The columns, all [`Values::Text`]; `None` is an empty cell.
    pub frame: Frame,
    /// Where each row starts in its file: line, or row of the sheet, counted from 1.
    pub row_numbers: Vec<usize>,
    /// Character encoding of the file, as read.
    pub encoding: &'static str,
    /// What was detected or repaired, one line each, for the person who sent the file.
    pub notes: Vec<String>,
}

/// One row as a reader found it.
pub(super) struct Row {
    /// Line, or row of the sheet, from 1.
    pub number: usize,
    /// Cells in order.
    pub cells: Vec<Option<String>>,
}

/// Collects rows of one file.
pub(super) struct Builder<'a> {
    name: &'a str,
    header: Vec<String>,
    columns: Vec<Column>,
    row_numbers: Vec<usize>,
    short: Tally,
    nul: Tally,
    pub notes: Vec<String>,
}

/// Cells of one column. What repeats is held once, as long as the column has few different texts.
#[derive(Default)]
struct Column {
    cells: Vec<Option<Arc<str>>>,
    known: HashSet<Arc<str>>,
    has_many: bool,
}

/// More texts than this are not looked for again.
const FEW: usize = 1000;

impl Column {
    fn push(&mut self, cell: Option<String>) {
        let shared = |text: String| match self.known.get(text.as_str()) {
            Some(known) => Arc::clone(known),
            None => {
                let text: Arc<str> = text.into();
                if self.known.len() == FEW {
                    self.has_many = true;
                    self.known = HashSet::new();
                }
                if !self.has_many {
                    self.known.insert(Arc::clone(&text));
                }
                text
            }
        };
        let cell = cell.map(shared);
        self.cells.push(cell);
    }
}

/// How many, and the first row of them.
#[derive(Default)]
pub(super) struct Tally {
    count: usize,
    first: usize,
}

impl Tally {
    pub fn add(&mut self, row: usize) {
        if self.count == 0 {
            self.first = row;
        }
        self.count += 1;
    }

    /// One line, or nothing when nothing was counted.
    pub fn note(&self, one: &str, many: &str) -> Option<String> {
        match self.count {
            0 => None,
            1 => Some(format!("1 {one} (first: row {})", self.first)),
            n => Some(format!("{n} {many} (first: row {})", self.first)),
        }
    }
}

impl<'a> Builder<'a> {
    /// Starts from a header row.
    ///
    /// # Errors
    /// `Table` when two columns have one name.
    pub fn new(name: &'a str, header: Vec<Option<String>>) -> Result<Self> {
        let given: Vec<String> = header
            .into_iter()
            .map(|cell| cell.unwrap_or_default().replace('\0', "").trim().to_string())
            .collect();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (index, column) in given.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
            if let Some(first) = seen.insert(column, index) {
                return Err(Error::table(format!(
                    "{name}: columns {} and {} are both named `{}`, expected different names",
                    first + 1,
                    index + 1,
                    shorten(column)
                ))
                .with_hint("rename one of them in the header row"));
            }
        }
        let header = given
            .iter()
            .enumerate()
            .map(|(index, column)| {
                let mut made =
                    if column.is_empty() { format!("column_{}", index + 1) } else { column.clone() };
                while column.is_empty() && seen.contains_key(made.as_str()) {
                    made.push('_');
                }
                made
            })
            .collect();
        Ok(Self {
            name,
            columns: given.iter().map(|_| Column::default()).collect(),
            header,
            row_numbers: Vec::new(),
            short: Tally::default(),
            nul: Tally::default(),
            notes: Vec::new(),
        })
    }

    /// Adds a row; missing cells are nulls, empty cells too many are dropped.
    ///
    /// # Errors
    /// `Table` when a filled cell stands beyond the header.
    pub fn push(&mut self, row: Row) -> Result<()> {
        let width = self.columns.len();
        if row.cells.iter().skip(width).flatten().any(|cell| !cell.is_empty()) {
            let error = Error::table(format!(
                "{}: row {}: {} cells, expected {width}",
                self.name,
                row.number,
                row.cells.len()
            ));
            return Err(error.with_hint(
                "quote a cell that holds the delimiter (\"like, this\"), and let the first row be the header, not a title",
            ));
        }
        if row.cells.len() < width {
            self.short.add(row.number);
        }
        let mut cells = row.cells.into_iter();
        for column in &mut self.columns {
            let mut cell = cells.next().flatten().filter(|cell| !cell.is_empty());
            if cell.as_ref().is_some_and(|cell| cell.contains('\0')) {
                self.nul.add(row.number);
                cell = cell.map(|cell| cell.replace('\0', "")).filter(|cell| !cell.is_empty());
            }
            column.push(cell);
        }
        self.row_numbers.push(row.number);
        Ok(())
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// The survey.
    ///
    /// # Errors
    /// `Table` when there is no column or no row.
    pub fn finish(self, encoding: &'static str) -> Result<Survey> {
        if self.columns.is_empty() {
            return Err(Error::table(format!("{}: no columns, expected at least one", self.name)));
        }
        if self.row_numbers.is_empty() {
            return Err(Error::table(format!("{}: no rows below the header", self.name))
                .with_hint(format!("the header reads: {}", shorten(&self.header.join(", ")))));
        }
        let mut notes = self.notes;
        notes.extend(self.short.note(
            "row has fewer cells than the header; the missing cells are empty",
            "rows have fewer cells than the header; the missing cells are empty",
        ));
        notes.extend(self.nul.note("cell held NUL, removed", "cells held NUL, removed"));
        let mut frame = Frame::default();
        for (name, column) in self.header.into_iter().zip(self.columns) {
            frame.push(name, Values::Text(column.cells));
        }
        Ok(Survey { frame, row_numbers: self.row_numbers, encoding, notes })
    }
}

/// The first 80 characters, with control characters escaped, for messages.
pub(super) fn shorten(text: &str) -> String {
    let mut short = String::new();
    for c in text.chars().take(80) {
        match c.is_control() || is_bidi_control(c) {
            true => short.extend(c.escape_default()),
            false => short.push(c),
        }
    }
    if text.chars().nth(80).is_some() {
        short.push('…');
    }
    short
}
