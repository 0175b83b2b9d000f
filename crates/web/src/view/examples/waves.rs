use super::*;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::waves::*;

pub(super) fn pages() -> Vec<Page> {
    let list = |rows| Waves {
        shell: shell("/agenda"),
        tabs: vec![NavItem {
            label: "Vagues".into(),
            href: "/55/agenda/vagues".into(),
            count: None,
            current: true,
        }],
        new: "/55/agenda/vagues/nouvelle".into(),
        rows,
        empty: Empty {
            title: "Aucune vague.".into(),
            text: "Choisissez des personnes et des heures.".into(),
            action: None,
        },
    };
    let line = |over: bool| WaveLine {
        link: link("Premier rendez-vous, Maison du département de Stenay", "/55/agenda/vagues/1"),
        state: if over { Tag::new("Finie", Tone::Neutral) } else { Tag::new("En cours", Tone::Info) },
        numbers: "12 invitées, 20 en attente d’une place, 8 avec rendez-vous".into(),
        meta: "Faite le 17 novembre 2026 par Odile Lahaye. Heures proposées jusqu’au 8 décembre 2026.".into(),
    };
    let person = |name: &str, state: &str, tone, when: &str| WavePerson {
        link: link(name, "/55/personnes/1/messages"),
        state: Tag::new(state, tone),
        when: when.into(),
    };
    let one = |waits: bool| WavePage {
        shell: shell("/agenda"),
        back: link("Vagues", "/55/agenda/vagues"),
        title: "Premier rendez-vous, Maison du département de Stenay".into(),
        lead: "Faite le 17 novembre 2026 par Odile Lahaye. Heures proposées jusqu’au 8 décembre 2026.".into(),
        numbers: vec![("Invitées".into(), "12".into()), ("Avec rendez-vous".into(), "8".into())],
        people: vec![
            person("Odile Barrancourt", "A un rendez-vous", Tone::Ok, "invitation du 17 novembre 2026"),
            person("Marc Barrancourt", "Attend une place", Tone::Neutral, ""),
        ],
        stop: waits.then(|| "/55/agenda/vagues/1/arreter".into()),
    };
    let wrong =
        FieldError { field: "most".into(), text: "Écrivez combien de personnes inviter au plus.".into() };
    vec![
        page("waves", &list(vec![line(false), line(true)])),
        page("waves-none", &list(Vec::new())),
        page("wave", &one(true)),
        page("wave-over", &one(false)),
        page("wave-new", &new(None, Vec::new())),
        page("wave-new-wrong", &new(None, vec![wrong])),
        page("wave-new-counted", &new(Some(12), Vec::new())),
        page("wave-new-nobody", &new(Some(0), Vec::new())),
    ]
}

fn new(people: Option<usize>, errors: Vec<FieldError>) -> NewWave {
    NewWave {
        shell: shell("/agenda"),
        back: link("Vagues", "/55/agenda/vagues"),
        action: "/55/agenda/vagues/nouvelle".into(),
        who: vec![Field::select(
            "etat",
            "Où elles en sont",
            vec![Choice::new("", "À orienter, orientées ou connues", "")],
        )],
        what: vec![
            Field::new(FieldKind::Date, "until", "Heures jusqu’au").value("2026-12-08"),
            Field::new(FieldKind::Text, "most", "Combien de personnes au plus")
                .value("50")
                .error(FieldError::of(&errors, "most")),
        ],
        errors,
        plan: people.map(|people| PlanView {
            lead: format!("{people} personnes, 8 heures libres : 8 personnes sont invitées maintenant."),
            lines: vec!["4 personnes attendent qu’une place se libère.".into()],
            may_send: people > 0,
        }),
    }
}
