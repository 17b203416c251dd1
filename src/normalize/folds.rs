//! In: a spelling and the folds that run beside a rule. Out: what they make of it.

/// Folds that run with a rule that writes words, one bit each in this order: what they would fold away again is not
/// written.
pub(super) const FOLDS: [&str; 5] =
    ["fold_hamza_uniform", "fold_alef", "fold_hamza", "fold_alef_maksura", "fold_teh_marbuta"];

/// The fold of ة is among the folds of bits `folds`.
pub(super) fn folds_teh(folds: usize) -> bool {
    folds >> (FOLDS.len() - 1) & 1 == 1
}

/// The letters of `word` after the folds of bits `folds`.
pub(super) fn folded(word: &str, folds: usize) -> impl Iterator<Item = char> {
    let [uniform, alef, hamza, maksura, teh] = std::array::from_fn(|bit| folds >> bit & 1 == 1);
    word.chars().map(move |c| match c {
        'أ' | 'إ' | 'ؤ' | 'ئ' if uniform => 'ء',
        'أ' | 'إ' | 'آ' if alef => 'ا',
        'ؤ' if hamza => 'و',
        'ئ' if hamza => 'ي',
        'ى' if maksura => 'ي',
        'ة' if teh => 'ه',
        c => c,
    })
}

/// `a` and `b` are one word after the folds of bits `folds`.
pub(super) fn same(a: &str, b: &str, folds: usize) -> bool {
    folded(a, folds).eq(folded(b, folds))
}
