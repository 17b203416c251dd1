//! What intervals and tests promise, kept over simulated surveys. Seeded: the counts never change.
#![cfg(feature = "analyze")]

mod draws;

use draws::Draws;
use rasd::Scale;
use rasd::drivers::{Answers, adjusted_effects, effects, importance, nps, trend};

/// `held` of `n` intervals hold the truth: 93 % to 97 %.
fn covers(held: usize, n: usize) {
    assert!((0.93..=0.97).contains(&(held as f64 / n as f64)), "{held} of {n}");
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

/// Shares of the answers 1..5 in a survey, where a matter is raised and where it is not.
const LOW: [(f64, f64); 5] = [(1.0, 0.5), (2.0, 0.2), (3.0, 0.1), (4.0, 0.1), (5.0, 0.1)];
const HIGH: [(f64, f64); 5] = [(1.0, 0.1), (2.0, 0.1), (3.0, 0.2), (4.0, 0.3), (5.0, 0.3)];

fn mean(answers: &[(f64, f64)]) -> f64 {
    answers.iter().map(|(a, p)| a * p).sum()
}

/// 15 rows with the cause, 200 without.
#[test]
fn effect_intervals_cover() {
    let truth = mean(&LOW) - mean(&HIGH);
    let mut draws = Draws(11);
    let held = (0..1000)
        .filter(|&seed| {
            let ratings: Vec<Option<f64>> =
                (0..215).map(|i| Some(draws.pick(if i < 15 { &LOW } else { &HIGH }))).collect();
            let answers = Answers { ratings: &ratings, seed, ..Answers::default() };
            let got = effects(&answers, &[(0..15).collect()]).unwrap()[0].unwrap();
            got.ci_low <= truth && truth <= got.ci_high
        })
        .count();
    covers(held, 1000);
}

/// 80 customers of 1 to 5 rows each; a customer's rows share a mood, and each raises the matter or never does. Rows
/// taken for customers would cover far less.
#[test]
fn effect_intervals_cover_where_customers_repeat() {
    let mut draws = Draws(12);
    let (mut held, mut held_by_rows) = (0, 0);
    for seed in 0..600 {
        let (mut ratings, mut customers, mut members) = (Vec::new(), Vec::new(), Vec::new());
        for customer in 0..80u64 {
            let mood = 3.0 * draws.next() - 1.5;
            let raises = customer < 25;
            for _ in 0..1 + customer % 5 {
                members.extend(raises.then_some(ratings.len()));
                ratings.push(Some(6.0 - 2.0 * f64::from(raises) + mood + 2.0 * draws.next() - 1.0));
                customers.push(Some(customer));
            }
        }
        let answers = Answers { ratings: &ratings, customers: &customers, seed, ..Answers::default() };
        let holds = |answers: &Answers| {
            let got = effects(answers, std::slice::from_ref(&members)).unwrap()[0].unwrap();
            usize::from(got.ci_low <= -2.0 && -2.0 <= got.ci_high)
        };
        held += holds(&answers);
        held_by_rows += holds(&Answers { customers: &[], ..answers });
    }
    covers(held, 600);
    assert!(held_by_rows < 530, "{held_by_rows}");
}

/// 300 answers, a cause in one of five: detractors 60 % with it and 20 % without, promoters 20 % and 50 %.
#[test]
fn impact_intervals_cover_the_change_of_the_nps() {
    let (with, without) = ([(10.0, 0.2), (8.0, 0.2), (3.0, 0.6)], [(10.0, 0.5), (8.0, 0.3), (3.0, 0.2)]);
    let truth = 0.2 * (-40.0 - 30.0);
    let mut draws = Draws(13);
    let held = (0..600)
        .filter(|&seed| {
            let mut member = Vec::new();
            let ratings: Vec<Option<f64>> = (0..300)
                .map(|i| {
                    let raises = draws.next() < 0.2;
                    member.extend(raises.then_some(i));
                    Some(draws.pick(if raises { &with } else { &without }))
                })
                .collect();
            let scale = Some(Scale::Nps);
            let answers = Answers { ratings: &ratings, scale, seed, ..Answers::default() };
            let got = effects(&answers, &[member]).unwrap()[0].unwrap();
            got.impact_ci_low <= truth && truth <= got.impact_ci_high
        })
        .count();
    covers(held, 600);
}

/// A survey of `n` rows with ten causes of the shares and effects below; the second comes mostly with the first.
const SHARES: [f64; 10] = [0.20, 0.15, 0.12, 0.10, 0.08, 0.10, 0.06, 0.15, 0.05, 0.12];
const EFFECTS: [f64; 10] = [-2.4, -1.7, -2.0, -2.1, -2.2, -0.4, -0.5, 0.2, 0.0, 0.1];

fn survey(draws: &mut Draws, n: usize) -> (Vec<Option<f64>>, Vec<Vec<usize>>) {
    let mut members = vec![Vec::new(); SHARES.len()];
    let ratings = (0..n)
        .map(|row| {
            let mut rating = 8.0;
            let mut first = false;
            for cause in 0..SHARES.len() {
                let share = if cause == 1 && first { 0.5 } else { SHARES[cause] };
                if draws.next() < share {
                    first |= cause == 0;
                    members[cause].push(row);
                    rating += EFFECTS[cause];
                }
            }
            // Uniform noise, and more of it below: the spread differs between rows.
            let spread = if rating < 6.0 { 5.0 } else { 3.0 };
            Some(rating + spread * (draws.next() - 0.5))
        })
        .collect();
    (ratings, members)
}

#[test]
fn adjusted_intervals_cover_where_causes_come_together() {
    let mut draws = Draws(14);
    let mut held = [0; 10];
    for _ in 0..600 {
        let (ratings, members) = survey(&mut draws, 400);
        let answers = Answers { ratings: &ratings, ..Answers::default() };
        for (cause, got) in adjusted_effects(&answers, &members).unwrap().into_iter().enumerate() {
            let got = got.unwrap();
            held[cause] += usize::from(got.ci_low <= EFFECTS[cause] && EFFECTS[cause] <= got.ci_high);
        }
    }
    covers(held.iter().sum(), 6000);
}

/// True importance by size: what causes 0 to 4 explain stands far above the rest.
#[test]
fn the_top_five_drivers_are_found() {
    let mut draws = Draws(15);
    let right = (0..100)
        .filter(|_| {
            let (ratings, members) = survey(&mut draws, 1500);
            let answers = Answers { ratings: &ratings, scale: Some(Scale::Nps), ..Answers::default() };
            let shares = importance(&answers, &members).unwrap().shares;
            let mut order: Vec<usize> = (0..members.len()).collect();
            order.sort_by(|&a, &b| shares[b].unwrap().total_cmp(&shares[a].unwrap()));
            order[..5].iter().all(|&cause| cause < 5)
        })
        .count();
    assert!(right >= 95, "{right} of 100");
}

/// Ratings dealt out anew have no cause: at most one survey in twenty shows any.
#[test]
fn shuffled_ratings_raise_few_false_alarms() {
    let mut draws = Draws(16);
    let (mut ratings, members) = survey(&mut draws, 300);
    ratings.iter_mut().for_each(|rating| *rating = rating.map(|r| r.clamp(0.0, 10.0).round()));
    let (mut alarms, mut adjusted_alarms) = (0, 0);
    for seed in 0..400 {
        for i in (1..ratings.len()).rev() {
            ratings.swap(i, (draws.next() * (i + 1) as f64) as usize);
        }
        let answers = Answers { ratings: &ratings, seed, ..Answers::default() };
        let found = effects(&answers, &members).unwrap();
        alarms += usize::from(found.iter().flatten().any(|effect| effect.q_value <= 0.05));
        let found = adjusted_effects(&answers, &members).unwrap();
        adjusted_alarms += usize::from(found.iter().flatten().any(|effect| effect.q_value <= 0.05));
    }
    assert!(alarms <= 20 && adjusted_alarms <= 20, "{alarms} and {adjusted_alarms} of 400");
}

/// Counts whose variance is three times their mean (each complaint is followed by echoes), no trend: at most one in
/// twenty shows one. A Poisson test would cry out three times as often.
#[test]
fn bursts_are_no_trend() {
    let mut draws = Draws(17);
    let alarms = (0..2000)
        .filter(|_| {
            let counts: Vec<usize> = (0..12)
                .map(|_| {
                    let echoes = (0..200).filter_map(|_| {
                        let complains = draws.next() < 0.03;
                        complains.then(|| 1 + (draws.next() * 4.0) as usize)
                    });
                    echoes.sum()
                })
                .collect();
            trend(&counts, &[500; 12]).is_some_and(|change| change.p_value <= 0.05)
        })
        .count();
    assert!(alarms <= 100, "{alarms} of 2000");
}
