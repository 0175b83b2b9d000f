//! `declic user` and `declic token`.

use app::access::{self, Invitation, NewToken, NewUser};

use crate::commands::say;
use crate::config::Config;
use crate::failure::Outcome;
use crate::means::{self, Ready};

/// Opens an account and prints the link with which its holder chooses a password.
///
/// # Errors
/// When the account cannot be opened.
pub async fn add_user(config: &Config, code: &str, new: NewUser) -> Outcome {
    let ctx = means::context(config, code, Ready::Made).await?;
    let invitation = access::create_user(&ctx, new).await?;
    means::close(&ctx.app).await?;
    tell(config, code, &invitation)
}

/// Prints another link for an account.
///
/// # Errors
/// When nobody has this e-mail.
pub async fn invite_user(config: &Config, code: &str, email: &str) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let invitation = access::invite_again(&ctx, email).await?;
    means::close(&ctx.app).await?;
    tell(config, code, &invitation)
}

/// Makes a token and prints it, alone on the last line.
///
/// # Errors
/// When it cannot be made.
pub async fn create_token(config: &Config, code: &str, new: NewToken) -> Outcome {
    let ctx = means::context(config, code, Ready::Made).await?;
    let token = access::create_token(&ctx, new).await?;
    means::close(&ctx.app).await?;
    say("Ce jeton n’est montré qu’une fois :")?;
    say(token)
}

fn tell(config: &Config, code: &str, invitation: &Invitation) -> Outcome {
    say("Ce lien vaut une fois, pendant 7 jours :")?;
    say(format_args!("{}/{code}/mot-de-passe/{}", config.base_url(), invitation.token))
}
