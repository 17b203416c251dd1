//! Markup that survey tools leave in text.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::edit::Edits;
use super::tables::Table;

static ENTITIES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| Table::read(include_str!("tables/entities.tsv")).pairs().collect());
static TAGS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| Table::read(include_str!("tables/tags.tsv")).pairs().collect());

/// `c` opens an entity or a tag.
pub(super) fn opens_markup(c: char) -> bool {
    matches!(c, '&' | '<')
}

/// Entities are read and tags go: "&amp;quot;سيئ&amp;quot;" -> "\"سيئ\"", "بطيء<br/>جداً" -> "بطيء جداً". A `<` that opens no known
/// tag is text: "السعر <100 ريال و >50" stays.
/// Cost: text about markup loses the markup.
/// Source: HTML Living Standard; `tables/entities.tsv`, `tables/tags.tsv`.
pub(super) fn html(text: &str, edits: &mut Edits<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Set once a search to the end of the text failed, so that no search is repeated.
    let mut no_comment_end = false;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'&' => entity(text, at).map(|(end, to)| {
                edits.replace(at..end, &to);
                end
            }),
            b'<' if !no_comment_end && text[at..].starts_with("<!--") => match text[at + 4..].find("-->") {
                Some(length) => {
                    edits.replace(at..at + 4 + length + 3, " ");
                    Some(at + 4 + length + 3)
                }
                None => {
                    no_comment_end = true;
                    None
                }
            },
            b'<' => tag(text, at).map(|(end, to)| {
                edits.replace(at..end, to);
                end
            }),
            _ => None,
        };
        at = end.unwrap_or(at + 1);
    }
}

/// The entity at `at`: its end and its text. An entity that spells "&amp;" and completes another is read on.
fn entity(text: &str, at: usize) -> Option<(usize, String)> {
    let (mut end, mut value) = reference(text, at + 1)?;
    while value == "&" {
        match reference(text, end) {
            Some(next) => (end, value) = next,
            None => break,
        }
    }
    Some((end, value))
}

/// The reference whose name starts at `at`, after the ampersand.
fn reference(text: &str, at: usize) -> Option<(usize, String)> {
    let window = &text.as_bytes()[at..text.len().min(at + 12)];
    let length = window.iter().position(|b| *b == b';')?;
    let name = text.get(at..at + length)?;
    let end = at + length + 1;
    let Some(number) = name.strip_prefix('#') else {
        return ENTITIES.get(name).map(|value| (end, (*value).to_string()));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
        None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
        _ => return None,
    };
    let value = match code {
        0x80..=0x9f => super::mojibake::from_cp1252(code as u8),
        0 => '\u{fffd}',
        _ => char::from_u32(code).unwrap_or('\u{fffd}'),
    };
    Some((end, value.to_string()))
}

/// The tag at `at`: its end and what stands in its place.
fn tag(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let inside = &text[at + 1..];
    let length = inside.bytes().position(|b| b == b'>' || b == b'<')?;
    if inside.as_bytes()[length] != b'>' {
        return None;
    }
    let body = &inside[..length];
    let body = body.strip_prefix('/').unwrap_or(body);
    let name_end = body.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(body.len());
    let (name, rest) = body.split_at(name_end);
    let kind = TAGS.get(name.to_ascii_lowercase().as_str())?;
    let rest = rest.trim_end_matches('/').trim();
    (rest.is_empty() || rest.contains('='))
        .then_some((at + 1 + length + 1, if *kind == "inline" { "" } else { " " }))
}
