//! Golden cases: every `*.jsonl` in `tests/golden/`, in the form of the shared set.

use std::fs;
use std::path::Path;

use rasd::{Normalizer, Span, language, segment};
use serde_json::{Value, json};

/// Cases per file: the shared set's (copied with their source), then ours.
fn cases() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("tests/golden")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(path).expect("a golden file in UTF-8");
            let parse =
                |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            text.lines().map(parse).collect::<Vec<Value>>()
        })
        .collect()
}

fn repeated(value: &Value) -> Option<String> {
    let [text, times] = value.as_array()?.as_slice() else {
        return None;
    };
    Some(text.as_str()?.repeat(times.as_u64()? as usize))
}

fn input(case: &Value) -> String {
    if let Some(hex) = case["input_hex"].as_str() {
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex digits");
        let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    repeated(&case["input_repeat"]).unwrap_or_else(|| case["input"].as_str().unwrap_or_default().to_string())
}

/// The normalizer of a set of operations; names are those of the rules, `name:value` sets a value.
fn normalizer(ops: &[&str]) -> Normalizer {
    match ops {
        ["default"] => return Normalizer::default(),
        ["search_key"] => return Normalizer::preset("search").expect("a preset"),
        _ => {}
    }
    ops.iter().fold(Normalizer::empty(), |normalizer, op| {
        let (rule, value) = op.split_once(':').unwrap_or(match *op {
            // A word alone has no context: the operation asks what it means.
            "dialect_map" => (op, "all"),
            "coda" => ("coda_spelling", "on"),
            "mask_person_staff" => ("mask_person", "mask"),
            _ => (op, "on"),
        });
        normalizer.with(rule, value).unwrap_or_else(|error| panic!("{op}: {error}"))
    })
}

/// What the case is compared with.
fn output(case: &Value, ops: &[&str], text: &str) -> Value {
    match ops {
        ["decode_lossy"] => json!(text),
        ["lang_id"] => json!({"lang": language::code(text)}),
        ["is_empty_comment"] => json!({"empty": language::is_no_comment(text)}),
        ["is_gibberish"] => json!({"gibberish": language::is_gibberish(text)}),
        ["dialect_id"] => {
            let code = language::dialect_cue(text).map(|name| match name {
                "egyptian" => "EGY",
                "gulf" => "GLF",
                "levantine" => "LEV",
                "iraqi" => "IRQ",
                "maghrebi" => "MGR",
                _ => "MSA",
            });
            json!({"dialect": code})
        }
        ["split_clauses"] => {
            let clauses = segment::clauses(text);
            json!({"clauses": clauses.iter().map(|clause| &text[clause.span.start..clause.span.end]).collect::<Vec<_>>()})
        }
        ["extract_rating"] => {
            let found = language::extract_rating(text);
            let value = found.map(|rating| rating.value);
            // A whole number is written without a point, as in the cases.
            let value =
                value.map(|value| if value.fract() == 0.0 { json!(value as u64) } else { json!(value) });
            json!({"rating": value, "scale": found.map(|rating| rating.scale)})
        }
        ["negation_scope"] => {
            let found = segment::negations(text);
            json!({"negated": found.iter().map(|n| &text[n.negated.start..n.negated.end]).collect::<Vec<_>>()})
        }
        ["segment_proclitics"] => json!({"segments": segment::proclitics(text)}),
        ["all"] => json!({"property": property(case["expected"]["property"].as_str().unwrap_or_default())}),
        _ => json!(normalizer(ops).normalize(text)),
    }
}

/// `name` when the property holds for every golden input and every preset.
fn property(name: &str) -> String {
    // The million-letter inputs have cases of their own.
    let inputs: Vec<String> = cases().iter().map(input).filter(|text| text.len() < 10_000).collect();
    let presets = rasd::normalize::presets().map(|name| Normalizer::preset(name).expect("a preset"));
    let held = match name {
        "idempotent" => presets.iter().all(|preset| {
            inputs.iter().all(|text| {
                let once = preset.normalize(text);
                preset.normalize(&once) == once
            })
        }),
        "light_is_lossless" => {
            ["الخِدمة سيّئة جدًّا، انتظرت ٤٥ دقيقة!", "Bad 👎🏽 at 10:30, café №5", "عائلة 👨‍👩‍👧 🇸🇦 1️⃣"]
                .iter()
                .all(|text| presets[0].normalize(text) == *text)
        }
        // tests/properties.rs feeds random strings; here every golden input must come back.
        "no_panic_fuzz" => {
            presets.iter().all(|preset| inputs.iter().all(|text| !preset.normalize(text).contains('\0')))
        }
        _ => false,
    };
    if held { name.to_string() } else { format!("not {name}") }
}

/// Byte offset of a code point.
fn byte(text: &str, point: usize) -> usize {
    text.char_indices().nth(point).map_or(text.len(), |(at, _)| at)
}

/// The case's spans (code points) lead back to the source they name.
fn wrong_span(case: &Value, ops: &[&str], text: &str) -> Option<String> {
    let spans = case["spans"].as_array()?;
    let normalized = normalizer(ops).normalize_aligned(text);
    let point = |value: &Value| value.as_u64().unwrap_or_default() as usize;
    spans.iter().find_map(|span| {
        let end = |side: &str, at: usize| point(&span[side][at]);
        let (start, stop) = (byte(&normalized.text, end("norm", 0)), byte(&normalized.text, end("norm", 1)));
        let got = normalized.source_span(Span { start, end: stop });
        let expected = Span { start: byte(text, end("orig", 0)), end: byte(text, end("orig", 1)) };
        (got != expected).then(|| format!("span {span}: got bytes {got:?}, expected {expected:?}"))
    })
}

/// What values of a case are compared as: standard words for dialect words by their search key.
fn compared(ops: &[&str], value: Value) -> Value {
    match value.as_str() {
        Some(text) if ops.iter().any(|op| op.starts_with("dialect_map")) => {
            json!(normalizer(&["search_key"]).normalize(text))
        }
        _ => value,
    }
}

/// Every golden case gives its expected value or one of its alternatives.
#[test]
fn golden_cases_hold() {
    let mut wrong = Vec::new();
    let all = cases();
    for case in &all {
        let ops: Vec<&str> = case["ops"].as_array().expect("ops").iter().filter_map(Value::as_str).collect();
        let text = input(case);
        let got = compared(&ops, output(case, &ops, &text));
        let expected =
            repeated(&case["expected_repeat"]).map_or_else(|| case["expected"].clone(), Value::String);
        let expected = compared(&ops, expected);
        let alternatives = case["alt"].as_array().cloned().unwrap_or_default();
        if got != expected && !alternatives.into_iter().any(|other| compared(&ops, other) == got) {
            let show = |value: &Value| value.to_string().chars().take(200).collect::<String>();
            wrong.push(format!(
                "{}: {:?}\n  got      {}\n  expected {}",
                case["id"],
                ops,
                show(&got),
                show(&expected)
            ));
        }
        wrong.extend(wrong_span(case, &ops, &text).map(|message| format!("{}: {message}", case["id"])));
    }
    assert!(all.len() > 150, "{} cases", all.len());
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}
