//! What every letter says of the département: who writes, who signs, where one contests.

use std::collections::BTreeMap;

use domain::access::permission::Action;
use domain::people::contact::Email;
use store::StoreError;

use super::set_parameter;
use crate::Context;
use crate::access::{Refused, permit};

/// Longest value, in characters.
const LONGEST: usize = 300;

/// A thing that letters say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterField {
    /// Its name in the form: `phone`.
    pub name: &'static str,
    /// The parameter that holds it.
    pub key: &'static str,
    /// Its name in the templates.
    pub variable: &'static str,
    /// It has several lines.
    pub long: bool,
}

const fn field(name: &'static str, key: &'static str, variable: &'static str, long: bool) -> LetterField {
    LetterField { name, key, variable, long }
}

/// The name of the service in a text message, where a letter has the whole name.
pub const SHORT_NAME: &str = "sender.short";
/// Most characters of [`SHORT_NAME`]: a text message fits 160 with every value at its longest.
pub const LONGEST_SHORT_NAME: usize = 14;

/// All of them, in the order of the form.
pub const LETTER_FIELDS: [LetterField; 12] = [
    field("name", "letter.name", "sender.name", false),
    field("short", "letter.short", SHORT_NAME, false),
    field("address", "letter.address", "sender.address", true),
    field("town", "letter.town", "document.place", false),
    field("phone", "letter.phone", "sender.phone", false),
    field("hours", "letter.hours", "sender.hours", false),
    field("email", "letter.email", "sender.email", false),
    field("signatory", "letter.signatory", "signatory.name", false),
    field("signatory_role", "letter.signatory_role", "signatory.role", false),
    field("recourse_address", "letter.recourse_address", "recourse.rapo_address", true),
    field("court", "letter.court", "recourse.court", false),
    field("court_address", "letter.court_address", "recourse.court_address", true),
];

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LettersError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Too long.
    #[error("Ce texte est trop long : 300 caractères au plus.")]
    TooLong(&'static str),
    /// Too long for a text message.
    #[error("Écrivez 14 caractères au plus : ce nom commence chaque SMS.")]
    TooLongShort(&'static str),
    /// Not an e-mail address.
    #[error("Cette adresse n’est pas lisible : écrivez-la comme insertion@departement.fr.")]
    Email(&'static str),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl LettersError {
    /// The name of the field that is wrong.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::TooLong(field) | Self::TooLongShort(field) | Self::Email(field) => Some(field),
            Self::Refused(_) | Self::Store(_) => None,
        }
    }
}

/// What letters say today, by the name of the field; empty where nothing is set.
///
/// # Errors
/// When the database does not answer.
pub async fn letters(ctx: &Context) -> Result<BTreeMap<&'static str, String>, StoreError> {
    let mut set = BTreeMap::new();
    for field in LETTER_FIELDS {
        set.insert(field.name, super::value_today(ctx, field.key).await?.unwrap_or_default());
    }
    Ok(set)
}

/// Sets what letters say, from today on; the journal keeps what changed, before and after. What is left out becomes empty.
///
/// # Errors
/// [`LettersError`].
pub async fn edit_letters(ctx: &Context, new: &BTreeMap<&'static str, String>) -> Result<(), LettersError> {
    permit(ctx, Action::EditSettings)?;
    let wanted = LETTER_FIELDS.map(|field| {
        let text = new.get(field.name).map(String::as_str).unwrap_or_default();
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        (field, lines.join(if field.long { "\n" } else { " " }))
    });
    for (field, value) in &wanted {
        if value.chars().count() > LONGEST {
            return Err(LettersError::TooLong(field.name));
        }
        if field.variable == SHORT_NAME && value.chars().count() > LONGEST_SHORT_NAME {
            return Err(LettersError::TooLongShort(field.name));
        }
        if field.name == "email" && !value.is_empty() && Email::parse(value).is_none() {
            return Err(LettersError::Email(field.name));
        }
    }
    let tx = ctx.db().begin().await?;
    for (field, value) in wanted {
        set_parameter(ctx, &tx, field.key, value).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
