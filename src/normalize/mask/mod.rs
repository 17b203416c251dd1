//! Personal data becomes a tag.
//! Law: a mask replaces whole tokens and never a part of a number.

mod email;
mod identity;
mod mention;
mod number;
mod phone;
mod url;

pub(super) use email::email;
pub(super) use identity::{card, iban, national_id};
pub(super) use mention::mention;
pub(super) use number::{in_stretch, mask_number};
pub(super) use phone::phone;
pub(super) use url::url;
