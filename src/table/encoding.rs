//! Bytes to text. UTF-8 unless the bytes say otherwise; every other choice is a note.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

use crate::error::{Error, Result};

/// Text and how it was got.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: &'static str,
    pub notes: Vec<String>,
}

/// Decodes a whole file.
///
/// Order: byte order mark; UTF-16 without one; UTF-8; Windows-1256 when that gives
/// Arabic words; Windows-1252. Broken UTF-8 inside a file that is UTF-8 elsewhere becomes U+FFFD and a note.
///
/// # Errors
/// `Table` when the bytes are a ZIP container, which no text file is.
pub(super) fn decode(bytes: &[u8], name: &str) -> Result<Decoded> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Error::table(format!("{name}: a ZIP container, expected text"))
            .with_hint("if it is an Excel workbook, name it .xlsx"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Ok(utf8(rest, "UTF-8 BOM"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Ok(utf16(rest, true, Vec::new()));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Ok(utf16(rest, false, Vec::new()));
    }
    if let Some(little_endian) = utf16_without_mark(bytes) {
        let name = if little_endian { "UTF-16LE" } else { "UTF-16BE" };
        return Ok(utf16(bytes, little_endian, vec![format!("detected {name} (no byte order mark)")]));
    }
    let (valid, broken) = utf8_sequences(bytes);
    if broken == 0 || valid > broken {
        return Ok(utf8(bytes, "UTF-8"));
    }
    let (arabic, _) = WINDOWS_1256.decode_without_bom_handling(bytes);
    if reads_as_arabic(&arabic) {
        let notes = vec!["detected Windows-1256 (Arabic)".to_string()];
        return Ok(Decoded { text: arabic.into_owned(), encoding: "windows-1256", notes });
    }
    let (latin, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let notes =
        vec!["neither UTF-8 nor Arabic: read as Windows-1252; check the accented letters".to_string()];
    Ok(Decoded { text: latin.into_owned(), encoding: "windows-1252", notes })
}

/// UTF-8; each run of broken bytes becomes one U+FFFD.
fn utf8(bytes: &[u8], encoding: &'static str) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let (mut runs, mut first_line, mut in_run) = (0usize, 0usize, false);
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            text.push_str(chunk.valid());
            in_run = false;
        }
        if !chunk.invalid().is_empty() && !in_run {
            if runs == 0 {
                first_line = 1 + text.bytes().filter(|&byte| byte == b'\n').count();
            }
            text.push('\u{FFFD}');
            runs += 1;
            in_run = true;
        }
    }
    let notes = match runs {
        0 => Vec::new(),
        1 => vec![format!("row {first_line}: bytes that are not UTF-8 became \u{FFFD}")],
        _ => vec![format!(
            "bytes that are not UTF-8 became \u{FFFD} in {runs} places (first: row {first_line})"
        )],
    };
    Decoded { text, encoding, notes }
}

fn utf16(bytes: &[u8], little_endian: bool, mut notes: Vec<String>) -> Decoded {
    let (codec, encoding) = if little_endian { (UTF_16LE, "UTF-16LE") } else { (UTF_16BE, "UTF-16BE") };
    let (text, broken) = codec.decode_without_bom_handling(bytes);
    if broken {
        notes.push("surrogates without their partner became \u{FFFD}".to_string());
    }
    Decoded { text: text.into_owned(), encoding, notes }
}

/// `Some(little_endian)` when there are NUL bytes and at least half of the 16-bit units, read in that order,
/// lie below U+0700: the scripts up to Arabic. Text in single bytes or UTF-8 read so gives units from U+2020 up, so
/// a stray NUL does not make it UTF-16.
fn utf16_without_mark(bytes: &[u8]) -> Option<bool> {
    let sample = &bytes[..bytes.len().min(1 << 16)];
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let pairs = || sample.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let little = pairs().filter(|&(_, high)| high < 0x07).count();
    let big = pairs().filter(|&(high, _)| high < 0x07).count();
    (little.max(big) * 2 >= sample.len() / 2).then_some(little >= big)
}

/// Multi-byte sequences that are UTF-8, and runs of bytes that are not.
/// UTF-8-coded surrogates (`ED A0..BF xx`, as CESU-8 writers leave them) count with the first: their writer
/// meant UTF-8.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut valid, mut broken) = (0, 0);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            let is_surrogate = matches!(bytes[at..], [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..]);
            let is_inside_surrogate = matches!(chunk.invalid(), [0x80..=0xBF])
                && (1..=2).any(|back| {
                    at.checked_sub(back)
                        .is_some_and(|start| matches!(bytes[start..], [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..]))
                });
            if is_surrogate {
                valid += 1;
            } else if !is_inside_surrogate {
                broken += 1;
            }
            at += chunk.invalid().len();
        }
    }
    (valid, broken)
}

/// Whether Arabic letters stand in words: at least half of them beside another one. Accented letters of
/// a Western text decode to lone Arabic letters between Latin ones.
fn reads_as_arabic(text: &str) -> bool {
    let is_letter = |c: char| matches!(c, '\u{0621}'..='\u{064A}' | '\u{067E}'..='\u{06D2}');
    let (mut letters, mut pairs) = (0usize, 0usize);
    let mut previous = false;
    for c in text.chars() {
        let arabic = is_letter(c);
        letters += usize::from(arabic);
        pairs += usize::from(arabic && previous);
        previous = arabic;
    }
    pairs > 0 && pairs * 2 >= letters
}
