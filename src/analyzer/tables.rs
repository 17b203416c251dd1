//! The result: tables of comments, clauses, causes, drivers, trend and quality.

use std::path::Path;

use crate::Result;
use crate::comment::{CausalRole, Comment, Span};
use crate::drivers::{Answers, Estimate};
use crate::infer::Sentiment;
use crate::report::{self, ReportData};
use crate::table::{self, Frame};

use super::causes::Vectors;
use super::dialect::{self, Verdict};
use super::options::AnalyzeOptions;
use super::ratings::Ratings;
use super::respondents::Respondents;
use super::rows::{self, Row};
use super::trends::Trends;
use super::{Analyzer, causes, drivers_of, frames, quality, report_data};

/// What a survey says. Every table is a [`Frame`]; the column meanings are in the README.
///
/// ```
/// use rasd::{Analyzer, Comment};
/// let comments = [Comment::new("لم تصل بطاقتي").with_rating("2"), Comment::new("great app").with_rating("9")];
/// let analysis = Analyzer::embedded()?.analyze(&comments)?;
/// assert_eq!(analysis.kpi.as_ref().unwrap().name, "NPS");
/// assert!(analysis.html("Survey").starts_with("<!DOCTYPE html>"));
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Analysis {
    /// A row per input row, same order.
    pub comments: Frame,
    /// A row per clause of a judged comment.
    pub clauses: Frame,
    /// A row per root cause, the most frequent first.
    pub causes: Frame,
    /// A row per cause, topic, segment, language or event that the rating was compared on.
    pub drivers: Frame,
    /// A row per period, for all comments and for each cause, when there is a time column.
    pub trend: Frame,
    /// What was wrong with the data: measure, n, share of rows.
    pub quality: Frame,
    /// The headline figure, when there is a rating.
    pub kpi: Option<Kpi>,
    /// What was guessed or repaired on the way.
    pub notes: Vec<String>,
    pub(super) report: ReportData,
}

/// The headline figure of a rating.
///
/// ```
/// # use rasd::{Analyzer, Comment};
/// let analysis = Analyzer::embedded()?.analyze(&[Comment::new("ok").with_rating("10")])?;
/// let kpi = analysis.kpi.unwrap();
/// assert_eq!((kpi.estimate.value, kpi.estimate.n), (100.0, 1));
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Kpi {
    /// `NPS`, `CSAT` or `CES`.
    pub name: &'static str,
    /// Its value with a 95 % interval.
    pub estimate: Estimate,
    /// Mean of the ratings, on the rating's own scale.
    pub mean_rating: f64,
}

/// Rows and clauses with what the model said of them.
pub(super) struct Judged<'a> {
    pub rows: Vec<Row<'a>>,
    pub clauses: Vec<JudgedClause>,
    pub sentiments: Vec<Option<Sentiment>>,
    /// Topics of each row as positions in the model's labels.
    pub topics: Vec<Vec<usize>>,
    pub truncated: Vec<bool>,
    /// Default where the question does not arise: not judged, or not Arabic.
    pub dialects: Vec<Verdict>,
}

/// One clause with what the model said of it.
pub(super) struct JudgedClause {
    pub row: usize,
    pub span: Span,
    pub causal_role: Option<CausalRole>,
    pub sentiment: Option<Sentiment>,
    pub topic: Option<usize>,
    pub cause: Option<usize>,
}

impl Judged<'_> {
    pub fn text(&self, clause: &JudgedClause) -> &str {
        &self.rows[clause.row].text[clause.span.start..clause.span.end]
    }
}

pub(super) fn analyze(
    analyzer: &Analyzer,
    comments: &[Comment],
    options: &AnalyzeOptions,
) -> Result<Analysis> {
    let cells = comments.iter().map(|comment| comment.rating.as_deref());
    let ratings = Ratings::read(cells, &options.rating_name, options.scale, |row| options.row_name(row))?;
    let respondents = Respondents::read(comments, |row| options.row_name(row))?;
    let rows = rows::read(comments)?;

    // Judged comments first, then their clauses, scored in one go: a clause that is a whole comment costs nothing.
    let kept: Vec<usize> = (0..rows.len()).filter(|&row| rows[row].reason.is_none()).collect();
    let parts: Vec<(usize, crate::Clause)> =
        kept.iter().flat_map(|&row| rows[row].clauses.iter().map(move |&clause| (row, clause))).collect();
    let clause_text =
        |&(row, clause): &(usize, crate::Clause)| &rows[row].text[clause.span.start..clause.span.end];
    let texts: Vec<&str> =
        kept.iter().map(|&row| rows[row].text).chain(parts.iter().map(clause_text)).collect();
    let scores = analyzer.main.score(&texts, &options.monitor)?;
    let encoded = match &analyzer.encoder {
        Some(encoder) => Some(encoder.score(&texts, &options.monitor)?),
        None => None,
    };
    let rich = encoded.as_ref().unwrap_or(&scores);
    let encoder = analyzer.encoder();

    let mut sentiments = vec![None; rows.len()];
    let mut topics = vec![Vec::new(); rows.len()];
    let mut truncated = vec![false; rows.len()];
    let mut dialects = vec![Verdict::default(); rows.len()];
    for (position, &row) in kept.iter().enumerate() {
        sentiments[row] = Some(analyzer.main.sentiment(scores.output(position)));
        topics[row] = encoder.topics(rich.output(position));
        truncated[row] = scores.truncated(position);
        if let Some(arabic) = &rows[row].arabic {
            dialects[row] = dialect::decide(arabic, encoder.dialect(rich.output(position)));
        }
    }
    let clauses = parts
        .iter()
        .enumerate()
        .map(|(i, &(row, clause))| JudgedClause {
            row,
            span: clause.span,
            causal_role: clause.causal_role,
            sentiment: Some(analyzer.main.sentiment(scores.output(kept.len() + i))),
            topic: encoder.topics(rich.output(kept.len() + i)).first().copied(),
            cause: None,
        })
        .collect();
    let mut judged = Judged { rows, clauses, sentiments, topics, truncated, dialects };
    options.monitor.check()?;
    let mut position = vec![0; comments.len()];
    for (at, &row) in kept.iter().enumerate() {
        position[row] = at;
    }
    let vectors = Vectors {
        clause: &|clause| &rich.output(kept.len() + clause).embedding,
        comment: &|row| &rich.output(position[row]).embedding,
    };
    let mut found = causes::find(&mut judged, &vectors, &respondents.customers, options)?;
    options.monitor.check()?;
    let labels = encoder.topic_labels();
    let answers = ratings.as_ref().map(|ratings| respondents.answers(ratings, options.random_state));
    let kpi = ratings.as_ref().zip(answers).map(|(ratings, answers)| kpi(ratings, &answers)).transpose()?;
    let trends = Trends::find(comments, &judged, &found, options)?;
    let measures = quality::measure(&judged, ratings.as_ref(), &trends, &found);
    let mut notes = options.notes.clone();
    let mut compared = Vec::new();
    if let Some(ratings) = &ratings {
        let (low, high) = ratings.scale.bounds();
        notes.push(format!("rating read as {} ({low}..={high})", ratings.scale.name()));
    }
    if let Some(answers) = &answers {
        compared = drivers_of::compare(&judged, comments, answers, &found, &trends, labels, options)?;
        for driver in compared.iter().filter(|driver| driver.kind == "cause") {
            let cause = found.causes.causes.iter().position(|cause| cause.id.to_string() == driver.name);
            if let Some(figures) = cause.and_then(|cause| found.figures.get_mut(cause)) {
                figures.effect = Some(driver.effect);
            }
        }
    }
    let shown = report_data::Shown {
        judged: &judged,
        kpi: kpi.as_ref(),
        found: &found,
        drivers: &compared,
        trends: &trends,
        measures: &measures,
    };
    Ok(Analysis {
        comments: frames::comments(comments, &judged, ratings.as_ref(), labels),
        clauses: frames::clauses(&judged, labels, options.code_points),
        causes: frames::causes(&found, &trends, labels),
        drivers: frames::drivers(&compared),
        trend: trends.frame(&judged, ratings.as_ref().map(|r| r.values.as_slice()), &found),
        quality: frames::quality(&measures),
        report: report_data::build(&shown, &notes, analyzer.model_name()),
        kpi,
        notes,
    })
}

fn kpi(ratings: &Ratings, answers: &Answers) -> Result<Kpi> {
    let estimate = ratings.scale.estimate(answers)?;
    Ok(Kpi { name: ratings.scale.name(), estimate, mean_rating: answers.mean() })
}

impl Analysis {
    /// The report as one HTML page that needs nothing from outside.
    pub fn html(&self, title: &str) -> String {
        report::html(&ReportData { title: title.to_string(), ..self.report.clone() })
    }

    /// The report's body, for a notebook.
    pub fn html_fragment(&self) -> String {
        report::fragment(&self.report)
    }

    /// Writes [`Self::html`], whole or not at all.
    ///
    /// # Errors
    /// [`crate::Error::Table`] when the file cannot be written.
    pub fn write_html(&self, path: &Path, title: &str) -> Result<()> {
        table::write_text(path, &self.html(title))
    }

    /// The tables by name, in the order of the flow.
    pub fn tables(&self) -> [(&'static str, &Frame); 6] {
        [
            ("comments", &self.comments),
            ("clauses", &self.clauses),
            ("causes", &self.causes),
            ("drivers", &self.drivers),
            ("trend", &self.trend),
            ("quality", &self.quality),
        ]
    }

    /// Writes every table as CSV and JSON, and `report.html`, into a folder, all or none.
    ///
    /// # Errors
    /// [`crate::Error::Table`] when the folder cannot be written.
    pub fn write(&self, folder: &Path, title: &str) -> Result<()> {
        table::write_folder(&self.tables(), &[("report.html", &self.html(title))], folder)
    }
}
