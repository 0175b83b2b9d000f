use super::*;
use crate::view::account::{ChangePassword, Codes, Drawing, SecondFactor, SessionRow, Sessions, State};
use crate::view::errors::{ErrorPage, Problem};
use crate::view::login::{self, Asked, Confirm, Forgotten};
use crate::view::parts::{Choice, FieldError};
use crate::view::settings::Security;
use crate::view::words;
use domain::access::role::Role;

pub(super) fn pages() -> Vec<Page> {
    [doors(), account(), rules()].into_iter().flatten().collect()
}

fn wrong(field: &str, text: &str) -> Vec<FieldError> {
    vec![FieldError { field: field.into(), text: text.into() }]
}

fn doors() -> Vec<Page> {
    let half = || Shell { user: None, ..bare(Lang::Fr) };
    let code = wrong("code", "Ce code n’est pas le bon, ou il a déjà servi.");
    let email = wrong("email", "Écrivez une adresse électronique complète.");
    let proof = wrong(Confirm::FIELD, "Ce mot de passe ou ce code n’est pas le bon.");
    let kept = vec![("idle".to_owned(), "30".to_owned())];
    let wait = |minutes| ErrorPage {
        shell: bare(Lang::Fr),
        problem: Problem::TooMany,
        wait_minutes: Some(minutes),
        event_id: None,
        missing: None,
        way: None,
    };
    let mut alone = Confirm::new(shell(""), "/55/confirmer".into(), vec![], vec![]);
    alone.holds_a_form = false;
    let typed = vec![
        ("kind".to_owned(), "team".to_owned()),
        ("text".to_owned(), "Rappeler jeudi, après le rendez-vous à la mairie.".to_owned()),
    ];
    let resumed =
        login::Resumed::new(shell(""), "1", "/55/personnes/1/notes".into(), typed, "14 h 30".into());
    vec![
        page("forgotten", &Forgotten::new(bare(Lang::Fr), true, "agathe@", email)),
        page("forgotten-none", &Forgotten::new(bare(Lang::Fr), false, "", vec![])),
        page("asked", &Asked { shell: bare(Lang::Fr) }),
        page("second_factor", &login::SecondFactor::new(half(), "/55/personnes".into(), vec![])),
        page("second_factor-error", &login::SecondFactor::new(half(), String::new(), code)),
        page("confirm", &alone),
        page("confirm-form", &Confirm::new(shell(""), "/55/reglages/securite".into(), kept, proof)),
        page("resumed", &resumed),
        page("wait-one", &wait(1)),
        page("wait-several", &wait(5)),
    ]
}

fn account() -> Vec<Page> {
    let row = |device: &str, current| SessionRow {
        name: "0a1b2c".into(),
        device: device.into(),
        address: "203.0.113.0/24".into(),
        since: "hier à 8 h 12".into(),
        last_used: "aujourd’hui à 9 h 40".into(),
        current,
    };
    let second = |led, state, errors| SecondFactor {
        shell: if led { Shell { nav: vec![], ..shell("") } } else { shell("") },
        led,
        next: String::new(),
        errors,
        state,
    };
    let begun = |errors: &[FieldError]| {
        let drawing =
            Drawing::of("otpauth://totp/D%C3%A9clic%20Meuse:agathe%40meuse.fr?secret=GEZDGNBVGY3TQOJQ");
        State::begun(&shell(""), drawing, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".into(), errors)
    };
    let confirmed =
        |codes_left, mandatory| State::Confirmed { since: "hier à 8 h 12".into(), codes_left, mandatory };
    let code = wrong("code", "Ce code n’est pas le bon.");
    vec![
        page(
            "change_password",
            &ChangePassword::new(shell(""), wrong("current", "Ce n’est pas votre mot de passe.")),
        ),
        page(
            "sessions",
            &Sessions {
                shell: shell(""),
                rows: vec![row("Firefox sur Windows", true), row("Safari sur iPhone", false)],
            },
        ),
        page("sessions-one", &Sessions { shell: shell(""), rows: vec![row("Firefox sur Windows", true)] }),
        page("second-none", &second(false, State::None, vec![])),
        page("second-led", &second(true, State::None, vec![])),
        page("second-begun", &second(false, begun(&[]), vec![])),
        page("second-begun-error", &second(true, begun(&code), code.clone())),
        page("second-on", &second(false, confirmed(9, false), vec![])),
        page("second-on-mandatory", &second(false, confirmed(1, true), vec![])),
        page("second-demo", &second(false, State::Demo, vec![])),
        page(
            "codes",
            &Codes {
                shell: shell(""),
                name: "Agathe Lormelin".into(),
                codes: (0..10).map(|n| format!("abcd-ef{n}h-jkmn")).collect(),
                next: "/55/".into(),
            },
        ),
    ]
}

fn rules() -> Vec<Page> {
    let roles = |ticked: &[Role]| {
        let choice = |role: Role| Choice {
            value: role.code().into(),
            label: words::role(role),
            selected: ticked.contains(&role),
        };
        Role::ALL.into_iter().map(choice).collect::<Vec<_>>()
    };
    let error = wrong("idle", "Donnez un nombre de minutes entre 5 et 480.");
    vec![
        page(
            "security",
            &Security::new(shell(""), vec![], roles(&[Role::Admin]), ["30", "15", "12"], vec![]),
        ),
        page("security-error", &Security::new(shell(""), vec![], roles(&[]), ["3", "15", "12"], error)),
    ]
}

#[test]
fn a_drawing_has_its_white_margin_and_its_three_marks() {
    let drawing = Drawing::of("otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ");
    assert!(drawing.size > 29, "{}", drawing.size);
    let far = drawing.size - 5;
    for (x, y) in [(4, 4), (far, 4), (4, far)] {
        assert!(drawing.path.contains(&format!("M{x} {y}h1v1h-1z")), "{x} {y}");
    }
    assert!(!drawing.path.contains("M3 ") && !drawing.path.contains(&format!("M{} ", far + 1)));
}
