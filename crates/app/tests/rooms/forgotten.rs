//! The page that must be empty, or explained; on both engines.

use app::access::disable_user;
use app::followup::forgotten;
use app::people::PeopleError;
use domain::access::role::Role;
use domain::followup::contact::{Means, Outcome};
use domain::followup::forgotten::Found;
use domain::time::plus_days;
use testkit::world::on_both;

use domain::access::structure::StructureKind;

use super::agenda::sound;
use super::programmes::Scene;

#[tokio::test]
async fn who_is_late_for_a_month_is_told_and_a_try_explains_it() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let decided = scene.today();
        assert_eq!(forgotten(&scene.lead).await.unwrap().people.len(), 0, "nobody is late for a month");
        scene.wait(70);
        let found = forgotten(&scene.lead).await.unwrap();
        let of = |found: &app::followup::Forgotten| {
            found.people.iter().find(|(_, entry)| entry.row.id == scene.person).map(|(one, _)| *one)
        };
        let Some(Found::Silent(due, Some(last))) = of(&found) else { panic!("{:?}", of(&found)) };
        assert_eq!(last, decided);
        assert!(due < plus_days(scene.today(), -30));
        assert!(found.opens && found.teamless.is_empty());
        // Those whom nobody ever called come first: nothing was written of them at all.
        let never = found.people.iter().filter(|(one, _)| matches!(one, Found::Silent(_, None))).count();
        assert_eq!(never, found.people.len() - 1);
        assert!(never > 0);
        scene.contact(Means::Phone, Outcome::Unanswered).await;
        let found = forgotten(&scene.lead).await.unwrap();
        assert_eq!(of(&found), Some(Found::Tried(due, scene.today())));
        assert_eq!(
            found.people.last().map(|(_, entry)| entry.row.id),
            Some(scene.person),
            "explained comes last"
        );
        let coach = forgotten(&scene.follows).await;
        assert!(matches!(coach, Err(PeopleError::Refused(_))));
        sound(&scene.world).await;
    })
    .await;
}

/// What a sensitive structure does explains nothing to who may not know of it: the date would hint at it.
#[tokio::test]
async fn what_a_sensitive_structure_tried_is_not_hinted_at() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let refuge = scene.world.structure("Le Refuge", StructureKind::Shelter).await;
        let social = scene.world.account(Role::SocialReferent, None).await;
        scene.world.join(social, Role::SocialReferent, refuge).await;
        scene.world.follow(scene.person, social, "social").await;
        scene.wait(70);
        let theirs = scene.world.acting(social).await;
        let tried = app::followup::ContactInput {
            means: Some(Means::Phone),
            outcome: Some(Outcome::Unanswered),
            subject: Some(domain::followup::contact::Subject::Social),
            ..Default::default()
        };
        app::followup::record_contact(&theirs, scene.person, &tried).await.unwrap();
        let manager = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        let of = |found: app::followup::Forgotten| {
            let one = found.people.into_iter().find(|(_, entry)| entry.row.id == scene.person);
            one.map(|(one, _)| one.is_explained())
        };
        assert_eq!(of(forgotten(&scene.lead).await.unwrap()), Some(true));
        assert_eq!(of(forgotten(&manager).await.unwrap()), Some(false));
    })
    .await;
}

#[tokio::test]
async fn a_territory_of_which_nobody_answers_is_told() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let manager = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        let admin = scene.world.acting(scene.world.account(Role::Admin, None).await).await;
        assert!(forgotten(&manager).await.unwrap().teamless.is_empty());
        disable_user(&admin, scene.lead.actor.id.unwrap()).await.unwrap();
        // Who leads in a structure outside the département answers for whom it follows, and for nobody else.
        let elsewhere = scene.world.structure("Ressort", StructureKind::FranceTravail).await;
        let other = scene.world.account(Role::Partner, None).await;
        scene.world.join(other, Role::TeamLead, elsewhere).await;
        let found = forgotten(&manager).await.unwrap();
        assert!(!found.opens && !found.teamless.is_empty());
        let waiting: u64 = found.teamless.iter().map(|(_, people)| people).sum();
        let served = super::agenda::people(&scene.world).await;
        let theirs = served.iter().filter(|row| row.state == "to_orient" && !row.has_referent).count();
        assert_eq!(waiting, theirs as u64);
        // An operator is there: they are oriented, and nobody else waits for the team.
        scene.world.account(Role::Operator, None).await;
        assert!(forgotten(&manager).await.unwrap().teamless.is_empty());
    })
    .await;
}
