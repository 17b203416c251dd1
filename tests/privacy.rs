//! Masks: what they take they take whole, whatever the digits, the separators and the words around.

use proptest::prelude::*;
use rasd::Normalizer;

fn rule(name: &str) -> Normalizer {
    Normalizer::empty().with(name, "mask").expect("a rule")
}

/// Cases of each law.
const CASES: u32 = 1500;

/// Digits of four scripts.
const ZEROS: [char; 4] = ['0', '\u{660}', '\u{6f0}', '\u{ff10}'];
/// Characters nobody sees inside a number.
const SILENT: [&str; 8] =
    ["\u{200e}", "\u{200f}", "\u{200b}", "\u{200d}", "\u{2066}", "\u{ad}", "\u{feff}", "\u{61c}"];
/// What people put between the groups of a number.
const SEPARATORS: [&str; 8] = [" ", "-", "\u{a0}", "\u{2009}", "\u{202f}", " - ", "\u{2013}", "\u{2011}"];
/// Text before and after a number; none of it speaks of a number.
const BEFORE: [&str; 10] = [
    "",
    "الخدمة سيئة ",
    "يا جماعة:",
    "و",
    "«",
    "(",
    "please help ",
    "the place is bad, ",
    "ضروري👇",
    "\u{202b}",
];
const AFTER: [&str; 10] =
    ["", " شكرا", "وشكرا", "،", "!", ")", " thanks a lot", ", and that was all", "🙏", "؟"];

/// Characters of a number, each with a digit's script and perhaps something invisible behind it.
#[derive(Debug, Clone)]
struct Dress {
    scripts: Vec<usize>,
    silent: Vec<Option<usize>>,
    separator: usize,
    before: usize,
    after: usize,
}

fn dress() -> impl Strategy<Value = Dress> {
    let scripts = prop_oneof![
        (0..ZEROS.len()).prop_map(|script| vec![script; 40]),
        prop::collection::vec(0..ZEROS.len(), 40),
    ];
    let silent = prop_oneof![
        3 => Just(vec![None; 60]),
        1 => prop::collection::vec(prop::option::weighted(0.3, 0..SILENT.len()), 60),
    ];
    (scripts, silent, 0..SEPARATORS.len(), 0..BEFORE.len(), 0..AFTER.len()).prop_map(
        |(scripts, silent, separator, before, after)| Dress { scripts, silent, separator, before, after },
    )
}

/// `number` in its dress; a blank in it stands for the separator.
fn written(number: &str, cue: &str, dress: &Dress) -> String {
    let mut text = format!("{}{cue}", BEFORE[dress.before]);
    let mut digits = dress.scripts.iter().cycle();
    let last = number.chars().count() - 1;
    for (place, c) in number.chars().enumerate() {
        match c {
            '0'..='9' => {
                let zero = ZEROS[*digits.next().unwrap_or(&0)];
                text.extend(char::from_u32(zero as u32 + c as u32 - '0' as u32));
            }
            ' ' => text.push_str(SEPARATORS[dress.separator]),
            _ => text.push(c),
        }
        if place < last
            && let Some(Some(silent)) = dress.silent.get(place)
        {
            text.push_str(SILENT[*silent]);
        }
    }
    text + AFTER[dress.after]
}

/// Nothing of a number's digits is left, the tag is there, and a second look finds nothing.
fn check(number: &str, cue: &str, dress: &Dress, names: &[&str], tag: &str) -> Result<(), TestCaseError> {
    let text = written(number, cue, dress);
    for name in names {
        let normalizer =
            if *name == "feedback" { Normalizer::preset("feedback").expect("a preset") } else { rule(name) };
        let masked = normalizer.normalize(&text).into_owned();
        prop_assert!(!masked.chars().any(char::is_numeric), "{} {:?} -> {:?}", name, text, masked);
        prop_assert!(masked.contains(tag), "{} {:?} -> {:?}", name, text, masked);
        prop_assert_eq!(normalizer.normalize(&masked), masked.as_str(), "{}", name);
    }
    Ok(())
}

/// `digits` and the digit that makes Luhn's sum hold.
fn with_luhn(digits: &str) -> String {
    let valid = |digits: &str| {
        let doubled = |b: u8| [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][usize::from(b - b'0')];
        let sum: u32 = digits
            .bytes()
            .rev()
            .enumerate()
            .map(|(place, b)| if place % 2 == 0 { u32::from(b - b'0') } else { doubled(b) })
            .sum();
        sum.is_multiple_of(10)
    };
    ('0'..='9').map(|last| format!("{digits}{last}")).find(|number| valid(number)).unwrap_or_default()
}

/// Country, check digits and account.
fn with_check(country: &str, account: &str) -> String {
    let spelled = account.chars().chain(country.chars()).chain("00".chars());
    let rest = spelled.fold(0u32, |rest, c| {
        let value = c.to_digit(36).unwrap_or(0);
        if value > 9 { (rest * 100 + value) % 97 } else { (rest * 10 + value) % 97 }
    });
    format!("{country}{:02}{account}", 98 - rest)
}

fn groups(number: &str, lengths: &[usize]) -> String {
    let mut at = 0;
    let parts = lengths.iter().map(|length| {
        at += length;
        &number[at - length..at.min(number.len())]
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// How phones of the Arab states are written: `d` is any digit.
const PHONES: [&str; 46] = [
    "05dddddddd",
    "05d ddd dddd",
    "05d ddddddd",
    "+9665dddddddd",
    "+966 5d ddd dddd",
    "009665dddddddd",
    "00966 5d ddddddd",
    "9665dddddddd",
    "+966 (0)5d ddd dddd",
    "(+966) 5d ddd dddd",
    "966+ 5d ddd dddd",
    "011 ddd dddd",
    "9200ddddd",
    "+971 50 ddd dddd",
    "050 ddd dddd",
    "04 2dd dddd",
    "0097150ddddddd",
    "+965 9ddd dddd",
    "+974 33dd dddd",
    "+973 33dd dddd",
    "+968 92dd dddd",
    "079 ddd dddd",
    "+962 79 ddd dddd",
    "+961 3 ddd ddd",
    "+963 93d ddd ddd",
    "0599 ddd ddd",
    "+970 59 ddd dddd",
    "077dddddddd",
    "+964 77d ddd dddd",
    "010dddddddd",
    "010d ddd dddd",
    "+20 10d ddd dddd",
    "2010dddddddd",
    "+967 77d ddd ddd",
    "06 dd dd dd dd",
    "+212 6 dd dd dd dd",
    "+213 55d ddd ddd",
    "+216 22 ddd ddd",
    "+218 91 ddddddd",
    "+249 91 ddd dddd",
    "+222 22 dd dd dd",
    "+252 61 ddddddd",
    "+253 77 dd dd dd",
    "+269 32d dddd",
    "+1 (555) 2dd-dddd",
    "+44 20 dddd dddd",
];
/// Phones that need a word for one.
const CALLED: [&str; 9] = [
    "9ddddddd",
    "9ddd dddd",
    "33dddddd",
    "5ddd dddd",
    "03 ddd ddd",
    "71 ddd ddd",
    "22 ddd ddd",
    "10dddddddd",
    "92dd dddd",
];

fn filled(form: &str, digits: &str) -> String {
    let mut digits = digits.chars().cycle();
    form.chars().map(|c| if c == 'd' { digits.next().unwrap_or('7') } else { c }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(CASES) })]

    #[test]
    fn phones_go_whole(form in prop::sample::select(&PHONES[..]), digits in "[1-9][0-9]{8}", dress in dress()) {
        let number = filled(form, &digits);
        check(&number, "", &dress, &["mask_phone"], "[PHONE]")?;
    }

    #[test]
    fn phones_behind_a_word_go_whole(form in prop::sample::select(&CALLED[..]), digits in "[1-9][0-9]{8}", dress in dress(), cue in prop::sample::select(vec!["جوالي ", "رقم الهاتف: ", "my phone is ", "واتساب"])) {
        check(&filled(form, &digits), cue, &dress, &["mask_phone"], "[PHONE]")?;
    }

    #[test]
    fn cards_go_whole(start in prop::sample::select(vec!["4", "51", "2221", "9682", "5078", "5888", "6011", "62"]), digits in "[0-9]{15}", dress in dress(), form in 0..3usize) {
        let number = with_luhn(&format!("{start}{}", &digits[start.len()..]));
        let number = [number.clone(), groups(&number, &[4, 4, 4, 4]), groups(&number, &[1; 16])][form].clone();
        check(&number, "", &dress, &["mask_card", "feedback"], "[CARD]")?;
    }

    #[test]
    fn accounts_go_whole(digits in "[0-9]{24}", country in prop::sample::select(vec![("SA", 20), ("AE", 19), ("EG", 25), ("DE", 18), ("TN", 20), ("MR", 23)]), dress in dress(), fours in any::<bool>(), cue in prop::sample::select(vec!["", "IBAN ", "حسابي:"])) {
        let account: String = digits.chars().cycle().take(country.1).collect();
        let number = with_check(country.0, &account);
        let lengths: Vec<usize> = (0..number.len()).step_by(4).map(|at| 4.min(number.len() - at)).collect();
        let number = if fours { groups(&number, &lengths) } else { number };
        check(&number, cue, &dress, &["mask_iban", "feedback"], "[IBAN]")?;
    }

    #[test]
    fn identities_go_whole(digits in "[0-9]{8}", year in 1950..2005u32, month in 1..=12u32, day in 1..=28u32, dress in dress(), state in 0..4usize, cue in prop::sample::select(vec!["", "هويتي ", "civil id: "])) {
        let date = format!("{:02}{month:02}{day:02}", year % 100);
        let century = if year < 2000 { 2 } else { 3 };
        let number = match state {
            0 => with_luhn(&format!("1{digits}")),
            1 => {
                let number = with_luhn(&format!("784{year}{}", &digits[..7]));
                groups(&number, &[3, 4, 7, 1])
            }
            2 => format!("{century}{date}21{}", &digits[..5]),
            _ => {
                let weights = [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
                let sum = |number: &str| weights.iter().zip(number.bytes()).map(|(weight, b)| weight * u32::from(b - b'0')).sum::<u32>();
                let whole = |serial: u32| {
                    let number = format!("{century}{date}{serial:04}");
                    let check = 11 - sum(&number) % 11;
                    (check < 10).then(|| format!("{number}{check}"))
                };
                (digits[..3].parse().unwrap_or(0)..).find_map(whole).unwrap_or_default()
            }
        };
        check(&number, cue, &dress, &["mask_national_id", "feedback"], "[ID]")?;
    }

    /// What a word calls an order is left alone, whatever it looks like.
    #[test]
    fn orders_stay(digits in "[1-9][0-9]{5,14}", cue in prop::sample::select(vec!["رقم الطلب ", "طلب رقم ", "order #", "order number: ", "فاتورة رقم ", "ticket ", "رقم البلاغ هو ", "tracking number is "])) {
        let text = format!("{cue}{digits} لم يصل");
        for name in ["mask_phone", "mask_card", "mask_national_id", "mask_iban"] {
            prop_assert_eq!(rule(name).normalize(&text), text.as_str(), "{}", name);
        }
    }

    /// Masks of text that holds everything at once come to rest, alone and with a preset, and tags stay tags.
    #[test]
    fn tags_are_never_read_again(parts in prop::collection::vec(prop::sample::select(PIECES), 0..16)) {
        let text = parts.concat();
        let kinds = ["url", "email", "mention", "iban", "card", "national_id", "phone", "person", "number"];
        for kind in kinds {
            let normalizer = rule(&format!("mask_{kind}"));
            let once = normalizer.normalize(&text).into_owned();
            prop_assert_eq!(normalizer.normalize(&once), once.as_str(), "{} {:?}", kind, text);
            for tag in TAGS {
                prop_assert!(once.matches(tag).count() >= text.matches(tag).count(), "{:?} {:?}", text, once);
            }
        }
        for preset in rasd::normalize::presets() {
            let normalizer = Normalizer::preset(preset)
                .and_then(|preset| preset.with("mask_person", "mask"))
                .expect("a preset");
            let once = normalizer.normalize(&text).into_owned();
            prop_assert_eq!(normalizer.normalize(&once), once.as_str(), "{} {:?}", preset, text);
        }
    }
}

const TAGS: [&str; 9] =
    ["[PHONE]", "[ID]", "[CARD]", "[IBAN]", "[EMAIL]", "[URL]", "[USER]", "[PERSON]", "[NUM]"];

/// What masks look for, put side by side at random.
const PIECES: &[&str] = &[
    "[PHONE]",
    "[ID]",
    "[CARD]",
    "[IBAN]",
    "[EMAIL]",
    "[URL]",
    "[USER]",
    "[PERSON]",
    "[NUM]",
    " ",
    " ",
    " ",
    "12345678",
    "99123456",
    "0501234567",
    "1000000008",
    "phone ",
    "id ",
    "order ",
    "رقم ",
    "جوالي ",
    "الموظف ",
    "أحمد",
    "محمد ",
    "كريم ",
    "سعيد",
    "القحطاني",
    "بن ",
    "عبد ",
    "الرحمن",
    "أبو ",
    "اسمه ",
    "خدمة ",
    "العملاء ",
    "د.",
    "أ/",
    "Mr. ",
    "agent ",
    "Sarah",
    "Will ",
    "John ",
    "D. ",
    "Al-",
    "Otaibi ",
    "named ",
    "and ",
    "'s ",
    "و",
    "@",
    ".com",
    "a@b.co",
    "gmail",
    " at ",
    " dot ",
    "[at]",
    "(dot)",
    "http://",
    "www.",
    "x.shop",
    ".",
    ",",
    "/",
    "#",
    "+",
    "00",
    "-",
    "\u{200f}",
    "\u{64e}",
    "ـ",
    "٠٥٠",
    "2023",
    "SA03",
    "4111 ",
];
