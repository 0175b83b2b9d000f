//! Documents, on both engines: added, read, removed, ended; never lost, never shown to another, never in clear.

use std::path::{Path, PathBuf};
use std::time::{Duration as Span, SystemTime};

use app::Context;
use app::people::PeopleError;
use app::people::list::{Filter, Order, Page, Sort, list};
use app::privacy::documents::{
    Described, DocumentError, DocumentRefusal, ObjectError, Swept, check, documents, read, receive, remove,
    sweep,
};
use chrono::Duration;
use domain::access::role::Role;
use domain::privacy::document::{Format, Kind};
use store::audit::{JournalFilter, Reach};
use store::settings::Parameter;
use testkit::world::{World, on_both};
use uuid::Uuid;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
/// What nobody who holds the disk may read.
pub(crate) const CANARY: &str = "canari-7Q4X-document";
pub(crate) const WHY: &str = "ajouté sur le mauvais dossier";

pub(crate) async fn people(world: &World) -> Vec<Uuid> {
    world.import("09.xml", &world.month("2026-10-01", 6, 0.0)).await.unwrap();
    let (sort, page) = ((Sort::Name, Order::Ascending), Page { after: None, limit: 100 });
    let listed = list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
    listed.rows.iter().map(|entry| entry.row.id).collect()
}

pub(crate) async fn add(
    ctx: &Context,
    person: Uuid,
    name: &str,
    bytes: &[u8],
) -> Result<Uuid, DocumentError> {
    let said = Described { file_name: name.to_owned(), kind: "cv".to_owned(), label: String::new() };
    add_said(ctx, person, said, bytes).await
}

async fn add_said(ctx: &Context, person: Uuid, said: Described, bytes: &[u8]) -> Result<Uuid, DocumentError> {
    let mut incoming = receive(ctx, person).await?;
    for part in bytes.chunks(7_001) {
        incoming.write(part)?;
    }
    incoming.finish(ctx, said).await
}

pub(crate) async fn bytes(ctx: &Context, person: Uuid, id: Uuid) -> Result<Vec<u8>, DocumentError> {
    let mut given = read(ctx, person, id).await?;
    let mut all = Vec::new();
    while let Some(piece) = given.reading.next().await? {
        all.extend(piece);
    }
    Ok(all)
}

/// A PDF of about this size that says the canary.
pub(crate) fn long(size: usize) -> Vec<u8> {
    let mut whole = PDF[..9].to_vec();
    while whole.len() < size {
        whole.extend_from_slice(CANARY.as_bytes());
    }
    whole.extend_from_slice(&PDF[9..]);
    whole
}

/// The files under a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn objects(world: &World) -> Vec<PathBuf> {
    files(&world.department.documents.join("objects"))
}

pub(crate) async fn sound(world: &World) {
    let ctx = world.system();
    assert_eq!(store::verify::verify(ctx.db()).await.unwrap(), Vec::<String>::new());
    assert_eq!(check(&ctx).await.unwrap(), Vec::<String>::new());
}

pub(crate) async fn acts(world: &World, person: Uuid) -> Vec<String> {
    let filter = JournalFilter { person: vec![person], limit: 50, ..JournalFilter::default() };
    let lines = store::audit::list(&world.department.db, &Reach::Everything, &filter).await.unwrap();
    lines.into_iter().rev().map(|line| line.row.act).filter(|act| act.ends_with("document")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_comes_back_as_it_was_and_the_journal_tells() {
    on_both(async |world| {
        let person = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let whole = long(300_000);
        let said = Described {
            file_name: "C:\\bureau\\CV de Léa.PDF".to_owned(),
            kind: "cv".to_owned(),
            label: " CV de septembre ".to_owned(),
        };
        let id = add_said(&ctx, person, said, &whole).await.unwrap();
        let lines = documents(&ctx, person).await.unwrap();
        let line = &lines[0];
        assert_eq!(
            (line.id, line.name.as_str(), line.label.as_str()),
            (id, "CV de Léa.PDF", "CV de septembre")
        );
        assert_eq!((line.kind, line.format, line.size), (Kind::Cv, Format::Pdf, whole.len() as u64));
        assert!(bytes(&ctx, person, id).await.unwrap() == whole);
        assert_eq!(acts(&world, person).await, ["add_document", "read_document"]);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_the_disk_reads_nothing() {
    on_both(async |world| {
        let person = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let said = Described {
            file_name: format!("{CANARY}.pdf"),
            kind: "health".to_owned(),
            label: format!("titre {CANARY}"),
        };
        let id = add_said(&ctx, person, said, &long(200_000)).await.unwrap();
        remove(&ctx, person, id, &format!("motif {CANARY}")).await.unwrap();
        let mut searched = 0;
        // The database file and its log lie in the same folder as the documents, on SQLite.
        for path in files(world.department.documents.parent().unwrap()) {
            let raw = std::fs::read(&path).unwrap();
            let found = raw.windows(CANARY.len()).any(|w| w == CANARY.as_bytes());
            assert!(!found, "{}", path.display());
            searched += 1;
        }
        assert!(searched >= 1, "there is an object");
        assert_eq!(files(&world.department.incoming()), Vec::<PathBuf>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_are_kept_once_and_end_with_the_last_who_names_them() {
    on_both(async |world| {
        let all = people(&world).await;
        let ctx = world.user(&[Role::TeamLead]);
        let first = add(&ctx, all[0], "a.pdf", PDF).await.unwrap();
        let second = add(&ctx, all[1], "b.pdf", PDF).await.unwrap();
        assert_eq!(objects(&world).len(), 1);
        remove(&ctx, all[0], first, WHY).await.unwrap();
        world.wait(Duration::days(91));
        assert_eq!(sweep(&ctx).await.unwrap(), Swept { ended: 1, ..Swept::default() });
        assert_eq!(bytes(&ctx, all[1], second).await.unwrap(), PDF);
        sound(&world).await;

        remove(&ctx, all[1], second, WHY).await.unwrap();
        world.wait(Duration::days(91));
        assert_eq!(sweep(&ctx).await.unwrap().ended, 1);
        assert_eq!(objects(&world).len(), 1, "a backup that began before may still copy it");
        // Named again before its end: it stays.
        let third = add(&ctx, all[2], "c.pdf", PDF).await.unwrap();
        world.wait(Duration::hours(25));
        assert_eq!(sweep(&ctx).await.unwrap(), Swept::default());
        assert_eq!(bytes(&ctx, all[2], third).await.unwrap(), PDF);
        sound(&world).await;

        remove(&ctx, all[2], third, WHY).await.unwrap();
        world.wait(Duration::days(91));
        sweep(&ctx).await.unwrap();
        world.wait(Duration::hours(25));
        assert_eq!(sweep(&ctx).await.unwrap(), Swept { forgotten: 1, ..Swept::default() });
        assert_eq!(objects(&world), Vec::<PathBuf>::new());
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_add_the_same_bytes_at_once_both_have_them() {
    on_both(async |world| {
        let all = people(&world).await;
        let ctx = world.user(&[Role::TeamLead]);
        let whole = long(100_000);
        let many = (0..4).map(|n| add(&ctx, all[n % all.len()], "a.pdf", &whole));
        let ids = futures_util::future::join_all(many).await;
        for (n, id) in ids.into_iter().enumerate() {
            assert!(bytes(&ctx, all[n % all.len()], id.unwrap()).await.unwrap() == whole);
        }
        assert_eq!(objects(&world).len(), 1);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_leaves_nothing() {
    on_both(async |world| {
        let person = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let lie = add(&ctx, person, "a.png", PDF).await;
        assert!(matches!(lie, Err(DocumentError::Refusal(DocumentRefusal::Lies { .. }))));
        assert!(matches!(add(&ctx, person, "a.exe", PDF).await, Err(DocumentError::Refusal(_))));
        assert!(matches!(add(&ctx, person, "a.pdf", b"").await, Err(DocumentError::Refusal(_))));
        let said = |kind: &str, label: String| Described {
            file_name: "a.pdf".to_owned(),
            kind: kind.to_owned(),
            label,
        };
        let odd = add_said(&ctx, person, said("passport", String::new()), PDF).await;
        assert!(matches!(odd, Err(DocumentError::Kind)));
        let long_label = add_said(&ctx, person, said("cv", "é".repeat(121)), PDF).await;
        assert!(matches!(long_label, Err(DocumentError::Label)));
        drop(receive(&ctx, person).await.unwrap());
        assert_eq!(files(&world.department.documents), Vec::<PathBuf>::new());
        assert_eq!(acts(&world, person).await, Vec::<String>::new());
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_and_a_person_have_a_limit_that_the_departement_sets() {
    on_both(async |world| {
        let all = people(&world).await;
        let ctx = world.user(&[Role::TeamLead]);
        let tx = ctx.db().begin().await.unwrap();
        for (key, value) in [("documents.largest_mib", "1"), ("documents.person_mib", "2")] {
            let (key, value) = (key.to_owned(), value.to_owned());
            let own = Parameter { key, since: ctx.today(), value, source: "essai".to_owned() };
            store::settings::set_value(&tx, own).await.unwrap();
        }
        tx.commit().await.unwrap();
        let over = add(&ctx, all[0], "a.pdf", &long(1_100_000)).await;
        assert!(matches!(&over, Err(DocumentError::TooLarge(1))), "{over:?}");
        let one = add(&ctx, all[0], "a.pdf", &long(900_000)).await.unwrap();
        add(&ctx, all[0], "b.pdf", &long(950_000)).await.unwrap();
        let full = add(&ctx, all[0], "c.pdf", &long(400_000)).await;
        assert!(matches!(full, Err(DocumentError::PersonFull(2))));
        add(&ctx, all[1], "c.pdf", &long(400_000)).await.unwrap();
        remove(&ctx, all[0], one, WHY).await.unwrap();
        add(&ctx, all[0], "c.pdf", &long(400_000)).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_see_does_not_exist() {
    on_both(async |world| {
        let all = people(&world).await;
        let lead = world.user(&[Role::TeamLead]);
        let id = add(&lead, all[0], "a.pdf", PDF).await.unwrap();
        assert!(matches!(bytes(&lead, all[1], id).await, Err(DocumentError::Unknown)), "another person's");
        let coach = world.user(&[Role::JobCoach]);
        for refused in [
            documents(&coach, all[0]).await.map(|_| ()),
            bytes(&coach, all[0], id).await.map(|_| ()),
            add(&coach, all[0], "b.pdf", PDF).await.map(|_| ()),
            remove(&coach, all[0], id, WHY).await,
        ] {
            assert!(matches!(refused, Err(DocumentError::People(PeopleError::Unknown))), "{refused:?}");
        }
        let others = [Role::Operator, Role::Partner, Role::Admin, Role::Dpo, Role::Manager, Role::AidOfficer];
        for role in others {
            let refused = documents(&world.user(&[role]), all[0]).await;
            assert!(matches!(refused, Err(DocumentError::People(PeopleError::Refused(_)))), "{role:?}");
        }
        assert_eq!(acts(&world, all[0]).await, ["add_document"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_document_can_no_longer_be_read_and_says_why() {
    on_both(async |world| {
        let person = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let id = add(&ctx, person, "a.pdf", PDF).await.unwrap();
        assert!(matches!(remove(&ctx, person, id, " erreur ").await, Err(DocumentError::Reason)));
        remove(&ctx, person, id, WHY).await.unwrap();
        assert!(matches!(remove(&ctx, person, id, WHY).await, Err(DocumentError::Unknown)));
        assert!(matches!(bytes(&ctx, person, id).await, Err(DocumentError::Unknown)));
        let line = documents(&ctx, person).await.unwrap().remove(0);
        assert_eq!(line.removed.map(|(_, _, why)| why).as_deref(), Some(WHY));
        assert_eq!(acts(&world, person).await, ["add_document", "remove_document"]);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_was_changed_cut_exchanged_or_taken_is_never_shown_and_is_told() {
    on_both(async |world| {
        let person = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let id = add(&ctx, person, "a.pdf", &long(200_000)).await.unwrap();
        let path = objects(&world).remove(0);
        let whole = std::fs::read(&path).unwrap();
        let other = add(&ctx, person, "b.pdf", &long(200_050)).await.unwrap();
        let elsewhere = objects(&world).into_iter().find(|one| *one != path).unwrap();
        let mut changed = whole.clone();
        changed[150_000] ^= 1;
        let mut swapped = std::fs::read(&elsewhere).unwrap();
        swapped.truncate(whole.len());
        let wrong = [changed, whole[..whole.len() - 1].to_vec(), [&whole[..], b"x"].concat(), swapped];
        for (n, wrong) in wrong.iter().enumerate() {
            std::fs::write(&path, wrong).unwrap();
            let got = bytes(&ctx, person, id).await;
            assert!(matches!(got, Err(DocumentError::Object(ObjectError::Changed))), "{n}");
            let told = check(&ctx).await.unwrap();
            assert!(told.len() == 1 && told[0].contains("changés, coupés ou échangés"), "{n} {told:?}");
        }
        std::fs::remove_file(&path).unwrap();
        let got = bytes(&ctx, person, id).await;
        assert!(matches!(got, Err(DocumentError::Object(ObjectError::Missing))));
        assert!(check(&ctx).await.unwrap()[0].contains("n’ont plus leurs octets"));
        std::fs::write(&path, &whole).unwrap();
        sound(&world).await;
        bytes(&ctx, person, other).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_addition_cut_short_leaves_is_told_then_swept() {
    on_both(async |world| {
        let person = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let id = add(&ctx, person, "a.pdf", PDF).await.unwrap();
        let folder = world.department.documents.join("objects/zz");
        std::fs::create_dir_all(&folder).unwrap();
        let left =
            [folder.join("orphan"), folder.join("orphan#1"), world.department.incoming().join("draft")];
        for path in &left {
            std::fs::write(path, "noise").unwrap();
            let file = std::fs::File::options().write(true).open(path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Span::from_secs(1_000_000_000)).unwrap();
        }
        assert!(check(&ctx).await.unwrap()[0].contains("ne sont nommés par aucun document"));
        assert_eq!(sweep(&ctx).await.unwrap(), Swept { orphans: 1, drafts: 2, ..Swept::default() });
        assert!(left.iter().all(|path| !path.exists()));
        assert_eq!(bytes(&ctx, person, id).await.unwrap(), PDF);
        sound(&world).await;
    })
    .await;
}
