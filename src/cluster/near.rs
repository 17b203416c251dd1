//! Near-duplicates: texts in nearly the same letters.
//! Source: MinHash, Broder 1997; bands, Leskovec, Rajaraman and Ullman 2014, chapter 3.

use std::collections::BTreeSet;

/// Characters of a shingle. A key shorter than [`SHORTEST`] is compared only whole.
const SHINGLE: usize = 5;
/// In fewer characters one other word is another matter.
const SHORTEST: usize = 40;
/// Bands of the signature and hashes of a band: texts of Jaccard .8 meet in some band with probability .985.
const BANDS: usize = 8;
const ROWS: usize = 4;
/// Jaccard index of the shingles from which two texts are one, counted exactly where they meet.
const JACCARD: f64 = 0.8;
/// Texts of a bucket that a newcomer is compared with, so that a thousand forms of one template stay cheap.
const COMPARED: usize = 16;
/// No bucket: nobody else has the band.
const ALONE: u32 = u32::MAX;

/// Hash of each band of a text, from the smallest value of each hash function over the shingles.
#[derive(Debug, Clone)]
pub(crate) struct Signature([u32; BANDS]);

/// `None` for a key too short to compare by parts.
pub(crate) fn signature(key: &str) -> Option<Signature> {
    let shingles = shingles(key);
    let smallest =
        |function: u64| shingles.iter().map(|&s| mixed(s ^ mixed(function))).min().unwrap_or(u64::MAX);
    let band = |band: usize| {
        let functions = (band * ROWS..(band + 1) * ROWS).map(|function| function as u64);
        functions.fold(0, |hash, function| mixed(hash ^ smallest(function))) as u32
    };
    (!shingles.is_empty()).then(|| Signature(std::array::from_fn(band)))
}

/// For each text: the first before it that it `repeats`, itself repeating none, among those that it meets; or its own
/// place. `O(n log n)`.
pub(crate) fn leaders(
    signatures: &[Option<Signature>],
    repeats: impl Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let mut buckets: Vec<Vec<usize>> = Vec::new();
    let bucket_of: [Vec<u32>; BANDS] = std::array::from_fn(|band| {
        let hash = |u: usize| signatures[u].as_ref().map_or(0, |signature| signature.0[band]);
        let mut order: Vec<usize> = (0..signatures.len()).filter(|&u| signatures[u].is_some()).collect();
        order.sort_unstable_by_key(|&u| (hash(u), u));
        let mut bucket_of = vec![ALONE; signatures.len()];
        for together in order.chunk_by(|&a, &b| hash(a) == hash(b)).filter(|together| together.len() > 1) {
            together.iter().for_each(|&u| bucket_of[u] = buckets.len() as u32);
            buckets.push(Vec::new());
        }
        bucket_of
    });
    let mut leaders = Vec::with_capacity(signatures.len());
    for u in 0..signatures.len() {
        let own = || {
            bucket_of.iter().map(|of| of[u]).filter(|&bucket| bucket != ALONE).map(|bucket| bucket as usize)
        };
        let met: BTreeSet<usize> = own().flat_map(|bucket| buckets[bucket].iter().copied()).collect();
        let leader = met.into_iter().find(|&other| repeats(u, other)).unwrap_or(u);
        if leader == u {
            for bucket in own() {
                if buckets[bucket].len() < COMPARED {
                    buckets[bucket].push(u);
                }
            }
        }
        leaders.push(leader);
    }
    leaders
}

/// Whether two keys share four fifths of their shingles.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (shingles(a), shingles(b));
    let both = a.iter().filter(|shingle| b.binary_search(shingle).is_ok()).count() as f64;
    both >= JACCARD * ((a.len() + b.len()) as f64 - both)
}

/// Distinct hashes of the runs of five characters of the key, sorted; none for a short key.
fn shingles(key: &str) -> Vec<u64> {
    let characters: Vec<char> = key.chars().collect();
    if characters.len() < SHORTEST {
        return Vec::new();
    }
    let hash = |run: &[char]| run.iter().fold(0, |hash, &c| mixed(hash ^ u64::from(u32::from(c))));
    let mut hashes: Vec<u64> = characters.windows(SHINGLE).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
