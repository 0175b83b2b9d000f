//! Documents kept in a bucket of an S3 server: how the configuration says it, and what opens it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;

use serde::Deserialize;
use store::privacy::objects::Bucket;

use crate::config::DepartmentConfig;
use crate::failure::{Failure, Outcome};

/// The environment variable that names the key, where the configuration does not.
const KEY_ID: &str = "AWS_ACCESS_KEY_ID";
/// The one that holds the key.
const KEY: &str = "AWS_SECRET_ACCESS_KEY";
/// The region of servers that have none.
const USUAL_REGION: &str = "us-east-1";
/// Under the prefix, as under a folder: what is beside it is not ours to sweep.
const OBJECTS: &str = "objects";

/// The server, `[s3]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Its address without the bucket: `https://s3.fr-par.scw.cloud`.
    pub endpoint: String,
    /// Its region.
    region: Option<String>,
    /// The bucket stands in the path of addresses; usual.
    path_style: Option<bool>,
    /// The name of the key.
    access_key_id: Option<String>,
    /// The file of the key.
    pub secret_key_file: Option<PathBuf>,
}

/// Where the documents of a département are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The bucket.
    name: String,
    /// What the names of its objects begin with.
    prefix: String,
    /// The server.
    pub server: Server,
}

impl Place {
    /// Reads `s3://bucket/prefix`.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn parse(address: &str, server: Option<&Server>) -> Result<Self, String> {
        let server = server.ok_or(
            "documents : « s3://… » demande une partie [s3] : endpoint = \"https://…\", access_key_id, secret_key_file.",
        )?;
        if !is_safe(&server.endpoint) {
            return Err(format!(
                "[s3] endpoint = « {} » : attendu « https://machine » sans rien après ; « http:// » n’est accepté que \
                 pour cette machine (127.0.0.1, localhost).",
                server.endpoint
            ));
        }
        let rest = address.strip_prefix("s3://").unwrap_or(address);
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let of_bucket = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if !(3..=63).contains(&name.len()) || !name.chars().all(of_bucket) {
            return Err(format!("documents : « {name} » n’est pas le nom d’un seau S3."));
        }
        let prefix = prefix.trim_matches('/');
        let of_prefix = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
        if !prefix.chars().all(of_prefix) || prefix.contains("//") {
            return Err(format!(
                "documents : « {prefix} » : lettres, chiffres, « - », « _ » et « / » seulement après le nom du seau."
            ));
        }
        Ok(Self { name: name.to_owned(), prefix: prefix.to_owned(), server: server.clone() })
    }

    /// What tells this place from the others: one that begins with another stands in it.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(&self.server.endpoint).join(&self.name).join(&self.prefix)
    }

    /// The bucket with its key.
    ///
    /// # Errors
    /// When the key is nowhere, or its file cannot be read.
    pub fn open(&self) -> Outcome<Bucket> {
        let server = &self.server;
        let missing = |what: &str, variable: &str| {
            Failure::new(format!("[s3] {what} manque : donnez-le, ou la variable {variable}."))
        };
        let key_id = server.access_key_id.clone().or_else(|| std::env::var(KEY_ID).ok());
        let key =
            match &server.secret_key_file {
                Some(file) => Some(std::fs::read_to_string(file).map_err(|error| {
                    Failure::file("La clé du serveur S3 ne peut pas être lue", file, &error)
                })?),
                None => std::env::var(KEY).ok(),
            };
        let prefix = [self.prefix.as_str(), OBJECTS].join("/");
        Ok(Bucket {
            endpoint: server.endpoint.clone(),
            region: server.region.clone().unwrap_or_else(|| USUAL_REGION.to_owned()),
            path_style: server.path_style.unwrap_or(true),
            name: self.name.clone(),
            prefix: prefix.trim_start_matches('/').to_owned(),
            key_id: key_id.ok_or_else(|| missing("access_key_id", KEY_ID))?,
            key: key.ok_or_else(|| missing("secret_key_file", KEY))?.trim().to_owned(),
        })
    }
}

/// Documents that no row names are swept: two départements that shared a place would lose each other's.
///
/// # Errors
/// Which one, of which two.
pub fn apart(departments: &BTreeMap<String, DepartmentConfig>) -> Outcome {
    let places = |one: &DepartmentConfig| {
        [Some(one.documents.clone()), one.bucket.as_ref().map(Place::path)].into_iter().flatten()
    };
    let mut known: Vec<(&String, PathBuf)> = Vec::new();
    for (code, place) in
        departments.iter().flat_map(|(code, one)| places(one).map(move |place| (code, place)))
    {
        let shared = known.iter().find(|(_, other)| place.starts_with(other) || other.starts_with(&place));
        if let Some((other, _)) = shared {
            return Err(Failure::new(format!(
                "[departments.{code}] documents : « {} » est aussi, en tout ou partie, le lieu du département {other}. \
                 Donnez à chacun le sien.",
                place.display()
            )));
        }
        known.push((code, place));
    }
    Ok(())
}

/// With TLS, or not beyond this machine; nothing but a machine and a port.
fn is_safe(endpoint: &str) -> bool {
    let Some((scheme, place)) = endpoint.split_once("://") else { return false };
    let place = place.trim_end_matches('/');
    if place.is_empty() || place.contains(['/', '?', '#', '@', ' ']) {
        return false;
    }
    let host = match place.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    scheme == "https" || (scheme == "http" && here)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(endpoint: &str) -> Server {
        toml::from_str(&format!(
            "endpoint = \"{endpoint}\"\naccess_key_id = \"nom\"\nsecret_key_file = \"/absent\""
        ))
        .unwrap()
    }

    #[test]
    fn tls_is_asked_beyond_this_machine() {
        for good in [
            "https://s3.fr",
            "https://s3.fr:9000/",
            "http://127.0.0.1:9000",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert!(is_safe(good), "{good}");
        }
        for bad in [
            "http://s3.fr",
            "http://127.0.0.1.s3.fr",
            "http://localhost@s3.fr",
            "s3.fr",
            "https://",
            "https://a:b@s3.fr",
            "https://s3.fr/seau",
            "ftp://127.0.0.1",
        ] {
            assert!(
                Place::parse("s3://seau/45", Some(&server(bad))).unwrap_err().contains("endpoint"),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_place_has_a_bucket_a_prefix_and_a_server() {
        let server = server("https://s3.fr");
        let place = Place::parse("s3://seau/d/45/", Some(&server)).unwrap();
        assert_eq!(place.path(), PathBuf::from("https://s3.fr/seau/d/45"));
        assert!(Place::parse("s3://seau/45", None).unwrap_err().contains("[s3]"));
        for bad in ["s3://", "s3://ab", "s3://Seau/45", "s3://seau/../45", "s3://seau/a//b"] {
            assert!(Place::parse(bad, Some(&server)).is_err(), "{bad}");
        }
        assert!(place.open().unwrap_err().to_string().contains("La clé du serveur S3"));
    }
}
