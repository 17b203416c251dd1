//! Ratings as written to numbers on one scale. The column decides: its name, its values, its words.

use crate::{Error, Result, Scale, language};

use super::answers::{self, Answer, Worded};

/// Fewest rows from which numbers alone show a scale of seven.
const ENOUGH_FOR_SEVEN: usize = 50;

/// Ratings of a survey, in row order.
#[derive(Debug)]
pub(super) struct Ratings {
    pub scale: Scale,
    /// `None` where the cell was empty or not on the scale's form.
    pub values: Vec<Option<f64>>,
    /// Rows whose cell could not be read, with why.
    pub unreadable: Vec<(usize, String)>,
}

/// What of a column was read before its scale is known.
struct Column<'a> {
    cells: Vec<Option<&'a str>>,
    numbers: Vec<Option<Answer>>,
    worded: Option<Worded>,
}

impl<'a> Column<'a> {
    fn of(cells: impl Iterator<Item = Option<&'a str>>) -> Self {
        let cells: Vec<Option<&str>> =
            cells.map(|cell| cell.map(str::trim).filter(|cell| !cell.is_empty())).collect();
        let numbers: Vec<Option<Answer>> = cells.iter().map(|cell| cell.and_then(answers::number)).collect();
        let words: Vec<(usize, &str)> = (0..cells.len())
            .filter(|&row| numbers[row].is_none())
            .filter_map(|row| Some((row, cells[row]?)))
            .collect();
        Self { worded: answers::worded(&words), cells, numbers }
    }

    fn n_numbers(&self) -> usize {
        self.numbers.iter().flatten().count()
    }

    fn n_words(&self) -> usize {
        self.worded.as_ref().map_or(0, |worded| worded.values.len())
    }

    /// Cells that answer something.
    fn n_answered(&self) -> usize {
        let read = |row: usize| {
            self.numbers[row].is_some()
                || self.worded.as_ref().is_some_and(|worded| worded.values.contains_key(&row))
        };
        let silent = |cell: &str| language::is_no_comment(cell);
        (0..self.cells.len())
            .filter(|&row| self.cells[row].is_some_and(|cell| read(row) || !silent(cell)))
            .count()
    }

    /// Words lead, and at least four in five cells are read.
    fn is_worded(&self) -> bool {
        self.n_words() > self.n_numbers() && (self.n_words() + self.n_numbers()) * 5 >= self.n_answered() * 4
    }

    /// The scale, from the column's name, else from what is written, else from where nearly all numbers lie.
    fn scale(&self, name: &str) -> Scale {
        let name = name.to_lowercase();
        let effort = name.contains("ces") || name.contains("effort") || name.contains("جهد");
        if let Some(worded) = self.worded.as_ref().filter(|_| self.is_worded()) {
            return match worded.scale.id.as_str() {
                _ if worded.scale.max == 10.0 => Scale::Nps,
                "effort" => Scale::Ces5,
                _ if effort => Scale::Ces5,
                _ => Scale::Csat,
            };
        }
        if name.contains("nps") {
            return Scale::Nps;
        }
        let bests: Vec<u32> = self.numbers.iter().flatten().filter_map(best).collect();
        if bests.len() * 2 > self.n_numbers() {
            let count = |best: &u32| bests.iter().filter(|other| *other == best).count();
            return match [5, 10, 7, 100].iter().rev().max_by_key(|best| count(best)) {
                Some(5) if effort => Scale::Ces5,
                Some(5) => Scale::Csat,
                Some(7) => Scale::Ces,
                Some(10) => Scale::Nps,
                _ => Scale::Percent,
            };
        }
        if effort {
            return Scale::Ces;
        }
        if name.contains("csat") || name.contains("star") || name.contains("نجوم") {
            return Scale::Csat;
        }
        by_values(&self.numbers.iter().flatten().map(value).collect::<Vec<f64>>())
    }

    /// The value of a row on `scale`, or why there is none.
    fn value(&self, row: usize, scale: Scale) -> std::result::Result<Option<f64>, String> {
        let Some(cell) = self.cells[row] else { return Ok(None) };
        match self.numbers[row] {
            Some(Answer::Of(_, best)) if f64::from(best) != scale.bounds().1 => {
                Err(format!("rating `{}` is on another scale than the column", clip(cell)))
            }
            Some(answer) => Ok(Some(value(&answer))),
            None => {
                let worded = self
                    .worded
                    .as_ref()
                    .filter(|worded| (worded.scale.min, worded.scale.max) == scale.bounds());
                let known = worded.and_then(|worded| worded.values.get(&row).copied());
                known.map(Some).ok_or_else(|| format!("rating `{}` is not a number", clip(cell)))
            }
        }
    }
}

fn value(answer: &Answer) -> f64 {
    match *answer {
        Answer::Number(value) | Answer::Of(value, _) => value,
    }
}

fn best(answer: &Answer) -> Option<u32> {
    match *answer {
        Answer::Number(_) => None,
        Answer::Of(_, best) => Some(best),
    }
}

fn by_values(values: &[f64]) -> Scale {
    let share = |low: f64, high: f64| {
        values.iter().filter(|value| (low..=high).contains(*value)).count() as f64
            / values.len().max(1) as f64
    };
    // One mistyped 55 must not turn a five-star column into another scale.
    if share(1.0, 5.0) >= 0.95 {
        Scale::Csat
    } else if values.len() >= ENOUGH_FOR_SEVEN && share(1.0, 7.0) == 1.0 && share(6.0, 7.0) >= 0.2 {
        // So many answers without one 0, 8, 9 or 10, though they lean to the top.
        Scale::Ces
    } else if share(10.5, 100.0) > 0.5 {
        Scale::Percent
    } else {
        Scale::Nps
    }
}

impl Ratings {
    /// Reads ratings; `None` when no row has one, or when fewer than four in five cells in words are read, which
    /// a note tells. `row_name` gives the row's name in messages.
    pub fn read<'a>(
        cells: impl Iterator<Item = Option<&'a str>>,
        name: &str,
        scale: Option<Scale>,
        row_name: impl Fn(usize) -> String,
        notes: &mut Vec<String>,
    ) -> Result<Option<Self>> {
        let column = Column::of(cells);
        if column.n_numbers() == 0 && !column.is_worded() {
            let first = column.cells.iter().enumerate().find_map(|(row, cell)| Some((row, (*cell)?)));
            return match (first, &column.worded) {
                (None, _) => Ok(None),
                (Some(_), Some(worded)) => {
                    notes.push(format!(
                        "rating stays text: {} of {} cells are answers of the scale {}, expected at least 4 in 5",
                        worded.values.len(),
                        column.n_answered(),
                        worded.scale.id
                    ));
                    Ok(None)
                }
                (Some((row, cell)), None) => Err(Error::invalid_input(format!(
                    "{}: rating `{}`, expected a number; no row has one",
                    row_name(row),
                    clip(cell)
                ))
                .with_hint("name the rating column, or leave it out")),
            };
        }
        let scale = scale.unwrap_or_else(|| column.scale(name));
        let (low, high) = scale.bounds();
        let (mut values, mut unreadable) = (Vec::new(), Vec::new());
        for row in 0..column.cells.len() {
            let value = column.value(row, scale).unwrap_or_else(|why| {
                unreadable.push((row, why));
                None
            });
            if let Some(value) = value
                && !(low..=high).contains(&value)
            {
                return Err(Error::invalid_input(format!(
                    "{}: rating `{}` is outside {low}..={high} ({})",
                    row_name(row),
                    clip(column.cells[row].unwrap_or_default()),
                    scale.name()
                ))
                .with_hint("correct the cell, or name the scale (nps 0..=10, csat 1..=5, ces 1..=7, ces5 1..=5, percent 0..=100)"));
            }
            values.push(value);
        }
        if values.iter().all(Option::is_none) {
            return Err(Error::invalid_input(format!(
                "rating: no cell is on the scale {low}..={high} ({})",
                scale.name()
            ))
            .with_hint("name another scale, or leave it to the column"));
        }
        let words = column.worded.as_ref().filter(|_| column.is_worded());
        notes.push(match words {
            Some(worded) => format!(
                "rating read from words of the scale {} as {} ({low}..={high})",
                worded.scale.id,
                scale.name()
            ),
            None => format!("rating read as {} ({low}..={high})", scale.name()),
        });
        Ok(Some(Self { scale, values, unreadable }))
    }
}

/// Whether the cells of a column are ratings, as numbers or in words: four in five of them.
///
/// ```
/// assert!(rasd::reads_as_rating(&["راضي جدا", "محايد", "very dissatisfied"]));
/// assert!(!rasd::reads_as_rating(&["التوصيل تأخر", "good", "the app crashes"]));
/// ```
pub fn reads_as_rating(cells: &[&str]) -> bool {
    let column = Column::of(cells.iter().map(|cell| Some(*cell)));
    column.is_worded() || (column.n_numbers() > 0 && column.n_numbers() * 5 >= column.n_answered() * 4)
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
        let row_name = |row| format!("row {}", row + 1);
        Ratings::read(cells.iter().map(|c| Some(*c)), name, None, row_name, &mut Vec::new())
    }

    #[test]
    fn arabic_digits_and_decimal_signs_are_numbers() {
        let ratings = read(&["٤", "۵", "3٫5", " 2 ", "n/a", ""], "rating").unwrap().unwrap();
        assert_eq!(ratings.values, [Some(4.0), Some(5.0), Some(3.5), Some(2.0), None, None]);
        assert_eq!(ratings.unreadable, [(4, "rating `n/a` is not a number".to_string())]);
        assert_eq!(ratings.scale, Scale::Csat);
    }

    #[test]
    fn the_column_decides_its_scale() {
        let cells: [(&str, &[&str], Scale, &[f64]); 14] = [
            ("rating", &["4/5", "٢ من ٥", "5"], Scale::Csat, &[4.0, 2.0, 5.0]),
            ("rating", &["★★★★☆", "⭐⭐⭐", "2 stars"], Scale::Csat, &[4.0, 3.0, 2.0]),
            ("score", &["5/10", "4/10", "1 من 10"], Scale::Nps, &[5.0, 4.0, 1.0]),
            ("q1", &["6/7", "1/7"], Scale::Ces, &[6.0, 1.0]),
            ("satisfaction", &["85%", "٤٠٪"], Scale::Percent, &[85.0, 40.0]),
            ("score", &["85", "40", "7"], Scale::Percent, &[85.0, 40.0, 7.0]),
            ("nps", &["10 - Extremely likely", "0: مستحيل"], Scale::Nps, &[10.0, 0.0]),
            ("rating", &["5 - Very satisfied", "1 - Very dissatisfied"], Scale::Csat, &[5.0, 1.0]),
            ("رضا العميل", &["راضي جدا", "محايد", "very dissatisfied"], Scale::Csat, &[5.0, 3.0, 1.0]),
            ("q", &["strongly agree", "لا أوافق"], Scale::Csat, &[5.0, 2.0]),
            ("ease", &["سهل جدا", "very difficult"], Scale::Ces5, &[5.0, 1.0]),
            ("ces", &["4/5", "1/5"], Scale::Ces5, &[4.0, 1.0]),
            ("recommend", &["would recommend", "لا أنصح أبدا"], Scale::Nps, &[8.0, 0.0]),
            ("satisfaction", &["very satisfied", "4", "راضي", "2"], Scale::Csat, &[5.0, 4.0, 4.0, 2.0]),
        ];
        for (name, cells, scale, values) in cells {
            let ratings = read(cells, name).unwrap().unwrap();
            assert_eq!(ratings.scale, scale, "{cells:?}");
            assert_eq!(ratings.values.into_iter().flatten().collect::<Vec<_>>(), values, "{cells:?}");
        }
        let mut seven = ["1", "7", "6", "4", "5"].repeat(10);
        assert_eq!(read(&seven, "rating").unwrap().unwrap().scale, Scale::Ces);
        seven.push("9");
        assert_eq!(read(&seven, "rating").unwrap().unwrap().scale, Scale::Nps);
    }

    #[test]
    fn a_rating_off_the_scale_names_its_row() {
        let error = read(&["9", "11"], "nps").err().unwrap().to_string();
        assert_eq!(error, "row 2: rating `11` is outside 0..=10 (NPS)");
    }

    #[test]
    fn a_cell_on_another_scale_is_null_with_a_reason() {
        let ratings = read(&["4/5", "3/5", "8/10"], "rating").unwrap().unwrap();
        assert_eq!(ratings.values, [Some(4.0), Some(3.0), None]);
        assert_eq!(
            ratings.unreadable,
            [(2, "rating `8/10` is on another scale than the column".to_string())]
        );
    }

    #[test]
    fn one_bad_star_does_not_change_the_scale() {
        let mut cells = vec!["4"; 40];
        cells.push("55");
        assert!(read(&cells, "rating").err().unwrap().to_string().contains("outside 1..=5 (CSAT)"));
    }

    #[test]
    fn words_that_few_cells_answer_stay_text() {
        let mut notes = Vec::new();
        let cells = ["راضي", "التوصيل تأخر يومين", "very satisfied", "my card was blocked"].map(Some);
        let read = Ratings::read(cells.into_iter(), "رضا", None, |row| row.to_string(), &mut notes).unwrap();
        assert!(read.is_none());
        assert_eq!(
            notes,
            [
                "rating stays text: 2 of 4 cells are answers of the scale satisfaction, expected at least 4 in 5"
            ]
        );
    }

    #[test]
    fn words_of_no_scale_are_an_error_and_nothing_is_no_rating() {
        assert!(read(&["the delivery", "the app"], "rating").is_err());
        assert!(read(&["", " "], "rating").unwrap().is_none());
    }
}
