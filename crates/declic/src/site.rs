//! The site and the API, served until the machine asks the program to end.

use std::net::SocketAddr;

use app::App;
use tokio::net::TcpListener;

use crate::failure::{Failure, Outcome};
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
pub async fn serve(app: App, listener: TcpListener, who: Jobs) -> Outcome {
    let jobs = (who == Jobs::Here).then(|| tokio::spawn(jobs::run(app.clone())));
    let outcome = web::serve(web::Site::new(app.clone()), listener, jobs::asked_to_end()).await;
    if let Some(jobs) = jobs {
        jobs.abort();
        // Whatever it was doing has ended before the databases are closed.
        let _ = jobs.await;
    }
    means::close(&app).await?;
    Ok(outcome?)
}
