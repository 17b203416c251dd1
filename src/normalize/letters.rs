//! Letters that are written more than one way.

use super::chars::is_arabic_mark;
use super::pass::To;
use super::tables::{CharMap, FOREIGN, LOOKALIKES};

fn by_table(c: char, map: &CharMap) -> To {
    if c.is_ascii() { To::Same } else { To::text(map.get(c)) }
}

/// Letters of Persian and Urdu keyboards become the Arabic ones they look like: U+06CC -> U+064A, U+06A9 -> U+0643,
/// "سیئة" -> "سيئة". پ چ گ ڤ write real sounds of Gulf, Iraqi and Egyptian speech and stay.
/// Cost: Persian text takes Arabic letters.
/// Source: `tables/lookalikes.tsv`.
pub(super) fn unify_lookalikes(c: char) -> To {
    by_table(c, &LOOKALIKES)
}

/// Letters for sounds standard Arabic lacks become the nearest letter: چ -> ج, گ -> ق, پ -> ب, ڤ -> ف.
/// Cost: merges Iraqi چان with جان.
/// Source: `tables/foreign_letters.tsv`.
pub(super) fn fold_foreign_letters(c: char) -> To {
    by_table(c, &FOREIGN)
}

/// U+0623, U+0625, U+0622, U+0671 -> U+0627 ALEF: "أحمد" -> "احمد"; decomposed hamza on alef goes too.
/// Cost: merges أن with إن.
/// Source: common practice of Arabic search (Lucene ArabicNormalizer).
pub(super) fn fold_alef(c: char) -> To {
    match c {
        _ if is_alef_variant(c) => To::Char('\u{627}'), // ALEF
        '\u{653}'..='\u{655}' => To::Look(|text, at| {
            let base = text[..at].chars().rev().take(MARKS).find(|left| !is_arabic_mark(*left));
            To::gone(base == Some('\u{627}'))
        }),
        _ => To::Same,
    }
}

/// Marks a letter may carry before the rest counts as noise.
/// Source: Unicode Standard Annex 15, Stream-Safe Text Format.
const MARKS: usize = 30;

/// Alef with hamza, maddah or wasla.
pub(super) fn is_alef_variant(c: char) -> bool {
    matches!(c, '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}'..='\u{673}' | '\u{675}')
}

/// U+0624 -> U+0648 WAW, U+0626 -> U+064A YEH: "مؤمن" -> "مومن"; decomposed hamza goes too.
/// Cost: merges سئل with سيل.
/// Source: tasheel, the spelling that drops the hamza to its seat.
pub(super) fn fold_hamza(c: char) -> To {
    match c {
        '\u{624}' => To::Char('\u{648}'), // WAW
        '\u{626}' => To::Char('\u{64a}'), // YEH
        '\u{654}' | '\u{655}' => To::Gone,
        _ => To::Same,
    }
}

/// Every letter that carries a hamza becomes U+0621 HAMZA: "سئل" -> "سءل".
/// Cost: merges all seats of the hamza, سأل with سئل.
/// Source: the uniform mode of Arabic stemmers.
pub(super) fn fold_hamza_uniform(c: char) -> To {
    To::char(carries_hamza(c).then_some('\u{621}'))
}

/// Alef, waw or yeh with hamza.
pub(super) fn carries_hamza(c: char) -> bool {
    matches!(c, '\u{623}'..='\u{626}')
}

/// U+0649 ALEF MAKSURA -> U+064A YEH: "على" -> "علي".
/// Cost: merges the name علي with the preposition على.
/// Source: common practice of Arabic search (Lucene ArabicNormalizer).
pub(super) fn fold_alef_maksura(c: char) -> To {
    To::char((c == '\u{649}').then_some('\u{64a}'))
}

/// U+0629 TEH MARBUTA -> U+0647 HEH: "مدرسة" -> "مدرسه".
/// Cost: merges the ending ة with the pronoun ه, كتابة with كتابه.
/// Source: common practice of Arabic search (Lucene ArabicNormalizer).
pub(super) fn fold_teh_marbuta(c: char) -> To {
    To::char((c == '\u{629}').then_some('\u{647}'))
}
