//! Words that carry grammar alone.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::chars::is_arabic_mark;
use super::edit::Edits;
use super::english::is_apostrophe;
use super::phrases::{adjoin, stands_free, unquoted, words};
use super::spelling::{is_part, letters};
use super::tables::Table;

static STOPWORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let table = Table::read(include_str!("tables/stopwords.tsv"));
    table.rows().iter().filter_map(|row| row.first().copied()).collect()
});

/// Function words of both languages go, with the blank beside them: "الخدمة في الفرع ليست جيدة ولا سريعة" -> "الخدمة الفرع
/// ليست جيدة ولا سريعة", "the app is not working" -> "app not working". What negates stays (لا ليس ليست لم لن ما مش مو غير
/// بدون ولا, not no never without n't), and so do amount, degree, cause, time and place (very, too, because, لأن).
/// Cost: grammar; for keywords and word counts, never for models that read sentences. "IT" and "US" in capitals stay.
/// Source: `tables/stopwords.tsv`.
pub(super) fn remove_stopwords(text: &str, edits: &mut Edits<'_>) {
    let mut all = words(text, is_part);
    for word in &mut all {
        *word = unquoted(text, word);
    }
    let shouts = !text.bytes().any(|b| b.is_ascii_lowercase());
    let goes = |at: usize| {
        let word = &text[all[at].clone()];
        // ما في says that there is none.
        let denied = at > 0 && &text[all[at - 1].clone()] == "ما" && adjoin(text, &all[at - 1], &all[at]);
        !denied && stands_free(text, &all[at]) && is_stopword(word, shouts)
    };
    let (mut at, mut gone) = (0, 0);
    while at < all.len() {
        if !goes(at) {
            at += 1;
            continue;
        }
        let first = at;
        at += 1;
        while at < all.len() && adjoin(text, &all[at - 1], &all[at]) && goes(at) {
            at += 1;
        }
        let (start, end) = (all[first].start, all[at - 1].end);
        // The blanks before these words may have gone with the words before them.
        let left = gone.max(text[..start].trim_end_matches(' ').len());
        let right = end + text[end..].len() - text[end..].trim_start_matches(' ').len();
        let range = if right > end { start..right } else { left..end };
        gone = range.end;
        edits.delete(range);
    }
}

fn is_stopword(word: &str, shouts: bool) -> bool {
    if word.is_empty() || word.len() > 24 {
        return false;
    }
    if !word.is_ascii() {
        let dressed = |c: char| is_arabic_mark(c) || is_apostrophe(c);
        return STOPWORDS.contains(word)
            || (word.contains(dressed)
                && STOPWORDS
                    .contains(letters(word).replace(is_apostrophe, "'").to_ascii_lowercase().as_str()));
    }
    let code = matches!(word.len(), 2 | 3) && !shouts && word.bytes().all(|b| b.is_ascii_uppercase());
    !code && STOPWORDS.contains(word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::edit::edited;
    use super::*;

    #[test]
    fn negators_survive() {
        for (text, left) in [
            ("الخدمة في الفرع ليست جيدة ولا سريعة", "الخدمة الفرع ليست جيدة ولا سريعة"),
            ("The app is not working", "app not working"),
            ("They don't reply to me.", "don't reply."),
            ("ما في رد", "ما في رد"),
            ("it is", ""),
            ("it  is", ""),
            ("call the IT team", "call IT team"),
        ] {
            assert_eq!(edited(text, remove_stopwords), left);
        }
        for word in "لا ليس ليست لم لن ما مش مو غير بدون ولا not no never without don't can't nor".split(' ')
        {
            assert!(!is_stopword(word, false), "{word}");
        }
    }
}
