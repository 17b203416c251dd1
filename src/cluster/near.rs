//! Near-duplicates: texts of one language in nearly the same letters, which the encoder too finds the same.
//! Source: MinHash, Broder 1997; bands, Leskovec, Rajaraman and Ullman 2014, chapter 3.

use std::collections::{BTreeSet, HashMap};

use super::Item;
use super::prepare::Unique;
use super::vector::dot;

/// Characters of a shingle. A key shorter than [`SHORTEST`] is compared only whole.
const SHINGLE: usize = 5;
/// In fewer characters one other word is another matter.
const SHORTEST: usize = 40;
/// Bands of the signature and hashes of a band: texts of Jaccard .8 meet in some band with probability .985.
const BANDS: usize = 8;
const ROWS: usize = 4;
/// Jaccard index of the shingles from which two texts are one, counted exactly where they meet.
const JACCARD: f64 = 0.8;
/// Cosine of the embeddings from which they are: "good" and "not good" share their letters.
const COSINE: f64 = 0.95;
/// Texts of a bucket that a newcomer is compared with, so that a thousand forms of one template stay cheap.
const COMPARED: usize = 16;

/// For each of `unique`, in content order: the first text before it that it nearly repeats, itself repeating none; or
/// its own place. `O(n)`.
pub(super) fn leaders(unique: &[Unique], items: &[Item]) -> Vec<usize> {
    let mut buckets: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    let mut leaders = Vec::with_capacity(unique.len());
    for (u, text) in unique.iter().enumerate() {
        let shingles = shingles(&items[text.item]);
        if shingles.is_empty() {
            leaders.push(u);
            continue;
        }
        let bands = bands(&shingles);
        let met: BTreeSet<usize> =
            bands.iter().filter_map(|band| buckets.get(band)).flatten().copied().collect();
        let repeats = |&other: &usize| {
            let other = &unique[other];
            other.language == text.language
                && dot(other.vector, text.vector) >= COSINE
                && jaccard(&shingles, &self::shingles(&items[other.item])) >= JACCARD
        };
        let leader = met.into_iter().find(repeats).unwrap_or(u);
        if leader == u {
            for band in bands {
                let bucket = buckets.entry(band).or_default();
                if bucket.len() < COMPARED {
                    bucket.push(u);
                }
            }
        }
        leaders.push(leader);
    }
    leaders
}

/// Hashes of the runs of five characters of the key; none for a short key, or for a vector without a text.
fn shingles(item: &Item) -> BTreeSet<u64> {
    let characters: Vec<char> = item.text.chars().collect();
    if characters.len() < SHORTEST || item.display.is_empty() {
        return BTreeSet::new();
    }
    let hash = |run: &[char]| run.iter().fold(0, |hash, &c| mixed(hash ^ u64::from(u32::from(c))));
    characters.windows(SHINGLE).map(hash).collect()
}

/// Place and hash of each band of the signature, the smallest value of each hash function over the shingles.
fn bands(shingles: &BTreeSet<u64>) -> [(usize, u64); BANDS] {
    let smallest =
        |function: u64| shingles.iter().map(|&s| mixed(s ^ mixed(function))).min().unwrap_or(u64::MAX);
    std::array::from_fn(|band| {
        let functions = (band * ROWS..(band + 1) * ROWS).map(|function| function as u64);
        (band, functions.fold(0, |hash, function| mixed(hash ^ smallest(function))))
    })
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn jaccard(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let both = a.intersection(b).count() as f64;
    both / ((a.len() + b.len()) as f64 - both)
}
