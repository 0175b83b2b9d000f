//! Files that pages load: one stylesheet, the logos, htmx. Each has an address that holds its own hash, so that a
//! browser keeps it for ever and a new version is another address.
//!
//! What compresses is kept compressed too. Pages are not: they hold the token of forms beside words of the visitor, and the
//! length of such a mixture tells the token (BREACH).
//!
//! The stylesheet is Bootstrap's dist CSS and then `assets/css/*.css` in the order of their names, as one file. Every
//! declaration that loads a `data:` image is taken out on the way: the policy is `default-src 'self'` and the
//! layer of Déclic draws those in use by itself.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// Path pattern of [`serve`], as axum writes it.
pub const ROUTE: &str = "/assets/{hash}/{file}";

/// The stylesheet of every page.
pub const STYLESHEET: &str = "declic.css";

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

struct Asset {
    bytes: Cow<'static, [u8]>,
    gzip: Option<Vec<u8>>,
    kind: &'static str,
    hash: String,
    url: String,
}

static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(collect);

/// The address of a file: `/assets/<sha8>/<file>`; an unknown name gives an address that answers 404.
pub fn asset_url(name: &str) -> &'static str {
    ASSETS.get(name).map_or("/assets/0/absent", |asset| asset.url.as_str())
}

/// Answers `/assets/{hash}/{file}`. A hash of another version (two nodes during an update) gets today's bytes, to be
/// asked for again next time.
pub async fn serve(Path((hash, file)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.get(&file) else {
        return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")]).into_response();
    };
    let gzip = asset.gzip.as_deref().filter(|_| takes_gzip(&headers));
    // Two forms of a file are two entities: a cache must not take one for the other.
    let etag = format!("\"{}{}\"", asset.hash, if gzip.is_some() { "-gz" } else { "" });
    let cache = if asset.hash == hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let common = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, cache),
        (header::ETAG, etag.as_str()),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tags| tags.as_bytes() == etag.as_bytes());
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    if let Some(packed) = gzip {
        return (StatusCode::OK, common, [(header::CONTENT_ENCODING, "gzip")], packed).into_response();
    }
    (StatusCode::OK, common, asset.bytes.clone()).into_response()
}

/// Whether the browser takes gzip; `gzip;q=0` says that it does not.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let refused = |part: &str| matches!(part.strip_prefix("q="), Some("0" | "0.0" | "0.00" | "0.000"));
        parts.next() == Some("gzip") && !parts.any(refused)
    })
}

/// The bytes of a file, for the tests that write pages to a folder.
#[cfg(test)]
pub(crate) fn bytes(name: &str) -> &'static [u8] {
    &ASSETS[name].bytes
}

fn collect() -> HashMap<String, Asset> {
    let mut assets = HashMap::new();
    for path in Files::iter() {
        let name = path.rsplit('/').next().unwrap_or(&path);
        if let (Some(kind), Some(file)) = (content_type(name), Files::get(&path)) {
            assets.insert(name.to_owned(), asset(name, kind, file.data));
        }
    }
    assets.insert(
        STYLESHEET.to_owned(),
        asset(STYLESHEET, "text/css; charset=utf-8", stylesheet().into_bytes().into()),
    );
    assets
}

/// Only what a page loads: stylesheets are served as one, licences and notes are not served.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit('.').next()? {
        "svg" => Some("image/svg+xml"),
        "js" => Some("text/javascript; charset=utf-8"),
        _ => None,
    }
}

fn asset(name: &str, kind: &'static str, bytes: Cow<'static, [u8]>) -> Asset {
    let hash = Sha256::digest(&bytes).iter().take(4).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let url = format!("/assets/{hash}/{name}");
    Asset { gzip: gzip(&bytes).ok(), bytes, kind, hash, url }
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut coder = GzEncoder::new(Vec::new(), Compression::best());
    coder.write_all(bytes)?;
    coder.finish()
}

fn stylesheet() -> String {
    let mut layers: Vec<_> = Files::iter().filter(|path| path.starts_with("css/")).collect();
    layers.sort();
    let vendor = "vendor/bootstrap-5.3.9/bootstrap.min.css";
    let mut whole = String::new();
    for path in std::iter::once(Cow::Borrowed(vendor)).chain(layers) {
        if let Some(file) = Files::get(&path) {
            whole.push_str(&String::from_utf8_lossy(&file.data));
            whole.push('\n');
        }
    }
    without_data_images(&whole)
}

/// Takes out each declaration that holds `url("data:…")`; such an address holds neither `"` nor `)` unescaped.
fn without_data_images(css: &str) -> String {
    const MARK: &str = "url(\"data:";
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once(MARK) {
        let start = before.rfind(['{', ';', '}']).map_or(0, |at| at + 1);
        kept.push_str(before.get(..start).unwrap_or_default());
        let tail = after.split_once("\")").map_or("", |(_, tail)| tail);
        let end = tail.find([';', '}']).unwrap_or(tail.len());
        let tail = tail.get(end..).unwrap_or_default();
        rest = tail.strip_prefix(';').unwrap_or(tail);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(url: &str, etag: Option<&str>) -> Response {
        let mut parts = url.trim_start_matches("/assets/").splitn(2, '/').map(str::to_owned);
        let path = Path((parts.next().unwrap(), parts.next().unwrap()));
        let mut headers = HeaderMap::new();
        if let Some(etag) = etag {
            headers.insert(header::IF_NONE_MATCH, etag.parse().unwrap());
        }
        serve(path, headers).await
    }

    #[test]
    fn the_stylesheet_loads_nothing_from_elsewhere() {
        let css = stylesheet();
        assert!(!css.contains("data:"), "a data: image is left");
        assert!(!css.contains("@import") && !css.contains("http://") && !css.contains("url(//"));
        assert_eq!(css.matches('{').count(), css.matches('}').count(), "a rule was cut in two");
        assert!(
            css.contains(".btn-secondary") && css.contains(".dc-person__top") && css.contains("@media print")
        );
    }

    #[test]
    fn a_declaration_is_taken_out_whole() {
        let css = "a{color:red;background:url(\"data:image/svg+xml,%3csvg a='b'/%3e\") no-repeat;margin:0}b{--x:url(\"data:,\")}c{d:e}";
        assert_eq!(without_data_images(css), "a{color:red;margin:0}b{}c{d:e}");
    }

    #[tokio::test]
    async fn a_file_is_kept_for_ever_under_its_own_hash() {
        for (name, kind) in [
            (STYLESHEET, "text/css; charset=utf-8"),
            ("htmx.min.js", "text/javascript; charset=utf-8"),
            ("declic-logo.svg", "image/svg+xml"),
            ("declic-symbole.svg", "image/svg+xml"),
        ] {
            let answer = get(asset_url(name), None).await;
            assert_eq!(answer.status(), StatusCode::OK, "{name}");
            assert_eq!(answer.headers()["content-type"], kind);
            assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
            assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
            let etag = answer.headers()["etag"].to_str().unwrap().to_owned();
            assert_eq!(get(asset_url(name), Some(&etag)).await.status(), StatusCode::NOT_MODIFIED);
        }
    }

    #[tokio::test]
    async fn a_browser_that_takes_gzip_gets_the_same_bytes_in_a_fifth_of_the_room() {
        use std::io::Read as _;
        let url = asset_url(STYLESHEET);
        let ask = async |accepts: &str| {
            let (_, path) = url.split_at("/assets/".len());
            let (hash, file) = path.split_once('/').unwrap();
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accepts.parse().unwrap());
            serve(Path((hash.to_owned(), file.to_owned())), headers).await
        };
        let packed = ask("br;q=1, gzip").await;
        assert_eq!(packed.headers()["content-encoding"], "gzip");
        assert_eq!(packed.headers()["vary"], "accept-encoding");
        assert_ne!(packed.headers()["etag"], ask("").await.headers()["etag"]);
        let packed = axum::body::to_bytes(packed.into_body(), usize::MAX).await.unwrap();
        assert!(packed.len() * 5 < bytes(STYLESHEET).len(), "{} bytes", packed.len());
        let mut whole = Vec::new();
        flate2::read::GzDecoder::new(packed.as_ref()).read_to_end(&mut whole).unwrap();
        assert_eq!(whole, bytes(STYLESHEET));
        for refused in ["", "br", "gzip;q=0", "identity, gzip; q=0.0"] {
            assert!(!ask(refused).await.headers().contains_key("content-encoding"), "{refused}");
        }
    }

    #[tokio::test]
    async fn another_hash_is_answered_but_not_kept_and_an_unknown_file_is_absent() {
        let stale = get("/assets/00000000/declic.css", None).await;
        assert_eq!(
            (stale.status(), &stale.headers()["cache-control"]),
            (StatusCode::OK, &"no-cache".parse().unwrap())
        );
        for absent in
            ["/assets/0/absent", "/assets/0/LICENSE", "/assets/0/01-tokens.css", asset_url("nothing")]
        {
            assert_eq!(get(absent, None).await.status(), StatusCode::NOT_FOUND, "{absent}");
        }
    }
}
