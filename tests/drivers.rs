//! Indices and effects against printed tables and scipy.
#![cfg(feature = "analyze")]

use rasd::drivers::{Answers, benjamini_hochberg, ces, csat, effects, nps, share};
use rasd::{Error, Scale};

fn near(got: f64, expected: f64, within: f64) {
    assert!((got - expected).abs() <= within, "got {got}, expected {expected}");
}

/// Newcombe 1998, "Two-sided confidence intervals for the single proportion", Table I, method 3.
#[test]
fn wilson_intervals_are_newcombes() {
    for (x, n, low, high) in
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
    {
        let got = share(x, n);
        near(got.ci_low, low, 5e-5);
        near(got.ci_high, high, 5e-5);
    }
    assert_eq!((share(20, 20).ci_high, share(0, 0).ci_high), (1.0, 1.0));
}

/// 5 promoters, 3 passives, 2 detractors of 10: 50 - 20 = 30 (Reichheld 2003). Interval of Rocks 2016 by hand:
/// 5.75/13 - 2.75/13 = .230769; variance (8.5/13 - .053254) / 13 = .0461994; 1.959964 * .2149404 = .4212755.
#[test]
fn nps_by_hand() {
    let ratings = [10.0, 10.0, 9.0, 9.0, 9.0, 8.0, 7.0, 7.0, 6.0, 0.0];
    let got = nps(&ratings).unwrap();
    assert_eq!((got.value, got.n), (30.0, 10));
    near(got.ci_low, 23.0769 - 42.1276, 0.001);
    near(got.ci_high, 23.0769 + 42.1276, 0.001);
}

#[test]
fn csat_counts_the_two_best_answers() {
    let got = csat(&[5.0, 5.0, 4.0, 3.0, 1.0]).unwrap();
    assert_eq!((got.value, got.n), (0.6, 5));
}

/// Top-2 box is a single proportion, so its interval is Newcombe's 1998 Table I, method 3: 81 of 263.
#[test]
fn csat_has_newcombes_interval() {
    let ratings: Vec<f64> = (0..263).map(|i| if i < 81 { 5.0 } else { 3.0 }).collect();
    let got = csat(&ratings).unwrap();
    near(got.ci_low, 0.2553, 5e-5);
    near(got.ci_high, 0.3662, 5e-5);
}

/// Mean 5, standard deviation sqrt(2.5), t(.975, 4) = 2.776 from the printed table: 5 -+ 2.776 * .7071 = 5 -+ 1.963.
#[test]
fn ces_by_hand() {
    let got = ces(&[3.0, 4.0, 5.0, 6.0, 7.0]).unwrap();
    assert_eq!(got.value, 5.0);
    near(got.ci_low, 3.037, 0.001);
    near(got.ci_high, 6.963, 0.001);
    let alone = ces(&[4.0]).unwrap();
    assert_eq!((alone.ci_low, alone.ci_high), (1.0, 7.0));
}

/// The same on 1..=5 and 0..=100. Mean 3.2, deviations -1.2 -.2 .8 .8 -.2: variance 2.8 / 4 = .7,
/// 2.776 * sqrt(.7 / 5) = 1.0387.
#[test]
fn means_of_five_and_of_a_hundred_by_hand() {
    let five = [2.0, 3.0, 4.0, 4.0, 3.0];
    let got = Scale::Ces5.estimate(&rated(&five.map(Some))).unwrap();
    near(got.value, 3.2, 1e-12);
    near(got.ci_low, 3.2 - 1.0387, 0.001);
    let got = Scale::Percent.estimate(&rated(&five.map(|rating| Some(20.0 * rating)))).unwrap();
    near(got.value, 64.0, 1e-9);
    near(got.ci_high, 64.0 + 20.774, 0.01);
    assert!(
        Scale::Ces5
            .estimate(&rated(&[Some(6.0)]))
            .unwrap_err()
            .to_string()
            .ends_with("expected a number in 1..=5")
    );
}

#[test]
fn a_rating_outside_the_scale_is_named() {
    for (result, words) in [
        (nps(&[9.0, 11.0]), "rating 1: got 11, expected a number in 0..=10"),
        (csat(&[0.0]), "rating 0: got 0, expected a number in 1..=5"),
        (ces(&[1.0, 7.5]), "rating 1: got 7.5, expected a number in 1..=7"),
        (nps(&[f64::NAN]), "rating 0: got NaN, expected a number in 0..=10"),
        (nps(&[]), "ratings: got none, expected at least one in 0..=10"),
    ] {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }));
        assert_eq!(error.to_string(), words);
    }
}

fn rated(ratings: &[Option<f64>]) -> Answers<'_> {
    Answers { ratings, ..Answers::default() }
}

/// scipy 1.17 `ttest_ind(a, b, equal_var=False)` and its `.confidence_interval()` on the same two lists. A standard
/// error of 1,000 replicates is right to some 2 %.
#[test]
fn without_repeated_customers_the_interval_is_welchs() {
    let with = [1.0, 2.0, 2.0, 3.0, 1.0, 4.0, 2.0];
    let without = [4.0, 5.0, 3.0, 5.0, 4.0, 2.0, 5.0, 4.0, 5.0, 3.0];
    let ratings: Vec<Option<f64>> = with.iter().chain(&without).map(|&r| Some(r)).chain([None]).collect();
    let found = effects(&rated(&ratings), &[vec![0, 1, 2, 3, 4, 5, 6, 6, 17]]).unwrap();
    let got = found[0].unwrap();
    assert_eq!((got.n_with, got.n_without), (7, 10));
    near(got.effect, -1.8571428571, 1e-9);
    near(got.p_value.ln(), 0.0036083241f64.ln(), 0.25);
    near(got.ci_low, -2.9892291395, 0.05);
    near(got.ci_high, -0.7250565748, 0.05);
    near(got.impact, 7.0 / 17.0 * -1.8571428571, 1e-9);
}

#[test]
fn few_ratings_or_few_customers_give_no_effect() {
    let ratings = vec![Some(3.0); 12];
    let found =
        effects(&rated(&ratings), &[vec![0, 1, 2, 3], vec![0, 1, 2, 3, 4], (0..9).collect()]).unwrap();
    assert!(found[0].is_none() && found[1].is_some() && found[2].is_none());
    let one_writes_twice: Vec<Option<u64>> = [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(Some).into();
    let answers = Answers { customers: &one_writes_twice, ..rated(&ratings) };
    assert!(effects(&answers, &[vec![0, 1, 2, 3, 4]]).unwrap()[0].is_none());
}

/// Five promoters, three passives, two detractors: NPS 30. Without the two detractors and one passive (rows 7, 8, 9):
/// 5 of 7 promote, NPS 500/7.
#[test]
fn impact_is_the_leave_out_change_of_the_index() {
    let ratings = [10.0, 10.0, 9.0, 9.0, 9.0, 8.0, 7.0, 7.0, 6.0, 0.0];
    let twice: Vec<Option<f64>> = ratings.iter().chain(&ratings).map(|&r| Some(r)).collect();
    let answers = Answers { scale: Some(rasd::Scale::Nps), ..rated(&twice) };
    let got = effects(&answers, &[vec![7, 8, 9, 17, 18, 19]]).unwrap()[0].unwrap();
    near(got.impact, 30.0 - 500.0 / 7.0, 1e-9);
    assert!(got.impact_ci_low < got.impact && got.impact < got.impact_ci_high);
}

/// A row of weight 2 stands for two such rows.
#[test]
fn weights_move_the_means_and_nothing_depends_on_row_order() {
    let ratings: Vec<Option<f64>> = (0..40).map(|i| Some(f64::from(i * 7 % 11))).collect();
    let weights: Vec<f64> = (0..40).map(|i| f64::from(1 + i % 3)).collect();
    let customers: Vec<Option<u64>> = (0..40).map(|i| (i % 4 != 0).then_some(i / 2)).collect();
    let member: Vec<usize> = (0..40).filter(|i| i % 3 == 0 || i % 7 == 0).collect();
    let answers = Answers { weights: &weights, customers: &customers, ..rated(&ratings) };
    let got = effects(&answers, std::slice::from_ref(&member)).unwrap()[0].unwrap();
    let mean = |inside: bool| {
        let rows = (0..40).filter(|i| member.contains(i) == inside);
        let (sum, total) =
            rows.fold((0.0, 0.0), |(s, t), i| (s + weights[i] * ratings[i].unwrap(), t + weights[i]));
        sum / total
    };
    near(got.effect, mean(true) - mean(false), 1e-12);

    let order: Vec<usize> = (0..40).map(|i| (i * 13 + 5) % 40).collect();
    let turned: Vec<Option<f64>> = order.iter().map(|&i| ratings[i]).collect();
    let turned_weights: Vec<f64> = order.iter().map(|&i| weights[i]).collect();
    let turned_customers: Vec<Option<u64>> = order.iter().map(|&i| customers[i]).collect();
    let turned_member: Vec<usize> = (0..40).filter(|&i| member.contains(&order[i])).collect();
    let answers = Answers { weights: &turned_weights, customers: &turned_customers, ..rated(&turned) };
    assert_eq!(effects(&answers, &[turned_member]).unwrap()[0].unwrap(), got);
}

#[test]
fn a_row_or_a_weight_that_is_wrong_is_named() {
    let error = effects(&rated(&[Some(1.0)]), &[vec![], vec![3]]).unwrap_err();
    assert_eq!(error.to_string(), "cause 1: row 3, expected a row below 1");
    let ratings = [Some(1.0), Some(2.0)];
    let error = effects(&Answers { weights: &[1.0, 0.0], ..rated(&ratings) }, &[]).unwrap_err();
    assert_eq!(error.to_string(), "weight 1: got 0, expected a number above 0");
    let error = effects(&Answers { customers: &[None], ..rated(&ratings) }, &[]).unwrap_err();
    assert_eq!(error.to_string(), "customers: 1 values, expected 2 as ratings has");
}

/// Benjamini and Hochberg 1995, section 3.1: fifteen p-values, exactly the four smallest pass at 5 %.
#[test]
fn the_papers_example_rejects_four() {
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
        0.6528, 0.7590, 1.0,
    ];
    let q = benjamini_hochberg(&p);
    assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4);
    near(q[3], 0.0095 * 15.0 / 4.0, 1e-12);
    assert!(q.is_sorted());
}
