//! Lists taken away: tables as CSV and XLSX, safe from formulas.

pub use exchange::table::*;
