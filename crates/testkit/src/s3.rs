//! A real S3 server (`s3s` on a folder), on 127.0.0.1, ended when dropped; it can be told to die in the middle.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll};

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::Notify;

/// The name of the key that opens it.
pub const KEY_ID: &str = "an-invented-key";
/// The key.
pub const KEY: &str = "an-invented-secret-of-the-tests";
/// Its one bucket.
pub const BUCKET: &str = "declic";

/// The server.
#[derive(Debug)]
pub struct S3 {
    root: tempfile::TempDir,
    address: SocketAddr,
    life: Arc<Life>,
    runtime: Option<Runtime>,
}

/// How many bytes it will still receive before it dies.
#[derive(Debug)]
struct Life {
    left: AtomicI64,
    over: Notify,
}

impl Life {
    fn long() -> Arc<Self> {
        Arc::new(Self { left: AtomicI64::new(i64::MAX), over: Notify::new() })
    }
}

impl S3 {
    /// Starts a server with an empty bucket.
    pub fn start() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(root.path().join(BUCKET)).expect("a bucket");
        let address = (Ipv4Addr::LOCALHOST, 0).into();
        let mut server = Self { root, address, life: Life::long(), runtime: None };
        server.wake();
        server
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The folder of the bucket: one file an object.
    pub fn folder(&self) -> PathBuf {
        self.root.path().join(BUCKET)
    }

    /// The folder of everything it wrote, halves of uploads included.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// Dies at once.
    pub fn kill(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Dies once it has received that many more bytes.
    pub fn die_after(&self, bytes: i64) {
        self.life.left.store(bytes, Ordering::SeqCst);
    }

    /// Comes back, at the same address, with what it had written.
    pub fn wake(&mut self) {
        self.kill();
        self.life = Life::long();
        let runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = { runtime }.worker_threads(1).enable_all().build().expect("a runtime");
        let files = s3s_fs::FileSystem::new(self.root.path()).expect("a folder");
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(KEY_ID, KEY));
        // Binding outside of the runtime: this may be called from within another.
        let listener = std::net::TcpListener::bind(self.address).expect("a port");
        listener.set_nonblocking(true).expect("a port");
        self.address = listener.local_addr().expect("a port");
        let serving = serve(listener, service.build(), Arc::clone(&self.life));
        runtime.spawn(serving);
        self.runtime = Some(runtime);
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn serve(listener: std::net::TcpListener, service: S3Service, life: Arc<Life>) {
    let listener = TcpListener::from_std(listener).expect("a port");
    loop {
        let socket = tokio::select! {
            accepted = listener.accept() => accepted.expect("a connection").0,
            () = life.over.notified() => return,
        };
        let (socket, service) = (Mortal { socket, life: Arc::clone(&life) }, service.clone());
        tokio::spawn(async move {
            // A client that goes away is no fault of the server's.
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
        });
    }
}

/// A connection that ends with its server.
struct Mortal {
    socket: TcpStream,
    life: Arc<Life>,
}

impl AsyncRead for Mortal {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.socket).poll_read(cx, buf);
        let read = i64::try_from(buf.filled().len() - before).unwrap_or(i64::MAX);
        if self.life.left.fetch_sub(read, Ordering::SeqCst) < read {
            self.life.over.notify_one();
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        polled
    }
}

impl AsyncWrite for Mortal {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.life.left.load(Ordering::SeqCst) < 0 {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.socket).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}
