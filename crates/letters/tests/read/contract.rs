//! A contract, as the programs of poppler read it.

use letters::{Contract, contract};

use super::pdf::Pdf;

fn model() -> Contract {
    Contract {
        department: "Meuse".to_owned(),
        title: "Contrat d’engagement".to_owned(),
        person: "Odile Barrancourt".to_owned(),
        made_on: "2027-02-09".parse().unwrap(),
        reference: "Contrat 7f3a, version 1".to_owned(),
        lead: "Ce contrat dit ce que chacun fait.".to_owned(),
        facts: vec![("Durée".to_owned(), "du 9 février 2027 au 8 août 2027".to_owned())],
        sections: vec![
            ("Ce que vous faites".to_owned(), vec!["Venir aux rendez-vous. #sort [x] *y*".to_owned()]),
            ("Ce que nous faisons".to_owned(), (1..=40).map(|n| format!("Action {n} du service")).collect()),
        ],
        signatures_title: "Signatures".to_owned(),
        signatures: vec![
            ("Odile Barrancourt".to_owned(), "Signé à la main le 9 février 2027".to_owned()),
            ("Accompagnement emploi".to_owned(), String::new()),
        ],
        notes: vec!["Ce contrat ne se rompt jamais tout seul.".to_owned()],
    }
}

#[test]
fn a_contract_says_who_commits_to_what_and_what_people_wrote_stays_text() {
    let read = Pdf::of("contract.pdf", contract(&model()).unwrap_or_else(|why| panic!("{why}")));
    let text = read.text();
    for words in [
        "Contrat d’engagement",
        "Odile Barrancourt",
        "du 9 février 2027 au 8 août 2027",
        "Venir aux rendez-vous. #sort [x] *y*",
        "Action 40 du service",
        "Signé à la main le 9 février 2027",
        "Ce contrat ne se rompt jamais tout seul.",
        "Contrat 7f3a, version 1",
    ] {
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
}
