//! In: a preset's name. Out: its rules, read from `tables/presets.tsv`.
//! Law: each preset holds the one before it.
//!
//! `light` is hygiene: no letter, digit or emoji of clean NFC text changes. `feedback` is what models read: one spelling
//! for what looks the same, personal data masked; case, hamza, ة, ى and emoji stay. `search` is a key for matching, never
//! for display: every fold, no case, no emoji, no punctuation.

use super::tables::Table;

/// Presets, least to most.
pub(super) const NAMES: [&str; 3] = ["light", "feedback", "search"];

/// The rules of preset `name` with their values.
pub(super) fn rules(name: &str) -> Option<Vec<(&'static str, &'static str)>> {
    let upto = NAMES.iter().position(|known| *known == name)?;
    let table = Table::read(include_str!("tables/presets.tsv"));
    let held = table.rows().iter().filter_map(|row| match row[..] {
        [preset, rule, value, _] if NAMES[..=upto].contains(&preset) => Some((rule, value)),
        _ => None,
    });
    Some(held.collect())
}
