//! Reads a flux of the CAF (`CRI`) or the MSA (`AGO`): VRSB0801, VIRS0901 and VRSF0501 (`research/caf_flux.md` §§ 1–5, 9).
//!
//! ```text
//! bytes ─▶ source (decoding, bounded window) ─▶ token (prolog, header, trailer)
//!                                            └▶ scan (one dossier = one slice) ─▶ dossier (draft) ─▶ check ─▶ Item
//! ```
//!
//! Memory does not depend on the size of the file. What is wrong with the file as a whole is a [`Refusal`]; what is
//! wrong with one dossier rejects that dossier alone, and the reader goes on with the next one.

mod block;
mod check;
mod dossier;
mod draft;
mod flux;
mod header;
mod pull;
mod refusal;
mod scan;
mod source;
mod token;
mod value;

pub use flux::{Expect, Flux, Trailer, bench_parse};
pub use refusal::Refusal;

/// Nesting allowed, `Racine` counted.
const MAX_DEPTH: usize = 64;
/// Text allowed in one element, in bytes once decoded.
const MAX_TEXT: usize = 1 << 20;
/// Size allowed for one dossier, in bytes once decoded: several hundred times a real one.
const MAX_DOSSIER: usize = 2 << 20;
/// What is kept of a rejected dossier.
const MAX_RAW: usize = 64 << 10;
