//! Names that are lent to root causes whose customers do not speak a language.

use super::Analyzer;
use super::monitor::Monitor;
use crate::Result;
use crate::cluster::{Causes, Phrase};
use crate::taxonomy;

impl Analyzer {
    /// Gives causes and themes that lack a name in a language that of a common complaint, where one is near.
    pub(super) fn lend_names(&self, causes: &mut Causes) -> Result<()> {
        if !causes.lacks_names() {
            return Ok(());
        }
        let embed = |names: &[&str]| -> Result<Vec<Vec<f32>>> {
            let scores = self.encoder().score(names, &Monitor::default())?;
            Ok((0..names.len()).map(|i| scores.output(i).embedding.clone()).collect())
        };
        let phrases = match self.lexicon.get() {
            Some(phrases) => phrases,
            None => {
                let (ar, en): (Vec<&str>, Vec<&str>) = taxonomy::complaints().unzip();
                let vectors = embed(&ar)?.into_iter().zip(embed(&en)?);
                let phrase = |((ar, en), (vector_ar, vector_en)): ((&&str, &&str), _)| Phrase {
                    ar: ar.to_string(),
                    en: en.to_string(),
                    vector_ar,
                    vector_en,
                };
                // Another thread may come first, with the same phrases.
                self.lexicon.get_or_init(|| ar.iter().zip(&en).zip(vectors).map(phrase).collect())
            }
        };
        causes.lend(phrases, &embed)
    }
}
