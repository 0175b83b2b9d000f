//! A bucket of an S3 server, for the sealed bytes of documents.

use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpResponseBody, HttpService,
};
use object_store::{BackoffConfig, Error, RetryConfig};

/// A server that takes longer to accept a connection is away.
const CONNECT: Duration = Duration::from_secs(5);
/// A server that says nothing for as long is away.
const SILENCE: Duration = Duration::from_secs(20);
/// How long a request that failed is tried again.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is.
const TRIES: usize = 3;

/// Where a bucket is, and what opens it.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The server, without the bucket: `https://s3.fr-par.scw.cloud`.
    pub endpoint: String,
    /// Its region, which takes part in the signature of requests.
    pub region: String,
    /// The bucket stands in the path of addresses, and not in the name of the machine.
    pub path_style: bool,
    /// The bucket.
    pub name: String,
    /// What the names of objects begin with; may be empty.
    pub prefix: String,
    /// The name of the key.
    pub key_id: String,
    /// The key.
    pub key: String,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({}/{}/{})", self.endpoint, self.name, self.prefix)
    }
}

impl Bucket {
    /// The client of the bucket; nothing is asked of the server yet. In clear when the address says so: who may is
    /// decided by who reads the configuration.
    pub(super) fn client(&self) -> Result<AmazonS3, Error> {
        AmazonS3Builder::new()
            .with_endpoint(self.address())
            .with_region(&self.region)
            .with_virtual_hosted_style_request(!self.path_style)
            .with_bucket_name(&self.name)
            .with_access_key_id(&self.key_id)
            .with_secret_access_key(&self.key)
            .with_allow_http(self.endpoint.starts_with("http://"))
            // One object at a time: not every server knows the other way.
            .with_disable_bulk_delete(true)
            .with_retry(RetryConfig {
                backoff: BackoffConfig::default(),
                max_retries: TRIES,
                retry_timeout: PATIENCE,
            })
            .with_http_connector(Connector)
            .build()
    }

    fn address(&self) -> String {
        let endpoint = self.endpoint.trim_end_matches('/');
        match endpoint.split_once("://") {
            Some((scheme, host)) if !self.path_style => format!("{scheme}://{}.{host}", self.name),
            _ => endpoint.to_owned(),
        }
    }
}

/// Makes the HTTP client.
#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> Result<HttpClient, Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .build()
            .map_err(|error| Error::Generic { store: "S3", source: Box::new(error) })?;
        Ok(HttpClient::new(Requests(client)))
    }
}

/// Carries requests.
#[derive(Debug)]
struct Requests(reqwest::Client);

#[async_trait]
impl HttpService for Requests {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = request.map(reqwest::Body::wrap);
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        let answer = self.0.execute(request).await.map_err(failed)?;
        let (parts, body) = http::Response::<reqwest::Body>::from(answer).into_parts();
        Ok(HttpResponse::from_parts(parts, HttpResponseBody::new(body.map_err(failed))))
    }
}

/// What went wrong, as the store of objects wants to know it: whether to try again.
fn failed(error: reqwest::Error) -> HttpError {
    let kind = if error.is_connect() {
        HttpErrorKind::Connect
    } else if error.is_timeout() {
        HttpErrorKind::Timeout
    } else if error.is_decode() || error.is_builder() {
        HttpErrorKind::Decode
    } else {
        HttpErrorKind::Interrupted
    };
    HttpError::new(kind, error.without_url())
}
