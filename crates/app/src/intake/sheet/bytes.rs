//! From a file to a table of text.

use std::io::{self, Read};
use std::path::Path;

use exchange::spreadsheet::Sheet;

use super::super::import::{ImportError, Job, blocking, opened};
use super::super::source::Source;

/// Largest file read: it is held in memory.
const MAX_BYTES: u64 = 64 << 20;
/// Names that offices give to tables.
const EXTENSIONS: [&str; 6] = ["csv", "txt", "tsv", "ods", "xls", "xlsx"];

/// Is it a table? What begins like XML is a flux whatever its name; the rest is told by its first bytes, then its name.
pub(crate) fn is_sheet(job: &Job) -> io::Result<bool> {
    let mut start = Vec::with_capacity(256);
    job.source.open()?.take(256).read_to_end(&mut start)?;
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start();
    let xml = text.starts_with(b"<") || start.starts_with(b"\xff\xfe<") || start.starts_with(b"\xfe\xff\0<");
    let workbook = start.starts_with(b"PK") || start.starts_with(b"\xd0\xcf\x11\xe0");
    let extension = Path::new(&job.file_name).extension().and_then(|e| e.to_str()).unwrap_or_default();
    let named = EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known));
    Ok(!xml && (workbook || named || job.profile.is_some()))
}

/// Reads the table, in a thread of its own.
pub(in super::super) async fn open(source: Source, file_name: &str) -> Result<Sheet, ImportError> {
    let name = file_name.to_owned();
    let read = move || {
        let mut bytes = Vec::new();
        source.open()?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Ok(Err("Le tableau dépasse 64 Mio : partagez-le en plusieurs fichiers.".to_owned()));
        }
        Ok(Sheet::open(&bytes, &name).map_err(|refusal| refusal.to_string()))
    };
    blocking(read).await.map_err(|e| opened(file_name, e))?.map_err(ImportError::Sheet)
}
