//! Numbers as people read them.

/// 0.1234 -> "12.3 %"; whole from 99.95 up and for nothing.
pub(super) fn percent(share: f64) -> String {
    let value = 100.0 * share;
    if value == 0.0 || value >= 99.95 {
        format!("{value:.0}\u{00A0}%")
    } else {
        format!("{value:.1}\u{00A0}%")
    }
}

/// One decimal, a true minus sign.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    if text == "-0.0" { "0.0".into() } else { text.replace('-', "\u{2212}") }
}

/// The same with a plus sign when above zero.
pub(super) fn signed(value: f64) -> String {
    let text = number(value);
    if text.starts_with('\u{2212}') || text == "0.0" { text } else { format!("+{text}") }
}

/// 12345 -> "12,345".
pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
