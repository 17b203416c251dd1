//! What leads to what, as customers say it, from comments to the table.
#![cfg(feature = "analyze")]

use rasd::{AnalyzeOptions, Analyzer, Comment, Values};

const APP: [&str; 6] = [
    "the app crashes all the time",
    "the app keeps crashing on my phone",
    "your application crashed again today",
    "التطبيق يتوقف كل مرة",          // the app stops every time
    "التطبيق يعلق ويتوقف على جوالي", // the app hangs and stops on my phone
    "تطبيقكم توقف مرة ثانية اليوم",  // your app stopped again today
];
const CHARGED: [&str; 6] = [
    "I was charged twice for one order",
    "you charged me two times",
    "my order was charged twice on the card",
    "تم خصم المبلغ مرتين",           // the amount was taken twice
    "خصمتم مني قيمة الطلب مرتين",    // you took the price of the order twice
    "انخصم المبلغ مرتين من البطاقة", // the amount was taken twice from the card
];
/// The customer and the words; the first wrote twice.
const BOTH: [(&str, &str); 4] = [
    ("sara", "I was charged twice for order 0501234567 because the app keeps crashing on my phone"),
    ("sara", "I was charged twice for one order because the app crashes all the time"),
    ("omar", "the app keeps crashing on my phone so I was charged twice for one order"),
    ("huda", "تم خصم المبلغ مرتين لأن التطبيق يتوقف كل مرة"),
];

#[test]
fn a_customer_counts_once_and_the_quote_is_masked() {
    let written =
        |(customer, text): (String, &str)| Comment { customer: Some(customer.into()), ..Comment::new(text) };
    let alone = APP.iter().chain(&CHARGED).enumerate().map(|(i, text)| (format!("c{i}"), *text));
    let both = BOTH.iter().map(|(customer, text)| (customer.to_string(), *text));
    let comments: Vec<Comment> = alone.chain(both).map(written).collect();
    let options = AnalyzeOptions::default().n_causes(2).min_size(3);
    let analysis = Analyzer::embedded().unwrap().analyze_with(&comments, &options).unwrap();

    let ints = |column: &str| match analysis.links.get(column) {
        Some(Values::Int(values)) => values.clone(),
        other => panic!("{column}: {other:?}"),
    };
    let Some(Values::IntList(cause_ids)) = analysis.comments.get("cause_ids") else { panic!("cause_ids") };
    let (app, charged) = (cause_ids[0][0], cause_ids[APP.len()][0]);
    assert_ne!(app, charged);
    assert_eq!(ints("cause_id"), [Some(app)]);
    assert_eq!(ints("leads_to_id"), [Some(charged)]);
    assert_eq!(ints("n_comments"), [Some(3)]);
    let Some(Values::Text(quotes)) = analysis.links.get("quote") else { panic!("quote") };
    assert_eq!(quotes[0].as_deref(), Some(BOTH[3].1), "the shortest");
    assert!(!analysis.html("survey").contains("0501234567"));
}
