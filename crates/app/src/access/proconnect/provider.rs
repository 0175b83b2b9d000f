//! The other side: what the provider publishes, and the two exchanges that follow a return.

use std::time::Duration as Wait;

use chrono::{DateTime, Duration, Utc};
use domain::time::Clock;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreIdToken, CoreJwsSigningAlgorithm,
    CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthenticationContextClass, AuthorizationCode, ClientId, ClientSecret,
    CsrfToken, EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, RequestTokenError, Scope, SubjectIdentifier, TokenResponse,
    UserInfoClaims, UserInfoError, UserInfoResponseType, reqwest, url,
};
use serde::{Deserialize, Serialize};
use tokio::sync::RwLock;

use super::super::limiter::AddressLimiter;
use super::ProConnectError;

/// How long the addresses and keys of the provider are kept before they are asked again.
const KEPT_HOURS: i64 = 1;
/// The provider answers within so many seconds, or is said not to answer.
const PATIENCE: Wait = Wait::from_secs(10);
/// What is asked of the person: who they are at work, and nothing else.
const SCOPES: [&str; 4] = ["email", "given_name", "usual_name", "siret"];
/// The level of assurance asked for (`acr_values` of ProConnect: an agent known to their employer).
const ASSURANCE: &str = "eidas1";
/// How the token of identity may be signed: with the provider's own key, never with the secret that we share.
const SIGNED_WITH: [CoreJwsSigningAlgorithm; 2] =
    [CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256];

/// What talks to a provider whose addresses are known.
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// How this installation is known to the provider: `[oidc]` of `declic.toml`.
#[derive(Clone)]
pub struct ProviderSettings {
    /// Where the provider is; `/.well-known/openid-configuration` is read there.
    pub issuer: String,
    /// The name of this installation at the provider.
    pub client_id: String,
    /// The secret that goes with it.
    pub client_secret: String,
    /// What people type to reach this installation, without a slash at the end.
    pub public_url: String,
}

/// An OpenID provider, as ProConnect is.
pub struct Provider {
    settings: ProviderSettings,
    http: reqwest::Client,
    clock: Clock,
    known: RwLock<Option<(DateTime<Utc>, ProviderMetadataWithLogout)>>,
    refusals: AddressLimiter,
}

/// What one attempt to sign in must find again on its return.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attempt {
    /// Comes back in the address: the return belongs to this browser.
    pub state: String,
    /// Comes back in the signed token: the token belongs to this attempt.
    pub nonce: String,
    /// The half of PKCE that never left: the code is worth nothing without it.
    pub verifier: String,
}

/// Whom the provider knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The provider's own name for the person; may change when they make their account again.
    pub subject: String,
    /// Their address at work, as signed by the provider.
    pub email: String,
    /// A second factor was asked there (`amr` holds `mfa`).
    pub two_factors: bool,
    /// The signed token, needed to end the session there.
    pub id_token: String,
}

impl std::fmt::Debug for ProviderSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderSettings").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.settings.fmt(f)
    }
}

impl Provider {
    /// A provider that is not asked anything yet: it may be down while the program starts.
    ///
    /// # Errors
    /// When an address is not one, or is neither `https` nor on this machine.
    pub fn new(settings: ProviderSettings, clock: Clock) -> Result<Self, ProConnectError> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| ProConnectError::Settings)?;
        if !is_safe(issuer.url()) || RedirectUrl::new(settings.public_url.clone()).is_err() {
            return Err(ProConnectError::Settings);
        }
        // A redirection could be used to reach machines of the inside: none is followed.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|_| ProConnectError::Settings)?;
        Ok(Self { settings, http, clock, known: RwLock::new(None), refusals: AddressLimiter::default() })
    }

    /// How many refusals of an address the journal still takes: apart from the tries of passwords, so that a provider
    /// that is away shuts nobody out.
    pub(super) fn refusals(&self) -> &AddressLimiter {
        &self.refusals
    }

    /// Where the provider is: with a subject, it names a person.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// The address to send the browser to, for this attempt.
    ///
    /// # Errors
    /// [`ProConnectError::Unreachable`] when the provider does not answer.
    pub async fn entrance(&self, department: &str, attempt: &Attempt) -> Result<String, ProConnectError> {
        let client = self.client(self.published().await?, department)?;
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(attempt.verifier.clone()));
        let (state, nonce) = (attempt.state.clone(), attempt.nonce.clone());
        let (url, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .add_auth_context_value(AuthenticationContextClass::new(ASSURANCE.to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(url.to_string())
    }

    /// Exchanges the code of a return, and checks everything the provider signed.
    ///
    /// # Errors
    /// [`ProConnectError::Untrusted`] when a signature, the nonce, the audience, the subject or a date is not right.
    pub async fn redeem(
        &self,
        department: &str,
        attempt: &Attempt,
        code: &str,
    ) -> Result<Known, ProConnectError> {
        let client = self.client(self.published().await?, department)?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(untrusted)?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(error) => ProConnectError::Unreachable(error.to_string()),
                other => untrusted(other),
            })?;
        let (subject, two_factors, id_token) = self.proved(&client, attempt, &answer)?;
        let person: UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim> = client
            .user_info(answer.access_token().clone(), Some(subject.clone()))
            .map_err(untrusted)?
            .require_signed_response(true)
            .set_response_type(UserInfoResponseType::Jwt)
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                UserInfoError::Request(error) => ProConnectError::Unreachable(error.to_string()),
                other => untrusted(other),
            })?;
        let email = person.email().ok_or_else(|| untrusted("no e-mail among the claims"))?;
        Ok(Known { subject: subject.to_string(), email: email.to_string(), two_factors, id_token })
    }

    /// What the token of identity proves: whom, with how many factors; and the token itself.
    fn proved(
        &self,
        client: &Client,
        attempt: &Attempt,
        answer: &CoreTokenResponse,
    ) -> Result<(SubjectIdentifier, bool, String), ProConnectError> {
        let token = answer.id_token().ok_or_else(|| untrusted("no token of identity"))?;
        let clock = self.clock.clone();
        let verifier =
            client.id_token_verifier().set_allowed_algs(SIGNED_WITH).set_time_fn(move || clock.now());
        let claims = token.claims(&verifier, &Nonce::new(attempt.nonce.clone())).map_err(untrusted)?;
        if let Some(expected) = claims.access_token_hash() {
            let actual = AccessTokenHash::from_token(
                answer.access_token(),
                token.signing_alg().map_err(untrusted)?,
                token.signing_key(&verifier).map_err(untrusted)?,
            )
            .map_err(untrusted)?;
            if actual != *expected {
                return Err(untrusted("the access token is not the one that was signed"));
            }
        }
        let factors = claims.auth_method_refs().map(Vec::as_slice).unwrap_or_default();
        Ok((claims.subject().clone(), factors.iter().any(|one| one.as_str() == "mfa"), token.to_string()))
    }

    fn client(
        &self,
        published: ProviderMetadataWithLogout,
        department: &str,
    ) -> Result<Client, ProConnectError> {
        let back = format!("{}/{department}/proconnect/retour", self.settings.public_url);
        let secret = ClientSecret::new(self.settings.client_secret.clone());
        let id = ClientId::new(self.settings.client_id.clone());
        Ok(CoreClient::from_provider_metadata(published, id, Some(secret))
            .set_redirect_uri(RedirectUrl::new(back).map_err(|_| ProConnectError::Settings)?)
            .set_auth_type(AuthType::RequestBody))
    }

    /// The address that ends the session at the provider and comes back to our sign-in page; `None` when it has none.
    ///
    /// # Errors
    /// [`ProConnectError::Unreachable`] when the provider does not answer.
    pub async fn exit(&self, department: &str, id_token: &str) -> Result<Option<String>, ProConnectError> {
        let published = self.published().await?;
        let Some(end) = published.additional_metadata().end_session_endpoint.clone() else { return Ok(None) };
        let hint: CoreIdToken = id_token.parse().map_err(untrusted)?;
        let back = format!("{}/{department}/connexion", self.settings.public_url);
        let back = PostLogoutRedirectUrl::new(back).map_err(|_| ProConnectError::Settings)?;
        let request = LogoutRequest::from(end).set_id_token_hint(&hint).set_post_logout_redirect_uri(back);
        Ok(Some(request.http_get_url().to_string()))
    }

    /// Asks the provider what it publishes, unless it was asked less than an hour ago.
    async fn published(&self) -> Result<ProviderMetadataWithLogout, ProConnectError> {
        let now = self.clock.now();
        if let Some((at, known)) = self.known.read().await.as_ref()
            && now - *at < Duration::hours(KEPT_HOURS)
        {
            return Ok(known.clone());
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(|_| ProConnectError::Settings)?;
        let found = ProviderMetadataWithLogout::discover_async(issuer, &self.http)
            .await
            .map_err(|error| ProConnectError::Unreachable(error.to_string()))?;
        *self.known.write().await = Some((now, found.clone()));
        Ok(found)
    }
}

/// Encrypted on the way, or never leaving this machine.
fn is_safe(url: &url::Url) -> bool {
    url.scheme() == "https" || matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

fn untrusted(error: impl std::fmt::Display) -> ProConnectError {
    ProConnectError::Untrusted(error.to_string())
}
