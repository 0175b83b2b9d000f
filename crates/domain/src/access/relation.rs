//! What links a reader to a person: the reason why they may see them (`product.md` § 4.16, `rules.md` § 3).

use super::side::Side;

/// A link between a reader and a person, from the closest to the loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The person themselves, in their own space.
    Themself,
    /// Referent or coach of the person, on this side; a member of the pair when there are two.
    Own(Side),
    /// Team lead of the territory where the person lives, or of the structure that follows them, on this side.
    Team(Side),
    /// The person waits for an orientation, and the reader orients there.
    Queue,
    /// A structure to which the person is proposed, while it lasts.
    Proposed,
    /// An access opened for half an hour on this person only, with a written reason that others read.
    Exceptional,
    /// A written reason, by a role that needs one for every file.
    Reason,
    /// The program, or a software with a token: identity and path, never a text.
    Program,
}

impl Relation {
    /// Every relation, each side apart.
    pub const ALL: [Self; 12] = [
        Self::Themself,
        Self::Own(Side::Social),
        Self::Own(Side::Employment),
        Self::Own(Side::Both),
        Self::Team(Side::Social),
        Self::Team(Side::Employment),
        Self::Team(Side::Both),
        Self::Queue,
        Self::Proposed,
        Self::Exceptional,
        Self::Reason,
        Self::Program,
    ];

    /// Whether the reader is on the social side of this person: they alone know the sensitive structures.
    pub fn is_social(self) -> bool {
        matches!(self, Self::Own(side) | Self::Team(side) if side.is_social())
    }
}
