//! Pages and API of Déclic: which URL, which page.
//!
//! [`routes::all`] is the whole map. Every route declares who may take it; [`door`] asks in this order: session or
//! token, permission, form token and origin; only then are path and body read.

pub mod api;
pub mod assets;
pub mod door;
pub mod form;
pub mod format;
pub mod i18n;
pub mod outer;
pub mod pages;
pub mod respond;
mod resume;
pub mod routes;
pub mod server;
pub mod site;
pub mod view;

pub use outer::Outer;
pub use routes::{RouteInfo, routes_table};
pub use server::{router, serve};
pub use site::Site;

/// The description of the API, OpenAPI 3.1, as JSON.
pub fn openapi() -> String {
    api::openapi::json()
}
