//! The certificate of a mail server: who vouches for it, and what to say when nobody does.

use std::error::Error as _;

use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use rustls::CertificateError;

/// How to speak to the server of this address, when these authorities (PEM) vouch for it.
///
/// # Errors
/// When they cannot be read, or when the address asks for no encryption.
pub(super) fn with(address: &str, authorities: &[u8]) -> Result<Tls, String> {
    let unreadable = "ca_file : ce n’est pas un certificat au format PEM (« -----BEGIN CERTIFICATE----- »)";
    if !authorities.windows(10).any(|bytes| bytes == b"-----BEGIN") {
        return Err(unreadable.to_owned());
    }
    let certificate = Certificate::from_pem(authorities).map_err(|_| unreadable.to_owned())?;
    let (scheme, rest) = address.split_once("://").unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let parameters = TlsParameters::builder(host(place).to_owned()).add_root_certificate(certificate).build();
    let parameters = parameters.map_err(|error| format!("ca_file : {error}"))?;
    match scheme {
        "smtps" => Ok(Tls::Wrapper(parameters)),
        _ if query == "tls=required" => Ok(Tls::Required(parameters)),
        _ => Err("ca_file ne sert qu’avec smtps://… ou smtp://…?tls=required".to_owned()),
    }
}

/// The machine of `user:password@machine:port/name`.
fn host(place: &str) -> &str {
    let place = place.split('/').next().unwrap_or_default();
    let place = place.rsplit('@').next().unwrap_or_default();
    match place.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    }
}

/// What is wrong with the certificate, when that is what stopped.
pub(super) fn refused(error: &lettre::transport::smtp::Error) -> Option<String> {
    let mut source = error.source();
    while let Some(inner) = source {
        let told = inner.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(rustls::Error::InvalidCertificate(why)) = told.and_then(|e| e.downcast_ref()) {
            return Some(format!("le certificat du serveur de courrier n’est pas accepté : {}", words(why)));
        }
        source = inner.source();
    }
    None
}

fn words(why: &CertificateError) -> String {
    match why {
        CertificateError::UnknownIssuer => {
            "aucune autorité connue de cette machine ne le garantit ; si c’est la vôtre, donnez-la dans [mail] ca_file"
                .to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "il a expiré".to_owned(),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "il est au nom d’une autre machine que celle de l’adresse".to_owned()
        }
        other => format!("{other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_of_an_address_is_found_and_bad_authorities_are_told() {
        for (place, machine) in
            [("mail.fr", "mail.fr"), ("u:p%40@mail.fr:465/nom", "mail.fr"), ("[::1]:465", "::1")]
        {
            assert_eq!(host(place), machine);
        }
        assert!(with("smtps://mail.fr", b"rien").unwrap_err().contains("PEM"));
        assert!(with("smtps://mail.fr", b"-----BEGIN CERTIFICATE-----\nAAAA\n").is_err());
    }
}
