//! What a process has used, read under `/proc`: memory, time of the processors, wall-clock time.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::shell::Outcome;

/// What a program used from its start to its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Use {
    /// Time that passed.
    pub wall: Duration,
    /// User and system time of the process, in milliseconds; to the nearest 10 ms.
    pub cpu_ms: u64,
    /// The most memory it held, in KiB.
    pub peak_kib: u64,
}

/// User and system time of a process so far, in milliseconds; `None` when it has ended.
pub fn cpu_ms(pid: u32) -> Option<u64> {
    let [own, _] = times_ms(pid)?;
    Some(own)
}

/// User and system time of a process, then that of its children that have ended, in milliseconds.
fn times_ms(pid: u32) -> Option<[u64; 2]> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program, in brackets, may hold spaces: fields are counted after it.
    let mut fields =
        stat.rsplit_once(')')?.1.split_whitespace().skip(11).map_while(|f| f.parse::<u64>().ok());
    // Linux counts 100 ticks a second for every program, whatever the kernel does.
    let mut pair = || Some((fields.next()? + fields.next()?) * 10);
    Some([pair()?, pair()?])
}

/// A memory figure of a process in KiB: `VmRSS` is now, `VmHWM` is the most it ever was.
pub fn memory_kib(pid: u32, field: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// User and system time of a process and of all it started, straight or not, ended or not, in milliseconds: a database
/// server works through its children, one for each connection.
pub fn family_cpu_ms(pid: u32) -> u64 {
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|child| Some((child, parent(child)?)))
        .collect();
    let mut family = vec![pid];
    let mut next = 0;
    while let Some(of) = family.get(next).copied() {
        family.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(child, _)| child));
        next += 1;
    }
    family.into_iter().filter_map(times_ms).flatten().sum()
}

fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// Runs a program to its end and tells what it used.
///
/// # Errors
/// When it cannot be started or fails.
pub fn run(command: &mut Command) -> Outcome<Use> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let mut used = Use::default();
    loop {
        // The last reading before the end is at most one pause old: 5 ms.
        used.cpu_ms = cpu_ms(child.id()).unwrap_or(used.cpu_ms).max(used.cpu_ms);
        used.peak_kib = memory_kib(child.id(), "VmHWM").unwrap_or(used.peak_kib).max(used.peak_kib);
        if let Some(status) = child.try_wait()? {
            used.wall = start.elapsed();
            return if status.success() {
                Ok(used)
            } else {
                Err(format!("the measured program failed ({status})").into())
            };
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_works_uses_time_and_memory() {
        let used = run(Command::new("sh").args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]))
            .unwrap();
        assert!(used.peak_kib > 100 && used.cpu_ms > 0, "{used:?}");
        assert!(run(&mut Command::new("false")).is_err());
    }

    #[test]
    fn a_family_holds_the_children() {
        let mut child = Command::new("sleep").arg("5").spawn().unwrap();
        assert_eq!(parent(child.id()), Some(std::process::id()));
        assert!(family_cpu_ms(std::process::id()) >= cpu_ms(std::process::id()).unwrap());
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn a_family_remembers_the_children_that_ended() {
        let before = family_cpu_ms(std::process::id());
        let work = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
        Command::new("sh").args(["-c", work]).status().unwrap();
        assert!(family_cpu_ms(std::process::id()) >= before + 10);
    }
}
