//! Root causes as a file.

use std::path::Path;

use serde::Deserialize;

use super::RootCauses;
use crate::{Error, Result, table};

/// 4: themes have ids that live through a refit.
pub(super) const FORMAT_VERSION: u32 = 4;

/// What every version of the file holds.
#[derive(Deserialize)]
struct Versioned {
    format_version: u32,
}

impl RootCauses {
    /// Writes the causes as one JSON file, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Table`] when the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let json =
            serde_json::to_string(self).map_err(|e| Error::table(format!("{}: {e}", path.display())))?;
        table::write_text(path, &json)
    }

    /// Reads what [`Self::save`] wrote.
    ///
    /// # Errors
    /// [`Error::ModelNotFound`] when there is no such file, [`Error::Model`] when it is not such a file.
    pub fn load(path: &Path) -> Result<Self> {
        let place = path.display();
        let bytes = std::fs::read(path).map_err(|e| Error::model_not_found(format!("{place}: {e}")))?;
        let not_ours =
            |e: serde_json::Error| Error::model(format!("{place}: {e}, expected root causes saved by rasd"));
        let Versioned { format_version } = serde_json::from_slice(&bytes).map_err(not_ours)?;
        if format_version != FORMAT_VERSION {
            return Err(Error::model(format!(
                "{place}: format_version {format_version}, expected {FORMAT_VERSION}"
            ))
            .with_hint("another version of rasd saved it: fit the causes again"));
        }
        serde_json::from_slice(&bytes).map_err(not_ours)
    }
}
