//! Word, Excel and `LibreOffice`.

use domain::privacy::document::Format;
use exchange::document::DocumentRefusal as No;

use crate::support::{accepted, archive, docx, libre, refused, xlsx};

#[test]
fn files_without_programs_are_accepted() {
    let link = b"<Relationship Type=\"http://x/relationships/hyperlink\" Target=\"https://caf.fr\" TargetMode=\"External\"/>";
    assert_eq!(accepted("a.docx", &docx(&[("word/_rels/document.xml.rels", link)])), Format::Docx);
    assert_eq!(accepted("a.xlsx", &xlsx(&[("xl/worksheets/sheet1.xml", b"<sheet/>")])), Format::Xlsx);
    assert_eq!(accepted("a.odt", &libre("text", &[])), Format::Odt);
    assert_eq!(accepted("a.ods", &libre("spreadsheet", &[])), Format::Ods);
}

#[test]
fn one_office_format_under_the_name_of_another_is_named() {
    for (name, bytes) in [("a.docx", xlsx(&[])), ("a.xlsx", docx(&[])), ("a.odt", libre("spreadsheet", &[]))]
    {
        assert!(matches!(refused(name, &bytes), No::Lies { .. }), "{name}");
    }
    for name in ["a.docx", "a.xlsx", "a.odt", "a.ods"] {
        assert!(matches!(refused(name, &archive(&[("a.txt", b"a")])), No::NotThat(_)), "{name}");
        assert!(matches!(refused(name, b"PK\x03\x04 and then nothing"), No::NotThat(_)), "{name}");
        assert!(matches!(refused(name, &[b"MZ program", &docx(&[])[..]].concat()), No::NotThat(_)), "{name}");
    }
}

#[test]
fn macros_scripts_and_controls_are_refused_wherever_they_are() {
    for part in [
        "word/vbaProject.bin",
        "WORD/VBAPROJECT.BIN",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
    ] {
        assert!(matches!(refused("a.docx", &docx(&[(part, b"x")])), No::Program), "{part}");
    }
    assert!(matches!(refused("a.xlsx", &xlsx(&[("xl/vbaProject.bin", b"x")])), No::Program));
    for part in ["Basic/Standard/Module1.xml", "Scripts/python/a.py"] {
        assert!(matches!(refused("a.odt", &libre("text", &[(part, b"x")])), No::Program), "{part}");
    }
    let types =
        b"<Types><Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    let renamed = archive(&[("[Content_Types].xml", types), ("word/document.xml", b"x")]);
    assert!(matches!(refused("a.docx", &renamed), No::Program), "a .docm under another name");
}

#[test]
fn what_is_fetched_elsewhere_on_opening_is_refused() {
    let model = b"<Relationship Type=\"http://x/relationships/attachedTemplate\" Target=\"https://pirate.example/m.dotm\" TargetMode=\"External\"/>";
    assert!(matches!(refused("a.docx", &docx(&[("word/_rels/settings.xml.rels", model)])), No::Remote));
}

#[test]
fn encrypted_files_are_refused() {
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let locked = libre("text", &[("META-INF/manifest.xml", manifest)]);
    assert!(matches!(refused("a.odt", &locked), No::Encrypted));
    // The mark of an encrypted part, in its own head and in the list at the end.
    let mut marked = docx(&[]);
    marked[6] |= 1;
    let list = marked.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    marked[list + 8] |= 1;
    assert!(matches!(refused("a.docx", &marked), No::Encrypted));
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    let zeros = vec![0; 8 * 1024 * 1024];
    assert!(matches!(refused("a.docx", &docx(&[("word/media/image1.png", &zeros)])), No::Bomb));
    let parts: Vec<String> = (0..5_001).map(|n| format!("word/media/{n}")).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(matches!(refused("a.docx", &docx(&parts)), No::Bomb));
    let many: Vec<u8> = (0..5_000_000u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    assert!(matches!(refused("a.docx", &docx(&[("word/_rels/document.xml.rels", &many)])), No::Bomb));
}
