//! The languages that share the Arabic script.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::normalize::{Table, is_arabic_letter};

/// Word -> whether Arabic lacks it.
type Words = HashMap<String, bool>;

fn words(table: &'static str) -> Words {
    Table::read(table).pairs().map(|(word, kind)| (key(word), kind == "clear")).collect()
}

/// The word as an Arabic keyboard types it.
fn key(word: &str) -> String {
    let letter = |c| match c {
        'ی' | 'ى' => 'ي',
        'ک' => 'ك',
        _ => c,
    };
    word.chars().map(letter).collect()
}

static PERSIAN: LazyLock<Words> = LazyLock::new(|| words(include_str!("tables/persian_words.tsv")));
static URDU: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| Table::read(include_str!("tables/urdu_words.tsv")).pairs().map(|pair| pair.0).collect());

/// Letters of Kurdish, Pashto and other languages that Arabic, Persian and Urdu lack.
const OTHER_LETTERS: [char; 19] =
    ['ێ', 'ۆ', 'ڕ', 'ڵ', 'ە', 'ټ', 'ډ', 'ړ', 'ږ', 'ښ', 'ڼ', 'ې', 'ۍ', 'ځ', 'څ', 'ۇ', 'ۈ', 'ۋ', 'ڭ'];

/// Arabic ("ar"), Persian ("fa"), Urdu ("ur") or another language ("other") in Arabic letters. Persian keyboards also
/// write Arabic, Gulf and Iraqi speech writes گ and چ, and ornament borrows any letter, so letters alone decide
/// nothing: words do.
pub(super) fn arabic_script(text: &str) -> &'static str {
    // Ornament borrows letters of Urdu, but not its words.
    let (mut all, mut other, mut urdu, mut listed) = (0, 0, 0, 0);
    // Words that Persian has, and those of them that Arabic lacks.
    let (mut persian, mut clear) = (0, 0);
    for word in text.split(|c: char| !is_arabic_letter(c) && c != '\u{200c}').filter(|word| !word.is_empty())
    {
        all += 1;
        let plain = key(word.split('\u{200c}').next().unwrap_or(word));
        if let Some(is_clear) = PERSIAN.get(&plain) {
            persian += 1;
            clear += usize::from(*is_clear);
        }
        let has_urdu_letter = word.contains(['ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ہ', 'ھ']);
        urdu += usize::from(has_urdu_letter || URDU.contains(word));
        listed += usize::from(URDU.contains(word));
        other += usize::from(word.contains(OTHER_LETTERS));
    }
    let count = |letters: &[char]| text.chars().filter(|c| letters.contains(c)).count();
    let farsi_letters = count(&['ی', 'ک', 'پ', 'چ', 'گ', 'ژ']);
    let arabic_letters = count(&['ي', 'ك', 'ة', 'ى', 'أ', 'إ']);
    if urdu * 3 >= all && listed > 0 && urdu > persian {
        "ur"
    } else if other * 3 >= all {
        "other"
    } else if persian * 4 >= all && (clear > 0 && farsi_letters > arabic_letters || clear > 1) {
        "fa"
    } else {
        "ar"
    }
}
