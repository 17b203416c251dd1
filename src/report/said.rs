//! What the comments say beyond how they feel: kinds, topics, cues that need somebody now.

use std::fmt::Write;

use super::escape::escape;
use super::figures::{number, percent, thousands};
use super::movers::names;
use super::page::{arabic, heading, reads_right_to_left, run, share_bar, spoken};
use super::{CueQuote, ReportCue, ReportSaid, TopicFigures};

pub(super) fn kinds(out: &mut String, said: &ReportSaid) {
    if said.kinds.is_empty() {
        return;
    }
    out.push_str("<section class=\"kinds\">\n");
    heading(out, "What they write", "ماذا يكتبون");
    out.push_str("<table><tbody>\n");
    for kind in &said.kinds {
        let _ = writeln!(
            out,
            "<tr><th>{}</th><td class=\"measure\"><svg width=\"100%\" height=\"8\" aria-hidden=\"true\">\
             <rect class=\"track\" width=\"100%\" height=\"8\" rx=\"2\"></rect>\
             <rect class=\"bar\" width=\"{:.2}%\" height=\"8\" rx=\"2\"></rect></svg></td>\
             <td class=\"count\"><b>{}</b> <span class=\"soft\">({})</span></td></tr>",
            kind_name(kind.kind.as_deref()),
            100.0 * kind.share.clamp(0.0, 1.0),
            percent(kind.share),
            thousands(kind.n)
        );
    }
    out.push_str("</tbody></table>\n</section>\n");
}

fn kind_name(kind: Option<&str>) -> String {
    let (english, translation) = match kind {
        Some("complaint") => ("Complaints", "شكاوى"),
        Some("suggestion") => ("Suggestions", "اقتراحات"),
        Some("praise") => ("Praise", "مدح"),
        Some("question") => ("Questions", "أسئلة"),
        Some("other") => ("Other", "أخرى"),
        Some(kind) => return names(Some(kind), None),
        None => ("Not clear", "غير واضح"),
    };
    names(Some(english), Some(translation))
}

pub(super) fn topics(out: &mut String, said: &ReportSaid) {
    if said.topics.is_empty() {
        return;
    }
    out.push_str("<section class=\"topics\">\n");
    heading(out, "Topics", "المواضيع");
    out.push_str(
        "<p class=\"legend\">A comment may raise several topics and counts in each. Complaints are comments that \
         complain, of whichever of their topics, out of those whose kind is clear.</p>\n",
    );
    let rows =
        || said.topics.iter().map(|topic| &topic.figures).chain(said.other_topics.iter().map(|(_, f)| f));
    let told = rows().any(|figures| figures.complaints.is_some());
    let rated = rows().any(|figures| figures.mean_rating.is_some());
    let _ = writeln!(
        out,
        "<div class=\"wide\"><table><thead><tr><th>Topic {}</th><th>Comments</th>{}{}</tr></thead><tbody>",
        arabic("الموضوع"),
        if told { "<th>Complaints</th>" } else { "" },
        if rated { "<th>Mean rating</th>" } else { "" }
    );
    let mut row = |name: &str, figures: &TopicFigures| {
        let _ = write!(out, "<tr><th>{name}</th><td>{}</td>", thousands(figures.n_comments));
        if told {
            let words = figures.complaints.map(|(n, of, share)| {
                format!(
                    "{} <span class=\"soft\">({} of {})</span>",
                    percent(share),
                    thousands(n),
                    thousands(of)
                )
            });
            let _ = write!(out, "<td>{}</td>", words.unwrap_or_else(|| "—".into()));
        }
        if rated {
            let _ = write!(out, "<td>{}</td>", figures.mean_rating.map_or_else(|| "—".into(), number));
        }
        out.push_str("</tr>\n");
    };
    for topic in &said.topics {
        row(&names(topic.name_en.as_deref(), topic.name_ar.as_deref()), &topic.figures);
    }
    if let Some((n, figures)) = &said.other_topics {
        let english = format!("{} other topics, each comment once", thousands(*n));
        row(&names(Some(&english), Some("مواضيع أخرى")), figures);
    }
    out.push_str("</tbody></table></div>\n");
    if said.n_without_topic > 0 {
        let n = thousands(said.n_without_topic);
        let _ = writeln!(out, "<p class=\"soft\">Comments on none of the topics: {n}.</p>");
    }
    out.push_str("</section>\n");
}

pub(super) fn cues(out: &mut String, said: &ReportSaid) {
    if said.cues.is_empty() {
        return;
    }
    out.push_str("<section class=\"cues\">\n");
    heading(out, "Needs somebody now", "يحتاج إلى من يتدخل الآن");
    let (found, absent): (Vec<&ReportCue>, Vec<&ReportCue>) =
        said.cues.iter().partition(|cue| cue.n_comments > 0);
    if !found.is_empty() {
        out.push_str(
            "<p class=\"legend\">Read from the words, gravest first; read the comment before acting. Rows as the \
             survey file counts them; the table cues lists every comment.</p>\n",
        );
    }
    let scale = found.iter().map(|cue| cue.share.ci_high).fold(0.01, f64::max);
    for cue in found {
        card(out, cue, scale);
    }
    if !absent.is_empty() {
        let list: Vec<String> = absent.iter().map(|cue| cue_name(&cue.id).0.to_lowercase()).collect();
        let _ = writeln!(out, "<p class=\"soft\">Looked for and not found: {}.</p>", list.join(", "));
    }
    out.push_str("</section>\n");
}

fn card(out: &mut String, cue: &ReportCue, scale: f64) {
    let (english, translation) = cue_name(&cue.id);
    let _ = writeln!(
        out,
        "<div class=\"cause cue\">\n<p class=\"name\"><span>{english}</span> {}</p>\n<div class=\"figures\">{}",
        arabic(translation),
        share_bar(&cue.share, cue.n_comments, scale)
    );
    if !cue.senses.is_empty() {
        let sense = |(sense, n): &(String, usize)| format!("{}: {}", escape(sense), thousands(*n));
        let list: Vec<String> = cue.senses.iter().map(sense).collect();
        let _ = writeln!(out, "<div class=\"figure soft\">{}</div>", list.join(", "));
    }
    out.push_str("</div>\n");
    if !cue.quotes.is_empty() {
        let _ = writeln!(
            out,
            "<div class=\"sides\"><div>{}</div><div>{}</div></div>",
            side(&cue.quotes, false),
            side(&cue.quotes, true)
        );
    }
    out.push_str("</div>\n");
}

/// The quotes that read from right to left, or the others.
fn side(quotes: &[CueQuote], arabic: bool) -> String {
    let of_side = quotes.iter().filter(|quote| {
        let text = format!("{}{}{}", quote.before, quote.words, quote.after);
        arabic == reads_right_to_left(quote.language, &text)
    });
    of_side
        .map(|quote| {
            format!(
                "<blockquote {}><bdi>{}<mark>{}</mark>{}</bdi> <cite lang=\"en\" dir=\"ltr\">{}</cite></blockquote>",
                spoken(quote.language, arabic),
                escape(&quote.before),
                escape(&quote.words),
                escape(&quote.after),
                run(&quote.row)
            )
        })
        .collect()
}

/// Both names; a cue of the user's own goes by its id.
fn cue_name(id: &str) -> (String, &'static str) {
    let (english, translation) = match id {
        "escalation" => ("Legal step or danger to safety", "إجراء قانوني أو خطر على السلامة"),
        "urgency" => ("Asks for something at once", "يطلب أمرا على الفور"),
        "churn" => ("Leaving or threatening to leave", "الرحيل أو التهديد به"),
        "switch_competitor" => ("Switching to a named competitor", "التحول إلى منافس مسمى"),
        "automation_wall" => ("Cannot reach a person", "لا يصل إلى موظف"),
        "promise_broken" => ("A promise not kept", "وعد لم يوف به"),
        "told_others" => ("Warns others", "يحذر غيره"),
        own => return (escape(own), ""),
    };
    (english.into(), translation)
}
