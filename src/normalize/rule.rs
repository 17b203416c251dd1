//! In: a rule's name and value. Out: the function that runs it.
//! Law: the order of [`RULES`] is the order of the pipeline, whatever order a caller names rules in.

use std::sync::LazyLock;

use super::edit::Edits;
use super::pass::To;
use super::{
    arabizi, coda, decoration, dialect, digits, elongation, elongation_lexicon, emoji, english, folds, forms,
    hashtag, html, invisible, keyboard, letters, lists, marks, mask, mojibake, punctuation, signs, slang,
    spelling, stopwords, teh_marbuta, unicode, whitespace,
};

/// A rule: its name, the values it takes (the first is "do nothing"), the signs it acts on and what it does for a
/// value's index.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) values: &'static [&'static str],
    /// A text without any of these signs is left as it is.
    pub(super) needs: signs::Signs,
    pub(super) run: Run,
}

/// What a rule does.
pub(super) enum Run {
    /// It reads a text, with the index of its value, and writes edits.
    Text(fn(&str, usize, &mut Edits<'_>)),
    /// It judges one character after another: `each` in [`RULES`].
    Each(fn(char) -> To),
}

impl Rule {
    /// What it makes of each character, if that is all it looks at.
    pub(super) fn each(&self) -> Option<fn(char) -> To> {
        match self.run {
            Run::Each(each) => Some(each),
            Run::Text(_) => None,
        }
    }
}

const SWITCH: &[&str] = &["off", "on"];
const MASK: &[&str] = &["keep", "mask"];

macro_rules! rules {
    ($($name:literal $values:expr, $needs:expr $(=> $run:expr)? $(, each $each:expr)?;)*) => {
        &[$(Rule { name: $name, values: $values, needs: $needs, run: $(Run::Text($run))? $(Run::Each($each))? }),*]
    };
}

/// Every rule, in pipeline order: repair, what nobody sees, form, marks, addresses, signs, letters, shape, blanks.
pub(super) static RULES: &[Rule] = rules! {
    "fix_mojibake" SWITCH, signs::MOJIBAKE_1252 | signs::MOJIBAKE_1256 | signs::MOJIBAKE_LETTER => |text, _, edits| mojibake::fix_mojibake(text, edits);
    "unescape_excel" SWITCH, signs::EXCEL => |text, _, edits| invisible::unescape_excel(text, edits);
    "html" SWITCH, signs::MARKUP => |text, _, edits| html::html(text, edits);
    "strip_controls" SWITCH, signs::CONTROL, each invisible::strip_controls;
    "strip_bidi" SWITCH, signs::BIDI, each invisible::strip_bidi;
    "strip_zero_width" SWITCH, signs::ZERO_WIDTH => |text, _, edits| invisible::strip_zero_width(text, edits);
    "strip_zalgo" SWITCH, signs::FOREIGN_MARK => |text, _, edits| marks::strip_zalgo(text, edits);
    "expand_ligatures" SWITCH, signs::LIGATURE, each forms::expand_ligatures;
    "fold_presentation" SWITCH, signs::PRESENTATION, each forms::fold_presentation;
    "fold_styled" SWITCH, signs::STYLED, each forms::fold_styled;
    "unicode_nfkc" SWITCH, signs::NOT_NFKC | signs::MARKS => |text, _, edits| unicode::nfkc(text, edits);
    "unicode_nfc" SWITCH, signs::NOT_NFC | signs::MARKS => |text, _, edits| unicode::nfc(text, edits);
    "undecorate" SWITCH, signs::ANY => |text, _, edits| decoration::undecorate(text, edits);
    "strip_tatweel" SWITCH, signs::TATWEEL, each marks::strip_tatweel;
    "strip_tashkeel" SWITCH, signs::TASHKEEL, each marks::strip_tashkeel;
    "strip_dagger_alef" SWITCH, signs::QURANIC, each marks::strip_dagger_alef;
    "strip_quranic" SWITCH, signs::QURANIC, each marks::strip_quranic;
    "unify_lookalikes" SWITCH, signs::LOOKALIKE, each letters::unify_lookalikes;
    "fix_keyboard_layout" SWITCH, signs::ANY => |text, _, edits| keyboard::fix_keyboard_layout(text, edits);
    "strip_list_markers" SWITCH, signs::ANY => |text, _, edits| lists::strip_list_markers(text, edits);
    "mask_url" MASK, signs::ADDRESS_NAME | signs::ADDRESS_ARABIC | signs::ADDRESS_SCHEME | signs::ADDRESS_WWW => |text, _, edits| mask::url(text, edits);
    "mask_email" MASK, signs::AT | signs::AT_SPELLED | signs::ADDRESS_NAME => |text, _, edits| mask::email(text, edits);
    "mask_mention" MASK, signs::AT => |text, _, edits| mask::mention(text, edits);
    "mask_iban" MASK, signs::NUMBER => |text, _, edits| mask::iban(text, edits);
    "mask_card" MASK, signs::NUMBER => |text, _, edits| mask::card(text, edits);
    "mask_national_id" MASK, signs::NUMBER => |text, _, edits| mask::national_id(text, edits);
    "mask_phone" MASK, signs::NUMBER => |text, _, edits| mask::phone(text, edits);
    "mask_person" MASK, signs::ANY => |text, _, edits| mask::person(text, edits);
    "emoticons_tag" SWITCH, signs::PUNCT => |text, _, edits| emoji::tag_emoticons(text, edits);
    "emoji" &["keep", "strip", "text_en", "text_ar", "polarity"], signs::EMOJI => |text, value, edits| match value {
        1 => emoji::strip(text, edits),
        4 => emoji::tag(text, edits),
        value => emoji::name(text, value == 2, edits),
    };
    "digits_ascii" SWITCH, signs::EASTERN_DIGIT, each digits::digits_ascii;
    "number_separators" SWITCH, signs::SEPARATOR, each digits::number_separators;
    "mask_number" MASK, signs::DIGIT => |text, _, edits| mask::mask_number(text, edits);
    "smart_quotes" SWITCH, signs::QUOTE, each punctuation::smart_quotes;
    "punct_ascii" SWITCH, signs::ARABIC_PUNCT, each punctuation::punct_ascii;
    "collapse_punct" SWITCH, signs::PUNCT => |text, _, edits| punctuation::collapse_punct(text, edits);
    "hashtag" &["keep", "segment"], signs::HASH => |text, _, edits| hashtag::segment(text, edits);
    "arabizi_to_arabic" SWITCH, signs::ANY => |text, _, edits| arabizi::arabizi_to_arabic(text, edits);
    "fold_foreign_letters" SWITCH, signs::FOREIGN_LETTER, each letters::fold_foreign_letters;
    "fold_hamza_uniform" SWITCH, signs::HAMZA, each letters::fold_hamza_uniform;
    "fold_alef" SWITCH, signs::ALEF | signs::FLOATING, each letters::fold_alef;
    "fold_hamza" SWITCH, signs::HAMZA, each letters::fold_hamza;
    "fold_alef_maksura" SWITCH, signs::ALEF_MAKSURA, each letters::fold_alef_maksura;
    "fold_teh_marbuta" SWITCH, signs::TEH_MARBUTA, each letters::fold_teh_marbuta;
    "expand_slang" SWITCH, signs::ANY => |text, _, edits| slang::expand_slang(text, edits);
    "expand_contractions" SWITCH, signs::APOSTROPHE => |text, _, edits| english::expand_contractions(text, edits);
    "lowercase" SWITCH, signs::UPPER | signs::SIGMA, each english::lowercase;
    "normalize_laughter" SWITCH, signs::ANY => |text, _, edits| elongation::laughter(text, edits);
    "reduce_elongation" &["off", "1", "2", "lexicon"], signs::ELONGATED => |text, value, edits| match value {
        3 => elongation_lexicon::reduce_by_words(text, edits),
        keep => elongation::reduce(text, keep, edits),
    };
    "spell_fix" SWITCH, signs::ANY => |text, value, edits| spelling::spell_fix(text, value >> FOLDS_AT, edits);
    "restore_teh_marbuta" SWITCH, signs::ANY => |text, value, edits| {
        teh_marbuta::restore_teh_marbuta(text, folds::folds_teh(value >> FOLDS_AT), edits);
    };
    "coda_spelling" SWITCH, signs::ANY => |text, value, edits| coda::coda_spelling(text, value >> FOLDS_AT, edits);
    "dialect_map" &["off", "clear", "all"], signs::ANY => |text, value, edits| {
        dialect::dialect_map(text, asked(value) == 2, value >> FOLDS_AT, edits);
    };
    "remove_stopwords" SWITCH, signs::ANY => |text, _, edits| stopwords::remove_stopwords(text, edits);
    "split_script_boundary" SWITCH, signs::ANY => |text, _, edits| punctuation::split_script_boundary(text, edits);
    "space_after_punct" SWITCH, signs::PUNCT => |text, _, edits| punctuation::space_after_punct(text, edits);
    "collapse_ws" SWITCH, signs::ODD_BLANK | signs::DOUBLE_BLANK, each whitespace::collapse;
    "strip_punct" SWITCH, signs::PUNCT, each punctuation::strip_punct;
};

/// Repairs that a fold may undo: the bits of their value from [`FOLDS_AT`] on say which folds run beside them, so that
/// neither undoes the other for ever.
const REPAIRS: &[&str] = &["spell_fix", "restore_teh_marbuta", "coda_spelling", "dialect_map"];
const FOLDS_AT: usize = 8;

/// The index of the value that a caller asked for.
pub(super) fn asked(value: usize) -> usize {
    value & ((1 << FOLDS_AT) - 1)
}

/// Tells the repairs among `steps` which folds run beside them.
pub(super) fn tell_repairs(steps: &mut [(usize, usize)]) {
    let runs = |fold: &str| steps.iter().any(|step| RULES[step.0].name == fold);
    let folds =
        (0..).zip(&folds::FOLDS).filter(|(_, fold)| runs(fold)).fold(0, |all, (bit, _)| all | 1 << bit);
    for step in steps.iter_mut().filter(|step| REPAIRS.contains(&RULES[step.0].name)) {
        step.1 = asked(step.1) | folds << FOLDS_AT;
    }
}

/// A rule that judges single characters.
pub(super) struct Each {
    /// Its place in [`RULES`].
    pub(super) place: usize,
    pub(super) to: fn(char) -> To,
}

/// All of them, in the order of [`RULES`].
pub(super) static EACH: LazyLock<Vec<Each>> = LazyLock::new(|| {
    let each = |(place, rule): (usize, &Rule)| rule.each().map(|to| Each { place, to });
    RULES.iter().enumerate().filter_map(each).collect()
});

/// Other names of rules.
const ALIASES: &[(&str, &str)] = &[
    ("urls", "mask_url"),
    ("emails", "mask_email"),
    ("mentions", "mask_mention"),
    ("ibans", "mask_iban"),
    ("cards", "mask_card"),
    ("national_ids", "mask_national_id"),
    ("phones", "mask_phone"),
    ("numbers", "mask_number"),
    ("persons", "mask_person"),
    ("hashtags", "hashtag"),
    ("elongation", "reduce_elongation"),
];

/// The place in [`RULES`] of the rule called `name`, or by another name.
pub(super) fn find(name: &str) -> Option<usize> {
    let name = ALIASES.iter().find(|alias| alias.0 == name).map_or(name, |alias| alias.1);
    RULES.iter().position(|rule| rule.name == name)
}

/// The place of the first rule that runs after all others have come to rest.
pub(super) static LATE: LazyLock<usize> =
    LazyLock::new(|| RULES.iter().position(|rule| rule.name == "strip_punct").unwrap_or(RULES.len()));

/// The place of `value` among a rule's values; "on"/"true" and "off"/"false" mean its usual use, the first, and none.
pub(super) fn value(rule: &Rule, value: &str) -> Option<usize> {
    if let Some(index) = rule.values.iter().position(|accepted| *accepted == value) {
        return Some(index);
    }
    match value {
        "off" | "false" | "keep" => Some(0),
        "on" | "true" if rule.values[0] == "off" => Some(1),
        "on" | "true" | "mask" if rule.values.len() == 2 => Some(1),
        _ => None,
    }
}

/// Every name a caller may use.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name).chain(ALIASES.iter().map(|alias| alias.0))
}
