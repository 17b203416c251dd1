//! Charts as SVG, each a picture of its own: nothing in it is fetched or run, and every name keeps its own direction.

use std::fmt::Write;

use super::escape::escape;
use super::figures::{percent, signed};

/// Width of a chart, where its plot begins and ends, height of its heading, of a row and of its axis, in pixels.
const WIDTH: f64 = 820.0;
const FROM: f64 = 330.0;
const TO: f64 = 700.0;
const HEAD: f64 = 52.0;
const ROW: f64 = 46.0;
const AXIS: f64 = 34.0;
/// Height of the plot of a chart over time.
const PLOT: f64 = 260.0;
/// Letters of a name that are shown.
const LONGEST: usize = 44;
/// Colours that people who mix up red and green tell apart (Okabe and Ito 2008).
const HUES: [&str; 5] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"];
const INK: &str = "#1c2421";
const SOFT: &str = "#5d6a65";

/// Both names of what is charted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    /// In Arabic.
    pub ar: Option<String>,
    /// In English.
    pub en: Option<String>,
}

/// A value with its 95 % interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub names: Names,
    /// The value.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Whether the interval is evidence of anything.
    pub is_evidence: bool,
    /// What stands at the right of the row.
    pub told: String,
}

/// Shares over time; `None` where a period has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is of.
    pub names: Names,
    /// One for each period, 0..=1.
    pub shares: Vec<Option<f64>>,
}

/// Shares as bars from nothing on.
///
/// ```
/// use rasd::report::{Bar, Names, bars};
/// let names = Names { ar: Some("تأخر التوصيل".into()), en: Some("Late delivery".into()) };
/// let bar = Bar { names, value: 0.2, low: 0.15, high: 0.26, is_evidence: true, told: "40".into() };
/// assert!(bars(["Root causes", "الأسباب"], &[bar]).starts_with("<svg"));
/// ```
pub fn bars(heading: [&str; 2], rows: &[Bar]) -> String {
    let most = rows.iter().map(|row| row.high).fold(0.01, f64::max);
    let at = |x: f64| FROM + (TO - FROM) * (x / most).clamp(0.0, 1.0);
    let mut out = rows_of(heading, rows, |out, row, y| {
        let _ = write!(
            out,
            "<rect x=\"{FROM}\" y=\"{:.1}\" width=\"{:.1}\" height=\"16\" rx=\"2\" fill=\"{}\"/>",
            y - 8.0,
            at(row.value) - FROM,
            HUES[0]
        );
        whisker(out, at(row.low), at(row.high), y, INK);
    });
    axis(
        &mut out,
        rows,
        &[(at(0.0), percent(0.0)), (at(most / 2.0), percent(most / 2.0)), (at(most), percent(most))],
    );
    out
}

/// Effects as points with their intervals, on both sides of none; one that is no evidence is pale.
///
/// ```
/// use rasd::report::{Bar, Names, effects};
/// let bar = Bar { names: Names::default(), value: -1.2, low: -2.0, high: -0.4, is_evidence: true, told: String::new() };
/// assert!(effects(["Effects", "الأثر"], &[bar]).contains("<circle"));
/// ```
pub fn effects(heading: [&str; 2], rows: &[Bar]) -> String {
    let low = rows.iter().map(|row| row.low).fold(-0.1, f64::min);
    let high = rows.iter().map(|row| row.high).fold(0.1, f64::max);
    let at = |x: f64| FROM + (TO - FROM) * ((x - low) / (high - low)).clamp(0.0, 1.0);
    let mut out = rows_of(heading, rows, |out, row, y| {
        let hue = match row.is_evidence {
            false => "#b9c1bd",
            true if row.value < 0.0 => HUES[1],
            true => HUES[0],
        };
        whisker(out, at(row.low), at(row.high), y, hue);
        let _ = write!(out, "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{hue}\"/>", at(row.value));
    });
    axis(&mut out, rows, &[(at(low), signed(low)), (at(0.0), "0".into()), (at(high), signed(high))]);
    out
}

/// Shares over time, one line each, named below.
///
/// ```
/// use rasd::report::{Line, Names, lines};
/// let line = Line { names: Names::default(), shares: vec![Some(0.1), None, Some(0.3)] };
/// let periods = ["2026-01", "2026-02", "2026-03"].map(String::from);
/// assert!(lines(["Over time", "عبر الزمن"], &periods, &[line]).contains("<polyline"));
/// ```
pub fn lines(heading: [&str; 2], periods: &[String], rows: &[Line]) -> String {
    let rows = &rows[..rows.len().min(HUES.len())];
    let (left, right, bottom) = (70.0, WIDTH - 30.0, HEAD + PLOT);
    let mut out = open(heading, bottom + AXIS + ROW * rows.len() as f64);
    if periods.is_empty() || rows.is_empty() {
        return nothing(out);
    }
    let most = rows.iter().flat_map(|row| &row.shares).flatten().copied().fold(0.01, f64::max);
    let x = |i: usize| left + (right - left) * (i as f64 + 0.5) / periods.len() as f64;
    let y = |share: f64| bottom - PLOT * (share / most).clamp(0.0, 1.0);
    for share in [0.0, most / 2.0, most] {
        let y = y(share);
        let _ = write!(
            out,
            "<line x1=\"{left}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#dfe4e1\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"{SOFT}\">{}</text>",
            left - 8.0,
            y + 4.0,
            percent(share)
        );
    }
    for i in [0, periods.len() / 2, periods.len() - 1].into_iter().collect::<std::collections::BTreeSet<_>>()
    {
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{SOFT}\">{}</text>",
            x(i),
            bottom + 20.0,
            escape(&periods[i])
        );
    }
    for (n, (row, hue)) in rows.iter().zip(HUES).enumerate() {
        let known = row.shares.iter().enumerate().filter_map(|(i, share)| Some((i, (*share)?)));
        let points: Vec<String> = known.map(|(i, share)| format!("{:.1},{:.1}", x(i), y(share))).collect();
        let _ = write!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{hue}\" stroke-width=\"2.5\" stroke-linejoin=\"round\"/>",
            points.join(" ")
        );
        let y = bottom + AXIS + ROW * (n as f64 + 0.5);
        let _ =
            write!(out, "<rect x=\"{left}\" y=\"{:.1}\" width=\"18\" height=\"5\" fill=\"{hue}\"/>", y - 2.0);
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{INK}\">{}</text>",
            left + 30.0,
            y + 4.0,
            name(row.names.en.as_deref())
        );
        let _ = write!(
            out,
            "<text x=\"{right:.1}\" y=\"{:.1}\" direction=\"rtl\" lang=\"ar\" fill=\"{INK}\">{}</text>",
            y + 4.0,
            name(row.names.ar.as_deref())
        );
    }
    out.push_str("</svg>\n");
    out
}

/// A picture with its heading in both languages.
fn open([english, translation]: [&str; 2], height: f64) -> String {
    let (english, translation) = (escape(english), escape(translation));
    let right = WIDTH - 20.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         style=\"max-width:100%;height:auto\" role=\"img\" aria-label=\"{english}\" font-size=\"14\" \
         font-family=\"system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', 'Noto Naskh Arabic', Tahoma, sans-serif\">\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\
         <text x=\"20\" y=\"30\" font-size=\"18\" font-weight=\"600\" fill=\"{INK}\">{english}</text>\
         <text x=\"{right}\" y=\"30\" font-size=\"18\" font-weight=\"600\" direction=\"rtl\" lang=\"ar\" fill=\"{INK}\">{translation}</text>"
    )
}

fn nothing(mut out: String) -> String {
    let _ =
        writeln!(out, "<text x=\"20\" y=\"{}\" fill=\"{SOFT}\">Nothing to show.</text></svg>", HEAD + 14.0);
    out
}

/// Names at the left, one above the other, what `draw` draws at the height of the row, what is told at the right.
fn rows_of(heading: [&str; 2], rows: &[Bar], draw: impl Fn(&mut String, &Bar, f64)) -> String {
    let mut out = open(heading, HEAD + ROW * rows.len() as f64 + AXIS);
    for (i, row) in rows.iter().enumerate() {
        let y = HEAD + ROW * (i as f64 + 0.5);
        let _ = write!(
            out,
            "<text x=\"{x}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"{INK}\">{}</text>\
             <text x=\"{x}\" y=\"{:.1}\" direction=\"rtl\" lang=\"ar\" fill=\"{INK}\">{}</text>",
            y - 5.0,
            name(row.names.en.as_deref()),
            y + 14.0,
            name(row.names.ar.as_deref()),
            x = FROM - 14.0
        );
        draw(&mut out, row, y);
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{SOFT}\">{}</text>",
            TO + 12.0,
            y + 5.0,
            escape(&row.told)
        );
    }
    out
}

fn whisker(out: &mut String, from: f64, to: f64, y: f64, hue: &str) {
    let _ = write!(
        out,
        "<path d=\"M{from:.1} {y:.1}H{to:.1}M{from:.1} {:.1}v8M{to:.1} {:.1}v8\" stroke=\"{hue}\" stroke-width=\"1.5\" fill=\"none\"/>",
        y - 4.0,
        y - 4.0
    );
}

/// The ticks below the rows, and the end of the picture.
fn axis(out: &mut String, rows: &[Bar], ticks: &[(f64, String)]) {
    if rows.is_empty() {
        *out = nothing(std::mem::take(out));
        return;
    }
    let bottom = HEAD + ROW * rows.len() as f64;
    for (x, told) in ticks {
        let _ = write!(
            out,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{HEAD}\" y2=\"{bottom:.1}\" stroke=\"{SOFT}\" stroke-opacity=\".35\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{SOFT}\">{told}</text>",
            bottom + 20.0
        );
    }
    out.push_str("</svg>\n");
}

fn name(name: Option<&str>) -> String {
    let name = name.unwrap_or("–");
    let mut short: String = name.chars().take(LONGEST).collect();
    if name.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    escape(&short)
}
