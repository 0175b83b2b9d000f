//! Is it the same person? Decided, journalled, undone, on both engines.

use std::io::Write;
use std::path::Path;

use app::Context;
use app::intake::digest::digest;
use app::intake::import::{ImportInput, import_file};
use app::intake::profiles;
use app::intake::review::{self, Decision, Fact, Queue, ReviewError};
use app::people::list::{Filter, Order, Page, Sort};
use chrono::Duration;
use domain::access::role::Role;
use domain::intake::matching::Doubt;
use exchange::spreadsheet::{Column, Field, Profile};
use store::intake::review::ReviewRow;
use store::people::PersonRow;
use uuid::Uuid;

use testkit::world::{World, on_both_in};

const OTHER_BIRTH_DATE: &str =
    "Nom;Prénom;Naissance;NIR;Tél\nBullock;Eta;12/07/1973;2730799404078;0639980004\n";

async fn import(world: &World, name: &str, bytes: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let input = ImportInput { path: file.path(), file_name: name.to_owned(), profile: None };
    import_file(&world.system(), input, |_, _| {}).await.unwrap();
}

async fn sample(world: &World) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/RSABEM.xml");
    import(world, "RSABEM.xml", &std::fs::read(path).unwrap()).await;
}

async fn sheet(world: &World, text: &str) {
    let fields = [Field::LastName, Field::FirstName, Field::BirthDate, Field::Nir, Field::Phone];
    let columns = ["Nom", "Prénom", "Naissance", "NIR", "Tél"].into_iter().zip(fields);
    let columns =
        columns.map(|(header, field)| Column { header: header.to_owned(), field, optional: false }).collect();
    profiles::save(&world.system(), Profile { name: "essai".to_owned(), columns }).await.unwrap();
    import(world, "liste.csv", text.as_bytes()).await;
}

async fn everybody(world: &World) -> Vec<PersonRow> {
    let page = Page { after: None, limit: 50 };
    let sort = (Sort::Name, Order::Ascending);
    let listed = app::people::list::list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row).collect()
}

async fn the_question(ctx: &Context) -> Uuid {
    let list = review::list(ctx, Queue::Open, None).await.unwrap();
    assert_eq!((list.rows.len(), list.open, list.next), (1, 1, None));
    list.rows[0].id
}

pub(crate) async fn ask(world: &World, a: Uuid, b: Uuid, doubt: Doubt) -> Uuid {
    let id = world.app.ids.make();
    let (person_a, person_b) = (a.min(b), a.max(b));
    let row = ReviewRow {
        id,
        person_a,
        person_b,
        doubt: doubt.code().to_owned(),
        import_id: None,
        status: review::status::OPEN.to_owned(),
        asked_at: world.app.clock.now(),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        undo: None,
        kept_nir_sealed: None,
        kept_nir_index: None,
    };
    let tx = world.department.db.begin().await.unwrap();
    store::intake::review::ask(&tx, vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn acts(world: &World) -> Vec<String> {
    let filter = store::audit::JournalFilter { limit: 5, ..Default::default() };
    let page = app::audit::page(&world.system(), &filter).await.unwrap();
    page.into_iter().map(|line| line.row.act).collect()
}

async fn sound(world: &World) {
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_keeps_both_sources_and_undoing_it_gives_back_what_was_known() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        sheet(&world, OTHER_BIRTH_DATE).await;
        let ctx = world.user(&[Role::TeamLead]);
        let (known, before) = (digest(&ctx).await.unwrap(), everybody(&world).await);
        let id = the_question(&ctx).await;
        review::decide(&ctx, id, Decision::Same, "Vue au guichet avec sa carte.").await.unwrap();
        let after = everybody(&world).await;
        assert_eq!((before.len(), after.len()), (4, 3));
        let root = after.iter().find(|p| p.last_name == "Bullock").unwrap();
        assert_eq!((root.subject, root.match_open, root.state.as_str()), (true, false, "to_orient"));
        let file = app::people::person::open(&ctx, root.id, domain::audit::Part::Essential).await.unwrap();
        assert_eq!(file.reach.ways.len(), 1, "the contact of the record that joined is read too");
        assert_ne!(digest(&ctx).await.unwrap(), known);
        let found = app::people::search::search(&ctx, "06 39 98 00 04").await.unwrap();
        let name = app::people::search::search(&ctx, "bulock").await.unwrap();
        assert_eq!(
            (found.rows.len(), name.rows.len()),
            (1, 1),
            "the phone of the record that joined finds the one that speaks for it"
        );
        sound(&world).await;
        let decided = review::list(&ctx, Queue::Decided, None).await.unwrap();
        let line = decided.rows[0].decided.clone().unwrap();
        assert_eq!(line.reason.as_deref(), Some("Vue au guichet avec sa carte."));
        review::undo(&ctx, id).await.unwrap();
        assert_eq!(everybody(&world).await, before);
        assert_eq!(digest(&ctx).await.unwrap(), known);
        assert_eq!(acts(&world).await, ["undo_merge", "search", "search", "read_person", "merge"]);
        assert!(matches!(review::undo(&ctx, id).await, Err(ReviewError::NotDecided)));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_a_spreadsheet_takes_the_right_of_the_one_that_joins_it_and_gives_it_back() {
    on_both_in("52", |world| async move {
        sheet(&world, OTHER_BIRTH_DATE).await;
        world.wait(Duration::days(2));
        sample(&world).await;
        let ctx = world.user(&[Role::TeamLead]);
        let (known, before) = (digest(&ctx).await.unwrap(), everybody(&world).await);
        let id = the_question(&ctx).await;
        review::decide(&ctx, id, Decision::Same, "").await.unwrap();
        let all = everybody(&world).await;
        let root = all.iter().find(|p| p.last_name == "Bullock").unwrap();
        assert_eq!((root.subject, root.right_state.as_deref()), (true, Some("4")));
        assert!(root.household_id.is_some() && root.asked_for_help);
        assert_eq!(root.reception.unwrap().to_string(), "2022-03-05", "the first file that told it");
        sound(&world).await;
        // A later file that names the person again finds the record that speaks.
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/RSABEM.xml");
        let next = String::from_utf8_lossy(&std::fs::read(path).unwrap()).replace("2022-02-28", "2022-03-31");
        let next = next.replace("2022-03-05", "2022-04-05").replace("<ETATDOSRSA>4", "<ETATDOSRSA>2");
        import(&world, "mars.xml", next.as_bytes()).await;
        assert_eq!(everybody(&world).await.len(), 3);
        sound(&world).await;
        review::undo(&ctx, id).await.unwrap();
        let parted = everybody(&world).await;
        let both: Vec<_> = parted.iter().filter(|p| p.last_name == "Bullock").collect();
        assert_eq!(both.len(), 2);
        let alone = both.iter().find(|p| p.household_id.is_none()).unwrap();
        assert_eq!((alone.state.as_str(), alone.right_state.as_deref()), ("to_orient", None));
        assert_eq!(alone.reception.unwrap().to_string(), "2026-11-26");
        let payer = both.iter().find(|p| p.household_id.is_some()).unwrap();
        assert_eq!((payer.right_state.as_deref(), payer.subject), (Some("2"), true));
        assert_eq!(before.len(), parted.len());
        assert_ne!(digest(&ctx).await.unwrap(), known, "the month of March is known since");
        sound(&world).await;
    })
    .await;
}

/// The sample of another month in which Eta Bullock is called otherwise.
fn renamed(name: &str, day: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/RSABEM.xml");
    let month = String::from_utf8_lossy(&std::fs::read(path).unwrap()).replace("2022-02-28", day);
    month.replace("<NOM>BULLOCK</NOM>", &format!("<NOM>{name}</NOM>")).into_bytes()
}

async fn nir(ctx: &Context, id: Uuid) -> String {
    app::people::nir::reveal(ctx, id, "Vérifier le rapprochement").await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_shows_the_freshest_identity_and_nir_of_both_and_undoing_gives_each_its_own() {
    on_both_in("52", |world| async move {
        // A spreadsheet first: the record that stays is the one without a payer's word.
        sheet(&world, "Nom;Prénom;Naissance;NIR;Tél\nBuloc;Eta;21/07/1973;;0639980004\n").await;
        world.wait(Duration::days(1));
        sample(&world).await;
        let ctx = world.user(&[Role::TeamLead]);
        let (known, before) = (digest(&ctx).await.unwrap(), everybody(&world).await);
        let of = |all: &[PersonRow], name: &str| all.iter().find(|p| p.last_name == name).cloned().unwrap();
        let (old, fresh) = (of(&before, "Buloc"), of(&before, "Bullock"));
        assert!(old.id < fresh.id && old.nir_sealed.is_none());
        let id = match review::list(&ctx, Queue::Open, None).await.unwrap().rows.first() {
            Some(line) => line.id,
            None => ask(&world, old.id, fresh.id, Doubt::CloseNames).await,
        };
        review::decide(&ctx, id, Decision::Same, "").await.unwrap();
        let root = of(&everybody(&world).await, "Bullock");
        assert_eq!((root.id, root.sort_name.as_str()), (old.id, "bullock eta"));
        assert_eq!(nir(&ctx, root.id).await, "2730799404078");
        let page = review::open(&ctx, id).await.unwrap();
        assert_eq!(page.left.identity.last_name, "Buloc", "each side shows what it was by itself");
        assert_eq!(page.right.identity.last_name, "Bullock");
        sound(&world).await;
        // A later file that names the record that joined changes what is shown.
        import(&world, "mars.xml", &renamed("BULLOCK MARTIN", "2022-03-31")).await;
        let root = everybody(&world).await.into_iter().find(|p| p.id == old.id).unwrap();
        assert_eq!(root.last_name, "Bullock Martin");
        for (words, found) in [("bullock martin", 1), ("buloc", 1)] {
            let seen = app::people::search::search(&ctx, words).await.unwrap();
            assert_eq!((seen.rows.len(), seen.rows[0].row.id), (found, old.id), "{words}");
        }
        review::undo(&ctx, id).await.unwrap();
        let parted = everybody(&world).await;
        let back = of(&parted, "Buloc");
        assert_eq!((back.id, &back.nir_sealed, &back.identity_stamp), (old.id, &None, &None));
        assert_eq!(of(&parted, "Bullock Martin").id, fresh.id, "its own file told it since");
        assert_ne!(digest(&ctx).await.unwrap(), known, "the month of March is known since");
        let found = app::people::search::search(&ctx, "buloc").await.unwrap();
        assert!(found.rows.iter().any(|entry| entry.row.id == old.id));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nir_that_a_merge_replaces_comes_back_with_its_undoing() {
    on_both_in("52", |world| async move {
        // Another valid NIR, told by a spreadsheet: the payer's is fresher.
        sheet(&world, "Nom;Prénom;Naissance;NIR;Tél\nBulloc;Eta;21/07/1973;2820251108030;0639980004\n").await;
        world.wait(Duration::days(1));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/RSABEM.xml");
        let month =
            String::from_utf8_lossy(&std::fs::read(path).unwrap()).replace("2820251108030", "2820251108999");
        import(&world, "RSABEM.xml", month.as_bytes()).await;
        let ctx = world.user(&[Role::TeamLead]);
        let before = everybody(&world).await;
        let of = |name: &str| before.iter().find(|p| p.last_name == name).cloned().unwrap();
        let (old, fresh) = (of("Bulloc"), of("Bullock"));
        let known = digest(&ctx).await.unwrap();
        let id = ask(&world, old.id, fresh.id, Doubt::CloseNames).await;
        review::decide(&ctx, id, Decision::Same, "").await.unwrap();
        assert_eq!(nir(&ctx, old.id).await, "2730799404078");
        let page = review::open(&ctx, id).await.unwrap();
        assert!(page.differing.contains(&Fact::Nir), "what differed is still told");
        review::undo(&ctx, id).await.unwrap();
        assert_eq!(nir(&ctx, old.id).await, "2820251108030");
        assert_eq!(nir(&ctx, fresh.id).await, "2730799404078");
        assert_eq!(digest(&ctx).await.unwrap(), known);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_two_records_are_shown_side_by_side_without_any_nir_in_clear() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        sheet(&world, OTHER_BIRTH_DATE).await;
        let ctx = world.user(&[Role::TeamLead]);
        let id = the_question(&ctx).await;
        let page = review::open(&ctx, id).await.unwrap();
        assert_eq!(page.doubt, Some(Doubt::SameNir));
        assert_eq!(page.differing, [Fact::BirthDate]);
        assert_eq!(page.agreeing, [Fact::LastName, Fact::BirthName, Fact::FirstName, Fact::Nir]);
        assert_eq!(page.left.nir_masked.as_deref(), Some("2 73 •• •• ••• •••"));
        assert!(!format!("{page:?}").contains("2730799404078"));
        assert_eq!((page.left.places.len(), page.right.places.len()), (1, 0));
        assert!(page.left.address.as_deref().unwrap().contains("92300"));
        assert_eq!(page.left.first_file.unwrap().name, "RSABEM.xml");
        assert_eq!(page.right.last_file.unwrap().name, "liste.csv");
        assert_eq!(page.right.contacts[0].value, "+33639980004");
        assert_eq!(acts(&world).await[..2], ["read_person", "read_person"]);
        for role in [Role::Operator, Role::SocialReferent, Role::Admin, Role::Manager] {
            let refused = review::open(&world.user(&[role]), id).await;
            assert!(matches!(refused, Err(ReviewError::Denied(_))), "{role:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_said_distinct_are_never_asked_again() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        sheet(&world, OTHER_BIRTH_DATE).await;
        let ctx = world.user(&[Role::TeamLead]);
        let id = the_question(&ctx).await;
        review::decide(&ctx, id, Decision::Distinct, "").await.unwrap();
        assert!(everybody(&world).await.iter().all(|p| !p.match_open));
        sheet(&world, &format!("{OTHER_BIRTH_DATE}\n")).await;
        assert_eq!(review::list(&ctx, Queue::Open, None).await.unwrap().open, 0);
        assert_eq!(everybody(&world).await.len(), 4);
        assert!(acts(&world).await.contains(&"keep_apart".to_owned()));
        review::undo(&ctx, id).await.unwrap();
        assert_eq!(the_question(&ctx).await, id);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_adults_of_one_household_are_never_merged() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        let all = everybody(&world).await;
        let find = |name: &str| all.iter().find(|p| p.last_name == name).unwrap().id;
        let id = ask(&world, find("Tifour"), find("Keller"), Doubt::CloseNames).await;
        let ctx = world.user(&[Role::TeamLead]);
        let refused = review::decide(&ctx, id, Decision::Same, "").await;
        assert!(matches!(refused, Err(ReviewError::OneHousehold)), "{refused:?}");
        assert_eq!(everybody(&world).await.len(), 3);
        review::decide(&ctx, id, Decision::Distinct, "").await.unwrap();
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_in_two_households_is_closed_without_a_merge() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        let person = everybody(&world).await[0].id;
        let id = ask(&world, person, person, Doubt::TwoHouseholds).await;
        let ctx = world.user(&[Role::TeamLead]);
        let refused = review::decide(&ctx, id, Decision::Distinct, "").await.unwrap_err();
        assert!(refused.to_string().contains("signalez-le"), "{refused}");
        review::decide(&ctx, id, Decision::Same, "").await.unwrap();
        assert_eq!(everybody(&world).await.len(), 3);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_decisions_at_once_the_second_is_told_who_decided() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        sheet(&world, OTHER_BIRTH_DATE).await;
        let (one, two) = (world.user(&[Role::TeamLead]), world.user(&[Role::TeamLead]));
        let id = the_question(&one).await;
        let (a, b) = tokio::join!(
            review::decide(&one, id, Decision::Same, ""),
            review::decide(&two, id, Decision::Distinct, "")
        );
        let refused = [a, b].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(matches!(refused.as_slice(), [ReviewError::Decided { .. }]), "{refused:?}");
        assert!(refused[0].to_string().contains("26 novembre 2026"), "{}", refused[0]);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn merges_are_undone_in_the_reverse_order() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        sheet(&world, OTHER_BIRTH_DATE).await;
        let again = OTHER_BIRTH_DATE.replace("12/07/1973", "13/07/1973");
        sheet(&world, &again).await;
        let ctx = world.user(&[Role::TeamLead]);
        let (known, before) = (digest(&ctx).await.unwrap(), everybody(&world).await);
        let questions: Vec<Uuid> =
            review::list(&ctx, Queue::Open, None).await.unwrap().rows.iter().map(|r| r.id).collect();
        assert_eq!(questions.len(), 3, "each of the three with each");
        // The two records of spreadsheets first: the last one then moves with the second to the first.
        for id in [questions[2], questions[0]] {
            world.wait(Duration::minutes(1));
            review::decide(&ctx, id, Decision::Same, "").await.unwrap();
            sound(&world).await;
        }
        assert_eq!(everybody(&world).await.len(), 3);
        let moot = review::decide(&ctx, questions[1], Decision::Distinct, "").await;
        assert!(matches!(moot, Err(ReviewError::AlreadyOne)), "{moot:?}");
        assert!(matches!(review::undo(&ctx, questions[2]).await, Err(ReviewError::LaterMerge)));
        for id in [questions[0], questions[2]] {
            review::undo(&ctx, id).await.unwrap();
            sound(&world).await;
        }
        assert_eq!(everybody(&world).await, before);
        assert_eq!(digest(&ctx).await.unwrap(), known);
    })
    .await;
}
