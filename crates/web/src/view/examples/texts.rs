//! What professionals write on a person and to structures, and what a partner reads of it.

use super::*;
use crate::view::form_page::{Tick, Ticks};
use crate::view::notes::{Note, Notes};
use crate::view::parts::{Choice, Field, FieldError, FieldKind};
use crate::view::proposals::{Proposal, Proposals, ProposedList, ProposedPage, ProposedRow};

pub(super) fn pages() -> Vec<Page> {
    let list = |summary: &str, rows| ProposedList {
        shell: shell("/propositions"),
        summary: summary.into(),
        rows,
        empty: empty(),
    };
    let row = |name: &str, state: Tag| ProposedRow {
        link: link(name, "/55/propositions/1"),
        structure: "Tremplin Emploi".into(),
        since: "26 novembre 2026".into(),
        until: "26 décembre 2026".into(),
        state,
    };
    let waiting = || tag("attend une réponse", Tone::Soon);
    let full = ProposedPage {
        facts: vec![
            fact("Prénom et nom", "Odile Barrancourt"),
            fact("Téléphone", "06 39 98 17 32").detail("ne pas laisser de message"),
            fact("Âge", "58 ans"),
        ],
        answer: "Acceptée par Pauline Lahaye, hier à 14 h 05.".into(),
        answered: vec!["Mardi à 9 h, à l’atelier.".into()],
        errors: vec![FieldError { field: "reply".into(), text: "Choisissez votre réponse.".into() }],
        ..proposed()
    };
    vec![
        page(
            "proposed",
            &list(
                "Une personne attend votre réponse.",
                vec![
                    row("Odile Barrancourt", waiting()),
                    row("Jean-Christophe de La Chapelle-Saint-Laurent", tag("acceptée", Tone::Ok)),
                ],
            ),
        ),
        page("proposed-empty", &list("", vec![])),
        page("proposed-one", &full),
        page("proposed-name-only", &proposed()),
    ]
}

fn proposed() -> ProposedPage {
    let choices = vec![Choice::new("", "Choisissez votre réponse", ""), Choice::new("accepted", "Oui", "")];
    ProposedPage {
        shell: shell("/propositions"),
        back: link("Personnes proposées", "/55/propositions"),
        name: "Odile Barrancourt".into(),
        state: tag("attend une réponse", Tone::Soon),
        why: "Vous voyez ces informations parce que Odile Barrancourt est une personne proposée à Tremplin Emploi."
            .into(),
        author: "Écrit par Samira Lahaye, le 26 novembre 2026.".into(),
        lines: vec!["Cherche un poste en cuisine.".into(), "Permis B.".into()],
        facts: vec![fact("Prénom et nom", "Odile Barrancourt")],
        answer: String::new(),
        answered: vec![],
        action: "/55/propositions/1".into(),
        fields: vec![
            Field::select("reply", "Réponse", choices),
            Field::new(FieldKind::Textarea, "reason", "Précisions"),
        ],
        errors: vec![],
    }
}

pub(super) fn notes() -> Notes {
    let note = |lines: &[&str], change: Option<&str>, trace: &[&str]| Note {
        author: "Hugo Testanière".into(),
        when: "hier à 14 h 05".into(),
        level: "Lue par le binôme et ses responsables.".into(),
        lines: lines.iter().map(|line| (*line).into()).collect(),
        trace: trace.iter().map(|line| (*line).into()).collect(),
        change: change.map(str::to_owned),
    };
    Notes {
        rows: vec![
            note(
                &["Préfère être appelée après 16 h.", "Garde son petit-fils le mercredi."],
                Some("/55/personnes/1/notes/1"),
                &[],
            ),
            note(
                &["Cherche une place en crèche."],
                None,
                &["Visible avant de toute l’équipe, jusqu’à hier à 9 h."],
            ),
        ],
        action: Some("/55/personnes/1/notes".into()),
        fields: vec![Field::new(FieldKind::Textarea, "text", "Note")],
        errors: vec![FieldError { field: "text".into(), text: "Écrivez la note.".into() }],
    }
}

/// Of the panel of a person: one that waits, one that was declined, and a form, which may have come back.
pub(super) fn proposals(wrong: Option<&str>) -> Proposals {
    let one = |structure: &str, state, end: Option<&str>, answer: &str| Proposal {
        structure: structure.into(),
        state,
        when: "Par Samira Lahaye, du 26 novembre 2026 au 26 décembre 2026.".into(),
        lines: vec!["Cherche un poste en cuisine.".into()],
        told: "La structure voit : prénom, nom, téléphone.".into(),
        answer: answer.into(),
        answered: if answer.is_empty() { vec![] } else { vec!["Complet jusqu’en février.".into()] },
        end: end.map(str::to_owned),
    };
    let end = Some("/55/personnes/1/propositions/1/terminer");
    Proposals {
        rows: vec![
            one("Tremplin Emploi", tag("attend une réponse", Tone::Soon), end, ""),
            one(
                "Atelier du Loison",
                tag("déclinée", Tone::Neutral),
                None,
                "Déclinée par Paul Ancemont, hier.",
            ),
        ],
        action: Some("/55/personnes/1/propositions".into()),
        fields: vec![
            Field::select("structure", "Structure", vec![Choice::new("", "Choisir", "")])
                .error(wrong.map(str::to_owned)),
            Field::new(FieldKind::Textarea, "message", "Ce que vous lui écrivez"),
            Field::new(FieldKind::Date, "last_day", "Dernier jour").value("2026-12-17"),
        ],
        ticks: Ticks {
            legend: "Ce que la structure verra".into(),
            hint: "Ne cochez que ce dont elle a besoin.".into(),
            name: "share",
            boxes: vec![
                Tick { value: "phone".into(), label: "Téléphone".into(), checked: true },
                Tick { value: "age".into(), label: "Âge".into(), checked: false },
            ],
        },
        errors: wrong
            .map(|text| FieldError { field: "structure".into(), text: text.into() })
            .into_iter()
            .collect(),
    }
}
