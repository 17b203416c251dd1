//! Clauses: where a sentence turns, or gives a reason.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{fold, sentences, trimmed, words};
use crate::{CausalRole, Clause, Span};

/// Connectives and the role of the clause that each opens.
static CONNECTIVES: LazyLock<Phrases<Option<CausalRole>>> = LazyLock::new(|| {
    Phrases::read(include_str!("tables/connectives.tsv"), |role| match role {
        "cause" => Some(CausalRole::Cause),
        "effect" => Some(CausalRole::Effect),
        _ => None,
    })
});

/// The clauses of `text`: sentences split at commas that part two statements, at contrast (بس, لكن, but, although) and at
/// causal markers (because, due to, لأن, بسبب: cause; so, therefore, لذلك: effect). The marker opens its clause.
///
/// ```
/// use rasd::{CausalRole, segment};
/// let text = "التطبيق سهل بس الدعم سيء لأن الموظفين قليلون";
/// let clauses = segment::clauses(text);
/// let texts: Vec<&str> = clauses.iter().map(|c| &text[c.span.start..c.span.end]).collect();
/// assert_eq!(texts, ["التطبيق سهل", "بس الدعم سيء", "لأن الموظفين قليلون"]);
/// assert_eq!(clauses[2].causal_role, Some(CausalRole::Cause));
/// ```
pub fn clauses(text: &str) -> Vec<Clause> {
    let mut all = Vec::new();
    for sentence in sentences(text) {
        split(text, sentence, &mut all);
    }
    all
}

fn split(text: &str, sentence: Span, all: &mut Vec<Clause>) {
    let part = &text[sentence.start..sentence.end];
    let words: Vec<(Span, String)> =
        words(part).into_iter().map(|word| (word, fold(&part[word.start..word.end]))).collect();
    let mut start = 0;
    let mut first = 0;
    let mut role = None;
    let mut index = 0;
    let mut close = |from: usize, to: usize, role| {
        if let Some(span) = trimmed(text, sentence.start + from, sentence.start + to) {
            let body = text[span.start..span.end].trim_end_matches([',', '،', ';', '؛', '-', ' ']);
            if !body.is_empty() {
                all.push(Clause {
                    span: Span { start: span.start, end: span.start + body.len() },
                    causal_role: role,
                });
            }
        }
    };
    while index < words.len() {
        let gap_start = if index == 0 { 0 } else { words[index - 1].0.end };
        let gap = &part[gap_start..words[index].0.start];
        let found = connective(&words, index, part).filter(|_| !in_address(part, words[index].0.start));
        let stop = gap.contains(['،', ',', ';', '؛']);
        // A comma parts statements, not members of a list: two words must stand on both sides.
        let comma = stop && index >= first + 2 && statement(&words, index, part);
        let strong = gap.contains([';', '؛']) && index > first;
        if let Some((length, new_role)) = found {
            // A connective needs something before it in the sentence, or it only gives the clause its role.
            if index > first {
                close(start, words[index].0.start, role);
                start = words[index].0.start;
                first = index;
            }
            role = new_role.or(if index > first || first == index { None } else { role });
            index += length;
            continue;
        }
        if comma || strong {
            close(start, words[index].0.start, role);
            (start, first, role) = (words[index].0.start, index, None);
        }
        index += 1;
    }
    close(start, part.len(), role);
}

/// At least two words follow `index` before the next comma.
fn statement(words: &[(Span, String)], index: usize, part: &str) -> bool {
    let Some(next) = words.get(index + 1) else {
        return false;
    };
    !part[words[index].0.end..next.0.start].contains(['،', ',', ';', '؛'])
}

/// The connective at `index`: its length in words and its role.
fn connective(words: &[(Span, String)], index: usize, part: &str) -> Option<(usize, Option<CausalRole>)> {
    let (span, word) = &words[index];
    let (length, role) = CONNECTIVES.longest(&words[index..])?;
    let next = words.get(index + length)?;
    let previous = index.checked_sub(1).map(|at| words[at].1.as_str());
    let comma = part[..span.start].trim_end().ends_with([',', '،', ';', '؛']) || index == 0;
    let keep = match word.as_str() {
        // "so slow", "so that"; a new clause when a comma or a subject follows.
        "so" => {
            length > 1
                || (next.1 != "that"
                    && (comma || is_subject(&next.1))
                    && !matches!(previous, Some("and" | "is" | "was" | "are" | "not")))
        }
        // Time, not reason: "since 2019", "since yesterday".
        "since" => is_subject(&next.1) || matches!(next.1.as_str(), "the" | "my" | "your" | "their"),
        "yet" | "while" => comma || is_subject(&next.1),
        "though" => is_subject(&next.1) || next.1 == "the",
        "thanks" => length > 1 && index > 0,
        // "because of" after "not only"; "nothing but".
        "but" => !matches!(previous, Some("nothing" | "anything" | "all" | "last")),
        // "بس" at the end or before a number means "only"; "عشان" before a verb of wish still gives the reason.
        "بس" => index > 0 && !next.1.chars().all(char::is_numeric),
        "نظرا" => next.1.starts_with('ل'),
        _ => true,
    };
    let explains = match word.as_str() {
        // "عشان يرد" says what for, "عشان التأخير" why; "so what does that mean?" asks.
        "عشان" | "علشان" | "مشان" | "منشان" => {
            !(next.1.starts_with('ي') && next.1.chars().count() > 3)
        }
        "so" => !is_question(&next.1),
        _ => true,
    };
    keep.then_some((length, role.filter(|_| explains)))
}

fn is_question(word: &str) -> bool {
    matches!(
        word,
        "what"
            | "why"
            | "how"
            | "when"
            | "where"
            | "who"
            | "which"
            | "can"
            | "could"
            | "do"
            | "does"
            | "is"
            | "are"
            | "will"
    )
}

fn is_subject(word: &str) -> bool {
    matches!(
        word,
        "i" | "we"
            | "they"
            | "he"
            | "she"
            | "it"
            | "you"
            | "my"
            | "the"
            | "there"
            | "this"
            | "i'm"
            | "it's"
            | "they're"
            | "i've"
            | "we've"
    )
}

/// The word at `at` stands inside an address.
fn in_address(part: &str, at: usize) -> bool {
    part[..at].chars().next_back().is_some_and(|c| matches!(c, '/' | '.' | '@' | '_' | '-' | '='))
}
