//! In: the edits of each rule in turn. Out: one map between source and normalized text.
//! Law: pieces are in order, do not overlap, and what lies between two pieces is equal on both sides.

use super::edit::Edits;
use crate::Span;

/// A stretch where the normalized text differs from the source.
///
/// ```
/// let piece = rasd::normalize::Piece {
///     source: rasd::Span { start: 2, end: 4 },
///     normalized: rasd::Span { start: 2, end: 2 },
/// };
/// assert_eq!(piece.source.end - piece.source.start, 2); // two bytes went
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the source.
    pub source: Span,
    /// The bytes of the normalized text they became.
    pub normalized: Span,
}

/// The map between a source and its normalized text: the changed stretches, in order.
///
/// ```
/// let normalizer = rasd::Normalizer::empty().with("strip_tatweel", "on")?;
/// let normalized = normalizer.normalize_aligned("خـدمة");
/// assert_eq!(normalized.alignment.pieces().len(), 1);
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    pieces: Vec<Piece>,
}

impl Alignment {
    /// The changed stretches; between them both texts are equal.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The source bytes that `normalized` came from.
    ///
    /// A span that touches a changed stretch takes the whole of it; text deleted at either end stays out.
    pub fn source_span(&self, normalized: Span) -> Span {
        map(normalized, &self.pieces, |piece| (piece.normalized, piece.source))
    }

    /// The normalized bytes that `source` became; empty where all of it was deleted.
    pub fn normalized_span(&self, source: Span) -> Span {
        map(source, &self.pieces, |piece| (piece.source, piece.normalized))
    }

    /// The map of the edits of one rule or pass.
    fn of(edits: &Edits<'_>) -> Self {
        let mut shift = 0isize;
        let piece = |(range, text): (std::ops::Range<usize>, &str)| {
            let start = (range.start as isize + shift) as usize;
            shift += text.len() as isize - range.len() as isize;
            Piece {
                source: Span { start: range.start, end: range.end },
                normalized: Span { start, end: start + text.len() },
            }
        };
        Self { pieces: edits.iter().map(piece).collect() }
    }

    /// Follows this map by the edits of one more rule, whose source is this map's normalized text.
    pub(super) fn then(&self, edits: &Edits<'_>) -> Self {
        if self.pieces.is_empty() {
            return Self::of(edits);
        }
        let mut merged: Vec<Piece> = Vec::with_capacity(self.pieces.len() + 8);
        let mut old = self.pieces.iter().copied().peekable();
        let mut new = edits.iter().map(|(range, text)| (range, text.len())).peekable();
        // Offsets: middle = source + old_shift outside old pieces, normalized = middle + new_shift.
        let (mut old_shift, mut new_shift) = (0isize, 0isize);
        while old.peek().is_some() || new.peek().is_some() {
            // The group that starts first in the middle text; a deletion goes before what follows it.
            let (mut start, mut end) = match (old.peek(), new.peek()) {
                (Some(piece), Some((range, _))) => {
                    if (piece.normalized.start, piece.normalized.end) <= (range.start, range.end) {
                        (piece.normalized.start, piece.normalized.end)
                    } else {
                        (range.start, range.end)
                    }
                }
                (Some(piece), None) => (piece.normalized.start, piece.normalized.end),
                (None, Some((range, _))) => (range.start, range.end),
                (None, None) => break,
            };
            let (group_old, group_new) = (old_shift, new_shift);
            let first = (start, end);
            let mut taken = false;
            loop {
                let joins = |s: usize, e: usize| -> bool {
                    (!taken && (s, e) == first) || (s < end && e > start) || (s == e && start < s && s < end)
                };
                if let Some(piece) = old.peek()
                    && joins(piece.normalized.start, piece.normalized.end)
                {
                    taken = true;
                    let normalized = piece.normalized;
                    (start, end) = (start.min(normalized.start), end.max(normalized.end));
                    old_shift = normalized.end as isize - piece.source.end as isize;
                    old.next();
                    continue;
                }
                if let Some((range, length)) = new.peek()
                    && joins(range.start, range.end)
                {
                    taken = true;
                    (start, end) = (start.min(range.start), end.max(range.end));
                    new_shift += *length as isize - (range.end - range.start) as isize;
                    new.next();
                    continue;
                }
                break;
            }
            let at = |middle: usize, shift: isize| (middle as isize + shift) as usize;
            merged.push(Piece {
                source: Span { start: at(start, -group_old), end: at(end, -old_shift) },
                normalized: Span { start: at(start, group_new), end: at(end, new_shift) },
            });
        }
        // Deletions side by side are one, whichever rules made them.
        merged.dedup_by(|next, piece| {
            let joins = piece.normalized == next.normalized
                && piece.normalized.start == piece.normalized.end
                && piece.source.end == next.source.start;
            if joins {
                piece.source.end = next.source.end;
            }
            joins
        });
        Self { pieces: merged }
    }
}

/// Carries `span` across `pieces`, where `sides` gives (the side the span is on, the other side).
fn map(span: Span, pieces: &[Piece], sides: impl Fn(&Piece) -> (Span, Span)) -> Span {
    // Pieces that end at or before the span's start lie behind it.
    let behind = pieces.partition_point(|piece| sides(piece).0.end <= span.start);
    let shift = |index: usize| -> isize {
        index.checked_sub(1).map_or(0, |last| {
            let (near, far) = sides(&pieces[last]);
            far.end as isize - near.end as isize
        })
    };
    let shifted = |at: usize, index: usize| (at as isize + shift(index)).max(0) as usize;
    let start = match pieces.get(behind).map(&sides) {
        Some((near, far)) if near.start < span.start => far.start,
        Some((near, far)) if near.start == span.start && near.start < near.end => far.start,
        _ => shifted(span.start, behind),
    };
    if span.end <= span.start {
        return Span { start, end: start };
    }
    let before = pieces.partition_point(|piece| sides(piece).0.start < span.end);
    let end = match before.checked_sub(1).map(|last| sides(&pieces[last])) {
        Some((near, far)) if near.end >= span.end && near.end > near.start => far.end,
        _ => shifted(span.end, before),
    };
    Span { start, end: end.max(start) }
}
