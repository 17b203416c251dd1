//! In: a comment, and what there is to say. Out: marks, each a topic, kind, cue, actor or emotion with the words that
//! say it.
//! Law: what is said is data (`topics.toml`, `kinds.toml`, `cues.toml`, `emotions.toml`), and a user's file of the same
//! form lies over it.

mod complaints;
mod draft;
mod emphasis;
mod matcher;
mod node;
mod read;
mod reading;
mod rules;
mod scales;
mod symbols;
mod topic;
mod trie;

use std::path::Path;
use std::sync::LazyLock;

pub(crate) use complaints::complaints;
pub use reading::{Mark, Reading, Strength};
pub use scales::{TextAnswer, TextScale, text_scales};
pub use topic::Topic;

use crate::{Error, Result};
use matcher::Matcher;
use rules::Rules;

/// The library's own files, by name.
const FILES: [(&str, &str); 4] = [
    ("topics.toml", include_str!("topics.toml")),
    ("kinds.toml", include_str!("kinds.toml")),
    ("cues.toml", include_str!("cues.toml")),
    ("emotions.toml", include_str!("emotions.toml")),
];

static RULES: LazyLock<Rules> = LazyLock::new(|| own_rules().unwrap_or_default());
static BUILTIN: LazyLock<Taxonomy> = LazyLock::new(|| Taxonomy::of(&RULES).unwrap_or_default());

fn own_rules() -> Result<Rules> {
    let lay = |rules: Rules, (file, text): &(&str, &str)| {
        Ok(rules.found(draft::read(node::from_toml(file, text)?, false)?))
    };
    FILES.iter().try_fold(Rules::default(), lay)
}

/// What there is to say: topics, kinds, cues, actors and emotions, with the phrases that say them.
///
/// ```
/// use rasd::taxonomy::Taxonomy;
/// let reading = Taxonomy::builtin().read("الموظف لم يرد، سأغلق حسابي");
/// assert_eq!(&*reading.topics[0].id, "staff_service");
/// assert_eq!(&*reading.cues[0].id, "churn");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Taxonomy {
    topics: Vec<Topic>,
    matcher: Matcher,
}

impl Taxonomy {
    /// The library's own.
    ///
    /// ```
    /// assert_eq!(rasd::taxonomy::Taxonomy::builtin().topics().len(), 22);
    /// ```
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The library's own with the TOML file at `path` laid over it, as [`Self::from_toml`] does.
    ///
    /// ```
    /// assert!(rasd::taxonomy::Taxonomy::open("no/such/file.toml").is_err());
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when the file cannot be read, is not UTF-8 or says something that does not hold; the
    /// message names the line.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| {
            Error::invalid_input(format!("taxonomy `{}`: {error}", path.display()))
                .with_hint("expected a TOML file with [[topic]], [[kind]], [[cue]], [[actor]] or [[emotion]]")
        })?;
        let file = path.file_name().map_or_else(|| "taxonomy".into(), |name| name.to_string_lossy());
        Self::overlaid(node::from_toml(&file, &node::decode(&file, bytes)?)?)
    }

    /// The library's own with TOML text laid over it.
    ///
    /// The text is of the form of the library's own files, any mixture of [[topic]], [[kind]], [[cue]], [[actor]],
    /// [[emotion]], [companies], [slots] and [guards]. What has an id of the library's replaces that whole, a new topic,
    /// cue or actor is added, `drop = true` takes a topic out, lists are replaced one by one.
    ///
    /// ```
    /// use rasd::taxonomy::Taxonomy;
    /// let taxonomy = Taxonomy::from_toml(r#"
    ///     [[topic]]
    ///     id = "kids_area"
    ///     name_en = "Kids' area"
    ///     [topic.seeds]
    ///     english = ["play area", "kids corner", "slides for children", "the ball pit", "babysitter"]
    /// "#)?;
    /// assert!(taxonomy.topic("kids_area").unwrap().user);
    /// assert_eq!(&*taxonomy.read("The ball pit is closed").topics[0].id, "kids_area");
    /// # Ok::<(), rasd::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when the text says something that does not hold; the message names the line.
    pub fn from_toml(text: &str) -> Result<Self> {
        Self::overlaid(node::from_toml("taxonomy", text)?)
    }

    /// The library's own with JSON text laid over it: a table with the keys of [`Self::from_toml`].
    ///
    /// ```
    /// use rasd::taxonomy::Taxonomy;
    /// let taxonomy = Taxonomy::from_json(r#"{"companies": {"rivals": ["Acme"]}}"#)?;
    /// let cues = taxonomy.read("switching to Acme tomorrow").cues;
    /// assert!(cues.iter().any(|cue| &*cue.id == "switch_competitor"));
    /// # Ok::<(), rasd::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidInput`] when the text says something that does not hold; the message names the keys.
    pub fn from_json(text: &str) -> Result<Self> {
        Self::overlaid(node::from_json(text)?)
    }

    fn overlaid(root: node::Node) -> Result<Self> {
        Self::of(&RULES.clone().overlaid(draft::read(root, true)?)?)
    }

    fn of(rules: &Rules) -> Result<Self> {
        rules.check()?;
        let topics = rules.topics.iter().map(|draft| draft.topic.clone()).collect();
        Ok(Self { topics, matcher: matcher::build(rules)? })
    }

    /// Every topic, the library's first, in the order of the files.
    ///
    /// ```
    /// let taxonomy = rasd::taxonomy::Taxonomy::builtin();
    /// assert!(taxonomy.topics().iter().all(|topic| !topic.user));
    /// ```
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// A topic by its id.
    ///
    /// ```
    /// assert!(rasd::taxonomy::Taxonomy::builtin().topic("weather").is_none());
    /// ```
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// What the words of `text` say.
    ///
    /// ```
    /// let reading = rasd::taxonomy::Taxonomy::builtin().read("");
    /// assert_eq!(reading, rasd::taxonomy::Reading::default());
    /// ```
    pub fn read(&self, text: &str) -> Reading {
        read::read(&self.matcher, text)
    }
}
