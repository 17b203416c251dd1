//! What leads to what, in the customers' own words: two root causes joined by "because", "so", لأن, بسبب, لذلك.

use std::collections::{BTreeMap, BTreeSet};

use crate::comment::{CausalRole, Span};
use crate::normalize::Normalizer;
use crate::segment;
use crate::table::{Frame, Values};

use super::causes::Found;
use super::judge::{Judged, JudgedClause};

/// One root cause that customers say leads to another.
pub(super) struct Link {
    cause: usize,
    leads_to: usize,
    n_comments: usize,
    quote: String,
}

/// Who wrote a row: the customer, or the row itself where none is named.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Writer {
    Customer(u64),
    Row(usize),
}

/// Every pair of root causes that a sentence joins, the most frequent first; a customer counts once for a pair.
///
/// The clause of a reason ("because", لأن) explains the clause before it, or the next one where it opens its sentence; a
/// clause of effect ("so", لذلك) follows from the clause before it.
pub(super) fn find(judged: &Judged, customers: &[Option<u64>], quoting: &Normalizer) -> Vec<Link> {
    let mut pairs: BTreeMap<(usize, usize), (BTreeSet<Writer>, Vec<String>)> = BTreeMap::new();
    for of_row in judged.clauses.chunk_by(|a, b| a.row == b.row) {
        if of_row.iter().all(|clause| clause.causal_role.is_none()) {
            continue;
        }
        let row = of_row[0].row;
        let text = judged.rows[row].text;
        for sentence in segment::sentences(text) {
            let inside: Vec<&JudgedClause> = of_row
                .iter()
                .filter(|clause| (sentence.start..sentence.end).contains(&clause.span.start))
                .collect();
            let roles: Vec<Option<CausalRole>> = inside.iter().map(|clause| clause.causal_role).collect();
            for (reason, effect) in joined(&roles) {
                let (reason, effect) = (inside[reason], inside[effect]);
                let (Some(cause), Some(leads_to)) = (reason.cause, effect.cause) else { continue };
                if cause == leads_to {
                    continue;
                }
                let writer = customers.get(row).copied().flatten().map_or(Writer::Row(row), Writer::Customer);
                let span = Span {
                    start: reason.span.start.min(effect.span.start),
                    end: reason.span.end.max(effect.span.end),
                };
                let (writers, quotes) = pairs.entry((cause, leads_to)).or_default();
                writers.insert(writer);
                quotes.push(quoting.normalize(&text[span.start..span.end]).into_owned());
            }
        }
    }
    let mut links: Vec<Link> = pairs
        .into_iter()
        .map(|((cause, leads_to), (writers, quotes))| {
            let quote = plainest(quotes);
            Link { cause, leads_to, n_comments: writers.len(), quote }
        })
        .collect();
    links.sort_by_key(|link| (std::cmp::Reverse(link.n_comments), link.cause, link.leads_to));
    links
}

/// Clauses of one sentence, by their roles, as (reason, effect).
fn joined(roles: &[Option<CausalRole>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (i, role) in roles.iter().enumerate() {
        let before = i.checked_sub(1);
        match role {
            Some(CausalRole::Cause) => {
                let next = Some(i + 1).filter(|&next| roles.get(next) == Some(&None));
                pairs.extend(before.or(next).map(|effect| (i, effect)));
            }
            Some(CausalRole::Effect) => pairs.extend(before.map(|reason| (reason, i))),
            None => {}
        }
    }
    pairs
}

/// The shortest, the first by text among equals: no order of rows decides it.
fn plainest(quotes: Vec<String>) -> String {
    quotes.into_iter().min_by_key(|quote| (quote.chars().count(), quote.clone())).unwrap_or_default()
}

/// One row per link.
pub(super) fn frame(found: &Found) -> Frame {
    let links = &found.links;
    let id = |cause: usize| Some(i64::from(found.causes.causes[cause].id));
    let mut frame = Frame::default();
    frame.push("cause_id", Values::Int(links.iter().map(|link| id(link.cause)).collect()));
    frame.push("leads_to_id", Values::Int(links.iter().map(|link| id(link.leads_to)).collect()));
    frame.push("n_comments", Values::Int(links.iter().map(|link| Some(link.n_comments as i64)).collect()));
    frame.push("quote", Values::Text(links.iter().map(|link| Some(link.quote.as_str().into())).collect()));
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_explains_what_stands_before_it_or_what_it_opens() {
        let cases: [(&str, &[(&str, &str)]); 10] = [
            ("I left because the queue was long", &[("because the queue was long", "I left")]),
            (
                "Because the app froze, I was charged twice",
                &[("Because the app froze", "I was charged twice")],
            ),
            ("The app froze so I was charged twice", &[("The app froze", "so I was charged twice")]),
            ("ألغيت الطلب لأن التوصيل تأخر", &[("لأن التوصيل تأخر", "ألغيت الطلب")]), // I cancelled as delivery was late
            ("التطبيق معطل لذلك لم أدفع", &[("التطبيق معطل", "لذلك لم أدفع")]), // the app is down so I did not pay
            ("ألغيت الطلب عشان التأخير", &[("عشان التأخير", "ألغيت الطلب")]),   // I cancelled for the delay
            ("كلمت الدعم عشان يرجعون فلوسي", &[]), // I called support so that they give my money back
            ("I did not get the money, so what does that mean", &[]),
            ("The app is slow but the staff is kind", &[]),
            ("because", &[]),
        ];
        for (text, expected) in cases {
            let clauses = segment::clauses(text);
            let roles: Vec<Option<CausalRole>> = clauses.iter().map(|clause| clause.causal_role).collect();
            let part = |i: usize| &text[clauses[i].span.start..clauses[i].span.end];
            let found: Vec<(&str, &str)> =
                joined(&roles).into_iter().map(|(reason, effect)| (part(reason), part(effect))).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
