//! `normalize_aligned`, `explain`, `source_span`, `normalized_span`: all agree, and slice the source.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasd::{Normalizer, Span};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for name in rasd::normalize::presets() {
        let normalizer = Normalizer::preset(name).expect("a preset");
        let aligned = normalizer.normalize_aligned(&text);
        assert_eq!(normalizer.normalize(&text), aligned.text, "{name}");
        let explained = normalizer.explain(&text);
        assert_eq!(explained.text, aligned.text, "{name}");
        for change in &explained.changes {
            assert!(text.get(change.span.start..change.span.end).is_some(), "{name} {change:?}");
        }
        let (mut source, mut new) = (0, 0);
        for piece in aligned.alignment.pieces() {
            assert_eq!(&text[source..piece.source.start], &aligned.text[new..piece.normalized.start], "{name}");
            (source, new) = (piece.source.end, piece.normalized.end);
        }
        assert_eq!(&text[source..], &aligned.text[new..], "{name}");
        for (start, c) in aligned.text.char_indices() {
            let span = aligned.source_span(Span { start, end: start + c.len_utf8() });
            assert!(text.get(span.start..span.end).is_some(), "{name} {span:?}");
            let back = aligned.normalized_span(span);
            assert!(aligned.text.get(back.start..back.end).is_some(), "{name} {back:?}");
        }
    }
});
