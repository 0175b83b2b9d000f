//! The site and the API, served until the machine asks the program to end.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use web::Site;

use crate::failure::{Failure, Outcome};
use crate::signals::Ends;
use crate::{jobs, means};

/// Who does the background jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jobs {
    /// This program.
    Here,
    /// A `declic worker` somewhere else.
    Elsewhere,
}

/// The address, taken before anything long is done.
///
/// # Errors
/// When it is taken by another program.
pub async fn listen(address: SocketAddr) -> Outcome<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Failure::new(format!(
            "L’adresse {address} est déjà prise. Choisissez-en une autre avec --listen."
        )),
        _ => Failure::new(format!("L’adresse {address} ne peut pas être écoutée ({error}).")),
    })
}

/// Serves, then closes the databases.
///
/// # Errors
/// When the listener fails, or a database does not close.
pub async fn serve(site: Site, listener: TcpListener, who: Jobs) -> Outcome {
    let (app, ends) = (site.app.clone(), Ends::listen()?);
    let jobs = (who == Jobs::Here).then(|| jobs::start(app.clone()));
    let served = web::serve(site, listener, ends.first(), ends.second());
    let worked = async {
        ends.first().await;
        match jobs {
            Some(jobs) => jobs.end(ends.second()).await,
            None => Ok(()),
        }
    };
    let (served, worked) = tokio::join!(served, worked);
    means::close(&app).await?;
    worked?;
    Ok(served?)
}
