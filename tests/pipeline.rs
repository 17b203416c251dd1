//! Comments to analysis, with the tiny model: rows kept, order and threads without influence, nothing leaks.
#![cfg(feature = "analyze")]

use std::sync::Arc;

use rasd::{Analysis, AnalyzeOptions, Analyzer, Comment, Frame, RootCauses, Values};

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/tiny");

fn survey() -> Vec<Comment> {
    let kinds = [
        ("The card {} has not arrived yet and nobody answers", "2"),
        ("لم تصل بطاقتي رقم {} حتى الآن ولا أحد يجيب", "3"),
        ("The application {} is slow and crashes every morning", "5"),
        ("التطبيق {} بطيء ويتوقف كل صباح", "6"),
        ("terrible: nobody answers my call from 0501234567 about order {}", "9"),
    ];
    let mut comments: Vec<Comment> = (0..100)
        .map(|i| {
            let (text, rating) = kinds[i % kinds.len()];
            Comment::new(text.replace("{}", &(i / kinds.len()).to_string())).with_rating(rating)
        })
        .collect();
    comments.push(Comment::default());
    comments.push(Comment::new("N/A"));
    comments.push(Comment::new("لا يوجد"));
    comments
}

fn analyze(comments: &[Comment], threads: usize) -> Analysis {
    let analyzer = Analyzer::builder().model(MODEL).threads(threads).build().unwrap();
    let options = AnalyzeOptions::default().rating_name("nps").min_size(3);
    analyzer.analyze_with(comments, &options).unwrap()
}

fn texts(frame: &Frame, column: &str) -> Vec<Option<String>> {
    match frame.get(column) {
        Some(Values::Text(values)) => values.iter().map(|cell| cell.as_deref().map(str::to_string)).collect(),
        other => panic!("{column}: {other:?}"),
    }
}

#[test]
fn every_row_comes_out_in_order_with_a_reason_where_nothing_is_judged() {
    let comments = survey();
    let analysis = analyze(&comments, 2);
    assert_eq!(analysis.comments.n_rows(), comments.len());
    let reasons = texts(&analysis.comments, "reason");
    let sentiments = texts(&analysis.comments, "sentiment");
    assert!(sentiments[..100].iter().all(Option::is_some));
    // What is judged lacks at most a kind or an emotion that is not sure.
    let withheld = |part: &str| part.starts_with("kind: ") || part.starts_with("emotion: ");
    assert!(reasons[..100].iter().flatten().all(|reason| reason.split("; ").all(withheld)));
    assert_eq!(reasons[100].as_deref(), Some("empty comment"));
    assert_eq!(reasons[101].as_deref(), Some("no comment"));
    assert_eq!(reasons[102].as_deref(), Some("no comment"));
    assert_eq!(sentiments[100..], [None, None, None]);
}

#[test]
fn threads_change_no_bit() {
    let comments = survey();
    let (one, four) = (analyze(&comments, 1), analyze(&comments, 4));
    for ((name, a), (_, b)) in one.tables().into_iter().zip(four.tables()) {
        assert_eq!(a, b, "{name}");
    }
    assert_eq!(one.html("survey"), four.html("survey"));
}

#[test]
fn causes_do_not_depend_on_row_order() {
    let comments = survey();
    let mut turned = comments.clone();
    turned.rotate_left(37);
    turned.swap(3, 50);
    let (a, b) = (analyze(&comments, 2), analyze(&turned, 2));
    assert!(a.causes.n_rows() >= 2, "the test needs causes to compare");
    assert_eq!(a.causes, b.causes);
}

#[test]
fn quotes_carry_no_phone_number() {
    let analysis = analyze(&survey(), 2);
    let page = analysis.html("survey");
    assert!(page.contains("[PHONE]"), "the phone comments must be quoted for this test to mean anything");
    assert!(!page.contains("0501234567"));
    let Some(Values::TextList(quotes)) = analysis.causes.get("quotes") else { panic!("quotes") };
    assert!(quotes.iter().flatten().all(|quote| !quote.contains("0501234567")));
}

#[test]
fn clause_offsets_slice_the_source() {
    let comments = survey();
    let clauses = analyze(&comments, 2).clauses;
    let (Some(Values::Int(rows)), Some(Values::Int(starts)), Some(Values::Int(ends))) =
        (clauses.get("row"), clauses.get("start"), clauses.get("end"))
    else {
        panic!("columns")
    };
    for (i, text) in texts(&clauses, "clause").into_iter().enumerate() {
        let source = comments[rows[i].unwrap() as usize].text.as_deref().unwrap();
        assert_eq!(source[starts[i].unwrap() as usize..ends[i].unwrap() as usize], text.unwrap());
    }
}

#[test]
fn a_text_scores_the_same_alone_and_in_any_company() {
    let analyzer = Analyzer::open(MODEL).unwrap();
    let texts: Vec<Arc<str>> = survey().into_iter().filter_map(|comment| comment.text).collect();
    let together = analyzer.embed(&texts).unwrap();
    for (text, vector) in texts.iter().zip(&together) {
        assert_eq!(&analyzer.embed(&[text]).unwrap()[0], vector, "{text}");
    }
}

#[test]
fn a_comment_that_repeats_runs_once() {
    let monitor = Arc::new(rasd::Monitor::default());
    let comments = vec![Comment::new("The app is slow"); 50];
    let options = AnalyzeOptions::default().monitor(Arc::clone(&monitor));
    // Its one clause is the whole comment.
    Analyzer::open(MODEL).unwrap().analyze_with(&comments, &options).unwrap();
    assert_eq!(monitor.progress(), (1, 1));
}

#[test]
fn any_text_is_analyzed() {
    let strange =
        ["\0", "\u{202e}abc", "🙂", "=1+1", "ـــــ", "\u{feff}", "a", "؟", "\u{fffd}", &"x".repeat(100_000)];
    let comments: Vec<Comment> = strange.iter().map(|text| Comment::new(*text)).collect();
    assert_eq!(analyze(&comments, 2).comments.n_rows(), strange.len());
    assert_eq!(analyze(&[], 1).comments.n_rows(), 0);
}

#[test]
fn saved_root_causes_predict_the_same() {
    let analyzer = Analyzer::open(MODEL).unwrap();
    let texts: Vec<Arc<str>> = survey().into_iter().take(100).filter_map(|comment| comment.text).collect();
    let fitted = RootCauses::builder().n_causes(3).min_size(2).fit(&analyzer, &texts).unwrap();
    assert_eq!(fitted.predict(&analyzer, &texts).unwrap(), fitted.labels());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("causes.json");
    fitted.save(&path).unwrap();
    let loaded = RootCauses::load(&path).unwrap();
    assert_eq!(loaded.predict(&analyzer, &texts).unwrap(), fitted.labels());
    assert!(RootCauses::load(folder.path()).is_err());
}

#[test]
fn a_rating_off_its_scale_names_the_row() {
    let mut comments = survey();
    comments[41].rating = Some("11".into());
    let analyzer = Analyzer::open(MODEL).unwrap();
    let options = AnalyzeOptions::default().rating_name("nps");
    let error = analyzer.analyze_with(&comments, &options).unwrap_err();
    assert_eq!(error.to_string(), "row 42: rating `11` is outside 0..=10 (NPS)");
}

#[test]
fn a_cancelled_analysis_stops() {
    let monitor = Arc::new(rasd::Monitor::default());
    monitor.cancel();
    let analyzer = Analyzer::open(MODEL).unwrap();
    let options = AnalyzeOptions::default().monitor(monitor);
    assert!(matches!(analyzer.analyze_with(&survey(), &options), Err(rasd::Error::Interrupted)));
}

fn floats(frame: &Frame, column: &str) -> Vec<Option<f64>> {
    match frame.get(column) {
        Some(Values::Float(values)) => values.clone(),
        other => panic!("{column}: {other:?}"),
    }
}

/// Two hundred days of comments: cards stop arriving in the second half, the application is always slow. Every customer
/// writes five times.
fn dated() -> Vec<Comment> {
    (0..400usize)
        .map(|i| {
            let (day, customer) = (i / 2, i / 5);
            let is_late = i % 2 == 0 && (i >= 200 || i % 20 == 0);
            let (text, rating) = if is_late {
                (format!("The card {} has not arrived yet and nobody answers", i % 7), "2")
            } else if i % 4 == 1 {
                (format!("The application {} is slow and crashes every morning", i % 7), "4")
            } else {
                (format!("The branch {} is clean and the staff are kind", i % 7), "9")
            };
            Comment {
                time: Some(format!("2026-{:02}-{:02}", 1 + day / 28, 1 + day % 28).into()),
                customer: Some(format!("c{customer}").into()),
                weight: Some(if i.is_multiple_of(3) { "2".into() } else { "1".into() }),
                by: vec![Some(if i.is_multiple_of(3) { "Riyadh".into() } else { "جدة".into() })],
                ..Comment::new(text).with_rating(rating)
            }
        })
        .collect()
}

fn analyze_dated(comments: &[Comment]) -> Analysis {
    let options = AnalyzeOptions::default()
        .rating_name("nps")
        .min_size(5)
        .by_names(vec!["branch".into()])
        .event("2026-04-17");
    Analyzer::embedded().unwrap().analyze_with(comments, &options).unwrap()
}

#[test]
fn a_cause_that_grows_is_emerging_and_the_date_it_began_on_shows() {
    let analysis = analyze_dated(&dated());
    let labels = texts(&analysis.causes, "label_en");
    let grown = labels.iter().position(|label| {
        label.as_deref().is_some_and(|label| ["rrived", "nswers"].iter().any(|word| label.contains(word)))
    });
    let grown = grown.unwrap_or_else(|| panic!("{labels:?}"));
    assert_eq!(texts(&analysis.causes, "course")[grown].as_deref(), Some("emerging"));
    assert!(floats(&analysis.causes, "event_ratio")[grown].unwrap() > 3.0);
    assert!(floats(&analysis.causes, "event_q_value")[grown].unwrap() < 0.05);
    // Every comment stands in one period of the rows without a cause.
    let (Some(Values::Int(cause)), Some(Values::Int(n))) =
        (analysis.trend.get("cause_id"), analysis.trend.get("n_comments"))
    else {
        panic!("columns")
    };
    let all: i64 = n.iter().zip(cause).filter(|(_, cause)| cause.is_none()).filter_map(|(n, _)| *n).sum();
    assert_eq!(all, 400);
    let kinds = texts(&analysis.drivers, "kind");
    for kind in ["cause", "branch", "event"] {
        assert!(kinds.iter().any(|found| found.as_deref() == Some(kind)), "{kind}");
    }
    let page = analysis.html("survey");
    assert!(page.contains("What the rating goes with") && page.contains("From 2026-04-17 on against before"));
}

#[test]
fn one_customers_comments_count_once_and_weights_move_the_index() {
    let comments = dated();
    let known = analyze_dated(&comments);
    let strip = |pick: fn(&mut Comment)| {
        let mut stripped = comments.clone();
        stripped.iter_mut().for_each(pick);
        analyze_dated(&stripped)
    };
    let unknown = strip(|comment| comment.customer = None);
    let width = |analysis: &Analysis| {
        let (low, high) =
            (floats(&analysis.causes, "share_ci_low"), floats(&analysis.causes, "share_ci_high"));
        high[0].unwrap() - low[0].unwrap()
    };
    // 80 customers instead of 400 rows: the interval is about the square root of five wider.
    assert!(width(&known) > 1.8 * width(&unknown));
    // Every customer wrote as often as the others, so the share itself does not move...
    let share = floats(&known.causes, "share");
    for (known, unknown) in share.iter().zip(floats(&unknown.causes, "share")) {
        assert!((known.unwrap() - unknown.unwrap()).abs() < 1e-9);
    }
    // ... and when one of the 81 says the same a hundred times more, it moves by one customer at most.
    let mut louder = comments.clone();
    for i in 0..100 {
        louder.push(Comment {
            customer: Some("loud".into()),
            time: comments[i].time.clone(),
            ..comments[1].clone()
        });
    }
    let louder = analyze_dated(&louder);
    let labels = texts(&louder.causes, "label_en");
    for (label, before) in texts(&known.causes, "label_en").iter().zip(&share) {
        let place = labels.iter().position(|other| other == label).unwrap();
        let after = floats(&louder.causes, "share")[place].unwrap();
        assert!((before.unwrap() - after).abs() <= 1.0 / 81.0 + 1e-9, "{label:?}: {before:?}, then {after}");
    }

    let kpi = |analysis: &Analysis| analysis.kpi.as_ref().unwrap().estimate.value;
    let weight = |i: usize| if i.is_multiple_of(3) { 2.0 } else { 1.0 };
    let sign = |c: &Comment| if c.rating.as_deref() == Some("9") { 100.0 } else { -100.0 };
    let total: f64 = (0..400).map(weight).sum();
    let expected = comments.iter().enumerate().map(|(i, c)| weight(i) * sign(c)).sum::<f64>() / total;
    assert!((kpi(&known) - expected).abs() < 1e-9);
    assert!((kpi(&strip(|comment| comment.weight = None)) - kpi(&known)).abs() > 1e-6);

    let mut wrong = comments.clone();
    wrong[7].weight = Some("-1".into());
    let error = Analyzer::open(MODEL).unwrap().analyze(&wrong).unwrap_err();
    assert_eq!(error.to_string(), "row 8: weight `-1`, expected a number above 0");
    let options = AnalyzeOptions::default().event("next spring");
    let error = Analyzer::open(MODEL).unwrap().analyze_with(&comments, &options).unwrap_err();
    assert_eq!(error.to_string(), "event `next spring`, expected a date with the year first");
}
