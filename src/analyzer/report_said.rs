//! What the comments say beyond how they feel, counted for the report: kinds, topics, cues that need somebody now.

use std::collections::{BTreeMap, BTreeSet};

use crate::comment::Language;
use crate::normalize::Normalizer;
use crate::report::{CueQuote, ReportCue, ReportKind, ReportSaid, ReportTopic, TopicFigures};
use crate::{Result, Span};

use super::Analyzer;
use super::causes::{Base, quoting};
use super::judge::Judged;
use super::options::AnalyzeOptions;
use super::said::Cue;

/// The gravest first; cues of the user's own follow.
const CUES: [&str; 7] = [
    "escalation",
    "urgency",
    "churn",
    "switch_competitor",
    "automation_wall",
    "promise_broken",
    "told_others",
];
const N_TOPICS: usize = 15;
const N_QUOTES: usize = 3;
/// Characters of a comment shown on either side of a cue.
const CONTEXT: usize = 160;

/// `None` when no comment was judged.
pub(super) fn build(
    analyzer: &Analyzer,
    judged: &Judged,
    ratings: &[Option<f64>],
    customers: &[Option<u64>],
    options: &AnalyzeOptions,
) -> Result<Option<ReportSaid>> {
    let rows: Vec<usize> = (0..judged.rows.len()).filter(|&row| judged.reads[row].is_some()).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let mut said = ReportSaid {
        kinds: kinds(judged, &rows),
        n_without_topic: rows.iter().filter(|&&row| judged.topics(row).is_empty()).count(),
        cues: cues(judged, &rows, customers, options)?,
        ..ReportSaid::default()
    };
    topics(&mut said, analyzer, judged, ratings);
    Ok(Some(said))
}

fn kind<'a>(judged: &'a Judged, row: usize) -> Option<&'a str> {
    judged.reads[row].as_ref()?.kind.as_ref().map(|(kind, _)| &**kind)
}

fn kinds(judged: &Judged, rows: &[usize]) -> Vec<ReportKind> {
    let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    rows.iter().for_each(|&row| *counts.entry(kind(judged, row)).or_default() += 1);
    if counts.keys().all(Option::is_none) {
        return Vec::new();
    }
    let mut found: Vec<(Option<&str>, usize)> = counts.into_iter().collect();
    found.sort_by_key(|&(kind, n)| (kind.is_none(), std::cmp::Reverse(n)));
    let share = |n: usize| n as f64 / rows.len() as f64;
    found.into_iter().map(|(kind, n)| ReportKind { kind: kind.map(Into::into), n, share: share(n) }).collect()
}

/// The most complained-of first, then the most raised; the rest as one, each comment counted once.
fn topics(said: &mut ReportSaid, analyzer: &Analyzer, judged: &Judged, ratings: &[Option<f64>]) {
    let ids = analyzer.topics.names();
    let mut raised: Vec<Vec<usize>> = vec![Vec::new(); ids.len()];
    for row in 0..judged.rows.len() {
        judged.topics(row).iter().for_each(|&topic| raised[topic].push(row));
    }
    let figures = |rows: &[usize]| figures(judged, ratings, rows);
    let mut order: Vec<(usize, TopicFigures)> =
        raised.iter().map(|rows| figures(rows)).enumerate().filter(|(_, f)| f.n_comments > 0).collect();
    order.sort_by_key(|(_, f)| std::cmp::Reverse((f.complaints.map_or(0, |(n, ..)| n), f.n_comments)));
    let (shown, rest) = order.split_at(order.len().min(N_TOPICS));
    said.topics = shown
        .iter()
        .map(|&(topic, figures)| {
            let named = analyzer.taxonomy.topic(&ids[topic]);
            ReportTopic {
                name_ar: named.map(|topic| topic.name_ar.clone()),
                name_en: Some(named.map_or_else(|| ids[topic].to_string(), |topic| topic.name_en.clone())),
                figures,
            }
        })
        .collect();
    let together: BTreeSet<usize> =
        rest.iter().flat_map(|&(topic, _)| raised[topic].iter().copied()).collect();
    let together: Vec<usize> = together.into_iter().collect();
    said.other_topics = (!rest.is_empty()).then(|| (rest.len(), figures(&together)));
}

fn figures(judged: &Judged, ratings: &[Option<f64>], rows: &[usize]) -> TopicFigures {
    let told: Vec<&str> = rows.iter().filter_map(|&row| kind(judged, row)).collect();
    let n = told.iter().filter(|&&kind| kind == "complaint").count();
    let stated: Vec<f64> = rows.iter().filter_map(|&row| ratings.get(row).copied().flatten()).collect();
    TopicFigures {
        n_comments: rows.len(),
        complaints: (!told.is_empty()).then(|| (n, told.len(), n as f64 / told.len() as f64)),
        mean_rating: (!stated.is_empty()).then(|| stated.iter().sum::<f64>() / stated.len() as f64),
    }
}

fn cues(
    judged: &Judged,
    rows: &[usize],
    customers: &[Option<u64>],
    options: &AnalyzeOptions,
) -> Result<Vec<ReportCue>> {
    let base = Base::of(rows, customers);
    let quoting = quoting()?;
    let own: BTreeSet<&str> =
        judged.cues.iter().flatten().map(|cue| &*cue.id).filter(|id| !CUES.contains(id)).collect();
    let of = |id: &str| {
        let heard = |row: usize| -> Vec<&Cue> {
            judged.cues[row].iter().filter(|cue| &*cue.id == id && alarms(judged, row, cue)).collect()
        };
        let with: Vec<(usize, Vec<&Cue>)> =
            rows.iter().map(|&row| (row, heard(row))).filter(|(_, cues)| !cues.is_empty()).collect();
        let mut senses: BTreeMap<String, usize> = BTreeMap::new();
        for (_, cues) in &with {
            let of_row: BTreeSet<&str> = cues.iter().filter_map(|cue| cue.sense.as_deref()).collect();
            of_row.into_iter().for_each(|sense| *senses.entry(sense.into()).or_default() += 1);
        }
        let quote = |(row, cue): (usize, &Cue)| CueQuote {
            row: options.row_name(row),
            ..marked(judged.rows[row].text, cue.span, judged.rows[row].language, &quoting)
        };
        ReportCue {
            id: id.into(),
            n_comments: with.len(),
            share: base.share(with.iter().map(|(row, _)| *row)),
            senses: senses.into_iter().collect(),
            quotes: surest(judged, &with).into_iter().take(N_QUOTES).map(quote).collect(),
        }
    };
    Ok(CUES.into_iter().chain(own).map(of).collect())
}

/// Who recommends to others needs nobody.
fn alarms(judged: &Judged, row: usize, cue: &Cue) -> bool {
    let praises = match cue.sense.as_deref() {
        Some(sense) => sense == "recommended",
        None => judged.sentiments[row].is_some_and(|sentiment| sentiment.top().0 == "positive"),
    };
    &*cue.id != "told_others" || !praises
}

/// The first mark of each comment, the most probable first, the languages in turn; a repeated comment is quoted once.
fn surest<'a>(judged: &Judged, with: &[(usize, Vec<&'a Cue>)]) -> Vec<(usize, &'a Cue)> {
    let mut firsts: Vec<(usize, &Cue)> = with
        .iter()
        .filter(|(row, _)| judged.rows[*row].duplicate_of.is_none())
        .filter_map(|(row, cues)| Some((*row, *cues.first()?)))
        .collect();
    let probability = |cue: &Cue| cue.probability.unwrap_or(1.0);
    firsts.sort_by(|a, b| probability(b.1).total_cmp(&probability(a.1)).then(a.0.cmp(&b.0)));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut turns: Vec<(usize, (usize, &Cue))> = Vec::with_capacity(firsts.len());
    for (row, cue) in firsts {
        let turn = seen.entry(judged.rows[row].language.as_str()).or_default();
        turns.push((*turn, (row, cue)));
        *turn += 1;
    }
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, first)| first).collect()
}

/// The comment masked, then cut around the words of `span`.
fn marked(text: &str, span: Span, language: Language, quoting: &Normalizer) -> CueQuote {
    let masked = quoting.normalize_aligned(text);
    let Span { start, end } = masked.normalized_span(span);
    let part = |from: usize, to: usize| masked.text.get(from..to).unwrap_or_default();
    CueQuote {
        row: String::new(),
        language,
        before: ending(part(0, start)),
        words: part(start, end).to_string(),
        after: beginning(part(end, masked.text.len())),
    }
}

/// The last characters of a text, from a whole word on.
fn ending(text: &str) -> String {
    match text.char_indices().rev().nth(CONTEXT) {
        None => text.to_string(),
        Some((at, _)) => {
            let cut = &text[at..];
            format!("… {}", cut.find(char::is_whitespace).map_or(cut, |blank| cut[blank..].trim_start()))
        }
    }
}

/// The first characters of a text, to the end of a word.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(CONTEXT) {
        None => text.to_string(),
        Some((at, _)) => {
            let cut = &text[..at];
            format!("{} …", cut.rfind(char::is_whitespace).map_or(cut, |blank| cut[..blank].trim_end()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_masked_before_it_is_cut_and_keeps_the_cue() {
        let quoting = quoting().unwrap();
        let text =
            format!("اتصلوا على 0559283746 {} سألغي اشتراكي {}", "كلمة ".repeat(60), "بعد ".repeat(60));
        let start = text.find("سألغي").unwrap();
        let span = Span { start, end: start + "سألغي اشتراكي".len() };
        let quote = marked(&text, span, Language::Ar, &quoting);
        assert_eq!(quote.words, "سألغي اشتراكي");
        assert!(quote.before.starts_with("… كلمة") && quote.after.ends_with("بعد …"), "{quote:?}");
        let short = marked("call 0559283746 or I sue", Span { start: 19, end: 24 }, Language::En, &quoting);
        assert_eq!((short.words.as_str(), short.before.contains("0559283746")), ("I sue", false));
    }
}
