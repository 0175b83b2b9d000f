//! Links by which a person books without an account, on both engines: what they allow, what they never do, who comes first, and
//! the calls that are asked for by them.

use app::access::AddressLimiter;
use app::agenda::booking_link::{
    Aim, GiveError, LinkActError, LinkError, Offer, Opened, Standing, book_by_link, cancel_by_link, end_link,
    give_link, link_address, link_slots, links_of, make_link, move_by_link, open_link, open_link_to_act,
};
use app::agenda::{
    AgendaError, AnswerError, CallbackError, CallbackInput, Cancelling, answer_callback, ask_callback,
    book_appointment, callbacks, callbacks_of, callbacks_owed, cancel_appointment, find_slots, my_agenda,
    of_person, record_attendance,
};
use app::audit::{JournalFilter, JournalLine, page};
use app::followup::{CallInput, ContactInput, record_call, record_contact};
use app::orientation::{AttemptInput, DecisionInput, decide, desk, record_attempt, take_next};
use app::people::contact::{Mark, mark, open as reach_of};
use app::people::person::open as open_person;
use chrono::{Duration, NaiveTime};
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::agenda::appointment::{Attendance, CancelledBy, Modality, Purpose, Status};
use domain::agenda::booking::{LENGTH, read};
use domain::agenda::callback::HalfDay;
use domain::audit::Part;
use domain::followup::act::CallResult;
use domain::followup::contact::Outcome::Held;
use domain::followup::contact::{Means, Subject as About};
use domain::orientation::queue::Attempt;
use domain::orientation::rules::{Organisation, Path};
use domain::people::contact::Kind;
use testkit::agenda::{WEEK, hours};
use testkit::world::on_both;
use uuid::Uuid;

use crate::agenda::{Scene, booking, sound};

const HERE: Option<Modality> = Some(Modality::InPerson);

fn any_hour() -> Aim {
    Aim::Choose(Offer { with: None, site: None, modality: None, purpose: Purpose::FirstMeeting })
}

fn with(coach: Uuid) -> Aim {
    Aim::Choose(Offer { with: Some(coach), site: None, modality: None, purpose: Purpose::FollowUp })
}

impl Scene {
    /// A link for the person of the scene, that ends in ten days.
    async fn link(&self, aim: &Aim) -> String {
        self.link_of(self.person.id, aim).await
    }

    async fn link_of(&self, person: Uuid, aim: &Aim) -> String {
        let tx = self.world.department.db.begin().await.unwrap();
        let until = self.ctx.now() + Duration::days(10);
        let token = make_link(&self.ctx, &tx, person, aim, until).await.unwrap();
        tx.commit().await.unwrap();
        token
    }

    async fn opens(&self, token: &str) -> Result<Opened, LinkError> {
        open_link(&self.ctx, &AddressLimiter::default(), "192.0.2.1", token).await
    }

    async fn opened(&self, token: &str) -> Opened {
        self.opens(token).await.unwrap()
    }

    async fn gone(&self, token: &str) -> bool {
        matches!(self.opens(token).await, Err(LinkError::Gone))
    }

    /// Books the first hour that a link offers.
    async fn books(&self, token: &str) -> Uuid {
        let opened = self.opened(token).await;
        let slot = link_slots(&self.ctx, &opened, None, None, 10).await.unwrap()[0].id;
        book_by_link(&self.ctx, &opened, slot, HERE).await.unwrap().id
    }

    /// The lines of the journal for the person of the scene, the first first.
    async fn told(&self) -> Vec<JournalLine> {
        let filter = JournalFilter { person: vec![self.person.id], ..JournalFilter::default() };
        let mut lines = page(&self.world.system(), &filter).await.unwrap();
        lines.sort_by_key(|line| line.number);
        lines
    }
}

#[tokio::test]
async fn a_token_is_told_once_and_only_its_hash_is_kept() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let (one, other) = (scene.link(&any_hour()).await, scene.link(&any_hour()).await);
        assert_ne!(one, other);
        assert_eq!((one.len(), read(&one).as_deref()), (LENGTH, Some(one.as_str())));
        let db = &scene.world.department.db;
        let rows =
            store::agenda::booking_link::live(db.read(), &[scene.person.id], scene.ctx.now()).await.unwrap();
        assert_eq!(rows.len(), 2);
        let kept = format!("{rows:?}");
        assert!(!kept.contains(&one) && !kept.contains(&other));
        let hash = store::agenda::booking_link::hash(db, &one).unwrap();
        assert_eq!(rows.iter().filter(|row| row.token_hash == hash).count(), 1);
        let app = scene.world.app.clone().with_short_url(Some("https://dcl.fr".to_owned()));
        let address = link_address(&app, &scene.world.department, &one);
        assert_eq!(address, format!("https://dcl.fr/55/r/{one}"));
        assert!(address.len() - "https://".len() <= 24, "{address}");
    })
    .await;
}

#[tokio::test]
async fn a_person_books_moves_and_cancels_by_their_link_and_the_host_sees_it() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let token = scene.link(&any_hour()).await;
        let opened = scene.opened(&token).await;
        assert_eq!(opened.first_name(), scene.person.first_name);
        let offered = link_slots(&scene.ctx, &opened, None, None, 50).await.unwrap();
        let booked = book_by_link(&scene.ctx, &opened, offered[1].id, HERE).await.unwrap();
        assert_eq!((booked.span, booked.hosts.clone()), (offered[1].span, vec![scene.coach]));
        let mine =
            my_agenda(&scene.ctx, scene.ctx.today(), scene.ctx.today() + Duration::days(30)).await.unwrap();
        assert_eq!(mine.appointments[0].id, booked.id);
        assert_eq!(
            (mine.appointments[0].purpose, mine.appointments[0].who.id),
            (Purpose::FirstMeeting, scene.person.id)
        );
        // The same link shows it, offers no second one, and moves it.
        let again = scene.opened(&token).await;
        assert_eq!(again.meeting().unwrap().span, booked.span);
        let second = book_by_link(&scene.ctx, &again, offered[2].id, HERE).await.unwrap_err();
        assert!(matches!(second, LinkActError::Changed), "{second}");
        let moved = move_by_link(&scene.ctx, &again, offered[3].id, None).await.unwrap();
        assert_eq!((moved.id, moved.span), (booked.id, offered[3].span));
        cancel_by_link(&scene.ctx, &scene.opened(&token).await).await.unwrap();
        let all = of_person(&scene.ctx, scene.person.id).await.unwrap();
        assert_eq!(
            (all.len(), all[0].status, all[0].cancelled_by),
            (1, Status::Cancelled, Some(CancelledBy::Person))
        );
        // Cancelled, it chooses again; both hours are free.
        let free = link_slots(&scene.ctx, &scene.opened(&token).await, None, None, 50).await.unwrap();
        assert_eq!(free, offered);
        let told = scene.told().await;
        let by = |act: &str| told.iter().find(|line| line.row.act == act).unwrap().row.clone();
        for act in ["book_appointment", "move_appointment", "cancel_appointment"] {
            let row = by(act);
            assert_eq!(
                (row.actor_kind.as_str(), row.actor_id, row.role.as_str()),
                ("person", None, "person"),
                "{act}"
            );
            assert_eq!(row.actor_name, "la personne, par son lien");
        }
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_wrong_expired_ended_or_has_served_is_answered_the_same() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let token = scene.link(&any_hour()).await;
        for wrong in ["", "inconnu", "22222222222", &token[..10], &format!("{token}2")] {
            assert!(scene.gone(wrong).await, "{wrong}");
        }
        let typed = format!("{} {}", token[..5].to_uppercase(), &token[5..]);
        assert_eq!(scene.opened(&typed).await.first_name(), scene.person.first_name);
        // Ended by a professional.
        let ended = scene.link(&any_hour()).await;
        let known = links_of(&scene.ctx, scene.person.id).await.unwrap();
        assert_eq!(known.len(), 2);
        end_link(&scene.ctx, scene.person.id, known[0].id).await.unwrap();
        assert!(scene.gone(&ended).await && !scene.gone(&token).await);
        let twice = end_link(&scene.ctx, scene.person.id, known[0].id).await.unwrap_err();
        assert!(matches!(twice, AgendaError::Unknown));
        // It has served: the hour of the appointment has come.
        let id = scene.books(&token).await;
        let one = of_person(&scene.ctx, scene.person.id)
            .await
            .unwrap()
            .into_iter()
            .find(|one| one.id == id)
            .unwrap();
        let opened = scene.opened(&token).await;
        scene.world.wait(one.span.start - scene.ctx.now());
        assert!(scene.gone(&token).await);
        let late = cancel_by_link(&scene.ctx, &opened).await.unwrap_err();
        assert!(matches!(late, LinkActError::Link(LinkError::Gone)), "{late}");
        // Expired.
        let other = scene.link_of(scene.other.id, &any_hour()).await;
        scene.world.wait(Duration::days(10) - Duration::seconds(1));
        assert!(!scene.gone(&other).await);
        scene.world.wait(Duration::seconds(1));
        assert!(scene.gone(&other).await);
    })
    .await;
}

#[tokio::test]
async fn of_two_browsers_with_one_link_one_books_and_of_two_people_one_has_the_hour() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let token = scene.link(&any_hour()).await;
        let opened = scene.opened(&token).await;
        let slots = link_slots(&scene.ctx, &opened, None, None, 10).await.unwrap();
        let (one, two) = tokio::join!(
            book_by_link(&scene.ctx, &opened, slots[0].id, HERE),
            book_by_link(&scene.ctx, &opened, slots[1].id, HERE)
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
        assert!(matches!(one.err().or(two.err()).unwrap(), LinkActError::Changed));
        assert_eq!(of_person(&scene.ctx, scene.person.id).await.unwrap().len(), 1);
        // Another person wants the hour that is left, with somebody else.
        let left = find_slots(&scene.world.system(), &app::agenda::Search::default()).await.unwrap()[0].id;
        let other = scene.opened(&scene.link_of(scene.other.id, &any_hour()).await).await;
        let wanted = booking(left);
        let (theirs, by_hand) = tokio::join!(
            book_by_link(&scene.ctx, &other, left, HERE),
            book_appointment(&scene.ctx, scene.person.id, &wanted)
        );
        assert_eq!(usize::from(theirs.is_ok()) + usize::from(by_hand.is_ok()), 1);
        if let Err(refused) = theirs {
            let LinkActError::Taken(near) = refused else { panic!("{refused}") };
            assert!(near.len() == 3 && near.iter().all(|slot| slot.id != left));
        }
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_books_within_its_offer_and_never_in_a_sensitive_structure_unless_it_names_who_receives() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let hidden = scene.world.account(Role::SocialReferent, None).await;
        let centre = scene.world.structure("CHRS Les Glycines", StructureKind::Shelter).await;
        scene.world.join(hidden, Role::SocialReferent, centre).await;
        let far = scene.world.site("Antenne de Verdun", "Verdun").await;
        scene.world.opens(hidden, far, hours(&scene.world, &WEEK, "08:00", "09:00")).await;
        let anybody = scene.opened(&scene.link(&any_hour()).await).await;
        let offered = link_slots(&scene.ctx, &anybody, None, None, 0).await.unwrap();
        assert!(!offered.is_empty() && offered.iter().all(|slot| slot.hosts[0].0 == scene.coach));
        let named = scene.opened(&scene.link(&with(hidden)).await).await;
        let theirs = link_slots(&scene.ctx, &named, None, None, 0).await.unwrap();
        assert!(!theirs.is_empty() && theirs.iter().all(|slot| slot.hosts[0].0 == hidden));
        // A slot that is not offered is as one that is taken.
        let refused = book_by_link(&scene.ctx, &anybody, theirs[0].id, HERE).await.unwrap_err();
        assert!(matches!(refused, LinkActError::Taken(_)), "{refused}");
        let refused = book_by_link(&scene.ctx, &named, offered[0].id, HERE).await.unwrap_err();
        assert!(matches!(refused, LinkActError::Taken(_)), "{refused}");
        assert!(of_person(&scene.ctx, scene.person.id).await.unwrap().is_empty());
        // Who is not on the social side cannot make such a link, nor learn that there is one.
        let refused = give_link(&scene.ctx, scene.person.id, &with(hidden), 30).await.unwrap_err();
        assert!(matches!(refused, GiveError::Agenda(AgendaError::Unknown)));
        assert_eq!(links_of(&scene.ctx, scene.person.id).await.unwrap().len(), 1);
        book_by_link(&scene.ctx, &named, theirs[0].id, HERE).await.unwrap();
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_for_one_appointment_shows_moves_and_cancels_that_one() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let slot = scene.world.free_with(scene.coach).await[2].clone();
        let id = book_appointment(&scene.ctx, scene.person.id, &booking(slot.id)).await.unwrap().id;
        let given = give_link(&scene.ctx, scene.person.id, &Aim::Manage(id), 30).await.unwrap();
        let token = given.address.rsplit('/').next().unwrap().to_owned();
        let opened = scene.opened(&token).await;
        assert_eq!(opened.meeting().unwrap().span, slot.span);
        let to = link_slots(&scene.ctx, &opened, None, None, 10).await.unwrap()[0].clone();
        assert_eq!(to.modalities, [Modality::InPerson]);
        move_by_link(&scene.ctx, &opened, to.id, None).await.unwrap();
        // A professional cancels: the person is told, and may ask to be called.
        let why = Cancelling { by: CancelledBy::Professional, reason: String::new() };
        cancel_appointment(&scene.ctx, id, &why).await.unwrap();
        let opened = scene.opened(&token).await;
        assert!(matches!(opened.standing, Standing::Cancelled(_)));
        let refused = book_by_link(&scene.ctx, &opened, to.id, HERE).await.unwrap_err();
        assert!(matches!(refused, LinkActError::Changed), "{refused}");
        // Not a link for somebody else's appointment, nor for a day too many.
        let refused =
            give_link(&scene.ctx, scene.person.id, &Aim::Manage(Uuid::nil()), 30).await.unwrap_err();
        assert!(matches!(refused, GiveError::Agenda(AgendaError::Unknown)));
        let refused = give_link(&scene.ctx, scene.person.id, &any_hour(), 91).await.unwrap_err();
        assert!(matches!(refused, GiveError::Days));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn guesses_are_counted_by_address_and_forms_by_link() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let token = scene.link(&any_hour()).await;
        let limiter = AddressLimiter::default();
        for _ in 0..200 {
            open_link(&scene.ctx, &limiter, "192.0.2.7", &token).await.unwrap();
        }
        for _ in 0..50 {
            let guess = open_link(&scene.ctx, &limiter, "192.0.2.7", "22222222222").await;
            assert!(matches!(guess, Err(LinkError::Gone)));
        }
        let guess = open_link(&scene.ctx, &limiter, "192.0.2.7", &token).await;
        assert!(matches!(guess, Err(LinkError::Wait(_))));
        for last in 100..150 {
            open_link_to_act(&scene.ctx, &limiter, &format!("192.0.2.{last}"), &token).await.unwrap();
        }
        let sent = open_link_to_act(&scene.ctx, &limiter, "192.0.2.9", &token).await;
        assert!(matches!(sent, Err(LinkError::Wait(_))));
    })
    .await;
}

#[tokio::test]
async fn a_call_asked_for_by_somebody_to_orient_is_promised_at_the_desk() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let operator = scene.world.account(Role::Operator, None).await;
        let desk_of = scene.world.acting(operator).await;
        let before = desk(&desk_of, None).await.unwrap();
        let last = before.queue.last().unwrap().row.clone();
        let opened = scene.opened(&scene.link_of(last.id, &any_hour()).await).await;
        // Thursday, ten o’clock: this afternoon.
        let input = CallbackInput {
            half_day: Some(HalfDay::Afternoon),
            phone: "06 39 98 00 44".into(),
            ..CallbackInput::default()
        };
        ask_callback(&scene.ctx, &opened, &input).await.unwrap();
        let after = desk(&desk_of, None).await.unwrap();
        let promised = after.promised.iter().find(|one| one.row.id == last.id).expect("a promised call");
        let zone = scene.world.department.timezone;
        let at = promised.promised.unwrap().with_timezone(&zone);
        assert_eq!(at.time(), NaiveTime::from_hms_opt(14, 0, 0).unwrap());
        assert_eq!(after.waiting, before.waiting - 1);
        scene.world.wait(Duration::hours(4));
        assert_eq!(
            desk(&desk_of, None).await.unwrap().queue[0].row.id,
            last.id,
            "first when its hour has come"
        );
        assert_eq!(take_next(&desk_of, None).await.unwrap(), last.id);
        assert_eq!(callbacks_owed(&desk_of).await.unwrap(), Some(1));
        let silence = AttemptInput { ending: Some(Attempt::NoAnswer), ..AttemptInput::default() };
        record_attempt(&desk_of, last.id, &silence).await.unwrap();
        assert_eq!(callbacks_owed(&desk_of).await.unwrap(), Some(1), "nobody picked up: it is owed still");
        assert!(desk(&desk_of, None).await.unwrap().queue.iter().all(|one| one.row.id != last.id));
        scene.world.wait(Duration::days(6));
        let spoken = AttemptInput { ending: Some(Attempt::Interrupted), ..AttemptInput::default() };
        record_attempt(&desk_of, last.id, &spoken).await.unwrap();
        assert_eq!(callbacks_owed(&desk_of).await.unwrap(), Some(0));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_call_is_owed_by_the_referent_or_by_who_leads_and_never_by_nobody() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        // Somebody whom nobody is to call first: they are oriented.
        let lead = scene.world.acting(scene.world.account(Role::TeamLead, None).await).await;
        for person in [scene.person.id, scene.other.id] {
            let input = DecisionInput {
                path: Some(Path::SocioProfessionnel),
                organisation: Some(Organisation::Departement),
                reason: "Rencontrée à l’accueil ce matin.".to_owned(),
                explanation: "On avance ensemble, à votre rythme.".to_owned(),
                ..DecisionInput::default()
            };
            decide(&lead, person, &input).await.unwrap();
        }
        let token = scene.link(&any_hour()).await;
        let opened = scene.opened(&token).await;
        let input = CallbackInput { words: "Après 16 h".into(), phone: "0639980044".into(), half_day: None };
        ask_callback(&scene.ctx, &opened, &input).await.unwrap();
        let operator = scene.world.acting(scene.world.account(Role::Operator, None).await).await;
        let owed = callbacks(&scene.ctx).await.unwrap();
        assert_eq!((owed.len(), owed[0].mine, owed[0].words.as_str()), (1, true, "Après 16 h"));
        assert_eq!((owed[0].phone.as_str(), owed[0].who.id), ("+33639980044", scene.person.id));
        let team = callbacks(&lead).await.unwrap();
        assert_eq!((team.len(), team[0].mine, team[0].referents.len()), (1, false, 1));
        assert!(callbacks(&operator).await.unwrap().is_empty());
        // Asked again: one request, the last wish, the first date.
        let again = CallbackInput { half_day: Some(HalfDay::Morning), ..CallbackInput::default() };
        ask_callback(&scene.ctx, &scene.opened(&token).await, &again).await.unwrap();
        let owed = callbacks(&scene.ctx).await.unwrap();
        assert_eq!(
            (owed.len(), owed[0].half_day, owed[0].phone.as_str()),
            (1, Some(HalfDay::Morning), "+33639980044")
        );
        let nothing = answer_callback(&scene.ctx, owed[0].id, "  ").await.unwrap_err();
        assert!(matches!(nothing, AnswerError::Text));
        let stranger = answer_callback(&operator, owed[0].id, "Rappelé").await.unwrap_err();
        assert!(matches!(stranger, AnswerError::Agenda(AgendaError::Unknown)));
        // It is owed like anything else, on the day that they chose: late, it is found by who leads.
        let step = async || {
            let file = open_person(&lead, scene.person.id, Part::Essential).await.unwrap();
            file.steps.into_iter().find(|one| one.kind == "call_back")
        };
        let due = step().await.expect("a call is owed");
        assert!(due.reason.starts_with("A demandé à être rappelée"), "{}", due.reason);
        answer_callback(&scene.ctx, owed[0].id, "Rappelé, rendez-vous lundi").await.unwrap();
        assert!(step().await.is_none());
        let twice = answer_callback(&lead, owed[0].id, "Moi aussi").await.unwrap_err();
        assert!(matches!(twice, AnswerError::Done));
        assert!(callbacks(&scene.ctx).await.unwrap().is_empty());
        let told = callbacks_of(&scene.ctx, scene.person.id).await.unwrap();
        assert_eq!(told[0].answer.as_deref(), Some("Rappelé, rendez-vous lundi"));
        // A contact is the call: nothing is written twice.
        ask_callback(&scene.ctx, &scene.opened(&token).await, &input).await.unwrap();
        assert!(step().await.is_some());
        let spoken = ContactInput {
            means: Some(Means::Phone),
            outcome: Some(Held),
            subject: Some(About::Situation),
            ..ContactInput::default()
        };
        record_contact(&scene.ctx, scene.person.id, &spoken).await.unwrap();
        assert!(step().await.is_none() && callbacks(&scene.ctx).await.unwrap().is_empty());
        // So is the call that an absence owes.
        let missed = scene.book(0).await;
        scene.world.wait(Duration::hours(2));
        record_attendance(&scene.ctx, missed, Attendance::Absent).await.unwrap();
        ask_callback(&scene.ctx, &scene.opened(&token).await, &input).await.unwrap();
        let reached = CallInput { result: Some(CallResult::Reached), ..CallInput::default() };
        record_call(&scene.ctx, scene.person.id, &reached).await.unwrap();
        assert!(step().await.is_none() && callbacks(&scene.ctx).await.unwrap().is_empty());
        // Followed by nobody: the lead; where nobody leads, whoever answers calls, without the file opening.
        let orphan = scene.opened(&scene.link_of(scene.other.id, &any_hour()).await).await;
        ask_callback(&scene.ctx, &orphan, &input).await.unwrap();
        let team = callbacks(&lead).await.unwrap();
        assert_eq!((team.len(), team[0].mine), (1, true));
        assert!(callbacks(&operator).await.unwrap().is_empty());
        let tx = scene.world.department.db.begin().await.unwrap();
        store::access::account::set_disabled(&tx, lead.actor.id.unwrap(), Some(lead.now())).await.unwrap();
        tx.commit().await.unwrap();
        let found = callbacks(&operator).await.unwrap();
        assert_eq!((found.len(), found[0].mine, found[0].who.opens), (1, true, false));
        answer_callback(&operator, found[0].id, "Rappelé").await.unwrap();
        assert!(callbacks(&operator).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_call_needs_a_number_and_bad_input_is_told() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let opened = scene.opened(&scene.link(&any_hour()).await).await;
        let wish = |phone: &str, words: &str| CallbackInput {
            half_day: None,
            phone: phone.into(),
            words: words.into(),
        };
        let ask = async |input: CallbackInput| ask_callback(&scene.ctx, &opened, &input).await;
        assert!(matches!(ask(wish("12", "")).await, Err(CallbackError::Phone)));
        assert!(matches!(ask(wish("0639980044", &"a".repeat(301))).await, Err(CallbackError::Words)));
        let known = reach_of(&scene.ctx, scene.person.id).await.unwrap().reach.ways;
        for way in known.iter().filter(|way| way.kind == Kind::Phone) {
            mark(&scene.ctx, scene.person.id, way.id, Mark::Unusable).await.unwrap();
        }
        let without = scene.opened(&scene.link(&any_hour()).await).await;
        assert!(without.without_phone);
        let refused = ask_callback(&scene.ctx, &without, &wish("", "")).await;
        assert!(matches!(refused, Err(CallbackError::PhoneNeeded)));
        assert!(callbacks_of(&scene.ctx, scene.person.id).await.unwrap().is_empty());
    })
    .await;
}
