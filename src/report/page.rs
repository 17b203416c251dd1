//! The page: headline numbers, causes, data quality, method.

use std::fmt::Write;

use super::escape::escape;
use super::figures::{number, percent, signed, thousands};
use super::{Kpi, ReportCause, ReportData, ReportEffect, SentimentCounts, course, movers, said};
use crate::comment::Language;
use crate::drivers::Estimate;

const STYLE: &str = include_str!("style.css");
/// Causes shown open; the rest unfold.
const N_OPEN: usize = 12;
/// Above this false discovery rate an effect is not reported as one.
const Q_BAR: f64 = 0.05;

pub(super) fn document(data: &ReportData) -> String {
    let title = escape(&data.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <style>body{{margin:0}}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        fragment(data)
    )
}

pub(super) fn fragment(data: &ReportData) -> String {
    let mut out = format!("<style>\n{STYLE}</style>\n<main class=\"rasd-report\" lang=\"en\" dir=\"ltr\">\n");
    let _ = writeln!(
        out,
        "<header>\n<p class=\"kicker\"><span>Customer comments: root causes</span> {}</p>\n<h1>{}</h1>\n</header>",
        arabic("أسباب ما يقوله العملاء"),
        run(&data.title)
    );
    headline(&mut out, data);
    if let Some(told) = &data.said {
        said::kinds(&mut out, told);
    }
    causes(&mut out, data);
    if let Some(told) = &data.said {
        said::topics(&mut out, told);
        said::cues(&mut out, told);
    }
    movers::section(&mut out, data);
    if let Some(trend) = &data.trend {
        course::section(&mut out, trend);
    }
    notes(&mut out, "quality", "Data quality", "جودة البيانات", &data.quality_notes, "Nothing to report.");
    notes(&mut out, "method", "How to read this", "كيف تقرأ هذا التقرير", &data.method_notes, "");
    out.push_str("</main>\n");
    out
}

pub(super) fn heading(out: &mut String, english: &str, translation: &str) {
    let _ = writeln!(out, "<h2><span>{english}</span> {}</h2>", arabic(translation));
}

/// Arabic of our own, already safe.
pub(super) fn arabic(text: &str) -> String {
    format!("<span lang=\"ar\" dir=\"rtl\">{text}</span>")
}

/// Untrusted text that keeps its direction to itself.
pub(super) fn run(text: &str) -> String {
    let safe = escape(text);
    if safe.is_ascii() { safe } else { format!("<bdi>{safe}</bdi>") }
}

fn headline(out: &mut String, data: &ReportData) {
    out.push_str("<section class=\"tiles\" aria-label=\"Headline numbers\">\n");
    tile(
        out,
        "Comments",
        "تعليقات",
        &thousands(data.n_commented),
        &format!("of {} rows say something", thousands(data.n_rows)),
    );
    if let Some(Kpi { name, estimate, is_share, implied, mismatches }) = &data.kpi {
        let show = |x: f64| if *is_share { percent(x) } else { number(x) };
        let mut detail = format!(
            "95 % interval {} to {}, {} ratings",
            show(estimate.ci_low),
            show(estimate.ci_high),
            thousands(estimate.n)
        );
        if let Some(implied) = implied {
            let _ = write!(
                detail,
                "<p class=\"aside\">Going by the words alone, roughly {} ({} to {}): an estimate from {} comments, \
                 not a measured score.</p>",
                show(implied.value),
                show(implied.ci_low),
                show(implied.ci_high),
                thousands(implied.n)
            );
        }
        if let Some((n, of)) = mismatches.filter(|(n, _)| *n > 0) {
            let _ = write!(
                detail,
                "<p class=\"aside\">{} of {} ratings seem to say the opposite of their comment.</p>",
                thousands(n),
                thousands(of)
            );
        }
        tile(out, &run(name), "التقييم", &show(estimate.value), &detail);
    }
    if let Some(counts) = &data.sentiment {
        let total = counts.n_negative + counts.n_neutral + counts.n_positive;
        if total > 0 {
            let detail = sentiment_bar(counts, total);
            tile(out, "Negative", "سلبية", &percent(counts.n_negative as f64 / total as f64), &detail);
        }
    }
    tile(out, "Root causes", "أسباب", &thousands(data.causes.len()), &languages(data));
    out.push_str("</section>\n");
}

fn tile(out: &mut String, name: &str, translation: &str, value: &str, detail: &str) {
    let _ = writeln!(
        out,
        "<div class=\"tile\"><p class=\"name\"><span>{name}</span> {}</p><p class=\"value\">{value}</p><div class=\"detail\">{detail}</div></div>",
        arabic(translation)
    );
}

fn languages(data: &ReportData) -> String {
    let name = |language: &Language| match language {
        Language::Ar => "Arabic",
        Language::En => "English",
        Language::Mixed => "mixed",
        Language::Arabizi => "Arabizi",
        Language::Other => "other",
    };
    let parts: Vec<String> = data
        .languages
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(l, n)| format!("{} {}", thousands(*n), name(l)))
        .collect();
    if parts.is_empty() { String::new() } else { format!("in comments: {}", parts.join(", ")) }
}

fn sentiment_bar(counts: &SentimentCounts, total: usize) -> String {
    let width = |n: usize| 100.0 * n as f64 / total as f64;
    let (negative, neutral, positive) =
        (width(counts.n_negative), width(counts.n_neutral), width(counts.n_positive));
    format!(
        "<svg class=\"stack\" width=\"100%\" height=\"10\" role=\"img\" aria-label=\"{n} negative, {u} neutral, {p} positive\">\
         <rect class=\"negative\" width=\"{negative:.2}%\" height=\"10\"></rect>\
         <rect class=\"neutral\" x=\"{negative:.2}%\" width=\"{neutral:.2}%\" height=\"10\"></rect>\
         <rect class=\"positive\" x=\"{x:.2}%\" width=\"{positive:.2}%\" height=\"10\"></rect></svg>\
         {n} negative, {u} neutral, {p} positive",
        n = thousands(counts.n_negative),
        u = thousands(counts.n_neutral),
        p = thousands(counts.n_positive),
        x = negative + neutral,
    )
}

fn causes(out: &mut String, data: &ReportData) {
    out.push_str("<section class=\"causes\">\n");
    heading(out, "Root causes", "الأسباب الجذرية");
    if data.causes.is_empty() {
        out.push_str("<p class=\"empty\">No group of similar comments stands apart from the rest.</p>\n");
    }
    let rated = data.kpi.is_some() || data.causes.iter().any(|cause| cause.effect.is_some());
    // Bars share one scale, the widest interval on the page.
    let scale = data.causes.iter().map(|cause| cause.share.ci_high).fold(0.01, f64::max);
    if !data.causes.is_empty() {
        let _ = writeln!(
            out,
            "<p class=\"legend\">Green bars share one scale, up to {}; the thin line is the 95 % interval.</p>",
            percent(scale)
        );
    }
    for (i, cause) in data.causes.iter().enumerate() {
        if i == N_OPEN {
            let _ = writeln!(out, "<details><summary>{} more causes</summary>", data.causes.len() - N_OPEN);
        }
        card(out, i + 1, cause, scale, rated);
    }
    if data.causes.len() > N_OPEN {
        out.push_str("</details>\n");
    }
    out.push_str("</section>\n");
}

fn card(out: &mut String, rank: usize, cause: &ReportCause, scale: f64, rated: bool) {
    let _ = writeln!(
        out,
        "<article class=\"cause\">\n<div class=\"names\"><span class=\"rank\">{rank}</span>{}{}</div>",
        name(cause.label_en.as_deref(), cause.derived_en, Language::En),
        name(cause.label_ar.as_deref(), cause.derived_ar, Language::Ar)
    );
    let _ = writeln!(out, "<div class=\"figures\">{}", share_bar(&cause.share, cause.n_comments, scale));
    if let Some(negative) = cause.negative_share {
        let _ = writeln!(
            out,
            "<div class=\"figure\"><p><b>{}</b> of these negative</p>\
             <svg width=\"100%\" height=\"14\" aria-hidden=\"true\"><rect class=\"track\" y=\"3\" width=\"100%\" height=\"8\" rx=\"2\"></rect>\
             <rect class=\"negative\" y=\"3\" width=\"{:.2}%\" height=\"8\" rx=\"2\"></rect></svg></div>",
            percent(negative),
            100.0 * negative.clamp(0.0, 1.0)
        );
    }
    if rated {
        let _ = writeln!(out, "<div class=\"figure\">{}</div>", effect(cause.effect.as_ref()));
    }
    out.push_str("</div>\n");
    keywords(out, cause);
    quotes(out, cause);
    out.push_str("</article>\n");
}

/// The share of comments in words, and as a bar with its interval, up to `scale`.
pub(super) fn share_bar(share: &Estimate, n_comments: usize, scale: f64) -> String {
    let at = |x: f64| 100.0 * (x / scale).clamp(0.0, 1.0);
    format!(
        "<div class=\"figure share\"><p><b>{value}</b> of comments <span class=\"soft\">({low} to {high}; {n})</span></p>\
         <svg width=\"100%\" height=\"14\" role=\"img\" aria-label=\"{value} of comments, interval {low} to {high}\">\
         <rect class=\"track\" y=\"3\" width=\"100%\" height=\"8\" rx=\"2\"></rect>\
         <rect class=\"bar\" y=\"3\" width=\"{bar:.2}%\" height=\"8\" rx=\"2\"></rect>\
         <line class=\"whisker\" x1=\"{from:.2}%\" x2=\"{to:.2}%\" y1=\"7\" y2=\"7\"></line>\
         <line class=\"whisker\" x1=\"{from:.2}%\" x2=\"{from:.2}%\" y1=\"2\" y2=\"12\"></line>\
         <line class=\"whisker\" x1=\"{to:.2}%\" x2=\"{to:.2}%\" y1=\"2\" y2=\"12\"></line></svg></div>",
        value = percent(share.value),
        low = percent(share.ci_low),
        high = percent(share.ci_high),
        n = thousands(n_comments),
        bar = at(share.value),
        from = at(share.ci_low),
        to = at(share.ci_high),
    )
}

fn name(label: Option<&str>, derived: bool, language: Language) -> String {
    let (tag, hint) = if language == Language::Ar {
        ("<h3 lang=\"ar\" dir=\"rtl\">", "اسم شائع لها")
    } else {
        ("<h3 lang=\"en\" dir=\"ltr\">", "a common name for it")
    };
    match label {
        Some(label) if derived => format!("{tag}{} <small>{hint}</small></h3>", escape(label)),
        Some(label) => format!("{tag}{}</h3>", escape(label)),
        None => format!("{tag}<span class=\"soft\">—</span></h3>"),
    }
}

fn effect(effect: Option<&ReportEffect>) -> String {
    let Some(ReportEffect { effect, ci_low, ci_high, q_value }) = effect else {
        return "<p class=\"soft\">Rating: too few ratings to compare</p>".into();
    };
    let interval = format!("{} to {}", signed(*ci_low), signed(*ci_high));
    if *q_value > Q_BAR || (*ci_low..=*ci_high).contains(&0.0) {
        return format!("<p class=\"soft\">Rating: no evidence of a difference ({interval})</p>");
    }
    let class = if *effect < 0.0 { "worse" } else { "better" };
    format!(
        "<p><b class=\"{class}\">{}</b> rating points <span class=\"soft\">({interval})</span></p>",
        signed(*effect)
    )
}

fn keywords(out: &mut String, cause: &ReportCause) {
    if cause.keywords_en.is_empty() && cause.keywords_ar.is_empty() {
        return;
    }
    let list = |words: &[String], attributes: &str| {
        let items: String = words.iter().map(|word| format!("<li>{}</li>", escape(word))).collect();
        format!("<ul class=\"words\" {attributes}>{items}</ul>")
    };
    let english = list(&cause.keywords_en, "lang=\"en\" dir=\"ltr\"");
    let _ = writeln!(
        out,
        "<div class=\"sides\">{english}{}</div>",
        list(&cause.keywords_ar, "lang=\"ar\" dir=\"rtl\"")
    );
}

fn quotes(out: &mut String, cause: &ReportCause) {
    if cause.quotes.is_empty() {
        return;
    }
    let side = |arabic: bool| -> String {
        cause
            .quotes
            .iter()
            .filter(|(language, text)| arabic == reads_right_to_left(*language, text))
            .map(|(language, text)| {
                format!("<blockquote {}><bdi>{}</bdi></blockquote>", spoken(*language, arabic), escape(text))
            })
            .collect()
    };
    let _ = writeln!(out, "<div class=\"sides\"><div>{}</div><div>{}</div></div>", side(false), side(true));
}

/// Language and direction of a quote, as attributes.
pub(super) fn spoken(language: Language, arabic: bool) -> &'static str {
    match language {
        _ if arabic => "lang=\"ar\" dir=\"rtl\"",
        Language::Arabizi => "lang=\"ar-Latn\" dir=\"ltr\"",
        _ => "lang=\"en\" dir=\"ltr\"",
    }
}

/// Arabic does; a mixed text follows its first letter.
pub(super) fn reads_right_to_left(language: Language, text: &str) -> bool {
    match language {
        Language::Ar => true,
        Language::En | Language::Arabizi => false,
        Language::Mixed | Language::Other => {
            text.chars().find(|c| c.is_alphabetic()).is_some_and(|c| matches!(c, '\u{0590}'..='\u{08FF}'))
        }
    }
}

fn notes(out: &mut String, class: &str, english: &str, translation: &str, notes: &[String], empty: &str) {
    if notes.is_empty() && empty.is_empty() {
        return;
    }
    let _ = writeln!(out, "<section class=\"notes {class}\">");
    heading(out, english, translation);
    if notes.is_empty() {
        let _ = writeln!(out, "<p class=\"empty\">{empty}</p>");
    } else {
        out.push_str("<ul>\n");
        notes.iter().for_each(|note| {
            let _ = writeln!(out, "<li>{}</li>", run(note));
        });
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}
