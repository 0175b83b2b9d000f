//! May this actor do that, and on whose files? The only place that makes a scope.

use domain::access::permission::{Action, Grant, grant};
use domain::access::role::Role;
use domain::access::scope::{Reach, Scope};
use domain::access::side::Side;

use super::actor::{Actor, ActorKind, HeldRole, TokenScope};
use crate::Context;

/// Why an action is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No role in force grants it.
    #[error("Votre rôle ne permet pas cette action.")]
    Forbidden,
    /// A role grants it once a reason is written.
    #[error("Écrivez d’abord pourquoi vous avez besoin d’ouvrir ces dossiers : ce motif sera conservé.")]
    ReasonNeeded,
}

/// Grants `action` to the actor of `ctx`, with the widest of what their roles give.
///
/// # Errors
/// [`Refused`] when no role gives it, or when a reason must be written first.
pub fn permit(ctx: &Context, action: Action) -> Result<Grant, Refused> {
    permit_actor(&ctx.actor, action)
}

/// [`permit`], for an actor outside of any département.
///
/// # Errors
/// As [`permit`].
pub fn permit_actor(actor: &Actor, action: Action) -> Result<Grant, Refused> {
    match actor.kind {
        ActorKind::System => Ok(Grant::All),
        ActorKind::Token(scope) if token_may(scope, action) => Ok(Grant::All),
        ActorKind::Token(_) | ActorKind::Bearer => Err(Refused::Forbidden),
        ActorKind::User => {
            usable(actor, action)?.into_iter().map(|(_, grant)| grant).max().ok_or(Refused::Forbidden)
        }
    }
}

/// The rows that `action` may return: the union of what each role in force reaches.
///
/// # Errors
/// As [`permit`].
pub fn scope(ctx: &Context, action: Action) -> Result<Scope, Refused> {
    let actor = &ctx.actor;
    permit_actor(actor, action)?;
    match (actor.kind, actor.id) {
        (ActorKind::System | ActorKind::Token(_), _) => Ok(Scope::everything()),
        (ActorKind::User, None) | (ActorKind::Bearer, _) => Err(Refused::Forbidden),
        (ActorKind::User, Some(id)) => {
            let reaches =
                usable(actor, action)?.into_iter().filter_map(|(held, grant)| reach(id, held, grant));
            Ok(Scope::union(reaches.collect()))
        }
    }
}

/// [`scope`], narrowed to the roles on the social side: the people on whom sensitive structures may be named.
///
/// # Errors
/// As [`permit`].
pub(crate) fn social_scope(ctx: &Context, action: Action) -> Result<Scope, Refused> {
    let social = |held: &HeldRole| {
        let leads = held.role == Role::TeamLead && held.side().is_social();
        leads || held.role.side().is_some_and(Side::is_social)
    };
    match (ctx.actor.kind, ctx.actor.id) {
        (ActorKind::System, _) => Ok(Scope::everything()),
        (ActorKind::User, Some(id)) => {
            let given = usable(&ctx.actor, action)?.into_iter().filter(|(held, _)| social(held));
            Ok(Scope::union(given.filter_map(|(held, grant)| reach(id, held, grant)).collect()))
        }
        _ => Ok(Scope::nobody()),
    }
}

/// The roles that give `action` now, with what they give.
fn usable(actor: &Actor, action: Action) -> Result<Vec<(&HeldRole, Grant)>, Refused> {
    let given = || actor.roles.iter().map(|held| (held, grant(held.role, action)));
    let usable: Vec<_> = given()
        .filter(|(_, grant)| match grant {
            Grant::No => false,
            Grant::WithReason => actor.reason.is_some(),
            Grant::Exceptional
            | Grant::Referred
            | Grant::Proposed
            | Grant::Own
            | Grant::Queue
            | Grant::Team
            | Grant::All => true,
        })
        .collect();
    if !usable.is_empty() {
        return Ok(usable);
    }
    Err(if given().any(|(_, grant)| grant == Grant::WithReason) {
        Refused::ReasonNeeded
    } else {
        Refused::Forbidden
    })
}

fn reach(account: uuid::Uuid, held: &HeldRole, grant: Grant) -> Option<Reach> {
    match grant {
        // What an exceptional access or a proposal reaches is one person, asked for apart.
        Grant::No | Grant::Exceptional | Grant::Referred | Grant::Proposed => None,
        Grant::Own => Some(Reach::Caseload(account)),
        Grant::Queue => Some(Reach::Queue(held.territories())),
        // A service of the département answers for a territory; any other structure for those whom its people follow.
        Grant::Team => Some(match &held.structure {
            Some(structure) if !structure.departmental => Reach::Structure(structure.id),
            _ => Reach::Territories(held.territories()),
        }),
        Grant::WithReason | Grant::All => Some(Reach::Everything),
    }
}

fn token_may(scope: TokenScope, action: Action) -> bool {
    match action {
        Action::ReadPeople | Action::ReadOrientation | Action::ReadImports | Action::ReadImportPeople => true,
        Action::ImportFile => scope == TokenScope::Write,
        Action::DecideMatch
        | Action::EditContacts
        | Action::RevealNir
        | Action::ExportPeople
        | Action::ReadDocuments
        | Action::EditDocuments
        | Action::EditSettings
        | Action::ReadOwnActs
        | Action::ReadTeamActs
        | Action::ReadTechnicalActs
        | Action::ReadJournal
        | Action::ExportJournal
        | Action::WriteNotes
        | Action::ReadNotes
        | Action::OpenExceptionally
        | Action::ReadExceptional
        | Action::ReadUsers
        | Action::ProposeUser
        | Action::ManageUsers
        | Action::ManageRights
        | Action::ReadRetention
        | Action::ProposePerson
        | Action::ReadProposals
        | Action::AnswerProposal
        | Action::TakeCalls
        | Action::DecideOrientation
        | Action::FollowPath
        | Action::LeadPath
        | Action::ReadLate
        | Action::ReadCatalogues
        | Action::EditCatalogues
        | Action::ReadAppointments
        | Action::EditAppointments
        | Action::InviteWaves
        | Action::AnswerCallBack
        | Action::EditOpenings
        | Action::ReferPerson
        | Action::AnswerReferral
        | Action::TransferPeople
        | Action::ReceivePeople
        | Action::ReadDiagnosis
        | Action::EditDiagnosis
        | Action::Prescribe
        | Action::AnswerPrescription
        | Action::WriteContract
        | Action::DecideContract => false,
    }
}

/// True when a role that asks for a reason is among those that would give `action`: the page then offers to write one.
pub fn a_reason_would_help(actor: &Actor, action: Action) -> bool {
    actor.reason.is_none() && actor.roles.iter().any(|held| grant(held.role, action) == Grant::WithReason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn user(roles: &[(Role, Option<&str>)]) -> Actor {
        Actor {
            kind: ActorKind::User,
            id: Some(Uuid::from_u128(7)),
            name: "Nadia Lenoir".to_owned(),
            roles: roles.iter().map(|(role, territory)| HeldRole::on(*role, *territory)).collect(),
            reason: None,
        }
    }

    fn reaches(actor: &Actor, action: Action) -> Vec<Reach> {
        let id = actor.id.unwrap();
        usable(actor, action)
            .unwrap()
            .into_iter()
            .filter_map(|(held, grant)| reach(id, held, grant))
            .collect()
    }

    #[test]
    fn each_role_adds_what_it_reaches() {
        let actor = user(&[
            (Role::SocialReferent, None),
            (Role::TeamLead, Some("verdun")),
            (Role::Operator, Some("nord-meusien")),
        ]);
        assert_eq!(permit_actor(&actor, Action::ReadPeople), Ok(Grant::Team));
        assert_eq!(
            reaches(&actor, Action::ReadPeople),
            [
                Reach::Caseload(Uuid::from_u128(7)),
                Reach::Territories(Some(vec!["verdun".to_owned()])),
                Reach::Queue(Some(vec!["nord-meusien".to_owned()])),
            ]
        );
    }

    #[test]
    fn a_role_on_the_whole_departement_names_no_territory() {
        assert_eq!(reaches(&user(&[(Role::TeamLead, None)]), Action::ReadPeople), [Reach::Territories(None)]);
    }

    #[test]
    fn a_manager_writes_a_reason_before_any_file_opens() {
        let mut actor = user(&[(Role::Manager, None)]);
        assert_eq!(permit_actor(&actor, Action::ReadPeople), Err(Refused::ReasonNeeded));
        assert!(a_reason_would_help(&actor, Action::ReadPeople));
        actor.reason = Some("Réponse à un courrier du médiateur".to_owned());
        assert_eq!(permit_actor(&actor, Action::ReadPeople), Ok(Grant::WithReason));
        assert_eq!(reaches(&actor, Action::ReadPeople), [Reach::Everything]);
        assert_eq!(permit_actor(&actor, Action::RevealNir), Err(Refused::Forbidden));
    }

    #[test]
    fn a_role_that_needs_no_reason_is_enough_and_the_other_stays_closed() {
        let actor = user(&[(Role::Manager, None), (Role::JobCoach, None)]);
        assert_eq!(permit_actor(&actor, Action::ReadPeople), Ok(Grant::Own));
        assert_eq!(reaches(&actor, Action::ReadPeople), [Reach::Caseload(Uuid::from_u128(7))]);
    }

    #[test]
    fn without_a_role_in_force_nothing_opens() {
        for action in Action::ALL {
            assert_eq!(permit_actor(&user(&[]), action), Err(Refused::Forbidden), "{action:?}");
            assert_eq!(permit_actor(&Actor::bearer(), action), Err(Refused::Forbidden), "{action:?}");
            assert_eq!(permit_actor(&Actor::system("essai"), action), Ok(Grant::All), "{action:?}");
        }
    }

    #[test]
    fn a_token_never_sees_a_nir_and_only_a_writing_one_imports() {
        let token = |scope| Actor { kind: ActorKind::Token(scope), ..Actor::system("logiciel") };
        for scope in [TokenScope::Read, TokenScope::Write] {
            assert_eq!(permit_actor(&token(scope), Action::RevealNir), Err(Refused::Forbidden));
            assert_eq!(permit_actor(&token(scope), Action::ReadPeople), Ok(Grant::All));
        }
        assert_eq!(permit_actor(&token(TokenScope::Read), Action::ImportFile), Err(Refused::Forbidden));
        assert_eq!(permit_actor(&token(TokenScope::Write), Action::ImportFile), Ok(Grant::All));
    }
}
