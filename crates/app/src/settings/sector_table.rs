//! Sectors as a table that offices keep in a spreadsheet: taken away, corrected, brought back. Either every line is right, or
//! nothing changes and each wrong line is told.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::orientation::sector::Purpose;
use domain::people::name::normalise;
use domain::reference::geo;
use exchange::spreadsheet::{Row, Sheet};
use exchange::table::{Cell, Table};
use store::StoreError;
use store::access::account;
use store::orientation::sector as rows;
use uuid::Uuid;

use super::edit_sectors::{
    Holder, HolderInput, Holders, Sector, SectorError, holder, named, possible_holders, tidy, write,
};
use crate::Context;
use crate::access::permit;

/// Titles of the columns; the fourth is for the reader only.
const COLUMNS: [&str; 9] =
    ["secteur", "pour", "code_insee", "commune", "structure", "professionnel", "rang", "depuis", "jusqu_au"];
/// Wrong lines that are told at once.
const TOLD: usize = 50;

/// Why no table was brought in.
#[derive(Debug, thiserror::Error)]
pub enum SectorTableError {
    /// The permission or the database.
    #[error(transparent)]
    Sector(#[from] SectorError),
    /// Not a table.
    #[error("{0}")]
    Sheet(String),
    /// A column is missing.
    #[error(
        "Il manque la colonne « {0} ». Les titres de la première ligne sont : secteur, pour, code_insee, commune, structure, professionnel, rang, depuis, jusqu_au."
    )]
    Column(&'static str),
    /// Some lines are wrong; nothing changed.
    #[error("Rien n’a changé : corrigez les lignes ci-dessous, puis recommencez.")]
    Lines(Vec<String>),
}

impl From<StoreError> for SectorTableError {
    fn from(error: StoreError) -> Self {
        Self::Sector(error.into())
    }
}

/// The sectors as CSV: one line for each commune and each of those who follow there today or later.
///
/// # Errors
/// [`SectorError::Refused`].
pub async fn sectors_csv(ctx: &Context) -> Result<Vec<u8>, SectorError> {
    permit(ctx, Action::EditSettings)?;
    let all = rows::all(ctx.db().read()).await?;
    let possible = possible_holders(ctx).await?;
    let emails: HashMap<Uuid, String> =
        account::all(ctx.db()).await?.into_iter().map(|one| (one.id, one.email)).collect();
    let today = ctx.today();
    let mut lines = Vec::new();
    for one in &all {
        let holders: Vec<&Holder> =
            one.holders.iter().filter(|holder| holder.until.is_none_or(|last| last >= today)).collect();
        for code in &one.communes {
            let place = geo::commune(code).map_or("", |commune| commune.name);
            let start = [one.name.as_str(), one.purpose.code(), code, place];
            let line = |holder: Option<&Holder>| {
                let mut cells: Vec<Cell> = start.iter().map(|text| Cell::text(*text)).collect();
                let at = holder.and_then(|one| one.structure);
                let at = at.and_then(|id| possible.structures.iter().find(|one| one.id == id));
                let who = holder.and_then(|one| one.account).and_then(|id| emails.get(&id));
                cells.push(Cell::text(at.map_or("", |one| one.name.as_str())));
                cells.push(Cell::text(who.map_or("", String::as_str)));
                cells.push(holder.map_or(Cell::Empty, |one| Cell::Integer(i64::from(one.priority))));
                cells.push(holder.map(|one| one.since).into());
                cells.push(holder.and_then(|one| one.until).into());
                cells
            };
            if holders.is_empty() {
                lines.push(line(None));
            }
            lines.extend(holders.iter().map(|holder| line(Some(holder))));
        }
    }
    let headers = COLUMNS.map(str::to_owned).to_vec();
    Ok(Table { title: "Secteurs".to_owned(), headers, rows: lines }.to_csv())
}

/// A sector as the lines tell it.
struct Told {
    name: String,
    purpose: Purpose,
    communes: BTreeSet<&'static str>,
    holders: Vec<HolderInput>,
}

/// Brings a table in: the sectors that it names become what it tells, the others stay. Returns how many were written.
///
/// # Errors
/// [`SectorTableError`].
pub async fn import_sectors(ctx: &Context, table: &[u8]) -> Result<usize, SectorTableError> {
    permit(ctx, Action::EditSettings).map_err(SectorError::from)?;
    let sheet =
        Sheet::open(table, "tableau").map_err(|refusal| SectorTableError::Sheet(refusal.to_string()))?;
    let columns = columns(sheet.headers())?;
    let reader = Reader {
        ctx,
        possible: possible_holders(ctx).await?,
        emails: account::all(ctx.db())
            .await?
            .into_iter()
            .map(|one| (one.email.to_lowercase(), one.id))
            .collect(),
        columns,
    };
    let (mut told, mut wrong): (Vec<Told>, Vec<String>) = (Vec::new(), Vec::new());
    for row in sheet.rows() {
        if let Err(why) = reader.read(row, &mut told) {
            wrong.push(format!("Ligne {} : {why}", row.line));
        }
    }
    if !wrong.is_empty() {
        let left = wrong.len().saturating_sub(TOLD);
        wrong.truncate(TOLD);
        if left > 0 {
            wrong.push(format!("… et {left} autres lignes."));
        }
        return Err(SectorTableError::Lines(wrong));
    }
    let count = told.len();
    let tx = ctx.db().begin().await?;
    let known = rows::all(&tx).await?;
    for one in told {
        let before = known.iter().find(|before| normalise(&before.name) == normalise(&one.name));
        let made = one.holders.iter().map(|input| holder(ctx, &reader.possible, input));
        let after = Sector {
            id: before.map_or_else(|| ctx.app.ids.make(), |before| before.id),
            name: one.name,
            purpose: one.purpose,
            communes: one.communes.into_iter().map(str::to_owned).collect(),
            holders: made.collect::<Result<_, _>>()?,
        };
        write(ctx, &tx, before, after).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(count)
}

/// Where each column stands; those of the holder may be missing.
fn columns(headers: &[String]) -> Result<HashMap<&'static str, usize>, SectorTableError> {
    let plain = |text: &str| normalise(text).replace([' ', '_', '\''], "");
    let found: HashMap<&'static str, usize> = COLUMNS
        .into_iter()
        .filter_map(|name| Some((name, headers.iter().position(|header| plain(header) == plain(name))?)))
        .collect();
    for needed in ["secteur", "code_insee"] {
        if !found.contains_key(needed) {
            return Err(SectorTableError::Column(needed));
        }
    }
    Ok(found)
}

/// Reads lines with what they name at hand.
struct Reader<'a> {
    ctx: &'a Context,
    possible: Holders,
    emails: HashMap<String, Uuid>,
    columns: HashMap<&'static str, usize>,
}

impl Reader<'_> {
    fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        let at = self.columns.get(name).and_then(|at| row.cells.get(*at));
        // Our own tables protect what looks like a formula with an apostrophe.
        at.map_or("", |text| text.trim().trim_start_matches('\''))
    }

    fn read(&self, row: &Row, told: &mut Vec<Told>) -> Result<(), String> {
        let name = tidy(self.cell(row, "secteur")).map_err(|error| error.to_string())?;
        let purpose = match self.cell(row, "pour") {
            "" => Purpose::Everybody,
            text => Purpose::parse(&text.to_lowercase()).ok_or_else(|| {
                let words = Purpose::ALL.map(Purpose::code).join(", ");
                format!("« {} » n’est pas un public. Choisissez parmi : {words}.", brief(text))
            })?,
        };
        let code = self.cell(row, "code_insee");
        // A spreadsheet program drops the first zero of a code.
        let padded = if code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()) {
            format!("0{code}")
        } else {
            code.to_owned()
        };
        let found = named(&self.ctx.department.code, &padded);
        if found.is_empty() {
            return Err(format!("« {} » n’est pas une commune de ce département.", brief(code)));
        }
        let holder = self.holder(row)?;
        let place = match told.iter_mut().find(|one| normalise(&one.name) == normalise(&name)) {
            Some(known) if known.purpose != purpose => {
                return Err(format!("le secteur « {name} » a un autre public sur une ligne plus haut."));
            }
            Some(known) => known,
            None => {
                told.push(Told { name, purpose, communes: BTreeSet::new(), holders: Vec::new() });
                told.last_mut().ok_or_else(String::new)?
            }
        };
        place.communes.extend(found);
        if let Some(holder) = holder.filter(|new| !place.holders.contains(new)) {
            place.holders.push(holder);
        }
        Ok(())
    }

    fn holder(&self, row: &Row) -> Result<Option<HolderInput>, String> {
        let (at, who) = (self.cell(row, "structure"), self.cell(row, "professionnel"));
        if at.is_empty() && who.is_empty() {
            return Ok(None);
        }
        let structure = match at {
            "" => None,
            text => Some(
                self.possible
                    .structures
                    .iter()
                    .find(|one| normalise(&one.name) == normalise(text))
                    .ok_or_else(|| format!("aucune structure ouverte ne s’appelle « {} ».", brief(text)))?
                    .id,
            ),
        };
        let account = match who {
            "" => None,
            text => Some(
                *self
                    .emails
                    .get(&text.to_lowercase())
                    .ok_or_else(|| format!("aucun compte n’a l’adresse « {} ».", brief(text)))?,
            ),
        };
        let priority = match self.cell(row, "rang") {
            "" => 1,
            text => text.parse().map_err(|_| SectorError::Priority.to_string())?,
        };
        let since = day(self.cell(row, "depuis"))?;
        let input =
            HolderInput { structure, account, priority, since, until: day(self.cell(row, "jusqu_au"))? };
        holder(self.ctx, &self.possible, &input).map_err(|error| error.to_string())?;
        Ok(Some(input))
    }
}

fn brief(text: &str) -> String {
    text.chars().take(60).collect()
}

fn day(text: &str) -> Result<Option<NaiveDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = text.parse().or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"));
    read.map(Some).map_err(|_| format!("« {} » n’est pas une date : écrivez-la JJ/MM/AAAA.", brief(text)))
}
