//! Comments to analysis, with the tiny model: rows kept, order and threads without influence, nothing leaks.
#![cfg(feature = "analyze")]

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
        Some(Values::Text(values)) => values.clone(),
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
    assert!(sentiments[..100].iter().all(Option::is_some) && reasons[..100].iter().all(Option::is_none));
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
    let texts: Vec<String> = survey().into_iter().filter_map(|comment| comment.text).collect();
    let together = analyzer.embed(&texts).unwrap();
    for (text, vector) in texts.iter().zip(&together) {
        assert_eq!(&analyzer.embed(&[text]).unwrap()[0], vector, "{text}");
    }
}

#[test]
fn a_comment_that_repeats_runs_once() {
    let monitor = std::sync::Arc::new(rasd::Monitor::default());
    let comments = vec![Comment::new("The app is slow"); 50];
    let options = AnalyzeOptions::default().monitor(std::sync::Arc::clone(&monitor));
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
    let texts: Vec<String> = survey().into_iter().take(100).filter_map(|comment| comment.text).collect();
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
    let monitor = std::sync::Arc::new(rasd::Monitor::default());
    monitor.cancel();
    let analyzer = Analyzer::open(MODEL).unwrap();
    let options = AnalyzeOptions::default().monitor(monitor);
    assert!(matches!(analyzer.analyze_with(&survey(), &options), Err(rasd::Error::Interrupted)));
}
