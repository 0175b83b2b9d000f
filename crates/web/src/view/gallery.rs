//! `/{department}/composants`: every component with made-up examples; screens use nothing else.

use askama::Template;
use chrono::{Days, NaiveDate};

use super::agenda::{AttendanceForm, DayRow, SlotChoice};
use super::parts::{
    Chip, Choice, Clock, Column, Due, Empty, Event, Fact, Field, FieldError, FieldKind, Mark, Pager,
    Progress, SmallMap, Sort, Stat, StateTag, Step, Tag, Task, Tone,
};
use super::shell::{Flash, NavItem, Shell};

/// The gallery; built by [`Gallery::new`], its examples are not texts of the product.
#[derive(Template)]
#[template(path = "gallery.html")]
pub struct Gallery {
    /// The frame.
    pub shell: Shell,
    /// States of the path.
    pub states: Vec<StateTag>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Clocks: far, soon, late.
    pub clocks: Vec<Clock>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Tasks.
    pub tasks: Vec<Task>,
    /// Figures.
    pub stats: Vec<Stat>,
    /// A form that came back.
    pub errors: Vec<FieldError>,
    /// One field of each kind.
    pub fields: Vec<Field>,
    /// Filters.
    pub filters: Vec<Field>,
    /// What filters keep.
    pub kept: Vec<(String, String)>,
    /// Chips.
    pub chips: Vec<Chip>,
    /// Heads of a table.
    pub columns: Vec<Column>,
    /// A pager.
    pub pager: Pager,
    /// Events.
    pub events: Vec<Event>,
    /// A map.
    pub map: SmallMap,
    /// A long work.
    pub progress: Progress,
    /// Nothing to show.
    pub empty: Empty,
    /// Tabs.
    pub tabs: Vec<NavItem>,
    /// A message of each tone.
    pub flashes: Vec<Flash>,
    /// A due step, and a late one.
    pub dues: Vec<Due>,
    /// A path.
    pub steps: Vec<Step>,
    /// A day of an agenda.
    pub day: Vec<DayRow>,
    /// Slots to choose from.
    pub slots: Vec<SlotChoice>,
}

impl Gallery {
    /// The gallery seen on the day of the shell.
    pub fn new(shell: Shell) -> Self {
        let today = shell.today;
        Self {
            states: states(),
            tags: tags(),
            clocks: [29, 5, -2].map(|days| clock(today, days)).to_vec(),
            facts: vec![
                Fact::new("Téléphone", "06 39 98 17 32").detail("fichier du 31 octobre"),
                Fact::new("Dossier CAF", "45 0417552").mono(),
            ],
            tasks: vec![
                task("Personnes à orienter", Some(clock(today, 3)), None),
                task("Rapprochements", None, Some("12")),
            ],
            stats: stats(),
            errors: vec![FieldError {
                field: "g-email".into(),
                text: "Donnez un courriel avec une arobase".into(),
            }],
            fields: fields(),
            filters: vec![Field::select("g-territoire", "Territoire", choices())],
            kept: vec![("tri".into(), "delai".into())],
            chips: vec![chip("Toutes", 46, true), chip("À orienter", 14, false)],
            columns: vec![
                Column { label: "Personne".into(), href: Some("#tableau".into()), sort: Sort::None },
                Column {
                    label: "Délai légal".into(), href: Some("#tableau".into()), sort: Sort::Ascending
                },
            ],
            pager: Pager {
                shown: "11 à 20 sur 46".into(),
                first: Some("#tableau".into()),
                next: Some("#tableau".into()),
            },
            events: events(),
            map: map(),
            progress: Progress {
                text: "11 000 dossiers lus sur 16 000".into(),
                percent: Some(68),
                href: shell.path("/composants"),
            },
            empty: Empty {
                title: "Personne en retard".into(),
                text: "Les 28 suivis sont à jour.".into(),
                action: None,
            },
            tabs: vec![tab("L’essentiel", None, true), tab("Offres", Some("5"), false)],
            flashes: flashes(),
            dues: dues(today),
            steps: steps(),
            day: day_rows(),
            slots: slot_choices(),
            shell,
        }
    }
}

fn clock(today: NaiveDate, days: i64) -> Clock {
    let distance = Days::new(days.unsigned_abs());
    let legal = if days < 0 { today.checked_sub_days(distance) } else { today.checked_add_days(distance) };
    Clock::new(legal.unwrap_or(today), 42, today)
}

fn states() -> Vec<StateTag> {
    [
        ("known", "Connue"),
        ("to_orient", "À orienter"),
        ("oriented", "Orientée"),
        ("prescribed", "Prescrite"),
        ("enrolled", "Inscrite"),
        ("diagnosed", "Diagnostic fait"),
        ("contracted", "Contrat en cours"),
        ("in_outcome", "En emploi"),
        ("exited", "Sortie"),
        ("right_closed", "Droit fermé"),
    ]
    .map(|(code, label)| StateTag { code: code.into(), label: label.into() })
    .to_vec()
}

fn tags() -> Vec<Tag> {
    [
        ("Tableau", Tone::Neutral),
        ("Nouveau", Tone::Accent),
        ("Partagé par le foyer", Tone::Info),
        ("Égal", Tone::Ok),
        ("À relire", Tone::Soon),
        ("En retard", Tone::Late),
    ]
    .map(|(label, tone)| Tag::new(label, tone))
    .to_vec()
}

fn task(label: &str, clock: Option<Clock>, tag: Option<&str>) -> Task {
    Task {
        label: label.into(),
        href: "#taches".into(),
        detail: Some("Ajoutées à la file de la plateforme".into()),
        tag: tag.map(|word| Tag::new(word, Tone::Soon)),
        clock,
    }
}

fn stats() -> Vec<Stat> {
    let stat = |value: &str, label: &str, href: Option<&str>, tone| Stat {
        value: value.into(),
        label: label.into(),
        detail: Some("depuis septembre".into()),
        href: href.map(str::to_owned),
        tone,
    };
    vec![
        stat("412", "entrées", Some("#chiffres"), Tone::Neutral),
        stat("5", "à 7 jours ou moins", Some("#chiffres"), Tone::Soon),
        stat("1", "en retard", Some("#chiffres"), Tone::Late),
        stat("0", "départ", None, Tone::Neutral),
    ]
}

fn choices() -> Vec<Choice> {
    vec![Choice::new("", "Tous", ""), Choice::new("pithiviers", "Pithiviers", "")]
}

fn fields() -> Vec<Field> {
    vec![
        Field::new(FieldKind::Text, "g-texte", "Nom du territoire")
            .hint("Comme il est dit sur place.")
            .value("Pithiviers"),
        Field::new(FieldKind::Email, "g-email", "Courriel")
            .value("agathe.loiret")
            .error(Some("Donnez un courriel avec une arobase".into())),
        Field::new(FieldKind::Password, "g-mot", "Mot de passe"),
        Field::select("g-choix", "Secteur", choices()),
        Field { optional: true, ..Field::new(FieldKind::Date, "g-date", "À partir du") },
        Field::new(FieldKind::File, "g-fichier", "Fichier"),
        Field::new(FieldKind::Textarea, "g-motif", "Motif"),
        Field::new(FieldKind::Checkbox, "g-case", "Enregistrer comme profil")
            .hint("Le prochain sera lu de même.")
            .value("oui"),
    ]
}

fn chip(label: &str, count: i64, current: bool) -> Chip {
    Chip { label: label.into(), href: "#tableau".into(), count: Some(crate::format::number(count)), current }
}

fn events() -> Vec<Event> {
    let event = |icon, title: &str, accent| Event {
        icon,
        title: title.into(),
        when: "lundi 16 novembre".into(),
        by: Some("CAF du Loiret".into()),
        text: Some("Nouvelle adresse : Malesherbes.".into()),
        source: Some(super::parts::Link::new("Bénéficiaires, octobre 2026", "#chronologie")),
        accent,
    };
    vec![event("place", "Changement d’adresse", true), event("file", "Connue par un fichier", false)]
}

fn map() -> SmallMap {
    SmallMap {
        title: "Carte des territoires".into(),
        text: "Le point est à l’est du département.".into(),
        view_box: "0 0 120 80".into(),
        outlines: vec!["M5 10L60 5L62 70L10 75Z".into()],
        here: Some("M60 5L112 15L105 70L62 70Z".into()),
        point: Some((90.0, 40.0)),
    }
}

fn tab(label: &str, count: Option<&str>, current: bool) -> NavItem {
    NavItem { label: label.into(), href: "#onglets".into(), count: count.map(str::to_owned), current }
}

fn flashes() -> Vec<Flash> {
    let flash = |tone, title: &str| Flash {
        tone,
        title: title.into(),
        text: "Rien n’est perdu.".into(),
        action: None,
    };
    vec![
        flash(Tone::Ok, "Le fichier est entré."),
        flash(Tone::Info, "Ce fichier était déjà connu."),
        flash(Tone::Soon, "Le total annoncé n’est pas le total lu."),
        flash(Tone::Late, "Ce fichier est coupé."),
    ]
}

fn dues(today: NaiveDate) -> Vec<Due> {
    let due = |lead: &str, when: &str, days, late| Due {
        lead: lead.into(),
        when: when.into(),
        what: "Orienter".into(),
        who: "Plateforme d’orientation : reçue le 4 octobre".into(),
        clock: Some(clock(today, days)),
        late,
    };
    vec![due("avant le", "22 nov.", 5, false), due("en retard de", "2 jours", -2, true)]
}

fn steps() -> Vec<Step> {
    let step = |label: &str, when: Option<&str>, mark| Step {
        label: label.into(),
        when: when.map(str::to_owned),
        mark,
    };
    vec![
        step("Connue", Some("14 sept."), Mark::Done),
        step("À orienter", Some("depuis 5 semaines"), Mark::Here),
        step("Orientée", None, Mark::Next),
        step("Contrat", None, Mark::Next),
    ]
}

/// A day of a made-up agenda: past, now, to come, free.
pub(super) fn day_rows() -> Vec<DayRow> {
    let row = |class, hour: &str, who: &str, meta: &str, tags: Vec<Tag>| DayRow {
        class,
        at: format!("2026-11-17T{hour}"),
        hour: hour.replace(':', "\u{a0}h\u{a0}"),
        length: "45\u{a0}min".into(),
        who: super::parts::Link::new(who, if who == "Créneau libre" { "" } else { "#agenda" }),
        tags,
        meta: meta.into(),
        attendance: None,
    };
    let words = [("attended", "Venu"), ("excused", "Excusé"), ("absent", "Absent")];
    let form = AttendanceForm {
        action: "#agenda".into(),
        back: "#agenda".into(),
        words: words.map(|(code, word)| (code, word.to_owned())).to_vec(),
        who: "Karim Bouvardel".into(),
    };
    let place = "Suivi, Maison de Bar-le-Duc, Bureau 2";
    vec![
        DayRow {
            attendance: Some(form),
            ..row("is-past", "09:00", "Karim Bouvardel", place, vec![Tag::new("À noter", Tone::Soon)])
        },
        row("is-next", "10:00", "Maëlle Dorvault", "Contrat, en binôme", Vec::new()),
        row("", "11:00", "Théo Garnavault", "Suivi, par téléphone", Vec::new()),
        row("is-free", "14:00", "Créneau libre", "Maison de Bar-le-Duc", Vec::new()),
    ]
}

/// Made-up slots, the first one chosen.
pub(super) fn slot_choices() -> Vec<SlotChoice> {
    let slot = |value: &str, when: &str, place: &str| SlotChoice {
        value: value.into(),
        when: when.into(),
        place: place.into(),
        checked: value == "1",
    };
    vec![
        slot("1", "jeudi 19\u{a0}novembre, 9\u{a0}h\u{a0}30", "Maison de Bar-le-Duc, Aude Mirambelle"),
        slot("2", "vendredi 20\u{a0}novembre, 10\u{a0}h\u{a0}15", "Antenne de Commercy, Aude Mirambelle"),
    ]
}
