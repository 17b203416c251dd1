//! Ratings as written to numbers on a known scale.

use crate::{Error, Result, Scale};

/// The scale, from the column's name, else from where nearly all of its values lie.
fn guess(name: &str, values: &[f64]) -> Scale {
    let name = name.to_lowercase();
    if name.contains("nps") {
        return Scale::Nps;
    }
    if name.contains("ces") || name.contains("effort") {
        return Scale::Ces;
    }
    if name.contains("csat") || name.contains("star") {
        return Scale::Csat;
    }
    let within = values.iter().filter(|value| (1.0..=5.0).contains(*value)).count();
    // One mistyped 55 must not turn a five-star column into another scale.
    if within * 20 >= values.len() * 19 { Scale::Csat } else { Scale::Nps }
}

/// Ratings of a survey, in row order.
pub(super) struct Ratings {
    pub scale: Scale,
    /// `None` where the cell was empty or no number.
    pub values: Vec<Option<f64>>,
    /// Rows whose cell was no number, with what it held.
    pub unreadable: Vec<(usize, String)>,
}

impl Ratings {
    /// Reads ratings; `None` when no row has one. `row_name` gives the row's name in messages.
    pub fn read<'a>(
        cells: impl Iterator<Item = Option<&'a str>>,
        name: &str,
        scale: Option<Scale>,
        row_name: impl Fn(usize) -> String,
    ) -> Result<Option<Self>> {
        let mut values = Vec::new();
        let mut unreadable = Vec::new();
        let mut written = Vec::new();
        for (row, cell) in cells.enumerate() {
            let cell = cell.map(str::trim).filter(|cell| !cell.is_empty());
            let value = cell.and_then(parse);
            if let (Some(cell), None) = (cell, value) {
                unreadable.push((row, cell.to_string()));
            }
            written.push(cell);
            values.push(value);
        }
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        if known.is_empty() {
            return match unreadable.first() {
                None => Ok(None),
                Some((row, cell)) => Err(Error::invalid_input(format!(
                    "{}: rating `{}`, expected a number; no row has one",
                    row_name(*row),
                    clip(cell)
                ))
                .with_hint("name the rating column, or leave it out")),
            };
        }
        let scale = scale.unwrap_or_else(|| guess(name, &known));
        let (low, high) = scale.bounds();
        for (row, value) in values.iter().enumerate() {
            if let Some(value) = value
                && !(low..=high).contains(value)
            {
                return Err(Error::invalid_input(format!(
                    "{}: rating `{}` is outside {low}..={high} ({})",
                    row_name(row),
                    clip(written[row].unwrap_or_default()),
                    scale.name()
                ))
                .with_hint("correct the cell, or name the scale (nps 0..=10, csat 1..=5, ces 1..=7)"));
            }
        }
        Ok(Some(Self { scale, values, unreadable }))
    }
}

/// A number in Latin, Arabic-Indic or Persian digits, `.`, `,` or U+066B as the decimal sign.
pub(super) fn parse(cell: &str) -> Option<f64> {
    let ascii: String = cell
        .chars()
        .map(|c| match c {
            '\u{0660}'..='\u{0669}' => char::from(b'0' + (c as u32 - 0x0660) as u8),
            '\u{06F0}'..='\u{06F9}' => char::from(b'0' + (c as u32 - 0x06F0) as u8),
            '\u{066B}' | ',' => '.',
            other => other,
        })
        .collect();
    // f64 also reads "inf" and "nan", which are no ratings.
    ascii.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The start of a cell, short enough for a message.
pub(super) fn clip(cell: &str) -> String {
    let mut chars = cell.chars();
    let start: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str], name: &str) -> Result<Option<Ratings>> {
        Ratings::read(cells.iter().map(|c| Some(*c)), name, None, |row| format!("row {}", row + 1))
    }

    #[test]
    fn arabic_digits_and_decimal_signs_are_numbers() {
        let ratings = read(&["٤", "۵", "3٫5", " 2 ", "n/a", ""], "rating").unwrap().unwrap();
        assert_eq!(ratings.values, [Some(4.0), Some(5.0), Some(3.5), Some(2.0), None, None]);
        assert_eq!(ratings.unreadable, [(4, "n/a".to_string())]);
        assert_eq!(ratings.scale, Scale::Csat);
    }

    #[test]
    fn a_rating_off_the_scale_names_its_row() {
        let error = read(&["9", "11"], "nps").err().unwrap().to_string();
        assert_eq!(error, "row 2: rating `11` is outside 0..=10 (NPS)");
    }

    #[test]
    fn one_bad_star_does_not_change_the_scale() {
        let mut cells = vec!["4"; 40];
        cells.push("55");
        assert!(read(&cells, "rating").err().unwrap().to_string().contains("outside 1..=5 (CSAT)"));
    }

    #[test]
    fn words_alone_are_an_error_and_nothing_is_no_rating() {
        assert!(read(&["good", "bad"], "rating").is_err());
        assert!(read(&["", " "], "rating").unwrap().is_none());
    }
}
