//! What the lines of a story do, in a word each: the same use cases as the pages.

use std::path::PathBuf;

use app::Context;
use app::agenda::{Booking, FreeTime, Place, book_appointment, of_person, record_attendance};
use app::domain::access::role::Role;
use app::domain::access::visibility::Level;
use app::domain::agenda::appointment::{Attendance, Modality, Purpose, Status};
use app::domain::audit::Part;
use app::domain::followup::contact::Means;
use app::domain::orientation::condition::Values;
use app::domain::orientation::queue::Attempt;
use app::domain::orientation::rules::{Organisation, Path};
use app::domain::programmes::admission::{Replies, Reply};
use app::domain::programmes::course::{ExitReason, Kind as Course, PauseReason, RefusalReason};
use app::domain::time::plus_days;
use app::intake::generate::{self, GenerateBeneficiaires, GenerateInstruction, Named};
use app::orientation::{
    AnswersInput, AttemptInput, DecisionInput, decide, record_attempt, save_answers, take,
};
use app::people::list::{Filter, Order, Page, Sort, list};
use app::people::person::{PersonFile, open};
use app::programmes::{
    AnswerInput, ChangeInput, PointInput, PrescribeInput, Verdict, answer, change, hold_point, prescribe,
    programme,
};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::Cast;
use crate::demo::acting;
use crate::demo::calls::OPENING;
use crate::demo::files::{make_and_import, seed_of};
use crate::demo::followup::refused;
use crate::failure::{Failure, Outcome};
use crate::means;

/// Who may read what was written.
pub const LEVEL: Option<Level> = Some(Level::Pair);

/// Where a story is played.
pub struct Stage<'a> {
    cast: Cast<'a>,
    base: NaiveDate,
    named: Named,
    person: Option<Uuid>,
    /// The course of the programme.
    enrolment: Option<Uuid>,
}

impl<'a> Stage<'a> {
    pub fn new(cast: Cast<'a>, base: NaiveDate, named: Named) -> Self {
        Self { cast, base, named, person: None, enrolment: None }
    }

    /// The day of the story, in the calendar.
    pub fn day(&self, day: i64) -> NaiveDate {
        plus_days(self.base, day)
    }

    pub fn today(&self) -> NaiveDate {
        self.cast.ctx.today()
    }

    pub fn zone(&self) -> Tz {
        self.cast.ctx.department.timezone
    }

    /// The clock stands there; what turns by itself has turned.
    pub async fn stand(&self, at: DateTime<Utc>, line: u32) -> Outcome {
        (self.cast.travel)(at + Duration::minutes(i64::from(line)));
        app::engagement::turn(self.cast.ctx).await?;
        app::followup::turn_referents(self.cast.ctx).await?;
        Ok(())
    }

    /// The person, as the files that follow name them; `None` when no file has named them yet.
    pub fn known(&self) -> Option<Named> {
        self.person.map(|_| self.named.clone())
    }

    pub fn person(&self) -> Outcome<Uuid> {
        self.person.ok_or_else(|| Failure::new("Personne n’est encore connu."))
    }

    pub fn account(&self, role: Role) -> Outcome<Uuid> {
        let found = self.cast.accounts.get(&role).copied();
        found.ok_or_else(|| Failure::new(format!("Aucun compte n’a le rôle « {} ».", role.code())))
    }

    /// Somebody acts.
    pub async fn who(&self, role: Role) -> Outcome<Context> {
        let known = acting(self.cast.ctx, self.cast.accounts, role).await?;
        known.ok_or_else(|| Failure::new(format!("Aucun compte n’a le rôle « {} ».", role.code())))
    }

    pub async fn file(&self, role: Role) -> Outcome<PersonFile> {
        open(&self.who(role).await?, self.person()?, Part::Essential).await.map_err(refused)
    }
}

/// Files of the payers.
impl Stage<'_> {
    /// The claim, as the daily file of that day tells it.
    pub async fn claim(&mut self) -> Outcome {
        let order = GenerateInstruction {
            department: self.cast.ctx.department.code.clone(),
            day: self.cast.ctx.today(),
            claims: 0,
            seed: seed_of(&self.cast.ctx.department.code),
            named: vec![self.named.clone()],
        };
        let path = self.place("instruction.xml")?;
        make_and_import(self.cast.ctx, &path, |file| generate::instruction(&order, file)).await?;
        self.find().await
    }

    /// The right, as the daily file of that day tells it.
    pub async fn right(&mut self) -> Outcome {
        let order = GenerateBeneficiaires {
            department: self.cast.ctx.department.code.clone(),
            households: 0,
            month: self.cast.ctx.today(),
            daily: Some(self.cast.ctx.today()),
            seed: seed_of(&self.cast.ctx.department.code),
            drift_percent: 0.0,
            named: vec![self.named.clone()],
        };
        let path = self.place("beneficiaires.xml")?;
        make_and_import(self.cast.ctx, &path, |file| generate::beneficiaires(&order, file)).await?;
        self.find().await
    }

    /// The right is closed from that day.
    pub async fn closed(&mut self) -> Outcome {
        self.named.closed_on = Some(self.cast.ctx.today());
        self.right().await
    }

    /// Where a file is written before it is brought in.
    fn place(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.cast.ctx.department.documents.join("histoire");
        means::make_folder(&folder)?;
        Ok(folder.join(name))
    }

    async fn find(&mut self) -> Outcome {
        let lead = self.who(Role::TeamLead).await?;
        let page = Page { after: None, limit: 1_000 };
        let all = list(&lead, &Filter::default(), (Sort::Name, Order::Ascending), &page).await;
        let named = |row: &store::people::PersonRow| {
            row.birth_date == Some(self.named.born_on)
                && row.last_name.eq_ignore_ascii_case(&self.named.last_name)
        };
        let found = all.map_err(refused)?.rows.into_iter().find(|one| named(&one.row));
        self.person = Some(found.ok_or_else(|| Failure::new("Le fichier ne l’a pas fait entrer."))?.row.id);
        Ok(())
    }
}

/// The call and the decision.
impl Stage<'_> {
    /// Answers given on the phone, after those that everybody gives.
    pub async fn answers(&self, said: &[(&str, &str)]) -> Outcome {
        let operator = self.who(Role::Operator).await?;
        let person = self.person()?;
        take(&operator, person).await.map_err(refused)?;
        let one = |(code, value): &(&str, &str)| ((*code).to_owned(), vec![(*value).to_owned()]);
        let typed: Values = OPENING.iter().chain(said).map(one).collect();
        let input = AnswersInput { shown: typed.keys().cloned().collect(), typed, draft: Values::new() };
        save_answers(&operator, person, 0, &input).await.map_err(refused)?;
        Ok(())
    }

    /// Nobody answered.
    pub async fn unanswered(&self) -> Outcome {
        let operator = self.who(Role::Operator).await?;
        let person = self.person()?;
        take(&operator, person).await.map_err(refused)?;
        let input = AttemptInput { ending: Some(Attempt::NoAnswer), inbound: false, call_back: None };
        record_attempt(&operator, person, &input).await.map_err(refused)
    }

    /// The decision, with who will follow.
    pub async fn decided(
        &self,
        (path, organisation): (Path, Organisation),
        referent: Role,
        told: &str,
    ) -> Outcome {
        let operator = self.who(Role::Operator).await?;
        let input = DecisionInput {
            path: Some(path),
            organisation: Some(organisation),
            referent: Some(self.account(referent)?),
            reason: "Décidé avec la personne au téléphone.".to_owned(),
            explanation: told.to_owned(),
            ..DecisionInput::default()
        };
        decide(&operator, self.person()?, &input).await.map_err(refused)?;
        Ok(())
    }

    /// An appointment at nine on that day of the story, with who books it.
    pub async fn booked(&self, host: Role, day: i64, purpose: Purpose) -> Outcome {
        let time = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        let host_id = self.account(host)?;
        let free = FreeTime { day: self.day(day), time, minutes: 45, site: None, host: host_id };
        let booking = Booking {
            place: Place::Free(free),
            and_with: None,
            modality: Modality::InPerson,
            purpose,
            note: String::new(),
        };
        book_appointment(&self.who(host).await?, self.person()?, &booking).await.map_err(refused)?;
        Ok(())
    }

    /// They came to the appointment of the day, or did not.
    pub async fn attended(&self, host: Role, how: Attendance) -> Outcome {
        let who = self.who(host).await?;
        let all = of_person(&who, self.person()?).await.map_err(refused)?;
        let past = all.into_iter().find(|one| one.status == Status::Upcoming && one.span.start <= who.now());
        let past = past.ok_or_else(|| Failure::new("Aucun rendez-vous n’était prévu."))?;
        record_attendance(&who, past.id, how).await.map_err(refused)
    }
}

/// The programme.
impl Stage<'_> {
    /// Proposed, with a « no » to these conditions and a « yes » to the others.
    pub async fn prescribed(&mut self, role: Role, code: &str, no: &[&str], why: &str) -> Outcome {
        let who = self.who(role).await?;
        let input = PrescribeInput {
            programme: code.to_owned(),
            replies: self.replies(code, no).await?,
            text: why.to_owned(),
            level: LEVEL,
        };
        self.enrolment = Some(prescribe(&who, self.person()?, &input).await.map_err(refused)?);
        Ok(())
    }

    async fn replies(&self, code: &str, no: &[&str]) -> Outcome<Replies> {
        let known = programme(&self.who(Role::TeamLead).await?, code).await.map_err(refused)?.programme;
        let reply = |code: &str| if no.contains(&code) { Reply::No } else { Reply::Yes };
        Ok(known.conditions.into_iter().map(|one| (one.code.clone(), reply(&one.code))).collect())
    }

    fn enrolment(&self) -> Outcome<Uuid> {
        self.enrolment.ok_or_else(|| Failure::new("Aucune prescription n’est en cours."))
    }

    /// They enter, followed by these.
    pub async fn enrolled(&self, code: &str, social: Option<Role>, employment: Option<Role>) -> Outcome {
        let input = AnswerInput {
            verdict: Some(Verdict::Enrol),
            replies: self.replies(code, &[]).await?,
            social: social.map(|role| self.account(role)).transpose()?,
            employment: employment.map(|role| self.account(role)).transpose()?,
            ..AnswerInput::default()
        };
        let lead = self.who(Role::TeamLead).await?;
        answer(&lead, self.person()?, self.enrolment()?, &input).await.map_err(refused)
    }

    async fn changed(&self, role: Role, input: ChangeInput) -> Outcome {
        let who = self.who(role).await?;
        change(&who, self.person()?, self.enrolment()?, &input).await.map_err(refused)
    }

    /// Contacts stop until that day of the story.
    pub async fn paused(&self, role: Role, reason: PauseReason, until: i64) -> Outcome {
        let until = Some(self.day(until));
        self.changed(role, ChangeInput { until, ..of_course(Course::Paused, reason.code()) }).await
    }

    /// Not now: why, and what next.
    pub async fn refused(&self, code: &str, (no, reason): (&[&str], RefusalReason), next: &str) -> Outcome {
        let input = AnswerInput {
            verdict: Some(Verdict::Refuse),
            replies: self.replies(code, no).await?,
            reason: Some(reason),
            text: next.to_owned(),
            level: LEVEL,
            ..AnswerInput::default()
        };
        let lead = self.who(Role::TeamLead).await?;
        answer(&lead, self.person()?, self.enrolment()?, &input).await.map_err(refused)
    }

    /// Who follows asks that it goes on.
    pub async fn renewal_asked(&self, role: Role, why: &str) -> Outcome {
        let text = why.to_owned();
        self.changed(role, ChangeInput { text, level: LEVEL, ..of_course(Course::RenewalAsked, "") }).await
    }

    /// It goes on after its end.
    pub async fn renewed(&self) -> Outcome {
        self.changed(Role::TeamLead, of_course(Course::Renewed, "")).await
    }

    /// They leave it.
    pub async fn left(&self, role: Role, reason: ExitReason) -> Outcome {
        self.changed(role, of_course(Course::Exited, reason.code())).await
    }

    /// A point that the programme sets.
    pub async fn point(&self, role: Role, point: u32, text: &str) -> Outcome {
        let input = PointInput {
            point,
            means: Some(Means::Meeting),
            text: text.to_owned(),
            level: LEVEL,
            ..PointInput::default()
        };
        let who = self.who(role).await?;
        hold_point(&who, self.person()?, self.enrolment()?, &input).await.map_err(refused)
    }
}

fn of_course(kind: Course, reason: &str) -> ChangeInput {
    ChangeInput { kind, reason: reason.to_owned(), until: None, text: String::new(), level: None }
}
