use super::*;
use crate::view::engagement::*;
use crate::view::parts::*;

pub(super) fn pages() -> Vec<Page> {
    let list = |lists| ContractsPage {
        shell: shell("/contrats"),
        summary: "Ce que les contrats demandent, le plus pressé d’abord.".into(),
        lists,
        empty: Empty {
            title: "Aucun contrat ne demande rien".into(),
            text: "Les contrats à valider ou à remplacer apparaîtront ici.".into(),
            action: None,
        },
    };
    let to_replace = ContractList {
        id: "remplacer",
        title: "Un ancien contrat à remplacer".into(),
        rows: vec![ContractRow {
            person: link("Odile Perrin", "/55/personnes/1"),
            when: "Jusqu’au 28 février 2027".into(),
            meta: "Loïc Harmand · Commercy".into(),
            tag: Some(tag("En retard", Tone::Late)),
        }],
        more: Some("Les 50 plus pressés ; les autres suivent.".into()),
    };
    vec![
        page("contract", &one(true)),
        page("contract-old", &one(false)),
        page("contracts", &list(vec![to_replace])),
        page("contracts-none", &list(Vec::new())),
    ]
}

fn one(engagement: bool) -> ContractPage {
    let signature = |who: &str, given: bool| Signature {
        who: who.into(),
        state: if given { tag("Signé", Tone::Ok) } else { tag("Attendue", Tone::Soon) },
        meta: if given { "Le 9 février 2027, à la main, sur papier.".into() } else { String::new() },
        digest: if given { "7f3a".repeat(16) } else { String::new() },
    };
    ContractPage {
        shell: shell("/personnes"),
        back: link("Odile Perrin", "/55/personnes/1"),
        title: if engagement { "Contrat d’engagement".into() } else { "Ancien contrat".into() },
        lead: "Odile Perrin. Écrit par Loïc Harmand, le 9 février 2027.".into(),
        stage: tag("À signer", Tone::Soon),
        facts: vec![fact("Premier jour", "9 février 2027"), fact("Dernier jour", "8 août 2027")],
        sections: if engagement {
            vec![
                Commitments {
                    id: "personne",
                    title: "Ce que fait la personne".into(),
                    lines: vec!["Venir aux rendez-vous, ou prévenir quand c’est impossible".into()],
                },
                Commitments {
                    id: "nous",
                    title: "Ce que nous faisons".into(),
                    lines: vec!["Vous voir ou vous appeler au moins tous les 21 jours".into()],
                },
            ]
        } else {
            Vec::new()
        },
        signatures: vec![signature("La personne", true), signature("Accompagnement emploi", !engagement)],
        sign: engagement.then(|| {
            (
                "En signant, vous vous engagez sur le texte affiché ici.".into(),
                "/55/personnes/1/contrat/1/signer?etat=1".into(),
            )
        }),
        links: vec![link("Signatures sur papier", "/55/personnes/1/contrat/1/papier")],
        paper: engagement.then(|| link("PDF à signer", "/55/personnes/1/contrat/1/contrat.pdf")),
        acts: vec![ContractLine {
            title: "Signature : la personne".into(),
            meta: "Enregistré le 9 février 2027 par Loïc Harmand.".into(),
            text: Vec::new(),
        }],
    }
}

pub(super) fn panel() -> ContractPanel {
    ContractPanel {
        contracts: vec![ContractBlock {
            link: link("Contrat d’engagement du 9 février 2027", "/55/personnes/1/contrat/1"),
            stage: tag("À signer", Tone::Soon),
            facts: vec!["Jusqu’au 8 août 2027.".into(), "Reste à signer : la personne.".into()],
        }],
        links: vec![link("Écrire un contrat", "/55/personnes/1/contrat")],
    }
}
