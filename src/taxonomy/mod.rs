//! In: a topic label. Out: its names in both languages; and the scales whose answers are words.
//! Law: every topic of the shipped model is in `topics.tsv`; a foreign model's own labels pass through unnamed.

mod scales;

use std::sync::LazyLock;

pub use scales::{TextAnswer, TextScale, text_scales};

/// A topic of feedback.
///
/// ```
/// let topic = rasd::taxonomy::topic("price").unwrap();
/// assert_eq!(topic.name_ar, "السعر");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// The label the model and the tables use.
    pub id: &'static str,
    /// Arabic name.
    pub name_ar: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Where the customer met it: place, people, product, channel.
    pub touchpoint: &'static str,
    /// Journey stage: awareness, purchase, use, support.
    pub stage: &'static str,
}

static TOPICS: LazyLock<Vec<Topic>> = LazyLock::new(|| {
    include_str!("topics.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(Topic {
                id: cells.next()?,
                name_ar: cells.next()?,
                name_en: cells.next()?,
                touchpoint: cells.next()?,
                stage: cells.next()?,
            })
        })
        .collect()
});

/// Every topic, in the order of the file.
///
/// ```
/// assert!(rasd::taxonomy::topics().iter().all(|topic| !topic.name_ar.is_empty()));
/// ```
pub fn topics() -> &'static [Topic] {
    &TOPICS
}

/// A topic by its label.
///
/// ```
/// assert!(rasd::taxonomy::topic("weather").is_none());
/// ```
pub fn topic(id: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.id == id)
}
