//! Sectors, the capacity of structures, and what the call makes of them, on both engines.

use app::Context;
use app::orientation::{CallScreen, Within, desk, open_call, take_next, to_orient, urgencies};
use app::people::list::{Filter, Order, Page, Sort};
use app::settings::{
    HolderInput, SectorError, SectorInput, SectorTableError, StructureError, add_holder, end_holder,
    import_sectors, remove_sector, save_sector, sectors, sectors_csv, set_structure_capacity,
    structure_loads,
};
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::orientation::sector::Purpose;
use store::audit::JournalFilter;
use store::orientation::professionals::set_capacity;
use testkit::world::{World, on_both, on_sqlite};
use uuid::Uuid;

fn sector(name: &str, communes: &str) -> SectorInput {
    SectorInput {
        name: name.to_owned(),
        purpose: Purpose::Everybody,
        communes: communes.to_owned(),
        territory: String::new(),
        epci: String::new(),
    }
}

fn held_by(account: Uuid) -> HolderInput {
    HolderInput { account: Some(account), priority: 1, ..HolderInput::default() }
}

#[tokio::test]
async fn a_sector_takes_names_codes_and_whole_territories_and_says_what_it_does_not_know() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let everything = sectors(&manager).await.unwrap().without.len();
        assert_eq!(everything, 499);
        let id = save_sector(&manager, None, &sector(" Secteur  de Commercy ", "commercy; 55545\nbar le duc"))
            .await
            .unwrap();
        let known = sectors(&manager).await.unwrap();
        assert_eq!(known.all[0].name, "Secteur de Commercy");
        assert_eq!(known.all[0].communes, ["55029", "55122", "55545"]);
        assert_eq!(known.without.len(), everything - 3);

        let refused = save_sector(&manager, None, &sector("Autre", "Commercy, Atlantis, <script>")).await;
        assert_eq!(
            refused.unwrap_err().to_string(),
            "Introuvable dans ce département : « Atlantis », « <script> ». Écrivez le nom de la commune ou son code INSEE, un par ligne."
        );
        assert!(matches!(save_sector(&manager, None, &sector("Vide", " \n;")).await, Err(SectorError::Empty)));
        let same = save_sector(&manager, None, &sector("secteur de COMMERCY", "Verdun")).await;
        assert!(matches!(same, Err(SectorError::Taken(_))));
        // A town of another département is not taken by its code either.
        assert!(matches!(save_sector(&manager, None, &sector("X", "45234")).await, Err(SectorError::Communes(_))));

        let whole = SectorInput { territory: "verdun".to_owned(), ..sector("Nord", "Commercy") };
        save_sector(&manager, None, &whole).await.unwrap();
        let known = sectors(&manager).await.unwrap();
        assert!(known.all[0].communes.len() > 20 && known.all[0].communes.contains(&"55122".to_owned()));
        let both = || vec!["Nord".to_owned(), "Secteur de Commercy".to_owned()];
        assert_eq!(known.shared, [("55122".to_owned(), both()), ("55545".to_owned(), both())]);

        remove_sector(&manager, id).await.unwrap();
        assert!(matches!(remove_sector(&manager, id).await, Err(SectorError::Unknown)));
        assert_eq!(sectors(&manager).await.unwrap().all.len(), 1);
        let filter = JournalFilter { act: Some("edit_settings".to_owned()), ..JournalFilter::default() };
        let lines = app::audit::page(&world.system(), &filter).await.unwrap();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0].row.detail["after"], serde_json::Value::Null);
        for role in [Role::Operator, Role::TeamLead, Role::Prescriber] {
            assert!(matches!(sectors(&world.user(&[role])).await, Err(SectorError::Refused(_))), "{role:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_town_with_arrondissements_brings_them_and_each_can_be_taken_alone() {
    let world = on_sqlite("69").await;
    let manager = world.user(&[Role::Manager]);
    save_sector(&manager, None, &sector("Lyon", "Lyon")).await.unwrap();
    save_sector(&manager, None, &sector("Lyon 3", "Lyon 3e Arrondissement")).await.unwrap();
    let known = sectors(&manager).await.unwrap().all;
    assert_eq!(known[0].communes.len(), 10, "the town and its nine arrondissements");
    assert_eq!(known[1].communes, ["69383"]);
}

#[tokio::test]
async fn the_table_that_is_taken_away_and_brought_back_changes_nothing_and_wrong_lines_are_told() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let coach = world.account(Role::JobCoach, None).await;
        let place = world.structure("Tremplin Emploi", StructureKind::Operator).await;
        world.join(coach, Role::JobCoach, place).await;
        let id = save_sector(&manager, None, &sector("=Secteur +1", "Commercy\nVerdun")).await.unwrap();
        let both = HolderInput { structure: Some(place), ..held_by(coach) };
        add_holder(&manager, id, &both).await.unwrap();
        let team = HolderInput { structure: Some(place), priority: 2, ..HolderInput::default() };
        add_holder(&manager, id, &team).await.unwrap();
        let before = sectors(&manager).await.unwrap().all;
        let table = sectors_csv(&manager).await.unwrap();
        assert_eq!(String::from_utf8(table.clone()).unwrap().lines().count(), 5, "a title, 2 communes × 2");
        assert_eq!(import_sectors(&manager, &table).await.unwrap(), 1);
        let mut after = sectors(&manager).await.unwrap().all;
        for (one, old) in after[0].holders.iter_mut().zip(&before[0].holders) {
            one.id = old.id;
        }
        assert_eq!(after, before);

        let wrong = "secteur;code_insee;structure;professionnel;rang;depuis\n\
            Nord;55545;;;;\nNord;99999;;;;\n;55122;;;;\nNord;55122;Nulle part;;;\nNord;55122;;personne@x.test;;\n\
            Nord;55122;Tremplin Emploi;;0;\nNord;55122;Tremplin Emploi;;1;demain\n";
        let Err(SectorTableError::Lines(lines)) = import_sectors(&manager, wrong.as_bytes()).await else {
            panic!("the wrong lines are told")
        };
        assert_eq!(
            lines,
            [
                "Ligne 3 : « 99999 » n’est pas une commune de ce département.",
                "Ligne 4 : Donnez au secteur un nom de 80 caractères au plus.",
                "Ligne 5 : aucune structure ouverte ne s’appelle « Nulle part ».",
                "Ligne 6 : aucun compte n’a l’adresse « personne@x.test ».",
                "Ligne 7 : Écrivez un rang de 1 à 99 : 1 est proposé en premier.",
                "Ligne 8 : « demain » n’est pas une date : écrivez-la JJ/MM/AAAA.",
            ]
        );
        assert_eq!(sectors(&manager).await.unwrap().all.len(), 1, "one wrong line, and nothing changes");
        let short = import_sectors(&manager, b"secteur;commune\nNord;Verdun\n").await.unwrap_err();
        assert!(matches!(short, SectorTableError::Column("code_insee")));
        assert!(import_sectors(&manager, b"").await.unwrap_err().to_string().contains("vide"));
    })
    .await;
}

#[tokio::test]
async fn who_follows_in_a_sector_is_named_with_dates_and_a_rank() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let today = manager.today();
        let coach = world.account(Role::JobCoach, None).await;
        let operator = world.account(Role::Operator, None).await;
        let place = world.structure("Tremplin Emploi", StructureKind::Operator).await;
        let id = save_sector(&manager, None, &sector("Nord", "Verdun")).await.unwrap();
        let add = async |input: HolderInput| add_holder(&manager, id, &input).await;
        assert!(matches!(
            add(HolderInput { priority: 1, ..HolderInput::default() }).await,
            Err(SectorError::Holder)
        ));
        assert!(matches!(add(held_by(operator)).await, Err(SectorError::Holder)), "who follows nobody");
        let elsewhere = HolderInput { structure: Some(place), ..held_by(coach) };
        assert!(matches!(add(elsewhere).await, Err(SectorError::Mismatch)));
        assert!(matches!(
            add(HolderInput { priority: 0, ..held_by(coach) }).await,
            Err(SectorError::Priority)
        ));
        let backwards = HolderInput { until: Some(domain::time::plus_days(today, -1)), ..held_by(coach) };
        assert!(matches!(add(backwards).await, Err(SectorError::Dates)));
        add(HolderInput { since: Some(domain::time::plus_days(today, -10)), ..held_by(coach) })
            .await
            .unwrap();
        let held = sectors(&manager).await.unwrap().all[0].holders[0].clone();
        assert!(held.is_on(today));
        end_holder(&manager, id, held.id).await.unwrap();
        let held = sectors(&manager).await.unwrap().all[0].holders[0].clone();
        assert!(!held.is_on(today) && held.is_on(domain::time::plus_days(today, -1)), "kept, and over");
        assert!(matches!(end_holder(&manager, id, Uuid::nil()).await, Err(SectorError::Unknown)));
    })
    .await;
}

/// A person to orient whose commune is known, the screen of their call, and two coaches.
async fn called(world: &World) -> (Context, Uuid, String, [Uuid; 2]) {
    world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
    let operator = world.acting(world.account(Role::Operator, None).await).await;
    let coaches = [world.account(Role::JobCoach, None).await, world.account(Role::JobCoach, None).await];
    let person = take_next(&operator, None).await.unwrap();
    let commune = open_call(&operator, person).await.unwrap().file.row.commune.unwrap();
    (operator, person, commune, coaches)
}

fn order(screen: &CallScreen) -> Vec<Uuid> {
    screen.candidates.iter().map(|one| one.id).collect()
}

#[tokio::test]
async fn the_professional_of_the_sector_comes_first_until_full_and_the_screen_says_why() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let (operator, person, commune, [first, second]) = called(&world).await;
        let screen = async || open_call(&operator, person).await.unwrap();
        assert_eq!(order(&screen().await), [first, second], "nothing tells them apart");
        let id = save_sector(&manager, None, &sector("Secteur de la rivière", &commune)).await.unwrap();
        add_holder(&manager, id, &held_by(second)).await.unwrap();
        let seen = screen().await;
        assert_eq!(order(&seen), [second, first]);
        let why = seen.candidates[0].sector.as_ref().unwrap();
        assert_eq!((why.name.as_str(), why.priority), ("Secteur de la rivière", 1));
        assert!(seen.candidates[1].sector.is_none());

        // Full: told, with the count, and after the others.
        let tx = world.department.db.begin().await.unwrap();
        set_capacity(&tx, second, Some(1)).await.unwrap();
        tx.commit().await.unwrap();
        world.follow(person, second, "employment").await;
        let seen = screen().await;
        assert_eq!(order(&seen), [first, second]);
        let full = &seen.candidates[1];
        assert!(full.is_full() && full.sector.is_some());
        assert_eq!((full.follows, full.capacity), (1, Some(1)));

        // A sector for the social side says nothing of a coach.
        let social = SectorInput { purpose: Purpose::Social, ..sector("Social", &commune) };
        let other = save_sector(&manager, None, &social).await.unwrap();
        add_holder(&manager, other, &held_by(first)).await.unwrap();
        assert!(screen().await.candidates[0].sector.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_professional_of_another_territory_is_proposed_for_the_sector_they_hold() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let (operator, person, commune, _) = called(&world).await;
        let territory = open_call(&operator, person).await.unwrap().file.row.territory.unwrap();
        let elsewhere = if territory == "verdun" { "bar-le-duc" } else { "verdun" };
        let far = world.account(Role::JobCoach, Some(elsewhere)).await;
        assert!(!order(&open_call(&operator, person).await.unwrap()).contains(&far));
        let id = save_sector(&manager, None, &sector("Secteur", &commune)).await.unwrap();
        add_holder(&manager, id, &held_by(far)).await.unwrap();
        assert_eq!(order(&open_call(&operator, person).await.unwrap())[0], far);
    })
    .await;
}

#[tokio::test]
async fn a_structure_that_is_full_is_said_and_its_people_come_after() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let (operator, person, _, [first, second]) = called(&world).await;
        let place = world.structure("Tremplin Emploi", StructureKind::Operator).await;
        let inside = world.account(Role::JobCoach, Some("nulle-part")).await;
        world.join(inside, Role::JobCoach, place).await;
        assert!(matches!(
            set_structure_capacity(&manager, place, Some(0), None).await,
            Err(StructureError::Capacity)
        ));
        assert!(matches!(
            set_structure_capacity(&manager, Uuid::nil(), Some(3), None).await,
            Err(StructureError::Unknown)
        ));
        let later = domain::time::plus_days(manager.today(), 5);
        set_structure_capacity(&manager, place, Some(1), None).await.unwrap();
        set_structure_capacity(&manager, place, Some(9), Some(later)).await.unwrap();
        world.follow(person, inside, "employment").await;
        assert_eq!(structure_loads(&manager).await.unwrap()[&place], (1, Some(1)));
        let seen = open_call(&operator, person).await.unwrap();
        let theirs = seen.candidates.iter().find(|one| one.id == inside).unwrap();
        assert!(theirs.is_full());
        assert_eq!(theirs.place.as_ref().unwrap().load, Some((1, 1)));
        assert_eq!(order(&seen), [first, second, inside]);
        world.wait(chrono::Duration::days(6));
        assert_eq!(structure_loads(&manager).await.unwrap()[&place], (1, Some(9)), "dated");
        set_structure_capacity(&manager, place, None, None).await.unwrap();
        assert_eq!(structure_loads(&manager).await.unwrap()[&place], (1, None));
    })
    .await;
}

#[tokio::test]
async fn the_queue_is_cut_by_sector() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let (operator, _, commune, _) = called(&world).await;
        let all = desk(&operator, None).await.unwrap().waiting;
        let id = save_sector(&manager, None, &sector("Secteur", &commune)).await.unwrap();
        let within = Within { territory: None, sector: Some(id) };
        let there = desk(&operator, Some(within)).await.unwrap();
        assert!(there.waiting > 0 && there.waiting < all, "{} of {all}", there.waiting);
        let inside = there.queue.iter().all(|one| one.row.commune.as_deref() == Some(commune.as_str()));
        assert!(inside);
        let nowhere = Within { territory: None, sector: Some(Uuid::nil()) };
        assert_eq!(desk(&operator, Some(nowhere)).await.unwrap().waiting, 0);
        // The list of whom to orient is cut the same way, with its counts by delay.
        let page = Page { after: None, limit: 500 };
        let cut = |sector| Filter { sector, ..Filter::default() };
        let sort = (Sort::Due, Order::Ascending);
        let listed = to_orient(&operator, &cut(Some(id)), sort, &page).await.unwrap();
        let here = listed.rows.iter().all(|one| one.row.commune.as_deref() == Some(commune.as_str()));
        assert!(here && !listed.rows.is_empty());
        let whole = to_orient(&operator, &cut(None), sort, &page).await.unwrap();
        assert!(listed.total < whole.total, "{} of {}", listed.total, whole.total);
        let counted: u64 = urgencies(&operator, &cut(Some(id))).await.unwrap().iter().map(|(_, n)| n).sum();
        assert_eq!(counted, u64::try_from(listed.rows.len()).unwrap());
        let none = to_orient(&operator, &cut(Some(Uuid::nil())), sort, &page).await.unwrap();
        assert!(none.rows.is_empty());
    })
    .await;
}
