//! The files that come in and go out: flux of the CAF and the MSA, spreadsheets, exports.
//!
//! Everything here turns bytes into values or values into bytes. No file is opened, no clock is read: the caller
//! gives a reader and today's date.
//!
//! - [`caf`] reads a flux as a stream of dossiers in constant memory;
//! - [`delivery`] reads what comes back of text messages and of mail;
//! - [`document`] says what a document really is;
//! - [`generate`] writes a made-up flux, for tests, demonstrations and measurements;
//! - [`orientation`] reads the questionnaire, the rules and the judged cases of the orientation;
//! - [`programme`] reads a programme of the catalogue;
//! - [`ics`] writes invitations and agendas for calendars;
//! - [`spreadsheet`] reads XLSX, XLS, ODS and CSV files of people, whatever their columns are called;
//! - [`template`] reads the messages of the catalogue and fills them;
//! - [`table`] writes a table as CSV or XLSX;
//! - [`transfer`] seals and opens the file by which a person passes from one département to another.

pub mod caf;
pub mod delivery;
pub mod document;
pub mod generate;
pub mod ics;
pub mod orientation;
pub mod programme;
pub mod spreadsheet;
pub mod table;
pub mod template;
pub mod transfer;
