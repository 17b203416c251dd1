//! In: [`ReportData`], every number already computed. Out: one HTML page, or the part of it that a notebook shows.
//! Law: nothing on the page is fetched or run: no script, no address, and every text is escaped, with bidirectional
//! controls taken out, so a comment can neither act nor rearrange the words around it.

mod chart;
mod escape;
mod figures;
mod page;
mod said;
mod movers;
mod course;

use serde::{Deserialize, Serialize};

pub use chart::{Bar, Line, Names, bars, effects, lines};

use crate::comment::Language;
use crate::drivers::{Adjusted, Change, Effect, Estimate, Quadrant};

/// What the page shows.
///
/// ```
/// use rasd::report::{ReportData, html};
/// let data = ReportData { title: "Branch survey".into(), n_rows: 2, n_commented: 1, ..ReportData::default() };
/// assert!(html(&data).contains("<h1>Branch survey</h1>"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportData {
    /// Name of the survey, usually its file name.
    pub title: String,
    /// Rows of the input.
    pub n_rows: usize,
    /// Rows that say something.
    pub n_commented: usize,
    /// Rows of each language; order is kept.
    pub languages: Vec<(Language, usize)>,
    /// Rows of each sentiment, if it was scored.
    pub sentiment: Option<SentimentCounts>,
    /// The rating's index, if the survey has a rating.
    pub kpi: Option<Kpi>,
    /// What the comments say beyond how they feel, if any was judged.
    pub said: Option<ReportSaid>,
    /// Causes, most important first.
    pub causes: Vec<ReportCause>,
    /// What the rating goes with, the greatest impact first.
    pub drivers: Vec<ReportDriver>,
    /// What changed over time, if the survey has dates.
    pub trend: Option<ReportTrend>,
    /// What was wrong with the data, or worth knowing about it.
    pub quality_notes: Vec<String>,
    /// How the numbers were made.
    pub method_notes: Vec<String>,
}

/// Rows of each sentiment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentimentCounts {
    /// Unhappy.
    pub n_negative: usize,
    /// Neither.
    pub n_neutral: usize,
    /// Happy.
    pub n_positive: usize,
}

/// The index a rating column makes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kpi {
    /// "NPS", "CSAT", "CES", or the column's name.
    pub name: String,
    /// Its value and interval.
    pub estimate: Estimate,
    /// The value is a share and reads as a percentage.
    pub is_share: bool,
    /// The same index as the words alone imply it.
    pub implied: Option<Estimate>,
    /// Ratings that say the opposite of their comment, and ratings that were compared.
    pub mismatches: Option<(usize, usize)>,
}

/// What the comments say beyond how they feel: kinds, topics, cues.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportSaid {
    /// Kinds of comment, the most frequent first, the comments of no clear kind last; empty where no kind was told.
    pub kinds: Vec<ReportKind>,
    /// Topics, the most complained-of first.
    pub topics: Vec<ReportTopic>,
    /// How many topics are not in `topics`, and the comments that raise any of them.
    pub other_topics: Option<(usize, TopicFigures)>,
    /// Judged comments that raise no topic.
    pub n_without_topic: usize,
    /// Cues that need somebody now, the gravest first; those that no comment has have a count of 0.
    pub cues: Vec<ReportCue>,
}

/// Comments of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportKind {
    /// `None` where no kind was clear.
    pub kind: Option<String>,
    /// Comments.
    pub n: usize,
    /// Share of the judged comments.
    pub share: f64,
}

/// One topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportTopic {
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Its comments.
    pub figures: TopicFigures,
}

/// The comments that raise a topic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct TopicFigures {
    /// How many.
    pub n_comments: usize,
    /// Complaints, comments whose kind is told, and the share of the first in the second.
    pub complaints: Option<(usize, usize, f64)>,
    /// Mean of their ratings.
    pub mean_rating: Option<f64>,
}

/// Comments with one cue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportCue {
    /// Its id: `churn`, `switch_competitor`, `escalation`, ..., or one of the user's own.
    pub id: String,
    /// Comments.
    pub n_comments: usize,
    /// Share of the judged comments.
    pub share: Estimate,
    /// Comments of each sense, such as `legal` and `safety`.
    pub senses: Vec<(String, usize)>,
    /// Masked comments.
    pub quotes: Vec<CueQuote>,
}

/// A masked comment, cut around the words of a cue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CueQuote {
    /// The row as the survey file counts it ("row 41").
    pub row: String,
    /// Language of the comment.
    pub language: Language,
    /// Before the cue.
    pub before: String,
    /// The cue's words.
    pub words: String,
    /// After it.
    pub after: String,
}

/// One root cause as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportCause {
    /// Arabic name.
    pub label_ar: Option<String>,
    /// English name.
    pub label_en: Option<String>,
    /// The Arabic name is a common one, not the customers' own.
    pub derived_ar: bool,
    /// The English name is a common one, not the customers' own.
    pub derived_en: bool,
    /// Comments that mention it.
    pub n_comments: usize,
    /// Share of comments that mention it.
    pub share: Estimate,
    /// Share of its comments that are negative, if sentiment was scored.
    pub negative_share: Option<f64>,
    /// Rating with the cause minus rating without, if enough ratings stand on both sides.
    pub effect: Option<ReportEffect>,
    /// Arabic keywords.
    pub keywords_ar: Vec<String>,
    /// English keywords.
    pub keywords_en: Vec<String>,
    /// Masked comments, each with its language.
    pub quotes: Vec<(Language, String)>,
}

/// The effect of a cause on the rating.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ReportEffect {
    /// Points of the rating scale.
    pub effect: f64,
    /// Lower end of the 95 % interval.
    pub ci_low: f64,
    /// Upper end of the 95 % interval.
    pub ci_high: f64,
    /// After Benjamini and Hochberg; above 0.05 the page says that there is no clear difference.
    pub q_value: f64,
}

/// One cause as the page shows it against the rating.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportDriver {
    /// Arabic name.
    pub label_ar: Option<String>,
    /// English name.
    pub label_en: Option<String>,
    /// Rating with the cause against without.
    pub effect: Effect,
    /// The same with the other causes held equal.
    pub adjusted: Option<Adjusted>,
    /// Share of the explained variation.
    pub importance: Option<f64>,
    /// Importance against performance.
    pub quadrant: Option<Quadrant>,
}

/// What changed over time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportTrend {
    /// Comments of each period, in order.
    pub periods: Vec<(String, usize)>,
    /// Change of each cause that could be tested.
    pub causes: Vec<ReportChange>,
    /// The date compared around, with the change of each cause that could be tested.
    pub event: Option<(String, Vec<ReportChange>)>,
}

/// How often a cause is raised now against then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportChange {
    /// Arabic name.
    pub label_ar: Option<String>,
    /// English name.
    pub label_en: Option<String>,
    /// The change.
    pub change: Change,
}

/// The whole page, one file that needs nothing else.
///
/// ```
/// let page = rasd::report::html(&rasd::report::ReportData::default());
/// assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("<script"));
/// ```
pub fn html(data: &ReportData) -> String {
    page::document(data)
}

/// The same content without `<html>`, for `_repr_html_`.
///
/// ```
/// let part = rasd::report::fragment(&rasd::report::ReportData::default());
/// assert!(part.starts_with("<style>") && part.contains("rasd-report"));
/// ```
pub fn fragment(data: &ReportData) -> String {
    page::fragment(data)
}
