//! Themes of the causes with their figures.

use std::collections::BTreeSet;

use crate::cluster::{Causes, Theme};
use crate::drivers::Estimate;
use crate::table::{Frame, Values};

use super::causes::{Base, Figures};
use super::judge::Judged;

/// A theme and its figures.
pub(super) struct Found {
    pub theme: Theme,
    n_comments: usize,
    share: Estimate,
    negative_share: f64,
}

/// The themes, most comments first; their order is written to the causes. A clause has one cause, a comment may have
/// several of one theme and counts once.
pub(super) fn find(causes: &mut Causes, figures: &[Figures], judged: &Judged, base: &Base) -> Vec<Found> {
    let mut found: Vec<(usize, Found)> = std::mem::take(&mut causes.themes)
        .into_iter()
        .enumerate()
        .map(|(id, theme)| {
            let is_own = |cause: usize| causes.causes[cause].theme == Some(id);
            let rows: BTreeSet<usize> = (0..figures.len())
                .filter(|&cause| is_own(cause))
                .flat_map(|cause| figures[cause].rows.iter().copied())
                .collect();
            let clauses = judged.clauses.iter().filter(|clause| clause.cause.is_some_and(is_own));
            let figures = Found {
                theme,
                n_comments: rows.len(),
                share: base.share(rows.iter().copied()),
                negative_share: super::causes::negative_share(clauses),
            };
            (id, figures)
        })
        .collect();
    found.sort_by_key(|(id, figures)| (std::cmp::Reverse(figures.n_comments), *id));
    for cause in &mut causes.causes {
        cause.theme = cause.theme.and_then(|old| found.iter().position(|(id, _)| *id == old));
    }
    found.into_iter().map(|(_, figures)| figures).collect()
}

/// One row per theme.
pub(super) fn frame(themes: &[Found]) -> Frame {
    let text = |pick: fn(&Theme) -> &Option<String>| {
        Values::Text(themes.iter().map(|found| pick(&found.theme).as_deref().map(Into::into)).collect())
    };
    let float = |pick: fn(&Found) -> f64| Values::Float(themes.iter().map(|f| Some(pick(f))).collect());
    let mut frame = Frame::default();
    frame.push("theme_id", Values::Int((0..themes.len()).map(|id| Some(id as i64)).collect()));
    frame.push("label_ar", text(|theme| &theme.label_ar));
    frame.push("label_en", text(|theme| &theme.label_en));
    frame.push("n_comments", Values::Int(themes.iter().map(|f| Some(f.n_comments as i64)).collect()));
    frame.push("share", float(|f| f.share.value));
    frame.push("share_ci_low", float(|f| f.share.ci_low));
    frame.push("share_ci_high", float(|f| f.share.ci_high));
    frame.push("negative_share", float(|f| f.negative_share));
    frame
}
