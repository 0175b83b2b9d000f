//! Mail: configured, and its server answers.

use std::time::Duration;

use app::messages::Post;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Finding;
use super::files::{is_writable, writable};
use crate::config::{Config, Mail};

/// A server of mail that takes longer to accept a connection is away.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let mail = &config.mail;
    let mut findings = Vec::new();
    if let Some(folder) = mail.directory.as_deref() {
        let good = is_writable(folder) || !folder.exists();
        findings.push(writable("courrier : le dossier de dépôt", folder, good));
        if config.data.is_none() && mail.smtp.is_none() {
            findings.push(Finding::Weak(
                "Courrier : les messages restent dans un dossier, personne ne les reçoit. Donnez smtp = \"smtps://…\"."
                    .to_owned(),
            ));
        }
    }
    if let Some(address) = mail.smtp.as_deref() {
        let met = server(address).await;
        let answers = !matches!(met, Finding::Bad(_));
        findings.push(met);
        if answers {
            findings.extend(certificate(mail, address).await);
        }
    }
    if findings.is_empty() {
        findings.push(Finding::Weak(
            "Courrier : aucun envoi n’est configuré ; les liens d’invitation sont à transmettre à la main. Ajoutez [mail] \
             smtp = \"smtps://…\"."
                .to_owned(),
        ));
    }
    findings
}

/// The server answers at its address. Nothing is said to it: no password leaves here.
async fn server(address: &str) -> Finding {
    let Some((host, port)) = host_and_port(address) else {
        return Finding::Bad(
            "Courrier : l’adresse du serveur doit commencer par smtps:// ou smtp://, puis un nom de machine."
                .to_owned(),
        );
    };
    match timeout(PATIENCE, TcpStream::connect((host.as_str(), port))).await {
        Ok(Ok(_)) if address.starts_with("smtp://") && !is_local(&host) => Finding::Weak(format!(
            "Courrier : {host} répond, mais smtp:// n’exige pas le chiffrement. Préférez smtps://."
        )),
        Ok(Ok(_)) => Finding::Good(format!("Courrier : le serveur {host} répond.")),
        _ => Finding::Bad(format!(
            "Courrier : le serveur {host} ne répond pas sur le port {port}. Vérifiez l’adresse et le pare-feu."
        )),
    }
}

/// The certificate of the server, where there is one to look at. It is met without name nor password.
async fn certificate(mail: &Mail, address: &str) -> Option<Finding> {
    if !address.starts_with("smtps://") && !address.contains("tls=required") {
        return None;
    }
    let bad = |why: &dyn std::fmt::Display| Some(Finding::Bad(format!("Courrier : {why}.")));
    let authorities = match mail.authorities() {
        Ok(authorities) => authorities,
        Err(failure) => return bad(&failure),
    };
    match Post::smtp(&without_password(address), authorities.as_deref(), "Déclic <declic@localhost>") {
        Err(why) => bad(&why),
        Ok(post) => match timeout(PATIENCE, post.greet()).await {
            Ok(Ok(())) => Some(Finding::Good("Courrier : le certificat du serveur est accepté.".to_owned())),
            Ok(Err(why)) => bad(&why),
            Err(_) => bad(&"le serveur accepte la connexion, puis se tait"),
        },
    }
}

/// The same address, without who asks.
fn without_password(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or_default();
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (place, after) = rest.split_at(end);
    format!("{scheme}://{}{after}", place.rsplit('@').next().unwrap_or_default())
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Machine and port of `smtps://user:password@host:465`.
fn host_and_port(address: &str) -> Option<(String, u16)> {
    let (scheme, rest) = address.split_once("://")?;
    let usual = match scheme {
        "smtps" => 465,
        "smtp" => 587,
        _ => return None,
    };
    let place = rest.split(['/', '?']).next()?;
    let place = place.rsplit('@').next()?;
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ => (place, usual),
    };
    let host = host.trim_matches(['[', ']']);
    (!host.is_empty()).then(|| (host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_found_in_each_way_to_write_its_address() {
        for (address, host, port) in [
            ("smtps://mail.fr", "mail.fr", 465),
            ("smtp://u:p%40@mail.fr:25/x", "mail.fr", 25),
            ("smtps://[::1]:2465", "::1", 2465),
        ] {
            assert_eq!(host_and_port(address), Some((host.to_owned(), port)));
        }
        assert!(
            ["mail.fr", "http://mail.fr", "smtps://", "smtp://a:x"]
                .iter()
                .all(|bad| host_and_port(bad).is_none())
        );
    }

    #[test]
    fn a_server_is_met_without_a_password() {
        for (address, met) in [
            ("smtps://u:p@mail.fr:465/nom", "smtps://mail.fr:465/nom"),
            ("smtp://u:p%40@mail.fr?tls=required", "smtp://mail.fr?tls=required"),
            ("smtps://mail.fr", "smtps://mail.fr"),
        ] {
            assert_eq!(without_password(address), met);
        }
    }

    #[tokio::test]
    async fn a_server_that_is_away_must_be_mended_and_one_that_answers_is_good() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(matches!(server(&format!("smtp://127.0.0.1:{port}")).await, Finding::Good(_)));
        drop(listener);
        assert!(matches!(server(&format!("smtps://127.0.0.1:{port}")).await, Finding::Bad(_)));
        assert!(matches!(server("mail.example").await, Finding::Bad(_)));
    }
}
