//! In: a place in a Latin word. Out: the Arabic letters it may stand for there.
//! Law: `tables/arabizi_letters.tsv` says all there is; longer signs ("sh") stand beside shorter ones.

use crate::normalize::tables::Table;

/// An Arabic reading of a Latin sign.
pub(super) struct Sound {
    pub(super) arabic: &'static str,
    place: Place,
    /// Hundredths of a bit.
    pub(super) cost: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Any,
    Start,
    /// Neither first nor last.
    Inner,
    End,
}

/// A Latin sign of one letter or more with its readings.
pub(super) struct Grapheme {
    pub(super) latin: &'static str,
    sounds: Vec<Sound>,
}

impl Grapheme {
    /// Readings for a sign that starts at byte `at`, and whether it ends the word.
    pub(super) fn sounds(&self, at: usize, is_end: bool) -> impl Iterator<Item = &Sound> {
        self.sounds.iter().filter(move |sound| match sound.place {
            Place::Any => true,
            Place::Start => at == 0,
            Place::Inner => at > 0 && !is_end,
            Place::End => at > 0 && is_end,
        })
    }
}

/// The letter table, by first byte.
pub(super) struct Letters(Vec<Vec<Grapheme>>);

impl Letters {
    pub(super) fn new() -> Self {
        let mut letters: Vec<Vec<Grapheme>> = (0..128).map(|_| Vec::new()).collect();
        for row in Table::read(include_str!("../tables/arabizi_letters.tsv")).rows() {
            let [latin, arabic, place, bits, ..] = row.as_slice() else {
                continue;
            };
            let place = match *place {
                "start" => Place::Start,
                "inner" => Place::Inner,
                "end" => Place::End,
                _ => Place::Any,
            };
            let cost = bits.parse().map_or(2000, |bits: f32| (bits * 100.0) as u32);
            let arabic = if *arabic == "-" { "" } else { arabic };
            let sound = Sound { arabic, place, cost };
            let list = &mut letters[usize::from(latin.as_bytes()[0] & 127)];
            match list.iter_mut().find(|grapheme| grapheme.latin == *latin) {
                Some(grapheme) => grapheme.sounds.push(sound),
                None => list.push(Grapheme { latin, sounds: vec![sound] }),
            }
        }
        Self(letters)
    }

    /// The signs that start at byte `at`; a vowel written twice is one sign.
    pub(super) fn at<'l>(&'l self, latin: &'l [u8], at: usize) -> impl Iterator<Item = &'l Grapheme> {
        let rest = &latin[at..];
        let is_long = rest.len() > 1 && rest[0] == rest[1] && is_vowel(rest[0]);
        self.0[usize::from(rest[0] & 127)].iter().filter(move |grapheme| {
            rest.starts_with(grapheme.latin.as_bytes()) && !(is_long && grapheme.latin.len() == 1)
        })
    }

    /// A doubled consonant here may be the article: after a first vowel, or one behind و ب ف.
    pub(super) fn is_article(&self, latin: &[u8], at: usize) -> bool {
        let vowel = |at: usize| latin.get(at).is_some_and(|b| is_vowel(*b));
        at == 1 && vowel(0) || at == 2 && matches!(latin[0], b'w' | b'b' | b'f') && vowel(1)
    }
}

/// Latin letters that stand for vowels.
pub(super) fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}
