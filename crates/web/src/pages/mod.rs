//! Handlers of pages: extract, call the use case, render.

pub mod access;
pub mod account;
pub mod contacts;
mod copy;
pub mod documents;
pub mod errors;
pub mod home;
pub mod intake;
pub mod journal;
mod journal_words;
pub mod login;
pub mod mapping;
pub mod mentions;
pub mod orientation;
pub mod people;
pub mod person;
mod person_head;
mod person_story;
pub mod privacy;
pub mod proconnect;
pub mod public;
mod report;
pub mod reviews;
pub mod rows;
pub mod security;
pub mod settings;
