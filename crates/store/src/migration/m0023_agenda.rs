//! Appointments: places, opening hours, the slots that follow, what is booked, and who is where at each grain of five
//! minutes: the primary key of `occupation` forbids two at once on both engines (ADR 23). Free texts are encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, flag, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in [
            site(),
            room(),
            opening(),
            opening_exception(),
            absence(),
            slot(),
            gathering(),
            appointment(),
            appointment_host(),
            occupation(),
            calendar_feed(),
        ] {
            manager.create_table(statement).await?;
        }
        for (table, columns) in INDEXES {
            manager.create_index(index(table, columns)).await?;
        }
        for (table, columns) in UNIQUE {
            manager.create_index(index(table, columns).unique().to_owned()).await?;
        }
        Ok(())
    }
}

const INDEXES: [(&str, &[&str]); 12] = [
    ("room", &["site_id"]),
    ("opening", &["account_id"]),
    ("absence", &["account_id", "ends_at"]),
    ("slot", &["taken", "starts_at"]),
    ("slot", &["taken", "site_id", "starts_at"]),
    ("slot", &["opening_id"]),
    ("gathering", &["starts_at"]),
    ("appointment", &["person_id"]),
    ("appointment", &["starts_at"]),
    ("appointment", &["site_id", "starts_at"]),
    ("appointment_host", &["account_id"]),
    ("occupation", &["holder_id"]),
];

const UNIQUE: [(&str, &[&str]); 3] = [
    // A professional is proposed once at an instant, whatever their openings say.
    ("slot", &["account_id", "starts_at"]),
    // A seat is given once; those who wait have none.
    ("appointment", &["gathering_id", "seat"]),
    ("calendar_feed", &["token_hash"]),
];

fn site() -> TableCreateStatement {
    table(
        "site",
        &["id"],
        vec![
            must("id", uuid),
            must("name", text),
            must("address", text),
            must("commune", text),
            may("territory", text),
            must("access", text),
            must("phone", text),
            may("closed_on", date),
        ],
    )
}

fn room() -> TableCreateStatement {
    table(
        "room",
        &["id"],
        vec![
            must("id", uuid),
            must("site_id", uuid),
            must("name", text),
            must("seats", int),
            may("closed_on", date),
        ],
    )
    .foreign_key(&mut reference("room", "site_id", "site"))
    .to_owned()
}

fn opening() -> TableCreateStatement {
    table(
        "opening",
        &["id"],
        vec![
            must("id", uuid),
            must("account_id", uuid),
            must("site_id", uuid),
            may("room_id", uuid),
            must("weekdays", int),
            must("from_minute", int),
            must("to_minute", int),
            must("every_weeks", int),
            must("since", date),
            may("until", date),
            must("minutes", int),
            must("buffer_minutes", int),
            may("daily_maximum", int),
            must("modalities", text),
            may("made_until", date),
        ],
    )
    .foreign_key(&mut reference("opening", "account_id", "account"))
    .foreign_key(&mut reference("opening", "site_id", "site"))
    .foreign_key(&mut reference("opening", "room_id", "room"))
    .to_owned()
}

fn opening_exception() -> TableCreateStatement {
    table("opening_exception", &["opening_id", "day"], vec![must("opening_id", uuid), must("day", date)])
        .foreign_key(&mut reference("opening_exception", "opening_id", "opening"))
        .to_owned()
}

fn absence() -> TableCreateStatement {
    table(
        "absence",
        &["id"],
        vec![
            must("id", uuid),
            must("account_id", uuid),
            must("starts_at", instant),
            must("ends_at", instant),
        ],
    )
    .foreign_key(&mut reference("absence", "account_id", "account"))
    .to_owned()
}

fn slot() -> TableCreateStatement {
    table(
        "slot",
        &["id"],
        vec![
            must("id", uuid),
            must("opening_id", uuid),
            must("account_id", uuid),
            must("site_id", uuid),
            may("room_id", uuid),
            must("starts_at", instant),
            must("ends_at", instant),
            must("modalities", text),
            must("taken", flag),
        ],
    )
    .foreign_key(&mut reference("slot", "opening_id", "opening"))
    .foreign_key(&mut reference("slot", "account_id", "account"))
    .foreign_key(&mut reference("slot", "site_id", "site"))
    .to_owned()
}

fn gathering() -> TableCreateStatement {
    table(
        "gathering",
        &["id"],
        vec![
            must("id", uuid),
            must("series", uuid),
            must("title", text),
            must("site_id", uuid),
            may("room_id", uuid),
            must("account_id", uuid),
            must("starts_at", instant),
            must("ends_at", instant),
            must("seats", int),
            must("sequence", int),
            may("cancelled_at", instant),
            must("created_at", instant),
        ],
    )
    .foreign_key(&mut reference("gathering", "site_id", "site"))
    .foreign_key(&mut reference("gathering", "room_id", "room"))
    .foreign_key(&mut reference("gathering", "account_id", "account"))
    .to_owned()
}

fn appointment() -> TableCreateStatement {
    table(
        "appointment",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            may("gathering_id", uuid),
            may("seat", int),
            must("kind", text),
            must("modality", text),
            must("purpose", text),
            must("status", text),
            must("starts_at", instant),
            must("ends_at", instant),
            may("site_id", uuid),
            may("room_id", uuid),
            may("note_sealed", bytes),
            may("cancelled_by", text),
            may("reason_sealed", bytes),
            must("sequence", int),
            may("booked_by", uuid),
            must("booked_at", instant),
            must("changed_at", instant),
        ],
    )
    .foreign_key(&mut reference("appointment", "person_id", "person"))
    .foreign_key(&mut reference("appointment", "gathering_id", "gathering"))
    .foreign_key(&mut reference("appointment", "site_id", "site"))
    .foreign_key(&mut reference("appointment", "room_id", "room"))
    .to_owned()
}

fn appointment_host() -> TableCreateStatement {
    table(
        "appointment_host",
        &["appointment_id", "account_id"],
        vec![must("appointment_id", uuid), must("account_id", uuid)],
    )
    .foreign_key(&mut reference("appointment_host", "appointment_id", "appointment"))
    .foreign_key(&mut reference("appointment_host", "account_id", "account"))
    .to_owned()
}

/// A professional, a room or a person during five minutes; `holder_id` is the appointment or the gathering.
fn occupation() -> TableCreateStatement {
    table(
        "occupation",
        &["resource_id", "grain"],
        vec![must("resource_id", uuid), must("grain", int), must("holder_id", uuid)],
    )
}

fn calendar_feed() -> TableCreateStatement {
    table(
        "calendar_feed",
        &["account_id"],
        vec![must("account_id", uuid), must("token_hash", bytes), must("created_at", instant)],
    )
    .foreign_key(&mut reference("calendar_feed", "account_id", "account"))
    .to_owned()
}
