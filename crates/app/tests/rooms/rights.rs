//! What people ask about their data: recorded, answered, copied; on both engines.

use app::people::list::{Filter, Order, Page, Sort};
use app::people::{contact, person};
use app::privacy::retention::{Mode, run};
use app::privacy::rights::{self, NewRequest, RightsError};
use chrono::Duration;
use domain::access::role::Role;
use domain::people::contact::Kind;
use domain::privacy::rights::{Reply, Right};
use store::migration::TABLES;
use store::privacy::{HELD, NOT_HELD};
use testkit::world::{World, on_both};
use uuid::Uuid;

async fn people(world: &World) -> Vec<Uuid> {
    let page = Page { after: None, limit: 200 };
    let sort = (Sort::Name, Order::Ascending);
    let listed = app::people::list::list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row.id).collect()
}

async fn sound(world: &World) {
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

fn asked(world: &World, person: Uuid, right: Right) -> NewRequest {
    NewRequest { person, right, received_on: world.system().today(), note: Some("par courrier".to_owned()) }
}

#[tokio::test]
async fn every_table_is_in_the_copy_or_says_why_not() {
    let mut listed: Vec<&str> =
        HELD.iter().copied().chain(NOT_HELD.iter().map(|(table, _)| *table)).collect();
    let mut tables = TABLES.to_vec();
    listed.sort_unstable();
    tables.sort_unstable();
    assert_eq!(listed, tables);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_holds_everything_in_clear_about_one_person_and_is_made_once() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 12, 0.0)).await.unwrap();
        let all = people(&world).await;
        let (person, other) = (all[0], all[1]);
        let lead = world.user(&[Role::TeamLead]);
        let new = contact::NewContact {
            kind: Kind::Phone,
            value: "06 39 98 00 11".to_owned(),
            shared: false,
            replaces: None,
        };
        contact::write(&lead, person, new).await.unwrap();
        let dpo = world.user(&[Role::Dpo]);
        let id = rights::request(&dpo, asked(&world, person, Right::Access)).await.unwrap();
        let copy = rights::copy(&dpo, id).await.unwrap();
        let rows = |table: &str| copy.held.iter().find(|t| t.table == table).unwrap().rows.clone();
        assert_eq!(rows("person").len(), 1);
        let nir = rows("person")[0]["nir"].as_str().unwrap().to_owned();
        assert_eq!(nir.len(), 13);
        assert_eq!(rows("contact")[0]["value"], "+33639980011");
        assert!(rows("content")[0]["payload"].as_str().unwrap().contains("persons"));
        assert_eq!(rows("rights_request")[0]["note"], "par courrier");
        assert!(rows("journal").iter().any(|row| row["act"] == "edit_contact"));
        let text = serde_json::to_string(&copy).unwrap();
        assert!(!text.contains("_sealed") && !text.contains("_index") && !text.contains("hash"), "{text}");
        assert!(!text.contains(&other.to_string()), "nothing of anybody else");
        assert!(matches!(rights::copy(&dpo, id).await, Err(RightsError::Taken)));
        let wrong = rights::request(&dpo, asked(&world, person, Right::Erasure)).await.unwrap();
        assert!(matches!(rights::copy(&dpo, wrong).await, Err(RightsError::NotAccess)));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restriction_hides_from_every_list_and_from_the_archive_until_it_is_lifted() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 12, 0.0)).await.unwrap();
        let all = people(&world).await;
        let dpo = world.user(&[Role::Dpo]);
        let id = rights::request(&dpo, asked(&world, all[0], Right::Restriction)).await.unwrap();
        assert_eq!(people(&world).await.len(), all.len(), "recorded is not granted");
        rights::answer(&dpo, id, Reply::Granted).await.unwrap();
        assert!(matches!(rights::answer(&dpo, id, Reply::Refused).await, Err(RightsError::Answered)));
        assert_eq!(people(&world).await.len(), all.len() - 1);
        let lead = world.user(&[Role::TeamLead]);
        assert!(person::open(&lead, all[0]).await.is_err());
        let page = rights::all(&dpo).await.unwrap();
        assert_eq!(page.hidden.len(), 1);
        assert_eq!(page.requests[0].row.reply.as_deref(), Some("granted"));
        world
            .import("mois-2.xml", &[world.month("2026-10-01", 12, 0.0), b"\n".to_vec()].concat())
            .await
            .unwrap();
        assert_eq!(people(&world).await.len(), all.len() - 1, "a file does not lift it");
        sound(&world).await;
        world.wait(Duration::days(4_000));
        run(&world.system(), Mode::Run).await.unwrap();
        let kept = rights::person(&dpo, all[0]).await.unwrap();
        assert!(!kept.last_name.is_empty() && kept.nir_sealed.is_some());
        rights::lift(&dpo, all[0]).await.unwrap();
        assert!(people(&world).await.contains(&all[0]));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_data_protection_officer_records_and_answers() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 4, 0.0)).await.unwrap();
        let person = people(&world).await[0];
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Dpo) {
            let ctx = world.user(&[role]);
            let refused = rights::request(&ctx, asked(&world, person, Right::Access)).await;
            assert!(matches!(refused, Err(RightsError::Refused(_))), "{role:?}");
            assert!(matches!(rights::all(&ctx).await, Err(RightsError::Refused(_))), "{role:?}");
        }
        let dpo = world.user(&[Role::Dpo]);
        let tomorrow = domain::time::plus_days(dpo.today(), 1);
        let late = NewRequest { received_on: tomorrow, ..asked(&world, person, Right::Objection) };
        assert!(matches!(rights::request(&dpo, late).await, Err(RightsError::Future)));
    })
    .await;
}
