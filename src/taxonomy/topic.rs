//! A topic as callers see it.

/// A topic of feedback: what a clause is about, whatever it feels about it.
///
/// ```
/// let topic = rasd::taxonomy::Taxonomy::builtin().topic("price").unwrap();
/// assert_eq!((topic.name_ar.as_str(), topic.stage), ("السعر", Some("purchase")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The label that tables use.
    pub id: String,
    /// Arabic name; the English one where none is given.
    pub name_ar: String,
    /// English name; the Arabic one where none is given.
    pub name_en: String,
    /// What it is about, in Arabic.
    pub about_ar: Option<String>,
    /// What it is about, in English.
    pub about_en: Option<String>,
    /// Where the customer met it: one of branch, call_center, app, website, delivery, store, product, bill, chatbot,
    /// policy.
    pub touchpoint: Option<&'static str>,
    /// Journey stage: one of awareness, purchase, use, support, loyalty, leaving.
    pub stage: Option<&'static str>,
    /// Id of the topic that holds this one.
    pub parent: Option<String>,
    /// Short phrases as customers write them, each with its variety: msa, gulf, egyptian, levantine, maghrebi, iraqi or
    /// english.
    pub seeds: Vec<(&'static str, String)>,
    /// It comes from the user, not from the library.
    pub user: bool,
}
