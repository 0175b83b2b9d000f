//! Writes fields of a theme: each by itself, from what its author started from.

use std::collections::HashMap;

use domain::access::permission::Action;
use domain::access::visibility::{Level, offered, opens};
use domain::audit::Act;
use domain::diagnosis::field::{Field, Wrong};
use domain::diagnosis::merge::{Entry, Outcome, heads, write as merge};
use domain::privacy::sensitive;
use domain::reference::diagnosis::Theme;
use serde_json::json;
use store::diagnosis::{DiagnosisRow, EntryRow, add, entries};
use store::sealed::DIAGNOSIS_TEXT;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::DiagnosisError;
use super::file::known;
use super::parts::{level, register};
use super::reach::{Subject, subject};
use super::say::writable;
use crate::{Context, audit};

/// A field as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The field.
    pub field: Field,
    /// The value that the form started from.
    pub base: Option<Uuid>,
    /// What was typed.
    pub value: String,
}

/// What is typed of a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteInput {
    /// The fields that the form showed.
    pub fields: Vec<Typed>,
    /// Who reads one's own text.
    pub level: Option<Level>,
    /// The author confirmed that more people will read it.
    pub confirmed: bool,
    /// The author read the advice on sensitive words, and keeps the text as it is.
    pub anyway: bool,
}

/// Why a field was not written with the others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It holds words that ask for care; what to write instead.
    #[error("Avant d’enregistrer, relisez ce texte : {}", .0.join(" "))]
    Words(Vec<&'static str>),
    /// More people would read it.
    #[error("Davantage de personnes pourront lire ce texte : confirmez-le en cochant la case.")]
    Confirm,
    /// Not one of the levels that one may give.
    #[error("Choisissez qui peut lire ce texte.")]
    Level,
    /// It cannot hold that.
    #[error(transparent)]
    Wrong(#[from] Wrong),
}

/// A field that was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The field.
    pub field: Field,
    /// Why.
    pub why: Why,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The fields that were written, each with its new value: what its author starts from next.
    pub written: Vec<(Field, Uuid)>,
    /// Those that somebody else wrote at the same time: both stay, until somebody chooses.
    pub beside: Vec<Field>,
    /// Those that wait for a word of their author.
    pub withheld: Vec<Withheld>,
}

/// Writes what changed. What waits for a word of its author is not written; the rest is.
///
/// # Errors
/// [`DiagnosisError::Closed`], [`DiagnosisError::NotBegun`].
pub async fn write(
    ctx: &Context,
    person: Uuid,
    theme: &str,
    input: &WriteInput,
) -> Result<Written, DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    let theme = known(theme)?;
    let tx = ctx.db().begin().await?;
    let (diagnosis, _) = writable(&tx, &subject).await?;
    let mut pen = Pen::load(ctx, &tx, &subject, diagnosis, theme).await?;
    let mut done = Written::default();
    let mut raised = None;
    for typed in &input.fields {
        match pen.one(typed, input)? {
            Ok(Some(new)) => {
                if new.beside {
                    done.beside.push(typed.field.clone());
                }
                raised = raised.or(new.raised);
                let id = pen.put(&tx, new).await?;
                done.written.push((typed.field.clone(), id));
            }
            Ok(None) => {}
            Err(why) => done.withheld.push(Withheld { field: typed.field.clone(), why }),
        }
    }
    if done.written.is_empty() {
        return Ok(done);
    }
    let detail = json!({ "theme": theme.code, "fields": done.written.len(), "beside": done.beside.len() });
    audit::record(ctx, &tx, Act::WriteDiagnosis, Some(subject.row.id), None, detail).await?;
    if let Some((before, after)) = raised {
        let detail = json!({ "theme": theme.code, "before": before.code(), "after": after.code() });
        audit::record(ctx, &tx, Act::RaiseDiagnosis, Some(subject.row.id), None, detail).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(done)
}

/// A value about to be added.
pub(super) struct New {
    field: Field,
    value: String,
    base: Option<Uuid>,
    level: Level,
    replaces: Vec<Uuid>,
    beside: bool,
    raised: Option<(Level, Level)>,
}

/// Who writes a theme, and what it holds inside the transaction.
pub(super) struct Pen<'a> {
    ctx: &'a Context,
    subject: &'a Subject,
    diagnosis: DiagnosisRow,
    theme: &'static Theme,
    rows: Vec<EntryRow>,
}

impl<'a> Pen<'a> {
    pub async fn load(
        ctx: &'a Context,
        tx: &Tx,
        subject: &'a Subject,
        diagnosis: DiagnosisRow,
        theme: &'static Theme,
    ) -> Result<Self, StoreError> {
        let mut rows = entries(tx, &[diagnosis.id]).await?;
        rows.retain(|row| row.theme == theme.code);
        Ok(Self { ctx, subject, diagnosis, theme, rows })
    }

    /// The values of a field; of one's own text, those that one wrote.
    fn rows_of(&self, field: &Field) -> impl Iterator<Item = &EntryRow> {
        let code = field.code();
        let owner = field.is_own().then_some(self.subject.account);
        self.rows.iter().filter(move |row| row.field == code && row.owner_id == owner)
    }

    pub fn register(&self, field: &Field) -> Result<Vec<Entry>, StoreError> {
        register(self.ctx, self.rows_of(field))
    }

    /// Whether the actor may write a field: they read it.
    pub fn may(&self, field: &Field) -> bool {
        field.is_own() || self.subject.reads(field.level(), None)
    }

    /// What writing one field comes to: nothing, a value, or why it waits.
    fn one(&self, typed: &Typed, input: &WriteInput) -> Result<Result<Option<New>, Why>, StoreError> {
        let field = &typed.field;
        if !self.may(field) {
            return Ok(Ok(None));
        }
        let value = match field.read(&typed.value) {
            Ok(value) => value,
            Err(wrong) => return Ok(Err(wrong.into())),
        };
        let register = self.register(field)?;
        let outcome = merge(&register, self.subject.account, typed.base, &value);
        let (level, was) = match self.levels(field, input, &value) {
            Ok(levels) => levels,
            Err(why) => return Ok(Err(why)),
        };
        let (replaces, beside) = match outcome {
            Outcome::Nothing => match (was, heads(&register).next()) {
                // The same words for other readers: another version.
                (Some(was), Some(head)) if was != level && !value.is_empty() && head.value == value => {
                    (vec![head.id], false)
                }
                _ => return Ok(Ok(None)),
            },
            Outcome::Replaces(old) => (old, false),
            Outcome::Beside => (Vec::new(), true),
        };
        let raised = was.filter(|was| opens(*was, level) && !value.is_empty()).map(|was| (was, level));
        if raised.is_some() && !input.confirmed {
            return Ok(Err(Why::Confirm));
        }
        let advice = if field.is_text() && !input.anyway { sensitive::advice(&value) } else { Vec::new() };
        if !advice.is_empty() {
            return Ok(Err(Why::Words(advice)));
        }
        let base = typed.base.filter(|id| register.iter().any(|entry| entry.id == *id));
        Ok(Ok(Some(New { field: field.clone(), value, base, level, replaces, beside, raised })))
    }

    /// The level that a field will have, and the one that it has, for one's own text that holds something.
    fn levels(&self, field: &Field, input: &WriteInput, value: &str) -> Result<(Level, Option<Level>), Why> {
        if !field.is_own() {
            return Ok((field.level(), None));
        }
        let current = self.rows_of(field).filter(|row| row.replaced_by.is_none()).last();
        // A text that was emptied has no reader any more.
        let was = current.filter(|row| row.text_sealed.is_some()).map(level);
        if value.is_empty() {
            return Ok((was.unwrap_or(Level::Author), was));
        }
        let allowed = offered(&self.subject.relations);
        let wanted = input.level.filter(|level| allowed.contains(level)).ok_or(Why::Level)?;
        Ok((wanted, was))
    }

    /// Adds a value chosen among several.
    pub async fn choose(
        &mut self,
        tx: &Tx,
        field: Field,
        value: String,
        old: Vec<Uuid>,
    ) -> Result<Uuid, StoreError> {
        let level = self.rows_of(&field).filter(|row| old.contains(&row.id)).map(level).min();
        let level = level.filter(|_| field.is_own()).unwrap_or_else(|| field.level());
        let base = old.first().copied();
        self.put(tx, New { field, value, base, level, replaces: old, beside: false, raised: None }).await
    }

    async fn put(&mut self, tx: &Tx, new: New) -> Result<Uuid, StoreError> {
        let sealed = new.field.is_text() && !new.value.is_empty();
        let seal = |text: &str| self.ctx.db().keys().encrypt(DIAGNOSIS_TEXT.place, text.as_bytes());
        let row = EntryRow {
            id: self.ctx.app.ids.make(),
            diagnosis_id: self.diagnosis.id,
            person_id: self.subject.row.id,
            theme: self.theme.code.clone(),
            field: new.field.code(),
            owner_id: new.field.is_own().then_some(self.subject.account),
            value: (!sealed).then(|| new.value.clone()),
            text_sealed: if sealed { Some(seal(&new.value)?) } else { None },
            level: new.level.code().to_owned(),
            author_id: self.subject.account,
            base_id: new.base,
            written_at: self.ctx.now(),
            replaced_by: None,
            replaced_at: None,
        };
        add(tx, row.clone(), &new.replaces).await?;
        let replaced: HashMap<Uuid, Uuid> = new.replaces.iter().map(|old| (*old, row.id)).collect();
        for kept in &mut self.rows {
            kept.replaced_by = kept.replaced_by.or_else(|| replaced.get(&kept.id).copied());
        }
        let id = row.id;
        self.rows.push(row);
        Ok(id)
    }
}
