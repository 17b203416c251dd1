//! Comments and causes by period: counts, rates, what grows, what fades, what a date changed.

use std::collections::BTreeMap;

use super::causes::Found;
use super::dates::{self, Unit};
use super::judge::Judged;
use super::options::AnalyzeOptions;
use crate::comment::Comment;
use crate::drivers::{self, Change, benjamini_hochberg};
use crate::table::{Frame, Values};
use crate::{Error, Result};

/// When things were said.
pub(super) struct Trends {
    /// Day of each row.
    pub days: Vec<Option<i64>>,
    /// Rows whose date cannot be read.
    pub n_unreadable: usize,
    unit: Unit,
    /// Rows of each period that has one.
    periods: BTreeMap<i64, Vec<usize>>,
    /// The date to compare around: its day and how it was written.
    pub event: Option<(i64, String)>,
    /// Change of each cause over the whole time, and from before the event to after it.
    pub causes: Vec<CauseChange>,
}

/// How often a cause was raised, then and now.
#[derive(Clone, Copy, Default)]
pub(super) struct CauseChange {
    pub trend: Option<Change>,
    pub event: Option<Change>,
}

impl Trends {
    /// Reads the dates and tests every cause; both families of tests are corrected by Benjamini and Hochberg.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when the event is no date written year first.
    pub fn find(
        comments: &[Comment],
        judged: &Judged,
        found: &Found,
        options: &AnalyzeOptions,
    ) -> Result<Self> {
        let event = options.event.as_ref().map(|written| match dates::day(written) {
            Some(day) => Ok((day, Unit::Day.name(day))),
            None => Err(Error::invalid_input(format!(
                "event `{}`, expected a date with the year first",
                super::ratings::clip(written)
            ))
            .with_hint("write it like 2026-03-01")),
        });
        let event = event.transpose()?;
        let days = dates::read(comments.iter().map(|comment| comment.time.as_deref()));
        let filled = |comment: &Comment| comment.time.as_deref().is_some_and(|time| !time.trim().is_empty());
        let n_unreadable = comments.iter().zip(&days).filter(|(c, day)| day.is_none() && filled(c)).count();
        let unit = Unit::choose(&days.iter().flatten().copied().collect::<Vec<i64>>());
        let mut periods: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (row, day) in days.iter().enumerate() {
            if let Some(day) = day {
                periods.entry(unit.period(*day)).or_default().push(row);
            }
        }
        let mut trends = Self { days, n_unreadable, unit, periods, event, causes: Vec::new() };
        trends.causes = trends.test(judged, found);
        Ok(trends)
    }

    fn test(&self, judged: &Judged, found: &Found) -> Vec<CauseChange> {
        let said = |row: &usize| judged.rows[*row].reason.is_none();
        let spoken: Vec<usize> = (0..judged.rows.len()).filter(said).collect();
        let over_time = self.counter(&spoken, |day| self.unit.period(day));
        // Periods of the same length counted from the event, so that none holds days of both sides.
        let around = self.event.as_ref().and_then(|(event, _)| {
            self.counter(&spoken, move |day| (day - event).div_euclid(self.unit.length()))
        });
        let mut changes: Vec<CauseChange> = found
            .figures
            .iter()
            .map(|cause| CauseChange {
                trend: over_time
                    .as_ref()
                    .and_then(|counter| drivers::trend(&counter.count(&cause.rows), &counter.exposures)),
                event: around.as_ref().and_then(|counter| {
                    let first_after = usize::try_from(-counter.first).unwrap_or(0);
                    drivers::before_after(&counter.count(&cause.rows), &counter.exposures, first_after)
                }),
            })
            .collect();
        correct(changes.iter_mut().filter_map(|change| change.trend.as_mut()).collect());
        correct(changes.iter_mut().filter_map(|change| change.event.as_mut()).collect());
        changes
    }

    /// `None` when no row has a date, or a mistyped one makes a span of thousands of periods.
    fn counter<'a>(&'a self, rows: &[usize], period: impl Fn(i64) -> i64 + 'a) -> Option<Counter<'a>> {
        const MOST: i64 = 4000;
        let periods = || rows.iter().filter_map(|&row| self.days[row]).map(&period);
        let (first, last) = (periods().min()?, periods().max()?);
        if last - first >= MOST {
            return None;
        }
        let mut counter = Counter {
            days: &self.days,
            period: Box::new(period),
            first,
            exposures: vec![0; (last - first + 1) as usize],
        };
        counter.exposures = counter.count(rows);
        Some(counter)
    }

    /// A row for every period that has a comment: all comments first (`cause_id` null), then each cause.
    pub fn frame(&self, judged: &Judged, ratings: Option<&[Option<f64>]>, found: &Found) -> Frame {
        let mut cells: Vec<Cell> = self
            .periods
            .iter()
            .map(|(&period, rows)| Cell::of(period, None, rows, judged, ratings))
            .collect();
        let n_judged: BTreeMap<i64, usize> = cells.iter().map(|cell| (cell.period, cell.n_judged)).collect();
        for (cause, figures) in found.figures.iter().enumerate() {
            let mut rows: BTreeMap<i64, Vec<usize>> = self.periods.keys().map(|&p| (p, Vec::new())).collect();
            for &row in &figures.rows {
                if let Some(day) = self.days[row] {
                    rows.entry(self.unit.period(day)).or_default().push(row);
                }
            }
            let id = Some(i64::from(found.causes.causes[cause].id));
            cells.extend(rows.iter().map(|(&period, rows)| Cell::of(period, id, rows, judged, ratings)));
        }
        let int = |pick: &dyn Fn(&Cell) -> Option<i64>| Values::Int(cells.iter().map(pick).collect());
        let float = |pick: &dyn Fn(&Cell) -> Option<f64>| Values::Float(cells.iter().map(pick).collect());
        let share = |cell: &Cell| {
            cell.cause?;
            Some(drivers::share(cell.n, *n_judged.get(&cell.period)?)).filter(|share| share.n > 0)
        };
        let mut frame = Frame::default();
        let names = cells.iter().map(|cell| Some(self.unit.name(cell.period).into()));
        frame.push("period", Values::Text(names.collect()));
        frame.push("cause_id", int(&|cell| cell.cause));
        frame.push("n_comments", int(&|cell| Some(cell.n as i64)));
        frame.push("share", float(&|cell| share(cell).map(|share| share.value)));
        frame.push("share_ci_low", float(&|cell| share(cell).map(|share| share.ci_low)));
        frame.push("share_ci_high", float(&|cell| share(cell).map(|share| share.ci_high)));
        frame.push("n_rated", int(&|cell| Some(cell.n_rated as i64)));
        frame.push("mean_rating", float(&|cell| (cell.n_rated > 0).then(|| cell.sum / cell.n_rated as f64)));
        let negative =
            |cell: &Cell| (cell.n_judged > 0).then(|| cell.n_negative as f64 / cell.n_judged as f64);
        frame.push("negative_share", float(&negative));
        frame
    }

    /// Comments of each period, in order.
    pub fn counts(&self) -> Vec<(String, usize)> {
        self.periods.iter().map(|(&period, rows)| (self.unit.name(period), rows.len())).collect()
    }
}

/// Counts rows by period, empty periods in between included.
struct Counter<'a> {
    days: &'a [Option<i64>],
    period: Box<dyn Fn(i64) -> i64 + 'a>,
    first: i64,
    exposures: Vec<usize>,
}

impl Counter<'_> {
    fn count(&self, rows: &[usize]) -> Vec<usize> {
        let mut counts = vec![0; self.exposures.len()];
        for day in rows.iter().filter_map(|&row| self.days[row]) {
            let at = usize::try_from((self.period)(day) - self.first).ok();
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        counts
    }
}

fn correct(changes: Vec<&mut Change>) {
    let p_values: Vec<f64> = changes.iter().map(|change| change.p_value).collect();
    for (change, q) in changes.into_iter().zip(benjamini_hochberg(&p_values)) {
        change.q_value = q;
    }
}

/// One row of the table.
struct Cell {
    period: i64,
    cause: Option<i64>,
    n: usize,
    n_rated: usize,
    sum: f64,
    n_judged: usize,
    n_negative: usize,
}

impl Cell {
    fn of(
        period: i64,
        cause: Option<i64>,
        rows: &[usize],
        judged: &Judged,
        ratings: Option<&[Option<f64>]>,
    ) -> Self {
        let mut values: Vec<f64> = rows.iter().filter_map(|&row| ratings?[row]).collect();
        values.sort_by(f64::total_cmp);
        let sentiments = || rows.iter().filter_map(|&row| judged.sentiments[row]);
        Self {
            period,
            cause,
            n: rows.len(),
            n_rated: values.len(),
            sum: values.iter().sum(),
            n_judged: sentiments().count(),
            n_negative: sentiments().filter(|sentiment| sentiment.top().0 == "negative").count(),
        }
    }
}
