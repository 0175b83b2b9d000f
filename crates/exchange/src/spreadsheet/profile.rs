//! A mapping kept under a name: which title is which field.

use serde::{Deserialize, Serialize};

use super::field::{Field, of_header, slug};

/// A named mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its name: `cnaf-contacts`.
    pub name: String,
    /// Its columns; those of the file that are not named are not read.
    pub columns: Vec<Column>,
}

/// One column of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Title in the file; case, accents, blanks and line breaks do not matter.
    pub header: String,
    /// What it holds.
    pub field: Field,
    /// The file may lack it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// The columns of one file, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Field and rank of each column read, in the order of the profile.
    pub(super) found: Vec<(Field, usize)>,
}

/// The file lacks columns of the profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Il manque dans le tableau : {}. Ajoutez ces colonnes ou choisissez une autre correspondance.", .0.join(", "))]
pub struct MissingColumns(pub Vec<String>);

impl Profile {
    /// Finds the columns of the profile in a file.
    ///
    /// # Errors
    /// [`MissingColumns`] when a column that is not optional is not there.
    pub fn bind(&self, headers: &[String]) -> Result<Columns, MissingColumns> {
        let slugs: Vec<String> = headers.iter().map(|h| slug(h)).collect();
        let mut found = Vec::new();
        let mut missing = Vec::new();
        for column in self.columns.iter().filter(|c| c.field != Field::Ignore) {
            let wanted = slug(&column.header);
            match slugs.iter().position(|s| *s == wanted) {
                Some(rank) => found.push((column.field, rank)),
                None if column.optional => {}
                None => missing.push(format!("« {} »", column.header)),
            }
        }
        if missing.is_empty() { Ok(Columns { found }) } else { Err(MissingColumns(missing)) }
    }
}

/// Titles that every such file has, then those it may have.
type Titles = (&'static str, &'static [&'static str], &'static [&'static str]);

const BUILTIN: [Titles; 5] = [
    (
        "cnaf-contacts",
        &[
            "MATRICULE",
            "NUMERO TELEPHONE DOSSIER",
            "NUMERO TELEPHONE 2 DOSSIER",
            "ADRESSE ELECTRONIQUE DOSSIER",
        ],
        &[
            "NIR",
            "ROLE PERSONNE",
            "TYPE PERSONNE",
            "NUMERO DEMANDE RSA",
            "DATE DEMANDE RSA",
            "DATE DEBUT DROITS - DEVOIRS",
            "NOM RESPONSABLE DOSSIER",
            "PRENOM RESPONSABLE DOSSIER",
            "TAGS",
        ],
    ),
    (
        "entretiens-physiques",
        &[
            "N° Allocataire",
            "Civilité",
            "Nom bénéficiaire",
            "Prénom bénéficiaire",
            "Date de Naissance",
            "Adresse",
            "CP Ville",
            "Rôle",
            "ID IODAS",
        ],
        &[
            "Complément adresse",
            "NIR",
            "ID pôle Emploi",
            "Adresses Mails",
            "N° Téléphones",
            "Référents",
            "Tags",
        ],
    ),
    (
        "entretiens-caf",
        &[
            "N° CAF",
            "Civilité",
            "Nom bénéficiaire",
            "Prénom bénéficiaire",
            "Date de Naissance",
            "Adresse",
            "CP Ville",
            "Rôle",
        ],
        &["Complément adresse", "Adresses Mails", "N° Téléphones", "id iodas"],
    ),
    (
        "liste-iodas",
        &[
            "Civilité",
            "Prénom bénéficiaire",
            "Nom bénéficiaire",
            "Date de Naissance",
            "N° CAF",
            "ID Iodas",
            "Role",
        ],
        &["Adresses Mails", "N° Téléphones", "CP Ville", "Référent"],
    ),
    (
        "liste-simple",
        &["N° CAF", "Nom", "Prénom", "Date de naissance", "Rôle", "Civilité"],
        &["Numéro(s) de téléphone", "Adresse", "Nom JF", "Code individu Iodas"],
    ),
];

/// The files of people that départements exchange today.
pub fn builtin_profiles() -> Vec<Profile> {
    let column = |header: &&str, optional| Column {
        header: (*header).to_owned(),
        field: of_header(header).unwrap_or(Field::Ignore),
        optional,
    };
    BUILTIN
        .iter()
        .map(|(name, always, sometimes)| Profile {
            name: (*name).to_owned(),
            columns: always
                .iter()
                .map(|h| column(h, false))
                .chain(sometimes.iter().map(|h| column(h, true)))
                .collect(),
        })
        .collect()
}

/// The built-in profile that reads the most columns of this file.
pub fn matching_profile(headers: &[String]) -> Option<Profile> {
    builtin_profiles()
        .into_iter()
        .filter_map(|profile| profile.bind(headers).ok().map(|columns| (columns.found.len(), profile)))
        .max_by_key(|(count, _)| *count)
        .map(|(_, profile)| profile)
}
