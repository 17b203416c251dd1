//! Letters dressed up to look pretty (zakhrafa).

use std::sync::LazyLock;

use super::chars::{is_arabic_letter, is_arabic_mark};
use super::clitics::{arabic_use, weight};
use super::edit::Edits;
use super::emoji::is_emoji;
use super::tables::CharMap;

static DRESSED: LazyLock<CharMap> =
    LazyLock::new(|| CharMap::read(include_str!("tables/decorated_letters.tsv")));

/// Decoration inside words goes: the filler heh between joined letters "الہلہغہة الہعہربيہة" -> "اللغة العربية", a sign
/// between two tatweels "جـ✿ـميل" -> "جميل", letters of other alphabets that stand for the Arabic one of their shape
/// "شكڔا" -> "شكرا", and Latin words in small or raised capitals "ᴮᴬᴰ sᴇʀᴠɪᴄᴇ" -> "BAD service". A filler goes where the word
/// without it is known and the word with ه is not, or where at least two alternate with letters that join; text with
/// letters of Urdu alone keeps every ہ. Letters of other alphabets change only in a word that is then known.
/// Cost: a Kurdish or Sindhi word that looks like an Arabic one. Tatweel, marks and styled letters have rules of their own.
/// Source: `tables/decorated_letters.tsv`, `tables/words_ar.tsv`.
pub(super) fn undecorate(text: &str, edits: &mut Edits<'_>) {
    let dressed = |c: char| !c.is_ascii() && (is_filler(c) || c == TATWEEL || DRESSED.get(c).is_some());
    if !text.chars().any(dressed) {
        return;
    }
    let urdu = text.chars().any(|c| matches!(c, 'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ۓ'));
    let mut word: Vec<(usize, char)> = Vec::new();
    let mut arabic = false;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let kind =
            if is_arabic_letter(c) || c == TATWEEL || is_arabic_mark(c) { Some(true) } else { latin(c) };
        // A sign between tatweels is part of the word, and so is what comes after it.
        let inside = kind.is_none() && arabic && is_ornament(c) && tatweel_before(&word);
        if !word.is_empty() && !inside && kind != Some(arabic) {
            plain_word(&word, arabic, urdu, edits);
            word.clear();
        }
        if let Some(kind) = kind {
            arabic = kind;
            word.push((at, c));
        } else if inside {
            word.push((at, c));
        }
    }
}

const TATWEEL: char = '\u{640}';

/// A Latin letter, plain or dressed.
fn latin(c: char) -> Option<bool> {
    (c.is_ascii_alphabetic() || (!c.is_ascii() && !is_arabic_letter(c) && DRESSED.get(c).is_some()))
        .then_some(false)
}

/// A sign that is neither letter, digit, blank, punctuation of sentences nor emoji.
fn is_ornament(c: char) -> bool {
    let plain = matches!(c, '،' | '؛' | '؟' | '«' | '»' | '…' | '\u{200b}'..='\u{200f}' | '\u{fe0f}');
    !(plain || c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() || is_emoji(c))
}

/// Only ornaments lie between the end of `word` and a tatweel.
fn tatweel_before(word: &[(usize, char)]) -> bool {
    word.iter().rev().take(4).find(|(_, c)| !is_ornament(*c)).is_some_and(|(_, c)| *c == TATWEEL)
}

fn plain_word(word: &[(usize, char)], arabic: bool, urdu: bool, edits: &mut Edits<'_>) {
    // Which characters go.
    let mut gone = vec![false; word.len()];
    if arabic {
        ornaments(word, &mut gone);
        if !urdu {
            fillers(word, &mut gone);
        }
    }
    let dressed = |c: char| DRESSED.get(c).filter(|_| arabic == is_arabic_letter(c));
    let count = word.iter().filter(|(_, c)| dressed(*c).is_some()).count();
    let changes = match arabic {
        true => {
            let left = || word.iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(at, _)| at.1);
            let plain: String =
                left().filter(|c| is_arabic_letter(*c)).map(|c| dressed(c).map_or(c, first)).collect();
            count > 0 && plain.len() >= 6 && weight(arabic_use(&plain)) > 0
        }
        false => count > 1 && count * 2 >= word.len(),
    };
    for ((at, c), gone) in word.iter().zip(gone) {
        if gone {
            edits.delete(*at..at + c.len_utf8());
        } else if let Some(plain) = dressed(*c).filter(|_| changes) {
            edits.replace(*at..at + c.len_utf8(), plain);
        }
    }
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

/// Marks the signs that stand between two tatweels, and those tatweels.
fn ornaments(word: &[(usize, char)], gone: &mut [bool]) {
    let mut at = 0;
    while at < word.len() {
        if !is_sign(word[at].1) {
            at += 1;
            continue;
        }
        let end = at + word[at..].iter().take_while(|(_, c)| is_sign(*c)).count();
        let (mut from, mut to) = (at, end);
        while from > 0 && word[from - 1].1 == TATWEEL {
            from -= 1;
        }
        while word.get(to).is_some_and(|(_, c)| *c == TATWEEL) {
            to += 1;
        }
        if from > 0 && from < at && to > end && to < word.len() {
            gone[from..to].fill(true);
        }
        at = to.max(end);
    }
}

/// No letter, mark or tatweel.
fn is_sign(c: char) -> bool {
    !(is_arabic_letter(c) || is_arabic_mark(c) || c == TATWEEL)
}

/// Marks the heh of Urdu where it fills the space between two letters, and the tatweels beside it.
fn fillers(word: &[(usize, char)], gone: &mut [bool]) {
    let letters: Vec<(usize, char)> = word
        .iter()
        .enumerate()
        .filter(|(place, (_, c))| !gone[*place] && is_arabic_letter(*c))
        .map(|(place, (_, c))| (place, *c))
        .collect();
    let mut places = Vec::new();
    let mut previous = None;
    for (n, (place, c)) in letters.iter().enumerate() {
        if !is_filler(*c) {
            previous = Some(*c);
        } else if previous.is_some_and(joins) && letters[n + 1..].iter().any(|(_, c)| !is_filler(*c)) {
            places.push(*place);
        }
    }
    if places.is_empty() || letters.len() > 64 {
        return;
    }
    let with: String = letters.iter().map(|(_, c)| if is_filler(*c) { 'ه' } else { *c }).collect();
    let without: String = letters
        .iter()
        .filter(|(place, _)| places.binary_search(place).is_err())
        .map(|(_, c)| if is_filler(*c) { 'ه' } else { *c })
        .collect();
    if weight(arabic_use(&with)) > 0 {
        return;
    }
    let known = without.len() > 4 && weight(arabic_use(&without)) > 0;
    // Where neither is known, only the heh of Urdu that follows most letters that join: the other one writes real words.
    let goal = places.iter().filter(|place| word[**place].1 == '\u{6c1}').count();
    let joining = letters.iter().filter(|(_, c)| !is_filler(*c) && joins(*c)).count();
    if known || (goal > 1 && goal * 2 >= joining) {
        for place in places {
            gone[place] = true;
            let beside = |c: &&(usize, char)| c.1 == TATWEEL;
            let before = word[..place].iter().rev().take_while(beside).count();
            let after = word[place + 1..].iter().take_while(beside).count();
            gone[place - before..place + 1 + after].fill(true);
        }
    }
}

/// Heh goal and heh doachashmee, which join on both sides.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{6c1}' | '\u{6be}')
}

/// A letter that joins the one after it.
fn joins(c: char) -> bool {
    !matches!(c, 'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'د' | 'ذ' | 'ر' | 'ز' | 'ژ' | 'و' | 'ؤ' | 'ة' | 'ى' | 'ء')
}

#[cfg(test)]
mod tests {
    use super::super::edit::edited;
    use super::*;

    #[test]
    fn decoration_goes() {
        for (dressed, word) in [
            ("الہلہغہة الہعہربيہة", "اللغة العربية"),
            ("جـہـمـہـيـہـل", "جميل"),
            ("خہدمہة سہيئہة", "خدمة سيئة"),
            ("جـ✿ـمـ✿ـيل", "جميل"),
            ("ᴮᴬᴰ sᴇʀᴠɪᴄᴇ", "BAD service"),
            ("الڛلام", "السلام"),
        ] {
            assert_eq!(edited(dressed, undecorate), word);
        }
    }

    #[test]
    fn other_languages_stay() {
        for text in [
            "یہ بہت اچھا ہے",
            "ہمارا ملک",
            "جہاں",
            "مہم",
            "اتھمتھا",
            "ہميشہ",
            "گەورە",
            "bɪt",
            "x² and 1st",
            "خـدمة",
            "سيء ❤ جدا",
            "جـ❤️ـميل",
        ] {
            assert_eq!(edited(text, undecorate), text);
        }
    }
}
