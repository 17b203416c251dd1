//! Readable names: a phrase customers use, frequent in its cause and rare elsewhere, in each language.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::prepare::Unique;
use super::vector::dot;
use super::words::{self, Word};
use super::{Cause, Item};
use crate::comment::Language;

/// Longest phrase, in words.
const LONGEST: usize = 5;
/// Keywords per language.
const N_KEYWORDS: usize = 5;
/// Neighbours that lend a name to a cause without texts in the language.
const N_NEIGHBOURS: usize = 8;
/// A neighbour below this cosine to the centroid lends nothing.
const NEIGHBOUR_COSINE: f64 = 0.3;
/// Fewest texts of a language that name a cause by themselves.
const ENOUGH: usize = 2;

/// Fills labels and keywords of every cause.
pub(super) fn name(
    causes: &mut [Cause],
    items: &[Item],
    unique: &[Unique],
    vectors: &[Vec<f32>],
    labels: &[i32],
) {
    for language in [Language::Ar, Language::En] {
        let speakers: Vec<usize> =
            (0..unique.len()).filter(|&u| words::speaks(unique[u].language, language)).collect();
        let texts: Vec<Vec<Word>> =
            speakers.iter().map(|&u| words::of(&items[unique[u].item], language)).collect();
        let corpus = Corpus::new(&texts);
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for cause in causes.iter_mut() {
            let own: Vec<usize> =
                (0..speakers.len()).filter(|&s| labels[unique[speakers[s]].item] == cause.id).collect();
            let derived = own.len() < ENOUGH;
            let members = if derived { neighbours(cause, unique, &speakers, vectors, language) } else { own };
            let keyness = corpus.keyness(&texts, &members);
            let label = label(&texts, &members, &keyness, &mut taken);
            let keywords = if derived { Vec::new() } else { keywords(&texts, &members, &keyness) };
            let derived = derived && label.is_some();
            if language == Language::Ar {
                (cause.label_ar, cause.derived_ar, cause.keywords_ar) = (label, derived, keywords);
            } else {
                (cause.label_en, cause.derived_en, cause.keywords_en) = (label, derived, keywords);
            }
        }
    }
}

/// The texts of `language` nearest to the centroid, most alike first.
fn neighbours(
    cause: &Cause,
    unique: &[Unique],
    speakers: &[usize],
    vectors: &[Vec<f32>],
    language: Language,
) -> Vec<usize> {
    let mut near: Vec<(f64, usize)> = (0..speakers.len())
        .filter(|&s| unique[speakers[s]].language == language)
        .map(|s| (dot(&vectors[speakers[s]], &cause.centroid), s))
        .filter(|(cosine, _)| *cosine >= NEIGHBOUR_COSINE)
        .collect();
    near.sort_by(|x, y| y.0.total_cmp(&x.0));
    near.into_iter().take(N_NEIGHBOURS).map(|(_, s)| s).collect()
}

/// In how many texts each word of a language stands.
struct Corpus<'a> {
    n: usize,
    counts: HashMap<&'a str, usize>,
}

type Keyness<'a> = BTreeMap<&'a str, f64>;

impl<'a> Corpus<'a> {
    fn new(texts: &[Vec<Word<'a>>]) -> Self {
        let mut counts = HashMap::new();
        for text in texts {
            for word in text.iter().map(|word| word.key).collect::<BTreeSet<_>>() {
                *counts.entry(word).or_insert(0) += 1;
            }
        }
        Self { n: texts.len(), counts }
    }

    /// How telling each content word of the members is: its share in the cause times the log of that share over the
    /// share elsewhere, the word's part of the Kullback-Leibler divergence. Words no more common than elsewhere go.
    fn keyness(&self, texts: &[Vec<Word<'a>>], members: &[usize]) -> Keyness<'a> {
        let mut inside: BTreeMap<&str, usize> = BTreeMap::new();
        for &m in members {
            for word in texts[m].iter().filter(|w| w.is_content()).map(|w| w.key).collect::<BTreeSet<_>>() {
                *inside.entry(word).or_insert(0) += 1;
            }
        }
        let n_outside = (self.n - members.len().min(self.n)) as f64;
        inside
            .into_iter()
            .filter_map(|(word, n)| {
                let share = n as f64 / members.len() as f64;
                let outside = self.counts.get(word).map_or(0, |&all| all - n.min(all)) as f64;
                let elsewhere = (outside + 0.5) / (n_outside + 1.0);
                let telling = share * (share / elsewhere).ln();
                (telling > 0.0).then_some((word, telling))
            })
            .collect()
    }
}

/// The phrase whose words tell most, favouring phrases that many members hold. No two causes share a name while another
/// phrase is there: the larger cause chooses first.
fn label(
    texts: &[Vec<Word>],
    members: &[usize],
    keyness: &Keyness,
    taken: &mut BTreeSet<String>,
) -> Option<String> {
    let mut phrases: BTreeMap<Vec<&str>, (usize, BTreeMap<String, usize>)> = BTreeMap::new();
    for &m in members {
        let mut seen = BTreeSet::new();
        for phrase in phrases_of(&texts[m]) {
            let key: Vec<&str> = phrase.iter().map(|word| word.key).collect();
            let entry = phrases.entry(key.clone()).or_default();
            entry.0 += usize::from(seen.insert(key));
            let surface = phrase.iter().map(|word| word.surface).collect::<Vec<_>>().join(" ");
            *entry.1.entry(surface).or_insert(0) += 1;
        }
    }
    let score = |key: &[&str], n: usize| {
        let told: BTreeSet<&str> = key.iter().copied().collect();
        let telling: Vec<f64> = told.iter().filter_map(|word| keyness.get(word)).copied().collect();
        // A single word is a poor name, a dull word inside costs a little, and twice as many holders weigh as ln.
        let single = if key.len() == 1 { 0.4 } else { 1.0 };
        let dull = (key.len() - telling.len().min(key.len())) as f64;
        let size = (telling.len().max(1) as f64).sqrt();
        single * (1.0 + n as f64).ln() * telling.iter().sum::<f64>() / size / (1.0 + 0.15 * dull)
    };
    let mut ranked: Vec<_> =
        phrases.iter().map(|(key, (n, surfaces))| (score(key, *n), key.join(" "), surfaces)).collect();
    ranked.retain(|(score, _, _)| *score > 0.0);
    ranked.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    let (_, key, surfaces) = ranked.iter().find(|(_, key, _)| !taken.contains(key)).or(ranked.first())?;
    taken.insert(key.clone());
    most_frequent(surfaces)
}

/// Phrases of one to five words that hold a content word and neither begin nor end on a stop word; a negator may begin.
fn phrases_of<'a, 'b>(text: &'b [Word<'a>]) -> impl Iterator<Item = &'b [Word<'a>]> {
    (0..text.len()).flat_map(move |from| {
        let longest =
            text[from..].iter().skip(1).take(LONGEST - 1).take_while(|word| !word.starts_phrase).count() + 1;
        // A negator in front belongs to the phrase: "received" must not stand for "not received".
        let bound = from > 0
            && !text[from].starts_phrase
            && (text[from - 1].is_negator() || text[from - 1].is_degree() && text[from].is_content());
        (1..=longest).map(move |n| &text[from..from + n]).filter(move |phrase| {
            let (Some(first), Some(last)) = (phrase.first(), phrase.last()) else {
                return false;
            };
            let opens = !first.is_degree() || phrase.get(1).is_some_and(Word::is_content);
            !bound && opens && !first.is_stopword() && last.is_content()
        })
    })
}

/// The five most telling words, each new one unlike those before (maximal marginal relevance on shared texts).
fn keywords(texts: &[Vec<Word>], members: &[usize], keyness: &Keyness) -> Vec<String> {
    let mut ranked: Vec<(&str, f64)> = keyness.iter().map(|(word, score)| (*word, *score)).collect();
    ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(y.0)));
    ranked.truncate(40);
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut surfaces: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for &m in members {
        for word in &texts[m] {
            holders.entry(word.key).or_default().insert(m);
            *surfaces.entry(word.key).or_default().entry(word.surface.to_lowercase()).or_insert(0) += 1;
        }
    }
    let overlap = |a: &str, b: &str| {
        let (Some(x), Some(y)) = (holders.get(a), holders.get(b)) else {
            return 0.0;
        };
        let both = x.intersection(y).count() as f64;
        let shared = both / (x.len() + y.len()) as f64 * 2.0;
        if is_form_of(a, b) { 1.0 } else { shared }
    };
    let mut chosen: Vec<&str> = Vec::new();
    while chosen.len() < N_KEYWORDS {
        let mut best: Option<(f64, &str)> = None;
        for &(word, score) in ranked.iter().filter(|(word, _)| !chosen.contains(word)) {
            let like = chosen.iter().map(|other| overlap(word, other)).fold(0.0, f64::max);
            let value = score * (1.0 - 0.7 * like);
            if !chosen.iter().any(|other| is_form_of(word, other)) && best.is_none_or(|(top, _)| value > top)
            {
                best = Some((value, word));
            }
        }
        let Some((_, word)) = best else { break };
        chosen.push(word);
    }
    chosen.iter().filter_map(|word| surfaces.get(word).and_then(most_frequent)).collect()
}

/// Two forms of one word: the shorter, less a last letter, begins the longer, alone or behind up to three letters of
/// Arabic prefix ("card", "cards"; "بطاقة", "للبطاقة"). Four letters at least.
fn is_form_of(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let n = short.chars().count();
    let root: String = short.chars().take(n.saturating_sub(1).max(4)).collect();
    let Some(at) = long.find(&root).filter(|_| n >= 4) else {
        return false;
    };
    at == 0 || long.starts_with(['ا', 'ل', 'ب', 'و', 'ف', 'ك']) && long[..at].chars().count() <= 3
}

fn most_frequent(surfaces: &BTreeMap<String, usize>) -> Option<String> {
    let mut best: Option<(&String, usize)> = None;
    for (surface, &n) in surfaces {
        if best.is_none_or(|(_, top)| n > top) {
            best = Some((surface, n));
        }
    }
    best.map(|(surface, _)| surface.clone())
}
