//! The page: what it shows, and that no text on it can act.
#![cfg(feature = "analyze")]

use std::path::PathBuf;
use std::process::Command;

use rasd::report::{ReportData, ReportEffect, ReportSaid, fragment, html};
use rasd::{Analyzer, Comment};
use survey::{cause, filled_with, survey};

mod survey;

const HOSTILE: [&str; 5] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><svg onload=alert(1)>",
    "abc\u{202E}gnp.exe\u{2066}\u{200F}\u{0}\u{7}",
];

#[test]
fn hostile_text_stays_text() {
    // The page's own tags with an ordinary word in each place: hostile text may add none.
    let tags = |page: &str| page.matches('<').count();
    let (quiet_page, quiet_part) = (tags(&html(&filled_with("x"))), tags(&fragment(&filled_with("x"))));
    for text in HOSTILE {
        let (page, part) = (html(&filled_with(text)), fragment(&filled_with(text)));
        assert_eq!((tags(&page), tags(&part)), (quiet_page, quiet_part), "{text:?}");
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<svg onload"));
        for line in page.lines().filter(|line| line.contains("onerror") || line.contains("onmouseover")) {
            assert!(
                line.contains("&lt;img src=x onerror=alert(1)&gt;")
                    || line.contains("&#39; onmouseover=&#39;")
            );
        }
    }
}

#[test]
fn bidirectional_controls_are_gone() {
    let page = html(&filled_with(HOSTILE[4]));
    assert!(page.contains("abcgnp.exe"));
    assert!(!page.contains(['\u{202E}', '\u{2066}', '\u{200F}', '\u{0}', '\u{7}']));
}

#[test]
fn nothing_is_fetched_or_run() {
    let page = html(&survey());
    for word in [
        "http:", "https:", "<script", "<link", "<iframe", "<object", "<img", "@import", "url(", "xmlns",
        "src=", "href=",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""));
}

#[test]
fn a_comment_of_a_megabyte_is_cut() {
    let page = html(&filled_with(&"طويل ".repeat(200_000)));
    assert!(page.len() < 100_000, "{}", page.len());
    assert!(page.contains('…'));
}

#[test]
fn both_names_stand_side_by_side_each_in_its_direction() {
    let page = html(&survey());
    assert!(page.contains(
        "<h3 lang=\"en\" dir=\"ltr\">card never arrived</h3><h3 lang=\"ar\" dir=\"rtl\">البطاقة لم تصل</h3>"
    ));
    assert!(page.contains("<blockquote lang=\"ar\" dir=\"rtl\"><bdi>الapp لا يعمل</bdi></blockquote>"));
    assert!(
        page.contains("<blockquote lang=\"ar-Latn\" dir=\"ltr\"><bdi>el card ma wesel</bdi></blockquote>")
    );
    assert!(page.contains("<h1><bdi>استبيان الفروع 2026</bdi></h1>"));
}

/// 1,240 of 10,000: Wilson's interval is 11.8 % to 13.1 % (worked by hand). NPS of 10, 9, 8, 3: 50 - 25.
#[test]
fn numbers_read_as_an_executive_reads_them() {
    let page = html(&survey());
    for words in [
        "<p class=\"value\">10,000</p>",
        "of 12,000 rows say something",
        "<p class=\"value\">25.0</p>",
        "<p class=\"value\">50.0\u{A0}%</p>",
        "<b>12.4\u{A0}%</b> of comments <span class=\"soft\">(11.8\u{A0}% to 13.1\u{A0}%; 1,240)</span>",
        "<b>75.0\u{A0}%</b> of these negative",
        "<b class=\"worse\">\u{2212}1.5</b> rating points <span class=\"soft\">(\u{2212}2.0 to \u{2212}1.0)</span>",
        "6,000 Arabic, 4,000 English",
        "2,000 rows have no comment",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("other,"), "a language that no row has is not listed");
}

#[test]
fn what_is_said_is_told_in_both_languages() {
    let page = html(&survey());
    for words in [
        "<span lang=\"en\" dir=\"ltr\">Complaints</span> <span lang=\"ar\" dir=\"rtl\">شكاوى</span>",
        "<b>60.0\u{A0}%</b> <span class=\"soft\">(6,000)</span>",
        "Not clear",
        "<span lang=\"ar\" dir=\"rtl\">التوصيل</span></th><td>1,500</td>\
         <td>75.0\u{A0}% <span class=\"soft\">(900 of 1,200)</span></td><td>2.5</td>",
        "4 other topics, each comment once",
        "Comments on none of the topics: 321.",
        "<b>0.4\u{A0}%</b> of comments <span class=\"soft\">(0.3\u{A0}% to 0.5\u{A0}%; 40)</span>",
        "legal: 30, safety: 10",
        "Looked for and not found: leaving or threatening to leave.",
        "Going by the words alone, roughly \u{2212}12.5 (\u{2212}33.0 to 8.0): an estimate from 9,000 comments",
        "1,234 of 8,000 ratings seem to say the opposite of their comment.",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn the_words_of_a_cue_are_marked_in_their_direction() {
    let page = html(&survey());
    for words in [
        "<blockquote lang=\"ar\" dir=\"rtl\"><bdi>والله <mark>سأرفع قضية</mark> عليكم</bdi> \
         <cite lang=\"en\" dir=\"ltr\">row 41</cite></blockquote>",
        "<blockquote lang=\"en\" dir=\"ltr\"><bdi>Or <mark>I will sue</mark> you</bdi>",
        "<blockquote lang=\"ar\" dir=\"rtl\"><bdi>الapp <mark>خطر</mark></bdi>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let hostile = html(&filled_with(HOSTILE[0]));
    assert!(hostile.contains("<mark>&lt;script&gt;alert(1)&lt;/script&gt;</mark>"));
}

#[test]
fn a_survey_without_a_judged_comment_leaves_out_what_is_said() {
    let page = html(&ReportData { said: None, ..survey() });
    for words in ["What they write", "Needs somebody now", "Topics", "<mark"] {
        assert!(!page.contains(words), "{words}");
    }
    let bare = html(&ReportData { said: Some(ReportSaid::default()), ..survey() });
    assert!(!bare.contains("What they write") && !bare.contains("<mark"));
}

/// The words alone are enough for a cue; the personal data beside it is masked, and a repeated row is quoted once.
#[test]
fn an_analysis_marks_the_cues_of_its_comments() {
    let texts = [
        "My phone is +966 55 928 3746 and I will sue you in court",
        "سأرفع عليكم قضية في المحكمة",
        "سأرفع عليكم قضية في المحكمة",
        "nice & <b>clean</b> shop",
        "N/A",
    ];
    let comments: Vec<Comment> = texts.iter().map(|text| Comment::new(*text)).collect();
    let analyzer = Analyzer::embedded().unwrap();
    let page = analyzer.analyze(&comments).unwrap().html("t");
    assert!(page.contains("Legal step or danger to safety") && page.contains("<mark>"), "{page}");
    assert!(
        page.contains(">row 1</cite>") && page.contains(">row 2</cite>") && !page.contains(">row 3</cite>")
    );
    assert!(
        !page.contains("928 3746")
            && page.contains("[PHONE]")
            && page.contains("(30.1\u{A0}% to 95.4\u{A0}%; 3)")
    );
    let silent = analyzer.analyze(&comments[4..]).unwrap().html("t");
    assert!(!silent.contains("Needs somebody now") && silent.contains("Data quality"));
}

#[test]
fn movers_and_trends_are_told_in_words() {
    let page = html(&survey());
    for words in [
        "<th>Moves the NPS by</th>",
        "<b class=\"worse\">\u{2212}1.5</b> points <span class=\"soft\">(\u{2212}2.0 to \u{2212}1.0)</span>",
        "<span class=\"soft\">no evidence of an effect</span> <span class=\"soft\">(\u{2212}1.0 to +0.2)</span>",
        "<td>\u{2212}7.5 <span class=\"soft\">(\u{2212}11.0 to \u{2212}4.0)</span></td><td>25.0\u{A0}%</td>",
        "<div class=\"quadrant concentrate\">",
        "<span>Emerging</span>",
        "\u{D7}3.50 end against start (1.75 to 7.00)",
        "No evidence of a change: 1 of 2 causes.",
        "<span>From 2026-02-01 on against before</span>",
        "<span>Resolved or nearly so</span>",
        "highest 120",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn an_effect_without_evidence_is_not_reported_as_one() {
    let mut data = survey();
    data.causes[0].effect = Some(ReportEffect { effect: -0.4, ci_low: -1.0, ci_high: 0.2, q_value: 0.3 });
    data.causes[1].effect = None;
    let page = html(&data);
    assert!(page.contains("Rating: no evidence of a difference (\u{2212}1.0 to +0.2)"));
    assert!(page.contains("Rating: too few ratings to compare"));
    assert!(!page.contains("rating points"));
}

#[test]
fn a_survey_without_ratings_says_nothing_of_ratings() {
    let mut data = survey();
    data.kpi = None;
    data.drivers.clear();
    if let Some(said) = &mut data.said {
        said.topics.iter_mut().for_each(|topic| topic.figures.mean_rating = None);
    }
    data.causes.iter_mut().for_each(|cause| cause.effect = None);
    assert!(!html(&data).to_lowercase().contains("rating"));
}

#[test]
fn a_borrowed_name_says_so_and_many_causes_unfold() {
    let mut data = survey();
    data.causes[0].derived_ar = true;
    data.causes = vec![data.causes[0].clone(); 20];
    let page = html(&data);
    assert!(page.contains("البطاقة لم تصل <small>اسم شائع لها</small>"));
    assert!(page.contains("<summary>8 more causes</summary>"));
    assert_eq!(page.matches("<article").count(), 20);
}

#[test]
fn nothing_at_all_is_a_page_too() {
    let page = html(&ReportData::default());
    assert!(page.contains("No group of similar comments stands apart"));
    assert!(page.contains("Nothing to report."));
    assert!(!page.contains("NaN"));
}

/// `RASD_CHROMIUM` or `chromium` on the path; `RASD_REQUIRE_CHROMIUM=1` turns its absence into a failure.
fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("RASD_CHROMIUM") {
        return Some(named.into());
    }
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join("chromium")).find(|file| file.is_file())
}

#[test]
fn chromium_opens_it_and_runs_nothing() {
    let Some(browser) = chromium() else {
        assert_ne!(
            std::env::var("RASD_REQUIRE_CHROMIUM").as_deref(),
            Ok("1"),
            "RASD_REQUIRE_CHROMIUM=1 but there is no chromium: install it or name it in RASD_CHROMIUM"
        );
        eprintln!("NOT RUN: no chromium on the path; set RASD_CHROMIUM to its file");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut data = survey();
    data.causes.extend(HOSTILE.map(|text| cause(Some(text), Some(text))));
    let file = folder.path().join("report.html");
    std::fs::write(&file, html(&data)).unwrap();
    let output = Command::new(&browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !dom.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(dom.contains("<html lang=\"en\" dir=\"ltr\">"));
    assert!(
        dom.contains("<h2><span>Root causes</span> <span lang=\"ar\" dir=\"rtl\">الأسباب الجذرية</span></h2>")
    );
    assert!(
        dom.contains("<h2><span>Data quality</span> <span lang=\"ar\" dir=\"rtl\">جودة البيانات</span></h2>")
    );
    assert!(dom.contains("<h3 lang=\"ar\" dir=\"rtl\">البطاقة لم تصل</h3>"));
    assert_eq!(dom.matches("<article").count(), 2 + HOSTILE.len());
    assert!(!dom.contains("<script") && !dom.contains("<img") && !dom.contains("<svg onload"));
}
