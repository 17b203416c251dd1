//! Words of a clause: a number to count by, the customer's spelling to show, and what the word may do in a name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Item;
use super::stems::{fold, stem, without_conjunction};
use crate::comment::Language;

/// What a word may do in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Carries meaning alone: any place.
    Content,
    /// Content that says little ("problem", "مشكلة"): any place, at a cost.
    Generic,
    /// "top up", "check out": the end or the inside, never alone.
    Particle,
    /// "not", "لم": the beginning or the inside; never cut off from what it denies.
    Negator,
    /// "how long", "too slow", "كم": the beginning, and the next word must be content.
    Degree,
    /// "my", "the": the inside; in front of a noun it shows that a name ending before it is unfinished.
    Determiner,
    /// "for", "was", "من": the inside.
    Link,
    /// "and": the inside, between content words.
    Join,
    /// 20, ٢٠: the inside.
    Number,
    /// "because", "اللي": never; nor may a clause that opens with one stand as a name.
    Conjunction,
    /// "I", "really", "هل": never; a phrase stops here.
    Break,
}

static LISTED: LazyLock<HashMap<String, Class>> = LazyLock::new(|| {
    let rows = include_str!("stopwords.tsv").lines().skip(1);
    rows.filter_map(|row| {
        let (word, rest) = row.split_once('\t')?;
        Some((fold(word), class_named(rest.split('\t').next()?)?))
    })
    .collect()
});

fn class_named(name: &str) -> Option<Class> {
    Some(match name {
        "generic" => Class::Generic,
        "particle" => Class::Particle,
        "negator" => Class::Negator,
        "degree" => Class::Degree,
        "determiner" => Class::Determiner,
        "link" => Class::Link,
        "join" => Class::Join,
        "conjunction" => Class::Conjunction,
        "break" => Class::Break,
        _ => return None,
    })
}

/// Class of a folded word. "و", "ف", "ب" and "ل" in front of a listed word change nothing: "وهل" is "هل".
fn class_of(folded: &str) -> Class {
    if folded.chars().all(char::is_numeric) {
        return Class::Number;
    }
    let listed = |word: &str| LISTED.get(word).copied();
    let untied = || {
        let rest = folded.strip_prefix(['ب', 'ل']).filter(|rest| rest.chars().count() > 2);
        without_conjunction(folded).or(rest)
    };
    let bare = || untied().and_then(listed).filter(|&class| class != Class::Generic);
    let lone = if folded.chars().count() == 1 { Class::Break } else { Class::Content };
    listed(folded).or_else(bare).unwrap_or(lone)
}

/// One word of a clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    /// The same for all forms of a word: "charge", "charged"; "بطاقة", "للبطاقة". See [`Vocabulary`].
    pub stem: u32,
    pub class: Class,
    pub surface: &'a str,
    /// A name may not run over a full stop, a comma or the like in front of this word.
    pub starts_phrase: bool,
}

impl Word<'_> {
    /// No phrase holds it.
    pub(super) fn is_break(&self) -> bool {
        matches!(self.class, Class::Break | Class::Conjunction)
    }

    pub(super) fn is_content(&self) -> bool {
        matches!(self.class, Class::Content | Class::Generic)
    }

    /// Counts as part of what a name says.
    pub(super) fn tells(&self) -> bool {
        self.is_content() || matches!(self.class, Class::Particle | Class::Negator | Class::Degree)
    }
}

/// Numbers for stems, and how each spelling is met.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
    known: HashMap<String, (u32, Class)>,
    /// Times each folded spelling was met.
    pub met: HashMap<String, usize>,
    /// Times each folded spelling was met all in capitals.
    shouted: HashMap<String, usize>,
}

impl Vocabulary {
    fn look_up(&mut self, surface: &str, language: Language) -> (u32, Class) {
        let folded = fold(surface);
        *self.met.entry(folded.clone()).or_default() += 1;
        if surface.chars().count() > 1 && surface.chars().all(char::is_uppercase) {
            *self.shouted.entry(folded.clone()).or_default() += 1;
        }
        if let Some(&found) = self.known.get(&folded) {
            return found;
        }
        let class = class_of(&folded);
        // All the words that deny are one: "card not here" and "card never here" say the same.
        let key = match class {
            Class::Negator => "\u{0}".to_owned(),
            Class::Content | Class::Generic => stem(&folded, language),
            _ => folded.clone(),
        };
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(key).or_insert(next);
        self.known.insert(folded, (number, class));
        (number, class)
    }

    /// A third or more of its uses are all in capitals.
    pub(super) fn is_acronym(&self, folded: &str) -> bool {
        let times = |counts: &HashMap<String, usize>| counts.get(folded).copied().unwrap_or(0);
        let shouted = times(&self.shouted);
        shouted > 0 && shouted * 3 >= times(&self.met)
    }

    /// Words of `item` in the script of `language`, as the customer wrote them.
    pub(super) fn words<'a>(&mut self, item: &Item<'a>, language: Language) -> Vec<Word<'a>> {
        let mut words = Vec::new();
        let mut gap = true;
        for (surface, broken) in split(item.display) {
            let number = surface.chars().all(char::is_numeric);
            if !number && is_arabic(surface) != (language == Language::Ar) {
                gap = true;
                continue;
            }
            let (stem, class) = self.look_up(surface, language);
            words.push(Word { stem, class, surface, starts_phrase: gap || broken });
            gap = false;
        }
        words
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\'' | '\u{2019}' | '\u{0640}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}')
}

/// Runs of word characters, each with whether punctuation stood in front. Masks ("[PHONE]") are no words.
fn split(text: &str) -> Vec<(&str, bool)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut broken = true;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_word_char(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text[from..at].trim_matches(['\'', '\u{2019}']);
                let masked = c == ']' && text[..from].ends_with('[');
                if !word.is_empty() && !masked {
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
    fn every_listed_word_has_a_class_a_language_and_a_source() {
        for row in include_str!("stopwords.tsv").lines().skip(1) {
            let [_, class, language, source] = row.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{row}")
            };
            assert!(class_named(class).is_some(), "{row}");
            assert!(matches!(language, "ar" | "en") && !source.is_empty(), "{row}");
        }
    }

    #[test]
    fn classes_see_through_case_apostrophes_and_conjunctions() {
        for (word, class) in [
            ("Didn\u{2019}t", Class::Negator),
            ("I\u{2019}m", Class::Break),
            ("وهل", Class::Break),    // and is it
            ("ولم", Class::Negator),  // and did not
            ("وصول", Class::Content), // arrival: its و is a letter of the word
            ("card", Class::Content),
            ("٢٠", Class::Number),
        ] {
            assert_eq!(class_of(&fold(word)), class, "{word}");
        }
    }

    #[test]
    fn masks_and_punctuation_break() {
        let words: Vec<_> = split("call [PHONE] now, it's late");
        assert_eq!(words, [("call", true), ("now", true), ("it's", true), ("late", false)]);
    }
}
