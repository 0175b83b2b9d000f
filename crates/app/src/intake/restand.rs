//! Where a record stands once records joined it or left it: derived again from every household that names them.

use std::collections::HashMap;

use domain::intake::delta::Standing;
use domain::intake::flux::RightState;
use domain::intake::stamp::Stamp;
use store::crypto::Keys;
use store::people::PersonRow;
use store::{StoreError, Tx};

use super::elsewhere::Elsewhere;
use super::run::Settings;
use super::standing::{self, News, current};

/// Derives `row` again; the clocks it carries go on unless the households tell something new.
pub(crate) async fn restand(
    keys: &Keys,
    tx: &Tx,
    settings: &Settings,
    row: &mut PersonRow,
) -> Result<(), StoreError> {
    let elsewhere = Elsewhere::load(keys, tx, &[row.id], &HashMap::new()).await?;
    let places = elsewhere.places(row.id, &HashMap::new());
    let Some(now) = current(row, &places) else {
        standing::derive(row, settings);
        return Ok(());
    };
    let before = Standing {
        right: row.right_state.as_deref().and_then(RightState::parse),
        subject_flag: row.subject,
        ..Standing::default()
    };
    let stamp = now.place.household.stamp.as_deref().and_then(Stamp::parse);
    let news = News {
        received: stamp.map(|s| s.created.date()).or(row.reception).unwrap_or_default(),
        reference: stamp.map(|s| s.reference).or(row.closed_on).unwrap_or_default(),
        settings,
    };
    standing::write_on(row, &now, Some(&before), news);
    Ok(())
}
