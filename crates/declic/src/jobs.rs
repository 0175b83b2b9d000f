//! The background jobs: files received by the site and the API are brought in one after the other; values are sealed again
//! when the secret changes.

use std::time::{Duration, Instant};

use app::access::Actor;
use app::intake::queue;
use app::messages;
use app::privacy::retention::{self, Mode};
use app::privacy::{documents, keys};
use app::{App, Context, StoreError};
use chrono::NaiveDate;
use store::sealed::Step;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::failure::Outcome;

/// How long to wait when there was nothing to do.
const PAUSE: Duration = Duration::from_millis(500);
/// The same, for letters.
const PAUSE_OF_LETTERS: Duration = Duration::from_secs(1);

/// How often the journals are looked at (rows to seal, blocks that expire), the slots of the days that come, and reminders.
const KEEP_EVERY: Duration = Duration::from_mins(1);

/// How often documents are swept.
const SWEEP_EVERY: Duration = Duration::from_hours(1);

/// How long a job under way may take to finish when the program ends. Together with the drain of the server it stays
/// under the 30 seconds that the machine allows.
const FINISH: Duration = Duration::from_secs(20);

/// The jobs at work.
#[derive(Debug)]
pub struct AtWork {
    app: App,
    task: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

/// Begins to work.
pub fn start(app: App) -> AtWork {
    let (stop, stopped) = watch::channel(false);
    let (files, letters) = (work(contexts(&app), stopped.clone()), send_letters(contexts(&app), stopped));
    let task = tokio::spawn(async move {
        tokio::join!(files, letters);
    });
    AtWork { app, task, stop }
}

impl AtWork {
    /// Takes nothing new; what is under way finishes, or is given back: its transaction is undone and its file waits
    /// again. `hurry` gives it back at once.
    ///
    /// # Errors
    /// When the database does not take it back; the next start does.
    pub async fn end(mut self, hurry: impl Future<Output = ()>) -> Outcome {
        self.stop.send_replace(true);
        let finished = tokio::select! {
            _ = &mut self.task => true,
            () = sleep(FINISH) => false,
            () = hurry => false,
        };
        if !finished {
            tracing::warn!("a job is given back");
            self.task.abort();
            // It was told to end here: that it did not finish is no news.
            let _ = self.task.await;
            recover(&contexts(&self.app)).await?;
        }
        Ok(())
    }
}

fn contexts(app: &App) -> Vec<Context> {
    app.departments().map(|department| app.context(department, Actor::system("tâche de fond"))).collect()
}

/// Files left by a killed process wait again.
async fn recover(contexts: &[Context]) -> Outcome {
    for ctx in contexts {
        queue::recover(ctx).await?;
    }
    Ok(())
}

async fn work(contexts: Vec<Context>, mut stop: watch::Receiver<bool>) {
    while let Err(error) = recover(&contexts).await {
        tracing::error!(job.error = %error, "the jobs cannot begin yet");
        tokio::select! {
            () = sleep(PAUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
    let mut desks: Vec<Desk> = contexts.iter().map(Desk::of).collect();
    let mut kept: Option<Instant> = None;
    let mut swept: Option<Instant> = None;
    while !*stop.borrow() {
        if kept.is_none_or(|at| at.elapsed() >= KEEP_EVERY) {
            keep_journals(&contexts).await;
            make_slots(&contexts).await;
            remind(&contexts).await;
            kept = Some(Instant::now());
        }
        if swept.is_none_or(|at| at.elapsed() >= SWEEP_EVERY) {
            sweep(&contexts).await;
            swept = Some(Instant::now());
        }
        let mut worked = false;
        for (ctx, desk) in contexts.iter().zip(&mut desks) {
            worked |= !*stop.borrow() && desk.work_once(ctx).await;
        }
        if !worked {
            tokio::select! {
                () = sleep(PAUSE) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }
    }
}

/// Letters leave beside the rest: a long file holds none back.
async fn send_letters(contexts: Vec<Context>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let mut worked = false;
        for ctx in &contexts {
            for outcome in [messages::send_due(ctx).await, messages::deliver_due(ctx).await] {
                match outcome {
                    Ok(did) => worked |= did,
                    Err(error) => {
                        tracing::error!(department = ctx.department.code, job.error = %error, "a job failed");
                    }
                }
            }
        }
        if !worked {
            tokio::select! {
                () = sleep(PAUSE_OF_LETTERS) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }
    }
}

/// What is under way in a département.
#[derive(Debug)]
struct Desk {
    rotation: Rotation,
    expired: Option<NaiveDate>,
}

impl Desk {
    fn of(ctx: &Context) -> Self {
        Self { rotation: Rotation::asked(ctx), expired: None }
    }

    /// One job of each kind at most; true when there was one.
    async fn work_once(&mut self, ctx: &Context) -> bool {
        let mut worked = false;
        for outcome in [
            queue::work_once(ctx).await,
            self.rotation.work_once(ctx).await,
            expire_daily(ctx, &mut self.expired).await,
        ] {
            match outcome {
                Ok(did) => worked |= did,
                Err(error) => {
                    tracing::error!(department = ctx.department.code, job.error = %error, "a job failed");
                }
            }
        }
        worked
    }
}

/// Once a day, and after the start: contracts begin and end, whom nobody follows any more is told, what has outlived its time
/// goes.
async fn expire_daily(ctx: &Context, last: &mut Option<NaiveDate>) -> Result<bool, StoreError> {
    let today = ctx.today();
    if *last == Some(today) {
        return Ok(false);
    }
    let turned = app::engagement::turn(ctx).await?;
    let alone = app::followup::turn_referents(ctx).await?;
    let done = retention::run(ctx, Mode::Run).await?;
    *last = Some(today);
    tracing::info!(
        department = ctx.department.code,
        contracts.turned = turned,
        referents.turned = alone,
        "contracts and referents looked at"
    );
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

/// Ends the documents whose time is over; what cannot be done now is done next time.
async fn sweep(contexts: &[Context]) {
    for ctx in contexts {
        match documents::sweep(ctx).await {
            Ok(swept) if swept == documents::Swept::default() => {}
            Ok(swept) => tracing::info!(department = ctx.department.code, ?swept, "documents swept"),
            Err(error) => {
                tracing::error!(department = ctx.department.code, job.error = %error, "documents not swept");
            }
        }
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

/// Places what providers told early, queues the reminders that are due, and invites those of the waves for whom there is room.
async fn remind(contexts: &[Context]) {
    for ctx in contexts {
        if let Err(error) = messages::place_reports(ctx).await {
            tracing::error!(department = ctx.department.code, job.error = %error, "reports not placed");
        }
        if let Err(error) = messages::remind(ctx).await {
            tracing::error!(department = ctx.department.code, job.error = %error, "reminders not queued");
        }
        match app::agenda::carry_on(ctx).await {
            // A file is being read: the next look is soon enough.
            Ok(_) | Err(StoreError::Locked) => {}
            Err(error) => {
                tracing::error!(department = ctx.department.code, job.error = %error, "waves not looked at");
            }
        }
    }
}

/// Makes the slots of the days that have come within reach.
async fn make_slots(contexts: &[Context]) {
    for ctx in contexts {
        if let Err(error) = app::agenda::keep(ctx).await {
            tracing::error!(department = ctx.department.code, job.error = %error, "slots not made");
        }
    }
}
