//! Where everything is: `declic.toml`, or a folder of data.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use app::domain::reference::geo;
use app::domain::time::zone_of_department;
use app::messages::Post;
use chrono_tz::Tz;
use serde::Deserialize;
use store::Engine;

use crate::bucket;
use crate::cli::Place;
use crate::failure::{Failure, Outcome};
use crate::means;
use crate::secret::SecretFiles;
use crate::texts;

/// The configuration file, where none is named.
const USUAL_FILE: &str = "declic.toml";

/// The secret before, in a folder of data, while values are sealed again.
const PREVIOUS: &str = "secret.previous";

/// Where a server listens unless told otherwise: this machine only.
const USUAL_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// Where everything is.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port of the server.
    pub listen: SocketAddr,
    /// The address people type; `None` = the one listened on.
    pub public_url: Option<String>,
    /// A shorter address of the same server, for the links of text messages.
    pub short_url: Option<String>,
    /// The files of the secrets.
    pub secret_files: SecretFiles,
    /// The proxies that may say for whom they ask.
    pub proxies: web::outer::Proxies,
    /// Whom to tell about a weakness, for `security.txt`.
    pub security_contact: Option<String>,
    /// The folder of data when that is all we were told: départements and secret are made as needed.
    pub data: Option<PathBuf>,
    /// The départements, by code.
    pub departments: BTreeMap<String, DepartmentConfig>,
    /// How mail leaves.
    pub mail: Mail,
    /// Who takes text messages, in this order.
    pub sms: Vec<texts::Provider>,
    /// The folder where backups are laid, for `doctor` to look at their age.
    pub backups: Option<PathBuf>,
    /// The file that says all this; none with a folder of data.
    pub file: Option<PathBuf>,
    /// Who vouches for agents, where there is somebody.
    pub oidc: Option<Oidc>,
}

/// One département.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentConfig {
    /// « Loiret ».
    pub name: String,
    /// Civil time.
    pub timezone: Tz,
    /// The database.
    pub engine: Engine,
    /// The folder of this machine for documents, or for what waits when they are elsewhere.
    pub documents: PathBuf,
    /// The bucket of the documents, when they are not in that folder.
    pub bucket: Option<bucket::Place>,
}

/// How mail leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtps://…`
    pub smtp: Option<String>,
    /// Who vouches for the server besides the authorities of the machine: certificates, in PEM.
    pub ca_file: Option<PathBuf>,
    /// A folder where letters are laid instead of being sent.
    pub directory: Option<PathBuf>,
    /// The sender: « Déclic <declic@loiret.fr> ».
    pub from: Option<String>,
}

impl Mail {
    /// What [`Mail::ca_file`] holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn authorities(&self) -> Outcome<Option<Vec<u8>>> {
        let Some(file) = &self.ca_file else { return Ok(None) };
        let read = std::fs::read(file);
        read.map(Some).map_err(|error| Failure::file("[mail] ca_file ne peut pas être lu", file, &error))
    }
}

/// The OpenID provider that vouches for agents: ProConnect.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// Where it is: `https://…`
    pub issuer: String,
    /// The name it gave to this installation.
    pub client_id: String,
    /// The file of the secret it gave to this installation.
    pub client_secret_file: PathBuf,
}

/// `declic.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileConfig {
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    short_url: Option<String>,
    #[serde(default)]
    trusted_proxies: Vec<String>,
    security_contact: Option<String>,
    secret_file: OneOrMore,
    departments: BTreeMap<String, FileDepartment>,
    #[serde(default)]
    mail: Mail,
    #[serde(default)]
    sms: Vec<texts::Provider>,
    backups: Option<PathBuf>,
    oidc: Option<Oidc>,
    s3: Option<bucket::Server>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(PathBuf),
    More(Vec<PathBuf>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDepartment {
    name: Option<String>,
    timezone: Option<String>,
    database: String,
    schema: Option<String>,
    documents: String,
    waiting: Option<PathBuf>,
}

impl Config {
    /// Finds the configuration: `--data`, `--config`, `DECLIC_CONFIG`, then `./declic.toml`.
    ///
    /// # Errors
    /// When there is none, or when it cannot be read.
    pub fn find(place: &Place) -> Outcome<Self> {
        if let Some(folder) = &place.data {
            return Self::of_folder(folder);
        }
        let named = place.config.clone().or_else(|| std::env::var_os("DECLIC_CONFIG").map(PathBuf::from));
        match named {
            Some(file) => Self::of_file(&file),
            None if Path::new(USUAL_FILE).exists() => Self::of_file(Path::new(USUAL_FILE)),
            None => Err(Failure::usage(
                "Dites où sont les données : --data DOSSIER, ou --config FICHIER, ou la variable DECLIC_CONFIG.",
            )),
        }
    }

    /// The configuration of a folder: each `<département>.db` found there.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn of_folder(folder: &Path) -> Outcome<Self> {
        let fail = |error| Failure::file("Le dossier des données n’est pas utilisable", folder, &error);
        means::make_folder(folder)?;
        let folder = folder.canonicalize().map_err(fail)?;
        let mut departments = BTreeMap::new();
        for entry in std::fs::read_dir(&folder).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if path.extension().is_some_and(|ending| ending == "db") && geo::department(code).is_some() {
                departments.insert(code.to_owned(), in_folder(&folder, code));
            }
        }
        Ok(Self {
            listen: USUAL_LISTEN,
            public_url: None,
            short_url: None,
            secret_files: SecretFiles {
                writes: folder.join("secret"),
                others: Some(folder.join(PREVIOUS)).filter(|path| path.exists()).into_iter().collect(),
            },
            proxies: web::outer::Proxies::default(),
            security_contact: None,
            departments,
            sms: Vec::new(),
            mail: Mail { directory: Some(folder.join("outbox")), ..Mail::default() },
            oidc: None,
            data: Some(folder),
            backups: None,
            file: None,
        })
    }

    /// The configuration of a file.
    ///
    /// # Errors
    /// When it cannot be read, or says something that is not understood.
    pub fn of_file(file: &Path) -> Outcome<Self> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| Failure::file("La configuration ne peut pas être lue", file, &error))?;
        let config =
            Self::parse(&text).map_err(|failure| Failure::new(format!("{} : {failure}", file.display())))?;
        Ok(Self { file: Some(file.to_owned()), ..config })
    }

    fn parse(text: &str) -> Outcome<Self> {
        let file: FileConfig = toml::from_str(text)?;
        let mut others = match file.secret_file {
            OneOrMore::One(path) => vec![path],
            OneOrMore::More(paths) => paths,
        };
        if others.is_empty() {
            return Err(Failure::new("secret_file : donnez au moins un fichier."));
        }
        let secret_files = SecretFiles { writes: others.remove(0), others };
        let departments = file
            .departments
            .into_iter()
            .map(|(code, department)| Ok((code.clone(), department.resolve(&code, file.s3.as_ref())?)))
            .collect::<Outcome<_>>()?;
        bucket::apart(&departments)?;
        Ok(Self {
            listen: file.listen.unwrap_or(USUAL_LISTEN),
            public_url: file.public_url.map(|url| url.trim_end_matches('/').to_owned()),
            short_url: file.short_url.map(|url| url.trim_end_matches('/').to_owned()),
            secret_files,
            proxies: web::outer::Proxies::parse(&file.trusted_proxies)
                .map_err(|e| Failure::new(e.to_string()))?,
            security_contact: contact(file.security_contact)?,
            data: None,
            departments,
            mail: file.mail,
            sms: file.sms,
            backups: file.backups,
            file: None,
            oidc: file.oidc,
        })
    }

    /// A département of the configuration; with a folder of data, one that has no database yet too.
    ///
    /// # Errors
    /// When the code is unknown or not configured.
    pub fn department(&self, code: &str) -> Outcome<DepartmentConfig> {
        if let Some(found) = self.departments.get(code) {
            return Ok(found.clone());
        }
        if geo::department(code).is_none() {
            return Err(Failure::new(format!("« {code} » n’est pas le code d’un département.")));
        }
        match &self.data {
            Some(folder) => Ok(in_folder(folder, code)),
            None => Err(Failure::new(format!("Le département {code} n’est pas dans la configuration."))),
        }
    }

    /// The folders that a server locks: those of the SQLite databases, and the folder of data.
    pub fn folders_to_lock(&self) -> Vec<PathBuf> {
        let of_engine = |engine: &Engine| match engine {
            Engine::Sqlite { file } => file.parent().map(Path::to_owned),
            Engine::Postgres { .. } => None,
        };
        let mut folders: Vec<_> = self
            .departments
            .values()
            .filter_map(|one| of_engine(&one.engine))
            .chain(self.data.clone())
            .collect();
        folders.sort();
        folders.dedup();
        folders
    }

    /// How letters leave.
    ///
    /// # Errors
    /// When the address of the server or the sender cannot be read.
    pub fn post(&self) -> Outcome<Post> {
        let from = self.mail.from.clone().unwrap_or_else(|| self.usual_sender());
        let authorities = self.mail.authorities()?;
        let post = match &self.mail {
            Mail { smtp: Some(address), .. } => Post::smtp(address, authorities.as_deref(), &from),
            Mail { directory: Some(folder), .. } => Post::folder(folder.clone(), &from),
            Mail { .. } => Ok(Post::None),
        };
        post.map_err(|why| Failure::new(format!("[mail] {why}")))
    }

    /// « Déclic <declic@declic.loiret.fr> », from the address people type.
    fn usual_sender(&self) -> String {
        let host = self.public_url.as_deref().and_then(|url| url.split("://").nth(1)).unwrap_or_default();
        let host = host.split(['/', ':']).next().filter(|host| host.contains('.')).unwrap_or("localhost");
        format!("Déclic <declic@{host}>")
    }

    /// How the server meets the outside.
    pub fn outer(&self) -> web::Outer {
        web::Outer {
            public_url: self.public_url.clone(),
            proxies: self.proxies.clone(),
            security_contact: self.security_contact.clone(),
            ..web::Outer::default()
        }
    }

    /// What the links given to people begin with, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}

fn in_folder(folder: &Path, code: &str) -> DepartmentConfig {
    DepartmentConfig {
        name: usual_name(code),
        timezone: zone_of_department(code),
        engine: Engine::Sqlite { file: folder.join(format!("{code}.db")) },
        documents: folder.join(format!("{code}-documents")),
        bucket: None,
    }
}

/// An address that `security.txt` may hold: one line, of a kind that a program can open.
fn contact(given: Option<String>) -> Outcome<Option<String>> {
    let known = |uri: &str| ["mailto:", "https://", "tel:"].iter().any(|start| uri.starts_with(start));
    match given {
        Some(uri) if !known(&uri) || uri.chars().any(|c| c.is_control() || c.is_whitespace()) => {
            Err(Failure::new("security_contact : attendu « mailto:securite@exemple.fr » ou « https://… »."))
        }
        other => Ok(other),
    }
}

fn usual_name(code: &str) -> String {
    geo::department(code).map_or(code, |department| department.name).to_owned()
}

impl FileDepartment {
    fn resolve(self, code: &str, s3: Option<&bucket::Server>) -> Outcome<DepartmentConfig> {
        let refuse = |what: &str| Failure::new(format!("[departments.{code}] {what}"));
        if geo::department(code).is_none() {
            return Err(refuse("n’est pas le code d’un département."));
        }
        let (documents, bucket) = match (self.documents.split_once(':'), self.waiting) {
            (Some(("file", path)), None) => (PathBuf::from(path), None),
            (Some(("s3", _)), Some(folder)) => {
                let place = bucket::Place::parse(&self.documents, s3).map_err(|why| refuse(&why))?;
                (folder, Some(place))
            }
            (Some(("s3", _)), None) => {
                return Err(refuse(
                    "waiting manque : avec « s3://… », donnez le dossier de cette machine où attend, chiffré, ce qui est reçu.",
                ));
            }
            (Some(("file", _)), Some(_)) => {
                return Err(refuse("waiting n’a de sens qu’avec documents = « s3://… »."));
            }
            _ => return Err(refuse("documents : attendu « file:/chemin » ou « s3://seau/préfixe ».")),
        };
        let engine = if let Some(file) = self.database.strip_prefix("sqlite:") {
            Engine::Sqlite { file: PathBuf::from(file) }
        } else if self.database.starts_with("postgres://") || self.database.starts_with("postgresql://") {
            let schema = self.schema.unwrap_or_else(|| format!("d{}", code.to_lowercase()));
            Engine::Postgres { url: self.database, schema }
        } else {
            return Err(refuse(
                "database : attendu « sqlite:/chemin » ou « postgres://utilisateur@machine/base ».",
            ));
        };
        let timezone = match self.timezone {
            None => zone_of_department(code),
            Some(name) => {
                name.parse().map_err(|_| refuse("timezone : attendu un nom comme Europe/Paris."))?
            }
        };
        Ok(DepartmentConfig {
            name: self.name.unwrap_or_else(|| usual_name(code)),
            timezone,
            engine,
            documents,
            bucket,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = r#"
        listen = "0.0.0.0:8080"
        public_url = "https://declic.loiret.fr/"
        trusted_proxies = ["127.0.0.1", "10.0.0.0/8"]
        security_contact = "mailto:securite@loiret.fr"
        secret_file = "/etc/declic/secret"
        [departments.45]
        name = "Loiret"
        timezone = "Europe/Paris"
        database = "sqlite:/var/lib/declic/45.db"
        documents = "file:/var/lib/declic/45-documents"
        [departments.974]
        database = "postgres://declic@db/declic"
        documents = "file:/var/lib/declic/974-documents"
        [mail]
        directory = "outbox"
        [[sms]]
        name = "un"
        url = "https://sms.example/send"
        body = '{"to": "{to}", "text": "{text}"}'
        from = "DeptLoiret"
        [oidc]
        issuer = "https://auth.example/api/v2"
        client_id = "declic"
        client_secret_file = "/etc/declic/proconnect"
    "#;

    #[test]
    fn the_example_of_the_manual_is_read() {
        let config = Config::parse(EXAMPLE).unwrap();
        assert_eq!(config.base_url(), "https://declic.loiret.fr");
        assert_eq!(
            config.department("45").unwrap().engine,
            Engine::Sqlite { file: "/var/lib/declic/45.db".into() }
        );
        let reunion = config.department("974").unwrap();
        assert_eq!((reunion.name.as_str(), reunion.timezone), ("La Réunion", Tz::Indian__Reunion));
        assert!(matches!(reunion.engine, Engine::Postgres { schema, .. } if schema == "d974"));
        assert_eq!(config.folders_to_lock(), [PathBuf::from("/var/lib/declic")]);
        assert!(config.department("38").unwrap_err().to_string().contains("configuration"));
    }

    #[test]
    fn a_misspelt_word_an_unknown_departement_and_what_is_not_there_yet_are_refused() {
        for (from, to) in [
            ("public_url", "public_ulr"),
            ("10.0.0.0/8", "nginx"),
            ("mailto:securite@loiret.fr", "securite@loiret.fr"),
            ("departments.45", "departments.20"),
            ("file:/var/lib/declic/45-documents", "s3://bucket/45"),
            ("sqlite:", "mysql:"),
            ("\"/etc/declic/secret\"", "[]"),
        ] {
            assert!(Config::parse(&EXAMPLE.replacen(from, to, 1)).is_err(), "{to}");
        }
    }

    #[test]
    fn a_bucket_needs_a_server_and_a_folder_and_nobody_shares_a_place() {
        let here = "file:/var/lib/declic/45-documents\"";
        let there = "s3://seau/45\"\nwaiting = \"/var/lib/declic/45-waiting\"";
        let with = |server: &str| [&EXAMPLE.replacen(here, there, 1), server].concat();
        let server = "\n[s3]\nendpoint = \"https://s3.fr\"\n";
        let config = Config::parse(&with(server)).unwrap();
        let loiret = config.department("45").unwrap();
        assert_eq!(loiret.documents, PathBuf::from("/var/lib/declic/45-waiting"));
        assert!(loiret.bucket.unwrap().path().ends_with("seau/45"));
        let refused = |text: &str| Config::parse(text).unwrap_err().to_string();
        assert!(refused(&with("")).contains("[s3]"));
        assert!(refused(&with(server).replace("waiting =", "# waiting =")).contains("waiting manque"));
        assert!(refused(&with(server).replace("s3://seau/45", "file:/x")).contains("waiting"));
        let shared = EXAMPLE.replace("974-documents", "45-documents/objects");
        assert!(refused(&shared).contains("aussi"), "{}", refused(&shared));
    }

    #[test]
    fn the_first_secret_of_a_list_writes() {
        let files = |text: &str| {
            Config::parse(&EXAMPLE.replace("\"/etc/declic/secret\"", text)).unwrap().secret_files
        };
        assert_eq!(files("\"/a\""), SecretFiles { writes: "/a".into(), others: Vec::new() });
        assert_eq!(files("[\"/b\", \"/a\"]"), SecretFiles { writes: "/b".into(), others: vec!["/a".into()] });
    }

    #[test]
    fn a_folder_gives_each_database_found_and_the_others_on_request() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["45.db", "2A.db", "notes.db", "38.txt"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let config = Config::of_folder(folder.path()).unwrap();
        assert_eq!(config.departments.keys().collect::<Vec<_>>(), ["2A", "45"]);
        assert_eq!(config.department("55").unwrap().name, "Meuse");
        assert!(config.department("20").is_err());
    }
}
