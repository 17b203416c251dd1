//! In: text. Out: normalized text, with or without the map back.
//! Law: `normalize(normalize(x)) == normalize(x)`; the three forms of the call give the same text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::alignment::Alignment;
use super::edit::Edits;
use super::pipeline::{Nobody, Plan, Step, Watch};
use super::{pipeline, preset, rule};
use crate::error::nearest;
use crate::{Error, Result, Span};

/// What a normalizer is made of: a preset and the rules that differ from it.
///
/// ```
/// let spec = rasd::Normalizer::preset("feedback")?.with("emoji", "strip")?.spec();
/// assert_eq!(spec.preset.as_deref(), Some("feedback"));
/// assert_eq!(spec.rules["emoji"], "strip");
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NormalizerSpec {
    /// Name of the preset; `None` starts from no rules.
    #[serde(default)]
    pub preset: Option<String>,
    /// Rule name -> value, over the preset.
    #[serde(default)]
    pub rules: BTreeMap<String, String>,
}

/// Normalizes text by rules; cheap to clone and to call, the same on every thread.
///
/// ```
/// let normalizer = rasd::Normalizer::preset("feedback")?;
/// assert_eq!(normalizer.normalize("الخِدمـــة سيّئة جدااااا"), "الخدمة سيئة جداا");
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Normalizer {
    spec: NormalizerSpec,
    /// In pipeline order.
    steps: Vec<Step>,
    plan: Arc<Plan>,
}

/// Normalized text with its map back to the source.
///
/// ```
/// use rasd::Span;
/// let normalizer = rasd::Normalizer::preset("feedback")?;
/// let normalized = normalizer.normalize_aligned("خِدمة");
/// assert_eq!(normalized.text, "خدمة");
/// assert_eq!(normalized.source_span(Span { start: 2, end: 8 }), Span { start: 4, end: 10 });
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalized {
    /// The normalized text.
    pub text: String,
    /// Where it differs from the source.
    pub alignment: Alignment,
}

impl Normalized {
    /// The source bytes that bytes `normalized` of [`Self::text`] came from.
    pub fn source_span(&self, normalized: Span) -> Span {
        self.alignment.source_span(normalized)
    }

    /// The bytes of [`Self::text`] that bytes `source` became; empty where all of it was deleted.
    pub fn normalized_span(&self, source: Span) -> Span {
        self.alignment.normalized_span(source)
    }
}

/// One change a rule made.
///
/// ```
/// let explanation = rasd::Normalizer::preset("feedback")?.explain("خـدمة");
/// let change = &explanation.changes[0];
/// assert_eq!((change.rule, change.before.as_str(), change.after.as_str()), ("strip_tatweel", "ـ", ""));
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The rule's name.
    pub rule: &'static str,
    /// Where in the source.
    pub span: Span,
    /// What the rule saw, after the rules before it.
    pub before: String,
    /// What it wrote.
    pub after: String,
}

/// Normalized text, its map and every change on the way.
///
/// ```
/// let explanation = rasd::Normalizer::preset("light")?.explain("clean");
/// assert!(explanation.changes.is_empty());
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The normalized text.
    pub text: String,
    /// Where it differs from the source.
    pub alignment: Alignment,
    /// Changes in the order they were made.
    pub changes: Vec<Change>,
}

impl Normalizer {
    /// The normalizer of a preset: `light` (hygiene), `feedback` (what models read) or `search` (matching key).
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when there is no such preset.
    pub fn preset(name: &str) -> Result<Self> {
        Self::from_spec(&NormalizerSpec { preset: Some(name.to_string()), rules: BTreeMap::new() })
    }

    /// A normalizer that changes nothing.
    ///
    /// ```
    /// assert_eq!(rasd::Normalizer::empty().normalize("a  b"), "a  b");
    /// ```
    pub fn empty() -> Self {
        Self { spec: NormalizerSpec::default(), steps: Vec::new(), plan: Arc::new(Plan::of(&[])) }
    }

    /// The same normalizer with `rule` set to `value`.
    ///
    /// ```
    /// let normalizer = rasd::Normalizer::preset("feedback")?.with("emoji", "strip")?;
    /// assert_eq!(normalizer.normalize("بطيء 😡"), "بطيء");
    /// # Ok::<(), rasd::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when there is no such rule or it takes no such value.
    pub fn with(mut self, rule: &str, value: &str) -> Result<Self> {
        let (place, index) = step(rule, value)?;
        let known = &rule::RULES[place];
        self.spec.rules.insert(known.name.to_string(), known.values[index].to_string());
        self.set(place, index);
        self.plan = Arc::new(Plan::of(&self.steps));
        Ok(self)
    }

    /// What this normalizer is made of; a model stores it.
    pub fn spec(&self) -> NormalizerSpec {
        self.spec.clone()
    }

    /// Every rule this normalizer runs with its value, the preset's included, in the order they run.
    ///
    /// ```
    /// let normalizer = rasd::Normalizer::preset("light")?.with("emoji", "strip")?;
    /// assert!(normalizer.rules().contains(&("emoji", "strip")));
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn rules(&self) -> Vec<(&'static str, &'static str)> {
        let told = |&(place, index): &(usize, usize)| {
            (rule::RULES[place].name, rule::RULES[place].values[rule::asked(index)])
        };
        self.steps.iter().map(told).collect()
    }

    /// The normalizer that `spec` describes.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when a preset, rule or value is unknown.
    pub fn from_spec(spec: &NormalizerSpec) -> Result<Self> {
        let mut normalizer = Self::empty();
        if let Some(name) = &spec.preset {
            let rules = preset::rules(name).ok_or_else(|| {
                let near = nearest(name, preset::NAMES)
                    .map_or_else(String::new, |near| format!("did you mean `{near}`? "));
                Error::invalid_input(format!(
                    "preset: got `{name}`, expected one of {}",
                    preset::NAMES.join(", ")
                ))
                .with_hint(format!("{near}`feedback` is the default"))
            })?;
            for (rule, value) in rules {
                let (place, index) = step(rule, value)?;
                normalizer.set(place, index);
            }
            normalizer.spec.preset = Some(name.clone());
            normalizer.plan = Arc::new(Plan::of(&normalizer.steps));
        }
        spec.rules.iter().try_fold(normalizer, |normalizer, (rule, value)| normalizer.with(rule, value))
    }

    fn set(&mut self, place: usize, index: usize) {
        self.steps.retain(|step| step.0 != place);
        if index > 0 {
            let at = self.steps.partition_point(|step| step.0 < place);
            self.steps.insert(at, (place, index));
        }
        rule::tell_repairs(&mut self.steps);
    }

    /// `text` normalized; borrowed when nothing changes.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// let normalizer = rasd::Normalizer::preset("feedback")?;
    /// assert!(matches!(normalizer.normalize("الخدمة سيئة"), Cow::Borrowed(_)));
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn normalize<'a>(&self, text: &'a str) -> Cow<'a, str> {
        pipeline::run(&self.plan, text, &mut Nobody)
    }

    /// `text` normalized, with the map back to it.
    pub fn normalize_aligned(&self, text: &str) -> Normalized {
        let mut alignment = Alignment::default();
        let normalized = pipeline::run(&self.plan, text, &mut alignment).into_owned();
        Normalized { text: normalized, alignment }
    }

    /// `text` normalized, with the map back and every change by rule.
    pub fn explain(&self, text: &str) -> Explanation {
        let mut told = Told::default();
        let normalized = pipeline::run(&self.plan, text, &mut told).into_owned();
        Explanation { text: normalized, alignment: told.alignment, changes: told.changes }
    }
}

impl Watch for Alignment {
    const EDITS: bool = true;
    const BY_RULE: bool = false;

    fn saw(&mut self, _: &'static str, _: &str, edits: &Edits<'_>) {
        *self = self.then(edits);
    }
}

/// What [`Normalizer::explain`] is told.
#[derive(Default)]
struct Told {
    alignment: Alignment,
    changes: Vec<Change>,
}

impl Watch for Told {
    const EDITS: bool = true;
    const BY_RULE: bool = true;

    fn saw(&mut self, rule: &'static str, text: &str, edits: &Edits<'_>) {
        for (range, after) in edits.iter() {
            let span = self.alignment.source_span(Span { start: range.start, end: range.end });
            self.changes.push(Change {
                rule,
                span,
                before: text[range].to_string(),
                after: after.to_string(),
            });
        }
        self.alignment = self.alignment.then(edits);
    }
}

impl Default for Normalizer {
    /// The `feedback` preset.
    fn default() -> Self {
        Self::preset("feedback").unwrap_or_else(|_| Self::empty())
    }
}

/// The place of `rule` and of its `value`.
fn step(rule: &str, value: &str) -> Result<(usize, usize)> {
    let place = rule::find(rule).ok_or_else(|| {
        let error = Error::invalid_input(format!("rule: got `{rule}`, expected one of {}", {
            rule::RULES.iter().map(|known| known.name).collect::<Vec<_>>().join(", ")
        }));
        match nearest(rule, rule::names()) {
            Some(near) => error.with_hint(format!("did you mean `{near}`?")),
            None => error.with_hint("rasd::normalize::rules() lists every rule with its values"),
        }
    })?;
    let known = &rule::RULES[place];
    let index = rule::value(known, value).ok_or_else(|| {
        let accepted = known.values.join(", ");
        Error::invalid_input(format!("rule `{}`: got `{value}`, expected one of {accepted}", known.name))
            .with_hint(format!("`{}` leaves the text as it is", known.values[0]))
    })?;
    Ok((place, index))
}
