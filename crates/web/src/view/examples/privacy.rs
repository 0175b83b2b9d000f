use super::*;
use crate::view::form::FieldError;
use crate::view::privacy::*;

pub(super) fn pages() -> Vec<Page> {
    [lists(), requests(), persons(), soon()].into_iter().flatten().collect()
}

fn row(label: &str, right: &str, state: &str, late: bool) -> RequestRow {
    RequestRow {
        link: link(label, "/55/droits/1"),
        right: right.into(),
        received: "Reçue le 3 novembre 2026".into(),
        state: state.into(),
        late,
    }
}

fn lists() -> Vec<Page> {
    let list = |summary: &str, requests, hidden| Rights {
        shell: shell("/droits"),
        summary: summary.into(),
        requests,
        hidden,
    };
    let requests = vec![
        row(
            "Odile Barrancourt",
            "Voir ses données",
            "En retard : la réponse était due le 3 novembre 2026",
            true,
        ),
        row("Ugo Rossi", "S’opposer à un usage", "Réponse due le 3 décembre 2026 au plus tard", false),
    ];
    let hidden =
        vec![(link("Ugo Rossi", "/55/personnes/2/droits"), "Données gelées depuis le 4 mai 2026.".into())];
    vec![
        page("rights", &list("2 demandes attendent, dont une en retard.", requests, hidden)),
        page("rights-empty", &list("Aucune demande n’attend.", vec![], vec![])),
    ]
}

fn requests() -> Vec<Page> {
    let one = |right: &str, answer: bool, errors: Vec<FieldError>| RequestPage {
        right: right.into(),
        person: link("Odile Barrancourt", "/55/personnes/1/droits"),
        state: "Réponse due le 3 décembre 2026 au plus tard".into(),
        late: !errors.is_empty(),
        facts: vec![
            Fact::new("Reçue le", "3 novembre 2026"),
            Fact::new("Ce que demande la personne", "Tout voir."),
        ],
        advice: "Faites la copie, puis enregistrez la réponse.".into(),
        links: vec![link("Ouvrir son dossier", "/55/personnes/1")],
        copies: (right == "Voir ses données").then(|| Copies {
            pdf: "/55/droits/1/copie.pdf".into(),
            json: "/55/droits/1/copie.json".into(),
            made: Some("Première copie faite hier à 14 h 05.".into()),
        }),
        answer: answer
            .then(|| AnswerForm::new(&shell("/droits"), "/55/droits/1".into(), ("refused", "Non."), &errors)),
        delay: answer.then(|| AnswerForm::delay(&shell("/droits"), "/55/droits/1/delai".into(), "", &[])),
        errors,
        shell: shell("/droits"),
    };
    let wrong =
        FieldError { field: "note".into(), text: "Écrivez pourquoi (20 caractères au moins).".into() };
    vec![
        page("request", &one("Voir ses données", true, vec![])),
        page("request-answered", &one("Corriger une erreur", false, vec![])),
        page("request-error", &one("S’opposer à un usage", true, vec![wrong])),
    ]
}

fn persons() -> Vec<Page> {
    let one = |requests, hidden: Option<&str>, errors: Vec<FieldError>| PersonRights {
        name: "Odile Barrancourt".into(),
        file: Some("/55/personnes/1".into()),
        action: "/55/personnes/1/droits".into(),
        fields: PersonRights::fields(&shell(""), ("access", "", "Tout."), &errors),
        requests,
        lift: hidden.map(|_| "/55/personnes/1/droits/degeler".into()),
        hidden: hidden.map(Into::into),
        errors,
        shell: shell("/droits"),
    };
    let wrong =
        FieldError { field: "received".into(), text: "Dites quel jour la demande a été reçue.".into() };
    let asked = vec![row("Voir ses données", "", "Acceptée le 4 novembre 2026", false)];
    vec![
        page("person-rights", &one(asked, Some("Données gelées depuis le 4 mai 2026."), vec![])),
        page("person-rights-error", &one(vec![], None, vec![wrong])),
    ]
}

fn soon() -> Vec<Page> {
    let list =
        |summary: &str, people| Soon { shell: shell("/bientot-archivees"), summary: summary.into(), people };
    let people = vec![(link("Odile Barrancourt", "/55/personnes/1"), "Archivée le 3 décembre 2026".into())];
    vec![
        page("soon", &list("Une personne sera archivée dans les trente jours.", people)),
        page("soon-empty", &list("Personne ne sera archivé dans les trente jours.", vec![])),
    ]
}
