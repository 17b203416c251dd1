//! A number that names a person goes wherever it stands, and the words around it stay.

use proptest::prelude::*;
use rasd::Normalizer;

fn rule(name: &str) -> Normalizer {
    Normalizer::empty().with(name, "mask").expect("a rule")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    /// Words around a number, among them those that are countries of an IBAN ("is", "me", "no"), hide none of it and
    /// are not taken with it.
    #[test]
    fn words_around_a_number_stay(
        before in prop::collection::vec(prop::sample::select(AROUND), 0..30),
        after in prop::collection::vec(prop::sample::select(AROUND), 0..30),
        (number, name, tag) in prop::sample::select(NUMBERS),
        arabic in any::<bool>(),
    ) {
        let number = if arabic && name != "mask_email" { in_arabic_digits(number) } else { number.to_string() };
        let (before, after) = (before.concat(), after.concat());
        let text = format!("{before} {number} {after}");
        prop_assert_eq!(rule(name).normalize(&text), format!("{before} {tag} {after}"), "{}", text);
        for preset in rasd::normalize::presets() {
            let masked = Normalizer::preset(preset).and_then(|preset| preset.with(name, "mask")).expect("a preset");
            let masked = masked.normalize(&text).into_owned();
            prop_assert!(!masked.chars().any(|c| c.is_numeric() || c == '@'), "{} {:?} {:?}", preset, text, masked);
        }
    }
}

/// `number` in Arabic-Indic digits.
fn in_arabic_digits(number: &str) -> String {
    number.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x660 + d)).unwrap_or(c)).collect()
}

/// Wherever in a text a number stands, and however much follows: it goes, and nothing else.
#[test]
fn numbers_go_at_every_place() {
    let words =
        "and it is so bad. My bill, الخدمة سيئة جدا والمكان I will sue you for it now or never, ".repeat(2);
    let cut = |length: usize| words.chars().take(length).collect::<String>();
    for (number, name, tag) in NUMBERS {
        let rule = rule(name);
        for number in
            [number.to_string(), in_arabic_digits(number)].iter().take(1 + usize::from(tag != &"[EMAIL]"))
        {
            for start in 0..=100 {
                for end in 0..=100 {
                    let (before, after) = (format!("{}: it is ", cut(start)), format!(" {}", cut(end)));
                    let masked = rule.normalize(&format!("{before}{number}{after}")).into_owned();
                    assert_eq!(masked, format!("{before}{tag}{after}"), "{start} {end}");
                }
            }
        }
    }
}

/// Numbers, the rule that masks each, and its tag.
const NUMBERS: &[(&str, &str, &str)] = &[
    ("0559283746", "mask_phone", "[PHONE]"),
    ("+966501234567", "mask_phone", "[PHONE]"),
    ("0501234567 / 0559283746", "mask_phone", "[PHONE] / [PHONE]"),
    ("sara@example.com", "mask_email", "[EMAIL]"),
    ("SA0380000000608010167519", "mask_iban", "[IBAN]"),
    ("SA03 8000 0000 6080 1016 7519", "mask_iban", "[IBAN]"),
    ("4111111111111111", "mask_card", "[CARD]"),
    ("1000000008", "mask_national_id", "[ID]"),
];

/// Words that say nothing of a number; countries of IBANs are among them.
const AROUND: &[&str] = &[
    " is",
    " me",
    " no",
    " at",
    " it",
    " be",
    " by",
    " so",
    " al",
    " de",
    " IS",
    " Me",
    " NO",
    " my",
    " and",
    " I",
    " will",
    " sue",
    " you",
    " very",
    " Well",
    " today",
    " A",
    ",",
    ".",
    "!",
    "،",
    "؟",
    " الخدمة",
    " سيئة",
    " و",
    " جدا",
    " على",
    " أنا",
    " مكان",
];
