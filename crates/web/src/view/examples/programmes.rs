use super::*;
use crate::view::catalogues::{Edit, VersionLine};
use crate::view::form::{Field, FieldKind};
use crate::view::parts::*;
use crate::view::programmes::*;

pub(super) fn pages() -> Vec<Page> {
    let awaited = |rows| AwaitedPage {
        shell: shell("/prescriptions"),
        summary: "2 personnes attendent une réponse ou une place, dont une en retard.".into(),
        rows,
        empty: Empty {
            title: "Aucune réponse n’est attendue".into(),
            text: "Les personnes proposées pour un dispositif apparaîtront ici.".into(),
            action: None,
        },
    };
    let list = |new| ProgrammesPage {
        shell: shell("/reglages/dispositifs"),
        tabs: Vec::new(),
        rows: vec![ProgrammeRow {
            link: link("Référents de parcours", "/55/reglages/dispositifs/referents-parcours"),
            summary: "Un référent garde le contact au moins toutes les trois semaines.".into(),
            state: tag("Ouvert ici", Tone::Ok),
        }],
        new,
    };
    vec![
        page("prescriptions", &awaited(vec![line()])),
        page("prescriptions-none", &awaited(Vec::new())),
        page("programmes", &list(Some(link("Écrire un dispositif", "/55/reglages/dispositifs/nouveau")))),
        page("programmes-read", &list(None)),
        page("programme", &one(Some(edit()))),
        page("programme-read", &one(None)),
    ]
}

fn line() -> AwaitedLine {
    AwaitedLine {
        person: link("Odile Perrin", "/55/personnes/1"),
        programme: "Référents de parcours".into(),
        state: tag("Réponse attendue", Tone::Soon),
        meta: "Proposée le 20 janvier 2027 par Justine Kaminski. Saint-Mihiel".into(),
        before: "27 janv.".into(),
        answer: link("Répondre", "/55/personnes/1/dispositif/1/reponse"),
    }
}

fn edit() -> Edit {
    Edit {
        action: "/55/reglages/dispositifs/referents-parcours".into(),
        after: "1".into(),
        fields: vec![Field::new(FieldKind::Textarea, "texte", "Texte").value("schema = 1")],
        open: false,
    }
}

fn one(edit: Option<Edit>) -> ProgrammePage {
    ProgrammePage {
        shell: shell("/reglages/dispositifs"),
        title: "Référents de parcours".into(),
        lead: "Un référent garde le contact au moins toutes les trois semaines.".into(),
        state: tag("Ouvert ici", Tone::Ok),
        facts: vec![Fact::new("Rythme", "un contact individuel tous les 21 jours au plus")],
        conditions: vec!["La personne a-t-elle un droit RSA ouvert ?".into()],
        edit_title: "Publier une nouvelle version".into(),
        edit,
        versions: vec![VersionLine {
            title: "Version 1".into(),
            state: tag("En vigueur", Tone::Ok),
            detail: "Version livrée avec Déclic.".into(),
        }],
        errors: Vec::new(),
    }
}

pub(super) fn panel() -> CoursePanel {
    CoursePanel {
        id: "dispositifs",
        title: "Dispositifs".into(),
        none: "Aucun dispositif pour l’instant.".into(),
        courses: vec![CourseBlock {
            title: "Référents de parcours".into(),
            stage: tag("En cours", Tone::Ok),
            facts: vec![
                "Depuis le 22 janvier 2027.".into(),
                "Prochain point : Point à trois, le 22 avril 2027.".into(),
            ],
            points: vec![
                PointLine {
                    label: "Diagnostic conjoint".into(),
                    when: "Fait le 4 février 2027.".into(),
                    link: None,
                },
                PointLine {
                    label: "Point à trois".into(),
                    when: "Prévu le 22 avril 2027.".into(),
                    link: Some(link("Noter ce point", "/55/personnes/1/dispositif/1/point/90")),
                },
            ],
            acts: vec![CourseLine {
                title: "Entrée".into(),
                meta: "Enregistré le 22 janvier 2027 par Véronique Mangin.".into(),
                text: vec!["Loïc Harmand la reçoit mardi.".into()],
            }],
            links: vec![link("Mettre en pause", "/55/personnes/1/dispositif/1/pause")],
        }],
        propose: Some(link("Proposer un dispositif", "/55/personnes/1/dispositif")),
    }
}

pub(super) fn outcomes() -> CoursePanel {
    CoursePanel {
        id: "reprises",
        title: "Reprises d’activité".into(),
        none: "Aucune reprise d’activité pour l’instant.".into(),
        courses: vec![CourseBlock {
            title: "Emploi : école de La Tour-du-Pin, agente d’entretien".into(),
            stage: tag("En cours", Tone::Ok),
            facts: vec![
                "CDD, 18 heures par semaine.".into(),
                "Depuis le 3 mai 2027.".into(),
                "Prochaines nouvelles : mois 2, au plus tard le 3 juillet 2027.".into(),
            ],
            points: Vec::new(),
            acts: vec![CourseLine {
                title: "Nouvelles : mois 1 (quelque chose est fragile)".into(),
                meta: "Le 31 mai 2027, par Tiphaine Morel".into(),
                text: vec!["Prochain contact convenu le 14 juin 2027.".into()],
            }],
            links: vec![link("Prendre des nouvelles", "/38/personnes/1/activite/1/nouvelles")],
        }],
        propose: Some(link("Enregistrer une reprise", "/38/personnes/1/activite")),
    }
}
