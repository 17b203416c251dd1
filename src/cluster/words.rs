//! Words of a clause: the folded key to count by, the customer's spelling to show.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Item;
use crate::comment::Language;

static STOPWORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let rows = include_str!("stopwords.tsv").lines().skip(1);
    rows.filter_map(|row| row.split('\t').next()).map(fold).collect()
});

/// Words that turn a statement around; a name may start with one and never loses it.
const NEGATORS: [&str; 21] = [
    "not", "no", "never", "without", "cannot", "can't", "won't", "didn't", "doesn't", "don't", "isn't", "لا",
    "لم", "لن", "مش", "مو", "ليس", "غير", "بدون", "مافي", "عدم",
];

/// Words that need a full word next to mean anything: "how long", "too slow", "ما وصلت" (but not "ما هي", "what is").
const DEGREES: [&str; 3] = ["how", "too", "ما"];

/// One word.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    pub key: &'a str,
    pub surface: &'a str,
    /// A phrase may not run over a full stop, a comma or the like in front of this word.
    pub starts_phrase: bool,
}

impl Word<'_> {
    /// Carries meaning alone.
    pub(super) fn is_content(&self) -> bool {
        !self.is_stopword()
            && !self.is_negator()
            && !self.is_degree()
            && self.key.chars().count() > 1
            && !is_number(self.key)
    }

    pub(super) fn is_stopword(&self) -> bool {
        STOPWORDS.contains(&fold(self.key))
    }

    pub(super) fn is_degree(&self) -> bool {
        DEGREES.contains(&self.key)
    }

    pub(super) fn is_negator(&self) -> bool {
        NEGATORS.contains(&fold(self.key).as_str())
    }
}

/// One spelling for stop words, whatever the key's own folding: hamza off alef, final yeh and heh, straight apostrophe.
fn fold(word: &str) -> String {
    let letter = |c| match c {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        '\u{2019}' => '\'',
        other => other,
    };
    word.chars().map(letter).flat_map(char::to_lowercase).collect()
}

fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\'' | '\u{2019}' | '\u{0640}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}')
}

/// Runs of word characters, each with whether punctuation stood in front.
fn split(text: &str) -> Vec<(&str, bool)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut broken = true;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_word_char(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text[from..at].trim_matches(['\'', '\u{2019}']);
                if !word.is_empty() {
                    words.push((word, broken));
                    broken = false;
                }
                start = None;
                broken |= !c.is_whitespace() && c != '-';
            }
            (false, None) => broken |= !c.is_whitespace() && c != '-',
            (true, Some(_)) => {}
        }
    }
    words
}

/// Words of `item` in the script of `language`. Key and display are paired word by word when they hold equally many;
/// otherwise the key stands for both.
pub(super) fn of<'a>(item: &Item<'a>, language: Language) -> Vec<Word<'a>> {
    let keys = split(item.text);
    let shown = split(item.display);
    let paired = keys.len() == shown.len();
    let mut words = Vec::new();
    let mut gap = true;
    for (i, &(key, broken)) in keys.iter().enumerate() {
        let (surface, shown_broken) = if paired { shown[i] } else { (key, broken) };
        if is_arabic(key) != (language == Language::Ar) && !is_number(key) {
            gap = true;
            continue;
        }
        words.push(Word { key, surface, starts_phrase: gap || broken || shown_broken });
        gap = false;
    }
    words
}

/// Whether clauses of `language` may name a cause in `target`.
pub(super) fn speaks(language: Language, target: Language) -> bool {
    language == target || language == Language::Mixed
}

fn is_arabic(word: &str) -> bool {
    word.chars()
        .any(|c| matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stop_word_has_a_language_and_a_source_and_negates_nothing() {
        for row in include_str!("stopwords.tsv").lines().skip(1) {
            let [word, language, source] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
            assert!(matches!(language, "ar" | "en") && !source.is_empty(), "{row}");
            assert!(!NEGATORS.contains(&word) && !DEGREES.contains(&word), "{row}");
        }
    }
}
