//! The outer wall: what the server accepts from anybody before it knows who they are.
//!
//! | Module | Question it answers |
//! |---|---|
//! | [`limits`] | how long, how large, how many? |
//! | [`listen`] | connections: who is accepted, who is cut, how does it end? |
//! | [`pace`] | does this client read and write at the pace of somebody honest? |
//! | [`proxy`] | from which address does the request come? |
//! | [`wall`] | headers, request id, log line and error page of every answer |
//! | [`contact`] | whom to tell about a weakness (`security.txt`) |

pub mod contact;
pub mod limits;
pub mod listen;
pub mod pace;
pub mod proxy;
pub mod wall;

use std::sync::atomic::{AtomicBool, Ordering};

pub use limits::Limits;
pub use proxy::Proxies;

/// How the server meets the outside; what `declic.toml` says of it.
#[derive(Debug, Default)]
pub struct Outer {
    /// The address people type, without a slash at the end, when it is known.
    pub public_url: Option<String>,
    /// Who may say for whom they ask.
    pub proxies: Proxies,
    /// Whom to tell about a weakness: `mailto:…` or `https://…`.
    pub security_contact: Option<String>,
    /// How long, how large, how many.
    pub limits: Limits,
    /// Whether the server was asked to end.
    pub draining: Draining,
}

/// The server was asked to end; only the server itself sets it.
#[derive(Debug, Default)]
pub struct Draining(AtomicBool);

impl Outer {
    /// What is served is reached over TLS only.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The server was asked to end: it answers still, and says that it is not ready.
    pub fn is_draining(&self) -> bool {
        self.draining.0.load(Ordering::SeqCst)
    }

    fn drain(&self) {
        self.draining.0.store(true, Ordering::SeqCst);
    }
}
