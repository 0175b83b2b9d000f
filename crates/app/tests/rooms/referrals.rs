//! People addressed to the platform, on both engines: the queue, the answer, and what who sends never learns.

use app::Context;
use app::orientation::{
    AnswerReferralError, DecisionInput, ReferError, ReferralInput, answer_referral, count_referrals, decide,
    desk, open_call, open_referral, refer, referrals_received, referrals_sent, referrals_waiting, take,
};
use app::people::PeopleError;
use app::people::list::{Filter, Order, Page, PersonRow, Sort, list};
use app::people::person::open;
use chrono::Duration;
use domain::access::permission::Action;
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::audit::Part;
use domain::followup::path::PathState;
use domain::orientation::referral::{Answer, Moment, Urgency};
use domain::orientation::rules::{Organisation, Path};
use domain::time::plus_days;
use store::audit::JournalFilter;
use testkit::world::{World, on_both};
use uuid::Uuid;

use super::agenda::sound;

/// Somebody of whom no file has ever heard.
fn somebody() -> ReferralInput {
    ReferralInput {
        last_name: "Vauquelin".to_owned(),
        first_name: "Zélie".to_owned(),
        birth_date: Some("1991-03-14".parse().unwrap()),
        commune: "Commercy".to_owned(),
        phone: "06 39 98 12 34".to_owned(),
        reason: "Plus de travail depuis l’été, veut reprendre un métier.".to_owned(),
        urgency: Some(Urgency::Ordinary),
        moment: Some(Moment::Morning),
        consent: true,
        ..ReferralInput::default()
    }
}

/// The words by which a prescriber names a person whom a file made known.
async fn exactly(world: &World, person: Uuid) -> ReferralInput {
    let file = open(&world.system(), person, Part::Essential).await.unwrap();
    ReferralInput {
        last_name: file.row.last_name.to_uppercase(),
        first_name: file.row.first_name.clone(),
        birth_date: file.row.birth_date,
        number: format!(" {} ", file.dossiers[0].claim_number.to_lowercase()),
        ..somebody()
    }
}

async fn everybody(world: &World) -> Vec<PersonRow> {
    let page = Page { after: None, limit: 500 };
    let all = list(&world.system(), &Filter::default(), (Sort::Name, Order::Ascending), &page).await.unwrap();
    all.rows.into_iter().map(|entry| entry.row).collect()
}

async fn row(world: &World, id: Uuid) -> PersonRow {
    open(&world.system(), id, Part::Essential).await.unwrap().row
}

async fn who(world: &World, role: Role) -> Context {
    world.acting(world.account(role, None).await).await
}

async fn oriented(operator: &Context, person: Uuid) {
    take(operator, person).await.unwrap();
    let input = DecisionInput {
        path: Some(Path::Emploi),
        organisation: Some(Organisation::FranceTravail),
        reason: "Vue à l’accueil, prête à reprendre.".to_owned(),
        explanation: "On cherche un emploi avec vous.".to_owned(),
        ..DecisionInput::default()
    };
    decide(operator, person, &input).await.unwrap();
}

#[tokio::test]
async fn somebody_unknown_enters_the_queue_and_who_sent_them_gets_the_answer() {
    on_both(async |world| {
        let prescriber = who(&world, Role::Prescriber).await;
        let operator = who(&world, Role::Operator).await;
        assert_eq!(desk(&operator, None).await.unwrap().waiting, 0);
        let sent = refer(&prescriber, &somebody()).await.unwrap();
        let queue = desk(&operator, None).await.unwrap();
        assert_eq!(queue.waiting, 1);
        let waiting = &queue.queue[0];
        assert_eq!(waiting.referred, Some(Urgency::Ordinary));
        assert_eq!(waiting.row.territory.as_deref(), Some("commercy-saint-mihiel"));
        assert_eq!(waiting.row.reception, Some(prescriber.today()));
        let due = waiting.due.as_ref().unwrap();
        assert!(due.legal_on >= plus_days(prescriber.today(), 41), "the whole delay of the law");

        // The operator reads who sent them and why; the telephone that was given reaches the screen of the call.
        let person = waiting.row.id;
        let screen = open_call(&operator, person).await.unwrap();
        let told = &screen.file.referrals[0];
        assert_eq!(told.by.as_ref().unwrap().0, "Essai Prescripteur");
        assert_eq!(told.reason, somebody().reason);
        assert_eq!((told.moment, told.consented_on), (Moment::Morning, prescriber.today()));
        assert_eq!(screen.file.reach.ways[0].told.value, "+33639981234");
        assert_eq!(referrals_waiting(&operator).await.unwrap(), 1);
        assert_eq!(open_referral(&operator, sent).await.unwrap().person.1, "Zélie Vauquelin");

        // Who sent them sees what they typed, and that a call is planned.
        let mine = referrals_sent(&prescriber).await.unwrap();
        assert_eq!((mine[0].typed.name.as_str(), mine[0].answer), ("Zélie Vauquelin", None));
        assert_eq!(count_referrals(&prescriber).await.unwrap(), (1, 0));

        oriented(&operator, person).await;
        let mine = referrals_sent(&prescriber).await.unwrap();
        assert_eq!(mine[0].answer.map(|(answer, _)| answer), Some(Answer::Oriented));
        assert_eq!(count_referrals(&prescriber).await.unwrap(), (0, 1));
        assert_eq!(row(&world, person).await.referred_on, None);
        assert_eq!(referrals_waiting(&who(&world, Role::TeamLead).await).await.unwrap(), 0);
        for act in ["refer_person", "read_referral"] {
            let filter = JournalFilter { act: Some(act.to_owned()), ..JournalFilter::default() };
            let lines = app::audit::page(&world.system(), &filter).await.unwrap();
            assert_eq!(lines.len(), 1, "{act}");
            assert_eq!(lines[0].row.person_id, Some(person));
        }
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_exact_identity_finds_the_person_and_an_inexact_one_asks_without_telling() {
    on_both(async |world| {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let prescriber = who(&world, Role::Prescriber).await;
        let before = everybody(&world).await;
        let known = before.iter().find(|one| one.state == PathState::ToOrient.code()).unwrap().clone();
        let contacts = open(&world.system(), known.id, Part::Essential).await.unwrap().reach.ways.len();
        let exact = exactly(&world, known.id).await;
        refer(&prescriber, &exact).await.unwrap();
        assert_eq!(everybody(&world).await.len(), before.len(), "nobody new");
        let after = row(&world, known.id).await;
        assert_eq!(after.referred_on, Some(prescriber.today()));
        assert_eq!((after.due_on, after.legal_on), (known.due_on, known.legal_on), "an older clock goes on");
        // A third party changes neither the telephone nor the town of somebody whom a file names.
        let file = open(&world.system(), known.id, Part::Essential).await.unwrap();
        assert_eq!((file.reach.ways.len(), file.row.commune), (contacts, known.commune));

        // Another day of birth, or no number: a new record, a question for a human, and the very same answer.
        let other = before.iter().find(|one| one.id != known.id && one.merged_into.is_none()).unwrap();
        let without = ReferralInput { number: String::new(), ..exactly(&world, other.id).await };
        refer(&prescriber, &without).await.unwrap();
        let all = everybody(&world).await;
        assert_eq!(all.len(), before.len() + 1);
        let new = all.iter().find(|one| before.iter().all(|old| old.id != one.id)).unwrap();
        assert!(new.match_open && row(&world, other.id).await.match_open, "the question is asked");
        assert_eq!(new.state, PathState::ToOrient.code(), "and nobody is kept waiting for it");
        assert_eq!(row(&world, other.id).await.referred_on, None);
        let states: Vec<_> =
            referrals_sent(&prescriber).await.unwrap().into_iter().map(|one| one.answer).collect();
        assert_eq!(states, [None, None]);
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_second_request_is_told_and_nobody_sends_without_end() {
    on_both(async |world| {
        let prescriber = who(&world, Role::Prescriber).await;
        let coach = who(&world, Role::JobCoach).await;
        refer(&prescriber, &somebody()).await.unwrap();
        for by in [&prescriber, &coach] {
            assert!(matches!(refer(by, &somebody()).await, Err(ReferError::Twice)));
        }
        assert_eq!(everybody(&world).await.len(), 1, "the same words again are the same person");
        let another = |n: i64| ReferralInput {
            last_name: format!(
                "Nom{}",
                ["a", "b", "c", "d", "e", "f", "g", "h", "i"][usize::try_from(n).unwrap()]
            ),
            birth_date: Some(plus_days("1980-01-01".parse().unwrap(), n * 400)),
            phone: format!("06 39 98 00 0{n}"),
            ..somebody()
        };
        for n in 0..8 {
            refer(&prescriber, &another(n)).await.unwrap();
        }
        let refused = refer(&prescriber, &another(8)).await;
        assert!(matches!(refused, Err(ReferError::TooMany)), "ten in an hour, those told twice included");
        refer(&coach, &another(8)).await.unwrap();
        world.wait(Duration::minutes(61));
        refer(&prescriber, &ReferralInput { last_name: "Autre".to_owned(), ..another(3) }).await.unwrap();
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_no_longer_has_a_right_may_ask_freely_and_is_answered() {
    on_both(async |world| {
        world.import("09.xml", &world.month("2026-10-01", 60, 0.0)).await.unwrap();
        let prescriber = who(&world, Role::Prescriber).await;
        let operator = who(&world, Role::Operator).await;
        let idle = |one: &PersonRow| {
            one.state == PathState::Known.code() || one.state == PathState::RightClosed.code()
        };
        let known = everybody(&world).await.into_iter().find(idle).unwrap();
        let urgent = ReferralInput { urgency: Some(Urgency::Urgent), ..exactly(&world, known.id).await };
        let sent = refer(&prescriber, &urgent).await.unwrap();
        let waits = row(&world, known.id).await;
        assert_eq!(waits.state, PathState::ToOrient.code());
        assert!(waits.legal_on.unwrap() >= plus_days(prescriber.today(), 41), "its own clock");
        assert!(matches!(
            answer_referral(&operator, sent, Some(Answer::Oriented)).await,
            Err(AnswerReferralError::Answer)
        ));
        assert!(matches!(answer_referral(&operator, sent, None).await, Err(AnswerReferralError::Answer)));
        answer_referral(&operator, sent, Some(Answer::Declined)).await.unwrap();
        let after = row(&world, known.id).await;
        assert_eq!((after.state, after.referred_on, after.due_on), (known.state, None, known.due_on));
        let told = referrals_sent(&prescriber).await.unwrap()[0].answer.unwrap();
        assert_eq!(told.0, Answer::Declined);
        let lead = who(&world, Role::TeamLead).await;
        assert!(matches!(
            answer_referral(&lead, sent, Some(Answer::Followed)).await,
            Err(AnswerReferralError::Answered)
        ));
        // Once answered, they may be addressed again.
        refer(&prescriber, &urgent).await.unwrap();
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn who_is_oriented_already_is_told_to_those_who_follow_them() {
    on_both(async |world| {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let prescriber = who(&world, Role::Prescriber).await;
        let operator = who(&world, Role::Operator).await;
        let coach = world.account(Role::JobCoach, None).await;
        let known =
            everybody(&world).await.into_iter().find(|one| one.state == PathState::ToOrient.code()).unwrap();
        oriented(&operator, known.id).await;
        world.follow(known.id, coach, "employment").await;
        let sent = refer(&prescriber, &exactly(&world, known.id).await).await.unwrap();
        assert_eq!(row(&world, known.id).await.state, PathState::Oriented.code(), "no second queue");
        assert_eq!(referrals_waiting(&operator).await.unwrap(), 0);
        let coach = world.acting(coach).await;
        let received = referrals_received(&coach).await.unwrap();
        assert!(received[0].id == sent && !received[0].waits);
        answer_referral(&coach, sent, Some(Answer::Followed)).await.unwrap();
        let stranger = who(&world, Role::JobCoach).await;
        assert!(matches!(open_referral(&stranger, sent).await, Err(PeopleError::Unknown)));
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_urgent_request_comes_before_those_of_the_same_delay() {
    on_both(async |world| {
        let prescriber = who(&world, Role::Prescriber).await;
        let operator = who(&world, Role::Operator).await;
        refer(&prescriber, &somebody()).await.unwrap();
        let urgent = ReferralInput {
            last_name: "Ferrandi".to_owned(),
            birth_date: Some("1985-06-02".parse().unwrap()),
            phone: "06 39 98 55 55".to_owned(),
            urgency: Some(Urgency::Urgent),
            ..somebody()
        };
        refer(&prescriber, &urgent).await.unwrap();
        let queue = desk(&operator, None).await.unwrap().queue;
        let names: Vec<&str> = queue.iter().map(|one| one.row.last_name.as_str()).collect();
        assert_eq!(names, ["Ferrandi", "Vauquelin"]);
        assert_eq!(queue[0].referred, Some(Urgency::Urgent));
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_told_field_by_field() {
    on_both(async |world| {
        let prescriber = who(&world, Role::Prescriber).await;
        let today = prescriber.today();
        let said = async |input: ReferralInput| refer(&prescriber, &input).await.unwrap_err().to_string();
        for (input, wanted) in [
            (ReferralInput { last_name: " 12 ".to_owned(), ..somebody() }, "nom"),
            (ReferralInput { last_name: "x".repeat(81), ..somebody() }, "nom"),
            (ReferralInput { first_name: String::new(), ..somebody() }, "prénom"),
            (ReferralInput { birth_date: None, ..somebody() }, "date de naissance"),
            (ReferralInput { birth_date: Some(plus_days(today, -4_000)), ..somebody() }, "16 ans"),
            (ReferralInput { birth_date: Some(plus_days(today, 3)), ..somebody() }, "16 ans"),
            (ReferralInput { number: "12/34%".to_owned(), ..somebody() }, "numéro de dossier"),
            (
                ReferralInput { commune: "Orléans".to_owned(), ..somebody() },
                "« Orléans » n’est pas une commune",
            ),
            (ReferralInput { phone: "12".to_owned(), ..somebody() }, "dix chiffres"),
            (ReferralInput { reason: "Aide".to_owned(), ..somebody() }, "pourquoi"),
            (ReferralInput { reason: "x".repeat(1_001), ..somebody() }, "pourquoi"),
            (ReferralInput { urgency: None, ..somebody() }, "urgent"),
            (ReferralInput { moment: None, ..somebody() }, "moment"),
            (ReferralInput { consent: false, ..somebody() }, "accord"),
        ] {
            let said = said(input).await;
            assert!(said.contains(wanted), "{said}");
        }
        assert!(everybody(&world).await.is_empty());
        assert!(referrals_sent(&prescriber).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_prescriber_reads_nobody_and_each_sees_what_they_sent() {
    on_both(async |world| {
        let prescriber = who(&world, Role::Prescriber).await;
        let partner = world.account(Role::Partner, None).await;
        let shelter = world.structure("Le Relais", StructureKind::Shelter).await;
        world.join(partner, Role::Partner, shelter).await;
        let partner = world.acting(partner).await;
        let sent = refer(&partner, &somebody()).await.unwrap();
        assert!(referrals_sent(&prescriber).await.unwrap().is_empty(), "those of another");
        for action in Action::ALL {
            let granted = app::access::permit(&prescriber, action).is_ok();
            let own = matches!(action, Action::ReferPerson | Action::ReadOwnActs | Action::ReadCatalogues);
            assert_eq!(granted, own, "{action:?}");
        }
        assert!(matches!(open_referral(&prescriber, sent).await, Err(PeopleError::Refused(_))));
        for role in [Role::Operator, Role::AidOfficer, Role::Manager, Role::Admin, Role::Dpo] {
            let ctx = who(&world, role).await;
            assert!(matches!(refer(&ctx, &somebody()).await, Err(ReferError::Refused(_))), "{role:?}");
        }
        // That somebody of a protected structure sent them is hidden outside the social side.
        let operator = who(&world, Role::Operator).await;
        assert_eq!(open_referral(&operator, sent).await.unwrap().by, None);
        let far = world.acting(world.account(Role::Operator, Some("nulle-part")).await).await;
        assert!(matches!(open_referral(&far, sent).await, Err(PeopleError::Unknown)));
        assert_eq!(referrals_waiting(&far).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_merge_carries_the_request_and_taking_it_back_leaves_it_where_it_was() {
    use app::intake::review::{Decision, Queue, decide as judge, list as questions, undo};
    on_both(async |world| {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let prescriber = who(&world, Role::Prescriber).await;
        let lead = who(&world, Role::TeamLead).await;
        let known =
            everybody(&world).await.into_iter().find(|one| one.state == PathState::ToOrient.code()).unwrap();
        let without = ReferralInput { number: String::new(), ..exactly(&world, known.id).await };
        let sent = refer(&prescriber, &without).await.unwrap();
        let asked = questions(&lead, Queue::Open, None).await.unwrap();
        let question = asked.rows.iter().find(|one| one.id != Uuid::nil()).unwrap().id;
        judge(&lead, question, Decision::Same, "Vue à l’accueil, même personne.").await.unwrap();
        assert_eq!(row(&world, known.id).await.referred_on, Some(prescriber.today()));
        let received = referrals_received(&lead).await.unwrap();
        assert_eq!((received[0].id, received[0].person.0), (sent, known.id));
        undo(&lead, question).await.unwrap();
        assert_eq!(row(&world, known.id).await.referred_on, None);
        assert_eq!(referrals_waiting(&lead).await.unwrap(), 1);
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn sending_twice_with_and_without_the_number_tells_nothing_of_who_is_known() {
    on_both(async |world| {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let prescriber = who(&world, Role::Prescriber).await;
        let known = everybody(&world).await;
        let mut waiting = known.iter().filter(|one| one.state == PathState::ToOrient.code());
        let (first, second) = (waiting.next().unwrap().id, waiting.next().unwrap().id);
        // With the number and then without it, then the other way round; each for somebody known and for nobody.
        for (person, number_first) in
            [(Some(first), true), (None, true), (Some(second), false), (None, false)]
        {
            let with = match person {
                Some(id) => exactly(&world, id).await,
                None => ReferralInput {
                    number: "0987654".to_owned(),
                    last_name: if number_first { "Quentinois" } else { "Hannequin" }.to_owned(),
                    ..somebody()
                },
            };
            let without = ReferralInput { number: String::new(), ..with.clone() };
            let pair = if number_first { [with, without] } else { [without, with] };
            let told = (refer(&prescriber, &pair[0]).await, refer(&prescriber, &pair[1]).await);
            assert!(matches!(told, (Ok(_), Err(ReferError::Twice))), "{person:?} {number_first}: {told:?}");
        }
        sound(&world).await;
    })
    .await;
}
