use super::people::head;
use super::*;
use crate::view::agenda::*;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::{Tick, Ticks};
use crate::view::gallery::{day_rows as rows, slot_choices};
use crate::view::parts::Chip;

pub(super) fn pages() -> Vec<Page> {
    [days(), places(), hours(), sessions(), appointments(), settings()].into_iter().flatten().collect()
}

fn tabs() -> Vec<NavItem> {
    let tab = |label: &str, path: &str, current| NavItem {
        label: label.into(),
        href: format!("/55{path}"),
        count: None,
        current,
    };
    vec![tab("Mon agenda", "/agenda", true), tab("L’équipe", "/agenda/equipe", false)]
}

fn chip(label: &str, current: bool) -> Chip {
    Chip { label: label.into(), href: "/55/agenda".into(), count: None, current }
}

fn moves() -> Vec<Link> {
    ["Jour précédent", "Aujourd’hui", "Jour suivant"].map(|label| link(label, "/55/agenda")).to_vec()
}

fn select(name: &str, label: &str) -> Field {
    Field::select(
        name,
        label,
        vec![Choice::new("a", "Sur place", "a"), Choice::new("b", "Par téléphone", "")],
    )
}

fn days() -> Vec<Page> {
    let agenda = |days: Vec<DayBlock>, empty| Agenda {
        shell: shell("/agenda"),
        tabs: tabs(),
        title: "Mardi 17 novembre".into(),
        lead: "4 rendez-vous, 1 créneau libre".into(),
        views: vec![chip("Jour", true), chip("Semaine", false)],
        moves: moves(),
        actions: vec![link("Liste du prochain jour ouvré", "/55/agenda/lieux/1/demain")],
        days,
        empty,
    };
    let day = DayBlock {
        id: "jour".into(),
        title: "Mardi 17 novembre".into(),
        meta: "4 rendez-vous".into(),
        rows: rows(),
    };
    let cell = |booked: &[&str], note: &str| TeamCell {
        label: "Lundi 16 novembre".into(),
        booked: booked.iter().map(|one| (*one).to_owned()).collect(),
        note: note.into(),
    };
    vec![
        page("agenda", &agenda(vec![day], None)),
        page("agenda-empty", &agenda(vec![], Some(empty()))),
        page(
            "agenda_team",
            &Team {
                shell: shell("/agenda"),
                tabs: tabs(),
                title: "Semaine du 16 novembre".into(),
                moves: moves(),
                days: vec!["Lundi 16 novembre".into(), "Mardi 17 novembre".into()],
                rows: vec![TeamRow {
                    who: link("Inès Carpentreau", "/55/agenda/heures?pour=1"),
                    cells: vec![
                        cell(&["9 h 00, Maëlle Dorvault"], "2 créneaux libres"),
                        cell(&[], "Absence"),
                    ],
                }],
            },
        ),
    ]
}

fn places() -> Vec<Page> {
    let places = |rows| Places { shell: shell("/agenda"), tabs: tabs(), rows };
    let reception = |rows| Reception {
        shell: shell("/agenda"),
        place: link("Maison de Bar-le-Duc", "/55/agenda/lieux/1"),
        day: "mercredi 18 novembre".into(),
        facts: vec![fact("Adresse", "3 rue François-de-Guise, Bar-le-Duc")],
        rows,
    };
    let coming = ReceptionRow {
        hour: "9 h 00".into(),
        who: "Maëlle Dorvault".into(),
        with: "Inès Carpentreau, Bureau 2".into(),
        phone: "06 39 98 17 32".into(),
    };
    let place = PlaceRow {
        link: link("Maison de Bar-le-Duc", "/55/agenda/lieux/1"),
        address: "3 rue François-de-Guise, Bar-le-Duc".into(),
        access: "Arrêt Mairie".into(),
        reception: "/55/agenda/lieux/1/demain".into(),
    };
    vec![
        page("agenda_places", &places(vec![place])),
        page("agenda_places-empty", &places(vec![])),
        page("agenda_reception", &reception(vec![coming])),
        page("agenda_reception-empty", &reception(vec![])),
    ]
}

fn hours() -> Vec<Page> {
    let hours = |full: bool| HoursPage {
        shell: shell("/agenda"),
        tabs: tabs(),
        title: "Mes heures d’accueil".into(),
        others: if full {
            vec![chip("Inès Carpentreau", true), chip("Hugo Testanière", false)]
        } else {
            vec![]
        },
        add: "/55/agenda/heures/nouvelle?pour=1".into(),
        openings: if full { vec![opening()] } else { vec![] },
        absences: if full {
            vec![AbsenceRow {
                words: "Lundi 23 novembre".into(),
                remove: "/55/agenda/absences/1/retirer".into(),
            }]
        } else {
            vec![]
        },
        errors: vec![],
        absence_action: "/55/agenda/absences".into(),
        fields: vec![
            Field::new(FieldKind::Date, "first", "Premier jour"),
            Field::new(FieldKind::Time, "from", "À partir de"),
        ],
        account: "1".into(),
        feed: full.then(|| FeedCard {
            since: "Une adresse marche depuis hier.".into(),
            begin: "/55/agenda/abonnement".into(),
            end: "/55/agenda/abonnement/retirer".into(),
        }),
    };
    let ticks = |name, legend: &str| Ticks {
        legend: legend.into(),
        hint: String::new(),
        name,
        boxes: vec![Tick { value: "0".into(), label: "lundi".into(), checked: true }],
    };
    let form = OpeningForm {
        shell: shell("/agenda"),
        back: link("Heures d’accueil", "/55/agenda/heures"),
        title: "Ajouter des heures".into(),
        action: "/55/agenda/heures/nouvelle".into(),
        errors: vec![FieldError { field: "to".into(), text: "La fin vient avant le début.".into() }],
        ticks: vec![ticks("day", "Jours"), ticks("way", "Comment")],
        fields: vec![
            Field::new(FieldKind::Time, "to", "À").error(Some("La fin vient avant le début.".into())),
        ],
        more: vec![Field::new(FieldKind::Date, "since", "Premier jour")],
        account: "1".into(),
    };
    vec![
        page("agenda_hours", &hours(true)),
        page("agenda_hours-empty", &hours(false)),
        page("agenda_opening", &form),
    ]
}

fn opening() -> OpeningRow {
    OpeningRow {
        link: link("Lundi, jeudi, 9 h 00 à 12 h 00", "/55/agenda/heures/1"),
        place: "Maison de Bar-le-Duc, sur place ou par téléphone".into(),
        detail: "Rendez-vous de 45 min, 15 min entre deux.".into(),
        end: "/55/agenda/heures/1/terminer".into(),
    }
}

fn sessions() -> Vec<Page> {
    let list = |rows| Gatherings {
        shell: shell("/agenda"),
        tabs: tabs(),
        add: Some("/55/agenda/seances/nouvelle".into()),
        rows,
    };
    let row = GatheringRow {
        link: link("Parler de soi en trois minutes", "/55/agenda/seances/1"),
        when: "jeudi 19 novembre à 14 h 00, 2 h".into(),
        place: "Maison de Bar-le-Duc, Salle Bleue".into(),
        seats: "8 sur 8 inscrits, 2 en attente".into(),
        tags: vec![tag("Complète", Tone::Info)],
    };
    let one = |rows, cancel| GatheringPage {
        shell: shell("/agenda"),
        title: "Parler de soi en trois minutes".into(),
        lead: "jeudi 19 novembre à 14 h 00, 2 h".into(),
        tags: vec![tag("Complète", Tone::Info)],
        facts: vec![fact("Places", "8 sur 8 inscrits")],
        rows,
        cancel,
    };
    vec![
        page("agenda_gatherings", &list(vec![row])),
        page("agenda_gatherings-empty", &list(vec![])),
        page("agenda_gathering", &one(rows(), Some("/55/agenda/seances/1/annuler".into()))),
        page("agenda_gathering-empty", &one(vec![], None)),
    ]
}

fn slots(empty_too: bool) -> SlotForm {
    SlotForm {
        action: "/55/personnes/1/rendez-vous/nouveau".into(),
        slots: if empty_too { vec![] } else { slot_choices() },
        fields: vec![select("modality", "Comment")],
        hidden: vec![("site".into(), "1".into())],
        submit: "Prendre ce rendez-vous".into(),
        empty: empty_too.then(empty),
        open: true,
    }
}

fn appointments() -> Vec<Page> {
    let one = |full: bool| AppointmentPage {
        shell: shell("/agenda"),
        back: link("Maëlle Dorvault", "/55/personnes/1/rendez-vous"),
        title: "Rendez-vous de Maëlle Dorvault".into(),
        lead: "demain à 9 h 00, 45 min".into(),
        tags: vec![tag("À venir", Tone::Accent)],
        facts: vec![fact("Objet", "Suivi")],
        errors: vec![],
        attendance: if full { rows().into_iter().find_map(|row| row.attendance) } else { None },
        moving: full.then(|| slots(false)),
        cancel: full.then(|| CancelForm {
            action: "/55/agenda/rendez-vous/1/annuler".into(),
            fields: vec![select("by", "Par qui")],
            open: false,
        }),
        invitation: "/55/agenda/rendez-vous/1/invitation.ics".into(),
    };
    let propose = |none: bool| Propose {
        shell: shell("/personnes"),
        back: link("Maëlle Dorvault", "/55/personnes/1/rendez-vous"),
        title: "Proposer un rendez-vous à Maëlle Dorvault".into(),
        errors: vec![],
        search_action: "/55/personnes/1/rendez-vous/nouveau".into(),
        filters: vec![select("way", "Façon")],
        kept: vec![],
        form: slots(none),
        free: FreeForm { fields: vec![Field::new(FieldKind::Date, "free_day", "Jour")], open: none },
        sessions: if none {
            vec![]
        } else {
            vec![SessionChoice {
                value: "1".into(),
                title: "Parler de soi en trois minutes".into(),
                meta: "jeudi 19 novembre à 14 h 00".into(),
                go: "Inscrire".into(),
            }]
        },
        join_action: "/55/personnes/1/seances".into(),
    };
    let person = |coming, past, may: bool| PersonAppointments {
        shell: shell("/personnes"),
        head: head(2),
        coming,
        past,
        propose: may.then(|| {
            ("/55/personnes/1/rendez-vous/nouveau".into(), "/55/personnes/1/rendez-vous/lien".into())
        }),
        calls: if may { vec![super::booking::asked(3, None)] } else { vec![] },
    };
    vec![
        page("agenda_appointment", &one(true)),
        page("agenda_appointment-over", &one(false)),
        page("agenda_propose", &propose(false)),
        page("agenda_propose-empty", &propose(true)),
        page("person_appointments", &person(rows(), rows(), true)),
        page("person_appointments-empty", &person(vec![], vec![], false)),
    ]
}

fn settings() -> Vec<Page> {
    let sites = |rows| Sites { shell: shell("/reglages/lieux"), tabs: tabs(), rows };
    let row = SiteRow {
        link: link("Maison de Bar-le-Duc", "/55/reglages/lieux/1"),
        address: "3 rue François-de-Guise, Bar-le-Duc".into(),
        territory: "Barrois".into(),
        rooms: "2".into(),
        tags: vec![tag("Fermé", Tone::Neutral)],
    };
    let site = |new: bool| SitePage {
        shell: shell("/reglages/lieux"),
        title: "Maison de Bar-le-Duc".into(),
        errors: vec![FieldError { field: "name".into(), text: "Donnez un nom.".into() }],
        action: "/55/reglages/lieux/1".into(),
        fields: vec![Field::new(FieldKind::Text, "name", "Nom du lieu").error(Some("Donnez un nom.".into()))],
        rooms: if new { vec![] } else { vec![fact("Salle Bleue", "12 places")] },
        room_action: (!new).then(|| "/55/reglages/lieux/1/salles".into()),
        room_fields: vec![Field::new(FieldKind::Text, "room", "Nom de la salle")],
    };
    vec![
        page("agenda_sites", &sites(vec![row])),
        page("agenda_sites-empty", &sites(vec![])),
        page("agenda_site", &site(false)),
        page("agenda_site-new", &site(true)),
    ]
}
