//! Territories, parameters and the journal of their changes, on both engines.

use app::settings::{
    TerritoryError, move_commune, rename_territory, seed, territories, territory_of, value_today,
};
use domain::access::role::Role;
use serde_json::json;
use store::audit::JournalFilter;

use testkit::world::on_both;

#[tokio::test]
async fn a_new_database_holds_the_territories_and_what_the_platform_says() {
    on_both(async |world| {
        let ctx = world.system();
        seed(&world.department).await.unwrap();
        let list = territories(&ctx).await.unwrap();
        assert_eq!(list.len(), 4);
        assert_eq!(list.iter().map(|one| one.communes).sum::<usize>(), 499);
        assert_eq!(value_today(&ctx, "orientation.opens_at").await.unwrap().as_deref(), Some("claim_filed"));
        assert_eq!(value_today(&ctx, "orientation.deadline_days").await.unwrap().as_deref(), Some("42"));
        assert_eq!(value_today(&ctx, "nothing.known").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_value_of_the_departement_wins_from_its_date_on() {
    on_both(async |world| {
        let db = &world.department.db;
        let tx = db.begin().await.unwrap();
        let own = |value: &str| store::settings::Parameter {
            key: "orientation.deadline_days".to_owned(),
            since: "2026-06-01".parse().unwrap(),
            value: value.to_owned(),
            source: "délibération".to_owned(),
        };
        store::settings::set_value(&tx, own("35")).await.unwrap();
        store::settings::set_value(&tx, own("30")).await.unwrap();
        tx.commit().await.unwrap();
        let at = async |day: &str| {
            let date = day.parse().unwrap();
            store::settings::value_at(db, "orientation.deadline_days", date).await.unwrap()
        };
        assert_eq!(at("2026-05-31").await.as_deref(), Some("42"));
        assert_eq!(at("2026-06-01").await.as_deref(), Some("30"));
    })
    .await;
}

#[tokio::test]
async fn a_territory_is_renamed_and_a_commune_moved_with_before_and_after_in_the_journal() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        rename_territory(&manager, "verdun", " Verdun  et vallée ").await.unwrap();
        let named = territories(&manager).await.unwrap();
        let verdun = named.iter().find(|one| one.code == "verdun").unwrap();
        assert_eq!((verdun.name.as_str(), verdun.proposed), ("Verdun et vallée", false));

        assert_eq!(territory_of(&manager).await.unwrap()["55029"], "bar-le-duc");
        move_commune(&manager, "55029", "verdun").await.unwrap();
        move_commune(&manager, "55029", "verdun").await.unwrap();
        assert_eq!(territory_of(&manager).await.unwrap()["55029"], "verdun");
        let filter = JournalFilter { act: Some("edit_settings".to_owned()), ..JournalFilter::default() };
        let lines = app::audit::page(&world.system(), &filter).await.unwrap();
        assert_eq!(lines.len(), 2, "moving where it already is changes nothing");
        assert_eq!(lines[0].row.object.as_deref(), Some("55029"));
        assert_eq!(
            lines[0].row.detail,
            json!({ "what": "commune_territory", "before": "bar-le-duc", "after": "verdun", "people": 0 })
        );
        assert_eq!(lines[1].row.detail["after"], "Verdun et vallée");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_of_the_departement_or_not_of_the_role_changes_nothing() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let refused = move_commune(&manager, "45234", "verdun").await.unwrap_err();
        assert_eq!(refused.to_string(), "La commune « 45234 » n’est pas de ce département.");
        assert!(matches!(move_commune(&manager, "55029", "loin").await, Err(TerritoryError::Territory(_))));
        assert!(matches!(rename_territory(&manager, "verdun", "").await, Err(TerritoryError::Name)));
        let lead = world.user(&[Role::TeamLead]);
        assert!(matches!(rename_territory(&lead, "verdun", "Nord").await, Err(TerritoryError::Refused(_))));
        assert!(app::audit::page(&world.system(), &JournalFilter::default()).await.unwrap().is_empty());
    })
    .await;
}
