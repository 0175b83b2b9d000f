//! The letter of a decision, on both engines: what it says, to whom, and who may make it.

use std::collections::BTreeMap;
use std::process::Command;

use app::Context;
use app::agenda::{Booking, Place, book_appointment};
use app::orientation::{DecisionInput, LetterRefused, decide, decision_letter};
use app::people::PeopleError;
use app::people::contact::{Preference, prefer};
use app::people::list::{Filter, Order, Page, PersonRow, Sort, list};
use app::people::person::open;
use app::settings::{LETTER_FIELDS, LettersError, edit_letters, letters};
use domain::access::role::Role;
use domain::agenda::appointment::{Modality, Purpose};
use domain::audit::{Act, Part};
use domain::orientation::rules::{Organisation, Path};
use store::audit::{JournalFilter, Reach};
use testkit::agenda::{WEEK, hours};
use testkit::world::{World, on_both};
use uuid::Uuid;

const WHY: &str = "Nous cherchons d’abord un toit avec vous.";
const INTERNAL: &str = "Hébergée chez une amie, ne pas écrire.";

fn set() -> BTreeMap<&'static str, String> {
    LETTER_FIELDS
        .map(|field| {
            let text = match field.name {
                "name" => "Département de la Meuse, direction de l’insertion",
                "address" => "Place Pierre-François Gossin\n\n 55000 Bar-le-Duc ",
                "short" => "Dept Meuse",
                "town" => "Bar-le-Duc",
                "phone" => "03 29 00 00 00",
                "hours" => "du lundi au vendredi, de 9 h à 12 h",
                "email" => "insertion@meuse.example",
                "signatory" => "Camille Ortega",
                "signatory_role" => "Directrice de l’insertion",
                "recourse_address" => "Hôtel du département, 55012 Bar-le-Duc Cedex",
                "court" => "tribunal administratif de Nancy",
                _ => "5 place de la Carrière, 54000 Nancy, ou telerecours.fr",
            };
            (field.name, text.to_owned())
        })
        .into()
}

/// Somebody oriented by their social referent, who receives them.
struct Scene {
    world: World,
    ctx: Context,
    account: Uuid,
    person: PersonRow,
    other: PersonRow,
    decision: Uuid,
}

impl Scene {
    async fn of(world: World) -> Self {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let sort = (Sort::Name, Order::Ascending);
        let page = Page { after: None, limit: 200 };
        let all = list(&world.system(), &Filter::default(), sort, &page).await.unwrap().rows;
        let mut waiting = all.into_iter().map(|entry| entry.row).filter(|row| row.state == "to_orient");
        let (person, other) = (waiting.next().unwrap(), waiting.next().unwrap());
        let account = world.account(Role::SocialReferent, None).await;
        world.follow(person.id, account, "social").await;
        let ctx = world.acting(account).await;
        let input = DecisionInput {
            path: Some(Path::Social),
            organisation: Some(Organisation::Departement),
            reason: INTERNAL.to_owned(),
            explanation: WHY.to_owned(),
            referent: Some(account),
            ..DecisionInput::default()
        };
        let decision = decide(&ctx, person.id, &input).await.unwrap();
        Self { world, ctx, account, person, other, decision }
    }

    async fn letter(&self) -> Result<String, LetterRefused> {
        let (name, bytes) = decision_letter(&self.ctx, self.person.id, self.decision).await?;
        assert!(name.starts_with("notification-2026-"), "{name}");
        if let Some(folder) = std::env::var_os("DECLIC_LOOK") {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(std::path::Path::new(&folder).join("decision.pdf"), &bytes).unwrap();
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let program = testkit::process::find("pdftotext", &[]).expect("poppler-utils");
        let read = Command::new(program).arg("-layout").arg(file.path()).arg("-").output().unwrap();
        let text = String::from_utf8(read.stdout).unwrap().replace('\u{a0}', " ");
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    async fn made(&self) -> u64 {
        let filter =
            JournalFilter { act: Some(Act::PrintLetter.code().to_owned()), ..JournalFilter::default() };
        store::audit::count(&self.world.department.db, &Reach::Everything, &filter).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_says_what_is_decided_why_and_how_to_contest_and_never_the_internal_reason() {
    on_both(async |world| {
        let scene = Box::pin(Scene::of(world)).await;
        // Nobody said who writes: nothing is made, and what is missing is named.
        let refused = scene.letter().await.unwrap_err().to_string();
        assert!(refused.contains("le tribunal") && refused.contains("Réglages, Courriers"), "{refused}");
        assert_eq!(scene.made().await, 0);
        edit_letters(&scene.world.user(&[Role::Manager]), &set()).await.unwrap();
        let text = scene.letter().await.unwrap();
        for words in [
            "Département de la Meuse, direction de l’insertion Place Pierre-François Gossin",
            "Bar-le-Duc, le 26 novembre 2026",
            "Objet : Votre accompagnement : notre décision",
            "Vous suivez un parcours : accompagnement social. Votre organisme référent est : le Département.",
            "pour l’accompagnement social.",
            "Pourquoi ? Nous cherchons d’abord un toit avec vous.",
            "Rien pour le moment : nous vous appelons",
            "Il est à signer avant le 26 décembre 2026.",
            "Vous avez deux mois à partir du jour où vous recevez cette lettre.",
            "1. Écrivez d’abord à la présidente ou au président du conseil départemental : Hôtel du département",
            "saisir le tribunal administratif de Nancy : 5 place de la Carrière",
            "Appelez le 03 29 00 00 00",
            "Camille Ortega Directrice de l’insertion",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(text.contains(&format!("Bonjour {}", scene.person.first_name)), "{text}");
        for never in ["chez une amie", "{{", "**", "Un logiciel", "Subject", "Quand ?"] {
            assert!(!text.contains(never), "{never}: {text}");
        }
        assert_eq!(scene.made().await, 1);
        assert_eq!(store::verify::verify(&scene.world.department.db).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_appointment_is_told_and_who_prefers_english_has_a_translation_behind() {
    on_both(async |world| {
        let scene = Box::pin(Scene::of(world)).await;
        edit_letters(&scene.world.user(&[Role::Manager]), &set()).await.unwrap();
        let site = scene.world.site("Maison du département", "Bar-le-Duc").await;
        scene.world.opens(scene.account, site, hours(&scene.world, &WEEK, "09:00", "12:00")).await;
        let slot = scene.world.free_with(scene.account).await[1].id;
        let booking = Booking {
            place: Place::Slot(slot),
            and_with: None,
            modality: Modality::InPerson,
            purpose: Purpose::FirstMeeting,
            note: "Parler du logement".to_owned(),
        };
        book_appointment(&scene.ctx, scene.person.id, &booking).await.unwrap();
        let english = Preference { kind: domain::people::contact::Kind::Language, value: Some("en".to_owned()) };
        prefer(&scene.ctx, scene.person.id, vec![english]).await.unwrap();
        let text = scene.letter().await.unwrap();
        for words in [
            "Venir au premier rendez-vous :",
            "Quand ? Le vendredi 27 novembre 2026, à 9 h 00. Prévoyez",
            "Où ? Maison du département, 3 rue du Port, Bar-le-Duc. Pour venir : Arrêt Mairie, entrée de plain-pied.",
            "Que prendre avec vous ? cette lettre",
            "This is a translation. The French letter is the official document.",
            "Subject: Your support: our decision",
            "When? Friday 27 November 2026, at 09:00.",
            "You have two months from the day you receive this letter.",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("Parler du logement"), "a note beside an appointment stays inside");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_made_on_the_social_side_for_this_person_and_while_the_decision_is_in_force() {
    on_both(async |world| {
        let scene = Box::pin(Scene::of(world)).await;
        edit_letters(&scene.world.user(&[Role::Manager]), &set()).await.unwrap();
        let (person, decision) = (scene.person.id, scene.decision);
        let coach = scene.world.account(Role::JobCoach, None).await;
        scene.world.follow(person, coach, "employment").await;
        let coach = scene.world.acting(coach).await;
        let refused = decision_letter(&coach, person, decision).await.unwrap_err();
        assert!(matches!(refused, LetterRefused::OtherSide), "{refused}");
        assert!(!open(&coach, person, Part::Essential).await.unwrap().may_print);
        assert!(open(&scene.ctx, person, Part::Essential).await.unwrap().may_print);
        let unknown =
            |refused: &LetterRefused| matches!(refused, LetterRefused::People(PeopleError::Unknown));
        let stranger = scene.world.acting(scene.world.account(Role::SocialReferent, None).await).await;
        for (who, whom, what) in [
            (&stranger, person, decision),
            (&scene.ctx, person, Uuid::from_u128(7)),
            (&scene.ctx, scene.other.id, decision),
        ] {
            let refused = decision_letter(who, whom, what).await.unwrap_err();
            assert!(unknown(&refused), "{refused}");
        }
        // A decision that exists, on somebody whom the actor may see, but not theirs.
        scene.world.follow(scene.other.id, scene.account, "social").await;
        let refused = decision_letter(&scene.ctx, scene.other.id, decision).await.unwrap_err();
        assert!(unknown(&refused), "{refused}");
        for role in [Role::Prescriber, Role::Manager, Role::Admin, Role::Dpo, Role::Partner] {
            let ctx = scene.world.acting(scene.world.account(role, None).await).await;
            let refused = decision_letter(&ctx, person, decision).await.unwrap_err();
            assert!(matches!(refused, LetterRefused::People(PeopleError::Refused(_))), "{role:?} {refused}");
        }
        assert_eq!(scene.made().await, 0);
        let again = DecisionInput {
            path: Some(Path::Emploi),
            organisation: Some(Organisation::Departement),
            reason: "Le logement est trouvé.".to_owned(),
            explanation: WHY.to_owned(),
            after: Some(decision),
            ..DecisionInput::default()
        };
        decide(&scene.ctx, person, &again).await.unwrap();
        assert!(matches!(scene.letter().await, Err(LetterRefused::Ended)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_letters_say_is_set_by_those_who_set_and_read_again() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        edit_letters(&manager, &set()).await.unwrap();
        let kept = letters(&manager).await.unwrap();
        assert_eq!(kept["address"], "Place Pierre-François Gossin\n55000 Bar-le-Duc");
        assert_eq!(kept.len(), LETTER_FIELDS.len());
        let with = |name: &'static str, value: &str| {
            let mut all = set();
            all.insert(name, value.to_owned());
            all
        };
        let wrong = edit_letters(&manager, &with("email", "insertion chez meuse")).await.unwrap_err();
        assert_eq!(wrong.field(), Some("email"));
        let long = edit_letters(&manager, &with("court", &"x".repeat(301))).await.unwrap_err();
        assert_eq!(long.field(), Some("court"));
        let lead = world.user(&[Role::TeamLead]);
        assert!(matches!(edit_letters(&lead, &set()).await, Err(LettersError::Refused(_))));
        assert_eq!(letters(&manager).await.unwrap(), kept);
    })
    .await;
}
