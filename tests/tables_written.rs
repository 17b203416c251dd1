//! Survey files out: whole or not at all, never a formula, and the same text when read back.
#![cfg(feature = "analyze")]

use std::path::Path;

use proptest::prelude::*;
use rasd::table::{Format, Named, Survey, choose_columns, read, read_from, write, write_folder};
use rasd::{Frame, Values};

fn column(survey: &Survey, name: &str) -> Vec<Option<String>> {
    match survey.frame.get(name) {
        Some(Values::Text(cells)) => cells.iter().map(|cell| cell.as_deref().map(str::to_string)).collect(),
        other => panic!("column {name}: {other:?}"),
    }
}

fn owned(cells: &[Option<&str>]) -> Vec<Option<String>> {
    cells.iter().map(|cell| cell.map(str::to_string)).collect()
}

fn texts(cells: Vec<Option<String>>) -> Frame {
    let mut frame = Frame::default();
    frame.push("n", Values::Int((0..cells.len() as i64).map(|n| Some(-n)).collect()));
    frame.push("text", Values::Text(cells.into_iter().map(|cell| cell.map(Into::into)).collect()));
    frame
}

#[test]
fn formulas_are_neutralised_in_text_and_numbers_are_not() {
    let frame =
        texts(owned(&[Some("=cmd|' /C calc'!A0"), Some("＝1"), Some(" +1"), Some("a\u{202E}b"), Some("ok")]));
    let csv = rasd::table::to_csv_string(&frame).unwrap();
    assert_eq!(csv, "n,text\n0,'=cmd|' /C calc'!A0\n-1,'＝1\n-2,' +1\n-3,ab\n-4,ok\n");
    let json = rasd::table::to_jsonl_string(&frame).unwrap();
    assert!(json.contains(r#"{"n":-3,"text":"a\u202eb"}"#), "{json}");
}

#[test]
fn files_and_folders_are_written_over_and_foreign_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let frame = texts(owned(&[Some("x")]));
    let out = folder.path().join("out");
    write_folder(&[("comments", &frame)], &[], &out).unwrap();
    std::fs::write(out.join("mine.txt"), "mine").unwrap();
    std::fs::write(out.join("comments.csv"), "old").unwrap();
    write_folder(&[("comments", &frame), ("causes", &frame)], &[], &out).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let kinds: &[&str] =
        if cfg!(feature = "parquet") { &["csv", "json", "parquet"] } else { &["csv", "json"] };
    let written = ["causes", "comments"].map(|name| kinds.iter().map(move |kind| format!("{name}.{kind}")));
    assert_eq!(names, written.into_iter().flatten().chain(["mine.txt".to_string()]).collect::<Vec<_>>());
    assert_eq!(read(&out.join("comments.csv")).unwrap().frame.n_rows(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary folder is left");

    assert!(write(&frame, &folder.path().join("absent/out.csv")).unwrap_err().hint().is_some());
    assert!(write_folder(&[("../up", &frame)], &[], &out).is_err());
}

/// Runs only as the child of the test below: writes until it is killed.
#[test]
fn child_that_is_killed() {
    let Some(path) = std::env::var_os("RASD_TEST_KILLED_CHILD") else {
        return;
    };
    let frame = texts(vec![Some("خدمة بطيئة جدا".to_string()); 400_000]);
    match Path::new(&path).extension() {
        Some(_) => write(&frame, Path::new(&path)).unwrap(),
        None => write_folder(&[("comments", &frame)], &[], Path::new(&path)).unwrap(),
    }
}

#[test]
fn a_killed_writer_leaves_no_file_under_the_final_name() {
    for name in ["out.csv", "out.jsonl", "out"] {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join(name);
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_is_killed"])
            .env("RASD_TEST_KILLED_CHILD", &target)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let entries = || -> Vec<String> {
            let read = std::fs::read_dir(folder.path()).unwrap();
            read.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        while entries().is_empty() {
            assert!(child.try_wait().unwrap().is_none(), "the child ended before it was killed");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.kill().unwrap(); // SIGKILL
        child.wait().unwrap();
        let left = entries();
        assert!(!target.exists(), "{name}: {left:?}");
        assert!(left.iter().all(|entry| entry.starts_with(".rasd-partial-")), "{left:?}");
    }
}

/// The documented change of text in CSV and TSV, said again in plain words.
fn as_cell(text: &str) -> Option<String> {
    let bidi =
        "\u{61C}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}";
    let kept: String = text.chars().filter(|c| *c != '\0' && !bidi.contains(*c)).collect();
    let seen = kept.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_control() || "\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}".contains(c)
    });
    let formula =
        kept.starts_with(['\t', '\r']) || seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let cell = if formula { format!("'{kept}") } else { kept };
    (!cell.is_empty()).then_some(cell)
}

fn back(frame: &Frame, file: &str) -> Survey {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    write(frame, &path).unwrap();
    read(&path).unwrap()
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[=+@ \t\r\n\",;|'\u{0}\u{202E}\u{FEFF}\u{200B}aب-]{0,8}",
        "(<r>)?[&<>a_x000D]{0,12}(</r>)?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_from_every_format(cells in prop::collection::vec(prop::option::of(hostile()), 1..12)) {
        let frame = texts(cells.clone());
        let expected: Vec<_> = cells.iter().map(|cell| cell.as_deref().and_then(as_cell)).collect();
        prop_assert_eq!(&column(&back(&frame, "out.csv"), "text"), &expected);
        prop_assert_eq!(&column(&back(&frame, "out.tsv"), "text"), &expected);
        let expected: Vec<_> = cells
            .iter()
            .map(|cell| cell.as_ref().map(|text| text.replace('\0', "")).filter(|text| !text.is_empty()))
            .collect();
        prop_assert_eq!(&column(&back(&frame, "out.jsonl"), "text"), &expected);
        if cfg!(feature = "parquet") {
            prop_assert_eq!(&column(&back(&frame, "out.parquet"), "text"), &expected);
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in hostile()) {
        for format in [Format::Csv, Format::Tsv, Format::Jsonl, Format::Json, Format::Xlsx, Format::Parquet] {
            for input in [bytes.as_slice(), text.as_bytes(), &[b"PK\x03\x04", bytes.as_slice()].concat()] {
                if let Ok(survey) = read_from(input, format, "fuzz") {
                    prop_assert_eq!(survey.frame.n_rows(), survey.row_numbers.len());
                    let _ = choose_columns(&survey.frame, &Named::default());
                }
            }
        }
    }
}
