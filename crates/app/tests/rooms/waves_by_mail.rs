//! A wave as the people of it live it: the mail is read in the mailbox of a real SMTP server, its link is opened, an hour is booked,
//! moved and cancelled; each act is told back, once.

use app::access::AddressLimiter;
use app::agenda::booking_link::{
    LinkError, Offer, Standing, book_by_link, cancel_by_link, link_slots, move_by_link, open_link,
};
use app::agenda::{Place, WaveInput, carry_on, make_wave, move_appointment, wave};
use app::messages::deliver_due;
use app::people::contact::{NewContact, write};
use app::people::list::Filter;
use chrono::{Duration, Weekday};
use domain::access::role::Role;
use domain::agenda::appointment::{Modality, Purpose};
use domain::agenda::wave::Standing as InWave;
use domain::people::contact::Kind;
use domain::time::plus_days;
use testkit::agenda::hours;
use testkit::world::on_both;

use crate::agenda::sound;
use crate::messages::readable;
use crate::written::posted_by;

/// The token of the link of a mail.
fn token_of(mail: &str) -> String {
    let text = readable(mail);
    let (_, link) = text.split_once("https://declic.test/55/r/").expect("a link");
    link.chars().take_while(char::is_ascii_alphanumeric).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wave_is_read_in_the_mailbox_of_a_server_and_its_link_books_moves_and_cancels() {
    on_both(async |world| {
        let (world, mailbox) = posted_by(world).await;
        world.import("10.xml", &world.month("2026-10-01", 12, 0.0)).await.unwrap();
        let coach = world.account(Role::JobCoach, None).await;
        let site = world.site("Maison du département", "Bar-le-Duc").await;
        world.opens(coach, site, hours(&world, &[Weekday::Tue, Weekday::Thu], "09:00", "12:00")).await;
        let lead = world.acting(world.account(Role::TeamLead, None).await).await;
        let input = WaveInput {
            filter: Filter { state: Some("to_orient".to_owned()), ..Filter::default() },
            most: 3,
            offer: Offer { with: Some(coach), site: None, modality: None, purpose: Purpose::FirstMeeting },
            until: plus_days(lead.today(), 28),
        };
        // Each has an address of their own.
        for (rank, person) in crate::agenda::people(&world).await.iter().enumerate() {
            let value = format!("essai{rank}@exemple.fr");
            let new = NewContact { kind: Kind::Email, value, shared: false, replaces: None };
            write(&lead, person.id, new).await.unwrap();
        }
        let id = make_wave(&lead, &input).await.unwrap();
        assert!(mailbox.received.lock().unwrap().is_empty(), "they leave by the job alone");
        let send = async || while deliver_due(&world.system()).await.unwrap() {};
        send().await;
        send().await;
        let received = mailbox.received.lock().unwrap().clone();
        assert_eq!(received.len(), 3, "each once");
        let mut addresses: Vec<&str> = received.iter().map(|(to, _)| to.as_str()).collect();
        addresses.dedup();
        assert_eq!(addresses.len(), 3, "nobody reads the link of another");
        for (_, mail) in &received {
            assert!(mail.contains("Subject: ") && !mail.to_uppercase().contains("RSA"), "{mail}");
        }

        // On a telephone, without an account.
        let (to, mail) = &received[0];
        let token = token_of(mail);
        let system = world.system();
        let opens = async || open_link(&system, &AddressLimiter::default(), "192.0.2.1", &token).await;
        let opened = opens().await.unwrap();
        assert!(matches!(opened.standing, Standing::Choose(None)));
        let offered = link_slots(&system, &opened, None, None, 50).await.unwrap();
        let way = Some(Modality::InPerson);
        let booked = book_by_link(&system, &opened, offered[8].id, way).await.unwrap();
        carry_on(&world.system()).await.unwrap();
        let known = wave(&lead, id).await.unwrap();
        assert_eq!((known.count(InWave::Booked), known.count(InWave::Invited)), (1, 2));
        send().await;
        let confirmed = mailbox.received.lock().unwrap()[3].clone();
        assert_eq!(&confirmed.0, to);
        assert!(confirmed.1.contains("METHOD:REQUEST"), "{}", confirmed.1);

        // Moved by the person, then by the service: the mail tells the hour that counts.
        move_by_link(&system, &opens().await.unwrap(), offered[9].id, None).await.unwrap();
        send().await;
        assert_eq!(mailbox.received.lock().unwrap().len(), 5);
        move_appointment(&lead, booked.id, Place::Slot(offered[10].id), Modality::InPerson).await.unwrap();
        send().await;
        let last = mailbox.received.lock().unwrap().last().unwrap().1.clone();
        let start = offered[10].span.start.format("%Y%m%dT%H%M%SZ").to_string();
        assert!(readable(&last).contains(&start) && readable(&last).contains("SEQUENCE:2"), "{last}");

        // Cancelled by the link of the last mail: they know it, nobody writes it to them.
        let manage = token_of(&last);
        let opened = open_link(&system, &AddressLimiter::default(), "192.0.2.1", &manage).await.unwrap();
        assert!(matches!(opened.standing, Standing::Booked(_)));
        cancel_by_link(&system, &opened).await.unwrap();
        send().await;
        assert_eq!(mailbox.received.lock().unwrap().len(), 6);
        let again = opens().await.unwrap();
        assert!(matches!(again.standing, Standing::Choose(Some(_))), "the invitation still lets choose");
        world.wait(Duration::days(30));
        assert!(matches!(opens().await, Err(LinkError::Gone)), "and ends");
        sound(&world).await;
    })
    .await;
}
