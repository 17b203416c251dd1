//! Names for causes whose customers do not speak a language: phrases that say in both what customers complain of.

use std::collections::BTreeSet;

use super::vector::{add, dot, unit};
use super::{Cause, Causes, Theme};
use crate::error::Result;

/// Likeness of a phrase to a cause from which it may name it; see [`Causes::lend`].
const NEAR: f64 = 0.45;

/// What customers complain of, in Arabic and in English, with the embedding of each.
///
/// ```
/// use rasd::cluster::Phrase;
/// let (vector_ar, vector_en) = (vec![1.0, 0.0], vec![1.0, 0.1]);
/// let phrase = Phrase { ar: "طعام بارد".into(), en: "Cold food".into(), vector_ar, vector_en };
/// assert_eq!(phrase.en, "Cold food");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// In Arabic.
    pub ar: String,
    /// In English.
    pub en: String,
    /// Embedding of the Arabic.
    pub vector_ar: Vec<f32>,
    /// Embedding of the English.
    pub vector_en: Vec<f32>,
}

/// What embeds names.
pub type Embed<'a> = &'a dyn Fn(&[&str]) -> Result<Vec<Vec<f32>>>;

/// A cause or a theme, and the names that it has.
struct Named {
    centroid: Vec<f32>,
    ar: Option<String>,
    en: Option<String>,
}

impl Causes {
    /// Whether a cause or a theme has no name in one of the languages.
    ///
    /// ```
    /// assert!(!rasd::cluster::Causes::default().lacks_names());
    /// ```
    pub fn lacks_names(&self) -> bool {
        self.named().iter().any(|named| named.ar.is_none() || named.en.is_none())
    }

    /// Gives causes and themes that lack a name in a language one of `phrases` in it, marked as derived. A phrase is as
    /// like a cause as the mean says of three cosines: of its Arabic and of its English to the cause's centre, and of
    /// its words to the cause's own name in that name's language (without a name, of the first two), each language's mean
    /// over the phrases taken away. The likest pair comes first, nothing is lent twice, and what no phrase is like (.45)
    /// goes without.
    ///
    /// ```
    /// use rasd::{Language, cluster::{Item, Options, Phrase, fit}};
    /// let vectors = [[1.0, 0.0], [0.9, 0.2], [0.9, -0.2], [0.0, 1.0], [0.1, 0.9]];
    /// let texts = ["card lost", "lost my card", "card is lost", "app slow", "slow app"];
    /// let item = |(text, vector)| Item { text, display: text, language: Language::En, vector, weight: 1.0, customer: None };
    /// let items: Vec<Item> = texts.into_iter().zip(vectors.iter().map(|v| &v[..])).map(item).collect();
    /// let mut causes = fit(&items, &Options { n_causes: Some(2), min_size: Some(1), ..Options::default() })?;
    /// let phrase = |ar: &str, en: &str, vector: [f32; 2]| Phrase {
    ///     ar: ar.into(), en: en.into(), vector_ar: vector.into(), vector_en: vector.into(),
    /// };
    /// let embed = |names: &[&str]| Ok(names.iter().map(|name| vec![1.0, f32::from(name.contains("pp"))]).collect());
    /// causes.lend(&[phrase("فقدت البطاقة", "Lost card", [1.0, 0.0]), phrase("بطء", "Slow", [0.0, 1.0])], &embed)?;
    /// assert_eq!(causes.causes[0].label_ar.as_deref(), Some("فقدت البطاقة"));
    /// assert!(causes.causes[0].derived_ar && !causes.causes[0].derived_en);
    /// # Ok::<(), rasd::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of `embed`.
    pub fn lend(&mut self, phrases: &[Phrase], embed: Embed) -> Result<()> {
        let named = self.named();
        let arabic = centred(phrases.iter().map(|phrase| &phrase.vector_ar[..]));
        let english = centred(phrases.iter().map(|phrase| &phrase.vector_en[..]));
        let own: Vec<&str> = named
            .iter()
            .map(|named| named.ar.as_deref().or(named.en.as_deref()).unwrap_or_default())
            .collect();
        let own = embed(&own)?;
        let like = |n: usize, p: usize| {
            let Named { centroid, ar, en } = &named[n];
            let both = dot(centroid, &arabic.vectors[p]) + dot(centroid, &english.vectors[p]);
            match (ar, en) {
                (None, None) => both / 2.0,
                (Some(_), _) => (both + dot(&arabic.centre(&own[n]), &arabic.vectors[p])) / 3.0,
                (None, Some(_)) => (both + dot(&english.centre(&own[n]), &english.vectors[p])) / 3.0,
            }
        };
        let lacking = (0..named.len()).filter(|&n| named[n].ar.is_none() || named[n].en.is_none());
        let mut pairs: Vec<(f64, usize, usize)> = lacking
            .flat_map(|n| (0..phrases.len()).map(move |p| (n, p)))
            .map(|(n, p)| (like(n, p), n, p))
            .filter(|(like, ..)| *like >= NEAR)
            .collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let has: BTreeSet<String> = named
            .iter()
            .flat_map(|named| [&named.ar, &named.en])
            .flatten()
            .map(|name| name.to_lowercase())
            .collect();
        let is_new = |own: &Option<String>, lent: &str| own.is_some() || !has.contains(&lent.to_lowercase());
        let (mut served, mut lent) = (BTreeSet::new(), BTreeSet::new());
        for (_, n, p) in pairs {
            let phrase = &phrases[p];
            let is_free = is_new(&named[n].ar, &phrase.ar) && is_new(&named[n].en, &phrase.en);
            if is_free && !served.contains(&n) && lent.insert(p) {
                served.insert(n);
                self.put(n, phrase);
            }
        }
        Ok(())
    }

    /// Causes, then themes.
    fn named(&self) -> Vec<Named> {
        let of_cause = |cause: &Cause| Named {
            centroid: cause.centroid.clone(),
            ar: cause.label_ar.clone(),
            en: cause.label_en.clone(),
        };
        let of_theme = |(place, theme): (usize, &Theme)| {
            let mut sum = vec![0f64; self.means.pooled.len()];
            let own = self.causes.iter().filter(|cause| cause.theme == Some(place));
            own.for_each(|cause| add(&mut sum, &cause.centroid, cause.n_items as f64));
            Named { centroid: unit(&sum), ar: theme.label_ar.clone(), en: theme.label_en.clone() }
        };
        let themes = self.themes.iter().enumerate().map(of_theme);
        self.causes.iter().map(of_cause).chain(themes).collect()
    }

    /// The `n`th of [`Self::named`] takes the names that it lacks.
    fn put(&mut self, n: usize, phrase: &Phrase) {
        let n_causes = self.causes.len();
        if let Some(cause) = self.causes.get_mut(n) {
            (cause.derived_ar, cause.derived_en) = (cause.label_ar.is_none(), cause.label_en.is_none());
            cause.label_ar.get_or_insert_with(|| phrase.ar.clone());
            cause.label_en.get_or_insert_with(|| phrase.en.clone());
        } else if let Some(theme) = self.themes.get_mut(n - n_causes) {
            theme.label_ar.get_or_insert_with(|| phrase.ar.clone());
            theme.label_en.get_or_insert_with(|| phrase.en.clone());
        }
    }
}

/// Vectors without their mean, which is what a language adds whatever is said.
struct Centred {
    mean: Vec<f64>,
    vectors: Vec<Vec<f32>>,
}

fn centred<'a>(vectors: impl ExactSizeIterator<Item = &'a [f32]> + Clone) -> Centred {
    let mut mean = vec![0f64; vectors.clone().next().map_or(0, <[f32]>::len)];
    let n = vectors.len().max(1) as f64;
    vectors.clone().for_each(|vector| add(&mut mean, vector, 1.0 / n));
    let mut found = Centred { mean, vectors: Vec::new() };
    found.vectors = vectors.map(|vector| found.centre(vector)).collect();
    found
}

impl Centred {
    fn centre(&self, vector: &[f32]) -> Vec<f32> {
        unit(&vector.iter().zip(&self.mean).map(|(x, mean)| f64::from(*x) - mean).collect::<Vec<_>>())
    }
}
