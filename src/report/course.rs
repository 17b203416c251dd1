//! What changed over time: comments by period, causes that grow and fade, and what a date changed.

use std::fmt::Write;

use super::figures::thousands;
use super::movers::names;
use super::page::{arabic, heading, run};
use super::{ReportChange, ReportTrend};
use crate::drivers::Course;

pub(super) fn section(out: &mut String, trend: &ReportTrend) {
    if trend.periods.is_empty() {
        return;
    }
    out.push_str("<section class=\"course\">\n");
    heading(out, "Over time", "عبر الزمن");
    bars(out, &trend.periods);
    if trend.causes.is_empty() {
        out.push_str("<p class=\"soft\">Too few periods or comments to tell a trend of any cause.</p>\n");
    } else {
        changes(out, &trend.causes, "end against start");
    }
    if let Some((date, causes)) = &trend.event {
        let _ = writeln!(
            out,
            "<h3 class=\"event\"><span>From {date} on against before</span> {}</h3>",
            arabic("منذ ذلك التاريخ"),
            date = run(date)
        );
        if causes.is_empty() {
            out.push_str("<p class=\"soft\">Not enough data on both sides of the date.</p>\n");
        } else {
            changes(out, causes, "after against before");
        }
    }
    out.push_str("</section>\n");
}

/// One bar a period, the highest filling the height.
fn bars(out: &mut String, periods: &[(String, usize)]) {
    let most = periods.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1) as f64;
    let step = 100.0 / periods.len() as f64;
    let _ = write!(
        out,
        "<svg class=\"bars\" width=\"100%\" height=\"90\" role=\"img\" aria-label=\"Comments by period, at most {}\">",
        thousands(most as usize)
    );
    for (i, (_, n)) in periods.iter().enumerate() {
        let height = 90.0 * *n as f64 / most;
        let _ = write!(
            out,
            "<rect class=\"bar\" x=\"{:.2}%\" y=\"{:.2}\" width=\"{:.2}%\" height=\"{height:.2}\"></rect>",
            i as f64 * step + 0.1 * step,
            90.0 - height,
            0.8 * step
        );
    }
    let name = |at: Option<&(String, usize)>| at.map(|(name, _)| run(name)).unwrap_or_default();
    let _ = writeln!(
        out,
        "</svg>\n<p class=\"axis\"><span>{}</span> <span>comments by period, highest {}</span> <span>{}</span></p>",
        name(periods.first()),
        thousands(most as usize),
        name(periods.last())
    );
}

fn changes(out: &mut String, changes: &[ReportChange], against: &str) {
    let of = |wanted: Course| changes.iter().filter(move |change| change.change.course() == wanted);
    for (course, english, translation) in [
        (Course::Emerging, "Emerging", "أسباب ناشئة"),
        (Course::Rising, "Rising", "في ازدياد"),
        (Course::Falling, "Falling", "في تراجع"),
        (Course::Resolved, "Resolved or nearly so", "زالت أو كادت"),
    ] {
        if of(course).next().is_none() {
            continue;
        }
        let _ = write!(
            out,
            "<div class=\"changes {}\"><p class=\"name\"><span>{english}</span> {}</p><ul>",
            course.as_str(),
            arabic(translation)
        );
        for ReportChange { label_ar, label_en, change } in of(course) {
            let _ = write!(
                out,
                "<li>{} <span class=\"soft\">\u{D7}{} {against} ({} to {})</span></li>",
                names(label_en.as_deref(), label_ar.as_deref()),
                times(change.ratio),
                times(change.ci_low),
                times(change.ci_high)
            );
        }
        out.push_str("</ul></div>\n");
    }
    let n_steady = of(Course::Steady).count();
    let _ = writeln!(
        out,
        "<p class=\"soft\">No evidence of a change: {} of {} causes.</p>",
        thousands(n_steady),
        thousands(changes.len())
    );
}

/// A ratio with as many digits as it needs.
fn times(ratio: f64) -> String {
    if ratio > 1000.0 {
        "over 1,000".into()
    } else if ratio >= 10.0 {
        format!("{ratio:.0}")
    } else {
        format!("{ratio:.2}")
    }
}
