//! What the report shows, every number already computed.

use crate::comment::Language;
use crate::drivers::{Change, Effect};
use crate::report::{
    self, ReportCause, ReportChange, ReportData, ReportDriver, ReportEffect, ReportSaid, ReportTrend,
    SentimentCounts,
};

use super::causes::Found;
use super::drivers_of::Driver;
use super::judge::Judged;
use super::quality::Measure;
use super::tables::Kpi;
use super::trends::{CauseChange, Trends};

const LANGUAGES: [Language; 5] =
    [Language::Ar, Language::En, Language::Mixed, Language::Arabizi, Language::Other];

/// Everything the report shows.
pub(super) struct Shown<'a> {
    pub judged: &'a Judged<'a>,
    pub kpi: Option<&'a Kpi>,
    pub said: Option<ReportSaid>,
    pub found: &'a Found,
    pub drivers: &'a [Driver],
    pub trends: &'a Trends,
    pub measures: &'a [Measure],
}

pub(super) fn build(shown: Shown, notes: &[String], model: &str) -> ReportData {
    let Shown { judged, kpi, said, found, drivers, trends, measures } = shown;
    let commented = |row: &&super::rows::Row| row.reason.is_none();
    let count =
        |language: Language| judged.rows.iter().filter(commented).filter(|r| r.language == language).count();
    let sentiment = |name: &str| judged.sentiments.iter().flatten().filter(|s| s.top().0 == name).count();
    let quality = measures
        .iter()
        .filter(|m| m.n > 0)
        .filter_map(|m| {
            let told = meaning(m.name)?.replace("{n}", &m.n.to_string());
            Some(format!(
                "{told} ({:.1} %){}",
                100.0 * m.share()?,
                m.difference.map_or_else(String::new, compared)
            ))
        })
        .chain(notes.iter().cloned())
        .collect();
    ReportData {
        title: String::new(),
        n_rows: judged.rows.len(),
        n_commented: judged.rows.iter().filter(commented).count(),
        languages: LANGUAGES.iter().map(|&l| (l, count(l))).filter(|(_, n)| *n > 0).collect(),
        sentiment: Some(SentimentCounts {
            n_negative: sentiment("negative"),
            n_neutral: sentiment("neutral"),
            n_positive: sentiment("positive"),
        }),
        kpi: kpi.map(|kpi| report::Kpi {
            name: kpi.name.to_string(),
            estimate: kpi.estimate,
            is_share: kpi.name == "CSAT",
            implied: kpi.implied,
            mismatches: measures.iter().find(|m| m.name == "rating_mismatch").map(|m| (m.n, m.of)),
        }),
        said,
        causes: causes(found),
        drivers: drivers.iter().filter(|driver| driver.kind == "cause").map(mover).collect(),
        trend: trends.days.iter().any(Option::is_some).then(|| ReportTrend {
            periods: trends.counts(),
            causes: changes(found, trends, |change| change.trend),
            event: trends.event.as_ref().map(|(_, date)| (date.clone(), changes(found, trends, |change| change.event))),
        }),
        quality_notes: quality,
        method_notes: vec![
            format!("Sentiment and embeddings: model {model}, on this machine; nothing was sent anywhere."),
            "Kinds, topics and cues: model and word lists together, left open where neither is \
             sure enough. Cues are found by reading, not checked with the customer."
                .into(),
            "Root causes: clauses that do not lean to praise, grouped by meaning in both languages at once."
                .into(),
            "Effect: mean rating of comments with the cause minus without, with a 95 % interval by the Poisson \
             bootstrap over customers, corrected for looking at many causes (Benjamini-Hochberg), which may leave no evidence where an interval \
             alone would show some. An association, not a proof of cause."
                .into(),
            "With other causes equal: least squares on all causes at once, robust errors (HC3). Moves the index by: \
             the index of all comments minus the index without those that raise the cause. Importance: share of the \
             explained variation of ratings (Shapley value up to 12 causes, relative weights above)."
                .into(),
            "Change over time: rate ratio of the cause among comments, quasi-Poisson, so that one burst is no \
             trend; corrected in the same way."
                .into(),
        ],
    }
}

fn causes(found: &Found) -> Vec<ReportCause> {
    let both = found.causes.causes.iter().zip(&found.figures);
    both.map(|(cause, figures)| ReportCause {
        label_ar: cause.label_ar.clone(),
        label_en: cause.label_en.clone(),
        derived_ar: cause.derived_ar,
        derived_en: cause.derived_en,
        n_comments: figures.rows.len(),
        share: figures.share,
        negative_share: Some(figures.negative_share),
        effect: figures.effect.map(|e| ReportEffect {
            effect: e.effect,
            ci_low: e.ci_low,
            ci_high: e.ci_high,
            q_value: e.q_value,
        }),
        keywords_ar: cause.keywords_ar.clone(),
        keywords_en: cause.keywords_en.clone(),
        quotes: figures.quotes.clone(),
    })
    .collect()
}

fn mover(driver: &Driver) -> ReportDriver {
    ReportDriver {
        label_ar: driver.label_ar.clone(),
        label_en: driver.label_en.clone(),
        effect: driver.effect,
        adjusted: driver.adjusted,
        importance: driver.importance,
        quadrant: driver.quadrant,
    }
}

fn changes(found: &Found, trends: &Trends, pick: fn(&CauseChange) -> Option<Change>) -> Vec<ReportChange> {
    let both = found.causes.causes.iter().zip(&trends.causes);
    both.filter_map(|(cause, change)| {
        let (label_ar, label_en) = (cause.label_ar.clone(), cause.label_en.clone());
        Some(ReportChange { label_ar, label_en, change: pick(change)? })
    })
    .collect()
}

/// How rows that say nothing rate beside the others.
fn compared(difference: Effect) -> String {
    let Effect { effect, ci_low, ci_high, .. } = difference;
    let verdict = match difference.verdict() {
        "no evidence" => "no evidence that they rate otherwise",
        "lower" => "they rate lower: the comments are kinder than the survey",
        _ => "they rate higher: the comments are harsher than the survey",
    };
    format!("; {verdict} ({effect:+.2} points, 95 % interval {ci_low:+.2} to {ci_high:+.2})")
}

/// A measure as a sentence; `None` for those that only make sense in the table.
fn meaning(name: &str) -> Option<&'static str> {
    Some(match name {
        "empty" => "{n} rows have no comment",
        "no_comment" => "{n} rows say only that there is nothing to say (N/A, لا يوجد)",
        "other_language" => {
            "{n} comments are neither Arabic nor English; what is said of them is little worth"
        }
        "with_url" => "{n} comments hold an address of the web, masked wherever text is shown",
        "with_email" => "{n} comments hold an e-mail address, masked wherever text is shown",
        "with_mention" => "{n} comments name an account, masked wherever text is shown",
        "with_phone" => "{n} comments hold a phone number, masked wherever text is shown",
        "with_iban" => "{n} comments hold an IBAN, masked wherever text is shown",
        "with_card" => "{n} comments hold a card number, masked wherever text is shown",
        "with_national_id" => "{n} comments hold a national id, masked wherever text is shown",
        "rated_without_comment" => "{n} rated rows say nothing",
        "gibberish" => "{n} rows are no language",
        "duplicate" => "{n} rows repeat an earlier row",
        "near_duplicate" => "{n} rows nearly repeat another row",
        "mojibake" => "{n} rows hold broken characters",
        "truncated" => "{n} rows are longer than the model reads; their start was judged",
        "rating_missing" => "{n} rows have no rating",
        "time_unreadable" => "{n} dates cannot be read; year first is plain (2026-03-01)",
        "rating_unreadable" => "{n} ratings are no number",
        "rating_mismatch" => "{n} ratings say the opposite of their comment",
        "clauses_without_cause" => "{n} clauses fit no root cause",
        _ => return None,
    })
}
