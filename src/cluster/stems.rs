//! One key for the forms of a word, for counting only: a stem is never shown.
//!
//! Light on purpose: endings and prefixes that leave the meaning alone, no roots, no dictionary. The Arabic affixes are
//! those of light stemming as Larkey, Ballesteros and Connell describe it (2007), with the possessives joined in.

use crate::comment::Language;

/// One spelling: lower case, hamza off alef, final yeh and heh, straight apostrophe, no vowel marks, no tatweel.
pub(super) fn fold(word: &str) -> String {
    let letter = |c| match c {
        'أ' | 'إ' | 'آ' => Some('ا'),
        'ى' => Some('ي'),
        'ة' => Some('ه'),
        '\u{2019}' => Some('\''),
        '\u{0640}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' => None,
        other => Some(other),
    };
    word.chars().filter_map(letter).flat_map(char::to_lowercase).collect()
}

/// A folded word without its "و" or "ف" in front, when at least two letters stay.
pub(super) fn without_conjunction(folded: &str) -> Option<&str> {
    let rest = folded.strip_prefix(['و', 'ف'])?;
    (rest.chars().count() >= 2).then_some(rest)
}

/// The stem of a folded word.
pub(super) fn stem(folded: &str, language: Language) -> String {
    if language == Language::Ar { arabic(folded) } else { english(folded) }
}

fn arabic(word: &str) -> String {
    let long = |rest: &str, n: usize| rest.chars().count() >= n;
    let mut bare = word;
    if let Some(rest) = bare.strip_prefix('و').filter(|rest| long(rest, 4) || rest.starts_with("ال")) {
        bare = rest;
    }
    let mut article = false;
    for prefix in ["بال", "كال", "فال", "هال", "عال", "لل", "ال"] {
        if let Some(rest) = bare.strip_prefix(prefix).filter(|rest| long(rest, 3)) {
            (bare, article) = (rest, true);
            break;
        }
    }
    // "ب" stays: too many nouns begin with it ("بطاقة", card).
    if let Some(rest) = bare.strip_prefix('ل').filter(|rest| !article && long(rest, 4)) {
        bare = rest;
    }
    for ending in [
        "تها", "تهم", "تكم", "تنا", "تي", "تك", "ته", "ها", "هم", "كم", "نا", "ات", "ين", "ون", "يه", "ي",
        "ه",
    ] {
        if let Some(rest) = bare.strip_suffix(ending).filter(|rest| long(rest, 3)) {
            bare = rest;
            break;
        }
    }
    bare.strip_suffix('ا').filter(|rest| long(rest, 3)).unwrap_or(bare).to_owned()
}

fn english(word: &str) -> String {
    let vowelled = |rest: &str| rest.len() >= 3 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let mut bare = word.strip_suffix("'s").unwrap_or(word).replace('\'', "");
    if bare.len() > 3 && bare.ends_with('s') && !["ss", "us", "is"].iter().any(|end| bare.ends_with(end)) {
        bare.pop();
        if bare.len() > 4 && bare.ends_with("sse") {
            bare.pop();
        }
    }
    for ending in ["ing", "ied", "ed"] {
        if let Some(rest) = bare.strip_suffix(ending).filter(|rest| vowelled(rest)) {
            bare = if ending == "ied" { format!("{rest}y") } else { rest.to_owned() };
            break;
        }
    }
    if let Some(rest) = bare.strip_suffix("ie").filter(|rest| rest.len() >= 3) {
        bare = format!("{rest}y");
    }
    let mut letters: Vec<char> = bare.chars().collect();
    if letters.len() > 3 && letters.last() == Some(&'e') {
        letters.pop();
    }
    if let [.., a, b] = letters[..]
        && a == b
        && letters.len() > 3
    {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem_and_other_words_do_not() {
        for (a, b) in [
            ("charge", "charged"),
            ("charges", "charging"),
            ("transferred", "transfers"),
            ("cancelled", "canceling"),
            ("dresses", "dress"),
            ("delivery", "deliveries"),
            ("card", "card's"),
            ("size", "sizing"),
        ] {
            assert_eq!(english(a), english(b), "{a} {b}");
        }
        for (a, b) in [
            ("بطاقة", "بطاقتي"),    // card, my card
            ("البطاقة", "للبطاقة"), // the card, for the card
            ("البطاقات", "بطاقة"),  // the cards, card
            ("معاملة", "معاملات"),   // transaction, transactions
            ("والرسوم", "رسوم"),    // and the fees, fees
            ("هاتفي", "الهاتف"),    // my phone, the phone
            ("تحويلا", "التحويل"),   // a transfer, the transfer
        ] {
            assert_eq!(arabic(&fold(a)), arabic(&fold(b)), "{a} {b}");
        }
        assert_ne!(english("card"), english("care"));
        assert_ne!(english("string"), english("str"));
        assert_ne!(arabic("رسوم"), arabic("رسائل")); // fees, letters
    }

    #[test]
    fn folding_keeps_the_word() {
        assert_eq!(fold("الخِدمـــة"), "الخدمه"); // the service
        assert_eq!(fold("Can\u{2019}t"), "can't");
    }

    #[test]
    fn any_text_has_a_stem() {
        for word in ["", "e", "'s", "و", "لل", "ال", "ss", "ing", "ééé", "ه"] {
            let _ = (english(word), arabic(word));
        }
    }
}
