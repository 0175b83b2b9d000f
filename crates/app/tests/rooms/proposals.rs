//! People proposed to structures: what a partner sees, from when to when, and what nobody else is told, on both engines.

use app::Context;
use app::intake::review::{self, Decision};
use app::people::PeopleError;
use app::people::contact::{NewContact, Preference, prefer, write};
use app::people::list::{Filter, Order, Page, PersonRow, Sort, list};
use app::people::person::{open, opened};
use app::people::proposal::{
    AnswerError, AnswerInput, ProposalInput, ProposeError, answer, count_proposed, end_proposal,
    open_proposed, propose, proposed_to_me,
};
use chrono::{Duration, NaiveDate};
use domain::access::proposal::{Reply, Shared, Standing};
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::audit::Part;
use domain::people::contact::{Channel, Consent, Kind};
use store::people::proposal;
use testkit::world::{World, on_both};
use uuid::Uuid;

/// A département with people, somebody who follows one of them, and a partner of an operator.
struct Scene {
    world: World,
    person: PersonRow,
    other: PersonRow,
    social: Context,
    place: Uuid,
    partner: Uuid,
}

impl Scene {
    async fn of(world: World) -> Self {
        world.import("09.xml", &world.month("2026-10-01", 60, 0.0)).await.unwrap();
        let page = Page { after: None, limit: 500 };
        let sort = (Sort::Name, Order::Ascending);
        let all = list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
        let mut verdun = all.rows.into_iter().map(|one| one.row).filter(|one| {
            one.territory.as_deref() == Some("verdun") && one.birth_date.is_some() && one.commune.is_some()
        });
        let (person, other) = (verdun.next().unwrap(), verdun.next().unwrap());
        let account = world.account(Role::SocialReferent, None).await;
        world.follow(person.id, account, "social").await;
        let place = world.structure("Tremplin", StructureKind::Operator).await;
        let partner = world.account(Role::Partner, None).await;
        world.join(partner, Role::Partner, place).await;
        let social = world.acting(account).await;
        Self { world, person, other, social, place, partner }
    }

    fn input(&self, shares: &[Shared]) -> ProposalInput {
        ProposalInput {
            structure: Some(self.place),
            text: "Cherche un poste en cuisine.".to_owned(),
            shares: shares.to_vec(),
            until: Some(self.day(30)),
        }
    }

    fn day(&self, after: i64) -> NaiveDate {
        domain::time::plus_days(self.world.system().today(), after)
    }

    async fn propose(&self, shares: &[Shared]) -> Uuid {
        propose(&self.social, self.person.id, &self.input(shares)).await.unwrap()
    }

    /// The partner, as a session opened now knows them.
    async fn partner(&self) -> Context {
        self.world.acting(self.partner).await
    }
}

/// Nothing of a proposal is there for this reader: neither the page, nor a line of the list, nor a count.
async fn sees_nothing(ctx: &Context, id: Uuid) {
    assert!(matches!(open_proposed(ctx, id).await, Err(PeopleError::Unknown)));
    let input = AnswerInput { reply: Some(Reply::Accepted), text: String::new() };
    assert!(matches!(answer(ctx, id, &input).await, Err(AnswerError::People(PeopleError::Unknown))));
    assert!(proposed_to_me(ctx).await.unwrap().is_empty());
    assert_eq!(count_proposed(ctx).await.unwrap(), (0, 0));
}

async fn contact(ctx: &Context, person: Uuid, kind: Kind, value: &str) {
    let new = NewContact { kind, value: value.to_owned(), shared: false, replaces: None };
    write(ctx, person, new).await.unwrap();
}

#[tokio::test]
async fn a_partner_sees_the_name_and_what_was_ticked_and_nothing_else() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        contact(&scene.social, scene.person.id, Kind::Phone, "06 39 98 00 77").await;
        contact(&scene.social, scene.person.id, Kind::Email, "zib@exemple.fr").await;
        let id = scene.propose(&[Shared::Phone, Shared::Age]).await;
        let partner = scene.partner().await;
        let lines = proposed_to_me(&partner).await.unwrap();
        let name = format!("{} {}", scene.person.first_name, scene.person.last_name);
        assert_eq!((lines.len(), lines[0].id, &lines[0].name), (1, id, &name));
        assert_eq!(count_proposed(&partner).await.unwrap(), (1, 1));
        let told = open_proposed(&partner, id).await.unwrap();
        assert_eq!(told.line, lines[0]);
        assert_eq!(told.text, "Cherche un poste en cuisine.");
        assert_eq!((told.phones.as_slice(), told.emails.len()), (&["+33639980077".to_owned()][..], 0));
        let born = scene.person.birth_date.unwrap();
        assert_eq!(told.age, Some(domain::time::age(born, scene.world.system().today())));
        assert_eq!((told.commune, told.author.is_some(), told.answer), (None, true, None));
        assert!(matches!(
            open(&partner, scene.person.id, Part::Essential).await,
            Err(PeopleError::Refused(_))
        ));

        let lead = scene.world.user(&[Role::TeamLead]);
        let acts: Vec<String> =
            opened(&lead, scene.person.id, None, 50).await.unwrap().into_iter().map(|l| l.row.act).collect();
        assert!(acts.contains(&"propose_person".to_owned()) && acts.contains(&"read_proposal".to_owned()));

        let refusal =
            Preference { kind: Kind::Consent(Channel::Call), value: Some(Consent::No.code().to_owned()) };
        prefer(&scene.social, scene.person.id, vec![refusal]).await.unwrap();
        assert!(
            open_proposed(&partner, id).await.unwrap().phones.is_empty(),
            "who refuses to be called is not"
        );
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_seen_by_its_structure_only_and_only_while_it_lasts() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let id = scene.propose(&[]).await;
        let elsewhere = scene.world.structure("Atelier", StructureKind::Association).await;
        let neighbour = scene.world.account(Role::Partner, None).await;
        scene.world.join(neighbour, Role::Partner, elsewhere).await;
        let nowhere = scene.world.account(Role::Partner, None).await;
        let coach_there = scene.world.account(Role::JobCoach, None).await;
        scene.world.join(coach_there, Role::JobCoach, scene.place).await;
        sees_nothing(&scene.world.acting(neighbour).await, id).await;
        sees_nothing(&scene.world.acting(nowhere).await, id).await;
        let coach = scene.world.acting(coach_there).await;
        assert!(matches!(open_proposed(&coach, id).await, Err(PeopleError::Refused(_))), "not by this role");

        scene.world.wait(Duration::days(30));
        assert!(open_proposed(&scene.partner().await, id).await.is_ok(), "the last day is included");
        scene.world.wait(Duration::days(1));
        sees_nothing(&scene.partner().await, id).await;
        let shown = open(&scene.social, scene.person.id, Part::Essential).await.unwrap().proposals.unwrap();
        assert_eq!((shown[0].standing, shown[0].standing.lasts()), (Standing::Past, false));

        // The structure closes: who holds a role there sees nothing, even a session that was read before.
        let again = scene.propose(&[]).await;
        let before = scene.partner().await;
        assert!(open_proposed(&before, again).await.is_ok());
        scene.world.close_structure(scene.place, scene.day(-1)).await;
        sees_nothing(&before, again).await;
        sees_nothing(&scene.partner().await, again).await;
        let closed = propose(&scene.social, scene.person.id, &scene.input(&[])).await;
        assert!(matches!(closed, Err(ProposeError::Structure)), "no proposal to a closed structure");
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_kept_and_a_refusal_or_an_end_closes_the_view_at_once() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let id = scene.propose(&[]).await;
        let partner = scene.partner().await;
        let send = async |id, reply, text: &str| {
            answer(&partner, id, &AnswerInput { reply, text: text.to_owned() }).await
        };
        assert!(matches!(send(id, None, "").await, Err(AnswerError::Reply)));
        assert!(matches!(send(id, Some(Reply::Declined), "  ").await, Err(AnswerError::Reason)));
        assert!(matches!(send(id, Some(Reply::Accepted), &"x".repeat(1_001)).await, Err(AnswerError::Text)));
        send(id, Some(Reply::Accepted), "Mardi à 9 h.").await.unwrap();
        let told = open_proposed(&partner, id).await.unwrap().answer.unwrap();
        assert_eq!((told.reply, told.text.as_str()), (Reply::Accepted, "Mardi à 9 h."));
        assert_eq!(count_proposed(&partner).await.unwrap(), (1, 0));
        let twice = propose(&scene.social, scene.person.id, &scene.input(&[])).await;
        assert!(matches!(twice, Err(ProposeError::Twice)));
        send(id, Some(Reply::Declined), "Complet.").await.unwrap();
        sees_nothing(&partner, id).await;
        let read = async |ctx: &Context| {
            open(ctx, scene.person.id, Part::Essential).await.unwrap().proposals.unwrap()
        };
        let shown = read(&scene.social).await;
        assert_eq!((shown.len(), shown[0].standing), (1, Standing::Declined));
        assert_eq!(shown[0].answer.as_ref().unwrap().text, "Complet.");
        assert!(matches!(end_proposal(&scene.social, scene.person.id, id).await, Err(PeopleError::Unknown)));

        let second = scene.propose(&[]).await;
        assert!(open_proposed(&partner, second).await.is_ok());
        let stranger = end_proposal(&scene.social, scene.other.id, second).await;
        assert!(matches!(stranger, Err(PeopleError::Unknown)), "by the page of somebody else");
        end_proposal(&scene.social, scene.person.id, second).await.unwrap();
        sees_nothing(&partner, second).await;
        assert_eq!(read(&scene.world.user(&[Role::TeamLead])).await.len(), 2, "a team lead reads them");
        let waits =
            open(&scene.world.user(&[Role::TeamLead]), scene.person.id, Part::Essential).await.unwrap();
        assert!(waits.proposable.is_none(), "and proposes nobody");
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_refused_in_words_and_only_one_s_own_people_are_proposed() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let attempt = async |change: &dyn Fn(&mut ProposalInput)| {
            let mut input = scene.input(&[]);
            change(&mut input);
            propose(&scene.social, scene.person.id, &input).await
        };
        let service = scene.world.structure("Maison", StructureKind::Departmental).await;
        assert!(matches!(attempt(&|one| one.structure = None).await, Err(ProposeError::Structure)));
        assert!(matches!(attempt(&|one| one.structure = Some(service)).await, Err(ProposeError::Structure)));
        assert!(matches!(attempt(&|one| one.text = " \n".to_owned()).await, Err(ProposeError::Text)));
        assert!(matches!(attempt(&|one| one.text = "x".repeat(2_001)).await, Err(ProposeError::Text)));
        for until in [None, Some(scene.day(-1)), Some(scene.day(182))] {
            assert!(matches!(attempt(&|one| one.until = until).await, Err(ProposeError::Until)), "{until:?}");
        }
        let stranger = propose(&scene.social, scene.other.id, &scene.input(&[])).await;
        assert!(matches!(stranger, Err(ProposeError::People(PeopleError::Unknown))));
        for role in [Role::Operator, Role::TeamLead, Role::Partner, Role::Admin, Role::Manager, Role::Dpo] {
            let refused = propose(&scene.world.user(&[role]), scene.person.id, &scene.input(&[])).await;
            assert!(
                matches!(refused, Err(ProposeError::People(PeopleError::Refused(_)))),
                "{role:?} {refused:?}"
            );
        }
        assert_eq!(proposal::of(scene.world.department.db.read(), &[scene.person.id]).await.unwrap(), []);
        assert!(attempt(&|one| one.until = Some(scene.day(181))).await.is_ok(), "six months, date to date");
    })
    .await;
}

#[tokio::test]
async fn a_proposal_to_a_sensitive_structure_stays_on_the_social_side() {
    on_both(async |world| {
        let mut scene = Scene::of(world).await;
        let account = scene.world.account(Role::JobCoach, None).await;
        scene.world.follow(scene.person.id, account, "employment").await;
        let coach = scene.world.acting(account).await;
        let employment = scene.world.structure("Service emploi", StructureKind::Departmental).await;
        let lead_account = scene.world.account(Role::Operator, None).await;
        scene.world.join(lead_account, Role::TeamLead, employment).await;
        let lead = scene.world.acting(lead_account).await;
        scene.propose(&[]).await;
        scene.place = scene.world.structure("Le Relais", StructureKind::Shelter).await;
        scene.world.join(scene.partner, Role::Partner, scene.place).await;
        let id = scene.propose(&[]).await;
        open_proposed(&scene.partner().await, id).await.unwrap();
        let file = async |ctx: &Context| open(ctx, scene.person.id, Part::Essential).await.unwrap();
        let named = async |ctx: &Context| -> Vec<String> {
            file(ctx).await.proposals.unwrap().into_iter().map(|one| one.structure).collect()
        };
        assert_eq!(named(&scene.social).await, ["Le Relais", "Tremplin"]);
        assert_eq!(named(&coach).await, ["Tremplin"]);
        assert_eq!(named(&lead).await, ["Tremplin"]);
        let offered = |to: Vec<(Uuid, String)>| to.into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(offered(file(&coach).await.proposable.unwrap()), ["Tremplin"]);
        assert_eq!(offered(file(&scene.social).await.proposable.unwrap()), ["Le Relais", "Tremplin"]);
        let refused = propose(&coach, scene.person.id, &scene.input(&[])).await;
        assert!(matches!(refused, Err(ProposeError::Structure)));
        let ended = end_proposal(&coach, scene.person.id, id).await;
        assert!(matches!(ended, Err(PeopleError::Unknown)), "nor ended by who may not know of it");
        let told = async |ctx: &Context| {
            let lines = opened(ctx, scene.person.id, None, 100).await.unwrap();
            lines.iter().filter(|line| line.row.object == Some(id.to_string())).count()
        };
        assert_eq!((told(&lead).await, told(&scene.world.user(&[Role::TeamLead])).await), (0, 2));
    })
    .await;
}

#[tokio::test]
async fn a_proposal_follows_a_merge_and_its_undoing_and_goes_with_the_person() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let id = scene.propose(&[]).await;
        let partner = scene.partner().await;
        let question = ask(&scene.world, scene.person.id, scene.other.id).await;
        let system = scene.world.system();
        review::decide(&system, question, Decision::Same, "").await.unwrap();
        let merged = open(&system, scene.person.id, Part::Essential).await.unwrap().row;
        let name = |row: &PersonRow| format!("{} {}", row.first_name, row.last_name);
        assert_eq!(open_proposed(&partner, id).await.unwrap().line.name, name(&merged));
        let shown = open(&scene.social, merged.id, Part::Essential).await.unwrap().proposals.unwrap();
        assert_eq!((shown.len(), shown[0].id), (1, id));
        review::undo(&system, question).await.unwrap();
        assert_eq!(open_proposed(&partner, id).await.unwrap().line.name, name(&scene.person));

        let db = &scene.world.department.db;
        let tx = db.begin().await.unwrap();
        store::privacy::ends::archive(&tx, &[scene.person.id], system.today()).await.unwrap();
        tx.commit().await.unwrap();
        sees_nothing(&partner, id).await;
        assert_eq!(proposal::by_id(db.read(), id).await.unwrap(), None, "it goes with the person");
        let edge = scene.day(-10_000);
        assert_eq!(store::privacy::outlived(db, "proposal", edge).await.unwrap(), Some(0));
    })
    .await;
}

async fn ask(world: &World, a: Uuid, b: Uuid) -> Uuid {
    let id = world.app.ids.make();
    let row = store::intake::review::ReviewRow {
        id,
        person_a: a.min(b),
        person_b: a.max(b),
        doubt: domain::intake::matching::Doubt::CloseNames.code().to_owned(),
        import_id: None,
        status: store::intake::review::status::OPEN.to_owned(),
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
