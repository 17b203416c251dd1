//! In: the rules. Out: one machine that finds every phrase of theirs in a comment.
//! Law: the work on a comment grows with its words, however many phrases there are and however odd the comment is.

use std::collections::HashMap;
use std::sync::Arc;

use super::draft::{Entry, LISTS, List};
use super::emphasis::VARIATION;
use super::node::Said;
use super::rules::Rules;
use super::symbols::{GAPS, SLOTS, Words, folded};
use super::trie::{Symbol, Trie};
use crate::Result;

/// What a phrase is a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A word of a topic's lexicon, or one of its seeds.
    Topic,
    /// What looks like a topic and is not.
    NotTopic,
    Sign(List),
}

/// What phrases of one group share.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    pub(super) of: Of,
    pub(super) id: Arc<str>,
    pub(super) strong: bool,
    pub(super) whole: bool,
    pub(super) sense: Option<Arc<str>>,
    pub(super) intensity: Option<u8>,
    /// Numbers of guards.
    pub(super) not_after: Vec<u32>,
    pub(super) not_before: Vec<u32>,
    pub(super) within: usize,
}

/// A phrase: what it means and whether it holds a gap.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub(super) meaning: usize,
    pub(super) gapped: bool,
}

/// What a list of guards does, besides keeping phrases out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// It keeps a phrase out.
    Plain,
    /// What lies inside it guards nothing.
    Harmless,
    /// No gap runs over it.
    Stop,
    /// It makes an emotion stronger.
    Intensifier,
}

/// Everything there is to find, ready to be found.
#[derive(Debug, Clone, Default)]
pub(super) struct Matcher {
    pub(super) words: Words,
    /// Entries of slots -> symbols of the slots.
    pub(super) slots: Trie,
    /// Entries of guards -> numbers of the guards.
    pub(super) guards: Trie,
    /// What each guard is.
    pub(super) guard_kinds: Vec<Guard>,
    /// Phrases -> indexes of `phrases`.
    pub(super) trie: Trie,
    pub(super) phrases: Vec<Phrase>,
    pub(super) meanings: Vec<Meaning>,
    /// The gaps that occur.
    pub(super) gaps: Vec<Symbol>,
    /// First character of an emoji -> emoji without variation selectors, longest first, and their meanings.
    pub(super) emoji: HashMap<char, Vec<(String, usize)>>,
}

/// The matcher of `rules`.
pub(super) fn build(rules: &Rules) -> Result<Matcher> {
    let mut builder =
        Builder { rules, matcher: Matcher::default(), slots: HashMap::new(), guards: HashMap::new() };
    for draft in &rules.topics {
        let id: Arc<str> = draft.topic.id.as_str().into();
        let seeds: Vec<Said> = draft
            .topic
            .seeds
            .iter()
            .map(|seed| Said { text: seed.1.clone(), at: draft.at.clone() })
            .collect();
        let parts =
            [(Of::Topic, true, &draft.lexicon), (Of::Topic, false, &seeds), (Of::NotTopic, true, &draft.not)];
        for (of, strong, phrases) in parts {
            let meaning = builder.meaning(plain(of, &id, strong));
            for phrase in phrases {
                builder.words(phrase, meaning);
            }
        }
    }
    for ((list, _), entries) in LISTS.into_iter().zip(&rules.entries) {
        for entry in entries {
            builder.entry(list, entry)?;
        }
        builder.special_guards(list);
    }
    for emoji in builder.matcher.emoji.values_mut() {
        emoji.sort_by_key(|emoji| std::cmp::Reverse(emoji.0.len()));
    }
    Ok(builder.matcher)
}

fn plain(of: Of, id: &Arc<str>, strong: bool) -> Meaning {
    Meaning {
        of,
        id: id.clone(),
        strong,
        whole: false,
        sense: None,
        intensity: None,
        not_after: Vec::new(),
        not_before: Vec::new(),
        within: 0,
    }
}

struct Builder<'a> {
    rules: &'a Rules,
    matcher: Matcher,
    /// Slot as it is written, with what is written on to it -> symbol.
    slots: HashMap<String, Symbol>,
    /// List of marks and guard -> number.
    guards: HashMap<(List, String), u32>,
}

impl Builder<'_> {
    fn meaning(&mut self, meaning: Meaning) -> usize {
        self.matcher.meanings.push(meaning);
        self.matcher.meanings.len() - 1
    }

    fn numbers(&mut self, phrase: &str) -> Vec<Symbol> {
        folded(phrase).into_iter().map(|word| self.matcher.words.number(word)).collect()
    }

    /// A phrase of words alone.
    fn words(&mut self, said: &Said, meaning: usize) {
        let sequence = self.numbers(&said.text);
        self.phrase(&sequence, Phrase { meaning, gapped: false });
    }

    fn phrase(&mut self, sequence: &[Symbol], phrase: Phrase) {
        self.matcher.phrases.push(phrase);
        self.matcher.trie.add(sequence, (self.matcher.phrases.len() - 1) as u32);
    }

    fn entry(&mut self, list: List, entry: &Entry) -> Result<()> {
        let id: Arc<str> = entry.id.as_str().into();
        let (within, gap) = (self.rules.within(list, entry), self.rules.gap(list, entry));
        for group in &entry.groups {
            let meaning = Meaning {
                whole: group.whole,
                sense: group.sense.as_deref().map(Arc::from),
                intensity: group.intensity,
                not_after: self.guards(list, &group.not_after)?,
                not_before: self.guards(list, &group.not_before)?,
                within,
                ..plain(Of::Sign(list), &id, group.strong)
            };
            let meaning = self.meaning(meaning);
            for said in &group.phrases {
                let (sequence, gapped) = self.sequence(said, gap)?;
                self.phrase(&sequence, Phrase { meaning, gapped });
            }
        }
        for (emoji, intensity) in &entry.emoji {
            let shape: String = emoji.chars().filter(|c| *c != VARIATION).collect();
            let Some(first) = shape.chars().next() else { continue };
            let meaning =
                self.meaning(Meaning { intensity: Some(*intensity), ..plain(Of::Sign(list), &id, false) });
            self.matcher.emoji.entry(first).or_default().push((shape, meaning));
        }
        Ok(())
    }

    /// The symbols of a phrase with slots and gaps, and whether it has a gap.
    fn sequence(&mut self, said: &Said, gap: usize) -> Result<(Vec<Symbol>, bool)> {
        let mut sequence = Vec::new();
        let mut gapped = false;
        let mut words = String::new();
        for part in said.text.split_whitespace() {
            if part != ".." && !part.contains(['{', '}']) {
                words.push_str(part);
                words.push(' ');
                continue;
            }
            sequence.extend(self.numbers(&std::mem::take(&mut words)));
            if part == ".." {
                let symbol = GAPS + gap as Symbol;
                gapped = true;
                sequence.push(symbol);
                if !self.matcher.gaps.contains(&symbol) {
                    self.matcher.gaps.push(symbol);
                }
            } else {
                sequence.push(self.slot(said, part)?);
            }
        }
        sequence.extend(self.numbers(&words));
        Ok((sequence, gapped))
    }

    /// The symbol of `part`: a slot with what is written on to it.
    fn slot(&mut self, said: &Said, part: &str) -> Result<Symbol> {
        if let Some(symbol) = self.slots.get(part) {
            return Ok(*symbol);
        }
        let broken = || said.at.error(format!("`{}`: got `{part}`, expected one `{{slot}}`", said.text));
        let (before, rest) = part.split_once('{').ok_or_else(broken)?;
        let (name, after) = rest.split_once('}').ok_or_else(broken)?;
        if after.contains(['{', '}']) {
            return Err(broken());
        }
        let symbol = SLOTS + self.slots.len() as Symbol;
        for word in self.rules.slot(said, name)? {
            let mut written = format!("{before}{word}{after}");
            // ل before the article is written لل.
            for (apart, joined) in [("لال", "لل"), ("للال", "لل")] {
                if let Some(rest) = written.strip_prefix(apart) {
                    written = format!("{joined}{rest}");
                }
            }
            let sequence = self.numbers(&written);
            self.matcher.slots.add(&sequence, symbol);
        }
        self.slots.insert(part.to_string(), symbol);
        Ok(symbol)
    }

    fn guards(&mut self, list: List, named: &[Said]) -> Result<Vec<u32>> {
        let rules = self.rules;
        named.iter().map(|said| Ok(self.guard(list, &said.text, rules.guard(list, said)?))).collect()
    }

    /// The number of the guard that is called `name` and holds `phrases`.
    fn guard(&mut self, list: List, name: &str, phrases: &[Said]) -> u32 {
        let key = (list, name.to_string());
        if let Some(number) = self.guards.get(&key) {
            return *number;
        }
        let number = self.matcher.guard_kinds.len() as u32;
        self.matcher.guard_kinds.push(Guard::Plain);
        for phrase in phrases {
            let sequence = self.numbers(&phrase.text);
            self.matcher.guards.add(&sequence, number);
        }
        self.guards.insert(key, number);
        number
    }

    /// The guards that every phrase of `list` knows without naming them.
    fn special_guards(&mut self, list: List) {
        let special =
            [("harmless", Guard::Harmless), ("gap_stops", Guard::Stop), ("intensifiers", Guard::Intensifier)];
        for (name, kind) in special {
            if let Some(phrases) = self.rules.listed(list, name) {
                let number = self.guard(list, &format!("@{name}"), phrases) as usize;
                self.matcher.guard_kinds[number] = kind;
            }
        }
    }
}
