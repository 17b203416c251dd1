//! In: what each file defines, the library's first. Out: one set of rules, checked as a whole.
//! Law: an id of a later file replaces that id whole; companies, slots and guards are replaced list by list.

use std::collections::BTreeMap;

use super::draft::{self, Draft, Entry, LISTS, List, TopicDraft};
use super::node::{At, Said, hinted};
use crate::Result;

/// What stands for a name of any list of companies.
const ANY_COMPANY: &str = "company";

/// Which file's guards a list of marks uses.
fn guards_of(list: List) -> usize {
    match list {
        List::Kind => 0,
        List::Cue | List::Actor => 1,
        List::Emotion => 2,
    }
}

/// Everything a matcher is built from.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    pub(super) topics: Vec<TopicDraft>,
    /// In the order of [`LISTS`].
    pub(super) entries: [Vec<Entry>; 4],
    pub(super) companies: BTreeMap<String, Vec<Said>>,
    pub(super) slots: BTreeMap<String, Vec<Said>>,
    /// Of kinds, of cues and actors, of emotions.
    pub(super) guards: [BTreeMap<String, Vec<Said>>; 3],
    within: [usize; 3],
    gap: [usize; 3],
}

impl Rules {
    /// A file of the library's own, laid in.
    pub(super) fn found(mut self, draft: Draft) -> Self {
        self.topics.extend(draft.topics);
        for (((list, _), entries), own) in LISTS.into_iter().zip(draft.entries).zip(&mut self.entries) {
            let at = guards_of(list);
            if let Some(first) = entries.first() {
                self.within[at] = first.within.unwrap_or(0);
                self.gap[at] = first.gap.unwrap_or(0);
                self.guards[at] = draft.guards.iter().cloned().collect();
            }
            own.extend(entries);
        }
        self.companies.extend(draft.companies);
        self.slots.extend(draft.slots);
        self
    }

    /// A user's file, laid over.
    pub(super) fn overlaid(mut self, draft: Draft) -> Result<Self> {
        for drop in draft.drops {
            let known = self.topics.len();
            self.topics.retain(|own| own.topic.id != drop.text);
            if self.topics.len() == known {
                let error = drop.at.error(format!("topic `{}`: no such topic to drop", drop.text));
                return Err(hinted(error, &drop.text, self.topics.iter().map(|own| own.topic.id.as_str())));
            }
        }
        for topic in draft.topics {
            match self.topics.iter_mut().find(|own| own.topic.id == topic.topic.id) {
                Some(own) => *own = topic,
                None => self.topics.push(topic),
            }
        }
        for (((list, name), entries), own) in LISTS.into_iter().zip(draft.entries).zip(&mut self.entries) {
            for entry in entries {
                let known = own.iter().position(|known| known.id == entry.id);
                match known {
                    Some(at) => own[at] = entry,
                    None if matches!(list, List::Cue | List::Actor) => own.push(entry),
                    None => {
                        let ids: Vec<&str> = own.iter().map(|known| known.id.as_str()).collect();
                        let message =
                            format!("{name}: got id `{}`, expected one of {}", entry.id, ids.join(", "));
                        return Err(hinted(entry.at.error(message), &entry.id, ids));
                    }
                }
            }
        }
        self.companies.extend(draft.companies);
        self.slots.extend(draft.slots);
        for guards in &mut self.guards {
            guards.extend(draft.guards.iter().cloned());
        }
        Ok(self)
    }

    /// The words that a guard of `entry` reaches over.
    pub(super) fn within(&self, list: List, entry: &Entry) -> usize {
        entry.within.unwrap_or(self.within[guards_of(list)])
    }

    /// The words that a gap in a phrase of `entry` reaches over.
    pub(super) fn gap(&self, list: List, entry: &Entry) -> usize {
        entry.gap.unwrap_or(self.gap[guards_of(list)])
    }

    /// The phrases of the guard `name` that entries of `list` may use.
    pub(super) fn listed(&self, list: List, name: &str) -> Option<&[Said]> {
        self.guards[guards_of(list)].get(name).map(Vec::as_slice)
    }

    /// The phrases of the guard `said`: those of the list it names with @, or itself.
    pub(super) fn guard<'a>(&'a self, list: List, said: &'a Said) -> Result<&'a [Said]> {
        let Some(name) = said.text.strip_prefix('@') else { return Ok(std::slice::from_ref(said)) };
        self.listed(list, name).ok_or_else(|| {
            let known = self.guards[guards_of(list)].keys().map(String::as_str);
            hinted(said.at.error(format!("no list `{name}` under [guards]")), name, known)
        })
    }

    /// The words that `{name}` in the phrase `said` stands for; companies also with ل, ال and both written on.
    pub(super) fn slot(&self, said: &Said, name: &str) -> Result<Vec<String>> {
        if let Some(words) = self.slots.get(name) {
            return Ok(words.iter().map(|word| word.text.clone()).collect());
        }
        let lists: Vec<&Vec<Said>> = match name {
            ANY_COMPANY => self.companies.values().collect(),
            name => self.companies.get(name).into_iter().collect(),
        };
        if lists.is_empty() && name != ANY_COMPANY {
            let known = self.slots.keys().chain(self.companies.keys()).map(String::as_str);
            let message = format!("`{}`: no list `{name}` under [slots] or [companies]", said.text);
            return Err(hinted(said.at.error(message), name, known.chain([ANY_COMPANY])));
        }
        let forms = |said: &Said| ["", "ل", "ال", "لل"].map(|on| format!("{on}{}", said.text));
        Ok(lists.into_iter().flatten().flat_map(forms).collect())
    }

    /// Names are told apart, parents exist and hold no cycle.
    pub(super) fn check(&self) -> Result<()> {
        let topics = || self.topics.iter();
        draft::once("topic", "name", topics().map(|own| (own.topic.name_ar.as_str(), &own.at)))?;
        draft::once("topic", "name", topics().map(|own| (own.topic.name_en.as_str(), &own.at)))?;
        let by_id: BTreeMap<&str, &TopicDraft> = topics().map(|own| (own.topic.id.as_str(), own)).collect();
        for own in topics() {
            let mut held = own;
            let mut way = vec![own.topic.id.as_str()];
            while let Some(parent) = &held.topic.parent {
                held = by_id
                    .get(parent.as_str())
                    .ok_or_else(|| no_parent(&held.at, parent, by_id.keys().copied()))?;
                let cycle = way.contains(&parent.as_str());
                way.push(parent);
                if cycle {
                    let message = format!("topic `{}`: parents go round: {}", own.topic.id, way.join(" > "));
                    return Err(own.at.error(message).with_hint("leave one `parent` out"));
                }
            }
        }
        Ok(())
    }
}

fn no_parent<'a>(at: &At, parent: &str, known: impl IntoIterator<Item = &'a str>) -> crate::Error {
    hinted(at.error(format!("parent: no topic `{parent}`")), parent, known)
}
