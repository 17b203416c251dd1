//! Word lists, and the languages that share the Arabic script.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::normalize::{Table, is_arabic_letter};

type Words = HashSet<&'static str>;

fn words(table: &'static str) -> Words {
    Table::read(table).pairs().map(|pair| pair.0).collect()
}

static PERSIAN: LazyLock<Words> = LazyLock::new(|| words(include_str!("tables/persian_words.tsv")));
static URDU: LazyLock<Words> = LazyLock::new(|| words(include_str!("tables/urdu_words.tsv")));

/// Arabic, Persian ("fa") or another language ("other") in Arabic letters. Persian keyboards also write Arabic, and
/// Gulf and Iraqi speech writes گ and چ, so letters alone decide nothing: words do.
pub(super) fn arabic_script(text: &str) -> &'static str {
    let (mut all, mut persian, mut urdu) = (0, 0, 0);
    for word in text.split(|c: char| !is_arabic_letter(c) && c != '\u{200c}').filter(|word| !word.is_empty())
    {
        all += 1;
        let plain = word.split('\u{200c}').next().unwrap_or(word);
        persian += usize::from(PERSIAN.contains(plain) || PERSIAN.contains(word));
        urdu += usize::from(URDU.contains(word) || word.contains(['ٹ', 'ڈ', 'ڑ', 'ں', 'ے']));
    }
    let farsi_letters = text.chars().filter(|c| matches!(c, 'ی' | 'ک' | 'پ' | 'چ' | 'گ' | 'ژ')).count();
    let arabic_letters = text.chars().filter(|c| matches!(c, 'ي' | 'ك' | 'ة' | 'ى' | 'أ' | 'إ')).count();
    if urdu * 4 >= all && urdu > 0 && urdu > persian {
        "other"
    } else if persian * 4 >= all && persian > 0 && farsi_letters > arabic_letters {
        "fa"
    } else {
        "ar"
    }
}
