//! Files come in, on both engines: what the report says, what is known afterwards, and what never happens.

use std::io::Write;
use std::path::{Path, PathBuf};

use app::intake::digest::digest;
use app::intake::import::{ImportError, ImportInput, import_file};
use app::intake::report::Report;
use exchange::generate::{GenerateBeneficiaires, GenerateInstruction, beneficiaires, instruction};

use testkit::world::{World, on_both_in, on_postgres, on_sqlite};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

async fn import(world: &World, path: &Path) -> Result<Report, ImportError> {
    let file_name = path.file_name().unwrap().to_string_lossy().into_owned();
    import_file(&world.system(), ImportInput { path, file_name, profile: None }, |_, _| {}).await
}

async fn import_bytes(world: &World, bytes: &[u8]) -> Result<Report, ImportError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    import(world, file.path()).await
}

fn month(month: &str, households: u32, drift_percent: f64) -> Vec<u8> {
    let mut out = Vec::new();
    let order = GenerateBeneficiaires {
        department: "55".to_owned(),
        households,
        month: month.parse().unwrap(),
        daily: None,
        seed: 7,
        drift_percent,
        named: Vec::new(),
    };
    beneficiaires(&order, &mut out).unwrap();
    out
}

async fn sound(world: &World) {
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_of_haute_marne_is_read_with_a_warning_about_its_trailer() {
    on_both_in("52", |world| async move {
        let report = import(&world, &sample("RSABEM.xml")).await.unwrap();
        assert_eq!(report.kind, "beneficiaires-monthly");
        assert_eq!(report.reference_date, "2022-02-28");
        assert_eq!(
            (report.dossiers.read, report.dossiers.accepted, report.dossiers.declared),
            (2, 2, Some(1))
        );
        assert!(report.warnings.iter().any(|w| w.code == "trailer_count"));
        assert_eq!((report.persons.created, report.persons.review), (3, 0));
        // One right is closed, the other suspended (payment): only Eta Bullock is subject.
        assert_eq!(report.changes.entered, 1);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_twice_changes_nothing() {
    on_both_in("55", |world| async move {
        let file = month("2026-09-01", 60, 0.0);
        let first = import_bytes(&world, &file).await.unwrap();
        let known = digest(&world.system()).await.unwrap();
        let again = import_bytes(&world, &file).await.unwrap();
        assert!(again.already_imported && !first.already_imported);
        assert_eq!(again.changes, app::intake::report::Changes::default());
        assert_eq!((again.persons.created, again.persons.unchanged), (0, first.persons.created));
        assert_eq!(digest(&world.system()).await.unwrap(), known);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_month_tells_what_changed_and_each_number_has_its_people() {
    on_both_in("55", |world| async move {
        import_bytes(&world, &month("2026-09-01", 200, 0.0)).await.unwrap();
        let report = import_bytes(&world, &month("2026-10-01", 200, 20.0)).await.unwrap();
        let c = report.changes;
        for (name, n) in
            [("left", c.left), ("closed", c.closed), ("entered", c.entered), ("address", c.address)]
        {
            assert!(n > 0, "{name} {report:?}");
        }
        assert!(c.newly_subject <= c.entered);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_order_of_arrival_the_greatest_stamp_wins() {
    on_both_in("55", |world| async move {
        import_bytes(&world, &month("2026-09-01", 80, 0.0)).await.unwrap();
        import_bytes(&world, &month("2026-10-01", 80, 15.0)).await.unwrap();
        let straight = digest(&world.system()).await.unwrap();
        let other = on_sqlite("55").await;
        import_bytes(&other, &month("2026-10-01", 80, 15.0)).await.unwrap();
        let report = import_bytes(&other, &month("2026-09-01", 80, 0.0)).await.unwrap();
        assert_eq!(report.changes.entered, 0, "{report:?}");
        assert_eq!(report.changes.left, 0, "{report:?}");
        sound(&other).await;
        assert_eq!(digest(&other.system()).await.unwrap(), straight);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_know_the_same() {
    let (sqlite, postgres) = (on_sqlite("55").await, on_postgres("55").await);
    for world in [&sqlite, &postgres] {
        import_bytes(world, &month("2026-09-01", 120, 0.0)).await.unwrap();
        import_bytes(world, &month("2026-10-01", 120, 10.0)).await.unwrap();
        let mut claims = Vec::new();
        let order = GenerateInstruction {
            department: "55".to_owned(),
            day: "2026-11-20".parse().unwrap(),
            claims: 12,
            seed: 3,
            named: Vec::new(),
        };
        instruction(&order, &mut claims).unwrap();
        let report = import_bytes(world, &claims).await.unwrap();
        assert_eq!(report.kind, "instruction");
        assert!(report.persons.created > 0);
    }
    assert_eq!(digest(&sqlite.system()).await.unwrap(), digest(&postgres.system()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_of_a_financier_attach_to_their_household() {
    on_both_in("52", |world| async move {
        let report = import(&world, &sample("VRSF0501_financier.xml")).await.unwrap();
        assert_eq!((report.kind.as_str(), report.dossiers.accepted), ("financier", 1));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_leaves_nothing() {
    on_both_in("55", |world| async move {
        import_bytes(&world, &month("2026-09-01", 30, 0.0)).await.unwrap();
        let known = digest(&world.system()).await.unwrap();
        let mut cut = month("2026-10-01", 3_000, 15.0);
        cut.truncate(cut.len() - 400);
        let error = import_bytes(&world, &cut).await.unwrap_err();
        assert!(error.to_string().contains("coup"), "{error}");
        assert_eq!(digest(&world.system()).await.unwrap(), known);
        sound(&world).await;
    })
    .await;
}
