//! Names of causes: what a reader may be shown, on small clusters written by hand.
#![cfg(feature = "analyze")]

use rasd::Language;
use rasd::cluster::{Causes, Item, Options, fit};

/// One cause a block: texts of one block lie together, far from the others.
fn named(blocks: &[&[&str]]) -> Causes {
    let texts: Vec<(usize, &str)> =
        blocks.iter().enumerate().flat_map(|(b, block)| block.iter().map(move |text| (b, *text))).collect();
    let vectors: Vec<Vec<f32>> = texts
        .iter()
        .enumerate()
        .map(|(i, &(b, _))| {
            let mut vector = vec![0.0; blocks.len() + texts.len()];
            vector[b] = 0.95;
            vector[blocks.len() + i] = 0.312_25;
            vector
        })
        .collect();
    let items: Vec<Item> = texts
        .iter()
        .zip(&vectors)
        .map(|((_, text), vector)| Item {
            text,
            display: text,
            language: if text.contains(|c: char| ('\u{600}'..='\u{6FF}').contains(&c)) {
                Language::Ar
            } else {
                Language::En
            },
            vector,
            weight: 1.0,
            customer: None,
        })
        .collect();
    let options = Options { n_causes: Some(blocks.len()), min_size: Some(2), ..Options::default() };
    fit(&items, &options).unwrap()
}

/// The name of the cause that holds text `i`.
fn name(causes: &Causes, i: usize, language: Language) -> &str {
    let cause = &causes.causes[usize::try_from(causes.labels[i]).unwrap()];
    let label = if language == Language::Ar { &cause.label_ar } else { &cause.label_en };
    label.as_deref().unwrap()
}

const CARD: [&str; 5] = [
    "How can I track my card?",
    "I want to track my card",
    "where is my card",
    "Is there a way to track the card",
    "my card still isn't here",
];
const TWICE: [&str; 5] = [
    "I was charged twice",
    "why was I charged twice for dinner?",
    "You charged me two times",
    "it looks like I got charged twice",
    "charged twice at the ATM",
];
const RATE: [&str; 5] = [
    "The exchange rate is wrong",
    "wrong exchange rate at the ATM",
    "Why is the exchange rate so bad?",
    "I don't like the exchange rates",
    "ATM used a wrong exchange rate",
];

#[test]
fn english_names_are_phrases_without_scraps_at_their_edges() {
    let causes = named(&[&CARD, &TWICE, &RATE]);
    assert_eq!(name(&causes, 0, Language::En), "Track my card");
    assert_eq!(name(&causes, 5, Language::En), "Charged twice");
    assert!(["Exchange rate", "Wrong exchange rate"].contains(&name(&causes, 10, Language::En)));
}

#[test]
fn arabic_names_are_phrases_without_scraps_at_their_edges() {
    let causes = named(&[
        &[
            "كيف أغير الرقم السري؟",         // how do I change the PIN
            "بدي أغير الرقم السري",          // I want to change the PIN
            "هل يمكنني أن أغير الرقم السري", // can I change the PIN
            "وين أغير الرقم السري لو سمحت",  // where do I change the PIN please
        ],
        &[
            "لماذا خصمتم مني رسوم التحويل؟", // why did you take the transfer fee from me
            "ليش في رسوم التحويل",           // why is there a transfer fee
            "ورسوم التحويل غالية",           // and the transfer fee is high
            "رسوم التحويل مش واضحة",         // the transfer fee is not clear
        ],
    ]);
    assert_eq!(name(&causes, 0, Language::Ar), "أغير الرقم السري");
    assert_eq!(name(&causes, 4, Language::Ar), "رسوم التحويل");
}

#[test]
fn a_denial_stays_with_what_it_denies() {
    let causes = named(&[
        &[
            "my order didn't arrive",
            "The order didn\u{2019}t arrive",
            "parcel didn't arrive",
            "it didn't arrive",
        ],
        &["لم تصل البطاقة", "البطاقة لم تصل", "لم تصل بطاقتي بعد", "ولم تصل البطاقة"],
    ]);
    let (en, ar) = (name(&causes, 0, Language::En).to_lowercase(), name(&causes, 4, Language::Ar));
    assert!(en.contains("didn't") || en.contains("didn\u{2019}t") || !en.contains("arrive"), "{en}");
    assert!(ar.contains("لم") || !ar.contains("تصل"), "{ar}");
}

#[test]
fn what_most_deny_is_not_asserted_by_the_name() {
    let causes = named(&[
        &[
            "top up never worked",
            "my top up never worked",
            "is there a sign that my top up worked",
            "the top up failed",
        ],
        &TWICE,
    ]);
    assert_ne!(name(&causes, 0, Language::En), "Top up worked");
}

#[test]
fn two_causes_do_not_share_a_name() {
    let causes = named(&[
        &["transfer fee", "a transfer fee", "the transfer fee was high", "transfer fee again"],
        &["transfer fee", "transfer fees", "my transfer fee abroad", "transfer fee abroad"],
    ]);
    let names: Vec<_> = causes.causes.iter().filter_map(|cause| cause.label_en.as_deref()).collect();
    assert!(names.len() < 2 || names[0] != names[1], "{names:?}");
}

#[test]
fn a_cause_without_a_shared_phrase_is_named_by_a_whole_clause() {
    let odd =
        ["but what is going on", "Why is that", "can you look into it", "so do something about this now"];
    let causes = named(&[&odd, &CARD]);
    assert!(
        ["What is going on", "Can you look into it", "Do something about this now"].contains(&name(
            &causes,
            0,
            Language::En
        )),
        "{}",
        name(&causes, 0, Language::En)
    );
}

#[test]
fn masks_never_reach_a_name() {
    let calls = [
        "call me on [PHONE] today",
        "ring [PHONE] please",
        "agent never called [PHONE]",
        "[PHONE] is my number",
    ];
    let causes = named(&[&calls, &CARD]);
    for cause in &causes.causes {
        assert!(
            cause.label_en.as_deref().is_none_or(|label| !label.to_lowercase().contains("phone")),
            "{cause:?}"
        );
    }
}
