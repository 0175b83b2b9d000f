//! A certified OpenID provider (`oidc-provider`, run by Node.js), set up as ProConnect is, and a visitor without a browser.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::process::{Failure, Guard, find, free_port};

/// The secret it shares with its clients.
pub const SECRET: &str = "a-made-up-secret-of-the-tests";
/// The client whose userinfo is signed, as ProConnect's always is.
pub const CLIENT: &str = "declic";
/// A client whose userinfo is not signed: it must be refused.
pub const UNSIGNED_CLIENT: &str = "declic-unsigned";

/// The folder of the provider's script and of what it needs.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc")
}

/// Node.js and npm, when they are there.
pub fn programs() -> Option<(PathBuf, PathBuf)> {
    find("node", &[]).zip(find("npm", &[]))
}

/// Brings what the lock file names into `node_modules`, unless it is there already.
///
/// # Errors
/// When Node.js is missing, or npm brings nothing.
pub fn install() -> Result<(), Failure> {
    let lock = std::fs::read_to_string(folder().join("package-lock.json"))?;
    let mark = folder().join("node_modules/.installed");
    if std::fs::read_to_string(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let (_, npm) = programs().ok_or("Node.js is missing: apt-get install -y nodejs npm")?;
    let brought = Command::new(npm).args(["ci", "--ignore-scripts"]).current_dir(folder()).output()?;
    if !brought.status.success() {
        return Err(format!("npm ci: {}", String::from_utf8_lossy(&brought.stderr)).into());
    }
    Ok(std::fs::write(mark, lock)?)
}

/// The provider, on a port of its own; ended when dropped.
#[derive(Debug)]
pub struct Provider {
    child: Child,
    /// Its issuer: `http://127.0.0.1:40123`.
    pub url: String,
    guard: Option<Guard>,
}

impl Provider {
    /// Starts it for an installation whose pages are under `base` (`http://127.0.0.1:8080/55`).
    ///
    /// # Errors
    /// When it was not installed, or does not start.
    pub fn start(base: &str) -> Result<Self, Failure> {
        if !folder().join("node_modules/.installed").exists() {
            return Err("the OpenID provider of the tests is not installed: run `cargo xtask test`".into());
        }
        let (node, _) = programs().ok_or("Node.js is missing: apt-get install -y nodejs npm")?;
        let port = free_port()?;
        let mut child = Command::new(node)
            .arg("provider.mjs")
            .args([&port.to_string(), base])
            .current_dir(folder())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let guard = Guard::at_end("kill -9 \"$1\"", [child.id().to_string()])?;
        let output = child.stdout.take().ok_or("no standard output")?;
        if !BufReader::new(output).lines().map_while(Result::ok).any(|line| line == "ready") {
            return Err("the OpenID provider of the tests ended before it was ready".into());
        }
        Ok(Self { child, url: format!("http://127.0.0.1:{port}"), guard: Some(guard) })
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        if let Some(guard) = self.guard.take() {
            guard.disarm();
        }
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Goes to `address` as a browser would, says to be `email` (empty: gives up), and follows the provider until it sends
/// the browser back: the address of the return.
///
/// # Errors
/// When the provider does not send the browser back.
pub fn walk(address: &str, email: &str) -> Result<String, Failure> {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
    let mut cookies: BTreeMap<String, String> = BTreeMap::new();
    let origin = address.split('/').take(3).collect::<Vec<_>>().join("/");
    let mut next = address.to_owned();
    for _ in 0..10 {
        let jar =
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let answer = if next.contains("/interaction/") {
            agent.post(&next).header("cookie", &jar).send_form([("email", email)])?
        } else {
            agent.get(&next).header("cookie", &jar).call()?
        };
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').unwrap_or_default();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let Some(to) = answer.headers().get("location") else {
            return Err(format!("{next}: {}", answer.status()).into());
        };
        let to = to.to_str()?;
        next = if to.starts_with('/') { format!("{origin}{to}") } else { to.to_owned() };
        if !next.starts_with(&origin) {
            return Ok(next);
        }
    }
    Err("the provider sends the browser round and round".into())
}
