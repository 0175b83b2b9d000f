//! What the machine asks of the program: to end (Ctrl-C or SIGTERM), then to hurry.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::failure::Outcome;

/// How often the end was asked for; listened to from the start, so that nothing is lost between two waits.
#[derive(Debug, Clone)]
pub struct Ends(watch::Receiver<u32>);

impl Ends {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the machine does not let the program listen.
    pub fn listen() -> Outcome<Self> {
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let (tell, told) = watch::channel(0);
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    Some(()) = terminate.recv() => {}
                    Some(()) = interrupt.recv() => {}
                    else => return,
                }
                tell.send_modify(|asked| *asked += 1);
            }
        });
        Ok(Self(told))
    }

    /// Returns once the end was asked for.
    pub async fn first(&self) {
        self.asked(1).await;
    }

    /// Returns once it was asked for again.
    pub async fn second(&self) {
        self.asked(2).await;
    }

    async fn asked(&self, times: u32) {
        if self.0.clone().wait_for(|asked| *asked >= times).await.is_err() {
            // Nobody can ask any more.
            std::future::pending::<()>().await;
        }
    }
}
