//! In: an Arabic word. Out: the ways to take و ف ب ل ك ال off its front, and how known the word is with or without.
//! Law: what is taken off is a conjunction, then a preposition, then the article; at least two letters stay.

use super::words::{self, Use};

/// What kind of word a proclitic goes before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Before {
    /// و or ف: any word.
    Any,
    /// ب, ل or ك: a noun or a particle.
    Preposition,
    /// ال or لل: a noun.
    Noun,
}

/// What standard Arabic writes onto a word. Rules that read dialects or names have lists of their own, as other things
/// are written onto those; `segment` weighs letter by letter how often each reading occurs.
const PROCLITICS: &[(&str, Before)] = &[
    ("و", Before::Any),
    ("ف", Before::Any),
    ("ب", Before::Preposition),
    ("ل", Before::Preposition),
    ("ك", Before::Preposition),
    ("وب", Before::Preposition),
    ("ول", Before::Preposition),
    ("وك", Before::Preposition),
    ("فب", Before::Preposition),
    ("فل", Before::Preposition),
    ("ال", Before::Noun),
    ("لل", Before::Noun),
    ("وال", Before::Noun),
    ("فال", Before::Noun),
    ("بال", Before::Noun),
    ("كال", Before::Noun),
    ("ولل", Before::Noun),
    ("فلل", Before::Noun),
    ("وبال", Before::Noun),
    ("فبال", Before::Noun),
    ("وكال", Before::Noun),
];

/// Ways to part `word`: the proclitic and what it goes before.
pub(super) fn parted(word: &str) -> impl Iterator<Item = (&'static str, Before)> {
    let opens = matches!(word.chars().next(), Some('و' | 'ف' | 'ب' | 'ل' | 'ك' | 'ا'));
    PROCLITICS
        .iter()
        .copied()
        .filter(move |(taken, _)| opens && word.starts_with(taken) && word.len() >= taken.len() + 4)
}

/// Use of `word`, or of the best known of its stems of three letters or more.
pub(super) fn arabic_use(word: &str) -> Use {
    let whole = words::arabic(word).unwrap_or_default();
    parted(word)
        .filter(|(taken, _)| word.len() >= taken.len() + 6)
        .filter_map(|(taken, _)| words::arabic(&word[taken.len()..]))
        .fold(whole, |best, stem| if weight(stem) > weight(best) { stem } else { best })
}

/// One number for a word's use.
pub(super) fn weight(seen: Use) -> u8 {
    seen.edited.max(seen.typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_known_behind_proclitics() {
        assert!(weight(arabic_use("وبالتطبيق")) >= weight(words::arabic("تطبيق").unwrap_or_default()));
        assert_eq!(weight(arabic_use("ععععع")), 0);
        assert_eq!(parted("في").count(), 0);
    }
}
