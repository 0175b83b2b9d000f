//! Who may do what, and on whose files (`product.md` § 1, `rules.md` § 4).

pub mod attempts;
pub mod device;
pub mod exceptional;
pub mod password;
pub mod permission;
pub mod proposal;
pub mod relation;
pub mod role;
pub mod scope;
pub mod side;
pub mod structure;
pub mod visibility;
