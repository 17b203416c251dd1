//! `Normalizer::normalize`, every preset: idempotent, composed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasd::Normalizer;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for name in rasd::normalize::presets() {
        let normalizer = Normalizer::preset(name).expect("a preset");
        let once = normalizer.normalize(&text).into_owned();
        assert_eq!(normalizer.normalize(&once), once, "{name}");
        assert!(unicode_normalization::is_nfc(&once), "{name}: {once:?}");
    }
});
