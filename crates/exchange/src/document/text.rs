//! Plain text and CSV: they have no mark, so every byte must be one that text is made of.

use std::io::{Read, Seek, SeekFrom};

use domain::privacy::document::Format;

use super::DocumentRefusal;

/// What a page, a drawing or a script begins with, in lower case.
const PAGES: [&[u8]; 10] = [
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<iframe",
    b"<svg",
    b"<?php",
    b"<math",
    b"<x:script",
];

/// Judges a text: bytes that no text has mean that it is something else.
pub(super) fn check(
    format: Format,
    bytes: &mut (impl Read + Seek),
    is_something_else: bool,
) -> Result<(), DocumentRefusal> {
    if is_something_else {
        return Err(DocumentRefusal::NotThat(format.label_fr()));
    }
    bytes.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 64 * 1024];
    let mut first = true;
    loop {
        let count = bytes.read(&mut buffer)?;
        let Some(part) = buffer.get(..count).filter(|part| !part.is_empty()) else { return Ok(()) };
        let odd = |b: &u8| (*b < 0x20 && !matches!(*b, b'\t' | b'\n' | b'\r' | 0x0c)) || *b == 0x7f;
        if part.iter().any(odd) {
            return Err(DocumentRefusal::NotThat(format.label_fr()));
        }
        if first && (looks_like_a_page(part) || part.trim_ascii_start().starts_with(b"<?xml")) {
            return Err(DocumentRefusal::Double(format.label_fr()));
        }
        first = false;
    }
}

/// Whether a browser that guesses would take these bytes for a page.
pub(super) fn looks_like_a_page(part: &[u8]) -> bool {
    let lower = part.to_ascii_lowercase();
    PAGES.iter().any(|mark| {
        memchr::memmem::find_iter(&lower, mark).any(|at| {
            // A mark is one when its name ends there: `<svgfoo` is nothing, `<svg>` and `<svg ` are.
            let next = lower.get(at + mark.len()).copied().unwrap_or(b'>');
            !next.is_ascii_alphanumeric()
        })
    })
}
