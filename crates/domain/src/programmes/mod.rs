//! Programmes (*dispositifs*): what one is, who may enter it, and the course of somebody in it.
//!
//! A programme is data: a preset of the catalogue, or the version that the département wrote.

pub mod admission;
pub mod course;
pub mod milestone;
pub mod owed;
pub mod programme;
