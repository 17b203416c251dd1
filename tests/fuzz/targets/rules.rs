//! `Normalizer::with`, `spec`, `from_spec`: any set of rules, drawn from the first bytes, on the rest.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasd::Normalizer;

fuzz_target!(|bytes: &[u8]| {
    let Some((count, rest)) = bytes.split_first() else { return };
    let count = usize::from(count % 6).min(rest.len());
    let (picks, text) = rest.split_at(count);
    let rules = rasd::normalize::rules();
    let mut normalizer = Normalizer::empty();
    for pick in picks {
        let (name, values) = rules[usize::from(*pick) % rules.len()];
        let value = values[1 + usize::from(*pick) / rules.len() % (values.len() - 1)];
        normalizer = normalizer.with(name, value).expect("a listed value");
    }
    let text = String::from_utf8_lossy(text);
    let once = normalizer.normalize(&text).into_owned();
    assert_eq!(normalizer.normalize(&once), once, "{:?}", normalizer.spec());
    let again = Normalizer::from_spec(&normalizer.spec()).expect("its own specification");
    assert_eq!(again.normalize(&text), once);
});
