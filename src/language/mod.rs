//! In: `&str`. Out: [`Language`], and whether there is a comment at all.
//! Law: text without letters has no language; a digit alone never makes Arabizi.

mod dialect;
mod latin;
mod no_comment;
mod quality;
mod rating;
mod script;
mod words;

pub use dialect::dialect_cue;
#[cfg(feature = "analyze")]
pub(crate) use dialect::{DialectCues, dialect_cues};
pub use no_comment::is_no_comment;
pub use quality::{has_mojibake, is_gibberish};
pub use rating::{TextRating, extract_rating};

use crate::Language;
use script::Script;

/// Words in Arabic letters, or in Latin letters when `language` is Arabizi.
#[cfg(feature = "analyze")]
pub(crate) fn n_arabic_words(text: &str, language: Language) -> usize {
    script::count(text).arabic_words(language == Language::Arabizi)
}

/// The language of `text`.
///
/// ```
/// use rasd::{Language, language};
/// assert_eq!(language::detect("الخدمة slow جدا"), Language::Mixed);
/// assert_eq!(language::detect("iphone 7 pro"), Language::En);
/// assert_eq!(language::detect("12345 !!"), Language::Other);
/// ```
pub fn detect(text: &str) -> Language {
    match code(text) {
        "ar" => Language::Ar,
        "en" => Language::En,
        "mixed" => Language::Mixed,
        "arabizi" => Language::Arabizi,
        _ => Language::Other,
    }
}

/// The language of `text` as a code: ar, en, mixed (Arabic and Latin letters), arabizi, another language that shares
/// their letters and whose frequent words are known (fa, ur, fr, es, it, de, pt, tr, id, nl, tl), other, or und for
/// text without letters. Latin letters of no known language count as en.
///
/// ```
/// assert_eq!(rasd::language::code("خدمات شما خیلی بد است"), "fa");
/// assert_eq!(rasd::language::code("ana za3lan"), "arabizi");
/// assert_eq!(rasd::language::code("12345 !!"), "und");
/// ```
pub fn code(text: &str) -> &'static str {
    let count = script::count(text);
    match count.leading() {
        None => "und",
        Some(Script::Other) => "other",
        Some(Script::Arabic) if count.is_mixed() => "mixed",
        Some(Script::Latin) if count.is_mixed() => "mixed",
        Some(Script::Arabic) => words::arabic_script(text),
        Some(Script::Latin) => latin::language(text),
    }
}
