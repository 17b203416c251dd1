//! What comments say by their words, and what is wrong with a taxonomy file.
#![cfg(feature = "analyze")]

use proptest::prelude::*;
use rasd::taxonomy::{Mark, Reading, Strength, Taxonomy};

const KIDS: &str = r#"
[[topic]]
id = "kids"
name_ar = "ركن الأطفال"
parent = "facilities"
[topic.seeds]
gulf = ["ركن الأطفال", "ألعاب البزران", "زحليقة العيال", "منطقة اللعب", "مشرفة الأطفال"]
"#;

fn lists(reading: &Reading) -> [(&'static str, &[Mark]); 5] {
    [
        ("topic", &reading.topics),
        ("kind", &reading.kinds),
        ("cue", &reading.cues),
        ("actor", &reading.actors),
        ("emotion", &reading.emotions),
    ]
}

/// `list id [words]` of every mark.
fn told(taxonomy: &Taxonomy, text: &str) -> Vec<String> {
    let reading = taxonomy.read(text);
    let told = |(list, marks): (&str, &[Mark])| -> Vec<String> {
        marks
            .iter()
            .map(|mark| format!("{list} {} [{}]", mark.id, &text[mark.span.start..mark.span.end]))
            .collect()
    };
    lists(&reading).into_iter().flat_map(told).collect()
}

#[test]
fn a_mark_names_the_words_of_the_source() {
    // Text, a mark in it, a mark not in it.
    let cases = [
        ("لن أتعاملَ معكـــم مرة أخرى", "cue churn [لن أتعاملَ معكـــم مرة أخرى]", ""),
        ("تعبت منكم ولن أتعامل معكم", "cue churn [ولن أتعامل معكم]", ""),
        ("mish hat3amel m3akom tani", "cue churn [mish hat3amel m3akom tani]", ""),
        ("ماراح أتعامل معكم", "cue churn [ماراح أتعامل معكم]", ""),
        ("لن أشتري أي شيء بعد هذا منكم", "cue churn [لن أشتري أي شيء بعد هذا منكم]", ""),
        ("سألغي اشتراكي", "cue churn [سألغي اشتراكي]", ""),
        ("كنت سألغي اشتراكي", "", "cue churn"),   // it nearly came to it
        ("صديقي ألغيت اشتراكي", "", "cue churn"), // told of a friend
        ("صديقي ألغى عقده هو وأنا ألغيت اشتراكي", "cue churn [ألغيت اشتراكي]", ""),
        ("إذا ما حليتوها بلغي اشتراكي", "cue churn [بلغي اشتراكي]", ""),
        ("تعاملت للموظفين", "topic staff_service [للموظفين]", ""),
        ("I will never switch to Vodafone", "", "cue switch_competitor [switch to Vodafone]"),
        ("سأنتقل إلى الراجحي", "cue switch_competitor [سأنتقل إلى الراجحي]", ""),
        ("مو مرتاح", "", "emotion joy"),
        ("انقهرت 😡", "emotion anger [😡]", ""),
    ];
    for (text, has, lacks) in cases {
        let marks = told(Taxonomy::builtin(), text);
        assert!(has.is_empty() || marks.iter().any(|mark| mark == has), "{text}: no `{has}` in {marks:?}");
        assert!(lacks.is_empty() || !marks.iter().any(|mark| mark.starts_with(lacks)), "{text}: {marks:?}");
    }
}

#[test]
fn a_weak_cue_needs_company() {
    let alone = Taxonomy::builtin().read("أفكر في إلغاء");
    assert_eq!(alone.cues[0].strength, Strength::Weak);
    assert!(alone.cues(|_| false).is_empty());
    assert_eq!(alone.cues(|_| true), alone.cues);
    let beside = Taxonomy::builtin().read("أفكر في إلغاء ولن أتعامل معكم");
    assert_eq!(beside.cues(|_| false).len(), 2);
    let apart = Taxonomy::builtin().read("أفكر في إلغاء. لن أتعامل معكم");
    assert_eq!(apart.cues(|_| false).len(), 1);
}

#[test]
fn emphasis_raises_a_feeling() {
    let felt = |text: &str| Taxonomy::builtin().read(text).emotions[0].intensity;
    assert_eq!((felt("غاضب"), felt("غاضب!!"), felt("غااااضب")), (Some(2), Some(3), Some(3)));
    assert_eq!((felt("angry"), felt("ANGRY"), felt("very angry")), (Some(2), Some(3), Some(3)));
    assert_eq!(felt("furious!!"), Some(3));
}

#[test]
fn a_users_file_lies_over_the_librarys() {
    let own = Taxonomy::from_toml(KIDS).unwrap();
    let kids = own.topic("kids").unwrap();
    assert_eq!((kids.name_en.as_str(), kids.user, kids.seeds.len()), ("ركن الأطفال", true, 5));
    assert!(told(&own, "زحليقة العيال مكسورة").contains(&"topic kids [زحليقة العيال]".to_string()));
    assert_eq!(own.topics().len(), 23);
    assert!(!own.topic("price").unwrap().user);

    let json = r#"{"topic": [{"id": "price", "drop": true}], "companies": {"telecom": ["أثير"]},
        "cue": [{"id": "churn", "name_en": "Leaving", "markers": [{"phrases": ["bye {telecom}"]}]}]}"#;
    let other = Taxonomy::from_json(json).unwrap();
    assert!(other.topic("price").is_none());
    assert_eq!(told(&other, "bye أثير"), ["cue churn [bye أثير]"]);
    assert!(told(&other, "سألغي اشتراكي").iter().all(|mark| !mark.starts_with("cue churn")));
    assert!(
        told(&other, "سأنتقل إلى الراجحي")
            .contains(&"cue switch_competitor [سأنتقل إلى الراجحي]".to_string())
    );
}

#[test]
fn a_wrong_file_is_told_with_its_line() {
    for line in include_str!("texts/taxonomy_errors.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let error = Taxonomy::from_toml(case["toml"].as_str().unwrap()).unwrap_err();
        assert_eq!(error.to_string(), case["message"].as_str().unwrap(), "{}", case["name"]);
        if let Some(hint) = case.get("hint") {
            assert_eq!(error.hint(), hint.as_str(), "{}", case["name"]);
        }
    }
    let message = |text: &str| Taxonomy::from_toml(text).unwrap_err().to_string();
    assert!(message("\n[[topic]\n").starts_with("taxonomy: line 2: "));
    assert!(message("[guards]\na = []\na = []\n").starts_with("taxonomy: line 3: "));
    let json = r#"{"topic": [{"id": "kids", "name_en": "Kids", "seeds": {"english": ["a", 2]}}]}"#;
    assert_eq!(
        Taxonomy::from_json(json).unwrap_err().to_string(),
        "taxonomy: topic[0].seeds.english[1]: topic: seeds: english: got a whole number, expected a text"
    );
}

#[test]
fn a_file_in_another_encoding_is_told_with_its_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, b"[[topic]]\nid = \"\xC7\xE1\"\n").unwrap(); // Windows-1256
    let error = Taxonomy::open(&path).unwrap_err();
    assert_eq!(error.to_string(), "mine.toml: line 2: byte 0xC7 is not UTF-8");
    std::fs::write(&path, [b"\xEF\xBB\xBF", KIDS.as_bytes()].concat()).unwrap(); // byte order mark
    assert_eq!(Taxonomy::open(&path).unwrap().topics().len(), 23);
}

/// Words that begin phrases, fill slots and stand in guards, so that random comments come near to many phrases.
const WORDS: [&str; 24] = [
    "لن",
    "أتعامل",
    "معكم",
    "ما",
    "عاد",
    "راح",
    "سألغي",
    "اشتراكي",
    "وعدوني",
    "ولم",
    "الموظف",
    "قال",
    "غير",
    "إلى",
    "stc",
    "don't",
    "never",
    "again",
    "switch",
    "to",
    "😡",
    "!!",
    ".",
    "،",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_comment_is_read(
        words in prop::collection::vec(prop_oneof![prop::sample::select(&WORDS[..]).prop_map(str::to_string), ".{0,6}"], 0..40),
        between in prop_oneof![Just(" "), Just("")],
    ) {
        let text = words.join(between);
        for (_, marks) in lists(&Taxonomy::builtin().read(&text)) {
            prop_assert!(marks.is_sorted_by_key(|mark| mark.span.start));
            for mark in marks {
                prop_assert!(mark.span.start < mark.span.end && text.get(mark.span.start..mark.span.end).is_some());
            }
        }
    }
}

#[test]
fn a_long_comment_takes_time_in_proportion() {
    let taxonomy = Taxonomy::builtin();
    for unit in ["لن أتعامل ", "وعدوني ما ", "never to switch ", "الموظف قال ولم ", "غير "]
    {
        let time = |times: usize| {
            let text = unit.repeat(times);
            let start = std::time::Instant::now();
            taxonomy.read(&text);
            start.elapsed().as_secs_f64()
        };
        time(100);
        let (short, long) = (time(1_000), time(16_000));
        assert!(long < 16.0 * 4.0 * short + 0.2, "{unit}: {short} s for 1,000, {long} s for 16,000");
    }
}
