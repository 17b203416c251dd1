//! Untrusted text made safe to stand between tags or inside a quoted attribute.

/// Characters after which a text is cut.
const LONGEST: usize = 600;

/// Escaped text: markup characters become references; controls, bidirectional marks, tag characters and byte order
/// marks go; line breaks become blanks; what passes 600 characters is cut with an ellipsis.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4 * LONGEST));
    let mut shown = text.chars().filter_map(visible);
    for c in shown.by_ref().take(LONGEST) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    if shown.next().is_some() {
        out.push('…');
    }
    out
}

fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => None,
        other if other.is_control() => None,
        other => Some(other),
    }
}
