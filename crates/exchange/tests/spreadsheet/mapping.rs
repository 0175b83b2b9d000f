//! Columns found, rows read (`research/rdv_insertion.md` § 3).

use std::fmt::Write as _;

use chrono::NaiveDate;
use domain::intake::flux::Role;
use exchange::spreadsheet::{
    Confidence, Field, Profile, RowError, Sheet, SheetRow, Title, builtin_profiles, matching_profile, propose,
};
use proptest::prelude::*;

/// The real titles of § 3, items 1 to 5.
const FILES: [(&str, &[&str]); 5] = [
    (
        "entretiens-physiques",
        &[
            "N° Allocataire",
            "Civilité",
            "Nom bénéficiaire",
            "Prénom bénéficiaire",
            "Date de\nNaissance",
            "Adresse",
            "CP Ville",
            "Complément adresse",
            "Rôle",
            "ID IODAS\t",
            "PA",
            "NIR",
            "ID pôle Emploi",
            "Adresses\nMails",
            "N°\nTéléphones",
            "Structure",
            "DECISION ORIENTATION",
            "Date envoie du courrier",
            "Reçu en entretien le :",
            "Heure du rdv",
            "Lieu du rdv",
            "Chargé d'orientation",
            "Modalité de l'entretien",
            "1er RDV structure",
            "Délai RDV",
            "Date CER",
            "Délai CER",
            "Réorientations",
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
            "Date de\nNaissance",
            "Adresse",
            "CP Ville",
            "Complément adresse",
            "Rôle",
            "RSA",
            "PA",
            "PE",
            "RQTH / AAH\nOui / Non",
            "Adresses\nMails",
            "N°\nTéléphones",
            "Commentaires",
            "DECISION ORIENTATION",
            "id iodas",
        ],
    ),
    (
        "liste-iodas",
        &[
            "Civilité",
            "Prénom bénéficiaire",
            "Nom bénéficiaire",
            "Adresses Mails",
            "N° Téléphones",
            "Date de Naissance",
            "CP Ville",
            "N° CAF",
            "ID Iodas",
            "Référent",
            "Role",
        ],
    ),
    (
        "cnaf-contacts",
        &[
            "MATRICULE",
            "ROLE PERSONNE",
            "TYPE PERSONNE",
            "NIR",
            "NUMERO DEMANDE RSA",
            "DATE DEMANDE RSA",
            "DATE DEBUT DROITS - DEVOIRS",
            "NOM RESPONSABLE DOSSIER",
            "PRENOM RESPONSABLE DOSSIER",
            "NUMERO TELEPHONE DOSSIER",
            "NUMERO TELEPHONE 2 DOSSIER",
            "ADRESSE ELECTRONIQUE DOSSIER",
            "TAGS",
        ],
    ),
    (
        "liste-simple",
        &[
            "N° CAF",
            "Nom",
            "Prénom",
            "Numéro(s) de téléphone",
            "Adresse",
            "Date de naissance",
            "Rôle",
            "Civilité",
            "Nom JF",
            "Code individu Iodas",
        ],
    ),
];

fn owned(headers: &[&str]) -> Vec<String> {
    headers.iter().map(|h| (*h).to_owned()).collect()
}

fn today() -> NaiveDate {
    "2026-11-26".parse().unwrap()
}

/// Reads the only row of a file with the proposals accepted as they are.
fn read(csv: &str) -> Result<SheetRow, RowError> {
    let sheet = Sheet::open(csv.as_bytes(), "f.csv").unwrap();
    let columns = propose(sheet.headers(), sheet.rows())
        .into_iter()
        .map(|p| exchange::spreadsheet::Column {
            header: sheet.headers()[p.column].clone(),
            field: p.field,
            optional: false,
        })
        .collect();
    let profile = Profile { name: "essai".to_owned(), columns };
    profile.bind(sheet.headers()).unwrap().read(&sheet.rows()[0], today())
}

#[test]
fn every_title_of_the_real_files_is_known() {
    let mut out = String::new();
    for (name, headers) in FILES {
        writeln!(out, "# {name}").unwrap();
        for proposal in propose(&owned(headers), &[]) {
            assert!(proposal.confidence == Confidence::High, "{name}: {proposal:?}");
            writeln!(out, "{:?} → {:?}", headers[proposal.column], proposal.field).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn each_real_file_is_recognised() {
    for (name, headers) in FILES {
        assert_eq!(matching_profile(&owned(headers)).unwrap().name, name);
    }
    assert_eq!(matching_profile(&owned(&["Nom", "Prénom"])), None);
}

#[test]
fn a_builtin_profile_gives_each_field_once() {
    for profile in builtin_profiles() {
        let mut fields: Vec<_> =
            profile.columns.iter().map(|c| c.field).filter(|f| !f.is_repeatable()).collect();
        let count = fields.len();
        fields.sort_unstable();
        fields.dedup();
        assert_eq!(fields.len(), count, "{}", profile.name);
    }
}

#[test]
fn a_profile_is_kept_as_json() {
    for profile in builtin_profiles() {
        let json = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&json).unwrap(), profile);
    }
}

#[test]
fn missing_columns_are_named() {
    let profile = builtin_profiles().into_iter().find(|p| p.name == "cnaf-contacts").unwrap();
    let error = profile.bind(&owned(&["matricule", "Numéro téléphone dossier"])).unwrap_err();
    insta::assert_snapshot!(error.to_string(), @"Il manque dans le tableau : « NUMERO TELEPHONE 2 DOSSIER », « ADRESSE ELECTRONIQUE DOSSIER ». Ajoutez ces colonnes ou choisissez une autre correspondance.");
}

#[test]
fn columns_without_a_known_title_are_guessed_by_their_values() {
    let csv = "A;B;C;D;E;F;G;H;I\n\
        2820251108030;lea@courriel.example;639980001;01/02/1982;DEM;MME;45000 ORLEANS;1253359X;bonjour\n\
        1770393050005;noel@courriel.example;06 39 98 00 02;23/03/1977;CJT;M.;45100 ORLEANS;1253360A;merci\n";
    let sheet = Sheet::open(csv.as_bytes(), "f.csv").unwrap();
    let fields: Vec<_> = propose(sheet.headers(), sheet.rows()).into_iter().map(|p| p.field).collect();
    assert_eq!(
        fields,
        [
            Field::Nir,
            Field::Email,
            Field::Phone,
            Field::BirthDate,
            Field::Role,
            Field::Title,
            Field::PostcodeTown,
            Field::FranceTravailId,
            Field::Ignore
        ]
    );
}

#[test]
fn a_second_phone_takes_the_second_place_and_a_third_none() {
    let proposals = propose(&owned(&["Téléphone", "Portable", "Tel 3"]), &[]);
    assert_eq!(
        proposals.iter().map(|p| p.field).collect::<Vec<_>>(),
        [Field::Phone, Field::Phone2, Field::Ignore]
    );
    assert!(proposals[2].why.contains("déjà lu dans la colonne"), "{}", proposals[2].why);
}

#[test]
fn a_known_title_over_other_values_is_doubted() {
    let sheet = Sheet::open(b"NIR;Nom\noui;A\nnon;B\n", "f.csv").unwrap();
    assert_eq!(propose(sheet.headers(), sheet.rows())[0].confidence, Confidence::Low);
}

#[test]
fn a_row_becomes_typed_values() {
    let row = read(
        "N° CAF;Civilité;Nom;Prénom;Date de naissance;Rôle;Adresse;Complément adresse;CP Ville;NIR;Mail;Téléphone;Tags\n\
         034614500000000;Mme;  LE   GOFF ;Léa;29983;DEM;25 rue Pasteur;Bât. B;45000 ORLEANS;2 82 02 51 108 030;Lea@Courriel.Example;639980001 / 0199000002;a, b ,\n",
    )
    .unwrap();
    assert_eq!(row.matricule.as_ref().unwrap().short, "0346145");
    assert_eq!((row.title, row.role), (Some(Title::Madame), Some(Role::Claimant)));
    assert_eq!((row.last_name.as_deref(), row.first_name.as_deref()), (Some("LE GOFF"), Some("Léa")));
    assert_eq!(row.birth_date.unwrap().to_string(), "1982-02-01");
    assert_eq!(row.address, ["25 rue Pasteur", "Bât. B"]);
    assert_eq!(row.nir.as_ref().unwrap().reveal(), "2820251108030");
    assert_eq!(row.email.as_ref().unwrap().as_str(), "lea@courriel.example");
    assert_eq!(row.phone.as_ref().unwrap().e164(), "+33639980001");
    assert_eq!(row.phone_2.as_ref().unwrap().e164(), "+33199000002");
    assert_eq!((row.tags.clone(), row.warnings.len()), (vec!["a".to_owned(), "b".to_owned()], 0));
}

#[test]
fn the_mobile_is_preferred_to_the_fixed_line() {
    let row = read("N° CAF;Téléphone;Téléphone 2\n1;0199000001;639980002\n").unwrap();
    assert_eq!(row.best_phone().unwrap().e164(), "+33639980002");
}

#[test]
fn what_is_odd_is_left_out_with_a_warning_that_never_shows_a_nir() {
    let row = read("N° CAF;NIR;Mail;Téléphone;Rôle\n1;282025110803;x;12;autre\n").unwrap();
    assert_eq!((&row.nir, &row.email, &row.phone, row.role), (&None, &None, &None, None));
    insta::assert_snapshot!(row.warnings.join("\n"));
}

#[test]
fn a_row_that_cannot_be_used_says_why() {
    assert_eq!(read("Nom;Prénom\nMARTIN;\n"), Err(RowError::Nobody));
    for date in ["31/02/1982", "27/11/2026", "01/01/1890", "hier"] {
        let error = read(&format!("Nom;Prénom;Date de naissance\nMARTIN;LEA;{date}\n")).unwrap_err();
        assert_eq!(error, RowError::BirthDate(date.to_owned()));
    }
}

proptest! {
    #[test]
    fn any_file_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(sheet) = Sheet::open(&bytes, "f") {
            let _ = propose(sheet.headers(), sheet.rows());
        }
    }

    #[test]
    fn any_table_is_mapped_without_giving_a_field_twice(lines in prop::collection::vec(".{0,40}", 2..6)) {
        if let Ok(sheet) = Sheet::open(lines.join("\n").as_bytes(), "f.csv") {
            let mut fields: Vec<_> = propose(sheet.headers(), sheet.rows()).into_iter().map(|p| p.field).filter(|f| !f.is_repeatable()).collect();
            let count = fields.len();
            fields.sort_unstable();
            fields.dedup();
            prop_assert_eq!(fields.len(), count);
        }
    }
}
