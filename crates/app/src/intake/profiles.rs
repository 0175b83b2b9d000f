//! Saved mappings of spreadsheets.
