//! The ending ة written as ه.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::chars::{is_arabic_letter, is_arabic_mark};
use super::clitics::{Before, parted};
use super::edit::Edits;
use super::tables::Table;
use super::words::{self, Use};

/// Words whose ending is known by hand: `ة`, `ه` of the word itself, or `pronoun`.
static ENDINGS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| Table::read(include_str!("tables/heh_endings.tsv")).pairs().collect());

/// A final ه becomes ة where edited text knows the word with ة and not with ه: "الخدمه سيئه" -> "الخدمة سيئة". A word
/// whose ه is of its root (وجه, الله, مياه) or may be a pronoun (كتابه, خدمته, عليه) stays: other pronouns are seen on
/// the same stem, or the table names it.
/// Cost: leaves a noun alone that takes both, طريقه for طريقة; a rare "his" with no other pronoun attested goes.
/// Source: `tables/words_ar.tsv`, `tables/heh_endings.tsv`.
pub(super) fn restore_teh_marbuta(text: &str, folded: bool, edits: &mut Edits<'_>) {
    // The fold would undo it.
    if folded || !text.contains('ه') {
        return;
    }
    let mut word = String::new();
    let mut last = (0, ' ');
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_arabic_letter(c) {
            word.push(c);
        } else if !is_arabic_mark(c) || word.is_empty() {
            if last.1 == 'ه' && !matches!(c, '_' | '\u{640}') && is_feminine(&word) {
                edits.replace_char(last.0, 'ه', 'ة');
            }
            word.clear();
        }
        last = (at, c);
    }
}

/// `word`, which ends in ه, is one that ends in ة.
fn is_feminine(word: &str) -> bool {
    if word.len() < 6 || word.len() > 40 || !word.ends_with('ه') {
        return false;
    }
    if let Some(ending) = ENDINGS.get(word) {
        return *ending == "ة";
    }
    let seen = |word: &str| words::arabic(word).unwrap_or_default();
    let closed = |word: &str| seen(&format!("{}ة", &word[..word.len() - 2]));
    let (mut heh, mut teh, mut noun) = (seen(word), closed(word), false);
    let whole = teh;
    let mut pronoun = takes_pronouns(word);
    for (taken, before) in parted(word) {
        let stem = &word[taken.len()..];
        if stem.len() < 6 {
            continue;
        }
        noun |= before == Before::Noun;
        // No pronoun ends a word with the article.
        if let Some(ending) = ENDINGS.get(stem).filter(|ending| !(noun && **ending == "pronoun")) {
            return *ending == "ة" && (noun || heh.edited == 0 || whole.edited >= heh.edited + 3);
        }
        let with = closed(stem);
        // ب in بيت is no preposition: the stem must be the better known word.
        if with.edited >= whole.edited {
            pronoun |= takes_pronouns(stem);
            heh = more(heh, seen(stem));
        }
        teh = more(teh, with);
    }
    if noun {
        let (heh, teh_whole) = (seen(word).edited, whole.edited);
        return (teh.edited >= 1 || teh.typed >= 3) && (heh == 0 || heh + 2 <= teh_whole);
    }
    if pronoun {
        return false;
    }
    match heh.edited {
        0 => teh.edited >= 2 || (teh.typed >= 5 && teh.typed + 1 >= heh.typed),
        n => teh.edited >= n + 3,
    }
}

fn more(a: Use, b: Use) -> Use {
    Use { edited: a.edited.max(b.edited), typed: a.typed.max(b.typed) }
}

/// The stem of `word`, without its ه, is seen before pronouns: the ه may be one.
fn takes_pronouns(word: &str) -> bool {
    let stem = &word[..word.len() - 2];
    let uses = ["ها", "هم", "ك", "نا", "كم", "ني"]
        .map(|pronoun| words::arabic(&format!("{stem}{pronoun}")).unwrap_or_default());
    let any = uses.iter().filter(|seen| seen.edited.max(seen.typed) > 0).count();
    any > 1 || uses.iter().any(|seen| seen.edited > 2 || seen.typed > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_told_apart() {
        for word in ["الخدمه", "سيئه", "الشركه", "مشكله", "وجوده", "سريعه", "بالنسبه", "للمره", "واحده"]
        {
            let expected = word != "وجوده";
            assert_eq!(is_feminine(word), expected, "{word}");
        }
        for word in [
            "وجه",
            "فيه",
            "الله",
            "عليه",
            "منه",
            "هذه",
            "مياه",
            "انتباه",
            "كتابه",
            "خدمته",
            "اسمه",
            "والده",
            "عمله",
            "له",
            "شبيه",
            "الوجه",
            "المياه",
            "أخوه",
            "معه",
            "بوجهه",
            "الاتجاه",
            "تنبيه",
            "فقه",
            "يشبه",
            "أجره",
        ] {
            assert!(!is_feminine(word), "{word}");
        }
    }
}
