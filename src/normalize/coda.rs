//! Dialect words in one spelling.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::chars::is_arabic_letter;
use super::dialect::next_word;
use super::edit::Edits;
use super::folds::same;
use super::tables::Table;
use super::words;

/// Word -> its spelling.
static SPELLINGS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| Table::read(include_str!("tables/coda.tsv")).pairs().collect());

/// What may be written onto a word that keeps its spelling; the first is nothing. Not the list of `clitics`: dialects
/// write هال and عال, and a single ب, ل or ك is too often a letter of the word.
const PROCLITICS: &[&str] = &["", "و", "ف", "ال", "وال", "فال", "بال", "وبال", "عال", "هال", "لل", "ولل"];

/// To whom, written onto a verb by those who write as they speak.
const DATIVES: &[&str] = &["لي", "لك", "لنا", "لكم", "لكو", "لهم", "لها", "له", "لو", "لن"];

/// Longer words are nobody's words, in bytes.
const LONGEST_WORD: usize = 64;

/// One spelling for a dialect word, the word itself stays: "تلاتة" -> "ثلاثة", "حانادى" -> "حانادي", "تغيرلي" ->
/// "تغير لي", "مابعرف" -> "ما بعرف", "عندو" -> "عنده", "الخدمه" -> "الخدمة", "راحو" -> "راحوا".
///
/// Listed words take their listed spelling; for others an ending changes only where text of record has the other
/// spelling and hardly this one. An opening alef keeps or lacks its hamza as it is typed.
///
/// `folds`: bits of the folds that run beside it; a spelling they would fold back is not written.
///
/// Cost: a name or a loan that looks like a listed word is respelled ("خد" "cheek" becomes "take").
/// Source: the guidelines of CODA* (Habash et al. 2018); `tables/coda.tsv`.
pub(super) fn coda_spelling(text: &str, folds: usize, edits: &mut Edits<'_>) {
    let mut at = 0;
    while let Some(range) = next_word(text, at) {
        at = range.end;
        let word = &text[range.clone()];
        if word.len() > LONGEST_WORD || !word.chars().all(is_arabic_letter) {
            continue;
        }
        // A word of record is no other word with something before it.
        let known = edited(word) > 0;
        let mut proclitics = PROCLITICS.iter().take_while(|proclitic| !known || proclitic.is_empty());
        if let Some((start, spelled)) = proclitics.find_map(|proclitic| spelled(word, proclitic))
            && (folds == 0 || !same(&spelled, &word[start..], folds))
        {
            edits.replace(range.start + start..range.end, &spelled);
        }
    }
}

/// Where `word` goes on after `proclitic`, and how that is spelled where it is misspelled.
fn spelled(word: &str, proclitic: &str) -> Option<(usize, String)> {
    let bare = word.strip_prefix(proclitic)?;
    // "فاهم" is "understanding", hardly "so more important".
    if proclitic == "ف" && seen(bare) < seen(word) + 4 {
        return None;
    }
    let definite = bare.starts_with("ال") || proclitic.ends_with('ل');
    let spelled = listed(bare, proclitic).or_else(|| respelled(bare, definite))?;
    (spelled != bare).then_some((word.len() - bare.len(), spelled))
}

/// The listed spelling of `bare` after `proclitic`; several words go after و and ف only.
fn listed(bare: &str, proclitic: &str) -> Option<String> {
    let coda = *SPELLINGS.get(bare)?;
    let fits = matches!(proclitic, "" | "و" | "ف") || (bare.chars().count() > 3 && !coda.contains(' '));
    fits.then(|| coda.to_string())
}

/// What a rule makes of a word of three letters or more, after an article or not.
fn respelled(bare: &str, definite: bool) -> Option<String> {
    if bare.chars().count() < 3 {
        return None;
    }
    let dative = dative(bare).filter(|_| !definite);
    let negation = || negation(bare).filter(|_| !definite);
    dative.or_else(|| ending(bare, definite)).or_else(negation)
}

/// How often text of record has `word`, in bits.
fn edited(word: &str) -> u8 {
    words::arabic(word).map_or(0, |seen| seen.edited)
}

/// How often any text has `word`, in bits.
fn seen(word: &str) -> u8 {
    words::arabic(word).map_or(0, |seen| seen.edited.max(seen.typed))
}

/// The person of an imperfect: ي ت ن, أ written ا.
const PERSONS: [char; 4] = ['ي', 'ت', 'ن', 'ا'];

/// Final ى as spoken ي, ه that is ة, و that is the pronoun ه or the plural وا.
fn ending(bare: &str, definite: bool) -> Option<String> {
    let last = bare.chars().next_back()?;
    let stem = &bare[..bare.len() - last.len_utf8()];
    match last {
        'ى' if edited(bare) == 0 => {
            let spoken = format!("{stem}ي");
            // The dialects' present and future; "حيبقى" keeps the ى of "يبقى".
            let verb = bare.strip_prefix(['ح', 'ه', 'ب']).filter(|verb| verb.starts_with(PERSONS));
            let verb = verb.filter(|verb| verb.chars().count() > 3 && !verb.starts_with("ال"));
            let fits = match verb {
                Some(verb) => edited(verb) == 0,
                None => seen(&spoken) > 2 && seen(&spoken) > seen(bare),
            };
            fits.then_some(spoken)
        }
        'ه' => {
            // Without an article the ه may be "his", where the noun is a word without it.
            let noun = format!("{stem}ة");
            (edited(&noun) > edited(bare) + 2 && (definite || seen(stem) == 0)).then_some(noun)
        }
        'و' if edited(bare) == 0 && !definite => {
            let (pronoun, plural) = (format!("{stem}ه"), format!("{bare}ا"));
            let verb =
                bare.strip_prefix('ب').unwrap_or(bare).starts_with(['ي', 'ت']) && stem.chars().count() > 3;
            let best = if verb || seen(&plural) > 2 { plural } else { pronoun };
            (verb || (seen(&best) > seen(bare) && seen(&best) > 2)).then_some(best)
        }
        _ => None,
    }
}
/// A verb and to whom: "تغيرلي" is no noun in ل with "my", since "تغيرل" is no word.
fn dative(bare: &str) -> Option<String> {
    let (verb, whom) = DATIVES.iter().find_map(|whom| Some((bare.strip_suffix(whom)?, *whom)))?;
    // "شكله" is "its shape": ل belongs to a noun, with و before it or not.
    let noun = |stem: &str| seen(&format!("{stem}ل")) > 0 || seen(&format!("{stem}لة")) > 0;
    let noun = noun(verb) || verb.strip_prefix('و').is_some_and(noun) || verb.ends_with("ال");
    let known = verb.chars().count() > 2 && seen(verb) > if whom == "له" { 4 } else { 2 };
    let whom = match whom {
        "لو" => "له",
        "لكو" => "لكم",
        whom => whom,
    };
    (known && !noun && edited(bare) == 0 && seen(bare) < 8).then(|| format!("{verb} {whom}"))
}

/// ما before a verb stands alone.
fn negation(bare: &str) -> Option<String> {
    let verb = bare.strip_prefix("ما")?;
    let known = verb.chars().count() > 2
        && seen(verb) > 4
        && verb.starts_with(['ب', 'ي', 'ت', 'ن', 'ا', 'أ', 'ع', 'ح', 'ك', 'ق', 'ف']);
    (known && seen(bare) < seen(verb)).then(|| format!("ما {verb}"))
}
