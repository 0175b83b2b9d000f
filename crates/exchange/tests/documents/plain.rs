//! PDF, pictures and text.

use domain::privacy::document::Format;
use exchange::document::DocumentRefusal as No;

use crate::support::{HEIC, JPEG, PDF, PNG, WEBP, accepted, archive, docx, refused};

#[test]
fn each_format_is_accepted_under_its_own_endings() {
    for (name, bytes, format) in [
        ("a.pdf", PDF, Format::Pdf),
        ("a.JPG", JPEG, Format::Jpeg),
        ("a.jpeg", JPEG, Format::Jpeg),
        ("a.png", PNG, Format::Png),
        ("a.webp", WEBP, Format::Webp),
        ("a.heic", HEIC, Format::Heic),
        ("a.txt", "Bonjour,\r\n\tl’été à Sète".as_bytes(), Format::Txt),
        ("a.txt", b"caf\xe9", Format::Txt),
        ("a.csv", b"nom;prenom\nMartin;L\xc3\xa9a\n", Format::Csv),
    ] {
        assert_eq!(accepted(name, bytes), format, "{name}");
    }
}

#[test]
fn an_ending_that_lies_is_refused_and_both_formats_are_named() {
    for (name, bytes) in [("a.pdf", JPEG), ("a.png", PDF), ("a.txt", PDF), ("a.docx", PNG), ("a.csv", JPEG)] {
        assert!(matches!(refused(name, bytes), No::Lies { .. }), "{name}");
    }
    let said = refused("cv.pdf", JPEG).to_string();
    assert!(said.contains("« PDF »") && said.contains("« photo JPEG »"), "{said}");
    assert!(matches!(refused("a.pdf", b"MZ\x90\0 a program"), No::NotThat(_)));
    assert!(matches!(refused("a.jpg", b"GIF89a\x01\0\x01\0\x80\0\0"), No::NotThat(_)));
    assert!(matches!(refused("a.txt", &docx(&[])), No::NotThat(_)));
}

#[test]
fn other_formats_are_refused_with_what_is_accepted() {
    for name in ["a.exe", "a.html", "a.svg", "a.docm", "a.zip", "a.pdf.js", "a", ".pdf"] {
        let said = refused(name, PDF);
        assert!(matches!(said, No::Ending) && said.to_string().contains("PDF, JPEG"), "{name}");
    }
    assert!(matches!(refused("a.pdf", b""), No::Empty));
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old file";
    for name in ["a.doc", "a.xls", "a.docx", "a.xlsx", "a.pdf"] {
        assert!(matches!(refused(name, old), No::OldOffice), "{name}");
    }
}

#[test]
fn a_file_that_is_two_things_at_once_is_refused() {
    let html: &[u8] = b"<html><script>alert(1)</script>";
    let zip = archive(&[("a.txt", b"a")]);
    for (name, whole) in [
        ("a.pdf", [&PDF[..9], html, &PDF[9..]].concat()),
        ("a.jpg", [&JPEG[..20], b"<SVG onload=alert(1)>", &JPEG[20..]].concat()),
        ("a.png", [PNG, b"<!DOCTYPE html>"].concat()),
        ("a.webp", [WEBP, html].concat()),
        ("a.pdf", [PDF, &zip[..], PDF].concat()),
        ("a.jpg", [JPEG, &zip[..]].concat()),
        ("a.txt", b"  \n<!DOCTYPE html><p>bonjour".to_vec()),
        ("a.csv", b"a;b\n<script src=x></script>;c".to_vec()),
        ("a.txt", b"<?xml version='1.0'?><svg/>".to_vec()),
    ] {
        assert!(matches!(refused(name, &whole), No::Double(_) | No::NotThat(_)), "{name}");
    }
    // Words that merely begin alike are no page.
    assert_eq!(accepted("a.txt", b"<headache> and <svgfoo>"), Format::Txt);
}

#[test]
fn a_pdf_that_runs_something_is_refused_wherever_it_says_so() {
    for word in ["/JavaScript", "/Launch", "/RichMedia"] {
        // Across the edge of two windows of the search.
        for before in [0, 65_500, 65_530, 200_000] {
            let mut whole = PDF[..9].to_vec();
            whole.resize(9 + before, b' ');
            whole.extend_from_slice(format!("<</S {word}>>").as_bytes());
            whole.extend_from_slice(&PDF[9..]);
            assert!(matches!(refused("a.pdf", &whole), No::Program), "{word} {before}");
        }
    }
}

#[test]
fn a_file_cut_short_is_refused() {
    assert!(matches!(refused("a.pdf", &PDF[..40]), No::NotThat(_)));
    assert!(matches!(refused("a.jpg", &JPEG[..18]), No::NotThat(_)));
    assert!(matches!(refused("a.png", &PNG[..20]), No::NotThat(_)));
    assert!(matches!(refused("a.pdf", &[b"\n", PDF].concat()), No::NotThat(_)), "it must begin at once");
}

#[test]
fn text_is_made_of_text_to_its_last_byte() {
    let mut long = vec![b'a'; 200_000];
    assert_eq!(accepted("a.txt", &long), Format::Txt);
    long.push(0);
    assert!(matches!(refused("a.txt", &long), No::NotThat(_)));
    assert!(matches!(refused("a.txt", b"#!/bin/sh\nrm -rf ~"), No::NotThat(_)));
}
