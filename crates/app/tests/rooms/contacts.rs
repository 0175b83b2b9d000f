//! How to reach people, typed by hand beside what files say, on both engines.

use app::Context;
use app::intake::digest::digest;
use app::people::contact::{self, ContactError, Mark, NewContact, Preference, Reach, Source};
use app::people::list::{Filter, Order, Page, Sort};
use app::people::{PeopleError, person};
use domain::access::role::Role;
use domain::people::contact::{Channel, Consent, Kind};
use testkit::world::{World, on_both};
use uuid::Uuid;

const LIST: &str = "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité;Numéro(s) de téléphone\n\
    0346145;Lamothe;Odile;04/05/1991;dem;Mme;06 39 98 00 11\n\
    0346146;Sissokho;Amadou;04/05/1985;dem;M.;06 39 98 00 12\n";

async fn people(world: &World) -> Vec<Uuid> {
    world.import("liste.csv", LIST.as_bytes()).await.unwrap();
    let page = Page { after: None, limit: 50 };
    let sort = (Sort::Name, Order::Ascending);
    let listed = app::people::list::list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row.id).collect()
}

async fn reach(ctx: &Context, id: Uuid) -> Reach {
    person::open(ctx, id, domain::audit::Part::Essential).await.unwrap().reach
}

fn phone(value: &str, replaces: Option<Uuid>) -> NewContact {
    NewContact { kind: Kind::Phone, value: value.to_owned(), shared: false, replaces }
}

fn values(reach: &Reach) -> Vec<&str> {
    reach.ways.iter().map(|way| way.told.value.as_str()).collect()
}

/// The changes that the journal keeps, the oldest first: what, before, after.
async fn journal(world: &World) -> Vec<(String, serde_json::Value, serde_json::Value)> {
    let filter = store::audit::JournalFilter { limit: 50, ..Default::default() };
    let mut lines = app::audit::page(&world.system(), &filter).await.unwrap();
    lines.retain(|line| line.row.act == "edit_contact");
    lines.reverse();
    let told = |line: &store::audit::JournalLine| {
        let detail = &line.row.detail;
        assert_eq!(line.row.actor_name, "Alice Demange");
        assert!(!detail.to_string().contains("3998"), "no number in the journal: {detail}");
        let kind = detail["kind"].as_str().unwrap().to_owned();
        (kind, detail["before"].clone(), detail["after"].clone())
    };
    lines.iter().map(told).collect()
}

async fn sound(world: &World) {
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_professional_types_wins_over_the_file_that_stays_beside() {
    on_both(|world| async move {
        let id = people(&world).await[0];
        let ctx = world.user(&[Role::Operator]);
        let known = digest(&ctx).await.unwrap();
        let file = reach(&ctx, id).await.ways[0].id;
        contact::write(&ctx, id, phone("06 39 98 00 77", Some(file))).await.unwrap();
        let after = reach(&ctx, id).await;
        assert_eq!(values(&after), ["+33639980077"]);
        assert!(matches!(after.ways[0].told.source, Source::Typed(_)));
        assert_eq!(after.ways[0].instead[0].value, "+33639980011");
        assert_ne!(digest(&ctx).await.unwrap(), known);
        assert!(matches!(
            contact::write(&ctx, id, phone("06 39 98 00 78", Some(file))).await,
            Err(ContactError::Gone)
        ));
        let found = app::people::search::search(&ctx, "0639980077").await.unwrap();
        assert_eq!(found.rows.len(), 1);
        // The file comes again: what was typed stays.
        world.import("encore.csv", format!("{LIST}\n").as_bytes()).await.unwrap();
        assert_eq!(values(&reach(&ctx, id).await), ["+33639980077"]);
        assert_eq!(journal(&world).await, [("phone".to_owned(), "•• 11".into(), "•• 77".into())]);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_reaches_nobody_is_marked_and_can_be_taken_back() {
    on_both(|world| async move {
        let id = people(&world).await[0];
        let ctx = world.user(&[Role::TeamLead]);
        let number = reach(&ctx, id).await.ways[0].id;
        contact::mark(&ctx, id, number, Mark::Unusable).await.unwrap();
        let (at, _) = reach(&ctx, id).await.ways[0].unusable.clone().unwrap();
        assert_eq!(at, ctx.now());
        assert!(matches!(contact::mark(&ctx, id, number, Mark::Unusable).await, Err(ContactError::Gone)));
        // Another number, added beside it, comes first.
        contact::write(&ctx, id, phone("0639980099", None)).await.unwrap();
        assert_eq!(values(&reach(&ctx, id).await), ["+33639980099", "+33639980011"]);
        contact::write(&ctx, id, phone("06.39.98.00.99", None)).await.unwrap();
        contact::mark(&ctx, id, number, Mark::Usable).await.unwrap();
        let after = reach(&ctx, id).await;
        assert_eq!((values(&after), after.ways[0].instead.len()), (vec!["+33639980099"], 1));
        let kept: Vec<_> =
            journal(&world).await.into_iter().map(|(_, before, after)| (before, after)).collect();
        assert_eq!(
            kept,
            [
                ("usable".into(), "unusable".into()),
                (serde_json::Value::Null, "•• 99".into()),
                ("unusable".into(), "usable".into()),
            ],
            "the same number twice is one"
        );
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_and_answers_for_each_channel_are_kept_with_who_wrote_them() {
    on_both(|world| async move {
        let id = people(&world).await[0];
        let ctx = world.user(&[Role::SocialReferent, Role::Operator]);
        let voicemail = Kind::Consent(Channel::Voicemail);
        let set = |kind, value: Option<&str>| vec![Preference { kind, value: value.map(ToOwned::to_owned) }];
        contact::prefer(&ctx, id, set(Kind::Language, Some("ar"))).await.unwrap();
        contact::prefer(&ctx, id, set(voicemail, Some("no"))).await.unwrap();
        let after = reach(&ctx, id).await;
        assert_eq!(after.language.unwrap().value, "ar");
        assert_eq!((after.answers[0].channel, after.answers[0].answer), (Channel::Voicemail, Consent::No));
        contact::prefer(&ctx, id, set(voicemail, Some("no"))).await.unwrap();
        contact::prefer(&ctx, id, set(voicemail, None)).await.unwrap();
        assert!(reach(&ctx, id).await.answers.is_empty());
        for (kind, value) in [(Kind::Language, "klingon"), (voicemail, "peut-être"), (Kind::Phone, "1")] {
            let error = contact::prefer(&ctx, id, set(kind, Some(value))).await;
            assert!(matches!(error, Err(ContactError::Answer)), "{value}");
        }
        let none = serde_json::Value::Null;
        assert_eq!(
            journal(&world).await,
            [
                ("language".to_owned(), none.clone(), "ar".into()),
                ("consent_voicemail".to_owned(), none.clone(), "no".into()),
                ("consent_voicemail".to_owned(), "no".into(), none),
            ]
        );
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_writes_on_people_they_do_not_follow_nor_what_cannot_be_read() {
    on_both(|world| async move {
        let all = people(&world).await;
        let ctx = world.user(&[Role::Operator]);
        for (kind, value) in [(Kind::Phone, "12"), (Kind::Email, "odile"), (Kind::Address, "ici")] {
            let new = NewContact { kind, ..phone(value, None) };
            let error = contact::write(&ctx, all[0], new).await.unwrap_err();
            assert!(!matches!(error, ContactError::People(_)), "{value}: {error}");
        }
        let other = reach(&ctx, all[1]).await.ways[0].id;
        assert!(matches!(contact::mark(&ctx, all[0], other, Mark::Unusable).await, Err(ContactError::Gone)));
        let new = || phone("0639980099", None);
        for role in [Role::Manager, Role::Admin, Role::Dpo, Role::Prescriber] {
            let error = contact::write(&world.user(&[role]), all[0], new()).await.unwrap_err();
            assert!(matches!(error, ContactError::People(PeopleError::Refused(_))), "{role:?}");
        }
        let coach = world.user(&[Role::JobCoach]);
        let error = contact::write(&coach, all[0], new()).await.unwrap_err();
        assert!(matches!(error, ContactError::People(PeopleError::Unknown)), "not of this caseload");
        assert!(matches!(
            contact::open(&coach, all[0]).await,
            Err(ContactError::People(PeopleError::Unknown))
        ));
        assert!(journal(&world).await.is_empty());
    })
    .await;
}
