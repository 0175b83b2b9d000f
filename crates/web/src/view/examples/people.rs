use super::texts::{notes, proposals};
use super::*;
use crate::view::contact::{Asked, Contact, Contacts, Differs, Held};
use crate::view::form::{Choice, Field, FieldKind};
use crate::view::notes::Notes;
use crate::view::orientation::*;
use crate::view::parts::*;
use crate::view::people::{People, PersonRow, export_links};
use crate::view::person::*;
use crate::view::search::Search;

pub(super) fn pages() -> Vec<Page> {
    [lists(), orientation(), persons(), edited()].into_iter().flatten().collect()
}

fn state(code: &str, label: &str) -> StateTag {
    StateTag { code: code.into(), label: label.into() }
}

pub(super) fn rows() -> Vec<PersonRow> {
    let row = |name: &str, meta: &str, state: StateTag, legal: Option<&str>| PersonRow {
        link: link(name, "/55/personnes/1"),
        meta: meta.into(),
        state,
        flags: vec![],
        right: "ouvert depuis septembre 2026".into(),
        territory: "Barrois".into(),
        due: if legal.is_some() { "Orienter".into() } else { String::new() },
        clock: legal.map(clock),
        note: "le nom ressemble".into(),
    };
    vec![
        row("Odile Barrancourt", "58 ans, Stenay", state("to_orient", "À orienter"), Some("2026-11-15")),
        row("Amadou Sissokho", "41 ans, Bar-le-Duc", state("to_orient", "À orienter"), Some("2026-11-18")),
        PersonRow {
            territory: String::new(),
            flags: vec![tag("à rapprocher", Tone::Soon)],
            ..row("Yohan Dieppedalle", "31 ans, Revigny-sur-Ornain", state("known", "Connu"), None)
        },
        row(
            "Jean-Christophe de La Chapelle-Saint-Laurent",
            "47 ans",
            state("right_closed", "Droit fermé"),
            None,
        ),
    ]
}

fn exports() -> Vec<Link> {
    export_links(&shell(""), "/55/personnes.csv".into(), "/55/personnes.xlsx".into())
}

fn filters(names: &[&str]) -> Vec<Field> {
    names
        .iter()
        .map(|name| Field::select(&name.to_lowercase(), *name, vec![Choice::new("", "Tous", "")]))
        .collect()
}

fn lists() -> Vec<Page> {
    let chip = |label: &str, count: &str, current| Chip {
        label: label.into(),
        href: "/55/personnes?etat=x".into(),
        count: Some(count.into()),
        current,
    };
    let people = |rows, chips, exports| People {
        shell: shell("/personnes"),
        title: "1 370 personnes".into(),
        summary: "46 sont à orienter, 31 ont un droit fermé.".into(),
        chips,
        filters: [
            vec![Field::new(FieldKind::Text, "nom", "Nom, téléphone ou dossier")],
            filters(&["Territoire", "Commune"]),
        ]
        .concat(),
        kept: vec![("etat".into(), "to_orient".into())],
        rows,
        pager: pager(),
        exports,
        empty: empty(),
    };
    let chips = vec![
        chip("Toutes", "1 370", true),
        chip("À orienter", "46", false),
        chip("Droit fermé", "31", false),
    ];
    let search = |query: &str, summary: &str, rows| Search {
        shell: shell(""),
        query: query.into(),
        summary: summary.into(),
        rows,
        pager: pager(),
        empty: Empty {
            title: crate::i18n::text(Lang::Fr, "search-none").to_string(),
            text: crate::i18n::text(Lang::Fr, "search-none-text").to_string(),
            action: None,
        },
    };
    vec![
        page("people", &people(rows(), chips, exports())),
        page("people-empty", &people(vec![], vec![], vec![])),
        page("search", &search("barancour", "4 personnes pour « barancour ».", rows())),
        page("search-empty", &search("", "", vec![])),
    ]
}

fn orientation() -> Vec<Page> {
    let row = |name: &str, age: &str, received: &str, legal: &str, commune: &str| ToOrientRow {
        link: link(name, "/55/personnes/1"),
        age: age.into(),
        received: received.into(),
        clock: clock(legal),
        commune: commune.into(),
        territory: "Verdun".into(),
        family: "seule, 2 enfants".into(),
        seniority: "au RSA depuis mars 2019".into(),
        flags: if age == "22 ans" { vec![tag("moins de 26 ans", Tone::Soon)] } else { vec![] },
    };
    let rows = vec![
        row("Odile Barrancourt", "58 ans", "4 octobre", "2026-11-15", "Stenay"),
        row("Amadou Sissokho", "41 ans", "7 octobre", "2026-11-18", "Bar-le-Duc"),
        row("Kévin Thomassard", "27 ans", "9 octobre", "2026-11-20", "Ligny-en-Barrois"),
        row("Jessica Wœrlein", "22 ans", "10 octobre", "2026-11-21", "Commercy"),
        row("Ginette Aubréville", "61 ans", "16 octobre", "2026-11-27", "Clermont-en-Argonne"),
    ];
    let sorted = |code: &'static str| {
        let sort = if code == "deadline" { Sort::Ascending } else { Sort::None };
        (Some(format!("?tri={code}")), sort)
    };
    let chip = |label: &str, count: &str| Chip {
        label: label.into(),
        href: "?delai=x".into(),
        count: Some(count.into()),
        current: false,
    };
    let list = |rows, delays, pace: &str| ToOrient {
        shell: shell("/orientation"),
        title: "46 personnes à orienter".into(),
        summary: "Une personne a dépassé le délai légal. Cinq autres l’atteindront dans les 7 jours.".into(),
        pace: pace.into(),
        delays,
        chips: vec![
            chip("Dépassé", "1"),
            chip("7 jours ou moins", "5"),
            chip("8 à 21 jours", "21"),
            chip("Plus de 21 jours", "19"),
        ],
        filters: filters(&["Territoire", "Commune", "Délai", "Ancienneté", "Âge", "Famille", "Fichier"]),
        kept: vec![("tri".into(), "delai".into())],
        columns: ToOrient::columns(&shell(""), sorted),
        rows,
        pager: pager(),
        invite: Some("/55/agenda/vagues/nouvelle?etat=to_orient".into()),
        exports: exports(),
        empty: empty(),
    };
    let counts = Delays { late: 1, week: 5, three_weeks: 21, later: 19 };
    vec![
        page("to_orient", &list(rows, counts, "Reçues depuis janvier : 94 % dans les 6 semaines")),
        page("to_orient-empty", &list(vec![], Delays::default(), "")),
    ]
}

pub(super) fn head(tab: usize) -> PersonHead {
    let step = |label: &str, when: Option<&str>, mark| Step {
        label: label.into(),
        when: when.map(str::to_owned),
        mark,
    };
    let entry = |rank: usize, key: &str, path: &str| NavItem {
        label: crate::i18n::text(Lang::Fr, key).to_string(),
        href: format!("/55/personnes/1{path}"),
        count: None,
        current: rank == tab,
    };
    PersonHead {
        back: link("À orienter", "/55/orientation"),
        identity: Identity {
            name: "Odile Barrancourt".into(),
            state: state("to_orient", "À orienter"),
            flags: vec![tag("à rapprocher", Tone::Soon)],
            age: "58 ans".into(),
            place: Some("Stenay".into()),
            household: Some("Seule, 2 enfants".into()),
            right: "Droit RSA ouvert depuis septembre 2026".into(),
        },
        due: Some(Due {
            lead: "en retard de".into(),
            when: "2 jours".into(),
            what: "Orienter".into(),
            who: "Plateforme d’orientation de la Meuse. Reçue le 4 octobre.".into(),
            clock: Some(clock("2026-11-15")),
            late: true,
        }),
        why: "Vous pouvez voir cette personne parce qu’elle attend une orientation.".into(),
        steps: vec![
            step("Connue", Some("4 oct."), Mark::Done),
            step("À orienter", Some("depuis le 4 oct."), Mark::Here),
            step("Orientée", None, Mark::Next),
            step("Inscrite", None, Mark::Next),
            step("Diagnostic", None, Mark::Next),
            step("Contrat", None, Mark::Next),
            step("Sortie", None, Mark::Next),
        ],
        notices: vec![Notice {
            text: "La personne demande une correction, réponse due le 20 décembre 2026.".into(),
            note: "Mon numéro de téléphone a changé.".into(),
            link: Some(link("Corriger dans « Joindre »", "/55/personnes/1/contacts")),
        }],
        tabs: vec![
            entry(0, "people-tab-essential", ""),
            entry(1, "people-tab-right", "/droit"),
            entry(2, "documents-tab", "/documents"),
            entry(3, "people-tab-opened", "/consultations"),
            entry(4, "people-tab-rights", "/droits"),
        ],
    }
}

fn bare_head() -> PersonHead {
    let full = head(0);
    let identity = Identity { flags: vec![], place: None, household: None, ..full.identity };
    PersonHead { due: None, steps: vec![], notices: vec![], identity, ..full }
}

/// Somebody of whom only the name is known.
fn unknown() -> PersonPage {
    PersonPage {
        received: None,
        transfer_href: None,
        shell: shell("/personnes"),
        head: bare_head(),
        right: RightCard { state: "Droit inconnu".into(), tone: Tone::Neutral, facts: vec![] },
        members: vec![],
        address: vec![],
        map: None,
        contacts: vec![],
        contacts_href: None,
        facts: vec![],
        orientation: None,
        path: crate::view::followup::PathPanel::default(),
        panels: Vec::new(),
        contracts: crate::view::engagement::ContractPanel::default(),
        notes: Notes::default(),
        proposals: None,
        referrals: vec![],
        nir: Nir { shown: "absent".into(), reveal_action: None, errors: vec![], warning: None },
        questions: vec![],
        events: vec![],
        more_events: None,
    }
}

fn stenay() -> SmallMap {
    SmallMap {
        title: "Stenay dans la Meuse".into(),
        text: "Stenay est au nord du département, territoire de Verdun.".into(),
        view_box: "0 0 200 160".into(),
        outlines: vec!["M20 80L100 70L180 90L150 155L40 150Z".into()],
        here: Some("M20 80L60 10L150 15L180 90L100 70Z".into()),
        point: Some((92.0, 34.5)),
    }
}

fn contacts() -> Vec<Contact> {
    let contact = |kind: &str, value: &str, tags, differs: &[&str]| Contact {
        kind: kind.into(),
        value: value.into(),
        href: Some("tel:+33639981732".into()),
        source: "saisi par Clara Humbécourt le 13 novembre".into(),
        tags,
        differs: differs
            .iter()
            .map(|value| Differs {
                lead: "contacts.csv, le 3 octobre :".into(),
                value: (*value).into(),
                href: Some("tel:+33611223344".into()),
            })
            .collect(),
    };
    let answer = contact("Message sur le répondeur", "ne pas laisser de message", vec![], &[]);
    vec![
        contact(
            "Téléphone",
            "06 39 98 17 32",
            vec![tag("partagé par le foyer", Tone::Info)],
            &["06 11 22 33 44"],
        ),
        contact("Courriel", "odile.barrancourt@courriel.example", vec![], &[]),
        Contact { href: None, ..answer },
    ]
}

fn edited() -> Vec<Page> {
    let held = |contact: Contact, usable: bool| Held {
        contact,
        change: usable.then(|| "?changer=1#ecrire".into()),
        mark_action: "/55/personnes/1/contacts/1".into(),
        mark: if usable { "unusable" } else { "usable" },
        mark_label: "Ne fonctionne plus".into(),
    };
    let wrong = FieldError { field: "value".into(), text: "Ce numéro n’est pas lisible.".into() };
    let asked = |name: &str, label: &str, before: &str| Asked {
        field: Field::select(name, label, vec![Choice::new("", "Non demandé", before)]),
        before: before.into(),
    };
    let edit = |rows, typed: (&str, &str, &str), errors: Vec<FieldError>, replaces| Contacts {
        person: link("Odile Barrancourt", "/55/personnes/1"),
        fields: Contacts::fields(&shell("/personnes"), typed, &errors),
        errors,
        rows,
        write_action: "/55/personnes/1/contacts".into(),
        replaces,
        answers_action: "/55/personnes/1/contacts/reponses".into(),
        answers: vec![asked("language", "Langue", "fr"), asked("sms", "SMS", "")],
        shell: shell("/personnes"),
    };
    let rows = contacts().into_iter().take(2).enumerate().map(|(rank, one)| held(one, rank == 0)).collect();
    let key = Some(("1".to_owned(), "Au lieu de 06 39 98 17 32.".to_owned()));
    vec![
        page("contacts", &edit(rows, ("phone", "06 39", "oui"), vec![wrong], key)),
        page("contacts-empty", &edit(vec![], ("phone", "", ""), vec![], None)),
    ]
}

fn members() -> Vec<Member> {
    let member = |name: &str, role: &str, age: &str, href: Option<&str>| Member {
        name: name.into(),
        role: role.into(),
        age: age.into(),
        href: href.map(str::to_owned),
    };
    vec![
        member("Odile Barrancourt", "Demandeuse", "58 ans", None),
        member("Marc Barrancourt", "Conjoint", "60 ans", Some("/55/personnes/2")),
        member("Léa Barrancourt", "Enfant", "17 ans", None),
    ]
}

fn persons() -> Vec<Page> {
    let event = |icon, title: &str, accent| Event {
        icon,
        title: title.into(),
        when: "dimanche 4 octobre".into(),
        by: Some("CAF de la Meuse".into()),
        text: Some("Nouvelle adresse : 4 rue des Lilas, Stenay.".into()),
        source: Some(link("Bénéficiaires, septembre 2026", "/55/fichiers/1")),
        accent,
    };
    let full = PersonPage {
        received: None,
        transfer_href: Some("/55/personnes/1/transfert".into()),
        shell: shell("/personnes"),
        head: head(0),
        right: RightCard {
            state: "Ouvert et versé".into(),
            tone: Tone::Ok,
            facts: vec![
                fact("Depuis", "1er septembre 2026"),
                fact("Montant", "607,75 €").detail("mois d’octobre, RSA socle"),
                fact("Droits et devoirs", "soumise").detail("reçue le 4 octobre"),
            ],
        },
        members: members(),
        address: vec![
            fact("Adresse", "4 rue des Lilas, 55700 Stenay").detail("fichier du 30 septembre"),
            fact("Territoire", "Verdun"),
        ],
        map: Some(stenay()),
        contacts: contacts(),
        contacts_href: Some("/55/personnes/1/contacts".into()),
        facts: vec![
            fact("Née le", "4 mai 1968").detail("à Verdun"),
            fact("Dossier CAF", "55 0417552").mono(),
            fact("France Travail", "1234567A").mono(),
        ],
        orientation: Some(crate::view::calls::OrientationPanel {
            decisions: super::calls::decisions(),
            call: Some(link("Appeler", "/55/personnes/1/appel")),
            decide: Some(link("Réorienter", "/55/personnes/1/orientation")),
        }),
        path: super::followup::path(),
        panels: vec![super::programmes::panel(), super::programmes::outcomes()],
        contracts: super::engagement::panel(),
        notes: notes(),
        proposals: Some(proposals(None)),
        referrals: vec![crate::view::referrals::ReferralNote {
            link: link("Adressée le 26 novembre 2026 par Patricia Lahaye", "/55/adressages/recus/1"),
            reason: vec!["A besoin d’aide pour ses démarches.".into()],
            call: "À appeler à toute heure, au 06 39 98 51 04".into(),
            urgent: false,
        }],
        nir: Nir {
            shown: "2 68 05 •• ••• •••".into(),
            reveal_action: Some("/55/personnes/1/nir".into()),
            errors: vec![FieldError { field: "reason".into(), text: "Écrivez pourquoi.".into() }],
            warning: Some("La clé ne correspond pas : le NIR ne sert pas à rapprocher.".into()),
        },
        questions: vec![Question {
            link: link("Odyle Barrancourt, née le 4 mai 1968", "/55/rapprochements/1"),
            text: "Même date de naissance, noms très proches".into(),
        }],
        events: vec![
            event("place", "Changement d’adresse", true),
            event("file", "Nommée par un fichier", false),
        ],
        more_events: Some("?tout=oui".into()),
    };
    let wrong = Some(proposals(Some("Choisissez une structure de la liste.")));
    let refused = PersonPage { proposals: wrong, ..unknown() };
    vec![page("person", &full), page("person-empty", &unknown()), page("person-proposing", &refused)]
}
