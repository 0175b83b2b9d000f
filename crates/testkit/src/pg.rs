//! A PostgreSQL server of our own for the tests: started when first needed, gone with the process.
//!
//! `cargo xtask test` starts one [`Cluster`] for the whole run and gives its address in [`URL_VARIABLE`]. A test run
//! alone (`cargo test -p store`) starts its own, once per test process. Each test works in a schema of its own
//! ([`fresh_schema`]), as each département does.

use std::io::{Read as _, Seek as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::process::{Failure, Guard, find, free_port};

/// The environment variable that holds the address of a server to use instead of starting one.
pub const URL_VARIABLE: &str = "DECLIC_TEST_PG";

/// The oldest version the project supports.
const OLDEST: u32 = 15;

/// A running server; it stops, and its files go, when this is dropped or this process ends.
#[derive(Debug)]
pub struct Cluster {
    /// `postgres://postgres@127.0.0.1:PORT/postgres`
    pub url: String,
    /// Process identifier of the postmaster.
    pub pid: u32,
    account: Account,
    bin: PathBuf,
    data: PathBuf,
    _guard: Guard,
}

impl Cluster {
    /// Makes a new cluster in a temporary folder and starts it on a free port of 127.0.0.1.
    ///
    /// Its collation is `C`, so that texts sort by bytes as they do on SQLite.
    ///
    /// # Errors
    /// When PostgreSQL is not installed, or refuses to start; its own words are in the message.
    pub fn start() -> Result<Self, Failure> {
        let bin = binaries().ok_or_else(|| {
            format!("PostgreSQL {OLDEST} or newer is not installed; on Debian: apt-get install -y postgresql")
        })?;
        let root = tempfile::Builder::new().prefix("declic-pg-").tempdir()?.keep();
        let account = Account::for_server(&root)?;
        let data = root.join("data");
        let guard = Guard::at_end(
            "data=$1; shift; root=$1; shift; \"$@\" stop -s -m immediate -D \"$data\"; rm -rf \"$root\"",
            [data.as_os_str(), root.as_os_str()]
                .into_iter()
                .map(ToOwned::to_owned)
                .chain(account.words(&bin.join("pg_ctl"))),
        )?;
        let port = free_port()?;
        account.run(
            &bin.join("initdb"),
            &["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D"],
            &data,
        )?;
        let settings = format!(
            "listen_addresses='127.0.0.1'\nport={port}\nunix_socket_directories='{}'\nmax_connections=200\n\
             shared_buffers=128MB\n",
            root.display()
        );
        std::fs::write(data.join("postgresql.auto.conf"), settings)?;
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let mut cluster = Self { url, pid: 0, account, bin, data, _guard: guard };
        cluster.begin()?;
        Ok(cluster)
    }

    /// Starts the server on its files; also after [`Cluster::cut`].
    ///
    /// # Errors
    /// When PostgreSQL refuses; its own words are in the message.
    pub fn begin(&mut self) -> Result<(), Failure> {
        let log = self.data.with_file_name("log");
        let log = log.to_str().ok_or("the temporary folder has a name that is not UTF-8")?;
        let words = ["start", "-s", "-w", "-t", "60", "-l", log, "-D"];
        self.account.run(&self.bin.join("pg_ctl"), &words, &self.data)?;
        let pid_file = std::fs::read_to_string(self.data.join("postmaster.pid"))?;
        self.pid = pid_file.lines().next().unwrap_or_default().trim().parse()?;
        Ok(())
    }

    /// Stops the server at once, as when its machine loses its power; its files stay.
    ///
    /// # Errors
    /// When PostgreSQL refuses.
    pub fn cut(&self) -> Result<(), Failure> {
        self.account.run(&self.bin.join("pg_ctl"), &["stop", "-s", "-w", "-m", "immediate", "-D"], &self.data)
    }
}

/// A schema no other test uses. It is not created here: the store does that, as for a new département.
#[derive(Debug, Clone)]
pub struct Schema {
    /// Address of the server and database.
    pub url: String,
    /// Name of the schema, safe to write without quotes.
    pub name: String,
}

/// The address of the server the tests use; starts one when [`URL_VARIABLE`] is not set.
///
/// # Panics
/// When PostgreSQL is not installed: a test on two engines is never silently a test on one.
pub fn cluster() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    static OWN: OnceLock<Cluster> = OnceLock::new();
    URL.get_or_init(|| match std::env::var(URL_VARIABLE) {
        Ok(url) if !url.is_empty() => url,
        _ => OWN.get_or_init(|| Cluster::start().unwrap_or_else(|why| panic!("{why}"))).url.clone(),
    })
}

/// A schema of [`cluster`] for one test.
pub fn fresh_schema() -> Schema {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    use std::hash::{BuildHasher as _, Hasher as _};
    // Process numbers come round again during a long run: the randomness keeps such a pair apart.
    let random = std::hash::RandomState::new().build_hasher().finish();
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Schema { url: cluster().to_owned(), name: format!("t{}_{number}_{random:016x}", std::process::id()) }
}

/// The folder of the newest server programs on this machine, if they are recent enough.
pub fn binaries() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .chain(find("initdb", &[]).and_then(|path| Some(path.parent()?.to_owned())))
        .filter(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
        .filter_map(|folder| Some((version(&folder)?, folder)))
        .filter(|(version, _)| *version >= OLDEST)
        .collect();
    // The first of equals stays last: a system folder before a link to it in PATH.
    found.reverse();
    found.sort_by_key(|(version, _)| *version);
    found.pop().map(|(_, folder)| folder)
}

/// The main version of the programs in `folder`, read from what they print: `initdb (PostgreSQL) 15.18 (…)`.
fn version(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("initdb")).arg("--version").output().ok()?;
    main_version(&String::from_utf8_lossy(&output.stdout))
}

fn main_version(text: &str) -> Option<u32> {
    let number = text.split_once("(PostgreSQL) ")?.1;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Who runs the server: PostgreSQL refuses to run as root.
#[derive(Debug)]
enum Account {
    Ours,
    Other { user: String, group: String },
}

impl Account {
    /// The account for a cluster in `root`, which is given to it.
    fn for_server(root: &Path) -> Result<Self, Failure> {
        if std::fs::metadata(root)?.uid() != 0 {
            return Ok(Self::Ours);
        }
        let id = |kind: &str, name: &str| -> Option<String> {
            let output =
                Command::new("id").args([kind, name]).output().ok().filter(|o| o.status.success())?;
            Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let (user, group) = ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| Some((id("-u", name)?, id("-g", name)?)))
            .ok_or("no account `postgres` or `nobody` to run PostgreSQL as")?;
        std::os::unix::fs::chown(root, Some(user.parse()?), Some(group.parse()?))?;
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o700))?;
        Ok(Self::Other { user, group })
    }

    /// The words that start `program` as this account.
    fn words(&self, program: &Path) -> Vec<std::ffi::OsString> {
        let mut words = match self {
            Self::Ours => Vec::new(),
            Self::Other { user, group } => vec![
                "setpriv".into(),
                format!("--reuid={user}").into(),
                format!("--regid={group}").into(),
                "--clear-groups".into(),
            ],
        };
        words.push(program.into());
        words
    }

    fn run(&self, program: &Path, arguments: &[&str], data: &Path) -> Result<(), Failure> {
        let words = self.words(program);
        let (first, rest) = words.split_first().ok_or("no program")?;
        let said = tempfile::tempfile()?;
        // A file, not a pipe: the server that `pg_ctl` leaves behind would keep a pipe open for ever.
        let status = Command::new(first)
            .args(rest)
            .args(arguments)
            .arg(data)
            .current_dir("/")
            .env_remove("PGPORT")
            .stdin(std::process::Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said.try_clone()?)
            .status()
            .map_err(|error| format!("{} does not start: {error}", first.display()))?;
        if status.success() {
            return Ok(());
        }
        let (mut said, mut text) = (said, String::new());
        said.rewind()?;
        said.read_to_string(&mut text)?;
        Err(format!("{} failed ({status}): {}", program.display(), text.trim()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_starts_and_leaves_nothing_behind() {
        let cluster = Cluster::start().unwrap();
        let port: u16 = cluster.url.split([':', '/']).rev().nth(1).unwrap().parse().unwrap();
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        drop(cluster);
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    }

    #[test]
    fn two_schemas_never_share_a_name() {
        let (first, second) = (fresh_schema(), fresh_schema());
        assert_ne!(first.name, second.name);
        assert!(first.name.len() < 64 && first.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
    }

    #[test]
    fn the_version_is_read_whatever_the_distribution_adds() {
        assert_eq!(main_version("initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(main_version("initdb (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(main_version("something else"), None);
    }
}
