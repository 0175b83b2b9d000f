//! Accounts and dated roles, structures, sessions, links valid once, tokens, and who is whose referent.
//!
//! Secrets come here as hashes; nothing here can be used to sign in.

pub mod account;
pub mod attempt;
pub mod exceptional;
pub mod identity;
pub mod kept_form;
pub mod proposal;
pub mod referent;
pub mod second_factor;
pub mod session;
pub mod structure;
pub mod token;
