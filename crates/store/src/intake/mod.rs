//! Files received, what each said of each household, and what it changed.

pub mod files;
pub mod history;
pub mod matching;
pub mod profiles;
pub mod record;
pub mod review;
