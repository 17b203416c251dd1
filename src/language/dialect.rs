//! Words that give a dialect away.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::normalize::{Normalizer, Table};

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
        if let Some(weights) = CUES.get(word).or_else(|| CUES.get(bare?)) {
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
