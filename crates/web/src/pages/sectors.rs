//! Settings: sectors, their communes, who follows there, and the table that offices keep.

use app::settings::{
    Holder, HolderInput, Holders, Sector, SectorError, SectorInput, SectorTableError, Sectors, add_holder,
    end_holder, import_sectors, possible_holders, remove_sector, save_sector, sectors, sectors_csv,
};
use axum::extract::Path;
use chrono::NaiveDate;
use domain::orientation::sector::Purpose;
use domain::reference::geo;
use uuid::Uuid;

use super::rows::{self, t};
use super::settings_tabs::tabs;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, download, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::sectors::{Held, HolderRow, SectorPage, SectorRow, SectorsPage, Warning};
use crate::view::words;

const LIST: &str = "/reglages/secteurs";
/// Communes that a warning names.
const NAMED: usize = 30;

/// `GET /{department}/reglages/secteurs`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    page(&shown(&visit, "", Vec::new(), Vec::new()).await?)
}

async fn shown(
    visit: &Visit,
    typed: &str,
    errors: Vec<FieldError>,
    lines: Vec<String>,
) -> Result<SectorsPage, Fail> {
    let ctx = visit.ctx();
    let known = sectors(&ctx).await.map_err(fail)?;
    let possible = possible_holders(&ctx).await.map_err(fail)?;
    let today = visit.today();
    let row = |one: &Sector| {
        let on = one.holders.iter().filter(|holder| holder.is_on(today));
        let holders: Vec<String> = on.map(|holder| holder_name(&possible, holder)).collect();
        let nobody = holders.is_empty().then(|| Tag::new(t("sectors-nobody").to_string(), Tone::Soon));
        SectorRow {
            link: Link::new(one.name.clone(), visit.path(&format!("{LIST}/{}", one.id))),
            purpose: words::sector_purpose(one.purpose),
            communes: format::count(one.communes.len()),
            tags: nobody.into_iter().collect(),
            holders,
        }
    };
    let table = Field::new(FieldKind::Textarea, "table", t("sectors-table-field").to_string())
        .hint(t("sectors-table-hint").to_string())
        .value(typed)
        .error(FieldError::of(&errors, "table"));
    Ok(SectorsPage {
        tabs: tabs(visit, LIST),
        rows: known.all.iter().map(row).collect(),
        warnings: if known.all.is_empty() { Vec::new() } else { warnings(&known) },
        errors,
        lines,
        field: table,
        shell: visit.shell(),
    })
}

fn warnings(known: &Sectors) -> Vec<Warning> {
    let mut all = Vec::new();
    if !known.without.is_empty() {
        let text = t("sectors-without").n("n", known.without.len()).to_string();
        let names = known.without.iter().map(|code| rows::commune(code)).collect();
        all.push(Warning { text, names: some_of(names) });
    }
    if !known.shared.is_empty() {
        let text = t("sectors-shared").n("n", known.shared.len()).to_string();
        let one = |(code, names): &(String, Vec<String>)| {
            let commune = rows::commune(code);
            t("sectors-shared-one").s("commune", commune).s("sectors", names.join(", ")).to_string()
        };
        all.push(Warning { text, names: some_of(known.shared.iter().map(one).collect()) });
    }
    all
}

/// The first names, and how many more.
fn some_of(mut names: Vec<String>) -> String {
    let left = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let names = names.join(", ");
    if left == 0 { names } else { t("sectors-more").s("names", names).n("n", left).to_string() }
}

fn holder_name(possible: &Holders, holder: &Holder) -> String {
    let at =
        possible.structures.iter().find(|one| Some(one.id) == holder.structure).map(|one| one.name.as_str());
    let who =
        possible.professionals.iter().find(|one| Some(one.id) == holder.account).map(|one| one.name.as_str());
    match (who, at) {
        (Some(name), Some(structure)) => {
            t("sectors-holder-both").s("name", name).s("structure", structure).to_string()
        }
        (Some(name), None) => name.to_owned(),
        (None, Some(structure)) if holder.account.is_none() => {
            t("sectors-holder-team").s("structure", structure).to_string()
        }
        // Whoever does not follow people any more is not proposed either.
        _ => t("sectors-nobody").to_string(),
    }
}

/// `GET /{department}/reglages/secteurs.csv`.
///
/// # Errors
/// When the database does not answer.
pub async fn csv(visit: Visit) -> Answer {
    let table = sectors_csv(&visit.ctx()).await.map_err(fail)?;
    download(table, "text/csv; charset=utf-8", "secteurs.csv")
}

/// `POST /{department}/reglages/secteurs/importer`.
///
/// # Errors
/// When the database refuses.
pub async fn import(visit: Visit, form: Form) -> Answer {
    let typed = form.get("table");
    let said = |text: String| vec![FieldError { field: "table".to_owned(), text }];
    let (errors, lines) = match import_sectors(&visit.ctx(), typed.as_bytes()).await {
        Ok(_) => return see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-sectors"),
        Err(SectorTableError::Sector(error)) => (said(wrong(error)?.text), Vec::new()),
        Err(error) => {
            let text = error.to_string();
            let lines = if let SectorTableError::Lines(lines) = error { lines } else { Vec::new() };
            (said(text), lines)
        }
    };
    unprocessable(&shown(&visit, typed, errors, lines).await?)
}

/// `GET /{department}/reglages/secteurs/nouveau`.
///
/// # Errors
/// When the database does not answer.
pub async fn new(visit: Visit) -> Answer {
    page(&whole(&visit, None, &Form::default(), Vec::new()).await?)
}

/// `POST /{department}/reglages/secteurs/nouveau`.
///
/// # Errors
/// When the database refuses.
pub async fn add(visit: Visit, form: Form) -> Answer {
    save(visit, None, &form).await
}

/// `GET /{department}/reglages/secteurs/{id}`.
///
/// # Errors
/// 404 for a sector that is not of this département.
pub async fn one(visit: Visit, Path((_, sector)): Path<(String, String)>) -> Answer {
    let sector = find(&visit, &sector).await?;
    page(&whole(&visit, Some(&sector), &Form::default(), Vec::new()).await?)
}

/// `POST /{department}/reglages/secteurs/{id}`.
///
/// # Errors
/// 404 for a sector that is not of this département.
pub async fn change(visit: Visit, Path((_, sector)): Path<(String, String)>, form: Form) -> Answer {
    let sector = find(&visit, &sector).await?;
    save(visit, Some(sector), &form).await
}

/// `POST /{department}/reglages/secteurs/{id}/supprimer`.
///
/// # Errors
/// 404 for a sector that is not of this département.
pub async fn remove(visit: Visit, Path((_, sector)): Path<(String, String)>) -> Answer {
    remove_sector(&visit.ctx(), id(&sector)?).await.map_err(fail)?;
    see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-sector-removed")
}

/// `POST /{department}/reglages/secteurs/{id}/titulaires`.
///
/// # Errors
/// 404 for a sector that is not of this département.
pub async fn hold(visit: Visit, Path((_, sector)): Path<(String, String)>, form: Form) -> Answer {
    let sector = find(&visit, &sector).await?;
    let error = match holder_input(&form) {
        Err(error) => error,
        Ok(input) => match add_holder(&visit.ctx(), sector.id, &input).await {
            Ok(()) => return back(&visit, sector.id),
            Err(error) => wrong(error)?,
        },
    };
    unprocessable(&whole(&visit, Some(&sector), &form, vec![error]).await?)
}

/// `POST /{department}/reglages/secteurs/{id}/titulaires/{holder}/terminer`.
///
/// # Errors
/// 404 for one that is not of this sector.
pub async fn end(visit: Visit, Path((_, sector, holder)): Path<(String, String, String)>) -> Answer {
    let sector = id(&sector)?;
    end_holder(&visit.ctx(), sector, id(&holder)?).await.map_err(fail)?;
    back(&visit, sector)
}

fn back(visit: &Visit, sector: Uuid) -> Answer {
    see_other_saying(visit, &visit.path(&format!("{LIST}/{sector}")), Tone::Ok, "flash-sector")
}

async fn find(visit: &Visit, sector: &str) -> Result<Sector, Fail> {
    let wanted = id(sector)?;
    let known = sectors(&visit.ctx()).await.map_err(fail)?;
    known.all.into_iter().find(|one| one.id == wanted).ok_or(Fail::Problem(Problem::NotFound))
}

async fn save(visit: Visit, sector: Option<Sector>, form: &Form) -> Answer {
    let error = match Purpose::parse(form.get("purpose")) {
        None => FieldError { field: "purpose".to_owned(), text: t("sectors-wrong-purpose").to_string() },
        Some(purpose) => {
            let input = SectorInput {
                name: form.get("name").to_owned(),
                purpose,
                communes: form.get("communes").to_owned(),
                territory: form.get("territory").to_owned(),
                epci: form.get("epci").to_owned(),
            };
            match save_sector(&visit.ctx(), sector.as_ref().map(|one| one.id), &input).await {
                Ok(id) => return back(&visit, id),
                Err(error) => wrong(error)?,
            }
        }
    };
    unprocessable(&whole(&visit, sector.as_ref(), form, vec![error]).await?)
}

fn holder_input(form: &Form) -> Result<HolderInput, FieldError> {
    let said = |field: &str, key: &str| FieldError { field: field.to_owned(), text: t(key).to_string() };
    let one = |name: &str| form.get(name).trim().parse::<Uuid>().ok();
    let day = |name: &str| match form.get(name).trim() {
        "" => Ok(None),
        text => text.parse::<NaiveDate>().map(Some).map_err(|_| said(name, "settings-wrong-date")),
    };
    let rank = form.get("rank").trim().parse();
    Ok(HolderInput {
        structure: one("structure"),
        account: one("account"),
        priority: rank.map_err(|_| said("rank", "sectors-wrong-rank"))?,
        since: day("since")?,
        until: day("until")?,
    })
}

async fn whole(
    visit: &Visit,
    sector: Option<&Sector>,
    form: &Form,
    errors: Vec<FieldError>,
) -> Result<SectorPage, Fail> {
    let base = sector.map_or_else(|| format!("{LIST}/nouveau"), |one| format!("{LIST}/{}", one.id));
    let held = match sector {
        None => None,
        Some(sector) => {
            let possible = possible_holders(&visit.ctx()).await.map_err(fail)?;
            let today = visit.today();
            let lasts = |holder: &&Holder| holder.until.is_none_or(|last| last >= today);
            let row = |holder: &Holder| HolderRow {
                name: holder_name(&possible, holder),
                detail: holder_detail(holder, today),
                end: visit.path(&format!("{base}/titulaires/{}/terminer", holder.id)),
            };
            Some(Held {
                rows: sector.holders.iter().filter(lasts).map(row).collect(),
                action: visit.path(&format!("{base}/titulaires")),
                fields: holder_fields(&possible, form, &errors),
                remove: visit.path(&format!("{base}/supprimer")),
            })
        }
    };
    Ok(SectorPage {
        title: sector.map_or_else(|| t("sectors-add").to_string(), |one| one.name.clone()),
        action: visit.path(&base),
        fields: fields(visit, sector, form, &errors).await?,
        held,
        errors,
        shell: visit.shell(),
    })
}

fn holder_detail(holder: &Holder, today: NaiveDate) -> String {
    let since = format::day(holder.since, today);
    match holder.until {
        None => t("sectors-holder-detail").n("rank", holder.priority).s("since", since).to_string(),
        Some(last) => t("sectors-holder-detail-until")
            .n("rank", holder.priority)
            .s("since", since)
            .s("until", format::day(last, today))
            .to_string(),
    }
}

async fn fields(
    visit: &Visit,
    sector: Option<&Sector>,
    form: &Form,
    errors: &[FieldError],
) -> Result<Vec<Field>, Fail> {
    let typed = |name: &str, known: String| if form.has(name) { form.get(name).to_owned() } else { known };
    let name = typed("name", sector.map(|one| one.name.clone()).unwrap_or_default());
    let purpose = typed("purpose", sector.map_or("tous", |one| one.purpose.code()).to_owned());
    let listed = |one: &Sector| one.communes.iter().map(|code| rows::commune(code)).collect::<Vec<_>>();
    let communes = typed("communes", sector.map(|one| listed(one).join("\n")).unwrap_or_default());
    let field = |field: Field| {
        let error = FieldError::of(errors, &field.name);
        field.error(error)
    };
    let purposes =
        Purpose::ALL.map(|one| Choice::new(one.code(), words::sector_purpose(one), &purpose)).to_vec();
    let nothing = |chosen: &str| vec![Choice::new("", t("sectors-nothing").to_string(), chosen)];
    let territories = app::settings::territories(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let (territory, epci) = (form.get("territory"), form.get("epci"));
    let mut places = nothing(territory);
    places.extend(territories.iter().map(|one| Choice::new(&one.code, &one.name, territory)));
    let mut groups: Vec<(&str, &str)> = geo::communes_of(&visit.department.code)
        .iter()
        .filter_map(|commune| geo::epci(commune.epci))
        .map(|epci| (epci.name, epci.siren))
        .collect();
    groups.sort_unstable();
    groups.dedup();
    let mut epcis = nothing(epci);
    epcis.extend(groups.into_iter().map(|(name, siren)| Choice::new(siren, name, epci)));
    let optional = |field: Field| Field { optional: true, ..field };
    Ok(vec![
        field(Field::new(FieldKind::Text, "name", t("sectors-name").to_string()).value(name)),
        field(Field::select("purpose", t("sectors-purpose").to_string(), purposes))
            .hint(t("sectors-purpose-hint").to_string()),
        field(Field::new(FieldKind::Textarea, "communes", t("sectors-communes").to_string()).value(communes))
            .hint(t("sectors-communes-hint").to_string()),
        optional(Field::select("territory", t("sectors-territory").to_string(), places)),
        optional(Field::select("epci", t("sectors-epci").to_string(), epcis)),
    ])
}

fn holder_fields(possible: &Holders, form: &Form, errors: &[FieldError]) -> Vec<Field> {
    let field = |field: Field| {
        let error = FieldError::of(errors, &field.name);
        field.error(error)
    };
    let optional = |field: Field| Field { optional: true, ..field };
    let (structure, account) = (form.get("structure"), form.get("account"));
    let nothing = |chosen: &str| vec![Choice::new("", t("sectors-nothing").to_string(), chosen)];
    let mut places = nothing(structure);
    places
        .extend(possible.structures.iter().map(|one| Choice::new(&one.id.to_string(), &one.name, structure)));
    let mut people = nothing(account);
    let mut named: Vec<Uuid> = Vec::new();
    for one in &possible.professionals {
        if !named.contains(&one.id) {
            named.push(one.id);
            people.push(Choice::new(&one.id.to_string(), &one.name, account));
        }
    }
    let rank = form.some("rank").unwrap_or("1");
    let text = |kind, name: &str, key: &str, value: &str| {
        field(Field::new(kind, name, t(key).to_string()).value(value))
    };
    vec![
        optional(field(Field::select("structure", t("sectors-holder-structure").to_string(), places))),
        optional(
            field(Field::select("account", t("sectors-holder-account").to_string(), people))
                .hint(t("sectors-holder-account-hint").to_string()),
        ),
        text(FieldKind::Text, "rank", "sectors-holder-rank", rank)
            .hint(t("sectors-holder-rank-hint").to_string()),
        optional(text(FieldKind::Date, "since", "sectors-holder-since", form.get("since"))),
        optional(text(FieldKind::Date, "until", "sectors-holder-until", form.get("until"))),
    ]
}

/// A refusal that no field explains.
fn fail(error: SectorError) -> Fail {
    match error {
        SectorError::Refused(refused) => refused.into(),
        SectorError::Store(error) => Fail::store(&error),
        _ => Fail::Problem(Problem::NotFound),
    }
}

/// What is wrong in the form, beside the field at fault.
fn wrong(error: SectorError) -> Result<FieldError, Fail> {
    let field = match &error {
        SectorError::Name | SectorError::Taken(_) => "name",
        SectorError::Empty | SectorError::Communes(_) => "communes",
        SectorError::Holder => "structure",
        SectorError::Mismatch => "account",
        SectorError::Priority => "rank",
        SectorError::Dates => "until",
        SectorError::Refused(_) | SectorError::Store(_) | SectorError::Unknown => return Err(fail(error)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
