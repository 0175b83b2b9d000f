//! The made-up files of the last months, brought in as real ones are.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use app::Context;
use app::domain::reference::holidays::working_day_on_or_before;
use app::domain::time::plus_days;
use app::intake::generate::{self, GenerateBeneficiaires, GenerateInstruction, Named, Summary};
use app::intake::import::{ImportInput, import_file};
use chrono::{Datelike as _, Months, NaiveDate};

use crate::failure::Outcome;
use crate::means;

/// Files of the last months: when, the share of the households they name, and how many per cent have changed. The
/// shares grow so that people came in at different dates, thus stand at every stage of the legal clock.
const FILES: [(When, u32, f64); 6] = [
    (When::MonthsBefore(2), 4, 0.0),
    (When::MonthsBefore(1), 10, 1.0),
    (When::DaysBefore(38), 100, 9.0),
    (When::DaysBefore(29), 100, 20.0),
    (When::MonthsBefore(0), 100, 26.0),
    (When::DaysBefore(1), 100, 28.0),
];

/// The date of a file.
#[derive(Clone, Copy)]
enum When {
    /// The monthly file of so many months before the last one received.
    MonthsBefore(u32),
    /// The daily file of so many days before today.
    DaysBefore(i64),
}

/// The monthly file of a month comes on this day of the next one.
const ARRIVES_ON: u32 = 5;
/// Adults followed for a hundred households.
const ADULTS_PER_HUNDRED_HOUSEHOLDS: u32 = 120;
/// One claim of the day before for so many people.
const PEOPLE_PER_CLAIM: u32 = 25;

/// Makes and brings in monthly and daily files, which name whom a story is about as well, and one file of claims.
///
/// # Errors
/// When a file is refused: the demonstration would not be one.
pub async fn bring_in(ctx: &Context, people: u32, named: Vec<Named>) -> Outcome {
    let (code, today) = (ctx.department.code.clone(), ctx.today());
    let households = (people * 100).div_ceil(ADULTS_PER_HUNDRED_HOUSEHOLDS);
    let seed = seed_of(&code);
    let last = last_month_received(today);
    let folder = ctx.department.documents.join("demo");
    means::make_folder(&folder)?;
    let holidays = ctx.department.holidays();
    for (when, share, drift_percent) in FILES {
        let (month, daily) = match when {
            When::MonthsBefore(n) => (last.checked_sub_months(Months::new(n)).unwrap_or(last), None),
            When::DaysBefore(n) => (last, Some(working_day_on_or_before(plus_days(today, -n), holidays))),
        };
        let name = match daily {
            None => format!("beneficiaires-{}.xml", month.format("%Y-%m")),
            Some(day) => format!("beneficiaires-{day}.xml"),
        };
        let order = GenerateBeneficiaires {
            department: code.clone(),
            households: (households * share / 100).max(1),
            month,
            daily,
            seed,
            drift_percent,
            named: named.clone(),
        };
        make_and_import(ctx, &folder.join(name), |file| generate::beneficiaires(&order, file)).await?;
    }
    let yesterday = working_day_on_or_before(plus_days(today, -1), holidays);
    let claims = (people / PEOPLE_PER_CLAIM).max(1);
    let order =
        GenerateInstruction { department: code.clone(), day: yesterday, claims, seed, named: Vec::new() };
    let name = format!("instruction-{yesterday}.xml");
    make_and_import(ctx, &folder.join(name), |file| generate::instruction(&order, file)).await?;
    super::sheets::bring_in(ctx, &folder, seed).await?;
    Ok(std::fs::remove_dir(&folder)?)
}

pub(super) async fn make_and_import(
    ctx: &Context,
    path: &Path,
    make: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<Summary>,
) -> Outcome {
    let mut file = BufWriter::new(File::create(path)?);
    make(&mut file)?;
    file.flush()?;
    let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    import_file(ctx, ImportInput { path, file_name, profile: None }, |_, _| {}).await?;
    Ok(std::fs::remove_file(path)?)
}

/// The population of a département: the same in each of its files.
pub(super) fn seed_of(code: &str) -> u64 {
    code.bytes().fold(1, |seed, byte| seed * 31 + u64::from(byte))
}

/// The first day of the latest month whose file has arrived.
fn last_month_received(today: NaiveDate) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    let back = if today.day() >= ARRIVES_ON { 1 } else { 2 };
    first.checked_sub_months(Months::new(back)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_month_arrives_on_the_fifth_of_the_next() {
        let month = |today: &str| last_month_received(today.parse().unwrap()).to_string();
        assert_eq!(month("2026-11-05"), "2026-10-01");
        assert_eq!(month("2026-11-04"), "2026-09-01");
        assert_eq!(month("2027-01-31"), "2026-12-01");
    }
}
