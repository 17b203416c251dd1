//! Common misspellings.

use std::ops::Range;
use std::sync::LazyLock;

use super::chars::is_arabic_mark;
use super::clitics::{Before, parted};
use super::edit::Edits;
use super::english::is_apostrophe;
use super::folds::same;
use super::phrases::{Phrases, Row, adjoin, in_case_of, stands_free, unquoted, words};
use super::words;

static ARABIC: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("tables/spelling_ar.tsv")));
static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("tables/spelling_en.tsv")));

/// Common misspellings of both languages become right: "الى" -> "إلى", "انشاء الله" -> "إن شاء الله", "نضام" ->
/// "نظام", "recieve" -> "receive", "costumer service" -> "customer service". Words of the table are found behind
/// و ف ب ل ك ال and before pronouns where the whole is no better known word. Beyond the table three patterns act, each
/// only where edited text knows the result and not the word: a bare first alef takes its hamza, a final ى becomes ي,
/// a final آ becomes ا. ان alone stays: it may be أن or إن.
/// Cost: a dialect word written like a misspelling takes the standard spelling ("سيء" too).
/// Source: `tables/spelling_ar.tsv`, `tables/spelling_en.tsv`, `tables/words_ar.tsv`.
pub(super) fn spell_fix(text: &str, folds: usize, edits: &mut Edits<'_>) {
    let all = words(text, is_part);
    let mut at = 0;
    while at < all.len() {
        let word = unquoted(text, &all[at]);
        let found = match text[word.clone()].chars().next() {
            Some('\u{620}'..='\u{64a}') if word.len() <= 48 => arabic_at(text, &all, at, folds),
            Some(c) if c.is_ascii_alphabetic() && word.len() <= 24 => english_at(text, &all, at),
            _ => None,
        };
        let Some((count, right)) = found.filter(|_| stands_free(text, &word)) else {
            at += 1;
            continue;
        };
        let end = unquoted(text, &all[at + count - 1]).end;
        edits.replace(word.start..end, &right);
        at += count;
    }
}

/// Part of a word as this rule reads it.
pub(super) fn is_part(c: char) -> bool {
    // The letters of most text first: the tables of Unicode are slower.
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{620}'..='\u{64a}')
        || is_apostrophe(c)
        || (!c.is_ascii() && (c.is_alphanumeric() || is_arabic_mark(c)))
}

/// Word `count` places on from `at`, as `spell` spells it, where only blanks lie between.
fn following(
    text: &str,
    all: &[Range<usize>],
    at: usize,
    count: usize,
    spell: fn(&str) -> String,
) -> Option<String> {
    let next = all.get(at + count)?;
    (adjoin(text, &all[at + count - 1], next) && stands_free(text, next) && next.len() <= 48)
        .then(|| spell(&text[unquoted(text, next)]))
}

fn english_at(text: &str, all: &[Range<usize>], at: usize) -> Option<(usize, String)> {
    let word = &text[unquoted(text, &all[at])];
    let (count, row) =
        ENGLISH.longest(&plain_english(word), |n| following(text, all, at, n, plain_english))?;
    // Short words in capitals are codes.
    let capitals = word.bytes().all(|b| !b.is_ascii_lowercase());
    (!capitals || word.len() > 3).then(|| (count, in_case_of(word, row.right.unwrap_or(word), true)))
}

fn plain_english(word: &str) -> String {
    word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() }).collect()
}

/// The letters of a word without its marks.
pub(super) fn letters(word: &str) -> String {
    word.chars().filter(|c| !is_arabic_mark(*c)).collect()
}

fn arabic_at(text: &str, all: &[Range<usize>], at: usize, folds: usize) -> Option<(usize, String)> {
    let word = &text[unquoted(text, &all[at])];
    let plain = letters(word);
    let next = |n| following(text, all, at, n, letters);
    let stays = |wrong: &str, right: &str| folds != 0 && same(wrong, right, folds);
    if let Some((count, row)) = ARABIC.longest(&plain, next) {
        let end = unquoted(text, &all[at + count - 1]).end;
        let right = row.right?;
        // "خطًا" is a line, not "خطأ": the tanwin sits on the letter.
        if count == 1 && plain.len() < word.len() && plain.ends_with('ا') && right.ends_with('أ') {
            return None;
        }
        let same = stays(&letters(&text[unquoted(text, &all[at]).start..end]), right);
        return (!same)
            .then(|| (count, if count == 1 { with_marks(word, right) } else { right.to_string() }));
    }
    // A phrase behind و or ف.
    for (taken, _) in parted(&plain).filter(|parts| parts.1 == Before::Any) {
        let stem = &plain[taken.len()..];
        if let Some((count, row)) =
            ARABIC.longest(stem, next).filter(|found| found.0 > 1 && found.1.note == "and")
        {
            let end = unquoted(text, &all[at + count - 1]).end;
            let right = format!("{taken}{}", row.right?);
            let same = stays(&letters(&text[unquoted(text, &all[at]).start..end]), &right);
            return (!same).then_some((count, right));
        }
    }
    let right = parted_fix(&plain).or_else(|| pattern_fix(&plain, plain.len() < word.len()))?;
    (!stays(&plain, &right)).then(|| (1, with_marks(word, &right)))
}

/// `right` with the marks of `word`: all where it has as many letters, else the tanwin that a final ء carries.
fn with_marks(word: &str, right: &str) -> String {
    const TANWIN: char = '\u{64b}';
    let plain = word.chars().filter(|c| !is_arabic_mark(*c)).count();
    if plain == right.chars().count() {
        let mut new = right.chars();
        return word.chars().filter_map(|c| if is_arabic_mark(c) { Some(c) } else { new.next() }).collect();
    }
    let tanwin = right.ends_with('ء') && word.contains(TANWIN);
    right.chars().chain(tanwin.then_some(TANWIN)).collect()
}

/// Pronouns that end a noun.
const PRONOUNS: &[&str] = &["ها", "هم", "هن", "كم", "نا", "ه", "ك", "ي"];

/// A word of the table behind proclitics or before a pronoun.
fn parted_fix(word: &str) -> Option<String> {
    let whole = words::arabic(word);
    // What edited text is full of is no slip.
    if whole.is_some_and(|seen| seen.edited > 8) {
        return None;
    }
    let likely = |right: &String| {
        whole.is_none_or(|seen| words::arabic(right).unwrap_or_default().edited >= seen.edited + 3)
    };
    for (taken, before) in parted(word) {
        let stem = &word[taken.len()..];
        // A short stem behind one letter is too often part of another word: كاهل is not ك + اهل.
        if stem.len() < 8 && !(before == Before::Noun || taken == "و") {
            continue;
        }
        // و goes before anything: the word without it being typed much oftener is enough.
        let joined = || {
            let seen = whole.unwrap_or_default();
            let bare = words::arabic(stem).unwrap_or_default();
            taken == "و" && seen.edited == 0 && bare.typed >= seen.typed + 4
        };
        // ف and ك are letters of many words, فاصلا and كامل: the result must be known.
        let glued = matches!(taken, "ف" | "ك");
        let right = single(stem)
            .filter(|row| takes(row.note) >= Some(before))
            .and_then(|row| Some(format!("{taken}{}", row.right?)))
            .or_else(|| (before != Before::Noun).then(|| with_pronoun(taken, stem)).flatten());
        let open = || if before == Before::Noun { open_teh(taken, stem) } else { None };
        let right =
            right.filter(|right| (likely(right) || joined()) && !(glued && words::arabic(right).is_none()));
        if let Some(right) = right.or_else(open) {
            return Some(right);
        }
    }
    with_pronoun("", word).filter(likely)
}

fn single(stem: &str) -> Option<Row> {
    ARABIC.get(stem).filter(|row| row.right != Some(stem))
}

/// What may go before a word of the table.
fn takes(note: &str) -> Option<Before> {
    match note {
        "and" => Some(Before::Any),
        "preposition" => Some(Before::Preposition),
        "article" => Some(Before::Noun),
        _ => None,
    }
}

/// A noun of the table that ends in ة, written with ه; the ه is another rule's: "الاداره" -> "الإداره".
fn open_teh(taken: &str, stem: &str) -> Option<String> {
    let closed = format!("{}ة", stem.strip_suffix('ه')?);
    let row = single(&closed).filter(|row| row.note == "article")?;
    Some(format!("{taken}{}ه", row.right?.strip_suffix('ة')?))
}

/// A noun of the table before a pronoun: "اسعاركم" -> "أسعاركم", "ادارتهم" -> "إدارتهم".
fn with_pronoun(taken: &str, stem: &str) -> Option<String> {
    PRONOUNS.iter().find_map(|pronoun| {
        let base = stem.strip_suffix(pronoun).filter(|base| base.len() >= 8)?;
        let noun = |word: &str| single(word).filter(|row| row.note == "article")?.right;
        let right = match base.strip_suffix('ت').and_then(|open| noun(&format!("{open}ة"))) {
            Some(right) => format!("{}ت", right.strip_suffix('ة')?),
            // ة opens and ء changes its seat before a pronoun.
            None => {
                noun(base).filter(|right| !right.ends_with(['ة', 'ء']) && !right.contains(' '))?.to_string()
            }
        };
        Some(format!("{taken}{right}{pronoun}"))
    })
}

/// Edited text holds the word this often (in bits of the count) before a pattern trusts it.
const TRUSTED: u8 = 5;

/// A spelling that edited text knows for a word that it does not know.
fn pattern_fix(word: &str, marked: bool) -> Option<String> {
    let seen = words::arabic(word).unwrap_or_default();
    if word.len() < 6 || seen.edited > 0 {
        return None;
    }
    let trusted = |right: &str| words::arabic(right).unwrap_or_default().edited >= TRUSTED;
    if let Some(open) = word.strip_suffix('آ') {
        return Some(format!("{open}ا"));
    }
    if let Some(open) = word.strip_suffix('ى') {
        // Passives end in ى by right (تُراعى, المشترى): people must be seen to type the word so, or it is an adjective.
        let adjective = open.starts_with("ال") && !open.starts_with("الم");
        return Some(format!("{open}ي"))
            .filter(|right| right.len() > 6 && trusted(right) && !marked && (adjective || seen.typed > 2));
    }
    let mut fronts = [("", Before::Any)].into_iter().chain(parted(word));
    fronts.find_map(|(taken, _)| {
        let rest =
            word[taken.len()..].strip_prefix('ا').filter(|rest| rest.len() >= 6 && !rest.starts_with('ل'))?;
        let mut seats: Vec<(u8, String)> = ['أ', 'إ', 'آ']
            .iter()
            .map(|alef| format!("{taken}{alef}{rest}"))
            .map(|right| (words::arabic(&right).unwrap_or_default().edited, right))
            .collect();
        seats.sort();
        let (best, right) = seats.pop()?;
        let second = seats.pop()?.0;
        (best >= TRUSTED && best >= second + 3).then_some(right)
    })
}

#[cfg(test)]
mod tests {
    use super::super::edit::edited;
    use super::super::folds::{FOLDS, folded};
    use super::*;

    fn fixed(text: &str, folds: usize) -> String {
        edited(text, |text, edits| spell_fix(text, folds, edits))
    }

    /// Whatever folds run beside it, the rule comes to rest on every key of its tables.
    #[test]
    fn folds_and_repairs_come_to_rest() {
        for (key, _) in ARABIC.keys().chain(ENGLISH.keys()) {
            for folds in 0..1 << FOLDS.len() {
                let mut text = key.to_string();
                for _ in 0..4 {
                    text = folded(&fixed(&text, folds), folds).collect();
                }
                assert_eq!(folded(&fixed(&text, folds), folds).collect::<String>(), text, "{key} {folds:b}");
            }
        }
    }

    /// Every fix of the table is right at once.
    #[test]
    fn one_pass_is_enough() {
        for (key, right) in ARABIC.keys().chain(ENGLISH.keys()) {
            assert_eq!(fixed(key, 0), *right, "{key}");
            assert_eq!(fixed(right, 0), *right, "{key}");
        }
    }

    #[test]
    fn clitics_and_pronouns() {
        for (wrong, right) in [
            ("والاسعار", "والأسعار"),
            ("باسعاركم", "بأسعاركم"),
            ("لادارتكم", "لإدارتكم"),
            ("الاداره", "الإداره"),
            ("وانشاء الله", "وإن شاء الله"),
            ("بهاذا", "بهذا"),
            ("اولاً", "أولاً"),
            ("عادى", "عادي"),
            ("شكرآ", "شكرا"),
        ] {
            assert_eq!(fixed(wrong, 0), right);
        }
        for same in ["فاهم", "كاهل", "فاصل", "كانا", "كانت", "واحد", "مستشفى", "ان", "الي", "#الى", "الى_هنا"]
        {
            assert_eq!(fixed(same, 0), same);
        }
    }
}
