//! Connections: accepted up to a number, watched for their pace, and ended in two phases.
//!
//! ```text
//! serving ──(asked to end)──▶ draining: all is answered, ready says 503 ──(delay)──▶ finishing: nothing new, requests
//!                                                                       under way finish ──(limit)──▶ cut
//! ```
//!
//! A second request to end goes to the end at once.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

use super::pace::{Pulse, Watched};
use super::{Limits, Outer};

/// After a failure to accept (no file descriptor left), wait before the next try.
const BREATH: Duration = Duration::from_millis(100);

/// What one connection too many is told.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// Serves `router` until `end`, drains, finishes what is under way, and cuts the rest; `hurry` cuts at once.
///
/// # Errors
/// Never once it listens; the type is that of servers.
pub async fn run(
    router: Router,
    listener: TcpListener,
    outer: Arc<Outer>,
    end: impl Future<Output = ()> + Send,
    hurry: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let Limits { drain, finish, .. } = outer.limits.clone();
    let mut open = Open { router, outer, tasks: JoinSet::new(), closing: watch::channel(false).0 };
    tokio::pin!(end, hurry);
    tokio::select! {
        () = open.accept(&listener) => {}
        () = &mut end => {}
    }
    open.outer.drain();
    tracing::info!("asked to end: draining");
    tokio::select! {
        () = open.accept(&listener) => {}
        () = sleep(drain) => {}
        () = &mut hurry => return open.cut().await,
    }
    drop(listener);
    open.closing.send_replace(true);
    tokio::select! {
        () = async { while open.tasks.join_next().await.is_some() {} } => {}
        () = sleep(finish) => {}
        () = &mut hurry => {}
    }
    open.cut().await
}

/// The connections open now.
struct Open {
    router: Router,
    outer: Arc<Outer>,
    tasks: JoinSet<()>,
    closing: watch::Sender<bool>,
}

impl Open {
    /// Accepts for ever.
    async fn accept(&mut self, listener: &TcpListener) {
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                Some(_) = self.tasks.join_next() => continue,
            };
            match accepted {
                Ok((stream, peer)) => self.welcome(stream, peer),
                Err(error) => {
                    tracing::warn!(accept.error = %error, "a connection was not accepted");
                    sleep(BREATH).await;
                }
            }
        }
    }

    fn welcome(&mut self, stream: TcpStream, peer: SocketAddr) {
        let limits = &self.outer.limits;
        if self.tasks.len() >= limits.connections {
            tracing::warn!(connections = self.tasks.len(), "one connection too many");
            // Beside the others, and never for long: it is one small packet.
            tokio::spawn(timeout(limits.head, turn_away(stream)));
            return;
        }
        let closing = self.closing.subscribe();
        self.tasks.spawn(talk(stream, peer, self.router.clone(), Arc::clone(&self.outer), closing));
    }

    async fn cut(mut self) -> io::Result<()> {
        if !self.tasks.is_empty() {
            tracing::warn!(connections = self.tasks.len(), "connections are cut");
        }
        self.tasks.shutdown().await;
        Ok(())
    }
}

async fn turn_away(mut stream: TcpStream) {
    // Whoever left before does not hear it. What they asked is read first: closing on it would take the answer back.
    let _ = stream.read(&mut [0; 1024]).await;
    let _ = stream.write_all(FULL).await;
    let _ = stream.shutdown().await;
}

/// One connection, from its first byte to its last.
async fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    outer: Arc<Outer>,
    mut closing: watch::Receiver<bool>,
) {
    // Without it answers are a little later, never wrong.
    let _ = stream.set_nodelay(true);
    let pulse = Arc::new(Pulse::default());
    let watched = TokioIo::new(Watched::new(stream, Arc::clone(&pulse), &outer.limits));
    let service = service_fn(move |request: Request<Incoming>| {
        pulse.begin();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let (router, pulse) = (router.clone(), Arc::clone(&pulse));
        async move {
            let response = router.oneshot(request).await;
            pulse.answer();
            response
        }
    });
    let connection = builder(&outer.limits).serve_connection(watched, service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = told(&mut closing) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // Clients leave and time out all day long; the sentence of hyper holds nothing they sent.
        tracing::debug!(connection.error = %error, "a connection ended");
    }
}

/// Returns once the server is ending.
async fn told(closing: &mut watch::Receiver<bool>) {
    // A server that is gone ends its connections too.
    let _ = closing.wait_for(|closing| *closing).await;
}

fn builder(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle)
        .max_header_size(limits.head_bytes)
        .max_buf_size(limits.head_bytes.max(64 * 1024));
    builder
}
