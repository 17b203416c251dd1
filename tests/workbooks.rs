//! Excel workbooks in and out.
#![cfg(feature = "xlsx")]

use proptest::prelude::*;
use rasd::table::{Format, Survey, read, read_from, write};
use rasd::{Frame, Values};
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook};

fn parse(mut workbook: Workbook) -> rasd::Result<Survey> {
    read_from(workbook.save_to_buffer().unwrap().as_slice(), Format::Xlsx, "survey.xlsx")
}

fn column(survey: &Survey, name: &str) -> Vec<Option<String>> {
    match survey.frame.get(name) {
        Some(Values::Text(cells)) => cells.iter().map(|cell| cell.as_deref().map(str::to_string)).collect(),
        other => panic!("column {name}: {other:?}"),
    }
}

fn owned(cells: &[Option<&str>]) -> Vec<Option<String>> {
    cells.iter().map(|cell| cell.map(str::to_string)).collect()
}

#[test]
fn the_first_filled_sheet_is_read_with_every_row_in_its_place() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("empty").unwrap();
    let sheet = workbook.add_worksheet().set_name("answers").unwrap();
    // The table starts at B3; row 5 is empty.
    for (column, title) in ["comment", "rating", "date"].into_iter().enumerate() {
        sheet.write_string(2, 1 + column as u16, title).unwrap();
    }
    sheet.write_string(3, 1, "الخدمة بطيئة\r\nجدا").unwrap();
    sheet.write_number(3, 2, 9.0).unwrap();
    let (day, moment) = (
        CellFormat::new().set_num_format("yyyy-mm-dd"),
        CellFormat::new().set_num_format("yyyy-mm-dd hh:mm"),
    );
    sheet.write_datetime_with_format(3, 3, ExcelDateTime::from_ymd(2025, 3, 1).unwrap(), &day).unwrap();
    sheet.write_boolean(5, 1, true).unwrap();
    sheet.write_number(5, 2, 4.5).unwrap();
    let at = ExcelDateTime::from_ymd(2025, 3, 1).unwrap().and_hms(13, 5, 0).unwrap();
    sheet.write_datetime_with_format(5, 3, at, &moment).unwrap();
    sheet.write_formula(6, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_string(6, 2, "_x000D_").unwrap();
    let survey = parse(workbook).unwrap();
    assert_eq!(survey.row_numbers, [4, 5, 6, 7]);
    assert_eq!(column(&survey, "comment"), owned(&[Some("الخدمة بطيئة\r\nجدا"), None, Some("true"), None]));
    assert_eq!(column(&survey, "rating"), owned(&[Some("9"), None, Some("4.5"), Some("_x000D_")]));
    assert_eq!(
        column(&survey, "date"),
        owned(&[Some("2025-03-01"), None, Some("2025-03-01T13:05:00"), None])
    );
    assert_eq!(
        survey.notes,
        ["read the sheet `answers` of 2", "1 cell held an Excel error, read as empty (first: row 7)"]
    );
}

#[test]
fn files_that_are_no_workbook_are_named() {
    for (bytes, parts) in [
        (
            &b"id,comment\n1,x\n"[..],
            &["not an Excel workbook (starts with `id,comment\\n1,x\\n`)", "ZIP container", ".csv"][..],
        ),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &["not an Excel workbook", "old .xls"]),
        (b"<html><table>", &["starts with `<html><table>`", "HTML"]),
        (b"PK\x03\x04 cut", &["ZIP container, but not an Excel workbook"]),
    ] {
        let error = read_from(bytes, Format::Xlsx, "survey.xlsx").unwrap_err();
        let message = format!("{error} | {}", error.hint().unwrap_or(""));
        for part in parts {
            assert!(message.contains(part), "{message:?} lacks {part:?}");
        }
    }
    let mut empty = Workbook::new();
    empty.add_worksheet();
    assert!(parse(empty).unwrap_err().to_string().contains("no sheet has a filled cell"));
    let mut header = Workbook::new();
    header.add_worksheet().write_string(0, 0, "comment").unwrap();
    assert!(parse(header).unwrap_err().to_string().contains("no rows below the header"));
}

#[test]
fn a_stray_cell_at_the_end_of_the_sheet_costs_no_memory() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "comment").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let message = parse(workbook).unwrap_err().to_string();
    assert_eq!(message, "survey.xlsx: row 1048576: 16384 cells, expected 1");
}

fn texts(cells: Vec<Option<String>>) -> Frame {
    let mut frame = Frame::default();
    frame.push("n", Values::Int((0..cells.len() as i64).map(Some).collect()));
    frame.push("text", Values::Text(cells.into_iter().map(|cell| cell.map(Into::into)).collect()));
    frame
}

fn write_bytes(frame: &Frame) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.xlsx");
    write(frame, &path).unwrap();
    std::fs::read(path).unwrap()
}

#[test]
fn text_is_never_a_formula_and_values_keep_their_type() {
    use calamine::{Data, Reader, Xlsx};
    let mut frame = texts(owned(&[Some("=1+1"), Some("+966"), Some("@x"), Some("<r><t>x</t></r>")]));
    frame.push("ok", Values::Bool(vec![Some(true), None, Some(false), None]));
    frame.push("lists", Values::TextList(vec![vec!["=a".into(), "b".into()], vec![], vec![], vec![]]));
    let mut workbook = Xlsx::new(std::io::Cursor::new(write_bytes(&frame))).unwrap();
    assert!(workbook.worksheet_formula("Sheet1").unwrap().is_empty());
    let cells = workbook.worksheet_range("Sheet1").unwrap();
    assert_eq!(cells.get((1, 1)), Some(&Data::String("=1+1".into())));
    assert_eq!(cells.get((2, 0)), Some(&Data::Float(1.0)));
    assert_eq!(cells.get((1, 2)), Some(&Data::Bool(true)));
    assert_eq!(cells.get((1, 3)), Some(&Data::String("=a; b".into())));
    assert_eq!(cells.get((4, 1)), Some(&Data::String("<r><t>x</t></r> ".into())));
}

#[test]
fn text_longer_than_a_cell_goes_on_in_a_second_sheet() {
    use calamine::{Reader, Xlsx};
    // 40,000 emoji are 80,000 UTF-16 units: three cells.
    let long = "😀".repeat(40_000);
    let mut workbook =
        Xlsx::new(std::io::Cursor::new(write_bytes(&texts(vec![Some(long.clone())])))).unwrap();
    let head = workbook.worksheet_range("Sheet1").unwrap().get((1, 1)).unwrap().to_string();
    assert!(head.ends_with('…'));
    let rest = workbook.worksheet_range("long_text").unwrap();
    let parts: String = rest.rows().skip(1).map(|row| row[3].to_string()).collect();
    assert_eq!(head.trim_end_matches('…').to_string() + &parts, long);
    let places: Vec<String> =
        rest.rows().skip(1).map(|row| format!("{} {} {}", row[0], row[1], row[2])).collect();
    assert_eq!(places, ["2 text 2", "2 text 3"]);
}

#[test]
fn the_bytes_depend_on_the_frame_alone() {
    let frame = texts(owned(&[Some("x"), None]));
    let first = write_bytes(&frame);
    std::thread::sleep(std::time::Duration::from_millis(2100)); // ZIP clocks tick every two seconds
    assert!(first == write_bytes(&frame));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(cells in prop::collection::vec(prop::option::of(
        prop_oneof![any::<String>(), "(<r>)?[&<>a_x000D\r\n\t ]{0,12}(</r>)?", "[\u{1}-\u{1F}\u{FFFE}\u{FFFF}\u{A0}ب]{0,6}"]
    ), 1..8)) {
        let bidi = "\u{61C}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}";
        let expected: Vec<Option<String>> = cells.iter().map(|cell| {
            let mut text: String = cell.as_deref()?.chars().filter(|c| *c != '\0' && !bidi.contains(*c)).collect();
            if text.starts_with("<r>") && text.ends_with("</r>") {
                text.push(' ');
            }
            (!text.is_empty()).then_some(text)
        }).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.xlsx");
        write(&texts(cells), &path).unwrap();
        prop_assert_eq!(column(&read(&path).unwrap(), "text"), expected);
    }

    #[test]
    fn a_damaged_workbook_is_an_error_not_a_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = write_bytes(&texts(owned(&[Some("slow"), None, Some("بطيء")])));
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cut {
            bytes.truncate(at.max(1));
        }
        let _ = read_from(bytes.as_slice(), Format::Xlsx, "damaged.xlsx");
    }
}
