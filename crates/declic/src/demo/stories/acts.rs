//! What the lines of a story do once somebody is followed: contacts, the diagnosis, the contract, work.

use app::diagnosis::{
    PlanInput, Typed, WriteInput, change_action, open_diagnosis, plan_action, say_complete, write,
};
use app::domain::access::role::Role;
use app::domain::access::visibility::Level;
use app::domain::diagnosis::action::{Draft, Status as Planned, Who};
use app::domain::diagnosis::field::{Field, YES};
use app::domain::engagement::contract::{EndReason as Over, Kind as Signing};
use app::domain::engagement::terms::Lighter;
use app::domain::followup::act::{EndReason as PathEnd, KeepReason};
use app::domain::followup::contact::{Means, Outcome as Came, Subject};
use app::domain::outcomes::outcome::{Act, EndReason, Going, Kind as Activity, Stage as Standing, Work};
use app::domain::outcomes::plan::Check;
use app::engagement::{
    ChangeInput as ContractChange, DraftInput, HandInput, change as change_contract, draft, proposed,
    sign_by_hand,
};
use app::followup::{ContactInput, EndInput, KeepInput, end_path, keep_path, record_contact};
use app::outcomes::{
    BeginInput, ChangeInput as OutcomeChange, NewsInput, begin_outcome, change as change_outcome, take_news,
};
use chrono::NaiveDate;
use uuid::Uuid;

use super::stage::{LEVEL, Stage};
use crate::demo::followup::refused;
use crate::failure::{Failure, Outcome};

/// A theme of the diagnosis: its code, the impact, the situations, what is written.
pub type Theme = (&'static str, &'static str, &'static [&'static str], &'static str);

/// A contract: its last day, hours a week, why fewer than the target, until which day of the story.
pub type Signed = (NaiveDate, u32, Option<(Lighter, i64)>);

/// Contacts, the diagnosis, the contract.
impl Stage<'_> {
    pub async fn contact(&self, role: Role, means: Means, about: Subject, text: &str) -> Outcome {
        let input = ContactInput {
            means: Some(means),
            outcome: Some(Came::Held),
            subject: Some(about),
            text: text.to_owned(),
            level: LEVEL,
            ..ContactInput::default()
        };
        record_contact(&self.who(role).await?, self.person()?, &input).await.map_err(refused)
    }

    /// Writes themes of the diagnosis, begun by whoever comes first.
    pub async fn diagnosed(&self, role: Role, themes: &[Theme]) -> Outcome {
        let who = self.who(role).await?;
        let person = self.person()?;
        // Two who begin it at once have one diagnosis.
        let _ = app::diagnosis::begin(&who, person).await;
        for (theme, impact, situations, text) in themes {
            let typed = |field, value: &str| Typed { field, base: None, value: value.to_owned() };
            let mut fields = vec![typed(Field::Explored, YES), typed(Field::Impact, impact)];
            fields.extend(situations.iter().map(|code| typed(Field::Situation((*code).to_owned()), YES)));
            if !text.is_empty() {
                fields.push(typed(Field::Analysis, text));
            }
            let input = WriteInput { fields, anyway: true, ..WriteInput::default() };
            write(&who, person, theme, &input).await.map_err(refused)?;
        }
        Ok(())
    }

    /// Writes a text of one's own in a theme, for these readers.
    pub async fn wrote(&self, role: Role, theme: &str, text: &str, level: Level) -> Outcome {
        let fields = vec![Typed { field: Field::Says, base: None, value: text.to_owned() }];
        let input = WriteInput { fields, level: Some(level), anyway: true, ..WriteInput::default() };
        write(&self.who(role).await?, self.person()?, theme, &input).await.map_err(refused)?;
        Ok(())
    }

    /// One's side of the diagnosis is complete.
    pub async fn complete(&self, role: Role) -> Outcome {
        say_complete(&self.who(role).await?, self.person()?).await.map_err(refused)
    }

    /// A contract from today, signed by all on paper.
    pub async fn contract(&self, role: Role, signed: Signed, person: &str, us: &str) -> Outcome {
        let (last, hours, lighter) = signed;
        let who = self.who(role).await?;
        let id = self.person()?;
        let begun = proposed(&who, id, None, None).await.map_err(refused)?;
        let today = who.today();
        let input = DraftInput {
            starts_on: Some(today),
            ends_on: Some(last),
            weekly: Some(hours),
            lighter: lighter.map(|(why, _)| why),
            until: lighter.map(|(_, day)| self.day(day)),
            person: person.to_owned(),
            organisation: us.to_owned(),
            ..DraftInput::default()
        };
        let contract = draft(&who, id, None, &input).await.map_err(refused)?;
        let paper = HandInput { day: Some(today), who: begun.signatories, revision: 1 };
        sign_by_hand(&who, id, contract, &paper).await.map_err(refused)
    }

    /// The contract in force is over: work came.
    pub async fn released(&self, role: Role) -> Outcome {
        self.engagement(role, (Signing::Ended, Some(Over::Job)), self.today()).await
    }

    /// Fewer hours go on until that day.
    pub async fn hours_kept(&self, role: Role, until: i64) -> Outcome {
        self.engagement(role, (Signing::HoursKept, None), self.day(until)).await
    }

    async fn engagement(
        &self,
        role: Role,
        (kind, reason): (Signing, Option<Over>),
        day: NaiveDate,
    ) -> Outcome {
        let file = self.file(role).await?;
        let force = file.contracts.iter().find(|one| one.in_force);
        let force = force.ok_or_else(|| Failure::new("Aucun contrat n’est en vigueur."))?;
        let input = ContractChange { kind, reason, day: Some(day), text: String::new() };
        change_contract(&self.who(role).await?, self.person()?, force.id, &input).await.map_err(refused)
    }

    /// An action for that day of the story, in the words of who writes it.
    pub async fn planned(&self, role: Role, who: Who, theme: &str, what: &str, day: i64) -> Outcome {
        let plan = PlanInput {
            theme: theme.to_owned(),
            draft: Draft {
                who: Some(who),
                due_on: Some(self.day(day)),
                status: Some(Planned::Planned),
                label: what.to_owned(),
                ..Draft::default()
            },
            level: Some(Level::Person),
            ..PlanInput::default()
        };
        plan_action(&self.who(role).await?, self.person()?, &plan).await.map_err(refused)?;
        Ok(())
    }

    /// Every action that was to be done is.
    pub async fn done(&self, role: Role, result: &str) -> Outcome {
        let who = self.who(role).await?;
        let person = self.person()?;
        let all = open_diagnosis(&who, person).await.map_err(refused)?.actions;
        for one in all.into_iter().filter(|one| one.status.is_open()) {
            let draft = Draft {
                who: Some(one.who),
                label: one.label,
                due_on: one.due_on,
                status: Some(Planned::Done),
                result: result.to_owned(),
                ..Draft::default()
            };
            let plan = PlanInput { theme: one.theme, draft, level: Some(one.level), ..PlanInput::default() };
            change_action(&who, person, one.id, &plan).await.map_err(refused)?;
        }
        Ok(())
    }
}

/// Something that begins: what it is, hours a week, the first day and the last, the name.
pub struct Begins<'a> {
    pub kind: Activity,
    pub work: Option<Work>,
    pub hours: u32,
    pub first: i64,
    pub last: Option<i64>,
    pub name: &'a str,
}

/// Work, and what follows.
impl Stage<'_> {
    /// Something begins on that day of the story: announced, when it is to come.
    pub async fn begins(&self, role: Role, one: Begins<'_>) -> Outcome {
        let input = BeginInput {
            kind: Some(one.kind),
            work: one.work,
            hours: Some(one.hours),
            starts_on: Some(self.day(one.first)),
            ends_on: one.last.map(|day| self.day(day)),
            name: one.name.to_owned(),
            follows: None,
        };
        begin_outcome(&self.who(role).await?, self.person()?, &input).await.map_err(refused)
    }

    /// What was announced began on that day.
    pub async fn began(&self, role: Role, day: i64) -> Outcome {
        self.activity(role, Act::Started, Some(day), None).await
    }

    /// It goes on until that day.
    pub async fn extended(&self, role: Role, day: i64) -> Outcome {
        self.activity(role, Act::Extended, Some(day), None).await
    }

    /// It ended on that day.
    pub async fn over(&self, role: Role, day: i64, why: EndReason) -> Outcome {
        self.activity(role, Act::Ended, Some(day), Some(why)).await
    }

    async fn activity(&self, role: Role, act: Act, day: Option<i64>, end: Option<EndReason>) -> Outcome {
        let input = OutcomeChange {
            kind: act,
            day: day.map(|day| self.day(day)),
            end,
            close: None,
            agreed: None,
            text: String::new(),
        };
        let stage = if act == Act::Started { Standing::Announced } else { Standing::Open };
        let id = self.outcome(role, stage).await?;
        change_outcome(&self.who(role).await?, self.person()?, id, &input).await.map_err(refused)
    }

    /// The oldest that stands there.
    async fn outcome(&self, role: Role, stage: Standing) -> Outcome<Uuid> {
        let file = self.file(role).await?;
        let found = file.outcomes.iter().rev().find(|one| {
            one.now.stage == stage
                && !matches!(one.now.kind, Activity::Volunteering if stage == Standing::Open)
        });
        found.map(|one| one.id).ok_or_else(|| Failure::new("Aucune reprise n’en est là."))
    }

    /// News, and perhaps the next contact that is agreed.
    pub async fn news(&self, role: Role, check: Option<Check>, agreed: Option<i64>, text: &str) -> Outcome {
        let id = self.outcome(role, Standing::Open).await?;
        let input = NewsInput {
            means: Some(Means::Phone),
            going: Some(Going::Well),
            check,
            agreed: agreed.map(|day| self.day(day)),
            text: text.to_owned(),
            level: Some(Level::Team),
            ..NewsInput::default()
        };
        take_news(&self.who(role).await?, self.person()?, id, &input).await.map_err(refused)?;
        Ok(())
    }

    /// The path goes on although the right is closed, to be looked at again on that day.
    pub async fn kept(&self, role: Role, day: i64) -> Outcome {
        let input = KeepInput {
            reason: Some(KeepReason::UnderWay),
            next_on: Some(self.day(day)),
            text: String::new(),
            level: LEVEL,
        };
        keep_path(&self.who(role).await?, self.person()?, &input).await.map_err(refused)
    }

    /// The path is over.
    pub async fn ended(&self, role: Role) -> Outcome {
        let who = self.who(role).await?;
        let input =
            EndInput { reason: Some(PathEnd::Resources), day: Some(who.today()), ..EndInput::default() };
        end_path(&who, self.person()?, &input).await.map_err(refused)
    }
}
