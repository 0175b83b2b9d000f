use super::*;
use crate::view::file::*;
use crate::view::intake::*;
use crate::view::parts::{Chip, Choice, Field, FieldError, FieldKind, Progress};
use crate::view::words;
use domain::intake::delta::Change;

pub(super) fn pages() -> Vec<Page> {
    [files(), reports(), columns(), reviews()].into_iter().flatten().collect()
}

fn files() -> Vec<Page> {
    let row = |name: &str, kind: &str, status: Tag, percent: Option<u8>| FileRow {
        link: link(name, "/55/fichiers/1"),
        kind: kind.into(),
        reference: "31 octobre".into(),
        received: "lundi 16 novembre à 6 h 12, Agathe Lormelin".into(),
        dossiers: "15 995 sur 16 000".into(),
        changes: if percent.is_some() { String::new() } else { "1 370".into() },
        status,
        percent,
    };
    let rows = vec![
        row(
            "VRSB0801_20261116.xml",
            "Bénéficiaires, quotidien",
            tag("Lecture en cours", Tone::Info),
            Some(68),
        ),
        row("VRSB0801_20261031.xml.gz", "Bénéficiaires, mensuel", tag("Lu", Tone::Ok), None),
        row("contacts novembre.xlsx", "Tableau", tag("Colonnes à choisir", Tone::Soon), None),
        row("VRSB0801_coupe.xml", "Bénéficiaires, mensuel", tag("Refusé", Tone::Late), None),
    ];
    let profiles = || vec![Choice::new("", "Deviner", ""), Choice::new("cnaf", "Coordonnées de la CNAF", "")];
    let refused = vec![FieldError {
        field: "file".into(),
        text: "Ce fichier est coupé : il manque </Racine>.".into(),
    }];
    vec![
        page("files", &Files::new(shell("/fichiers"), true, profiles(), refused, rows, pager())),
        page(
            "files-empty",
            &Files::new(shell("/fichiers"), true, profiles(), vec![], vec![], Pager::default()),
        ),
        page(
            "files-read-only",
            &Files::new(shell("/fichiers"), false, vec![], vec![], vec![], Pager::default()),
        ),
    ]
}

fn blank() -> FilePage {
    FilePage {
        shell: shell("/fichiers"),
        title: "Fichier des bénéficiaires, octobre 2026".into(),
        summary: "CAF de la Meuse, reçu lundi 16 novembre à 6 h 12.".into(),
        progress: None,
        notice: None,
        changes_title: String::new(),
        changes: vec![],
        tasks: vec![],
        checks: vec![],
        facts: vec![],
        flags: vec![],
        rejects_title: String::new(),
        rejects: vec![],
        rejects_href: None,
        action: None,
    }
}

fn reject(dossier: &str, position: &str, reason: &str, raw: bool) -> Reject {
    Reject {
        dossier: dossier.into(),
        position: position.into(),
        line: "77 120".into(),
        reason: reason.into(),
        raw_href: raw.then(|| format!("/55/fichiers/1/rejets/{position}")),
    }
}

fn full() -> FilePage {
    let counts = ["412", "388", "154", "96", "51", "388", "37", "29", "203"];
    let changes = Change::ALL.into_iter().zip(counts).map(|(change, count)| {
        let (label, detail) = words::change(change);
        stat(count, &label, &detail, Tone::Neutral)
    });
    let check = |label: &str, declared: &str, read: &str, result| Check {
        label: label.into(),
        declared: declared.into(),
        read: read.into(),
        result,
    };
    FilePage {
        notice: Some(Flash {
            tone: Tone::Ok,
            title: "15 995 dossiers sur 16 000 sont entrés.".into(),
            text: "Relire ce fichier ne changerait rien : chaque ligne est déjà connue.".into(),
            action: None,
        }),
        changes_title: "Ce qui a changé depuis septembre".into(),
        changes: changes.collect(),
        tasks: vec![
            task(
                "96 droits suspendus",
                "Leur référent doit être prévenu",
                Some(tag("14 contrats", Tone::Soon)),
                None,
            ),
            task(
                "154 personnes à orienter",
                "Ajoutées à la file de la plateforme",
                None,
                Some(clock("2026-12-28")),
            ),
            task("Droit fermé, suivi encore ouvert", "Sortie à noter", Some(tag("31", Tone::Late)), None),
        ],
        checks: vec![
            check("Dossiers", "16 000", "16 000", tag("Égal", Tone::Ok)),
            check("Personnes", "33 418", "33 415", tag("3 de moins", Tone::Soon)),
        ],
        facts: vec![
            fact("Personnes", "412 créées, 1 126 modifiées, 17 640 sans changement, 12 à rapprocher"),
            fact("Empreinte", "9c41 e07b … 55d2").mono(),
        ],
        flags: vec![
            Flagged {
                label: "14 communes inconnues".into(),
                text: "Le code ne figure pas au code officiel géographique. Le territoire reste à choisir."
                    .into(),
                tag: tag("À vérifier", Tone::Soon),
                href: Some("/55/fichiers/1/personnes?signalement=commune".into()),
            },
            Flagged {
                label: "Le total des personnes diffère".into(),
                text: "Le fichier annonce 33 418 personnes, 33 415 ont été lues.".into(),
                tag: tag("À signaler", Tone::Soon),
                href: None,
            },
        ],
        rejects_title: "3 dossiers refusés".into(),
        rejects: vec![
            reject("45 0288117", "3 201", "Date de naissance impossible : 31 février 1988", true),
            reject("45 0310942", "7 744", "Deux demandeurs dans le même foyer", true),
            reject("absent", "12 660", "Numéro de dossier absent", false),
        ],
        rejects_href: Some("/55/fichiers/1/rejets.csv".into()),
        action: Some(link("Rapprocher 12 personnes", "/55/rapprochements")),
        ..blank()
    }
}

fn reports() -> Vec<Page> {
    let running = FilePage {
        progress: Some(Progress {
            text: "11 000 dossiers lus sur 16 000 environ.".into(),
            percent: Some(68),
            href: "/55/fichiers/1".into(),
        }),
        ..blank()
    };
    let raw = RawReject {
        shell: shell("/fichiers"),
        file: link("Bénéficiaires, octobre 2026", "/55/fichiers/1"),
        reject: reject("45 0288117", "3 201", "Date de naissance impossible : 31 février 1988", true),
        raw: "<InfosFoyerRSA>\n  <DTNAI>1988-02-31</DTNAI>\n</InfosFoyerRSA>".into(),
    };
    let people = |rows| FilePeople {
        shell: shell("/fichiers"),
        file: link("Bénéficiaires, octobre 2026", "/55/fichiers/1"),
        title: "96 droits suspendus".into(),
        summary: "Droit suspendu ou versement suspendu depuis septembre.".into(),
        rows,
        pager: pager(),
        empty: empty(),
    };
    vec![
        page("file", &full()),
        page("file-running", &running),
        page("file-empty", &blank()),
        page("raw", &raw),
        page("file_people", &people(super::people::rows())),
        page("file_people-empty", &people(vec![])),
    ]
}

fn columns() -> Vec<Page> {
    let fields = |current: &str| {
        [("", "Ne pas lire"), ("matricule", "Matricule"), ("phone", "Téléphone"), ("nir", "NIR")]
            .map(|(value, label)| Choice::new(value, label, current))
            .to_vec()
    };
    let column = |rank: usize, header: &str, samples: &[&str], field: &str, reason: &str| MappedColumn {
        name: format!("column-{rank}"),
        header: header.into(),
        letter: ["A", "B", "C"][rank].into(),
        samples: samples.iter().map(|sample| (*sample).to_owned()).collect(),
        choices: fields(field),
        reason: reason.into(),
    };
    let cell =
        |text: &str, error: Option<&str>| PreviewCell { text: text.into(), error: error.map(str::to_owned) };
    let mapping = |columns, preview| {
        let shell = shell("/fichiers");
        Mapping {
            action: "/55/fichiers/2/colonnes".into(),
            file_name: "contacts novembre.xlsx".into(),
            summary: "312 lignes, 3 colonnes, feuille « Contacts ».".into(),
            errors: vec![],
            columns,
            profile_name: Mapping::profile_field(&shell, "", &[]),
            preview_heads: vec!["Matricule".into(), "Téléphone".into()],
            preview,
            shell,
        }
    };
    let found = vec![
        column(0, "MATRICULE", &["0417552", "0288117"], "matricule", "l’en-tête dit « MATRICULE »"),
        column(
            1,
            "NUMERO TELEPHONE DOSSIER",
            &["0639981732", "612345678"],
            "phone",
            "9 valeurs sur 10 sont des téléphones",
        ),
        column(2, "", &["oui", "non"], "", "ni l’en-tête ni les valeurs ne sont reconnus"),
    ];
    let preview = vec![
        PreviewRow { line: "2".into(), cells: vec![cell("0417552", None), cell("06 39 98 17 32", None)] },
        PreviewRow { line: "3".into(), cells: vec![cell("0288117", None), cell("12", Some("trop court"))] },
    ];
    vec![page("mapping", &mapping(found, preview)), page("mapping-empty", &mapping(vec![], vec![]))]
}

fn reviews() -> Vec<Page> {
    let row = |decided| ReviewRow {
        href: "/55/rapprochements/1".into(),
        known: "Bérengère Lamothe-Oury, 35 ans".into(),
        named: "Berengere Lamotte Oury, 35 ans".into(),
        doubt: "Même date de naissance, noms très proches".into(),
        since: "lundi 16 novembre".into(),
        decided,
    };
    let list = |rows, chips| Reviews {
        shell: shell("/rapprochements"),
        title: "12 personnes à rapprocher".into(),
        chips,
        rows,
        pager: pager(),
        empty: empty(),
    };
    let chip = |label: &str, current| Chip {
        label: label.into(),
        href: "?".into(),
        count: Some("12".into()),
        current,
    };
    let compare = |label: &str, known: &str, named: &str| CompareRow {
        label: label.into(),
        known: known.into(),
        named: named.into(),
        differs: known != named,
    };
    let review = |decided, may_decide| Review {
        shell: shell("/rapprochements"),
        action: "/55/rapprochements/1".into(),
        position: "1 sur 12, ressemblance forte.".into(),
        known: link("Dans Déclic", "/55/personnes/1"),
        named: link("Dans le fichier d’octobre", ""),
        rows: vec![
            compare("Nom", "Bérengère Lamothe-Oury", "Berengere LAMOTTE OURY"),
            compare("Née le", "4 mai 1991", "4 mai 1991"),
            compare("Dossier", "45 0291330", "45 0388012"),
            compare("NIR", "absent", "2 91 05 •• ••• •••"),
        ],
        evidence: vec!["Même date de naissance".into(), "Noms très proches".into()],
        against: vec!["Dossiers différents".into()],
        unknown: vec!["Un seul NIR connu".into()],
        decided,
        may_decide,
        reason: Field::new(FieldKind::Textarea, "reason", "Motif"),
    };
    let decided = Decided {
        text: "Une seule personne, décidé hier par Agathe Lormelin.".into(),
        undo_action: Some("/55/rapprochements/1/defaire".into()),
    };
    vec![
        page(
            "reviews",
            &list(
                vec![row(None), row(Some(tag("Une personne", Tone::Ok)))],
                vec![chip("À décider", true), chip("Décidées", false)],
            ),
        ),
        page("reviews-empty", &list(vec![], vec![])),
        page("review", &review(None, true)),
        page("review-decided", &review(Some(decided), true)),
        page("review-read", &review(None, false)),
    ]
}
