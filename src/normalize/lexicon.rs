//! In: the words of `tables/dialect/*.tsv`. Out: what a word or a phrase of them means, found by its letters.
//! Law: reading a word and looking it up allocate nothing.

use std::sync::LazyLock;

use super::chars::is_arabic_mark;
use super::tables::Table;
use super::words;

/// The dialects, the widest understood first.
const TABLES: [&str; 5] = [
    include_str!("tables/dialect/egyptian.tsv"),
    include_str!("tables/dialect/gulf.tsv"),
    include_str!("tables/dialect/levantine.tsv"),
    include_str!("tables/dialect/maghrebi.tsv"),
    include_str!("tables/dialect/iraqi.tsv"),
];

/// How many dialects there are.
pub(super) const N_DIALECTS: usize = TABLES.len();

/// Tokens of the longest phrase.
pub(super) const LONGEST: usize = 4;

/// What a word means in one dialect.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    /// Its place in the order of dialects.
    pub(super) dialect: usize,
    /// In standard Arabic.
    pub(super) msa: &'static str,
    /// It hardly ever means anything else.
    pub(super) clear: bool,
    /// The standard word is a noun or an adjective: it is seen with an article.
    pub(super) nominal: bool,
}

/// A dialect word or phrase; without senses it only opens phrases.
#[derive(Debug, Default)]
pub(super) struct Entry {
    key: Box<[u8]>,
    /// Tokens of the longest phrase that opens with this word.
    pub(super) longest: usize,
    /// In the order of dialects.
    pub(super) senses: Vec<Sense>,
    /// A phrase of standard words, here to keep them as they are: it tells no dialect and is not written.
    pub(super) standard: bool,
}

impl Entry {
    /// What all dialects that know the word mean by it, and hardly ever anything else.
    pub(super) fn clear(&self) -> Option<&Sense> {
        let first = self.senses.first()?;
        self.senses.iter().all(|sense| sense.clear && sense.msa == first.msa).then_some(first)
    }

    /// What the word means in a text of `dialect`; where that is not known or has no such word, what it means in all
    /// dialects alike. With `all`, ambiguous senses count too, after the clear ones, in the order of dialects.
    pub(super) fn meaning(&self, dialect: Option<usize>, all: bool) -> Option<&Sense> {
        if self.standard {
            return None;
        }
        if let Some(sense) = self.senses.iter().find(|sense| Some(sense.dialect) == dialect) {
            return (sense.clear || all).then_some(sense);
        }
        let first = || self.senses.iter().min_by_key(|sense| !sense.clear);
        self.clear().or_else(|| first().filter(|_| all))
    }
}

/// Dialect words by the hash of their letters.
#[derive(Debug)]
pub(super) struct Lexicon {
    entries: Vec<Entry>,
    /// Upper half of the hash and place in `entries` plus one, at the hash or the next free slot; a power of two of them.
    slots: Vec<(u32, u32)>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&TABLES));

impl Lexicon {
    fn of(tables: &[&'static str]) -> Self {
        let rows: Vec<Vec<_>> = tables.iter().map(|table| Table::read(table).rows().to_vec()).collect();
        let places = rows.iter().map(Vec::len).sum::<usize>() * 8;
        let mut lexicon = Self { entries: Vec::new(), slots: vec![(0, 0); places.next_power_of_two()] };
        for (dialect, rows) in rows.iter().enumerate() {
            for row in rows {
                let [word, msa, _, sense, ..] = row.as_slice() else {
                    continue;
                };
                let tokens: Vec<&str> = word.split(' ').collect();
                let nominal = words::arabic(&format!("ال{msa}")).is_some_and(|seen| seen.edited > 1);
                let entry = lexicon.entry(&tokens);
                if entry.senses.last().is_none_or(|last| last.dialect != dialect) {
                    entry.senses.push(Sense { dialect, msa, clear: *sense == "clear", nominal });
                    entry.standard = word == msa;
                }
                let opening = lexicon.entry(&tokens[..1]);
                opening.longest = opening.longest.max(tokens.len());
            }
        }
        lexicon
    }

    /// The entry of `tokens`, made where there is none.
    fn entry(&mut self, tokens: &[&str]) -> &mut Entry {
        let mut key = Key::default();
        for token in tokens {
            key.push(&Letters::of(token).unwrap_or_default(), 0);
        }
        let (slot, upper, place) = self.find(key.letters());
        let place = place.unwrap_or_else(|| {
            self.entries.push(Entry { key: key.letters().into(), ..Entry::default() });
            self.slots[slot] = (upper, self.entries.len() as u32);
            self.entries.len() - 1
        });
        &mut self.entries[place]
    }

    /// The entry of a key.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Entry> {
        self.find(key).2.map(|place| &self.entries[place])
    }

    /// The slot, the upper half of the hash and the place of an entry; a free slot where there is none.
    fn find(&self, key: &[u8]) -> (usize, u32, Option<usize>) {
        // FNV-1a.
        let step = |hash: u64, letter: &u8| (hash ^ u64::from(*letter)).wrapping_mul(0x100_0000_01b3);
        let hash = key.iter().fold(0xcbf2_9ce4_8422_2325, step);
        let upper = (hash >> 32) as u32;
        let mut slot = (hash as u32 ^ upper) as usize & (self.slots.len() - 1);
        loop {
            let (other, place) = self.slots[slot];
            match (place as usize).checked_sub(1) {
                None => return (slot, upper, None),
                Some(place) if other == upper && *self.entries[place].key == *key => {
                    return (slot, upper, Some(place));
                }
                Some(_) => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Every entry, for checks of the tables.
    #[cfg(test)]
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// The words and phrases of the tables as they are spelled there, each with its dialect's place and whether it hardly
/// ever means anything else.
pub(crate) fn spelled() -> impl Iterator<Item = (&'static str, usize, bool)> {
    TABLES.iter().enumerate().flat_map(|(dialect, table)| {
        let words = |row: &Vec<&'static str>| Some((*row.first()?, dialect, row.get(3) == Some(&"clear")));
        Table::read(table).rows().iter().filter_map(words).collect::<Vec<_>>()
    })
}

/// Letters of the longest word.
const MOST: usize = 24;

/// The letters of a word as they are compared, each its place in the Arabic block: no vowel sign, no tatweel, آ as ا, ى
/// as ي, ة as ه.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letters {
    codes: [u8; MOST],
    /// Where each letter begins, in bytes of the word.
    at: [u8; MOST],
    n: usize,
}

impl Letters {
    /// The letters of `word`; `None` where it is too long for a word, or holds something else.
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut letters = Self::default();
        for (at, c) in word.char_indices() {
            let code = match c {
                'آ' => 0x27,
                'ى' => 0x4a,
                'ة' => 0x47,
                '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => {
                    (c as u32 & 0xff) as u8
                }
                '\u{640}' => continue,
                _ if is_arabic_mark(c) => continue,
                _ => return None,
            };
            let n = letters.n;
            *letters.codes.get_mut(n)? = code;
            letters.at[n] = u8::try_from(at).ok()?;
            letters.n += 1;
        }
        Some(letters)
    }

    pub(super) fn len(&self) -> usize {
        self.n
    }

    /// Where letter `place` begins, in bytes of the word.
    pub(super) fn at(&self, place: usize) -> usize {
        usize::from(self.at[place])
    }

    /// The letters from `place` on, an opening alef without hamza.
    fn from(&self, place: usize) -> impl Iterator<Item = u8> {
        self.codes[place..self.n].iter().enumerate().map(|(at, code)| match code {
            0x23 | 0x25 | 0x71 if at == 0 => 0x27,
            code => *code,
        })
    }

    /// How many letters `proclitic` has, where the word opens with them and goes on.
    pub(super) fn after(&self, proclitic: &str) -> Option<usize> {
        let mut n = 0;
        for c in proclitic.chars() {
            if self.n <= n || u32::from(self.codes[n]) + 0x600 != u32::from(c) {
                return None;
            }
            n += 1;
        }
        (n < self.n).then_some(n)
    }
}

/// Words of a phrase, one blank between them. A hamza that does not open its word stays: it tells "هلأ" (now) from "هلا"
/// (welcome), "بأجر" (for a wage) from "باجر" (tomorrow).
#[derive(Debug)]
pub(super) struct Key {
    letters: [u8; (MOST + 1) * LONGEST],
    n: usize,
}

impl Default for Key {
    fn default() -> Self {
        Self { letters: [0; (MOST + 1) * LONGEST], n: 0 }
    }
}

impl Key {
    /// Adds a word, from its letter `place` on; nothing after the longest phrase.
    pub(super) fn push(&mut self, word: &Letters, place: usize) {
        let blank = (self.n > 0).then_some(b' ');
        for (letter, room) in blank.into_iter().chain(word.from(place)).zip(&mut self.letters[self.n..]) {
            *room = letter;
            self.n += 1;
        }
    }

    /// Swaps the last letter for ه, as a ت before a pronoun is a ة.
    pub(super) fn end_with_heh(&mut self) {
        self.letters[self.n.saturating_sub(1)] = 0x47;
    }

    pub(super) fn letters(&self) -> &[u8] {
        &self.letters[..self.n]
    }
}
