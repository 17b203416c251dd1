//! Letters that are written more than one way.

use super::chars::is_arabic_mark;
use super::edit::Edits;
use super::tables::{CharMap, FOREIGN, LOOKALIKES};

fn by_table(text: &str, edits: &mut Edits<'_>, map: &CharMap) {
    for (at, c) in text.char_indices() {
        if !c.is_ascii()
            && let Some(to) = map.get(c)
        {
            edits.replace(at..at + c.len_utf8(), to);
        }
    }
}

fn by_char(text: &str, edits: &mut Edits<'_>, to: impl Fn(char) -> char) {
    for (at, c) in text.char_indices() {
        let new = to(c);
        if new != c {
            edits.replace_char(at, c, new);
        }
    }
}

/// Letters of Persian and Urdu keyboards become the Arabic ones they look like: U+06CC -> U+064A, U+06A9 -> U+0643,
/// "سیئة" -> "سيئة". پ چ گ ڤ write real sounds of Gulf, Iraqi and Egyptian speech and stay.
/// Cost: Persian text takes Arabic letters.
/// Source: `tables/lookalikes.tsv`.
pub(super) fn unify_lookalikes(text: &str, edits: &mut Edits<'_>) {
    by_table(text, edits, &LOOKALIKES);
}

/// Letters for sounds standard Arabic lacks become the nearest letter: چ -> ج, گ -> ق, پ -> ب, ڤ -> ف.
/// Cost: merges Iraqi چان with جان.
/// Source: `tables/foreign_letters.tsv`.
pub(super) fn fold_foreign_letters(text: &str, edits: &mut Edits<'_>) {
    by_table(text, edits, &FOREIGN);
}

/// U+0623, U+0625, U+0622, U+0671 -> U+0627 ALEF: "أحمد" -> "احمد"; decomposed hamza on alef goes too.
/// Cost: merges أن with إن.
/// Source: common practice of Arabic search (Lucene ArabicNormalizer).
pub(super) fn fold_alef(text: &str, edits: &mut Edits<'_>) {
    let mut on_alef = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_alef_variant(c) => {
                edits.replace_char(at, c, '\u{627}'); // ALEF
                on_alef = false;
            }
            '\u{653}'..='\u{655}' if on_alef => edits.delete(at..at + c.len_utf8()),
            _ if is_arabic_mark(c) => {}
            _ => on_alef = c == '\u{627}',
        }
    }
}

/// Alef with hamza, maddah or wasla.
pub(super) fn is_alef_variant(c: char) -> bool {
    matches!(c, '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}'..='\u{673}' | '\u{675}')
}

/// U+0624 -> U+0648 WAW, U+0626 -> U+064A YEH: "مؤمن" -> "مومن"; decomposed hamza goes too.
/// Cost: merges سئل with سيل.
/// Source: tasheel, the spelling that drops the hamza to its seat.
pub(super) fn fold_hamza(text: &str, edits: &mut Edits<'_>) {
    for (at, c) in text.char_indices() {
        match c {
            '\u{624}' => edits.replace_char(at, c, '\u{648}'), // WAW
            '\u{626}' => edits.replace_char(at, c, '\u{64a}'), // YEH
            '\u{654}' | '\u{655}' => edits.delete(at..at + c.len_utf8()),
            _ => {}
        }
    }
}

/// Every letter that carries a hamza becomes U+0621 HAMZA: "سئل" -> "سءل".
/// Cost: merges all seats of the hamza, سأل with سئل.
/// Source: the uniform mode of Arabic stemmers.
pub(super) fn fold_hamza_uniform(text: &str, edits: &mut Edits<'_>) {
    by_char(text, edits, |c| if carries_hamza(c) { '\u{621}' } else { c });
}

/// Alef, waw or yeh with hamza.
pub(super) fn carries_hamza(c: char) -> bool {
    matches!(c, '\u{623}'..='\u{626}')
}

/// U+0649 ALEF MAKSURA -> U+064A YEH: "على" -> "علي".
/// Cost: merges the name علي with the preposition على.
/// Source: common practice of Arabic search (Lucene ArabicNormalizer).
pub(super) fn fold_alef_maksura(text: &str, edits: &mut Edits<'_>) {
    by_char(text, edits, |c| if c == '\u{649}' { '\u{64a}' } else { c });
}

/// U+0629 TEH MARBUTA -> U+0647 HEH: "مدرسة" -> "مدرسه".
/// Cost: merges the ending ة with the pronoun ه, كتابة with كتابه.
/// Source: common practice of Arabic search (Lucene ArabicNormalizer).
pub(super) fn fold_teh_marbuta(text: &str, edits: &mut Edits<'_>) {
    by_char(text, edits, |c| if c == '\u{629}' { '\u{647}' } else { c });
}
