//! One question: the two records side by side.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::intake::flux::{Address, Dossier, DossierKey, Kind, RightState, Role};
use domain::intake::matching::Doubt;
use domain::people::contact;
use domain::people::identity::Identity;
use domain::people::name::normalise;
use serde_json::json;
use store::StoreError;
use store::intake::record::{self, HouseholdRow, MembershipRow};
use store::intake::review::{self, ReviewRow, status};
use store::people::{PersonRow, one};
use uuid::Uuid;

use super::super::history::{FileFact, Story};
use super::super::identity::of_row;
use super::super::recording::key_of;
use super::{Decided, ReviewError, decided, merge};
use crate::Context;
use crate::access::scope;
use crate::shared::Shared;

/// A question and its two records.
#[derive(Debug, Clone)]
pub struct ReviewPage {
    /// The question.
    pub review: ReviewRow,
    /// Why it is asked.
    pub doubt: Option<Doubt>,
    /// The older record.
    pub left: Side,
    /// The other one; the same when one person is in two households.
    pub right: Side,
    /// What differs.
    pub differing: Vec<Fact>,
    /// What is equal; a fact in neither list is not known on both sides.
    pub agreeing: Vec<Fact>,
    /// Who decided.
    pub decided: Option<Decided>,
}

/// One record, without any number in clear that would let somebody be impersonated.
#[derive(Debug, Clone)]
pub struct Side {
    /// The record.
    pub id: Uuid,
    /// Who it is.
    pub identity: Identity,
    /// Sex and year, the rest hidden.
    pub nir_masked: Option<String>,
    /// The NIR has the right shape and key.
    pub nir_valid: bool,
    /// France Travail number.
    pub france_travail_id: Option<String>,
    /// State of the right as shown today.
    pub right: Option<RightState>,
    /// Path state.
    pub state: String,
    /// Code of the territory.
    pub territory: Option<String>,
    /// Places in households, the most recent first.
    pub places: Vec<PlaceLine>,
    /// Main address, on one line.
    pub address: Option<String>,
    /// Ways to reach them.
    pub contacts: Vec<ContactLine>,
    /// The first file that names them.
    pub first_file: Option<FileLine>,
    /// The last one.
    pub last_file: Option<FileLine>,
}

/// A place in a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLine {
    /// Organism, matricule and claim.
    pub key: DossierKey,
    /// Demandeur or conjoint.
    pub role: Role,
    /// Named today.
    pub named: bool,
    /// State of the right of the household.
    pub right: Option<RightState>,
}

/// A way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactLine {
    /// `phone` or `email`.
    pub kind: String,
    /// E.164 or address.
    pub value: String,
    /// The household shares it.
    pub shared: bool,
}

/// A file that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// The day it describes.
    pub reference: NaiveDate,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Use name.
    LastName,
    /// Birth name.
    BirthName,
    /// First name.
    FirstName,
    /// Birth date.
    BirthDate,
    /// Sex.
    Sex,
    /// Town of birth.
    BirthPlace,
    /// NIR.
    Nir,
    /// France Travail number.
    FranceTravail,
    /// Dossiers.
    Household,
    /// Main address.
    Address,
    /// At least one phone or e-mail in common.
    Contact,
}

/// Opens a question; the journal keeps that both records were read.
///
/// # Errors
/// [`ReviewError::Unknown`] for one on people the actor may not see.
pub async fn open(ctx: &Context, id: Uuid) -> Result<ReviewPage, ReviewError> {
    let scope = scope(ctx, Action::DecideMatch)?;
    let row = review::get(ctx.db(), &scope, ctx.today(), id).await?.ok_or(ReviewError::Unknown)?;
    let shared = ctx.shared().await?;
    let left = Record::load(ctx, &row, row.person_a, &shared).await?;
    let right = Record::load(ctx, &row, row.person_b, &shared).await?;
    let (differing, agreeing) = compare(&left, &right);
    let tx = ctx.db().begin().await?;
    let mut people = vec![row.person_a, row.person_b];
    people.dedup();
    for person in people {
        let object = Some(id.to_string());
        crate::audit::record(ctx, &tx, Act::ReadPerson, Some(person), object, json!({ "review": true }))
            .await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(ReviewPage {
        doubt: Doubt::parse(&row.doubt),
        decided: decided(ctx, &row).await?,
        review: row,
        left: left.side,
        right: right.side,
        differing,
        agreeing,
    })
}

/// A record and what its comparison needs.
struct Record {
    side: Side,
    nir_index: Option<Vec<u8>>,
    address: Option<String>,
}

impl Record {
    async fn load(ctx: &Context, review: &ReviewRow, id: Uuid, shared: &Shared) -> Result<Self, ReviewError> {
        let c = ctx.db().read();
        let mut row = one::rows(c, &[id]).await?.into_iter().next().ok_or(ReviewError::Unknown)?;
        if let Some(undo) = merge::kept_undo(review).filter(|undo| undo.pair().0 == id) {
            undo.own_identity(review, &mut row);
        }
        store::sealed::renew(ctx.db().keys(), &mut row)?;
        // Once merged, each side shows what it was by itself; before, what joined it earlier speaks too.
        let records =
            if review.status == status::MERGED { vec![id] } else { one::with_merged(c, id).await? };
        let places = record::places(c, &records).await?;
        let ids: Vec<Uuid> = places.iter().map(|p| p.household_id).collect();
        let households = record::households(c, &ids).await?;
        let story = Story::load(ctx, &households, shared).await?;
        let mut held: Vec<(&MembershipRow, &HouseholdRow)> = places
            .iter()
            .filter_map(|p| Some((p, households.iter().find(|h| h.id == p.household_id)?)))
            .collect();
        held.sort_by_key(|(place, household)| {
            std::cmp::Reverse((place.named, household.stamp.clone(), household.id))
        });
        let content = |h: &HouseholdRow| story.content(h.id, h.content_hash.as_ref()?);
        let address = held.first().and_then(|(_, h)| content(h)).and_then(Dossier::main_address);
        let contacts = store::people::contact::of(ctx.db().keys(), c, &records).await?;
        let (first, last) =
            files(&row, &households, &story, &shared.files, contacts.iter().filter_map(|c| c.import_id));
        let mut side = side(ctx, &row)?;
        side.places = held.iter().map(|(place, household)| place_line(place, household)).collect();
        side.address = address.map(in_line);
        side.contacts = contacts
            .into_iter()
            .filter(|c| [contact::Kind::Phone, contact::Kind::Email].iter().any(|kind| kind.code() == c.kind))
            .map(|c| ContactLine { kind: c.kind, value: c.value, shared: c.shared })
            .collect();
        side.first_file = first;
        side.last_file = last;
        Ok(Self { side, nir_index: row.nir_index, address: address.map(Address::compare_line) })
    }
}

fn side(ctx: &Context, row: &PersonRow) -> Result<Side, StoreError> {
    Ok(Side {
        id: row.id,
        identity: of_row(row),
        nir_masked: crate::people::nir::masked(ctx, row.nir_sealed.as_ref())?,
        nir_valid: row.nir_valid,
        france_travail_id: crate::people::france_travail(ctx, row)?,
        right: row.right_state.as_deref().and_then(RightState::parse),
        state: row.state.clone(),
        territory: row.territory.clone(),
        places: Vec::new(),
        address: None,
        contacts: Vec::new(),
        first_file: None,
        last_file: None,
    })
}

fn place_line(place: &MembershipRow, household: &HouseholdRow) -> PlaceLine {
    PlaceLine {
        key: key_of(household),
        role: Role::parse(&place.role),
        named: place.named,
        right: household.right_state.as_deref().and_then(RightState::parse),
    }
}

fn in_line(address: &Address) -> String {
    let town = format!("{} {}", address.postcode, address.town);
    let parts = address.lines.iter().map(String::as_str).chain([town.trim()]).filter(|p| !p.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// The first and the last file that name the record, by the dates of the files.
fn files(
    row: &PersonRow,
    households: &[HouseholdRow],
    story: &Story,
    known: &[FileFact],
    from_contacts: impl Iterator<Item = Uuid>,
) -> (Option<FileLine>, Option<FileLine>) {
    let sightings = households.iter().flat_map(|h| story.sightings(h.id)).filter(|s| s.hash.is_some());
    let mut ids: Vec<Uuid> =
        sightings.map(|s| s.file.id).chain(row.origin_import).chain(from_contacts).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found: Vec<&FileFact> = known.iter().filter(|f| ids.contains(&f.id)).collect();
    found.sort_by_key(|f| (f.stamp, f.number));
    let line = |f: &&FileFact| FileLine {
        id: f.id,
        name: f.name.clone(),
        kind: f.kind,
        reference: f.stamp.reference,
    };
    (found.first().map(line), found.last().map(line))
}

/// What differs and what is equal; what one side does not know is in neither.
fn compare(left: &Record, right: &Record) -> (Vec<Fact>, Vec<Fact>) {
    let (a, b) = (&left.side, &right.side);
    let words = |x: &str, y: &str| (!x.is_empty() && !y.is_empty()).then(|| normalise(x) == normalise(y));
    let texts = |x: &Option<String>, y: &Option<String>| {
        x.as_ref().zip(y.as_ref()).map(|(x, y)| normalise(x) == normalise(y))
    };
    let claims = |side: &Side| side.places.iter().map(|p| p.key.clone()).collect::<Vec<_>>();
    let reached = |side: &Side| side.contacts.iter().map(|c| c.value.clone()).collect::<Vec<_>>();
    let shared = |x: Vec<String>, y: Vec<String>| {
        (!x.is_empty() && !y.is_empty()).then(|| x.iter().any(|value| y.contains(value)))
    };
    let one_line = |keys: Vec<DossierKey>| keys.iter().map(DossierKey::one_line).collect::<Vec<_>>();
    let (one, two) = (&a.identity, &b.identity);
    let all = [
        (Fact::LastName, words(&one.last_name, &two.last_name)),
        (Fact::BirthName, words(&one.birth_name, &two.birth_name)),
        (Fact::FirstName, words(&one.first_name, &two.first_name)),
        (Fact::BirthDate, one.birth_date.zip(two.birth_date).map(|(x, y)| x == y)),
        (Fact::Sex, texts(&one.sex, &two.sex)),
        (Fact::BirthPlace, texts(&one.birth_place, &two.birth_place)),
        (Fact::Nir, left.nir_index.as_ref().zip(right.nir_index.as_ref()).map(|(x, y)| x == y)),
        (Fact::FranceTravail, texts(&a.france_travail_id, &b.france_travail_id)),
        (Fact::Household, shared(one_line(claims(a)), one_line(claims(b)))),
        (Fact::Address, left.address.as_ref().zip(right.address.as_ref()).map(|(x, y)| x == y)),
        (Fact::Contact, shared(reached(a), reached(b))),
    ];
    let which =
        |wanted: bool| all.iter().filter(|(_, same)| *same == Some(wanted)).map(|(fact, _)| *fact).collect();
    (which(false), which(true))
}
