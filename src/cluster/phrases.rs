//! Runs of words that could name a cause, and how a chosen one is written.

use std::collections::BTreeMap;

use super::stems::{fold, without_conjunction};
use super::words::{Class, Vocabulary, Word};
use crate::comment::Language;

/// Longest name, in words.
const LONGEST: usize = 6;

/// Words that open what a message says: a phrase in front of one is unfinished ("message saying that").
const THAT: [&str; 6] = ["that", "ان", "بان", "انه", "بانه", "انو"];
/// Helpers of "not" that a name keeps.
const DO: [&str; 7] = ["do", "does", "did", "can", "could", "will", "would"];

/// One place where a phrase stands in a clause.
pub(super) struct Occurrence<'a, 'b> {
    pub words: &'b [Word<'a>],
    /// No content word stands right in front.
    pub begins: bool,
    /// How finished it is: 0 in front of its object ("swallow" in "swallow my card"), 0.4 in front of a content word.
    pub ends: f64,
}

/// Phrases of one to six words that stand on content words at both edges.
pub(super) fn phrases<'a, 'b>(text: &'b [Word<'a>]) -> impl Iterator<Item = Occurrence<'a, 'b>> {
    (0..text.len()).flat_map(move |from| {
        let longest = text[from..]
            .iter()
            .enumerate()
            .take(LONGEST)
            .take_while(|(i, word)| !word.is_break() && (*i == 0 || !word.starts_phrase))
            .count();
        let open = !is_bound(text, from);
        (1..=longest).filter(move |_| open).map(move |n| from + n).filter_map(move |to| {
            let before = preceding(text, from);
            // "Did not get" for "not get".
            let helped = is_bare_not(&text[from])
                && before.is_some_and(|word| DO.contains(&fold(word.surface).as_str()));
            if !reads_alone(&text[from..to], helped) {
                return None;
            }
            let after = text.get(to).filter(|word| !word.starts_phrase);
            if after.is_some_and(|word| word.class == Class::Particle) {
                return None;
            }
            let ends = match after {
                Some(word) if matches!(word.class, Class::Determiner | Class::Number) => 0.0,
                Some(word) if THAT.contains(&fold(word.surface).as_str()) => 0.0,
                Some(word) if word.is_content() => 0.4,
                _ => 1.0,
            };
            // "How long do transfers" waits for its verb.
            if text[from].class == Class::Degree && after.is_some_and(|word| word.class != Class::Link) {
                return None;
            }
            let begins = !before.is_some_and(Word::is_content) && !is_denied_afar(text, from);
            let start = if helped { from - 1 } else { from };
            Some(Occurrence { words: &text[start..to], begins, ends })
        })
    })
}

fn preceding<'a, 'b>(text: &'b [Word<'a>], at: usize) -> Option<&'b Word<'a>> {
    (at > 0 && !text[at].starts_phrase).then(|| &text[at - 1])
}

/// "received" must not stand for "not received" or "not been received", nor "long" for "how long".
fn is_bound(text: &[Word], from: usize) -> bool {
    let Some(before) = preceding(text, from) else {
        return false;
    };
    let turned = |word: &Word| matches!(word.class, Class::Negator | Class::Degree);
    turned(before) || before.class == Class::Link && preceding(text, from - 1).is_some_and(turned)
}

/// "won't my card work": what follows "my" is likely part of the denial.
fn is_denied_afar(text: &[Word], from: usize) -> bool {
    preceding(text, from).is_some_and(|before| before.class == Class::Determiner)
        && preceding(text, from - 1).is_some_and(|word| word.class == Class::Negator)
}

/// "لتصل" (that it arrives): a verb tied by "ل" to words in front of it, lost without them.
fn is_tied_verb(word: &Word) -> bool {
    let folded = fold(word.surface);
    folded.chars().count() > 3 && ["لت", "لي", "لن"].iter().any(|start| folded.starts_with(start))
}

fn is_bare_not(word: &Word) -> bool {
    word.class == Class::Negator && fold(word.surface) == "not"
}

/// `helped`: a helper of "not" stands in front, and will be shown.
fn reads_alone(phrase: &[Word], helped: bool) -> bool {
    let (Some(first), Some(last)) = (phrase.first(), phrase.last()) else {
        return false;
    };
    let second_is_content = phrase.get(1).is_some_and(Word::is_content);
    let opens = match first.class {
        Class::Content | Class::Generic => !is_tied_verb(first),
        // "Didn't my transfer" is the head of a question, "not been" a verb without its helper.
        Class::Negator => phrase.get(1).is_some_and(|word| {
            word.class != Class::Determiner && (helped || !is_bare_not(first) || word.class != Class::Link)
        }),
        Class::Degree => second_is_content && phrase.len() > 2,
        _ => false,
    };
    let closes =
        last.is_content() && !is_tied_verb(last) || last.class == Class::Particle && phrase.len() > 1;
    let joins = phrase.windows(3).all(|three| {
        three[1].class != Class::Join || three[0].is_content() && three[2].class == Class::Content
    });
    // "card 2 weeks" is two phrases; "in 2 weeks" is one.
    let counts = phrase.windows(2).all(|two| two[1].class != Class::Number || two[0].class == Class::Link);
    opens && closes && joins && counts
}

/// A clause that is a name as it stands, less the "but" in front: two to six words, no stop inside, whole at both ends.
pub(super) fn whole<'a, 'b>(text: &'b [Word<'a>]) -> Option<&'b [Word<'a>]> {
    let leans = |word: &Word| matches!(word.class, Class::Conjunction | Class::Join);
    let from = text.iter().take_while(|word| leans(word)).count();
    let text = &text[from..];
    let (first, last) = (text.first()?, text.last()?);
    let stands = (2..=LONGEST).contains(&text.len())
        && !text[1..].iter().any(|word| word.starts_phrase)
        && first.class != Class::Link
        && !leans(last)
        && last.class != Class::Determiner
        && text.iter().any(Word::is_content);
    stands.then_some(text)
}

/// The spelling of a name, from its spellings in the clauses: the most frequent one, first by text among equals.
pub(super) fn surface(
    spellings: &BTreeMap<Vec<&str>, usize>,
    vocabulary: &Vocabulary,
    language: Language,
) -> Option<String> {
    let mut written: BTreeMap<String, usize> = BTreeMap::new();
    for (words, n) in spellings {
        let text = match language {
            Language::Ar => arabic(words, vocabulary),
            _ => english(words, vocabulary),
        };
        *written.entry(text).or_default() += n;
    }
    let best = written.values().max()?;
    written.iter().find(|(_, n)| *n == best).map(|(text, _)| text.clone())
}

/// Lower case with a capital in front; words that at least a third of the clauses shout ("ATM") stay shouted.
fn english(words: &[&str], vocabulary: &Vocabulary) -> String {
    let written = |word: &&str| {
        let lower = fold(word);
        if lower == "i" || lower.starts_with("i'") {
            return lower.replacen('i', "I", 1);
        }
        if vocabulary.is_acronym(&lower) {
            return lower.to_uppercase();
        }
        match lower.strip_suffix('s').filter(|one| vocabulary.is_acronym(one)) {
            Some(one) => one.to_uppercase() + "s",
            None => lower,
        }
    };
    let text = words.iter().map(written).collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// As written, but for what ties the first word to words that are gone: "ورسوم" (and fees) is "رسوم", "للتحويل" (for
/// the transfer) is "التحويل", each only if customers also write the word alone.
fn arabic(words: &[&str], vocabulary: &Vocabulary) -> String {
    let Some((first, rest)) = words.split_first() else {
        return String::new();
    };
    let folded = fold(first);
    let met = |word: &str| vocabulary.met.get(word).copied().unwrap_or(0);
    let more_met = |bare: &str| met(bare) > met(&folded).min(met(bare) / 2 + 1);
    let untied = match (without_conjunction(&folded), folded.strip_prefix("لل")) {
        (Some(bare), _) if more_met(bare) => first.chars().skip(1).collect(),
        (_, Some(bare)) if met(&format!("ال{bare}")) > 0 => {
            format!("ال{}", first.chars().skip(2).collect::<String>())
        }
        _ => match folded.strip_prefix(['ب', 'ل']) {
            Some(bare) if bare.chars().count() > 3 && more_met(bare) && met(bare) > met(&folded) => {
                first.chars().skip(1).collect()
            }
            _ => (*first).to_owned(),
        },
    };
    std::iter::once(untied.as_str()).chain(rest.iter().copied()).collect::<Vec<_>>().join(" ")
}
