//! The first page after the door: what to do today, for this role.

use app::access::{a_reason_would_help, permit};
use app::followup::my_day;
use app::intake::show::{self, FileState, status};
use app::orientation::{to_orient, urgencies};
use app::people::list::{self, Filter, Order, Page, Sort};
use domain::access::permission::{Action, Grant};
use domain::followup::due;
use domain::followup::path::PathState;
use domain::orientation::Urgency;

use super::report;
use super::rows::{self, t};
use crate::format;
use crate::respond::{Answer, Fail, page, see_other};
use crate::site::Visit;
use crate::view::home::{Home, LastFile};
use crate::view::parts::{Fact, Link, Stat, Tag, Task, Tone};
use crate::view::words;

/// People to orient that are named at once; the list has the others.
const NAMED: u64 = 5;
/// Files looked at to find those that wait for somebody.
const RECENT: u64 = 10;

/// `GET /{department}`: the same address with its slash.
///
/// # Errors
/// Never.
pub async fn slash(visit: Visit) -> Answer {
    see_other(&visit.path("/"))
}

/// `GET /{department}/`.
///
/// # Errors
/// When the database does not answer.
pub async fn home(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let may = |action| permit(&ctx, action).is_ok();
    let mut day = Day::default();
    if may(Action::ReadOrientation) {
        day.orientation(&visit).await?;
    } else if may(Action::ReadPeople) {
        day.people(&visit).await?;
    }
    if permit(&ctx, Action::FollowPath).is_ok_and(|grant| grant == Grant::Own) {
        day.followed(&visit).await?;
    }
    if may(Action::LeadPath) {
        day.alone(&visit).await?;
    }
    if may(Action::AnswerPrescription) {
        day.prescriptions(&visit).await?;
    }
    if may(Action::AnswerProposal) {
        day.proposed(&visit).await?;
    }
    day.callbacks(&visit).await?;
    if may(Action::ReferPerson) || may(Action::AnswerReferral) {
        day.referrals(&visit).await?;
    }
    if may(Action::DecideMatch) {
        day.reviews(&visit).await?;
    }
    day.walls(&visit).await?;
    if may(Action::ManageRights) {
        day.rights(&visit).await?;
    }
    let last_file = if may(Action::ReadImports) { day.files(&visit).await? } else { None };
    day.rooms(&visit);
    let name = ctx.actor.name.split_whitespace().next().unwrap_or_default().to_owned();
    let Day { summary, stats, tasks } = day;
    page(&Home { name, summary, stats, tasks, last_file, shell: visit.shell() })
}

/// What fills the page.
#[derive(Debug, Default)]
struct Day {
    summary: String,
    stats: Vec<Stat>,
    tasks: Vec<Task>,
}

impl Day {
    /// The legal clock: how many are late or nearly so, and the first names of the list.
    async fn orientation(&mut self, visit: &Visit) -> Result<(), Fail> {
        let (ctx, filter) = (visit.ctx(), Filter::default());
        let counts = urgencies(&ctx, &filter).await?;
        let of = |urgency| counts.iter().find(|(u, _)| *u == urgency).map_or(0, |(_, n)| *n);
        let (late, week, all) = (of(Urgency::Late), of(Urgency::Week), counts.iter().map(|(_, n)| n).sum());
        let list = |delay: &str| visit.path(&format!("/orientation{delay}"));
        self.summary = t("shell-home-summary").n("late", late).n("week", week).to_string();
        self.stats.push(figure(late, "shell-home-late", list("?delai=depasse"), Tone::Late));
        self.stats.push(figure(week, "shell-home-week", list("?delai=7-jours"), Tone::Soon));
        self.stats.push(figure(all, "shell-home-to-orient", list(""), Tone::Neutral));
        let first = Page { after: None, limit: NAMED };
        let soonest = to_orient(&ctx, &filter, (Sort::Due, Order::Ascending), &first).await?;
        self.tasks.extend(soonest.rows.iter().map(|entry| {
            let town = entry.row.commune.as_deref().map(rows::commune);
            Task {
                label: t("shell-home-orient").s("name", rows::name(&entry.row)).to_string(),
                href: rows::link(visit, &entry.row).href,
                detail: town,
                tag: None,
                clock: entry.due.as_ref().map(|due| rows::clock(due, visit.today())),
            }
        }));
        Ok(())
    }

    /// The people of one's scope, where there is no list of people to orient.
    async fn people(&mut self, visit: &Visit) -> Result<(), Fail> {
        let ctx = visit.ctx();
        let counts = list::states(&ctx, &Filter::default()).await?;
        // Who reads with a written reason, or manages, follows nobody: what is to be done there is not theirs.
        let theirs = permit(&ctx, Action::ReadPeople).is_ok_and(|grant| grant <= Grant::Team);
        let of = |state| counts.iter().find(|(s, _)| *s == state).map_or(0, |(_, n)| *n);
        let (all, closed) = (counts.iter().map(|(_, n)| n).sum(), of(PathState::RightClosed));
        let whose = if theirs { "shell-home-people" } else { "shell-home-everybody" };
        self.stats.push(figure(all, whose, visit.path("/personnes"), Tone::Neutral));
        let href = visit.path("/personnes?etat=right_closed");
        self.stats.push(figure(closed, "shell-home-closed", href.clone(), Tone::Soon));
        if closed > 0 && theirs {
            self.tasks.push(task(
                t("shell-home-close").n("n", closed).to_string(),
                href,
                "shell-home-close-detail",
            ));
        }
        Ok(())
    }

    /// What one owes the people one follows: who must be met or called, each to where it is written.
    async fn followed(&mut self, visit: &Visit) -> Result<(), Fail> {
        let day = my_day(&visit.ctx()).await?;
        self.summary = t("shell-home-day").n("late", day.late).n("soon", day.soon).to_string();
        let people = visit.path("/personnes?tri=echeance");
        self.stats.insert(0, figure(day.soon, "shell-home-owed-soon", people.clone(), Tone::Soon));
        self.stats.insert(0, figure(day.late, "shell-home-owed-late", people, Tone::Late));
        let today = visit.today();
        self.tasks.extend(day.people.iter().filter_map(|entry| {
            let due = entry.due.as_ref()?;
            let kind = due::Kind::parse(&due.kind)?;
            let page = match kind {
                due::Kind::Contact | due::Kind::FirstMeeting | due::Kind::EndOfPause => "/contact",
                _ => "",
            };
            let label =
                t("shell-home-owed").s("name", rows::name(&entry.row)).s("what", words::due_kind(kind));
            Some(Task {
                label: label.to_string(),
                href: format!("{}{page}", rows::link(visit, &entry.row).href),
                detail: Some(due.reason.clone()),
                tag: None,
                clock: Some(rows::clock(due, today)),
            })
        }));
        Ok(())
    }

    /// People whom nobody follows, and somebody should.
    async fn alone(&mut self, visit: &Visit) -> Result<(), Fail> {
        let alone = app::followup::count_alone(&visit.ctx()).await?;
        if alone > 0 {
            let label = t("shell-home-alone").n("n", alone).to_string();
            self.tasks.insert(
                0,
                task(label, visit.path("/personnes?suivi=sans-referent"), "shell-home-alone-detail"),
            );
        }
        Ok(())
    }

    /// Who awaits an answer or a place in a programme.
    async fn prescriptions(&mut self, visit: &Visit) -> Result<(), Fail> {
        let waiting = app::programmes::count_awaited(&visit.ctx()).await?;
        if waiting > 0 {
            let label = t("shell-home-prescriptions").n("n", waiting).to_string();
            let href = visit.path("/prescriptions");
            self.tasks.insert(0, task(label, href, "shell-home-prescriptions-detail"));
        }
        Ok(())
    }

    /// The people proposed to the structures of a partner.
    async fn proposed(&mut self, visit: &Visit) -> Result<(), Fail> {
        let (all, waiting) = super::proposed::count(visit).await?;
        let href = visit.path(super::proposed::LIST);
        self.stats.push(figure(all, "shell-home-proposed", href.clone(), Tone::Neutral));
        self.stats.push(figure(waiting, "shell-home-answers", href.clone(), Tone::Soon));
        if all > 0 {
            let label = t("shell-home-answer").n("n", waiting).to_string();
            self.tasks.push(task(label, href, "shell-home-answer-detail"));
        }
        Ok(())
    }

    /// The calls that people asked for: first of all, somebody waits beside a telephone.
    async fn callbacks(&mut self, visit: &Visit) -> Result<(), Fail> {
        let owed = app::agenda::callbacks_owed(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
        if let Some(owed) = owed.filter(|n| *n > 0) {
            let label = t("shell-home-callbacks").n("n", owed as u64).to_string();
            self.tasks.insert(0, task(label, visit.path("/rappels"), "shell-home-callbacks-detail"));
        }
        Ok(())
    }

    /// People addressed to the platform: those that wait for an answer, what becomes of those one sent, the form.
    async fn referrals(&mut self, visit: &Visit) -> Result<(), Fail> {
        let ctx = visit.ctx();
        if permit(&ctx, Action::AnswerReferral).is_ok() {
            let waiting = super::referrals::count_received(visit).await?;
            if waiting > 0 {
                let label = t("shell-home-referrals").n("n", waiting).to_string();
                self.tasks.insert(
                    0,
                    task(label, visit.path(super::referrals::RECEIVED), "shell-home-referrals-detail"),
                );
            }
        }
        // Whoever follows people or calls them has the form in the menu; it is the work of the others.
        if permit(&ctx, Action::ReferPerson).is_ok() && permit(&ctx, Action::ReadPeople).is_err() {
            let (waiting, answered) = super::referrals::count_sent(visit).await?;
            let href = visit.path(super::referrals::LIST);
            self.stats.push(figure(waiting, "shell-home-sent", href.clone(), Tone::Soon));
            self.stats.push(figure(answered, "shell-home-sent-answered", href, Tone::Ok));
            let label = t("referrals-new").to_string();
            self.tasks.push(task(label, visit.path(super::referrals::NEW), "shell-home-refer-detail"));
        }
        Ok(())
    }

    /// Questions that wait for a decision.
    async fn reviews(&mut self, visit: &Visit) -> Result<(), Fail> {
        let open = app::intake::review::count_open(&visit.ctx()).await?;
        let href = visit.path("/rapprochements");
        self.stats.push(figure(open, "shell-home-reviews", href.clone(), Tone::Soon));
        if open > 0 {
            let label = t("shell-home-review").n("n", open).to_string();
            self.tasks.push(task(label, href, "shell-home-review-detail"));
        }
        Ok(())
    }

    /// What others did or ask that this role must read: exceptional accesses, accounts proposed.
    async fn walls(&mut self, visit: &Visit) -> Result<(), Fail> {
        let ctx = visit.ctx();
        if permit(&ctx, Action::ReadExceptional).is_ok() {
            let waiting = super::exceptional::count_waiting(visit).await?;
            if waiting > 0 {
                let label = t("shell-home-exceptional").n("n", waiting).to_string();
                let href = visit.path("/acces-exceptionnels");
                self.tasks.insert(0, task(label, href, "shell-home-exceptional-detail"));
            }
        }
        if permit(&ctx, Action::ManageUsers).is_ok() {
            let waiting = super::users::count_waiting(visit).await?;
            if waiting > 0 {
                let label = t("shell-home-proposals").n("n", waiting).to_string();
                let href = visit.path("/reglages/utilisateurs");
                self.tasks.push(task(label, href, "shell-home-proposals-detail"));
            }
        }
        Ok(())
    }

    /// What people ask about their data, which the law has answered within a month.
    async fn rights(&mut self, visit: &Visit) -> Result<(), Fail> {
        let (waiting, late) = app::privacy::rights::waiting(&visit.ctx()).await?;
        let href = visit.path("/droits");
        self.stats.push(figure(late, "shell-home-rights-late", href.clone(), Tone::Late));
        self.stats.push(figure(waiting, "shell-home-rights", href.clone(), Tone::Soon));
        if waiting > 0 {
            let label = t("shell-home-right-answer").n("n", waiting).n("late", late).to_string();
            self.tasks.push(task(label, href, "shell-home-right-answer-detail"));
        }
        Ok(())
    }

    /// Files that are being read or wait for somebody, and the last one received.
    async fn files(&mut self, visit: &Visit) -> Result<Option<LastFile>, Fail> {
        let ctx = visit.ctx();
        let files = show::list(&ctx, None, RECENT).await?;
        for file in &files {
            let name = &file.row.file_name;
            let href = visit.path(&format!("/fichiers/{}", file.row.id));
            match file.row.status.as_str() {
                status::WAITING | status::RUNNING => {
                    let label = t("shell-home-reading").s("name", name).to_string();
                    self.tasks.push(task(label, href, "shell-home-reading-detail"));
                }
                status::MAPPING if permit(&ctx, Action::ImportFile).is_ok() => {
                    let label = t("shell-home-columns").s("name", name).to_string();
                    self.tasks.push(task(label, format!("{href}/colonnes"), "shell-home-columns-detail"));
                }
                _ => {}
            }
        }
        Ok(files.first().map(|file| last_file(visit, file)))
    }

    /// What the role opens, for who has no list of people at hand.
    fn rooms(&mut self, visit: &Visit) {
        let actor = visit.ctx().actor;
        let may = |action| app::access::permit_actor(&actor, action).is_ok();
        if a_reason_would_help(&actor, Action::ReadPeople) && !may(Action::ReadPeople) {
            self.tasks.push(task(
                t("shell-home-open").to_string(),
                visit.path("/motif?suite=") + &crate::form::encode(&visit.path("/personnes")),
                "shell-home-open-detail",
            ));
        }
        if permit(&visit.ctx(), Action::FollowPath).is_ok() {
            let label = t("shell-home-contracts").to_string();
            self.tasks.push(task(label, visit.path("/contrats"), "shell-home-contracts-detail"));
        }
        if may(Action::LeadPath) {
            let label = t("team-title").to_string();
            self.tasks.push(task(label, visit.path("/equipe"), "shell-home-team-detail"));
        }
        for (action, key, detail, path) in [
            (Action::ImportFile, "shell-home-send", "shell-home-send-detail", "/fichiers"),
            (
                Action::EditSettings,
                "shell-home-settings",
                "shell-home-settings-detail",
                "/reglages/territoires",
            ),
            (Action::ReadJournal, "shell-home-journal", "shell-home-journal-detail", "/journal"),
        ] {
            if may(action) && !may(Action::ReadOrientation) {
                self.tasks.push(task(t(key).to_string(), visit.path(path), detail));
            }
        }
        if self.summary.is_empty() {
            let role = actor.roles.first().map(|held| words::role(held.role)).unwrap_or_default();
            self.summary =
                t("shell-home-role").s("role", role).s("department", &visit.department.name).to_string();
        }
    }
}

fn figure(n: u64, key: &str, href: String, tone: Tone) -> Stat {
    Stat {
        value: format::number(i64::try_from(n).unwrap_or(i64::MAX)),
        label: t(key).n("n", n).to_string(),
        detail: None,
        href: (n > 0).then_some(href),
        tone: if n > 0 { tone } else { Tone::Neutral },
    }
}

fn task(label: String, href: String, detail: &str) -> Task {
    Task { label, href, detail: Some(t(detail).to_string()), tag: None, clock: None }
}

fn last_file(visit: &Visit, file: &FileState) -> LastFile {
    let mut facts = vec![Fact::new(t("intake-received").to_string(), report::received(visit, file))];
    if let Some(report) = &file.report {
        facts.push(Fact::new(t("intake-kind").to_string(), report::kind(&report.kind)));
        facts.push(Fact::new(t("intake-reference").to_string(), report::reference(visit, report)));
        facts.push(Fact::new(t("intake-dossiers").to_string(), report::dossiers(report)));
    }
    let (label, tone) = report::status(file);
    LastFile {
        link: Link::new(&file.row.file_name, visit.path(&format!("/fichiers/{}", file.row.id))),
        status: Tag::new(label, tone),
        facts,
    }
}
