//! What is wrong with a file or a database: one French sentence, nothing half written.

use std::io::Write;
use std::path::Path;

use app::intake::digest::digest;
use app::intake::import::{ImportError, ImportInput, import_file};
use app::intake::report::Report;
use exchange::generate::{GenerateBeneficiaires, beneficiaires};
use store::StoreError;

use testkit::world::{World, on_both, on_sqlite};

async fn import(world: &World, bytes: &[u8]) -> Result<Report, ImportError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    import_path(world, file.path()).await
}

async fn import_path(world: &World, path: &Path) -> Result<Report, ImportError> {
    let input = ImportInput { path, file_name: "essai.xml".to_owned(), profile: None };
    import_file(&world.system(), input, |_, _| {}).await
}

fn month(households: u32, seed: u64) -> Vec<u8> {
    let mut out = Vec::new();
    let order = GenerateBeneficiaires {
        department: "55".to_owned(),
        households,
        month: "2026-10-01".parse().unwrap(),
        daily: None,
        seed,
        drift_percent: 0.0,
        named: Vec::new(),
    };
    beneficiaires(&order, &mut out).unwrap();
    out
}

/// The generated month with one part replaced.
fn with(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(&month(3, 1)).into_owned();
    assert!(text.contains(from), "the generated file holds {from}");
    text.replacen(from, to, 1).into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_wrong_as_a_whole_is_refused_in_one_french_sentence() {
    let future = "<DTCREAFLUX>2026-11-28</DTCREAFLUX>";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "vide"),
        ("random bytes", (0..4_000u32).map(|i| (i * 7_919 % 251) as u8).collect(), ""),
        ("not XML", b"bonjour, ceci est une lettre".to_vec(), ""),
        ("another root", b"<?xml version=\"1.0\"?><Autre></Autre>".to_vec(), "racine"),
        (
            "entities",
            b"<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"b\">]><Racine>&a;</Racine>".to_vec(),
            "entité",
        ),
        ("deep", [b"<?xml version=\"1.0\"?><Racine>".to_vec(), b"<a>".repeat(1_000_000)].concat(), ""),
        (
            "one line",
            [b"<?xml version=\"1.0\"?><Racine><IdentificationFlux><APPLIEME>".to_vec(), vec![b'x'; 8 << 20]]
                .concat(),
            "",
        ),
        ("dated after tomorrow", with("<DTCREAFLUX>2026-11-05</DTCREAFLUX>", future), "avenir"),
        ("another département", with("<IDEPARTE>055</IDEPARTE>", "<IDEPARTE>038</IDEPARTE>"), "département"),
    ];
    let world = on_sqlite("55").await;
    let nothing = digest(&world.system()).await.unwrap();
    for (name, bytes, word) in cases {
        let error = import(&world, &bytes).await.expect_err(name).to_string();
        assert!(error.to_lowercase().contains(word), "{name}: {error}");
        assert!(error.ends_with('.') && error.chars().count() > 25, "{name}: {error}");
        assert_eq!(digest(&world.system()).await.unwrap(), nothing, "{name}");
    }
    assert_eq!(store::intake::files::recent(&world.department.db, None, 10).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_dossier_is_left_out_alone_with_its_text_sealed() {
    on_both(|world| async move {
        let bytes = with("<MATRICULE>", "<MATRICULE_ABSENT>");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let report = import(&world, &bytes).await.unwrap();
        assert_eq!(
            (report.dossiers.read, report.dossiers.accepted, report.dossiers.rejected),
            (3, 2, 1),
            "{report:?}"
        );
        let reject = &report.rejects[0];
        assert_eq!(reject.position, 1);
        let line = text.lines().position(|l| l.contains("<InfosFoyerRSA>")).unwrap() as u64 + 1;
        assert_eq!(reject.line, line);
        let files = store::intake::files::recent(&world.department.db, None, 1).await.unwrap();
        let kept = store::intake::files::rejects(&world.department.db, files[0].id, 0, 10).await.unwrap();
        let clear = world.department.db.keys().decrypt("reject.raw", &kept[0].raw).unwrap();
        assert!(String::from_utf8_lossy(&clear).contains("MATRICULE_ABSENT"));
        assert!(!kept[0].raw.windows(9).any(|w| w == b"MATRICULE"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_codes_and_communes_are_kept_and_told() {
    let text = String::from_utf8_lossy(&month(3, 1)).into_owned();
    let from = text.find("<NUMCOM>").unwrap();
    let commune = &text[from..from + "<NUMCOM>55000</NUMCOM>".len()];
    let world = on_sqlite("55").await;
    let report = import(&world, &with(commune, "<NUMCOM>55999</NUMCOM>")).await.unwrap();
    assert_eq!(report.dossiers.rejected, 0);
    assert!(
        report.warnings.iter().any(|w| w.code == "unknown_commune" && w.text.contains("55999")),
        "{report:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_a_clear_refusal() {
    let world = on_sqlite("55").await;
    let store::Engine::Sqlite { file } = world.department.db.engine().clone() else { panic!("SQLite") };
    // Another program (a second pool of ours) holds the write lock.
    let keys = world.department.db.keys().clone();
    let other =
        store::Db::open(store::Engine::Sqlite { file }, keys, store::db::Open::Existing).await.unwrap();
    let held = other.begin().await.unwrap();
    let error = import(&world, &month(3, 1)).await.unwrap_err();
    assert!(matches!(error, ImportError::Store(StoreError::Locked)), "{error}");
    drop(held);
    assert_eq!(import(&world, &month(3, 1)).await.unwrap().dossiers.accepted, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_nothing_half_written() {
    let world = on_sqlite("55").await;
    let nothing = digest(&world.system()).await.unwrap();
    // The engine itself refuses to grow, as it does when the disk is full.
    world.department.db.execute_raw("PRAGMA max_page_count = 1").await.unwrap();
    let error = import(&world, &month(2_000, 1)).await.unwrap_err();
    assert!(matches!(error, ImportError::Store(StoreError::DiskFull)), "{error}");
    assert_eq!(digest(&world.system()).await.unwrap(), nothing);
    world.department.db.execute_raw("PRAGMA max_page_count = 1073741823").await.unwrap();
    assert_eq!(import(&world, &month(2_000, 1)).await.unwrap().dossiers.accepted, 2_000);
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_imports_at_once_wait_for_each_other_and_lose_nothing() {
    on_both(|world| async move {
        let (a, b) = (month(60, 1), month(60, 1));
        let (one, two) = tokio::join!(import(&world, &a), import(&world, &b));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert!(one.already_imported != two.already_imported, "{one:?} {two:?}");
        assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_nir_is_written_in_clear_anywhere() {
    let world = on_sqlite("55").await;
    let bytes = month(40, 1);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let nirs: Vec<&str> = text
        .split("<NIR>")
        .skip(1)
        .filter_map(|t| t.split("</NIR>").next())
        .filter(|n| n.len() == 13)
        .collect();
    assert!(nirs.len() > 20);
    let broken = text.replacen("<NUMDEMRSA>", "<NUMDEMRSA_X>", 1);
    assert_eq!(import(&world, broken.as_bytes()).await.unwrap().dossiers.rejected, 1);
    let store::Engine::Sqlite { file } = world.department.db.engine().clone() else { panic!("SQLite") };
    for part in std::fs::read_dir(file.parent().unwrap()).unwrap() {
        let path = part.unwrap().path();
        if path.is_file() {
            let held = std::fs::read(&path).unwrap();
            for nir in &nirs {
                let found = held.windows(13).any(|w| w == nir.as_bytes());
                assert!(!found, "a NIR is in clear in {}", path.display());
            }
        }
    }
}
