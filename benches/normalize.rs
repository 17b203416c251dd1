//! Speed of normalization in bytes of UTF-8 a second, beside Unicode's NFKC in the same run.
//!
//! `cargo bench --no-default-features --bench normalize`: the comments are those of `examples/*.csv`, or the lines
//! of the file that the variable `RASD_CORPUS` names.

use std::hint::black_box;
use std::{env, fs};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rasd::Normalizer;
use unicode_normalization::UnicodeNormalization;

/// Rules that fold letters, and nothing else.
const FOLDS: [&str; 4] = ["fold_alef", "fold_hamza", "fold_alef_maksura", "fold_teh_marbuta"];

/// Comments of 128 bytes that `feedback` leaves as they are, and one that it changes.
const CLEAN_ARABIC: &str = "الخدمة ممتازة والموظف متعاون جدا لكن وقت الانتظار كان طويلا وأتمنى منكم تحسين ذلك";
const CLEAN_ASCII: &str = "The service was great and the staff helped us a lot, but we had to wait at the desk for \
                           much longer than we were told it takes.";
const CHANGED: &str = "الخِدمـــة سيّئة جداااا!! انتظرت ٤٥ دقيقة ولم يرد عليّ أحد  من الموظفين 😡";

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn comments() -> Vec<String> {
    if let Ok(path) = env::var("RASD_CORPUS") {
        return read(&path).lines().map(str::to_string).collect();
    }
    let rows = ["bank.csv", "clothing.csv"]
        .map(|name| read(&format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR"))))
        .concat();
    rows.lines().filter_map(comment).collect()
}

/// The second cell of a row; the others hold ids and dates, which are no comments.
fn comment(row: &str) -> Option<String> {
    let (_, rest) = row.split_once(',')?;
    match rest.strip_prefix('"') {
        Some(quoted) => Some(quoted.replace("\"\"", "\u{201c}").split('"').next()?.replace('\u{201c}', "\"")),
        None => Some(rest.split(',').next()?.to_string()),
    }
}

fn preset(name: &str) -> Normalizer {
    Normalizer::preset(name).expect("a preset")
}

fn folding() -> Normalizer {
    FOLDS.iter().fold(Normalizer::empty(), |normalizer, rule| normalizer.with(rule, "on").expect("a rule"))
}

/// All comments one after another.
fn corpus(criterion: &mut Criterion) {
    let comments = comments();
    let mut group = criterion.benchmark_group("corpus");
    group.throughput(Throughput::Bytes(comments.iter().map(|comment| comment.len() as u64).sum()));
    group.sample_size(20);
    group.bench_function("reference: NFKC", |bencher| {
        bencher.iter(|| {
            for comment in &comments {
                black_box(black_box(comment).nfkc().collect::<String>());
            }
        });
    });
    let plain = ["light", "feedback", "search"].map(|name| (name, preset(name)));
    for (name, normalizer) in plain.into_iter().chain([("folding alone", folding())]) {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for comment in &comments {
                    black_box(normalizer.normalize(black_box(comment)));
                }
            });
        });
    }
    for name in ["feedback", "search"] {
        let normalizer = preset(name);
        group.bench_function(format!("{name} with offsets"), |bencher| {
            bencher.iter(|| {
                for comment in &comments {
                    black_box(normalizer.normalize_aligned(black_box(comment)));
                }
            });
        });
    }
    group.finish();
}

/// One comment by itself, under `feedback`.
fn one(criterion: &mut Criterion) {
    let normalizer = preset("feedback");
    let mut group = criterion.benchmark_group("one comment");
    for (name, comment) in
        [("Arabic, borrowed", CLEAN_ARABIC), ("ASCII, borrowed", CLEAN_ASCII), ("Arabic, changed", CHANGED)]
    {
        group.throughput(Throughput::Bytes(comment.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(normalizer.normalize(black_box(comment))));
        });
    }
    group.finish();
}

criterion_group!(benches, corpus, one);
criterion_main!(benches);
