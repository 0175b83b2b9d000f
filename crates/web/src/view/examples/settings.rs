use super::*;
use crate::view::exceptional::*;
use crate::view::form_page::*;
use crate::view::parts::{Choice, Field, FieldError, FieldKind};
use crate::view::structures::*;
use crate::view::users::*;

pub(super) fn pages() -> Vec<Page> {
    [structures(), users(), tokens(), exceptional()].into_iter().flatten().collect()
}

fn tabs() -> Vec<NavItem> {
    ["Territoires", "Structures", "Comptes", "Jetons"]
        .map(|label| NavItem {
            label: label.into(),
            href: "/55/reglages/structures".into(),
            count: None,
            current: label == "Structures",
        })
        .to_vec()
}

fn structures() -> Vec<Page> {
    let row = |name: &str, tags, kind: &str, place: &str| StructureRow {
        link: link(name, "/55/reglages/structures/1"),
        tags,
        kind: kind.into(),
        place: place.into(),
        follows: "22 sur 30".into(),
        members: "4".into(),
    };
    let rows = vec![
        row("Maison de la solidarité de Verdun", vec![], "Service du Département, côté social", "Verdun"),
        row(
            "Le Relais des Côtes",
            vec![tag("protégée", Tone::Info)],
            "Hébergement, côté social",
            "tout le département",
        ),
    ];
    let list = |rows| Structures { shell: shell("/reglages/territoires"), tabs: tabs(), rows };
    let form = FormPage {
        shell: shell("/reglages/territoires"),
        back: link("Structures", "/55/reglages/structures"),
        title: "Ajouter une structure".into(),
        lead: "Un changement vaut tout de suite.".into(),
        action: "/55/reglages/structures/nouvelle".into(),
        errors: vec![FieldError { field: "name".into(), text: "Donnez un nom.".into() }],
        fields: vec![
            Field::new(FieldKind::Text, "name", "Nom").error(Some("Donnez un nom.".into())),
            Field::select("side", "Côté", vec![Choice::new("social", "côté social", "social")]),
            Field::new(FieldKind::Checkbox, "sensitive", "Structure protégée").hint("Personne ne le verra."),
        ],
        ticks: Some(Ticks {
            legend: "Territoires servis".into(),
            hint: "Ne cochez rien si elle sert tout le département.".into(),
            name: "territory",
            boxes: vec![Tick { value: "verdun".into(), label: "Verdun".into(), checked: true }],
        }),
        submit: "Enregistrer".into(),
    };
    vec![
        page("structures", &list(rows)),
        page("structures-empty", &list(vec![])),
        page("structure-new", &form),
    ]
}

fn proposal(accept: bool) -> ProposalRow {
    ProposalRow {
        name: "Léna Marchal".into(),
        email: "lena.marchal@meuse.example".into(),
        role: "Coach emploi, Verdun".into(),
        by: "Proposé par Agathe Lormelin, hier à 16 h 40".into(),
        state: tag("en attente", Tone::Soon),
        accept: accept.then(|| "/55/reglages/utilisateurs/propositions/1/accepter".into()),
        decline: accept.then(|| "/55/reglages/utilisateurs/propositions/1/refuser".into()),
    }
}

fn users() -> Vec<Page> {
    let row = |name: &str, roles: Vec<String>, seen: &str, tags| UserRow {
        link: link(name, "/55/reglages/utilisateurs/1"),
        email: "prenom.nom@meuse.example".into(),
        roles,
        seen: seen.into(),
        tags,
    };
    let list = Users {
        shell: shell("/reglages/territoires"),
        tabs: tabs(),
        may_manage: true,
        errors: vec![FieldError {
            field: String::new(),
            text: "Cette proposition a déjà reçu une réponse.".into(),
        }],
        proposals: vec![proposal(true)],
        rows: vec![
            row(
                "Agathe Lormelin",
                vec!["Responsable de territoire, Barrois".into()],
                "hier à 8 h 12",
                vec![],
            ),
            row("Hugo Testanière", vec![], "jamais", vec![tag("invitation sans réponse", Tone::Info)]),
        ],
    };
    let propose = |rows| Propose {
        shell: shell("/reglages/territoires"),
        tabs: tabs(),
        errors: vec![],
        fields: vec![Field::new(FieldKind::Email, "email", "Courriel professionnel")],
        rows,
    };
    let shown = Shown {
        shell: shell("/reglages/territoires"),
        back: link("Voir le compte", "/55/reglages/utilisateurs/1"),
        title: "Le lien est prêt".into(),
        lead: "Il sert une fois.".into(),
        value: "https://declic.meuse.example/55/mot-de-passe/3fXq".into(),
    };
    vec![
        page("users", &list),
        page("user", &user(false)),
        page("user-closed", &user(true)),
        page("propose", &propose(vec![proposal(false)])),
        page("propose-empty", &propose(vec![])),
        page("shown", &shown),
    ]
}

fn user(closed: bool) -> User {
    let role = |state, end: Option<&str>| RoleRow {
        role: "Référente ou référent social".into(),
        place: "Maison de la solidarité de Verdun".into(),
        period: "depuis le 4 mai 2026".into(),
        state,
        end: end.map(str::to_owned),
        last_day: Field::new(
            FieldKind::Date,
            if end.is_some() { "until-1" } else { "until-2" },
            "Dernier jour",
        )
        .value("2026-11-17"),
    };
    User {
        shell: shell("/reglages/territoires"),
        name: "Hugo Testanière".into(),
        tags: if closed { vec![tag("fermé", Tone::Neutral)] } else { vec![] },
        facts: vec![
            fact("Courriel professionnel", "hugo@meuse.example"),
            fact("Dernière connexion", "jamais"),
            fact("Double authentification", "en place"),
        ],
        errors: vec![],
        roles: if closed {
            vec![]
        } else {
            vec![
                role(tag("en cours", Tone::Ok), Some("/55/reglages/utilisateurs/1/roles/1")),
                role(tag("terminé", Tone::Neutral), None),
            ]
        },
        add: (!closed).then(|| "/55/reglages/utilisateurs/1/roles".into()),
        fields: vec![Field::new(FieldKind::Date, "since", "Premier jour")],
        capacity: Some((
            "/55/reglages/utilisateurs/1/places".into(),
            Field::new(FieldKind::Text, "capacity", "Personnes suivies au plus"),
        )),
        link: (!closed).then(|| "/55/reglages/utilisateurs/1/lien".into()),
        reset: (!closed).then(|| "/55/reglages/utilisateurs/1/double-authentification".into()),
        switch: Some("/55/reglages/utilisateurs/1/fermer".into()),
        closed,
    }
}

fn tokens() -> Vec<Page> {
    let row = |name: &str, works: bool| TokenRow {
        name: name.into(),
        scope: "lire".into(),
        made: "créé le 4 mai 2026".into(),
        end: "4 mai 2027 à 0 h".into(),
        used: "aujourd’hui à 9 h 44".into(),
        state: if works { tag("fonctionne", Tone::Ok) } else { tag("révoqué", Tone::Neutral) },
        rotate: works.then(|| "/55/reglages/jetons/1/remplacer".into()),
        revoke: works.then(|| "/55/reglages/jetons/1/revoquer".into()),
    };
    let list = |rows| Tokens {
        shell: shell("/reglages/territoires"),
        tabs: tabs(),
        errors: vec![],
        rows,
        fields: vec![Field::new(FieldKind::Text, "name", "Nom du logiciel")],
    };
    vec![
        page("tokens", &list(vec![row("Portail usager", true), row("Ancien tableau", false)])),
        page("tokens-empty", &list(vec![])),
    ]
}

fn exceptional() -> Vec<Page> {
    let row = |seen: Option<&str>| NoticeRow {
        who: "Hugo Testanière".into(),
        when: "aujourd’hui à 9 h 44".into(),
        about: link("Odile Barrancourt", "/55/personnes/1"),
        motive: "Personne reçue à l’accueil ou au téléphone".into(),
        reason: "Reçue sans rendez-vous pour une facture d’eau".into(),
        state: tag("lu", Tone::Ok),
        seen: seen.map(str::to_owned),
    };
    let list = |rows| Exceptional { shell: shell(""), summary: "1 accès à lire.".into(), rows };
    vec![
        page("exceptional", &list(vec![row(Some("/55/acces-exceptionnels/1")), row(None)])),
        page("exceptional-empty", &list(vec![])),
    ]
}
