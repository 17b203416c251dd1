//! JSON Lines to rows: the columns are the keys of all lines, in the order they first appear.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::table::encoding::decode;
use crate::table::survey::{Builder, Row, Survey, Tally, shorten};

/// Cells of one line with their columns.
type Sparse = Vec<(usize, Option<String>)>;

/// Reads a whole file. Numbers stay as written, nested values become their JSON text, `null`, `""` and an
/// absent key are empty cells.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Survey> {
    let decoded = decode(bytes, name)?;
    let mut keys: Vec<String> = Vec::new();
    let mut index_of: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<(usize, Sparse)> = Vec::new();
    let mut lone = Tally::default();
    for (index, line) in decoded.text.split('\n').enumerate() {
        let number = index + 1;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let line = replace_lone_surrogates(line);
        if matches!(line, Cow::Owned(_)) {
            lone.add(number);
        }
        let mut cells = Sparse::new();
        for (key, value) in parse_object(&line, name, number)? {
            let next = keys.len();
            let column = *index_of.entry(key).or_insert_with_key(|key| {
                keys.push(key.clone());
                next
            });
            if cells.iter().any(|(seen, _)| *seen == column) {
                return Err(Error::table(format!(
                    "{name}: row {number}: the key `{}` stands twice, expected once",
                    keys[column]
                )));
            }
            cells.push((column, cell(value)));
        }
        rows.push((number, cells));
    }
    let mut builder = Builder::new(name, keys.into_iter().map(Some).collect())?;
    for (number, cells) in rows {
        let mut full = vec![None; builder.width()];
        for (column, cell) in cells {
            full[column] = cell;
        }
        builder.push(Row { number, cells: full })?;
    }
    builder.notes.extend(decoded.notes);
    builder.notes.extend(lone.note(
        "row holds a surrogate escape without its partner, became \u{FFFD}",
        "rows hold surrogate escapes without their partner, became \u{FFFD}",
    ));
    builder.finish(decoded.encoding)
}

fn cell(value: &RawValue) -> Option<String> {
    match value.get() {
        "null" => None,
        raw if raw.starts_with('"') => serde_json::from_str(raw).ok(),
        raw => Some(raw.to_string()),
    }
}

/// Keys and raw values of one line, in order.
fn parse_object<'a>(line: &'a str, name: &str, number: usize) -> Result<Vec<(String, &'a RawValue)>> {
    if let Ok(Object(pairs)) = serde_json::from_str(line) {
        return Ok(pairs);
    }
    match serde_json::from_str::<&RawValue>(line) {
        Ok(_) => Err(Error::table(format!(
            "{name}: row {number}: got `{}`, expected a JSON object such as {{\"comment\": \"...\"}}",
            shorten(line)
        ))),
        Err(error) => {
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or_default();
            let error = Error::table(format!(
                "{name}: row {number}: not a JSON object ({what}, column {}): `{}`",
                error.column(),
                shorten(line)
            ));
            Err(match line.starts_with('[') {
                true => error
                    .with_hint("a JSON array over several lines is not JSON Lines: write one object a line"),
                false => error
                    .with_hint("every line is one whole JSON object; line breaks in text are written \\n"),
            })
        }
    }
}

struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// `\ud83d` without its partner is no character and JSON readers refuse it: it becomes `\ufffd`.
fn replace_lone_surrogates(line: &str) -> Cow<'_, str> {
    if !line.contains("\\u") {
        return Cow::Borrowed(line);
    }
    let escape = |at: usize| -> Option<u32> {
        let hex = line.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(hex, 16).ok()
    };
    let mut fixed = String::new();
    let (mut at, mut copied) = (0, 0);
    while let Some(found) = line[at..].find('\\') {
        at += found;
        match escape(at) {
            Some(0xD800..=0xDBFF) if matches!(escape(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                fixed.push_str(&line[copied..at]);
                fixed.push_str("\\ufffd");
                at += 6;
                copied = at;
            }
            Some(_) => at += 6,
            // A backslash and the character it escapes.
            None => at += 1 + line[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    if copied == 0 {
        return Cow::Borrowed(line);
    }
    fixed.push_str(&line[copied..]);
    Cow::Owned(fixed)
}
