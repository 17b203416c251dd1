//! Text decoded with the wrong code page.

use super::chars::is_arabic_letter;
use super::edit::Edits;
use super::mask::in_stretch;

/// U+20AC.. in the order of bytes 0x80..0x9F of Windows-1252; bytes without a character stand for themselves.
const CP1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Windows-1256, bytes 0x80..0xFF.
const CP1256: [char; 128] = [
    '€', 'پ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'ٹ', '‹', 'Œ', 'چ', 'ژ', 'ڈ', 'گ', '‘', '’', '“', '”',
    '•', '–', '—', 'ک', '™', 'ڑ', '›', 'œ', '\u{200c}', '\u{200d}', 'ں', '\u{a0}', '،', '¢', '£', '¤', '¥',
    '¦', '§', '¨', '©', 'ھ', '«', '¬', '\u{ad}', '®', '¯', '°', '±', '²', '³', '´', 'µ', '¶', '·', '¸', '¹',
    '؛', '»', '¼', '½', '¾', '؟', 'ہ', 'ء', 'آ', 'أ', 'ؤ', 'إ', 'ئ', 'ا', 'ب', 'ة', 'ت', 'ث', 'ج', 'ح', 'خ',
    'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', '×', 'ط', 'ظ', 'ع', 'غ', 'ـ', 'ف', 'ق', 'ك', 'à', 'ل', 'â', 'م',
    'ن', 'ه', 'و', 'ç', 'è', 'é', 'ê', 'ë', 'ى', 'ي', 'î', 'ï', '\u{64b}', '\u{64c}', '\u{64d}', '\u{64e}',
    'ô', '\u{64f}', '\u{650}', '÷', '\u{651}', 'ù', '\u{652}', 'û', 'ü', '\u{200e}', '\u{200f}', 'ے',
];

/// The character of a Windows-1252 byte.
pub(super) fn from_cp1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => CP1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn to_cp1252(c: char) -> Option<u8> {
    match c as u32 {
        0..=0x7f | 0xa0..=0xff => Some(c as u8),
        // Every other character of the page lies in these ranges.
        0x80..=0x9f | 0x152..=0x2dc | 0x2013..=0x2122 => {
            CP1252.iter().position(|other| *other == c).map(|index| 0x80 + index as u8)
        }
        _ => None,
    }
}

/// Windows-1256 bytes by character below U+0700; 0 where there is none.
static BYTES_1256: [u8; 0x700] = {
    let mut bytes = [0; 0x700];
    let mut index = 0;
    while index < CP1256.len() {
        if (CP1256[index] as usize) < bytes.len() {
            bytes[CP1256[index] as usize] = 0x80 + index as u8;
        }
        index += 1;
    }
    bytes
};

fn to_cp1256(c: char) -> Option<u8> {
    match BYTES_1256.get(c as usize) {
        Some(byte) => (*byte > 0).then_some(*byte),
        None => CP1256.iter().position(|other| *other == c).map(|index| 0x80 + index as u8),
    }
}

const fn leads(byte: u8) -> bool {
    matches!(byte, 0xc2..=0xf4)
}

const fn follows(byte: u8) -> bool {
    matches!(byte, 0x80..=0xbf)
}

/// `c` stands for the first byte of a UTF-8 sequence in Windows-1252.
pub(super) fn leads_in_1252(c: char) -> bool {
    to_cp1252(c).is_some_and(leads)
}

/// `c` stands for a later byte of a UTF-8 sequence in Windows-1252.
pub(super) fn follows_in_1252(c: char) -> bool {
    to_cp1252(c).is_some_and(follows)
}

/// `c` stands for the first byte of a UTF-8 sequence in Windows-1256.
pub(super) fn leads_in_1256(c: char) -> bool {
    to_cp1256(c).is_some_and(leads)
}

/// `c` stands for a later byte of a UTF-8 sequence in Windows-1256.
pub(super) fn follows_in_1256(c: char) -> bool {
    to_cp1256(c).is_some_and(follows)
}

/// The Arabic letter, mark or punctuation whose Windows-1256 byte Windows-1252 reads as `c`.
pub(super) fn arabic_of_1252(c: char) -> Option<char> {
    let byte = to_cp1252(c).filter(|byte| *byte >= 0x80)?;
    let letter = CP1256[usize::from(byte - 0x80)];
    (is_arabic_letter(letter) || matches!(letter, '،' | '؟' | '؛' | 'ـ' | '\u{64b}'..='\u{652}'))
        .then_some(letter)
}

/// UTF-8 read as Windows-1252 ("Ø®Ø¯Ù…Ø©" -> "خدمة"), UTF-8 read as Windows-1256 ("ط®ط¯ظ…ط©") and Windows-1256 read as
/// Windows-1252 ("ÎÏãÉ") are read again. "naïve café – déjà vu" stays.
/// Cost: a text that shows such a sequence on purpose.
/// Source: the code pages as published by Unicode.
pub(super) fn fix_mojibake(text: &str, edits: &mut Edits<'_>) {
    if text.is_ascii() {
        return;
    }
    let found = utf8_as(text, to_cp1252);
    if !found.is_empty() {
        for (start, end, c) in found {
            edits.replace(start..end, c.encode_utf8(&mut [0; 4]));
        }
        return;
    }
    let found = utf8_as(text, to_cp1256);
    let letters = text.chars().filter(|c| is_arabic_letter(*c)).count();
    let covered: usize = found
        .iter()
        .map(|(start, end, _)| text[*start..*end].chars().filter(|c| is_arabic_letter(*c)).count())
        .sum();
    if found.len() >= 3 && covered * 10 >= letters * 9 {
        for (start, end, c) in found {
            edits.replace(start..end, c.encode_utf8(&mut [0; 4]));
        }
        return;
    }
    cp1256_as_cp1252(text, edits);
}

/// Whether [`fix_mojibake`] could take `text`, where `pairs` letters that lead a UTF-8 sequence of Windows-1256 stand
/// before one that follows in one, for such: sequences hold four letters at most, and nine of ten letters lie in them.
pub(super) fn may_be_1256(text: &str, pairs: u32) -> bool {
    let letters = || {
        // Bytes are faster to count than letters.
        let pair = |pair: &[u8]| {
            (pair[0] == 0xd8 && matches!(pair[1], 0xa1..=0xba))
                || (pair[0] == 0xd9 && matches!(pair[1], 0x81..=0x8a))
        };
        text.as_bytes().windows(2).filter(|bytes| pair(bytes)).count()
    };
    pairs >= 3 && pairs as usize * 40 >= letters() * 9
}

/// Whether [`fix_mojibake`] would change `text`.
pub(crate) fn looks_broken(text: &str) -> bool {
    let mut edits = Edits::new(text);
    fix_mojibake(text, &mut edits);
    !edits.is_empty()
}

/// Places where characters spell, byte for byte in `page`, one UTF-8 sequence of a letter, sign or emoji.
fn utf8_as(text: &str, page: impl Fn(char) -> Option<u8>) -> Vec<(usize, usize, char)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let mut end = at + c.len_utf8();
        let length = match page(c) {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf4) => 4,
            _ => 0,
        };
        if length > 0 && !c.is_ascii() {
            let mut bytes = [0; 4];
            let mut filled = 0;
            for next in text[at..].chars().take(length) {
                match page(next) {
                    Some(byte) if !next.is_ascii() => bytes[filled] = byte,
                    _ => break,
                }
                filled += 1;
            }
            if let Ok(one) = std::str::from_utf8(&bytes[..filled])
                && let Some(decoded) = one.chars().next()
                && filled == length
                && !decoded.is_control()
            {
                let after = at + text[at..].chars().take(length).map(char::len_utf8).sum::<usize>();
                // What may part the digits of a number is no letter: a phone could hide behind it.
                if !text[at..after].chars().all(in_stretch) {
                    end = after;
                    found.push((at, end, decoded));
                }
            }
        }
        at = end;
    }
    found
}

/// Words spelled wholly with U+00C0..U+00FF that are Arabic letters in Windows-1256, where there are at least two
/// of them or one of four letters.
fn cp1256_as_cp1252(text: &str, edits: &mut Edits<'_>) {
    if text.chars().any(is_arabic_letter) {
        return;
    }
    let words = || text.split_whitespace().filter(|word| word.chars().count() > 1);
    let broken = |word: &str| {
        !word.is_ascii() && word.chars().all(|c| arabic_of_1252(c).is_some() || matches!(c, '.' | '!' | ','))
    };
    let count = words().filter(|word| broken(word)).count();
    let long = words().any(|word| broken(word) && word.chars().filter(|c| !c.is_ascii()).count() > 3);
    let others = words().filter(|word| !broken(word) && word.chars().any(char::is_alphabetic)).count();
    if !(count > 1 || long) || others > count {
        return;
    }
    for (at, c) in text.char_indices() {
        if !c.is_ascii()
            && let Some(letter) = arabic_of_1252(c)
        {
            edits.replace_char(at, c, letter);
        }
    }
}
