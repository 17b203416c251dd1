//! Text typed with the other keyboard layout on.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::chars::{is_arabic_letter, is_arabic_mark};
use super::clitics::{Before, arabic_use, parted, weight};
use super::edit::Edits;
use super::phrases::words;
use super::tables::Table;
use super::words::{Use, arabic, english};

/// Key of an English keyboard -> what it types with the Arabic layout on, and back.
struct Layout {
    arabic: HashMap<char, &'static str>,
    english: HashMap<&'static str, char>,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    let table = Table::read(include_str!("tables/keyboard_layout.tsv"));
    let keys = || table.pairs().filter_map(|(key, types)| Some((key.chars().next()?, types)));
    let english = keys().map(|(key, types)| (types, key)).collect();
    Layout { arabic: keys().collect(), english }
});

/// Words typed with the wrong layout on are typed again: "hgsghl ugd;l" -> "السلام عليكم", "اثممخ" -> "hello". A stretch
/// of words changes where most of it is then known, and none of it as it stands; words that both languages know follow
/// the rest. Addresses, words with digits or signs no letter sits on, known English and known Arabic end a stretch;
/// beside such words more of it must be known.
/// Cost: a rare name that is typed with the keys of a known word.
/// Source: `tables/keyboard_layout.tsv` (Windows, Arabic 101), `tables/words_ar.tsv`, `tables/words_en.tsv`.
pub(super) fn fix_keyboard_layout(text: &str, edits: &mut Edits<'_>) {
    let tokens = words(text, |c| !c.is_whitespace());
    let lettered = |token: &str| token.chars().any(char::is_alphabetic);
    // Most text holds no word that is known only when typed again.
    let is_slip = |range: &Range<usize>| {
        let token = &text[range.clone()];
        lettered(token)
            && !is_native(token)
            && read(token, token.is_ascii()).is_some_and(|(_, known)| known.evidence() > 0)
    };
    if !tokens.iter().any(is_slip) {
        return;
    }
    let mut stretches: Vec<Vec<Token>> = Vec::new();
    // Whether words of Arabic and of Latin letters stand that are no slips.
    let mut native = [false; 2];
    let mut open = None;
    for range in tokens {
        let token = &text[range.clone()];
        let latin = match (lettered(token), open) {
            (true, _) => token.is_ascii(),
            (false, Some(latin)) => latin,
            (false, None) => continue,
        };
        let Some((typed, known)) = read(token, latin) else {
            native[usize::from(latin)] = true;
            open = None;
            continue;
        };
        if open != Some(latin) {
            stretches.push(Vec::new());
            open = Some(latin);
        }
        if let Some(stretch) = stretches.last_mut() {
            stretch.push(Token { odd: is_odd(token), range, typed, known });
        }
    }
    for stretch in &stretches {
        let latin = stretch.first().is_some_and(|token| text[token.range.clone()].is_ascii());
        retype(stretch, native[usize::from(latin)], edits);
    }
}

/// A word that may have been typed with the wrong layout on.
struct Token {
    range: Range<usize>,
    /// What its keys type with the other layout on.
    typed: String,
    known: Known,
    /// It has letters where no word has them.
    odd: bool,
}

/// What the words tables say of a word typed again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// A word of four keys or more.
    Well,
    /// A shorter one, or one that is a word as it stands too.
    Little,
    No,
    /// A number or a sign: no word.
    Neutral,
}

impl Known {
    fn evidence(self) -> usize {
        match self {
            Self::Well => 2,
            Self::Little => 1,
            Self::No | Self::Neutral => 0,
        }
    }
}

/// Writes the stretch as the other layout types it, where that makes words of it.
fn retype(stretch: &[Token], natives: bool, edits: &mut Edits<'_>) {
    let known = |token: &Token| token.known.evidence() > 0;
    let (Some(first), Some(last)) = (stretch.iter().position(known), stretch.iter().rposition(known)) else {
        return;
    };
    let core = &stretch[first..=last];
    let letters = |counts: fn(&Token) -> bool| -> usize {
        core.iter().filter(|token| counts(token)).map(|token| token.typed.chars().count()).sum()
    };
    let well = letters(|token| token.known == Known::Well);
    let some = letters(|token| token.known.evidence() > 0 || (token.odd && token.known == Known::No));
    let all = letters(|token| token.known != Known::Neutral);
    let evidence: usize = core.iter().map(|token| token.known.evidence()).sum();
    let long = |token: &Token| token.known == Known::Well && (token.odd || token.typed.chars().count() > 4);
    let enough = if natives { evidence > 3 } else { evidence > 2 || core.iter().any(long) };
    if !enough || well * 4 < all || some * 3 < all * 2 {
        return;
    }
    // Where much is known, the unknown words at either end belong.
    for token in if evidence > 4 { stretch } else { core } {
        edits.replace(token.range.clone(), &token.typed);
    }
}

/// Letters or signs stand in the word where none do.
fn is_odd(token: &str) -> bool {
    if token.is_ascii() {
        let inner = token.trim_matches(|c: char| c.is_ascii_punctuation());
        let vowel = |b: u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        let sign = inner.bytes().any(|b| matches!(b, b';' | b'[' | b']' | b'`'));
        return sign || !inner.bytes().any(vowel);
    }
    let final_only = |pair: &[char]| matches!(pair, ['ى' | 'ة', next] if is_arabic_letter(*next));
    let chars: Vec<char> = token.chars().collect();
    matches!(chars.first(), Some('ى' | 'ة' | 'ؤ' | 'ئ' | 'ء')) || chars.windows(2).any(final_only)
}

/// The word is one of its own language.
fn is_native(token: &str) -> bool {
    if token.is_ascii() {
        let bare = token.trim_matches(|c: char| c.is_ascii_punctuation()).to_ascii_lowercase();
        return bare.split(['\'', '-', '/', '.', ',']).all(|part| english(part).is_some());
    }
    weight(arabic_use(token.trim_end_matches(['.', ',', '!', '?', '؟', '،']))) > 0
}

/// Reads a token as keys of the other layout; `None` where it cannot be a slip.
fn read(token: &str, latin: bool) -> Option<(String, Known)> {
    if token.len() > 48 {
        return None;
    }
    if !token.chars().any(char::is_alphabetic) {
        // و, ك and ط alone are typed with signs.
        let sign = arabic_keys(token).filter(|_| latin && token.len() == 1);
        return Some(sign.map_or((token.to_string(), Known::Neutral), |typed| (typed, Known::No)));
    }
    let mut best = None;
    if latin {
        let body = token.trim_end_matches(['.', ',', '!', '?']);
        for (keys, kept) in [(token, ""), (body, &token[body.len()..])] {
            for keys in [keys.to_string(), keys.to_ascii_lowercase()] {
                let Some(typed) = arabic_keys(&keys) else { continue };
                let known = known_arabic(&typed, keys.len());
                offer(&mut best, typed + kept, known);
            }
        }
    } else {
        let body = token.trim_end_matches(['.', ',', '!', '?', '؟', '،']);
        for both in [true, false] {
            let Some(typed) = english_keys(body, both) else { continue };
            let known = known_english(typed.trim_end_matches(['.', ',', ';', '/']));
            offer(&mut best, typed + &token[body.len()..], known);
        }
    }
    let (typed, known) = best?;
    // A word as it stands is a slip only where it is one typed again too, and then it counts little.
    match (is_native(token), known) {
        (true, Known::No) => None,
        (true, _) => Some((typed, Known::Little)),
        (false, _) => Some((typed, known)),
    }
}

/// Keeps the first reading, or the first that is known.
fn offer(best: &mut Option<(String, Known)>, typed: String, known: Known) {
    if best.as_ref().is_none_or(|(_, so_far)| *so_far == Known::No && known != Known::No) {
        *best = Some((typed, known));
    }
}

/// What the keys of `token` type with the Arabic layout on; `None` where one types no letter.
fn arabic_keys(token: &str) -> Option<String> {
    let typed: String = token.chars().map(|c| LAYOUT.arabic.get(&c).copied()).collect::<Option<_>>()?;
    let first = typed.chars().next()?;
    (is_arabic_letter(first) && typed.chars().all(|c| is_arabic_letter(c) || is_arabic_mark(c)))
        .then_some(typed)
}

fn known_arabic(word: &str, keys: usize) -> Known {
    let known = |seen: Use, edited, typed| seen.edited >= edited || seen.typed >= typed;
    let whole = arabic(word).unwrap_or_default();
    let noun = parted(word)
        .filter(|(_, before)| *before == Before::Noun)
        .any(|(taken, _)| arabic(&word[taken.len()..]).is_some_and(|seen| known(seen, 3, 4)));
    match keys {
        0 | 1 => Known::No,
        2 | 3 if known(whole, 4, 5) => Known::Little,
        2 | 3 => Known::No,
        _ if known(whole, 2, 4) || noun => Known::Well,
        _ if known(arabic_use(word), 3, 5) => Known::Little,
        _ => Known::No,
    }
}

/// The keys that type `token` with the Arabic layout on; لا is one key where `both`, else two.
fn english_keys(token: &str, both: bool) -> Option<String> {
    let mut keys = String::new();
    let mut rest = token;
    while let Some(c) = rest.chars().next() {
        let two = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
        let pair = LAYOUT.english.get(&rest[..two]).filter(|_| both && two > c.len_utf8());
        let taken = if pair.is_some() { two } else { c.len_utf8() };
        keys.push(*pair.or_else(|| LAYOUT.english.get(&rest[..taken]))?);
        rest = &rest[taken..];
    }
    Some(keys)
}

fn known_english(word: &str) -> Known {
    let lower = word.to_ascii_lowercase();
    let seen = |word: &str| english(word).map_or(0, |seen| seen.edited.max(seen.typed));
    let best = match lower.split_once('\'') {
        None => seen(&lower),
        // "don't" is "do" and "n't".
        Some(("can" | "won" | "don", "t")) => 9,
        Some((stem, "t")) => stem.strip_suffix('n').map_or(0, seen),
        Some((stem, "s" | "m" | "d" | "re" | "ve" | "ll")) if CONTRACTED.contains(&stem) => seen(stem),
        Some(_) => 0,
    };
    match lower.len() {
        1 if matches!(lower.as_str(), "a" | "i") => Known::Little,
        2 | 3 if best > 4 => Known::Little,
        0..=3 => Known::No,
        _ if best > 2 => Known::Well,
        _ => Known::No,
    }
}

/// Words that "'s", "'re" and their like are written to.
const CONTRACTED: &[&str] = &[
    "i", "you", "he", "she", "it", "we", "they", "that", "there", "here", "what", "who", "where", "how",
    "let",
];

#[cfg(test)]
mod tests {
    use super::super::edit::edited;
    use super::*;

    #[test]
    fn slips_are_typed_again() {
        for (slip, meant) in [
            ("hgsghl ugd;l", "السلام عليكم"),
            ("hgo]lm sdzm []h", "الخدمة سيئة جدا"),
            ("اثممخ", "hello"),
            ("فاث شحح هس سمخص", "the app is slow"),
            ("Hgsghl ugd;l", "السلام عليكم"),
            ("بخخي سثقرهؤث", "food service"),
            ("يخىطف صخقن", "don't work"),
        ] {
            assert_eq!(edited(slip, fix_keyboard_layout), meant);
        }
    }

    #[test]
    fn what_was_meant_stays() {
        for text in [
            "hello world",
            "السلام عليكم",
            "3ndi mushkila m3 el app",
            "www.stc.com.sa",
            "user@mail.com",
            "SKU-12ab;",
            "iPhone 15 Pro Max",
            "Huawei Xiaomi asus vivo",
            "هس",
            "lol idk tbh",
            "التطبيق ممتاز",
            "turf",
            "HBO GPB UBL",
            "يخلط في شخصيته",
            "my hbo bil",
        ] {
            assert_eq!(edited(text, fix_keyboard_layout), text);
        }
    }
}
