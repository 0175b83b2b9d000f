//! A person passes from one département to another, between both engines: nothing is lost, nothing is left readable.

use std::path::Path as FsPath;

use app::Context;
use app::orientation::{AnswersInput, DecisionInput, decide, save_answers, take};
use app::people::PeopleError;
use app::people::notes::{Level, NoteInput, add_note};
use app::people::person::open;
use app::people::transfer::{
    How, Made, ReceiveInput, ReceivedItem, TransferError, TransferInput, cancel, close, export, own_key,
    passages, preview, receive, received, receiving_territories, save_peer,
};
use chrono::Duration;
use domain::access::relation::Relation;
use domain::access::role::Role;
use domain::access::side::Side;
use domain::audit::Part;
use domain::followup::path::PathState;
use domain::orientation::condition::{Values, values};
use domain::orientation::rules::{Organisation, Path};
use domain::people::transfer::Standing;
use exchange::transfer::{KeyPair, PublicKey, TransferRefusal};
use store::people::{PersonRow, one};
use testkit::world::{World, on_postgres, on_sqlite};
use uuid::Uuid;

use super::documents::{CANARY as IN_DOCUMENTS, add, bytes, files, long, people, sound};

/// What nobody who holds the file may read.
const CANARY: &str = "canari-9K2T-transfert";

/// Two départements that know each other's keys, and somebody of the first one whose file is full.
struct Pair {
    from: World,
    to: World,
    lead: Context,
    there: Context,
    person: Uuid,
    social: Uuid,
    document: Uuid,
}

impl Pair {
    async fn of(from: World, to: World) -> Self {
        know_each_other(&from, &to).await;
        let person = people(&from).await[0];
        let lead = from.acting(from.account(Role::TeamLead, None).await).await;
        let there = to.acting(to.account(Role::TeamLead, None).await).await;
        let social = from.account(Role::SocialReferent, None).await;
        let mut pair = Self { from, to, lead, there, person, social, document: Uuid::nil() };
        Box::pin(pair.fill()).await;
        pair
    }

    /// Notes of every level, a call, a decision, a referent, a document.
    async fn fill(&mut self) {
        let world = &self.from;
        let operator = world.acting(world.account(Role::Operator, None).await).await;
        take(&operator, self.person).await.unwrap();
        let typed: Values = values([("call_ok", "yes".to_owned()), ("wish", "quick_job".to_owned())]);
        let input = AnswersInput { shown: typed.keys().cloned().collect(), typed, draft: Values::new() };
        save_answers(&operator, self.person, 0, &input).await.unwrap();
        let decision = DecisionInput {
            path: Some(Path::Social),
            organisation: Some(Organisation::Departement),
            reason: format!("raison {CANARY}"),
            explanation: format!("explication {CANARY}"),
            ..DecisionInput::default()
        };
        decide(&operator, self.person, &decision).await.unwrap();
        world.follow(self.person, self.social, "social").await;
        let social = world.acting(self.social).await;
        for (level, text) in [
            (Level::Author, "garde"),
            (Level::Social, "sociale"),
            (Level::Pair, "binome"),
            (Level::Team, "equipe"),
        ] {
            let input = NoteInput { text: format!("{text} {CANARY}"), level: Some(level), confirmed: true };
            add_note(&social, self.person, &input).await.unwrap();
        }
        self.document = add(&self.lead, self.person, &format!("{CANARY}.pdf"), &long(300_000)).await.unwrap();
    }

    async fn row(&self) -> PersonRow {
        rows(&self.from, self.person).await
    }

    async fn leave(&self) -> Made {
        export(&self.lead, self.person, &input(&self.to)).await.unwrap()
    }

    async fn arrive(&self, file: &[u8]) -> Result<app::people::transfer::Receipt, TransferError> {
        let territory = app::settings::territories(&self.there).await.unwrap().remove(0).code;
        receive(&self.there, ReceiveInput { bytes: file, territory: Some(&territory) }).await
    }
}

fn input(to: &World) -> TransferInput {
    TransferInput { to: to.department.code.clone(), reason: format!("déménage {CANARY}") }
}

async fn rows(world: &World, person: Uuid) -> PersonRow {
    one::rows(world.department.db.read(), &[person]).await.unwrap().remove(0)
}

async fn know_each_other(a: &World, b: &World) {
    for (one, other) in [(a, b), (b, a)] {
        let key = own_key(&other.system()).await.unwrap().text();
        save_peer(&one.user(&[Role::Admin]), &key).await.unwrap();
    }
}

/// Runs a story from SQLite to PostgreSQL, then the other way.
async fn both_ways<F: Future<Output = ()>>(story: impl Fn(Pair) -> F) {
    Box::pin(story(Pair::of(on_sqlite("55").await, on_postgres("38").await).await)).await;
    Box::pin(story(Pair::of(on_postgres("55").await, on_sqlite("38").await).await)).await;
}

async fn all_received(world: &World, person: Uuid, relation: Relation) -> Vec<ReceivedItem> {
    received(&world.system(), &[person], &[relation], false).await.unwrap()
}

fn texts(items: &[ReceivedItem]) -> Vec<String> {
    items.iter().flat_map(|item| item.facts.iter().map(|fact| fact.text.clone())).collect()
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_ought_to_travel_arrives_and_the_path_goes_on() {
    both_ways(async |pair| {
        let before = open(&pair.from.system(), pair.person, Part::Essential).await.unwrap();
        let made = pair.leave().await;
        let got = pair.arrive(&made.bytes).await.unwrap();
        assert!(got.created && !got.already && got.from == "Meuse", "{got:?}");
        let after = open(&pair.to.system(), got.person, Part::Essential).await.unwrap();

        let identity = |row: &PersonRow| {
            (
                row.last_name.clone(),
                row.birth_name.clone(),
                row.first_name.clone(),
                row.birth_date,
                row.sex.clone(),
            )
        };
        assert_eq!(identity(&after.row), identity(&before.row));
        assert_eq!((after.nir_masked, after.france_travail), (before.nir_masked, before.france_travail));
        assert_eq!((&after.row.family, after.row.dependants), (&before.row.family, before.row.dependants));
        let clear = |world: &World, row: &PersonRow| {
            let keys = world.department.db.keys();
            row.nir_sealed.as_ref().map(|sealed| keys.decrypt_text(store::sealed::NIR.place, sealed).unwrap())
        };
        assert_eq!(clear(&pair.to, &after.row), clear(&pair.from, &before.row));
        assert!(clear(&pair.to, &after.row).is_some());

        let social = all_received(&pair.to, got.person, Relation::Own(Side::Social)).await;
        let coach = all_received(&pair.to, got.person, Relation::Own(Side::Employment)).await;
        let says = |items: &[ReceivedItem], text: &str| texts(items).iter().any(|one| one.contains(text));
        for text in ["sociale", "binome", "equipe", "explication", "raison"] {
            assert!(says(&social, text), "{text}");
        }
        assert!(!says(&social, "garde") && !says(&coach, "garde"), "what an author keeps stays");
        assert!(!says(&coach, "sociale") && says(&coach, "binome"), "levels hold in the other département");
        let kinds: std::collections::BTreeSet<&str> = social.iter().map(|item| item.kind.as_str()).collect();
        for kind in ["note", "decision", "referent", "attempt", "right"] {
            assert!(kinds.contains(kind), "{kind}: {kinds:?}");
        }
        assert!(social.iter().all(|item| item.office == "Meuse"));
        let operator = all_received(&pair.to, got.person, Relation::Queue).await;
        assert!(operator.iter().any(|item| item.kind == "call"), "operators read the answers of the call");

        let documents = app::privacy::documents::documents(&pair.there, got.person).await.unwrap();
        assert_eq!(documents.len(), 1);
        let copied = bytes(&pair.there, got.person, documents[0].id).await.unwrap();
        assert!(copied == bytes(&pair.lead, pair.person, pair.document).await.unwrap());

        assert_eq!(after.row.state, PathState::ToOrient.code());
        assert_eq!(after.row.reception, Some(pair.there.today()));
        assert!(after.row.due_on.is_some());
        let left = pair.row().await;
        assert_eq!((left.state.as_str(), left.due_kind.as_deref()), ("exited", Some("confirm_transfer")));
        sound(&pair.from).await;
        sound(&pair.to).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_the_file_or_the_disks_reads_nothing() {
    both_ways(async |pair| {
        let row = pair.row().await;
        let nir = pair.from.department.db.keys();
        let nir = nir.decrypt_text(store::sealed::NIR.place, row.nir_sealed.as_ref().unwrap()).unwrap();
        let made = pair.leave().await;
        pair.arrive(&made.bytes).await.unwrap();
        for secret in [CANARY, IN_DOCUMENTS, &nir, &row.last_name, &row.first_name] {
            assert!(!holds(&made.bytes, secret), "{secret}");
            assert!(!made.file_name.contains(secret), "{secret}");
        }
        let mut searched = 0;
        for world in [&pair.from, &pair.to] {
            let folder: &FsPath = world.department.documents.parent().unwrap();
            for path in files(folder) {
                let raw = std::fs::read(&path).unwrap();
                assert!(
                    !holds(&raw, CANARY) && !holds(&raw, IN_DOCUMENTS) && !holds(&raw, &nir),
                    "{}",
                    path.display()
                );
                searched += 1;
            }
            assert_eq!(files(&world.department.incoming()).len(), 0, "no draft stays");
        }
        assert!(searched >= 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_twice_changes_nothing() {
    both_ways(async |pair| {
        let made = pair.leave().await;
        let first = pair.arrive(&made.bytes).await.unwrap();
        let digest = app::intake::digest::digest(&pair.to.system()).await.unwrap();
        let items = all_received(&pair.to, first.person, Relation::Own(Side::Both)).await.len();
        pair.to.wait(Duration::days(90));
        let again = pair.arrive(&made.bytes).await.unwrap();
        assert!(again.already && !again.created);
        assert_eq!((again.person, again.code.clone()), (first.person, first.code));
        assert_eq!(app::intake::digest::digest(&pair.to.system()).await.unwrap(), digest);
        assert_eq!(all_received(&pair.to, first.person, Relation::Own(Side::Both)).await.len(), items);
        sound(&pair.to).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_cut_altered_expired_or_for_another_is_refused_and_nothing_is_written() {
    let pair = Pair::of(on_sqlite("55").await, on_postgres("38").await).await;
    let made = pair.leave().await;
    let good = &made.bytes;
    let nobody = app::intake::digest::digest(&pair.to.system()).await.unwrap();
    let refusal = async |file: &[u8]| match pair.arrive(file).await.unwrap_err() {
        TransferError::Refused(refusal) => refusal,
        other => panic!("{other}"),
    };
    assert_eq!(refusal(b"").await, TransferRefusal::NotATransfer);
    assert_eq!(refusal(b"<?xml version=\"1.0\"?>").await, TransferRefusal::NotATransfer);
    for at in [18, 30, 200, good.len() / 2, good.len() - 1] {
        assert!(matches!(refusal(&good[..at]).await, TransferRefusal::Broken), "cut at {at}");
    }
    for at in (0..good.len()).step_by(good.len() / 40) {
        let mut changed = good.clone();
        changed[at] ^= 1;
        assert!(pair.arrive(&changed).await.is_err(), "byte {at}");
    }
    assert_eq!(refusal(&[&good[..], b"x"].concat()).await, TransferRefusal::Broken);
    let text = String::from_utf8_lossy(&good[..400]).into_owned();
    let newer = text.find("\"version\":1").unwrap() + "\"version\":".len();
    let mut version = good.clone();
    version[newer] = b'9';
    assert_eq!(refusal(&version).await, TransferRefusal::Version(9));
    let third = on_sqlite("45").await;
    let elsewhere =
        receive(&third.user(&[Role::TeamLead]), ReceiveInput { bytes: good, territory: None }).await;
    let sentence = elsewhere.unwrap_err().to_string();
    assert!(sentence.contains("38 (Isère)"), "{sentence}");
    pair.to.wait(Duration::days(31));
    assert!(matches!(refusal(good).await, TransferRefusal::Expired(_)));
    assert_eq!(app::intake::digest::digest(&pair.to.system()).await.unwrap(), nobody);
    sound(&pair.to).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_somebody_who_takes_the_name_of_another_departement_is_refused() {
    let (from, to) = (on_sqlite("55").await, on_sqlite("38").await);
    let pair = Pair::of(from, to).await;
    let made = pair.leave().await;
    // The Isère now holds another key under the name of the Meuse.
    let other: PublicKey = KeyPair::of("55", &[9; 32]).public().clone();
    save_peer(&pair.to.user(&[Role::Admin]), &other.text()).await.unwrap();
    let refused = pair.arrive(&made.bytes).await.unwrap_err();
    assert!(matches!(refused, TransferError::Refused(TransferRefusal::Broken)), "{refused}");
    let unknown = on_sqlite("38").await;
    let lead = unknown.user(&[Role::TeamLead]);
    let refused = receive(&lead, ReceiveInput { bytes: &made.bytes, territory: None }).await;
    assert!(matches!(refused.unwrap_err(), TransferError::NoKey(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_forgotten_between_two_departements() {
    both_ways(async |pair| {
        let made = pair.leave().await;
        let social = pair.from.acting(pair.social).await;
        open(&social, pair.person, Part::Essential).await.unwrap();
        let twice = export(&pair.lead, pair.person, &input(&pair.to)).await.unwrap_err();
        assert!(matches!(twice, TransferError::AlreadyLeft), "{twice}");
        pair.from.wait(Duration::days(11));
        let waits = passages(&pair.lead).await.unwrap();
        assert_eq!(
            waits.iter().map(|one| (one.standing, one.late)).collect::<Vec<_>>(),
            [(Standing::Waiting, true)]
        );
        let wrong =
            close(&pair.lead, made.id, &How::Receipt("0000-0000-0000-0000".to_owned())).await.unwrap_err();
        assert!(matches!(wrong, TransferError::Receipt), "{wrong}");
        let got = pair.arrive(&made.bytes).await.unwrap();
        close(&pair.lead, made.id, &How::Receipt(got.code.to_lowercase().replace('-', " "))).await.unwrap();
        let row = pair.row().await;
        assert_eq!((row.state.as_str(), row.due_on, row.has_referent), ("exited", None, false));
        pair.from.wait(Duration::days(1));
        let social = pair.from.acting(pair.social).await;
        let gone = open(&social, pair.person, Part::Essential).await.unwrap_err();
        assert!(matches!(gone, PeopleError::Unknown), "{gone}");
        assert!(matches!(close(&pair.lead, made.id, &How::ByHand).await, Err(TransferError::Ended)));
        sound(&pair.from).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_payer_goes_on_naming_long_after_they_left_is_to_orient_again() {
    both_ways(async |pair| {
        let made = pair.leave().await;
        let got = pair.arrive(&made.bytes).await.unwrap();
        close(&pair.lead, made.id, &How::Receipt(got.code)).await.unwrap();
        let left = pair.lead.today();
        pair.from.wait(Duration::days(100));
        // A payer is late by a month or two: nothing of it brings anybody back.
        for (month, state) in [("2026-12-01", "exited"), ("2027-01-01", "to_orient")] {
            let report = pair.from.import(month, &pair.from.month(month, 6, 0.0)).await.unwrap();
            assert!(report.persons.unchanged > 0 && report.persons.updated == 0, "{:?}", report.persons);
            assert_eq!(pair.row().await.state, state, "{month}");
        }
        let row = pair.row().await;
        assert_eq!((row.left_on, row.due_kind.as_deref()), (None, Some("orient")));
        assert!(row.reception > Some(left));
        sound(&pair.from).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_for_a_territory_receives_nobody_elsewhere() {
    both_ways(async |pair| {
        let made = pair.leave().await;
        let all = app::settings::territories(&pair.there).await.unwrap();
        let (mine, other) = (all[0].code.as_str(), all[1].code.as_str());
        let lead = pair.to.acting(pair.to.account(Role::TeamLead, Some(mine)).await).await;
        for territory in [None, Some(""), Some(other), Some("nowhere")] {
            let error = receive(&lead, ReceiveInput { bytes: &made.bytes, territory }).await.unwrap_err();
            assert!(matches!(error, TransferError::Territory), "{territory:?} {error}");
        }
        let offered = receiving_territories(&lead).await.unwrap();
        assert_eq!(offered.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), [mine]);
        let got = receive(&lead, ReceiveInput { bytes: &made.bytes, territory: Some(mine) }).await.unwrap();
        assert_eq!(passages(&lead).await.unwrap()[0].receipt.as_deref(), Some(got.code.as_str()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_that_did_not_happen_leaves_everything_as_it_was() {
    both_ways(async |pair| {
        let before = pair.row().await;
        let made = pair.leave().await;
        assert_eq!(pair.row().await.oriented_on, None);
        cancel(&pair.lead, made.id).await.unwrap();
        let known = |row: PersonRow| {
            (row.state, row.oriented_on, row.reception, row.has_referent, row.left_on, row.confirm_by)
        };
        assert_eq!(known(pair.row().await), known(before));
        sound(&pair.from).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_already_named_by_a_file_of_there_is_joined_and_keeps_their_clock() {
    both_ways(async |pair| {
        // The CAF of the Isère named the same person before: same NIR, birth date and names.
        let month = String::from_utf8(pair.from.month("2026-10-01", 6, 0.0)).unwrap();
        let there = month
            .replace("<IDEPARTE>055</IDEPARTE>", "<IDEPARTE>038</IDEPARTE>")
            .replace("<IDEPARTE>55</IDEPARTE>", "<IDEPARTE>38</IDEPARTE>");
        pair.to.import("10.xml", there.as_bytes()).await.unwrap();
        let made = pair.leave().await;
        let got = pair.arrive(&made.bytes).await.unwrap();
        assert!(!got.created && got.doubts == 0, "{got:?}");
        let row = rows(&pair.to, got.person).await;
        assert!(row.household_id.is_some());
        assert_eq!(row.arrived_on, Some(pair.there.today()));
        assert_ne!(row.reception, Some(pair.there.today()), "the clock of the payer's file goes on");
        sound(&pair.to).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_and_what_is_typed_are_checked() {
    let pair = Pair::of(on_sqlite("55").await, on_sqlite("38").await).await;
    let seen = preview(&pair.lead, pair.person).await.unwrap();
    assert!(
        seen.nir && seen.leaves.iter().any(|one| one.kind == "note" && one.count == 3),
        "{:?}",
        seen.leaves
    );
    assert_eq!(seen.peers.iter().map(|peer| peer.code.as_str()).collect::<Vec<_>>(), ["38"]);
    let social = pair.from.acting(pair.social).await;
    assert!(matches!(
        export(&social, pair.person, &input(&pair.to)).await,
        Err(TransferError::People(PeopleError::Refused(_)))
    ));
    let wrong = [
        ("38", "", "Écrivez"),
        ("55", "déménage", "Choisissez"),
        ("99", "déménage", "Choisissez"),
        ("45", "déménage", "45 (Loiret)"),
    ];
    for (to, reason, sentence) in wrong {
        let input = TransferInput { to: to.to_owned(), reason: reason.to_owned() };
        let refused = export(&pair.lead, pair.person, &input).await.unwrap_err().to_string();
        assert!(refused.contains(sentence), "{refused}");
    }
    let hostile =
        TransferInput { to: "38".to_owned(), reason: "x'; DROP TABLE person; -- <script>".to_owned() };
    let made = export(&pair.lead, pair.person, &hostile).await.unwrap();
    assert!(pair.arrive(&made.bytes).await.is_ok());
    assert!(!holds(&made.bytes, "<script>"));
    let own = own_key(&pair.from.system()).await.unwrap().text();
    assert!(matches!(save_peer(&pair.from.user(&[Role::Admin]), &own).await, Err(TransferError::OwnKey)));
    assert!(save_peer(&pair.lead, &own).await.is_err(), "a team lead sets no key");
}
