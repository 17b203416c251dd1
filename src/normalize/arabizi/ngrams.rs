//! In: words with weights. Out: how many bits a letter costs after the two before it.
//! Law: counts decide, in whatever order the words come.

/// Letters a model tells apart: the alphabet and one place for what stands between words.
const SIZE: usize = 48;

/// Letter trigrams of a language's words, in hundredths of a bit.
pub(super) struct Ngrams {
    /// Letters with their places, by letter.
    places: Vec<(char, usize)>,
    costs: Vec<u16>,
}

impl Ngrams {
    /// Counts the trigrams of `words`, each as often as its weight says.
    pub(super) fn new<'w>(alphabet: &str, words: impl Iterator<Item = (&'w str, u32)>) -> Self {
        let mut places: Vec<_> = alphabet.chars().zip(1..).collect();
        places.sort_unstable();
        let mut model = Self { places, costs: vec![0; SIZE * SIZE * SIZE] };
        let mut counts = vec![0u32; SIZE * SIZE * SIZE];
        for (word, weight) in words {
            let (mut before, mut last) = (0, 0);
            for letter in word.chars().filter_map(|c| model.place(c)).chain([0]) {
                counts[(before * SIZE + last) * SIZE + letter] += weight;
                (before, last) = (last, letter);
            }
        }
        let mut pairs = vec![0u32; SIZE * SIZE];
        let mut singles = [0u32; SIZE];
        for (place, count) in counts.iter().enumerate() {
            pairs[place % (SIZE * SIZE)] += count;
            singles[place % SIZE] += count;
        }
        let all: u32 = singles.iter().sum();
        let share = |count: u32, of: u32| f64::from(count) / f64::from(of.max(1));
        for context in 0..SIZE * SIZE {
            let row = &counts[context * SIZE..][..SIZE];
            let pair_row = &pairs[context % SIZE * SIZE..][..SIZE];
            let (seen, pair_seen) = (row.iter().sum(), pair_row.iter().sum());
            for letter in 0..SIZE {
                let prob = 0.7 * share(row[letter], seen)
                    + 0.24 * share(pair_row[letter], pair_seen)
                    + 0.05 * share(singles[letter], all)
                    + 0.0002;
                model.costs[context * SIZE + letter] = (-prob.log2() * 100.0) as u16;
            }
        }
        model
    }

    /// The place of a letter; `None` for what the alphabet lacks.
    pub(super) fn place(&self, letter: char) -> Option<usize> {
        self.places.binary_search_by_key(&letter, |entry| entry.0).ok().map(|at| self.places[at].1)
    }

    /// What `letter` costs after two others; place 0 stands for the edge of a word.
    pub(super) fn cost(&self, before: usize, last: usize, letter: usize) -> u32 {
        u32::from(self.costs[(before * SIZE + last) * SIZE + letter])
    }

    /// What a whole word costs; letters outside the alphabet cost most.
    pub(super) fn word(&self, word: &str) -> u32 {
        let (mut before, mut last, mut sum) = (0, 0, 0);
        for c in word.chars() {
            let letter = self.place(c).unwrap_or(SIZE - 1);
            sum += self.cost(before, last, letter);
            (before, last) = (last, letter);
        }
        sum + self.cost(before, last, 0)
    }
}
