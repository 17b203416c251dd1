//! `segment::{sentences, clauses, words, negations, proclitics}`: spans in order on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasd::{Span, segment};

fn in_order(text: &str, spans: impl Iterator<Item = Span>) {
    let mut reached = 0;
    for span in spans {
        assert!(span.start >= reached && span.start < span.end, "{span:?}");
        assert!(text.get(span.start..span.end).is_some(), "{span:?}");
        reached = span.end;
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    in_order(&text, segment::sentences(&text).into_iter());
    in_order(&text, segment::words(&text).into_iter());
    in_order(&text, segment::clauses(&text).into_iter().map(|clause| clause.span));
    in_order(&text, segment::negations(&text).into_iter().map(|negation| negation.negated));
    for word in segment::words(&text) {
        let word = &text[word.start..word.end];
        let parts = segment::proclitics(word);
        assert!(!parts.is_empty() && parts.iter().all(|part| !part.is_empty()), "{word}: {parts:?}");
    }
    for negation in segment::negations(&text) {
        assert!(negation.cue.start <= negation.negated.start, "{negation:?}");
    }
});
