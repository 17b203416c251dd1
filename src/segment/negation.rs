//! What a text denies.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{clauses, fold, words};
use crate::Span;

/// A negator and the word it denies.
///
/// ```
/// let text = "الخدمة مش كويسة";
/// let found = rasd::segment::negations(text);
/// assert_eq!(&text[found[0].cue.start..found[0].cue.end], "مش");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Negation {
    /// The negator; the whole word where it holds both, as in "don't" and "مابيردش".
    pub cue: Span,
    /// The word denied, intensifiers passed over.
    pub negated: Span,
}

/// What a listed phrase does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It denies the next word of meaning.
    Negator,
    /// It looks like a negator and is none ("ما شاء الله", "not only").
    NoNegator,
    /// It may stand between a negator and what that denies.
    Passed,
}

/// Negators and what stands around them.
static PHRASES: LazyLock<Phrases<Kind>> = LazyLock::new(|| {
    Phrases::read(include_str!("tables/negators.tsv"), |kind| match kind {
        "none" => Kind::NoNegator,
        "passed" => Kind::Passed,
        _ => Kind::Negator,
    })
});

/// A word that denies itself: "don't", "isn't", "مابيردش" and "معرفتش", ما…ش around a verb.
/// Source: the circumfix of Egyptian, Levantine and Maghrebi grammar.
fn denies_itself(word: &str) -> bool {
    if let Some(stem) = word.strip_suffix("n't") {
        return !stem.is_empty();
    }
    // Nouns of that shape (مفتش, مدهش) are rows of the table.
    word.starts_with('م') && word.ends_with('ش') && word.chars().count() >= 5
}

/// The negations of `text`, in order: a negator and the nearest word of meaning after it in the same clause.
///
/// Arabic, its dialects and English; idioms that deny nothing ("ما شاء الله", "لا بأس", "not only") are left out.
/// A contraction denies the next word ("don't work"); ما…ش around a verb denies that verb.
///
/// ```
/// let text = "مش كويس ابدا";
/// let denied: Vec<&str> =
///     rasd::segment::negations(text).iter().map(|n| &text[n.negated.start..n.negated.end]).collect();
/// assert_eq!(denied, ["كويس"]);
/// ```
pub fn negations(text: &str) -> Vec<Negation> {
    let mut found = Vec::new();
    for clause in clauses(text) {
        let part = &text[clause.span.start..clause.span.end];
        let words: Vec<(Span, String)> = words(part)
            .into_iter()
            .map(|word| {
                let (start, end) = (clause.span.start + word.start, clause.span.start + word.end);
                (Span { start, end }, fold(&part[word.start..word.end]))
            })
            .collect();
        let mut at = 0;
        while at < words.len() {
            at = match PHRASES.longest(&words[at..]) {
                Some((length, Kind::Negator)) => {
                    let cue = Span { start: words[at].0.start, end: words[at + length - 1].0.end };
                    deny(cue, at + length, &words, &mut found)
                }
                Some((length, _)) => at + length,
                None if words[at].1.ends_with("n't") && denies_itself(&words[at].1) => {
                    deny(words[at].0, at + 1, &words, &mut found)
                }
                None if denies_itself(&words[at].1) => {
                    found.push(Negation { cue: words[at].0, negated: words[at].0 });
                    at + 1
                }
                None => at + 1,
            };
        }
    }
    found
}

/// Records what the negator `cue` denies, read from word `from` on; the word to go on from.
fn deny(cue: Span, from: usize, words: &[(Span, String)], found: &mut Vec<Negation>) -> usize {
    let mut at = from;
    while at < words.len() {
        match PHRASES.longest(&words[at..]) {
            // A second negator belongs to the first ("ما في ولا موظف").
            Some((length, Kind::Passed | Kind::Negator)) => at += length,
            Some((_, Kind::NoNegator)) | None => {
                found.push(Negation { cue, negated: words[at].0 });
                return at + 1;
            }
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied(text: &str) -> Vec<&str> {
        negations(text).iter().map(|n| &text[n.negated.start..n.negated.end]).collect()
    }

    #[test]
    fn negators_of_every_variety_deny_the_next_word() {
        for (text, expected) in [
            ("الخدمة ليست جيدة ولا سريعة", vec!["جيدة", "سريعة"]),
            ("ما عجبني التطبيق", vec!["عجبني"]),
            ("مب زين", vec!["زين"]),
            ("التطبيق مو شغال", vec!["شغال"]),
            ("مفيش موظفين", vec!["موظفين"]),
            ("لا يوجد أي تعاون", vec!["تعاون"]),
            ("ماكو خدمة", vec!["خدمة"]),
            ("مابيردوش على التليفون", vec!["مابيردوش"]),
            ("محدش رد عليا", vec!["رد"]),
            ("موظف غير متعاون", vec!["متعاون"]),
            ("بدون مشاكل", vec!["مشاكل"]),
            ("not very good at all", vec!["good"]),
            ("The app doesn't work", vec!["work"]),
            ("I don\u{2019}t recommend it", vec!["recommend"]),
            ("nobody answered the phone", vec!["answered"]),
            ("never again", vec!["again"]),
            ("no staff and no parking", vec!["staff", "parking"]),
        ] {
            assert_eq!(denied(text), expected, "{text}");
        }
    }

    #[test]
    fn idioms_deny_nothing() {
        for text in [
            "ما شاء الله خدمة ممتازة",
            "لا بأس",
            "not only fast but cheap",
            "كل ما اتصل يردون",
            "ما هو السبب",
            "مفتش الجودة",
            "شيء مدهش",
            "ما زال ممتاز",
        ] {
            assert_eq!(denied(text), Vec::<&str>::new(), "{text}");
        }
    }
}
