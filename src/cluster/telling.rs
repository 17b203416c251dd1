//! How telling words are of a cause: their share in it against their share elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::names::weight;
use super::words::Word;

/// Which texts hold each stem.
pub(super) struct Corpus {
    n: usize,
    holders: HashMap<u32, Vec<usize>>,
}

/// The texts of one cause.
pub(super) struct Members {
    /// Most central first.
    pub by_closeness: Vec<usize>,
    /// Share of each member in the whole, by closeness to the centre.
    shares: BTreeMap<usize, f64>,
    /// How telling each stem is; those no more common than elsewhere are absent.
    pub keyness: BTreeMap<u32, f64>,
}

impl Corpus {
    pub(super) fn new(texts: &[Vec<Word>]) -> Self {
        let mut holders: HashMap<u32, Vec<usize>> = HashMap::new();
        for (i, text) in texts.iter().enumerate() {
            for stem in text.iter().filter(|word| word.tells()).map(|word| word.stem).collect::<BTreeSet<_>>()
            {
                holders.entry(stem).or_default().push(i);
            }
        }
        Self { n: texts.len(), holders }
    }

    /// `members`: cosine to the centre and text, most central first.
    pub(super) fn members(&self, texts: &[Vec<Word>], members: Vec<(f64, usize)>) -> Members {
        let closeness = |cosine: f64| cosine.max(0.05);
        let whole: f64 = members.iter().map(|(cosine, _)| closeness(*cosine)).sum();
        let shares = members.iter().map(|&(cosine, m)| (m, closeness(cosine) / whole)).collect();
        let mut found = Members {
            by_closeness: members.into_iter().map(|(_, m)| m).collect(),
            shares,
            keyness: BTreeMap::new(),
        };
        let mut weights: BTreeMap<u32, f64> = BTreeMap::new();
        for word in found.by_closeness.iter().flat_map(|&m| &texts[m]).filter(|word| word.tells()) {
            weights.insert(word.stem, weight(word.class));
        }
        for (stem, weight) in weights {
            let telling = weight * self.together_tell(&found, &[stem]);
            if telling > 0.0 {
                found.keyness.insert(stem, telling);
            }
        }
        found
    }

    /// How telling it is that a text holds all of `stems`: its share in the cause times the log of that share over the
    /// share elsewhere, the part of the Kullback-Leibler divergence. 0 when no more common than elsewhere.
    pub(super) fn together_tell(&self, members: &Members, stems: &[u32]) -> f64 {
        let mut lists: Vec<&[usize]> =
            stems.iter().map(|stem| self.holders.get(stem).map_or(&[][..], Vec::as_slice)).collect();
        lists.sort_by_key(|list| list.len());
        let Some((shortest, others)) = lists.split_first() else {
            return 0.0;
        };
        let (mut share, mut outside) = (0.0, 0.0);
        for text in shortest.iter().filter(|text| others.iter().all(|list| list.binary_search(text).is_ok()))
        {
            match members.shares.get(text) {
                Some(own) => share += own,
                None => outside += 1.0,
            }
        }
        let elsewhere = (outside + 0.5) / ((self.n - members.shares.len().min(self.n)) as f64 + 1.0);
        if share > elsewhere { share * (share / elsewhere).ln() } else { 0.0 }
    }
}

impl Members {
    /// How telling the words are one by one, over the square root of their number.
    pub(super) fn words_tell(&self, stems: &[u32]) -> f64 {
        let sum: f64 = stems.iter().filter_map(|stem| self.keyness.get(stem)).sum();
        sum / (stems.len().max(1) as f64).sqrt()
    }
}
