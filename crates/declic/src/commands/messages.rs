//! `declic messages bounce`: what a server of mail says of a message that came back.

use std::io::Read as _;

use app::messages::{Bounced, MOST_BYTES_OF_A_BOUNCE, record_bounce};

use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means::{self, Ready};

/// Reads a notification on the standard input, for a pipe of Postfix or procmail.
///
/// # Errors
/// When it is none, or the database does not answer: nothing has changed then.
pub async fn bounce(config: &Config, code: &str) -> Outcome {
    // One byte more than may be read: a text that is too long is told as such.
    let most = u64::try_from(MOST_BYTES_OF_A_BOUNCE).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(format!("L’entrée standard ne peut pas être lue ({error}).")))?;
    let ctx = means::context(config, code, Ready::There).await?;
    let told = record_bounce(&ctx, &bytes).await;
    means::close(&ctx.app).await?;
    say(match told? {
        Bounced::Failed => {
            "Le message n’est pas arrivé : le moyen suivant prend le relais, ou quelqu’un est prévenu."
        }
        Bounced::Delayed => "Le message est encore en route : le serveur du destinataire fait attendre.",
        Bounced::Delivered => "Le message est arrivé.",
        Bounced::Known => "C’était déjà su : rien n’a changé.",
        Bounced::Foreign => "Cet avis ne parle d’aucun message de ce département : rien n’a changé.",
    })
}
