//! Progress and cancellation of a long call, shared between threads.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::{Error, Result};

/// How far a call is, and the way to stop it.
///
/// ```
/// let monitor = rasd::Monitor::default();
/// assert_eq!(monitor.progress(), (0, 0));
/// monitor.cancel();
/// ```
#[derive(Debug, Default)]
pub struct Monitor {
    cancelled: AtomicBool,
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Monitor {
    /// Makes the call return [`Error::Interrupted`] at its next batch.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Texts scored and texts to score; `(0, 0)` before scoring starts. Texts that repeat leave the count when they are met.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    pub(crate) fn start(&self, total: usize) {
        self.total.store(total, Ordering::Relaxed);
    }

    /// Of the texts to score, `n` repeat others.
    pub(crate) fn skip(&self, n: usize) {
        let without = |total: usize| Some(total.saturating_sub(n));
        // Never refused: `without` always gives a number.
        let _ = self.total.fetch_update(Ordering::Relaxed, Ordering::Relaxed, without);
    }

    pub(crate) fn advance(&self, n: usize) {
        self.done.fetch_add(n, Ordering::Relaxed);
    }

    pub(crate) fn check(&self) -> Result<()> {
        if self.cancelled.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) }
    }
}
