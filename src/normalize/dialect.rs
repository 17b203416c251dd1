//! Dialect words in standard Arabic.

use std::ops::Range;

use super::chars::{before, is_arabic_letter, is_arabic_mark, is_word};
use super::edit::Edits;
use super::folds::same;
use super::lexicon::{Entry, Key, LEXICON, LONGEST, Letters, N_DIALECTS, Sense};
use super::words;

/// How a word is written onto the next.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Joint {
    /// و ف, before anything; or nothing.
    Plain,
    /// ب ل, before a noun or where the whole is a word: "بشو" -> "بماذا".
    Preposition,
    /// ال and what stands before it.
    Article,
    /// هال: "this".
    This,
    /// عال: "on the".
    On,
}

/// What may be written onto a word, in the order tried. Not the list of `clitics`: dialects write هال and عال, and for ك
/// they say زي.
const PROCLITICS: &[(&str, Joint)] = &[
    ("", Joint::Plain),
    ("و", Joint::Plain),
    ("ف", Joint::Plain),
    ("ال", Joint::Article),
    ("وال", Joint::Article),
    ("فال", Joint::Article),
    ("بال", Joint::Article),
    ("وبال", Joint::Article),
    ("كال", Joint::Article),
    ("لل", Joint::Article),
    ("ولل", Joint::Article),
    ("هال", Joint::This),
    ("وهال", Joint::This),
    ("بهال", Joint::This),
    ("عال", Joint::On),
    ("وعال", Joint::On),
    ("ب", Joint::Preposition),
    ("وب", Joint::Preposition),
    ("ل", Joint::Preposition),
    ("ول", Joint::Preposition),
];

/// Pronouns that may be written onto a noun; ه is left out, it may be a ة.
const PRONOUNS: &[&str] = &["هم", "كم", "نا", "ها", "ي", "ك"];

/// Dialect words become standard Arabic: "عايز فلوسي دلوقتي" -> "أريد نقودي الآن", phrases before words, with what is
/// written onto them: "والكويس" -> "والجيد", "هالتلفون" -> "هذا الهاتف".
///
/// A word that dialects share but mean differently has the meaning of the text's dialect: the one that most other
/// words of the text, each clear by itself, belong to. Where no dialect leads, the word is ambiguous. `clear` leaves
/// ambiguous words alone; `all` takes a clear sense before an ambiguous one, then the first in the order Egyptian, Gulf,
/// Levantine, Maghrebi, Iraqi.
///
/// Standard words stay, even where a dialect word would fit into them ("فكرتي"), and phrases that the table maps to
/// themselves ("مرة أخرى", against Gulf "مره" for "very"); so do hashtags, mentions, and words with
/// digits, underscores or other scripts in them.
///
/// `folds`: bits of the folds that run beside it; a word they would fold back is not written.
///
/// Cost: grammar is not rebuilt ("مش عايز" is "ليس أريد"); a dialect's shade of a word goes.
/// Source: `tables/dialect/*.tsv`.
pub(super) fn dialect_map(text: &str, all: bool, folds: usize, edits: &mut Edits<'_>) {
    if text.is_ascii() {
        return;
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        at = word.end;
        if let Some(hit) = find(text, word) {
            at = hit.end;
            found.push(hit);
        }
    }
    if found.is_empty() {
        return;
    }
    let dialect = leading(&found);
    for hit in &found {
        hit.write(text, dialect, all, folds, edits);
    }
}

/// The dialect that the clear words of a text belong to; `None` where none leads.
fn leading(found: &[Hit]) -> Option<usize> {
    let mut votes = [0usize; N_DIALECTS];
    let telling = |entry: &&Entry| entry.clear().is_some() && !entry.standard;
    for entry in found.iter().filter_map(|hit| hit.entry).filter(telling) {
        for sense in &entry.senses {
            votes[sense.dialect] += 1;
        }
    }
    let most = *votes.iter().max()?;
    let mut leaders = (0..N_DIALECTS).filter(|dialect| votes[*dialect] == most);
    leaders.next().filter(|_| most > 0 && leaders.next().is_none())
}

/// A dialect word of the text, with what is written onto it.
struct Hit {
    /// Where the word begins, with its proclitics.
    start: usize,
    /// Where the dialect word or phrase is.
    bare: Range<usize>,
    /// Where the word ends, with its pronoun.
    end: usize,
    joint: Joint,
    /// `None` for a standard noun after هال or عال.
    entry: Option<&'static Entry>,
}

impl Hit {
    /// Writes the standard word where it fits what is written onto it.
    fn write(&self, text: &str, dialect: Option<usize>, all: bool, folds: usize, edits: &mut Edits<'_>) {
        let sense = self.entry.map(|entry| entry.meaning(dialect, all));
        let (noun, pronoun) = match sense {
            Some(Some(sense)) if self.fits(text, sense) => (sense.msa, self.end > self.bare.end),
            Some(_) => return,
            None => (&text[self.bare.clone()], false),
        };
        if folds != 0 && self.entry.is_some() && same(noun, &text[self.bare.clone()], folds) {
            return;
        }
        let sign = |letter| self.start + text[self.start..].find(letter).unwrap_or(0);
        let mut spell =
            |letter: char, word| edits.replace(sign(letter)..sign(letter) + letter.len_utf8(), word);
        match self.joint {
            Joint::This if noun.ends_with(['ة', 'ه']) || noun.ends_with("ات") => spell('ه', "هذه "),
            Joint::This => spell('ه', "هذا "),
            Joint::On => spell('ع', "على "),
            _ => {}
        }
        match noun.strip_suffix('ة').filter(|_| pronoun) {
            Some(stem) => edits.replace(self.bare.clone(), &format!("{stem}ت")),
            None => edits.replace(self.bare.clone(), noun),
        }
    }

    /// `sense` may stand where the dialect word stands.
    fn fits(&self, text: &str, sense: &Sense) -> bool {
        let noun = sense.nominal && !sense.msa.starts_with("ال") && sense.msa.chars().count() > 2;
        match self.joint {
            _ if self.end > self.bare.end => noun && !sense.msa.ends_with(['ى', 'ء', 'ي']),
            Joint::Plain => true,
            Joint::Preposition => {
                noun || {
                    let whole = |preposition| words::arabic(&format!("{preposition}{}", sense.msa)).is_some();
                    before(text, self.bare.start).is_some_and(whole)
                }
            }
            _ => noun,
        }
    }
}

/// The dialect word that the word at `word` is or holds, or the phrase that it opens.
fn find(text: &str, word: Range<usize>) -> Option<Hit> {
    let token = &text[word.clone()];
    let letters = Letters::of(token)?;
    for (proclitic, joint) in PROCLITICS {
        let Some(place) = letters.after(proclitic) else {
            continue;
        };
        if place > 0 && letters.len() < place + 2 {
            continue;
        }
        let bare = word.start + letters.at(place)..word.end;
        let hit =
            |bare: Range<usize>, entry| Hit { start: word.start, end: bare.end, bare, joint: *joint, entry };
        if let Some((entry, end)) = entry_at(text, &letters, place, word.end) {
            let is_phrase = end > word.end && *joint == Joint::Plain;
            let long = letters.len() > place + 2;
            let fits =
                place == 0 || is_phrase || (!is_standard(token) && parts(token, proclitic, long, entry));
            return fits.then(|| hit(bare.start..end, Some(entry)));
        }
        if matches!(joint, Joint::This | Joint::On) && is_noun(&text[bare.clone()]) && !is_standard(token) {
            return Some(hit(bare, None));
        }
    }
    let (bare, entry, joint) = with_pronoun(&letters, token)?;
    let bare = word.start + bare.start..word.start + bare.end;
    (!is_standard(token)).then_some(Hit { start: word.start, end: word.end, bare, joint, entry: Some(entry) })
}

/// The noun in `token` before a pronoun, where it is a dialect word: "وفلوسي".
fn with_pronoun(letters: &Letters, token: &str) -> Option<(Range<usize>, &'static Entry, Joint)> {
    let stems = PRONOUNS.iter().filter_map(|pronoun| token.strip_suffix(pronoun));
    let joints = || PROCLITICS.iter().filter(|(_, joint)| matches!(joint, Joint::Plain | Joint::Preposition));
    for stem in stems {
        let Some(noun) = Letters::of(stem) else {
            continue;
        };
        for (proclitic, joint) in joints() {
            let Some(place) = noun.after(proclitic).filter(|place| noun.len() > place + 2) else {
                continue;
            };
            let mut key = Key::default();
            key.push(&noun, place);
            let mut entry = LEXICON.get(key.letters());
            // A ة is written ت before a pronoun.
            if entry.is_none() && stem.ends_with('ت') {
                key.end_with_heh();
                entry = LEXICON.get(key.letters());
            }
            if let Some(entry) = entry.filter(|entry| !entry.senses.is_empty()) {
                return Some((letters.at(place)..stem.len(), entry, *joint));
            }
        }
    }
    None
}

/// The longest entry that opens with a word from its letter `place` on, and where it ends; the word ends at `end`.
fn entry_at(text: &str, word: &Letters, place: usize, end: usize) -> Option<(&'static Entry, usize)> {
    let mut key = Key::default();
    key.push(word, place);
    let first = LEXICON.get(key.letters())?;
    let mut longest = Some((first, end)).filter(|_| !first.senses.is_empty());
    let mut end = end;
    for _ in 1..first.longest.min(LONGEST) {
        let Some((next, letters)) = following(text, end) else {
            break;
        };
        key.push(&letters, 0);
        end = next.end;
        if let Some(entry) = LEXICON.get(key.letters()).filter(|entry| !entry.senses.is_empty()) {
            longest = Some((entry, end));
        }
    }
    longest
}

/// What may stand between the words of a phrase.
fn is_gap(c: char) -> bool {
    c != '\n' && c.is_whitespace()
}

/// The word after `at`, with nothing but blanks before it, and its letters.
fn following(text: &str, at: usize) -> Option<(Range<usize>, Letters)> {
    let rest = &text[at..];
    let start = at + rest.len() - rest.trim_start_matches(is_gap).len();
    let word = next_word(text, start).filter(|word| start > at && word.start == start)?;
    let letters = Letters::of(&text[word.clone()])?;
    Some((word, letters))
}

/// The next Arabic word from `from` on: a run of letters and marks that touches no digit, underscore or other script
/// and is no tag or name.
pub(super) fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let mut start = None;
    let mut plain = true;
    let mut previous = before(text, from).unwrap_or(' ');
    // The path of an address follows its Latin letters: "example.com/عايز".
    let path = |slash: usize| before(text, slash).is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
    for (at, c) in text[from..].char_indices().chain([(text.len() - from, ' ')]) {
        let at = from + at;
        match start {
            None if is_word(c) => {
                start = Some(at);
                plain = is_arabic_letter(c)
                    && !matches!(previous, '#' | '@')
                    && !(previous == '/' && path(at - 1));
            }
            Some(start) if !is_word(c) && plain => return Some(start..at),
            Some(_) if !is_word(c) => start = None,
            Some(_) => plain &= is_arabic_letter(c) || is_arabic_mark(c) || c == '\u{640}',
            None => {}
        }
        previous = c;
    }
    None
}

/// `token` is `proclitic` and `entry`, no word of its own: two letters are enough for a clear word only, and where an
/// ambiguous word follows a letter that opens many words, `token` must be rare.
fn parts(token: &str, proclitic: &str, long: bool, entry: &Entry) -> bool {
    let rare = || words::arabic(token).is_none_or(|seen| seen.typed < 4);
    let letter = matches!(proclitic, "ف" | "ب" | "وب" | "ل");
    entry.clear().is_some() || (long && (!letter || rare()))
}

/// Standard text holds `token` as it stands or without an ending: "فكرتي" is a form of "فكرة".
fn is_standard(token: &str) -> bool {
    let letters: String = token.chars().filter(|c| is_arabic_letter(*c)).collect();
    is_written(&letters) || words::stems(&letters).any(|stem| is_written(&stem))
}

/// Standard text holds `word`, twice at least.
fn is_written(word: &str) -> bool {
    words::arabic(word).is_some_and(|seen| seen.edited > 1)
}

/// Standard text holds `word` with an article.
fn is_noun(word: &str) -> bool {
    word.chars().count() > 2 && is_written(&format!("ال{word}"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::folds::FOLDS;
    use super::*;
    use crate::Normalizer;
    use crate::normalize::lexicon::spelled;

    fn map(text: &str, value: &str) -> String {
        let normalizer = Normalizer::empty().with("dialect_map", value).expect("a value of the rule");
        normalizer.normalize(text).into_owned()
    }

    /// No standard word that the tables write is a dialect word; no clear one with what may be written onto it.
    #[test]
    fn no_output_is_an_input() {
        let mut wrong = HashSet::new();
        for sense in LEXICON.entries().iter().flat_map(|entry| &entry.senses) {
            if map(sense.msa, "all") != sense.msa {
                wrong.insert(sense.msa.to_string());
            }
            for (proclitic, _) in &PROCLITICS[..if sense.nominal { 10 } else { 3 }] {
                let joined = format!("{proclitic}{}", sense.msa);
                if map(&joined, "clear") != joined {
                    wrong.insert(joined);
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn every_row_is_found_and_stays_found() {
        for (word, ..) in spelled() {
            let mut key = Key::default();
            for token in word.split(' ') {
                key.push(&Letters::of(token).expect("Arabic letters"), 0);
            }
            let entry = LEXICON.get(key.letters()).expect("an entry for each row");
            assert!(word.split(' ').count() <= LONGEST && !entry.senses.is_empty(), "{word}");
            let once = map(word, "all");
            assert_eq!(map(&once, "all"), once, "{word}");
            if let Some(sense) = entry.clear() {
                assert_eq!(map(word, "clear"), sense.msa, "{word}");
            }
        }
    }

    /// Every row comes to rest beside any folds, and beside the spelling of dialect words.
    #[test]
    fn rows_come_to_rest_beside_folds() {
        let beside = |folds: usize, coda: &str| {
            let all = Normalizer::empty()
                .with("dialect_map", "all")
                .and_then(|all| all.with("coda_spelling", coda));
            FOLDS
                .iter()
                .enumerate()
                .filter(|(bit, _)| folds >> bit & 1 == 1)
                .fold(all.expect("rules"), |all, (_, fold)| all.with(fold, "on").expect("a rule"))
        };
        for normalizer in [0, 1, 2, 4, 30]
            .map(|folds| beside(folds, "off"))
            .iter()
            .chain(&[beside(0, "on"), beside(30, "on")])
        {
            for (word, ..) in spelled() {
                let once = normalizer.normalize(word).into_owned();
                assert_eq!(normalizer.normalize(&once), once, "{word} {:?}", normalizer.rules());
            }
        }
    }

    /// The other words of a text decide between dialects; without them only `all` does.
    #[test]
    fn the_text_decides_between_dialects() {
        assert_eq!(map("طناش", "clear"), "طناش");
        assert_eq!(map("طناش دلوقتي", "clear"), "تجاهل الآن");
        assert_eq!(map("طناش دابا", "clear"), "اثنا عشر الآن");
        assert_eq!(map("طناش", "all"), "تجاهل");
    }

    #[test]
    fn spans_are_those_of_the_word() {
        let normalizer = Normalizer::empty().with("dialect_map", "clear").expect("a value of the rule");
        let changes = normalizer.explain("قال: وعايز، هالخدمة").changes;
        let said: Vec<_> =
            changes.iter().map(|change| (change.before.as_str(), change.after.as_str())).collect();
        assert_eq!(said, [("عايز", "أريد"), ("ه", "هذه ")]);
    }
}
