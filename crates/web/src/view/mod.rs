//! What a page shows, ready to be shown: the template structs of each room.
//!
//! A handler maps what a use case answered into one of these structs and renders it; nothing here reads a database,
//! decides a right or computes a rule. All texts of the page itself are in Fluent ([`crate::i18n`]); the fields hold
//! the words of the case: names, dates in words, figures with their spaces.
//!
//! Every page has a [`shell::Shell`]: who looks, in which département, and the bar around the page.

pub mod access;
pub mod account;
pub mod agenda;
pub mod booking;
pub mod calls;
pub mod catalogues;
pub mod contact;
pub mod diagnosis;
pub mod documents;
pub mod engagement;
pub mod errors;
pub mod exceptional;
pub mod file;
pub mod followup;
pub mod form;
pub mod form_page;
pub mod gallery;
pub mod home;
pub mod icon;
pub mod intake;
pub mod journal;
pub mod letters;
pub mod login;
pub mod mentions;
pub mod messages;
pub mod notes;
pub mod orientation;
pub mod parts;
pub mod people;
pub mod person;
pub mod privacy;
pub mod programmes;
pub mod proposals;
pub mod public;
pub mod referrals;
pub mod search;
pub mod sectors;
pub mod settings;
pub mod shell;
pub mod structures;
pub mod transfer;
pub mod users;
pub mod waves;
pub mod words;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;
