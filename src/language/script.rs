//! Words by script.

use crate::normalize::is_arabic_letter;

/// A script that decides a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Arabic,
    Latin,
    Other,
}

/// How many words each script has; addresses and names with @ left out.
#[derive(Debug, Default)]
pub(super) struct Count {
    arabic: usize,
    latin: usize,
    other: usize,
    /// Words that hold both scripts.
    both: usize,
}

impl Count {
    /// The script of most words; `None` without letters.
    pub(super) fn leading(&self) -> Option<Script> {
        if self.arabic + self.latin + self.other == 0 {
            None
        } else if self.other > self.arabic + self.latin {
            Some(Script::Other)
        } else if self.arabic >= self.latin {
            Some(Script::Arabic)
        } else {
            Some(Script::Latin)
        }
    }

    /// Words in Arabic letters, or in Latin letters where Arabic is written with them.
    #[cfg(feature = "analyze")]
    pub(super) fn arabic_words(&self, in_latin: bool) -> usize {
        if in_latin { self.latin } else { self.arabic }
    }

    /// Both scripts carry the text: the lesser has at least one word in ten.
    pub(super) fn is_mixed(&self) -> bool {
        let (less, more) = (self.arabic.min(self.latin), self.arabic.max(self.latin));
        less > 0 && (less + self.both) * 9 >= more
    }
}

/// Counts the words of `text` by script; one Latin letter alone is no word.
pub(super) fn count(text: &str) -> Count {
    let mut count = Count::default();
    for token in text.split_whitespace() {
        if token.contains("://") || token.contains('@') || token.starts_with("www.") || is_mask(token) {
            continue;
        }
        let (mut arabic, mut latin, mut other) = (0, 0, 0);
        for c in token.chars().filter(|c| c.is_alphabetic()) {
            match c {
                _ if is_arabic_letter(c) => arabic += 1,
                'a'..='z'
                | 'A'..='Z'
                | '\u{c0}'..='\u{24f}'
                | '\u{ff21}'..='\u{ff5a}'
                | '\u{1d400}'..='\u{1d7ff}' => latin += 1,
                '\u{640}' => {}
                _ => other += 1,
            }
        }
        count.arabic += usize::from(arabic > 0);
        count.latin += usize::from(latin > usize::from(arabic > 0));
        count.both += usize::from(arabic > 0 && latin > 1);
        count.other += usize::from(other > arabic + latin);
    }
    count
}

/// A tag such as "[URL]".
fn is_mask(token: &str) -> bool {
    let inner = token.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|parts| parts.0);
    inner.is_some_and(|name| name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
}
