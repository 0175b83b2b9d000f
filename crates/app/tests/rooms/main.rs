//! The use cases of each room, each test on SQLite and on PostgreSQL. One program, so that it is linked once.

#[cfg(test)]
mod access;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod settings;
#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;
