//! In: a taxonomy as TOML text or JSON. Out: one tree of values that know where they stand.
//! Law: every error names the file and the line, or the key path where there are no lines.

use std::fmt;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::nearest;
use crate::{Error, Result};

/// Where a value stands.
#[derive(Debug, Clone)]
pub(super) enum At {
    /// File and line, from 1.
    Line(Arc<str>, usize),
    /// Keys from the root: `topic[0].seeds.msa[2]`.
    Path(String),
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(file, line) => write!(f, "{file}: line {line}"),
            Self::Path(path) if path.is_empty() => write!(f, "taxonomy"),
            Self::Path(path) => write!(f, "taxonomy: {path}"),
        }
    }
}

impl At {
    /// The error that `message` describes, at this place.
    pub(super) fn error(&self, message: impl fmt::Display) -> Error {
        Error::invalid_input(format!("{self}: {message}"))
    }
}

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: At,
    value: Value,
}

#[derive(Debug)]
enum Value {
    Text(String),
    Whole(i64),
    Flag(bool),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
    /// A kind of value that no taxonomy holds.
    Foreign(&'static str),
}

impl Value {
    fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Whole(_) => "a whole number",
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Foreign(name) => name,
        }
    }
}

/// Bytes as text; the line and the byte where they are no UTF-8.
pub(super) fn decode(file: &str, bytes: Vec<u8>) -> Result<String> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
        At::Line(file.into(), line)
            .error(format!("byte 0x{:02X} is not UTF-8", error.as_bytes()[at]))
            .with_hint("save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}

/// The tree of TOML text; `file` is how errors call it.
pub(super) fn from_toml(file: &str, text: &str) -> Result<Node> {
    let lines = Lines {
        file: file.into(),
        ends: text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect(),
    };
    let table = DeTable::parse(text).map_err(|error| {
        let at = lines.at(error.span().map_or(0, |span| span.start));
        at.error(error.message()).with_hint("the file must be TOML")
    })?;
    let at = lines.at(table.span().start);
    Ok(Node { at, value: lines.table(table.get_ref()) })
}

/// Where the lines of a file end.
struct Lines {
    file: Arc<str>,
    ends: Vec<usize>,
}

impl Lines {
    fn at(&self, byte: usize) -> At {
        At::Line(self.file.clone(), 1 + self.ends.partition_point(|end| *end < byte))
    }

    fn table(&self, table: &DeTable<'_>) -> Value {
        let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let name: &std::borrow::Cow<'_, str> = key.get_ref();
            let mut node = self.node(value);
            if !matches!(node.value, Value::List(_)) {
                node.at = self.at(key.span().start);
            }
            (name.to_string(), node)
        };
        Value::Table(table.iter().map(entry).collect())
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let read = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Value::Foreign("a number"), Value::Whole),
            DeValue::Float(_) => Value::Foreign("a number with a point"),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(_) => Value::Foreign("a date"),
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => self.table(table),
        };
        Node { at: self.at(value.span().start), value: read }
    }
}

/// The tree of JSON text.
pub(super) fn from_json(text: &str) -> Result<Node> {
    let value: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| At::Line("taxonomy".into(), error.line()).error(format!("no JSON: {error}")))?;
    Ok(json_node(&value, String::new()))
}

fn json_node(value: &serde_json::Value, path: String) -> Node {
    use serde_json::Value as Json;
    let read = match value {
        Json::Null => Value::Foreign("null"),
        Json::Bool(flag) => Value::Flag(*flag),
        Json::Number(number) => number.as_i64().map_or(Value::Foreign("a number"), Value::Whole),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => {
            let item = |(at, item)| json_node(item, format!("{path}[{at}]"));
            Value::List(items.iter().enumerate().map(item).collect())
        }
        Json::Object(table) => {
            let dot = if path.is_empty() { "" } else { "." };
            let entry =
                |(key, value): (&String, _)| (key.clone(), json_node(value, format!("{path}{dot}{key}")));
            Value::Table(table.iter().map(entry).collect())
        }
    };
    Node { at: At::Path(path), value: read }
}

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) at: At,
}

impl Node {
    fn unexpected(&self, what: &str, expected: &str) -> Error {
        self.at.error(format!("{what}: got {}, expected {expected}", self.value.name()))
    }

    /// The text, without outer blanks; an empty one is an error.
    pub(super) fn text(self, what: &str) -> Result<Said> {
        match &self.value {
            Value::Text(text) if text.trim().is_empty() => {
                Err(self.at.error(format!("{what}: got an empty text, expected a word")))
            }
            Value::Text(text) => Ok(Said { text: text.trim().to_string(), at: self.at }),
            _ => Err(self.unexpected(what, "a text")),
        }
    }

    /// The text, one of `known`.
    pub(super) fn one_of(self, what: &str, known: &[&'static str]) -> Result<&'static str> {
        let said = self.text(what)?;
        known.iter().copied().find(|name| *name == said.text).ok_or_else(|| {
            let error =
                said.at.error(format!("{what}: got `{}`, expected one of {}", said.text, known.join(", ")));
            hinted(error, &said.text, known.iter().copied())
        })
    }

    /// The whole number, in `range`.
    pub(super) fn whole(self, what: &str, range: std::ops::RangeInclusive<i64>) -> Result<i64> {
        match self.value {
            Value::Whole(number) if range.contains(&number) => Ok(number),
            Value::Whole(number) => {
                let (low, high) = (range.start(), range.end());
                Err(self.at.error(format!("{what}: got {number}, expected {low} to {high}")))
            }
            _ => Err(self.unexpected(what, "a whole number")),
        }
    }

    pub(super) fn flag(self, what: &str) -> Result<bool> {
        match self.value {
            Value::Flag(flag) => Ok(flag),
            _ => Err(self.unexpected(what, "true or false")),
        }
    }

    pub(super) fn list(self, what: &str) -> Result<Vec<Node>> {
        match self.value {
            Value::List(items) => Ok(items),
            _ => Err(self.unexpected(what, "a list")),
        }
    }

    /// A list of texts.
    pub(super) fn texts(self, what: &str) -> Result<Vec<Said>> {
        self.list(what)?.into_iter().map(|item| item.text(what)).collect()
    }

    /// The table, whose keys are all among `known`, or any where `known` is empty.
    pub(super) fn table(self, what: &str, known: &[&'static str]) -> Result<Fields> {
        let Value::Table(entries) = self.value else {
            return Err(self.unexpected(what, "a table"));
        };
        for (key, node) in &entries {
            if !known.is_empty() && !known.contains(&key.as_str()) {
                let expected = known.join(", ");
                let error = node.at.error(format!("{what}: unknown key `{key}`, expected one of {expected}"));
                return Err(hinted(error, key, known.iter().copied()));
            }
        }
        Ok(Fields { at: self.at, what: what.to_string(), entries })
    }
}

/// `error` with the name near to `got`, if one is.
pub(super) fn hinted<'a>(error: Error, got: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    match nearest(got, known) {
        Some(near) => error.with_hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

/// The entries of a table that are not read yet.
#[derive(Debug)]
pub(super) struct Fields {
    pub(super) at: At,
    what: String,
    entries: Vec<(String, Node)>,
}

impl Fields {
    /// Takes the value of `key`, with how errors call it.
    pub(super) fn take(&mut self, key: &str) -> Option<(Node, String)> {
        let at = self.entries.iter().position(|entry| entry.0 == key)?;
        Some((self.entries.swap_remove(at).1, format!("{}: {key}", self.what)))
    }

    /// Takes `key` and reads it.
    pub(super) fn read<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(Node, &str) -> Result<T>,
    ) -> Result<Option<T>> {
        self.take(key).map(|(node, what)| read(node, &what)).transpose()
    }

    /// Takes `key`, a text, if it is there.
    pub(super) fn text(&mut self, key: &str) -> Result<Option<String>> {
        Ok(self.read(key, |node, what| node.text(what))?.map(|said| said.text))
    }

    /// Takes `key`, a text that must be there.
    pub(super) fn required(&mut self, key: &str) -> Result<String> {
        self.text(key)?.ok_or_else(|| self.at.error(format!("{}: `{key}` is missing", self.what)))
    }

    /// Takes the list of texts of `key`; none where it is absent.
    pub(super) fn texts(&mut self, key: &str) -> Result<Vec<Said>> {
        Ok(self.read(key, |node, what| node.texts(what))?.unwrap_or_default())
    }

    /// Takes the list of tables of `key`, each read by `read`; none where it is absent.
    pub(super) fn each<T>(&mut self, key: &str, read: impl Fn(Node) -> Result<T>) -> Result<Vec<T>> {
        match self.take(key) {
            Some((node, what)) => node.list(&what)?.into_iter().map(read).collect(),
            None => Ok(Vec::new()),
        }
    }

    /// Every entry, as named lists of texts.
    pub(super) fn lists(self) -> Result<Vec<(String, Vec<Said>)>> {
        let what = self.what;
        let read = |(key, node): (String, Node)| {
            let said = node.texts(&format!("{what}: {key}"))?;
            Ok((key, said))
        };
        self.entries.into_iter().map(read).collect()
    }
}
