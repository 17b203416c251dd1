//! In: a word in Latin letters. Out: the Arabic spelling that explains it best.
//! Law: work per letter is bounded: at most [`BEAM`] spellings are kept after each.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::letters::{Letters, is_vowel};

/// Spellings kept after each Latin letter.
const BEAM: usize = 24;
/// A doubled consonant is one letter with a shadda.
const SHADDA: u32 = 20;
/// "ss" after a first vowel is the article before a sun letter: "essalam".
const ARTICLE: u32 = 60;
/// A long vowel left out between consonants: "slm" for سلام.
const LEFT_OUT: u32 = 380;

/// What tells likely spellings from others: letter by letter, in hundredths of a bit.
pub(super) trait Model {
    type State: Copy + Ord + Hash;
    fn start(&self) -> Self::State;
    /// Where `letter` leads from `state`, and what it costs.
    fn step(&self, state: Self::State, letter: char, out: &mut Vec<(Self::State, u32)>);
    /// What it costs to end here; `None` where no word ends.
    fn end(&self, state: Self::State) -> Option<u32>;
    /// At least what is still to pay from here on.
    fn ahead(&self, state: Self::State) -> u32;
}

/// Hashing of states, which are small numbers.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.write_u64(u64::from(*b)));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// State -> what it costs to reach and the place of its last emission.
type Reached<S> = HashMap<S, (u32, u32), BuildHasherDefault<Mix>>;

/// A spelling of the letters so far.
#[derive(Clone, Copy)]
struct Path<S> {
    state: S,
    cost: u32,
    /// Place in the list of emissions.
    last: u32,
}

/// An emission and the place of the one before it.
type Emitted = (u32, &'static str, &'static str);

/// The cheapest Arabic spelling of `latin` (ASCII, lower case) and its cost in hundredths of a bit.
pub(super) fn spell<M: Model>(model: &M, letters: &Letters, latin: &str) -> Option<(u32, String)> {
    let bytes = latin.as_bytes();
    let mut emitted: Vec<Emitted> = vec![(0, "", "")];
    let mut reached: Vec<Reached<M::State>> = vec![Reached::default(); bytes.len() + 1];
    reached[0].insert(model.start(), (0, 0));
    let (mut states, mut next) = (Vec::new(), Vec::new());
    for at in 0..bytes.len() {
        let mut paths: Vec<Path<M::State>> = std::mem::take(&mut reached[at])
            .into_iter()
            .map(|(state, (cost, last))| Path { state, cost, last })
            .collect();
        paths.sort_unstable_by_key(|path| (path.cost + model.ahead(path.state), path.state));
        paths.truncate(BEAM);
        for grapheme in letters.at(bytes, at) {
            let end = at + grapheme.latin.len();
            let is_consonant = !is_vowel(bytes[at]);
            let doubled = is_consonant && bytes[end..].starts_with(grapheme.latin.as_bytes());
            let vowel_missing = is_consonant && bytes.get(end).is_some_and(|b| !is_vowel(*b));
            let opens = doubled && letters.is_article(bytes, at);
            let mut emit =
                |path: &Path<M::State>, first: &'static str, second: &'static str, end: usize, cost: u32| {
                    states.clear();
                    states.push((path.state, path.cost + cost));
                    for letter in first.chars().chain(second.chars()) {
                        next.clear();
                        for &(state, cost) in &states {
                            let from = next.len();
                            model.step(state, letter, &mut next);
                            for step in &mut next[from..] {
                                step.1 += cost;
                            }
                        }
                        std::mem::swap(&mut states, &mut next);
                    }
                    for &(state, cost) in &states {
                        let known = reached[end].get(&state).map_or(u32::MAX, |known| known.0);
                        if cost < known {
                            emitted.push((path.last, first, second));
                            reached[end].insert(state, (cost, emitted.len() as u32 - 1));
                        }
                    }
                };
            for path in &paths {
                for sound in grapheme.sounds(at, end == bytes.len()) {
                    emit(path, sound.arabic, "", end, sound.cost);
                }
                if doubled {
                    let end = end + grapheme.latin.len();
                    for sound in grapheme.sounds(at, end == bytes.len()) {
                        emit(path, sound.arabic, "", end, sound.cost + SHADDA);
                        if opens {
                            emit(path, "ل", sound.arabic, end, sound.cost + ARTICLE);
                        }
                    }
                }
                if vowel_missing {
                    for sound in grapheme.sounds(at, false) {
                        for vowel in ["ا", "ي", "و"] {
                            emit(path, sound.arabic, vowel, end, sound.cost + LEFT_OUT);
                        }
                    }
                }
            }
        }
    }
    let best = reached[bytes.len()]
        .iter()
        .filter_map(|(state, (cost, last))| Some((cost + model.end(*state)?, *state, *last)))
        .min_by_key(|end| (end.0, end.1))?;
    let mut parts = Vec::new();
    let mut at = best.2;
    while at != 0 {
        let (before, first, second) = emitted[at as usize];
        parts.push([first, second]);
        at = before;
    }
    Some((best.0, parts.iter().rev().flatten().copied().collect()))
}
