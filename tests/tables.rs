//! Survey files in: rows in = rows out, bad input is named, columns are found.
#![cfg(feature = "analyze")]

use std::path::Path;

use rasd::table::{Format, Named, Survey, choose_columns, read, read_from};
use rasd::{Error, Values};

/// What every encoding below can write: Arabic with a mark, a quote, a delimiter, a line break, a null.
const COMMENTS: [Option<&str>; 5] = [
    Some("الخدمة بطيئة، والتطبيق لا يعمل"),
    Some("late, \"again\"; and\tcold"),
    None,
    Some("سطر أول\nسطر ثانٍ"),
    Some("fine"),
];

fn column(survey: &Survey, name: &str) -> Vec<Option<String>> {
    match survey.frame.get(name) {
        Some(Values::Text(cells)) => cells.iter().map(|cell| cell.as_deref().map(str::to_string)).collect(),
        other => panic!("column {name}: {other:?}"),
    }
}

fn owned(cells: &[Option<&str>]) -> Vec<Option<String>> {
    cells.iter().map(|cell| cell.map(str::to_string)).collect()
}

fn parse(text: &str, format: Format) -> rasd::Result<Survey> {
    read_from(text.as_bytes(), format, "survey")
}

/// The message and the hint of a file that must be refused.
fn refused(bytes: &[u8], format: Format) -> String {
    match read_from(bytes, format, "survey") {
        Err(error @ Error::Table { .. }) => format!("{error} | {}", error.hint().unwrap_or("")),
        other => panic!("expected Error::Table, got {other:?}"),
    }
}

fn comments_as(delimiter: char) -> String {
    let mut text = format!("id{delimiter}comment\r\n");
    for (row, comment) in COMMENTS.iter().enumerate() {
        let cell = comment.map_or(String::new(), |text| format!("\"{}\"", text.replace('"', "\"\"")));
        text.push_str(&format!("{row}{delimiter}{cell}\r\n"));
    }
    text
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn rows_in_are_rows_out_in_every_encoding() {
    let json: String = COMMENTS
        .iter()
        .enumerate()
        .map(|(row, comment)| format!("{{\"id\": {row}, \"comment\": {}}}\n", serde_json::json!(comment)))
        .collect();
    for (format, text) in [
        (Format::Csv, comments_as(',')),
        (Format::Csv, comments_as(';')),
        (Format::Csv, comments_as('\t')),
        (Format::Csv, comments_as('|')),
        (Format::Csv, format!("sep=;\r\n{}", comments_as(';'))),
        (Format::Tsv, comments_as('\t')),
        (Format::Jsonl, json),
    ] {
        let windows = encoding_rs::WINDOWS_1256.encode(&text);
        assert!(!windows.2, "the sample fits Windows-1256");
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, rest.as_slice()].concat();
        for (bytes, encoding) in [
            (text.clone().into_bytes(), "UTF-8"),
            (marked(b"\xEF\xBB\xBF", text.clone().into_bytes()), "UTF-8 BOM"),
            (marked(b"\xFF\xFE", utf16(&text, u16::to_le_bytes)), "UTF-16LE"),
            (marked(b"\xFE\xFF", utf16(&text, u16::to_be_bytes)), "UTF-16BE"),
            (utf16(&text, u16::to_le_bytes), "UTF-16LE"),
            (utf16(&text, u16::to_be_bytes), "UTF-16BE"),
            (windows.0.to_vec(), "windows-1256"),
        ] {
            let survey = read_from(bytes.as_slice(), format, "survey").unwrap();
            assert_eq!(survey.encoding, encoding, "{format:?}");
            assert_eq!(column(&survey, "comment"), owned(&COMMENTS), "{format:?} {encoding}");
            assert_eq!(
                column(&survey, "id"),
                owned(&[Some("0"), Some("1"), Some("2"), Some("3"), Some("4")])
            );
        }
    }
}

#[test]
fn row_numbers_are_lines_of_the_file() {
    let survey = parse("id,comment\n1,\"two\nlines\"\n\n2,x\r\n3,y", Format::Csv).unwrap();
    assert_eq!(survey.row_numbers, [2, 5, 6]);
    let survey = parse("{\"a\":1}\n\n{\"a\":2}\n", Format::Jsonl).unwrap();
    assert_eq!(survey.row_numbers, [1, 3]);
}

#[test]
fn a_blank_line_is_a_row_only_in_one_column_and_not_at_the_end() {
    let survey = parse("comment\nslow\n\n\"\"\nfine, thanks\n\n\n", Format::Csv).unwrap();
    assert_eq!(column(&survey, "comment"), owned(&[Some("slow"), None, None, Some("fine, thanks")]));
    let survey = parse("a,b\n1,2\n\n,\n3,4\n", Format::Csv).unwrap();
    assert_eq!(column(&survey, "a"), owned(&[Some("1"), None, Some("3")]));
}

#[test]
fn a_word_of_broken_utf8_does_not_change_the_encoding() {
    let mut bytes = "comment\nالخدمة بطيئة\nالتطبيق ".as_bytes().to_vec();
    bytes.extend(b"\xD8\nfine\n");
    let survey = read_from(bytes.as_slice(), Format::Csv, "survey").unwrap();
    assert_eq!(survey.encoding, "UTF-8");
    assert_eq!(column(&survey, "comment")[1].as_deref(), Some("التطبيق \u{FFFD}"));
    assert!(survey.notes.iter().any(|note| note.starts_with("row 3:")), "{:?}", survey.notes);
}

#[test]
fn surrogates_coded_in_utf8_become_one_mark_and_a_note() {
    let survey =
        read_from(&b"comment\nnice \xED\xA0\xBD\xED\xB8\x80 app\n"[..], Format::Csv, "survey").unwrap();
    assert_eq!(survey.encoding, "UTF-8");
    assert_eq!(column(&survey, "comment"), owned(&[Some("nice \u{FFFD} app")]));
    assert!(survey.notes.iter().any(|note| note.starts_with("row 2:")), "{:?}", survey.notes);
}

#[test]
fn western_text_is_not_taken_for_arabic() {
    let (bytes, _, _) =
        encoding_rs::WINDOWS_1252.encode("comment\nsch\u{f6}n, gro\u{df}artig\nma\u{f1}ana\n");
    let survey = read_from(&*bytes, Format::Csv, "survey").unwrap();
    assert_eq!(survey.encoding, "windows-1252");
    assert_eq!(column(&survey, "comment"), owned(&[Some("schön, großartig"), Some("mañana")]));
    assert!(!survey.notes.is_empty());
}

#[test]
fn bad_files_are_named_with_place_and_expectation() {
    for (bytes, format, parts) in [
        (&b""[..], Format::Csv, &["survey: the file is empty"][..]),
        (b"\n\n", Format::Csv, &["only blanks"]),
        (b"id,comment\n", Format::Csv, &["no rows below the header", "id, comment"]),
        (b"id,comment\n\n\n", Format::Csv, &["no rows below the header"]),
        (b"a,b,a\n1,2,3\n", Format::Csv, &["columns 1 and 3 are both named `a`"]),
        (b"a,b\n1,2\n1,x,y\n", Format::Csv, &["row 3: 3 cells, expected 2", "quote"]),
        (b"a,b\n1,\"open\n2,x\n", Format::Csv, &["row 2: a quote opens and never closes"]),
        (b"PK\x03\x04rest", Format::Csv, &["ZIP container", ".xlsx"]),
        (b"{\"a\":1}\n{\"a\":\n", Format::Jsonl, &["row 2: not a JSON object", "`{\"a\":`"]),
        (b"[1]\n", Format::Jsonl, &["row 1: got `[1]`", "expected a JSON object"]),
        (b"{\"a\":1,\"a\":2}\n", Format::Jsonl, &["row 1: the key `a` stands twice"]),
        (b"\n", Format::Jsonl, &["no columns"]),
        (b"{}\n", Format::Jsonl, &["no columns"]),
        (b"[]", Format::Json, &[".json is written but not read"]),
    ] {
        let message = refused(bytes, format);
        for part in parts {
            assert!(message.contains(part), "{message:?} lacks {part:?}");
        }
    }
    let missing = read(Path::new("no/such/survey.csv")).unwrap_err().to_string();
    assert_eq!(missing, "no/such/survey.csv: there is no such file");
    for (path, part) in [("a.docx", ".csv, .tsv, .jsonl, .xlsx or .parquet"), ("a", "no extension")] {
        let message = read(Path::new(path)).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn uneven_rows_empty_headers_and_nul_are_repaired_and_told() {
    let survey = parse("a,,c\n1\n2,x,y,,\n3,n\0ul,z\n", Format::Csv).unwrap();
    assert_eq!(survey.frame.names().collect::<Vec<_>>(), ["a", "column_2", "c"]);
    assert_eq!(column(&survey, "column_2"), owned(&[None, Some("x"), Some("nul")]));
    assert_eq!(
        survey.notes,
        [
            "1 row has fewer cells than the header; the missing cells are empty (first: row 2)",
            "1 cell held NUL, removed (first: row 4)",
        ]
    );
}

#[test]
fn json_lines_keep_numbers_and_survive_lone_surrogates() {
    let survey = parse(
        concat!(
            r#"{"n": 1.50, "id": 12345678901234567890123, "t": "a\ud83d b", "u": {"k": [1, 2]}}"#,
            "\n",
            r#"{"t": "\ud83d\ude00 \\ud83d \ude00", "new": true, "n": null}"#
        ),
        Format::Jsonl,
    )
    .unwrap();
    assert_eq!(survey.frame.names().collect::<Vec<_>>(), ["n", "id", "t", "u", "new"]);
    assert_eq!(column(&survey, "n"), owned(&[Some("1.50"), None]));
    assert_eq!(column(&survey, "id")[0].as_deref(), Some("12345678901234567890123"));
    assert_eq!(column(&survey, "t"), owned(&[Some("a\u{FFFD} b"), Some("😀 \\ud83d \u{FFFD}")]));
    assert_eq!(column(&survey, "u")[0].as_deref(), Some(r#"{"k": [1, 2]}"#));
    assert_eq!(column(&survey, "new"), owned(&[None, Some("true")]));
    assert_eq!(survey.notes.len(), 1, "{:?}", survey.notes);
}

#[test]
fn a_cell_of_a_megabyte_passes() {
    let long = "خدمة ".repeat(120_000);
    let survey = parse(&format!("id,comment\n1,\"{long}\"\n2,x\n"), Format::Csv).unwrap();
    assert_eq!(column(&survey, "comment")[0].as_deref(), Some(long.as_str()));
}

fn choose(file: &str, named: &Named<'_>) -> rasd::Result<Vec<String>> {
    choose_columns(&parse(file, Format::Csv).unwrap().frame, named).map(|columns| columns.guessed)
}

#[test]
fn columns_are_guessed_from_headers_and_cells() {
    for (file, expected) in [
        (
            "Response ID,Comment Date,Customer Comment,NPS Score,Branch\n1,2025-01-02,slow app,3,A\n2,2025-01-03,ok,9,B\n",
            &["text: Customer Comment", "rating: NPS Score", "time: Comment Date", "id: Response ID"][..],
        ),
        (
            "الرقم,التاريخ,التعليق,التقييم\n١,٢٠٢٥/٣/١,الخدمة بطيئة,٢\n٢,٢٠٢٥/٣/٢,ممتاز,٥\n",
            &["text: التعليق", "rating: التقييم", "time: التاريخ", "id: الرقم"],
        ),
        // A numeric id is no rating; a header that only speaks of the score is the text.
        (
            "id,score_id,What is the main reason for your score?\n1,7,the app froze again\n2,8,the queue was long\n",
            &["text: What is the main reason for your score?", "id: id"],
        ),
        ("رأيك\nممتاز\nسيئ\n", &["text: رأيك"]),
        ("x,y\n5,the branch is far away\n4,nobody answers the phone\n", &["text: y"]),
        // "rating" without numbers is no rating.
        ("comment,rating\nslow,bad\nfast,good\n", &["text: comment"]),
    ] {
        assert_eq!(choose(file, &Named::default()).unwrap(), expected, "{file}");
    }
    let none = Named { rating: Some(""), ..Default::default() };
    assert_eq!(choose("comment,nps\nslow,3\n", &none).unwrap(), ["text: comment"]);
}

#[test]
fn a_wrong_column_name_gets_the_near_one() {
    let file = "id,comment,branch\n1,slow app,A\n";
    let named = Named { text: Some("coment"), ..Default::default() };
    let error = choose(file, &named).unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }));
    assert_eq!(error.to_string(), "no column `coment`, the columns are `id`, `comment`, `branch`");
    assert_eq!(error.hint(), Some("did you mean `comment`?"));
    let by = ["brnch".to_string()];
    let error = choose(file, &Named { by: &by, ..Default::default() }).unwrap_err();
    assert_eq!(error.hint(), Some("did you mean `branch`?"));
    assert!(choose("a,b\n1,2\n3,4\n", &Named::default()).is_err());
}

#[test]
fn the_examples_read_whole_and_their_columns_are_found() {
    for (file, guessed) in [
        ("examples/bank.csv", &["text: comment", "id: id"][..]),
        ("examples/clothing.csv", &["text: comment", "rating: rating", "id: id"]),
    ] {
        let survey = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        assert_eq!(survey.frame.n_rows(), 1500);
        assert!(survey.notes.is_empty(), "{:?}", survey.notes);
        assert_eq!(choose_columns(&survey.frame, &Named::default()).unwrap().guessed, guessed);
    }
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn a_build_without_excel_says_so() {
    assert!(refused(b"PK\x03\x04", Format::Xlsx).contains("feature `xlsx`"));
}
