//! Speed of each preset over real comments, in MB of UTF-8 a second on one core: the best of seven rounds.
//!
//! `cargo bench --no-default-features --bench normalize [-- FILE]`: FILE holds one comment a line; without it the
//! comments of `examples/*.csv` are read.

use std::hint::black_box;
use std::time::Instant;
use std::{env, fs, process};

use rasd::Normalizer;

const ROUNDS: usize = 7;

fn main() {
    // Cargo passes `--bench`.
    let file = env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/");
    let paths = file.map_or_else(
        || ["bank.csv", "clothing.csv"].map(|name| format!("{examples}{name}")).to_vec(),
        |file| vec![file],
    );
    let mut text = String::new();
    for path in paths {
        match fs::read_to_string(&path) {
            Ok(more) => text += &more,
            Err(error) => {
                eprintln!("{path}: {error}");
                process::exit(2);
            }
        }
    }
    let comments: Vec<&str> = text.lines().collect();
    let bytes: usize = comments.iter().map(|comment| comment.len()).sum();
    println!("{} lines, {bytes} bytes", comments.len());
    for name in rasd::normalize::presets() {
        let Ok(normalizer) = Normalizer::preset(name) else { continue };
        let round = || {
            let start = Instant::now();
            for comment in &comments {
                black_box(normalizer.normalize(black_box(comment)));
            }
            start.elapsed().as_secs_f64()
        };
        let best = (0..ROUNDS).map(|_| round()).fold(f64::INFINITY, f64::min);
        println!("{name:<10} {:>7.1} MB/s", bytes as f64 / best / 1e6);
    }
}
