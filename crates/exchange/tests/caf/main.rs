//! The flux of the CAF and the MSA, from bytes to dossiers.

mod generated;
mod refused;
mod rejected;
mod robust;
mod samples;
mod support;
