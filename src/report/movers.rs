//! What moves the rating: effects in words, and importance against performance.

use std::fmt::Write;

use super::escape::escape;
use super::figures::{percent, signed};
use super::page::{arabic, heading};
use super::{ReportData, ReportDriver};
use crate::drivers::Quadrant;

/// Causes shown in the table.
const N_SHOWN: usize = 12;

pub(super) fn section(out: &mut String, data: &ReportData) {
    if data.drivers.is_empty() {
        return;
    }
    out.push_str("<section class=\"movers\">\n");
    heading(out, "What the rating goes with", "ما يرتبط به التقييم");
    let index = data.kpi.as_ref().map_or_else(|| "rating".into(), |kpi| escape(&kpi.name));
    let as_share = data.kpi.as_ref().is_some_and(|kpi| kpi.is_share);
    let _ = writeln!(
        out,
        "<div class=\"wide\"><table><thead><tr><th>Cause {}</th><th>Rating with it against without</th>\
         <th>With other causes equal</th><th>Moves the {index} by</th><th>Importance</th></tr></thead><tbody>",
        arabic("السبب")
    );
    for driver in data.drivers.iter().take(N_SHOWN) {
        let effect = &driver.effect;
        let moved = |x: f64| if as_share { format!("{}\u{A0}pp", signed(100.0 * x)) } else { signed(x) };
        let _ = writeln!(
            out,
            "<tr><th>{}</th><td>{}</td><td>{}</td><td>{} <span class=\"soft\">({} to {})</span></td><td>{}</td></tr>",
            names(driver.label_en.as_deref(), driver.label_ar.as_deref()),
            words(effect.verdict(), effect.effect, effect.ci_low, effect.ci_high),
            driver.adjusted.as_ref().map_or_else(
                || "<span class=\"soft\">too few ratings</span>".into(),
                |a| words(a.verdict(), a.effect, a.ci_low, a.ci_high)
            ),
            moved(effect.impact),
            moved(effect.impact_ci_low),
            moved(effect.impact_ci_high),
            driver.importance.map_or_else(|| "\u{2013}".into(), percent),
        );
    }
    out.push_str("</tbody></table></div>\n");
    quadrants(out, data);
    out.push_str("</section>\n");
}

/// An effect, or that there is no evidence of one.
fn words(verdict: &str, effect: f64, low: f64, high: f64) -> String {
    let interval = format!("<span class=\"soft\">({} to {})</span>", signed(low), signed(high));
    match verdict {
        "lower" => format!("<b class=\"worse\">{}</b> points {interval}", signed(effect)),
        "higher" => format!("<b class=\"better\">{}</b> points {interval}", signed(effect)),
        _ => format!("<span class=\"soft\">no evidence of an effect</span> {interval}"),
    }
}

/// Both names of a cause, each in its direction.
pub(super) fn names(english: Option<&str>, other: Option<&str>) -> String {
    let side = |name: Option<&str>, attributes: &str| {
        name.map_or_else(String::new, |name| format!("<span {attributes}>{}</span>", escape(name)))
    };
    format!("{} {}", side(english, "lang=\"en\" dir=\"ltr\""), side(other, "lang=\"ar\" dir=\"rtl\""))
}

fn quadrants(out: &mut String, data: &ReportData) {
    let of = |wanted: Quadrant| -> Vec<&ReportDriver> {
        data.drivers.iter().filter(|driver| driver.quadrant == Some(wanted)).collect()
    };
    if data.drivers.iter().all(|driver| driver.quadrant.is_none()) {
        return;
    }
    out.push_str(
        "<p class=\"legend\">Importance against performance: a cause is important above the mean importance, and \
         well rated where the comments that raise it rate at or above the survey's mean.</p>\n<div class=\"quadrants\">\n",
    );
    for (quadrant, english, translation) in [
        (Quadrant::Concentrate, "Important, badly rated: concentrate here", "مهم وتقييمه منخفض: ركّز هنا"),
        (Quadrant::KeepUp, "Important, well rated: keep it up", "مهم وتقييمه جيد: حافظ عليه"),
        (Quadrant::LowPriority, "Less important, badly rated: low priority", "أقل أهمية وتقييمه منخفض"),
        (Quadrant::PossibleOverkill, "Less important, well rated", "أقل أهمية وتقييمه جيد"),
    ] {
        let _ = write!(
            out,
            "<div class=\"quadrant {}\"><p class=\"name\"><span>{english}</span> {}</p><ul>",
            quadrant.as_str(),
            arabic(translation)
        );
        let drivers = of(quadrant);
        for driver in drivers.iter().take(N_SHOWN) {
            let _ = write!(out, "<li>{}</li>", names(driver.label_en.as_deref(), driver.label_ar.as_deref()));
        }
        if drivers.len() > N_SHOWN {
            let _ = write!(out, "<li class=\"soft\">and {} more</li>", drivers.len() - N_SHOWN);
        }
        out.push_str("</ul></div>\n");
    }
    out.push_str("</div>\n");
}
