//! What a new database holds before anybody uses it: territories, and what the catalogues say of this département.

use chrono::NaiveDate;
use domain::reference::catalogues::presets;
use domain::reference::geo;
use serde::Deserialize;
use store::settings::{self, Parameter, Territory};
use store::{StoreError, Tx};

use crate::Department;

/// When the orientation clock starts to be somebody's work: when the claim is filed, or when the right opens.
const OPENS_AT: &str = "orientation.opens_at";

/// Without a platform that answers earlier.
const RIGHT_OPENED: &str = "right_opened";

/// The parts of an orientation platform that settings are made of.
#[derive(Debug, Deserialize)]
struct Platform {
    code: String,
    #[serde(rename = "operators_of_the_platform")]
    operators: Operators,
}

#[derive(Debug, Deserialize)]
struct Operators {
    opens_at: OpensAt,
}

#[derive(Debug, Deserialize)]
struct OpensAt {
    value: String,
}

/// Fills a new database with territories and catalogues; leaves one that was filled before as it is.
///
/// # Errors
/// When the database refuses.
pub async fn seed(department: &Department) -> Result<(), StoreError> {
    if settings::value_at(&department.db, OPENS_AT, beginning()).await?.is_some() {
        return Ok(());
    }
    let tx: Tx = department.db.begin().await?;
    // Another program may have been filling it while this one waited.
    if settings::value_at_in(&tx, OPENS_AT, beginning()).await?.is_some() {
        return Ok(());
    }
    let territories = geo::territories(&department.code).iter().map(|one| Territory {
        code: one.code.to_owned(),
        name: one.name.to_owned(),
        proposed: one.proposed,
        communes: 0,
    });
    let communes = geo::communes_of(&department.code)
        .iter()
        .filter_map(|commune| Some((commune.code.to_owned(), geo::territory_of(commune.code)?.to_owned())));
    settings::add_territories(&tx, territories.collect(), communes.collect()).await?;
    let (value, source) = opens_at(&department.code);
    let parameter = Parameter { key: OPENS_AT.to_owned(), since: beginning(), value, source };
    settings::set_value(&tx, parameter).await?;
    Ok(tx.commit().await?)
}

/// Before any date a file may hold.
fn beginning() -> NaiveDate {
    NaiveDate::from_ymd_opt(1988, 12, 1).unwrap_or_default()
}

/// When the work begins in a département, and which catalogue says so.
fn opens_at(department: &str) -> (String, String) {
    let mut own = presets().filter(|preset| preset.department == department);
    own.find_map(|preset| toml::from_str::<Platform>(preset.text).ok()).map_or_else(
        || (RIGHT_OPENED.to_owned(), "règle par défaut".to_owned()),
        |platform| (platform.operators.opens_at.value, format!("catalogue {}", platform.code)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meuse_answers_as_soon_as_the_claim_is_filed() {
        assert_eq!(opens_at("55"), ("claim_filed".to_owned(), "catalogue plateforme-orientation".to_owned()));
        assert_eq!(opens_at("45").0, "right_opened");
    }
}
