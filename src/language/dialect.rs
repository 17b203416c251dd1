//! Words that give a dialect away.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::comment::DIALECTS;
use crate::normalize::{Normalizer, Table, arabic_use, dialect_words, is_arabic_word};

/// The place in [`DIALECTS`] of each dialect that [`dialect_words`] counts.
const LEXICONS: [usize; 5] = [1, 2, 3, 5, 4];
const MSA: usize = 0;
const MAGHREBI: usize = 5;
/// The least weight that tells a dialect: a weak word alone tells none.
const ENOUGH: u32 = 2;

/// A weight for each of [`DIALECTS`].
type Weights = [u32; DIALECTS.len()];

/// What the words of a text say of its dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DialectCues {
    /// Weight for each of [`DIALECTS`]; standard words count as long as no dialect has enough.
    pub weights: Weights,
}

static KEY: LazyLock<Normalizer> = LazyLock::new(|| {
    // رايع is dialect, رائع is not.
    let key = Normalizer::preset("search").and_then(|key| key.with("fold_hamza", "off"));
    key.unwrap_or_else(|_| Normalizer::empty())
});

/// Folded word -> weight by dialect: those of `tables/dialect_cues.tsv`, then one for a clear word of the lexicons that
/// one dialect or two have; two for a Maghrebi word, which hardly ever is another dialect's.
static CUES: LazyLock<HashMap<String, Weights>> = LazyLock::new(|| {
    let mut cues: HashMap<String, Weights> = HashMap::new();
    for (word, place, is_clear) in dialect_words() {
        if is_clear && !word.contains(' ') && !is_standard(word) {
            cues.entry(KEY.normalize(word).into_owned()).or_default()[LEXICONS[place]] = 1;
        }
    }
    cues.retain(|_, weights| weights.iter().sum::<u32>() < 3);
    for weights in
        cues.values_mut().filter(|weights| weights[MAGHREBI] > 0 && weights.iter().sum::<u32>() == 1)
    {
        weights[MAGHREBI] = 2;
    }
    let mut told: HashMap<String, Weights> = HashMap::new();
    for row in Table::read(include_str!("tables/dialect_cues.tsv")).rows() {
        let [word, dialect, weight, ..] = row.as_slice() else {
            continue;
        };
        let place = DIALECTS.iter().position(|name| name == dialect);
        if let (Some(place), Ok(weight)) = (place, weight.parse::<u32>()) {
            let entry = told.entry(KEY.normalize(word).into_owned()).or_default();
            entry[place] = entry[place].max(weight);
        }
    }
    cues.extend(told);
    cues
});

/// Edited text has the word, as it stands or with the ة or ى that the key folds.
fn is_standard(word: &str) -> bool {
    let is_used = |word: &str| arabic_use(word).is_some_and(|seen| seen.edited > 2);
    let ends = |plain: char, spelled: char| {
        word.strip_suffix(plain).is_some_and(|stem| is_used(&format!("{stem}{spelled}")))
    };
    is_used(word) || ends('ه', 'ة') || ends('ي', 'ى')
}

/// What the shape of a word nobody listed says: negation around a verb (مبيردوش), the Egyptian future (هيشتغل).
fn shape(word: &str) -> Option<Weights> {
    if word.chars().count() < 5 || is_arabic_word(word) {
        return None;
    }
    let is_verb = |rest: &str| rest.starts_with(['ي', 'ت', 'ن']) && is_arabic_word(rest);
    if word.starts_with('م') && word.ends_with('ش') {
        let has_present = ["مبي", "مبت", "مابي", "مه"].iter().any(|start| word.starts_with(start));
        Some(if has_present { [0, 2, 0, 1, 0, 0] } else { [0, 1, 0, 1, 0, 1] })
    } else {
        word.strip_prefix('ه').is_some_and(is_verb).then_some([0, 2, 0, 0, 0, 0])
    }
}

/// The dialect that the words of `text` point to: msa, egyptian, gulf, levantine, iraqi or maghrebi; `None` when they
/// point nowhere or two ways.
///
/// ```
/// use rasd::language::dialect_cue;
/// assert_eq!(dialect_cue("الخدمة وحشة اوي ومحدش بيرد"), Some("egyptian"));
/// assert_eq!(dialect_cue("التطبيق بطيء"), None);
/// assert!(matches!(dialect_cue("لم تصل بطاقتي بعد"), None | Some("msa")));
/// ```
pub fn dialect_cue(text: &str) -> Option<&'static str> {
    dialect_cues(text).verdict().map(|(place, _)| DIALECTS[place])
}

/// Adds up the dialect words of `text`.
pub(crate) fn dialect_cues(text: &str) -> DialectCues {
    let key = KEY.normalize(text);
    let mut weights: Weights = [0; 6];
    for word in key.split_whitespace() {
        let bare = word.strip_prefix(['و', 'ف', 'ب']).filter(|rest| rest.chars().count() > 2);
        let listed = CUES.get(word).or_else(|| CUES.get(bare?)).copied();
        let said = listed.or_else(|| shape(word)).unwrap_or_default();
        for (sum, weight) in weights.iter_mut().zip(said) {
            *sum += weight;
        }
    }
    // A dialect word outweighs the standard words around it.
    if weights[MSA + 1..].iter().any(|&weight| weight >= ENOUGH) {
        weights[MSA] = 0;
    }
    DialectCues { weights }
}

impl DialectCues {
    /// The place in [`DIALECTS`] that the words point to and its lead over the next; `None` when they point nowhere or
    /// two ways.
    pub fn verdict(&self) -> Option<(usize, u32)> {
        let dialects = || self.weights.iter().copied().enumerate().skip(MSA + 1);
        let (best, weight) = dialects().max_by_key(|&(place, weight)| (weight, Reverse(place)))?;
        let second = dialects().filter(|&(place, _)| place != best).map(|entry| entry.1).max().unwrap_or(0);
        if weight >= ENOUGH && weight > second {
            return Some((best, weight - second));
        }
        let standard = self.weights[MSA];
        (standard >= ENOUGH && standard > 2 * weight).then(|| (MSA, standard - 2 * weight))
    }
}
