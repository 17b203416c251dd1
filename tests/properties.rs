//! Laws that hold for any text.

mod texts;

use proptest::prelude::*;
use rasd::{Normalizer, Span, language, segment};
use unicode_normalization::is_nfc;

use texts::{REPAIRS, texts};

const PRESETS: [&str; 3] = ["light", "feedback", "search"];

fn preset(name: &str) -> Normalizer {
    Normalizer::preset(name).expect("a preset named in the documentation")
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

    /// What the eye does not see between the digits of a number hides none of them.
    #[test]
    fn masks_see_through_what_is_unseen(
        number in prop::sample::select(vec!["0501234567", "+966501234567", "4111111111111111", "SA0380000000608010167519"]),
        before in prop::sample::select(vec!["", "call ", "رقمي "]),
        gaps in prop::collection::vec("[\u{640}]?[\u{ad}\u{200b}-\u{200e}\u{2060}\u{feff}\u{64b}\u{64e}\u{651}\u{fe0f}]{0,3}", 24),
    ) {
        let hidden: String = number.chars().zip(&gaps).map(|(c, gap)| if c == '+' { c.into() } else { format!("{c}{gap}") }).collect();
        let masked = preset("feedback").normalize(&format!("{before}{hidden}!")).into_owned();
        prop_assert!(!masked.chars().any(char::is_numeric), "{:?} -> {:?}", hidden, masked);
    }

    /// Joined, the segments of a word are the word, but for the article that لل hides.
    #[test]
    fn proclitics_join_to_their_word(word in prop_oneof![texts(), "[والفبكسيتمن\u{64e}ـ]{0,12}"]) {
        let joined = segment::proclitics(&word).concat();
        prop_assert!(joined == word || (word.starts_with(['و', 'ف', 'ل']) && word.contains('ل')), "{} {}", word, joined);
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
