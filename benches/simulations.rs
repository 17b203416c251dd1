//! How well the intervals and tests of `rasd::drivers` keep their promises, and how long they take.
//! `cargo bench --bench simulations`; `tests/simulations.rs` holds the small version.

#[path = "../tests/draws/mod.rs"]
mod draws;

use std::time::Instant;

use draws::Draws;
use rasd::Scale;
use rasd::drivers::{Answers, adjusted_effects, effects, importance, trend};

/// A rating of 1 to 5 with these shares.
fn star(draws: &mut Draws, shares: [f64; 5]) -> f64 {
    let answers: [(f64, f64); 5] = std::array::from_fn(|i| (i as f64 + 1.0, shares[i]));
    draws.pick(&answers)
}

const LOW: [f64; 5] = [0.5, 0.2, 0.1, 0.1, 0.1];
const HIGH: [f64; 5] = [0.1, 0.1, 0.2, 0.3, 0.3];

fn mean(shares: [f64; 5]) -> f64 {
    shares.iter().zip(1..).map(|(share, star)| share * f64::from(star)).sum()
}

/// Stars of `n` rows, the first `n_with` about the cause; each customer writes `repeats` rows in one mood.
fn coverage(draws: &mut Draws, n_with: usize, n: usize, repeats: usize, runs: u64) -> f64 {
    let truth = mean(LOW) - mean(HIGH);
    let held = (0..runs).filter(|&seed| {
        let mut ratings: Vec<Option<f64>> = Vec::with_capacity(n);
        while ratings.len() < n {
            let rating = star(draws, if ratings.len() < n_with { LOW } else { HIGH });
            // A customer of several rows gives one rating each time.
            (0..repeats).for_each(|_| ratings.push(Some(rating)));
        }
        ratings.truncate(n);
        let customers: Vec<Option<u64>> = (0..n).map(|row| Some((row / repeats) as u64)).collect();
        let answers = Answers { ratings: &ratings, customers: &customers, seed, ..Answers::default() };
        let found = effects(&answers, &[(0..n_with).collect()]).expect("valid rows");
        found[0].is_some_and(|effect| effect.ci_low <= truth && truth <= effect.ci_high)
    });
    held.count() as f64 / runs as f64
}

const SHARES: [f64; 10] = [0.20, 0.15, 0.12, 0.10, 0.08, 0.10, 0.06, 0.15, 0.05, 0.12];
const EFFECTS: [f64; 10] = [-2.4, -1.7, -2.0, -2.1, -2.2, -0.4, -0.5, 0.2, 0.0, 0.1];

fn survey(draws: &mut Draws, n: usize) -> (Vec<Option<f64>>, Vec<Vec<usize>>) {
    let mut members = vec![Vec::new(); SHARES.len()];
    let mut ratings = Vec::with_capacity(n);
    for row in 0..n {
        let mut rating = 8.0 + 4.0 * (draws.next() - 0.5);
        for cause in 0..SHARES.len() {
            if draws.next() < SHARES[cause] {
                members[cause].push(row);
                rating += EFFECTS[cause];
            }
        }
        ratings.push(Some(rating.clamp(0.0, 10.0).round()));
    }
    (ratings, members)
}

fn main() {
    let mut draws = Draws(1);
    println!("coverage of the 95 % interval of an effect, 2,000 surveys of 200 other rows each");
    for n_with in [6, 10, 15, 30, 100] {
        let alone = coverage(&mut draws, n_with, n_with + 200, 1, 2000);
        println!("  {n_with:>4} rows with the cause: {:.1} %", 100.0 * alone);
    }
    for repeats in [2, 5] {
        let held = coverage(&mut draws, 20 * repeats, 220 * repeats, repeats, 1000);
        println!("  20 customers of {repeats} rows each: {:.1} %", 100.0 * held);
    }

    let (mut alarms, mut adjusted_alarms) = (0, 0);
    let (mut ratings, members) = survey(&mut draws, 300);
    for seed in 0..2000 {
        for i in (1..ratings.len()).rev() {
            ratings.swap(i, (draws.next() * (i + 1) as f64) as usize);
        }
        let answers = Answers { ratings: &ratings, seed, ..Answers::default() };
        let found = effects(&answers, &members).expect("valid rows");
        alarms += usize::from(found.iter().flatten().any(|effect| effect.q_value <= 0.05));
        let found = adjusted_effects(&answers, &members).expect("valid rows");
        adjusted_alarms += usize::from(found.iter().flatten().any(|effect| effect.q_value <= 0.05));
    }
    println!(
        "2,000 shuffled surveys of 300 rows and 10 causes: {:.1} % show a cause, adjusted {:.1} %",
        alarms as f64 / 20.0,
        adjusted_alarms as f64 / 20.0
    );

    let bursts = |draws: &mut Draws| -> Vec<usize> {
        let mut counts = vec![0; 12];
        for count in &mut counts {
            for _ in 0..200 {
                *count += if draws.next() < 0.03 { 1 + (draws.next() * 4.0) as usize } else { 0 };
            }
        }
        counts
    };
    let false_trends = (0..20_000)
        .filter(|_| trend(&bursts(&mut draws), &[500; 12]).is_some_and(|change| change.p_value <= 0.05))
        .count();
    println!(
        "20,000 courses without a trend, variance three times the mean: {:.1} % show one",
        false_trends as f64 / 200.0
    );

    for n in [500, 1000, 2000] {
        let right = (0..1000).filter(|_| {
            let (ratings, members) = survey(&mut draws, n);
            let answers = Answers { ratings: &ratings, ..Answers::default() };
            let shares = importance(&answers, &members).expect("valid rows").shares;
            let mut order: Vec<usize> = (0..members.len()).collect();
            order.sort_by(|&a, &b| shares[b].unwrap_or(0.0).total_cmp(&shares[a].unwrap_or(0.0)));
            order[..5].iter().all(|&cause| cause < 5)
        });
        println!(
            "top five of ten drivers right, {n} rows: {:.1} % of 1,000 surveys",
            right.count() as f64 / 10.0
        );
    }

    println!("time of effects, adjusted effects and importance of ten causes");
    for n in [1_000, 10_000, 100_000, 1_000_000] {
        let (ratings, members) = survey(&mut draws, n);
        let customers: Vec<Option<u64>> = (0..n).map(|row| Some(row as u64 / 2)).collect();
        let scale = Some(Scale::Nps);
        let answers = Answers { ratings: &ratings, scale, customers: &customers, ..Answers::default() };
        let start = Instant::now();
        let found = effects(&answers, &members).expect("valid rows");
        let bootstrap = start.elapsed();
        let adjusted = adjusted_effects(&answers, &members).expect("valid rows");
        let found = (found, adjusted, importance(&answers, &members).expect("valid rows"));
        println!("  {n:>9} rows: {bootstrap:.2?} and {:.2?}", start.elapsed() - bootstrap);
        std::hint::black_box(found);
    }
}
