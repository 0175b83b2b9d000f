//! Privacy: the keys of what is sealed, how long what is known is kept, the documents of people, what they ask.

pub mod documents;
pub mod keys;
pub mod retention;
pub mod rights;
