//! Links by which a person books without an account, on both engines.

use app::agenda::booking_link::{Aim, Offer, link_address, make_link};
use chrono::Duration;
use domain::agenda::appointment::Purpose;
use domain::agenda::booking::{LENGTH, read};
use testkit::world::on_both;

use crate::agenda::Scene;

pub(crate) fn any_hour() -> Aim {
    Aim::Choose(Offer { with: None, site: None, modality: None, purpose: Purpose::FirstMeeting })
}

impl Scene {
    /// A link for the person of the scene, that ends in ten days.
    pub(crate) async fn link(&self, aim: &Aim) -> String {
        let tx = self.world.department.db.begin().await.unwrap();
        let until = self.ctx.now() + Duration::days(10);
        let token = make_link(&self.ctx, &tx, self.person.id, aim, until).await.unwrap();
        tx.commit().await.unwrap();
        token
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
