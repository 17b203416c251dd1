//! Cells that hold no text people wrote.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::normalize::{Normalizer, looks_broken, surprise};

/// Words looked at.
const WORDS: usize = 64;
/// A letter of a word without vowels costs more than this when it is struck at random, in hundredths of a bit.
const ODD: usize = 450;
/// How much more than struck keys a text must cost as words.
const EXCESS: i32 = 1100;

static KEY: LazyLock<Normalizer> = LazyLock::new(|| {
    let key = Normalizer::preset("feedback")
        .and_then(|key| key.with("lowercase", "on"))
        .and_then(|key| key.with("reduce_elongation", "off"));
    key.unwrap_or_else(|_| Normalizer::empty())
});

/// Neighbouring keys, Latin and Arabic, row by row.
const KEY_ROWS: [&str; 6] = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"];

/// The text is keys struck at random ("asdfghjkl", "شسيشسيشسي", "kjhsdf lkjsd"): a walk along the keyboard, a short
/// pattern again and again, or letters in an order that words do not have. Laughter ("خخخخخ"), abbreviations, codes
/// with digits and any word in use are none.
///
/// ```
/// use rasd::language::is_gibberish;
/// assert!(is_gibberish("asdfghjkl"));
/// assert!(!is_gibberish("خخخخخ"));
/// assert!(!is_gibberish("mabsoot ktir"));
/// ```
pub fn is_gibberish(text: &str) -> bool {
    let key = KEY.normalize(text);
    let (mut words, mut mashed, mut excess) = (0, 0, 0);
    for word in key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS) {
        if !word.chars().any(char::is_alphabetic) {
            continue;
        }
        words += 1;
        if is_one_key(word) {
            mashed += 1;
            continue;
        }
        let is_code =
            !word.chars().all(char::is_alphabetic) || is_laughter(word) || is_abbreviation(text, word);
        let surprise = if is_code { 0 } else { surprise(word).min(surprise(&single(word))) };
        mashed += usize::from(surprise > 0 && is_mashed(word, surprise));
        excess += if word.chars().count() > 2 { surprise as i32 - struck(word) } else { 0 };
    }
    words > 0 && (mashed * 3 >= words * 2 || excess > EXCESS)
}

/// The word without doubled letters, which are chat's way to stress one.
fn single(word: &str) -> String {
    let mut before = ' ';
    word.chars().filter(|c| std::mem::replace(&mut before, *c) != *c).collect()
}

/// What a word costs, in hundredths of a bit, as keys struck at random: mostly of one row, many of them neighbours.
fn struck(word: &str) -> i32 {
    let mut cost = 500;
    let mut before = None;
    for c in word.chars() {
        let at = place(c);
        cost += match (before, at) {
            (Some((row, from)), Some((same, to))) if row == same && usize::abs_diff(from, to) < 3 => 270,
            (Some((row, _)), Some((same, _))) if row == same => 410,
            (None, _) => 0,
            _ => 760,
        };
        before = at;
    }
    cost
}

/// The word stands in the text in capitals and is short: "STC", "VPNs".
fn is_abbreviation(text: &str, word: &str) -> bool {
    word.len() < 6 && word.is_ascii() && text.contains(&word.to_ascii_uppercase())
}

/// One key held down; not a sound that people write so: "ههههه", "mmmm", "ooooh".
fn is_one_key(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().unwrap_or(' ');
    let sounds = "هخمحاوييآأaehmouiwzkxك";
    word.chars().count() > 4
        && first.is_alphabetic()
        && !sounds.contains(first)
        && letters.all(|c| c == first)
}

fn is_mashed(word: &str, surprise: u32) -> bool {
    let letters: Vec<char> = word.chars().take(64).collect();
    if letters.len() < 4 {
        return false;
    }
    // A short pattern typed again and again: "شسيشسيشسي".
    let repeats = (2..=4).any(|period| {
        letters.len() >= 6.max(period * 3 - 1) && letters.iter().zip(&letters[period..]).all(|(a, b)| a == b)
    });
    let steps: Vec<Option<isize>> = letters.windows(2).map(|pair| step(pair[0], pair[1])).collect();
    let near = steps.iter().flatten().count();
    let one_way = steps.windows(2).all(|pair| pair[0].is_some() && pair[0] == pair[1]);
    let vowelless = letters.len() > 6 && !word.contains(['a', 'e', 'i', 'o', 'u', 'y']) && word.is_ascii();
    repeats
        || one_way
        || vowelless && surprise as usize > letters.len() * ODD
        || letters.len() > 4 && near + 1 >= letters.len()
        || letters.len() > 7 && near * 5 >= (letters.len() - 1) * 4
}

/// Row and place of a key.
fn place(c: char) -> Option<(usize, usize)> {
    let find = |(row, keys): (usize, &&str)| Some((row, keys.chars().position(|key| key == c)?));
    KEY_ROWS.iter().enumerate().find_map(find)
}

/// The step from a key to its neighbour in the same row: 1 or -1.
fn step(a: char, b: char) -> Option<isize> {
    let ((row, from), (same, to)) = (place(a)?, place(b)?);
    let step = to as isize - from as isize;
    (row == same && step.abs() == 1).then_some(step)
}

/// Nothing but the letters of one laugh: "هاهاها", "hehehe", "lololol".
fn is_laughter(word: &str) -> bool {
    let distinct: HashSet<char> = word.chars().collect();
    [
        ['ه', 'ا'],
        ['خ', 'ه'],
        ['ه', 'ي'],
        ['h', 'a'],
        ['h', 'e'],
        ['h', 'i'],
        ['l', 'o'],
        ['j', 'a'],
        ['k', 'h'],
        ['l', 'a'],
        ['n', 'o'],
        ['ل', 'ا'],
    ]
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
