//! Arabic written with Latin letters and digits.

use super::words::{ARABIZI, ENGLISH};

/// What may follow a number in English: "3g", "2nd", "5star", "24hrs".
const UNITS: &[&str] = &[
    "g", "gb", "mb", "kb", "tb", "k", "m", "mm", "cm", "km", "kg", "mg", "ml", "l", "x", "d", "h", "hr",
    "hrs", "hour", "hours", "min", "mins", "s", "sec", "secs", "am", "pm", "st", "nd", "rd", "th", "day",
    "days", "week", "weeks", "month", "months", "yr", "yrs", "year", "years", "star", "stars", "time",
    "times", "sar", "aed", "egp", "usd", "sr", "le", "p", "in", "inch", "v", "w", "mp", "fps", "hz", "ghz",
    "mbps", "up", "way", "ply", "pcs", "pc", "ppl", "people",
];

/// Names that hold a digit among letters.
const NAMES: &[&str] =
    &["b2b", "b2c", "c2c", "p2p", "h2o", "mp3", "mp4", "co2", "f2f", "g2g", "b4", "gr8", "l8r", "m8", "w8"];

/// Whether Latin text is Arabizi: its words say so more often than they say English.
pub(super) fn is_arabizi(text: &str) -> bool {
    let (mut arabizi, mut english, mut all) = (0usize, 0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()) {
        let word = word.trim_matches('\'').to_lowercase();
        if !word.chars().any(char::is_alphabetic) {
            continue;
        }
        all += 1;
        if ENGLISH.contains(word.as_str()) {
            english += 1;
        } else if has_letter_digit(&word) {
            arabizi += 2;
        } else if ARABIZI.contains(word.as_str()) {
            arabizi += 1;
        }
    }
    arabizi > english && arabizi * 3 >= all
}

/// A digit stands for an Arabic sound: 2 3 5 6 7 8 9 between letters, or before at least two that are no unit.
fn has_letter_digit(word: &str) -> bool {
    let bytes = word.as_bytes();
    if !word.is_ascii() || word.len() < 3 || NAMES.contains(&word) {
        return false;
    }
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let sound = |b: u8| matches!(b, b'2' | b'3' | b'5' | b'6' | b'7' | b'8' | b'9');
    if digits == 0 || digits > 3 || !bytes.iter().all(|b| b.is_ascii_alphabetic() || sound(*b) || *b == b'\'')
    {
        return false;
    }
    if bytes.windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_digit() && pair[0] != pair[1])
    {
        return false;
    }
    let inside =
        bytes.windows(3).any(|w| w[0].is_ascii_alphabetic() && sound(w[1]) && w[2].is_ascii_alphabetic());
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let opening =
        rest.len() < word.len() && rest.len() > 1 && !UNITS.contains(&rest) && !ENGLISH.contains(rest);
    inside || opening
}
