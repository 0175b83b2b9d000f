//! What people or files write is shown as text: a corpus of hostile texts in every field that is kept, then every page
//! that shows them, in a browser that runs scripts.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use testkit::browser::{Browser, Scripts};

use crate::first::{Stage, demo};
use crate::visitor::{Visitor, done};

const CORPUS: &str = include_str!("../data/xss.txt");

/// The longest name of a territory.
const LONGEST_NAME: usize = 80;

pub fn corpus() -> Vec<&'static str> {
    let all: Vec<_> = CORPUS.lines().collect();
    assert!(all.len() >= 60, "{}", all.len());
    all
}

/// The name of a territory that holds this text; its number makes its code unique.
fn territory(number: usize, text: &str) -> Option<String> {
    let name = format!("{number} {text}");
    (name.chars().count() <= LONGEST_NAME).then_some(name)
}

/// Blanks of any kind are one blank, as names are kept.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A household whose every text is this one.
fn dossier(number: usize, text: &str) -> String {
    let (text, born) = (xml(text), 1950 + number % 50);
    format!(
        "<InfosFoyerRSA><IdentificationRSA><Organisme><FONORG>CAF</FONORG><NUMORG>551</NUMORG><MATRICULE>9{number:06}</MATRICULE>\
</Organisme><Partenaire><TYPEPARTE>CG </TYPEPARTE><IDEPARTE>055</IDEPARTE></Partenaire><DemandeRSA>\
<DTDEMRSA>2020-01-01</DTDEMRSA><NUMDEMRSA>Z{number:09}</NUMDEMRSA></DemandeRSA></IdentificationRSA>\
<Personne><Identification><QUAL>MME</QUAL><NOM>{text}</NOM><NOMNAI>{text}</NOMNAI><PRENOM>{text}</PRENOM><NOMCOMNAI>{text}</NOMCOMNAI>\
<DTNAI>{born}-02-{:02}</DTNAI><SEXE>2</SEXE></Identification><Prestations><NATPREST>RSA</NATPREST><ROLEPERS>DEM</ROLEPERS></Prestations>\
</Personne><DonneesAdministratives><Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse><AdresseDetailleeFrance>\
<NUMVOIE>25</NUMVOIE><LIBTYPEVOIE>{text}</LIBTYPEVOIE><NOMVOIE>{text}</NOMVOIE><COMPLEADR>{text}</COMPLEADR><COMPLIDEADR>{text}</COMPLIDEADR>\
<LIEUDIST>{text}</LIEUDIST><NUMCOM>55545</NUMCOM><CODEPOS>55100</CODEPOS><NOMCOM>{text}</NOMCOM></AdresseDetailleeFrance></Adresse>\
</DonneesAdministratives><PrestationRSA><SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA>\
</SituationDossierRSA></PrestationRSA></InfosFoyerRSA>\n",
        1 + number % 28
    )
}

/// The corpus as a file of the CAF: each text in a household, then in one that is rejected, with what was written kept.
fn flux() -> String {
    let mut file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Racine><IdentificationFlux><APPLIEME>CRI</APPLIEME>\
<NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME><TYPEFLUX>M</TYPEFLUX><NATFLUX>D</NATFLUX><DTCREAFLUX>2024-01-05</DTCREAFLUX>\
<HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX><DTREF>2023-12-31</DTREF></IdentificationFlux>"
        .to_owned();
    for (number, text) in corpus().into_iter().enumerate() {
        file += &dossier(number, text);
    }
    for (number, text) in corpus().into_iter().take(5).enumerate() {
        file +=
            &dossier(900 + number, text).replace("<PRENOM>", "<PRENOMS>").replace("</PRENOM>", "</PRENOMS>");
    }
    file + "<TransmissionFlux><NBTOTDOSRSATRANSM>1</NBTOTDOSRSATRANSM></TransmissionFlux></Racine>\n"
}

/// Somebody signed in with a browser, as a client that sends forms.
pub fn visitor(stage: &Stage, browser: &Browser) -> Visitor {
    Visitor::new(&stage.server, &format!("Cookie: {}\r\n", browser.cookie().unwrap()))
}

pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        write!(out, "%{byte:02X}").unwrap();
        out
    })
}

/// Keeps the corpus wherever a text can be kept; the identifiers of the people who bear it.
fn store(stage: &Stage, data: &str, manager: &Browser) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("zib.xml");
    std::fs::write(&file, flux()).unwrap();
    let file = file.display().to_string();
    let report = done(&["import", "--data", data, "--department", "55", "--json", &file]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["dossiers"]["accepted"], corpus().len());
    assert_eq!(report["dossiers"]["rejected"], 5);
    for (number, name) in corpus().into_iter().enumerate().step_by(6) {
        let email = format!("zib{number}@exemple.fr");
        let words =
            ["user", "add", "--data", data, "--department", "55", "--email", &email, "--role", "operator"];
        done(&[&words[..], &["--name", name]].concat());
    }
    let token = [
        "token",
        "create",
        "--data",
        data,
        "--department",
        "55",
        "--name",
        "<b data-zib>",
        "--scope",
        "write",
    ];
    let bearer = done(&token).lines().last().unwrap().to_owned();
    let mut api = Visitor::new(&stage.server, &format!("Authorization: Bearer {bearer}\r\n"));
    let mut last = String::new();
    for (number, text) in corpus().into_iter().enumerate() {
        let sent = api
            .send(
                "POST",
                &format!("/55/api/v1/imports?file_name={}", encoded(text)),
                "",
                format!("<Racine>{number}"),
            )
            .unwrap();
        assert_eq!(sent.status, 202, "{text}");
        last = sent.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned();
    }
    let begun = Instant::now();
    while !api.get(&last).body.contains("\"failed\"") {
        assert!(begun.elapsed() < Duration::from_mins(2), "the last file is never read");
        std::thread::sleep(Duration::from_millis(200));
    }
    write_by_hand(&mut visitor(stage, manager));
    let listed: serde_json::Value =
        serde_json::from_str(&api.get("/55/api/v1/people?limit=200").body).unwrap();
    let people = listed["items"].as_array().unwrap().iter();
    people
        .filter(|person| person["last_name"].as_str().unwrap().to_lowercase().contains("zib"))
        .map(|person| person["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Reasons and names of territories, as a manager writes them in forms.
fn write_by_hand(manager: &mut Visitor) {
    for (number, text) in corpus().into_iter().enumerate() {
        let csrf = manager.get("/55/motif").csrf();
        let sent =
            manager.post("/55/motif", &format!("csrf={csrf}&reason={}", encoded(&format!("motif {text}"))));
        assert_eq!(sent.status, 303, "{text}: {}", sent.body);
        if let Some(name) = territory(number, text) {
            let sent =
                manager.post("/55/reglages/territoires", &format!("csrf={csrf}&name={}", encoded(&name)));
            assert_eq!(sent.status, 303, "{text}: {}", sent.body);
        }
    }
}

/// Opens a page: nothing runs, nothing is refused by the policy, nothing of a text became an element; its text is given.
pub fn harmless(stage: &Stage, browser: &Browser, path: &str) -> String {
    let address =
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", stage.server.url) };
    browser.goto(&address).unwrap();
    let seen = browser
        .execute(
            "return [String(window.zibeline), [...document.querySelectorAll('*')].filter(e => e.dataset.zib !== undefined \
             || e.localName === 'script' && !e.src.startsWith(location.origin) || e.localName === 'zib' \
             || [...e.attributes].some(a => a.name.startsWith('on') || ['href', 'src', 'action', 'formaction', 'xlink:href', 'srcdoc', 'data'].includes(a.name) && /^\\s*(javascript|data):/i.test(a.value)))\
             .map(e => e.outerHTML.slice(0, 120)), document.body.textContent + [...document.querySelectorAll('input,textarea')]\
             .map(e => e.value).join(' ')]",
        )
        .unwrap();
    assert_eq!(seen[0], "undefined", "a script ran on {address}");
    assert_eq!(seen[1], serde_json::json!([]), "{address}");
    let refused: Vec<_> = browser
        .console()
        .unwrap()
        .into_iter()
        .filter(|line| line.contains("Content Security Policy"))
        .collect();
    assert_eq!(refused, Vec::<String>::new(), "{address}");
    seen[2].as_str().unwrap().to_owned()
}

/// Every page of a list, following « suite », and what they say.
pub fn whole_list(stage: &Stage, browser: &Browser, path: &str) -> String {
    let (mut said, mut next) = (String::new(), Some(path.to_owned()));
    while let Some(path) = next {
        said += &harmless(stage, browser, &path);
        next = browser.addresses("a[rel=next]").unwrap().pop();
    }
    said
}

pub fn says_all(said: &str, what: &str, kept: impl Fn(&str) -> String) {
    let said = plain(said);
    for text in corpus() {
        let kept = plain(&kept(text));
        assert!(said.contains(&kept), "{what} does not show {kept}");
    }
}

#[test]
fn what_was_stored_is_shown_as_text_everywhere() {
    let stage = demo();
    let data = stage.data();
    let manager = Browser::start(Scripts::On).unwrap();
    stage.enter(&manager, "55", "manager");
    let people = store(&stage, &data, &manager);
    assert!(people.len() >= 60, "{}", people.len());

    let names = harmless(&stage, &manager, "/55/reglages/territoires");
    let names = plain(&names);
    for (number, text) in corpus().into_iter().enumerate() {
        let name = territory(number, text).map(|name| plain(&name)).unwrap_or_default();
        assert!(names.contains(&name), "the territories do not show {name}");
    }
    for one in manager.addresses("a[href*='/reglages/territoires/']").unwrap().into_iter().step_by(8) {
        harmless(&stage, &manager, &one);
    }

    let lead = Browser::start(Scripts::On).unwrap();
    stage.enter(&lead, "55", "team_lead");
    // The name of a file is the last part of what was sent.
    let last = |text: &str| text.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    says_all(&whole_list(&stage, &lead, "/55/fichiers"), "the list of files", last);
    for file in lead.addresses("table tbody a[href*='/fichiers/']").unwrap().iter().take(6) {
        harmless(&stage, &lead, file);
    }
    for text in corpus() {
        harmless(&stage, &lead, &format!("/55/recherche?q={}", encoded(text)));
        harmless(&stage, &lead, &format!("/55/personnes?commune={0}&territoire={0}&tri={0}", encoded(text)));
    }
    for path in ["/55/personnes", "/55/orientation", "/55/rapprochements"] {
        whole_list(&stage, &lead, path);
    }
    for person in &people {
        let said = harmless(&stage, &lead, &format!("/55/personnes/{person}"));
        assert!(said.to_lowercase().contains("zib"), "{person} does not show the text");
        for tab in ["droit", "consultations", "contacts"] {
            harmless(&stage, &lead, &format!("/55/personnes/{person}/{tab}"));
        }
    }

    let dpo = Browser::start(Scripts::On).unwrap();
    stage.enter(&dpo, "55", "dpo");
    let journal = whole_list(&stage, &dpo, "/55/journal");
    says_all(&journal, "the journal", |text| format!("motif {text}"));
    let nobody = Browser::start(Scripts::On).unwrap();
    for text in corpus() {
        harmless(&stage, &nobody, &format!("/55/connexion?suite={}", encoded(text)));
        harmless(&stage, &nobody, &format!("/55/{}", encoded(text)));
    }
}
