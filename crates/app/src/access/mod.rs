//! Who acts, what they may do, and how they prove who they are.
//!
//! A session or a token gives an [`Actor`]; [`permit`] and [`scope`] say what it may do and which rows it reaches.

mod actor;
mod permit;

pub use actor::{Actor, ActorKind, HeldRole, TokenScope};
pub use permit::{Refused, a_reason_would_help, permit, permit_actor, scope};
