//! What rejects a dossier alone, what is only flagged (`interfaces.md`, the other lines of the table).

use crate::support::{Content, dossier, file, person, read, second_with};
use domain::intake::flux::{RightState, Role};

/// The second of three dossiers is rejected, the others are kept.
fn rejected(text: &str) -> String {
    let content = read(text).unwrap();
    let rejected = content.rejected();
    assert_eq!((content.accepted().len(), rejected.len()), (2, 1), "{content:#?}");
    assert_eq!((rejected[0].position, rejected[0].line), (2, 4), "{}", rejected[0].reason);
    rejected[0].reason.clone()
}

fn flags(content: &Content) -> Vec<(String, String)> {
    let accepted = content.accepted();
    assert_eq!(accepted.len(), 3, "{:#?}", content.rejected());
    accepted.iter().flat_map(|d| &d.flags).map(|f| (f.kind.clone(), f.text.clone())).collect()
}

fn flag(from: &str, to: &str) -> String {
    let flags = flags(&read(second_with(from, to)).unwrap());
    assert_eq!(flags.len(), 1, "{flags:?}");
    format!("{}: {}", flags[0].0, flags[0].1)
}

#[test]
fn a_dossier_that_cannot_be_identified_is_rejected() {
    for element in ["FONORG", "NUMORG", "MATRICULE", "NUMDEMRSA"] {
        let value =
            dossier(2).split(&format!("<{element}>")).nth(1).unwrap().split('<').next().unwrap().to_owned();
        for empty in [String::new(), format!("<{element}/>"), format!("<{element}>  </{element}>")] {
            let reason = rejected(&second_with(&format!("<{element}>{value}</{element}>"), &empty));
            assert!(reason.contains(element), "{reason}");
        }
    }
}

#[test]
fn a_dossier_without_state_or_without_person_is_rejected() {
    insta::assert_snapshot!(
        [
            rejected(&second_with("<ETATDOSRSA>2</ETATDOSRSA>", "")),
            rejected(&second_with(&person("DEM"), "")),
            rejected(&second_with("<NOM>MARTIN</NOM>", "")),
            rejected(&second_with("<PRENOM>LEA</PRENOM>", "<PRENOM />")),
            rejected(&second_with("<DTNAI>1982-02-01</DTNAI>", "")),
            rejected(&second_with("1982-02-01", "1982-02-31")),
            rejected(&second_with("1982-02-01", "2026-11-27")),
            rejected(&second_with("1982-02-01", "1890-02-01")),
            rejected(&second_with(
                "<Personne>",
                &format!("{}<Personne>", person("CJT").replace("MARTIN", ""))
            )),
            rejected(&second_with("<IDEPARTE>045", "<IDEPARTE>053")),
            rejected(&second_with("<Personne>", &format!("{}<Personne>", person("DEM")))),
            rejected(&second_with("</NOM>", "</NON>")),
        ]
        .join("\n")
    );
}

#[test]
fn xml_broken_inside_a_dossier_rejects_that_dossier_alone() {
    for (from, to) in [
        ("</NOM>", ""),
        ("<NOM>", ""),
        ("MARTIN", "MARTIN & FILS"),
        ("MARTIN", "MARTIN &inconnu; FILS"),
        ("MARTIN", "A < B"),
        ("MARTIN", "<!-- MARTIN"),
        ("MARTIN", "<![CDATA[MARTIN"),
        ("<Personne>", "<Personne"),
        ("<Personne>", "<Personne a=\">"),
        ("<Personne>", "texte<Personne>"),
        ("</InfosFoyerRSA>", ""),
        ("</InfosFoyerRSA>", "</InfosFoyerRSA"),
        ("</InfosFoyerRSA>", "</InfosFoyerRSA></InfosFoyerRSA>"),
        ("</Personne>", "</InfosFoyerRSA></Personne>"),
        ("<InfosFoyerRSA>", "<InfosFoyerRSA"),
        ("<InfosFoyerRSA>", "<InfosFoyerRSA a='>"),
        ("<InfosFoyerRSA>", ""),
        ("<Personne>", "<?xml version='1.0'?><Personne>"),
    ] {
        assert!(rejected(&second_with(from, to)).contains("mal formé"), "{from} → {to}");
    }
}

#[test]
fn the_last_and_the_first_dossier_can_be_broken_too() {
    for broken in [dossier(1).replace("</InfosFoyerRSA>", ""), dossier(1).replace("</NOM>", "")] {
        let content = read(file(&format!("{}{broken}", dossier(2)))).unwrap();
        assert_eq!((content.accepted().len(), content.rejected().len()), (1, 1));
        assert_eq!(content.trailer.unwrap().declared, 3);
        let content = read(file(&format!("{broken}{}", dossier(2)))).unwrap();
        assert_eq!((content.accepted().len(), content.rejected().len()), (1, 1));
    }
}

#[test]
fn a_rejected_dossier_keeps_its_key_and_its_text() {
    let content = read(second_with("<NOM>MARTIN</NOM>", "")).unwrap();
    let reject = content.rejected()[0];
    assert_eq!(reject.dossier, "N2");
    assert_eq!(reject.key.as_ref().unwrap().matricule, "2");
    assert!(reject.raw.starts_with("<InfosFoyerRSA>") && reject.raw.ends_with("</InfosFoyerRSA>"));
    let content = read(second_with("<NUMDEMRSA>N2</NUMDEMRSA>", "")).unwrap();
    assert_eq!(
        (content.rejected()[0].dossier.as_str(), content.rejected()[0].key.is_none()),
        ("absent", true)
    );
}

#[test]
fn at_most_64_kib_of_a_rejected_dossier_are_kept() {
    let content = read(second_with("<NOM>MARTIN</NOM>", &format!("<X>{}</X>", "é".repeat(100_000)))).unwrap();
    let length = content.rejected()[0].raw.len();
    assert!(((64 << 10) - 3..=64 << 10).contains(&length), "{length}");
}

#[test]
fn the_dossier_of_another_flux_is_rejected() {
    let other = dossier(2).replace("InfosFoyerRSA", "InfoDemandeRSA");
    assert!(rejected(&file(&format!("{}{other}{}", dossier(1), dossier(3)))).contains("pas sa place"));
    assert!(rejected(&file(&format!("{}<InfosFoyerRSA/>\n{}", dossier(1), dossier(3)))).contains("FONORG"));
}

#[test]
fn a_household_with_two_partners_and_no_claimant_is_accepted() {
    let text = second_with(&person("DEM"), &format!("{}{}", person("CJT"), person("CJT")));
    let content = read(text).unwrap();
    assert!(content.accepted()[1].persons.iter().all(|p| p.role == Role::Partner));
}

#[test]
fn a_child_needs_no_real_birth_date_and_its_nir_is_not_kept() {
    let child = person("ENF").replace("1982-02-01", "0000-00-00");
    let content = read(second_with("<Personne>", &format!("{child}<Personne>"))).unwrap();
    let persons = &content.accepted()[1].persons;
    assert_eq!(
        (persons[0].role, persons[0].birth_date, persons[0].nir.as_deref()),
        (Role::Child, None, None)
    );
    assert_eq!(persons[1].nir.as_deref(), Some("2820251108030"));
}

#[test]
fn a_person_without_an_rsa_role_stays_in_the_household() {
    let other = person("DEM").replace("<NATPREST>RSA", "<NATPREST>ABC");
    let content = read(second_with("<Personne>", &format!("{other}<Personne>"))).unwrap();
    assert_eq!(content.accepted()[1].persons[0].role, Role::Other);
}

#[test]
fn what_is_odd_is_flagged_and_kept() {
    insta::assert_snapshot!(
        [
            flag("<ETATDOSRSA>2", "<ETATDOSRSA>9"),
            flag("<FONORG>CAF", "<FONORG>OPF"),
            flag("<ROLEPERS>DEM", "<ROLEPERS>ZZZ"),
            flag("<NUMCOM>45234", "<NUMCOM>45999"),
            flag("<RGADR>01", "<RGADR>02"),
            flag("<IDEPARTE>045</IDEPARTE>", ""),
            flag("<NIR>2820251108030", "<NIR>282025110803"),
            flag("<NIR>2820251108030", "<NIR>28202511080300000"),
            flag("<NIR>2820251108030", "<NIR>28202511080X0"),
            flag("<NIR>2820251108030", "<NIR>282025110803000"),
            flag("</Personne>", "<Activite><ACT>QQQ</ACT></Activite></Personne>"),
        ]
        .join("\n")
    );
}

#[test]
fn an_unknown_state_leaves_no_right() {
    let content = read(second_with("<ETATDOSRSA>2", "<ETATDOSRSA>9")).unwrap();
    assert_eq!(content.accepted()[1].right, None);
    assert_eq!(content.accepted()[0].right.as_ref().unwrap().state, RightState::Open);
}

#[test]
fn no_flag_holds_a_digit_of_a_nir() {
    for nir in ["282025110803", "282025110803000"] {
        let text = flag("<NIR>2820251108030", &format!("<NIR>{nir}"));
        assert!(!text.contains("2820251"), "{text}");
    }
}

#[test]
fn a_former_commune_is_known() {
    assert!(flags(&read(second_with("<NUMCOM>45234", "<NUMCOM>01015")).unwrap()).is_empty());
}

#[test]
fn the_good_nir_of_15_digits_and_the_absent_one_are_not_flagged() {
    for (from, to) in [("<NIR>2820251108030", "<NIR>282025110803094"), ("<NIR>2820251108030</NIR>", "")] {
        let flags = flags(&read(second_with(from, to)).unwrap());
        assert!(flags.is_empty(), "{flags:?}");
    }
}

#[test]
fn the_trailer_may_be_missing_or_wrong() {
    let text = second_with("<NOM>", "<NOM >");
    assert_eq!(read(&text).unwrap().trailer.unwrap().declared, 3);
    assert_eq!(read(text.replace(crate::support::TRAILER, "")).unwrap().trailer, None);
    assert_eq!(read(text.replace("TRANSM>3", "TRANSM>00000012")).unwrap().trailer.unwrap().declared, 12);
}

#[test]
fn values_are_read_through_padding_entities_and_sections() {
    let content = read(second_with(
        "<NOM>MARTIN</NOM>",
        "<NOM a='1' b=\">\"> D&apos;<!-- x -->ARC <![CDATA[& FILS]]>\u{7}</NOM>",
    ))
    .unwrap();
    assert_eq!(content.accepted()[1].persons[0].last_name, "D'ARC & FILS");
    let content = read(second_with("<CODEPOS>45000", "<CODEPOS>1000")).unwrap();
    assert_eq!(content.accepted()[1].addresses[0].postcode, "01000");
}

#[test]
fn an_address_abroad_gives_its_lines() {
    let france = dossier(2)
        .split_once("<AdresseDetailleeFrance>")
        .unwrap()
        .1
        .split_once("</Adresse>")
        .unwrap()
        .0
        .to_owned();
    let abroad = "<AdresseHorsFrance><LIBLIG4ADR>12 RUE HAUTE</LIBLIG4ADR><LIBLIG6ADR>1000 BRUXELLES</LIBLIG6ADR></AdresseHorsFrance>";
    let content = read(second_with(&format!("<AdresseDetailleeFrance>{france}"), abroad)).unwrap();
    let address = &content.accepted()[1].addresses[0];
    assert!(address.abroad && address.commune.is_empty());
    assert_eq!(address.lines, ["12 RUE HAUTE", "1000 BRUXELLES"]);
}

#[test]
fn the_reason_is_the_one_of_the_state() {
    let blocks = "<Refus><DTREFURSA>2026-01-01</DTREFURSA><MOTIREFURSA>PCG</MOTIREFURSA></Refus>\
        <SuspensionDroit><MOTISUSDRORSA>DA</MOTISUSDRORSA><DDSUSDRORSA>2026-02-01</DDSUSDRORSA></SuspensionDroit>\
        <SuspensionDroit><MOTISUSDRORSA>GK</MOTISUSDRORSA><DDSUSDRORSA>2026-03-01</DDSUSDRORSA></SuspensionDroit>\
        <SuspensionVersement><MOTISUSVERSRSA>06 </MOTISUSVERSRSA><DDSUSVERSRSA>2026-04-01</DDSUSVERSRSA></SuspensionVersement>\
        <FinDroit><MOTICLORSA>ECH</MOTICLORSA><DTCLORSA>2026-05-01</DTCLORSA></FinDroit>\
        <FinDroitMoisAnterieur><MOTICLORSA>MUT</MOTICLORSA><DTCLORSA>2026-06-01</DTCLORSA></FinDroitMoisAnterieur>";
    let expected = [
        ("0", None),
        ("1", Some(("MOTIREFURSA", "PCG", "2026-01-01"))),
        ("2", None),
        ("3", Some(("MOTISUSDRORSA", "GK", "2026-03-01"))),
        ("4", Some(("MOTISUSVERSRSA", "06", "2026-04-01"))),
        ("5", Some(("MOTICLORSA", "ECH", "2026-05-01"))),
        ("6", Some(("MOTICLORSA", "MUT", "2026-06-01"))),
    ];
    for (state, reason) in expected {
        let text = second_with(
            "<ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA>",
            &format!("<ETATDOSRSA>{state}</ETATDOSRSA></EtatDossierRSA>{blocks}"),
        );
        let content = read(text).unwrap();
        let right = content.accepted()[1].right.clone().unwrap();
        let found = right
            .reason
            .as_ref()
            .map(|r| (r.list.as_str(), r.code.as_str(), right.since.unwrap().to_string()));
        assert_eq!(found, reason.map(|(l, c, d)| (l, c, d.to_owned())), "{state}");
    }
}
