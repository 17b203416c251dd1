//! Formulas against reference packages: statsmodels 0.15 and scipy 1.17 unless a paper is named.
#![cfg(feature = "analyze")]

use rasd::Scale;
use rasd::drivers::{
    Answers, Importance, adjusted_effects, before_after, difference, holm, importance, perception_gap,
    sample_size, trend, turned,
};

fn near(got: f64, expected: f64, within: f64) {
    assert!((got - expected).abs() <= within, "got {got}, expected {expected}");
}

const RATINGS: [f64; 24] = [
    3.0, 5.0, 1.0, 9.0, 6.0, 2.0, 7.0, 8.0, 4.0, 0.0, 6.0, 5.0, 4.0, 7.0, 9.0, 8.0, 10.0, 2.0, 6.0, 5.0, 7.0,
    4.0, 3.0, 6.0,
];

fn ratings() -> Vec<Option<f64>> {
    RATINGS.map(Some).into()
}

fn members() -> [Vec<usize>; 3] {
    [
        vec![0, 2, 4, 5, 9, 11, 12, 17, 20, 22],
        vec![1, 2, 5, 6, 9, 10, 13, 17, 18, 21, 23],
        vec![0, 1, 2, 7, 8, 9, 14, 19],
    ]
}

/// `sm.OLS(y, sm.add_constant(X))`: params and bse of `fit(cov_type="HC3")`, pvalues of `fit()`; the interval by
/// `scipy.stats.t` with `min(20, sum(p)^2 / sum(p^2))` degrees of freedom, p the squared rows of `numpy.linalg.pinv(X)`.
#[test]
fn adjusted_effects_are_statsmodels_hc3() {
    let ratings = ratings();
    let found = adjusted_effects(&Answers { ratings: &ratings, ..Answers::default() }, &members()).unwrap();
    let expected = [
        (-3.78893775, 0.56770371, 1.70569298e-06, -4.97314694, -2.60472855),
        (-2.63712104, 0.56163586, 1.47834650e-04, -3.80867291, -1.46556916),
        (-1.94144874, 0.68551991, 3.90277697e-03, -3.401696332, -0.481201151),
    ];
    for (got, (effect, error, p, low, high)) in found.into_iter().map(Option::unwrap).zip(expected) {
        near(got.effect, effect, 1e-7);
        near(got.error, error, 1e-7);
        near(got.p_value, p, 1e-9);
        near(got.ci_low, low, 1e-6);
        near(got.ci_high, high, 1e-6);
        assert!(!got.is_ridge && got.verdict() == "lower");
    }
}

/// `sm.WLS(y, sm.add_constant(X), weights=[1, 2, 3] * 8).fit(cov_type="HC3")`.
#[test]
fn weighted_adjusted_effects_are_statsmodels_wls() {
    let (ratings, weights) = (ratings(), [1.0, 2.0, 3.0].repeat(8));
    let answers = Answers { ratings: &ratings, weights: &weights, ..Answers::default() };
    let found = adjusted_effects(&answers, &members()).unwrap();
    let expected = [(-3.69445255, 0.62574488), (-2.69167883, 0.681555), (-2.03328467, 0.82531778)];
    for (got, (effect, error)) in found.into_iter().map(Option::unwrap).zip(expected) {
        near(got.effect, effect, 1e-7);
        near(got.error, error, 1e-6);
    }
}

/// Two names for the same rows cannot be told apart: ridge gives each half of the difference.
#[test]
fn causes_that_always_come_together_share_their_effect() {
    let ratings = ratings();
    let answers = Answers { ratings: &ratings, ..Answers::default() };
    let [a, ..] = members();
    let found = adjusted_effects(&answers, &[a.clone(), a.clone()]).unwrap();
    let (one, other) = (found[0].unwrap(), found[1].unwrap());
    assert!(one.is_ridge && other.is_ridge);
    near(one.effect, other.effect, 1e-9);
    let alone = adjusted_effects(&answers, &[a]).unwrap()[0].unwrap();
    near(one.effect + other.effect, alone.effect, 0.1 * alone.effect.abs());
}

/// R squared of `sm.OLS` on every subset, averaged over the six orders of entry.
#[test]
fn importance_is_averaged_over_orders() {
    let ratings = ratings();
    let answers = Answers { ratings: &ratings, ..Answers::default() };
    let Importance { shares, r_squared } = importance(&answers, &members()).unwrap();
    near(r_squared, 0.7668371387502833, 1e-9);
    for (got, expected) in shares.into_iter().zip([0.6146917, 0.26567393, 0.11963437]) {
        near(got.unwrap(), expected, 1e-7);
    }
    let flat = vec![Some(5.0); 24];
    let nothing = importance(&Answers { ratings: &flat, ..Answers::default() }, &members()).unwrap();
    assert_eq!((nothing.shares[0], nothing.r_squared), (Some(0.0), 0.0));
}

/// Thirteen causes, one past the exact average: relative weights still sum to R squared and rank the strong one first.
#[test]
fn many_causes_have_relative_weights() {
    let ratings: Vec<Option<f64>> = (0..260).map(|i| Some(f64::from(i % 2 * 4 + i * 7 % 3))).collect();
    let members: Vec<Vec<usize>> = (0..13).map(|k| (0..260).filter(|i| i % (k + 2) == 0).collect()).collect();
    let found = importance(&Answers { ratings: &ratings, ..Answers::default() }, &members).unwrap();
    let shares: Vec<f64> = found.shares.iter().flatten().copied().collect();
    near(shares.iter().sum(), 1.0, 1e-9);
    assert!(found.r_squared > 0.8 && found.r_squared <= 1.0);
    assert!(shares[1..].iter().all(|share| *share < shares[0]));
}

/// `sm.GLM(y, sm.add_constant(x), family=Poisson(), offset=log(N)).fit(scale="X2")`, t with 6 degrees of freedom.
#[test]
fn rate_ratios_are_statsmodels_quasi_poisson() {
    let exposures = [100, 120, 90, 110, 130, 100, 140, 95];
    let got = trend(&[4, 14, 3, 12, 22, 8, 29, 14], &exposures).unwrap();
    near(got.ratio, 2.861140597533482, 1e-6);
    near(got.dispersion, 2.393130168451969, 1e-6);
    near(got.p_value, 0.07502302920540267, 1e-7);
    near(got.ci_low, 0.8652601393927462, 1e-5);
    near(got.ci_high, 9.460883665113023, 1e-4);
    let got = before_after(&[4, 9, 3, 12, 18, 11, 25, 14], &exposures, 4).unwrap();
    near(got.ratio, 2.1935483870967754, 1e-9);
    near(got.dispersion, 1.2691350058610134, 1e-9);
    near(got.p_value, 0.02097456882650821, 1e-9);
    near(got.ci_low, 1.18121514, 1e-6);
    near(got.ci_high, 4.07347854, 1e-6);
}

#[test]
fn a_cause_that_stands_at_one_end_alone_has_a_finite_ratio() {
    let change = trend(&[0, 0, 0, 0, 0, 40], &[100; 6]).unwrap();
    assert!(change.ratio.is_finite() && change.ci_high.is_finite() && change.ratio > 1.0);
    let change = before_after(&[0, 0, 0, 9, 8, 7], &[100; 6], 3).unwrap();
    // Half a comment before, 24 and a half after.
    near(change.ratio, 49.0, 1e-9);
    assert!(trend(&[], &[]).is_none() && trend(&[9], &[10]).is_none());
    assert!(before_after(&[9, 9, 9, 9, 9], &[50; 5], 4).is_none(), "one period is no side");
}

/// Newcombe 1998, "Interval estimation for the difference between independent proportions", Table II, method 10.
#[test]
fn gaps_are_newcombes() {
    for (first, second, low, high) in [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 10), 0.6075, 1.0),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ] {
        let got = difference(first, second);
        near(got.ci_low, low, 5e-5);
        near(got.ci_high, high, 5e-5);
    }
}

/// `multipletests([.01, .04, .03, .005], method="holm")`; `proportions_ztest([56, 48], [70, 80])`: p = .0080451.
#[test]
fn gaps_are_corrected_by_holm() {
    for (got, expected) in holm(&[0.01, 0.04, 0.03, 0.005]).into_iter().zip([0.03, 0.06, 0.06, 0.02]) {
        near(got, expected, 1e-12);
    }
    let rows = |segment: &str, good: usize, n: usize| -> Vec<(String, f64)> {
        (0..n).map(|i| (segment.to_string(), if i < good { 10.0 } else { 5.0 })).collect()
    };
    let internal = [rows("جدة", 56, 70), rows("Riyadh", 20, 40), rows("Taif", 2, 2)].concat();
    let customers = [rows("جدة", 48, 80), rows("Riyadh", 21, 40), rows("Abha", 9, 9)].concat();
    let gaps = perception_gap(Scale::Nps, &internal, &customers).unwrap();
    let of = |segment: &str| gaps.iter().find(|gap| gap.segment == segment).unwrap();
    near(of("جدة").p_value.unwrap(), 0.00804508, 1e-6);
    near(of("جدة").p_holm.unwrap(), 2.0 * 0.00804508, 2e-6);
    let said: Vec<&str> = ["جدة", "Riyadh", "Taif", "Abha"].map(|segment| of(segment).verdict()).into();
    assert_eq!(said, ["overrated", "no evidence", "not enough data", "not enough data"]);
    let error = perception_gap(Scale::Csat, &internal, &customers).unwrap_err();
    assert_eq!(error.to_string(), "rating 0: got 10, expected a number in 1..=5");
}

/// Bickel, Hammel and O'Connell 1975, admissions to six departments of Berkeley, men and women of (admitted, applied):
/// 44.5 % of men and 30.4 % of women over all, yet inside departments women fare as well or better.
#[test]
fn berkeley_turns_inside_departments() {
    let departments = [
        ((512, 825), (89, 108)),
        ((353, 560), (17, 25)),
        ((120, 325), (202, 593)),
        ((138, 417), (131, 375)),
        ((53, 191), (94, 393)),
        ((22, 373), (24, 341)),
    ];
    let (mut ratings, mut women, mut strata) = (Vec::new(), Vec::new(), Vec::new());
    for (department, sexes) in departments.iter().enumerate() {
        for (is_woman, (admitted, applied)) in [(false, sexes.0), (true, sexes.1)] {
            for i in 0..applied {
                women.extend(is_woman.then_some(ratings.len()));
                ratings.push(Some(f64::from(i < admitted)));
                strata.push(Some(department));
            }
        }
    }
    let answers = Answers { ratings: &ratings, ..Answers::default() };
    let found = turned(&answers, &women, &strata).unwrap().unwrap();
    near(found.overall, 557.0 / 1835.0 - 1198.0 / 2691.0, 1e-9);
    assert!(found.within > 0.0);
    // Split by nothing that matters, nothing turns.
    let parity: Vec<Option<usize>> = (0..ratings.len()).map(|row| Some(row % 2)).collect();
    assert_eq!(turned(&answers, &women, &parity).unwrap(), None);
}

/// Cochran 1977: 385 for 5 points at a share of one half; 97 for 10 points; of 2,000, 323. An NPS within 10 points
/// when answers spread by 85: (1.96 * 8.5)^2 = 277.6.
#[test]
fn sample_sizes_are_the_textbooks() {
    assert_eq!(sample_size(0.05, 0.5, None).unwrap(), 385);
    assert_eq!(sample_size(0.1, 0.5, None).unwrap(), 97);
    assert_eq!(sample_size(0.05, 0.5, Some(2000)).unwrap(), 323);
    assert_eq!(sample_size(10.0, 85.0, None).unwrap(), 278);
    assert_eq!(sample_size(0.001, 0.5, Some(7)).unwrap(), 7);
    assert_eq!(
        sample_size(0.0, 0.5, None).unwrap_err().to_string(),
        "margin: got 0, expected a number above 0"
    );
}
