use super::people::rows;
use super::*;
use crate::view::followup::*;
use crate::view::parts::*;

pub(super) fn pages() -> Vec<Page> {
    let empty = Empty {
        title: "Rien n’est en retard".into(),
        text: "Chaque personne de vos territoires a été servie à temps.".into(),
        action: None,
    };
    let late = |teams, masked: &str| LatePage {
        shell: shell("/retards"),
        summary: "12 personnes attendent quelque chose dont la date est passée.".into(),
        masked: masked.into(),
        team: Some(link("L’équipe", "/55/equipe")),
        forgotten: link("Personnes oubliées", "/55/oubliees"),
        teams,
        empty: empty.clone(),
    };
    let list = |rows: Vec<crate::view::people::PersonRow>| LatePeople {
        shell: shell("/retards"),
        title: "12 personnes en retard".into(),
        summary: "Signer le contrat d’engagement".into(),
        back: link("En retard", "/55/retards"),
        rows,
        pager: pager(),
        empty: empty.clone(),
    };
    let mut without = rows();
    without.clear();
    vec![
        page("late", &late(vec![team(true)], "")),
        page("late-masked", &late(vec![team(false)], "Les nombres de moins de 5 sont masqués.")),
        page("late-none", &late(Vec::new(), "")),
        page("late-people", &list(rows())),
        page("late-people-none", &list(without)),
        page("team", &members(vec![member(false), member(true)])),
        page("team-none", &members(Vec::new())),
        page("forgotten", &forgotten(true)),
        page("forgotten-none", &forgotten(false)),
    ]
}

fn team(opens: bool) -> LateTeam {
    let number = |value: &str| LateNumber {
        value: value.into(),
        href: opens.then(|| "/55/retards/personnes?territoire=verdun".into()),
    };
    let line = |label: &str, value: &str, since: &str| LateLine {
        label: label.into(),
        people: number(value),
        since: since.into(),
    };
    LateTeam {
        name: "Verdun".into(),
        people: number("12 personnes"),
        kinds: vec![
            line("Orienter", "8", "Équipe d’orientation"),
            line("Signer le contrat d’engagement", "4", "Nadia Lenoir et 2 autres"),
        ],
        owners: if opens { vec![line("Nadia Lenoir", "3", "12 novembre 2026")] } else { Vec::new() },
    }
}

fn forgotten(some: bool) -> ForgottenPage {
    let people = || if some { rows() } else { Vec::new() };
    ForgottenPage {
        shell: shell("/oubliees"),
        summary: "2 personnes oubliées. 2 autres sont en retard, et quelqu’un a essayé.".into(),
        teams: if some {
            vec!["Commercy : personnes qui attendent l’équipe, 12".into()]
        } else {
            Vec::new()
        },
        silent: people(),
        tried: people(),
        places: Vec::new(),
        more: None,
        empty: Empty {
            title: "Personne n’est oublié".into(),
            text: "Chaque personne à orienter ou suivie a une échéance et quelqu’un qui la doit.".into(),
            action: None,
        },
        late: link("En retard", "/55/retards"),
    }
}

fn members(rows: Vec<TeamLine>) -> TeamPage {
    let stat = |value: &str, label: &str, href: Option<&str>, tone| Stat {
        value: value.into(),
        label: label.into(),
        detail: None,
        href: href.map(Into::into),
        tone,
    };
    TeamPage {
        shell: shell("/equipe"),
        summary: "2 professionnels, 59 suivis en cours. Un binôme compte une fois de chaque côté.".into(),
        stats: vec![
            stat("3", "personnes sans référent", Some("/55/personnes?suivi=sans-referent"), Tone::Late),
            stat("0", "personne en retard", None, Tone::Neutral),
        ],
        rows,
        attendance: "Rendez-vous des 30 derniers jours. La capacité prévient, elle ne bloque pas.".into(),
        empty: Empty {
            title: "Personne ne suit encore quelqu’un ici".into(),
            text: "Les référents et les conseillers de votre équipe apparaîtront ici.".into(),
            action: None,
        },
        late: link("En retard", "/55/retards"),
    }
}

fn member(gone: bool) -> TeamLine {
    TeamLine {
        name: if gone { "Bastien Ollivaud" } else { "Inès Carpentreau" }.into(),
        meta: if gone { "" } else { "côté emploi, Ressort Nord-Isère" }.into(),
        tag: gone.then(|| tag("ne suit plus personne", Tone::Late)),
        follows: Some(if gone { "31 personnes" } else { "28 sur 30" }.into()),
        bar: (!gone).then_some((93, 0)),
        notes: if gone { Vec::new() } else { vec!["2 personnes en activité".into()] },
        late: gone.then(|| link("3", "/55/retards/personnes?qui=1")),
        contracts: None,
        met: (!gone).then(|| "12 tenus, 2 absents, 1 excusés".into()),
        free: (!gone).then(|| "20 nov.".into()),
        hand_over: Some(link("Passer le relais", "/55/equipe/1/relais")),
    }
}

pub(super) fn path() -> PathPanel {
    PathPanel {
        steps: vec![StepLine {
            what: "Clore le suivi ou le poursuivre".into(),
            when: "avant le 30 nov.".into(),
            who: "Nadia Lenoir".into(),
            why: "Le droit est fermé et la personne est encore suivie.".into(),
            late: Some(tag("En retard", Tone::Late)),
            link: Some(link("Clore le suivi ou le poursuivre", "/55/personnes/1/suivi/clore")),
        }],
        acts: vec![ActLine {
            title: "Décision refusée ou contestée : elle conteste la décision".into(),
            tag: Some(tag("Sans réponse", Tone::Soon)),
            lines: vec!["Le 24 novembre 2026, par courrier.".into()],
            text: vec!["« Je préfère chercher par moi-même. »".into()],
            link: Some(link("Répondre", "/55/personnes/1/suivi/contestation/1")),
        }],
        links: vec![link("Faire le point", "/55/personnes/1/suivi/point")],
    }
}
