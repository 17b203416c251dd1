//! Readable names: a phrase customers use, frequent in its cause and rare elsewhere, in each language.

use std::collections::{BTreeMap, BTreeSet};

use super::keywords::keywords;
use super::phrases::{self, Occurrence, phrases};
use super::prepare::Unique;
use super::telling::{Corpus, Members};
use super::vector::dot;
use super::words::{self, Class, Vocabulary, Word};
use super::{Cause, Item};
use crate::comment::Language;

/// A clause that is a name as it stands is looked for among the more central half of the texts, so many at least.
const CENTRAL: usize = 8;
/// Fewest texts of a language that name a cause by themselves, and their least share of its texts. Of a mixed text, one
/// foreign word is no voice.
const ENOUGH: usize = 2;
const ENOUGH_SHARE: f64 = 0.05;
/// Phrases are read off this many of the most central texts; all texts count.
const N_READ: usize = 300;
/// Phrases that are counted in full, the most promising first.
const N_COUNTED: usize = 400;
/// Below this a phrase says so little that a whole clause names the cause better.
const WEAK: f64 = 0.45;
/// How much a name of so many words is liked: two to four read best, one says too little.
const LENGTHS: [f64; 7] = [0.0, 0.3, 1.0, 1.1, 1.1, 1.0, 0.9];

/// Fills labels and keywords of every cause, then of every theme: what a cause is called no theme is called.
pub(super) fn name(
    causes: &mut [Cause],
    themes: &mut [Cause],
    items: &[Item],
    unique: &[Unique],
    vectors: &[Vec<f32>],
    labels: &[i32],
) {
    // Distinct texts of every cause, then of every theme.
    let mut texts_of: Vec<Vec<usize>> = vec![Vec::new(); causes.len() + themes.len()];
    for (u, text) in unique.iter().enumerate() {
        if let Ok(cause) = usize::try_from(labels[text.item]) {
            texts_of[cause].push(u);
            causes[cause].theme.iter().for_each(|theme| texts_of[causes.len() + theme].push(u));
        }
    }
    for language in [Language::Ar, Language::En] {
        let speakers: Vec<usize> =
            (0..unique.len()).filter(|&u| words::speaks(unique[u].language, language)).collect();
        let mut vocabulary = Vocabulary::default();
        let texts: Vec<Vec<Word>> =
            speakers.iter().map(|&u| vocabulary.words(&items[unique[u].item], language)).collect();
        let corpus = Corpus::new(&texts);
        let mut taken = BTreeSet::new();
        let own: Vec<Vec<usize>> = texts_of
            .iter()
            .map(|texts| texts.iter().filter_map(|u| speakers.binary_search(u).ok()).collect())
            .collect();
        let speaks: Vec<bool> = own
            .iter()
            .zip(&texts_of)
            .map(|(own, all)| {
                let is_voice = |&&s: &&usize| unique[speakers[s]].language == language || texts[s].len() > 2;
                let n = own.iter().filter(is_voice).count();
                n >= ENOUGH && n as f64 >= ENOUGH_SHARE * all.len() as f64
            })
            .collect();
        for (c, own) in own.iter().enumerate().filter(|(c, _)| speaks[*c]) {
            let n_causes = causes.len();
            let cause = if c < n_causes { &mut causes[c] } else { &mut themes[c - n_causes] };
            let near = |&s: &usize| (dot(&vectors[speakers[s]], &cause.centroid), s);
            let mut members: Vec<(f64, usize)> = own.iter().map(near).collect();
            members.sort_by(|x, y| y.0.total_cmp(&x.0));
            let members = corpus.members(&texts, members);
            let label = label(&texts, &corpus, &members, &mut taken)
                .and_then(|spellings| phrases::surface(&spellings, &vocabulary, language));
            let keywords = keywords(&texts, &members);
            if language == Language::Ar {
                (cause.label_ar, cause.keywords_ar) = (label, keywords);
            } else {
                (cause.label_en, cause.keywords_en) = (label, keywords);
            }
        }
    }
}

/// Phrases that say the same: "lost my phone", "phone is lost".
#[derive(Default)]
struct Candidate<'a> {
    /// What they say: distinct stems, sorted.
    stems: Vec<u32>,
    /// Members that hold one.
    n: usize,
    n_contents: usize,
    says_much: bool,
    /// By the stems of all words.
    wordings: BTreeMap<Vec<u32>, Wording<'a>>,
}

/// One order of words.
#[derive(Default)]
struct Wording<'a> {
    n: usize,
    n_functions: usize,
    begins: usize,
    ends: f64,
    spellings: BTreeMap<Vec<&'a str>, usize>,
}

impl<'a> Candidate<'a> {
    fn add(&mut self, phrase: &Occurrence<'a, '_>) {
        let words = phrase.words;
        self.n_contents = words.iter().filter(|word| word.is_content()).count();
        self.says_much |= words.iter().any(|word| matches!(word.class, Class::Content | Class::Negator));
        let wording = self.wordings.entry(words.iter().map(|word| word.stem).collect()).or_default();
        wording.n += 1;
        wording.n_functions = words.iter().filter(|word| !word.tells()).count();
        wording.begins += usize::from(phrase.begins);
        wording.ends += phrase.ends;
        *wording.spellings.entry(spelling(words)).or_default() += 1;
    }

    /// The wording that reads best and is most used, and how well the candidate reads in it, whatever it says.
    fn best_wording(&self) -> Option<(f64, &Wording<'a>)> {
        let mut best: Option<(f64, f64, &Wording)> = None;
        for (words, wording) in &self.wordings {
            let reading = wording.reading(words.len());
            let used = reading.sqrt() * wording.n as f64;
            if best.is_none_or(|(top, _, _)| used > top) {
                best = Some((used, reading, wording));
            }
        }
        let held = if self.n == 1 { 0.5 } else { 1.0 + 0.1 * (self.n as f64).ln() };
        best.map(|(_, reading, wording)| (reading * held, wording))
    }

    fn reading(&self) -> f64 {
        self.best_wording().map_or(0.0, |(reading, _)| reading)
    }

    /// For a settled order among equals.
    fn first_spelling(&self) -> Option<&Vec<&'a str>> {
        self.wordings.values().filter_map(|wording| wording.spellings.keys().next()).min()
    }
}

impl Wording<'_> {
    fn reading(&self, n_words: usize) -> f64 {
        let share = |part: usize| part as f64 / self.n.max(1) as f64;
        let whole = (0.25 + 0.75 * share(self.begins)) * (0.2 + 0.8 * self.ends / self.n.max(1) as f64);
        let length = LENGTHS.get(n_words).or(LENGTHS.last()).copied().unwrap_or(1.0);
        whole * length / (1.0 + 0.1 * self.n_functions as f64)
    }
}

/// The spellings of the phrase that tells most. No two causes share a name: the larger cause chooses first, and one
/// whose every phrase is taken goes without.
fn label<'a>(
    texts: &[Vec<Word<'a>>],
    corpus: &Corpus,
    members: &Members,
    taken: &mut BTreeSet<Vec<u32>>,
) -> Option<BTreeMap<Vec<&'a str>, usize>> {
    let mut candidates: BTreeMap<Vec<u32>, Candidate<'a>> = BTreeMap::new();
    for &m in members.by_closeness.iter().take(N_READ) {
        let mut seen = BTreeSet::new();
        for phrase in phrases(&texts[m]) {
            // "Lost my phone" and "phone lost" are one name with two spellings.
            let key = telling(phrase.words);
            let candidate = candidates.entry(key.clone()).or_default();
            candidate.stems.clone_from(&key);
            candidate.n += usize::from(seen.insert(key));
            candidate.add(&phrase);
        }
    }
    // What customers deny as often as they say it, only the denial may name: "arrived" gives way to "never arrived".
    let denial = texts.iter().flatten().find(|word| word.class == Class::Negator).map(|word| word.stem);
    let is_denied = |candidate: &Candidate| {
        let denied: BTreeSet<u32> = candidate.stems.iter().copied().chain(denial).collect();
        denied.len() > candidate.stems.len()
            && candidates
                .get(&denied.into_iter().collect::<Vec<_>>())
                .is_some_and(|other| other.n >= candidate.n)
    };
    let denied: BTreeSet<Vec<u32>> = candidates
        .values()
        .filter(|candidate| is_denied(candidate))
        .map(|candidate| candidate.stems.clone())
        .collect();
    let mut ranked: Vec<(f64, Candidate)> = candidates
        .into_values()
        .filter(|candidate| !taken.contains(&candidate.stems) && !denied.contains(&candidate.stems))
        .map(|candidate| (members.words_tell(&candidate.stems) * candidate.reading(), candidate))
        .filter(|(promise, _)| *promise > 0.0)
        .collect();
    // What one customer alone typed gives way to what two say.
    let is_said_twice = ranked.iter().any(|(_, candidate)| candidate.n > 1);
    ranked.retain(|(_, candidate)| candidate.n > 1 || !is_said_twice);
    let by_score = |ranked: &mut Vec<(f64, Candidate)>| {
        ranked.sort_by(|x, y| {
            y.0.total_cmp(&x.0).then_with(|| x.1.first_spelling().cmp(&y.1.first_spelling()))
        });
    };
    by_score(&mut ranked);
    ranked.truncate(N_COUNTED);
    for (score, candidate) in &mut ranked {
        let together = corpus.together_tell(members, &candidate.stems);
        *score = (together + 0.5 * members.words_tell(&candidate.stems)) * candidate.reading();
    }
    by_score(&mut ranked);
    let best = choose(&ranked);
    let (lone, weak) = best.map_or((false, true), |best| {
        let (score, candidate) = &ranked[best];
        (candidate.stems.len() == 1, *score < WEAK || !candidate.says_much)
    });
    let about =
        if weak { Vec::new() } else { best.map_or_else(Vec::new, |best| ranked[best].1.stems.clone()) };
    if (weak || lone)
        && let Some((stems, words)) = whole_clause(texts, members, &about, taken)
    {
        taken.insert(stems);
        return Some(BTreeMap::from([(words, 1)]));
    }
    let (_, best) = ranked.swap_remove(best?);
    let spellings = best.best_wording().map(|(_, wording)| wording.spellings.clone());
    taken.insert(best.stems);
    spellings
}

/// The best of the ranked candidates. A lone word gives way to the best phrase around it that two members hold: "card"
/// tells, "track my card" names.
fn choose(ranked: &[(f64, Candidate)]) -> Option<usize> {
    let (_, lone) = ranked.first()?;
    let around = |(_, longer): &(f64, Candidate)| {
        longer.n_contents > 1 && longer.n > 1 && lone.stems.iter().all(|stem| longer.stems.contains(stem))
    };
    let longer = ranked.iter().position(around).filter(|_| lone.stems.len() == 1);
    Some(longer.unwrap_or(0))
}

/// The most central clause that holds the stems `about` and is short enough to be a name as it stands.
fn whole_clause<'a>(
    texts: &[Vec<Word<'a>>],
    members: &Members,
    about: &[u32],
    taken: &BTreeSet<Vec<u32>>,
) -> Option<(Vec<u32>, Vec<&'a str>)> {
    let central = members.by_closeness.len().div_ceil(2).max(CENTRAL);
    members
        .by_closeness
        .iter()
        .take(central)
        .filter_map(|&m| phrases::whole(&texts[m]))
        .map(|text| (telling(text), spelling(text)))
        .find(|(stems, _)| !taken.contains(stems) && about.iter().all(|stem| stems.contains(stem)))
}

/// Distinct stems that tell, sorted.
fn telling(words: &[Word]) -> Vec<u32> {
    let stems: BTreeSet<u32> = words.iter().filter(|word| word.tells()).map(|word| word.stem).collect();
    stems.into_iter().collect()
}

fn spelling<'a>(words: &[Word<'a>]) -> Vec<&'a str> {
    words.iter().map(|word| word.surface).collect()
}

/// What little a word says, as a factor on how telling it is.
pub(super) fn weight(class: Class) -> f64 {
    match class {
        Class::Content => 1.0,
        Class::Generic => 0.5,
        Class::Particle | Class::Negator | Class::Degree => 0.4,
        _ => 0.0,
    }
}
