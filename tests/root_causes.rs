//! Root causes that live on: saved, asked by another model.
#![cfg(feature = "analyze")]

use std::path::Path;

use rasd::{Analyzer, Error, RootCauses};
use serde_json::{Value, json};

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/tiny");

const TEXTS: [&str; 8] = [
    "my card has not arrived",
    "where is my new card",
    "لم تصل بطاقتي بعد",
    "أين بطاقتي الجديدة",
    "the app is slow and crashes",
    "the application keeps crashing",
    "التطبيق بطيء ويتوقف",
    "التطبيق يتعطل كل يوم",
];

/// The tiny model under another name.
fn renamed(name: &str) -> Analyzer {
    let folder = tempfile::tempdir().unwrap();
    for file in ["config.json", "tokenizer.json", "model.onnx"] {
        std::fs::copy(Path::new(MODEL).join(file), folder.path().join(file)).unwrap();
    }
    let path = folder.path().join("config.json");
    let mut config: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    config["name"] = json!(name);
    std::fs::write(&path, config.to_string()).unwrap();
    Analyzer::open(folder.path()).unwrap()
}

fn saved_and_loaded(fitted: &RootCauses) -> RootCauses {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("causes.json");
    fitted.save(&path).unwrap();
    RootCauses::load(&path).unwrap()
}

#[test]
fn saved_causes_refuse_another_encoder_by_name() {
    let analyzer = Analyzer::open(MODEL).unwrap();
    let fitted = RootCauses::builder().n_causes(2).min_size(1).fit(&analyzer, &TEXTS).unwrap();
    let loaded = saved_and_loaded(&fitted);
    assert!(loaded.check_model(&Analyzer::open(MODEL).unwrap()).is_ok());
    for other in [renamed("other"), Analyzer::embedded().unwrap()] {
        let error = loaded.predict(&other, &TEXTS).unwrap_err();
        assert!(matches!(error, Error::Model { .. }), "{error:?}");
        let message = error.to_string();
        assert!(message.contains("`tiny` (sha256 ") && message.contains(other.model_name()), "{message}");
        assert!(error.hint().is_some_and(|hint| hint.contains("fit them again")));
    }
}

#[test]
fn causes_of_vectors_ask_only_for_the_length() {
    let analyzer = Analyzer::open(MODEL).unwrap();
    let vectors = analyzer.embed(&TEXTS).unwrap();
    let loaded =
        saved_and_loaded(&RootCauses::builder().n_causes(2).min_size(1).fit_vectors(&vectors).unwrap());
    assert_eq!(loaded.predict(&renamed("other"), &TEXTS).unwrap().len(), TEXTS.len());
    let error = loaded.predict(&Analyzer::embedded().unwrap(), &TEXTS).unwrap_err().to_string();
    assert!(error.contains("384 numbers, expected 32"), "{error}");
}

#[test]
fn a_file_of_another_version_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("causes.json");
    std::fs::write(&path, r#"{"format_version": 1, "dim": 3}"#).unwrap();
    let error = RootCauses::load(&path).unwrap_err();
    assert!(error.to_string().ends_with("format_version 1, expected 4"), "{error}");
    assert!(matches!(error, Error::Model { .. }));
}

/// The bank example, nine tenths first, then all: of the ids of the first fit 19 in 20 live on, on the same texts.
#[test]
fn ids_survive_a_tenth_more_texts() {
    let survey =
        rasd::table::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/bank.csv"))).unwrap();
    let Some(rasd::Values::Text(column)) = survey.frame.get("comment") else { panic!("comment") };
    let texts: Vec<String> = column.iter().flatten().map(|text| text.to_string()).collect();
    let analyzer = Analyzer::embedded().unwrap();
    let (mut n, mut n_kept, mut n_new, mut n_labels, mut n_same) = (0, 0, 0, 0, 0);
    for tenth in 0..2 {
        let (first, rest): (Vec<_>, Vec<_>) = texts.iter().enumerate().partition(|(i, _)| i % 10 != tenth);
        let words =
            |part: &[(usize, &String)]| -> Vec<String> { part.iter().map(|(_, t)| (*t).clone()).collect() };
        let (first, rest) = (words(&first), words(&rest));
        let before = RootCauses::builder().fit(&analyzer, &first).unwrap();
        let all = [first.as_slice(), rest.as_slice()].concat();
        let after = saved_and_loaded(&before).refit(&analyzer, &all).unwrap();
        let ids = |fit: &RootCauses| -> std::collections::BTreeSet<i32> {
            fit.causes().iter().map(|cause| cause.cause_id).collect()
        };
        n += ids(&before).len();
        n_kept += ids(&before).intersection(&ids(&after)).count();
        let fresh: Vec<i32> = ids(&after).difference(&ids(&before)).copied().collect();
        n_new += fresh.len();
        assert!(
            fresh.iter().all(|id| *id >= before.causes().len() as i32),
            "new causes get new ids: {fresh:?}"
        );
        let both = before.labels().iter().zip(after.labels()).filter(|(a, b)| **a >= 0 && **b >= 0);
        n_labels += both.clone().count();
        n_same += both.filter(|(a, b)| a == b).count();
    }
    eprintln!("ids {n_kept} of {n}, {n_new} new; labels {n_same} of {n_labels}");
    assert!(n_kept * 20 >= n * 19, "{n_kept} of {n}");
    assert!(n_same * 10 >= n_labels * 8, "{n_same} of {n_labels}");
}

/// Vectors around `k` axes of 16, the second axis twice as often as the first, the third three times and so on; drawn
/// by a linear congruential generator (Knuth's MMIX constants).
fn around_axes(k: usize, n: usize, noise: f32, seed: u64) -> Vec<Vec<f32>> {
    let mut state = seed;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    let axis = |i: usize| {
        let place = i % (k * (k + 1) / 2);
        (0..k).rfind(|axis| axis * (axis + 1) / 2 <= place).unwrap()
    };
    (0..n).map(|i| (0..16).map(|at| f32::from(u8::from(at == axis(i))) + noise * draw()).collect()).collect()
}

fn sizes_add_up(fitted: &RootCauses) {
    for cause in fitted.causes() {
        assert_eq!(cause.n, fitted.labels().iter().filter(|label| **label == cause.cause_id).count());
        assert!(
            cause.n > 0 && cause.parent_id.is_none_or(|id| fitted.themes().iter().any(|t| t.theme_id == id))
        );
    }
    let inside = fitted.labels().iter().filter(|label| **label >= 0).count();
    assert_eq!(fitted.causes().iter().map(|cause| cause.n).sum::<usize>(), inside);
    assert!(fitted.causes().is_sorted_by_key(|cause| std::cmp::Reverse(cause.n)));
    let of_themes = fitted.causes().iter().filter(|cause| cause.parent_id.is_some()).map(|cause| cause.n);
    assert_eq!(fitted.themes().iter().map(|theme| theme.n).sum::<usize>(), of_themes.sum::<usize>());
}

#[test]
fn merged_and_split_causes_are_followed_everywhere() {
    for seed in 1..=6 {
        let vectors = around_axes(8, 180, 0.5, seed);
        let new = around_axes(8, 72, 0.5, seed + 100);
        let fitted = RootCauses::builder().n_causes(8).min_size(3).fit_vectors(&vectors).unwrap();
        let predicted = fitted.predict_vectors(&new).unwrap();

        // Two causes of two themes become one.
        let (small, large) = (&fitted.causes()[7], &fitted.causes()[1]);
        let (gone, kept) = (small.cause_id, large.cause_id);
        assert!(large.n > small.n, "seed {seed}: the larger of two is not in doubt");
        let merged = fitted.merge(&[gone, kept]).unwrap();
        sizes_add_up(&merged);
        let moved = |id: &i32| if *id == gone { kept } else { *id };
        assert_eq!(merged.labels(), fitted.labels().iter().map(moved).collect::<Vec<_>>());
        let loaded = saved_and_loaded(&merged);
        assert_eq!(loaded.predict_vectors(&new).unwrap(), predicted.iter().map(moved).collect::<Vec<_>>());

        // It comes apart in three: the largest part keeps its id, the rest of the causes keep their texts.
        let split = merged.split(kept, 3).unwrap();
        sizes_add_up(&split);
        assert_eq!(split.predict_vectors(&vectors).unwrap(), split.labels());
        let parts: Vec<_> = split.causes().iter().filter(|c| c.cause_id == kept || c.cause_id >= 8).collect();
        assert_eq!(parts.iter().map(|part| part.cause_id).collect::<Vec<_>>(), [kept, 8, 9]);
        for (before, after) in merged.labels().iter().zip(split.labels()) {
            assert!(before == after || (*before == kept && *after >= 8));
        }

        // Merging the parts undoes the split, for fitted and for new vectors.
        let whole = split.merge(&[9, kept, 8]).unwrap();
        sizes_add_up(&whole);
        assert_eq!(whole.labels(), merged.labels());
        assert_eq!(
            saved_and_loaded(&whole).predict_vectors(&new).unwrap(),
            merged.predict_vectors(&new).unwrap()
        );

        // A split part joined to another cause, and an id that is never given twice.
        let other = split.causes().iter().find(|cause| ![kept, 8, 9].contains(&cause.cause_id)).unwrap();
        let joined = split.merge(&[8, other.cause_id]).unwrap();
        sizes_add_up(&joined);
        assert_eq!(joined.predict_vectors(&vectors).unwrap(), joined.labels());
        let again = joined.split(kept, 2).unwrap();
        assert!(again.causes().iter().any(|cause| cause.cause_id == 10));

        // The order of rows changes nothing.
        let backwards: Vec<Vec<f32>> = vectors.iter().rev().cloned().collect();
        let fitted = RootCauses::builder().n_causes(8).min_size(3).fit_vectors(&backwards).unwrap();
        let there = fitted.merge(&[gone, kept]).unwrap().split(kept, 3).unwrap();
        assert_eq!(there.labels().iter().rev().copied().collect::<Vec<_>>(), split.labels());

        // Fitted again on half as many more, what was merged is one cause still.
        let more = [vectors.as_slice(), &new].concat();
        let refitted = loaded.refit_vectors(&more).unwrap();
        sizes_add_up(&refitted);
        assert_eq!(refitted.predict_vectors(&more).unwrap(), refitted.labels());
        let of = |id: i32| {
            let rows = (0..vectors.len()).filter(move |&row| merged.labels()[row] == id);
            (rows.clone().count(), rows.filter(|&row| refitted.labels()[row] == id).count())
        };
        let (before, after) = of(kept);
        assert!(after * 10 >= before * 9, "seed {seed}: {after} of {before}");
    }
}

#[test]
fn parts_of_a_cause_are_named_and_quoted() {
    let analyzer = Analyzer::embedded().unwrap();
    let fitted = RootCauses::builder().n_causes(1).min_size(1).fit(&analyzer, &TEXTS).unwrap();
    let two = fitted.split(0, 2).unwrap();
    // The first four speak of a card, the others of the app, in both languages.
    let card = two.labels()[0];
    assert_eq!(two.labels(), [card, card, card, card, 1 - card, 1 - card, 1 - card, 1 - card]);
    for cause in two.causes() {
        assert!(cause.label_ar.is_some() && cause.label_en.is_some(), "{cause:?}");
        let about = if cause.cause_id == card { &TEXTS[..4] } else { &TEXTS[4..] };
        assert!(cause.quotes.len() >= 2 && cause.quotes.iter().all(|quote| about.contains(&quote.as_str())));
    }
    let one = saved_and_loaded(&two).merge(&[0, 1]).unwrap();
    assert_eq!(
        one.causes()[0].quotes.len(),
        two.causes().iter().map(|cause| cause.quotes.len()).sum::<usize>()
    );
    assert_eq!(one.causes()[0].label_en, two.causes()[0].label_en);
}

#[test]
fn what_cannot_be_merged_or_split_says_why() {
    let fitted =
        RootCauses::builder().n_causes(2).min_size(1).fit_vectors(&around_axes(2, 8, 0.5, 1)).unwrap();
    let one_text =
        RootCauses::builder().n_causes(1).min_size(1).fit_vectors(&vec![vec![1.0, 0.0]; 3]).unwrap();
    let cases = [
        (fitted.merge(&[0, 7]), "cause 7: no such cause, expected one of [0, 1]"),
        (fitted.merge(&[1, 1]), "merge: 1 different cause ids, expected at least 2"),
        (fitted.merge(&[]), "merge: 0 different cause ids, expected at least 2"),
        (fitted.split(-1, 2), "cause -1: no such cause, expected one of [0, 1]"),
        (fitted.split(0, 1), "split: n = 1, expected 2..=5, the distinct texts of cause 0"),
        (fitted.split(0, 6), "split: n = 6, expected 2..=5, the distinct texts of cause 0"),
        (one_text.split(0, 2), "split: cause 0 has one distinct text, expected at least 2"),
        (
            saved_and_loaded(&fitted).split(0, 2),
            "split: cause 0 without the fitted texts, which a saved file does not hold",
        ),
    ];
    for (got, expected) in cases {
        let error = got.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }) && error.hint().is_some(), "{error:?}");
        assert_eq!(error.to_string(), expected);
    }
}

/// Three new complaints are too few for a cause and wait; when more of them come, they are one, under an id of its own.
#[test]
fn what_fits_nowhere_waits_and_becomes_a_cause() {
    let turned = |n: usize, seed: u64| -> Vec<Vec<f32>> {
        let mut vectors = around_axes(1, n, 0.2, seed);
        vectors.iter_mut().for_each(|vector| vector.rotate_right(9));
        vectors
    };
    let known = around_axes(3, 600, 0.2, 5);
    let first = [known.as_slice(), &turned(3, 6)].concat();
    let fitted = RootCauses::builder().min_size(6).fit_vectors(&first).unwrap();
    assert_eq!(fitted.causes().len(), 3);
    assert_eq!(fitted.labels()[600..], [-1, -1, -1]);
    let refitted = fitted.refit_vectors(&[first.as_slice(), &turned(9, 7)].concat()).unwrap();
    assert_eq!(refitted.labels()[600..], [3; 12]);
    let n_same = (0..600).filter(|&row| fitted.labels()[row] == refitted.labels()[row]).count();
    assert!(n_same >= 580, "{n_same} of 600 known texts keep their label");
}

#[test]
fn the_share_that_fits_nowhere_is_bounded() {
    let mut vectors = around_axes(3, 600, 0.2, 5);
    // Six point away from all causes, two each way: too few for a cause.
    for (i, vector) in vectors.iter_mut().enumerate().filter(|(i, _)| i % 100 == 0) {
        vector.iter_mut().take(3).for_each(|x| *x = 0.0);
        vector[9 + i / 200] = 1.0;
    }
    let outside = |builder: rasd::RootCausesBuilder| {
        let fitted = builder.n_causes(3).min_size(6).fit_vectors(&vectors).unwrap();
        assert_eq!(fitted.predict_vectors(&vectors).unwrap(), fitted.labels());
        fitted.labels().iter().filter(|label| **label < 0).count()
    };
    let builder = RootCauses::builder;
    let all = outside(builder());
    assert!((6..=12).contains(&all), "{all}");
    assert_eq!(outside(builder().max_outlier_share(1.0)), all, "a bound that holds changes nothing");
    assert_eq!(outside(builder().max_outlier_share(2.0 / 600.0)), 2);
    assert_eq!(outside(builder().max_outlier_share(0.0)), 0);
    let error = builder().max_outlier_share(1.5).fit_vectors(&vectors).unwrap_err();
    assert_eq!(error.to_string(), "max_outlier_share: got 1.5, expected a share in 0..=1");
}

#[test]
fn causes_of_one_language_are_lent_the_other_name() {
    let analyzer = Analyzer::embedded().unwrap();
    let food = [
        "الأكل وصل بارد",
        "الطعام كان بارد جدا",
        "أكل بارد وما ينأكل",
        "وصلني الاكل بارد",
        "الطعام بارد كالعادة",
    ];
    let login = [
        "ما أقدر أسجل دخول",
        "لا أستطيع تسجيل الدخول إلى حسابي",
        "مش عارف أسجل دخول",
        "تسجيل الدخول لا يعمل معي",
        "كل ما اسجل دخول يطلع خطأ",
    ];
    let texts = [food, login].concat();
    let fitted = RootCauses::builder().n_causes(2).min_size(2).fit(&analyzer, &texts).unwrap();
    let name = |text: usize| {
        let cause = fitted.causes().iter().find(|cause| cause.cause_id == fitted.labels()[text]).unwrap();
        assert!(cause.label_ar.is_some() && cause.keywords_en.is_empty(), "{cause:?}");
        cause.label_en.clone().unwrap_or_default()
    };
    assert_eq!([name(0), name(5)], ["Cold food", "Cannot log in"]);
}
