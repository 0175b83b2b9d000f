//! The contract: written, signed by each, validated, ended, turned by the days; those of before 2025; on both engines.

use app::engagement::{
    ChangeInput, ContractError, ContractTold, DraftInput, HandInput, OldInput, change, draft, proposed,
    record_old, sign, sign_by_hand, turn, worklist,
};
use app::followup::{EndInput, end_path};
use app::people::PeopleError;
use app::people::person::{PersonFile, open};
use app::programmes::{answer, programme_text, publish_programme};
use app::settings::Draft;
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::audit::Part;
use domain::engagement::contract::{Bar, EndReason, Kind, Means, Signatory, Stage};
use domain::engagement::terms::{Lighter, Nature, Refusal};
use domain::followup::{act, due};
use domain::programmes::admission::Reply;
use domain::time::{plus_days, plus_months};
use testkit::world::on_both;
use uuid::Uuid;

use super::agenda::sound;
use super::programmes::{MEUSE, Scene, owed};

async fn enrolled(scene: &Scene) {
    let enrolment = scene.prescribed(MEUSE, Reply::Yes).await;
    answer(&scene.lead, scene.person, enrolment, &scene.taken(MEUSE).await).await.unwrap();
}

fn typed(scene: &Scene) -> DraftInput {
    let today = scene.today();
    DraftInput {
        starts_on: Some(today),
        ends_on: Some(plus_days(plus_months(today, 6), -1)),
        weekly: Some(6),
        lighter: Some(Lighter::Start),
        until: Some(plus_days(today, 60)),
        person: "- Aller à la bibliothèque deux matinées\n- Prévenir en cas d’empêchement".to_owned(),
        organisation: "Appeler la bibliothèque".to_owned(),
        ..DraftInput::default()
    }
}

/// A contract of the person, signed by them on paper and by their coach.
pub(crate) async fn signed(scene: &Scene) -> Uuid {
    let id = draft(&scene.follows, scene.person, None, &typed(scene)).await.unwrap();
    sign(&scene.follows, scene.person, id, 1).await.unwrap();
    let paper = HandInput { day: Some(scene.today()), who: vec![Signatory::Person], revision: 1 };
    sign_by_hand(&scene.follows, scene.person, id, &paper).await.unwrap();
    id
}

fn last(file: &PersonFile) -> &ContractTold {
    &file.contracts[0]
}

fn changing(kind: Kind) -> ChangeInput {
    ChangeInput { kind, reason: None, day: None, text: String::new() }
}

#[tokio::test]
async fn a_contract_is_written_signed_by_each_and_ends_on_its_day() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        enrolled(&scene).await;
        let begun = proposed(&scene.follows, scene.person, None, None).await.unwrap();
        assert_eq!(begun.programme.as_deref(), Some(MEUSE));
        assert_eq!((begun.months, begun.target, begun.validation), (6, 15, false));
        assert_eq!(begun.signatories, [Signatory::Person, Signatory::Employment]);
        let legal = owed(&scene.file().await, due::Kind::Contract).unwrap();
        assert_eq!(legal, plus_months(scene.today(), 1));
        let input = typed(&scene);
        let no_reason = DraftInput { lighter: None, ..input.clone() };
        let refused = draft(&scene.follows, scene.person, None, &no_reason).await;
        assert!(matches!(refused, Err(ContractError::Refused(Refusal::Lighter))), "{refused:?}");
        let led = draft(&scene.lead, scene.person, None, &input).await;
        assert!(matches!(
            led,
            Err(ContractError::Follow(app::followup::FollowError::People(PeopleError::Refused(_))))
        ));
        let id = draft(&scene.follows, scene.person, None, &input).await.unwrap();
        let again = draft(&scene.follows, scene.person, None, &input).await;
        assert!(matches!(again, Err(ContractError::Open)));
        let more = DraftInput { person: format!("{}\nRefaire le CV", input.person), revision: 1, ..input };
        draft(&scene.follows, scene.person, Some(id), &more).await.unwrap();
        // Written over from what was read before: told, and nothing is lost.
        let stale = draft(&scene.follows, scene.person, Some(id), &more).await;
        assert!(matches!(stale, Err(ContractError::Changed(_))));
        assert_eq!(last(&scene.file().await).text.commitments.len(), 4);
        let unread = sign(&scene.follows, scene.person, id, 1).await;
        assert!(matches!(unread, Err(ContractError::Barred(Bar::Stage))));
        sign(&scene.follows, scene.person, id, 2).await.unwrap();
        let after = draft(&scene.follows, scene.person, Some(id), &DraftInput { revision: 2, ..more }).await;
        assert!(matches!(after, Err(ContractError::SignedAlready)));
        let file = scene.file().await;
        assert_eq!((last(&file).stage, file.row.state.as_str()), (Stage::Signing, "enrolled"));
        let tomorrow = plus_days(scene.today(), 1);
        let mut paper = HandInput { day: Some(tomorrow), who: vec![Signatory::Person], revision: 2 };
        assert!(matches!(
            sign_by_hand(&scene.follows, scene.person, id, &paper).await,
            Err(ContractError::Day(_))
        ));
        paper.day = Some(scene.today());
        sign_by_hand(&scene.follows, scene.person, id, &paper).await.unwrap();
        let twice = sign_by_hand(&scene.follows, scene.person, id, &paper).await;
        assert!(matches!(twice, Err(ContractError::Barred(Bar::Stage))));
        let file = scene.file().await;
        let one = last(&file);
        assert_eq!((file.row.state.as_str(), one.stage, one.in_force), ("contracted", Stage::Signed, true));
        let given: Vec<_> =
            one.signatures.iter().map(|(who, given)| (*who, given.clone().unwrap())).collect();
        assert_eq!((given[0].1.means, given[1].1.means), (Means::Hand, Means::Account));
        assert_eq!(given[0].1.digest, given[1].1.digest);
        assert_eq!(given[0].1.digest.len(), 64);
        assert_eq!(owed(&file, due::Kind::Contract), None);
        assert_eq!(owed(&file, due::Kind::ReviewHours), Some(plus_days(scene.today(), 60)));
        assert_eq!(owed(&file, due::Kind::RenewOrEnd), Some(plus_days(one.over_on, -30)));
        let ends = one.over_on;
        sound(&scene.world).await;
        // The day after its last day, nobody having done anything.
        scene.wait((ends - scene.today()).num_days() + 1);
        assert_eq!(turn(&scene.world.system()).await.unwrap(), 1);
        assert_eq!(turn(&scene.world.system()).await.unwrap(), 0);
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), last(&file).in_force), ("enrolled", false));
        assert_eq!(owed(&file, due::Kind::Contract), Some(ends));
        let asked = worklist(&scene.lead).await.unwrap();
        assert_eq!((asked.sign.len(), asked.ending.len()), (1, 0));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_contract_is_followed_by_another_and_what_was_signed_stays() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        enrolled(&scene).await;
        let first = signed(&scene).await;
        let kept = ChangeInput { day: Some(plus_days(scene.today(), 90)), ..changing(Kind::HoursKept) };
        change(&scene.follows, scene.person, first, &kept).await.unwrap();
        assert_eq!(owed(&scene.file().await, due::Kind::ReviewHours), kept.day);
        let begun = proposed(&scene.follows, scene.person, None, Some(first)).await.unwrap();
        let text = begun.text.unwrap();
        assert_eq!((text.hours.weekly, text.hours.until, text.commitments.len()), (6, None, 3));
        assert_eq!(begun.starts_on, plus_days(last(&scene.file().await).over_on, 1));
        // An amendment from today on, with all the hours.
        let today = scene.today();
        let more = DraftInput {
            starts_on: Some(today),
            ends_on: Some(plus_months(today, 9)),
            weekly: Some(15),
            lighter: None,
            until: None,
            after: Some(first),
            ..typed(&scene)
        };
        let second = draft(&scene.follows, scene.person, None, &more).await.unwrap();
        let paper =
            HandInput { day: Some(today), who: vec![Signatory::Person, Signatory::Employment], revision: 1 };
        sign_by_hand(&scene.follows, scene.person, second, &paper).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.contracts.len(), last(&file).replaces), (2, Some(first)));
        assert_eq!(file.contracts[1].text.hours.weekly, 6);
        assert_eq!(owed(&file, due::Kind::ReviewHours), None);
        assert_eq!(file.row.contract_until, more.ends_on);
        // It ends before its date with a reason; the one before it binds again until its own.
        let end = ChangeInput { day: Some(today), ..changing(Kind::Ended) };
        assert!(matches!(
            change(&scene.follows, scene.person, second, &end).await,
            Err(ContractError::Choice)
        ));
        let end = ChangeInput { reason: Some(EndReason::Job), ..end };
        change(&scene.lead, scene.person, second, &end).await.unwrap();
        assert_eq!(last(&scene.file().await).over_on, today);
        assert!(matches!(
            change(&scene.follows, scene.person, second, &changing(Kind::Dropped)).await,
            Err(ContractError::Barred(Bar::Stage))
        ));
        sound(&scene.world).await;
        // The end of the path ends what binds, and drops what is being written.
        draft(&scene.follows, scene.person, None, &typed(&scene)).await.unwrap();
        scene.wait(35);
        scene.world.import("10.xml", &scene.world.month("2026-11-01", 1, 0.0)).await.unwrap();
        let left = EndInput {
            reason: Some(act::EndReason::RightClosed),
            day: Some(scene.today()),
            ..EndInput::default()
        };
        end_path(&scene.lead, scene.person, &left).await.unwrap();
        let file = scene.file().await;
        assert_eq!(last(&file).stage, Stage::Dropped);
        assert!(file.contracts.iter().all(|one| one.over_on <= scene.today() || one.stage == Stage::Dropped));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn who_leads_validates_where_the_programme_asks_and_sends_back_with_a_reason() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let manager = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        let text = programme_text(&manager, MEUSE, 1).await.unwrap();
        let text = text
            .replace("validation_by_team_lead = { value = false", "validation_by_team_lead = { value = true");
        let new = Draft { text, note: "Contrats validés.".to_owned(), after: 1, ..Draft::default() };
        publish_programme(&manager, Some(MEUSE), &new).await.unwrap();
        enrolled(&scene).await;
        let id = signed(&scene).await;
        let file = scene.file().await;
        assert_eq!((last(&file).stage, file.row.state.as_str()), (Stage::Validating, "enrolled"));
        // Five working days from a Thursday.
        assert_eq!(owed(&file, due::Kind::ValidateContract), Some(plus_days(scene.today(), 7)));
        let asked = worklist(&scene.lead).await.unwrap();
        assert_eq!(asked.validate.iter().map(|one| one.entry.row.id).collect::<Vec<_>>(), [scene.person]);
        let valid = changing(Kind::Validated);
        assert!(change(&scene.follows, scene.person, id, &valid).await.is_err());
        let back = changing(Kind::Returned);
        assert!(matches!(change(&scene.lead, scene.person, id, &back).await, Err(ContractError::Text)));
        let back = ChangeInput { text: "Préciser les matinées à la bibliothèque.".to_owned(), ..back };
        change(&scene.lead, scene.person, id, &back).await.unwrap();
        let file = scene.file().await;
        assert_eq!(last(&file).stage, Stage::Draft);
        assert!(last(&file).signatures.iter().all(|(_, given)| given.is_none()));
        assert_eq!(last(&file).acts[0].text.as_deref(), Some(back.text.as_str()));
        // What was signed stays as it was: what is written now is another one, which takes its place.
        let again = DraftInput {
            person: "Aller à la bibliothèque le mardi et le jeudi".to_owned(),
            revision: 1,
            ..typed(&scene)
        };
        let kept = id;
        let id = draft(&scene.follows, scene.person, Some(kept), &again).await.unwrap();
        let file = scene.file().await;
        assert_eq!((last(&file).id, last(&file).replaces), (id, Some(kept)));
        let before = &file.contracts[1];
        assert_eq!((before.stage, before.text.commitments.len()), (Stage::Dropped, 3));
        sign(&scene.follows, scene.person, id, 1).await.unwrap();
        let paper = HandInput { day: Some(scene.today()), who: vec![Signatory::Person], revision: 1 };
        sign_by_hand(&scene.follows, scene.person, id, &paper).await.unwrap();
        change(&scene.lead, scene.person, id, &valid).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), owed(&file, due::Kind::ValidateContract)), ("contracted", None));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_contract_of_before_2025_is_replaced_before_the_end_of_the_year() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        enrolled(&scene).await;
        let (today, over) = (scene.today(), plus_days(scene.today(), -1));
        let dates = |starts_on, ends_on| OldInput { starts_on: Some(starts_on), ends_on: Some(ends_on) };
        let ended = record_old(&scene.lead, scene.person, dates(plus_days(over, -100), over)).await;
        assert!(matches!(ended, Err(ContractError::Day(_))));
        let until = plus_days(today, 90);
        record_old(&scene.lead, scene.person, dates(plus_days(today, -200), until)).await.unwrap();
        let file = scene.file().await;
        assert_eq!((last(&file).nature, file.row.state.as_str()), (Nature::Cer, "contracted"));
        assert_eq!(owed(&file, due::Kind::ConvertContract), Some("2026-12-31".parse().unwrap()));
        assert_eq!(owed(&file, due::Kind::Contract), None);
        let asked = worklist(&scene.follows).await.unwrap();
        assert_eq!((asked.replace.len(), asked.ending.len(), asked.sign.len()), (1, 0, 0));
        signed(&scene).await;
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::ConvertContract), None);
        assert!(worklist(&scene.follows).await.unwrap().replace.is_empty());
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn why_there_are_fewer_hours_is_the_pairs_alone() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        enrolled(&scene).await;
        signed(&scene).await;
        let mine = open(&scene.follows, scene.person, Part::Contract).await.unwrap();
        assert_eq!(last(&mine).lighter, Some(Lighter::Start));
        let mut manager = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        manager.actor.reason = Some("Une question sur ce contrat".to_owned());
        let theirs = open(&manager, scene.person, Part::Contract).await.unwrap();
        assert!(theirs.contracts.iter().all(|one| one.lighter.is_none() && one.text.hours.lighter.is_none()));
    })
    .await;
}

#[tokio::test]
async fn who_may_not_be_known_of_is_not_asked_to_sign_before_the_others() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let hidden = scene.world.account(Role::SocialReferent, None).await;
        scene.world.follow(scene.person, hidden, "social").await;
        let asked = async || {
            let begun = proposed(&scene.follows, scene.person, None, None).await.unwrap();
            begun.signatories
        };
        assert_eq!(asked().await, [Signatory::Person, Signatory::Social, Signatory::Employment]);
        let refuge = scene.world.structure("Le Refuge", StructureKind::Shelter).await;
        scene.world.join(hidden, Role::SocialReferent, refuge).await;
        assert_eq!(asked().await, [Signatory::Person, Signatory::Employment]);
        // On the social side it is known, and asked.
        let social = scene.world.acting(hidden).await;
        let begun = proposed(&social, scene.person, None, None).await.unwrap();
        assert!(begun.signatories.contains(&Signatory::Social));
    })
    .await;
}
