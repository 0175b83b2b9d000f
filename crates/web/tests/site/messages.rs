//! What is written to people, page by page: each form is really sent, leaves a line in the journal, and keeps what was typed.

use axum::http::StatusCode;
use domain::access::role::Role;
use testkit::page::check_page;
use testkit::world::{World, on_both};

use super::agenda::{lines, scene, sent};
use super::support::{Browser, is};

/// The writes that are sent here.
const PLAYED: [&str; 8] = [
    "/{department}/api/v1/messages/bounces",
    "/{department}/api/v1/sms/{token}",
    "/{department}/reglages/sms",
    "/{department}/messages/{id}/traite",
    "/{department}/messages/imprimer",
    "/{department}/messages/postes",
    "/{department}/personnes/{id}/messages",
    "/{department}/reglages/messages/{code}",
];

/// Whether a write is sent by the tests of this file.
pub fn plays(route: &str) -> bool {
    PLAYED.contains(&route)
}

/// Books the slot of this rank.
async fn book(world: &World, coach: &mut Browser, tab: &str, nth: usize) {
    let new = format!("{tab}/nouveau");
    let shown = coach.get(&new).await;
    let slot = shown.body.split("id=\"slot-").nth(nth).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("slot", slot.as_str()), ("modality", "in_person"), ("purpose", "follow_up")];
    sent(world, coach, &new, &new, &fields).await;
}

async fn set_letters(world: &World) {
    let mut manager = Browser::of(world, Role::Manager).await;
    let page = "/reglages/courriers";
    let csrf = manager.token(page).await;
    let mut fields = vec![("csrf", csrf.as_str())];
    fields.extend(app::settings::LETTER_FIELDS.map(|field| match field.name {
        "email" => ("email", "insertion@meuse.example"),
        name => (name, "Bar-le-Duc"),
    }));
    assert_eq!(manager.post(page, &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reaches_nobody_is_dealt_with_and_letters_are_printed_then_posted() {
    on_both(|world| async move {
        let world = world.in_demo();
        let (mut coach, _, tab, _) = scene(&world).await;
        let seen = coach.get("/messages").await;
        check_page(&seen.body);
        assert!(seen.says("Rien à faire") && seen.says("Aucun courrier n’attend"), "{}", seen.body);
        // Tomorrow, too late for the post; then in a fortnight.
        book(&world, &mut coach, &tab, 1).await;
        book(&world, &mut coach, &tab, 12).await;
        let seen = coach.get("/messages").await;
        check_page(&seen.body);
        assert!(seen.says("appelez la personne") && seen.says("Un courrier à poster"), "{}", seen.body);
        let (_, handle) = seen.body.split_once("action=\"/55/messages/0").unwrap();
        let handle = format!("/messages/0{}", handle.split('"').next().unwrap());
        sent(&world, &mut coach, "/messages", &handle, &[]).await;
        // Nobody said yet who writes: the letter says what it lacks, beside it.
        let csrf = coach.token("/messages").await;
        let early = coach.post("/messages/imprimer", &[("csrf", &csrf)]).await;
        assert_eq!(early.status, StatusCode::SEE_OTHER);
        let seen = coach.get("/messages").await;
        assert!(seen.says("Réglages, Courriers") && !seen.says("sont postés"), "{}", seen.body);
        set_letters(&world).await;
        let before = lines(&world).await;
        let csrf = coach.token("/messages").await;
        let pdf = coach.post("/messages/imprimer", &[("csrf", &csrf)]).await;
        assert_eq!(
            (pdf.status, pdf.headers["content-type"].to_str().unwrap()),
            (StatusCode::OK, "application/pdf")
        );
        assert!(pdf.body.starts_with("%PDF-") && lines(&world).await > before);
        assert!(coach.get("/messages").await.says("sont postés"));
        sent(&world, &mut coach, "/messages", "/messages/postes", &[]).await;
        let person = tab.replace("/rendez-vous", "/messages");
        let seen = coach.get(&person).await;
        check_page(&seen.body);
        assert!(seen.says("posté") && seen.says("Confirmation du rendez-vous"), "{}", seen.body);
        sent(&world, &mut coach, &person, &person, &[("purpose", "first_meeting")]).await;
        assert!(coach.get("/messages").await.says("Invitation à choisir son rendez-vous"));
        // Another coach sees nothing of it.
        let mut other = Browser::of(&world, Role::JobCoach).await;
        assert!(other.get("/messages").await.says("Aucun courrier n’attend"));
        is(&other.get(&person).await, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_read_as_people_will_and_changed_by_a_version() {
    on_both(|world| async move {
        let world = world.in_demo();
        let mut manager = Browser::of(&world, Role::Manager).await;
        let list = manager.get("/reglages/messages").await;
        check_page(&list.body);
        assert!(list.says("Rappel de rendez-vous"));
        let one = "/reglages/messages/appointment-reminder";
        let seen = manager.get(one).await;
        check_page(&seen.body);
        assert!(seen.says("Tient en un SMS") && seen.says("rappel RDV"), "{}", seen.body);
        for (code, _) in domain::reference::catalogues::MESSAGES {
            let seen = manager.get(&format!("/reglages/messages/{code}")).await;
            is(&seen, StatusCode::OK);
            check_page(&seen.body);
            assert!(seen.says("en anglais"), "{code} looks like nothing");
        }
        is(&manager.get("/reglages/messages/inconnu").await, StatusCode::NOT_FOUND);
        let text = domain::reference::catalogues::message("appointment-reminder").unwrap();
        let wrong = text.replace("Nous vous attendons bientôt.", "{{person.salary}}");
        let csrf = manager.token(one).await;
        let refused = manager.post(one, &[("csrf", &csrf), ("after", "1"), ("texte", &wrong)]).await;
        is(&refused, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&refused.body);
        assert!(
            refused.says("person.salary") && refused.body.contains("href=\"#texte\""),
            "{}",
            refused.body
        );
        let right = text.replace("Nous vous attendons bientôt.", "À très bientôt.");
        sent(&world, &mut manager, one, one, &[("after", "1"), ("texte", &right), ("note", "plus court")])
            .await;
        let seen = manager.get(one).await;
        assert!(
            seen.says("À très bientôt.") && seen.says("Version 2") && seen.says("plus court"),
            "{}",
            seen.body
        );
        let mut coach = Browser::of(&world, Role::JobCoach).await;
        let seen = coach.get(one).await;
        check_page(&seen.body);
        assert!(!seen.says("Changer ce message"));
    })
    .await;
}

/// A server of this machine with these data; the task ends with the test.
async fn serve(world: &World) -> std::net::SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = web::router(&web::Site::new(world.app.clone()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Sends a request as a provider or a server of mail does, and gives the status and the body of the answer.
async fn told(to: std::net::SocketAddr, head: &str, body: &str) -> (u16, String) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(to).await.unwrap();
    let length = body.len();
    let request =
        format!("{head}\r\nHost: declic.test\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

/// The only file of the outbox that ends so: its name without that, and its text.
fn sent_file(outbox: &std::path::Path, end: &str) -> (String, String) {
    let all = std::fs::read_dir(outbox).unwrap().map(|one| one.unwrap().path());
    let file = all.into_iter().find(|path| path.display().to_string().ends_with(end)).unwrap();
    let name = file.file_name().unwrap().to_str().unwrap().strip_suffix(end).unwrap().to_owned();
    (name, std::fs::read_to_string(file).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_and_a_server_of_mail_say_over_http_what_became_of_a_message() {
    on_both(|world| async move {
        let mut world = world.in_demo();
        let folder = tempfile::tempdir().unwrap();
        let post = app::messages::Post::folder(folder.path().to_owned(), "Déclic <declic@meuse.example>").unwrap();
        let app = world.app.clone().with_post(post, "https://declic.test".to_owned());
        world.app = app.with_sms(app::messages::Sms::Folder(folder.path().to_owned()));
        set_letters(&world).await;
        let (mut coach, _, tab, _) = scene(&world).await;
        let person = tab.replace("/rendez-vous", "");
        let ways = format!("{person}/contacts");
        let page = format!("{person}/messages");
        for (kind, value) in [("email", "nina.essai@exemple.fr"), ("phone", "06 39 98 00 01")] {
            sent(&world, &mut coach, &ways, &ways, &[("kind", kind), ("value", value)]).await;
        }
        sent(&world, &mut coach, &page, &page, &[("purpose", "first_meeting")]).await;
        while app::messages::deliver_due(&world.system()).await.unwrap() {}
        let (_, mail) = sent_file(folder.path(), ".eml");

        // The mail comes back: a text message leaves.
        let server = serve(&world).await;
        let new = app::access::NewToken::of("postfix", app::access::TokenScope::Write);
        let token = app::access::create_token(&world.system(), new).await.unwrap();
        let head = format!("POST /55/api/v1/messages/bounces HTTP/1.1\r\nAuthorization: Bearer {token}");
        let (status, answer) = told(server, &head, "Je suis absente.").await;
        assert_eq!(status, 400);
        assert!(answer.contains("avis de remise"), "{answer}");
        let back = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n\
             --B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n\
             Final-Recipient: rfc822; nina.essai@exemple.fr\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
             --B\r\nContent-Type: message/rfc822\r\n\r\n{mail}\r\n--B--\r\n"
        );
        let before = lines(&world).await;
        let (status, answer) = told(server, &head, &back).await;
        assert_eq!((status, answer.contains("\"failed\"")), (200, true), "{answer}");
        assert!(lines(&world).await > before);
        let (status, _) = told(server, &head, &"x".repeat(3 * 1024 * 1024)).await;
        assert_eq!(status, 413);
        while app::messages::deliver_due(&world.system()).await.unwrap() {}
        let (id, _) = sent_file(folder.path(), ".sms.txt");
        assert!(coach.get(&ways).await.says("ne fonctionne") , "the address is given up");

        // The provider calls its address.
        let mut manager = Browser::of(&world, Role::Manager).await;
        let reporters = manager.get("/reglages/sms").await;
        check_page(&reporters.body);
        assert!(reporters.says("Jamais : sans adresse"), "{}", reporters.body);
        let shown = sent(&world, &mut manager, "/reglages/sms", "/reglages/sms", &[("provider", "dossier")]).await;
        check_page(&shown);
        let (_, rest) = shown.split_once("https://declic.test/55/api/v1/sms/").unwrap();
        let secret: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        assert!(!manager.get("/reglages/sms").await.body.contains(&secret), "shown once");
        let path = format!("/55/api/v1/sms/{secret}");
        let form = "\r\nContent-Type: application/x-www-form-urlencoded";
        let known = told(server, &format!("POST {path} HTTP/1.1{form}"), &format!("id={id}&status=sent")).await;
        let unknown = told(server, &format!("POST {path} HTTP/1.1{form}"), "id=ailleurs&status=sent").await;
        assert_eq!((known.0, &known), (204, &unknown), "nobody learns which messages exist");
        assert!(!coach.get(&page).await.body.contains(">remis<"));
        let before = lines(&world).await;
        let read = told(server, &format!("GET {path}?messageId={id}&status=DELIVRD HTTP/1.1"), "").await;
        assert_eq!(read.0, 204);
        assert!(lines(&world).await > before);
        let seen = coach.get(&page).await;
        check_page(&seen.body);
        assert!(seen.says("est revenu (5.1.1)") && seen.body.contains(">remis<"), "{}", seen.body);
        assert_eq!(told(server, "POST /55/api/v1/sms/faux HTTP/1.1", "id=a&status=b").await.0, 404);
        let (status, _) = told(server, &format!("POST {path} HTTP/1.1"), &"x".repeat(70_000)).await;
        assert_eq!(status, 413);
        let (status, answer) = told(server, &format!("POST {path} HTTP/1.1"), "zut").await;
        assert!(status == 400 && answer.contains("formulaire"), "{answer}");
        let csrf = manager.token("/reglages/mentions").await;
        let none = manager.post("/reglages/sms", &[("csrf", &csrf), ("provider", "ailleurs")]).await;
        is(&none, StatusCode::NOT_FOUND);
    })
    .await;
}
