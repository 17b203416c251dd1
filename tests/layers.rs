//! A room imports only what stands to its left, and only the rooms that may name a library name it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Room, the rooms it may import, the guarded libraries it may name.
const HOUSE: &[(&str, &[&str], &[&str])] = &[
    ("comment", &[], &["serde"]),
    ("error", &[], &["thiserror"]),
    ("table", &["comment", "error"], &["serde", "csv", "calamine", "rust_xlsxwriter", "files"]),
    ("normalize", &["comment", "error"], &["serde"]),
    ("language", &["comment", "error", "normalize"], &[]),
    ("segment", &["comment", "error", "normalize", "language"], &[]),
    ("tokenize", &["error"], &["tokenizers"]),
    ("infer", &["comment", "error", "normalize"], &["serde", "ort", "files"]),
    ("taxonomy", &["comment", "error", "normalize", "language", "segment"], &["files"]),
    ("cluster", &["comment", "error", "segment"], &["serde"]),
    ("drivers", &["comment", "error", "cluster"], &["serde"]),
    ("report", &["comment", "error", "table", "cluster", "drivers"], &["serde"]),
    (
        "analyzer",
        &[
            "comment",
            "error",
            "table",
            "normalize",
            "language",
            "segment",
            "tokenize",
            "infer",
            "taxonomy",
            "cluster",
            "drivers",
            "report",
        ],
        &["serde", "rayon", "regex", "files"],
    ),
    (
        "cli",
        &["comment", "error", "table", "normalize", "taxonomy", "drivers", "analyzer"],
        &["clap", "indicatif", "files"],
    ),
    (
        "bindings",
        &[
            "comment",
            "error",
            "table",
            "normalize",
            "language",
            "segment",
            "taxonomy",
            "drivers",
            "analyzer",
            "cli",
        ],
        &["pyo3", "rayon"],
    ),
];

/// Libraries that only the rooms above may name. `files` is `std::fs`.
const GUARDED: &[(&str, &str)] = &[
    ("tokenizers", "tokenizers::"),
    ("ort", "ort::"),
    ("rayon", "rayon::"),
    ("regex", "regex::"),
    ("pyo3", "pyo3::"),
    ("clap", "clap::"),
    ("indicatif", "indicatif::"),
    ("calamine", "calamine::"),
    ("rust_xlsxwriter", "rust_xlsxwriter::"),
    ("csv", "csv::"),
    ("files", "std::fs"),
];

fn sources(room: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let file = src.join(format!("{room}.rs"));
    if file.exists() {
        found.push(file);
    }
    if src.join(room).is_dir() {
        walk(&src.join(room), &mut found);
    }
    assert!(!found.is_empty(), "room {room} has no source");
    found
}

/// Code without comments and without its unit tests, which may use anything.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// The rooms that `code` names through `crate::`, inside `use crate::{...}` too. Items that the crate root
/// re-exports count for the room they come from.
fn imported(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let listed: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => split_list(list),
            None => vec![rest],
        };
        for item in listed {
            let name: String = item.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.insert(home(&name).to_string());
        }
    }
    found
}

/// The items of a `{...}` list at its own level.
fn split_list(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items
}

fn home(name: &str) -> &str {
    match name {
        "CausalRole" | "Clause" | "Comment" | "Language" | "Span" => "comment",
        "Error" | "Result" => "error",
        "Frame" | "Values" => "table",
        "Normalizer" | "NormalizerSpec" => "normalize",
        "reads_as_rating" | "Analysis" | "AnalyzeOptions" | "Analyzer" | "Chart" | "Evaluation" | "Kpi"
        | "Monitor" | "RootCause" | "RootCauses" | "RootCausesBuilder" | "RootTheme" => "analyzer",
        "Scale" => "drivers",
        other => other,
    }
}

#[test]
fn rooms_import_only_what_stands_to_their_left() {
    for (room, rooms, libraries) in HOUSE {
        for path in sources(room) {
            let code = code(&path);
            for name in imported(&code) {
                assert!(
                    name == *room || name.is_empty() || rooms.contains(&name.as_str()),
                    "{}: imports `{name}`; room {room} may import {rooms:?}",
                    path.display()
                );
            }
            for (library, mark) in GUARDED {
                let named = code
                    .match_indices(mark)
                    .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
                assert!(
                    !named || libraries.contains(library),
                    "{}: names `{library}`; room {room} may name {libraries:?}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_source_file_belongs_to_a_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_string();
        assert!(
            stem == "lib" || stem == "main" || HOUSE.iter().any(|(room, _, _)| *room == stem),
            "{} is no room of the house",
            path.display()
        );
    }
}

#[test]
fn the_check_itself_sees_a_breach() {
    assert!(imported("use crate::infer::Model;").contains("infer"));
    assert!(imported("use crate::{Error, cluster::{self, Item}, drivers};").contains("cluster"));
    assert!(imported("use crate::{Error, cluster::{self, Item}, drivers};").contains("drivers"));
    assert!(imported("fn f() -> crate::Analyzer {}").contains("analyzer"));
}
