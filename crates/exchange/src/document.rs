//! What a document really is: its bytes decide, and its name must say the same.
//!
//! A document is accepted when it is of one format of the list, whole, and nothing else at the same time: an ending that
//! lies, two formats in one file, macros, encryption and active content are refused, each with its sentence. Nothing is
//! unpacked on the disk and nothing is drawn: archives are listed, and their few small parts that matter are read.

use std::io::{self, Read, Seek, SeekFrom};

use domain::privacy::document::Format;

mod archive;
mod text;

/// Bytes at each end of a file that are looked at.
const EDGE: usize = 4096;

/// Why a document is not kept.
#[derive(Debug, thiserror::Error)]
pub enum DocumentRefusal {
    /// No byte.
    #[error("Ce fichier est vide : choisissez-en un autre.")]
    Empty,
    /// The name has no ending of the list.
    #[error(
        "Ce genre de fichier n’est pas accepté. Sont acceptés : PDF, JPEG, PNG, WebP, HEIC, DOCX, XLSX, ODT, ODS, TXT et CSV. Enregistrez-le dans l’un de ces formats."
    )]
    Ending,
    /// The bytes are those of another format of the list.
    #[error(
        "Le nom annonce un fichier « {announced} », mais son contenu est celui d’un fichier « {found} ». Corrigez la fin du nom, ou enregistrez-le de nouveau."
    )]
    Lies {
        /// What the name says.
        announced: &'static str,
        /// What the bytes say.
        found: &'static str,
    },
    /// The bytes are not those of the format announced.
    #[error(
        "Le nom annonce un fichier « {0} », mais son contenu n’en est pas un, ou il est abîmé. Ouvrez-le, puis enregistrez-le de nouveau."
    )]
    NotThat(&'static str),
    /// An older Word or Excel, or one with a password.
    #[error(
        "Ce fichier est d’un ancien format de Word ou d’Excel, ou il est protégé par un mot de passe. Enregistrez-le en DOCX, XLSX ou PDF, sans mot de passe."
    )]
    OldOffice,
    /// Macros, scripts, controls.
    #[error(
        "Ce fichier contient un programme (macro ou script). Enregistrez-le en PDF, ou sans macro, puis ajoutez-le de nouveau."
    )]
    Program,
    /// A model or a part that would be fetched elsewhere when the file is opened.
    #[error(
        "Ce fichier va chercher une partie de lui-même sur un autre ordinateur quand on l’ouvre. Enregistrez-le en PDF, puis ajoutez-le de nouveau."
    )]
    Remote,
    /// Encrypted.
    #[error("Ce fichier est protégé par un mot de passe. Enlevez la protection, puis ajoutez-le de nouveau.")]
    Encrypted,
    /// Two formats at once.
    #[error(
        "Ce fichier est à la fois un fichier « {0} » et autre chose (page web ou archive) : il est refusé par sécurité. Ouvrez-le, puis enregistrez-le de nouveau."
    )]
    Double(&'static str),
    /// An archive that unpacks without end.
    #[error("Ce fichier se déplie en un contenu démesuré : il est refusé par sécurité.")]
    Bomb,
    /// The bytes cannot be read.
    #[error("Le fichier reçu ne peut pas être lu ({0}). Réessayez.")]
    Io(#[from] io::Error),
}

/// The format of a document, when its name and its bytes agree and nothing is hidden in it.
///
/// # Errors
/// [`DocumentRefusal`].
pub fn recognise(name: &str, bytes: &mut (impl Read + Seek)) -> Result<Format, DocumentRefusal> {
    let head = edge(bytes, SeekFrom::Start(0))?;
    if head.is_empty() {
        return Err(DocumentRefusal::Empty);
    }
    let announced = Format::announced_by(name).ok_or_else(|| unnamed(&head))?;
    if infer::is_mime(&head, "application/x-ole-storage")
        || head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    {
        return Err(DocumentRefusal::OldOffice);
    }
    let found = by_signature(&head);
    match announced {
        Format::Docx | Format::Xlsx | Format::Odt | Format::Ods => {
            disagree(announced, found)?;
            archive::check(announced, bytes)?;
        }
        Format::Txt | Format::Csv => {
            disagree(announced, found)?;
            text::check(announced, bytes, infer::get(&head).is_some())?;
        }
        _ => {
            if found != Some(announced) {
                disagree(announced, found)?;
                return Err(DocumentRefusal::NotThat(announced.label_fr()));
            }
            alone(announced, &head, bytes)?;
        }
    }
    Ok(announced)
}

/// A name without an ending of the list: the old Office formats get their own advice.
fn unnamed(head: &[u8]) -> DocumentRefusal {
    if head.starts_with(b"\xd0\xcf\x11\xe0") { DocumentRefusal::OldOffice } else { DocumentRefusal::Ending }
}

/// The format that the first bytes name, for those that have a mark. It must be at the very beginning.
fn by_signature(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"%PDF-") {
        return Some(Format::Pdf);
    }
    match infer::get(head)?.mime_type() {
        "image/jpeg" => Some(Format::Jpeg),
        "image/png" => Some(Format::Png),
        "image/webp" => Some(Format::Webp),
        "image/heif" => Some(Format::Heic),
        _ => None,
    }
}

/// Bytes of another format of the list under this name.
fn disagree(announced: Format, found: Option<Format>) -> Result<(), DocumentRefusal> {
    match found {
        Some(found) if found != announced => {
            Err(DocumentRefusal::Lies { announced: announced.label_fr(), found: found.label_fr() })
        }
        _ => Ok(()),
    }
}

/// A PDF or a picture, whole, and nothing else at the same time.
fn alone(format: Format, head: &[u8], bytes: &mut (impl Read + Seek)) -> Result<(), DocumentRefusal> {
    let size = bytes.seek(SeekFrom::End(0))?;
    let tail = edge(bytes, SeekFrom::Start(size.saturating_sub(EDGE as u64)))?;
    let whole = match format {
        Format::Pdf => find(&tail, b"%%EOF"),
        Format::Jpeg => find(&tail, b"\xff\xd9"),
        Format::Png => find(&tail, b"IEND"),
        _ => true,
    };
    if !whole {
        return Err(DocumentRefusal::NotThat(format.label_fr()));
    }
    if text::looks_like_a_page(head) || text::looks_like_a_page(&tail) || archive::is_one(bytes)? {
        return Err(DocumentRefusal::Double(format.label_fr()));
    }
    if format == Format::Pdf && contains_any(bytes, &[b"/JavaScript", b"/Launch", b"/RichMedia"])? {
        return Err(DocumentRefusal::Program);
    }
    Ok(())
}

/// The bytes from a place on, at most [`EDGE`].
fn edge(bytes: &mut (impl Read + Seek), from: SeekFrom) -> io::Result<Vec<u8>> {
    bytes.seek(from)?;
    let mut found = Vec::new();
    bytes.take(EDGE as u64).read_to_end(&mut found)?;
    Ok(found)
}

fn find(within: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(within, word).is_some()
}

/// Whether one of these words is anywhere in the file; read in constant memory.
fn contains_any(bytes: &mut (impl Read + Seek), words: &[&[u8]]) -> io::Result<bool> {
    let longest = words.iter().map(|word| word.len()).max().unwrap_or_default();
    bytes.seek(SeekFrom::Start(0))?;
    let mut window: Vec<u8> = Vec::new();
    loop {
        // The end of the last window is kept: a word may lie across two.
        let kept = window.len().saturating_sub(longest);
        window.drain(..kept);
        let before = window.len();
        bytes.by_ref().take(64 * 1024).read_to_end(&mut window)?;
        if words.iter().any(|word| find(&window, word)) {
            return Ok(true);
        }
        if window.len() == before {
            return Ok(false);
        }
    }
}
