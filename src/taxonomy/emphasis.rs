//! In: words as they are written. Out: how loud they are, and which emoji they begin with.

/// VARIATION SELECTOR-16, written after an emoji or left out.
pub(super) const VARIATION: char = '\u{fe0f}';

/// The bytes of `text` that `shape` begins it with, variation selectors passed over.
pub(super) fn shape_len(text: &str, shape: &str) -> Option<usize> {
    let mut chars = text.char_indices().filter(|(_, c)| *c != VARIATION);
    let mut end = 0;
    for wanted in shape.chars() {
        let (at, c) = chars.next()?;
        if c != wanted {
            return None;
        }
        end = at + c.len_utf8();
    }
    Some(end)
}

/// The sentence ends in more than one exclamation mark.
pub(super) fn shouts(sentence: &str) -> bool {
    sentence.trim_end().ends_with("!!")
}

/// Words in capitals or with drawn-out letters.
pub(super) fn emphatic(words: &str) -> bool {
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().count() > 3 && letters().all(char::is_uppercase);
    let mut run = (None, 0);
    let drawn = words.chars().filter(|c| c.is_alphabetic()).any(|c| {
        run = if run.0 == Some(c) { (run.0, run.1 + 1) } else { (Some(c), 1) };
        run.1 > 2
    });
    capitals || drawn
}
