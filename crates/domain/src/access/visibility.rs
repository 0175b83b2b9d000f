//! Who sees which text (`rules.md` § 3). What one may not see is not found, not counted, not hinted at.

use super::relation::Relation;
use super::side::Side;

/// How far a text is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Its author alone, not even administrators.
    Author,
    /// Social referents of the person and the team lead of the social side.
    Social,
    /// Job coaches of the person and their team lead.
    Employment,
    /// Both members of the pair and their team leads.
    Pair,
    /// Operators and team lead of the territory until the first appointment is held, then the pair.
    Orientation,
    /// Every professional with an active relation to the person.
    Team,
    /// The same and the partner to whom the item was sent, item by item.
    Partner,
    /// All of the team and the person.
    Person,
}

/// What is known of a text and of its reader, beside their relation to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Case {
    /// The reader wrote it.
    pub author: bool,
    /// It was sent to the reader's structure.
    pub sent: bool,
    /// The person's first appointment was held.
    pub met: bool,
}

impl Level {
    /// Every level, from the narrowest.
    pub const ALL: [Self; 8] = [
        Self::Author,
        Self::Social,
        Self::Employment,
        Self::Pair,
        Self::Orientation,
        Self::Team,
        Self::Partner,
        Self::Person,
    ];

    /// The level of a contact note, and of any note whose author says nothing.
    pub const OF_A_NOTE: Self = Self::Pair;

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Social => "social",
            Self::Employment => "employment",
            Self::Pair => "pair",
            Self::Orientation => "orientation",
            Self::Team => "team",
            Self::Partner => "partner",
            Self::Person => "person",
        }
    }

    /// Reads [`Level::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// Whether a reader with this relation to the person sees a text of this level.
pub fn sees(relation: Relation, level: Level, case: Case) -> bool {
    let pair = matches!(relation, Relation::Own(_) | Relation::Team(_));
    let team = pair || relation == Relation::Queue;
    let on = |side: fn(Side) -> bool| match relation {
        Relation::Own(mine) | Relation::Team(mine) => side(mine),
        _ => false,
    };
    case.author
        || match level {
            Level::Author => false,
            Level::Social => on(Side::is_social),
            Level::Employment => on(Side::is_employment),
            Level::Pair => pair,
            Level::Orientation if case.met => pair,
            Level::Orientation => matches!(relation, Relation::Queue | Relation::Team(_)),
            Level::Team => team,
            Level::Partner => team || (relation == Relation::Proposed && case.sent),
            Level::Person => team || relation == Relation::Themself,
        }
}

/// Whether a change of level lets somebody see a text who did not: it is then confirmed, and journalled as raising.
pub fn opens(from: Level, to: Level) -> bool {
    let cases = [(false, false), (false, true), (true, false), (true, true)];
    Relation::ALL.into_iter().any(|relation| {
        cases.into_iter().any(|(sent, met)| {
            let case = Case { author: false, sent, met };
            sees(relation, to, case) && !sees(relation, from, case)
        })
    })
}

/// The levels that an author with these relations may give to a text: their own, and those they read themselves. A
/// partner is not chosen here: an item is sent to it, one by one.
pub fn offered(relations: &[Relation]) -> Vec<Level> {
    let reads = |level: Level| relations.iter().any(|relation| sees(*relation, level, Case::default()));
    Level::ALL
        .into_iter()
        .filter(|level| *level == Level::Author || (*level != Level::Partner && reads(*level)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::permission::{Action, Grant, grant};
    use crate::access::role::Role;
    use proptest::prelude::*;

    /// `rules.md` § 3, relation by relation: which of the levels of [`Level::ALL`] are seen by who is not the author,
    /// before the first appointment. `x` seen, `s` seen once sent, `.` not.
    #[rustfmt::skip]
    const TABLE: [(Relation, &str); 12] = [
        //                                    ASEPOTpP: author, social, employment, pair, orientation, team, partner, person
        (Relation::Themself,                 ".......x"),
        (Relation::Own(Side::Social),        ".x.x.xxx"),
        (Relation::Own(Side::Employment),    "..xx.xxx"),
        (Relation::Own(Side::Both),          ".xxx.xxx"),
        (Relation::Team(Side::Social),       ".x.xxxxx"),
        (Relation::Team(Side::Employment),   "..xxxxxx"),
        (Relation::Team(Side::Both),         ".xxxxxxx"),
        (Relation::Queue,                    "....xxxx"),
        (Relation::Proposed,                 "......s."),
        (Relation::Exceptional,              "........"),
        (Relation::Reason,                   "........"),
        (Relation::Program,                  "........"),
    ];

    #[test]
    fn every_relation_sees_the_levels_of_the_table() {
        assert_eq!(TABLE.map(|(relation, _)| relation), Relation::ALL);
        for (relation, marks) in TABLE {
            for (level, mark) in Level::ALL.into_iter().zip(marks.chars()) {
                let seen = |sent| sees(relation, level, Case { sent, ..Case::default() });
                let expected = match mark {
                    'x' => (true, true),
                    's' => (false, true),
                    _ => (false, false),
                };
                assert_eq!((seen(false), seen(true)), expected, "{relation:?} {level:?}");
            }
        }
    }

    #[test]
    fn after_the_first_appointment_what_was_said_to_orient_belongs_to_the_pair() {
        let met = Case { met: true, ..Case::default() };
        for relation in Relation::ALL {
            assert_eq!(
                sees(relation, Level::Orientation, met),
                sees(relation, Level::Pair, met),
                "{relation:?}"
            );
        }
    }

    /// The relations that a role can have to a person, from its row of the permission table.
    fn relations(role: Role) -> Vec<Relation> {
        match grant(role, Action::ReadPeople) {
            Grant::Own => role.side().map(Relation::Own).into_iter().collect(),
            Grant::Queue => vec![Relation::Queue],
            Grant::Team => Side::ALL.map(Relation::Team).to_vec(),
            Grant::WithReason => vec![Relation::Reason],
            _ if grant(role, Action::AnswerProposal) == Grant::Proposed => vec![Relation::Proposed],
            Grant::No | Grant::Exceptional | Grant::Referred | Grant::Proposed | Grant::All => Vec::new(),
        }
    }

    /// Role × relation × level: the whole of what is decided, told in one table.
    #[test]
    fn every_role_sees_through_its_relations_and_nothing_else() {
        use std::fmt::Write as _;
        let mut told = String::new();
        for role in Role::ALL {
            for relation in relations(role) {
                let seen: Vec<&str> = Level::ALL
                    .into_iter()
                    .filter(|level| sees(relation, *level, Case::default()))
                    .map(Level::code)
                    .collect();
                let _ = writeln!(told, "{} {relation:?}: {}", role.code(), seen.join(" "));
            }
        }
        assert_eq!(
            told,
            "operator Queue: orientation team partner person\n\
             social_referent Own(Social): social pair team partner person\n\
             job_coach Own(Employment): employment pair team partner person\n\
             team_lead Team(Social): social pair orientation team partner person\n\
             team_lead Team(Employment): employment pair orientation team partner person\n\
             team_lead Team(Both): social employment pair orientation team partner person\n\
             partner Proposed: \n\
             manager Reason: \n\
             dpo Reason: \n"
        );
    }

    #[test]
    fn raising_is_told_from_lowering() {
        use Level::{Author, Employment, Orientation, Pair, Partner, Person, Social, Team};
        for (from, to) in
            [(Author, Social), (Social, Employment), (Social, Pair), (Pair, Team), (Team, Person)]
        {
            assert!(opens(from, to), "{from:?} to {to:?}");
        }
        for (from, to) in [(Pair, Social), (Team, Pair), (Person, Team), (Partner, Team), (Team, Orientation)]
        {
            assert!(!opens(from, to), "{from:?} to {to:?}");
        }
        assert!(opens(Orientation, Pair), "a referent did not see it before the first appointment");
        assert!(opens(Employment, Social), "another side is another reader");
    }

    #[test]
    fn one_gives_a_text_the_levels_one_reads() {
        let levels = |relation| offered(&[relation]);
        assert_eq!(levels(Relation::Queue), [Level::Author, Level::Orientation, Level::Team, Level::Person]);
        assert!(!levels(Relation::Own(Side::Social)).contains(&Level::Employment));
        assert_eq!(levels(Relation::Reason), [Level::Author]);
        assert!(Relation::ALL.into_iter().all(|relation| !levels(relation).contains(&Level::Partner)));
    }

    fn any_relation() -> impl Strategy<Value = Relation> {
        prop::sample::select(Relation::ALL.to_vec())
    }
    fn any_level() -> impl Strategy<Value = Level> {
        prop::sample::select(Level::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn an_author_always_sees_their_text(relation in any_relation(), level in any_level(), met: bool) {
            let case = Case { author: true, met, sent: false };
            prop_assert!(sees(relation, level, case));
        }

        #[test]
        fn nobody_but_its_author_sees_what_is_kept_for_the_author(relation in any_relation(), met: bool, sent: bool) {
            let case = Case { author: false, met, sent };
            prop_assert!(!sees(relation, Level::Author, case));
        }

        #[test]
        fn a_level_that_opens_nothing_hides_nothing_new(from in any_level(), to in any_level(),
            relation in any_relation(), met: bool, sent: bool) {
            let case = Case { author: false, met, sent };
            if !opens(from, to) {
                prop_assert!(!sees(relation, to, case) || sees(relation, from, case));
            }
        }

        #[test]
        fn both_sides_see_what_either_sees(level in any_level(), met: bool, sent: bool) {
            let case = Case { author: false, met, sent };
            for make in [Relation::Own as fn(Side) -> Relation, Relation::Team] {
                let either = sees(make(Side::Social), level, case) || sees(make(Side::Employment), level, case);
                prop_assert_eq!(sees(make(Side::Both), level, case), either);
            }
        }

        #[test]
        fn no_text_is_read_with_a_reason_a_token_or_an_exceptional_access(level in any_level(), met: bool, sent: bool) {
            let case = Case { author: false, met, sent };
            for relation in [Relation::Reason, Relation::Program, Relation::Exceptional] {
                prop_assert!(!sees(relation, level, case));
            }
        }

        #[test]
        fn a_change_without_opening_both_ways_changes_nobody(from in any_level(), to in any_level(),
            relation in any_relation(), met: bool, sent: bool) {
            let case = Case { author: false, met, sent };
            if !opens(from, to) && !opens(to, from) {
                prop_assert_eq!(sees(relation, from, case), sees(relation, to, case));
            }
        }
    }
}
