//! How long, how large, how many. Chosen so that an honest person on a poor line never meets one.

use std::time::Duration;

/// The limits of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// From the first byte of a request to the end of its headers.
    pub head: Duration,
    /// A connection on which nothing is asked. Longer than what proxies keep (60 s for nginx), so that a proxy never
    /// writes on a connection that is being closed.
    pub idle: Duration,
    /// Time given to a body before its pace counts.
    pub body_grace: Duration,
    /// Bytes a second, on average, that a body must bring once the grace is used.
    pub body_pace: u64,
    /// A client that takes nothing of its answer for so long is cut.
    pub stall: Duration,
    /// From the headers to the answer.
    pub answer: Duration,
    /// The same when a file is sent.
    pub answer_file: Duration,
    /// Bytes of the headers.
    pub head_bytes: usize,
    /// Bytes of a body, whatever it is; forms have a lower limit of their own.
    pub body_bytes: u64,
    /// Connections open at the same time; one more is answered 503 and closed.
    pub connections: usize,
    /// When asked to end: how long everything is answered still while `/health/ready` says 503.
    pub drain: Duration,
    /// Then: how long requests under way may take to finish.
    pub finish: Duration,
    /// Free room, in MiB, below which the server says that it is not ready.
    pub least_room_mib: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            body_grace: Duration::from_secs(30),
            body_pace: 4 * 1024,
            stall: Duration::from_mins(1),
            answer: Duration::from_mins(2),
            answer_file: Duration::from_hours(1),
            head_bytes: 32 * 1024,
            body_bytes: (2 << 30) + (1 << 20),
            connections: 1024,
            drain: Duration::from_secs(2),
            finish: Duration::from_secs(20),
            least_room_mib: 64,
        }
    }
}
