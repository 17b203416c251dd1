//! Parquet in and out; `tests/python/test_parquet.py` holds it against other readers and writers.
#![cfg(feature = "parquet")]

use rasd::table::{Format, read_from, write};
use rasd::{Frame, Values};

fn frame() -> Frame {
    let mut frame = Frame::default();
    let text = [Some("الخدمة بطيئة"), None, Some("=1+1"), Some("")];
    frame.push("comment", Values::Text(text.map(|cell| cell.map(Into::into)).to_vec()));
    frame.push("n", Values::Int(vec![Some(i64::MIN), Some(-1), None, Some(7)]));
    frame.push("share", Values::Float(vec![Some(0.25), None, Some(3.0), Some(-1e-9)]));
    frame.push("yes", Values::Bool(vec![Some(true), None, Some(false), Some(true)]));
    frame.push(
        "cues",
        Values::TextList(vec![vec!["churn".into(), "urgency".into()], vec![], vec!["".into()], vec![]]),
    );
    frame.push("ids", Values::IntList(vec![vec![], vec![3, 1, 2], vec![0], vec![]]));
    frame.push("sure", Values::FloatList(vec![vec![Some(0.5), None], vec![], vec![None], vec![Some(1.0)]]));
    frame
}

fn written(frame: &Frame) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.parquet");
    write(frame, &path).unwrap();
    std::fs::read(path).unwrap()
}

#[test]
fn a_table_is_read_back_as_text() {
    let bytes = written(&frame());
    assert_eq!(bytes, written(&frame()), "the same table, the same bytes");
    let survey = read_from(bytes.as_slice(), Format::Parquet, "table.parquet").unwrap();
    let column = |name: &str| match survey.frame.get(name) {
        Some(Values::Text(cells)) => {
            cells.iter().map(|cell| cell.as_deref().map(String::from)).collect::<Vec<_>>()
        }
        other => panic!("{name}: {other:?}"),
    };
    let expected: [(&str, [Option<&str>; 4]); 7] = [
        ("comment", [Some("الخدمة بطيئة"), None, Some("=1+1"), None]),
        ("n", [Some("-9223372036854775808"), Some("-1"), None, Some("7")]),
        ("share", [Some("0.25"), None, Some("3"), Some("-0.000000001")]),
        ("yes", [Some("true"), None, Some("false"), Some("true")]),
        ("cues", [Some("churn; urgency"), None, None, None]),
        ("ids", [None, Some("3; 1; 2"), Some("0"), None]),
        ("sure", [Some("0.5"), None, None, Some("1")]),
    ];
    for (name, cells) in expected {
        assert_eq!(column(name), cells.map(|cell| cell.map(String::from)), "{name}");
    }
    assert_eq!(survey.row_numbers, [1, 2, 3, 4]);
}

#[test]
fn a_damaged_file_is_an_error() {
    let bytes = written(&frame());
    let read = |bytes: &[u8]| read_from(bytes, Format::Parquet, "table.parquet");
    for end in (1..bytes.len()).step_by(7) {
        let error = read(&bytes[..end]).unwrap_err().to_string();
        assert!(error.starts_with("table.parquet: not a Parquet file that can be read"), "{error}");
    }
    // A file with other bytes in it is read or refused.
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xA5;
        let _ = read(&damaged);
    }
    let empty = Frame::default();
    assert!(read(&written(&empty)).unwrap_err().to_string().contains("no columns"));
}
