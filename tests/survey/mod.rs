//! A survey made up for the page: every part of it filled.

use rasd::Language;
use rasd::drivers::{Adjusted, Change, Effect, Estimate, Quadrant, nps, share};
use rasd::report::{
    CueQuote, Kpi, ReportCause, ReportChange, ReportCue, ReportData, ReportDriver, ReportEffect, ReportKind,
    ReportSaid, ReportTopic, ReportTrend, SentimentCounts, TopicFigures,
};

pub fn cause(english: Option<&str>, arabic: Option<&str>) -> ReportCause {
    ReportCause {
        label_ar: arabic.map(Into::into),
        label_en: english.map(Into::into),
        derived_ar: false,
        derived_en: false,
        n_comments: 1240,
        share: share(1240, 10_000),
        negative_share: Some(0.75),
        effect: Some(ReportEffect { effect: -1.5, ci_low: -2.0, ci_high: -1.0, q_value: 0.001 }),
        keywords_ar: vec!["بطاقة".into()],
        keywords_en: vec!["card".into()],
        quotes: vec![
            (Language::En, "My card never came".into()),
            (Language::Ar, "بطاقتي لم تصل".into()),
            (Language::Mixed, "الapp لا يعمل".into()),
            (Language::Arabizi, "el card ma wesel".into()),
        ],
    }
}

pub fn driver(english: &str, arabic: &str) -> ReportDriver {
    ReportDriver {
        label_ar: Some(arabic.into()),
        label_en: Some(english.into()),
        effect: Effect {
            effect: -1.5,
            ci_low: -2.0,
            ci_high: -1.0,
            n_with: 40,
            n_without: 60,
            mean_with: 5.0,
            p_value: 0.001,
            q_value: 0.001,
            impact: -7.5,
            impact_ci_low: -11.0,
            impact_ci_high: -4.0,
        },
        adjusted: Some(Adjusted {
            effect: -0.4,
            ci_low: -1.0,
            ci_high: 0.2,
            error: 0.3,
            p_value: 0.2,
            q_value: 0.3,
            is_ridge: false,
        }),
        importance: Some(0.25),
        quadrant: Some(Quadrant::Concentrate),
    }
}

pub fn change(english: &str, arabic: &str, ratio: f64, q_value: f64) -> ReportChange {
    ReportChange {
        label_ar: Some(arabic.into()),
        label_en: Some(english.into()),
        change: Change {
            ratio,
            ci_low: ratio / 2.0,
            ci_high: ratio * 2.0,
            p_value: q_value,
            q_value,
            dispersion: 1.0,
        },
    }
}

pub fn trend(english: &str, arabic: &str) -> ReportTrend {
    ReportTrend {
        periods: vec![("2026-01".into(), 40), ("2026-02".into(), 120)],
        causes: vec![change(english, arabic, 3.5, 0.01), change("quiet", "هادئ", 1.1, 0.8)],
        event: Some(("2026-02-01".into(), vec![change(english, arabic, 0.25, 0.01)])),
    }
}

pub fn cue(id: &str, quotes: Vec<CueQuote>) -> ReportCue {
    let senses = vec![("legal".into(), 30), ("safety".into(), 10)];
    ReportCue { id: id.into(), n_comments: 40, share: share(40, 10_000), senses, quotes }
}

pub fn quote(row: &str, language: Language, [before, words, after]: [&str; 3]) -> CueQuote {
    CueQuote { row: row.into(), language, before: before.into(), words: words.into(), after: after.into() }
}

pub fn topic(english: &str, arabic: &str, complaints: Option<(usize, usize, f64)>) -> ReportTopic {
    let figures = TopicFigures { n_comments: 1500, complaints, mean_rating: Some(2.5) };
    ReportTopic { name_ar: Some(arabic.into()), name_en: Some(english.into()), figures }
}

pub fn said() -> ReportSaid {
    let kind = |kind: Option<&str>, n: usize, share| ReportKind { kind: kind.map(Into::into), n, share };
    ReportSaid {
        kinds: vec![
            kind(Some("complaint"), 6_000, 0.6),
            kind(Some("praise"), 3_000, 0.3),
            kind(None, 1_000, 0.1),
        ],
        topics: vec![topic("Delivery", "التوصيل", Some((900, 1200, 0.75))), topic("Food", "الطعام", None)],
        other_topics: Some((4, TopicFigures { n_comments: 77, complaints: None, mean_rating: None })),
        n_without_topic: 321,
        cues: vec![
            cue(
                "escalation",
                vec![
                    quote("row 41", Language::Ar, ["والله ", "سأرفع قضية", " عليكم"]),
                    quote("row 7", Language::En, ["Or ", "I will sue", " you"]),
                    quote("row 9", Language::Mixed, ["الapp ", "خطر", ""]),
                ],
            ),
            ReportCue { n_comments: 0, quotes: Vec::new(), senses: Vec::new(), ..cue("churn", Vec::new()) },
        ],
    }
}

pub fn survey() -> ReportData {
    ReportData {
        title: "استبيان الفروع 2026".into(),
        n_rows: 12_000,
        n_commented: 10_000,
        languages: vec![(Language::Ar, 6_000), (Language::En, 4_000), (Language::Other, 0)],
        sentiment: Some(SentimentCounts { n_negative: 5_000, n_neutral: 3_000, n_positive: 2_000 }),
        kpi: Some(Kpi {
            name: "NPS".into(),
            estimate: nps(&[10.0, 9.0, 8.0, 3.0]).unwrap(),
            is_share: false,
            implied: Some(Estimate { value: -12.5, ci_low: -33.0, ci_high: 8.0, n: 9_000 }),
            mismatches: Some((1_234, 8_000)),
        }),
        said: Some(said()),
        causes: vec![
            cause(Some("card never arrived"), Some("البطاقة لم تصل")),
            cause(None, Some("رسوم مخفية")),
        ],
        drivers: vec![driver("card never arrived", "البطاقة لم تصل")],
        trend: Some(trend("card never arrived", "البطاقة لم تصل")),
        quality_notes: vec!["2,000 rows have no comment".into()],
        method_notes: vec!["Intervals are 95 %".into()],
    }
}

/// Every place that takes text, filled with `text`.
pub fn filled_with(text: &str) -> ReportData {
    let mut cause = cause(Some(text), Some(text));
    cause.keywords_ar = vec![text.into()];
    cause.keywords_en = vec![text.into()];
    cause.quotes = [Language::Ar, Language::En, Language::Mixed, Language::Arabizi, Language::Other]
        .map(|l| (l, text.into()))
        .into();
    ReportData {
        title: text.into(),
        kpi: Some(Kpi { name: text.into(), ..survey().kpi.unwrap() }),
        said: Some(ReportSaid {
            kinds: vec![ReportKind { kind: Some(text.into()), n: 1, share: 1.0 }],
            topics: vec![topic(text, text, None)],
            cues: [Language::Ar, Language::En, Language::Mixed, Language::Arabizi, Language::Other]
                .map(|l| {
                    let senses = vec![(text.into(), 1)];
                    ReportCue { senses, ..cue(text, vec![quote(text, l, [text; 3])]) }
                })
                .into(),
            ..said()
        }),
        causes: vec![cause],
        drivers: vec![driver(text, text)],
        trend: Some(ReportTrend {
            periods: vec![(text.into(), 1), (text.into(), 2)],
            event: Some((text.into(), vec![change(text, text, 0.25, 0.01)])),
            ..trend(text, text)
        }),
        quality_notes: vec![text.into()],
        method_notes: vec![text.into()],
        ..survey()
    }
}
