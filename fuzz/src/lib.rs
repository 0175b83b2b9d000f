//! What the fuzzer calls: each function takes any bytes and must come back. A panic is a crash, and so is a broken
//! promise that an `assert!` states.

use chrono::NaiveDate;
use domain::people::contact::{Email, Phone};
use domain::people::name;
use domain::people::nir::Nir;
use exchange::caf::{Expect, Flux};
use exchange::spreadsheet::{self, Profile, Sheet};

#[cfg(feature = "web")]
pub mod web_side;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).expect("a date")
}

fn read_flux(bytes: &[u8]) {
    let expect = Expect { department: "45".to_owned(), today: today() };
    let Ok(mut flux) = Flux::open(bytes, expect) else { return };
    let mut items = 0_u64;
    while let Ok(Some(_)) = flux.next() {
        items += 1;
    }
    assert!(items <= bytes.len() as u64, "more dossiers than bytes");
    assert!(flux.bytes_read() <= bytes.len() as u64);
}

/// A whole file of the CAF, from its first byte.
pub fn caf_flux(bytes: &[u8]) {
    read_flux(bytes);
}

/// What stands between a good header and a good end: the fuzzer works on dossiers only.
pub fn caf_dossier(bytes: &[u8]) {
    const BEFORE: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Racine><IdentificationFlux><APPLIEME>CRI</APPLIEME>\
<NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME><TYPEFLUX>M</TYPEFLUX><NATFLUX>D</NATFLUX><DTCREAFLUX>2026-11-05</DTCREAFLUX>\
<HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX><DTREF>2026-10-31</DTREF></IdentificationFlux>";
    const AFTER: &[u8] = b"<TransmissionFlux><NBTOTDOSRSATRANSM>3</NBTOTDOSRSATRANSM></TransmissionFlux></Racine>";
    read_flux(&[BEFORE, bytes, AFTER].concat());
}

fn read_sheet(bytes: &[u8], name: &str) {
    let Ok(sheet) = Sheet::open(bytes, name) else { return };
    let proposals = spreadsheet::propose(sheet.headers(), sheet.rows());
    assert!(proposals.len() <= sheet.headers().len());
    let known = spreadsheet::matching_profile(sheet.headers());
    for profile in known.into_iter().chain(spreadsheet::builtin_profiles()) {
        read_rows(&sheet, &profile);
    }
}

fn read_rows(sheet: &Sheet, profile: &Profile) {
    let Ok(columns) = profile.bind(sheet.headers()) else { return };
    for row in sheet.rows().iter().take(50) {
        if let Ok(row) = columns.read(row, today()) {
            let _ = row.best_phone();
        }
    }
}

/// libFuzzer ends at the first panic. Those of calamine on a damaged workbook are expected, and caught by the reader: they
/// are told in a line, and only one that nobody catches ends the run.
fn let_caught_panics_be() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))));
}

/// A spreadsheet; its first byte chooses how the file is called.
pub fn spreadsheet(bytes: &[u8]) {
    let_caught_panics_be();
    let Some((first, bytes)) = bytes.split_first() else { return };
    let names = ["f.xlsx", "f.ods", "f.xls", "f.csv", "f"];
    read_sheet(bytes, names[usize::from(*first) % names.len()]);
}

/// A CSV of any encoding and separator.
pub fn csv_text(bytes: &[u8]) {
    read_sheet(bytes, "f.csv");
}

/// A day as people type it in a table, in each column that holds one.
pub fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).replace(['"', '\n', '\r'], " ");
    let file = format!(
        "nom;prénom;date de naissance;civilité;téléphone;e-mail\nMartin;Léa;\"{text}\";Mme;0639980001;lea@courriel.example\n"
    );
    // Bytes that no text holds make it another kind of file.
    let Ok(sheet) = Sheet::open(file.as_bytes(), "f.csv") else { return };
    let columns = sheet.headers().iter().zip(spreadsheet::propose(sheet.headers(), sheet.rows()));
    let columns = columns
        .map(|(header, found)| spreadsheet::Column { header: header.clone(), field: found.field, optional: false })
        .collect();
    let profile = Profile { name: "essai".to_owned(), columns };
    let Ok(columns) = profile.bind(sheet.headers()) else { return };
    if let Some(Ok(row)) = sheet.rows().first().map(|row| columns.read(row, today()))
        && let Some(born) = row.birth_date
    {
        let age = domain::time::age(born, today());
        assert!(age < 200, "{born} is read in « {text} »");
        let _ = domain::time::in_words(born);
    }
    if let Ok(date) = text.parse::<NaiveDate>() {
        let _ = (domain::time::plus_days(date, 42), domain::time::plus_months(date, 12));
        let _ = domain::time::in_words(date);
    }
}

/// What identifies or reaches a person: NIR, phone, e-mail, names.
pub fn nir(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(nir) = Nir::parse(&text) {
        let whole = format!("{}{:02}", nir.reveal(), nir.key());
        assert_eq!(Nir::parse(&whole).expect("its own key"), nir);
        assert!(!nir.masked().contains(&nir.reveal()[3..]));
    }
    if let Some(phone) = Phone::parse(&text) {
        assert_eq!(Phone::parse(phone.e164()).expect("its own form"), phone);
    }
    if let Some(email) = Email::parse(&text) {
        assert_eq!(Email::parse(email.as_str()).expect("its own form"), email);
    }
    let normal = name::normalise(&text);
    assert_eq!(name::normalise(&normal), normal, "normalising twice changes nothing");
    let _ = (name::display(&text), name::sound_key(&text));
    let alike = name::similarity(&normal, &name::normalise("Barrancourt"));
    assert!((0.0..=1.0).contains(&alike));
}

/// A mapping sent as JSON, and a table it is tried on.
pub fn profile(bytes: &[u8]) {
    let Ok(profile) = serde_json::from_slice::<Profile>(bytes) else { return };
    let titles: Vec<_> = profile.columns.iter().map(|column| column.header.replace(['"', ';'], " ")).collect();
    let values: Vec<_> = titles.iter().map(|title| title.chars().rev().collect::<String>()).collect();
    let file = format!("{}\n{}\n", titles.join(";"), values.join(";"));
    if let Ok(sheet) = Sheet::open(file.as_bytes(), "f.csv") {
        read_rows(&sheet, &profile);
    }
    let written = serde_json::to_vec(&profile).expect("a mapping");
    assert_eq!(serde_json::from_slice::<Profile>(&written).expect("our own words"), profile);
}
