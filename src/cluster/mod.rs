//! In: clauses with unit vectors. Out: [`Causes`]: a label for each clause, and root causes named in two languages.
//! Law: row order, thread count and machine load change nothing; equal input gives equal bits.
//!
//! Exact duplicates collapse, and near-duplicates (MinHash: Jaccard .8 of the keys' five-character shingles, cosine .95):
//! all are counted, together they weigh little more than one text. Texts are put in the order of a content hash; each
//! language's mean vector is taken away; Ward's hierarchy is built (exactly up to 3,000 distinct texts, above that on
//! 3,000 small groups); it is cut at the finest level whose silhouette, counted over clusters of `min_size` or more, is
//! near the best, leaving out cuts with one very large cluster where there is no substantial structure.
//! Every item then goes to its nearest centre, or to none (-1) when it lies too far: at most one distinct text
//! in ten, by Cantelli's inequality, or the share that is asked for. Six causes or more are gathered into themes: the
//! same hierarchy, cut higher.
//!
//! Cost: `O(n^2 d)` time up to 3,000 distinct texts, `O(n d)` above; 36 MB of distances at most, and one copy of the
//! distinct vectors.

mod cut;
mod edit;
mod keywords;
mod lend;
mod matching;
mod micro;
mod names;
pub(crate) mod near;
mod phrases;
mod prepare;
mod quotes;
mod regions;
mod split;
mod stems;
mod telling;
mod themes;
mod vector;
mod ward;
mod words;

use serde::{Deserialize, Serialize};

pub use lend::{Embed, Phrase};
pub use prepare::Means;
pub(crate) use vector::{add, dot, unit};

use crate::comment::Language;
use crate::error::{Error, Result};
use edit::Edit;
use prepare::Unique;
use regions::Region;

/// One clause to cluster.
///
/// ```
/// use rasd::{Language, cluster::Item};
/// let (text, display, vector) = ("app froze", "The app froze", &[1.0, 0.0]);
/// let item = Item { text, display, language: Language::En, vector, weight: 1.0, customer: None };
/// assert_eq!(item.vector.len(), 2);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The folded search key: what duplicates and order are decided by.
    pub text: &'a str,
    /// The clause as the customer wrote it, private details masked: what names, keywords and quotes show.
    pub display: &'a str,
    /// Language of the clause.
    pub language: Language,
    /// Unit-length embedding; empty for none, and then the label is -1.
    pub vector: &'a [f32],
    /// How much the clause counts, usually 1.
    pub weight: f32,
    /// Who wrote it, any number that tells customers apart: one counts once. `None` for a customer of one clause.
    pub customer: Option<u64>,
}

/// How to cluster.
///
/// ```
/// let options = rasd::cluster::Options::default();
/// assert_eq!(options.n_causes, None);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// Number of causes; `None` finds it.
    pub n_causes: Option<usize>,
    /// Fewest clauses that make a cause, one customer's counted as one; `None` is `max(5, n / 200)`.
    pub min_size: Option<usize>,
    /// Largest share of the clauses, 0..=1, that may fit nowhere: causes reach as far as it takes. `None` is three standard
    /// deviations past the mean distance, which leaves out one distinct text in ten at most and often far fewer.
    pub max_outlier_share: Option<f64>,
    /// Salt of the content hash, which settles ties and starting points.
    pub random_state: u64,
}

impl Options {
    fn min_size(&self, items: &[Item]) -> usize {
        self.min_size.unwrap_or_else(|| (prepare::n_voices(items) / 200).max(5)).max(1)
    }
}

/// One root cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// What [`Causes::labels`] say: as fitted 0 is the largest; [`Causes::continue_from`], [`Causes::merge`] and
    /// [`Causes::split`] keep ids.
    pub id: i32,
    /// Position of its theme in [`Causes::themes`]; `None` when it stands alone.
    pub theme: Option<usize>,
    /// Name in Arabic, in the spelling customers use.
    pub label_ar: Option<String>,
    /// Name in English.
    pub label_en: Option<String>,
    /// The Arabic name is not its customers' own: [`Causes::lend`] gave it.
    pub derived_ar: bool,
    /// The English name is not its customers' own.
    pub derived_en: bool,
    /// Up to five Arabic words, most telling first.
    pub keywords_ar: Vec<String>,
    /// Up to five English words, most telling first.
    pub keywords_en: Vec<String>,
    /// Item indices: per language the most central clause, then unlike ones.
    pub quotes: Vec<usize>,
    /// Items with this label.
    pub n_items: usize,
    /// Unit vector in the space without language means.
    pub centroid: Vec<f32>,
}

/// Causes that belong together: the coarser of two levels.
///
/// ```
/// let theme = rasd::cluster::Theme::default();
/// assert_eq!(theme.label_en, None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// As fitted its place, largest first; [`Causes::continue_from`] keeps ids. Never that of another theme.
    pub id: i32,
    /// Name in Arabic, found as a cause's is.
    pub label_ar: Option<String>,
    /// Name in English.
    pub label_en: Option<String>,
    /// Items with a label of one of its causes.
    pub n_items: usize,
}

/// Root causes found by [`fit`], and all that [`Causes::assign`] needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Causes {
    /// Cause of each item, in the order given; -1 is none.
    pub labels: Vec<i32>,
    /// Largest first.
    pub causes: Vec<Cause>,
    /// Themes of the causes, largest first; none when there are few causes.
    pub themes: Vec<Theme>,
    /// Language means learned from the items.
    pub means: Means,
    /// Where each cause was found.
    regions: Vec<Region>,
    /// What the user changed since, in order.
    edits: Vec<Edit>,
}

/// Finds root causes.
///
/// Fewer than two groups of `min_size` means that nothing stands apart: every label is -1, unless one cause is asked for.
///
/// ```
/// use rasd::{Language, cluster::{Item, Options, fit}};
/// let texts = ["card lost", "lost my card", "card is lost", "app slow", "slow app", "app is slow"];
/// let vectors = [[1.0, 0.0], [0.99, 0.1], [0.99, -0.1], [0.0, 1.0], [0.1, 0.99], [-0.1, 0.99]];
/// let items: Vec<Item> = texts
///     .iter()
///     .zip(&vectors)
///     .map(|(text, vector)| Item { text, display: text, language: Language::En, vector, weight: 1.0, customer: None })
///     .collect();
/// let causes = fit(&items, &Options { min_size: Some(3), ..Options::default() })?;
/// assert_eq!(causes.causes.len(), 2);
/// assert_eq!(causes.labels[0], causes.labels[1]);
/// assert_ne!(causes.labels[0], causes.labels[3]);
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidInput`] when vectors differ in length, a weight is not a positive number, or `n_causes` is 0 or more
/// than the distinct texts, or `max_outlier_share` is no share.
pub fn fit(items: &[Item], options: &Options) -> Result<Causes> {
    fit_until(items, options, &|| false)
}

/// [`fit`], asking `stop` several times a second whether to give up.
///
/// ```
/// use rasd::cluster::{Item, Options, fit_until};
/// use rasd::{Error, Language};
/// let (text, vector) = ("late", &[1.0, 0.0]);
/// let item = Item { text, display: text, language: Language::En, vector, weight: 1.0, customer: None };
/// let stopped = fit_until(&[item], &Options::default(), &|| true);
/// assert!(matches!(stopped, Err(Error::Interrupted)));
/// ```
///
/// # Errors
/// As [`fit`], and [`Error::Interrupted`] when `stop` said yes.
pub fn fit_until(items: &[Item], options: &Options, stop: &dyn Fn() -> bool) -> Result<Causes> {
    fit_like(items, options, None, stop)
}

/// [`fit`] for texts that were clustered before, the same or more: where the number of causes is left to the data it is what
/// `old` had or up to a tenth more, and of the cuts that give so many the one is taken that is most like `old`.
///
/// ```
/// use rasd::{Language, cluster::{Item, Options, fit, fit_again}};
/// let vectors = [[1.0, 0.0], [0.99, 0.1], [0.99, -0.1], [0.0, 1.0], [0.1, 0.99]];
/// let texts = ["card lost", "lost my card", "card is lost", "app slow", "slow app"];
/// let item = |(text, vector)| Item { text, display: text, language: Language::En, vector, weight: 1.0, customer: None };
/// let items: Vec<Item> = texts.into_iter().zip(vectors.iter().map(|v| &v[..])).map(item).collect();
/// let options = Options { min_size: Some(1), ..Options::default() };
/// let old = fit(&items, &options)?;
/// assert_eq!(fit_again(&items, &options, &old)?.causes.len(), old.causes.len());
/// # Ok::<(), rasd::Error>(())
/// ```
///
/// # Errors
/// As [`fit`].
pub fn fit_again(items: &[Item], options: &Options, old: &Causes) -> Result<Causes> {
    fit_like(items, options, Some(old), &|| false)
}

fn fit_like(items: &[Item], options: &Options, old: Option<&Causes>, stop: Stop) -> Result<Causes> {
    go_on(stop)?;
    let dimensions = check(items)?;
    let distinct = prepare::distinct(items, options.random_state);
    let (unique, place) = prepare::collapsed(&distinct, items);
    if let Some(k) = options.n_causes.filter(|&k| k == 0 || k > unique.len()) {
        let message = format!(
            "n_causes: got {k}, expected 1..={} (distinct texts with a vector, near-duplicates as one)",
            unique.len()
        );
        return Err(Error::invalid_input(message).with_hint("leave n_causes out to let the data decide"));
    }
    if let Some(share) = options.max_outlier_share.filter(|share| !(0.0..=1.0).contains(share)) {
        let message = format!("max_outlier_share: got {share}, expected a share in 0..=1");
        return Err(Error::invalid_input(message).with_hint("0 sends every text to a cause"));
    }
    let min_size = options.min_size(items);
    let one = options.n_causes == Some(1);
    let means = if one { Means::zero(dimensions) } else { Means::of(&unique, dimensions) };
    let vectors: Vec<Vec<f32>> = unique.iter().map(|text| means.centre(text.vector, text.language)).collect();
    let weights: Vec<f64> = unique.iter().map(|text| text.weight).collect();

    let leaves = micro::leaves(&vectors, &weights, micro::MAX_LEAVES, stop)?;
    let points = cut::Points::new(&leaves, |i| &unique[i].voices);
    let tree = ward::ward(&leaves, stop)?;
    let centres = match options.n_causes {
        Some(k) => points.force(&tree, k, min_size, stop)?,
        None => points.choose(&tree, min_size, old, stop)?,
    };
    let mut regions = regions::reached(&distinct, &place, &means, centres);
    if let Some(share) = options.max_outlier_share {
        regions::widen(&mut regions, items, &means, share);
    }
    let cause =
        |region: &Region| Cause { id: region.id, centroid: region.centroid.clone(), ..Cause::unnamed() };
    let mut found =
        Causes { causes: regions.iter().map(cause).collect(), means, regions, ..Causes::default() };
    found.labels = items.iter().map(|item| found.assign(item.vector, item.language)).collect();
    for cause in &mut found.causes {
        cause.n_items = found.labels.iter().filter(|&&label| label == cause.id).count();
    }
    let mut themes = themes(&mut found, &tree, &leaves, &unique, &vectors);
    names::name(&mut found.causes, &mut themes, items, &unique, &vectors, &found.labels);
    found.themes = themes
        .into_iter()
        .zip(0..)
        .map(|(theme, id)| Theme {
            id,
            label_ar: theme.label_ar,
            label_en: theme.label_en,
            n_items: theme.n_items,
        })
        .collect();
    quotes::choose(&mut found.causes, items, &unique, &vectors, &found.labels);
    Ok(found)
}

/// Writes each cause's theme and gives the themes, largest first, unnamed: centroid and number of items.
fn themes(
    found: &mut Causes,
    tree: &ward::Tree,
    leaves: &[micro::Leaf],
    unique: &[Unique],
    vectors: &[Vec<f32>],
) -> Vec<Cause> {
    let votes: Vec<themes::Vote> = leaves
        .iter()
        .enumerate()
        .flat_map(|(leaf, group)| group.members.iter().map(move |&u| (leaf, u)))
        .filter_map(|(leaf, u)| {
            let cause = usize::try_from(found.labels[unique[u].item]).ok()?;
            Some((leaf, cause, unique[u].weight))
        })
        .collect();
    let centroids: Vec<&[f32]> = found.causes.iter().map(|cause| cause.centroid.as_slice()).collect();
    let of_cause = themes::gather(tree, &votes, &centroids);
    let n = of_cause.iter().flatten().max().map_or(0, |top| top + 1);
    let mut sums = vec![vec![0f64; found.means.pooled.len()]; n];
    for (u, text) in unique.iter().enumerate() {
        let cause = usize::try_from(found.labels[text.item]).ok();
        if let Some(theme) = cause.and_then(|cause| of_cause[cause]) {
            vector::add(&mut sums[theme], &vectors[u], text.weight);
        }
    }
    let mut sizes = vec![0; n];
    for (cause, theme) in found.causes.iter().zip(&of_cause) {
        theme.iter().for_each(|&theme| sizes[theme] += cause.n_items);
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&theme| std::cmp::Reverse(sizes[theme]));
    for (cause, theme) in found.causes.iter_mut().zip(of_cause) {
        cause.theme = theme.and_then(|theme| order.iter().position(|&other| other == theme));
    }
    order
        .into_iter()
        .map(|theme| Cause {
            centroid: vector::unit(&sums[theme]),
            n_items: sizes[theme],
            ..Cause::unnamed()
        })
        .collect()
}

/// Says yes when the caller wants the work to end.
type Stop<'a> = &'a dyn Fn() -> bool;

fn go_on(stop: Stop) -> Result<()> {
    if stop() { Err(Error::Interrupted) } else { Ok(()) }
}

/// Length of the vectors, all equal.
fn check(items: &[Item]) -> Result<usize> {
    let mut dimensions = 0;
    for (i, item) in items.iter().enumerate() {
        let got = item.vector.len();
        if got != 0 && dimensions != 0 && got != dimensions {
            return Err(Error::invalid_input(format!(
                "item {i}: vector of length {got}, expected {dimensions}"
            )));
        }
        if !(item.weight.is_finite() && item.weight > 0.0) {
            return Err(Error::invalid_input(format!(
                "item {i}: weight {}, expected a positive number",
                item.weight
            )));
        }
        dimensions = dimensions.max(got);
    }
    Ok(dimensions)
}

impl Cause {
    /// Takes the names that it lacks from the cause that it is the largest part of.
    fn inherit(&mut self, whole: Self) {
        if self.label_ar.is_none() {
            (self.derived_ar, self.label_ar) = (whole.label_ar.is_some(), whole.label_ar);
        }
        if self.label_en.is_none() {
            (self.derived_en, self.label_en) = (whole.label_en.is_some(), whole.label_en);
        }
    }

    fn unnamed() -> Self {
        Self {
            id: 0,
            theme: None,
            label_ar: None,
            label_en: None,
            derived_ar: false,
            derived_en: false,
            keywords_ar: Vec::new(),
            keywords_en: Vec::new(),
            quotes: Vec::new(),
            n_items: 0,
            centroid: Vec::new(),
        }
    }
}
