//! Words that give a dialect away.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::normalize::{Normalizer, Table, is_arabic_word};

/// Dialects in a fixed order.
const NAMES: [&str; 6] = ["egyptian", "gulf", "levantine", "iraqi", "maghrebi", "msa"];

static KEY: LazyLock<Normalizer> =
    LazyLock::new(|| Normalizer::preset("search").unwrap_or_else(|_| Normalizer::empty()));

/// Folded word -> weight by dialect.
static CUES: LazyLock<HashMap<String, [u32; 6]>> = LazyLock::new(|| {
    let mut cues: HashMap<String, [u32; 6]> = HashMap::new();
    for row in Table::read(include_str!("tables/dialect_cues.tsv")).rows() {
        let [word, dialect, weight, ..] = row.as_slice() else {
            continue;
        };
        let place = NAMES.iter().position(|name| name == dialect);
        if let (Some(place), Ok(weight)) = (place, weight.parse::<u32>()) {
            let entry = cues.entry(KEY.normalize(word).into_owned()).or_default();
            entry[place] = entry[place].max(weight);
        }
    }
    cues
});

/// What the shape of a word nobody listed says: negation around a verb (مبيردوش), the Egyptian future (هيشتغل).
fn shape(word: &str) -> Option<[u32; 6]> {
    if word.chars().count() < 5 || is_arabic_word(word) {
        return None;
    }
    let is_verb = |rest: &str| rest.starts_with(['ي', 'ت', 'ن']) && is_arabic_word(rest);
    if word.starts_with('م') && word.ends_with('ش') {
        let has_present = ["مبي", "مبت", "مابي", "مه"].iter().any(|start| word.starts_with(start));
        Some(if has_present { [2, 0, 1, 0, 0, 0] } else { [1, 0, 1, 0, 1, 0] })
    } else {
        word.strip_prefix('ه').is_some_and(is_verb).then_some([2, 0, 0, 0, 0, 0])
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
    let key = KEY.normalize(text);
    let mut sums = [0u32; 6];
    for word in key.split_whitespace() {
        let bare = word.strip_prefix(['و', 'ف', 'ب']).filter(|rest| rest.chars().count() > 2);
        let shape = || shape(word);
        if let Some(weights) = CUES.get(word).or_else(|| CUES.get(bare?)).copied().or_else(shape) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
    }
    // A dialect word outweighs the standard words around it.
    let (best, sum) =
        (0..5).map(|place| (place, sums[place])).max_by_key(|entry| (entry.1, usize::MAX - entry.0))?;
    let second = (0..5).filter(|place| *place != best).map(|place| sums[place]).max().unwrap_or(0);
    if sum >= 2 && sum > second {
        return Some(NAMES[best]);
    }
    (sums[5] >= 2 && sum == 0).then_some("msa")
}
