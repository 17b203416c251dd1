//! What embedded the fitted texts.

use serde::{Deserialize, Serialize};

use super::super::Analyzer;
use super::RootCauses;
use crate::{Error, Result};

/// What embeds texts. Vectors of two encoders that differ here cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Encoder {
    name: String,
    /// Of model.onnx.
    sha256: String,
}

impl Encoder {
    pub(super) fn of(analyzer: &Analyzer) -> Self {
        let encoder = analyzer.encoder();
        Self {
            name: encoder.name().to_string(),
            sha256: encoder.onnx_sha256().unwrap_or_default().to_string(),
        }
    }
}

impl std::fmt::Display for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` (sha256 {:.12})", self.name, self.sha256)
    }
}

impl RootCauses {
    /// Whether `analyzer` embeds as the fitted texts were: the same name and the same model.onnx. Of causes that were
    /// fitted on the caller's own vectors only the length is known.
    ///
    /// # Errors
    /// [`Error::Model`] naming both.
    ///
    /// ```
    /// # use rasd::{Analyzer, RootCauses};
    /// let analyzer = Analyzer::embedded()?;
    /// let causes = RootCauses::builder().n_causes(1).min_size(1).fit(&analyzer, &["slow app", "the app is slow"])?;
    /// assert!(causes.check_model(&analyzer).is_ok());
    /// # Ok::<(), rasd::Error>(())
    /// ```
    pub fn check_model(&self, analyzer: &Analyzer) -> Result<()> {
        let message = match &self.encoder {
            Some(fitted) if *fitted != Encoder::of(analyzer) => {
                format!(
                    "root causes: got the model {}, expected {fitted}, which fitted them",
                    Encoder::of(analyzer)
                )
            }
            None if self.dim != analyzer.dim() && self.dim != 0 => {
                let (name, got, expected) = (analyzer.encoder().name(), analyzer.dim(), self.dim);
                format!(
                    "root causes: the model `{name}` gives vectors of {got} numbers, expected {expected} as fitted"
                )
            }
            _ => return Ok(()),
        };
        Err(Error::model(message).with_hint("open the model that fitted the causes, or fit them again"))
    }
}
