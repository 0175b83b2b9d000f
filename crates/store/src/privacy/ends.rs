//! From followed to anonymous: last contact, archive, and then nothing that names anybody.

use chrono::NaiveDate;
use domain::followup::path::PathState;
use domain::privacy::retention::{blurred, is_followed};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::lists;
use crate::entity::{
    call_attempt, call_file, call_lease, contact, content, household, label, membership,
    orientation_decision, payment, person, person_note, proposal, referral, review, search_term, sighting,
};
use crate::error::Result;
use crate::people::one::with_all_merged;

/// The last contact of each record that speaks for itself, in one place: the last file that names them (a household's last
/// stamp while it names them, else the last that did), the last thing written of how to reach them, the last day of a
/// referent, the last act of a professional. Who only stands in a spreadsheet was seen when it came in.
const LAST_CONTACTS: &str = "\
    SELECT p.id AS id, MAX(seen.day) AS day FROM person p JOIN (\
      SELECT COALESCE(q.merged_into, q.id) AS root, \
             substr(CASE WHEN m.named THEN COALESCE(h.stamp, m.stamp) ELSE m.stamp END, 1, 10) AS day \
        FROM person q JOIN membership m ON m.person_id = q.id JOIN household h ON h.id = m.household_id \
      UNION ALL SELECT COALESCE(merged_into, id), substr(CAST(created_at AS TEXT), 1, 10) FROM person q \
        WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = q.id) \
      UNION ALL SELECT COALESCE(merged_into, id), CAST(last_act_on AS TEXT) FROM person \
        WHERE last_act_on IS NOT NULL \
      UNION ALL SELECT COALESCE(q.merged_into, q.id), substr(CAST(c.recorded_at AS TEXT), 1, 10) \
        FROM contact c JOIN person q ON q.id = c.person_id \
      UNION ALL SELECT COALESCE(q.merged_into, q.id), CAST(COALESCE(r.until, r.since) AS TEXT) \
        FROM referent r JOIN person q ON q.id = r.person_id\
    ) seen ON seen.root = p.id \
    WHERE p.merged_into IS NULL AND p.archived_on IS NULL AND p.anonymised_on IS NULL \
      AND p.restricted_on IS NULL AND NOT p.has_referent AND p.alone_since IS NULL AND p.confirm_by IS NULL AND NOT ";

/// The person, or a record that joined them, waits for an answer about their data: nothing goes meanwhile.
const WAITS: &str = "EXISTS (SELECT 1 FROM rights_request w JOIN person a ON a.id = w.person_id \
    WHERE w.answered_on IS NULL AND (a.id = {id} OR a.merged_into = {id}))";

fn waits(id: &str) -> String {
    WAITS.replace("{id}", id)
}

/// Somebody whom nobody follows, and the day of their last contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fading {
    /// The record.
    pub id: Uuid,
    /// Their last contact.
    pub last_contact: NaiveDate,
}

/// Who is followed by nobody and was last in contact before `day`, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn last_seen_before(c: &impl ConnectionTrait, day: NaiveDate, limit: u64) -> Result<Vec<Fading>> {
    let gone: Vec<String> = PathState::ALL
        .into_iter()
        .filter(|state| !is_followed(*state))
        .map(|state| format!("'{}'", state.code()))
        .collect();
    let waits = waits("p.id");
    let sql = format!(
        "{LAST_CONTACTS}{waits} AND p.state IN ({}) GROUP BY p.id HAVING MAX(seen.day) < '{day}' \
         ORDER BY MAX(seen.day), p.id LIMIT {limit}",
        gone.join(", ")
    );
    let rows = c.query_all_raw(Statement::from_string(c.get_database_backend(), sql)).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let day: String = row.try_get("", "day")?;
        if let Ok(last_contact) = day.parse() {
            found.push(Fading { id: row.try_get("", "id")?, last_contact });
        }
    }
    Ok(found)
}

/// Puts records in the archive, those that joined them too: hidden, without NIR, France Travail number, ways to reach them,
/// notes, diagnoses, proposals, referrals, calls, appointments, booking links, messages, labels or documents.
///
/// # Errors
/// When the database refuses.
pub async fn archive(tx: &Tx, ids: &[Uuid], today: NaiveDate) -> Result<()> {
    let all = with_all_merged(tx, ids).await?;
    // The bytes of their documents stay for a day, whatever the hour: a backup may be copying them.
    let tomorrow = domain::time::plus_days(today, 1).and_time(chrono::NaiveTime::MIN).and_utc();
    for part in lists(&all) {
        let these = part.iter().copied();
        contact::Entity::delete_many()
            .filter(contact::Column::PersonId.is_in(these.clone()))
            .exec(tx)
            .await?;
        label::Entity::delete_many().filter(label::Column::PersonId.is_in(these.clone())).exec(tx).await?;
        super::document::end_of_people(tx, &part, tomorrow).await?;
        person_note::Entity::delete_many()
            .filter(person_note::Column::PersonId.is_in(these.clone()))
            .exec(tx)
            .await?;
        proposal::Entity::delete_many()
            .filter(proposal::Column::PersonId.is_in(these.clone()))
            .exec(tx)
            .await?;
        referral::Entity::delete_many()
            .filter(referral::Column::PersonId.is_in(these.clone()))
            .exec(tx)
            .await?;
        forget_calls(tx, &part).await?;
        crate::agenda::booking_link::forget(tx, &part).await?;
        crate::agenda::wave::forget(tx, &part).await?;
        crate::agenda::callback::forget(tx, &part).await?;
        crate::agenda::appointment::forget(tx, &part).await?;
        crate::diagnosis::forget(tx, &part).await?;
        crate::people::transfer::forget(tx, &part).await?;
        crate::messages::written::forget(tx, &part).await?;
        person::Entity::update_many()
            .set(person::ActiveModel {
                nir_sealed: sea_orm::Set(None),
                nir_index: sea_orm::Set(None),
                nir_valid: sea_orm::Set(false),
                france_travail_sealed: sea_orm::Set(None),
                france_travail_index: sea_orm::Set(None),
                ..Default::default()
            })
            .col_expr(Alias::new("archived_on"), Expr::value(today))
            .col_expr(Alias::new("hidden"), Expr::value(true))
            .filter(person::Column::Id.is_in(these.clone()))
            .exec(tx)
            .await?;
        review::Entity::update_many()
            .set(review::ActiveModel {
                kept_nir_sealed: sea_orm::Set(None),
                kept_nir_index: sea_orm::Set(None),
                ..Default::default()
            })
            .filter(names(&part))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// What was said on the phone goes with the active file.
async fn forget_calls(tx: &Tx, people: &[Uuid]) -> Result<()> {
    let these = people.iter().copied();
    call_lease::Entity::delete_many()
        .filter(call_lease::Column::PersonId.is_in(these.clone()))
        .exec(tx)
        .await?;
    call_attempt::Entity::delete_many()
        .filter(call_attempt::Column::PersonId.is_in(these.clone()))
        .exec(tx)
        .await?;
    call_file::Entity::delete_many().filter(call_file::Column::PersonId.is_in(these)).exec(tx).await?;
    Ok(())
}

/// Takes these people out of the archive: a file names them again, with a right or to be followed.
///
/// # Errors
/// When the database refuses.
pub async fn bring_back(tx: &Tx, ids: &[Uuid]) -> Result<()> {
    for part in lists(ids) {
        person::Entity::update_many()
            .col_expr(Alias::new("archived_on"), Expr::value(None::<NaiveDate>))
            .col_expr(Alias::new("hidden"), Expr::cust("restricted_on IS NOT NULL"))
            .filter(Expr::col(Alias::new("archived_on")).is_not_null())
            .filter(Expr::col(Alias::new("anonymised_on")).is_null())
            .filter(person::Column::Id.is_in(part))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Who was archived before `day` and still has a name; those whose data are frozen at their request stay.
///
/// # Errors
/// When the database does not answer.
pub async fn archived_before(c: &impl ConnectionTrait, day: NaiveDate, limit: u64) -> Result<Vec<Uuid>> {
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(Expr::col(Alias::new("archived_on")).lt(day))
        .filter(Expr::col(Alias::new("anonymised_on")).is_null())
        .filter(Expr::col(Alias::new("restricted_on")).is_null())
        .filter(Expr::cust(format!("NOT {}", waits("person.id"))))
        .order_by_asc(person::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(c)
        .await?)
}

/// Removes what names these people; the rows stay for statistics. Households in which everybody is anonymous lose their
/// numbers and what files said of them; returns how many.
///
/// # Errors
/// When the database refuses.
pub async fn anonymise(tx: &Tx, ids: &[Uuid], today: NaiveDate) -> Result<usize> {
    for row in crate::people::one::rows(tx, ids).await? {
        person::Entity::update_many()
            .set(person::ActiveModel {
                last_name: sea_orm::Set(String::new()),
                birth_name: sea_orm::Set(String::new()),
                first_name: sea_orm::Set(String::new()),
                sort_name: sea_orm::Set(String::new()),
                birth_date: sea_orm::Set(row.birth_date.and_then(blurred)),
                birth_place: sea_orm::Set(None),
                identity_stamp: sea_orm::Set(None),
                origin_import: sea_orm::Set(None),
                match_open: sea_orm::Set(false),
                ..Default::default()
            })
            .col_expr(Alias::new("anonymised_on"), Expr::value(today))
            .filter(person::Column::Id.eq(row.id))
            .exec(tx)
            .await?;
    }
    let mut households = Vec::new();
    for part in lists(ids) {
        let these = part.iter().copied();
        search_term::Entity::delete_many()
            .filter(search_term::Column::PersonId.is_in(these.clone()))
            .exec(tx)
            .await?;
        review::Entity::delete_many().filter(names(&part)).exec(tx).await?;
        super::rights::forget_notes(tx, &part).await?;
        crate::followup::forget_texts(tx, &part).await?;
        crate::programmes::forget_texts(tx, &part).await?;
        crate::engagement::forget_texts(tx, &part).await?;
        crate::outcomes::forget_texts(tx, &part).await?;
        orientation_decision::Entity::update_many()
            .set(orientation_decision::ActiveModel {
                reason_sealed: sea_orm::Set(None),
                explanation_sealed: sea_orm::Set(None),
                ..Default::default()
            })
            .filter(orientation_decision::Column::PersonId.is_in(these))
            .exec(tx)
            .await?;
        households.extend(empty_households(tx, &part).await?);
    }
    households.sort_unstable();
    households.dedup();
    for id in &households {
        forget_household(tx, *id).await?;
    }
    Ok(households.len())
}

/// The households of these people in which nobody has a name any more.
async fn empty_households(tx: &Tx, people: &[Uuid]) -> Result<Vec<Uuid>> {
    let named = "EXISTS (SELECT 1 FROM membership o JOIN person p ON p.id = o.person_id \
                 WHERE o.household_id = membership.household_id AND p.anonymised_on IS NULL)";
    Ok(membership::Entity::find()
        .select_only()
        .column(membership::Column::HouseholdId)
        .distinct()
        .filter(membership::Column::PersonId.is_in(people.iter().copied()))
        .filter(Expr::cust(named).not())
        .into_tuple()
        .all(tx)
        .await?)
}

async fn forget_household(tx: &Tx, id: Uuid) -> Result<()> {
    payment::Entity::delete_many().filter(payment::Column::HouseholdId.eq(id)).exec(tx).await?;
    sighting::Entity::delete_many().filter(sighting::Column::HouseholdId.eq(id)).exec(tx).await?;
    content::Entity::delete_many().filter(content::Column::HouseholdId.eq(id)).exec(tx).await?;
    household::Entity::update_many()
        .set(household::ActiveModel {
            claim_number: sea_orm::Set(household::anonymous(id)),
            matricule: sea_orm::Set(String::new()),
            content_hash: sea_orm::Set(None),
            ..Default::default()
        })
        .filter(household::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A question about one of these people.
fn names(people: &[Uuid]) -> Condition {
    Condition::any()
        .add(review::Column::PersonA.is_in(people.iter().copied()))
        .add(review::Column::PersonB.is_in(people.iter().copied()))
}

/// Remembers that a professional did something with or for this person today.
///
/// # Errors
/// When the database refuses.
pub async fn touch(tx: &Tx, id: Uuid, today: NaiveDate) -> Result<()> {
    person::Entity::update_many()
        .col_expr(Alias::new("last_act_on"), Expr::value(today))
        .filter(person::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
