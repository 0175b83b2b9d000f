//! `declic serve` and `declic worker`.

use std::net::SocketAddr;

use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means::{self, Ready};
use crate::signals::Ends;
use crate::site::{self, Jobs};
use crate::{jobs, lock};

/// The site and the API, with the background jobs unless they run elsewhere.
///
/// # Errors
/// When there is nothing to serve, another server has the data, or the address is taken.
pub async fn serve(mut config: Config, listen: Option<SocketAddr>, no_jobs: bool) -> Outcome {
    config.listen = listen.unwrap_or(config.listen);
    let (app, _lock) = open(&config).await?;
    let listener = site::listen(config.listen).await?;
    tracing::info!(server.listen = %config.listen, "listening");
    let who = if no_jobs { Jobs::Elsewhere } else { Jobs::Here };
    site::serve(web::Site::facing(app, config.outer()), listener, who).await
}

/// The background jobs alone.
///
/// # Errors
/// When there is nothing to work on, or another server has the data.
pub async fn worker(config: Config) -> Outcome {
    let (app, _lock) = open(&config).await?;
    let ends = Ends::listen()?;
    let jobs = jobs::start(app.clone());
    ends.first().await;
    jobs.end(ends.second()).await?;
    means::close(&app).await
}

async fn open(config: &Config) -> Outcome<(app::App, lock::ServerLock)> {
    if config.departments.is_empty() {
        return Err(Failure::new(
            "Aucun département à servir. Créez-en un : declic user add --department CODE --data DOSSIER …",
        ));
    }
    let lock = lock::take(&config.folders_to_lock())?;
    let codes: Vec<&str> = config.departments.keys().map(String::as_str).collect();
    Ok((means::open(config, &codes, Ready::Made).await?, lock))
}
