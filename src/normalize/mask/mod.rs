//! Personal data becomes a tag.
//! Law: a mask replaces whole tokens and never a part of a number; a tag is never read as anything else.

mod card;
mod cues;
mod digits;
mod email;
mod free;
mod iban;
mod identity;
mod lexicon;
mod mention;
mod names;
mod number;
mod person;
mod phone;
mod plans;
mod url;

pub(super) use card::card;
pub(super) use digits::in_stretch;
pub(super) use email::email;
pub(super) use iban::iban;
pub(super) use identity::national_id;
pub(super) use mention::mention;
pub(super) use number::mask_number;
pub(super) use person::person;
pub(super) use phone::phone;
pub(super) use url::url;
