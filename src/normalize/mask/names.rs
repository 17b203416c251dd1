//! In: a word. Out: whether it is a name, and how surely.
//! Law: a word that is also an ordinary word is never a sure name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexicon::{is_seen, plain};
use crate::normalize::chars::is_arabic_letter;
use crate::normalize::tables::Table;
use crate::normalize::words;

/// Longest word looked up, in bytes.
const LONGEST: usize = 64;

/// How surely a word is a name, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// Also an adjective or a verb that may follow a title: "سعيد", "ممتاز", "Will".
    Word,
    /// Also a noun: "أمل", "نور".
    Noun,
    /// Nothing else.
    Name,
}

/// Given names, or names of families.
struct Names(HashMap<String, Certainty>);

impl Names {
    fn add(&mut self, name: &str, certainty: Certainty) {
        self.0.insert(name.to_string(), certainty);
    }

    /// Adds `name` with and without the dots of a last ي, which Egyptian spelling leaves out.
    fn add_both(&mut self, name: &str, certainty: Certainty) {
        self.add(name, certainty);
        match name.char_indices().last() {
            Some((at, 'ى')) => self.add(&format!("{}ي", &name[..at]), certainty),
            Some((at, 'ي')) => self.add(&format!("{}ى", &name[..at]), certainty),
            _ => {}
        }
    }

    fn get(&self, word: &str) -> Option<Certainty> {
        self.0.get(word).copied()
    }
}

fn certainty(cell: &str) -> Certainty {
    match cell {
        "name" => Certainty::Name,
        "noun" => Certainty::Noun,
        _ => Certainty::Word,
    }
}

static GIVEN: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names(HashMap::new());
    let table = Table::read(include_str!("../tables/given_names.tsv"));
    for row in table.rows() {
        let [name, latin, cell, _] = row[..] else { continue };
        // "علي" and "على" are two words.
        let certainty = certainty(cell);
        match certainty {
            Certainty::Name => names.add_both(&folded(name), certainty),
            _ => names.add(&folded(name), certainty),
        }
        for name in latin.split(',').filter(|name| !name.is_empty()) {
            names.add(name, Certainty::Name);
        }
    }
    names
});

static FAMILY: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names(HashMap::new());
    let table = Table::read(include_str!("../tables/family_names.tsv"));
    table.pairs().for_each(|(name, cell)| names.add_both(&folded(name), certainty(cell)));
    names
});

/// A word of a text, in one of the ways to write it, with what a name needs to know of it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    text: String,
    /// The first letter is a capital one.
    pub(super) capital: bool,
}

impl Word {
    pub(super) fn of(word: &str) -> Self {
        let text = if word.len() > LONGEST { String::new() } else { folded(word) };
        Self { text, capital: word.starts_with(|c: char| c.is_uppercase()) }
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&self.text.as_str())
    }

    pub(super) fn is_arabic(&self) -> bool {
        self.text.starts_with(is_arabic_letter)
    }

    /// Without "و" before it.
    pub(super) fn without_and(&self) -> Option<Self> {
        let rest = self.text.strip_prefix('و').filter(|rest| rest.len() > 4)?;
        Some(Self { text: rest.to_string(), capital: false })
    }

    /// How surely it is a given name.
    pub(super) fn given(&self) -> Option<Certainty> {
        let servant = |start: &str| self.text.starts_with(start) && self.text.len() > start.len() + 2;
        let compound = ["عبدال", "abdul", "abdel", "abdal"].into_iter().any(servant);
        GIVEN.get(&self.text).or(compound.then_some(Certainty::Name))
    }

    /// How surely it is the name of a family.
    pub(super) fn family(&self) -> Option<Certainty> {
        FAMILY.get(&self.text)
    }

    /// Has the form of a family's name, "العتيبي", "AlOtaibi", and is no common word; `strict` wants a word that edited
    /// text does not use.
    pub(super) fn is_nisba(&self, strict: bool) -> bool {
        let text = self.text.as_str();
        if self.is_arabic() {
            let edited = words::arabic(text).map_or(0, |seen| seen.edited);
            let form = text.starts_with("ال") && text.ends_with('ي') && text.chars().count() > 5;
            return form && edited <= if strict { 0 } else { 3 };
        }
        let form = (text.starts_with("al") || text.starts_with("el")) && text.ends_with(['i', 'y']);
        form && text.len() > 6 && words::english(text).is_none()
    }

    /// "الدين" makes a name of the noun before it.
    pub(super) fn is_religion(&self) -> bool {
        self.is_any(&["الدين", "eldin", "eldeen", "aldin", "uddin"])
    }

    /// A word that goes on in a name: "بن", "أبو", "آل", "bin", "al".
    pub(super) fn is_particle(&self) -> bool {
        self.is_any(&[
            "بن", "ابن", "بنت", "ابو", "ابي", "ال", "bin", "ibn", "bint", "abu", "abou", "al", "el", "de",
            "del", "van",
        ])
    }

    /// "أبو محمد", "أم خالد": the name of a parent.
    pub(super) fn is_parent(&self) -> bool {
        self.is_any(&["ابو", "ابي", "ام", "abu", "abou", "umm"])
    }

    /// "عبد" of "عبد الله".
    pub(super) fn is_servant(&self) -> bool {
        self.is_any(&["عبد", "abd", "abdul", "abdel", "abdal"])
    }

    /// "علي", which is also typed for "على".
    pub(super) fn is_ali(&self) -> bool {
        self.text == "علي"
    }

    /// Begins with the article.
    pub(super) fn is_definite(&self) -> bool {
        self.text.starts_with("ال") && self.text.chars().count() > 4
    }

    /// A capitalised word that English does not know: a name by its looks.
    pub(super) fn is_unknown_capital(&self) -> bool {
        self.capital && self.text.len() > 2 && self.text.is_ascii() && words::english(&self.text).is_none()
    }

    /// A single capital letter: "John D."
    pub(super) fn is_initial(&self) -> bool {
        self.capital && self.text.len() == 1 && self.text.is_ascii()
    }

    /// A word that Arabic text hardly uses: after "بن" it can only be a name.
    pub(super) fn is_rare(&self) -> bool {
        self.text.chars().count() > 2 && words::arabic(&self.text).is_none_or(|seen| seen.edited < 3)
    }
}

/// `word` in one of the ways to write it, but for ى: "علي" is a name, "على" is none.
fn folded(word: &str) -> String {
    let letter = |c: char| if c == 'ى' { c } else { plain(c) };
    word.chars().filter(|c| is_seen(*c)).map(letter).collect()
}
