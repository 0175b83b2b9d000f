//! One row, read with a profile: typed values, or why it cannot be used.

use chrono::NaiveDate;
use domain::intake::flux::Role;
use domain::people::contact::{Email, Phone};
use domain::people::nir::Nir;

use super::field::Field;
use super::profile::Columns;
use super::sheet::Row;
use super::value::{self, Matricule};

/// Nobody is older.
const MAX_AGE_YEARS: u32 = 130;

/// Title of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Title {
    /// Monsieur.
    Monsieur,
    /// Madame.
    Madame,
}

/// What a row says of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRow {
    /// Number of the row in the file.
    pub line: u64,
    /// Allocataire number.
    pub matricule: Option<Matricule>,
    /// NIR whose shape, and key if there is one, are right.
    pub nir: Option<Nir>,
    /// Claim number.
    pub claim_number: Option<String>,
    /// Use name.
    pub last_name: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Birth name.
    pub birth_name: Option<String>,
    /// Date of birth, not in the future, at most 130 years ago.
    pub birth_date: Option<NaiveDate>,
    /// Title.
    pub title: Option<Title>,
    /// Demandeur or conjoint.
    pub role: Option<Role>,
    /// E-mail address.
    pub email: Option<Email>,
    /// Phone number.
    pub phone: Option<Phone>,
    /// The other phone number.
    pub phone_2: Option<Phone>,
    /// Pieces of the address, in the order of the columns.
    pub address: Vec<String>,
    /// Postcode and town as received.
    pub postcode_town: Option<String>,
    /// France Travail number.
    pub france_travail_id: Option<String>,
    /// Number in the former software.
    pub internal_id: Option<String>,
    /// Since when the person is subject to droits et devoirs.
    pub rights_opening_date: Option<NaiveDate>,
    /// E-mail address of the referent.
    pub referent_email: Option<Email>,
    /// Tags.
    pub tags: Vec<String>,
    /// What was odd and left out, in French, without the value of a NIR.
    pub warnings: Vec<String>,
}

/// Why a row cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// Neither a number nor a name with a first name.
    #[error(
        "La ligne ne nomme personne : il faut un NIR, un numéro (allocataire, demande, France Travail, interne), ou un nom et un prénom."
    )]
    Nobody,
    /// The date of birth cannot be read or is not possible.
    #[error("La date de naissance « {0} » n’est pas une date réelle.")]
    BirthDate(String),
}

impl SheetRow {
    /// The number on which a text message can be received, else the first one.
    pub fn best_phone(&self) -> Option<&Phone> {
        let both = || self.phone.iter().chain(&self.phone_2);
        both().find(|p| p.is_mobile()).or_else(|| both().next())
    }
}

impl Columns {
    /// Reads one row.
    ///
    /// # Errors
    /// A [`RowError`] in French: the row is left out alone.
    pub fn read(&self, row: &Row, today: NaiveDate) -> Result<SheetRow, RowError> {
        let mut out = SheetRow { line: row.line, ..SheetRow::default() };
        for (field, rank) in &self.found {
            let text = row.cells.get(*rank).map_or("", |c| c.trim());
            if !text.is_empty() {
                out.set(*field, text, today)?;
            }
        }
        let named = out.last_name.is_some() && out.first_name.is_some();
        let numbered = out.nir.is_some()
            || out.matricule.is_some()
            || out.claim_number.is_some()
            || out.france_travail_id.is_some()
            || out.internal_id.is_some();
        if named || numbered { Ok(out) } else { Err(RowError::Nobody) }
    }
}

impl SheetRow {
    fn set(&mut self, field: Field, text: &str, today: NaiveDate) -> Result<(), RowError> {
        let kept = || Some(tidy(text));
        match field {
            Field::LastName => self.last_name = kept(),
            Field::FirstName => self.first_name = kept(),
            Field::BirthName => self.birth_name = kept(),
            Field::ClaimNumber => self.claim_number = kept(),
            Field::FranceTravailId => self.france_travail_id = kept(),
            Field::InternalId => self.internal_id = kept(),
            Field::PostcodeTown if self.postcode_town.is_none() => self.postcode_town = kept(),
            Field::PostcodeTown | Field::Address => self.address.extend(kept()),
            Field::Tags => self.tags = text.split(',').map(tidy).filter(|t| !t.is_empty()).collect(),
            Field::BirthDate => self.birth_date = Some(birth_date(text, today)?),
            Field::Ignore => {}
            _ => self.set_checked(field, text),
        }
        Ok(())
    }

    /// The fields whose odd values are left out with a warning.
    fn set_checked(&mut self, field: Field, text: &str) {
        let good = match field {
            Field::Matricule => {
                self.matricule = Matricule::parse(text);
                self.matricule.is_some()
            }
            Field::Nir => {
                self.nir = Nir::parse(text).ok();
                self.nir.is_some()
            }
            Field::Title => {
                self.title = value::title(text);
                self.title.is_some()
            }
            Field::Role => {
                self.role = value::role(text);
                self.role.is_some()
            }
            Field::Email => {
                self.email = Email::parse(text);
                self.email.is_some()
            }
            Field::ReferentEmail => {
                self.referent_email = Email::parse(text);
                self.referent_email.is_some()
            }
            Field::RightsOpeningDate => {
                self.rights_opening_date = value::date(text);
                self.rights_opening_date.is_some()
            }
            Field::Phone | Field::Phone2 => self.add_phones(field, text),
            _ => true,
        };
        if !good {
            self.warnings.push(match field {
                Field::Nir => "NIR : la valeur n’a pas 13 ou 15 chiffres, ou sa clé ne correspond pas ; elle n’est pas lue".to_owned(),
                _ => format!("{} : « {} » n’est pas lisible", field.label(), text.chars().take(60).collect::<String>()),
            });
        }
    }

    /// A cell with two numbers fills both places when the other one is free.
    fn add_phones(&mut self, field: Field, text: &str) -> bool {
        let mut numbers = value::phones(text);
        let Some(first) = numbers.next() else { return false };
        if field == Field::Phone2 {
            self.phone_2 = Some(first);
        } else {
            self.phone = Some(first);
            self.phone_2 = self.phone_2.take().or_else(|| numbers.next());
        }
        true
    }
}

/// Blanks of any kind become one space; at most 255 characters.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(255).collect()
}

fn birth_date(text: &str, today: NaiveDate) -> Result<NaiveDate, RowError> {
    value::date(text)
        .filter(|d| *d <= today && today.years_since(*d).unwrap_or(0) <= MAX_AGE_YEARS)
        .ok_or_else(|| RowError::BirthDate(text.chars().take(40).collect()))
}
