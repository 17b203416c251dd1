//! In: the tree of one taxonomy file. Out: what it defines, each part checked by itself.
//! Law: what one file cannot know (slots, guards and parents named elsewhere) is checked where files meet.

use std::collections::HashMap;

use super::node::{At, Fields, Node, Said};
use super::topic::Topic;
use crate::Result;

/// Varieties, in the order seeds are told.
const VARIETIES: [&str; 7] = ["msa", "gulf", "egyptian", "levantine", "maghrebi", "iraqi", "english"];
const TOUCHPOINTS: [&str; 10] =
    ["branch", "call_center", "app", "website", "delivery", "store", "product", "bill", "chatbot", "policy"];
const STAGES: [&str; 6] = ["awareness", "purchase", "use", "support", "loyalty", "leaving"];
/// A topic of a user's needs this many phrases, in all varieties together.
const FEWEST_SEEDS: usize = 5;
/// The most words that a gap or a guard may reach over; it bounds the work on one word.
const FARTHEST: i64 = 20;

/// The lists that marks are told in, besides topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum List {
    Kind,
    Cue,
    Actor,
    Emotion,
}

pub(super) const LISTS: [(List, &str); 4] =
    [(List::Kind, "kind"), (List::Cue, "cue"), (List::Actor, "actor"), (List::Emotion, "emotion")];

impl List {
    /// What holds the phrases of an entry.
    fn groups(self) -> &'static str {
        if self == Self::Emotion { "words" } else { "markers" }
    }
}

/// A topic, its words and where it is defined.
#[derive(Debug, Clone)]
pub(super) struct TopicDraft {
    pub(super) topic: Topic,
    pub(super) at: At,
    pub(super) lexicon: Vec<Said>,
    pub(super) not: Vec<Said>,
}

/// A kind, cue, actor or emotion.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) name_ar: String,
    pub(super) name_en: String,
    pub(super) at: At,
    pub(super) groups: Vec<Group>,
    /// Emoji and the intensity of each.
    pub(super) emoji: Vec<(String, u8)>,
    /// Words that a guard reaches over; where the file does not say, that of the library's file.
    pub(super) within: Option<usize>,
    /// Words that a gap reaches over, likewise.
    pub(super) gap: Option<usize>,
}

/// Phrases that mean the same.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) strong: bool,
    pub(super) whole: bool,
    pub(super) sense: Option<String>,
    pub(super) intensity: Option<u8>,
    pub(super) not_after: Vec<Said>,
    pub(super) not_before: Vec<Said>,
    pub(super) phrases: Vec<Said>,
}

/// Lists of phrases by name.
pub(super) type Lists = Vec<(String, Vec<Said>)>;

/// What one file defines.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) topics: Vec<TopicDraft>,
    /// Ids of topics to leave out, and where they are named.
    pub(super) drops: Vec<Said>,
    /// In the order of [`LISTS`].
    pub(super) entries: [Vec<Entry>; 4],
    pub(super) companies: Lists,
    pub(super) slots: Lists,
    pub(super) guards: Lists,
}

/// Reads a file; `user` tells whose it is.
pub(super) fn read(root: Node, user: bool) -> Result<Draft> {
    let known = ["topic", "kind", "cue", "actor", "emotion", "companies", "slots", "guards", "within", "gap"];
    let mut fields = root.table("taxonomy", &known)?;
    let within = reach(&mut fields, "within")?;
    let gap = reach(&mut fields, "gap")?;
    let mut draft = Draft::default();
    for read in fields.each("topic", |node| topic(node, user))? {
        match read {
            TopicLine::Topic(topic) => draft.topics.push(*topic),
            TopicLine::Drop(id) => draft.drops.push(id),
        }
    }
    for ((list, name), entries) in LISTS.into_iter().zip(&mut draft.entries) {
        *entries = fields.each(name, |node| entry(node, list, name, within, gap))?;
        let ids = entries.iter().map(|entry| (entry.id.as_str(), &entry.at));
        once(name, "id", ids)?;
        once(name, "name", entries.iter().map(|entry| (entry.name_ar.as_str(), &entry.at)))?;
        once(name, "name", entries.iter().map(|entry| (entry.name_en.as_str(), &entry.at)))?;
    }
    let dropped = draft.drops.iter().map(|id| (id.text.as_str(), &id.at));
    once(
        "topic",
        "id",
        draft.topics.iter().map(|draft| (draft.topic.id.as_str(), &draft.at)).chain(dropped),
    )?;
    for (key, lists) in
        [("companies", &mut draft.companies), ("slots", &mut draft.slots), ("guards", &mut draft.guards)]
    {
        if let Some((node, what)) = fields.take(key) {
            *lists = node.table(&what, &[])?.lists()?;
        }
    }
    Ok(draft)
}

/// No two of `names` are the same.
pub(super) fn once<'a>(list: &str, what: &str, names: impl Iterator<Item = (&'a str, &'a At)>) -> Result<()> {
    let mut seen: HashMap<String, &At> = HashMap::new();
    for (name, at) in names {
        if let Some(first) = seen.insert(name.to_lowercase(), at) {
            let error = at.error(format!("{list}: {what} `{name}` is taken, expected each {what} once"));
            return Err(error.with_hint(format!("it is first given at {first}")));
        }
    }
    Ok(())
}

fn reach(fields: &mut Fields, key: &str) -> Result<Option<usize>> {
    Ok(fields.read(key, |node, what| node.whole(what, 0..=FARTHEST))?.map(|number| number as usize))
}

enum TopicLine {
    Topic(Box<TopicDraft>),
    Drop(Said),
}

/// The names in Arabic and in English, one standing in for the other.
fn names(fields: &mut Fields, what: &str) -> Result<(String, String)> {
    match (fields.text("name_ar")?, fields.text("name_en")?) {
        (Some(ar), Some(en)) => Ok((ar, en)),
        (Some(name), None) | (None, Some(name)) => Ok((name.clone(), name)),
        (None, None) => Err(fields.at.error(format!("{what}: no name, expected `name_ar` or `name_en`"))),
    }
}

fn topic(node: Node, user: bool) -> Result<TopicLine> {
    let known = [
        "id",
        "name_en",
        "name_ar",
        "about_en",
        "about_ar",
        "touchpoint",
        "stage",
        "parent",
        "seeds",
        "lexicon",
        "not",
        "drop",
    ];
    let mut fields = node.table("topic", &known)?;
    let id = fields.required("id")?;
    let what = format!("topic `{id}`");
    let at = fields.at.clone();
    if fields.read("drop", |node, what| node.flag(what))?.unwrap_or(false) {
        return Ok(TopicLine::Drop(Said { text: id, at }));
    }
    let (name_ar, name_en) = names(&mut fields, &what)?;
    let mut seeds = Vec::new();
    if let Some((node, told)) = fields.take("seeds") {
        let mut by_variety = node.table(&told, &VARIETIES)?;
        for variety in VARIETIES {
            seeds.extend(by_variety.texts(variety)?.into_iter().map(|seed| (variety, seed.text)));
        }
    }
    if user && seeds.len() < FEWEST_SEEDS {
        let error = at.error(format!("{what}: {} phrases, expected at least {FEWEST_SEEDS}", seeds.len()));
        return Err(error.with_hint("write under `seeds` how customers say it, in any one variety"));
    }
    let languages = |fields: &mut Fields, key: &str| -> Result<Vec<Said>> {
        let Some((node, told)) = fields.take(key) else { return Ok(Vec::new()) };
        let mut by_language = node.table(&told, &["ar", "en"])?;
        let mut said = by_language.texts("ar")?;
        said.extend(by_language.texts("en")?);
        Ok(said)
    };
    let lexicon = languages(&mut fields, "lexicon")?;
    let not = languages(&mut fields, "not")?;
    let topic = Topic {
        id,
        name_ar,
        name_en,
        about_ar: fields.text("about_ar")?,
        about_en: fields.text("about_en")?,
        touchpoint: fields.read("touchpoint", |node, what| node.one_of(what, &TOUCHPOINTS))?,
        stage: fields.read("stage", |node, what| node.one_of(what, &STAGES))?,
        parent: fields.text("parent")?,
        seeds,
        user,
    };
    Ok(TopicLine::Topic(Box::new(TopicDraft { topic, at, lexicon, not })))
}

fn entry(node: Node, list: List, name: &str, within: Option<usize>, gap: Option<usize>) -> Result<Entry> {
    let mut known = vec!["id", "name_en", "name_ar", "about_en", "about_ar", list.groups()];
    if list == List::Emotion {
        known.extend(["emoji", "not_after"]);
    }
    let mut fields = node.table(name, &known)?;
    let id = fields.required("id")?;
    let what = format!("{name} `{id}`");
    let (name_ar, name_en) = names(&mut fields, &what)?;
    for about in ["about_ar", "about_en"] {
        fields.text(about)?;
    }
    let not_after = fields.texts("not_after")?;
    let mut groups = fields.each(list.groups(), |node| group(node, list, &what))?;
    for group in &mut groups {
        group.not_after.extend(not_after.iter().cloned());
    }
    let emoji = fields.each("emoji", |node| {
        let mut fields = node.table(&format!("{what}: emoji"), &["intensity", "emoji"])?;
        let intensity = intensity(&mut fields)?;
        Ok(fields.texts("emoji")?.into_iter().map(move |said| (said.text, intensity)).collect::<Vec<_>>())
    })?;
    let emoji = emoji.into_iter().flatten().collect();
    Ok(Entry { id, name_ar, name_en, at: fields.at.clone(), groups, emoji, within, gap })
}

fn intensity(fields: &mut Fields) -> Result<u8> {
    let read = fields.read("intensity", |node, what| node.whole(what, 1..=3))?;
    let number = read.ok_or_else(|| fields.at.error("`intensity` is missing, expected 1 to 3"))?;
    Ok(number as u8)
}

fn group(node: Node, list: List, what: &str) -> Result<Group> {
    let known: &[&'static str] = match list {
        List::Emotion => &["variety", "intensity", "phrases", "not_after", "not_before"],
        List::Kind => &["variety", "strength", "phrases", "whole", "not_after", "not_before"],
        List::Cue | List::Actor => &["variety", "strength", "phrases", "sense", "not_after", "not_before"],
    };
    let mut fields = node.table(&format!("{what}: {}", list.groups()), known)?;
    fields.read("variety", |node, what| node.one_of(what, &VARIETIES))?;
    let strength = fields.read("strength", |node, what| node.one_of(what, &["strong", "weak"]))?;
    Ok(Group {
        strong: strength != Some("weak"),
        whole: fields.read("whole", |node, what| node.flag(what))?.unwrap_or(false),
        sense: fields.text("sense")?,
        intensity: if list == List::Emotion { Some(intensity(&mut fields)?) } else { None },
        not_after: fields.texts("not_after")?,
        not_before: fields.texts("not_before")?,
        phrases: fields.texts("phrases")?,
    })
}
