//! In: letters, one after another. Out: whether they spell an Arabic word people use, and how often.
//! Law: a word may wear the proclitics and endings of `tables/arabizi_affixes.tsv`, each at its price.

use std::collections::BTreeMap;

use super::search::Model;
use crate::normalize::lexicon::spelled as dialect_words;
use crate::normalize::tables::Table;
use crate::normalize::words;

/// No word ends here.
const NONE: u16 = u16::MAX;
/// Bits of the count of all words typed.
const ALL: u32 = 20;
/// A bit of a word's rarity, in hundredths: half, for people write rare words on purpose.
const BIT: u32 = 50;

#[derive(Clone, Copy)]
struct Node {
    letter: char,
    child: u32,
    sibling: u32,
    /// What the word that ends here costs.
    word: u16,
    /// What it costs as a stem that must take an ending: خدمت of خدمة.
    stem: u16,
    /// The cheapest word from here on.
    best: u16,
}

/// Words by letter.
struct Trie(Vec<Node>);

impl Trie {
    fn new() -> Self {
        Self(vec![Node { letter: '\0', child: 0, sibling: 0, word: NONE, stem: NONE, best: NONE }])
    }

    fn child(&self, node: u32, letter: char) -> Option<u32> {
        let mut at = self.0[node as usize].child;
        while at != 0 {
            let node = &self.0[at as usize];
            if node.letter == letter {
                return Some(at);
            }
            at = node.sibling;
        }
        None
    }

    fn insert(&mut self, word: impl Iterator<Item = char>, cost: u16, is_stem: bool) {
        let mut at = 0;
        self.0[0].best = self.0[0].best.min(cost);
        for letter in word {
            at = self.child(at, letter).unwrap_or_else(|| {
                let (place, sibling) = (self.0.len() as u32, self.0[at as usize].child);
                self.0.push(Node { letter, child: 0, sibling, word: NONE, stem: NONE, best: NONE });
                self.0[at as usize].child = place;
                place
            });
            let node = &mut self.0[at as usize];
            node.best = node.best.min(cost);
        }
        let node = &mut self.0[at as usize];
        let end = if is_stem { &mut node.stem } else { &mut node.word };
        *end = (*end).min(cost);
    }
}

/// Words in use, what may stand before them and what may follow.
pub(super) struct Lexicon {
    before: Trie,
    words: Trie,
    after: Trie,
}

/// Where a spelling stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum State {
    Before(u32),
    Word(u32),
    After(u32),
}

/// A word as chats write it: a bare alef where it opens ("أنا" -> "انا").
fn plain(word: &str) -> String {
    let bare = |c: char| if matches!(c, 'أ' | 'إ' | 'آ') { 'ا' } else { c };
    let article = if word.starts_with("ال") && word.chars().count() > 4 { 2 } else { 0 };
    word.chars()
        .enumerate()
        .map(|(place, c)| if place == 0 || place == article { bare(c) } else { c })
        .collect()
}

impl Lexicon {
    /// The words of [`words`], those of the dialect tables, and those of `more`, which count as often used.
    pub(super) fn new<'w>(more: impl Iterator<Item = &'w str>) -> Self {
        let mut bits: BTreeMap<String, u32> = BTreeMap::new();
        let mut add = |word: String, weight: u32| {
            let entry = bits.entry(word).or_default();
            *entry = (*entry).max(weight);
        };
        for (word, seen) in words::all_arabic() {
            let weight = u32::from(seen.typed).max(u32::from(seen.edited).saturating_sub(2));
            let word = plain(word);
            // Typed text often has ه for ة and ى for ي.
            if let Some(stem) = word.strip_suffix('ه') {
                let spelled = format!("{stem}ة");
                if words::arabic(&spelled).is_none() {
                    add(spelled, weight);
                }
            } else if let Some(stem) = word.strip_suffix('ى').filter(|_| seen.edited == 0) {
                add(format!("{stem}ي"), weight);
            }
            add(word, weight);
        }
        for word in more {
            add(plain(word), 7);
        }
        for (word, ..) in dialect_words().filter(|word| !word.0.contains(' ')) {
            add(plain(word), 4);
        }
        let mut words = Trie::new();
        for (word, weight) in bits.iter().filter(|entry| entry.0.chars().count() > 1) {
            let cost = (ALL.saturating_sub(*weight).max(4) * BIT) as u16;
            words.insert(word.chars(), cost, false);
            if let Some(stem) = word.strip_suffix('ة') {
                words.insert(stem.chars().chain(['ت']), cost, true);
            }
        }
        let (mut before, mut after) = (Trie::new(), Trie::new());
        for row in Table::read(include_str!("../tables/arabizi_affixes.tsv")).rows() {
            let [affix, side, bits, ..] = row.as_slice() else {
                continue;
            };
            let cost = bits.parse().map_or(NONE, |bits: f32| (bits * 100.0) as u16);
            let side = if *side == "before" { &mut before } else { &mut after };
            side.insert(affix.chars(), cost, false);
        }
        Self { before, words, after }
    }

    fn open(&self, letter: char, cost: u32, out: &mut Vec<(State, u32)>) {
        if let Some(node) = self.words.child(0, letter) {
            out.push((State::Word(node), cost));
        }
    }
}

impl Model for Lexicon {
    type State = State;

    fn start(&self) -> State {
        State::Before(0)
    }

    fn step(&self, state: State, letter: char, out: &mut Vec<(State, u32)>) {
        match state {
            State::Before(node) => {
                if let Some(next) = self.before.child(node, letter) {
                    out.push((State::Before(next), 0));
                }
                match self.before.0[node as usize].word {
                    _ if node == 0 => self.open(letter, 0, out),
                    NONE => {}
                    cost => self.open(letter, u32::from(cost), out),
                }
            }
            State::Word(node) => {
                if let Some(next) = self.words.child(node, letter) {
                    out.push((State::Word(next), 0));
                }
                let Node { word, stem, .. } = self.words.0[node as usize];
                let cost = word.min(stem);
                if cost != NONE
                    && let Some(next) = self.after.child(0, letter)
                {
                    out.push((State::After(next), u32::from(cost)));
                }
            }
            State::After(node) => {
                if let Some(next) = self.after.child(node, letter) {
                    out.push((State::After(next), 0));
                }
            }
        }
    }

    fn end(&self, state: State) -> Option<u32> {
        let cost = match state {
            State::Before(_) => NONE,
            State::Word(node) => self.words.0[node as usize].word,
            State::After(node) => self.after.0[node as usize].word,
        };
        (cost != NONE).then_some(u32::from(cost))
    }

    fn ahead(&self, state: State) -> u32 {
        u32::from(match state {
            State::Before(_) => self.words.0[0].best,
            State::Word(node) => self.words.0[node as usize].best,
            State::After(node) => self.after.0[node as usize].best,
        })
    }
}
