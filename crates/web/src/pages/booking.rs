//! The page behind a link that a person received: choose an hour, move, cancel, or ask to be called. Without an account, without
//! a script, in French and in English; opening it changes nothing.

mod hours;

use app::agenda::booking_link::{
    LinkActError, LinkError, Meeting, Opened, Standing, book_by_link, cancel_by_link, move_by_link,
    open_link, open_link_to_act,
};
use app::agenda::{CallbackError, CallbackInput, FreeSlot, ask_callback};
use app::settings::letters;
use axum::extract::Path;
use axum::http::StatusCode;
use chrono::NaiveDateTime;
use domain::agenda::appointment::Modality;
use domain::agenda::callback::HalfDay;

use self::hours::{choosing, day, hour};
use super::login::{keep_form_token, with_form_token};
use crate::form::{Form, Query, encode};
use crate::i18n::{Lang, Text, text};
use crate::respond::{Answer, Fail, page, see_other, unprocessable};
use crate::site::Visit;
use crate::view::booking::{Booking, BookingGone, Calling};
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::parts::{Fact, Link, Tone};
use crate::view::shell::{Flash, Shell};

type At = Path<(String, String)>;

/// What was just done, by the word of the address, and what the page then says.
const DONE: [(&str, &str, Tone); 5] = [
    ("pris", "booking-done-booked", Tone::Ok),
    ("deplace", "booking-done-moved", Tone::Ok),
    ("annule", "booking-done-cancelled", Tone::Ok),
    ("rappel", "booking-done-call", Tone::Ok),
    ("change", "booking-done-changed", Tone::Soon),
];

/// `GET /{department}/r/{token}`: the short address of a text message.
///
/// # Errors
/// Never.
pub async fn short(visit: Visit, Path((_, token)): At) -> Answer {
    see_other(&address(&visit, &token))
}

fn address(visit: &Visit, token: &str) -> String {
    visit.path(&format!("/public/rendez-vous/{}", encode(token)))
}

/// `GET /{department}/public/rendez-vous/{token}`. Changes nothing, whoever opens it.
///
/// # Errors
/// 429 after too many links that do not work.
pub async fn show(visit: Visit, Path((_, token)): At, Query(query): Query) -> Answer {
    match open_link(&visit.ctx(), &visit.site.limiter, &visit.peer, &token).await {
        Ok(opened) => {
            let (visit, kept) = with_form_token(visit)?;
            let shown = Page { visit: &visit, opened: &opened, query: &query, token: &token };
            let shown = shown.whole(Vec::new(), &[]).await?;
            Ok(keep_form_token(&visit, kept, page(&shown)?))
        }
        Err(error) => refused(&visit, &query, error).await,
    }
}

/// `POST /{department}/public/rendez-vous/{token}`: book, move, cancel, ask to be called.
///
/// # Errors
/// 429 after too many forms.
pub async fn act(visit: Visit, Path((_, token)): At, form: Form) -> Answer {
    let ctx = visit.ctx();
    let opened = match open_link_to_act(&ctx, &visit.site.limiter, &visit.peer, &token).await {
        Ok(opened) => opened,
        Err(error) => return refused(&visit, &form, error).await,
    };
    let shown = Page { visit: &visit, opened: &opened, query: &form, token: &token };
    let way = Modality::parse(form.get("modality"));
    let done = match (form.get("do"), form.get("slot").parse()) {
        ("cancel", _) => cancel_by_link(&ctx, &opened).await.map(|()| "annule"),
        ("call", _) => return shown.call(&ctx).await,
        ("book", Ok(slot)) => book_by_link(&ctx, &opened, slot, way).await.map(|_| "pris"),
        ("move", Ok(slot)) => move_by_link(&ctx, &opened, slot, way).await.map(|_| "deplace"),
        _ => return shown.again("slot", "booking-wrong-slot", &[]).await,
    };
    match done {
        Ok(done) => shown.done(done),
        Err(LinkActError::Link(error)) => refused(&visit, &form, error).await,
        Err(LinkActError::Changed) => shown.done("change"),
        Err(LinkActError::Taken(near)) => shown.again("slot", "booking-wrong-taken", &near).await,
        Err(LinkActError::Elsewhere) => shown.again("slot", "booking-wrong-elsewhere", &[]).await,
        Err(LinkActError::Modality) => shown.again("modality", "booking-wrong-way", &[]).await,
    }
}

/// One answer for whatever does not work, with how to reach the service.
async fn refused(visit: &Visit, query: &Form, error: LinkError) -> Answer {
    match error {
        LinkError::Wait(seconds) => Err(Fail::Wait(seconds)),
        LinkError::Store(error) => Err(Fail::store(&error)),
        LinkError::Gone => {
            let shell = frame(visit, query);
            let mut response = page(&BookingGone { reach: reach(visit, shell.lang).await?, shell })?;
            *response.status_mut() = StatusCode::NOT_FOUND;
            Ok(response)
        }
    }
}

fn frame(visit: &Visit, query: &Form) -> Shell {
    // The person is nobody's colleague: the bar stays that of a visitor, whoever is signed in on that browser.
    Shell { lang: Lang::parse(query.get("lang")), flash: None, ..visit.shell() }
}

/// How to reach the service, as its letters say.
async fn reach(visit: &Visit, lang: Lang) -> Result<Vec<Fact>, Fail> {
    let set = letters(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let known = [
        ("name", "booking-service"),
        ("phone", "booking-phone"),
        ("hours", "booking-hours"),
        ("email", "booking-email"),
    ];
    let facts = known.into_iter().filter_map(|(name, key)| {
        let value = set.get(name).filter(|value| !value.is_empty())?;
        Some(Fact::new(text(lang, key).to_string(), value.clone()))
    });
    // A name alone reaches nobody.
    let facts: Vec<Fact> = facts.collect();
    Ok(if facts.len() > 1 { facts } else { Vec::new() })
}

/// What one page is made of.
struct Page<'a> {
    visit: &'a Visit,
    opened: &'a Opened,
    query: &'a Form,
    token: &'a str,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Appointment,
    Choose,
    Move,
    Cancel,
    Call,
}

impl Page<'_> {
    fn lang(&self) -> Lang {
        Lang::parse(self.query.get("lang"))
    }

    fn t<'k>(&self, key: &'k str) -> Text<'k> {
        text(self.lang(), key)
    }

    /// The same page, with these words of the address.
    fn at(&self, words: &[(&str, &str)]) -> String {
        let lang = (self.lang() == Lang::En).then_some(("lang", "en"));
        let parts: Vec<String> = words
            .iter()
            .copied()
            .chain(lang)
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        let joint = if parts.is_empty() { "" } else { "?" };
        format!("{}{joint}{}", address(self.visit, self.token), parts.join("&"))
    }

    fn done(&self, word: &str) -> Answer {
        see_other(&self.at(&[("dit", word)]))
    }

    /// The page with what is wrong; nothing that was typed is lost.
    async fn again(&self, field: &str, key: &str, near: &[FreeSlot]) -> Answer {
        let error = FieldError { field: field.to_owned(), text: self.t(key).to_string() };
        let mut shown = self.whole(vec![error], near).await?;
        // With no hour left to choose, the error leads to the form for a call.
        if shown.choose.is_none() {
            for error in shown.errors.iter_mut().filter(|one| one.field == "slot") {
                "half_day".clone_into(&mut error.field);
            }
        }
        unprocessable(&shown)
    }

    async fn call(&self, ctx: &app::Context) -> Answer {
        let input = CallbackInput {
            half_day: HalfDay::parse(self.query.get("half_day")),
            words: self.query.get("words").to_owned(),
            phone: self.query.get("phone").to_owned(),
        };
        match ask_callback(ctx, self.opened, &input).await {
            Ok(()) => self.done("rappel"),
            Err(CallbackError::Link(LinkActError::Link(error))) => {
                refused(self.visit, self.query, error).await
            }
            Err(CallbackError::Link(_)) => self.done("change"),
            Err(CallbackError::Phone) => self.again("phone", "booking-wrong-phone", &[]).await,
            Err(CallbackError::PhoneNeeded) => self.again("phone", "booking-wrong-no-phone", &[]).await,
            Err(CallbackError::Words) => self.again("words", "booking-wrong-words", &[]).await,
        }
    }

    fn view(&self) -> View {
        let asked = match self.query.get("do") {
            "move" => "deplacer",
            "call" => "rappel",
            "cancel" => "annuler",
            _ => self.query.get("voir"),
        };
        match (&self.opened.standing, asked) {
            (Standing::Cancelled(_), _) | (_, "rappel") => View::Call,
            (Standing::Choose(_), _) => View::Choose,
            (Standing::Booked(one), "deplacer") if !one.collective => View::Move,
            (Standing::Booked(_), "annuler") => View::Cancel,
            (Standing::Booked(_), _) => View::Appointment,
        }
    }

    async fn whole(&self, errors: Vec<FieldError>, near: &[FreeSlot]) -> Result<Booking, Fail> {
        let view = self.view();
        let choose = match view {
            View::Choose | View::Move => choosing(self, view == View::Move, &errors, near).await?,
            View::Appointment | View::Cancel | View::Call => None,
        };
        // No hour left: a call, never a dead end.
        let nothing = matches!(view, View::Choose | View::Move) && choose.is_none();
        let call = (view == View::Call || nothing).then(|| self.calling(&errors, view));
        let (title, lead) = self.words(view, nothing);
        let asked = self.opened.asked_at.filter(|_| view != View::Call || errors.is_empty());
        let notice = asked.map(|at| {
            let at = self.local(at);
            self.t("booking-asked").s("day", day(self.lang(), at.date(), self.visit.today())).to_string()
        });
        let facts = match &self.opened.standing {
            Standing::Booked(one) => self.facts(one),
            Standing::Choose(_) | Standing::Cancelled(_) => Vec::new(),
        };
        Ok(Booking {
            title,
            lead,
            notice: notice.unwrap_or_default(),
            errors,
            action: address(self.visit, self.token),
            facts,
            links: self.links(view, nothing),
            choose,
            cancel: (view == View::Cancel).then(|| self.at(&[])),
            call,
            reach: reach(self.visit, self.lang()).await?,
            shell: Shell { flash: self.flash(), ..frame(self.visit, self.query) },
        })
    }

    fn flash(&self) -> Option<Flash> {
        let (_, key, tone) = DONE.into_iter().find(|(word, ..)| *word == self.query.get("dit"))?;
        Some(Flash { tone, title: self.t(key).to_string(), text: String::new(), action: None })
    }

    fn words(&self, view: View, nothing: bool) -> (String, String) {
        let hello = self.t("booking-hello").s("name", self.opened.first_name()).to_string();
        let (title, lead) = match (view, &self.opened.standing) {
            (_, Standing::Cancelled(_)) => ("booking-cancelled", "booking-cancelled-text"),
            (_, Standing::Booked(one)) if one.waiting => ("booking-waiting", "booking-waiting-text"),
            (View::Move, _) if nothing => ("booking-yours", "booking-no-other-hour"),
            (_, Standing::Booked(_)) => ("booking-yours", "booking-yours-text"),
            (View::Call, _) => ("booking-call-title", "booking-call-lead"),
            (_, Standing::Choose(_)) if nothing => ("booking-no-hour", "booking-no-hour-text"),
            (_, Standing::Choose(Some(_))) => ("booking-choose", "booking-choose-again"),
            (_, Standing::Choose(None)) => ("booking-choose", "booking-choose-text"),
        };
        (self.t(title).to_string(), format!("{hello} {}", self.t(lead)))
    }

    fn links(&self, view: View, nothing: bool) -> Vec<Link> {
        let link = |key: &str, word: &str| Link::new(self.t(key).to_string(), self.at(&[("voir", word)]));
        match (&self.opened.standing, view) {
            (Standing::Booked(one), View::Appointment) => {
                let moves = (!one.collective).then(|| link("booking-move", "deplacer"));
                let rest = [link("booking-cancel", "annuler"), link("booking-call", "rappel")];
                moves.into_iter().chain(rest).collect()
            }
            (Standing::Booked(_), View::Move) => {
                let back = Link::new(self.t("booking-keep").to_string(), self.at(&[]));
                let call = (!nothing).then(|| link("booking-call", "rappel"));
                [Some(back), call].into_iter().flatten().collect()
            }
            (Standing::Choose(_), View::Choose) if !nothing => vec![link("booking-none-suits", "rappel")],
            _ => Vec::new(),
        }
    }

    fn calling(&self, errors: &[FieldError], view: View) -> Calling {
        let chosen = self.query.get("half_day");
        let choice = |value: &str, key: &str| Choice::new(value, self.t(key).to_string(), chosen);
        let when = vec![
            choice("", "booking-any-time"),
            choice(HalfDay::Morning.code(), "booking-morning"),
            choice(HalfDay::Afternoon.code(), "booking-afternoon"),
        ];
        let field = |name: &str, key: &str, hint: &str| {
            Field::new(FieldKind::Text, name, self.t(key).to_string())
                .hint(self.t(hint).to_string())
                .value(self.query.get(name))
                .error(FieldError::of(errors, name))
        };
        let phone = if self.opened.without_phone {
            field("phone", "booking-call-phone", "booking-call-phone-hint")
        } else {
            Field { optional: true, ..field("phone", "booking-call-other", "booking-call-other-hint") }
        };
        let words =
            Field { optional: true, ..field("words", "booking-call-words", "booking-call-words-hint") };
        let back = (view == View::Call && !matches!(self.opened.standing, Standing::Cancelled(_)))
            .then(|| Link::new(self.t("booking-back").to_string(), self.at(&[])));
        Calling {
            title: self.t("booking-call").to_string(),
            fields: vec![
                Field::select("half_day", self.t("booking-call-when").to_string(), when),
                Field { autocomplete: "tel", ..phone },
                words,
            ],
            hidden: vec![("lang".to_owned(), self.lang().code().to_owned())],
            back,
        }
    }

    fn local(&self, at: chrono::DateTime<chrono::Utc>) -> NaiveDateTime {
        at.with_timezone(&self.visit.department.timezone).naive_local()
    }

    /// When, where, with whom: never what for.
    fn facts(&self, one: &Meeting) -> Vec<Fact> {
        let at = self.local(one.span.start);
        let (lang, today) = (self.lang(), self.visit.today());
        let when = self
            .t("booking-moment")
            .s("day", day(lang, at.date(), today))
            .s("hour", hour(lang, at.time()))
            .to_string();
        let length = self.t("booking-length").n("n", one.span.minutes()).to_string();
        let mut facts =
            vec![Fact { detail: Some(length), ..Fact::new(self.t("booking-when").to_string(), when) }];
        let place = match (one.modality, &one.site) {
            (Modality::Phone, _) => Some((self.t("booking-by-phone").to_string(), None)),
            (Modality::Visit, _) => Some((self.t("booking-at-home").to_string(), None)),
            (Modality::InPerson, Some(site)) => {
                let room = Some(&one.room).filter(|room| !room.is_empty());
                let lines = [Some(&site.address), Some(&site.access), room];
                let lines: Vec<&str> =
                    lines.into_iter().flatten().map(String::as_str).filter(|line| !line.is_empty()).collect();
                Some((format!("{}, {}", site.name, site.town()), Some(lines.join(". "))))
            }
            (Modality::InPerson, None) => None,
        };
        if let Some((value, detail)) = place {
            let detail = detail.filter(|text| !text.is_empty());
            facts.push(Fact { detail, ..Fact::new(self.t("booking-where").to_string(), value) });
        }
        if !one.hosts.is_empty() {
            facts.push(Fact::new(self.t("booking-with").to_string(), one.hosts.join(", ")));
        }
        if let Some(site) = one.site.as_ref().filter(|site| !site.phone.is_empty()) {
            facts.push(Fact::new(self.t("booking-place-phone").to_string(), site.phone.clone()));
        }
        facts
    }
}
