use super::*;
use crate::view::access::*;
use crate::view::errors::{ErrorPage, Problem};
use crate::view::gallery::Gallery;
use crate::view::home::{Home, LastFile};
use crate::view::journal::{Journal, JournalRow};
use crate::view::letters::Letters;
use crate::view::mentions::Mentions;
use crate::view::parts::{Choice, Field, FieldError, FieldKind};
use crate::view::public::{Accessibility, Privacy};
use crate::view::settings::*;
use crate::view::words;
use domain::access::permission::{Action, grant};
use domain::access::role::Role;

pub(super) fn pages() -> Vec<Page> {
    [doors(), inside(), rules(), lines(), public()].into_iter().flatten().collect()
}

fn doors() -> Vec<Page> {
    let account = |role: Role, name: &str, sees: &str| DemoAccount {
        email: format!("{}@55.demo.test", role.code()),
        name: name.into(),
        role: words::role(role),
        sees: sees.into(),
    };
    let accounts = vec![
        account(Role::Operator, "Clara Humbécourt", "46 personnes à orienter de la Meuse"),
        account(Role::JobCoach, "Inès Carpentreau", "les 28 personnes qu’elle accompagne"),
        account(Role::SocialReferent, "Hugo Testanière", "les 31 personnes qu’il accompagne"),
        account(Role::TeamLead, "Agathe Lormelin", "toutes les personnes du Barrois"),
        account(Role::Manager, "Paul Ancemont", "les chiffres ; les dossiers avec un motif"),
        account(Role::Dpo, "Rose Vigneulles", "le journal"),
    ];
    let wrong = |field: &str, text: &str| vec![FieldError { field: field.into(), text: text.into() }];
    let demo = || Shell { demo: true, ..bare(Lang::Fr) };
    vec![
        page("login", &Login::new(demo(), "", String::new(), vec![], accounts)),
        page(
            "login-error",
            &Login::new(
                bare(Lang::Fr),
                "agathe@loiret.fr",
                "/55/personnes".into(),
                wrong("email", "Ce courriel et ce mot de passe ne vont pas ensemble."),
                vec![],
            ),
        ),
        page("login-en", &Login::new(bare(Lang::En), "", String::new(), vec![], vec![])),
        page(
            "choose_password",
            &ChoosePassword::new(
                bare(Lang::Fr),
                "/55/invitation/abc".into(),
                "Agathe Lormelin".into(),
                "agathe@meuse.fr".into(),
                wrong("password", "Il manque 4 caractères pour arriver à 12."),
            ),
        ),
        page(
            "reason",
            &Reason::new(
                shell("/personnes"),
                "/55/motif".into(),
                "/55/personnes/1".into(),
                Some("Odile Barrancourt".into()),
                "",
                wrong("reason", "Écrivez une phrase."),
            ),
        ),
        page(
            "reason-list",
            &Reason::new(shell(""), "/55/motif".into(), "/55/personnes".into(), None, "", vec![]),
        ),
    ]
}

fn inside() -> Vec<Page> {
    let home = Home {
        shell: Shell { flash: Some(done("Vous êtes connectée.")), ..shell("/") },
        name: "Clara".into(),
        summary: "Une personne a dépassé le délai légal. Cinq autres l’atteindront dans les 7 jours.".into(),
        stats: vec![
            stat("1", "en retard", "délai légal dépassé", Tone::Late),
            stat("5", "à 7 jours ou moins", "", Tone::Soon),
            stat("46", "à orienter", "dans la Meuse", Tone::Neutral),
            stat("0", "question ouverte", "", Tone::Neutral),
        ],
        tasks: vec![
            task(
                "Orienter Odile Barrancourt",
                "Vit seule à Stenay, reçue le 4 octobre",
                None,
                Some(clock("2026-11-15")),
            ),
            task(
                "Orienter Amadou Sissokho",
                "Bar-le-Duc, reçu le 7 octobre",
                None,
                Some(clock("2026-11-18")),
            ),
            task(
                "12 rapprochements",
                "La plus ancienne question date du 2 novembre",
                Some(tag("12", Tone::Soon)),
                None,
            ),
        ],
        last_file: Some(LastFile {
            link: link("Bénéficiaires, octobre 2026", "/55/fichiers/1"),
            status: tag("Lu", Tone::Ok),
            facts: vec![fact("Reçu", "lundi 16 novembre à 6 h 12"), fact("Dossiers", "15 995 sur 16 000")],
        }),
    };
    let nothing = Home {
        shell: shell("/"),
        name: "Clara".into(),
        summary: String::new(),
        stats: vec![],
        tasks: vec![],
        last_file: None,
    };
    let role = |role: Role, territory: &str| RoleLine {
        role: words::role(role),
        territory: territory.into(),
        period: "depuis le 4 mai 2026".into(),
    };
    let account = |roles, demo: bool| Account {
        shell: shell(""),
        name: "Clara Humbécourt".into(),
        email: "operator@55.demo.test".into(),
        roles,
        demo,
        second_factor: !demo,
        own_acts: true,
    };
    let roles = vec![role(Role::Operator, "toute la Meuse"), role(Role::TeamLead, "Barrois")];
    vec![
        page("home", &home),
        page("home-empty", &nothing),
        page("account", &account(roles, false)),
        page("account-empty", &account(vec![], true)),
        page("gallery", &Gallery::new(shell(""))),
    ]
}

fn rules() -> Vec<Page> {
    let who = WhoMay {
        shell: shell(""),
        roles: Role::ALL.map(words::role).to_vec(),
        rows: Action::ALL
            .map(|action| WhoMayRow {
                action: words::action(action),
                cells: Role::ALL.map(|role| words::grant(grant(role, action))).to_vec(),
            })
            .to_vec(),
        grants: vec![fact("ses personnes", "les personnes dont on est référent")],
        relations: vec!["Référent social".into(), "La personne".into()],
        levels: vec![WhoMayRow {
            action: "Lue par le binôme".into(),
            cells: vec!["oui".into(), String::new()],
        }],
    };
    let row = |name: &str, code: &str, communes: &str, people: &str| TerritoryRow {
        link: link(name, &format!("/55/reglages/territoires/{code}")),
        code: code.into(),
        communes: communes.into(),
        people: people.into(),
    };
    let rows = vec![row("Bar-le-Duc", "barrois", "112", "840"), row("Verdun", "verdun", "201", "1 022")];
    let without = Some(link("3 communes n’ont pas de territoire", "/55/reglages/territoires/aucun"));
    let commune = |code: &str, name: &str| CommuneLine {
        code: code.into(),
        name: name.into(),
        people: "12 personnes".into(),
        checked: code == "55029",
    };
    let territory = |communes| {
        let shell = shell("/reglages/territoires");
        Territory {
            title: "Barrois".into(),
            rename_action: "/55/reglages/territoires/barrois".into(),
            move_action: "/55/reglages/territoires/barrois/communes".into(),
            errors: vec![],
            name: Territory::name_field(&shell, "Barrois", &[]),
            to: Territory::to_field(&shell, vec![Choice::new("verdun", "Verdun", "verdun")], &[]),
            communes,
            shell,
        }
    };
    let letters = |email: &str, errors| {
        let typed = [("email", email.to_owned())].into();
        Letters::new(shell("/reglages/territoires"), vec![], &typed, errors)
    };
    let mentions = |typed, errors| Mentions::new(shell("/reglages/territoires"), vec![], typed, errors);
    let wrong =
        FieldError { field: "accessibility".into(), text: "Cette adresse n’est pas lisible.".into() };
    vec![
        page("who_may", &who),
        page(
            "territories",
            &Territories::new(shell("/reglages/territoires"), vec![], rows, without, "", vec![]),
        ),
        page(
            "territories-empty",
            &Territories::new(shell("/reglages/territoires"), vec![], vec![], None, "", vec![]),
        ),
        page(
            "territory",
            &territory(vec![commune("55029", "Bar-le-Duc"), commune("55291", "Ligny-en-Barrois")]),
        ),
        page("territory-empty", &territory(vec![])),
        page("letters", &letters("insertion@meuse.example", vec![])),
        page(
            "letters-wrong",
            &letters(
                "x",
                vec![FieldError { field: "email".into(), text: "Cette adresse n’est pas lisible.".into() }],
            ),
        ),
        page("mentions", &mentions(["accessibilite@meuse.example", "", "2026-11-17"], vec![])),
        page("mentions-wrong", &mentions(["x", "", ""], vec![wrong])),
    ]
}

fn lines() -> Vec<Page> {
    let line = |who: &str, role: &str, act, about: Option<Link>, reason: &str| JournalRow {
        when: "aujourd’hui à 9 h 44".into(),
        who: who.into(),
        role: role.into(),
        act: words::act(act),
        detail: if act == domain::audit::Act::ReadPerson {
            "Onglet L’essentiel.".into()
        } else {
            String::new()
        },
        about,
        reason: reason.into(),
    };
    let journal = |rows, whole| Journal {
        shell: shell("/journal"),
        summary: "3 lignes depuis le 1er novembre.".into(),
        whole,
        filters: vec![
            Field::select("acte", "Acte", vec![Choice::new("", "Tous", "")]),
            Field::new(FieldKind::Text, "qui", "Qui"),
            Field::new(FieldKind::Date, "du", "Du"),
            Field::new(FieldKind::Date, "au", "Au"),
        ],
        kept: vec![],
        exports: vec![link("Exporter en CSV", "/55/journal.csv?")],
        rows,
        pager: pager(),
    };
    let lines = vec![
        line(
            "Paul Ancemont",
            "Direction insertion",
            domain::audit::Act::ReadPerson,
            Some(link("Odile Barrancourt", "/55/personnes/1")),
            "Courrier du 12 novembre",
        ),
        line("Déclic", "", domain::audit::Act::Import, Some(link("Bénéficiaires, octobre 2026", "")), ""),
        line("Clara Humbécourt", "Téléopératrice", domain::audit::Act::SignIn, None, ""),
    ];
    vec![
        page("journal", &journal(lines, Some(done("Le journal est entier : 1 204 lignes vérifiées.")))),
        page("journal-empty", &journal(vec![], None)),
    ]
}

fn public() -> Vec<Page> {
    let mut pages = Vec::new();
    for lang in [Lang::Fr, Lang::En] {
        let name = |name: &str| format!("{name}-{}", lang.code());
        let accessibility = Accessibility {
            shell: bare(lang),
            contact_email: "accessibilite@meuse.fr".into(),
            checked_on: Some("17 novembre 2026".into()),
        };
        pages.push(page(&name("accessibility"), &accessibility));
        pages.push(page(
            &name("privacy"),
            &Privacy {
                shell: bare(lang),
                dpo_email: "dpo@meuse.fr".into(),
                years: 2,
                kept: vec![("Identité".into(), "2 ans après le dernier contact".into())],
            },
        ));
        for problem in [
            Problem::Unreadable,
            Problem::Forbidden,
            Problem::FormExpired,
            Problem::Frozen,
            Problem::NotFound,
            Problem::Method,
            Problem::TooSlow,
            Problem::TooLarge,
            Problem::Kind,
            Problem::TooMany,
            Problem::Internal,
            Problem::Unavailable,
        ] {
            let event_id = (problem == Problem::Internal).then(|| "019a-7c1f".to_owned());
            let error = ErrorPage {
                shell: bare(lang),
                problem,
                wait_minutes: None,
                event_id,
                missing: None,
                way: None,
            };
            pages.push(page(&name(problem.title()), &error));
        }
    }
    let inside = ErrorPage {
        shell: shell(""),
        problem: Problem::NotFound,
        wait_minutes: None,
        event_id: None,
        missing: None,
        way: Some(link("Ouvrir un accès exceptionnel", "/55/acces-exceptionnel")),
    };
    pages.push(page("error-inside", &inside));
    let refused = ErrorPage {
        problem: Problem::Forbidden,
        missing: Some("Il vous manque le droit « Exporter une liste ».".into()),
        way: None,
        ..inside
    };
    pages.push(page("error-refused", &refused));
    pages
}
