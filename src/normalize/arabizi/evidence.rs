//! In: a Latin word. Out: how much more likely it is Arabizi than anything else, and its Arabic.
//! Law: only a word of the chat table or one with digits for sounds is proof; a likely spelling is a hint.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::letters::Letters;
use super::lexicon::Lexicon;
use super::ngrams::Ngrams;
use super::search::{Model, spell};
use crate::normalize::tables::Table;
use crate::normalize::words;

/// Hundredths of a bit.
const PROOF: i32 = 1200;
const HINT: i32 = 600;
const KEPT: i32 = -2000;
/// What an Arabic word costs that nobody was seen to write.
const UNKNOWN: u32 = 500;
/// What a letter costs at most, on average, in a spelling that fits.
const FIT: u32 = 175;
/// What a word costs that English has, but seldom.
const RARE: u32 = 1200;

/// How a word reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing Arabic.
    None,
    /// An Arabic word or words.
    Word(String),
    /// A proclitic, written together with the word after it.
    Joined(&'static str),
}

/// What a reading rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// A word that only Arabizi has: enough to change a text.
    Proof,
    /// A word of the chat table that another language may have.
    Listed,
    /// Spells a word in use so well that it may stand alone.
    Fits,
    /// The likeliest spelling.
    Guess,
}

/// What a word says about its language.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    /// Hundredths of a bit for Arabizi.
    pub(super) weight: i32,
    pub(super) ground: Ground,
    pub(super) reading: Reading,
}

impl Evidence {
    fn kept(weight: i32) -> Self {
        Self { weight, ground: Ground::Guess, reading: Reading::None }
    }

    /// The same, but no proof.
    pub(super) fn without_proof(self) -> Self {
        Self { weight: self.weight.min(HINT), ground: Ground::Guess, ..self }
    }

    /// Of a word that must stay.
    pub(super) fn fixed() -> Self {
        Self::kept(KEPT)
    }
}

/// Arabic and whether the word is none of another language.
static CHAT: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    let table = Table::read(include_str!("../tables/arabizi_words.tsv"));
    table.rows().iter().filter_map(|row| Some((row[0], (*row.get(1)?, *row.get(2)?)))).collect()
});

/// Frequent words of other languages in Latin letters, with the languages' codes.
static OTHER_LANGUAGES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| Table::read(include_str!("../tables/latin_words.tsv")).pairs().collect());

static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    Table::read(include_str!("../tables/latin_names.tsv")).pairs().map(|pair| pair.0).collect()
});

static LETTERS: LazyLock<Letters> = LazyLock::new(Letters::new);

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let chat = CHAT.values().filter(|entry| entry.1 != "joins").flat_map(|entry| entry.0.split(' '));
    Lexicon::new(chat)
});

/// Letter trigrams of Arabic and of English words.
static ARABIC: LazyLock<Ngrams> = LazyLock::new(|| {
    let words = words::all_arabic().map(|(word, seen)| (word, u32::from(seen.typed.max(seen.edited))));
    Ngrams::new("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ", words)
});
static ENGLISH: LazyLock<Ngrams> = LazyLock::new(|| {
    let words = words::all_english().map(|(word, seen)| (word, u32::from(seen.typed.max(seen.edited))));
    Ngrams::new("abcdefghijklmnopqrstuvwxyz'", words)
});

impl Model for Ngrams {
    type State = (usize, usize);

    fn start(&self) -> (usize, usize) {
        (0, 0)
    }

    fn step(&self, (before, last): (usize, usize), letter: char, out: &mut Vec<((usize, usize), u32)>) {
        if let Some(letter) = self.place(letter) {
            out.push(((last, letter), self.cost(before, last, letter) / 2));
        }
    }

    fn end(&self, (before, last): (usize, usize)) -> Option<u32> {
        Some(self.cost(before, last, 0))
    }

    fn ahead(&self, _: (usize, usize)) -> u32 {
        0
    }
}

/// Codes of the languages other than English in which `word` is frequent, blanks between.
pub(crate) fn languages(word: &str) -> Option<&'static str> {
    OTHER_LANGUAGES.get(word).copied()
}

/// Whether `word`, in lower case, is a name or a word of another language.
pub(super) fn is_foreign(word: &str) -> bool {
    NAMES.contains(word) || words::is_english(word) || OTHER_LANGUAGES.contains_key(word)
}

/// Whether `word` (a token's key) could prove Arabizi.
pub(super) fn may_prove(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit()) || CHAT.get(word).is_some_and(|entry| entry.1 == "clear")
}

/// The evidence of `word` (a token's key).
pub(super) fn of(word: &str) -> Evidence {
    if let Some(&(arabic, kind)) = CHAT.get(word) {
        let read = || Reading::Word(arabic.into());
        let (weight, ground, reading) = match kind {
            "clear" => (PROOF, Ground::Proof, read()),
            "joins" => (250 - used(word) * 30, Ground::Guess, Reading::Joined(arabic)),
            _ => (450 - used(word) * 50, Ground::Listed, read()),
        };
        return Evidence { weight, ground, reading };
    }
    if NAMES.contains(word) {
        return Evidence::kept(KEPT);
    }
    let other = OTHER_LANGUAGES.get(word);
    // Of these, people mix French into Arabic.
    if other.is_some_and(|codes| codes.contains("fr")) || word.len() < 2 {
        return Evidence::kept(-HINT);
    }
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return with_digits(word);
    }
    let is_laughter = word.bytes().all(|b| matches!(b, b'h' | b'a' | b'e' | b'i'));
    if has_contraction(word) || is_laughter {
        return Evidence::kept(-HINT);
    }
    // "lcommande", "l'application": the French article.
    let bare = word.strip_prefix('l').map_or(word, |rest| rest.trim_start_matches('\''));
    let is_rare = words::is_rare_english(word);
    if !is_rare && words::is_english(word)
        || bare.len() > 4 && (words::is_english(bare) || OTHER_LANGUAGES.contains_key(bare))
    {
        return Evidence::kept(-HINT - 200);
    }
    let (cost, arabic, is_word) = arabic(word);
    let length = word.len() as u32;
    let english = if is_rare { RARE } else { ENGLISH.word(word) + 500 };
    let weight = english as i32 - cost as i32;
    let most = match other {
        Some(_) => 50,
        None if is_word => HINT,
        None => 100,
    };
    let fits = is_word && !is_rare && other.is_none() && length > 4 && cost < FIT * length;
    let ground = if fits { Ground::Fits } else { Ground::Guess };
    Evidence { weight: weight.clamp(-HINT, most), ground, reading: Reading::Word(arabic) }
}

/// How often English has the word, in bits; edited text has names of its own.
fn used(word: &str) -> i32 {
    words::english(word).map_or(0, |seen| i32::from(seen.typed.max(seen.edited.saturating_sub(4))))
}

/// How unlike the words of its language a word is, in hundredths of a bit; zero for a word in use and for letters
/// that are neither ASCII nor Arabic. ASCII may be English or Arabizi, whichever suits it.
pub(crate) fn surprise(word: &str) -> u32 {
    if word.chars().all(|c| ARABIC.place(c).is_some()) {
        let bare = word.trim_start_matches(['و', 'ف', 'ب', 'ل', 'ك', 'س']);
        let is_known = words::is_arabic(word) || bare.chars().count() > 3 && words::is_arabic(bare);
        // People leave hamzas out, or put them where they do not belong.
        let folded = word.replace(['أ', 'إ', 'آ'], "ا");
        return if is_known { 0 } else { ARABIC.word(word).min(ARABIC.word(&folded)) };
    }
    let is_known =
        !word.bytes().all(|b| b.is_ascii_lowercase()) || CHAT.contains_key(word) || is_foreign(word);
    if is_known { 0 } else { ENGLISH.word(word).min(2 * arabic(word).0) }
}

/// The likeliest Arabic spelling, what it costs, and whether it is a word in use.
pub(super) fn arabic(word: &str) -> (u32, String, bool) {
    let known = spell(&*LEXICON, &LETTERS, word);
    let free = spell(&*ARABIC, &LETTERS, word).map(|(cost, text)| (cost + UNKNOWN, text));
    let (known, free) = (known.filter(|end| !end.1.is_empty()), free.filter(|end| !end.1.is_empty()));
    match (known, free) {
        (Some(known), Some(free)) if known.0 <= free.0 => (known.0, known.1, true),
        (Some(known), None) => (known.0, known.1, true),
        (_, Some(free)) => (free.0, free.1, false),
        (None, None) => (u32::MAX / 2, String::new(), false),
    }
}

/// "it's", "ma'am", "d'accord".
fn has_contraction(word: &str) -> bool {
    word.split_once('\'').is_some_and(|(before, after)| {
        before.len() == 1 || matches!(after, "s" | "t" | "re" | "ve" | "ll" | "d" | "m" | "am" | "all" | "em")
    })
}

/// What may follow a number in English: "3g", "2nd", "5star", "24hrs".
const UNITS: &[&str] = &[
    "g", "gb", "mb", "kb", "tb", "k", "m", "mm", "cm", "km", "kg", "mg", "ml", "l", "x", "d", "h", "hr",
    "hrs", "am", "pm", "st", "nd", "rd", "th", "s", "sec", "secs", "min", "mins", "yr", "yrs", "yo", "sar",
    "aed", "egp", "usd", "sr", "le", "p", "v", "w", "mp", "in", "fps", "hz", "ghz", "mbps", "ply", "pcs",
    "pc", "ppl", "ft", "lb", "lbs", "oz", "u",
];

/// A word with digits among its letters: Arabizi when the digits are sounds and the rest spells a word.
fn with_digits(word: &str) -> Evidence {
    let kept = Evidence::kept(KEPT);
    let bytes = word.as_bytes();
    let sound = |b: &u8| matches!(b, b'2' | b'3' | b'5' | b'6' | b'7' | b'8' | b'9');
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let all_sounds = bytes.iter().all(|b| !b.is_ascii_digit() || sound(b));
    let opens_number = bytes.len() > 1 && bytes[0].is_ascii_digit() && bytes[1].is_ascii_digit();
    let number = bytes.windows(2).any(|w| w[0].is_ascii_digit() && w[1].is_ascii_digit() && w[0] != w[1]);
    let tail = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let head = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if !all_sounds || opens_number || digits > 3 || letters < 2 || letters < digits {
        return kept;
    }
    let foreign = |part: &str| match part.len() {
        length if length == word.len() => false,
        0..3 => used(part) > 8 || UNITS.contains(&part),
        3..5 => used(part) > 5 || NAMES.contains(part) || UNITS.contains(&part),
        _ => is_foreign(part),
    };
    let measures = word.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty());
    if foreign(tail)
        || foreign(head)
        || measures.clone().count() > 1 && measures.clone().all(|part| UNITS.contains(&part))
    {
        return kept;
    }
    let (cost, arabic, is_word) = arabic(word);
    if number && !is_word {
        return kept;
    }
    // A code has neither vowels nor a likely spelling.
    let length = word.len() as u32;
    let is_proof =
        if is_word { cost <= 300 + 220 * length } else { length > 4 && cost <= 300 + 330 * length };
    let (weight, ground) = if is_proof { (PROOF, Ground::Proof) } else { (150, Ground::Guess) };
    Evidence { weight, ground, reading: Reading::Word(arabic) }
}
