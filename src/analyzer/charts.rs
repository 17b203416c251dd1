//! The tables as pictures.

use std::path::Path;

use super::tables::Analysis;
use crate::report::{self, Bar, Line, Names};
use crate::table::{self, Frame, Values};
use crate::{Error, Result};

/// Rows of a chart; the most frequent causes.
const ROWS: usize = 12;
/// Lines of the chart over time.
const LINES: usize = 5;

/// What a chart shows.
///
/// ```
/// use rasd::{Analyzer, Chart, Comment};
/// let analysis = Analyzer::embedded()?.analyze(&[Comment::new("ok").with_rating("10")])?;
/// assert!(analysis.chart(Chart::Causes).starts_with("<svg"));
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chart {
    /// Share of comments of the twelve most frequent causes, with intervals.
    Causes,
    /// Effect of causes on the rating, with intervals.
    Drivers,
    /// Share of comments of the five most frequent causes, by period.
    Trend,
}

impl Analysis {
    /// A chart as SVG: one picture that needs nothing from outside, each name in its own direction. A browser, a notebook or a
    /// drawing program shapes the Arabic.
    pub fn chart(&self, chart: Chart) -> String {
        match chart {
            Chart::Causes => {
                report::bars(["Root causes, share of comments", "الأسباب الجذرية"], &self.cause_bars())
            }
            Chart::Drivers => report::effects(
                ["Rating with the cause against without", "أثر الأسباب على التقييم"],
                &self.driver_bars(),
            ),
            Chart::Trend => self.trend_lines(),
        }
    }

    /// Writes [`Self::chart`] to a file named `.svg`, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Table`] when the file has another extension or cannot be written.
    pub fn write_chart(&self, chart: Chart, path: &Path) -> Result<()> {
        if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("svg")) {
            return Err(Error::table(format!("{}: a chart, expected a file named .svg", path.display()))
                .with_hint("a browser or a drawing program turns it into a bitmap"));
        }
        table::write_text(path, &self.chart(chart))
    }

    fn cause_bars(&self) -> Vec<Bar> {
        let found = &self.causes;
        let bar = |row: usize| {
            Some(Bar {
                names: names(found, row),
                value: float(found, "share", row)?,
                low: float(found, "share_ci_low", row)?,
                high: float(found, "share_ci_high", row)?,
                is_evidence: true,
                told: int(found, "n_comments", row)?.to_string(),
            })
        };
        (0..found.n_rows().min(ROWS)).filter_map(bar).collect()
    }

    fn driver_bars(&self) -> Vec<Bar> {
        let found = &self.drivers;
        let bar = |row: usize| {
            let verdict = text(found, "verdict", row)?;
            let value = float(found, "effect", row)?;
            Some(Bar {
                names: names(found, row),
                value,
                low: float(found, "effect_ci_low", row)?,
                high: float(found, "effect_ci_high", row)?,
                is_evidence: verdict != "no evidence",
                told: format!("{value:+.2}").replace('-', "\u{2212}"),
            })
        };
        let of_causes =
            (0..found.n_rows()).filter(|&row| text(found, "kind", row).as_deref() == Some("cause"));
        of_causes.filter_map(bar).take(ROWS).collect()
    }

    fn trend_lines(&self) -> String {
        let found = &self.trend;
        let rows_of =
            |cause: Option<i64>| (0..found.n_rows()).filter(move |&row| int(found, "cause_id", row) == cause);
        let periods: Vec<String> = rows_of(None).filter_map(|row| text(found, "period", row)).collect();
        let line = |row: usize| Line {
            names: names(&self.causes, row),
            shares: rows_of(int(&self.causes, "cause_id", row))
                .map(|row| float(found, "share", row))
                .collect(),
        };
        let lines: Vec<Line> = (0..self.causes.n_rows().min(LINES)).map(line).collect();
        report::lines(["Share of comments over time", "نسبة التعليقات عبر الزمن"], &periods, &lines)
    }
}

/// What the row is called; its id where nothing names it.
fn names(table: &Frame, row: usize) -> Names {
    let (ar, en) = (text(table, "label_ar", row), text(table, "label_en", row));
    let id = || int(table, "cause_id", row).map(|id| id.to_string()).or_else(|| text(table, "name", row));
    let en = if ar.is_none() { en.or_else(|| Some(format!("Cause {}", id()?))) } else { en };
    Names { ar, en }
}

fn text(table: &Frame, column: &str, row: usize) -> Option<String> {
    match table.get(column) {
        Some(Values::Text(cells)) => cells.get(row)?.as_deref().map(String::from),
        _ => None,
    }
}

fn float(table: &Frame, column: &str, row: usize) -> Option<f64> {
    match table.get(column) {
        Some(Values::Float(cells)) => *cells.get(row)?,
        _ => None,
    }
}

fn int(table: &Frame, column: &str, row: usize) -> Option<i64> {
    match table.get(column) {
        Some(Values::Int(cells)) => *cells.get(row)?,
        _ => None,
    }
}
