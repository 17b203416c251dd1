//! Personal data becomes a tag.
//! Law: a mask replaces whole tokens and never a part of a number.

mod address;
mod identity;
mod number;
mod phone;

pub(super) use address::{email, mention, url};
pub(super) use identity::{card, iban, national_id};
pub(super) use number::{in_stretch, mask_number};
pub(super) use phone::phone;
