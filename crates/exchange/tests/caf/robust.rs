//! Whatever the bytes, the reader answers; and a cut file never looks whole.

use std::sync::LazyLock;

use exchange::generate::{GenerateBeneficiaires, beneficiaires};
use proptest::prelude::*;

use crate::support::{dossier, file, person, read};

static GENERATED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let order = GenerateBeneficiaires {
        department: "45".to_owned(),
        households: 40,
        month: "2026-10-01".parse().unwrap(),
        daily: None,
        seed: 7,
        drift_percent: 50.0,
        named: Vec::new(),
    };
    let mut out = Vec::new();
    beneficiaires(&order, &mut out).unwrap();
    out
});

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_pieces_of_xml_are_answered(pieces in prop::collection::vec(prop::sample::select(vec![
        "<Racine>", "</Racine>", "<InfosFoyerRSA>", "</InfosFoyerRSA>", "<InfosFoyerRSA/>", "<Personne>", "</Personne>", "<NOM>", "</NOM>",
        "x", " ", "&amp;", "&", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "<TransmissionFlux>", "</TransmissionFlux>", "<a b='", "'>",
        "</InfosFoyerRSA", "<IdentificationRSA>", "\u{e9}",
    ]), 0..30)) {
        let text = format!("<Racine>{}{}{}", crate::support::HEADER, dossier(1), pieces.concat());
        if let Ok(content) = read(&text) {
            prop_assert!(text.contains("</Racine>"));
            prop_assert!(!content.items.is_empty());
        }
    }

    #[test]
    fn one_byte_changed_touches_one_dossier_or_refuses_the_file(at in 0usize..2000, byte in any::<u8>()) {
        let mut bytes = file(&format!("{}{}{}", dossier(1), dossier(2), dossier(3))).into_bytes();
        let start = bytes.len() - crate::support::TRAILER.len() - dossier(3).len() - dossier(2).len() - 20;
        let at = start + at % dossier(2).len();
        bytes[at] = byte;
        if let Ok(content) = read(&bytes) {
            prop_assert!(!content.accepted().is_empty());
            prop_assert!(content.items.len() <= 5);
        }
    }

    #[test]
    fn a_generated_file_cut_anywhere_is_refused(share in 0.0f64..1.0) {
        let whole = &*GENERATED;
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
        let end = (share * (whole.len() - 2) as f64) as usize;
        prop_assert!(read(&whole[..end]).is_err());
    }

    #[test]
    fn reading_does_not_depend_on_how_the_bytes_arrive(size in 1usize..5000) {
        struct Pieces<'a>(&'a [u8], usize);
        impl std::io::Read for Pieces<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                let n = self.0.len().min(buffer.len()).min(self.1);
                buffer[..n].copy_from_slice(&self.0[..n]);
                self.0 = &self.0[n..];
                Ok(n)
            }
        }
        let text = file(&format!("{}{}{}", dossier(1), dossier(2).replace("</NOM>", ""), dossier(3)));
        let mut flux = exchange::caf::Flux::open(Pieces(text.as_bytes(), size), crate::support::expect()).unwrap();
        let mut items = Vec::new();
        while let Some(item) = flux.next().unwrap() {
            items.push(item);
        }
        prop_assert_eq!(items, read(&text).unwrap().items);
    }
}

#[test]
fn a_broken_dossier_across_chunks_is_left_out_alone() {
    let filler: String = (0..400).map(dossier).collect();
    let wide = dossier(1000).replacen("<Personne>", &format!("{}<Personne>", person("ENF").repeat(3000)), 1);
    for broken in [
        wide.replace("</InfosFoyerRSA>", ""),
        wide.replace("</NOM>", "</NON>"),
        wide.replacen("MARTIN", "<!--", 1),
    ] {
        let content = read(file(&format!("{filler}{broken}{}", dossier(1001)))).unwrap();
        assert_eq!((content.accepted().len(), content.rejected().len()), (401, 1));
        assert_eq!((content.rejected()[0].position, content.rejected()[0].line), (401, 403));
    }
}

#[test]
fn lines_and_positions_are_those_of_the_file() {
    let content = read(file(&format!("{}{}", dossier(1), dossier(2).replace("MARTIN", "")))).unwrap();
    assert_eq!((content.rejected()[0].position, content.rejected()[0].line), (2, 4));
}
