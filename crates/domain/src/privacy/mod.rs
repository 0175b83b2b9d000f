//! Privacy: how long what is known is kept, which documents are accepted, what people may ask, which
//! words ask for care.

pub mod document;
pub mod retention;
pub mod rights;
pub mod sensitive;
