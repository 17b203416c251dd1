//! Charts: whole pictures of what the tables say, and no name in them can act.
#![cfg(feature = "analyze")]

use std::path::Path;

use rasd::report::{Bar, Line, Names, bars, effects, lines};
use rasd::{Analyzer, Chart, Comment, Values};

fn bar(en: &str, value: f64) -> Bar {
    let names = Names { ar: Some("تأخر التوصيل".into()), en: Some(en.into()) };
    Bar { names, value, low: value - 0.1, high: value + 0.1, is_evidence: true, told: "<b>1".into() }
}

/// Opening tags that nothing closes, by a count that knows only this module's own markup.
fn is_balanced(svg: &str) -> bool {
    let n = |part: &str| svg.matches(part).count();
    n("<svg") == n("</svg>")
        && n("<text") == n("</text>")
        && n("<rect") + n("<line") + n("<path") + n("<circle") + n("<polyline") == n("/>")
}

#[test]
fn a_name_cannot_act_in_a_chart() {
    let hostile = "<script>alert(1)</script>\" onload=\"x\u{202E}";
    let row = Line { names: bar(hostile, 0.2).names, shares: vec![Some(0.2), None] };
    let periods = [hostile.to_string(), "2026".into()];
    for svg in [
        bars([hostile; 2], &[bar(hostile, 0.2)]),
        effects(["a", "b"], &[bar(hostile, -0.2)]),
        lines(["a", "b"], &periods, &[row]),
    ] {
        assert!(
            !svg.contains("<script")
                && !svg.contains("onload=\"")
                && !svg.contains('\u{202E}')
                && is_balanced(&svg),
            "{svg}"
        );
        assert!(svg.contains("&lt;script&gt;") && svg.contains("direction=\"rtl\""), "{svg}");
    }
    for svg in [bars(["a", "b"], &[]), effects(["a", "b"], &[]), lines(["a", "b"], &[], &[])] {
        assert!(svg.contains("Nothing to show.") && is_balanced(&svg), "{svg}");
    }
}

#[test]
fn every_number_has_its_place() {
    let svg = bars(["a", "b"], &[bar("One", 0.5), bar("Two", 0.25)]);
    let widths: Vec<f64> = svg
        .split("height=\"16\"")
        .filter_map(|part| part.rsplit_once("width=\"")?.1.strip_suffix("\" ")?.parse().ok())
        .collect();
    assert!(widths.len() == 2 && (widths[0] / widths[1] - 2.0).abs() < 0.01, "{widths:?}");
    let svg = effects(["a", "b"], &[bar("Low", -0.5), bar("High", 0.5)]);
    let places: Vec<f64> =
        svg.split("cx=\"").skip(1).map(|part| part.split('"').next().unwrap().parse().unwrap()).collect();
    assert!(places[0] < places[1], "{places:?}");
}

#[test]
fn the_charts_of_a_survey_show_its_causes() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/tiny");
    let kinds =
        ["my card has not arrived yet {}", "التطبيق بطيء ولا يعمل {}", "the queue at the branch is long {}"];
    let comment = |i: usize| {
        let text = kinds[i % 3].replace("{}", &format!("w{}", i / 3));
        let time = Some(format!("2026-0{}-01", 1 + i % 6).into());
        Comment { time, ..Comment::new(text).with_rating((i % 3 * 4).to_string()) }
    };
    let comments: Vec<Comment> = (0..180).map(comment).collect();
    let analysis = Analyzer::open(model).unwrap().analyze(&comments).unwrap();
    let Some(Values::Text(names)) = analysis.causes.get("label_en") else { panic!() };
    let name = names.iter().flatten().next().expect("a name in English");
    for chart in [Chart::Causes, Chart::Drivers, Chart::Trend] {
        let svg = analysis.chart(chart);
        assert!(is_balanced(&svg) && svg.contains(&**name), "{chart:?}: {svg}");
    }
    let folder = tempfile::tempdir().unwrap();
    analysis.write_chart(Chart::Trend, &folder.path().join("trend.SVG")).unwrap();
    let error = analysis.write_chart(Chart::Trend, &folder.path().join("trend.png")).unwrap_err();
    assert!(error.to_string().ends_with("expected a file named .svg"), "{error}");
}
