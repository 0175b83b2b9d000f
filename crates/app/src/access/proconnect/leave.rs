//! Leaving Déclic and, for whoever came by ProConnect, ProConnect too.

use store::access::session as sessions;
use store::sealed::ID_TOKEN;

use super::super::session::{SessionHandle, sign_out};
use super::ProConnectError;
use crate::Context;

/// What is left to do once the session here has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing.
    Done,
    /// The browser goes there to end the session of the provider.
    Provider(String),
}

/// Ends the session of the actor, here first; then tells where it ends at the provider's, when it began there.
///
/// A provider that does not answer never keeps a session open here.
///
/// # Errors
/// When the database refuses.
pub async fn sign_out_everywhere(
    ctx: &Context,
    session: &SessionHandle,
) -> Result<Leaving, store::StoreError> {
    let sealed = sessions::id_token(ctx.db(), &session.0).await?;
    sign_out(ctx, session).await?;
    let (Some(provider), Some(sealed)) = (&ctx.app.provider, sealed) else { return Ok(Leaving::Done) };
    let token = ctx.db().keys().decrypt(ID_TOKEN.place, &sealed)?;
    match provider.exit(&ctx.department.code, &String::from_utf8_lossy(&token)).await {
        Ok(Some(address)) => Ok(Leaving::Provider(address)),
        Ok(None) => Ok(Leaving::Done),
        Err(ProConnectError::Store(error)) => Err(error),
        Err(error) => {
            tracing::warn!(error = %error, "the session at the provider was not ended");
            Ok(Leaving::Done)
        }
    }
}
