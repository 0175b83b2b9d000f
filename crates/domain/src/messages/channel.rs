//! By which channel somebody is written to: one at a time, the next one when it fails, so that nobody is told twice and
//! nobody is left without news.

use chrono::{DateTime, TimeDelta, Utc};

use crate::people::contact::Consent;

/// A channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// An e-mail.
    Email,
    /// A text message.
    Sms,
    /// A letter, printed and posted by the département.
    Letter,
}

impl Channel {
    /// Every channel, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::Email, Self::Sms, Self::Letter];

    /// The word of the database and of templates.
    pub fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Letter => "letter",
        }
    }

    /// Reads [`Channel::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// Which channels reach somebody, today and as they allow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// An e-mail address that works, not refused.
    pub email: bool,
    /// A mobile that works, not refused.
    pub sms: bool,
    /// A postal address.
    pub letter: bool,
}

impl Open {
    /// Whether this channel reaches them.
    pub fn has(self, channel: Channel) -> bool {
        match channel {
            Channel::Email => self.email,
            Channel::Sms => self.sms,
            Channel::Letter => self.letter,
        }
    }
}

/// The order in which the channels of a message are tried: those of its template. What cannot wait goes by text message first,
/// which is read at once, and never by post, which would come too late.
pub fn order(written: &[Channel], urgent: bool) -> Vec<Channel> {
    if !urgent {
        return written.to_vec();
    }
    let soon = |wanted: Channel| written.iter().copied().filter(move |channel| *channel == wanted);
    soon(Channel::Sms).chain(soon(Channel::Email)).collect()
}

/// Days before an appointment from which a letter would come too late.
const POST_DAYS: i64 = 4;

/// Whether what is worth sending until `until` cannot wait for the post.
pub fn is_urgent(now: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    until < now + TimeDelta::days(POST_DAYS)
}

/// Whether a telephone or an address may be written to, after what the person said of its channel. What the household shares
/// is used only when they agreed: others read it.
pub fn may_use(shared: bool, said: Option<Consent>) -> bool {
    match said {
        Some(Consent::Yes) => true,
        Some(Consent::No) => false,
        None => !shared,
    }
}

/// The channel to try now: the first of `order` that reaches them and has not failed already.
pub fn next(order: &[Channel], open: Open, failed: &[Channel]) -> Option<Channel> {
    order.iter().copied().find(|channel| open.has(*channel) && !failed.contains(channel))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Channel; 3] = Channel::ALL;

    #[test]
    fn one_channel_at_a_time_and_the_next_one_when_it_fails() {
        let open = Open { email: true, sms: false, letter: true };
        assert_eq!(next(&ALL, open, &[]), Some(Channel::Email));
        assert_eq!(next(&ALL, open, &[Channel::Email]), Some(Channel::Letter), "no mobile is known");
        assert_eq!(next(&ALL, open, &[Channel::Email, Channel::Letter]), None);
        assert_eq!(next(&ALL, Open::default(), &[]), None);
    }

    #[test]
    fn what_cannot_wait_is_never_posted() {
        assert_eq!(order(&ALL, false), ALL);
        assert_eq!(order(&ALL, true), [Channel::Sms, Channel::Email]);
        assert_eq!(order(&[Channel::Letter], true), []);
    }

    #[test]
    fn what_others_read_needs_an_agreement_and_a_refusal_is_obeyed() {
        assert!(may_use(false, None) && !may_use(true, None));
        assert!(may_use(true, Some(Consent::Yes)) && !may_use(false, Some(Consent::No)));
    }

    #[test]
    fn the_post_takes_days() {
        let now: DateTime<Utc> = "2026-11-27T08:00:00Z".parse().unwrap();
        assert!(is_urgent(now, now + TimeDelta::days(3)));
        assert!(!is_urgent(now, now + TimeDelta::days(5)));
    }

    #[test]
    fn every_channel_is_read_from_its_word() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.code()), Some(channel));
        }
        assert_eq!(Channel::parse("fax"), None);
    }
}
