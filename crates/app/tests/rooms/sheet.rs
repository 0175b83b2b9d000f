//! Spreadsheets come in, on both engines: contacts of people known, people to orient, rows left out alone.

use std::io::Write;
use std::path::Path;

use app::intake::digest::digest;
use app::intake::import::{ImportError, ImportInput, import_file};
use app::intake::profiles::{self, Choice, ProfileError};
use app::intake::report::{Changes, Report};
use app::intake::{queue, show};
use app::people::contact::Source;
use app::people::list::{Filter, Order, Page, Sort};
use app::people::person::PersonFile;
use chrono::Duration;
use domain::access::role::Role;
use exchange::spreadsheet::{Column, Confidence, Field, Profile};
use exchange::table::{Cell, Table};
use store::people::PersonRow;

use testkit::world::{World, on_both_in};

const CONTACTS: &str = "MATRICULE;ROLE PERSONNE;NIR;NOM RESPONSABLE DOSSIER;PRENOM RESPONSABLE DOSSIER;\
NUMERO TELEPHONE DOSSIER;NUMERO TELEPHONE 2 DOSSIER;ADRESSE ELECTRONIQUE DOSSIER\n\
2055990;DEM;;TIFOUR;ZO\u{c9};0199000001;639980001;foyer@exemple.test\n\
208956400000000;DEM;2730799404078;BULLOCK;ETA;06 39 98 00 02;;\n\
9999999;DEM;;PERSONNE;ANNA;0639980003;;\n";

const PEOPLE: &str = "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité;Numéro(s) de téléphone;Adresse\n\
0346145;Lamothe;Odile;04/05/1991;dem;Mme;06 39 98 00 11;12 rue du Fort 55100 Verdun\n\
0346145;Lamothe;Karim;04/05/1989;cjt;M.;;12 rue du Fort 55100 Verdun\n\
;Barrancourt;Léa;31/02/1990;dem;Mme;;\n\
;;;;;;06 39 98 00 12;\n";

async fn import_named(
    world: &World,
    name: &str,
    bytes: &[u8],
    profile: Option<&str>,
) -> Result<Report, ImportError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let input = ImportInput {
        path: file.path(),
        file_name: name.to_owned(),
        profile: profile.map(ToOwned::to_owned),
    };
    import_file(&world.system(), input, |_, _| {}).await
}

async fn import(world: &World, name: &str, bytes: &[u8]) -> Report {
    import_named(world, name, bytes, None).await.unwrap()
}

async fn sample(world: &World) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/RSABEM.xml");
    import(world, "RSABEM.xml", &std::fs::read(path).unwrap()).await;
}

async fn everybody(world: &World) -> Vec<PersonRow> {
    let page = Page { after: None, limit: 50 };
    let sort = (Sort::Name, Order::Ascending);
    let listed = app::people::list::list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row).collect()
}

async fn named(world: &World, last: &str, first: &str) -> PersonFile {
    let all = everybody(world).await;
    let row = all.iter().find(|p| p.last_name == last && p.first_name == first).unwrap();
    app::people::person::open(&world.system(), row.id, domain::audit::Part::Essential).await.unwrap()
}

fn reached(file: &PersonFile) -> Vec<(&str, bool)> {
    let mut all: Vec<_> = file.reach.ways.iter().map(|c| (c.told.value.as_str(), c.told.shared)).collect();
    all.sort_unstable();
    all
}

async fn sound(world: &World) {
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

/// A file of contacts as the CNAF makes it: semicolons, Windows-1252.
fn contacts() -> Vec<u8> {
    CONTACTS.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_contact_file_of_the_cnaf_gives_phones_to_the_people_known() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        let report = import(&world, "contacts.csv", &contacts()).await;
        assert_eq!((report.kind.as_str(), report.reference_date.as_str()), ("spreadsheet", "2026-11-26"));
        assert_eq!((report.dossiers.read, report.dossiers.accepted, report.dossiers.rejected), (3, 2, 1));
        assert_eq!((report.persons.created, report.persons.updated, report.persons.review), (0, 3, 0));
        assert_eq!(report.changes, Changes::default());
        let left = &report.rejects[0];
        assert_eq!((left.position, left.line, left.dossier.as_str()), (3, 4, "9999999"));
        assert_eq!(left.reason, "aucun dossier ne porte ce matricule");
        let household = [("+33199000001", true), ("+33639980001", true), ("foyer@exemple.test", true)];
        assert_eq!(reached(&named(&world, "Tifour", "Sophie").await), household);
        assert_eq!(reached(&named(&world, "Keller", "Noel").await), household);
        let alone = named(&world, "Bullock", "Eta").await;
        assert_eq!(reached(&alone), [("+33639980002", false)]);
        assert_eq!(alone.reach.ways[0].told.source, Source::File("contacts.csv".to_owned()));
        let identity = (alone.row.birth_date.unwrap().to_string(), alone.row.subject);
        assert_eq!(identity, ("1973-07-21".to_owned(), true), "identity and right come from the payer");
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_beneficiaries_gives_people_to_orient_and_bad_rows_are_left_out_alone() {
    on_both_in("55", |world| async move {
        let report = import(&world, "liste.csv", PEOPLE.as_bytes()).await;
        assert_eq!((report.dossiers.read, report.dossiers.accepted, report.dossiers.rejected), (4, 2, 2));
        assert_eq!((report.persons.created, report.persons.review, report.changes.entered), (2, 0, 0));
        assert_eq!(report.rejects.iter().map(|r| (r.position, r.line)).collect::<Vec<_>>(), [(3, 4), (4, 5)]);
        assert!(report.rejects[0].reason.contains("31/02/1990"), "{report:?}");
        let rows = show::rejects(
            &world.system(),
            show::list(&world.system(), None, 1).await.unwrap()[0].row.id,
            0,
            9,
        )
        .await;
        let (row, raw) = {
            let row = rows.unwrap().remove(0);
            show::raw(&world.system(), row.import_id, row.id).await.unwrap()
        };
        assert!(raw.contains("Barrancourt") && !row.raw.windows(5).any(|w| w == b"Barra"), "kept, sealed");
        let odile = named(&world, "Lamothe", "Odile").await;
        assert_eq!(
            (odile.row.state.as_str(), odile.row.asked_for_help, odile.row.subject),
            ("to_orient", true, false)
        );
        assert_eq!(odile.row.reception.unwrap().to_string(), "2026-11-26");
        assert_eq!(odile.row.due_on.unwrap().to_string(), "2027-01-07");
        assert_eq!((odile.row.commune.as_deref(), odile.row.sex.as_deref()), (Some("55545"), Some("2")));
        assert_eq!(odile.row.territory.as_deref(), Some("verdun"));
        assert_eq!(reached(&odile), [("+33639980011", false)]);
        assert_eq!(app::people::search::search(&world.system(), "lamote odile").await.unwrap().rows.len(), 1);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_gives_people_too() {
    on_both_in("55", |world| async move {
        let text = |words: &[&str]| words.iter().map(|w| Cell::text(*w)).collect::<Vec<_>>();
        let table = Table {
            title: "Feuille1".to_owned(),
            headers: ["N° CAF", "Nom", "Prénom", "Date de naissance", "Rôle", "Civilité"]
                .map(str::to_owned)
                .to_vec(),
            rows: vec![
                [
                    text(&["0346145", "Lamothe", "Odile"]),
                    vec![Cell::Date("1991-05-04".parse().unwrap())],
                    text(&["dem", "Mme"]),
                ]
                .concat(),
            ],
        };
        let report = import(&world, "liste.xlsx", &table.to_xlsx().unwrap()).await;
        assert_eq!((report.persons.created, report.dossiers.rejected), (1, 0));
        assert_eq!(named(&world, "Lamothe", "Odile").await.row.birth_date.unwrap().to_string(), "1991-05-04");
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_tags_and_numbers_of_a_spreadsheet_are_kept_shown_and_searched() {
    const IODAS: &str = "N° Allocataire;Civilité;Nom bénéficiaire;Prénom bénéficiaire;Date de Naissance;Adresse;\
        CP Ville;Rôle;ID IODAS;Tags\n\
        0346145;Mme;Lamothe;Odile;04/05/1991;12 rue du Fort;55100 Verdun;dem;IO-20451;mobilité, garde d'enfant\n";
    on_both_in("55", |world| {
        Box::pin(async move {
            import(&world, "entretiens.csv", IODAS.as_bytes()).await;
            let odile = named(&world, "Lamothe", "Odile").await;
            let address = &odile.reach.addresses[0];
            assert_eq!(address.told.value, "12 rue du Fort, 55100 Verdun");
            assert_eq!(address.told.source, Source::File("entretiens.csv".to_owned()));
            let tags: Vec<_> = odile.tags.iter().map(|l| (l.value.as_str(), l.file.as_str())).collect();
            assert_eq!(tags, [("garde d'enfant", "entretiens.csv"), ("mobilité", "entretiens.csv")]);
            assert_eq!(odile.numbers[0].value, "IO-20451");
            for words in ["IO-20451", "io20451", "io 20451", "IO-2045"] {
                let found = app::people::search::search(&world.system(), words).await.unwrap();
                assert_eq!(found.rows.len(), usize::from(words != "io 20451"), "{words}");
            }
            let known = digest(&world.system()).await.unwrap();
            world.wait(Duration::days(3));
            let again = [IODAS.as_bytes(), b"\n"].concat();
            let report = import(&world, "encore.csv", &again).await;
            assert_eq!((report.persons.updated, report.persons.unchanged), (0, 1));
            assert_eq!(digest(&world.system()).await.unwrap(), known);
            let more = IODAS.replace("IO-20451", "IO-777777").replace("12 rue du Fort", "3 place Chevert");
            import(&world, "plus.csv", more.as_bytes()).await;
            let odile = named(&world, "Lamothe", "Odile").await;
            assert_eq!((odile.numbers.len(), odile.tags.len(), odile.reach.addresses.len()), (2, 2, 2));
            assert_eq!(
                odile.reach.addresses[0].told.value, "3 place Chevert, 55100 Verdun",
                "the newest first"
            );
            assert_ne!(digest(&world.system()).await.unwrap(), known);
            sound(&world).await;
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_spreadsheet_twice_changes_nothing_even_saved_again_with_other_bytes() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        import(&world, "contacts.csv", &contacts()).await;
        import(&world, "liste.csv", PEOPLE.as_bytes()).await;
        let known = digest(&world.system()).await.unwrap();
        world.wait(Duration::days(3));
        for bytes in [contacts(), PEOPLE.as_bytes().to_vec()] {
            assert!(import(&world, "encore.csv", &bytes).await.already_imported);
            let report = import(&world, "encore.csv", &[&bytes[..], b"\n"].concat()).await;
            assert!(!report.already_imported);
            assert_eq!(
                (report.persons.created, report.persons.updated, report.persons.review),
                (0, 0, 0),
                "{report:?}"
            );
        }
        assert_eq!(digest(&world.system()).await.unwrap(), known);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nir_with_another_birth_date_is_asked_and_both_are_followed() {
    on_both_in("52", |world| async move {
        sample(&world).await;
        let sheet = "Nom;Prénom;Date de naissance;NIR;Tél\nBullock;Eta;12/07/1973;2730799404078;0639980004\n";
        let profile = Profile {
            name: "essai".to_owned(),
            columns: [
                ("Nom", Field::LastName),
                ("Prénom", Field::FirstName),
                ("Date de naissance", Field::BirthDate),
                ("NIR", Field::Nir),
                ("Tél", Field::Phone),
            ]
            .map(|(header, field)| Column { header: header.to_owned(), field, optional: false })
            .to_vec(),
        };
        profiles::save(&world.system(), profile).await.unwrap();
        let report = import(&world, "liste.csv", sheet.as_bytes()).await;
        assert_eq!((report.persons.created, report.persons.review), (1, 1));
        let all: Vec<_> = everybody(&world).await.into_iter().filter(|p| p.last_name == "Bullock").collect();
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|p| p.state == "to_orient" && p.match_open), "{all:?}");
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payer_that_tells_the_right_takes_over_from_the_spreadsheet_and_the_clock_goes_on() {
    on_both_in("52", |world| async move {
        let sheet = "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité;Numéro(s) de téléphone;NIR\n\
            ;Bullock;Eta;21/07/1973;dem;Mme;;2730799404078\n;Tifour;Sophie;01/02/1982;cjt;Mme;;2820251108030\n";
        let profile = Profile {
            name: "avec nir".to_owned(),
            columns: [("Nom", Field::LastName), ("Prénom", Field::FirstName), ("Date de naissance", Field::BirthDate), ("NIR", Field::Nir)]
                .map(|(header, field)| Column { header: header.to_owned(), field, optional: false })
                .to_vec(),
        };
        profiles::save(&world.system(), profile).await.unwrap();
        let report = import_named(&world, "liste.csv", sheet.as_bytes(), Some("avec nir")).await.unwrap();
        assert_eq!(report.persons.created, 2, "{report:?}");
        sample(&world).await;
        assert_eq!(everybody(&world).await.len(), 3, "the payer names the same two people, and a third one");
        let eta = named(&world, "Bullock", "Eta").await.row;
        assert_eq!((eta.state.as_str(), eta.subject), ("to_orient", true));
        assert_eq!(eta.reception.unwrap().to_string(), "2026-11-26");
        let sophie = named(&world, "Tifour", "Sophie").await.row;
        assert_eq!((sophie.state.as_str(), sophie.right_state.as_deref()), ("right_closed", Some("5")));
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_table_waits_until_somebody_says_what_its_columns_are() {
    on_both_in("55", |world| async move {
        let ctx = world.user(&[Role::TeamLead]);
        let table = "Qui;Petit nom;Naissance;Numéro de sécu\nLamothe;Odile;04/05/1991;2910555545001\n";
        let mut upload = queue::receive(&ctx).unwrap();
        upload.write(table.as_bytes()).unwrap();
        let id = upload.finish(&ctx, "à moi.csv", None).await.unwrap();
        assert!(queue::work_once(&world.system()).await.unwrap());
        assert_eq!(show::get(&ctx, id).await.unwrap().row.status, "mapping");
        assert!(!queue::work_once(&world.system()).await.unwrap(), "nobody else takes it");
        let page = profiles::inspect(&ctx, id).await.unwrap();
        assert_eq!((page.headers.len(), page.rows, page.found), (4, 1, None));
        assert_eq!(page.samples[0][3], "2 91 •• •• ••• •••", "a NIR is never in clear");
        assert!(page.why.unwrap().contains("Fichiers"));
        assert!(page.proposals.iter().any(|p| p.confidence > Confidence::None));
        let fields = [Field::LastName, Field::FirstName, Field::BirthDate, Field::Nir];
        let columns = page.headers.iter().zip(fields);
        let profile = Profile {
            name: "à moi".to_owned(),
            columns: columns.map(|(h, field)| Column { header: h.clone(), field, optional: false }).collect(),
        };
        let rows = profiles::preview(&ctx, id, &profile).await.unwrap();
        assert_eq!(rows[0].cells[2], (Field::BirthDate, "04/05/1991".to_owned()));
        assert_eq!(rows[0].error, None);
        let other = world.user(&[Role::Operator]);
        assert!(matches!(profiles::inspect(&other, id).await, Err(ProfileError::Denied(_))));
        profiles::choose(&ctx, id, Choice::Once(profile)).await.unwrap();
        assert!(matches!(profiles::inspect(&ctx, id).await, Err(ProfileError::NotWaiting)));
        assert!(queue::work_once(&world.system()).await.unwrap());
        let state = show::get(&ctx, id).await.unwrap();
        assert_eq!((state.row.status.as_str(), state.report.unwrap().persons.created), ("done", 1));
        assert_eq!(profiles::shown_name(&state.row.profile.unwrap()), None);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_is_kept_only_when_it_can_recognise_somebody() {
    on_both_in("55", |world| async move {
        let ctx = world.user(&[Role::TeamLead]);
        let save = |name: &str, columns: &[(&str, Field)]| {
            let columns =
                columns.iter().map(|(h, f)| Column { header: (*h).to_owned(), field: *f, optional: false });
            let profile = Profile { name: name.to_owned(), columns: columns.collect() };
            let ctx = ctx.clone();
            async move { profiles::save(&ctx, profile).await }
        };
        assert!(matches!(save(" ", &[("A", Field::Nir)]).await, Err(ProfileError::Name)));
        assert!(matches!(save("cnaf-contacts", &[("A", Field::Nir)]).await, Err(ProfileError::BuiltIn(_))));
        assert!(matches!(save("x", &[("A", Field::Phone)]).await, Err(ProfileError::Nobody)));
        assert!(matches!(
            save("x", &[("A", Field::Nir), ("B", Field::Nir)]).await,
            Err(ProfileError::Twice("NIR"))
        ));
        save("x", &[("A", Field::Nir), ("B", Field::Phone)]).await.unwrap();
        save("x", &[("A", Field::Nir)]).await.unwrap();
        let all = profiles::list(&ctx).await.unwrap();
        let own: Vec<_> = all.iter().filter(|p| !p.built_in).collect();
        assert_eq!((own.len(), own[0].profile.columns.len()), (1, 1));
        assert!(matches!(profiles::list(&world.user(&[Role::JobCoach])).await, Err(ProfileError::Denied(_))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_cannot_be_read_is_refused_with_a_sentence_and_leaves_nothing() {
    on_both_in("55", |world| async move {
        for (name, bytes, word) in [
            ("vide.csv", &b""[..], "vide"),
            ("seul.csv", b"Nom;Pr\xc3\xa9nom\n", "aucune ligne"),
            ("abime.xlsx", b"PK\x03\x04rien", "abîmé"),
            ("rien.csv", b"a;b\n1;2\n", "--profile"),
            ("photo.pdf", b"%PDF-1.7", "XML"),
        ] {
            let error = import_named(&world, name, bytes, None).await.unwrap_err();
            assert!(error.to_string().contains(word), "{name}: {error}");
        }
        let error = import_named(&world, "x.csv", b"a;b\n1;2\n", Some("cnaf-contacts")).await.unwrap_err();
        assert!(error.to_string().contains("MATRICULE"), "{error}");
        assert!(show::list(&world.system(), None, 9).await.unwrap().is_empty());
        sound(&world).await;
    })
    .await;
}
