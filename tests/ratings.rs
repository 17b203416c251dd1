//! Ratings in words against what the comments say.
#![cfg(feature = "embedded-model")]

use rasd::table::{Format, Named, choose_columns, read_from};
use rasd::{Analysis, Analyzer, Comment, Values, reads_as_rating};

const PRAISE: [&str; 4] = [
    "خدمة ممتازة وسريعة شكرا لكم",
    "I love it, great service",
    "موظفين محترمين جدا",
    "perfect, works very well",
];
const BLAME: [&str; 4] = [
    "خدمة سيئة جدا ولن أكررها",
    "terrible, it broke the first day",
    "تأخير كبير وتعامل سيئ",
    "the worst support ever",
];

/// Twenty happy and twenty unhappy comments with the ratings that go with them.
fn survey(happy: &str, unhappy: &str) -> Vec<Comment> {
    let of = |texts: [&'static str; 4], rating: &str| -> Vec<Comment> {
        (0..20).map(|i| Comment::new(format!("{} {i}", texts[i % 4])).with_rating(rating)).collect()
    };
    [of(PRAISE, happy), of(BLAME, unhappy)].concat()
}

fn analyze(comments: &[Comment]) -> Analysis {
    Analyzer::embedded().unwrap().analyze(comments).unwrap()
}

fn floats<'a>(analysis: &'a Analysis, column: &str) -> &'a [Option<f64>] {
    match analysis.comments.get(column) {
        Some(Values::Float(values)) => values,
        other => panic!("{column}: {other:?}"),
    }
}

#[test]
fn turned_ratings_are_found_and_silent_rows_are_left() {
    let mut comments = survey("راضي جدا", "very dissatisfied");
    comments[3].rating = Some("غير راضي جدا".into());
    comments[21].rating = Some("Very satisfied".into());
    comments[5].rating = Some("محايد".into());
    comments[7].rating = None;
    comments.push(Comment::new("لا يوجد").with_rating("راضي"));
    let analysis = analyze(&comments);
    assert!(
        analysis.notes.contains(&"rating read from words of the scale satisfaction as CSAT (1..=5)".into())
    );
    let Some(Values::Bool(mismatch)) = analysis.comments.get("rating_mismatch") else { panic!() };
    let found: Vec<usize> = (0..41).filter(|&row| mismatch[row] == Some(true)).collect();
    assert_eq!(found, [3, 21]);
    assert_eq!((mismatch[5], mismatch[7], mismatch[40]), (Some(false), None, None));
    let (rating, low, high) = (
        floats(&analysis, "implied_rating"),
        floats(&analysis, "implied_rating_low"),
        floats(&analysis, "implied_rating_high"),
    );
    assert!(rating[7].unwrap() > 4.0 && rating[40].is_none());
    for row in 0..40 {
        assert!(1.0 <= low[row].unwrap() && low[row] <= high[row] && high[row].unwrap() <= 5.0);
    }
    let Some(Values::Text(measures)) = analysis.quality.get("measure") else { panic!() };
    let at = measures.iter().position(|name| name.as_deref() == Some("rating_mismatch")).unwrap();
    let Some(Values::Int(counts)) = analysis.quality.get("n") else { panic!() };
    assert_eq!(counts[at], Some(2));
}

#[test]
fn polished_ratings_stand_apart_from_what_the_words_imply() {
    let kpi = analyze(&survey("5/5", "5/5")).kpi.unwrap();
    let implied = kpi.implied.unwrap();
    assert_eq!((kpi.estimate.value, implied.n), (1.0, 40));
    assert!(implied.ci_high < 0.9, "{implied:?}");
    let honest = analyze(&survey("5/5", "1/5")).kpi.unwrap();
    let implied = honest.implied.unwrap();
    assert!(implied.ci_low < 0.5 && 0.5 < implied.ci_high, "{implied:?}");
}

#[test]
fn a_column_of_answers_in_words_is_the_rating() {
    for (file, rating) in [
        (
            "التعليق,رضا العميل\nتأخر الطلب كثيرا,راضي جدا\nممتاز جدا,محايد\nالموظف محترم,غير راضي\n",
            "رضا العميل",
        ),
        (
            "comment,Satisfaction\nlate again,very satisfied\nnice staff,Neutral\nit broke,راضي\n",
            "Satisfaction",
        ),
        ("comment,rating\nlate again,★★☆☆☆\nnice staff,⭐⭐⭐⭐⭐\nit broke,1/5\n", "rating"),
    ] {
        let frame = read_from(file.as_bytes(), Format::Csv, "answers.csv").unwrap().frame;
        let named = Named { reads_rating: Some(reads_as_rating), ..Default::default() };
        let guessed = choose_columns(&frame, &named).unwrap().guessed;
        assert!(guessed.contains(&format!("rating: {rating}")), "{guessed:?}");
    }
    let file = "comment,rating reason\nslow,bad\nfast,the staff\n";
    let frame = read_from(file.as_bytes(), Format::Csv, "answers.csv").unwrap().frame;
    let named = Named { reads_rating: Some(reads_as_rating), ..Default::default() };
    assert_eq!(choose_columns(&frame, &named).unwrap().rating, None);
}

#[test]
fn rows_that_say_nothing_and_rows_that_repeat_are_counted() {
    let mut comments = survey("5/5", "5/5");
    let told = "the courier left my parcel with a neighbour and nobody called me about it";
    comments[6].text = Some(told.into());
    comments[8].text = Some(format!("{told}!").into());
    comments[10].text = Some(told.replace("my parcel", "my parcels").into());
    comments[12].text =
        Some(told.replace("neighbour and nobody called", "guard, then somebody wrote to").into());
    comments[2].text = Some("call me on 0501234567 or a.b@example.com".into());
    comments[4].text = Some("mañana vuelvo a la tienda con mi hermano".into());
    comments.extend((0..20).map(|i| Comment::new(["", "N/A"][i % 2]).with_rating("2/5")));
    let quality = analyze(&comments).quality;
    let Some(Values::Text(names)) = quality.get("measure") else { panic!() };
    let row = |name: &str| names.iter().position(|told| told.as_deref() == Some(name)).unwrap();
    let Some(Values::Int(counts)) = quality.get("n") else { panic!() };
    let expected = [("with_phone", 1), ("with_email", 1), ("with_card", 0), ("rated_without_comment", 20)];
    let expected = expected.into_iter().chain([("near_duplicate", 1)]);
    for (name, n) in expected {
        assert_eq!(counts[row(name)], Some(n), "{name}");
    }
    let silent = row("rated_without_comment");
    for (column, low, high) in [
        ("share", 20.0 / 60.0, 20.0 / 60.0),
        ("difference", -3.0, -3.0),
        ("difference_ci_low", -4.0, -3.0),
        ("difference_ci_high", -3.0, -2.0),
    ] {
        let Some(Values::Float(values)) = quality.get(column) else { panic!("{column}") };
        let value = values[silent].unwrap();
        assert!(low - 1e-9 <= value && value <= high + 1e-9, "{column}: {value}");
        assert_eq!(values.iter().flatten().count() == 1, column != "share");
    }
}
