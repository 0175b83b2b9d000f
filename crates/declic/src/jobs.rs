//! The background jobs: files received by the site and the API are brought in one after the other.

use std::time::Duration;

use app::access::Actor;
use app::intake::queue;
use app::{App, Context};

use crate::failure::Outcome;

/// How long to wait when there was nothing to do.
const PAUSE: Duration = Duration::from_millis(500);

/// Works until the task is dropped.
///
/// # Errors
/// When, at the start, a database does not answer.
pub async fn run(app: App) -> Outcome {
    let contexts: Vec<Context> =
        app.departments().map(|department| app.context(department, Actor::system("tâche de fond"))).collect();
    for ctx in &contexts {
        queue::recover(ctx).await?;
    }
    loop {
        let mut worked = false;
        for ctx in &contexts {
            match queue::work_once(ctx).await {
                Ok(did) => worked |= did,
                Err(error) => {
                    tracing::error!(department = ctx.department.code, job.error = %error, "a job failed");
                }
            }
        }
        if !worked {
            tokio::time::sleep(PAUSE).await;
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
