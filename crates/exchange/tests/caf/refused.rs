//! What refuses a whole file (`interfaces.md`, « What is wrong / What happens », first line of the table).

use crate::support::{HEADER, TRAILER, dossier, file, read};
use exchange::caf::Refusal;

fn refusal(bytes: impl AsRef<[u8]>) -> Refusal {
    read(bytes).unwrap_err()
}

#[test]
fn an_empty_file_is_refused() {
    for bytes in [&b""[..], b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe"] {
        assert!(matches!(refusal(bytes), Refusal::Empty), "{bytes:?}");
    }
}

#[test]
fn what_is_not_xml_is_refused() {
    for bytes in
        [&b"MATRICULE;NIR\n1;2\n"[..], b"PK\x03\x04xl/workbook.xml", b"\0\0\0\0", b"<1", b"< Racine>"]
    {
        assert!(matches!(refusal(bytes), Refusal::NotXml | Refusal::Cut), "{bytes:?}");
    }
    assert!(matches!(refusal(vec![b'a'; 3 << 20]), Refusal::NotXml));
}

#[test]
fn another_root_is_refused_by_its_name() {
    assert!(matches!(refusal("<html><body/></html>"), Refusal::WrongRoot(name) if name == "html"));
}

#[test]
fn a_second_root_is_refused() {
    let one = file(&dossier(1));
    for after in [one.as_str(), "<Racine/>", "<x>", "more", "</Racine>"] {
        assert!(matches!(refusal(format!("{one}{after}")), Refusal::SecondRoot), "{after}");
    }
}

#[test]
fn blanks_comments_and_transfer_padding_may_follow_the_root() {
    for after in ["", "\n\n", "<!-- end -->", "\u{1a}", "\0\0\0"] {
        assert!(read(format!("{}{after}", file(&dossier(1)))).is_ok(), "{after:?}");
    }
}

#[test]
fn a_declaration_is_refused_wherever_it_is() {
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let inside = dossier(1).replacen("<Personne>", &format!("{bomb}<Personne>"), 1);
    for text in [
        format!("<?xml version='1.0'?>{bomb}{}", file(&dossier(1)).split_once('\n').unwrap().1),
        format!("<Racine>{bomb}{HEADER}</Racine>"),
        file(&format!("{}{bomb}{}", dossier(1), dossier(2))),
        file(&inside),
    ] {
        assert!(matches!(refusal(text), Refusal::EntityDeclaration));
    }
}

#[test]
fn nesting_deeper_than_64_is_refused_wherever_it_is() {
    let nest = |n: usize| format!("{}{}", "<x>".repeat(n), "</x>".repeat(n));
    let inside = |n| file(&dossier(1).replacen("<Personne>", &format!("{}<Personne>", nest(n)), 1));
    assert!(read(inside(62)).is_ok());
    assert!(matches!(refusal(inside(63)), Refusal::TooDeep { line: 3 }));
    assert!(matches!(refusal(file(&"<x>".repeat(1000))), Refusal::TooDeep { .. }));
    assert!(matches!(refusal(format!("<Racine>{}", "<x>".repeat(1_000_000))), Refusal::TooDeep { .. }));
    let endless = file(&dossier(1).replacen("<Personne>", &"<x>".repeat(1_000_000), 1));
    assert!(matches!(refusal(endless), Refusal::TooDeep { .. }));
}

#[test]
fn text_longer_than_1_mib_is_refused_wherever_it_is() {
    let long = "A".repeat((1 << 20) + 1);
    let name = |text: &str| file(&dossier(1).replacen("MARTIN", text, 1));
    assert!(read(name(&long[1..])).is_ok());
    for text in [
        name(&long),
        name(&"A".repeat(9 << 20)),
        name(&format!("<![CDATA[{long}]]>")),
        file(&long),
        format!("<Racine><IdentificationFlux><APPLIEME>{long}</APPLIEME>"),
        format!("<Racine a='{long}'>"),
        format!("<Racine><!-- {long} -->"),
    ] {
        assert!(matches!(refusal(&text), Refusal::TextTooLong { .. }), "{}", &text[..100]);
    }
}

#[test]
fn a_line_without_end_is_refused_as_soon_as_the_bound_is_passed() {
    /// Gives `A` for ever and counts.
    struct Endless<'a>(&'a [u8], u64);
    impl std::io::Read for Endless<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                buffer.fill(b'A');
                self.1 += buffer.len() as u64;
                assert!(self.1 < 8 << 20, "the reader goes on for ever");
                return Ok(buffer.len());
            }
            let n = self.0.len().min(buffer.len());
            buffer[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }
    let whole = file(&dossier(1));
    let upto = |mark: &str| &whole.as_bytes()[..whole.find(mark).unwrap() + mark.len()];
    for start in
        [upto("<Racine>"), upto("<APPLIEME>"), upto("<NOM>"), upto("<Personne>"), upto("<NBTOTDOSRSATRANSM>")]
    {
        let result = exchange::caf::bench_parse(Endless(start, 0), crate::support::expect());
        assert!(matches!(result, Err(Refusal::TextTooLong { .. })), "{result:?}");
    }
}

#[test]
fn one_dossier_without_end_is_refused() {
    let endless = file(&dossier(1).replacen("<Personne>", &"<x></x>".repeat(1 << 20), 1));
    assert!(matches!(refusal(endless), Refusal::DossierTooBig { line: 3 }));
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let whole = file(&format!("{}{}", dossier(1), dossier(2)));
    for end in 0..whole.trim_end().len() {
        assert!(read(&whole[..end]).is_err(), "cut at {end}: {}", &whole[end.saturating_sub(40)..end]);
    }
    assert!(matches!(refusal(whole.replace("</Racine>", "")), Refusal::Cut));
}

#[test]
fn after_a_refusal_the_file_never_looks_complete() {
    let cut = file(&dossier(1)).replace("</Racine>", "");
    let mut flux = exchange::caf::Flux::open(cut.as_bytes(), crate::support::expect()).unwrap();
    assert!(flux.next().unwrap().is_some());
    assert!(flux.next().is_err() && flux.next().is_err() && flux.trailer().is_some());
}

#[test]
fn a_file_of_after_tomorrow_is_refused() {
    let created = |day: &str| file(&dossier(1)).replace("2026-11-05", day);
    assert!(read(created("2026-11-27")).is_ok());
    assert!(matches!(refusal(created("2026-11-28")), Refusal::CreatedAfterTomorrow(_)));
    let reference = |day: &str| file(&dossier(1)).replace("2026-10-31", day);
    assert!(read(reference("2026-11-27")).is_ok());
    assert!(matches!(refusal(reference("2026-11-30")), Refusal::ReferenceAfterTomorrow(_)));
}

#[test]
fn a_file_whose_first_dossier_is_of_another_departement_is_refused() {
    let other =
        |number: u32, code: &str| dossier(number).replace("<IDEPARTE>045", &format!("<IDEPARTE>{code}"));
    assert!(
        matches!(refusal(file(&other(1, "053"))), Refusal::OtherDepartment { found, .. } if found == "053")
    );
    for same in ["45", "045", " 45 "] {
        assert_eq!(read(file(&other(1, same))).unwrap().accepted().len(), 1, "{same}");
    }
}

#[test]
fn a_header_without_what_it_must_say_is_refused() {
    let whole = file(&dossier(1));
    for (from, to) in [
        ("<APPLIEME>CRI</APPLIEME>", ""),
        ("<TYPEFLUX>M", "<TYPEFLUX>"),
        ("<NATFLUX>D", "<NATFLUX>"),
        ("<DTCREAFLUX>2026-11-05", "<DTCREAFLUX>2026-11-31"),
        ("<HEUCREAFLUX>01:18:36.0000", "<HEUCREAFLUX>"),
        ("<DTREF>2026-10-31</DTREF>", ""),
        (HEADER, ""),
        (HEADER, "<IdentificationFlux/>"),
    ] {
        let text = whole.replacen(from, to, 1);
        assert!(matches!(refusal(&text), Refusal::BadHeader(_)), "{from} → {to}: {:?}", refusal(&text));
    }
    assert!(matches!(refusal("<Racine/>"), Refusal::Cut));
}

#[test]
fn another_kind_of_flux_is_refused() {
    let text = file(&dossier(1)).replace("<NATFLUX>D", "<NATFLUX>R");
    assert!(matches!(refusal(text), Refusal::UnknownKind { .. }));
}

#[test]
fn what_is_broken_outside_the_dossiers_is_refused_with_its_line() {
    for broken in ["<Autre></Faux>", "</Autre>", "<Autre><"] {
        let text = file(&format!("{}<!-- -->{broken}", dossier(1)));
        assert!(matches!(refusal(&text), Refusal::Malformed { line: 4 }), "{broken}: {:?}", refusal(&text));
    }
    let trailer =
        file(&dossier(1)).replace(TRAILER, "<TransmissionFlux><NBTOTDOSRSATRANSM>3</TransmissionFlux>");
    assert!(matches!(refusal(trailer), Refusal::Malformed { .. }));
}

#[test]
fn every_refusal_is_one_french_sentence_or_two_with_what_to_do() {
    let day = "2026-11-28".parse().unwrap();
    let all = [
        Refusal::Empty,
        Refusal::NotXml,
        Refusal::WrongRoot("html".to_owned()),
        Refusal::SecondRoot,
        Refusal::EntityDeclaration,
        Refusal::TooDeep { line: 12 },
        Refusal::TextTooLong { line: 12 },
        Refusal::DossierTooBig { line: 12 },
        Refusal::Malformed { line: 12 },
        Refusal::Cut,
        Refusal::CreatedAfterTomorrow(day),
        Refusal::ReferenceAfterTomorrow(day),
        Refusal::OtherDepartment { found: "053".to_owned(), expected: "45".to_owned() },
        Refusal::BadHeader("DTREF manque ou n’est pas une date".to_owned()),
        Refusal::UnknownKind { frequency: "M".to_owned(), nature: "R".to_owned() },
        Refusal::Io(std::io::Error::other("disque")),
    ];
    insta::assert_snapshot!(all.map(|r| r.to_string()).join("\n"));
}
