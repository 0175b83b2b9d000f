//! ProConnect: an agent proves who they are at their employer's, by OpenID Connect.
//!
//! ```text
//! begin ─▶ provider (state, nonce, PKCE challenge) ─▶ return (code, state)
//!                                                         │ the sealed cookie has the same state, younger than 10 min
//!                                                         ▼
//!                  code + PKCE verifier ─▶ id_token (signature, nonce, audience, dates) ─▶ userinfo (signed)
//!                                                         │ account linked to this subject, else with this e-mail
//!                                                         ▼
//!                                                    session begins
//! ```
//!
//! Nobody gets an account by this way: the provider says who comes, an administrator says who may enter.
//! The subject may change when agents make their account again, so the e-mail signed by the provider decides, and the
//! link is written anew and told in the journal. Source: OpenID Connect Core 1.0, RP-Initiated Logout 1.0, RFC 7636.

mod leave;
mod provider;
mod refused;
mod sign_in;

pub use leave::{Leaving, sign_out_everywhere};
pub use provider::{Provider, ProviderSettings};
pub use sign_in::{Begun, Return, begin, finish};

use store::StoreError;

/// Why nobody was signed in by ProConnect.
#[derive(Debug, thiserror::Error)]
pub enum ProConnectError {
    /// This installation has no provider.
    #[error("Cette installation n’utilise pas ProConnect.")]
    Absent,
    /// The configuration names an address that cannot be used.
    #[error("[oidc] : issuer doit être une adresse https, et public_url une adresse.")]
    Settings,
    /// The provider does not answer; the detail is for the log.
    #[error("ProConnect ne répond pas. Réessayez dans quelques minutes, ou entrez avec votre mot de passe.")]
    Unreachable(String),
    /// The person, or the provider, stopped on the way.
    #[error(
        "La connexion avec ProConnect a été interrompue. Recommencez, ou entrez avec votre mot de passe."
    )]
    Interrupted,
    /// No attempt of this browser is open: too old, already used, or begun elsewhere.
    #[error("Cette tentative n’est plus valable : elle a plus de dix minutes ou a déjà servi. Recommencez.")]
    Expired,
    /// Something is not signed as it should be; the detail is for the log.
    #[error(
        "La réponse de ProConnect n’est pas celle attendue. Personne n’a été connecté. Prévenez votre administrateur."
    )]
    Untrusted(String),
    /// Nobody here has this e-mail, or the account is closed.
    #[error(
        "ProConnect vous a reconnu, mais aucun compte n’est ouvert ici pour votre adresse électronique. \
         Demandez-le à l’administrateur de votre département."
    )]
    NoAccount,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
