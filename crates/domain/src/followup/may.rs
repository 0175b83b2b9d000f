//! What may be recorded of a path today, from where the person stands: asked by the page that offers an act, and by the act.

/// Where a person stands, as the acts of their path ask it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Stand {
    /// Subject to droits et devoirs.
    pub subject: bool,
    /// A decision of orientation is in force.
    pub oriented: bool,
    /// They are in a programme.
    pub enrolled: bool,
    /// They went back to work, and news are taken.
    pub at_work: bool,
    /// Somebody was named, and may not follow them any more.
    pub alone: bool,
    /// Somebody is named as their referent.
    pub has_referent: bool,
    /// Their right is closed.
    pub closed: bool,
    /// Their path was ended, and nothing followed.
    pub ended: bool,
    /// They were passed to another département.
    pub left: bool,
    /// A contest waits for its answer.
    pub contested: bool,
    /// An absence that nothing followed.
    pub absent: bool,
}

/// Why an act is not recorded of this person today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Bar {
    /// They are owed a decision, not an end.
    #[error(
        "Cette personne est soumise aux droits et devoirs : son suivi ne se clôt pas tant que son droit est ouvert. Prenez plutôt une nouvelle décision."
    )]
    StillSubject,
    /// Nobody follows them and nothing is decided.
    #[error("Cette personne n’a pas de suivi en cours.")]
    NotFollowed,
    /// The right is open.
    #[error("Le droit de cette personne n’est pas fermé : il n’y a rien à garder.")]
    NotClosed,
    /// A contest is not answered.
    #[error("Cette personne conteste une décision : répondez-lui d’abord.")]
    ContestOpen,
    /// The path is not closed.
    #[error("Le suivi de cette personne n’est pas clos.")]
    NotEnded,
    /// Nothing is decided.
    #[error("Aucune décision d’orientation n’est en vigueur pour cette personne.")]
    NotOriented,
    /// No absence waits for a call.
    #[error("Aucune absence n’attend d’appel pour cette personne.")]
    NoAbsence,
    /// The contest has its answer, or never was.
    #[error("Cette contestation a déjà une réponse.")]
    NoContest,
    /// Somebody follows them already.
    #[error("Cette personne a déjà un référent.")]
    Followed,
}

fn unless(bars: &[(bool, Bar)]) -> Result<(), Bar> {
    bars.iter().find(|(stands, _)| *stands).map_or(Ok(()), |(_, bar)| Err(*bar))
}

impl Stand {
    /// Somebody of the département follows them, or did until they could not any more.
    pub fn is_followed(self) -> bool {
        !self.left && (self.oriented || self.enrolled || self.at_work || self.alone || self.has_referent)
    }

    /// End the path.
    ///
    /// # Errors
    /// Why not, in a sentence; so for each act below.
    pub fn may_end(self) -> Result<(), Bar> {
        unless(&[
            (self.subject, Bar::StillSubject),
            (self.contested, Bar::ContestOpen),
            (!self.is_followed(), Bar::NotFollowed),
        ])
    }

    /// Keep it although the right is closed.
    ///
    /// # Errors
    /// Why not.
    pub fn may_keep(self) -> Result<(), Bar> {
        unless(&[(!self.closed, Bar::NotClosed), (!self.is_followed(), Bar::NotFollowed)])
    }

    /// Open it again. Whoever left is followed elsewhere.
    ///
    /// # Errors
    /// Why not.
    pub fn may_reopen(self) -> Result<(), Bar> {
        unless(&[(!self.ended || self.left, Bar::NotEnded)])
    }

    /// Review it, or record that they contest what was decided.
    ///
    /// # Errors
    /// Why not.
    pub fn may_look(self) -> Result<(), Bar> {
        unless(&[(!self.oriented, Bar::NotOriented)])
    }

    /// Answer a contest.
    ///
    /// # Errors
    /// Why not.
    pub fn may_answer(self) -> Result<(), Bar> {
        unless(&[(!self.contested, Bar::NoContest)])
    }

    /// Record a call after an absence.
    ///
    /// # Errors
    /// Why not.
    pub fn may_call(self) -> Result<(), Bar> {
        unless(&[(!self.absent, Bar::NoAbsence)])
    }

    /// Name who follows, where nobody does.
    ///
    /// # Errors
    /// Why not.
    pub fn may_name(self) -> Result<(), Bar> {
        let waits = self.oriented || self.enrolled || self.at_work || self.alone;
        unless(&[(!waits, Bar::NotOriented), (self.has_referent, Bar::Followed)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIENTED: Stand = Stand {
        subject: false,
        oriented: true,
        enrolled: false,
        at_work: false,
        alone: false,
        has_referent: true,
        closed: false,
        ended: false,
        left: false,
        contested: false,
        absent: false,
    };

    #[test]
    fn what_a_team_owes_once_a_referent_is_gone_it_may_do() {
        let gone = Stand { alone: true, closed: true, ..Stand::default() };
        assert_eq!((gone.may_end(), gone.may_keep(), gone.may_name()), (Ok(()), Ok(()), Ok(())));
        let at_work = Stand { at_work: true, ..Stand::default() };
        assert_eq!(at_work.may_name(), Ok(()));
        assert_eq!(Stand::default().may_name(), Err(Bar::NotOriented));
    }

    #[test]
    fn a_path_ends_unless_the_law_or_the_person_asks_for_something_first() {
        assert_eq!(ORIENTED.may_end(), Ok(()));
        assert_eq!(Stand { subject: true, contested: true, ..ORIENTED }.may_end(), Err(Bar::StillSubject));
        assert_eq!(Stand { contested: true, ..ORIENTED }.may_end(), Err(Bar::ContestOpen));
        assert_eq!(Stand::default().may_end(), Err(Bar::NotFollowed));
        assert_eq!(Stand { has_referent: true, ..Stand::default() }.may_end(), Ok(()));
    }

    #[test]
    fn each_act_has_its_condition() {
        assert_eq!(ORIENTED.may_keep(), Err(Bar::NotClosed));
        assert_eq!(Stand { closed: true, ..ORIENTED }.may_keep(), Ok(()));
        assert_eq!(Stand { closed: true, ..Stand::default() }.may_keep(), Err(Bar::NotFollowed));
        let ended = Stand { ended: true, ..Stand::default() };
        assert_eq!((ended.may_reopen(), ORIENTED.may_reopen()), (Ok(()), Err(Bar::NotEnded)));
        assert_eq!(Stand { left: true, ..ended }.may_reopen(), Err(Bar::NotEnded));
        assert_eq!((ORIENTED.may_look(), ended.may_look()), (Ok(()), Err(Bar::NotOriented)));
        assert_eq!(ORIENTED.may_answer(), Err(Bar::NoContest));
        assert_eq!(Stand { contested: true, ..ORIENTED }.may_answer(), Ok(()));
        assert_eq!(
            (ORIENTED.may_call(), Stand { absent: true, ..ended }.may_call()),
            (Err(Bar::NoAbsence), Ok(()))
        );
        assert_eq!(ORIENTED.may_name(), Err(Bar::Followed));
        assert_eq!(Stand { has_referent: false, ..ORIENTED }.may_name(), Ok(()));
        assert_eq!(ended.may_name(), Err(Bar::NotOriented));
        let enrolled = Stand { enrolled: true, ..Stand::default() };
        assert_eq!((enrolled.may_name(), enrolled.may_end()), (Ok(()), Ok(())));
    }
}
