//! What the words of one comment say.

use std::sync::Arc;

use crate::Span;

/// How much a mark says by itself.
///
/// ```
/// use rasd::taxonomy::Strength;
/// assert_eq!(Strength::Strong.as_str(), "strong");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// The words alone say it.
    Strong,
    /// The words say it beside another sign: a seed of a topic, a marker that needs company, an emoji.
    Weak,
}

impl Strength {
    /// The name used in Python.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Weak => "weak",
        }
    }
}

/// Words that say something, and what.
///
/// ```
/// let text = "تعبت منكم، سأغلق حسابي";
/// let reading = rasd::taxonomy::Taxonomy::builtin().read(text);
/// let mark = &reading.cues[0];
/// assert_eq!((&*mark.id, &text[mark.span.start..mark.span.end]), ("churn", "سأغلق حسابي"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Id of the topic, kind, cue, actor or emotion.
    pub id: Arc<str>,
    /// Where the words stand: half-open bytes of the comment.
    pub span: Span,
    /// Whether they are enough.
    pub strength: Strength,
    /// Which side of a cue, where it has sides: warned or recommended, legal or safety.
    pub sense: Option<Arc<str>>,
    /// How strongly an emotion is felt, 1 (mild) to 3 (strong).
    pub intensity: Option<u8>,
}

/// What the words of a comment say, each list in the order of the text.
///
/// ```
/// let reading = rasd::taxonomy::Taxonomy::builtin().read("ياريت تضيفوا خاصية الدفع في التطبيق");
/// assert_eq!(&*reading.kinds[0].id, "suggestion");
/// assert!(reading.topics.iter().any(|mark| &*mark.id == "app_website"));
/// assert!(reading.cues.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Words of a topic's lexicon (strong) and of its seeds (weak).
    pub topics: Vec<Mark>,
    /// Markers of complaint, suggestion, praise, question and other.
    pub kinds: Vec<Mark>,
    /// Churn, switching, word of mouth, broken promises, automation walls, escalation, urgency.
    pub cues: Vec<Mark>,
    /// Who or what is blamed.
    pub actors: Vec<Mark>,
    /// Words (strong) and emoji (weak) of feeling.
    pub emotions: Vec<Mark>,
    /// The sentences of the comment.
    pub(super) sentences: Vec<Span>,
}

impl Reading {
    /// The cues that stand: strong ones, and weak ones with a strong sign in their sentence (another cue or a complaint)
    /// or in a clause that is negative. `negative` tells that of a span of the comment.
    ///
    /// ```
    /// let taxonomy = rasd::taxonomy::Taxonomy::builtin();
    /// let reading = taxonomy.read("أفكر في إلغاء");
    /// assert!(reading.cues(|_| false).is_empty()); // of what, the words alone do not tell
    /// assert_eq!(reading.cues(|_| true).len(), 1);
    /// ```
    pub fn cues(&self, negative: impl Fn(Span) -> bool) -> Vec<Mark> {
        let sentence = |span: Span| self.sentences.partition_point(|sentence| sentence.end <= span.start);
        let complaints = self.kinds.iter().filter(|mark| &*mark.id == "complaint");
        let mut strong: Vec<usize> = self
            .cues
            .iter()
            .chain(complaints)
            .filter(|mark| mark.strength == Strength::Strong)
            .map(|mark| sentence(mark.span))
            .collect();
        strong.sort_unstable();
        let stands = |mark: &&Mark| {
            mark.strength == Strength::Strong
                || strong.binary_search(&sentence(mark.span)).is_ok()
                || negative(mark.span)
        };
        self.cues.iter().filter(stands).cloned().collect()
    }
}
