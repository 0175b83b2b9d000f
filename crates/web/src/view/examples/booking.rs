use super::*;
use crate::view::booking::*;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::gallery::slot_choices;
use crate::view::parts::Chip;

pub(super) fn pages() -> Vec<Page> {
    [public(), professionals()].into_iter().flatten().collect()
}

fn visitor(lang: Lang) -> Shell {
    Shell { user: None, nav: vec![], search: false, lang, ..shell("") }
}

fn empty(lang: Lang) -> Booking {
    Booking {
        shell: visitor(lang),
        title: "Choisissez votre rendez-vous".into(),
        lead: "Bonjour Léa. Prenez l’horaire qui vous convient.".into(),
        notice: String::new(),
        errors: vec![],
        action: "/55/public/rendez-vous/k7m2p9qa4xy".into(),
        facts: vec![],
        links: vec![],
        choose: None,
        cancel: None,
        call: None,
        reach: vec![Fact::new("Téléphone", "03 29 45 77 00"), Fact::new("Horaires", "de 9 h à 17 h")],
    }
}

fn choosing(title: &str) -> Choosing {
    let chip =
        |label: &str, current| Chip { label: label.into(), href: "?lieu=1".into(), count: None, current };
    let way = Field::select(
        "modality",
        "Comment être reçu",
        vec![Choice::new("in_person", "Sur place", "in_person")],
    );
    Choosing {
        title: title.into(),
        does: "book",
        hidden: vec![("lang".into(), "fr".into())],
        places: vec![chip("Tous les lieux", true), chip("Maison de Bar-le-Duc, à 12 km", false)],
        days: vec![SlotDay {
            title: "Vendredi 27 novembre".into(),
            slots: slot_choices(),
            more: Some(link("Voir les 14 horaires de vendredi 27 novembre", "?jour=2026-11-27")),
        }],
        fields: vec![way],
        submit: "Prendre ce rendez-vous".into(),
        moves: vec![link("Plus de jours", "?du=2026-12-04")],
    }
}

fn calling(errors: &[FieldError]) -> Calling {
    let phone = Field::new(FieldKind::Text, "phone", "Un autre numéro")
        .hint("Si celui que nous avons n’est plus le bon.")
        .value("12")
        .error(FieldError::of(errors, "phone"));
    let when = Field::select("half_day", "Quand vous appeler", vec![Choice::new("", "N’importe quand", "")]);
    Calling {
        title: "Être rappelé".into(),
        fields: vec![when, phone],
        hidden: vec![("lang".into(), "fr".into())],
        back: Some(link("Revenir", "/55/public/rendez-vous/k7m2p9qa4xy")),
    }
}

fn public() -> Vec<Page> {
    let facts = vec![
        Fact::new("Quand", "vendredi 27 novembre à 9 h 00"),
        Fact { detail: Some("3 rue du Port".into()), ..Fact::new("Où", "Maison de Bar-le-Duc, Bar-le-Duc") },
    ];
    let links = ["Déplacer", "Annuler", "Être rappelé"].map(|label| link(label, "?voir=1")).to_vec();
    let errors =
        vec![FieldError { field: "phone".into(), text: "Écrivez un numéro à dix chiffres.".into() }];
    let mine = |lang| Booking {
        title: "Votre rendez-vous".into(),
        facts: facts.clone(),
        links: links.clone(),
        ..empty(lang)
    };
    let choose = |lang| Booking { choose: Some(choosing("")), links: links[2..].to_vec(), ..empty(lang) };
    let call = Booking {
        call: Some(calling(&errors)),
        notice: "Vous avez demandé à être rappelé jeudi 26 novembre.".into(),
        errors,
        ..empty(Lang::Fr)
    };
    let gone = |lang, reach| BookingGone { shell: visitor(lang), reach };
    vec![
        page("booking-choose", &choose(Lang::Fr)),
        page("booking-choose-en", &choose(Lang::En)),
        page("booking-mine", &mine(Lang::Fr)),
        page("booking-mine-en", &mine(Lang::En)),
        page(
            "booking-move",
            &Booking { choose: Some(choosing("Choisissez un autre horaire")), ..mine(Lang::Fr) },
        ),
        page("booking-cancel", &Booking { cancel: Some("?".into()), links: vec![], ..mine(Lang::En) }),
        page("booking-call", &call),
        page("booking-gone", &gone(Lang::Fr, vec![])),
        page("booking-gone-en", &gone(Lang::En, empty(Lang::En).reach)),
    ]
}

/// A call that somebody asked for.
pub(super) fn asked(n: u8, action: Option<&str>) -> CallbackLine {
    CallbackLine {
        who: link("Léa Bertin", "/55/personnes/1/rendez-vous"),
        tags: vec![Tag::new("Depuis plus d’un jour", Tone::Late)],
        when: "L’après-midi : « Après 16 h ».".into(),
        phone: "06 39 98 00 44".into(),
        meta: "Demandé hier à 9 h 00.".into(),
        action: action.map(str::to_owned),
        field: Field::new(FieldKind::Text, &format!("answer-{n}"), "Ce qui est venu de l’appel"),
    }
}

fn professionals() -> Vec<Page> {
    let give = |given, links| GiveLink {
        shell: shell("/personnes"),
        back: link("Léa Bertin", "/55/personnes/1/rendez-vous"),
        title: "Un lien pour Léa Bertin".into(),
        errors: vec![],
        given,
        action: "/55/personnes/1/rendez-vous/lien".into(),
        fields: vec![Field::select("aim", "Il sert à", vec![Choice::new("", "Choisir un horaire", "")])],
        links,
    };
    let address = ("https://dcl.fr/55/r/k7m2p9qa4xy".to_owned(), "Valable jusqu’au 26 décembre.".to_owned());
    let one = LinkLine {
        id: "1".into(),
        what: "Choisir un rendez-vous".into(),
        meta: "Créé le 26 novembre.".into(),
    };
    let list = |groups| Callbacks {
        shell: shell("/agenda"),
        tabs: vec![],
        lead: "2 personnes attendent un appel.".into(),
        errors: vec![],
        groups,
    };
    let groups = vec![
        ("À rappeler par vous".to_owned(), vec![asked(1, Some("/55/rappels/1"))]),
        ("À rappeler dans l’équipe".to_owned(), vec![asked(2, Some("/55/rappels/2"))]),
    ];
    vec![
        page("link", &give(None, vec![])),
        page("link-given", &give(Some(address), vec![one])),
        page("callbacks", &list(groups)),
        page("callbacks-empty", &list(vec![])),
    ]
}
