//! In: what one rule wants changed. Out: the changed text.
//! Law: edits are in source order, do not overlap, and never say "replace x by x".

use std::ops::Range;

/// One replacement: bytes `start..end` of the text the rule read become `text[text_start..text_end]`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    text_start: usize,
    text_end: usize,
}

/// Room for edits, kept from rule to rule.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    list: Vec<Edit>,
    pub(super) text: String,
}

/// The edits of one rule over one text.
#[derive(Debug)]
pub(crate) struct Edits<'t> {
    source: &'t str,
    list: Vec<Edit>,
    text: String,
}

impl<'t> Edits<'t> {
    /// No edits yet over `source`.
    pub(crate) fn new(source: &'t str) -> Self {
        Self::over(source, Buffer::default())
    }

    /// No edits yet over `source`, written into `buffer`.
    pub(crate) fn over(source: &'t str, buffer: Buffer) -> Self {
        let Buffer { mut list, mut text } = buffer;
        list.clear();
        text.clear();
        Self { source, list, text }
    }

    /// The text that is edited.
    pub(super) fn source(&self) -> &'t str {
        self.source
    }

    /// For a pass that writes the whole new text itself: the room for it, empty.
    pub(super) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The whole new text, which [`Self::tell`] speaks of; also to take it away.
    pub(super) fn put_text(&mut self, text: String) {
        self.text = text;
    }

    /// Bytes `range` became bytes `new` of the text that will be put.
    pub(super) fn tell(&mut self, range: Range<usize>, new: Range<usize>) {
        self.list.push(Edit { start: range.start, end: range.end, text_start: new.start, text_end: new.end });
    }

    /// The deletion told last reaches to byte `end`.
    pub(super) fn reach(&mut self, end: usize) {
        if let Some(last) = self.list.last_mut() {
            last.end = end;
        }
    }

    /// As [`Self::tell`], in place of all that was told of `range`.
    pub(super) fn retell(&mut self, range: Range<usize>, new: Range<usize>) {
        let kept = self.list.partition_point(|edit| edit.start < range.start);
        self.list.truncate(kept);
        self.tell(range, new);
    }

    /// Gives the room back.
    pub(crate) fn into_buffer(self) -> Buffer {
        Buffer { list: self.list, text: self.text }
    }

    /// Bytes `range` become `text`.
    pub(crate) fn replace(&mut self, range: Range<usize>, text: &str) {
        if &self.source[range.clone()] == text {
            return;
        }
        debug_assert!(self.list.last().is_none_or(|last| last.end <= range.start));
        let text_start = self.text.len();
        self.text.push_str(text);
        self.list.push(Edit { start: range.start, end: range.end, text_start, text_end: self.text.len() });
    }

    /// Bytes `range` go.
    pub(crate) fn delete(&mut self, range: Range<usize>) {
        if let Some(last) = self.list.last_mut()
            && last.end == range.start
            && last.text_start == last.text_end
        {
            last.end = range.end;
            return;
        }
        self.replace(range, "");
    }

    /// The character at `at` becomes `to`.
    pub(crate) fn replace_char(&mut self, at: usize, from: char, to: char) {
        self.replace(at..at + from.len_utf8(), to.encode_utf8(&mut [0; 4]));
    }

    /// `text` appears before byte `at`.
    pub(crate) fn insert(&mut self, at: usize, text: &str) {
        self.replace(at..at, text);
    }

    /// Nothing to change.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The edits with their new text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.list.iter().map(|edit| (edit.start..edit.end, &self.text[edit.text_start..edit.text_end]))
    }

    /// Writes the text after the edits into `out`, in place of what it held.
    pub(crate) fn apply(&self, out: &mut String) {
        out.clear();
        out.reserve(self.source.len() + self.text.len());
        let mut at = 0;
        for (range, text) in self.iter() {
            out.push_str(&self.source[at..range.start]);
            out.push_str(text);
            at = range.end;
        }
        out.push_str(&self.source[at..]);
    }
}

/// `text` after one rule, which runs once.
#[cfg(test)]
pub(super) fn edited(text: &str, rule: impl FnOnce(&str, &mut Edits<'_>)) -> String {
    let mut edits = Edits::new(text);
    rule(text, &mut edits);
    let mut out = String::new();
    edits.apply(&mut out);
    out
}
