//! Signs above, below and between letters.

use super::chars::{is_arabic_letter, is_arabic_mark, is_mark, is_quranic, is_tashkeel};
use super::edit::Edits;
use super::pass::To;

/// U+064B..U+0652 and further vowel signs go: "سيِّئة" -> "سيئة"; Latin accents stay.
/// Cost: merges words that differ by vowels only, علم with علّم.
/// Source: Unicode Character Database, Arabic block.
pub(super) fn strip_tashkeel(c: char) -> To {
    To::gone(is_tashkeel(c))
}

/// U+0670 SUPERSCRIPT ALEF goes: "هٰذا" -> "هذا".
/// Cost: none in modern spelling.
/// Source: Unicode Character Database, Arabic block.
pub(super) fn strip_dagger_alef(c: char) -> To {
    To::gone(c == '\u{670}')
}

/// Qur'anic signs, dagger alef, small waw and yeh, and the floating maddah go: "عِبَادِهِۦٓ" loses its small yeh.
/// Cost: none outside Qur'an quotations. Decomposed "آ" must be composed (NFC) first to keep its maddah.
/// Source: Unicode Character Database, Arabic block; Unicode Standard 9.2.
pub(super) fn strip_quranic(c: char) -> To {
    To::gone(is_quranic(c))
}

/// U+0640 TATWEEL goes: "خدمـــة" -> "خدمة".
/// Cost: "هـ" (the Hijri year) merges with "ه".
/// Source: Unicode Character Database, Arabic block.
pub(super) fn strip_tatweel(c: char) -> To {
    To::gone(c == '\u{640}')
}

/// Foreign combining marks go: all of them on an Arabic letter, strike-through on any letter, and a run of three
/// or more anywhere: "خ̷د̸مة" -> "خدمة". One or two accents on a Latin letter stay.
/// Cost: three stacked accents of phonetic notation.
/// Source: Unicode Technical Report 36.
pub(super) fn strip_zalgo(text: &str, edits: &mut Edits<'_>) {
    let mut base = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_foreign_mark(c) {
            if !is_arabic_mark(c) {
                base = c;
            }
            continue;
        }
        let mut run = vec![(at, c)];
        while let Some(next) = chars.next_if(|next| is_foreign_mark(next.1)) {
            run.push(next);
        }
        let all = run.len() > 2 || is_arabic_letter(base) || base == '\u{640}';
        for (at, c) in run {
            if all || matches!(c, '\u{334}'..='\u{338}') {
                edits.delete(at..at + c.len_utf8());
            }
        }
    }
}

/// A combining mark of no Arabic use.
pub(super) fn is_foreign_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20e2}' | '\u{20e4}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}')
        && (is_mark(c) || matches!(c, '\u{488}' | '\u{489}' | '\u{20dd}'..='\u{20e4}'))
}
