//! In: normalized `&str`. Out: token ids.
//! Law: the only room that names `tokenizers`; ids equal those of training for the same `tokenizer.json`.

use crate::{Error, Result};

/// Token ids of one text, special tokens included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encoded {
    /// Ids in order, at most `max_tokens`.
    pub ids: Vec<i64>,
    /// Whether the text was longer than the model reads.
    pub truncated: bool,
}

/// A tokenizer as stored in a model folder.
pub(crate) struct Tokenizer {
    inner: tokenizers::Tokenizer,
    max_tokens: usize,
}

/// No token of a real vocabulary spans more bytes than this on average, so what lies beyond
/// `max_tokens` times it is never read: a cell of megabytes costs no more than a long comment.
const MAX_BYTES_PER_TOKEN: usize = 64;

impl Tokenizer {
    /// Reads `tokenizer.json`; `max_tokens` counts special tokens too.
    pub fn from_bytes(bytes: &[u8], max_tokens: usize) -> Result<Self> {
        let mut inner = tokenizers::Tokenizer::from_bytes(bytes)
            .map_err(|e| Error::model(format!("tokenizer.json: {e}, expected a `tokenizers` file")))?;
        inner.with_padding(None);
        inner
            .with_truncation(Some(tokenizers::TruncationParams {
                max_length: max_tokens,
                ..Default::default()
            }))
            .map_err(|e| Error::model(format!("tokenizer.json: max_tokens {max_tokens}: {e}")))?;
        Ok(Self { inner, max_tokens })
    }

    /// Token ids of a normalized text.
    pub fn encode(&self, text: &str) -> Result<Encoded> {
        let cut = text.floor_char_boundary(self.max_tokens * MAX_BYTES_PER_TOKEN);
        let encoding = self
            .inner
            .encode_fast(&text[..cut], true)
            .map_err(|e| Error::model(format!("tokenizer.json: {e}")))?;
        let truncated = cut < text.len() || !encoding.get_overflowing().is_empty();
        Ok(Encoded { ids: encoding.get_ids().iter().map(|&id| i64::from(id)).collect(), truncated })
    }
}
