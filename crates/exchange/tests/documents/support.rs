//! Made-up documents, as small as their format allows.

use std::io::{Cursor, Write as _};

use domain::privacy::document::Format;
use exchange::document::{DocumentRefusal, recognise};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9";
pub const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\0\0\0\0IEND\xaeB`\x82";
pub const WEBP: &[u8] = b"RIFF\x1a\0\0\0WEBPVP8 \x0e\0\0\0\x30\x01\0\x9d\x01\x2a\x01\0\x01\0";
pub const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat";

pub const WORD_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
pub const EXCEL_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

/// Why a file of this name and these bytes is refused.
pub fn refused(name: &str, bytes: &[u8]) -> DocumentRefusal {
    recognise(name, &mut Cursor::new(bytes)).expect_err(name)
}

/// The format of a file that is accepted.
pub fn accepted(name: &str, bytes: &[u8]) -> Format {
    recognise(name, &mut Cursor::new(bytes)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// An archive of these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(*name, if *name == "mimetype" { stored } else { packed }).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A text of Word with these parts besides its own.
pub fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let types =
        format!("<Types><Override PartName=\"/word/document.xml\" ContentType=\"{WORD_TYPE}\"/></Types>");
    let own: [(&str, &[u8]); 2] =
        [("[Content_Types].xml", types.as_bytes()), ("word/document.xml", b"<w:document/>")];
    archive(&[&own, more].concat())
}

/// A workbook of Excel with these parts besides its own.
pub fn xlsx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let types =
        format!("<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"{EXCEL_TYPE}\"/></Types>");
    let own: [(&str, &[u8]); 2] =
        [("[Content_Types].xml", types.as_bytes()), ("xl/workbook.xml", b"<workbook/>")];
    archive(&[&own, more].concat())
}

/// A `LibreOffice` file that says it is of this type, with these parts besides its own.
pub fn libre(kind: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    let own: [(&str, &[u8]); 3] = [
        ("mimetype", kind.as_bytes()),
        ("content.xml", b"<office:document-content/>"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
    ];
    // A part of the same name replaces ours.
    let kept = own.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name)).copied();
    archive(&kept.chain(more.iter().copied()).collect::<Vec<_>>())
}
