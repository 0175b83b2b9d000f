use super::people::head;
use super::*;
use crate::view::documents::*;
use crate::view::form::{Choice, Field, FieldKind};
use crate::view::parts::*;
use crate::view::person::*;

pub(super) fn pages() -> Vec<Page> {
    let period = |label: &str, tone| RightPeriod {
        state: tag(label, tone),
        period: "depuis le 1er septembre 2026".into(),
        reason: "déclaration de ressources non reçue (code 03)".into(),
        source: link("Bénéficiaires, octobre 2026", "/55/fichiers/1"),
    };
    let named = |changes: &str, href: &str| NamedBy {
        link: link("Bénéficiaires, octobre 2026", href),
        reference: "31 octobre".into(),
        changes: changes.into(),
    };
    let right = |periods, files| PersonRight { shell: shell("/personnes"), head: head(1), periods, files };
    let opening = |reason: &str| Opening {
        when: "hier à 14 h 05".into(),
        who: "Paul Ancemont".into(),
        role: "Direction insertion".into(),
        act: "Ouvre un dossier".into(),
        detail: "Onglet L’essentiel.".into(),
        reason: reason.into(),
    };
    let documents = |rows: Vec<DocumentRow>, removed, edits: bool, errors: Vec<FieldError>| PersonDocuments {
        shell: shell("/personnes"),
        head: head(2),
        rows,
        removed,
        form: edits.then(|| document_form(&errors)),
        days: 90,
        errors,
    };
    let opened = |rows| PersonOpened { shell: shell("/personnes"), head: head(3), rows, pager: pager() };
    vec![
        page(
            "person_right",
            &right(
                vec![period("Ouvert et versé", Tone::Ok), period("Suspendu", Tone::Soon)],
                vec![named("adresse, droit repris", "/55/fichiers/1"), named("", "")],
            ),
        ),
        page("person_right-empty", &right(vec![], vec![])),
        page(
            "person_documents",
            &documents(
                vec![document("1", "CV de septembre", true), document("2", "Titre de séjour.pdf", true)],
                vec![RemovedRow {
                    title: "Bulletin de paie".into(),
                    kind: "Contrat et bulletin de paie".into(),
                    when: "hier à 14 h 05".into(),
                    by: "par Paul Ancemont".into(),
                    reason: "ajouté sur le mauvais dossier".into(),
                }],
                true,
                vec![
                    FieldError {
                        field: "file".into(),
                        text: "Ce fichier est vide : choisissez-en un autre.".into(),
                    },
                    FieldError { field: "reason-2".into(), text: "Écrivez pourquoi.".into() },
                ],
            ),
        ),
        page(
            "person_documents-read",
            &documents(vec![document("1", "CV de septembre", false)], vec![], false, vec![]),
        ),
        page("person_documents-empty", &documents(vec![], vec![], true, vec![])),
        page("person_documents-none", &documents(vec![], vec![], false, vec![])),
        page("person_opened", &opened(vec![opening("Courrier du 12 novembre"), opening("")])),
        page("person_opened-empty", &opened(vec![])),
    ]
}

fn document(number: &str, title: &str, edits: bool) -> DocumentRow {
    let wrong = (number == "2").then(|| "Écrivez pourquoi.".to_owned());
    let reason = Field::new(FieldKind::Text, &format!("reason-{number}"), "Pourquoi le retirer ?")
        .hint("Le motif reste au journal du dossier.")
        .error(wrong);
    let action = format!("/55/personnes/1/documents/{number}/retirer");
    DocumentRow {
        link: link(title, &format!("/55/personnes/1/documents/{number}")),
        file: if number == "1" { "cv-odile-barrancourt-version-finale.pdf".into() } else { String::new() },
        format: "PDF, 1,2 Mo".into(),
        kind: "CV et candidatures".into(),
        added: "hier à 14 h 05".into(),
        by: "par Paul Ancemont".into(),
        removal: edits.then(|| Removal { action, open: number == "2", reason }),
    }
}

fn document_form(errors: &[FieldError]) -> DocumentForm {
    let kinds = vec![Choice::new("", "Choisir", ""), Choice::new("cv", "CV et candidatures", "")];
    let hint = "PDF, photo, texte ou tableau sans macro, 20 Mio au plus.".to_owned();
    let words = |key: &str| crate::i18n::text(crate::i18n::Lang::Fr, key).to_string();
    DocumentForm::new("/55/personnes/1/documents".into(), kinds, "", hint, words, errors)
}
