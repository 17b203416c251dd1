//! In: text and steps (rule, value). Out: the text at rest.
//! Law: a step is left out only where it could not change the text as it stands.

use std::borrow::Cow;

use super::edit::{Buffer, Edits};
use super::rule::{LATE, RULES};
use super::signs::{self, Signs};

/// Passes before text that keeps changing counts as hostile (nested markup, nested encodings).
const PASSES: usize = 24;

/// A step: (place in [`RULES`], value).
pub(super) type Step = (usize, usize);

/// Runs `steps` until nothing changes; `seen` gets each rule's name, input and edits. Borrowed when no rule made an
/// edit.
pub(super) fn run<'a>(
    steps: &[Step],
    text: &'a str,
    seen: impl FnMut(&'static str, &str, &Edits<'_>),
) -> Cow<'a, str> {
    let mut way = Way {
        text: Cow::Borrowed(text),
        signs: signs::of(text),
        buffer: Buffer::default(),
        spare: String::new(),
        seen,
    };
    // Punctuation is evidence for other rules: it goes once they are done.
    let late = *LATE;
    let early = steps.iter().take_while(|step| step.0 < late).count();
    // Text nested deeper than anyone writes comes to rest once the signs that nest are gone.
    if !way.rest(steps, early) {
        way.edit("html", |text, edits| {
            for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '&' | '<' | '>' | '#' | '@')) {
                edits.replace_char(at, c, ' ');
            }
        });
        way.rest(steps, early);
    }
    way.text
}

/// A text on its way through the rules.
struct Way<'a, S> {
    text: Cow<'a, str>,
    /// Signs of `text`.
    signs: Signs,
    buffer: Buffer,
    /// Room for the next text.
    spare: String,
    seen: S,
}

impl<S: FnMut(&'static str, &str, &Edits<'_>)> Way<'_, S> {
    /// Runs the `early` first steps until nothing changes, then all of them; whether the text came to rest.
    fn rest(&mut self, steps: &[Step], early: usize) -> bool {
        self.settle(&steps[..early], 0) && (early == steps.len() || self.settle(steps, early))
    }

    /// Runs `steps` until nothing changes, where those before `from` leave the text alone; whether it came to rest.
    fn settle(&mut self, steps: &[Step], from: usize) -> bool {
        let mut at = from;
        // Steps from here on left the text alone as it stands.
        let mut end = steps.len();
        for _ in 0..PASSES {
            let mut last = None;
            while at < end {
                let (place, value) = steps[at];
                let rule = &RULES[place];
                at += 1;
                if self.signs & rule.needs != 0
                    && self.edit(rule.name, |text, edits| (rule.run)(text, value, edits))
                {
                    last = Some(at);
                    end = steps.len();
                }
            }
            match last {
                Some(last) => (at, end) = (0, last),
                None => return true,
            }
        }
        false
    }

    /// Applies what `write` wants changed; whether there was anything.
    fn edit(&mut self, name: &'static str, write: impl FnOnce(&str, &mut Edits<'_>)) -> bool {
        let mut edits = Edits::over(&self.text, std::mem::take(&mut self.buffer));
        write(&self.text, &mut edits);
        let changed = !edits.is_empty();
        if changed {
            (self.seen)(name, &self.text, &edits);
            edits.apply(&mut self.spare);
        }
        self.buffer = edits.into_buffer();
        if changed {
            let next = Cow::Owned(std::mem::take(&mut self.spare));
            if let Cow::Owned(old) = std::mem::replace(&mut self.text, next) {
                self.spare = old;
            }
            self.signs = signs::of(&self.text);
        }
        changed
    }
}
