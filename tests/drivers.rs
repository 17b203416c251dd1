//! Indices and effects against printed tables, scipy, and simulation.
#![cfg(feature = "analyze")]

use rasd::drivers::{benjamini_hochberg, ces, csat, effects, nps, share};
use rasd::{Error, Scale};

fn near(got: f64, expected: f64, within: f64) {
    assert!((got - expected).abs() <= within, "got {got}, expected {expected}");
}

/// SplitMix64 (Steele, Lea, Flood 2014): 53 bits in 0..1.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn pick(&mut self, answers: &[(f64, f64)]) -> f64 {
        let mut left = self.next();
        for &(answer, share) in answers {
            left -= share;
            if left < 0.0 {
                return answer;
            }
        }
        answers[answers.len() - 1].0
    }
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

/// Nominal 95 %: over surveys of 30 and of 200 answers at least 93 % of intervals hold the true score.
#[test]
fn nps_intervals_cover() {
    let mut draws = Draws(7);
    for answers in [[(10.0, 0.3), (8.0, 0.3), (3.0, 0.4)], [(10.0, 0.85), (8.0, 0.1), (3.0, 0.05)]] {
        let truth = 100.0 * (answers[0].1 - answers[2].1);
        for n in [30, 200] {
            let held = (0..2000)
                .filter(|_| {
                    let ratings: Vec<f64> = (0..n).map(|_| draws.pick(&answers)).collect();
                    let got = nps(&ratings).unwrap();
                    got.ci_low <= truth && truth <= got.ci_high
                })
                .count();
            assert!(held >= 1860, "{held} of 2000 at n = {n}");
        }
    }
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
    let got = Scale::Ces5.estimate(&five).unwrap();
    near(got.value, 3.2, 1e-12);
    near(got.ci_low, 3.2 - 1.0387, 0.001);
    let got = Scale::Percent.estimate(&five.map(|rating| 20.0 * rating)).unwrap();
    near(got.value, 64.0, 1e-9);
    near(got.ci_high, 64.0 + 20.774, 0.01);
    assert!(Scale::Ces5.estimate(&[6.0]).unwrap_err().to_string().ends_with("expected a number in 1..=5"));
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

/// scipy 1.17 `ttest_ind(a, b, equal_var=False)` and its `.confidence_interval()` on the same two lists.
#[test]
fn welch_is_scipys() {
    let with = [1.0, 2.0, 2.0, 3.0, 1.0, 4.0, 2.0];
    let without = [4.0, 5.0, 3.0, 5.0, 4.0, 2.0, 5.0, 4.0, 5.0, 3.0];
    let ratings: Vec<Option<f64>> = with.iter().chain(&without).map(|&r| Some(r)).chain([None]).collect();
    let found = effects(&ratings, &[vec![0, 1, 2, 3, 4, 5, 6, 6, 17]]).unwrap();
    let got = found[0].unwrap();
    assert_eq!((got.n_with, got.n_without), (7, 10));
    near(got.effect, -1.8571428571, 1e-9);
    near(got.p_value, 0.0036083241, 1e-9);
    near(got.ci_low, -2.9892291395, 1e-6);
    near(got.ci_high, -0.7250565748, 1e-6);
    near(got.impact, 7.0 / 17.0 * -1.8571428571, 1e-9);
}

#[test]
fn few_ratings_give_no_effect() {
    let ratings = vec![Some(3.0); 12];
    let found = effects(&ratings, &[vec![0, 1, 2, 3], vec![0, 1, 2, 3, 4], (0..9).collect()]).unwrap();
    assert!(found[0].is_none() && found[1].is_some() && found[2].is_none());
}

#[test]
fn a_row_that_is_not_there_is_named() {
    let error = effects(&[Some(1.0)], &[vec![], vec![3]]).unwrap_err();
    assert_eq!(error.to_string(), "cause 1: row 3, expected a row below 1");
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

/// Ratings 1..5 skewed as in surveys, 15 rows with the cause, 200 without, true difference -1.5.
#[test]
fn effect_intervals_cover() {
    let low = [(1.0, 0.5), (2.0, 0.2), (3.0, 0.1), (4.0, 0.1), (5.0, 0.1)];
    let high = [(1.0, 0.1), (2.0, 0.1), (3.0, 0.2), (4.0, 0.3), (5.0, 0.3)];
    let mean = |answers: &[(f64, f64)]| answers.iter().map(|(a, p)| a * p).sum::<f64>();
    let truth = mean(&low) - mean(&high);
    let mut draws = Draws(11);
    let held = (0..2000)
        .filter(|_| {
            let ratings: Vec<Option<f64>> =
                (0..215).map(|i| Some(draws.pick(if i < 15 { &low } else { &high }))).collect();
            let got = effects(&ratings, &[(0..15).collect()]).unwrap()[0].unwrap();
            got.ci_low <= truth && truth <= got.ci_high
        })
        .count();
    assert!((1840..=1960).contains(&held), "{held} of 2000");
}
