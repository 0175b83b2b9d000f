//! The use cases of each room, each test on SQLite and on PostgreSQL. One program, so that it is linked once.

mod access;
mod audit;
mod settings;
#[path = "../support/mod.rs"]
mod support;
