//! The rules that propose an orientation: stages, weights of answers, and what each rule gives.
//!
//! Stages, in order: `safety` (flags) → `eligibility` (a match gives a result and ends everything) → `organisation` →
//! `path` → `organisation_default` → `programme` (each match adds a candidate) → `review`. Within a stage the first rule
//! that matches ends the stage, unless `continue = true`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::condition::{Condition, Literal, Op, Source, Test};
use super::questionnaire::Questionnaire;
use crate::access::structure::StructureKind;

/// The facts of a file that rules may test.
pub const FACTS: [&str; 13] = [
    "age",
    "boe",
    "children_under_12",
    "department",
    "followed_by_mission_locale",
    "ft_registered",
    "lives_here",
    "lone_parent",
    "months_since_entry",
    "oriented",
    "right_state",
    "subject_to_duties",
    "territory",
];

/// The path that an orientation opens (arrêté du 21 novembre 2024; CASF L262-29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// Towards a job (`PED` at France Travail).
    Emploi,
    /// Job and obstacles at the same time.
    SocioProfessionnel,
    /// Obstacles first.
    Social,
    /// The answers do not allow to propose: meet the person.
    Undetermined,
}

impl Path {
    /// Every path, closest to a job first.
    pub const ALL: [Self; 4] = [Self::Emploi, Self::SocioProfessionnel, Self::Social, Self::Undetermined];

    /// The code of the catalogues and of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Emploi => "emploi",
            Self::SocioProfessionnel => "socio_professionnel",
            Self::Social => "social",
            Self::Undetermined => "undetermined",
        }
    }

    /// Reads [`Path::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|path| path.code() == code)
    }
}

/// The organisation in charge (`organisme référent`, code list of France Travail).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Organisation {
    /// France Travail.
    #[serde(rename = "FT")]
    FranceTravail,
    /// The département, or an organisation that acts for it.
    #[serde(rename = "CD")]
    Departement,
    /// A mission locale.
    #[serde(rename = "ML")]
    MissionLocale,
    /// Cap emploi.
    #[serde(rename = "CE")]
    CapEmploi,
    /// The MSA.
    #[serde(rename = "MSA")]
    Msa,
}

impl Organisation {
    /// Every organisation.
    pub const ALL: [Self; 5] =
        [Self::FranceTravail, Self::Departement, Self::MissionLocale, Self::CapEmploi, Self::Msa];

    /// The code of the catalogues and of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::FranceTravail => "FT",
            Self::Departement => "CD",
            Self::MissionLocale => "ML",
            Self::CapEmploi => "CE",
            Self::Msa => "MSA",
        }
    }

    /// Reads [`Organisation::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Do the professionals of a structure of this kind act for it? Without a structure they are the département's.
    pub fn acts_through(self, kind: Option<StructureKind>) -> bool {
        use StructureKind::{
            Association, Departmental, FranceTravail, Operator, Other, Payer, Shelter, TownService,
        };
        match self {
            Self::FranceTravail => kind == Some(FranceTravail),
            Self::Msa => kind == Some(Payer),
            Self::MissionLocale | Self::CapEmploi => kind == Some(Other),
            Self::Departement => kind.is_none_or(|kind| {
                matches!(kind, Departmental | TownService | Operator | Association | Shelter)
            }),
        }
    }
}

/// What ends the rules before any path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The right is not open: nothing to decide.
    NoOrientation,
    /// The person lives in another département.
    Transfer,
    /// Not subject to droits et devoirs: on request only.
    Voluntary,
    /// Already oriented: reach the referent.
    KeepReferent,
    /// Meet the person first.
    FaceToFace,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] =
        [Self::NoOrientation, Self::Transfer, Self::Voluntary, Self::KeepReferent, Self::FaceToFace];

    /// The code of the catalogues.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoOrientation => "no_orientation",
            Self::Transfer => "transfer",
            Self::Voluntary => "voluntary",
            Self::KeepReferent => "keep_referent",
            Self::FaceToFace => "face_to_face",
        }
    }
}

/// When a rule is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// What must be told today.
    Safety,
    /// Is there something to decide?
    Eligibility,
    /// Who is in charge by nature.
    Organisation,
    /// Which path.
    Path,
    /// Who is in charge otherwise.
    OrganisationDefault,
    /// Which programmes.
    Programme,
    /// When to look again.
    Review,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 7] = [
        Self::Safety,
        Self::Eligibility,
        Self::Organisation,
        Self::Path,
        Self::OrganisationDefault,
        Self::Programme,
        Self::Review,
    ];
}

/// What a rule gives when it matches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Then {
    /// Something to tell today, or to know.
    pub flag: Option<String>,
    /// The end of the rules.
    pub result: Option<Outcome>,
    /// The path.
    pub path: Option<Path>,
    /// The organisation; one that is set already is kept.
    pub organisation: Option<Organisation>,
    /// A programme to propose.
    pub programme: Option<String>,
    /// The legal parameter that gives the date of the next look.
    pub review_key: Option<String>,
    /// Meet the person before proposing.
    pub face_to_face: Option<bool>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its place within the stage.
    pub order: u32,
    /// Its stage.
    pub stage: Stage,
    /// Its name, stable: what a decision remembers.
    pub code: String,
    /// When it matches.
    pub when: Condition,
    /// What it gives.
    pub then: Then,
    /// Why, for the professional.
    pub reason_pro_fr: String,
    /// Why, for the person.
    pub reason_person_fr: String,
    /// The text it comes from.
    #[serde(default)]
    pub reference: String,
    /// How sure we are of it (`S`, `K`, `K?`, `source`).
    #[serde(default)]
    pub confidence: String,
    /// The stage goes on after it.
    #[serde(default, rename = "continue")]
    pub goes_on: bool,
}

/// How strong an obstacle an answer tells.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// The question.
    pub question: String,
    /// The answer; absent for a scale.
    pub answer: Option<String>,
    /// The theme of the diagnosis.
    pub theme: String,
    /// 0 none … 3 strong; absent for a scale.
    pub level: Option<u8>,
    /// The answers are the levels themselves (`none low medium strong`).
    #[serde(default)]
    pub scale: bool,
}

/// A version of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RuleSet {
    /// Its number.
    pub version: u32,
    /// The weights of answers.
    #[serde(default)]
    pub weights: Vec<Weight>,
    /// The rules.
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// The rules of a stage, by order.
    pub fn stage(&self, stage: Stage) -> Vec<&Rule> {
        let mut rules: Vec<&Rule> = self.rules.iter().filter(|rule| rule.stage == stage).collect();
        rules.sort_by_key(|rule| rule.order);
        rules
    }

    /// A rule by its code.
    pub fn rule(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// What is wrong with these rules beside this questionnaire, in French sentences; empty = they may be used.
    pub fn faults(&self, questions: &Questionnaire, parameter: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut faults = Vec::new();
        let mut codes = BTreeSet::new();
        let mut places = BTreeSet::new();
        for rule in &self.rules {
            let mut say = |what: String| faults.push(format!("Règle « {} » : {what}", rule.code));
            if !codes.insert(&rule.code) {
                say("ce code est déjà pris par une autre règle.".to_owned());
            }
            if !places.insert((rule.stage, rule.order)) {
                say(format!("une autre règle de la même étape a le rang {}.", rule.order));
            }
            if rule.reason_pro_fr.trim().is_empty() || rule.reason_person_fr.trim().is_empty() {
                say("il manque une raison, pour le professionnel ou pour la personne.".to_owned());
            }
            if rule.then == Then::default() {
                say("elle ne donne rien.".to_owned());
            }
            if let Some(key) = &rule.then.review_key
                && !parameter(key)
            {
                say(format!("le paramètre « {key} » n’existe pas."));
            }
            for test in rule.when.tests() {
                test_faults(test, questions, parameter).into_iter().for_each(&mut say);
            }
        }
        for weight in &self.weights {
            faults.extend(weight_fault(weight, questions));
        }
        let ends = self.stage(Stage::Path).last().is_some_and(|rule| rule.when == Condition::Always);
        if !ends {
            faults.push("La dernière règle du parcours doit toujours s’appliquer (always).".to_owned());
        }
        faults
    }
}

fn test_faults(test: &Test, questions: &Questionnaire, parameter: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    let name = &test.name;
    match test.source {
        Source::Fact if !FACTS.contains(&name.as_str()) => {
            faults.push(format!("le fait « {name} » n’existe pas."));
        }
        Source::Answer => match questions.question(name) {
            None => faults.push(format!("la question « {name} » n’existe pas.")),
            Some(question) => {
                if let Op::In(list) = &test.op {
                    let unknown = list.iter().filter_map(|literal| match literal {
                        Literal::Text(code) if !question.accepts(code) => Some(code),
                        _ => None,
                    });
                    faults.extend(
                        unknown.map(|code| format!("la question « {name} » n’a pas de réponse « {code} ».")),
                    );
                }
            }
        },
        _ => {}
    }
    if let Op::LtKey(key) = &test.op
        && !parameter(key)
    {
        faults.push(format!("le paramètre « {key} » n’existe pas."));
    }
    faults
}

fn weight_fault(weight: &Weight, questions: &Questionnaire) -> Option<String> {
    let name = &weight.question;
    let Some(question) = questions.question(name) else {
        return Some(format!("Poids : la question « {name} » n’existe pas."));
    };
    match (&weight.answer, weight.level, weight.scale) {
        (None, None, true) => None,
        (Some(answer), Some(0..=3), false) if question.accepts(answer) => None,
        (Some(answer), Some(0..=3), false) => {
            Some(format!("Poids : la question « {name} » n’a pas de réponse « {answer} »."))
        }
        _ => Some(format!(
            "Poids de « {name} » : donner une réponse et un niveau de 0 à 3, ou « scale = true »."
        )),
    }
}
