//! English of chats and feedback forms.

use std::sync::LazyLock;

use super::edit::Edits;
use super::english::is_apostrophe;
use super::phrases::{Phrases, adjoin, in_case_of, stands_free, unquoted, words};

static SLANG: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("tables/slang_en.tsv")));

/// Chat English is written out: "pls fix asap thx" -> "please fix as soon as possible thanks", "w/o" -> "without", "u r"
/// -> "you are". A short form whose capitals mean something else (HR, U, DM) is written out in small letters only, and
/// never as part of an address, a tag or a name ("U-turn", "u turn", "@u").
/// Cost: "lol" takes three words; an abbreviation of a field's own may be read as slang.
/// Source: `tables/slang_en.tsv`.
pub(super) fn expand_slang(text: &str, edits: &mut Edits<'_>) {
    let mut all = words(text, |c| c.is_alphanumeric() || is_apostrophe(c) || c == '/');
    for word in &mut all {
        *word = unquoted(text, word);
    }
    let shouts = !text.bytes().any(|b| b.is_ascii_lowercase());
    let mut at = 0;
    while at < all.len() {
        let range = all[at].clone();
        let word = &text[range.clone()];
        at += 1;
        if word.is_empty() || word.len() > 12 || !word.is_ascii() || hyphenated(text, range.start, range.end)
        {
            continue;
        }
        let next = |count: usize| {
            let next = all.get(at - 1 + count)?;
            (adjoin(text, &all[at + count - 2], next) && stands_free(text, next) && next.len() <= 12)
                .then(|| text[next.clone()].to_ascii_lowercase())
        };
        let Some((count, row)) = SLANG.longest(&word.to_ascii_lowercase(), next) else { continue };
        at += count - 1;
        // A key that stands for itself only keeps a shorter one from acting: "u turn".
        let end = all[at - 1].end;
        let itself = row.right.is_some_and(|right| right.eq_ignore_ascii_case(&text[range.start..end]));
        let code = row.note == "other" && word.bytes().any(|b| b.is_ascii_uppercase());
        if let Some(right) = row.right.filter(|_| !code && !itself && stands_free(text, &range)) {
            edits.replace(range.start..end, &in_case_of(word, right, shouts));
        }
    }
}

/// Part of a word with hyphens.
fn hyphenated(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let joins = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'-');
    joins(start.checked_sub(1)) || joins(Some(end))
}

#[cfg(test)]
mod tests {
    use super::super::edit::edited;
    use super::*;

    /// No word that is written out leads to another.
    #[test]
    fn one_pass_is_enough() {
        for (slang, right) in SLANG.keys() {
            assert_eq!(edited(slang, expand_slang), right, "{slang}");
            assert_eq!(edited(right, expand_slang), right, "{slang}");
        }
    }

    #[test]
    fn capitals_and_neighbours_count() {
        assert_eq!(edited("Pls fix ASAP. Thx!", expand_slang), "Please fix as soon as possible. Thanks!");
        assert_eq!(edited("PLS FIX IT", expand_slang), "PLEASE FIX IT");
        assert_eq!(edited("coffee w/o sugar, 'idk'", expand_slang), "coffee without sugar, 'I do not know'");
        for same in
            ["HR said no", "make a U turn", "u-turn", "U-turn", "@u", "u.com", "pls_fix", "24/7", "#fyi", "K"]
        {
            assert_eq!(edited(same, expand_slang), same);
        }
    }
}
