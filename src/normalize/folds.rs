//! In: a spelling and the folds that run beside a rule. Out: what they make of it.

use super::letters;
use super::pass::To;

/// Folds that run with a rule that writes words, one bit each in this order: what they would fold away again is not
/// written.
pub(super) const FOLDS: [&str; 5] =
    ["fold_hamza_uniform", "fold_alef", "fold_hamza", "fold_alef_maksura", "fold_teh_marbuta"];

/// The fold of ة is among the folds of bits `folds`.
pub(super) fn folds_teh(folds: usize) -> bool {
    folds >> (FOLDS.len() - 1) & 1 == 1
}

/// What each of them makes of a letter.
const LETTERS: [fn(char) -> To; FOLDS.len()] = [
    letters::fold_hamza_uniform,
    letters::fold_alef,
    letters::fold_hamza,
    letters::fold_alef_maksura,
    letters::fold_teh_marbuta,
];

/// The letters of `word` after the folds of bits `folds`; its marks stay.
pub(super) fn folded(word: &str, folds: usize) -> impl Iterator<Item = char> {
    let runs = move |bit: &usize| folds >> bit & 1 == 1;
    let fold = |c, bit: usize| match LETTERS[bit](c) {
        To::Char(letter) => letter,
        _ => c,
    };
    word.chars().map(move |c| (0..LETTERS.len()).filter(runs).fold(c, fold))
}

/// `a` and `b` are one word after the folds of bits `folds`.
pub(super) fn same(a: &str, b: &str, folds: usize) -> bool {
    folded(a, folds).eq(folded(b, folds))
}
