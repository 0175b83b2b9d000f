//! What the tests of every floor share: a PostgreSQL of their own, a browser, a server process, a checker of pages.
//!
//! Never part of the shipped program. `cargo xtask` uses [`pg`], [`process`] and [`browser`] too, so that a test and a
//! command start these programs in one way.
//!
//! ```no_run
//! let schema = testkit::pg::fresh_schema();
//! println!("connect to {} in schema {}", schema.url, schema.name);
//! ```

#[cfg(feature = "floors")]
pub mod agenda;
#[cfg(feature = "authenticator")]
pub mod authenticator;
pub mod browser;
pub mod oidc;
#[cfg(feature = "page")]
pub mod page;
pub mod pg;
pub mod process;
#[cfg(feature = "s3")]
pub mod s3;
#[cfg(feature = "floors")]
pub mod world;
