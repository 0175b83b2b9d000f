//! `cargo xtask bench`: figures for `docs/quality.md`, on made-up data, with the program as shipped.
//!
//! Machines are shared: a figure is worth a comparison within one run, or the CPU time it took.

pub mod import;
pub mod pages;
pub mod verify;
