//! The background jobs: files received by the site and the API are brought in one after the other; values are sealed again
//! when the secret changes.

use std::time::{Duration, Instant};

use app::access::Actor;
use app::intake::queue;
use app::privacy::keys;
use app::privacy::retention::{self, Mode};
use app::{App, Context, StoreError};
use chrono::NaiveDate;
use store::sealed::Step;

use crate::failure::Outcome;

/// How long to wait when there was nothing to do.
const PAUSE: Duration = Duration::from_millis(500);

/// How often the journals are looked at: rows to seal, blocks that expire.
const KEEP_EVERY: Duration = Duration::from_mins(1);

/// Works until the task is dropped.
///
/// # Errors
/// When, at the start, a database does not answer.
pub async fn run(app: App) -> Outcome {
    let contexts: Vec<Context> =
        app.departments().map(|department| app.context(department, Actor::system("tâche de fond"))).collect();
    let mut rotations: Vec<Rotation> = Vec::with_capacity(contexts.len());
    for ctx in &contexts {
        queue::recover(ctx).await?;
        rotations.push(Rotation::asked(ctx));
    }
    let mut days: Vec<Option<NaiveDate>> = vec![None; contexts.len()];
    let mut kept: Option<Instant> = None;
    loop {
        if kept.is_none_or(|at| at.elapsed() >= KEEP_EVERY) {
            keep_journals(&contexts).await;
            kept = Some(Instant::now());
        }
        let mut worked = false;
        for ((ctx, rotation), day) in contexts.iter().zip(&mut rotations).zip(&mut days) {
            for outcome in
                [queue::work_once(ctx).await, rotation.work_once(ctx).await, expire_daily(ctx, day).await]
            {
                match outcome {
                    Ok(did) => worked |= did,
                    Err(error) => {
                        tracing::error!(department = ctx.department.code, job.error = %error, "a job failed");
                    }
                }
            }
        }
        if !worked {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Once a day, and after the start: what has outlived its time goes.
async fn expire_daily(ctx: &Context, last: &mut Option<NaiveDate>) -> Result<bool, StoreError> {
    let today = ctx.today();
    if *last == Some(today) {
        return Ok(false);
    }
    let done = retention::run(ctx, Mode::Run).await?;
    *last = Some(today);
    tracing::info!(department = ctx.department.code, retention.done = ?done, "lifetimes looked at");
    Ok(true)
}

/// From one secret to the next: worked on after the start when the list holds several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rotation {
    /// Several secrets: is there anything to seal again?
    Asked,
    /// Under way.
    Begun,
    /// One secret, or all is under the first.
    Over,
}

impl Rotation {
    fn asked(ctx: &Context) -> Self {
        if ctx.db().keys().ids().len() > 1 { Self::Asked } else { Self::Over }
    }

    /// Does one step; `false` when there was nothing to do.
    async fn work_once(&mut self, ctx: &Context) -> Result<bool, StoreError> {
        match self {
            Self::Asked => {
                let before = keys::status(ctx).await?;
                *self = if before.remaining > 0 { Self::Begun } else { Self::Over };
                if *self == Self::Begun {
                    keys::begin(ctx).await?;
                }
            }
            Self::Begun => {
                if keys::step(ctx).await? == Step::Done {
                    *self = Self::Over;
                    keys::end(ctx).await?;
                }
            }
            Self::Over => return Ok(false),
        }
        Ok(true)
    }
}

/// Seals what is due in each journal and lets what is too old expire. A journal that does not hold is told in the log and
/// left as it is.
async fn keep_journals(contexts: &[Context]) {
    for ctx in contexts {
        if let Err(error) = app::audit::keep(ctx).await {
            tracing::error!(department = ctx.department.code, job.error = %error, "the journal was not kept");
        }
    }
}

/// Returns when the machine asks the program to end: Ctrl-C or SIGTERM.
pub async fn asked_to_end() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
