use super::*;
use crate::view::parts::{Choice, Field, FieldError, FieldKind};
use crate::view::sectors::*;

pub(super) fn pages() -> Vec<Page> {
    let row = SectorRow {
        link: link("Secteur de Commercy", "/55/reglages/secteurs/1"),
        purpose: "côté emploi".into(),
        communes: "48".into(),
        holders: vec!["Julien Lahaye, Service emploi et insertion".into()],
        tags: vec![tag("personne", Tone::Soon)],
    };
    vec![
        page("secteurs", &list(vec![row])),
        page("secteurs-vide", &list(vec![])),
        page("secteur-nouveau", &sector(None)),
        page("secteur", &sector(Some(held()))),
    ]
}

fn list(rows: Vec<SectorRow>) -> SectorsPage {
    let errors = vec![FieldError { field: "table".into(), text: "Rien n’a changé.".into() }];
    SectorsPage {
        shell: shell("/reglages/territoires"),
        tabs: vec![],
        warnings: vec![Warning {
            text: "12 communes n’ont aucun secteur.".into(),
            names: "Stenay, Montmédy".into(),
        }],
        lines: vec!["Ligne 3 : « Atlantis » n’est pas une commune de ce département.".into()],
        field: Field::new(FieldKind::Textarea, "table", "Coller un tableau")
            .error(FieldError::of(&errors, "table")),
        errors,
        rows,
    }
}

fn held() -> Held {
    Held {
        rows: vec![HolderRow {
            name: "Julien Lahaye".into(),
            detail: "rang 1, depuis le 3 novembre".into(),
            end: "/55/reglages/secteurs/1/titulaires/2/terminer".into(),
        }],
        action: "/55/reglages/secteurs/1/titulaires".into(),
        fields: vec![Field::new(FieldKind::Text, "rank", "Rang").value("1")],
        remove: "/55/reglages/secteurs/1/supprimer".into(),
    }
}

fn sector(held: Option<Held>) -> SectorPage {
    SectorPage {
        shell: shell("/reglages/territoires"),
        title: "Secteur de Commercy".into(),
        action: "/55/reglages/secteurs/1".into(),
        errors: vec![],
        fields: vec![
            Field::new(FieldKind::Text, "name", "Nom").value("Secteur de Commercy"),
            Field::select("purpose", "Pour qui", vec![Choice::new("tous", "tout le monde", "tous")]),
            Field::new(FieldKind::Textarea, "communes", "Communes").value("Commercy\nVerdun"),
        ],
        held,
    }
}
