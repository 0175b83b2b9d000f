//! How to reach somebody: what files say, what professionals typed, and which of both is used.
//!
//! `rules.md` § 5: what a professional typed wins over a file for phone, e-mail, language and consent; what the file
//! says is shown beside it when they differ. Nothing is erased: a value that no longer holds is marked.

mod mark;
mod open;
mod prefer;
mod write;

use chrono::{DateTime, Utc};
use domain::people::contact::{Channel, Consent, Kind};
pub(crate) use mark::found_dead;
pub use mark::{Mark, mark};
pub use open::{ContactPage, open};
pub use prefer::{Preference, prefer};
use store::access::account;
use store::people::contact::{ContactRow, ended};
use store::{StoreError, Tx, people::contact as rows};
use uuid::Uuid;
pub use write::{NewContact, write};

use super::PeopleError;
use crate::Context;
use crate::intake::history::FileFact;

/// Why a contact is not changed.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// The person or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Not a phone number.
    #[error("Ce numéro n’est pas lisible : écrivez dix chiffres, par exemple 06 12 34 56 78.")]
    Phone,
    /// Not an e-mail address.
    #[error("Cette adresse n’est pas lisible : écrivez-la comme prenom.nom@exemple.fr.")]
    Email,
    /// The contact is no longer what the page showed.
    #[error("Quelqu’un a changé ce contact entre-temps : relisez la page, puis recommencez.")]
    Gone,
    /// An answer that the form does not offer.
    #[error("Choisissez une réponse de la liste.")]
    Answer,
}

impl From<StoreError> for ContactError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// A value, who told it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// E.164, e-mail address, postal address, language or answer.
    pub value: String,
    /// The person allowed its use, as far as the source knows.
    pub allowed: bool,
    /// The household shares it.
    pub shared: bool,
    /// Who told it.
    pub source: Source,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// Who told a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file, by its name.
    File(String),
    /// A professional, by their name; empty when the account is gone.
    Typed(String),
}

/// A way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its key.
    pub id: Uuid,
    /// Phone, e-mail or address.
    pub kind: Kind,
    /// What is used.
    pub told: Told,
    /// It reaches nobody: since when, and who said so.
    pub unusable: Option<(DateTime<Utc>, String)>,
    /// What files say instead of what a professional typed.
    pub instead: Vec<Told>,
}

/// May one use a channel?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The channel.
    pub channel: Channel,
    /// The answer that counts.
    pub answer: Consent,
    /// Who told it.
    pub told: Told,
    /// The file that refuses what a professional was allowed.
    pub instead: Option<Told>,
}

/// Every way to reach somebody, and what they said of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Phones, then e-mails; those that reach nobody last.
    pub ways: Vec<Contact>,
    /// Postal addresses that spreadsheets told, the newest first.
    pub addresses: Vec<Contact>,
    /// The preferred language.
    pub language: Option<Told>,
    /// What was answered for each channel.
    pub answers: Vec<Answer>,
}

/// Reads how to reach a person whose records these are.
pub(crate) async fn reach(ctx: &Context, records: &[Uuid], known: &[FileFact]) -> Result<Reach, StoreError> {
    let found = rows::of(ctx.db().keys(), ctx.db().read(), records).await?;
    let mut accounts: Vec<Uuid> = found.iter().flat_map(|c| [c.account_id, c.ended_by]).flatten().collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = if accounts.is_empty() {
        Vec::new()
    } else {
        store::access::account::names(ctx.db(), &accounts).await?
    };
    Ok(arranged(&found, known, &names))
}

/// The same inside a transaction, without the names of the sources.
pub(crate) async fn reach_in(ctx: &Context, tx: &Tx, records: &[Uuid]) -> Result<Reach, StoreError> {
    Ok(arranged(&rows::of(ctx.db().keys(), tx, records).await?, &[], &[]))
}

/// Puts contacts, newest first, in the order in which they are used.
fn arranged(rows: &[ContactRow], known: &[FileFact], names: &[(Uuid, String)]) -> Reach {
    let who = Who { known, names };
    let of = |kind: Kind| rows.iter().filter(move |c| c.kind == kind.code());
    let mut reach = Reach::default();
    for kind in [Kind::Phone, Kind::Email] {
        reach.ways.extend(who.ways(kind, &of(kind).collect::<Vec<_>>()));
    }
    reach.ways.sort_by_key(|c| c.unusable.is_some());
    reach.addresses = who.ways(Kind::Address, &of(Kind::Address).collect::<Vec<_>>());
    reach.language = of(Kind::Language).find(|c| holds(c)).map(|c| who.told(c));
    let refused = |kind: Kind| of(kind).find(|c| c.account_id.is_none()).filter(|c| !c.allowed);
    for channel in Channel::ALL {
        let typed = of(Kind::Consent(channel)).find(|c| holds(c));
        // A file tells of calls and e-mails only, with the number or the address that it gives.
        let file = match channel {
            Channel::Call => refused(Kind::Phone),
            Channel::Email => refused(Kind::Email),
            Channel::Voicemail | Channel::Sms => None,
        };
        let typed = typed.and_then(|c| Some((Consent::parse(&c.value)?, who.told(c))));
        let file = file.map(|c| who.told(c));
        reach.answers.extend(match (typed, file) {
            (Some((answer, told)), file) => {
                let instead = file.filter(|_| answer == Consent::Yes);
                Some(Answer { channel, answer, told, instead })
            }
            (None, Some(told)) => Some(Answer { channel, answer: Consent::No, told, instead: None }),
            (None, None) => None,
        });
    }
    reach
}

fn holds(c: &ContactRow) -> bool {
    c.ended.is_none()
}

/// Names of files and accounts.
struct Who<'a> {
    known: &'a [FileFact],
    names: &'a [(Uuid, String)],
}

impl Who<'_> {
    fn account(&self, id: Option<Uuid>) -> String {
        id.and_then(|id| account::name_of(self.names, id)).unwrap_or_default()
    }

    fn told(&self, c: &ContactRow) -> Told {
        let file = |id: Uuid| self.known.iter().find(|f| f.id == id).map(|f| f.name.clone());
        Told {
            value: c.value.clone(),
            allowed: c.allowed,
            shared: c.shared,
            source: match c.import_id {
                Some(id) => Source::File(file(id).unwrap_or_default()),
                None => Source::Typed(self.account(c.account_id)),
            },
            at: c.recorded_at,
        }
    }

    fn contact(&self, kind: Kind, c: &ContactRow) -> Contact {
        let unusable = c.ended.as_deref() == Some(ended::UNUSABLE);
        Contact {
            id: c.id,
            kind,
            told: self.told(c),
            unusable: c.ended_at.filter(|_| unusable).map(|at| (at, self.account(c.ended_by))),
            instead: Vec::new(),
        }
    }

    /// What professionals typed, else what files say; then what reaches nobody. A value is told once.
    fn ways(&self, kind: Kind, rows: &[&ContactRow]) -> Vec<Contact> {
        let typed = |c: &&&ContactRow| c.account_id.is_some() && holds(c);
        let used: Vec<&ContactRow> = if rows.iter().any(|c| typed(&c)) {
            rows.iter().filter(typed).copied().collect()
        } else {
            rows.iter().filter(|c| holds(c)).copied().collect()
        };
        let by_hand = used.iter().any(|c| c.account_id.is_some());
        let mut ways: Vec<Contact> = Vec::new();
        for row in used {
            if ways.iter().all(|w| w.told.value != row.value) {
                ways.push(self.contact(kind, row));
            }
        }
        let wrong = |c: &ContactRow| c.ended.as_deref() == Some(ended::UNUSABLE);
        let mut instead: Vec<Told> = Vec::new();
        for row in rows.iter().filter(|c| by_hand && c.import_id.is_some() && !wrong(c)) {
            let told_already = instead.iter().any(|t| t.value == row.value)
                || ways.iter().any(|w| w.told.value == row.value);
            if !told_already {
                instead.push(self.told(row));
            }
        }
        if let Some(first) = ways.first_mut() {
            first.instead = instead;
        }
        for row in rows.iter().filter(|c| wrong(c)) {
            if ways.iter().all(|w| w.told.value != row.value) {
                ways.push(self.contact(kind, row));
            }
        }
        ways
    }
}

/// What the journal may keep of an e-mail.
pub(crate) fn masked_email(email: &str) -> String {
    masked(Kind::Email, email)
}

/// What the journal may keep of a value: enough to recognise it, not enough to use it.
fn masked(kind: Kind, value: &str) -> String {
    match kind {
        Kind::Language | Kind::Consent(_) => value.to_owned(),
        Kind::Phone => {
            let end: String = value.chars().skip(value.chars().count().saturating_sub(2)).collect();
            format!("•• {end}")
        }
        Kind::Email | Kind::Address => {
            format!("{}•••", value.chars().next().unwrap_or_default())
        }
    }
}

/// A row that a professional types now.
pub(crate) fn typed(ctx: &Context, person: Uuid, kind: Kind, value: String, shared: bool) -> ContactRow {
    let local = ctx.now().with_timezone(&ctx.department.timezone).naive_local();
    let stamp = domain::intake::stamp::Stamp { reference: ctx.today(), created: local };
    ContactRow {
        id: ctx.app.ids.make(),
        person_id: person,
        kind: kind.code().to_owned(),
        value,
        allowed: true,
        shared,
        import_id: None,
        account_id: ctx.actor.id,
        stamp: stamp.sortable(),
        recorded_at: ctx.now(),
        ended: None,
        ended_at: None,
        ended_by: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: u128, value: &str) -> ContactRow {
        ContactRow {
            id: Uuid::from_u128(n),
            person_id: Uuid::nil(),
            kind: "phone".to_owned(),
            value: value.to_owned(),
            allowed: true,
            shared: false,
            import_id: Some(Uuid::from_u128(9)),
            account_id: None,
            stamp: String::new(),
            recorded_at: DateTime::UNIX_EPOCH,
            ended: None,
            ended_at: None,
            ended_by: None,
        }
    }

    fn by_hand(n: u128, value: &str) -> ContactRow {
        ContactRow { import_id: None, account_id: Some(Uuid::from_u128(5)), ..row(n, value) }
    }

    fn values(reach: &Reach) -> Vec<&str> {
        reach.ways.iter().map(|w| w.told.value.as_str()).collect()
    }

    #[test]
    fn what_a_professional_typed_is_used_and_the_file_is_told_beside_it() {
        let names = [(Uuid::from_u128(5), "Nadia Lenoir".to_owned())];
        let reach = arranged(&[row(1, "a"), by_hand(2, "b"), row(3, "b"), row(4, "a")], &[], &names);
        assert_eq!(values(&reach), ["b"]);
        assert_eq!(reach.ways[0].told.source, Source::Typed("Nadia Lenoir".to_owned()));
        let instead: Vec<&str> = reach.ways[0].instead.iter().map(|t| t.value.as_str()).collect();
        assert_eq!(instead, ["a"], "once, and not what both say");
    }

    #[test]
    fn what_reaches_nobody_comes_last_and_what_was_replaced_is_told_by_the_file_only() {
        let at = Some(DateTime::UNIX_EPOCH);
        let wrong = ContactRow { ended: Some("unusable".to_owned()), ended_at: at, ..row(1, "x") };
        let reach = arranged(&[wrong.clone(), row(2, "a")], &[], &[]);
        assert_eq!(values(&reach), ["a", "x"]);
        assert!(reach.ways[1].unusable.is_some());
        let replaced = ContactRow { ended: Some("replaced".to_owned()), ended_at: at, ..row(3, "c") };
        let old = ContactRow { import_id: None, account_id: Some(Uuid::from_u128(5)), ..replaced.clone() };
        let reach = arranged(&[by_hand(4, "b"), replaced, old, wrong], &[], &[]);
        assert_eq!(values(&reach), ["b", "x"]);
        assert_eq!(reach.ways[0].instead.len(), 1);
    }

    #[test]
    fn a_refusal_of_a_file_counts_until_a_professional_hears_otherwise() {
        let refused = ContactRow { allowed: false, ..row(1, "a") };
        let reach = arranged(std::slice::from_ref(&refused), &[], &[]);
        assert_eq!((reach.answers.len(), reach.answers[0].answer), (1, Consent::No));
        let said = ContactRow { kind: "consent_call".to_owned(), ..by_hand(2, "yes") };
        let reach = arranged(&[said, refused], &[], &[]);
        assert_eq!((reach.answers[0].channel, reach.answers[0].answer), (Channel::Call, Consent::Yes));
        assert!(reach.answers[0].instead.is_some());
    }

    #[test]
    fn the_journal_recognises_a_value_without_holding_it() {
        assert_eq!(masked(Kind::Phone, "+33639980012"), "•• 12");
        assert_eq!(masked(Kind::Email, "odile@exemple.fr"), "o•••");
        assert_eq!(masked(Kind::Consent(Channel::Sms), "no"), "no");
    }
}
