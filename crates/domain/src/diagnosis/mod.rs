//! The joint diagnosis: two authors, theme by theme, and nothing lost.
//!
//! ```text
//! field of a theme ─ what I started from, what I send ─▶ merge ─▶ the same │ replaces │ stands beside (a conflict)
//!                                                                                        └─ somebody who sees both chooses
//! side ─ « complete » ─▶ events ─▶ complete when every side that is asked said so; reopening is another event
//! obstacle ─▶ suggestions (ranked links) ─▶ action: who, by when, what came of it
//! ```

pub mod action;
pub mod compare;
pub mod field;
pub mod merge;
pub mod sides;
pub mod suggest;
