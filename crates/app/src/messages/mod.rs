//! Letters: what they say, the queue they wait in, and how they leave.
//!
//! ```text
//! use case ── queue, in its own transaction ──▶ outbox ── send_due, a job ──▶ Post: an SMTP server, or a folder
//! ```

pub mod letters;
mod outbox;
mod post;
mod tls;

pub use letters::Letter;
pub use outbox::{Kind, queue, queue_asked, send_due};
pub use post::{Post, PostError};
