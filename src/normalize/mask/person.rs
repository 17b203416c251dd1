//! Names of staff.

use std::sync::LazyLock;

use super::digits::{is_blank, is_letter, is_silent};
use super::lexicon::{Kind, Lexicon};
use super::names::{Certainty, Word};
use crate::normalize::chars::after;
use crate::normalize::edit::Edits;

/// "الموظف", "driver": what somebody does.
const ROLE: Kind = 1;
/// "الأستاذ", "Mrs": how somebody is addressed.
const TITLE: Kind = 1 << 1;
/// "د", "أ", "م" with a dot or a slash.
const SHORT: Kind = 1 << 2;
/// "اسمه", "named".
const NAMING: Kind = 1 << 3;
/// Between a cue and its name: "الموظف اسمه", "the agent is called".
const LINK: Kind = 1 << 4;
/// Between a role and its name: "موظف خدمة العملاء أحمد".
const BETWEEN: Kind = 1 << 5;
/// Follows an adjective: "ممتاز جدا".
const AFTER: Kind = 1 << 6;
/// Called after a person: "مستشفى الدكتور ...".
const INSTITUTION: Kind = 1 << 7;
/// "الملك", "الإمام": no staff.
const HONOURED: Kind = 1 << 8;

const NAMES: [(&str, Kind); 9] = [
    ("role", ROLE),
    ("title", TITLE),
    ("short", SHORT),
    ("naming", NAMING),
    ("link", LINK),
    ("between", BETWEEN),
    ("after", AFTER),
    ("institution", INSTITUTION),
    ("honoured", HONOURED),
];

static CUES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../tables/person_cues.tsv"), &NAMES));

/// Most words of a name.
const LONGEST: usize = 4;
/// Most words between a role and its name.
const BETWEEN_MOST: usize = 2;

/// The name of a person behind a word for staff or a title becomes "[PERSON]": "الموظف أحمد العتيبي كان وقح" ->
/// "الموظف [PERSON] كان وقح", "د. منى", "موظفة خدمة العملاء سارة", "مندوب اسمه خالد بن فهد", "Mr. Ahmed Al-Otaibi", "the
/// driver named Sarah". A name is one to four words: a known given name, then names of fathers and families, words in
/// the form of a family's name, "بن", "أبو", "عبد ال..."; or the name of a family behind a title.
/// A name that is also a word ("كريم", "سعيد", "أمل", "Will") counts only with more: a family's name behind it, "اسمه"
/// before it, for a noun a title. "الموظف كان", "المدير ممتاز", "مدير الفرع", "موظف الراجحي" and "Mr. Price" stay.
/// Cost: a business called after a person ("عيادة الدكتور أحمد"); names that the tables do not know stay.
/// Source: `tables/person_cues.tsv`, `tables/given_names.tsv`, `tables/family_names.tsv`, written for rasd.
pub(in crate::normalize) fn person(text: &str, edits: &mut Edits<'_>) {
    let reader = Reader { text, words: words(text) };
    let mut at = 0;
    while at < reader.words.len() {
        let mut next = at + 1;
        if let Some(name) = reader.name_behind(at) {
            for (first, last, skip) in reader.with_others(name) {
                edits.replace(reader.words[first].0 + skip..reader.words[last].1, "[PERSON]");
                next = last + 1;
            }
        }
        at = next;
    }
}

/// Words of `text`: runs of letters, their bytes.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let letter = is_letter(c);
        match words.last_mut() {
            Some(last) if inside && (letter || is_silent(c)) => last.1 = at + c.len_utf8(),
            _ if letter => words.push((at, at + c.len_utf8())),
            _ => {}
        }
        inside = letter || (inside && is_silent(c));
    }
    words
}

/// How much speaks for a name already.
#[derive(Debug, Clone, Copy)]
struct Evidence {
    /// The least sure name that needs nothing more.
    least: Certainty,
    /// The name of a family may stand alone.
    family: bool,
}

struct Reader<'t> {
    text: &'t str,
    words: Vec<(usize, usize)>,
}

impl Reader<'_> {
    fn raw(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &self.text[word.0..word.1])
    }

    fn word(&self, at: usize) -> Word {
        Word::of(self.raw(at))
    }

    /// What stands between word `at` and the next, or behind the last.
    fn gap(&self, at: usize) -> &str {
        let end = self.words.get(at + 1).map_or(self.text.len(), |word| word.0);
        &self.text[self.words[at].1..end]
    }

    /// Word `at` touches the next but for blanks and at most one of `signs`.
    fn joins(&self, at: usize, signs: &str) -> bool {
        let mut left = 1;
        at + 1 < self.words.len()
            && self.gap(at).chars().take(6).all(|c| {
                is_blank(c) || is_silent(c) || {
                    left -= 1;
                    left >= 0 && signs.contains(c)
                }
            })
            && self.gap(at).chars().nth(5).is_none()
    }

    /// The name that word `at` speaks of: its first and last word.
    fn name_behind(&self, at: usize) -> Option<(usize, usize)> {
        let cue = CUES.find(self.raw(at));
        let kind = cue.kind & (ROLE | TITLE | SHORT | NAMING);
        // "باسمي" is no name of mine, "miss" in small letters a verb.
        let other = (kind & NAMING != 0 && self.raw(at).starts_with('ب'))
            || (self.raw(at).eq_ignore_ascii_case("miss") && self.raw(at) != "Miss");
        let short = kind & SHORT != 0 && self.raw(at).chars().count() == 1;
        if kind == 0 || other || (kind == SHORT && !short) || self.is_institution(at) {
            return None;
        }
        let dotted = matches!(after(self.text, self.words[at].1), Some('.' | '/'));
        if short && !dotted && self.raw(at) != "د" {
            return None;
        }
        let latin = self.raw(at).is_ascii();
        let title = kind & (TITLE | SHORT) != 0;
        let signs = if short || (latin && title) { ".:/" } else { ":/-\"'«“(،," };
        let mut place = at;
        let mut named = kind & NAMING != 0 && at > 0 && self.is_role(at - 1);
        // "الموظف اسمه", "the agent's name is".
        for _ in 0..3 {
            let link = CUES.find(self.raw(place + 1)).kind & LINK != 0;
            if kind & NAMING != 0 || !link || !(self.joins(place, "") || self.is_possessive(place)) {
                break;
            }
            (place, named) =
                (place + 1, named || !matches!(self.raw(place + 1), "is" | "was" | "his" | "her" | "s"));
        }
        if !self.joins(place, signs) {
            return None;
        }
        let least = match () {
            () if named || (short && dotted) || (latin && title) => Certainty::Word,
            () if title => Certainty::Noun,
            () => Certainty::Name,
        };
        let family = (title || (cue.definite && kind & ROLE != 0)) && place == at;
        let evidence = Evidence { least, family };
        let direct = self.name(place + 1, evidence).map(|last| (place + 1, last));
        direct.or_else(|| if kind & ROLE != 0 { self.name_further(place) } else { None })
    }

    /// "موظف الاستقبال أحمد", "مدير خدمة العملاء خالد": a sure name behind up to two words.
    fn name_further(&self, at: usize) -> Option<(usize, usize)> {
        let mut place = at;
        for _ in 0..BETWEEN_MOST {
            if !self.joins(place, "") {
                return None;
            }
            let word = self.word(place + 1);
            let found = CUES.find(self.raw(place + 1)).kind;
            let known = word.family().is_some() || word.given().is_some() || word.is_nisba(true);
            if found & HONOURED != 0 || known || !(word.is_definite() || found & BETWEEN != 0) {
                return None;
            }
            place += 1;
            let sure = Evidence { least: Certainty::Name, family: false };
            if self.joins(place, "")
                && self.word(place + 1).given() == Some(Certainty::Name)
                && let Some(last) = self.name(place + 1, sure)
            {
                return Some((place + 1, last));
            }
        }
        None
    }

    /// Word `at` is called after a person: "مستشفى الدكتور ...".
    fn is_institution(&self, at: usize) -> bool {
        at > 0 && self.joins(at - 1, "") && CUES.find(self.raw(at - 1)).kind & INSTITUTION != 0
    }

    fn is_role(&self, at: usize) -> bool {
        CUES.find(self.raw(at)).kind & (ROLE | TITLE) != 0
    }

    /// "agent's": the letter behind the apostrophe is a word here.
    fn is_possessive(&self, at: usize) -> bool {
        matches!(self.gap(at), "'" | "’")
    }

    /// The last word of the name that starts with word `at`.
    fn name(&self, at: usize, evidence: Evidence) -> Option<usize> {
        let word = self.word(at);
        let next = self.next(at);
        let known = |word: &Word| word.given().is_some() || word.family().is_some();
        let mut last = match &next {
            Some(next) if word.is_servant() && (next.is_definite() || next.capital) => at + 1,
            Some(next) if word.is_parent() && known(next) => at + 1,
            Some(next) if next.is_religion() && word.given().is_some() => at + 1,
            _ => {
                let given = word.given();
                let sure = given
                    .is_some_and(|given| given >= evidence.least && self.is_spelled_so(at, &word, given));
                let backed =
                    given.is_some() && next.as_ref().is_some_and(backs) && (word.is_arabic() || word.capital);
                let family = evidence.family && word.family() == Some(Certainty::Name);
                if !(sure || backed || family) {
                    return None;
                }
                at
            }
        };
        while last - at + 1 < LONGEST {
            match self.more(last, word.capital) {
                Some(more) if more - at < LONGEST => last = more,
                _ => break,
            }
        }
        Some(last)
    }

    /// A name that is also a word is written like a name: no "very" behind it, in Latin letters with a capital; and
    /// "علي" is none before "الأقل".
    fn is_spelled_so(&self, at: usize, word: &Word, given: Certainty) -> bool {
        let very = || self.joins(at, "") && CUES.find(self.raw(at + 1)).kind & AFTER != 0;
        let on = || {
            word.is_ali() && self.next(at).is_some_and(|next| next.is_definite() && next.family().is_none())
        };
        given == Certainty::Name || ((word.is_arabic() || word.capital) && !very() && !on())
    }

    /// The word behind `at`, if only blanks or a hyphen part them.
    fn next(&self, at: usize) -> Option<Word> {
        self.joins(at, "-").then(|| self.word(at + 1))
    }

    /// The word up to which the name that reaches to word `at` goes on.
    fn more(&self, at: usize, capital: bool) -> Option<usize> {
        let word = self.next(at).or_else(|| self.after_initial(at))?;
        let place = at + 1;
        let next = self.next(place);
        let hyphen = self.gap(at).contains('-');
        if let Some(next) = &next {
            let name = next.given().is_some() || next.family().is_some() || next.is_nisba(false);
            let latin = !word.is_arabic() && next.capital;
            let goes_on = word.is_particle() && (name || latin || (word.is_arabic() && next.is_rare()));
            if goes_on
                || (word.is_servant() && next.is_definite())
                || (next.is_religion() && word.given().is_some())
            {
                return Some(place + 1);
            }
        }
        let given = word.given();
        let backed = next.as_ref().is_some_and(backs);
        let plain = given == Some(Certainty::Name) || word.family() == Some(Certainty::Name);
        let family = word.family().is_some() && (word.is_arabic() || word.capital);
        let looks = word.is_nisba(false) || (capital && (word.is_unknown_capital() || word.is_initial()));
        let fits =
            plain || family || looks || (given.is_some() && backed && (word.is_arabic() || word.capital));
        (fits && (!hyphen || !word.is_arabic())).then_some(place)
    }

    /// The word behind an initial with its dot: "John D. Smith".
    fn after_initial(&self, at: usize) -> Option<Word> {
        (self.word(at).is_initial() && self.joins(at, "."))
            .then(|| self.word(at + 1))
            .filter(|word| word.capital)
    }

    /// `name` and the names that "و" or "and" join to it: first word, last word, bytes to leave of the first.
    fn with_others(&self, name: (usize, usize)) -> Vec<(usize, usize, usize)> {
        let sure = Evidence { least: Certainty::Name, family: false };
        let mut names = vec![(name.0, name.1, 0)];
        let mut last = name.1;
        while self.joins(last, "،,") {
            let word = self.word(last + 1);
            let latin = word.is_any(&["and"]) && self.joins(last + 1, "");
            let glued = word
                .without_and()
                .filter(|rest| word.given().is_none() && rest.given() == Some(Certainty::Name));
            let (first, skip) = match glued {
                Some(_) => (last + 1, 'و'.len_utf8()),
                None if latin => (last + 2, 0),
                None => break,
            };
            let end = if skip > 0 { Some(self.grown(first)) } else { self.name(first, sure) };
            let Some(end) = end.filter(|_| self.word(first).given() == Some(Certainty::Name) || skip > 0)
            else {
                break;
            };
            names.push((first, end, skip));
            last = end;
        }
        names
    }

    /// The last word of the name that starts with word `at`, which is one.
    fn grown(&self, at: usize) -> usize {
        let mut last = at;
        while let Some(more) = self.more(last, false).filter(|more| more - at < LONGEST) {
            last = more;
        }
        last
    }
}

/// A word that makes a name of a given name before it that is also a word.
fn backs(word: &Word) -> bool {
    word.family() == Some(Certainty::Name)
        || word.given() == Some(Certainty::Name)
        || word.is_any(&["بن", "ابن", "بنت", "bin", "ibn", "bint"])
        || word.is_nisba(true)
}
