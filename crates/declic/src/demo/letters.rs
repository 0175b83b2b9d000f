//! What the letters and messages of a made-up département say of it; its telephone is one that the regulator keeps for fiction.

use std::collections::BTreeMap;

use app::Context;
use app::settings::{LETTER_FIELDS, edit_letters};

use crate::failure::Outcome;

/// Sets who writes, who signs and where one contests.
pub async fn set(ctx: &Context) -> Outcome {
    let (code, name) = (ctx.department.code.as_str(), ctx.department.name.as_str());
    // Arcep keeps these beginnings for films and demonstrations.
    let phone = match code {
        "45" => "02 61 91 00 00",
        "55" => "03 53 01 00 00",
        _ => "04 65 71 00 00",
    };
    let short: String = format!("Dept {name}").chars().take(14).collect();
    let town = match code {
        "38" => "38000 Grenoble",
        "45" => "45000 Orléans",
        "55" => "55000 Bar-le-Duc",
        _ => "04000 Digne-les-Bains",
    };
    let city = town.split_once(' ').map_or(town, |(_, city)| city);
    let value = |field: &str| match field {
        "name" => format!("Département ({name}), insertion"),
        "short" => short.trim_end().trim_end_matches('-').to_owned(),
        "address" => format!("1 place de la Démonstration\n{town}"),
        "town" => city.to_owned(),
        "phone" => phone.to_owned(),
        "hours" => "du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h".to_owned(),
        "email" => format!("insertion@{code}.demo.test"),
        "signatory" => "Camille Essai".to_owned(),
        "signatory_role" => "responsable de l’insertion".to_owned(),
        "court" => format!("tribunal administratif de la démonstration, {city}"),
        _ => format!("2 place de la Démonstration\n{town}"),
    };
    let set: BTreeMap<&'static str, String> =
        LETTER_FIELDS.map(|field| (field.name, value(field.name))).into();
    edit_letters(ctx, &set).await?;
    Ok(())
}
