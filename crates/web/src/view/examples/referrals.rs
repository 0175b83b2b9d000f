use super::*;
use crate::view::parts::{Choice, Field, FieldError};
use crate::view::referrals::*;

pub(super) fn pages() -> Vec<Page> {
    let row =
        |name: &str, tags, state| SentRow { name: name.into(), tags, sent: "hier à 16 h 40".into(), state };
    let sent = |rows: Vec<SentRow>| SentPage {
        shell: shell("/adressages"),
        summary: "Une demande attend une réponse.".into(),
        received: Some(link("Personnes adressées", "/55/adressages/recus")),
        empty: nobody(),
        rows,
    };
    let rows = vec![
        row("Zélie Vauquelin", vec![tag("urgent", Tone::Late)], tag("appel prévu", Tone::Soon)),
        row("Ilario Ferrandi", vec![], tag("orientée le 12 novembre 2026", Tone::Ok)),
    ];
    let received = |rows| ReceivedPage { shell: shell("/adressages"), rows, empty: nobody() };
    let waiting = ReceivedRow {
        link: link("Zélie Vauquelin", "/55/adressages/recus/1"),
        tags: vec![tag("urgent", Tone::Late)],
        by: "Patricia Lahaye (Tremplin Emploi)".into(),
        sent: "hier à 16 h 40".into(),
    };
    vec![
        page("adressages", &sent(rows)),
        page("adressages-vide", &sent(vec![])),
        page("adressages-recus", &received(vec![waiting])),
        page("adressages-recus-vide", &received(vec![])),
        page("adressage", &one("")),
        page("adressage-repondu", &one("n’a pas pu être jointe (12 novembre 2026)")),
    ]
}

fn nobody() -> Empty {
    Empty { title: "Personne".into(), text: "Les demandes arrivent ici.".into(), action: None }
}

fn one(answered: &str) -> ReferralPage {
    let errors = if answered.is_empty() {
        vec![FieldError { field: "answer".into(), text: "Choisissez la réponse à envoyer.".into() }]
    } else {
        vec![]
    };
    ReferralPage {
        shell: shell("/adressages"),
        title: "Zélie Vauquelin".into(),
        marks: vec![tag("urgent", Tone::Late)],
        facts: vec![Fact::new("Adressée par", "Patricia Lahaye")],
        reason: vec!["Plus de logement à la fin du mois.".into()],
        links: vec![link("Sa fiche", "/55/personnes/1")],
        answered: answered.into(),
        action: "/55/adressages/recus/1".into(),
        field: Field::select("answer", "Réponse à envoyer", vec![Choice::new("", "Choisissez", "")])
            .error(FieldError::of(&errors, "answer")),
        errors,
    }
}
