//! A professional invites somebody; the message is read in the outbox, its link is opened on a telephone, and an hour is chosen.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use testkit::browser::{Browser, Scripts};

use super::first::demo;

const EMAIL: &str = "nina.essai@exemple.fr";

/// The text of a letter that invites, when it has left, to an address or a name of these; its quoted-printable undone as far as
/// a link needs. A name that has an accent is not found: it is written otherwise in a letter.
pub fn invitation(outbox: &Path, to: &[String]) -> String {
    let start = Instant::now();
    while start.elapsed() < Duration::from_mins(1) {
        let files =
            std::fs::read_dir(outbox).map(|all| all.flatten().map(|one| one.path()).collect::<Vec<_>>());
        for file in files.unwrap_or_default() {
            let text = std::fs::read_to_string(&file).unwrap_or_default().replace("=\r\n", "");
            if to.iter().any(|one| text.contains(one))
                && text.contains("Subject: Choisissez votre rendez-vous")
            {
                return text;
            }
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("no invitation left");
}

/// Runs the program with a text on its standard input: whether it succeeded, and what it said.
fn piped(words: &[&str], text: &str) -> (bool, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_declic"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn an_invitation_is_sent_read_and_answered() {
    let stage = demo();
    let coach = Browser::start(Scripts::On).unwrap();
    stage.enter(&coach, "55", "job_coach");
    coach.goto(&format!("{}/55/personnes", stage.server.url)).unwrap();
    coach.follow("table tbody tr:first-child a").unwrap();
    let person = coach.url().unwrap();
    coach.goto(&format!("{person}/contacts")).unwrap();
    coach.click("#kind option[value='email']").unwrap();
    coach.fill("#value", EMAIL).unwrap();
    coach.follow("#ecrire button[type=submit]").unwrap();
    coach.goto(&format!("{person}/messages")).unwrap();
    stage.sound(&coach, "messages of a person", Scripts::On);
    coach.click_text("Lire l’invitation avant de l’envoyer").unwrap();
    assert!(coach.text("main").unwrap().contains("Choisir le jour et l’heure"));
    coach.follow_text("Envoyer l’invitation").unwrap();
    let text = invitation(&Path::new(&stage.data()).join("outbox"), &[EMAIL.to_owned()]);
    let (_, link) = text.split_once("/55/r/").expect("a link");
    let token: String = link.chars().take_while(char::is_ascii_alphanumeric).collect();
    coach.goto(&format!("{person}/messages")).unwrap();
    assert!(coach.text("main").unwrap().contains("parti"));
    let telephone = Browser::start(Scripts::Off).unwrap();
    telephone.set_width(320).unwrap();
    telephone.goto(&format!("{}/55/r/{token}", stage.server.url)).unwrap();
    assert_eq!(telephone.overflow().unwrap(), 0);
    telephone.click("fieldset input[name=slot]").unwrap();
    telephone.follow("main form button.btn-primary").unwrap();
    assert!(telephone.text(".dc-flash").unwrap().contains("Votre rendez-vous est pris"));
    // The mail comes back after all, and the server of mail pipes it into the program, beside the site.
    let back = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n\
         --B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; {EMAIL}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         --B\r\nContent-Type: message/rfc822\r\n\r\n{text}\r\n--B--\r\n"
    );
    let data = stage.data();
    let bounced = piped(&["messages", "bounce", "--department", "55", "--data", &data], &back);
    assert!(bounced.0 && bounced.1.contains("n’est pas arrivé"), "{bounced:?}");
    let again = piped(&["messages", "bounce", "--department", "55", "--data", &data], &back);
    assert!(again.0 && again.1.contains("déjà su"), "{again:?}");
    let other = piped(&["messages", "bounce", "--department", "55", "--data", &data], "Je reviens lundi.");
    assert!(!other.0 && other.1.contains("avis de remise"), "{other:?}");
    coach.goto(&format!("{person}/messages")).unwrap();
    assert!(coach.text("main").unwrap().contains("Le courriel est revenu (5.1.1)"));
    coach.goto(&format!("{}/55/messages", stage.server.url)).unwrap();
    stage.sound(&coach, "messages and letters", Scripts::On);
    let manager = Browser::start(Scripts::On).unwrap();
    stage.enter(&manager, "55", "manager");
    stage.open(&manager, "/55/reglages/messages", Scripts::On);
    manager.follow_text("Rappel de rendez-vous").unwrap();
    stage.sound(&manager, "a message", Scripts::On);
}
