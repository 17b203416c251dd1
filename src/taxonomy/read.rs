//! In: a comment. Out: every phrase of the taxonomy in it, where no guard speaks against it.
//! Law: spans are half-open bytes of the comment; the longest phrase wins where two of one id overlap.

use std::collections::{HashMap, HashSet};

use super::draft::List;
use super::emphasis::{emphatic, shape_len, shouts};
use super::matcher::{Guard, Matcher, Meaning, Of};
use super::reading::{Mark, Reading, Strength};
use super::symbols::{GAPS, Token, tokens};
use super::trie::{Place, ROOT, Symbol};
use crate::Span;

/// How much may be written on to a word that is still found.
type Loose = u8;
/// Nothing.
const PLAIN: Loose = 0;
/// و or ف.
const BARE: Loose = 1;
/// و or ف, and ب, ك or ل before the article: for the words of topics.
const NOUN: Loose = 2;

/// A way on from a word: over it, or over a slot that begins with it.
#[derive(Clone, Copy)]
struct Way {
    symbol: Symbol,
    end: usize,
    loose: Loose,
}

/// A phrase in words `start..end`.
#[derive(Clone, Copy)]
struct Hit {
    meaning: usize,
    start: usize,
    end: usize,
}

impl Hit {
    fn len(&self) -> usize {
        self.end - self.start
    }
}

/// A comment's words, and what guards stand where.
struct Page<'a> {
    matcher: &'a Matcher,
    text: &'a str,
    tokens: Vec<Token>,
    sentences: Vec<Span>,
    /// By word: the ways on from it.
    ways: Vec<Vec<Way>>,
    /// By word: guards that end before it, and those that begin with it.
    ended: Vec<Vec<u32>>,
    begun: Vec<Vec<u32>>,
    /// By word: no gap runs over it.
    stopped: Vec<bool>,
}

/// What `matcher` finds in `text`.
pub(super) fn read(matcher: &Matcher, text: &str) -> Reading {
    let found = tokens(text, &matcher.words);
    let mut page = Page {
        matcher,
        text,
        ways: Vec::with_capacity(found.tokens.len()),
        ended: vec![Vec::new(); found.tokens.len() + 1],
        begun: vec![Vec::new(); found.tokens.len() + 1],
        stopped: vec![false; found.tokens.len()],
        tokens: found.tokens,
        sentences: found.sentences,
    };
    page.find_ways();
    page.find_guards();
    let hits = page.standing(page.hits());
    page.reading(&hits)
}

/// The numbers of a word and what was written on to it.
fn numbers(token: &Token) -> impl Iterator<Item = (Symbol, Loose)> {
    let numbers = [(token.plain, PLAIN), (token.bare, BARE), (token.noun, NOUN)];
    numbers.into_iter().filter_map(|(symbol, loose)| Some((symbol?, loose)))
}

impl Page<'_> {
    fn find_ways(&mut self) {
        let slots = &self.matcher.slots;
        for (start, token) in self.tokens.iter().enumerate() {
            let mut ways = Vec::new();
            for (symbol, loose) in numbers(token) {
                ways.push(Way { symbol, end: start + 1, loose });
                let mut place = slots.step(ROOT, symbol);
                let mut end = start + 1;
                while let Some(here) = place {
                    ways.extend(slots.values(here).iter().map(|slot| Way { symbol: *slot, end, loose }));
                    place = self.next(token, end).and_then(|symbol| slots.step(here, symbol));
                    end += 1;
                }
            }
            self.ways.push(ways);
        }
    }

    /// The number of word `at` as it is written, in the sentence of `token`.
    fn next(&self, token: &Token, at: usize) -> Option<Symbol> {
        self.tokens.get(at).filter(|next| next.sentence == token.sentence)?.plain
    }

    fn find_guards(&mut self) {
        let guards = &self.matcher.guards;
        let mut found: Vec<(u32, usize, usize)> = Vec::new();
        let mut harmless = vec![false; self.tokens.len()];
        for (start, token) in self.tokens.iter().enumerate() {
            for (symbol, _) in numbers(token).filter(|number| number.1 < NOUN) {
                let mut place = guards.step(ROOT, symbol);
                let mut end = start + 1;
                while let Some(here) = place {
                    for guard in guards.values(here) {
                        match self.matcher.guard_kinds[*guard as usize] {
                            Guard::Harmless => harmless[start..end].fill(true),
                            Guard::Stop => self.stopped[start..end].fill(true),
                            Guard::Plain | Guard::Intensifier => found.push((*guard, start, end)),
                        }
                    }
                    place = self.next(token, end).and_then(|symbol| guards.step(here, symbol));
                    end += 1;
                }
            }
        }
        for (guard, start, end) in found {
            if !harmless[start..end].iter().all(|word| *word) {
                self.ended[end].push(guard);
                self.begun[start].push(guard);
            }
        }
    }

    /// Every phrase in the comment, guarded against or not.
    fn hits(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut open: Vec<(Place, usize, Loose, Loose)> = Vec::new();
        let mut seen: HashSet<(Place, usize, Loose, Loose)> = HashSet::new();
        let mut here: Vec<(usize, usize)> = Vec::new();
        for start in 0..self.tokens.len() {
            // Place, next word, what may be written on to it, what was written on to the first.
            open.push((ROOT, start, NOUN, PLAIN));
            while let Some((place, at, allowed, first)) = open.pop() {
                self.note(place, at, first, &mut here);
                let mut go = |state: (Place, usize, Loose, Loose)| {
                    if seen.insert(state) {
                        open.push(state);
                    }
                };
                if let Some(token) = self.tokens.get(at)
                    && token.sentence == self.tokens[start].sentence
                {
                    for way in self.ways[at].iter().filter(|way| way.loose <= allowed) {
                        if let Some(next) = self.matcher.trie.step(place, way.symbol) {
                            let first = if place == ROOT { way.loose } else { first };
                            go((next, way.end, PLAIN, first));
                        }
                    }
                }
                for gap in &self.matcher.gaps {
                    if let Some(next) = self.matcher.trie.step(place, *gap) {
                        let farthest = at + (*gap - GAPS) as usize;
                        let free =
                            (at..farthest.min(self.tokens.len())).take_while(|word| !self.stopped[*word]);
                        for word in std::iter::once(at).chain(free.map(|word| word + 1)) {
                            go((next, word, BARE, first));
                        }
                    }
                }
            }
            hits.extend(here.drain(..).map(|(phrase, end)| {
                let meaning = self.matcher.phrases[phrase].meaning;
                Hit { meaning, start, end }
            }));
            seen.clear();
        }
        hits
    }

    /// Notes the phrases that end at `place`: over a gap the nearest end, else the farthest.
    fn note(&self, place: Place, end: usize, first: Loose, here: &mut Vec<(usize, usize)>) {
        for phrase in self.matcher.trie.values(place).iter().map(|phrase| *phrase as usize) {
            let found = self.matcher.phrases[phrase];
            let topic = matches!(self.matcher.meanings[found.meaning].of, Of::Topic | Of::NotTopic);
            if first == NOUN && !topic {
                continue;
            }
            match here.iter_mut().find(|known| known.0 == phrase) {
                Some(known) if found.gapped => known.1 = known.1.min(end),
                Some(known) => known.1 = known.1.max(end),
                None => here.push((phrase, end)),
            }
        }
    }

    /// The hits that no guard, no word before or after, and no longer hit speaks against, in the order of their words.
    fn standing(&self, mut hits: Vec<Hit>) -> Vec<Hit> {
        let meaning = |hit: &Hit| &self.matcher.meanings[hit.meaning];
        hits.retain(|hit| self.stands(hit, meaning(hit)));
        // One list after another; in it one id after another, except that emotions compete.
        let contest = |hit: &Hit| {
            let meaning = meaning(hit);
            let id = if meaning.of == Of::Sign(List::Emotion) { "" } else { &*meaning.id };
            (order(meaning.of), id)
        };
        let rank = |hit: &Hit| (!meaning(hit).strong, std::cmp::Reverse(hit.len()), hit.start, hit.meaning);
        hits.sort_by(|a, b| contest(a).cmp(&contest(b)).then_with(|| rank(a).cmp(&rank(b))));
        let mut taken = vec![false; self.tokens.len()];
        let mut kept: Vec<Hit> = Vec::new();
        for rivals in hits.chunk_by(|a, b| contest(a) == contest(b)) {
            let first = kept.len();
            for hit in rivals {
                if taken[hit.start..hit.end].iter().all(|word| !word) {
                    taken[hit.start..hit.end].fill(true);
                    kept.push(*hit);
                }
            }
            for hit in &kept[first..] {
                taken[hit.start..hit.end].fill(false);
            }
        }
        // No two of one id overlap, so that a word of an id lies in one of them at most.
        let mut not: HashMap<(&str, usize), usize> = HashMap::new();
        for (at, hit) in kept.iter().enumerate().filter(|(_, hit)| meaning(hit).of == Of::NotTopic) {
            not.extend((hit.start..hit.end).map(|word| ((&*meaning(hit).id, word), at)));
        }
        let void = |hit: &Hit| {
            let over = |word| not.get(&(&*meaning(hit).id, word));
            meaning(hit).of == Of::Topic && over(hit.start).is_some() && over(hit.start) == over(hit.end - 1)
        };
        kept.retain(|hit| !void(hit));
        kept.sort_by_key(|hit| (hit.start, hit.end, hit.meaning));
        kept
    }

    fn stands(&self, hit: &Hit, meaning: &Meaning) -> bool {
        if meaning.whole && hit.len() < self.tokens.len() {
            return false;
        }
        let first = &self.tokens[hit.start];
        let after = |at: &usize| {
            let same = self.tokens[at - 1].clause == first.clause;
            same && self.ended[*at].iter().any(|guard| meaning.not_after.contains(guard))
        };
        let before = |at: &usize| {
            let same = self.tokens.get(*at).is_some_and(|token| token.sentence == first.sentence);
            same && self.begun[*at].iter().any(|guard| meaning.not_before.contains(guard))
        };
        let earliest = (hit.start + 1).saturating_sub(meaning.within).max(1);
        let latest = (hit.end + meaning.within).min(self.tokens.len());
        !(earliest..hit.start + 1).any(|at| after(&at)) && !(hit.end..latest).any(|at| before(&at))
    }

    fn span(&self, hit: &Hit) -> Span {
        let words = &self.tokens[hit.start..hit.end];
        let start = words.iter().map(|word| word.span.start).min().unwrap_or(0);
        Span { start, end: words.iter().map(|word| word.span.end).max().unwrap_or(start) }
    }

    fn reading(&self, hits: &[Hit]) -> Reading {
        let mut reading = Reading { sentences: self.sentences.clone(), ..Reading::default() };
        let raised: Vec<bool> =
            self.sentences.iter().map(|span| shouts(&self.text[span.start..span.end])).collect();
        for hit in hits {
            let meaning = &self.matcher.meanings[hit.meaning];
            let span = self.span(hit);
            let intensity = meaning.intensity.map(|intensity| {
                let loud = raised.get(self.tokens[hit.start].sentence).copied().unwrap_or(false)
                    || emphatic(&self.text[span.start..span.end])
                    || self.intensified(hit);
                (intensity + u8::from(loud)).min(3)
            });
            mark(&mut reading, meaning, span, intensity);
        }
        self.emoji(&mut reading);
        reading.emotions.sort_by_key(|mark| (mark.span.start, mark.span.end));
        reading
    }

    /// One of the intensifiers stands right before or after the hit.
    fn intensified(&self, hit: &Hit) -> bool {
        let is = |guard: &u32| self.matcher.guard_kinds[*guard as usize] == Guard::Intensifier;
        self.ended[hit.start].iter().any(is) || self.begun[hit.end].iter().any(is)
    }

    fn emoji(&self, reading: &mut Reading) {
        let mut rest = 0;
        for (start, first) in self.text.char_indices() {
            if start < rest {
                continue;
            }
            let Some(known) = self.matcher.emoji.get(&first) else { continue };
            let found = known.iter().find_map(|(shape, meaning)| {
                Some((start + shape_len(&self.text[start..], shape)?, *meaning))
            });
            if let Some((end, meaning)) = found {
                let meaning = &self.matcher.meanings[meaning];
                mark(reading, meaning, Span { start, end }, meaning.intensity);
                rest = end;
            }
        }
    }
}

fn order(of: Of) -> usize {
    match of {
        Of::Topic => 0,
        Of::NotTopic => 1,
        Of::Sign(list) => 2 + list as usize,
    }
}

fn mark(reading: &mut Reading, meaning: &Meaning, span: Span, intensity: Option<u8>) {
    let marks = match meaning.of {
        Of::Topic => &mut reading.topics,
        Of::NotTopic => return,
        Of::Sign(List::Kind) => &mut reading.kinds,
        Of::Sign(List::Cue) => &mut reading.cues,
        Of::Sign(List::Actor) => &mut reading.actors,
        Of::Sign(List::Emotion) => &mut reading.emotions,
    };
    marks.push(Mark {
        id: meaning.id.clone(),
        span,
        strength: if meaning.strong { Strength::Strong } else { Strength::Weak },
        sense: meaning.sense.clone(),
        intensity,
    });
}
