use super::people::head;
use super::*;
use crate::view::catalogues::{Edit, VersionLine};
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::messages::*;

pub(super) fn pages() -> Vec<Page> {
    let row = |state, problem: Option<&str>, text: &str, handle: Option<&str>| MessageRow {
        title: "Rappel de rendez-vous".into(),
        person: handle.map(|_| link("Maëlle Dorvault", "/55/personnes/1/messages")),
        state,
        meta: "SMS, demandé hier à 14 h 05, envoyé par Déclic".into(),
        problem: problem.map(str::to_owned),
        subject: String::new(),
        text: text.into(),
        handle: handle.map(str::to_owned),
    };
    let failed = row(
        tag("refusé", Tone::Late),
        Some("Le numéro n’existe pas."),
        "Dept Meuse: rappel RDV lun 14/12 9h30",
        Some("/55/messages/1/traite"),
    );
    let letter = row(tag("à poster", Tone::Soon), None, "Bonjour,\n\nVoici votre rendez-vous.", None);
    let tabs = || {
        vec![NavItem { label: "Messages".into(), href: "/55/messages".into(), count: None, current: true }]
    };
    let desk = |failed, to_print, printed| DeskPage {
        shell: shell("/agenda"),
        tabs: tabs(),
        failed,
        to_print,
        printed,
    };
    let person = |rows, invite| PersonMessages { shell: shell("/personnes"), head: head(1), rows, invite };
    let example = || ExampleView {
        title: "SMS, en français".into(),
        language: "fr",
        subject: "Choisissez votre rendez-vous".into(),
        text: "Dept Meuse: choisissez votre RDV".into(),
        note: Some("Tient en un SMS.".into()),
    };
    let invite = Invite {
        action: "/55/personnes/1/messages".into(),
        how: "Elle partira par SMS.".into(),
        example: Some(example()),
        fields: vec![Field::select("with", "Avec", vec![Choice::new("", "N’importe qui", "")])],
    };
    vec![
        page("messages_desk", &desk(vec![failed.clone()], vec![letter.clone()], true)),
        page("messages_desk-empty", &desk(vec![], vec![], false)),
        page(
            "messages_person",
            &person(vec![row(tag("parti", Tone::Ok), None, "Bonjour", None)], Some(invite)),
        ),
        page("messages_person-empty", &person(vec![], None)),
        page("messages_templates", &templates()),
        page("messages_template", &template(vec![example()])),
    ]
}

fn templates() -> Templates {
    let row = TemplateRow {
        link: link("Rappel de rendez-vous", "/55/reglages/messages/appointment-reminder"),
        sent: "deux jours avant le rendez-vous".into(),
        channels: "courriel, SMS".into(),
        version: "version 2".into(),
    };
    Templates { shell: shell("/reglages/territoires"), tabs: vec![], rows: vec![row] }
}

fn template(examples: Vec<ExampleView>) -> TemplatePage {
    let wrong = "Le SMS (fr) peut prendre 171 caractères.";
    TemplatePage {
        shell: shell("/reglages/territoires"),
        title: "Rappel de rendez-vous".into(),
        lead: "deux jours avant le rendez-vous (courriel, SMS)".into(),
        errors: vec![FieldError { field: "texte".into(), text: wrong.into() }],
        examples,
        edit: Some(Edit {
            action: "/55/reglages/messages/appointment-reminder".into(),
            after: "1".into(),
            fields: vec![Field::new(FieldKind::Textarea, "texte", "Texte").error(Some(wrong.into()))],
            open: true,
        }),
        versions: vec![VersionLine {
            title: "Version 1".into(),
            state: tag("en vigueur", Tone::Ok),
            detail: "Version livrée avec Déclic.".into(),
        }],
    }
}
