//! Documents in a bucket of a real S3 server, on both engines: as in a folder, and what is told when the server goes away.

use std::path::{Path, PathBuf};

use app::privacy::documents::{DocumentError, ObjectError, Swept, check, documents, remove, sweep};
use chrono::Duration;
use domain::access::role::Role;
use store::privacy::objects::{Bucket, Objects};
use testkit::s3::{BUCKET, KEY, KEY_ID, S3};
use testkit::world::{World, on_both};

use crate::documents::{CANARY, WHY, acts, add, bytes, files, long, people, sound};

fn bucket(server: &S3) -> Bucket {
    Bucket {
        endpoint: server.url(),
        region: "fr-par".to_owned(),
        path_style: true,
        name: BUCKET.to_owned(),
        prefix: "45/objects".to_owned(),
        key_id: KEY_ID.to_owned(),
        key: KEY.to_owned(),
    }
}

fn with_server(world: World) -> (World, S3) {
    let server = S3::start();
    let objects = Objects::in_bucket(&bucket(&server)).unwrap();
    (world.with_objects(objects), server)
}

/// The objects that the server shows.
fn objects(server: &S3) -> Vec<PathBuf> {
    files(&server.folder())
}

fn holds_the_canary(folder: &Path) -> bool {
    files(folder).iter().any(|path| {
        let raw = std::fs::read(path).unwrap();
        raw.windows(CANARY.len()).any(|window| window == CANARY.as_bytes())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_goes_to_the_bucket_comes_back_and_ends_there() {
    on_both(async |world| {
        let (world, server) = with_server(world);
        let all = people(&world).await;
        let ctx = world.user(&[Role::TeamLead]);
        // One request, then several parts.
        for size in [300_000, 9_000_000] {
            let whole = long(size);
            let id = add(&ctx, all[0], "a.pdf", &whole).await.unwrap();
            assert!(bytes(&ctx, all[0], id).await.unwrap() == whole, "{size}");
        }
        assert_eq!(objects(&server).len(), 2);
        assert!(objects(&server).iter().all(|path| path.starts_with(server.folder().join("45/objects"))));
        assert!(!holds_the_canary(server.root()), "the server reads nothing");
        assert!(files(&world.department.documents).is_empty(), "nothing stays on this machine");
        sound(&world).await;

        for line in documents(&ctx, all[0]).await.unwrap() {
            remove(&ctx, all[0], line.id, WHY).await.unwrap();
        }
        world.wait(Duration::days(91));
        assert_eq!(sweep(&ctx).await.unwrap().ended, 2);
        assert_eq!(objects(&server).len(), 2, "a backup that began before may still copy them");
        world.wait(Duration::hours(25));
        assert_eq!(sweep(&ctx).await.unwrap(), Swept { forgotten: 2, ..Swept::default() });
        assert_eq!(objects(&server), Vec::<PathBuf>::new());
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_or_taken_on_the_server_is_told_and_a_stranger_is_swept() {
    on_both(async |world| {
        let (world, server) = with_server(world);
        let person = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let id = add(&ctx, person, "a.pdf", &long(200_000)).await.unwrap();
        let path = objects(&server).remove(0);
        let whole = std::fs::read(&path).unwrap();
        let mut changed = whole.clone();
        changed[150_000] ^= 1;
        for wrong in [&changed[..], &whole[..whole.len() - 1]] {
            std::fs::write(&path, wrong).unwrap();
            let got = bytes(&ctx, person, id).await;
            assert!(matches!(got, Err(DocumentError::Object(ObjectError::Changed))), "{got:?}");
            assert!(check(&ctx).await.unwrap()[0].contains("changés, coupés ou échangés"));
        }
        std::fs::remove_file(&path).unwrap();
        let got = bytes(&ctx, person, id).await;
        assert!(matches!(got, Err(DocumentError::Object(ObjectError::Missing))), "{got:?}");
        assert!(check(&ctx).await.unwrap()[0].contains("n’ont plus leurs octets"));
        std::fs::write(&path, &whole).unwrap();
        sound(&world).await;

        let stranger = path.with_file_name("stranger");
        std::fs::write(&stranger, "noise").unwrap();
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        std::fs::File::options().write(true).open(&stranger).unwrap().set_modified(long_ago).unwrap();
        assert!(check(&ctx).await.unwrap()[0].contains("ne sont nommés par aucun document"));
        assert_eq!(sweep(&ctx).await.unwrap(), Swept { orphans: 1, ..Swept::default() });
        assert!(!stranger.exists());
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_in_the_middle_leaves_nothing_half_written() {
    on_both(async |world| {
        let (world, mut server) = with_server(world);
        let person = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let kept = add(&ctx, person, "a.pdf", &long(100_000)).await.unwrap();
        // In the middle of the one request, of the first part, of the last part.
        for (size, received) in [(300_000, 150_000), (9_000_000, 3_000_000), (9_000_000, 8_500_000)] {
            server.die_after(received);
            let whole = long(size + 1);
            let refused = add(&ctx, person, "b.pdf", &whole).await.unwrap_err();
            assert!(matches!(refused, DocumentError::Object(ObjectError::Away(_))), "{refused:?}");
            let told = refused.to_string();
            assert!(told.contains("ne répond pas (le serveur S3 ne répond pas)"), "{told}");
            assert!(!told.contains("127.0.0.1") && !told.contains("rror"), "{told}");
            let away = bytes(&ctx, person, kept).await.unwrap_err();
            assert!(matches!(away, DocumentError::Object(ObjectError::Away(_))), "{away:?}");
            assert!(check(&ctx).await.is_err(), "what cannot be looked at is not said to be sound");

            server.wake();
            assert_eq!(documents(&ctx, person).await.unwrap().len(), 1);
            assert_eq!(objects(&server).len(), 1, "{size} {received}");
            assert!(files(&world.department.documents).is_empty());
            sound(&world).await;
        }
        assert!(!holds_the_canary(server.root()), "halves of uploads are sealed too");
        let whole = long(9_000_001);
        let id = add(&ctx, person, "b.pdf", &whole).await.unwrap();
        assert!(bytes(&ctx, person, id).await.unwrap() == whole);
        let acts = acts(&world, person).await;
        assert_eq!(acts.iter().filter(|act| *act == "add_document").count(), 2, "{acts:?}");
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_is_tried_out_and_each_fault_has_its_words() {
    let server = S3::start();
    let tried = async |bucket: Bucket| Objects::in_bucket(&bucket).unwrap().try_out("doctor/1").await;
    let usual = bucket(&server);
    tried(usual.clone()).await.unwrap();
    assert_eq!(objects(&server), Vec::<PathBuf>::new(), "the trial leaves nothing");
    assert_eq!(format!("{usual:?}"), format!("Bucket({}/{BUCKET}/45/objects)", server.url()));
    for (wrong, told) in [
        (Bucket { key: "another".to_owned(), ..usual.clone() }, "clés d’accès"),
        (Bucket { name: "absent".to_owned(), ..usual.clone() }, "n’existe pas"),
        (Bucket { endpoint: "http://127.0.0.1:1".to_owned(), ..usual.clone() }, "ne répond pas"),
    ] {
        let why = tried(wrong).await.unwrap_err();
        assert!(why.contains(told) && !why.contains(KEY), "{why}");
    }
}
