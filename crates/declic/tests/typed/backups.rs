//! Backups come back whole or not at all, on both engines.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use app::access::Actor;
use app::people::list::{Filter, Order, Page, Sort, list};
use app::privacy::documents::{Described, read, receive};
use app::{App, Context, Department};
use base64::Engine as _;
use store::crypto::Keys;
use store::db::Open;
use store::privacy::objects::{Bucket, Objects};
use store::{Db, Engine};
use testkit::s3::{BUCKET, KEY, KEY_ID, S3};
use uuid::Uuid;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/RSABEM.xml");

/// An installation of the département 52 with the people of the sample.
struct Place {
    folder: tempfile::TempDir,
    engine: Engine,
    words: Vec<String>,
    server: Option<S3>,
}

impl Place {
    fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let words = vec!["--data".to_owned(), folder.path().display().to_string()];
        let engine = Engine::Sqlite { file: folder.path().join("52.db") };
        Self { folder, engine, words, server: None }
    }

    fn on_postgres() -> Self {
        let schema = testkit::pg::fresh_schema();
        Self::configured(Engine::Postgres { url: schema.url, schema: schema.name }, None)
    }

    /// On each engine, with its documents in a bucket.
    fn in_a_bucket() -> [Self; 2] {
        let schema = testkit::pg::fresh_schema();
        let file = tempfile::tempdir().unwrap().keep().join("52.db");
        [Engine::Sqlite { file }, Engine::Postgres { url: schema.url, schema: schema.name }]
            .map(|engine| Self::configured(engine, Some(S3::start())))
    }

    fn configured(engine: Engine, server: Option<S3>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().display();
        let private = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
        };
        private("secret", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n");
        private("s3", &format!("{KEY}\n"));
        let database = match &engine {
            Engine::Sqlite { file } => format!("database = \"sqlite:{}\"", file.display()),
            Engine::Postgres { url, schema } => format!("database = \"{url}\"\nschema = \"{schema}\""),
        };
        let documents = match &server {
            None => format!("documents = \"file:{here}/52-documents\""),
            Some(server) => format!(
                "documents = \"s3://{BUCKET}/52\"\nwaiting = \"{here}/52-documents\"\n[s3]\nendpoint = \"{}\"\n\
                 access_key_id = \"{KEY_ID}\"\nsecret_key_file = \"{here}/s3\"",
                server.url()
            ),
        };
        let text = format!("secret_file = \"{here}/secret\"\n[departments.52]\n{database}\n{documents}\n");
        private("declic.toml", &text);
        let words = vec!["--config".to_owned(), format!("{here}/declic.toml")];
        Self { folder, engine, words, server }
    }

    /// The bucket of its documents, as the program names it.
    fn objects(&self) -> Objects {
        match &self.server {
            None => Objects::in_folder(&self.folder.path().join("52-documents/objects")),
            Some(server) => Objects::in_bucket(&Bucket {
                endpoint: server.url(),
                region: "us-east-1".to_owned(),
                path_style: true,
                name: BUCKET.to_owned(),
                prefix: "52/objects".to_owned(),
                key_id: KEY_ID.to_owned(),
                key: KEY.to_owned(),
            }),
        }
        .unwrap()
    }

    fn run(&self, words: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_declic");
        Command::new(program).args(words).args(["--department", "52"]).args(&self.words).output().unwrap()
    }

    /// A command about the whole installation.
    fn alone(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_declic")).args(words).args(&self.words).output().unwrap()
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// The same installation from inside.
    async fn inside(&self) -> Context {
        let secret = std::fs::read_to_string(self.path("secret")).unwrap();
        let secret = base64::engine::general_purpose::STANDARD.decode(secret.trim()).unwrap();
        let keys = Keys::derive(&secret.try_into().unwrap(), "52");
        let db = Db::open(self.engine.clone(), keys, Open::Existing).await.unwrap();
        let documents = self.folder.path().join("52-documents");
        let department = Department {
            code: "52".to_owned(),
            name: "Haute-Marne".to_owned(),
            timezone: chrono_tz::Tz::Europe__Paris,
            db,
            objects: self.objects(),
            documents,
        };
        let clock = app::domain::time::Clock::new(|| "2026-11-26T09:00:00Z".parse().unwrap());
        let (last, start) = (std::sync::atomic::AtomicU64::new(0), uuid::Uuid::from_u128(0xD0C << 64));
        let ids = app::domain::id::Ids::new(move || {
            let next = last.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            uuid::Uuid::from_u128(start.as_u128() + u128::from(next))
        });
        let app = App::new(vec![department], clock, ids, false);
        app.context(app.department("52").unwrap(), Actor::system("essai"))
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

fn write(path: &str, text: &str) {
    std::fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn story(place: &Place) {
    place.done(&["import", SAMPLE]);
    write(&place.path("52-documents/a/b"), "un document");
    let (known, file) = (place.done(&["digest"]), place.path("sauvegarde"));
    place.done(&["backup", &file]);

    place.done(&["user", "add", "--email", "a@b.fr", "--name", "A B", "--role", "admin"]);
    write(&place.path("52-documents/a/b"), "changé");
    write(&place.path("52-documents/c"), "venu après");
    assert!(place.refused(&["restore", &file]).contains("--force"));
    place.done(&["restore", "--force", &file]);
    assert_eq!(place.done(&["digest"]), known);
    assert_eq!(std::fs::read_to_string(place.path("52-documents/a/b")).unwrap(), "un document");
    assert!(!Path::new(&place.path("52-documents/c")).exists());
    assert!(place.done(&["verify"]).contains("rien à signaler"));
    assert!(place.done(&["audit", "verify"]).contains("2 ligne(s)"), "the import and the restore");
    place.done(&["user", "add", "--email", "a@b.fr", "--name", "A B", "--role", "admin"]);

    let mut changed = std::fs::read(&file).unwrap();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(&file, changed).unwrap();
    let known = place.done(&["digest"]);
    assert!(place.refused(&["restore", "--force", &file]).contains("Rien n’a été remplacé"));
    assert_eq!(place.done(&["digest"]), known);
    let left: Vec<_> =
        std::fs::read_dir(place.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("restored")), "{left:?}");
}

#[test]
fn a_backup_of_sqlite_comes_back_and_a_changed_one_does_not() {
    story(&Place::on_sqlite());
}

#[test]
fn a_backup_of_postgresql_comes_back_and_a_changed_one_does_not() {
    story(&Place::on_postgres());
}

#[test]
fn a_backup_comes_back_on_another_machine_with_its_secret_only() {
    let (from, to) = (Place::on_sqlite(), Place::on_sqlite());
    from.done(&["import", SAMPLE]);
    let file = from.path("sauvegarde");
    from.done(&["backup", &file]);
    to.done(&["user", "add", "--email", "a@b.fr", "--name", "A B", "--role", "admin"]);
    assert!(to.refused(&["restore", "--force", &file]).contains("secret"));
    let to = Place::on_sqlite();
    assert!(to.refused(&["restore", &file]).contains("secret"));
    std::fs::copy(from.path("secret"), to.path("secret")).unwrap();
    to.done(&["restore", &file]);
    assert_eq!(to.done(&["digest"]), from.done(&["digest"]));
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// A document is added, a backup is made, everything is lost, and the backup comes back.
async fn documents_come_back(place: &Place) {
    let (person, id, file) = one_document_saved(place).await;
    std::fs::remove_dir_all(place.path("52-documents")).unwrap();
    comes_back(place, (person, id), &file).await;
}

async fn one_document_saved(place: &Place) -> (Uuid, Uuid, String) {
    place.done(&["import", SAMPLE]);
    let ctx = place.inside().await;
    let (sort, page) = ((Sort::Name, Order::Ascending), Page { after: None, limit: 1 });
    let person = list(&ctx, &Filter::default(), sort, &page).await.unwrap().rows[0].row.id;
    let mut incoming = receive(&ctx, person).await.unwrap();
    incoming.write(PDF).unwrap();
    let said = Described { file_name: "cv.pdf".to_owned(), kind: "cv".to_owned(), label: String::new() };
    let id = incoming.finish(&ctx, said).await.unwrap();
    app_close(&ctx).await;
    let file = place.path("sauvegarde");
    place.done(&["backup", &file]);
    (person, id, file)
}

async fn comes_back(place: &Place, (person, id): (Uuid, Uuid), file: &str) {
    let output = place.run(&["verify"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("n’ont plus leurs octets"));
    place.done(&["restore", "--force", file]);
    assert!(place.done(&["verify"]).contains("rien à signaler"));
    let ctx = place.inside().await;
    let mut given = read(&ctx, person, id).await.unwrap();
    assert_eq!(given.reading.next().await.unwrap().as_deref(), Some(PDF));
    assert_eq!(given.line.name, "cv.pdf");
    app_close(&ctx).await;
}

async fn app_close(ctx: &Context) {
    ctx.db().clone().close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_come_back_with_a_backup_of_sqlite() {
    documents_come_back(&Place::on_sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_come_back_with_a_backup_of_postgresql() {
    documents_come_back(&Place::on_postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_of_a_bucket_come_back_to_it_and_to_a_folder() {
    for mut place in Place::in_a_bucket() {
        let (person, id, file) = one_document_saved(&place).await;
        let server = place.server.as_mut().unwrap();
        let bucket = server.folder();
        assert!(bucket.join("52/objects").is_dir());
        let told = String::from_utf8(place.alone(&["doctor"]).stdout).unwrap();
        assert!(told.contains("✓ 52 : le seau des documents répond"), "{told}");

        let server = place.server.as_mut().unwrap();
        server.kill();
        let known = place.done(&["digest"]);
        assert!(place.refused(&["restore", "--force", &file]).contains("le serveur S3 ne répond pas"));
        assert_eq!(place.done(&["digest"]), known, "nothing was replaced");
        assert!(place.refused(&["verify"]).contains("le serveur S3 ne répond pas"));
        assert!(place.refused(&["backup", &place.path("vide")]).contains("le serveur S3 ne répond pas"));
        assert!(!Path::new(&place.path("vide")).exists());
        let told = String::from_utf8(place.alone(&["doctor"]).stdout).unwrap();
        assert!(told.contains("✗ 52 : le seau des documents n’est pas utilisable"), "{told}");
        place.server.as_mut().unwrap().wake();

        std::fs::remove_dir_all(bucket.join("52")).unwrap();
        comes_back(&place, (person, id), &file).await;
        assert!(
            !Path::new(&place.path("52-documents/objects")).exists(),
            "the documents are in the bucket only"
        );

        // The same backup, on an installation whose documents are in a folder.
        let here = place.folder.path().display().to_string();
        let text = std::fs::read_to_string(place.path("declic.toml")).unwrap();
        let (before, _) = text.split_once("documents =").unwrap();
        std::fs::write(
            place.path("declic.toml"),
            format!("{before}documents = \"file:{here}/52-documents\"\n"),
        )
        .unwrap();
        place.server = None;
        comes_back(&place, (person, id), &file).await;
    }
}
