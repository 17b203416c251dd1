//! In: a word as somebody typed it. Out: what a table says of it.
//! Law: marks, tatweel, hamza on alef, ة, ى and case make no difference; neither do "and", "the" and "my".

use std::collections::HashMap;

use super::digits::is_silent;
use crate::normalize::chars::is_arabic_letter;
use crate::normalize::tables::Table;

/// Longest word looked up, in letters.
const LONGEST: usize = 24;

/// What an Arabic word may begin with: and, so, by, for, like, the, on the, this. Wider than `clitics`, with "ع" typed
/// for "على": a stem that no table of names holds is not found anyway.
const PREFIXES: [&str; 18] = [
    "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "عال", "هال", "وب", "ول", "وبال",
    "ع",
];
/// What it may end with: my, your, his, our, plurals, persons of a verb.
const SUFFIXES: [&str; 33] = [
    "ه", "ي", "ك", "كم", "كن", "ها", "هم", "نا", "ني", "وا", "و", "ون", "ين", "ات", "ت", "تي", "تك", "تكم",
    "ته", "تها", "تنا", "تو", "تم", "تني", "وني", "ونا", "لي", "ولي", "هي", "يه", "اتي", "ينكم", "ينا",
];

/// Kinds of words, one bit each.
pub(super) type Kind = u16;

/// Words with their kinds.
#[derive(Debug)]
pub(super) struct Lexicon {
    kinds: HashMap<String, Kind>,
    /// A bit for each pair of letters that a word of it begins with: most words are none of it.
    begins: [u64; 64],
}

/// What a lexicon says of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    /// 0 where it says nothing.
    pub(super) kind: Kind,
    /// The word has the article: "الموظف", "للموظف".
    pub(super) definite: bool,
}

impl Lexicon {
    /// Reads a table of words and kinds, whose names stand in `names`.
    pub(super) fn read(table: &'static str, names: &[(&str, Kind)]) -> Self {
        let kind = |name: &str| names.iter().find(|known| known.0 == name).map_or(0, |known| known.1);
        let kinds = |cell: &str| cell.split(',').fold(0, |all, name| all | kind(name));
        let kinds: HashMap<String, Kind> =
            Table::read(table).pairs().map(|(word, cell)| (folded(word), kinds(cell))).collect();
        let mut begins = [0; 64];
        for word in kinds.keys() {
            let mut letters = word.chars();
            let (first, second) = (letters.next(), letters.next());
            begins[place(first)] |= 1 << place(second);
        }
        Self { kinds, begins }
    }

    /// `word`, or what is left of it behind "and", "the" and the like, begins as a word of the lexicon does.
    fn may_hold(&self, word: &str) -> bool {
        let mut letters = [None; 6];
        let seen = word.chars().filter(|c| is_seen(*c)).map(plain);
        letters.iter_mut().zip(seen).for_each(|(place, c)| *place = Some(c));
        let begins = |at: usize| self.begins[place(letters[at])] & (1 << place(letters[at + 1])) != 0;
        let [Some(a), b, c, d, ..] = letters else {
            return false;
        };
        let the = |first: Option<char>, second: Option<char>| {
            matches!((first, second), (Some('ا' | 'ل'), Some('ل')))
        };
        begins(0)
            || (matches!(a, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'ع') && begins(1))
            || ((the(Some(a), b) || matches!((a, b), ('و', Some('ب' | 'ل')))) && begins(2))
            || (the(b, c) && begins(3))
            || (the(c, d) && begins(4))
    }

    /// What the lexicon says of `word`: of the word itself, else of its longest stem.
    pub(super) fn find(&self, word: &str) -> Found {
        if !self.may_hold(word) {
            return Found::default();
        }
        let word = folded(word);
        if let Some(kind) = self.kinds.get(&word) {
            return Found { kind: *kind, definite: false };
        }
        if !word.starts_with(is_arabic_letter) {
            let kind = word.strip_suffix('s').and_then(|stem| self.kinds.get(stem));
            return Found { kind: kind.copied().unwrap_or(0), definite: false };
        }
        let bare = [("", word.as_str())];
        let cut = PREFIXES.iter().filter_map(|prefix| Some((*prefix, word.strip_prefix(prefix)?)));
        cut.chain(bare)
            .filter_map(|(prefix, rest)| Some((prefix, self.stem(rest)?)))
            .map(|(prefix, kind)| Found {
                kind, definite: prefix.ends_with("ال") || prefix.ends_with("لل")
            })
            .find(|found| found.kind != 0)
            .unwrap_or_default()
    }

    /// The kinds of a word without what it may begin with: of its longest stem.
    fn stem(&self, word: &str) -> Option<Kind> {
        let ends = word.char_indices().map(|(at, _)| at).skip(2).chain([word.len()]);
        // Two letters with an ending are another word: "اخ", "اخون".
        let fits = |end: &usize| *end == word.len() || (*end > 4 && SUFFIXES.contains(&&word[*end..]));
        ends.filter(fits).filter_map(|end| self.kinds.get(&word[..end])).last().copied()
    }
}

/// Where a letter stands in [`Lexicon::begins`]; letters may share a place.
fn place(letter: Option<char>) -> usize {
    letter.map_or(0, |c| c as usize % 64)
}

/// `c` is more than a mark, tatweel or something invisible.
pub(super) fn is_seen(c: char) -> bool {
    c != '\u{640}' && !is_silent(c)
}

/// One letter for the ways to write it. Wider than the folds, which are rules of one letter each: masks read text that
/// no rule has unified yet.
pub(super) fn plain(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        _ => c.to_ascii_lowercase(),
    }
}

/// `word` in one of the ways to write it; nothing for a word that is too long.
fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for (count, c) in word.chars().filter(|c| is_seen(*c)).enumerate() {
        if count == LONGEST {
            return String::new();
        }
        out.push(plain(c));
    }
    out
}
