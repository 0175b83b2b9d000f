//! The corpus of hostile texts in what the walls keep: notes, proposals and their answers, requests about data and their
//! answers, names of structures and accounts, reasons of exceptional accesses; then every page that shows them.

use testkit::browser::{Browser, Scripts};

use crate::first::{Stage, demo};
use crate::stored::{corpus, encoded, harmless, plain, says_all, visitor, whole_list};
use crate::visitor::{Answer, Visitor, done};

/// The corpus in texts of at most so many characters, one hostile text a line.
fn chunks(most: usize) -> Vec<String> {
    let mut all = vec![String::from("Un texte assez long.")];
    for text in corpus() {
        let last = all.last_mut().unwrap();
        if last.chars().count() + 1 + text.chars().count() > most {
            all.push(format!("Un texte assez long.\n{text}"));
        } else {
            last.push('\n');
            last.push_str(text);
        }
    }
    all
}

/// The addresses of a page that begin so.
fn links(seen: &Answer, start: &str) -> Vec<String> {
    let mut found: Vec<String> = seen
        .body
        .split(&format!("href=\"{start}"))
        .skip(1)
        .map(|rest| format!("{start}{}", rest.split(['"', '?', '#', '/']).next().unwrap()))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Sends a form and goes where it leads; a proof is given with it, for a machine on which ten minutes pass.
fn send(who: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    let csrf = who.get("/55/compte").csrf();
    let fields: Vec<String> = [("csrf", csrf.as_str()), ("preuve", "demo")]
        .iter()
        .chain(fields)
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    let sent = who.post(path, &fields.join("&"));
    assert_eq!(sent.status, 303, "{path} {fields:?}: {}", sent.body);
    let to = sent.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    to.to_owned()
}

fn enter(stage: &Stage, role: &str) -> (Browser, Visitor) {
    let browser = Browser::start(Scripts::On).unwrap();
    stage.enter(&browser, "55", role);
    let sender = visitor(stage, &browser);
    (browser, sender)
}

/// Each text in a note, read where the person's file shows it.
fn notes(stage: &Stage, browser: &Browser, referent: &mut Visitor, person: &str) {
    for text in corpus() {
        send(referent, &format!("{person}/notes"), &[("text", text), ("level", "team")]);
    }
    says_all(&harmless(stage, browser, person), "the notes", str::to_owned);
}

/// Each text in what the author writes and in what the structure answers.
fn proposals(stage: &Stage, browser: &Browser, referent: &mut Visitor, person: &str) {
    let (theirs, mut partner) = enter(stage, "partner");
    let seen = referent.get(person);
    let (_, choices) = seen.body.split_once("name=\"structure\"").expect("a form that proposes");
    let option = choices.split("<option").find(|one| one.contains("Tremplin Emploi")).unwrap();
    let structure = option.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let last_day = seen.body.split_once("name=\"last_day\"").unwrap().1;
    let last_day = last_day.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (mut written, mut answered, mut read) = (String::new(), String::new(), String::new());
    for chunk in chunks(900) {
        let known = links(&partner.get("/55/propositions"), "/55/propositions/");
        let fields = [("structure", structure.as_str()), ("message", &chunk), ("last_day", &last_day)];
        send(referent, &format!("{person}/propositions"), &fields);
        let now = links(&partner.get("/55/propositions"), "/55/propositions/");
        let one = now.into_iter().find(|one| !known.contains(one)).expect("the proposal is there");
        send(&mut partner, &one, &[("reply", "accepted"), ("reason", &chunk)]);
        written += &harmless(stage, &theirs, &one);
        answered += &harmless(stage, browser, person);
        read += &harmless(stage, &theirs, "/55/propositions");
        let id = one.rsplit('/').next().unwrap();
        send(referent, &format!("{person}/propositions/{id}/terminer"), &[]);
    }
    says_all(&written, "what the structure reads", str::to_owned);
    says_all(&answered, "what the author reads", str::to_owned);
    assert!(!read.is_empty());
}

/// Each text in a request, in the reason of its delay and in its answer.
fn requests(stage: &Stage, person: &str) {
    let (browser, mut dpo) = enter(stage, "dpo");
    let today = dpo.get(&format!("{person}/droits"));
    let (_, day) = today.body.split_once("name=\"received\"").unwrap();
    let day = day.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let padded = |text: &str| format!("Un texte assez long. {text}");
    let (mut said, mut one) = (String::new(), String::new());
    for text in corpus() {
        let fields = [("right", "objection"), ("received", &day), ("note", text)];
        one = send(&mut dpo, &format!("{person}/droits"), &fields);
        send(&mut dpo, &format!("{one}/delai"), &[("delay", &padded(text))]);
        send(&mut dpo, &one, &[("reply", "refused"), ("note", &padded(text))]);
        let shown = harmless(stage, &browser, &one);
        assert!(plain(&shown).matches(&plain(text)).count() >= 3, "{one} does not show {text} three times");
        said += &shown;
    }
    says_all(&said, "requests", |text| padded(text));
    // One that waits is told to whoever opens the file.
    for chunk in chunks(900) {
        send(
            &mut dpo,
            &format!("{person}/droits"),
            &[("right", "objection"), ("received", &day), ("note", &chunk)],
        );
    }
    for path in ["/55/droits", &format!("{person}/droits"), one.as_str()] {
        whole_list(stage, &browser, path);
    }
}

/// Each text as the name of a structure, then of an account, in the pages that list them or choose among them.
fn names(stage: &Stage, data: &str, browser: &Browser, person: &str) {
    let (manager, mut writes) = enter(stage, "manager");
    for (number, text) in corpus().into_iter().enumerate() {
        // Two names that differ by their capitals are one.
        let name = format!("{number} {text}");
        let fields = [("name", name.as_str()), ("kind", "operator"), ("side", "employment")];
        send(&mut writes, "/55/reglages/structures/nouvelle", &fields);
    }
    says_all(&harmless(stage, &manager, "/55/reglages/structures"), "the structures", str::to_owned);
    for one in manager.addresses("a[href*='/reglages/structures/']").unwrap().into_iter().step_by(9) {
        harmless(stage, &manager, &one);
    }
    says_all(&harmless(stage, browser, person), "the structures one proposes to", str::to_owned);
    for (number, name) in corpus().into_iter().enumerate() {
        let email = format!("zab{number}@exemple.fr");
        let words =
            ["user", "add", "--data", data, "--department", "55", "--email", &email, "--role", "operator"];
        // One word: some of the texts begin as an option does.
        done(&[&words[..], &[&format!("--name={name}")]].concat());
    }
    let (admin, _) = enter(stage, "admin");
    says_all(&whole_list(stage, &admin, "/55/reglages/utilisateurs"), "the accounts", str::to_owned);
    for one in admin.addresses("a[href*='/reglages/utilisateurs/0']").unwrap().into_iter().step_by(9) {
        harmless(stage, &admin, &one);
    }
    harmless(stage, &admin, "/55/reglages/jetons");
    harmless(stage, &admin, "/55/journal");
}

/// Each text as the reason of an exceptional access, as whoever oversees them reads it.
fn exceptional(stage: &Stage, data: &str) {
    let words =
        ["token", "create", "--data", data, "--department", "55", "--name", "essai", "--scope", "read"];
    let bearer = done(&words).lines().last().unwrap().to_owned();
    let mut api = Visitor::new(&stage.server, &format!("Authorization: Bearer {bearer}\r\n"));
    let people: serde_json::Value =
        serde_json::from_str(&api.get("/55/api/v1/people?limit=200").body).unwrap();
    let (browser, mut coach) = enter(stage, "job_coach");
    let mut reasons = chunks(450).into_iter();
    let mut reason = reasons.next();
    for one in people["items"].as_array().unwrap() {
        let Some(text) = &reason else { break };
        let path = format!("/55/personnes/{}", one["id"].as_str().unwrap());
        if coach.get(&path).status != 404 {
            continue;
        }
        let detail = api.get(&path.replace("/55/", "/55/api/v1/").replace("personnes", "people"));
        let detail: serde_json::Value = serde_json::from_str(&detail.body).unwrap();
        let Some(number) = detail["household"]["claim_number"].as_str().filter(|text| !text.is_empty())
        else {
            continue;
        };
        let csrf = coach.get("/55/compte").csrf();
        let name = one["first_name"].as_str().unwrap();
        let fields = format!(
            "csrf={csrf}&motive=other&number={}&first_name={}&reason={}",
            encoded(number),
            encoded(name),
            encoded(text)
        );
        // Two adults of one household may bear the same first name: the next person will do.
        if coach.post("/55/acces-exceptionnel", &fields).status == 303 {
            harmless(stage, &browser, &path);
            reason = reasons.next();
        }
    }
    assert_eq!(reason, None, "every reason was given");
    let (lead, _) = enter(stage, "team_lead");
    says_all(&whole_list(stage, &lead, "/55/acces-exceptionnels"), "the exceptional accesses", str::to_owned);
    let (dpo, _) = enter(stage, "dpo");
    says_all(&whole_list(stage, &dpo, "/55/journal?acte=open_exceptionally"), "the journal", str::to_owned);
}

/// Each text as the reason why somebody is addressed, as those who answer read it; and as the name of a sector.
fn addressed(stage: &Stage) {
    let (theirs, mut prescriber) = enter(stage, "prescriber");
    let (operator, mut reads) = enter(stage, "operator");
    let known = links(&reads.get("/55/adressages/recus"), "/55/adressages/recus/");
    for (rank, chunk) in chunks(900).iter().enumerate() {
        let (name, born) =
            (format!("Nom {}", "abcdefghij".get(rank..).unwrap()), format!("19{}-03-14", 60 + rank));
        let phone = format!("06 39 98 00 1{rank}");
        let fields = [
            ("last_name", name.as_str()),
            ("first_name", "<b>Zoé</b>"),
            ("birth_date", &born),
            ("commune", "Commercy"),
            ("phone", &phone),
            ("reason", chunk),
            ("urgency", "urgent"),
            ("moment", "any"),
            ("consent", "oui"),
        ];
        send(&mut prescriber, "/55/adressages/nouveau", &fields);
    }
    harmless(stage, &theirs, "/55/adressages");
    harmless(stage, &operator, "/55/adressages/recus");
    let now = links(&reads.get("/55/adressages/recus"), "/55/adressages/recus/");
    let (mut said, mut called) = (String::new(), String::new());
    for one in now.into_iter().filter(|one| !known.contains(one)) {
        said += &harmless(stage, &operator, &one);
        let call = operator.addresses("a[href$='/appel']").unwrap().pop().expect("a call");
        called += &harmless(stage, &operator, &call);
    }
    says_all(&said, "the requests", str::to_owned);
    says_all(&called, "the calls", str::to_owned);
    let (manager, mut writes) = enter(stage, "manager");
    for (number, text) in corpus().into_iter().enumerate() {
        let name: String = format!("{number} {text}").chars().take(80).collect();
        let fields = [("name", name.as_str()), ("purpose", "tous"), ("communes", "Commercy")];
        send(&mut writes, "/55/reglages/secteurs/nouveau", &fields);
    }
    harmless(stage, &manager, "/55/reglages/secteurs");
    harmless(stage, &operator, "/55/appels");
}

#[test]
fn what_the_walls_keep_is_shown_as_text_everywhere() {
    let stage = demo();
    let data = stage.data();
    let (browser, mut referent) = enter(&stage, "social_referent");
    // The first two are proposed to the partner already.
    let people = links(&referent.get("/55/personnes"), "/55/personnes/0");
    let proposed = |person: &String, referent: &mut Visitor| referent.get(person).body.contains("/terminer");
    let free: Vec<String> = people.iter().filter(|one| !proposed(one, &mut referent)).cloned().collect();
    let person = free.first().expect("somebody who is followed and not proposed").clone();
    notes(&stage, &browser, &mut referent, &person);
    proposals(&stage, &browser, &mut referent, &person);
    requests(&stage, &person);
    harmless(&stage, &browser, &person);
    names(&stage, &data, &browser, &person);
    exceptional(&stage, &data);
    addressed(&stage);
}
