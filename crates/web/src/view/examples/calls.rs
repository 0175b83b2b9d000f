use super::*;
use crate::view::calls::*;
use crate::view::catalogues::*;
use crate::view::form::{Choice as Option_, Field, FieldError, FieldKind};
use crate::view::form_page::{Tick, Ticks};
use crate::view::referrals::ReferralNote;

pub(super) fn pages() -> Vec<Page> {
    vec![
        page("appels", &desk(true)),
        page("appels-vide", &desk(false)),
        page("appel", &call(Vec::new(), None)),
        page("appel-erreur", &call(vec![wrong()], None)),
        page("appel-libre", &call(Vec::new(), Some("Prenez cette personne pour écrire.".into()))),
        page("decision", &decide()),
        page("regles", &catalogues()),
    ]
}

fn wrong() -> FieldError {
    FieldError {
        field: "reason".into(),
        text: "Vous vous écartez de la proposition : écrivez pourquoi.".into(),
    }
}

fn queue() -> Vec<QueueRow> {
    let row = |name: &str, meta: &str, legal: &str, note: &str, current| QueueRow {
        link: link(name, "/55/personnes/1/appel"),
        meta: meta.into(),
        clock: Some(clock(legal)),
        note: note.into(),
        current,
    };
    vec![
        row("Kévin Thomassard", "27 ans, Ligny-en-Barrois", "2026-11-20", "", true),
        row("Odile Barrancourt", "58 ans, Stenay", "2026-11-15", "2 essais", false),
    ]
}

fn desk(full: bool) -> DeskPage {
    let people = |some| if some { queue() } else { Vec::new() };
    DeskPage {
        shell: shell("/appels"),
        summary: "46 personnes peuvent être appelées maintenant.".into(),
        filters: vec![Field::select("territoire", "Territoire", vec![Option_::new("", "Tous", "")])],
        kept: Vec::new(),
        sent: vec![("territoire".into(), "verdun".into())],
        mine: people(full),
        queue: people(full),
        promised: people(full),
        empty: Empty {
            title: "Personne n’est à appeler".into(),
            text: "Revenez plus tard.".into(),
            action: None,
        },
    }
}

fn head() -> CallHead {
    CallHead {
        name: "Kévin Thomassard".into(),
        facts: vec!["27 ans".into(), "Ligny-en-Barrois".into(), "demande reçue le 9 octobre".into()],
        clock: Some(clock("2026-11-20")),
        phones: vec![link("06 39 98 51 04", "tel:+33639985104")],
        tags: vec![tag("Ne pas laisser de message", Tone::Soon)],
        file: link("Sa fiche", "/55/personnes/1"),
        referrals: vec![ReferralNote {
            link: link("Adressée le 26 novembre 2026 par Patricia Lahaye", "/55/adressages/recus/1"),
            reason: vec!["Plus de logement à la fin du mois.".into()],
            call: "À appeler le matin, au 06 39 98 51 04".into(),
            urgent: true,
        }],
        attempts: vec!["12 novembre à 10 h : Pas de réponse (Clara Humbécourt)".into()],
    }
}

fn question(rank: usize, code: &str, kind: QuestionKind, answers: &[&str]) -> Question {
    let choice = |(rank, label): (usize, &&str)| Choice {
        value: rank.to_string(),
        label: (*label).into(),
        checked: rank == 1,
    };
    Question {
        code: format!("q-{code}"),
        rank,
        text: "Quand avez-vous travaillé pour la dernière fois ?".into(),
        hint: "Lire les choix si besoin.".into(),
        kind,
        answers: answers.iter().enumerate().map(choice).collect(),
        value: String::new(),
        required: rank == 1,
        error: (rank == 2).then(|| "Une réponse n’est pas de celles que la question accepte.".into()),
    }
}

fn advice() -> Advice {
    let path = |code: &str, label: &str, proposed| PathChoice {
        value: code.into(),
        label: label.into(),
        checked: proposed,
        proposed,
        reasons: vec!["Activité récente, reprise possible, peu de difficultés.".into()],
    };
    let person = |value: &str, name: &str, checked| ReferentChoice {
        value: value.into(),
        name: name.into(),
        tags: vec![tag("secteur de Commercy", Tone::Ok), tag("complet", Tone::Soon)],
        detail: "Agence de Bar-le-Duc (Bar-le-Duc, à 17 km). 18 personnes suivies, 30 places".into(),
        checked,
    };
    let text = |name: &str, label: &str| {
        Field::new(FieldKind::Textarea, name, label).value("Vous cherchez un emploi.")
    };
    Advice {
        rules: link("Règles, version 1", "/55/reglages/orientation"),
        urgent: vec!["Pas d’hébergement : prévenir le service social aujourd’hui.".into()],
        notice: vec!["Rencontrez la personne avant de proposer.".into()],
        missing: "2 questions à poser n’ont pas de réponse.".into(),
        paths: vec![path("emploi", "Emploi", true), path("social", "Social", false)],
        shown_path: "emploi".into(),
        organisation: Field::select(
            "organisation",
            "Organisme référent",
            vec![Option_::new("FT", "France Travail", "FT")],
        ),
        shown_organisation: "FT".into(),
        programmes: Some(Ticks {
            legend: "Dispositifs à proposer".into(),
            hint: "La personne choisit librement.".into(),
            name: "programme",
            boxes: vec![Tick {
                value: "referents-parcours".into(),
                label: "Référents de parcours".into(),
                checked: true,
            }],
        }),
        referents: vec![person("1", "Aude Mirambelle", true), person("", "Plus tard", false)],
        slots: vec![SlotOption {
            value: "1~in_person".into(),
            when: "vendredi 27 novembre, 9 h 30".into(),
            place: "Bar-le-Duc, Aude Mirambelle".into(),
            checked: true,
        }],
        reason: text("reason", "Motif").error(Some(wrong().text)),
        explanation: text("explanation", "Ce que la personne recevra"),
        shown_explanation: "Vous cherchez un emploi.".into(),
        after: String::new(),
    }
}

pub(super) fn decisions() -> Vec<DecisionLine> {
    vec![DecisionLine {
        title: "Social, Département".into(),
        state: tag("en vigueur", Tone::Ok),
        lines: vec!["Décidée le 3 novembre 2026 par Clara Humbécourt.".into()],
        explanation: vec!["Nous cherchons d’abord un toit.".into()],
        reason: "Veut d’abord un logement.".into(),
        letter: Some(DecisionLetter {
            link: Link::new("Lettre", "/55/personnes/1/orientation/1/lettre.pdf"),
            about: "Lettre de la décision : Social, Département (PDF)".into(),
        }),
    }]
}

fn call(errors: Vec<FieldError>, shut: Option<String>) -> CallPage {
    let answers = ["Je travaille en ce moment", "Il y a moins de deux ans", "Jamais"];
    CallPage {
        shell: shell("/appels"),
        head: head(),
        action: "/55/personnes/1/appel".into(),
        queue: queue(),
        endings: vec![Ending { value: "no_answer".into(), label: "Pas de réponse".into() }],
        call_back: Field::new(FieldKind::Text, "call_back", "Rappeler le"),
        may_take: shut.is_some(),
        shut,
        errors,
        revision: 3,
        progress: (2, 4),
        sections: vec![Section {
            title: "Le travail".into(),
            say: "Parlons maintenant de votre travail.".into(),
            questions: vec![
                question(1, "work", QuestionKind::One, &answers),
                question(2, "transport", QuestionKind::Several, &answers),
                question(3, "other", QuestionKind::Text, &[]),
                question(4, "when", QuestionKind::Moment, &[]),
            ],
        }],
        advice: advice(),
        decisions: decisions(),
    }
}

fn decide() -> DecidePage {
    DecidePage {
        shell: shell("/personnes"),
        head: head(),
        action: "/55/personnes/1/orientation".into(),
        again: true,
        errors: vec![wrong()],
        advice: advice(),
        decisions: decisions(),
    }
}

fn catalogues() -> CataloguesPage {
    let edit = |prefix: &str| Edit {
        action: format!("/55/reglages/orientation/{prefix}"),
        after: "1".into(),
        fields: vec![Field::new(FieldKind::Textarea, &format!("{prefix}-texte"), "Texte")],
        open: true,
    };
    let rule = RuleLine {
        order: "10".into(),
        code: "urgent-housing".into(),
        gives: "signal : urgent_housing".into(),
        reason: "Pas d’hébergement.".into(),
        reference: "arrêté du 21 novembre 2024".into(),
    };
    CataloguesPage {
        shell: shell("/reglages/territoires"),
        tabs: Vec::new(),
        errors: Vec::new(),
        stages: vec![StageRules { title: "Urgences".into(), rules: vec![rule] }],
        versions: vec![VersionLine {
            title: "Règles, version 1".into(),
            state: tag("en vigueur", Tone::Ok),
            detail: "Version livrée avec Déclic.".into(),
        }],
        tried: Some(Tried {
            summary: "Une proposition changerait, sur 12 appels passés.".into(),
            lines: vec!["Appel n° 3 : « Emploi » deviendrait « Social ».".into()],
        }),
        rules: Some(edit("regles")),
        questions: Some(edit("questions")),
    }
}
