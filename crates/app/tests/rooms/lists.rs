//! Lists, their counts and searches: counters, indexes and what is kept in memory tell what the records tell.

use app::Context;
use app::orientation::{to_orient, urgencies};
use app::people::list::{Filter, Order, Page, PersonRow, Sort, list, states};
use app::people::search::search;
use app::settings::{move_commune, rename_territory};
use domain::access::role::Role;

use testkit::world::{World, on_both, on_postgres, on_sqlite};

const SORTS: [Sort; 5] = [Sort::Due, Sort::Name, Sort::Reception, Sort::Since, Sort::Birth];

/// Everybody a list shows, page after page; its total is theirs.
async fn whole(ctx: &Context, filter: &Filter, sort: (Sort, Order)) -> Vec<PersonRow> {
    let (mut all, mut page) = (Vec::new(), Page { after: None, limit: 7 });
    loop {
        let listed = list(ctx, filter, sort, &page).await.unwrap();
        all.extend(listed.rows.into_iter().map(|entry| entry.row));
        page.after = listed.next;
        if page.after.is_none() {
            assert_eq!(listed.total, all.len() as u64, "{filter:?}");
            return all;
        }
    }
}

/// The question that a filter asks, asked of a record.
type Asked = Box<dyn Fn(&PersonRow) -> bool>;

/// Filters, each with its question.
fn filters(people: &[PersonRow]) -> Vec<(Filter, Asked)> {
    let someone = people.iter().find(|p| p.commune.is_some() && p.due_on.is_some()).unwrap().clone();
    let (commune, due, origin) = (someone.commune.clone(), someone.due_on, someone.origin_import);
    let alone = ["CEL", "DIV", "SEP", "ISO"].map(str::to_owned).to_vec();
    let (c, a) = (commune.clone(), alone.clone());
    let open = || Some("to_orient".to_owned());
    vec![
        (Filter::default(), Box::new(|_| true)),
        (Filter { state: open(), ..Filter::default() }, Box::new(|p| p.state == "to_orient")),
        (
            Filter { territory: Some("verdun".to_owned()), ..Filter::default() },
            Box::new(|p| p.territory.as_deref() == Some("verdun")),
        ),
        (Filter { commune: commune.clone(), ..Filter::default() }, Box::new(move |p| p.commune == c)),
        (
            Filter { state: open(), due: (due, due), ..Filter::default() },
            Box::new(move |p| p.state == "to_orient" && p.due_on == due),
        ),
        (
            Filter {
                state: open(),
                families: alone.clone(),
                with_dependants: Some(true),
                ..Filter::default()
            },
            Box::new(move |p| {
                let family = p.family.as_ref().is_some_and(|f| a.contains(f));
                p.state == "to_orient" && family && p.dependants > 0
            }),
        ),
        (
            Filter { commune, families: alone.clone(), origin, ..Filter::default() },
            Box::new(move |p| {
                let family = p.family.as_ref().is_some_and(|f| alone.contains(f));
                p.commune == someone.commune && family && p.origin_import == origin
            }),
        ),
    ]
}

/// Totals, pages, states and urgencies, against the records themselves.
async fn agree(ctx: &Context) {
    let people = whole(ctx, &Filter::default(), (Sort::Name, Order::Ascending)).await;
    for (filter, keeps) in filters(&people) {
        let mut expected: Vec<_> = people.iter().filter(|p| keeps(p)).map(|p| p.id).collect();
        expected.sort_unstable();
        for sort in SORTS {
            for order in [Order::Ascending, Order::Descending] {
                let mut found: Vec<_> =
                    whole(ctx, &filter, (sort, order)).await.into_iter().map(|p| p.id).collect();
                found.sort_unstable();
                assert_eq!(found, expected, "{filter:?} {sort:?} {order:?}");
            }
        }
        let by_state = states(ctx, &Filter { state: None, ..filter.clone() }).await.unwrap();
        let of_state = |code: &str| by_state.iter().find(|(s, _)| s.code() == code).unwrap().1;
        if let Some(state) = &filter.state {
            assert_eq!(of_state(state), expected.len() as u64, "{filter:?}");
        } else {
            assert_eq!(by_state.iter().map(|(_, n)| n).sum::<u64>(), expected.len() as u64, "{filter:?}");
        }
        let waiting = Filter { due: (None, None), ..filter.clone() };
        for (urgency, n) in urgencies(ctx, &waiting).await.unwrap() {
            let asked = Filter { due: urgency.bounds(ctx.today()), ..filter.clone() };
            let one = Page { after: None, limit: 1 };
            let listed = to_orient(ctx, &asked, (Sort::Due, Order::Ascending), &one).await.unwrap();
            assert_eq!(n, listed.total, "{filter:?} {urgency:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_are_those_of_the_records_whatever_moved_before() {
    on_both(async |world| {
        world.import("09.xml", &world.month("2026-09-01", 40, 0.0)).await.unwrap();
        let lead = world.user(&[Role::TeamLead]);
        agree(&lead).await;
        world.import("10.xml", &world.month("2026-10-01", 40, 30.0)).await.unwrap();
        agree(&lead).await;
        let manager = world.user(&[Role::Manager]);
        let name = (Sort::Name, Order::Ascending);
        let town = whole(&lead, &Filter::default(), name)
            .await
            .into_iter()
            .find_map(|p| p.commune.filter(|_| p.territory.as_deref().is_some_and(|t| t != "verdun")));
        assert!(move_commune(&manager, &town.unwrap(), "verdun").await.unwrap() > 0);
        rename_territory(&manager, "verdun", "Verdun et sa plaine").await.unwrap();
        agree(&lead).await;
        let there = Filter { territory: Some("verdun".to_owned()), ..Filter::default() };
        let page = Page { after: None, limit: 1 };
        let listed = list(&lead, &there, name, &page).await.unwrap();
        assert_eq!(listed.rows[0].territory.as_deref(), Some("Verdun et sa plaine"));
        assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_moves_is_seen_by_the_next_request() {
    on_both(async |world| {
        world.import("09.xml", &world.month("2026-09-01", 20, 0.0)).await.unwrap();
        let lead = world.user(&[Role::TeamLead]);
        let before: u64 = states(&lead, &Filter::default()).await.unwrap().iter().map(|(_, n)| n).sum();
        // Another process has means of its own: it knows nothing of what this one keeps in memory.
        let app = app::App::new(Vec::new(), world.app.clock.clone(), world.app.ids.clone(), false);
        let elsewhere = app.context(&world.department, app::access::Actor::system("ligne de commande"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("10.xml");
        std::fs::write(&path, world.month("2026-10-01", 30, 0.0)).unwrap();
        let input =
            app::intake::import::ImportInput { path: &path, file_name: "10.xml".into(), profile: None };
        app::intake::import::import_file(&elsewhere, input, |_, _| {}).await.unwrap();
        let after: u64 = states(&lead, &Filter::default()).await.unwrap().iter().map(|(_, n)| n).sum();
        assert!(after > before, "{before} then {after}");
        assert_eq!(lead.shared().await.unwrap().file_names[0].1, "10.xml");
    })
    .await;
}

/// The people found, in the order shown, by name and birth date.
async fn found(world: &World, words: &str) -> Vec<String> {
    let rows = search(&world.user(&[Role::TeamLead]), words).await.unwrap().rows;
    rows.into_iter().map(|e| format!("{} {:?}", e.row.sort_name, e.row.birth_date)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_find_the_same_people_in_the_same_order() {
    let worlds = [on_sqlite("55").await, on_postgres("55").await];
    for world in &worlds {
        world.import("09.xml", &world.month("2026-09-01", 400, 0.0)).await.unwrap();
    }
    let lead = worlds[0].user(&[Role::TeamLead]);
    let someone = whole(&lead, &Filter::default(), (Sort::Name, Order::Ascending)).await.swap_remove(200);
    let birth = someone.birth_date.unwrap().format("%d/%m/%Y").to_string();
    let start: String = someone.last_name.chars().take(3).collect();
    let both = format!("{} {}", someone.first_name, start);
    for words in [start.as_str(), "m", "marie", "mart", &both, &birth, "rien de tel", &someone.first_name] {
        let [left, right] = [found(&worlds[0], words).await, found(&worlds[1], words).await];
        assert_eq!(left, right, "{words}");
        let known = format!("{} {:?}", someone.sort_name, someone.birth_date);
        let named = [both.as_str(), birth.as_str()].contains(&words);
        assert!(!named || left.contains(&known), "{words}: {left:?}");
    }
    assert!(found(&worlds[0], "rien de tel").await.is_empty());
}
