//! The result: tables of comments, clauses, causes, drivers, trend and quality.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::Result;
use crate::comment::{CausalRole, Comment, Span};
use crate::drivers::{Answers, Estimate};
use crate::infer::{Output, Sentiment};
use crate::report::{self, ReportData};
use crate::table::{self, Frame};
use crate::taxonomy::Reading;

use super::causes::Vectors;
use super::dialect::{self, Verdict};
use super::implied::{self, Implied};
use super::options::AnalyzeOptions;
use super::ratings::Ratings;
use super::respondents::Respondents;
use super::rows::{self, Row};
use super::said::{self, Cue, Reads};
use super::trends::Trends;
use super::{Analyzer, causes, drivers_of, frames, links, quality, report_data, report_said, themes};

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
    /// A row per cue of a judged comment: leaving, switching, word of mouth, a broken promise, a wall of automation,
    /// escalation, urgency.
    pub cues: Frame,
    /// A row per root cause, the most frequent first.
    pub causes: Frame,
    /// A row per theme, causes that belong together, the most frequent first; `parent_id` of a cause names it.
    pub themes: Frame,
    /// A row per pair of causes that customers join themselves ("because", لأن), the most frequent first.
    pub links: Frame,
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
    /// `NPS`, `CSAT`, `CES`, or `Mean` of a scale of a hundred.
    pub name: &'static str,
    /// Its value with a 95 % interval.
    pub estimate: Estimate,
    /// Mean of the ratings, on the rating's own scale.
    pub mean_rating: f64,
    /// The same index as the words of all judged comments imply it, whatever their ratings say; `None` when no
    /// comment was judged. Its interval allows for the difference between surveys.
    pub implied: Option<Estimate>,
}

/// Rows and clauses with what the model said of them.
pub(super) struct Judged<'a> {
    pub rows: Vec<Row<'a>>,
    pub clauses: Vec<JudgedClause>,
    pub sentiments: Vec<Option<Sentiment>>,
    /// What each row says; `None` where there is nothing to judge.
    pub reads: Vec<Option<Reads>>,
    /// The cues of each row and who is blamed, in the order of its text.
    pub cues: Vec<Vec<Cue>>,
    pub actors: Vec<Option<Arc<str>>>,
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
    pub kind: Option<Arc<str>>,
    pub topic: Option<usize>,
    pub cause: Option<usize>,
}

impl Judged<'_> {
    /// Topics of a row, as positions in the analyzer's names.
    pub fn topics(&self, row: usize) -> &[usize] {
        self.reads[row].as_ref().map_or(&[], |reads| &reads.topics)
    }

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
    let mut notes = options.notes.clone();
    let row_name = |row| options.row_name(row);
    let ratings = Ratings::read(cells, &options.rating_name, options.scale, row_name, &mut notes)?;
    let respondents = Respondents::read(comments, row_name)?;
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
    let mut truncated = vec![false; rows.len()];
    let mut dialects = vec![Verdict::default(); rows.len()];
    for (position, &row) in kept.iter().enumerate() {
        sentiments[row] = Some(analyzer.main.sentiment(scores.output(position)));
        truncated[row] = scores.truncated(position);
        if let Some(arabic) = &rows[row].arabic {
            dialects[row] = dialect::decide(arabic, encoder.dialect(rich.output(position)));
        }
    }
    let readings: Vec<Reading> = kept.par_iter().map(|&row| analyzer.taxonomy.read(rows[row].text)).collect();
    let mut reads = vec![None; rows.len()];
    for (position, &row) in kept.iter().enumerate() {
        let (output, whole) = (rich.output(position), Span { start: 0, end: rows[row].text.len() });
        reads[row] = Some(said::read(encoder, &analyzer.topics, output, &readings[position], whole));
    }
    let mut at_row = vec![0; comments.len()];
    for (position, &row) in kept.iter().enumerate() {
        at_row[row] = position;
    }
    let clauses: Vec<JudgedClause> = parts
        .iter()
        .enumerate()
        .map(|(i, &(row, clause))| {
            let (output, reading) = (rich.output(kept.len() + i), &readings[at_row[row]]);
            let sentiment = analyzer.main.sentiment(scores.output(kept.len() + i));
            let reads = said::read(encoder, &analyzer.topics, output, reading, clause.span);
            JudgedClause {
                row,
                span: clause.span,
                causal_role: clause.causal_role,
                sentiment: Some(sentiment),
                kind: reads.kind.map(|(kind, _)| kind),
                topic: reads.topics.first().copied(),
                cause: None,
            }
        })
        .collect();
    let mut cues = vec![Vec::new(); rows.len()];
    let mut actors = vec![None; rows.len()];
    let mut start = 0;
    for of_row in clauses.chunk_by(|a, b| a.row == b.row) {
        let row = of_row[0].row;
        let (output, reading) = (rich.output(at_row[row]), &readings[at_row[row]]);
        let negative = |span: Span| {
            let clause = of_row.iter().rfind(|clause| clause.span.start <= span.start).unwrap_or(&of_row[0]);
            clause.sentiment.is_some_and(|sentiment| sentiment.top().0 == "negative")
        };
        let heard: Vec<(Span, &Output)> = of_row
            .iter()
            .enumerate()
            .map(|(i, clause)| (clause.span, rich.output(kept.len() + start + i)))
            .collect();
        cues[row] = said::cues(encoder, output, reading, &heard, negative);
        actors[row] = said::blamed(encoder, output, reading, negative);
        start += of_row.len();
    }
    let mut judged = Judged { rows, clauses, sentiments, reads, cues, actors, truncated, dialects };
    options.monitor.check()?;
    let vectors = Vectors {
        clause: &|clause| &rich.output(kept.len() + clause).embedding,
        comment: &|row| &rich.output(at_row[row]).embedding,
    };
    let mut found = causes::find(&mut judged, &vectors, &respondents.customers, options)?;
    options.monitor.check()?;
    let labels = analyzer.topics.names();
    let answers = ratings.as_ref().map(|ratings| respondents.answers(ratings, options.random_state));
    let implied = ratings.as_ref().map(|ratings| implied::read(&judged, ratings));
    let kpi = match (&ratings, &answers, &implied) {
        (Some(ratings), Some(answers), Some(implied)) => Some(kpi(ratings, answers, implied)?),
        _ => None,
    };
    let trends = Trends::find(comments, &judged, &found, options)?;
    let measures = quality::measure(&judged, ratings.as_ref(), &trends, implied.as_ref(), &found);
    let mut compared = Vec::new();
    if let Some(answers) = &answers {
        compared = drivers_of::compare(&judged, comments, answers, &found, &trends, analyzer, options)?;
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
        said: report_said::build(
            analyzer,
            &judged,
            ratings.as_ref().map_or(&[], |ratings| &ratings.values),
            &respondents.customers,
            options,
        )?,
        found: &found,
        drivers: &compared,
        trends: &trends,
        measures: &measures,
    };
    Ok(Analysis {
        comments: frames::comments(comments, &judged, ratings.as_ref(), implied.as_ref(), analyzer),
        clauses: frames::clauses(&judged, labels, options.code_points),
        cues: frames::cues(&judged, options.code_points),
        causes: frames::causes(&found, &trends, labels),
        themes: themes::frame(&found.themes),
        links: links::frame(&found),
        drivers: frames::drivers(&compared),
        trend: trends.frame(&judged, ratings.as_ref().map(|r| r.values.as_slice()), &found),
        quality: frames::quality(&measures),
        report: report_data::build(shown, &notes, analyzer.model_name()),
        kpi,
        notes,
    })
}

fn kpi(ratings: &Ratings, answers: &Answers, implied: &Implied) -> Result<Kpi> {
    let estimate = ratings.scale.estimate(answers)?;
    Ok(Kpi { name: ratings.scale.name(), estimate, mean_rating: answers.mean(), implied: implied.index })
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
    pub fn tables(&self) -> [(&'static str, &Frame); 9] {
        [
            ("comments", &self.comments),
            ("clauses", &self.clauses),
            ("cues", &self.cues),
            ("causes", &self.causes),
            ("themes", &self.themes),
            ("links", &self.links),
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
