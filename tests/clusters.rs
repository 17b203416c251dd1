//! Clustering: what it must find, and what must not change it.
#![cfg(feature = "analyze")]

use rasd::Language;
use rasd::cluster::{Causes, Item, Options, Phrase, fit};

const DIMENSIONS: usize = 24;

/// Uniform draws in 0..1 from a linear congruential generator (Knuth's MMIX constants).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Sum of twelve uniforms: near enough to a Gaussian.
    fn gaussian(&mut self) -> f32 {
        (0..12).map(|_| self.next()).sum::<f32>() - 6.0
    }
}

fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|x| *x /= norm);
    vector
}

struct Row {
    text: String,
    language: Language,
    vector: Vec<f32>,
    blob: usize,
}

const EN: [&str; 6] = [
    "card never arrived",
    "app keeps freezing",
    "long queue at branch",
    "hidden transfer fees",
    "rude phone agent",
    "PIN is blocked",
];
const AR: [&str; 6] = [
    "البطاقة لم تصل",
    "التطبيق يتجمد دائما",
    "الانتظار طويل بالفرع",
    "رسوم التحويل مخفية",
    "موظف الهاتف فظ",
    "الرقم السري محظور",
];

/// `n` texts around each of the first `k` directions, every second one Arabic and moved by a constant Arabic offset.
fn blobs(k: usize, n: usize, noise: f32, seed: u64) -> Vec<Row> {
    let mut draws = Draws(seed);
    let offset: Vec<f32> = (0..DIMENSIONS).map(|_| draws.gaussian() * 0.4).collect();
    let centres: Vec<Vec<f32>> =
        (0..k).map(|_| unit((0..DIMENSIONS).map(|_| draws.gaussian()).collect())).collect();
    let mut rows = Vec::new();
    for i in 0..n {
        for (blob, centre) in centres.iter().enumerate() {
            let arabic = i % 2 == 1;
            let vector = centre
                .iter()
                .zip(&offset)
                .map(|(c, o)| c + noise * draws.gaussian() + if arabic { *o } else { 0.0 })
                .collect();
            let (phrase, language) =
                if arabic { (AR[blob % 6], Language::Ar) } else { (EN[blob % 6], Language::En) };
            rows.push(Row { text: format!("{phrase} w{blob}x{i}"), language, vector: unit(vector), blob });
        }
    }
    rows
}

fn items(rows: &[Row]) -> Vec<Item<'_>> {
    rows.iter()
        .map(|row| Item {
            text: &row.text,
            display: &row.text,
            language: row.language,
            vector: &row.vector,
            weight: 1.0,
            customer: None,
        })
        .collect()
}

fn fitted(rows: &[Row]) -> Causes {
    fit(&items(rows), &Options::default()).unwrap()
}

#[test]
fn separate_blobs_are_found_in_both_languages_without_k() {
    for k in [2, 4, 6] {
        let rows = blobs(k, 60, 0.08, 3);
        let causes = fitted(&rows);
        assert_eq!(causes.causes.len(), k);
        assert!(k > 5 || causes.themes.is_empty(), "few causes are read one by one");
        for (i, a) in rows.iter().enumerate() {
            for (j, b) in rows.iter().enumerate().take(i) {
                if causes.labels[i] >= 0 && causes.labels[j] >= 0 {
                    assert_eq!(a.blob == b.blob, causes.labels[i] == causes.labels[j]);
                }
            }
        }
        let outside = causes.labels.iter().filter(|label| **label < 0).count();
        assert!(outside * 20 <= rows.len(), "{outside} of {}", rows.len());
    }
}

/// Two broad halves and no structure inside them: silhouette alone would answer "two causes".
#[test]
fn a_vague_survey_is_not_cut_into_halves() {
    let mut draws = Draws(11);
    let rows: Vec<Row> = (0..400)
        .map(|i| {
            let mut vector: Vec<f32> = (0..DIMENSIONS).map(|_| draws.gaussian()).collect();
            vector[0] += if i % 2 == 0 { 1.5 } else { -1.5 };
            Row { text: format!("some words {i}"), language: Language::En, vector: unit(vector), blob: i % 2 }
        })
        .collect();
    let causes = fitted(&rows);
    let largest = (0..causes.causes.len() as i32)
        .map(|id| causes.labels.iter().filter(|label| **label == id).count())
        .max();
    assert!(largest.unwrap() <= rows.len() / 4, "{largest:?} of {}", rows.len());
}

#[test]
fn names_come_from_the_customers_in_both_languages() {
    let rows = blobs(6, 40, 0.08, 5);
    let causes = fitted(&rows);
    for cause in &causes.causes {
        let member = causes.labels.iter().position(|label| *label == cause.id).unwrap();
        let (en, ar) = (cause.label_en.as_deref().unwrap(), cause.label_ar.as_deref().unwrap());
        assert!(
            EN[rows[member].blob].to_lowercase().contains(&en.to_lowercase())
                && AR[rows[member].blob].contains(ar),
            "{en} | {ar}"
        );
        assert!(en.contains(' ') && ar.contains(' '), "a phrase, not a word: {en} | {ar}");
        assert!(en.contains("never") || !en.contains("arrived"), "{en}");
        assert!(ar.contains("لم") || !ar.contains("تصل"), "{ar}");
        assert!(!cause.derived_en && !cause.derived_ar);
        assert!(!cause.keywords_en.is_empty() && !cause.keywords_ar.is_empty());
        let languages: Vec<Language> = cause.quotes.iter().map(|&q| rows[q].language).collect();
        assert_eq!(languages, [[Language::Ar; 3], [Language::En; 3]].concat());
    }
}

#[test]
fn row_order_changes_nothing() {
    let rows = blobs(5, 40, 0.2, 9);
    let straight = fitted(&rows);
    let all = items(&rows);
    for stride in [7, 11, 199] {
        let order: Vec<usize> = (0..rows.len()).map(|i| i * stride % rows.len()).collect();
        let shuffled: Vec<Item> = order.iter().map(|&i| all[i]).collect();
        let mut other = fit(&shuffled, &Options::default()).unwrap();
        let labels: Vec<i32> = order.iter().map(|&i| straight.labels[i]).collect();
        assert_eq!(other.labels, labels);
        for cause in &mut other.causes {
            cause.quotes.iter_mut().for_each(|quote| *quote = order[*quote]);
        }
        assert_eq!(other.causes, straight.causes);
        assert_eq!(other.means, straight.means);
    }
}

#[test]
fn saved_causes_assign_as_fitted() {
    let rows = blobs(4, 30, 0.15, 21);
    let causes = fitted(&rows);
    let saved = serde_json::to_string(&causes).unwrap();
    let loaded: Causes = serde_json::from_str(&saved).unwrap();
    for (row, label) in rows.iter().zip(&causes.labels) {
        assert_eq!(loaded.assign(&row.vector, row.language), *label);
    }
    assert_eq!(loaded.assign(&[1.0, 2.0], Language::En), -1);
    assert_eq!(loaded.assign(&[f32::NAN; DIMENSIONS], Language::En), -1);
}

#[test]
fn no_vector_and_far_vectors_belong_nowhere() {
    let mut rows = blobs(3, 30, 0.05, 2);
    rows[4].vector = Vec::new();
    rows[5].vector = vec![f32::INFINITY; DIMENSIONS];
    let causes = fitted(&rows);
    assert_eq!((causes.labels[4], causes.labels[5]), (-1, -1));
    let mean: Vec<f32> = causes.causes.iter().fold(vec![0.0; DIMENSIONS], |mut sum, cause| {
        sum.iter_mut().zip(&cause.centroid).for_each(|(s, c)| *s -= c);
        sum
    });
    assert_eq!(causes.assign(&mean, Language::Other), -1);
}

#[test]
fn the_number_asked_for_is_the_number_found() {
    let rows = blobs(6, 30, 0.1, 13);
    for k in [1, 2, 5, 9] {
        let options = Options { n_causes: Some(k), ..Options::default() };
        let causes = fit(&items(&rows), &options).unwrap();
        assert_eq!(causes.causes.len(), k);
        assert!(causes.causes.iter().all(|cause| cause.n_items > 0));
    }
}

#[test]
fn a_cause_in_one_language_borrows_the_other_name() {
    let rows: Vec<Row> = blobs(4, 40, 0.08, 3)
        .into_iter()
        .filter(|row| row.blob != 0 || row.language == Language::En)
        .collect();
    let mut causes = fitted(&rows);
    let first = rows.iter().position(|row| row.blob == 0 && row.language == Language::En).unwrap();
    let id = causes.labels[first] as usize;
    let before = causes.causes[id].clone();
    assert!(before.label_en.is_some() && before.label_ar.is_none() && causes.lacks_names());
    // A phrase for each blob, where it lies; names are embedded as nothing at all.
    let centre = |blob: usize| {
        let of_blob = |row: &&Row| row.blob == blob && row.language == Language::En;
        rows.iter().find(of_blob).unwrap().vector.clone()
    };
    let phrase = |blob: usize| Phrase {
        ar: AR[blob].into(),
        en: "A common complaint".repeat(blob + 1),
        vector_ar: centre(blob),
        vector_en: centre(blob),
    };
    let phrases: Vec<Phrase> = (0..4).rev().map(phrase).collect();
    let embed = |names: &[&str]| Ok(vec![vec![0.0; DIMENSIONS]; names.len()]);
    causes.lend(&phrases, &embed).unwrap();
    let cause = &causes.causes[id];
    assert_eq!(cause.label_ar.as_deref(), Some(AR[0]));
    assert!(cause.derived_ar && !cause.derived_en && cause.label_en == before.label_en);
    assert!(causes.causes.iter().all(|other| other.id == cause.id || !other.derived_ar && !other.derived_en));
    assert!(!causes.lacks_names());
}

#[test]
fn repeats_count_as_rows_and_share_a_label() {
    let mut rows = blobs(3, 20, 0.08, 17);
    for _ in 0..50 {
        let copy = Row { text: rows[0].text.clone(), vector: rows[0].vector.clone(), ..rows[0] };
        rows.push(copy);
    }
    let causes = fitted(&rows);
    assert_eq!(causes.causes.len(), 3);
    assert_eq!(causes.causes[0].n_items, 70);
    assert!(causes.labels[60..].iter().all(|label| *label == causes.labels[0]));
}

#[test]
fn little_input_gives_no_cause_and_no_panic() {
    assert_eq!(fitted(&[]), Causes::default());
    let rows = blobs(2, 2, 0.1, 1);
    for n in 1..=rows.len() {
        assert!(fitted(&rows[..n]).labels.iter().all(|label| *label == -1));
    }
    let same = vec![1.0f32; 4];
    let item =
        Item { text: "a", display: "a", language: Language::En, vector: &same, weight: 1.0, customer: None };
    assert_eq!(fit(&[item; 40], &Options::default()).unwrap().labels, [-1; 40]);
}

#[test]
fn wrong_input_is_named() {
    let (long, short) = ([1.0f32, 0.0, 0.0], [1.0f32, 0.0]);
    let item = |vector| Item {
        text: "a",
        display: "a",
        language: Language::En,
        vector,
        weight: 1.0,
        customer: None,
    };
    let error = |items: &[Item], options: Options| fit(items, &options).unwrap_err().to_string();
    assert_eq!(
        error(&[item(&long), item(&short)], Options::default()),
        "item 1: vector of length 2, expected 3"
    );
    let weightless = Item { weight: -1.0, ..item(&long) };
    assert_eq!(error(&[weightless], Options::default()), "item 0: weight -1, expected a positive number");
    let many = Options { n_causes: Some(3), ..Options::default() };
    assert_eq!(
        error(&[item(&long)], many),
        "n_causes: got 3, expected 1..=1 (distinct texts with a vector, near-duplicates as one)"
    );
}

/// Above 3,000 distinct texts the first level is k-means; the same blobs must come out.
#[test]
fn many_texts_go_through_small_groups() {
    let rows = blobs(6, 700, 0.12, 31);
    let causes = fitted(&rows);
    let backwards: Vec<Item> = items(&rows).into_iter().rev().collect();
    let mut other = fit(&backwards, &Options::default()).unwrap();
    other.labels.reverse();
    assert_eq!(other.labels, causes.labels);
    assert_eq!(causes.causes.len(), 6);
    let wrong = rows
        .iter()
        .zip(&causes.labels)
        .filter(|(row, label)| **label >= 0 && causes.labels[row.blob] != **label);
    assert!(wrong.count() * 100 <= rows.len());
}

/// Three groups of three blobs: the groups are the themes, in any row order.
#[test]
fn causes_that_lie_together_share_a_theme() {
    let mut draws = Draws(5);
    let mut direction =
        |scale: f32| -> Vec<f32> { (0..DIMENSIONS).map(|_| scale * draws.gaussian()).collect() };
    let groups: Vec<Vec<f32>> = (0..3).map(|_| direction(1.0)).collect();
    let centres: Vec<Vec<f32>> = (0..9)
        .map(|blob| unit(groups[blob / 3].iter().zip(direction(0.6)).map(|(g, own)| g + own).collect()))
        .collect();
    let rows: Vec<Row> = (0..270)
        .map(|i| {
            let blob = i % 9;
            let noise = direction(0.05);
            let vector = unit(centres[blob].iter().zip(noise).map(|(c, n)| c + n).collect());
            let phrase = EN[blob % 6];
            Row { text: format!("{phrase} w{blob}x{i}"), language: Language::En, vector, blob }
        })
        .collect();
    let options = Options { n_causes: Some(9), ..Options::default() };
    let causes = fit(&items(&rows), &options).unwrap();
    assert_eq!(causes.themes.len(), 3);
    let theme = |i: usize| causes.causes[usize::try_from(causes.labels[i]).unwrap()].theme.unwrap();
    for (i, j) in (0..9).flat_map(|i| (0..9).map(move |j| (i, j))) {
        assert_eq!(theme(i) == theme(j), i / 3 == j / 3, "{i} {j}");
    }
    assert!(causes.themes.iter().all(|theme| (80..=90).contains(&theme.n_items)), "{:?}", causes.themes);
    let names = causes.causes.iter().filter_map(|cause| cause.label_en.as_ref());
    let names: Vec<&String> =
        names.chain(causes.themes.iter().filter_map(|theme| theme.label_en.as_ref())).collect();
    assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len(), "{names:?}");
    let backwards: Vec<Item> = items(&rows).into_iter().rev().collect();
    assert_eq!(fit(&backwards, &options).unwrap().themes, causes.themes);

    // The group that stands first shrinks: it stands last, under the id that it had.
    let id = |causes: &Causes, label: i32| {
        let cause = causes.causes.iter().find(|cause| cause.id == label).unwrap();
        causes.themes[cause.theme.unwrap()].id
    };
    let stays = |i: &usize| id(&causes, causes.labels[i % 9]) != 0 || i % 27 < 9;
    let kept: Vec<usize> = (0..rows.len()).filter(stays).collect();
    let fewer: Vec<Item> = kept.iter().map(|&i| items(&rows)[i]).collect();
    let mut later = fit(&fewer, &options).unwrap();
    assert_eq!(later.continue_from(&causes, &fewer, 9), 9);
    for (&i, &label) in kept.iter().zip(&later.labels).filter(|(_, label)| **label >= 0) {
        assert_eq!(id(&later, label), id(&causes, causes.labels[i % 9]), "{i}");
    }
    assert_eq!(later.themes[2].id, 0);
}

/// A template with another number each time is one voice, not forty; every row is still counted.
#[test]
fn near_duplicates_weigh_as_one_text() {
    let mut rows = blobs(3, 20, 0.08, 17);
    let template = |i: usize| {
        format!(
            "my order number {i:03} did not arrive although I paid for express delivery and wrote to you twice"
        )
    };
    for i in 0..40 {
        let (vector, blob) = (rows[0].vector.clone(), rows[0].blob);
        rows.push(Row { text: template(i), language: Language::En, vector, blob });
    }
    let mut once = blobs(3, 20, 0.08, 17);
    let (vector, blob) = (once[0].vector.clone(), once[0].blob);
    for _ in 0..40 {
        once.push(Row { text: template(0), language: Language::En, vector: vector.clone(), blob });
    }
    let (near, exact) = (fitted(&rows), fitted(&once));
    assert_eq!(near.labels, exact.labels);
    assert!(near.causes[0].n_items >= 50, "every row is counted");
    let centres = |causes: &Causes| -> Vec<Vec<f32>> {
        causes.causes.iter().map(|cause| cause.centroid.clone()).collect()
    };
    for (a, b) in centres(&near).iter().zip(&centres(&exact)) {
        let cosine: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
        assert!(cosine > 0.999_99, "{cosine}"); // the order of texts differs, and with it the last bits
    }
    // The same letters of another meaning stay two texts.
    let text = "my order number 001 did not arrive although I paid for express delivery";
    let pair: Vec<Row> = [vec![1.0, 0.0], vec![0.0, 1.0]]
        .into_iter()
        .enumerate()
        .map(|(blob, vector)| Row { text: format!("{text}{blob}"), language: Language::En, vector, blob })
        .collect();
    let options = Options { n_causes: Some(2), min_size: Some(1), ..Options::default() };
    assert_eq!(fit(&items(&pair), &options).unwrap().causes.len(), 2);
}

/// Twenty customers who write of cards once each, and one who writes of his transfer forty times: with his name it is
/// one voice and no cause of its own, without names it is one.
#[test]
fn one_customer_who_repeats_himself_is_one_voice() {
    let mut draws = Draws(23);
    let mut rows = blobs(3, 20, 0.08, 19);
    let own: Vec<f32> = (0..DIMENSIONS).map(|_| draws.gaussian()).collect();
    for i in 0..40 {
        let vector = own.iter().map(|x| x + 0.1 * draws.gaussian()).collect();
        rows.push(Row {
            text: format!("transfer of salary {i}"),
            language: Language::En,
            vector: unit(vector),
            blob: 3,
        });
    }
    let named = |of: fn(usize) -> Option<u64>| {
        let items: Vec<Item> =
            items(&rows).into_iter().enumerate().map(|(i, item)| Item { customer: of(i), ..item }).collect();
        fit(&items, &Options { min_size: Some(5), ..Options::default() }).unwrap()
    };
    let nobody = named(|_| None);
    let everyone = named(|i| Some(i as u64));
    let repeats = named(|i| Some(i.min(60) as u64));
    assert_eq!((nobody.causes.len(), everyone.causes.len(), repeats.causes.len()), (4, 4, 3));
    assert_eq!(everyone, nobody);
    let backwards: Vec<Item> = items(&rows)
        .into_iter()
        .enumerate()
        .map(|(i, item)| Item { customer: Some(i.min(60) as u64), ..item })
        .rev()
        .collect();
    let turned = fit(&backwards, &Options { min_size: Some(5), ..Options::default() }).unwrap();
    assert_eq!(turned.labels.into_iter().rev().collect::<Vec<_>>(), repeats.labels);
}
