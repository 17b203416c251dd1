//! `language::{detect, code, is_no_comment, is_gibberish, has_mojibake, dialect_cue}` on any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasd::language;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let code = language::code(&text);
    assert!(!code.is_empty());
    let detected = language::detect(&text).as_str();
    assert!(detected == code || detected == "other");
    let _ = (language::is_gibberish(&text), language::has_mojibake(&text), language::dialect_cue(&text));
    if text.trim().is_empty() {
        assert!(language::is_no_comment(&text));
    }
});
