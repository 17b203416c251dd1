//! Laws that hold for any text.

use proptest::prelude::*;
use rasd::{Normalizer, Span, language, segment};
use unicode_normalization::is_nfc;

const PRESETS: [&str; 3] = ["light", "feedback", "search"];

fn preset(name: &str) -> Normalizer {
    Normalizer::preset(name).expect("a preset named in the documentation")
}

/// Pieces that rules look for, put side by side at random.
const PIECES: &[&str] = &[
    "&amp;",
    "&lt;",
    "b>",
    "<b",
    "<",
    ">",
    "&#38;",
    "#x26;",
    "lt;",
    "_x000D_",
    "_x00",
    "0D_",
    "#",
    "@",
    "_",
    ".",
    ",",
    ":",
    "/",
    " ",
    "  ",
    "\n",
    "\t",
    "https://",
    "www.",
    "stc.com.sa",
    "user",
    "com",
    "(at)",
    "0501234567",
    "+966 50 123 4567",
    "٠٥٠",
    "1",
    "22",
    "333",
    "4111 1111 1111 1111",
    "SA03 8000 0000 6080 1016 7519",
    "1000000008",
    "784-1987-1234567-1",
    "2023",
    "-",
    "(",
    ")",
    "+",
    "00",
    "ا",
    "أ",
    "ل",
    "لله",
    "ه",
    "ههه",
    "ي",
    "ى",
    "ة",
    "ئ",
    "ـ",
    "\u{64e}",
    "\u{651}",
    "\u{654}",
    "\u{653}",
    "\u{655}",
    "\u{670}",
    "\u{6d6}",
    "\u{610}",
    "\u{300}",
    "\u{336}",
    "\u{20e3}",
    "\u{200d}",
    "\u{200c}",
    "\u{200f}",
    "\u{202e}",
    "\u{ad}",
    "\u{feff}",
    "\u{fe0f}",
    "😡",
    "👨",
    "🏽",
    "🇸",
    "🇦",
    "🏴",
    "\u{e0067}",
    "\u{e007f}",
    "ﷺ",
    "﷼",
    "ﻻ",
    "\u{fe77}",
    "\u{fe76}",
    "ﬁ",
    "𝐁",
    "Ａ",
    "＆",
    "＃",
    "＠",
    "１",
    "²",
    "½",
    "Å",
    "é",
    "e",
    "ee",
    "eee",
    "W",
    "ww",
    "İ",
    "Σ",
    "Ø®",
    "Ù",
    "§",
    "Ã",
    "Â",
    "ط®",
    "ظ…",
    "«",
    "“",
    "'",
    "؟",
    "،",
    "…",
    "٫",
    "٬",
    "٪",
    "گ",
    "ی",
    "ک",
    "\0",
    "\u{85}",
    "\u{2028}",
    "\u{3000}",
    "[URL]",
    "[",
    "]",
    "\u{1f1e6}",
    "\u{ac00}",
    "\u{11a8}",
    "1-",
    "•",
    ":)",
    ":(",
    "n't",
    "it's",
    "because ",
    " of ",
    "بس ",
    "لأن ",
    "so ",
    "الى",
    "انشاء ",
    "الله",
    "الاسعار",
    "الخدمه",
    "سيء",
    "ان ",
    "اي ",
    "لايوجد",
    "فى",
    "ہ",
    "ھ",
    "ـہـ",
    "✿",
    "ڛ",
    "ᴀ",
    "ᴮ",
    "hgsghl ",
    "ugd;l ",
    "اثممخ ",
    "شحح ",
    "[]h",
    "pls ",
    "u ",
    "w/",
    "dont",
    "recieve",
    "the ",
    "is ",
    "في ",
    "ما ",
    "oooo",
    "للل",
    "وعايز ",
    "هال",
    "عال",
    "فلوس",
    "مره ",
    "اخرى ",
    "ما ",
    "حدا ",
    "شو",
    "رايع ",
    "تلاتة ",
    "احسن ",
    "راحو",
    "لي ",
    "3ayez ",
    "el ",
    "w ",
    "msh ",
    "shokran",
    "7a",
    "khedma",
    "beSla",
];

/// Rules that repair what people typed.
const REPAIRS: &[(&str, &str)] = &[
    ("spell_fix", "on"),
    ("restore_teh_marbuta", "on"),
    ("undecorate", "on"),
    ("fix_keyboard_layout", "on"),
    ("expand_slang", "on"),
    ("expand_contractions", "on"),
    ("remove_stopwords", "on"),
    ("reduce_elongation", "lexicon"),
    ("coda_spelling", "on"),
    ("dialect_map", "all"),
    ("arabizi_to_arabic", "on"),
];

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|parts| parts.concat()),
        any::<String>(),
        "[ء-ي0-9٠-٩ .a-zA-Z@#&<>;:/+-]{0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// A preset applied twice equals it applied once, and its text is composed.
    #[test]
    fn presets_are_idempotent(text in texts()) {
        for name in PRESETS {
            let normalizer = preset(name);
            let once = normalizer.normalize(&text).into_owned();
            prop_assert_eq!(normalizer.normalize(&once), once.as_str(), "{}", name);
            prop_assert!(is_nfc(&once), "{}", name);
        }
    }

    /// The three forms of the call agree, and the map carries every span onto character boundaries, in order.
    #[test]
    fn spans_map_back(text in texts()) {
        for name in PRESETS {
            let normalizer = preset(name);
            let normalized = normalizer.normalize_aligned(&text);
            prop_assert_eq!(normalizer.normalize(&text), normalized.text.as_str());
            prop_assert_eq!(&normalizer.explain(&text).text, &normalized.text);
            let mut reached = 0;
            for (start, c) in normalized.text.char_indices() {
                let span = normalized.source_span(Span { start, end: start + c.len_utf8() });
                prop_assert!(text.get(span.start..span.end).is_some(), "{} {:?}", name, span);
                prop_assert!(span.end >= reached, "{} {:?} {}", name, span, reached);
                reached = span.end;
                let back = normalized.normalized_span(span);
                prop_assert!(back.start <= start || span.start == span.end);
                prop_assert!(normalized.text.get(back.start..back.end).is_some());
            }
            // What lies between two changed stretches is equal on both sides.
            let (mut source, mut new) = (0, 0);
            for piece in normalized.alignment.pieces() {
                prop_assert_eq!(&text[source..piece.source.start], &normalized.text[new..piece.normalized.start]);
                (source, new) = (piece.source.end, piece.normalized.end);
            }
            prop_assert_eq!(&text[source..], &normalized.text[new..]);
        }
    }

    /// A mask leaves no digit of what it masked.
    #[test]
    fn masks_leave_no_digit(tail in 0u32..10_000_000, before in "[ء-ي ]{0,8}", dash in prop::sample::select(vec!["", " ", "-", "\u{200e}"])) {
        let feedback = preset("feedback");
        let digits = format!("{tail:07}");
        for arabic in [false, true] {
            let mut number = format!("050{dash}{}{dash}{}", &digits[..3], &digits[3..]);
            if arabic {
                number = number.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x660 + d)).unwrap_or(c)).collect();
            }
            let masked = feedback.normalize(&format!("{before} {number}!")).into_owned();
            prop_assert!(!masked.chars().any(char::is_numeric), "{} -> {}", number, masked);
        }
    }

    /// Every rule, in every value, on any text: no panic, and alone it comes to rest.
    #[test]
    fn every_rule_takes_any_text(text in texts()) {
        for (name, values) in rasd::normalize::rules() {
            for value in values {
                let normalizer = Normalizer::empty().with(name, value).expect("a listed value");
                let once = normalizer.normalize(&text).into_owned();
                prop_assert_eq!(normalizer.normalize(&once), once.as_str(), "{}={}", name, value);
            }
        }
    }

    /// Rules that repair spelling come to rest beside every other rule, folds that undo them included.
    #[test]
    fn repairs_come_to_rest_beside_any_rule(text in texts()) {
        for (repair, value) in REPAIRS {
            let with = Normalizer::empty().with(repair, value).expect("a rule");
            for (name, values) in rasd::normalize::rules().into_iter().filter(|rule| rule.0 != *repair) {
                let both = with.clone().with(name, values[values.len() - 1]).expect("a listed value");
                let once = both.normalize(&text).into_owned();
                prop_assert_eq!(both.normalize(&once), once.as_str(), "{} beside {}", repair, name);
            }
        }
    }

    /// Every rule at its strongest, all at once.
    #[test]
    fn all_rules_come_to_rest_together(text in texts()) {
        let all = rasd::normalize::rules().into_iter().fold(Normalizer::empty(), |normalizer, (name, values)| {
            normalizer.with(name, values[values.len() - 1]).expect("a listed value")
        });
        let once = all.normalize(&text).into_owned();
        prop_assert_eq!(all.normalize(&once), once.as_str());
    }

    /// Joined, the segments of a word are the word, but for the article that لل hides.
    #[test]
    fn proclitics_join_to_their_word(word in prop_oneof![texts(), "[والفبكسيتمن\u{64e}ـ]{0,12}"]) {
        let joined = segment::proclitics(&word).concat();
        prop_assert!(joined == word || (word.starts_with(['و', 'ف', 'ل']) && word.contains('ل')), "{} {}", word, joined);
    }

    /// Rules that write words come to rest beside each other and beside folds that would undo them.
    #[test]
    fn words_come_to_rest_beside_folds(text in texts(), folds in 0usize..32) {
        let names = ["fold_alef", "fold_hamza", "fold_hamza_uniform", "fold_alef_maksura", "fold_teh_marbuta"];
        let folding = (0..5).filter(|bit| folds >> bit & 1 == 1).fold(Normalizer::empty(), |normalizer, bit| {
            normalizer.with(names[bit], "on").expect("a rule")
        });
        for rules in [&[("dialect_map", "all")][..], &[("coda_spelling", "on")], &[("dialect_map", "clear"), ("coda_spelling", "on")]] {
            let all = rules.iter().fold(folding.clone(), |all, (rule, value)| all.with(rule, value).expect("a rule"));
            let once = all.normalize(&text).into_owned();
            prop_assert_eq!(all.normalize(&once), once.as_str());
        }
    }

    /// Spans of segments lie in order on character boundaries.
    #[test]
    fn segments_are_in_order(text in texts()) {
        let mut lists = vec![segment::sentences(&text), segment::words(&text)];
        lists.push(segment::clauses(&text).iter().map(|clause| clause.span).collect());
        for spans in lists {
            let mut reached = 0;
            for span in spans {
                prop_assert!(span.start >= reached && span.start < span.end);
                prop_assert!(text.get(span.start..span.end).is_some());
                reached = span.end;
            }
        }
        let _ = (language::code(&text), language::is_no_comment(&text), language::is_gibberish(&text), language::dialect_cue(&text));
    }
}

/// Long runs of what a rule could choke on come back; quadratic work would not end.
#[test]
fn long_runs_of_anything_end() {
    let attacks = [
        "<",
        "&",
        "&amp;",
        "<b",
        "#",
        "@",
        "#a",
        "@a.",
        "a@",
        "a.",
        "1 ",
        "0",
        "1.1.",
        "+",
        "(",
        "\u{300}",
        "\u{654}",
        "\u{202e}",
        "\u{200d}",
        "ﷺ",
        "ه",
        "_x000D_",
        "<!--",
        "http://",
        "www.",
        "😡",
        "👨\u{200d}",
        "🇸",
        "SA",
        "Ã",
        "Ø®",
        ":",
        ".",
        "!",
        "ي\u{64e}",
        "a'",
        "\n1-",
        "ا،",
        "so ",
        "3a ",
        "w el ",
        "msh khedma ",
        "aT",
        "3'",
        "بس ",
        "\u{e0067}",
        "<b<i>",
        "[URL]",
        "１",
        "05",
        "0 5 ",
        "x=",
        "&#3",
        "الى ",
        "اي ",
        "لا اله ",
        "u ",
        "w/",
        "في ",
        "ما في ",
        "ho;",
        "b",
        "لا",
        "ہل",
        "ـ✿",
        "ᴀ",
        "oooa",
        "'",
        "ما ",
        "ما a ",
        "عايز ",
        "وهال",
        "مش كل ",
        "ولل",
        "مالي",
    ];
    let repairs = REPAIRS.iter().map(|(name, value)| Normalizer::empty().with(name, value).expect("a rule"));
    let repairs: Vec<Normalizer> = repairs.collect();
    for attack in attacks {
        let text = attack.repeat(20_000 / attack.len());
        for name in PRESETS {
            let _ = preset(name).normalize(&text);
        }
        for repair in &repairs {
            let _ = repair.normalize(&text);
        }
        let _ = segment::proclitics(&text);
        let _ = (segment::clauses(&text).len(), language::code(&text), language::is_no_comment(&text));
    }
    let nested = format!("{}b{}", "<b".repeat(20_000), ">".repeat(20_000));
    let _ = preset("feedback").normalize(&nested);
}
