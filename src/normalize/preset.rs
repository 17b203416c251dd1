//! In: a preset's name. Out: its rules.

/// Presets, least to most.
pub(super) const NAMES: [&str; 3] = ["light", "feedback", "search"];

/// Hygiene: no letter, digit or emoji of clean NFC text changes.
const LIGHT: &[(&str, &str)] = &[
    ("unescape_excel", "on"),
    ("strip_controls", "on"),
    ("strip_bidi", "on"),
    ("strip_zero_width", "on"),
    ("unicode_nfc", "on"),
    ("collapse_ws", "on"),
];

/// What models read: one spelling for what looks the same, personal data masked; case, hamza, ة, ى and emoji stay.
const FEEDBACK: &[(&str, &str)] = &[
    ("fix_mojibake", "on"),
    ("html", "on"),
    ("strip_zalgo", "on"),
    ("fold_styled", "on"),
    ("fold_presentation", "on"),
    ("expand_ligatures", "on"),
    ("strip_tashkeel", "on"),
    ("strip_dagger_alef", "on"),
    ("strip_quranic", "on"),
    ("strip_tatweel", "on"),
    ("unify_lookalikes", "on"),
    ("mask_url", "mask"),
    ("mask_email", "mask"),
    ("mask_mention", "mask"),
    ("mask_iban", "mask"),
    ("mask_card", "mask"),
    ("mask_national_id", "mask"),
    ("mask_phone", "mask"),
    ("digits_ascii", "on"),
    ("number_separators", "on"),
    ("smart_quotes", "on"),
    ("hashtag", "segment"),
    ("reduce_elongation", "2"),
];

/// A key for matching, never for display: every fold, no case, no emoji, no punctuation.
const SEARCH: &[(&str, &str)] = &[
    ("emoji", "strip"),
    ("fold_alef", "on"),
    ("fold_hamza", "on"),
    ("fold_alef_maksura", "on"),
    ("fold_teh_marbuta", "on"),
    ("lowercase", "on"),
    ("strip_punct", "on"),
];

/// The rules of preset `name` with their values; each preset holds the one before it.
pub(super) fn rules(name: &str) -> Option<Vec<(&'static str, &'static str)>> {
    let parts: &[&[(&str, &str)]] = match name {
        "light" => &[LIGHT],
        "feedback" => &[LIGHT, FEEDBACK],
        "search" => &[LIGHT, FEEDBACK, SEARCH],
        _ => return None,
    };
    Some(parts.concat())
}
