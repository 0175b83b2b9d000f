//! Spreadsheets.

use store::Tx;
use store::intake::files::FileRow;

use super::import::{ImportError, Job, OnProgress};
use super::report::Report;
use crate::Context;

pub(crate) fn is_sheet(_: &Job) -> std::io::Result<bool> {
    Ok(false)
}

pub(crate) async fn import(
    _: &Context,
    _: &Tx,
    _: &Job,
    _: FileRow,
    _: OnProgress<'_>,
) -> Result<(FileRow, Report), ImportError> {
    Err(ImportError::Sheet(String::new()))
}
