//! In: text. Out: its words as numbers, folded by the normalizer, each with the bytes of the source it came from.
//! Law: phrases and comments pass the same fold, so that what is spelled alike for the normalizer is equal here.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::trie::Symbol;
use crate::normalize::Normalized;
use crate::{Language, Normalizer, Span, language, segment};

/// Symbols from here on are slots.
pub(super) const SLOTS: Symbol = 1 << 30;
/// Symbols from here on are gaps; what is over is how far they reach.
pub(super) const GAPS: Symbol = 1 << 31;

static FOLD: LazyLock<Normalizer> = LazyLock::new(|| Normalizer::preset("search").unwrap_or_default());
/// For comments in Arabizi; in another text the rule would take words of English for Arabic.
static FOLD_ARABIZI: LazyLock<Normalizer> =
    LazyLock::new(|| FOLD.clone().with("arabizi_to_arabic", "on").unwrap_or_default());

/// The folded words of a phrase.
pub(super) fn folded(phrase: &str) -> Vec<String> {
    FOLD.normalize(phrase).split_whitespace().map(str::to_string).collect()
}

/// Folded words and their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(HashMap<String, Symbol>);

impl Words {
    /// The number of `word`, a new one where it has none.
    pub(super) fn number(&mut self, word: String) -> Symbol {
        let next = self.0.len() as Symbol;
        *self.0.entry(word).or_insert(next)
    }

    /// The number of `word` as it is or with its drawn-out letters shortened.
    fn find(&self, word: &str) -> Option<Symbol> {
        self.0.get(word).copied().or_else(|| {
            let short = shortened(word)?;
            self.0.get(short.as_str()).copied()
        })
    }
}

/// `word` with each run of a letter as one; `None` without a run.
fn shortened(word: &str) -> Option<String> {
    let mut last = None;
    let short: String = word.chars().filter(|c| last.replace(*c) != Some(*c)).collect();
    (short.len() < word.len()).then_some(short)
}

/// A word of a comment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Bytes of the source.
    pub(super) span: Span,
    /// As it is written.
    pub(super) plain: Option<Symbol>,
    /// Without و or ف.
    pub(super) bare: Option<Symbol>,
    /// Without ب, ك or ل before the article as well.
    pub(super) noun: Option<Symbol>,
    /// Which sentence and which clause of the comment it stands in.
    pub(super) sentence: usize,
    pub(super) clause: usize,
}

/// A comment as a matcher reads it.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Span>,
}

/// The words of `text`.
pub(super) fn tokens(text: &str, words: &Words) -> Tokens {
    let fold = if language::detect(text) == Language::Arabizi { &FOLD_ARABIZI } else { &FOLD };
    let normalized = fold.normalize_aligned(text);
    let mut tokens = Vec::new();
    let base = normalized.text.as_ptr() as usize;
    for word in normalized.text.split_whitespace() {
        let start = word.as_ptr() as usize - base;
        push(word, Span { start, end: start + word.len() }, &normalized, words, &mut tokens);
    }
    let sentences = segment::sentences(text);
    let clauses: Vec<Span> = segment::clauses(text).into_iter().map(|clause| clause.span).collect();
    number(&mut tokens, &sentences, |token, at| token.sentence = at);
    number(&mut tokens, &clauses, |token, at| token.clause = at);
    Tokens { tokens, sentences }
}

/// Tells each token which of `parts`, in order, it stands in.
fn number(tokens: &mut [Token], parts: &[Span], tell: impl Fn(&mut Token, usize)) {
    let mut at = 0;
    for token in tokens {
        while parts.get(at).is_some_and(|part| part.end <= token.span.start) {
            at += 1;
        }
        tell(token, at);
    }
}

fn push(word: &str, place: Span, normalized: &Normalized, words: &Words, tokens: &mut Vec<Token>) {
    let (plain, bare) = (words.find(word), bare(word));
    let noun = noun(bare.unwrap_or(word)).and_then(|noun| words.find(&noun));
    let bare = bare.and_then(|bare| words.find(bare));
    let span = normalized.source_span(place);
    if (plain, bare, noun) == (None, None, None)
        && let Some(parts) = split(word).map(|parts| parts.map(|part| words.find(part)))
        && parts.iter().all(Option::is_some)
    {
        let part = |plain| Token { span, plain, bare: None, noun: None, sentence: 0, clause: 0 };
        tokens.extend(parts.map(part));
        return;
    }
    tokens.push(Token { span, plain, bare, noun, sentence: 0, clause: 0 });
}

/// A word without و or ف before at least two letters.
fn bare(word: &str) -> Option<&str> {
    word.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().nth(1).is_some())
}

/// A noun with its article, without the preposition written on: "بالتطبيق", "للموظف".
fn noun(word: &str) -> Option<String> {
    let rest =
        word.strip_prefix("بال").or_else(|| word.strip_prefix("كال")).or_else(|| word.strip_prefix("لل"))?;
    Some(format!("ال{rest}"))
}

/// A word that is two written as one: "ماعاد", "dont".
fn split(word: &str) -> Option<[&str; 2]> {
    let negated = word.strip_prefix("ما").map(|rest| ["ما", rest]);
    let short = || word.strip_suffix('t').filter(|rest| rest.ends_with('n')).map(|rest| [rest, "t"]);
    negated.or_else(short)
}
