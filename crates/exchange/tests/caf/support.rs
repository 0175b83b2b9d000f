//! A small valid flux to be broken in every way, and the reading of a whole file.

use domain::intake::flux::{Dossier, Item, Reject};
use exchange::caf::{Expect, Flux, Refusal, Trailer};

/// The département of the file is 045 and the day is 26 November 2026.
pub fn expect() -> Expect {
    Expect { department: "45".to_owned(), today: "2026-11-26".parse().unwrap() }
}

/// What a whole file holds.
#[derive(Debug)]
pub struct Content {
    pub items: Vec<Item>,
    pub trailer: Option<Trailer>,
}

impl Content {
    pub fn accepted(&self) -> Vec<&Dossier> {
        self.items.iter().filter_map(|i| if let Item::Accepted(d) = i { Some(&**d) } else { None }).collect()
    }

    pub fn rejected(&self) -> Vec<&Reject> {
        self.items.iter().filter_map(|i| if let Item::Rejected(r) = i { Some(&**r) } else { None }).collect()
    }
}

/// Reads a file to its end.
pub fn read(bytes: impl AsRef<[u8]>) -> Result<Content, Refusal> {
    let mut flux = Flux::open(bytes.as_ref(), expect())?;
    let mut items = Vec::new();
    while let Some(item) = flux.next()? {
        items.push(item);
    }
    Ok(Content { items, trailer: flux.trailer() })
}

pub const HEADER: &str = "<IdentificationFlux><APPLIEME>CRI</APPLIEME><NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME>\
<TYPEFLUX>M</TYPEFLUX><NATFLUX>D</NATFLUX><DTCREAFLUX>2026-11-05</DTCREAFLUX><HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX>\
<DTREF>2026-10-31</DTREF></IdentificationFlux>";

pub const TRAILER: &str = "<TransmissionFlux><NBTOTDOSRSATRANSM>3</NBTOTDOSRSATRANSM>\
<NBTOTDOSRSATRANSMANO>0</NBTOTDOSRSATRANSMANO></TransmissionFlux>";

/// One person with a role for the RSA benefit.
pub fn person(role: &str) -> String {
    format!(
        "<Personne><Identification><QUAL>MME</QUAL><NOM>MARTIN</NOM><NOMNAI>DURAND</NOMNAI><PRENOM>LEA</PRENOM>\
<NOMCOMNAI>ORLEANS</NOMCOMNAI><DTNAI>1982-02-01</DTNAI><NIR>2820251108030</NIR><SEXE>2</SEXE></Identification>\
<Prestations><NATPREST>PFA</NATPREST><ROLEPERS>RDO</ROLEPERS></Prestations>\
<Prestations><NATPREST>RSA</NATPREST><ROLEPERS>{role}</ROLEPERS></Prestations></Personne>"
    )
}

/// A dossier of this number, with a claimant.
pub fn dossier(number: u32) -> String {
    format!(
        "<InfosFoyerRSA><IdentificationRSA><Organisme><FONORG>CAF</FONORG><NUMORG>451</NUMORG><MATRICULE>{number}</MATRICULE>\
</Organisme><Partenaire><TYPEPARTE>CG </TYPEPARTE><IDEPARTE>045</IDEPARTE></Partenaire><DemandeRSA>\
<DTDEMRSA>2020-01-01</DTDEMRSA><NUMDEMRSA>N{number}</NUMDEMRSA></DemandeRSA></IdentificationRSA>{}\
<DonneesAdministratives><Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse><AdresseDetailleeFrance>\
<NUMVOIE>25</NUMVOIE><LIBTYPEVOIE>RUE</LIBTYPEVOIE><NOMVOIE>PASTEUR</NOMVOIE><NUMCOM>45234</NUMCOM>\
<CODEPOS>45000</CODEPOS><NOMCOM>ORLEANS</NOMCOM></AdresseDetailleeFrance></Adresse></DonneesAdministratives>\
<PrestationRSA><SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA></SituationDossierRSA>\
</PrestationRSA></InfosFoyerRSA>\n",
        person("DEM")
    )
}

/// A file around these dossiers.
pub fn file(dossiers: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Racine>{HEADER}\n{dossiers}{TRAILER}</Racine>\n")
}

/// Three dossiers; the second one with `from` replaced by `to`.
pub fn second_with(from: &str, to: &str) -> String {
    let broken = dossier(2).replacen(from, to, 1);
    assert_ne!(broken, dossier(2), "{from} is not in the dossier");
    file(&format!("{}{broken}{}", dossier(1), dossier(3)))
}
