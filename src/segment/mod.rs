//! In: `&str`. Out: spans of sentences, clauses, words.
