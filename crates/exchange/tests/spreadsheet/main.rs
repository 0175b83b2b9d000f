//! Spreadsheets of people, from bytes to typed rows.

#[cfg(test)]
mod files;
#[cfg(test)]
mod mapping;
