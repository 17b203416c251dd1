//! Per comment: language, whether there is anything to judge, clauses, duplicates.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::cluster::near::{self, Signature};
use crate::comment::{Clause, Comment, Language};
use crate::language::DialectCues;
use crate::normalize::Normalizer;
use crate::{Result, language, segment};

use super::causes::quoting;

/// What stands for personal data in text that is shown, with the name of its count in the table `quality`.
pub(super) const MASKS: [(&str, &str); 7] = [
    ("[URL]", "with_url"),
    ("[EMAIL]", "with_email"),
    ("[USER]", "with_mention"),
    ("[PHONE]", "with_phone"),
    ("[IBAN]", "with_iban"),
    ("[CARD]", "with_card"),
    ("[ID]", "with_national_id"),
];

/// What is known of a comment before any model runs.
pub(super) struct Row<'a> {
    /// The text, empty when there is none.
    pub text: &'a str,
    pub language: Language,
    /// Of a judged comment in Arabic, Arabizi included.
    pub arabic: Option<Arabic>,
    pub no_comment: bool,
    pub mojibake: bool,
    /// Which of [`MASKS`] hide something in it.
    pub masked: [bool; MASKS.len()],
    /// Why the row is not judged.
    pub reason: Option<&'static str>,
    /// Whether it nearly repeats another row, in four fifths of its letters.
    pub near_duplicate: bool,
    /// Clauses of a judged comment.
    pub clauses: Vec<Clause>,
    /// The first row with the same matching key.
    pub duplicate_of: Option<usize>,
}

/// What its words alone say of the dialect of a comment.
pub(super) struct Arabic {
    pub n_words: usize,
    pub cues: DialectCues,
}

/// Reads every comment; the order is the rows' own.
pub(super) fn read(comments: &[Comment]) -> Result<Vec<Row<'_>>> {
    let (search, quoting) = (Normalizer::preset("search")?, quoting()?);
    let read = |comment| {
        let (row, key) = read_one(comment, &search, &quoting);
        let signature = if row.reason.is_none() { near::signature(&key) } else { None };
        (row, (key, signature))
    };
    let (mut rows, told): (Vec<Row>, Vec<(String, Option<Signature>)>) =
        comments.par_iter().map(read).unzip();
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut distinct = Vec::new();
    for (i, (key, _)) in told.iter().enumerate() {
        if rows[i].reason.is_none() && !key.is_empty() {
            let known = *first.entry(key).or_insert(i);
            rows[i].duplicate_of = (known != i).then_some(known);
            distinct.extend((known == i).then_some(i));
        }
    }
    for row in near_duplicates(&told, &distinct) {
        rows[row].near_duplicate = true;
    }
    Ok(rows)
}

/// Of the `distinct` rows, those that nearly repeat another. The keys are gone through by content: no order of rows has a say
/// in how many there are.
fn near_duplicates(told: &[(String, Option<Signature>)], distinct: &[usize]) -> Vec<usize> {
    let key = |row: usize| told[row].0.as_str();
    let mut order: Vec<(u64, usize)> = distinct.iter().map(|&row| (hash(key(row)), row)).collect();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| key(a.1).cmp(key(b.1))));
    let signatures: Vec<Option<Signature>> = order.iter().map(|&(_, row)| told[row].1.clone()).collect();
    let leaders = near::leaders(&signatures, |a, b| near::alike(key(order[a].1), key(order[b].1)));
    let repeats = leaders.into_iter().enumerate().filter(|(place, leader)| leader != place);
    repeats.map(|(place, _)| order[place].1).collect()
}

/// FNV-1a of a text, for an order in which nobody put the rows.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Which masks the text has once it may be shown and had not before.
fn masked(text: &str, quoting: &Normalizer) -> [bool; MASKS.len()] {
    let shown = quoting.normalize(text);
    MASKS.map(|(mask, _)| shown.matches(mask).count() > text.matches(mask).count())
}

fn read_one<'a>(comment: &'a Comment, search: &Normalizer, quoting: &Normalizer) -> (Row<'a>, String) {
    let text = comment.text.as_deref().unwrap_or_default();
    let empty = text.trim().is_empty();
    let no_comment = !empty && language::is_no_comment(text);
    let reason = if empty {
        Some("empty comment")
    } else if no_comment {
        Some("no comment")
    } else if language::is_gibberish(text) {
        Some("gibberish")
    } else {
        None
    };
    let language = language::detect(text);
    let is_arabic = matches!(language, Language::Ar | Language::Mixed | Language::Arabizi);
    let arabic =
        || Arabic { n_words: language::n_arabic_words(text, language), cues: language::dialect_cues(text) };
    let row = Row {
        text,
        language,
        arabic: (is_arabic && reason.is_none()).then(arabic),
        no_comment,
        mojibake: language::has_mojibake(text),
        masked: masked(text, quoting),
        reason,
        clauses: if reason.is_none() { segment::clauses(text) } else { Vec::new() },
        duplicate_of: None,
        near_duplicate: false,
    };
    (row, search.normalize(text).into_owned())
}
