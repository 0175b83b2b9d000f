//! Programs the tests start: where they are, on which port, and how they end.
//!
//! A test may be killed at any moment. What it started must not outlive it: see [`Guard`].

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Why a program could not be started: one sentence that says what to do.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The full path of `program`: in the folders of `PATH`, then in `also`.
pub fn find(program: &str, also: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(also.iter().cloned())
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// Where [`free_port`] looks: below the ports that the kernel gives to outgoing connections (32768 and up), of which the
/// browsers open many. A port from there could be taken by one of them before the program that was given it listens.
const PORTS: std::ops::Range<u32> = 10_000..32_000;

/// How many ports this process has looked at.
static LOOKED_AT: AtomicU32 = AtomicU32::new(0);

/// A TCP port of 127.0.0.1 that nothing listened on a moment ago, and that this process has not been given before.
///
/// # Errors
/// When the machine has no free port.
pub fn free_port() -> std::io::Result<u16> {
    // Test programs that run side by side start at places of their own.
    let start = std::process::id().wrapping_mul(2_654_435_761);
    let mut refused = std::io::Error::other("no port is free");
    for _ in PORTS {
        let step = start.wrapping_add(LOOKED_AT.fetch_add(1, Ordering::Relaxed));
        let port =
            u16::try_from(PORTS.start + step % (PORTS.end - PORTS.start)).map_err(std::io::Error::other)?;
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(_) => return Ok(port),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

/// Waits until something accepts connections on `port` of 127.0.0.1, or `child` ends, or `limit` has passed.
///
/// # Errors
/// When the program ended first, or nothing listened in time.
pub fn wait_for_port(child: &mut Child, port: u16, limit: Duration) -> Result<(), Failure> {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if let Some(status) = child.try_wait()? {
            return Err(format!("the program ended before it listened: {status}").into());
        }
        if start.elapsed() > limit {
            return Err(format!("nothing listens on port {port} after {} s", limit.as_secs()).into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// A shell script that runs when the guard is dropped, or when this process ends in whatever way.
///
/// The shell waits on a pipe whose other end only this process holds: the kernel closes it even after `kill -9`. The
/// shell has a process group of its own, so an interrupt typed at the terminal does not end it before its work.
#[derive(Debug)]
pub struct Guard {
    shell: Child,
}

impl Guard {
    /// Arranges for `script` to be run by `sh` at the end, with `arguments` as `$1`, `$2`…
    ///
    /// # Errors
    /// When `sh` cannot be started.
    pub fn at_end<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(
        script: &str,
        arguments: I,
    ) -> std::io::Result<Self> {
        use std::os::unix::process::CommandExt as _;
        let shell = Command::new("sh")
            .arg("-c")
            .arg(format!("cat >/dev/null\n{script}"))
            .arg("guard")
            .args(arguments)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        Ok(Self { shell })
    }

    /// Gives the script up: what it was for has been done.
    pub fn disarm(mut self) {
        // The shell may have been killed from outside; it is gone either way.
        let _ = self.shell.kill();
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // Nothing can be done here about a script that failed.
        let _ = self.shell.wait();
    }
}

/// The `declic` program: `DECLIC_BIN` when set (as `cargo xtask test` does), else beside the test that runs.
///
/// # Errors
/// When it has not been built.
pub fn declic() -> Result<PathBuf, Failure> {
    if let Some(path) = std::env::var_os("DECLIC_BIN") {
        return Ok(PathBuf::from(path));
    }
    let test = std::env::current_exe()?;
    test.ancestors()
        .skip(1)
        .take(3)
        .map(|folder| folder.join("declic"))
        .find(|candidate| candidate.is_file())
        .ok_or_else(|| {
            "the declic program is not built: run `cargo build -p declic`, or `cargo xtask test`".into()
        })
}

/// A running `declic serve` or `declic demo` on a port of its own; ended when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it answers, without a slash at the end: `http://127.0.0.1:40123`.
    pub url: String,
    /// What it wrote on its standard output until it was ready (the demo prints its accounts there).
    pub greeting: String,
    guard: Option<Guard>,
}

impl Server {
    /// Starts `program` with `arguments` and `--listen 127.0.0.1:PORT`, and waits until `/health/ready` answers 200.
    ///
    /// # Errors
    /// When the program cannot be started, ends, or is not ready within `limit`.
    pub fn start(program: &Path, arguments: &[&str], limit: Duration) -> Result<Self, Failure> {
        Self::start_logging(program, arguments, limit, Stdio::inherit())
    }

    /// The same, with its standard error sent to `log`.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn start_logging(
        program: &Path,
        arguments: &[&str],
        limit: Duration,
        log: impl Into<Stdio>,
    ) -> Result<Self, Failure> {
        Self::launch(free_port()?, program, arguments, limit, log.into())
    }

    /// [`Server::start`] on a port that others had to know before.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn start_on(port: u16, program: &Path, arguments: &[&str], limit: Duration) -> Result<Self, Failure> {
        Self::launch(port, program, arguments, limit, Stdio::inherit())
    }

    fn launch(
        port: u16,
        program: &Path,
        arguments: &[&str],
        limit: Duration,
        log: Stdio,
    ) -> Result<Self, Failure> {
        let url = format!("http://127.0.0.1:{port}");
        let mut child = Command::new(program)
            .args(arguments)
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("{} does not start: {error}", program.display()))?;
        let guard = Guard::at_end("kill -9 \"$1\"", [child.id().to_string()])?;
        let lines = read_lines(&mut child);
        let mut server = Self { child, url, greeting: String::new(), guard: Some(guard) };
        server.wait_until_ready(port, limit)?;
        server.greeting = lines.try_iter().collect::<Vec<_>>().join("\n");
        Ok(server)
    }

    /// The process identifier, to read its memory and its time under `/proc`.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end (SIGTERM) and waits until it has; requests in flight are its own affair.
    ///
    /// # Errors
    /// When it cannot be asked or waited for.
    pub fn stop(self) -> std::io::Result<std::process::ExitStatus> {
        self.ask_to_end()?;
        self.wait()
    }

    /// Asks it to end (SIGTERM), and does not wait.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub fn ask_to_end(&self) -> std::io::Result<()> {
        Command::new("kill").args(["-TERM", &self.pid().to_string()]).status().map(|_| ())
    }

    /// Waits until it has ended.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub fn wait(mut self) -> std::io::Result<std::process::ExitStatus> {
        self.child.wait()
    }

    fn wait_until_ready(&mut self, port: u16, limit: Duration) -> Result<(), Failure> {
        let start = Instant::now();
        while !is_ready(port) {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("declic ended before it was ready: {status}").into());
            }
            if start.elapsed() > limit {
                return Err(format!("declic is not ready after {} s", limit.as_secs()).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // First, so that the guard never kills a stranger who was given the same process number.
        if let Some(guard) = self.guard.take() {
            guard.disarm();
        }
        // It may have ended already; then there is nothing left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Drains the standard output for as long as the program lives: a full pipe would stop it.
fn read_lines(child: &mut Child) -> std::sync::mpsc::Receiver<String> {
    let (send, receive) = std::sync::mpsc::channel();
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody listens after the start; the line is then dropped on purpose.
                let _ = send.send(line);
            }
        });
    }
    receive
}

fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut head = [0_u8; 12];
        stream.read_exact(&mut head)?;
        Ok(head.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_runs_its_script_when_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let guard = Guard::at_end("echo done > \"$1\"", [&mark]).unwrap();
        assert!(!mark.exists());
        drop(guard);
        assert_eq!(std::fs::read_to_string(mark).unwrap(), "done\n");
    }

    #[test]
    fn a_program_that_ends_is_told_apart_from_one_that_is_slow() {
        let failure = Server::start(Path::new("/bin/false"), &[], Duration::from_secs(5)).unwrap_err();
        assert!(failure.to_string().contains("ended before it was ready"), "{failure}");
    }

    #[test]
    fn no_port_is_given_twice() {
        let ports: Vec<u16> = (0..50).map(|_| free_port().unwrap()).collect();
        let mut once = ports.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ports.len(), "{ports:?}");
        assert!(ports.iter().all(|port| PORTS.contains(&u32::from(*port))), "{ports:?}");
    }

    #[test]
    fn a_missing_program_is_not_found() {
        assert_eq!(find("no-such-program-anywhere", &[]), None);
        assert!(find("sh", &[]).is_some());
    }
}
