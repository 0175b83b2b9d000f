//! The JSON API: identity and path only, no text of any visibility, no NIR.

pub mod imports;
pub mod messages;
pub mod openapi;
pub mod people;
pub mod problem;
