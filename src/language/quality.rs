//! Cells that hold no comment.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::{ARABIZI, ENGLISH};
use crate::normalize::{Normalizer, Table, is_emoji, looks_broken};

static KEY: LazyLock<Normalizer> = LazyLock::new(|| {
    let key = Normalizer::preset("search").and_then(|key| key.with("reduce_elongation", "1"));
    key.unwrap_or_else(|_| Normalizer::empty())
});

/// Folded fillers, without blanks.
static FILLERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    Table::read(include_str!("tables/no_comment.tsv")).pairs().map(|pair| key(pair.0)).collect()
});

fn key(text: &str) -> String {
    KEY.normalize(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// The answer says nothing: "لا يوجد", "N/A", "-", blanks. A rating, an emoji or a real sentence is a comment.
///
/// ```
/// use rasd::language::is_no_comment;
/// assert!(is_no_comment("لا يوجد"));
/// assert!(is_no_comment("n.a"));
/// assert!(!is_no_comment("none of the staff helped"));
/// ```
pub fn is_no_comment(text: &str) -> bool {
    // The longest filler is far shorter than this.
    if text.len() > 400 {
        return !text.chars().any(|c| c.is_alphanumeric() || is_emoji(c));
    }
    let key = key(text);
    if key.is_empty() {
        return !text.chars().any(is_emoji);
    }
    FILLERS.contains(&key)
}

/// Neighbouring keys, Latin and Arabic, row by row.
const KEY_ROWS: [&str; 6] = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"];

/// The text is keys struck at random ("asdfghjkl", "شسيشسيشسي"); laughter ("خخخخخ") is not.
///
/// ```
/// use rasd::language::is_gibberish;
/// assert!(is_gibberish("asdfghjkl"));
/// assert!(!is_gibberish("خخخخخ"));
/// ```
pub fn is_gibberish(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .take(64)
        .map(str::to_lowercase)
        .collect();
    let mashed = words.iter().filter(|word| is_mashed(word)).count();
    !words.is_empty() && mashed * 3 >= words.len() * 2
}

fn is_mashed(word: &str) -> bool {
    let letters: Vec<char> = word.chars().take(64).collect();
    let distinct: HashSet<char> = letters.iter().copied().collect();
    if letters.len() < 4 || distinct.len() < 2 || ENGLISH.contains(word) || ARABIZI.contains(word) {
        return false;
    }
    if is_laughter(&distinct) {
        return false;
    }
    // A short pattern typed again and again: "شسيشسيشسي".
    let repeats = (2..=4).any(|period| {
        letters.len() >= period * 3 - 1 && letters.iter().zip(&letters[period..]).all(|(a, b)| a == b)
    });
    // Steps from a key to the next or the next but one in the same row.
    let steps = letters.windows(2).filter(|pair| near(pair[0], pair[1])).count();
    let vowelless = letters.iter().all(char::is_ascii_alphabetic)
        && letters.len() >= 6
        && !letters.iter().any(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    let walk = letters.len() >= 5 && steps + 1 >= letters.len();
    repeats || vowelless || walk || (letters.len() >= 8 && steps * 5 >= (letters.len() - 1) * 4)
}

fn near(a: char, b: char) -> bool {
    KEY_ROWS.iter().any(|row| {
        let place = |c: char| row.chars().position(|key| key == c);
        matches!((place(a), place(b)), (Some(x), Some(y)) if x.abs_diff(y) == 1)
    })
}

fn is_laughter(distinct: &HashSet<char>) -> bool {
    [['ه', 'ا'], ['خ', 'ه'], ['h', 'a'], ['h', 'e'], ['l', 'o'], ['j', 'a']]
        .iter()
        .any(|laugh| distinct.iter().all(|c| laugh.contains(c)))
}

/// The text was decoded with the wrong code page somewhere: "Ø®Ø¯Ù…Ø©".
///
/// ```
/// assert!(rasd::language::has_mojibake("Ø®Ø¯Ù…Ø©"));
/// assert!(!rasd::language::has_mojibake("naïve café"));
/// ```
pub fn has_mojibake(text: &str) -> bool {
    looks_broken(text)
}
