//! Hostile comments of 10 MB beside a plain comment of 10 MB: time is linear when the ratio stays near one.
//!
//! `cargo bench --no-default-features --bench adversarial [-- WORD]`: WORD picks the attacks that hold it.

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use rasd::{Normalizer, language, segment};

const SIZE: usize = 10_000_000;

/// What a rule could choke on, repeated to [`SIZE`].
const ATTACKS: &[&str] = &[
    "<",
    "<b",
    "<b<i>",
    "<!--",
    "&",
    "&amp;",
    "&#3",
    "&#38;#38;",
    "#",
    "#a",
    "#a_",
    "@",
    "@a.",
    "a@",
    "a@a.",
    "a.",
    "www.",
    "http://",
    "http://a",
    "x=",
    "(at)",
    "1 ",
    "0",
    "05",
    "0 5 ",
    "1.1.",
    "+",
    "+1",
    "1-",
    "\n1-",
    "\n- ",
    "٠",
    "1٫",
    "SA",
    "SA03 8000 ",
    "4111 ",
    "_x000D_",
    "_x00",
    "(",
    ":)",
    ":",
    ".",
    "!",
    "؟!",
    "'",
    "n't ",
    "a'",
    "“",
    "e\u{301}",
    "\u{300}",
    "ي\u{64e}",
    "\u{64e}",
    "\u{651}\u{64e}",
    "\u{654}",
    "ـ",
    "ه",
    "هه ",
    "ا،",
    "ا\u{640}",
    "a",
    "aab",
    "ab",
    "A",
    "İ",
    "ﷺ",
    "ﻻ",
    "\u{fe77}",
    "𝐁",
    "１",
    "ی",
    "گ",
    "أ",
    "ؤ",
    "ى",
    "\u{202e}",
    "\u{200d}",
    "\u{200b}",
    "\u{ad}",
    "\0",
    "\t",
    "\u{3000}",
    "\u{e0067}",
    "😡",
    "👍🏽",
    "👨\u{200d}",
    "🇸",
    "1\u{fe0f}\u{20e3}",
    "Ã",
    "Ø®",
    "ط®",
    "aا",
    "ا1",
    "[URL]",
    "[",
    "و",
    "ال",
    "والم",
    "بس ",
    "لأن ",
    "so ",
    "not ",
    "مش ",
    "مش كويس ",
    "3/5 ",
    "⭐",
    "\u{ac00}",
];

fn fill(unit: &str) -> String {
    unit.repeat(SIZE / unit.len())
}

/// What is timed, by name.
type Work = (String, Box<dyn Fn(&str)>);

/// The faster of two runs.
fn time(work: impl Fn()) -> Duration {
    let run = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    run().min(run())
}

fn main() {
    let wanted = env::args().skip(1).find(|argument| !argument.starts_with("--")).unwrap_or_default();
    let examples = include_str!("../examples/bank.csv");
    let plain = examples.replace('\n', " ").repeat(SIZE / examples.len());
    let mut works: Vec<Work> = Vec::new();
    for name in rasd::normalize::presets() {
        let Ok(normalizer) = Normalizer::preset(name) else { continue };
        works.push((
            name.to_string(),
            Box::new(move |text| {
                black_box(normalizer.normalize(text));
            }),
        ));
    }
    let Ok(feedback) = Normalizer::preset("feedback") else { return };
    works.push((
        "with offsets".into(),
        Box::new(move |text| {
            black_box(feedback.normalize_aligned(text));
        }),
    ));
    works.push((
        "language".into(),
        Box::new(|text| {
            black_box(language::code(text));
        }),
    ));
    works.push((
        "clauses".into(),
        Box::new(|text| {
            black_box(segment::clauses(text));
        }),
    ));
    works.push((
        "negations".into(),
        Box::new(|text| {
            black_box(segment::negations(text));
        }),
    ));
    for (name, work) in &works {
        let base = time(|| work(&plain));
        println!("{name}: plain {:.0} MB/s", plain.len() as f64 / base.as_secs_f64() / 1e6);
        let mut slow: Vec<(f64, &str)> = ATTACKS
            .iter()
            .filter(|attack| attack.contains(&wanted))
            .map(|attack| {
                let text = fill(attack);
                let share = text.len() as f64 / plain.len() as f64;
                (time(|| work(&text)).as_secs_f64() / base.as_secs_f64() / share, *attack)
            })
            .collect();
        slow.sort_by(|a, b| b.0.total_cmp(&a.0));
        let over = slow.iter().filter(|attack| attack.0 > 2.0).count();
        println!("  {} attacks, {over} above 2 x the time of plain text; slowest:", slow.len());
        for (ratio, attack) in slow.iter().take(8) {
            println!("  {ratio:6.2} x  {attack:?}");
        }
    }
}
