//! What people ask about their data: recorded, answered, copied, frozen; on both engines.

use app::Context;
use app::people::list::{Filter, Order, Page, Sort};
use app::people::{PeopleError, contact, person};
use app::privacy::retention::{Mode, run};
use app::privacy::rights::{self, HeldCopy, NewRequest, RightsError};
use chrono::{Days, Duration};
use domain::access::role::Role;
use domain::audit::Part;
use domain::people::contact::Kind;
use domain::privacy::rights::{Reply, Right};
use serde_json::Value;
use store::migration::TABLES;
use store::privacy::{HELD, NOT_COPIED, columns};
use testkit::world::{World, on_both};
use uuid::Uuid;

const WHY: &str = "Le département doit garder ces données tant que vous êtes suivie.";

async fn people(ctx: &Context) -> Vec<Uuid> {
    let page = Page { after: None, limit: 200 };
    let sort = (Sort::Name, Order::Ascending);
    let listed = app::people::list::list(ctx, &Filter::default(), sort, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row.id).collect()
}

async fn sound(world: &World) {
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

fn asked(ctx: &Context, person: Uuid, right: Right) -> NewRequest {
    NewRequest { person, right, received_on: ctx.today(), note: "par courrier".to_owned() }
}

/// The data protection officer, who wrote why files are opened.
fn officer(world: &World) -> Context {
    let mut ctx = world.user(&[Role::Dpo]);
    ctx.actor.reason = Some("Demande de la personne".to_owned());
    ctx
}

fn rows<'a>(copy: &'a HeldCopy, table: &str) -> &'a [Value] {
    &copy.held.iter().find(|held| held.table == table).unwrap().rows
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_copied_or_says_why_not_and_none_that_names_people_is_left_out() {
    on_both(|world| async move {
        let left_out: Vec<&str> = NOT_COPIED.iter().map(|(table, _)| *table).collect();
        let mut listed: Vec<&str> = HELD.iter().copied().chain(left_out.iter().copied()).collect();
        let mut tables = TABLES.to_vec();
        listed.sort_unstable();
        tables.sort_unstable();
        assert_eq!(listed, tables, "a table is in HELD or in NOT_COPIED, once");
        assert!(NOT_COPIED.iter().all(|(_, why)| !why.is_empty()));
        let links = ["person_id", "person_a", "person_b", "household_id", "merged_into"];
        let mut linked = 0;
        for (table, column) in columns(&world.department.db).await.unwrap() {
            if links.contains(&column.as_str()) {
                assert!(!left_out.contains(&table.as_str()), "{table}.{column} leads to somebody");
                linked += 1;
            }
        }
        assert!(linked >= 15, "{linked}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_holds_everything_in_clear_about_one_person_and_nothing_of_the_others() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let dpo = officer(&world);
        let lead = world.user(&[Role::TeamLead]);
        let all = people(&lead).await;
        // Two adults of one household.
        let mut couple = None;
        for id in &all {
            let file = person::open(&lead, *id, Part::Essential).await.unwrap();
            if let Some(other) = file.household.as_ref().and_then(|h| h.adults.first()) {
                couple = Some((file.row.clone(), other.clone()));
                break;
            }
        }
        let (me, partner) = couple.expect("a couple among forty households");
        let new = contact::NewContact {
            kind: Kind::Phone,
            value: "06 39 98 00 11".to_owned(),
            shared: false,
            replaces: None,
        };
        contact::write(&lead, me.id, new).await.unwrap();
        let id = rights::record(&dpo, asked(&dpo, me.id, Right::Access)).await.unwrap();
        let copy = rights::copy(&dpo, id, "json").await.unwrap();
        assert_eq!(rows(&copy, "person").len(), 1);
        assert_eq!(rows(&copy, "person")[0]["nir"].as_str().unwrap().len(), 13);
        assert!(rows(&copy, "contact").iter().any(|row| row["value"] == "+33639980011"));
        assert_eq!(rows(&copy, "rights_request")[0]["note"], "par courrier");
        assert!(rows(&copy, "journal").iter().any(|row| row["act"] == "edit_contact"));
        assert_eq!(copy.told.len(), 1);
        let told = &copy.told[0];
        assert_eq!(told.dossier.persons.len(), 1);
        assert_eq!(told.dossier.persons[0].birth_date, me.birth_date);
        assert!(!told.others.is_empty() && copy.of_others == 0);
        let text = format!("{}{:?}", serde_json::to_string(&copy.held).unwrap(), copy.told);
        assert!(!text.contains("_sealed") && !text.contains("_index"), "{text}");
        let first = domain::people::name::normalise(&partner.first_name);
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphabetic()).map(domain::people::name::normalise).collect();
        let mine = domain::people::name::normalise(&me.first_name);
        assert!(mine == first || !words.contains(&first), "the partner is named: {first}");
        assert!(!text.contains(&partner.id.to_string()));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_made_again_says_the_same_and_each_is_in_the_journal() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 6, 0.0)).await.unwrap();
        let dpo = officer(&world);
        let person = people(&world.system()).await[0];
        let id = rights::record(&dpo, asked(&dpo, person, Right::Access)).await.unwrap();
        let granted = rights::answer(&dpo, id, Reply::Granted, "").await;
        assert!(matches!(granted, Err(RightsError::NoCopy)));
        let first = rights::copy(&dpo, id, "json").await.unwrap();
        let again = rights::copy(&dpo, id, "pdf").await.unwrap();
        let without_making = |copy: &HeldCopy| {
            let mut held = copy.held.clone();
            for row in held.iter_mut().filter(|t| t.table == "rights_request").flat_map(|t| &mut t.rows) {
                row.as_object_mut().unwrap().remove("taken_at");
            }
            held
        };
        assert_eq!(without_making(&first), without_making(&again));
        let made = |act: &str| {
            let filter =
                store::audit::JournalFilter { limit: 1_000, ..store::audit::JournalFilter::default() };
            let db = world.department.db.clone();
            let act = act.to_owned();
            async move {
                let lines = store::audit::list(&db, &store::audit::Reach::Everything, &filter).await.unwrap();
                lines.iter().filter(|line| line.row.act == act).count()
            }
        };
        assert_eq!(made("access_copy").await, 2);
        rights::answer(&dpo, id, Reply::Granted, "").await.unwrap();
        assert_eq!(made("answer_request").await, 1);
        let wrong = rights::record(&dpo, asked(&dpo, person, Right::Erasure)).await.unwrap();
        assert!(matches!(rights::copy(&dpo, wrong, "json").await, Err(RightsError::NotAccess)));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frozen_data_are_in_no_list_and_kept_from_the_archive_until_it_is_lifted() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 12, 0.0)).await.unwrap();
        let system = world.system();
        let all = people(&system).await;
        let dpo = officer(&world);
        let lead = world.user(&[Role::TeamLead]);
        let id = rights::record(&dpo, asked(&dpo, all[0], Right::Restriction)).await.unwrap();
        assert_eq!(people(&system).await.len(), all.len(), "recorded is not granted");
        let told = person::open(&lead, all[0], Part::Essential).await.unwrap().standing;
        assert_eq!(told.notices.len(), 1, "whoever opens the file is told while it waits");
        rights::answer(&dpo, id, Reply::Granted, "").await.unwrap();
        let again = rights::answer(&dpo, id, Reply::Refused, WHY).await;
        assert!(matches!(again, Err(RightsError::Answered)));
        assert_eq!(people(&system).await.len(), all.len() - 1);
        let seen = person::open(&lead, all[0], Part::Essential).await;
        assert!(matches!(seen, Err(PeopleError::Frozen)), "told why, and nothing of them");
        let elsewhere = world.user(&[Role::JobCoach]);
        let seen = person::open(&elsewhere, all[0], Part::Essential).await;
        assert!(matches!(seen, Err(PeopleError::Unknown)), "who would not see them learns nothing");
        let new = contact::NewContact {
            kind: Kind::Phone,
            value: "06 39 98 00 11".to_owned(),
            shared: false,
            replaces: None,
        };
        assert!(contact::write(&lead, all[0], new).await.is_err());
        let file = person::open(&dpo, all[0], Part::Essential).await.unwrap();
        assert!(file.standing.shelf.unwrap().restricted_on.is_some() && !file.may_reveal_nir);
        let page = rights::all(&dpo).await.unwrap();
        assert_eq!((page.hidden.len(), page.requests.len()), (1, 1));
        let later = [world.month("2026-10-01", 12, 0.0), b"\n".to_vec()].concat();
        world.import("mois-2.xml", &later).await.unwrap();
        assert_eq!(people(&system).await.len(), all.len() - 1, "a file does not lift it");
        sound(&world).await;
        world.wait(Duration::days(4_000));
        run(&world.system(), Mode::Run).await.unwrap();
        let kept = rights::person(&dpo, all[0]).await.unwrap();
        assert!(!kept.last_name.is_empty() && kept.nir_sealed.is_some());
        rights::lift(&dpo, all[0]).await.unwrap();
        assert!(matches!(rights::lift(&dpo, all[0]).await, Err(RightsError::Answered)));
        assert!(people(&world.system()).await.contains(&all[0]));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_is_told_on_the_file_until_it_is_refused_with_a_reason() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 4, 0.0)).await.unwrap();
        let dpo = officer(&world);
        let lead = world.user(&[Role::TeamLead]);
        let person = people(&world.system()).await[0];
        let first = rights::record(&dpo, asked(&dpo, person, Right::Objection)).await.unwrap();
        let second = rights::record(&dpo, asked(&dpo, person, Right::Rectification)).await.unwrap();
        rights::record(&dpo, asked(&dpo, person, Right::Erasure)).await.unwrap();
        let told = || async { person::open(&lead, person, Part::Essential).await.unwrap().standing.notices };
        let notices = told().await;
        assert_eq!(notices.len(), 2, "{notices:?}");
        assert!(notices.iter().all(|n| n.note == "par courrier" && n.answer_by.is_some()));
        rights::answer(&dpo, second, Reply::Granted, "").await.unwrap();
        rights::answer(&dpo, first, Reply::Granted, "").await.unwrap();
        let notices = told().await;
        assert_eq!((notices.len(), notices[0].right, notices[0].answer_by), (1, Right::Objection, None));
        let third = rights::record(&dpo, asked(&dpo, person, Right::Objection)).await.unwrap();
        for note in ["", "non", "   trop court      "] {
            let short = rights::answer(&dpo, third, Reply::Refused, note).await;
            assert!(matches!(short, Err(RightsError::Reason)), "{note:?}");
        }
        rights::answer(&dpo, third, Reply::Refused, WHY).await.unwrap();
        assert_eq!(told().await.len(), 1);
        assert_eq!(rights::one(&dpo, third).await.unwrap().reply_note.as_deref(), Some(WHY));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_late_the_day_after_its_month_and_goes_five_years_after_its_answer() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 4, 0.0)).await.unwrap();
        let dpo = officer(&world);
        let person = people(&world.system()).await[0];
        let id = rights::record(&dpo, asked(&dpo, person, Right::Access)).await.unwrap();
        let due = rights::one(&dpo, id).await.unwrap().row.answer_by;
        let days = (due - dpo.today()).num_days();
        world.wait(Duration::days(days));
        assert_eq!(rights::waiting(&officer(&world)).await.unwrap(), (1, 0), "the last day is in time");
        world.wait(Duration::days(1));
        assert_eq!(rights::waiting(&officer(&world)).await.unwrap(), (1, 1));
        let dpo = officer(&world);
        rights::answer(&dpo, id, Reply::Refused, WHY).await.unwrap();
        assert_eq!(rights::waiting(&dpo).await.unwrap(), (0, 0));
        world.wait(Duration::days(5 * 365));
        run(&world.system(), Mode::Run).await.unwrap();
        assert_eq!(rights::all(&officer(&world)).await.unwrap().requests.len(), 1);
        world.wait(Duration::days(3));
        run(&world.system(), Mode::Run).await.unwrap();
        assert_eq!(rights::all(&officer(&world)).await.unwrap().requests.len(), 0);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complex_request_is_given_two_more_months_once_in_its_first_and_the_person_reads_why() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 4, 0.0)).await.unwrap();
        let dpo = officer(&world);
        let all = people(&world.system()).await;
        let reason = "Trois services tiennent une partie de votre dossier.";
        let lead = world.user(&[Role::TeamLead]);
        let id = rights::record(&dpo, asked(&dpo, all[0], Right::Access)).await.unwrap();
        let late = rights::record(&dpo, asked(&dpo, all[1], Right::Access)).await.unwrap();
        let refused = rights::extend(&lead, id, reason).await.unwrap_err();
        assert!(matches!(refused, RightsError::Refused(_)), "{refused}");
        let why = |error: RightsError| error.to_string();
        assert!(why(rights::extend(&dpo, id, "long").await.unwrap_err()).contains("Écrivez pourquoi"));
        world.wait(Duration::days(20));
        let dpo = officer(&world);
        let until = rights::extend(&dpo, id, reason).await.unwrap();
        assert_eq!(until, "2027-02-26".parse().unwrap(), "three months after 26 November");
        let one = rights::one(&dpo, id).await.unwrap();
        assert_eq!((one.row.answer_by, one.row.extended_on), (until, Some(dpo.today())));
        assert_eq!(one.delay_note.as_deref(), Some(reason));
        assert!(why(rights::extend(&dpo, id, reason).await.unwrap_err()).contains("qu’une fois"));
        // The person is told: the copy says it.
        let copy = rights::copy(&dpo, id, "json").await.unwrap();
        assert_eq!(rows(&copy, "rights_request")[0]["extension"], reason);

        world.wait(Duration::days(20));
        let dpo = officer(&world);
        assert_eq!(rights::waiting(&dpo).await.unwrap(), (2, 1), "the other one is late");
        assert!(
            why(rights::extend(&dpo, late, reason).await.unwrap_err()).contains("premier mois est passé")
        );
        rights::answer(&dpo, id, Reply::Granted, "").await.unwrap();
        let answered = rights::extend(&dpo, id, reason).await.unwrap_err();
        assert!(matches!(answered, RightsError::Answered), "{answered}");
        let filter =
            app::audit::JournalFilter { act: Some("extend_request".to_owned()), ..Default::default() };
        let told = app::audit::page(&world.system(), &filter).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].row.detail["until"], "2027-02-26");
        assert!(!told[0].row.detail.to_string().contains("services"), "the reason is not in the journal");
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_data_protection_officer_records_answers_copies_and_lifts() {
    on_both(|world| async move {
        world.import("mois.xml", &world.month("2026-10-01", 4, 0.0)).await.unwrap();
        let person = people(&world.system()).await[0];
        let dpo = officer(&world);
        let id = rights::record(&dpo, asked(&dpo, person, Right::Access)).await.unwrap();
        let refused = |error: RightsError| matches!(error, RightsError::Refused(_));
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Dpo) {
            let ctx = world.user(&[role]);
            assert!(refused(rights::record(&ctx, asked(&ctx, person, Right::Access)).await.unwrap_err()));
            assert!(refused(rights::all(&ctx).await.unwrap_err()), "{role:?}");
            assert!(refused(rights::one(&ctx, id).await.unwrap_err()), "{role:?}");
            assert!(refused(rights::answer(&ctx, id, Reply::Refused, WHY).await.unwrap_err()), "{role:?}");
            assert!(refused(rights::copy(&ctx, id, "json").await.unwrap_err()), "{role:?}");
            assert!(refused(rights::lift(&ctx, person).await.unwrap_err()), "{role:?}");
            assert!(refused(rights::waiting(&ctx).await.unwrap_err()), "{role:?}");
        }
        let tomorrow = dpo.today().checked_add_days(Days::new(1)).unwrap();
        let early = NewRequest { received_on: tomorrow, ..asked(&dpo, person, Right::Objection) };
        assert!(matches!(rights::record(&dpo, early).await, Err(RightsError::Future)));
        let nobody = asked(&dpo, Uuid::from_u128(1), Right::Access);
        assert!(matches!(rights::record(&dpo, nobody).await, Err(RightsError::Unknown)));
    })
    .await;
}
