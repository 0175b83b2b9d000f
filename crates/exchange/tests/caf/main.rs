//! The flux of the CAF and the MSA, from bytes to dossiers.

#[cfg(test)]
mod generated;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod rejected;
#[cfg(test)]
mod robust;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod support;
