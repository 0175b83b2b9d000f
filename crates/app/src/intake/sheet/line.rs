//! A row, ready to be matched.

use domain::intake::flux::{Reject, Role};
use domain::people::contact::Kind;
use domain::people::france_travail::normalise;
use domain::people::identity::Identity as Facts;
use exchange::spreadsheet::{Columns, Matricule, Row, SheetRow, Title};
use store::StoreError;
use store::people::label;

use super::super::identity::Identity;
use super::super::reading::SealedFact;
use crate::Context;

/// A row that was read.
pub(super) struct Line {
    /// Rank of the row, from 1.
    pub position: u64,
    /// The cells as received.
    raw: String,
    /// What it says.
    pub row: SheetRow,
    /// Its NIR, sealed.
    pub nir: Option<SealedFact>,
    /// Its France Travail number, sealed.
    france_travail: Option<SealedFact>,
}

impl Line {
    /// Reads a row; or leaves it out alone.
    pub fn read(
        ctx: &Context,
        columns: &Columns,
        row: &Row,
        position: u64,
    ) -> Result<Result<Self, Reject>, StoreError> {
        let raw = row.cells.join(" ; ");
        let said = match columns.read(row, ctx.today()) {
            Ok(said) => said,
            Err(error) => return Ok(Err(reject(position, row.line, "absent", error.to_string(), raw))),
        };
        let keys = ctx.db().keys();
        let nir = said.nir.as_ref().map(|nir| SealedFact::nir(keys, nir.reveal())).transpose()?;
        let number = said.france_travail_id.as_deref().map(normalise);
        let france_travail = number.map(|text| SealedFact::france_travail(keys, &text)).transpose()?;
        Ok(Ok(Self { position, raw, row: said, nir, france_travail }))
    }

    /// The row names somebody completely: names and birth date. Others only point at people already known.
    pub fn names_somebody(&self) -> bool {
        self.row.last_name.is_some() && self.row.first_name.is_some() && self.row.birth_date.is_some()
    }

    /// The identity told, with the place held in a known dossier.
    pub fn identity(&self, dossier: Option<(String, Role)>) -> Identity {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let last_name = text(&self.row.last_name);
        let sex = self.row.title.map(|title| match title {
            Title::Monsieur => "1".to_owned(),
            Title::Madame => "2".to_owned(),
        });
        let facts = Facts {
            birth_name: self.row.birth_name.clone().unwrap_or_else(|| last_name.clone()),
            last_name,
            first_name: text(&self.row.first_name),
            birth_date: self.row.birth_date,
            sex,
            birth_place: None,
        };
        let (france_travail, nir) = (self.france_travail.clone(), self.nir.clone());
        Identity { facts, france_travail, nir, phones: self.phones(), dossier }
    }

    /// Its phones, E.164, the one that receives messages first.
    pub fn phones(&self) -> Vec<String> {
        let best = self.row.best_phone();
        let others = self.row.phone.iter().chain(&self.row.phone_2).filter(|p| Some(*p) != best);
        best.into_iter().chain(others).map(|p| p.e164().to_owned()).collect()
    }

    /// Kind and value of each way to reach the person.
    pub fn contacts(&self) -> Vec<(Kind, String)> {
        let email = self.row.email.iter().map(|e| (Kind::Email, e.as_str().to_owned()));
        let address = self.address().map(|address| (Kind::Address, address));
        self.phones().into_iter().map(|p| (Kind::Phone, p)).chain(email).chain(address).collect()
    }

    /// Its address in one line, as it was typed: the street, then postcode and town.
    fn address(&self) -> Option<String> {
        let parts: Vec<&str> =
            self.row.address.iter().chain(&self.row.postcode_town).map(String::as_str).collect();
        Some(parts.join(", ")).filter(|_| !self.row.address.is_empty())
    }

    /// Its tags and its number in another software: kind and value.
    pub fn labels(&self) -> Vec<(&'static str, String)> {
        let number = self.row.internal_id.iter().map(|id| (label::kind::INTERNAL_ID, id.clone()));
        self.row.tags.iter().map(|tag| (label::kind::TAG, tag.clone())).chain(number).collect()
    }

    /// Leaves the row out.
    pub fn reject(self, reason: &str) -> Reject {
        let number = self.row.matricule.map(|m| m.raw).or(self.row.claim_number);
        let dossier = number.unwrap_or_else(|| "absent".to_owned());
        reject(self.position, self.row.line, &dossier, reason.to_owned(), self.raw)
    }
}

fn reject(position: u64, line: u64, dossier: &str, reason: String, raw: String) -> Reject {
    Reject { position, line, dossier: dossier.to_owned(), key: None, reason, raw }
}

/// Numbers are compared without blanks, marks or case.
pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
}

/// The ways a matricule may be stored: as received, short, and filled with zeros on either side.
pub(super) fn spellings(matricule: &Matricule) -> Vec<String> {
    let short = &matricule.short;
    let bare = short.trim_start_matches('0').to_owned();
    let mut all = vec![
        matricule.raw.clone(),
        format!("{:0<15}", matricule.raw),
        short.clone(),
        format!("{short:0<15}"),
        bare,
    ];
    all.sort_unstable();
    all.dedup();
    all
}
