//! Word, Excel and `LibreOffice` files: archives whose parts are listed and judged, never unpacked.

use std::io::{Read, Seek, SeekFrom};

use domain::privacy::document::Format;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{DocumentRefusal, find};

/// Most parts of an archive.
const PARTS: usize = 5_000;
/// Most bytes of all parts, unpacked.
const UNPACKED: u64 = 512 * 1024 * 1024;
/// Most times that a part may be larger than in the archive, once it is larger than [`SMALL`].
const SWOLLEN: u64 = 200;
/// A part that may swell as it likes, in bytes.
const SMALL: u64 = 1024 * 1024;
/// Most bytes of a part that is read.
const READ: u64 = 4 * 1024 * 1024;

/// Whether the bytes are also an archive.
pub(super) fn is_one(bytes: &mut (impl Read + Seek)) -> Result<bool, DocumentRefusal> {
    bytes.seek(SeekFrom::Start(0))?;
    Ok(ZipArchive::new(bytes).is_ok_and(|archive| !archive.is_empty()))
}

/// Judges an Office file.
pub(super) fn check(format: Format, bytes: &mut (impl Read + Seek)) -> Result<(), DocumentRefusal> {
    bytes.seek(SeekFrom::Start(0))?;
    let broken = || DocumentRefusal::NotThat(format.label_fr());
    let mut mark = [0; 4];
    // An archive that begins with something else is that something else too.
    if bytes.read_exact(&mut mark).is_err() || mark != *b"PK\x03\x04" {
        return Err(broken());
    }
    bytes.seek(SeekFrom::Start(0))?;
    let mut archive = ZipArchive::new(bytes).map_err(|_| broken())?;
    let names = parts(format, &mut archive)?;
    let is_program = |name: &String| {
        let name = name.to_lowercase();
        name.ends_with("vbaproject.bin")
            || ["activex/", "basic/", "scripts/", "/scripts/"]
                .iter()
                .any(|folder| name.starts_with(folder) || name.contains(&format!("/{folder}")))
            || name.contains("oleobject")
    };
    if names.iter().any(is_program) {
        return Err(DocumentRefusal::Program);
    }
    match format {
        Format::Docx | Format::Xlsx => office(format, &mut archive, &names),
        _ => libre(format, &mut archive),
    }
}

/// The names of the parts, once their number and their size are known to be sane and none is encrypted.
fn parts<R: Read + Seek>(
    format: Format,
    archive: &mut ZipArchive<R>,
) -> Result<Vec<String>, DocumentRefusal> {
    if archive.len() > PARTS {
        return Err(DocumentRefusal::Bomb);
    }
    let (mut names, mut unpacked) = (Vec::new(), 0u64);
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number).map_err(|_| DocumentRefusal::NotThat(format.label_fr()))?;
        if part.encrypted() {
            return Err(DocumentRefusal::Encrypted);
        }
        unpacked = unpacked.saturating_add(part.size());
        let swollen = part.size() > SMALL && part.size() / part.compressed_size().max(1) > SWOLLEN;
        if swollen || unpacked > UNPACKED {
            return Err(DocumentRefusal::Bomb);
        }
        let name = part.name().map_err(|_| DocumentRefusal::NotThat(format.label_fr()))?;
        names.push(name.into_owned());
    }
    Ok(names)
}

/// Word and Excel: the main part, its declared type, and no link that is followed on opening.
fn office<R: Read + Seek>(
    format: Format,
    archive: &mut ZipArchive<R>,
    names: &[String],
) -> Result<(), DocumentRefusal> {
    let broken = || DocumentRefusal::NotThat(format.label_fr());
    let types = read(archive, "[Content_Types].xml")?.ok_or_else(broken)?;
    if find(&types, b"macroEnabled") {
        return Err(DocumentRefusal::Program);
    }
    let (word, excel) = (&b"wordprocessingml.document.main+xml"[..], &b"spreadsheetml.sheet.main+xml"[..]);
    let (wanted, other, main) = match format {
        Format::Docx => (word, excel, "word/document.xml"),
        _ => (excel, word, "xl/workbook.xml"),
    };
    if !find(&types, wanted) && find(&types, other) {
        let found = if format == Format::Docx { Format::Xlsx } else { Format::Docx };
        return Err(DocumentRefusal::Lies { announced: format.label_fr(), found: found.label_fr() });
    }
    if !find(&types, wanted) || !names.iter().any(|name| name == main) {
        return Err(broken());
    }
    let is_links = |name: &&String| {
        std::path::Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("rels"))
    };
    for name in names.iter().filter(is_links) {
        let links = read(archive, name)?.unwrap_or_default();
        if links.split(|b| *b == b'<').any(followed_on_opening) {
            return Err(DocumentRefusal::Remote);
        }
    }
    Ok(())
}

/// A link outside the file that is followed without a click: a model, an object, a frame. Hyperlinks wait for a click.
fn followed_on_opening(link: &[u8]) -> bool {
    let outside = find(link, b"TargetMode=\"External\"") || find(link, b"TargetMode='External'");
    outside && !find(link, b"/hyperlink\"") && !find(link, b"/hyperlink'")
}

/// `LibreOffice`: what the archive says of itself, and what its manifest lists.
fn libre<R: Read + Seek>(format: Format, archive: &mut ZipArchive<R>) -> Result<(), DocumentRefusal> {
    let said = read(archive, "mimetype")?.unwrap_or_default();
    let said = String::from_utf8_lossy(&said).trim().to_owned();
    if said != format.media_type() {
        let other = [Format::Odt, Format::Ods].into_iter().find(|other| said == other.media_type());
        return Err(match other {
            Some(found) => DocumentRefusal::Lies { announced: format.label_fr(), found: found.label_fr() },
            None => DocumentRefusal::NotThat(format.label_fr()),
        });
    }
    let manifest =
        read(archive, "META-INF/manifest.xml")?.ok_or(DocumentRefusal::NotThat(format.label_fr()))?;
    if find(&manifest, b"encryption-data") { Err(DocumentRefusal::Encrypted) } else { Ok(()) }
}

/// A part, whole; one that is larger than it may be is a bomb whatever it declares.
fn read<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<Option<Vec<u8>>, DocumentRefusal> {
    let part = match archive.by_name(name) {
        Err(ZipError::FileNotFound) => return Ok(None),
        other => other.map_err(|error| std::io::Error::other(error.to_string()))?,
    };
    let mut text = Vec::new();
    part.take(READ + 1).read_to_end(&mut text)?;
    if text.len() as u64 > READ { Err(DocumentRefusal::Bomb) } else { Ok(Some(text)) }
}
