//! The secret: there, for its owner alone, and drawn at random.

use std::path::Path;

use store::crypto::Secret;

use super::Finding;
use crate::config::Config;
use crate::secret::{self, Secrets};

/// A secret drawn at random has about 30 different bytes among its 32; fewer than this never happens by chance.
const LEAST_DIFFERENT: usize = 20;

pub(super) fn look(config: &Config, findings: &mut Vec<Finding>) -> Option<Secrets> {
    let files = &config.secret_files;
    if config.data.is_some() && !files.writes.exists() && config.departments.is_empty() {
        findings.push(Finding::Good("Le secret sera créé avec la première base.".to_owned()));
        return None;
    }
    match Secrets::read(files) {
        Err(failure) => {
            findings.push(Finding::Bad(failure.to_string()));
            None
        }
        Ok(secrets) => {
            findings.extend(files.all().map(|path| exposure(path)));
            if secrets.any(is_guessable) {
                findings.push(Finding::Bad(
                    "Le secret n’a pas été tiré au hasard : il peut être deviné. Faites-en un nouveau avec \
                     « head -c 32 /dev/urandom | base64 », mettez-le en tête de secret_file, puis « declic keys rotate »."
                        .to_owned(),
                ));
            }
            Some(secrets)
        }
    }
}

fn exposure(path: &Path) -> Finding {
    let shown = path.display();
    if secret::is_exposed(path).unwrap_or(true) {
        Finding::Bad(format!("Le secret peut être lu par d’autres que son propriétaire : chmod 600 {shown}"))
    } else {
        Finding::Good(format!("Le secret est lisible par son seul propriétaire ({shown})."))
    }
}

/// Typed by somebody, or repeated: not 32 bytes of chance.
fn is_guessable(secret: &Secret) -> bool {
    let mut different = secret.to_vec();
    different.sort_unstable();
    different.dedup();
    // The chance that 32 random bytes are all printable is one in ten million millions.
    different.len() < LEAST_DIFFERENT || secret.iter().all(|byte| (0x20..0x7f).contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_somebody_typed_or_repeated_is_told_from_a_random_one() {
        assert!(is_guessable(b"01234567890123456789012345678901"));
        assert!(is_guessable(b"un mot de passe que j'ai choisi!"));
        assert!(is_guessable(&[0xee; 32]));
        let random: Vec<u8> = (0..32_u8).map(|i| i.wrapping_mul(167).wrapping_add(91) ^ 0xa5).collect();
        let random = Secret::try_from(random).unwrap();
        assert!(!is_guessable(&random));
    }
}
