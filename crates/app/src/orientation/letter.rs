//! The letter that notifies a decision: what the person reads, where they may contest it.
//!
//! It names everybody who follows the person, so it is made by those who may decide of them *and* are on their social side:
//! the others, to whom somebody may be hidden, would post a letter with a hole, or learn what is hidden from them. The French
//! letter counts; who prefers English has its translation behind it.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use domain::access::permission::Action;
use domain::access::role::Role;
use domain::agenda::appointment::{Modality, Purpose, Status};
use domain::audit::Act;
use domain::people::name::display;
use domain::reference::catalogues::{MESSAGE_RECOURSE, ORIENTATION_DECISION};
use domain::time::plus_months;
use exchange::template::{Message, TemplateError, Value, Values, section_of};
use letters::{Mail, Sheet};
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::orientation::decision::{self, DecisionRow};
use store::people::one;
use uuid::Uuid;

use super::call::Told;
use super::catalogues::parameter_values;
use crate::access::{is_social, scope};
use crate::agenda::{AgendaError, of_person};
use crate::messages::templates::in_force;
use crate::messages::{Language, Meeting, address, field_words, meeting, of_meeting, sheet};
use crate::people::PeopleError;
use crate::people::person::{PersonFile, load};
use crate::settings::{LETTER_FIELDS, SHORT_NAME, letters};
use crate::{Context, audit};

/// Why no letter is made.
#[derive(Debug, thiserror::Error)]
pub enum LetterRefused {
    /// No such person, or no such decision on this person, for this actor.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Not on the social side of the person.
    #[error(
        "Cette lettre se fait du côté social : demandez-la à la référente ou au référent social, ou à la personne responsable du territoire."
    )]
    OtherSide,
    /// Replaced or ended.
    #[error("Cette décision n’est plus en vigueur : faites la lettre de celle qui l’a remplacée.")]
    Ended,
    /// Nowhere to send it.
    #[error(
        "Aucune adresse postale n’est connue : demandez-la à la personne, faites-la corriger à la CAF ou à la MSA, puis refaites la lettre."
    )]
    NoAddress,
    /// The département has not said who writes.
    #[error(
        "La lettre ne peut pas être faite : il manque à l’en-tête des courriers {0}. Cela se remplit dans Réglages, Courriers."
    )]
    NotSet(String),
    /// The appointments are not this actor's to see, or the database failed.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// The template and what is known do not fit: our fault.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The letter could not be set: our fault.
    #[error(transparent)]
    Letter(#[from] letters::LetterError),
    /// The letter was being set when the program stopped, or its thread failed.
    #[error(transparent)]
    Thread(#[from] tokio::task::JoinError),
}

impl From<StoreError> for LetterRefused {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// Makes the letter of a decision in force: the name of the file, and a PDF. The journal keeps it.
///
/// # Errors
/// [`LetterRefused`].
pub async fn decision_letter(
    ctx: &Context,
    person: Uuid,
    decision: Uuid,
) -> Result<(String, Vec<u8>), LetterRefused> {
    let reach = scope(ctx, Action::DecideOrientation).map_err(PeopleError::from)?;
    let row = one::get(ctx.db(), &reach, ctx.today(), person).await?.ok_or(PeopleError::Unknown)?;
    let file = load(ctx, row.id).await?;
    let records = one::with_merged(ctx.db().read(), row.id).await?;
    let rows = decision::of(ctx.db().read(), &records).await?;
    let row = rows.into_iter().find(|one| one.id == decision).ok_or(PeopleError::Unknown)?;
    if !is_social(&file.why) {
        return Err(LetterRefused::OtherSide);
    }
    let told = file.decisions.iter().find(|one| one.id == decision).ok_or(PeopleError::Unknown)?;
    if told.ended_on.is_some() {
        return Err(LetterRefused::Ended);
    }
    let english = file.reach.language.as_ref().is_some_and(|told| told.value == "en");
    let spoken: &[Language] =
        if english { &[Language::French, Language::English] } else { &[Language::French] };
    let (message, version) = in_force(ctx, ORIENTATION_DECISION).await?;
    let known = Known::gather(ctx, &file, told, &row).await?;
    let sheets = spoken.iter().map(|language| known.sheet(*language, &message)).collect::<Result<_, _>>()?;
    let mail = Mail {
        author: known.set.get("sender.name").cloned().unwrap_or_default(),
        made_on: known.today,
        reference: known.reference.clone(),
        sheets,
    };
    let bytes = tokio::task::spawn_blocking(move || letters::mail(&mail)).await??;
    let codes: Vec<&str> = spoken.iter().map(|language| language.code()).collect();
    let detail = json!({
        "template": message.head.code, "version": version, "languages": codes.join(", "),
    });
    let tx = ctx.db().begin().await?;
    audit::record(ctx, &tx, Act::PrintLetter, Some(file.row.id), Some(decision.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok((format!("notification-{}.pdf", known.reference), bytes))
}

/// Everything that the letter says, in no language yet.
struct Known<'a> {
    file: &'a PersonFile,
    told: &'a Told,
    today: NaiveDate,
    decided_on: NaiveDate,
    reference: String,
    /// What the département set, by variable.
    set: BTreeMap<&'static str, String>,
    address: Vec<String>,
    /// The referent is on the employment side.
    employment: bool,
    used_rules: bool,
    first: Option<Meeting>,
    sign_before: NaiveDate,
    recourse_months: i64,
}

impl<'a> Known<'a> {
    async fn gather(
        ctx: &Context,
        file: &'a PersonFile,
        told: &'a Told,
        row: &DecisionRow,
    ) -> Result<Self, LetterRefused> {
        let address = address(file).ok_or(LetterRefused::NoAddress)?;
        let mut values = letters(ctx).await?;
        let set: BTreeMap<&str, String> = LETTER_FIELDS
            .into_iter()
            .map(|field| (field.variable, values.remove(field.name).unwrap_or_default()))
            .collect();
        let missing: Vec<&str> = set
            .iter()
            .filter(|(name, value)| value.is_empty() && **name != SHORT_NAME)
            .map(|(name, _)| field_words(name))
            .collect();
        if !missing.is_empty() {
            return Err(LetterRefused::NotSet(missing.join(", ")));
        }
        let parameter = parameter_values(ctx, row.notified_on).await?;
        let months = |key: &str| parameter(key).ok_or_else(|| TemplateError::Missing(key.to_owned()));
        let sign = u32::try_from(months("contract.sign_within_months")?)
            .map_err(|_| TemplateError::Missing("contract.sign_within_months".to_owned()))?;
        let employment = match row.referent_id {
            Some(id) => account::roles_on(ctx.db(), id, ctx.today())
                .await?
                .iter()
                .any(|held| held.role == Role::JobCoach.code()),
            None => false,
        };
        let id = row.id.simple().to_string().to_uppercase();
        let kept: serde_json::Value = serde_json::from_str(&row.proposed).unwrap_or_default();
        let proposed = kept.pointer("/verdict/path").and_then(serde_json::Value::as_str);
        Ok(Self {
            today: ctx.today(),
            decided_on: told.decided_at.with_timezone(&ctx.department.timezone).date_naive(),
            reference: format!("{}-{}", row.notified_on.year(), id.get(24..).unwrap_or(&id)),
            used_rules: row.call_file_id.is_some() && !row.deviates && proposed == Some(row.path.as_str()),
            first: first(ctx, file.row.id).await?,
            sign_before: plus_months(row.notified_on, sign),
            recourse_months: months("recourse.rapo_months")?,
            file,
            told,
            set,
            address,
            employment,
        })
    }

    fn sheet(&self, language: Language, message: &Message) -> Result<Sheet, TemplateError> {
        let mut values = self.values(language)?;
        let way = format!("{}.{}", message.head.recourse, language.code());
        let recourse = section_of(MESSAGE_RECOURSE, &way)?.fill(&values, &|_| None)?;
        values.insert("recourse.text", Value::Filled(recourse));
        sheet(language, message, &values)
    }

    fn values(&self, language: Language) -> Result<Values, TemplateError> {
        let missing = |name: &str| TemplateError::Missing(name.to_owned());
        let text = |text: &str| Value::Text(text.to_owned());
        let mut values: Values = self.set.iter().map(|(name, value)| (*name, text(value))).collect();
        let name = display(&format!("{} {}", self.file.row.first_name, self.file.row.last_name));
        let path = self.told.path.and_then(|path| language.path(path));
        let organisation = self.told.organisation.map(|one| language.organisation(one));
        values.extend([
            ("person.greeting", Value::Text(format!("{} {name}", language.of("Bonjour", "Dear")))),
            ("person.full_name", Value::Text(name)),
            ("person.address_block", Value::Text(self.address.join("\n"))),
            ("document.date", Value::Text(language.date(self.today))),
            ("document.reference", text(&self.reference)),
            ("orientation.decision_date", Value::Text(language.date(self.decided_on))),
            ("orientation.path_label", text(path.ok_or_else(|| missing("orientation.path_label"))?)),
            (
                "orientation.organisation",
                text(organisation.ok_or_else(|| missing("orientation.organisation"))?),
            ),
            ("orientation.reason", text(&self.told.explanation)),
            ("orientation.used_rules", Value::Flag(self.used_rules)),
            ("professional.name", text(self.told.referent.as_deref().unwrap_or_default())),
            ("professional.role", text(language.side(self.employment))),
            ("contract.sign_before", Value::Text(language.date(self.sign_before))),
            ("recourse.delay", Value::Text(language.months(self.recourse_months))),
            (
                "recourse.rapo_authority",
                text(language.of(
                    "la présidente ou au président du conseil départemental",
                    "the president of the departmental council",
                )),
            ),
        ]);
        self.appointment(language, &mut values);
        Ok(values)
    }

    fn appointment(&self, language: Language, values: &mut Values) {
        values.extend(of_meeting(self.first.as_ref(), language));
        if self.first.as_ref().is_some_and(|first| first.modality == Modality::InPerson) {
            let bring = language.of(
                "cette lettre et, si vous en avez une, une pièce d’identité",
                "this letter and, if you have one, an identity document",
            );
            values.insert("appointment.bring", Value::Text(bring.to_owned()));
        }
    }
}

/// The first meeting that is still to come.
async fn first(ctx: &Context, person: Uuid) -> Result<Option<Meeting>, AgendaError> {
    let coming = of_person(ctx, person).await?.into_iter().filter(|one| {
        one.purpose == Purpose::FirstMeeting
            && one.status == Status::Upcoming
            && one.span.start > ctx.now()
            && !one.hosts.is_empty()
    });
    Ok(coming.min_by_key(|one| one.span.start).map(|one| meeting(ctx, &one)))
}
