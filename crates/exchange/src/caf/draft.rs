//! A dossier while it is being read: what the elements say, before any judgement.

use chrono::NaiveDate;
use domain::intake::flux::{Activity, Contacts, DossierKey, FluxPerson, Liquidation, Mutation, Role};

use super::block::Block;
use super::value;

/// Everything kept of one dossier.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) organism: String,
    pub(super) organism_number: String,
    pub(super) matricule: String,
    pub(super) claim_number: String,
    pub(super) department: Option<String>,
    pub(super) claim_date: Option<NaiveDate>,
    pub(super) moved_in: Option<Mutation>,
    pub(super) moved_out: Option<Mutation>,
    pub(super) persons: Vec<PersonDraft>,
    pub(super) family: Option<String>,
    pub(super) family_since: Option<NaiveDate>,
    pub(super) addresses: Vec<AddressDraft>,
    pub(super) contacts: Option<Contacts>,
    pub(super) right: RightDraft,
    pub(super) events: Vec<Liquidation>,
    pub(super) anomalies: Vec<String>,
    pub(super) movements: Vec<MovementDraft>,
    month: Option<NaiveDate>,
}

/// One `Personne`.
#[derive(Debug)]
pub(super) struct PersonDraft {
    pub(super) person: FluxPerson,
    /// `DTNAI` as received.
    pub(super) birth: String,
    /// `ROLEPERS` of the block whose `NATPREST` is RSA.
    pub(super) role: Option<String>,
    pub(super) nir: Option<String>,
    pub(super) pregnancy_end: Option<NaiveDate>,
    benefit: (String, String),
}

/// One `Adresse`.
#[derive(Debug, Default)]
pub(super) struct AddressDraft {
    pub(super) rank: Option<u8>,
    pub(super) since: Option<NaiveDate>,
    pub(super) nature: Option<String>,
    pub(super) country: String,
    pub(super) complements: Vec<String>,
    pub(super) street: Vec<String>,
    pub(super) place: Option<String>,
    pub(super) commune: String,
    pub(super) postcode: String,
    pub(super) town: String,
    pub(super) abroad: Vec<String>,
}

/// `PrestationRSA`.
#[derive(Debug, Default)]
pub(super) struct RightDraft {
    pub(super) state: String,
    pub(super) refused: Ending,
    pub(super) suspended: Vec<Ending>,
    pub(super) payment_suspended: Vec<Ending>,
    pub(super) ended: Ending,
    pub(super) ended_earlier: Ending,
    pub(super) homeless: bool,
    pub(super) dependants: Option<u8>,
    pub(super) origin: Option<String>,
    pub(super) origin_date: Option<NaiveDate>,
    pub(super) amount_cents: Option<i64>,
    pub(super) natures: Vec<NatureDraft>,
}

/// A reason and its date.
#[derive(Debug, Default, Clone)]
pub(super) struct Ending {
    pub(super) code: String,
    pub(super) date: Option<NaiveDate>,
}

/// One `DetailCalculDroitRSA`.
#[derive(Debug, Default)]
pub(super) struct NatureDraft {
    pub(super) nature: String,
    pub(super) detail: String,
    pub(super) until: Option<NaiveDate>,
}

/// One accounting movement.
#[derive(Debug, Default)]
pub(super) struct MovementDraft {
    pub(super) class: &'static str,
    pub(super) month: Option<NaiveDate>,
    pub(super) nature: String,
    pub(super) operation: String,
    pub(super) deduction: bool,
    pub(super) amount_cents: Option<i64>,
}

impl Draft {
    /// The key, when its four parts were read.
    pub(super) fn key(&self) -> Option<DossierKey> {
        let parts = [&self.organism, &self.organism_number, &self.matricule, &self.claim_number];
        parts.iter().all(|p| !p.is_empty() && p.len() <= 40).then(|| DossierKey {
            organism: self.organism.clone(),
            organism_number: self.organism_number.clone(),
            matricule: self.matricule.clone(),
            claim_number: self.claim_number.clone(),
        })
    }

    /// A block begins.
    pub(super) fn open(&mut self, block: Block) {
        match block {
            Block::Person => self.persons.push(PersonDraft::new()),
            Block::Activity => {
                if let Some(draft) = self.persons.last_mut() {
                    draft.person.activities.push(Activity {
                        code: String::new(),
                        scheme: None,
                        since: None,
                        until: None,
                    });
                }
            }
            Block::Address => self.addresses.push(AddressDraft::default()),
            Block::Contacts => self.contacts = Some(Contacts::default()),
            Block::SuspendedRight => self.right.suspended.push(Ending::default()),
            Block::SuspendedPayment => self.right.payment_suspended.push(Ending::default()),
            Block::Nature => self.right.natures.push(NatureDraft::default()),
            Block::Event => self.events.push(Liquidation { code: String::new(), date: None }),
            Block::Movements(class) => self.movements.push(MovementDraft { class, ..Default::default() }),
            Block::Movement => {
                let class = self.movements.last().map_or("", |m| m.class);
                let month = self.month;
                self.movements.push(MovementDraft { class, month, ..Default::default() });
            }
            Block::MovedIn | Block::MovedOut => {
                let none = Mutation { organism: String::new(), organism_number: String::new(), date: None };
                let side = if block == Block::MovedIn { &mut self.moved_in } else { &mut self.moved_out };
                *side = Some(none);
            }
            _ => {}
        }
    }

    /// A block ends.
    pub(super) fn close(&mut self, block: Block) {
        if block == Block::Benefit
            && let Some(draft) = self.persons.last_mut()
        {
            let (nature, role) = std::mem::take(&mut draft.benefit);
            if nature == "RSA" {
                draft.role = Some(role);
            }
        }
    }

    /// An element that holds a value, trimmed.
    pub(super) fn leaf(&mut self, parent: Block, name: &str, text: &str) {
        match parent {
            Block::PersonPart | Block::Benefit | Block::Activity => {
                if let Some(draft) = self.persons.last_mut() {
                    draft.leaf(parent, name, text);
                }
            }
            Block::AddressPart => {
                if let Some(draft) = self.addresses.last_mut() {
                    draft.leaf(name, text);
                }
            }
            Block::Right
            | Block::SuspendedRight
            | Block::SuspendedPayment
            | Block::End
            | Block::EndEarlier
            | Block::Nature => self.right.leaf(parent, name, text),
            Block::Identity => self.identity(name, text),
            Block::MovedIn | Block::MovedOut => self.mutation(parent, name, text),
            Block::Movement => {
                if let Some(draft) = self.movements.last_mut() {
                    draft.leaf(name, text);
                }
            }
            _ => self.rest(parent, name, text),
        }
    }

    fn identity(&mut self, name: &str, text: &str) {
        match name {
            "FONORG" => text.clone_into(&mut self.organism),
            "NUMORG" => text.clone_into(&mut self.organism_number),
            "MATRICULE" => text.clone_into(&mut self.matricule),
            "NUMDEMRSA" => text.clone_into(&mut self.claim_number),
            "IDEPARTE" => self.department = value::some(text),
            "DTDEMRSA" => self.claim_date = value::date(text),
            _ => {}
        }
    }

    fn mutation(&mut self, parent: Block, name: &str, text: &str) {
        let side = if parent == Block::MovedIn { &mut self.moved_in } else { &mut self.moved_out };
        let Some(mutation) = side else { return };
        match name {
            "FONORGCEDMUT" | "FONORGPRENMUT" => text.clone_into(&mut mutation.organism),
            "NUMORGCEDMUT" | "NUMORGPRENMUT" => text.clone_into(&mut mutation.organism_number),
            "DDARRMUT" | "DDDEPAMUT" => mutation.date = value::date(text),
            _ => {}
        }
    }

    fn rest(&mut self, parent: Block, name: &str, text: &str) {
        match (parent, name) {
            (Block::Family, "SITFAM") => self.family = value::some(text),
            (Block::Family, "DDSITFAM") => self.family_since = value::date(text),
            (Block::Event, "FG") => {
                if let Some(event) = self.events.last_mut() {
                    text.clone_into(&mut event.code);
                }
            }
            (Block::Event, "DTLIQ") => {
                if let Some(event) = self.events.last_mut() {
                    event.date = value::date(text);
                }
            }
            (Block::Anomaly, "LIBANO") => self.anomalies.extend(value::some(text)),
            (Block::Month, "MOISMOUCOMPTA") => self.month = value::date(text),
            (Block::Contacts, _) => self.contact(name, text),
            _ => {}
        }
    }

    fn contact(&mut self, name: &str, text: &str) {
        let Some(contacts) = &mut self.contacts else { return };
        match name {
            "NUMTEL" => contacts.phone = value::some(text),
            "AUTORUTITEL" => contacts.phone_allowed = text == "A",
            "ADRELEC" => contacts.email = value::some(text),
            "AUTORUTIADRELEC" => contacts.email_allowed = text == "A",
            _ => {}
        }
    }
}

impl PersonDraft {
    fn new() -> Self {
        Self {
            person: FluxPerson {
                role: Role::Other,
                title: None,
                last_name: String::new(),
                birth_name: String::new(),
                first_name: String::new(),
                other_first_names: Vec::new(),
                birth_date: None,
                birth_date_partial: false,
                birth_place: None,
                sex: None,
                nir: None,
                certified: false,
                france_travail_id: None,
                subject: false,
                previous_claim: None,
                activities: Vec::new(),
                pregnancy_since: None,
                socio_professional_state: None,
            },
            birth: String::new(),
            role: None,
            nir: None,
            pregnancy_end: None,
            benefit: Default::default(),
        }
    }

    fn leaf(&mut self, parent: Block, name: &str, text: &str) {
        match parent {
            Block::Benefit => match name {
                "NATPREST" => text.clone_into(&mut self.benefit.0),
                "ROLEPERS" => text.clone_into(&mut self.benefit.1),
                _ => {}
            },
            Block::Activity => self.activity(name, text),
            _ => self.part(name, text),
        }
    }

    fn part(&mut self, name: &str, text: &str) {
        let person = &mut self.person;
        match name {
            "QUAL" => person.title = value::some(text),
            "NOM" => text.clone_into(&mut person.last_name),
            "NOMNAI" => text.clone_into(&mut person.birth_name),
            "PRENOM" => text.clone_into(&mut person.first_name),
            "PRENOM2" | "PRENOM3" => person.other_first_names.extend(value::some(text)),
            "NOMCOMNAI" => person.birth_place = value::some(text),
            "DTNAI" => text.clone_into(&mut self.birth),
            "TYPEDTNAI" => person.birth_date_partial = matches!(text, "J" | "O"),
            "NIR" => self.nir = value::some(text),
            "SEXE" => person.sex = value::some(text),
            "TOPVALIEC" => person.certified = value::yes(text),
            "NUMDEMRSAPRECE" => person.previous_claim = value::some(text),
            "IDASSEDIC" => person.france_travail_id = value::some(text),
            "TOPPERSDRODEVORSA" => person.subject = value::yes(text),
            "DDGRO" => person.pregnancy_since = value::date(text),
            "DFGRO" => self.pregnancy_end = value::date(text),
            "SITPERSSOCPRO" => person.socio_professional_state = value::some(text),
            _ => {}
        }
    }

    fn activity(&mut self, name: &str, text: &str) {
        let Some(activity) = self.person.activities.last_mut() else { return };
        match name {
            "REG" => activity.scheme = value::some(text),
            "ACT" => text.clone_into(&mut activity.code),
            "DDACT" => activity.since = value::date(text),
            "DFACT" => activity.until = value::date(text),
            _ => {}
        }
    }
}

impl AddressDraft {
    fn leaf(&mut self, name: &str, text: &str) {
        match name {
            "RGADR" => self.rank = text.parse().ok(),
            "DTEMM" => self.since = value::date(text),
            "TYPEADR" => self.nature = value::some(text),
            "PAYS" => text.clone_into(&mut self.country),
            "COMPLIDEADR" | "COMPLADR" => self.complements.extend(value::some(text)),
            "NUMVOIE" | "LIBTYPEVOIE" | "NOMVOIE" => self.street.extend(value::some(text)),
            "LIEUDIST" => self.place = value::some(text),
            "NUMCOM" => self.commune = value::five(text),
            "CODEPOS" => self.postcode = value::five(text),
            "NOMCOM" => text.clone_into(&mut self.town),
            _ if name.starts_with("LIBLIG") => self.abroad.extend(value::some(text)),
            _ => {}
        }
    }
}

impl RightDraft {
    fn leaf(&mut self, parent: Block, name: &str, text: &str) {
        match name {
            "ETATDOSRSA" => text.clone_into(&mut self.state),
            "TOPSANSDOMFIXE" => self.homeless = value::yes(text),
            "NBENFAUTCHA" => self.dependants = text.parse().ok(),
            "ORIDEMRSA" => self.origin = value::some(text),
            "DTORIDEMRSA" => self.origin_date = value::date(text),
            "MTTOTDRORSA" => self.amount_cents = value::cents(text),
            "NATPF" | "SOUSNATPF" | "DFNATDRO" => {
                let Some(nature) = self.natures.last_mut() else { return };
                match name {
                    "NATPF" => text.clone_into(&mut nature.nature),
                    "SOUSNATPF" => text.clone_into(&mut nature.detail),
                    _ => nature.until = value::date(text),
                }
            }
            _ => self.ending(parent, name, text),
        }
    }

    fn ending(&mut self, parent: Block, name: &str, text: &str) {
        let ending = match parent {
            Block::Right => &mut self.refused,
            Block::End => &mut self.ended,
            Block::EndEarlier => &mut self.ended_earlier,
            Block::SuspendedRight => match self.suspended.last_mut() {
                Some(ending) => ending,
                None => return,
            },
            Block::SuspendedPayment => match self.payment_suspended.last_mut() {
                Some(ending) => ending,
                None => return,
            },
            _ => return,
        };
        match name {
            "MOTIREFURSA" | "MOTISUSDRORSA" | "MOTISUSVERSRSA" | "MOTICLORSA" => {
                text.clone_into(&mut ending.code);
            }
            "DTREFURSA" | "DDSUSDRORSA" | "DDSUSVERSRSA" | "DTCLORSA" => ending.date = value::date(text),
            _ => {}
        }
    }
}

impl MovementDraft {
    fn leaf(&mut self, name: &str, text: &str) {
        match name {
            "NATPFCRE" => text.clone_into(&mut self.nature),
            "TYPEOPECOMPTA" => text.clone_into(&mut self.operation),
            "SENSOPECOMPTA" => self.deduction = text == "DE",
            "MTMOUCOMPTA" => self.amount_cents = value::cents(text),
            _ => {}
        }
    }
}
