//! Spreadsheets of people: XLSX, XLS, ODS and CSV, whatever their columns are called (`research/rdv_insertion.md` § 3).
//!
//! ```text
//! bytes ─▶ Sheet (headers, rows of text) ─▶ propose / matching_profile ─▶ Profile ─▶ bind ─▶ SheetRow
//! ```
//!
//! ```
//! use exchange::spreadsheet::{Sheet, matching_profile};
//!
//! let file = "MATRICULE;NUMERO TELEPHONE DOSSIER;NUMERO TELEPHONE 2 DOSSIER;ADRESSE ELECTRONIQUE DOSSIER\n\
//!             0346145;639980001;;lea@courriel.example\n";
//! let sheet = Sheet::open(file.as_bytes(), "contacts.csv").unwrap();
//! let profile = matching_profile(sheet.headers()).unwrap();
//! assert_eq!(profile.name, "cnaf-contacts");
//! let columns = profile.bind(sheet.headers()).unwrap();
//! let row = columns.read(&sheet.rows()[0], "2026-11-26".parse().unwrap()).unwrap();
//! assert_eq!(row.phone.unwrap().e164(), "+33639980001");
//! ```

mod biff;
mod csv_text;
mod field;
mod guess;
mod profile;
mod row;
mod sheet;
mod value;
mod workbook;

pub use field::Field;
pub use guess::{Confidence, Proposal, propose};
pub use profile::{Column, Columns, MissingColumns, Profile, builtin_profiles, matching_profile};
pub use row::{RowError, SheetRow, Title};
pub use sheet::{Row, Sheet, SheetRefusal};
pub use value::Matricule;

/// Rows read at most; a larger file is refused.
pub const MAX_ROWS: usize = 200_000;
/// Columns read; what lies further right is left out.
const MAX_COLUMNS: usize = 256;
