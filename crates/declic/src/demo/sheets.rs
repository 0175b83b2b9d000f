//! Two spreadsheets that a département receives beside the flux: contacts of the CNAF, and a list of its own in which
//! somebody wrote a few names with a letter too many.

use std::fmt::Write as _;
use std::path::Path;

use app::Context;
use app::intake::generate::{contacts, is_named};
use app::intake::import::{ImportInput, import_file};
use app::people::list::{Filter, Order, Page, Sort, list};
use store::StoreError;

use crate::failure::Outcome;

/// Households whose contacts are known, of ten.
const WITH_CONTACTS_OF_TEN: usize = 6;
/// Names written with a letter too many.
const DOUBTS: usize = 4;

/// Makes and brings in both spreadsheets.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn bring_in(ctx: &Context, folder: &Path, seed: u64) -> Outcome {
    keep(ctx, &folder.join("contacts-cnaf.csv"), &of_cnaf(ctx, seed).await?).await?;
    keep(ctx, &folder.join("liste-du-territoire.csv"), &of_territory(ctx).await?).await
}

async fn of_cnaf(ctx: &Context, seed: u64) -> Outcome<String> {
    let mut text = "MATRICULE;NUMERO DEMANDE RSA;NUMERO TELEPHONE DOSSIER;NUMERO TELEPHONE 2 DOSSIER;ADRESSE ELECTRONIQUE DOSSIER\n".to_owned();
    let known = store::intake::history::households_in_order(ctx.db().read(), None, 400).await?;
    // The household of a story came first, and tells its own telephone.
    let drawn = known.iter().filter(|home| !is_named(&home.claim_number));
    for (rank, household) in
        (0u32..).zip(drawn).filter(|(rank, _)| *rank as usize % 10 < WITH_CONTACTS_OF_TEN)
    {
        let made = contacts(&ctx.department.code, seed, rank);
        let (matricule, claim) = (&household.matricule, &household.claim_number);
        let _ = writeln!(text, "{matricule};{claim};{};;{}", made.phone, made.email);
    }
    Ok(text)
}

async fn of_territory(ctx: &Context) -> Outcome<String> {
    let mut text = "Civilité;Prénom bénéficiaire;Nom bénéficiaire;Adresses Mails;N° Téléphones;Date de Naissance;CP Ville;N° CAF;ID Iodas;Référent;Role\n".to_owned();
    let page = Page { after: None, limit: 400 };
    let people = list(ctx, &Filter::default(), (Sort::Name, Order::Ascending), &page)
        .await
        .map_err(|error| StoreError::Other(error.to_string()))?;
    let long = people.rows.iter().map(|entry| &entry.row).filter(|row| row.last_name.chars().count() > 6);
    for row in long.step_by(7).take(DOUBTS) {
        let title = if row.sex.as_deref() == Some("2") { "MME" } else { "MR" };
        let birth = row.birth_date.map(|d| d.format("%d/%m/%Y").to_string()).unwrap_or_default();
        let _ = writeln!(
            text,
            "{title};{};{};;;{birth};;;;;dem",
            row.first_name,
            with_a_letter_too_many(&row.last_name)
        );
    }
    Ok(text)
}

/// « Lamothe » becomes « Lamotthe ».
fn with_a_letter_too_many(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = letters.len().saturating_sub(3);
    if let Some(letter) = letters.get(at).copied() {
        letters.insert(at, letter);
    }
    letters.into_iter().collect()
}

async fn keep(ctx: &Context, path: &Path, text: &str) -> Outcome {
    std::fs::write(path, text)?;
    let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    import_file(ctx, ImportInput { path, file_name, profile: None }, |_, _| {}).await?;
    Ok(std::fs::remove_file(path)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_written_twice() {
        assert_eq!(with_a_letter_too_many("Lamothe"), "Lamotthe");
        assert_eq!(with_a_letter_too_many(""), "");
    }
}
