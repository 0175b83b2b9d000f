//! Who may do what, and on whose files (`product.md` § 1, `rules.md` § 4).

pub mod exceptional;
pub mod permission;
pub mod relation;
pub mod role;
pub mod scope;
pub mod side;
pub mod structure;
pub mod visibility;
