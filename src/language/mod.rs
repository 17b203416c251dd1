//! In: `&str`. Out: [`crate::Language`].
