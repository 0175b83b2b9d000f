//! What the outside meets: address, TLS, proxies, whom to tell about a weakness.

use std::os::unix::fs::PermissionsExt as _;

use super::Finding;
use crate::config::Config;

pub(super) fn look(config: &Config) -> Vec<Finding> {
    let mut findings = vec![address(config)];
    findings.extend(listening(config));
    if config.proxies.trusts_everybody() {
        findings.push(Finding::Bad(
            "trusted_proxies : tout le monde est cru sur l’adresse d’où il vient, et les limites d’essais ne valent \
             plus rien. N’y mettez que l’adresse de votre mandataire."
                .to_owned(),
        ));
    }
    findings.extend(written_password(config));
    if config.data.is_none() && config.security_contact.is_none() {
        findings.push(Finding::Weak(
            "security_contact n’est pas donné : qui trouve une faille ne sait pas à qui l’écrire. Ajoutez par exemple \
             security_contact = \"mailto:securite@departement.fr\"."
                .to_owned(),
        ));
    }
    findings
}

/// The address people type.
fn address(config: &Config) -> Finding {
    match &config.public_url {
        Some(url) if url.starts_with("https://") => Finding::Good(format!("L’adresse publique est en HTTPS : {url}")),
        Some(url) => Finding::Bad(format!(
            "public_url = « {url} » n’est pas en HTTPS : mots de passe et dossiers passeraient en clair, et les \
             navigateurs ne garderaient pas la session. Mettez un mandataire avec TLS devant, puis https://."
        )),
        None if config.listen.ip().is_loopback() => {
            Finding::Good("Le site n’est ouvert qu’à cette machine.".to_owned())
        }
        None => Finding::Bad(
            "public_url manque alors que le site est ouvert au réseau : donnez l’adresse en https:// que les gens tapent."
                .to_owned(),
        ),
    }
}

/// Open to the network without a proxy that was named.
fn listening(config: &Config) -> Option<Finding> {
    let loopback = config.listen.ip().is_loopback();
    match (loopback, config.proxies.is_empty()) {
        (false, true) => Some(Finding::Bad(format!(
            "listen = « {} » ouvre le serveur au réseau sans TLS. Écoutez sur 127.0.0.1 derrière un mandataire, ou nommez \
             celui qui est devant avec trusted_proxies.",
            config.listen
        ))),
        (true, true) if config.public_url.is_some() => Some(Finding::Weak(
            "trusted_proxies est vide : toutes les connexions paraîtront venir du mandataire, et les limites d’essais \
             seront communes à tous. Ajoutez trusted_proxies = [\"127.0.0.1\"]."
                .to_owned(),
        )),
        _ => None,
    }
}

/// A password in the address of a database, in a file that everybody reads.
fn written_password(config: &Config) -> Option<Finding> {
    let file = config.file.as_deref()?;
    let text = std::fs::read_to_string(file).ok()?;
    let written = text.lines().map(str::trim).filter(|line| !line.starts_with('#')).any(|line| {
        let credentials = line.split_once("://").and_then(|(_, rest)| rest.split_once('@'));
        credentials.is_some_and(|(before, _)| before.contains(':'))
    });
    let open = std::fs::metadata(file).ok()?.permissions().mode() & 0o007 != 0;
    (written && open).then(|| {
        let path = file.display();
        Finding::Bad(format!(
            "La configuration contient un mot de passe et tout le monde peut la lire : chmod 640 {path}"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(changes: &str) -> String {
        let usual = "secret_file = \"/s\"\n[departments.45]\ndatabase = \"sqlite:/d/45.db\"\ndocuments = \"file:/d/45\"\n";
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("declic.toml");
        // Tables of the configuration stand after what belongs to none.
        let text = if changes.starts_with('[') { [usual, changes] } else { [changes, usual] };
        std::fs::write(&file, text.join("\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        format!("{:?}", look(&Config::of_file(&file).unwrap()))
    }

    #[test]
    fn each_weak_exposure_is_told_and_a_sound_one_is_not() {
        let sound = found(
            "public_url = \"https://d.fr\"\ntrusted_proxies = [\"127.0.0.1\"]\nsecurity_contact = \"mailto:a@d.fr\"",
        );
        assert!(!sound.contains("Bad") && !sound.contains("Weak"), "{sound}");
        for (changes, told) in [
            ("public_url = \"http://d.fr\"", "n’est pas en HTTPS"),
            ("listen = \"0.0.0.0:80\"", "public_url manque"),
            ("listen = \"[::]:80\"\npublic_url = \"https://d.fr\"", "sans TLS"),
            ("public_url = \"https://d.fr\"", "trusted_proxies est vide"),
            ("trusted_proxies = [\"0.0.0.0/0\"]", "tout le monde est cru"),
            ("public_url = \"https://d.fr\"", "security_contact"),
            ("[mail]\nsmtp = \"smtps://a:b@mail.fr\"", "chmod 640"),
        ] {
            let found = found(changes);
            assert!(found.contains(told), "{changes}: {found}");
        }
    }
}
