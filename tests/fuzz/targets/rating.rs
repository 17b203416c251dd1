//! `language::extract_rating` on any text: in its scale, on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasd::language;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Some(found) = language::extract_rating(&text) {
        assert!((0.0..=f64::from(found.scale)).contains(&found.value), "{found:?}");
        assert!(text.get(found.span.start..found.span.end).is_some_and(|part| !part.is_empty()), "{found:?}");
    }
});
