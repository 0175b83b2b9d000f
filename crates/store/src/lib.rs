//! Rows and SQL: the only crate that names the ORM.
//!
//! **No scope, no rows**: every query about people takes a [`Scope`](domain::access::scope::Scope) first. One
//! `Db` is one département (a SQLite file, or a schema of a PostgreSQL server); both engines run the same migrations
//! and the same queries.

pub mod access;
pub mod agenda;
pub mod audit;
mod bulk;
pub mod crypto;
pub mod db;
pub mod diagnosis;
pub mod engagement;
mod entity;
pub mod error;
pub mod followup;
pub mod intake;
pub mod messages;
pub mod migration;
pub mod orientation;
pub mod outcomes;
pub mod people;
pub mod privacy;
pub mod programmes;
pub mod revision;
pub mod scope;
pub mod sealed;
pub mod settings;
pub mod verify;

pub use db::{Db, Engine, Tx};
pub use error::StoreError;
