//! The four stories of the catalogue, played act by act by those who would do it, each at its date.
//!
//! ```text
//! a story (Markdown) ──▶ lines up to a day ──▶ the clock stands at each ──▶ the same use cases as the pages
//! ```
//! Without `--until` a story is shifted by whole weeks so that today falls on a day where there is something to see; with it, each
//! runs at its written dates up to that day. The tests check what the catalogue says after each line, on both engines.

mod acts;
mod alpes;
mod isere;
mod loiret;
mod meuse;
mod stage;
#[cfg(test)]
mod tests;
mod told;

use std::collections::BTreeMap;

use app::Context;
use app::domain::access::role::Role;
use app::domain::people::name::normalise;
use app::domain::time::plus_days;
use app::intake::generate::Named;
use chrono::{DateTime, NaiveDate, Utc};
use store::people::PersonRow;
use uuid::Uuid;

use super::instant;
use crate::failure::{Failure, Outcome};
use stage::Stage;
use told::{Line, Told};

/// The stories: code, département, and the day of the story at which today falls where nothing else is asked.
const STORIES: [(&str, &str, i64); 4] = [
    ("meuse-odile", "55", 176),
    ("alpes-sylvie", "04", 95),
    ("loiret-hugo", "45", 114),
    ("isere-nadege", "38", 147),
];

/// Those whom the stories are about: the rest of the demonstration leaves them to their story.
const TOLD: [(&str, &str); 4] =
    [("perrin", "odile"), ("garnero", "sylvie"), ("lemaistre", "hugo"), ("ferrand", "nadege")];

/// Whether somebody has a story.
pub fn tells(row: &PersonRow) -> bool {
    let name = (normalise(&row.last_name), normalise(&row.first_name));
    TOLD.iter().any(|(last, first)| (*last, *first) == (name.0.as_str(), name.1.as_str()))
}

/// A story that is being played.
pub struct Play<'a> {
    code: &'static str,
    told: Told,
    /// Day 0, shifted.
    base: NaiveDate,
    stage: Stage<'a>,
    next: usize,
}

/// Who plays, and how the clock is moved.
#[derive(Clone, Copy)]
pub struct Cast<'a> {
    /// The program itself, in the département.
    pub ctx: &'a Context,
    /// The accounts, by role.
    pub accounts: &'a BTreeMap<Role, Uuid>,
    /// Moves the clock.
    pub travel: &'a (dyn Fn(DateTime<Utc>) + Sync),
}

/// The story of a département, ready to begin; `None` where there is none. `until`: it runs at its written dates.
///
/// # Errors
/// When the catalogue cannot be read.
pub fn of(cast: Cast<'_>, until: Option<NaiveDate>) -> Outcome<Option<Play<'_>>> {
    let here = STORIES.into_iter().find(|(_, department, _)| *department == cast.ctx.department.code);
    let Some((code, _, stands)) = here else { return Ok(None) };
    let told = told::read(code)?;
    let base = if until.is_some() {
        told.base
    } else {
        let late = (cast.ctx.today() - plus_days(told.base, stands)).num_days();
        plus_days(told.base, late.div_euclid(7) * 7)
    };
    let stage = Stage::new(cast, base, named(code, base)?);
    Ok(Some(Play { code, told, base, stage, next: 0 }))
}

/// Plays every line up to a day.
///
/// # Errors
/// When an act is refused: the story would not be one.
pub async fn play(cast: Cast<'_>, until: Option<NaiveDate>) -> Outcome<Option<Named>> {
    let today = cast.ctx.today();
    let Some(mut play) = of(cast, until)? else { return Ok(None) };
    while Box::pin(play.line(today)).await?.is_some() {}
    Ok(play.stage.known())
}

impl Play<'_> {
    /// Plays the next line, when its day has come.
    ///
    /// # Errors
    /// When its act is refused.
    pub async fn line(&mut self, today: NaiveDate) -> Outcome<Option<Line>> {
        let Some(line) = self.told.lines.get(self.next).cloned() else { return Ok(None) };
        let day = plus_days(self.base, line.day);
        if day > today {
            return Ok(None);
        }
        self.next += 1;
        self.stage.stand(instant(day, self.stage.zone())?, line.n).await?;
        match self.code {
            "meuse-odile" => Box::pin(meuse::act(&mut self.stage, line.n)).await,
            "alpes-sylvie" => Box::pin(alpes::act(&mut self.stage, line.n)).await,
            "loiret-hugo" => Box::pin(loiret::act(&mut self.stage, line.n)).await,
            _ => Box::pin(isere::act(&mut self.stage, line.n)).await,
        }
        .map_err(|why| Failure::new(format!("{}, ligne {} : {why}", self.code, line.n)))?;
        Ok(Some(line))
    }
}

/// Who the story is about.
fn named(code: &str, base: NaiveDate) -> Outcome<Named> {
    let known = match code {
        "meuse-odile" => meuse::named(base),
        "alpes-sylvie" => alpes::named(base),
        "loiret-hugo" => loiret::named(base),
        _ => isere::named(base),
    };
    known.ok_or_else(|| Failure::new(format!("L’histoire « {code} » ne dit pas qui elle raconte.")))
}
