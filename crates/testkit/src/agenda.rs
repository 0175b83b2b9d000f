//! Places, opening hours and slots of a test world.

use app::agenda::{
    FreeSlot, OpeningInput, RoomInput, Search, SiteInput, find_slots, save_opening, save_room, save_site,
};
use chrono::{NaiveTime, Weekday};
use domain::agenda::appointment::Modality;
use domain::agenda::opening::{Opening, Weekdays};
use uuid::Uuid;

use crate::world::World;

/// Working days of the week.
pub const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// « 09:00 » to « 12:00 », on these days, 45 minutes with a quarter of an hour between two.
pub fn hours(world: &World, days: &[Weekday], from: &str, to: &str) -> Opening {
    let time = |text: &str| format!("{text}:00").parse::<NaiveTime>().expect("an hour");
    Opening {
        weekdays: Weekdays::of(days),
        from: time(from),
        to: time(to),
        every_weeks: 1,
        since: world.system().today(),
        until: None,
        minutes: 45,
        buffer_minutes: 15,
        daily_maximum: None,
        exceptions: std::collections::BTreeSet::new(),
    }
}

impl World {
    /// A place in a commune.
    pub async fn site(&self, name: &str, commune: &str) -> Uuid {
        let input = SiteInput {
            name: name.to_owned(),
            address: "3 rue du Port".to_owned(),
            commune: commune.to_owned(),
            access: "Arrêt Mairie, entrée de plain-pied".to_owned(),
            phone: "03 29 00 00 00".to_owned(),
            closed_on: None,
        };
        save_site(&self.system(), None, &input).await.expect("a place")
    }

    /// A room of a place.
    pub async fn room(&self, site: Uuid, name: &str, seats: u16) -> Uuid {
        let input = RoomInput { name: name.to_owned(), seats, closed_on: None };
        save_room(&self.system(), site, None, &input).await.expect("a room")
    }

    /// Opens a professional in a place, in person and by telephone.
    pub async fn opens(&self, account: Uuid, site: Uuid, opening: Opening) -> Uuid {
        let modalities = vec![Modality::InPerson, Modality::Phone];
        let input = OpeningInput { site, room: None, opening, modalities };
        save_opening(&self.system(), account, None, &input).await.expect("opening hours")
    }

    /// What is free with a professional, the earliest first.
    pub async fn free_with(&self, account: Uuid) -> Vec<FreeSlot> {
        let search = Search { with: Some(account), ..Search::default() };
        find_slots(&self.system(), &search).await.expect("slots")
    }
}
