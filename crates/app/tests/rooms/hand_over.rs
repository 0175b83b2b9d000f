//! A referent who leaves: their people are nobody's only until somebody is named, at once or handed over; on both engines.

use app::access::{NewRole, add_role, disable_user, enable_user, end_role, list_users};
use app::followup::{
    EndInput, FollowError, HandOverInput, count_alone, end_path, hand_over, team, to_hand_over,
    turn_referents,
};
use app::people::PeopleError;
use app::people::person::open;
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::audit::Part;
use domain::followup::act::{EndReason, Kind};
use domain::followup::due;
use domain::time::plus_days;
use testkit::world::on_both;
use uuid::Uuid;

use super::agenda::sound;
use super::programmes::{Scene, owed};

const NOTE: &str = "Contrat à signer mardi ; préfère les messages aux appels.";

async fn admin(scene: &Scene) -> app::Context {
    scene.world.acting(scene.world.account(Role::Admin, None).await).await
}

fn input(scene: &Scene, to: Uuid) -> HandOverInput {
    HandOverInput { people: vec![scene.person], to: Some(to), text: NOTE.to_owned() }
}

#[tokio::test]
async fn a_closed_account_leaves_its_people_to_the_team_at_once() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let admin = admin(&scene).await;
        assert_eq!(count_alone(&scene.lead).await.unwrap(), 0);
        disable_user(&admin, scene.coach).await.unwrap();
        let file = scene.file().await;
        assert!(!file.row.has_referent && file.referents.is_empty());
        assert_eq!(file.row.alone_since, Some(scene.today()));
        // Five working days from today, a Wednesday or not: before eight days anyway, and the team owes it.
        let named_by = owed(&file, due::Kind::AssignReferent).unwrap();
        assert!(named_by > scene.today() && named_by <= plus_days(scene.today(), 8), "{named_by}");
        assert!(file.steps.iter().all(|step| !step.reason.is_empty()));
        assert_eq!(count_alone(&scene.lead).await.unwrap(), 1);
        let found = team(&scene.lead).await.unwrap();
        let gone = found.members.iter().find(|one| one.id == scene.coach).unwrap();
        assert_eq!((gone.gone, gone.load.people, found.alone), (true, 1, 1));
        sound(&scene.world).await;
        // Opened again, they have their people back.
        enable_user(&admin, scene.coach).await.unwrap();
        let file = scene.file().await;
        assert!(file.row.has_referent && file.row.alone_since.is_none());
        assert_eq!(owed(&file, due::Kind::AssignReferent), None);
        assert_eq!(count_alone(&scene.lead).await.unwrap(), 0);
        sound(&scene.world).await;
    })
    .await;
}

/// Whoever was followed without a decision, and whose right closed, is looked at by the team, which may do it.
#[tokio::test]
async fn a_closed_right_whose_referent_left_is_closed_by_the_team() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let admin = admin(&scene).await;
        let waiting = super::agenda::people(&scene.world).await;
        let coach = scene.world.account(Role::JobCoach, None).await;
        for row in waiting.iter().filter(|row| row.state == "to_orient") {
            scene.world.follow(row.id, coach, "employment").await;
        }
        scene.wait(35);
        scene.world.import("10.xml", &scene.world.month("2026-11-01", 1, 0.0)).await.unwrap();
        let known = super::agenda::people(&scene.world).await;
        let closed = known.iter().find(|row| row.state == "right_closed" && row.has_referent);
        let person = closed.expect("somebody whom the file does not name any more").id;
        disable_user(&admin, coach).await.unwrap();
        let file = open(&scene.lead, person, Part::Essential).await.unwrap();
        assert_eq!((file.row.state.as_str(), file.row.has_referent), ("right_closed", false));
        assert!(owed(&file, due::Kind::CloseOrKeep).is_some() && file.path.end && file.path.name);
        let end = EndInput {
            reason: Some(EndReason::RightClosed),
            day: Some(scene.today()),
            ..EndInput::default()
        };
        end_path(&scene.lead, person, &end).await.unwrap();
        let file = open(&scene.lead, person, Part::Essential).await.unwrap();
        assert_eq!((file.row.state.as_str(), file.row.alone_since, file.steps.len()), ("exited", None, 0));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_role_that_ends_by_itself_is_seen_the_next_day() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let admin = admin(&scene).await;
        let users = list_users(&admin).await.unwrap();
        let role = users.iter().find(|one| one.id == scene.coach).unwrap().roles[0].id;
        let last = plus_days(scene.today(), 2);
        end_role(&admin, scene.coach, role, last).await.unwrap();
        assert!(scene.file().await.row.has_referent);
        assert_eq!(turn_referents(&scene.world.system()).await.unwrap(), 0);
        scene.wait(3);
        assert_eq!(turn_referents(&scene.world.system()).await.unwrap(), 1);
        assert_eq!(turn_referents(&scene.world.system()).await.unwrap(), 0);
        let file = scene.file().await;
        assert_eq!((file.row.has_referent, file.row.alone_since), (false, Some(plus_days(last, 1))));
        sound(&scene.world).await;
        add_role(&admin, scene.coach, &NewRole::of(Role::JobCoach)).await.unwrap();
        assert!(scene.file().await.row.has_referent);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn people_are_handed_over_with_a_note_on_the_side_on_which_they_were_followed() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let next = scene.world.account(Role::JobCoach, None).await;
        let social = scene.world.account(Role::SocialReferent, None).await;
        let found = to_hand_over(&scene.lead, scene.coach).await.unwrap();
        assert_eq!((found.people.len(), found.total), (1, 1));
        assert!(
            found.takers.iter().any(|one| one.id == next)
                && found.takers.iter().all(|one| one.id != scene.coach)
        );
        assert!(found.takers.iter().all(|one| one.id != social), "not on that side");
        let refused = |answer: Result<usize, FollowError>| answer.unwrap_err();
        let other = hand_over(&scene.lead, scene.coach, &input(&scene, social)).await;
        assert!(matches!(refused(other), FollowError::Side));
        let short = HandOverInput { text: "vu".to_owned(), ..input(&scene, next) };
        assert!(matches!(
            refused(hand_over(&scene.lead, scene.coach, &short).await),
            FollowError::Refused(_)
        ));
        let nobody = HandOverInput { people: Vec::new(), ..input(&scene, next) };
        assert!(matches!(refused(hand_over(&scene.lead, scene.coach, &nobody).await), FollowError::Nobody));
        let alone = HandOverInput { to: Some(Uuid::from_u128(7)), ..input(&scene, next) };
        assert!(matches!(refused(hand_over(&scene.lead, scene.coach, &alone).await), FollowError::Referent));
        let coach = hand_over(&scene.follows, scene.coach, &input(&scene, next)).await;
        assert!(matches!(refused(coach), FollowError::People(PeopleError::Refused(_))));
        assert_eq!(hand_over(&scene.lead, scene.coach, &input(&scene, next)).await.unwrap(), 1);
        let file = scene.file().await;
        let named: Vec<(Uuid, &str)> =
            file.referents.iter().map(|one| (one.account_id, one.side.as_str())).collect();
        assert_eq!(named, [(next, "employment")]);
        let act = &file.acts[0];
        assert_eq!((act.kind, act.text.as_deref()), (Kind::HandedOver, Some(NOTE)));
        // Who takes over reads the note; who left follows them no more.
        let theirs = scene.world.acting(next).await;
        let read = open(&theirs, scene.person, Part::Essential).await.unwrap();
        assert_eq!(read.acts[0].text.as_deref(), Some(NOTE));
        let left = open(&scene.follows, scene.person, Part::Essential).await;
        assert!(matches!(left, Err(PeopleError::Unknown)));
        assert!(to_hand_over(&scene.lead, scene.coach).await.is_err());
        sound(&scene.world).await;
    })
    .await;
}

/// Whoever works in a sensitive structure is on the page of the team on the social side alone.
#[tokio::test]
async fn a_lead_of_the_employment_side_learns_nothing_of_a_sensitive_structure() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let refuge = scene.world.structure("Le Refuge", StructureKind::Shelter).await;
        scene.world.join(scene.coach, Role::JobCoach, refuge).await;
        let elsewhere = scene.world.structure("Ressort", StructureKind::FranceTravail).await;
        let lead = scene.world.account(Role::Operator, None).await;
        scene.world.join(lead, Role::TeamLead, elsewhere).await;
        let other = scene.world.account(Role::JobCoach, None).await;
        for account in [scene.coach, other] {
            scene.world.join(account, Role::JobCoach, elsewhere).await;
        }
        let outside = scene.world.acting(lead).await;
        let seen = team(&outside).await.unwrap();
        assert!(seen.members.iter().any(|one| one.id == other));
        assert!(seen.members.iter().all(|one| one.id != scene.coach));
        assert!(to_hand_over(&outside, scene.coach).await.is_err());
        let inside = team(&scene.lead).await.unwrap();
        assert!(inside.members.iter().any(|one| one.id == scene.coach));
    })
    .await;
}
