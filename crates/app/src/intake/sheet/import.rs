//! Reads a table row by row and records it, a few hundred rows at a time.

use domain::intake::flux::{Kind, Reject};
use domain::intake::stamp::Stamp;
use exchange::spreadsheet::{Columns, Row};
use store::intake::files::{self, FileRow};
use store::intake::profiles;
use store::{StoreError, Tx};

use super::super::import::{ImportError, Job, OnProgress, conclude, rejects};
use super::super::report::Report;
use super::super::run::Run;
use super::commune::Places;
use super::line::Line;
use super::{bytes, choice, record};
use crate::Context;

/// Rows recorded at a time.
const BATCH: usize = 500;

/// Brings a spreadsheet in.
pub(crate) async fn import(
    ctx: &Context,
    tx: &Tx,
    job: &Job,
    mut row: FileRow,
    on_progress: OnProgress<'_>,
) -> Result<(FileRow, Report), ImportError> {
    let table = bytes::open(job.source.clone(), &job.file_name).await?;
    let known = choice::known(profiles::all_in(tx).await?);
    let (profile, columns) =
        choice::choose(&known, job.profile.as_deref(), table.headers()).map_err(ImportError::Mapping)?;
    let created = ctx.now().with_timezone(&ctx.department.timezone).naive_local();
    let stamp = Stamp { reference: ctx.today(), created };
    row.kind = Some(Kind::Spreadsheet.code().to_owned());
    row.stamp = Some(stamp.sortable());
    row.profile = job.profile.clone().or(Some(profile.name));
    let before = files::done(tx).await?;
    let mut run = Run::begin(ctx, tx, row.id, Kind::Spreadsheet, stamp, &before).await?;
    let places = Places::of(&ctx.department.code);
    let (size, rows) = (job.source.size(), table.rows().len() as u64);
    for part in table.rows().chunks(BATCH) {
        batch(&mut run, &columns, &places, part).await?;
        on_progress(size * run.dossiers.read / rows.max(1), size);
    }
    let report = conclude(&mut run, &job.file_name, &mut row).await?;
    Ok((row, report))
}

async fn batch(
    run: &mut Run<'_>,
    columns: &Columns,
    places: &Places,
    rows: &[Row],
) -> Result<(), StoreError> {
    let (mut lines, mut left): (Vec<Line>, Vec<Reject>) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        run.dossiers.read += 1;
        match Line::read(run.ctx, columns, row, run.dossiers.read)? {
            Ok(line) => lines.push(line),
            Err(reject) => left.push(reject),
        }
    }
    for line in &lines {
        for warning in &line.row.warnings {
            run.flag("sheet_value", &format!("ligne {} ({warning})", line.row.line));
        }
    }
    left.extend(record::record(run, places, lines).await?);
    left.sort_unstable_by_key(|r| r.position);
    run.dossiers.accepted += (rows.len() - left.len()) as u64;
    rejects(run, left).await
}
