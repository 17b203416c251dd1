//! Unicode normalization forms.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, is_nfc_quick, is_nfkc_quick};

use super::edit::Edits;
use super::signs;

/// NFC: U+0627 ALEF + U+0654 HAMZA ABOVE -> U+0623, "ا" + hamza -> "أ"; marks take canonical order.
/// Cost: none, both spellings are the same text.
/// Source: Unicode Standard Annex 15.
pub(super) fn nfc(text: &str, edits: &mut Edits<'_>) {
    by_cluster(
        text,
        edits,
        |part| is_nfc_quick(part.chars()) == IsNormalized::Yes,
        |part| part.nfc().collect(),
    );
}

/// NFKC: U+FF22 -> "B", U+FEE1 MEEM ISOLATED FORM -> "م", U+00B2 SUPERSCRIPT TWO -> "2".
/// Cost: merges "m²" with "m2" and "½" with "1⁄2".
/// Source: Unicode Standard Annex 15.
pub(super) fn nfkc(text: &str, edits: &mut Edits<'_>) {
    by_cluster(
        text,
        edits,
        |part| is_nfkc_quick(part.chars()) == IsNormalized::Yes,
        |part| part.nfkc().collect(),
    );
}

/// Normalizes stretch by stretch those that are not `right`; a stretch starts where nothing can compose with what
/// precedes.
fn by_cluster(
    text: &str,
    edits: &mut Edits<'_>,
    right: impl Fn(&str) -> bool,
    form: impl Fn(&str) -> String,
) {
    let flat = signs::flat();
    let mut start = 0;
    let mut cluster = |end: usize| {
        let part = &text[start..end];
        if !part.is_ascii() && !right(part) {
            edits.replace(start..end, &form(part));
        }
        start = end;
    };
    for (at, c) in text.char_indices() {
        if at > 0 && signs::entry(flat, c).starts {
            cluster(at);
        }
    }
    cluster(text.len());
}

/// Whether `c` can never join the character before it.
pub(super) fn starts_cluster(c: char) -> bool {
    if c.is_ascii() {
        return true;
    }
    let mut first = None;
    decompose_compatible(c, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(c);
    canonical_combining_class(first) == 0 && is_nfc_quick(std::iter::once(first)) != IsNormalized::Maybe
}
