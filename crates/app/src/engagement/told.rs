//! The contracts of a person as those who open the file read them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::relation::Relation;
use domain::access::side::Side;
use domain::access::visibility::{Case, Level, sees};
use domain::engagement::contract::{Kind, Means, Signatory, Stage, fold};
use domain::engagement::terms::{Lighter, Nature, Text};
use store::StoreError;
use store::access::account;
use store::engagement::{self, ContractActRow, ContractRow};
use store::sealed::CONTRACT_ACT;
use uuid::Uuid;

use super::record::{asked, nature, recorded, text_of};
use crate::Context;
use crate::access::hidden_accounts;

/// A contract of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractTold {
    /// Its identifier.
    pub id: Uuid,
    /// Of today's law, or of before 2025.
    pub nature: Nature,
    /// Code of the programme; `None` outside programmes.
    pub programme: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// It binds today.
    pub in_force: bool,
    /// What is written, with its first and last day.
    pub text: Text,
    /// Its last day, that of an early end where there was one.
    pub over_on: NaiveDate,
    /// The day it was signed by all.
    pub signed_on: Option<NaiveDate>,
    /// Until when there are fewer hours.
    pub lighter_until: Option<NaiveDate>,
    /// Why, for who may know.
    pub lighter: Option<Lighter>,
    /// Who leads validates it.
    pub validation: bool,
    /// Each signature that is asked, and how it was given.
    pub signatures: Vec<(Signatory, Option<Signed>)>,
    /// The contract that this one follows.
    pub replaces: Option<Uuid>,
    /// The state that is read: what is signed was read as it stands.
    pub revision: i64,
    /// Who wrote it last, where they may be named.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What was recorded, the last first.
    pub acts: Vec<ContractAct>,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The day.
    pub on: NaiveDate,
    /// On paper, or by a click.
    pub means: Means,
    /// Who gave or recorded it, where they may be named.
    pub by: Option<String>,
    /// What was signed: 64 hexadecimal digits.
    pub digest: String,
}

/// What was recorded of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractAct {
    /// What it is.
    pub kind: Kind,
    /// Whose signature.
    pub signatory: Option<Signatory>,
    /// The day it describes.
    pub held_on: NaiveDate,
    /// Until when fewer hours go on.
    pub until: Option<NaiveDate>,
    /// Code of the reason; may be empty.
    pub reason: String,
    /// Who recorded it, where they may be named.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What was written.
    pub text: Option<String>,
}

/// What the actor may do of the contracts of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights {
    /// Write one, record signatures.
    pub write: bool,
    /// Validate, send back.
    pub decide: bool,
    /// The side on which they follow the person.
    pub side: Option<Side>,
}

impl Rights {
    /// The signature that this contract awaits from the actor.
    pub fn own(&self, contract: &ContractTold) -> Option<Signatory> {
        let awaited = contract.stage.allows(Kind::Signed) && self.write;
        let mine = |who: Signatory| self.side.is_some_and(|side| who.is_of(side));
        let missing = contract.signatures.iter().filter(|(_, given)| given.is_none()).map(|(who, _)| *who);
        missing.filter(|_| awaited).find(|who| mine(*who))
    }
}

/// The names of accounts, but those that the reader may not know.
struct Names {
    all: Vec<(Uuid, String)>,
    hidden: Vec<Uuid>,
}

impl Names {
    fn of(&self, id: Uuid) -> Option<String> {
        account::name_of(&self.all, id).filter(|_| !self.hidden.contains(&id))
    }
}

/// The contracts of these records, the last first, for somebody with these relations to the person. `social`: they may know of
/// sensitive structures.
pub(crate) async fn told(
    ctx: &Context,
    records: &[Uuid],
    relations: &[Relation],
    social: bool,
) -> Result<Vec<ContractTold>, StoreError> {
    let sees_at = |level| relations.iter().any(|relation| sees(*relation, level, Case::default()));
    if !sees_at(Level::Team) {
        return Ok(Vec::new());
    }
    let rows = engagement::of(ctx.db().read(), records).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let acts = engagement::acts(ctx.db().read(), records).await?;
    let mut accounts: Vec<Uuid> = acts.iter().map(|act| act.account_id).collect();
    accounts.extend(rows.iter().map(|row| row.account_id));
    let names = Names {
        all: account::names(ctx.db(), &accounts).await?,
        hidden: if social { Vec::new() } else { hidden_accounts(ctx, &accounts).await? },
    };
    // Why there are fewer hours may be health: it is the pair's (`rules.md` § 3, impact of health on work).
    let why = sees_at(Level::Pair);
    let one = |row: ContractRow| {
        let mine: Vec<&ContractActRow> = acts.iter().filter(|act| act.contract_id == row.id).collect();
        contract(ctx, &row, &mine, (&names, why))
    };
    rows.into_iter().rev().map(one).collect()
}

fn contract(
    ctx: &Context,
    row: &ContractRow,
    mine: &[&ContractActRow],
    (names, why): (&Names, bool),
) -> Result<ContractTold, StoreError> {
    let asked = asked(row);
    let all: Vec<_> = mine.iter().filter_map(|act| recorded(act)).collect();
    let now = fold(&asked, &all);
    let mut text = text_of(ctx, row)?;
    let lighter = text.hours.lighter.take().filter(|_| why);
    // What was signed before a contract was sent back is void.
    let void = mine.iter().rposition(|act| act.kind == Kind::Returned.code()).map_or(0, |rank| rank + 1);
    let given = |who: Signatory| {
        let held = mine
            .iter()
            .skip(void)
            .find(|act| act.kind == Kind::Signed.code() && Signatory::parse(&act.signatory) == Some(who))?;
        Some(Signed {
            on: held.held_on,
            means: Means::parse(&held.means)?,
            by: names.of(held.account_id),
            digest: held.digest.clone(),
        })
    };
    Ok(ContractTold {
        id: row.id,
        nature: nature(row),
        programme: row.programme.clone(),
        stage: now.stage,
        in_force: now.is_in_force(ctx.today()),
        signatures: asked.signatories.iter().map(|who| (*who, given(*who))).collect(),
        over_on: now.ends_on,
        signed_on: now.signed_on,
        lighter_until: now.lighter_until,
        lighter,
        text,
        validation: row.validation,
        replaces: row.replaces_id,
        revision: row.revision,
        by: names.of(row.account_id),
        at: row.written_at,
        acts: mine
            .iter()
            .rev()
            .map(|act| act_told(ctx, act, names))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect(),
    })
}

fn act_told(ctx: &Context, act: &ContractActRow, names: &Names) -> Result<Option<ContractAct>, StoreError> {
    let Some(kind) = Kind::parse(&act.kind) else { return Ok(None) };
    let open = |sealed: &Vec<u8>| ctx.db().keys().decrypt_text(CONTRACT_ACT.place, sealed);
    Ok(Some(ContractAct {
        kind,
        signatory: Signatory::parse(&act.signatory),
        held_on: act.held_on,
        until: act.until_on,
        reason: act.reason.clone(),
        by: names.of(act.account_id),
        at: act.recorded_at,
        text: act.text_sealed.as_ref().map(open).transpose()?,
    }))
}
