//! What the real server writes of a tour: identifiers and routes, never a word that somebody typed.

use crate::visitor::{DEPARTMENT, Visitor, done, serve, token};

/// In everything that is typed or sent.
const MARK: &str = "MARQUEZIBELINE";

#[test]
fn the_log_of_a_tour_holds_no_word_that_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let place = ["--data", data.as_str()];
    let email = format!("{MARK}@exemple.fr");
    let words =
        ["user", "add", "--department", DEPARTMENT, "--email", &email, "--name", MARK, "--role", "operator"];
    let link = done(&[&words[..], &place].concat()).lines().last().unwrap().to_owned();
    let link = link.split_once("8080").unwrap().1.to_owned();
    let bearer = token(&place, "write");
    let log = folder.path().join("log");
    let server = serve(&place, &log);

    let mine = format!(
        "User-Agent: {MARK}\r\nX-Forwarded-For: {MARK}\r\nX-Request-Id: {MARK} {MARK}\r\nReferer: /{MARK}\r\n"
    );
    let mut visitor = Visitor::new(&server, &mine);
    let csrf = visitor.get(&link).csrf();
    let password = format!("{MARK}-mot-de-passe-42");
    let chosen = visitor.post(&link, &format!("csrf={csrf}&password={password}&again={password}"));
    assert!(chosen.status == 303 || chosen.status == 422, "{}", chosen.head);
    let login = format!("/{DEPARTMENT}/connexion");
    let csrf = visitor.get(&format!("{login}?suite=/{MARK}")).csrf();
    visitor.post(&login, &format!("csrf={csrf}&email={MARK}&password={MARK}"));
    visitor.post(&login, &format!("csrf={csrf}&email={email}&password={password}"));
    for path in [
        format!("/{DEPARTMENT}/recherche?q={MARK}"),
        format!("/{DEPARTMENT}/personnes?commune={MARK}&apres={MARK}"),
        format!("/{DEPARTMENT}/personnes/{MARK}"),
        format!("/{DEPARTMENT}/mot-de-passe/{MARK}"),
        format!("/{DEPARTMENT}/{MARK}"),
        format!("/{MARK}/personnes?q={MARK}"),
        format!("/assets/{MARK}/{MARK}"),
    ] {
        visitor.get(&path);
    }
    let authorization = format!("Authorization: Bearer {bearer}\r\n");
    let api = format!("/{DEPARTMENT}/api/v1");
    for path in [format!("{api}/people?search={MARK}"), format!("{api}/people/{MARK}")] {
        visitor.send("GET", &path, &authorization, "").unwrap();
    }
    let sent =
        visitor.send("POST", &format!("{api}/imports?file_name={MARK}.xml"), &authorization, MARK).unwrap();
    assert_eq!(sent.status, 202, "{}", sent.body);
    let refused =
        visitor.send("GET", &format!("{api}/people"), &format!("Authorization: Bearer {MARK}\r\n"), "");
    assert_eq!(refused.unwrap().status, 401);
    assert!(server.stop().unwrap().success());

    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.matches("answered").count() > 12, "{log}");
    assert!(log.contains("/{department}/recherche") && log.contains("request.id="), "{log}");
    for secret in [MARK, bearer.as_str(), link.rsplit('/').next().unwrap()] {
        assert!(!log.to_uppercase().contains(&secret.to_uppercase()), "{secret} is in the log:\n{log}");
    }
}
