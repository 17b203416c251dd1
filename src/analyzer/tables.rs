//! The result: tables of comments, clauses, causes, drivers, trend and quality.

use std::path::Path;

use crate::Result;
use crate::comment::Comment;
use crate::drivers::{Answers, Estimate};
use crate::report::{self, ReportData};
use crate::table::{self, Frame};

use super::implied::{self, Implied};
use super::learning::Learning;
use super::options::AnalyzeOptions;
use super::ratings::Ratings;
use super::respondents::Respondents;
use super::trends::Trends;
use super::{
    Analyzer, causes, drivers_of, frames, judge, links, quality, report_data, report_said, rows, themes,
};

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
    let (mut judged, mut learned) = judge::judge(
        analyzer,
        rows::read(comments)?,
        Learning::new(options, &respondents.customers),
        options,
    )?;
    options.monitor.check()?;
    analyzer.lend_names(&mut learned.causes)?;
    let mut found = causes::find(&mut judged, learned, &respondents.customers)?;
    if found.n_learned < found.n_offered {
        notes.push(format!(
            "root causes were learned from {} of {} clauses, in the order of their content; each of the others went to the \
             nearest cause",
            found.n_learned, found.n_offered
        ));
    }
    options.monitor.check()?;
    let labels = analyzer.topics.names();
    let answers = ratings.as_ref().map(|ratings| respondents.answers(ratings, options.random_state));
    let implied = ratings.as_ref().map(|ratings| implied::read(&judged, ratings));
    let kpi = match (&ratings, &answers, &implied) {
        (Some(ratings), Some(answers), Some(implied)) => Some(kpi(ratings, answers, implied)?),
        _ => None,
    };
    let trends = Trends::find(comments, &judged, &found, options)?;
    let measures =
        quality::measure(&judged, ratings.as_ref().zip(answers.as_ref()), &trends, implied.as_ref(), &found)?;
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

    /// Writes every table as CSV, JSON and Parquet (feature `parquet`), and `report.html`, into a folder, all or none.
    ///
    /// # Errors
    /// [`crate::Error::Table`] when the folder cannot be written.
    pub fn write(&self, folder: &Path, title: &str) -> Result<()> {
        table::write_folder(&self.tables(), &[("report.html", &self.html(title))], folder)
    }
}
