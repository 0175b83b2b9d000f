//! Letters: from a plain model to a PDF that everybody can read.
//!
//! A letter is a model (plain texts and dates), a template (`templates/*.typ`) and fonts, all inside the program: the
//! typesetter sees no file, no network and no clock. What people wrote reaches it as data, never as markup. The result
//! is tagged for screen readers (PDF/UA-1) and kept for long (PDF/A-2a); the typesetter refuses to write one that is not.
//!
//! Setting a letter takes milliseconds of a processor: callers on an asynchronous runtime use a blocking thread.

mod access;
mod contract;
mod mail;
mod press;
mod words;

pub use access::{AccessAnswer, Block, Section, Sender};
pub use contract::Contract;
pub use mail::{Mail, Sheet};
pub use press::LetterError;

/// The answer to somebody who asked what is kept about them.
///
/// # Errors
/// [`LetterError`]: our fault, never that of what people wrote.
pub fn access_answer(model: &AccessAnswer) -> Result<Vec<u8>, LetterError> {
    access::set(model)
}

/// A contract, to be read and signed.
///
/// # Errors
/// [`LetterError`]: our fault, never that of what people wrote.
pub fn contract(model: &Contract) -> Result<Vec<u8>, LetterError> {
    contract::set(model)
}

/// A letter that goes by post, with its translations.
///
/// # Errors
/// [`LetterError`]: our fault, never that of what people wrote.
pub fn mail(model: &Mail) -> Result<Vec<u8>, LetterError> {
    mail::set(model)
}
