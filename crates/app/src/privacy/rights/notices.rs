//! What the page of a person must say of their rights to whoever opens it.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::privacy::rights::{Reply, Right};
use store::StoreError;
use store::privacy::rights::{self, Shelf};
use uuid::Uuid;

use super::read;
use crate::Context;
use crate::access::permit;

/// A request that whoever opens the file must know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What is asked.
    pub right: Right,
    /// It waits for an answer, due on this day; `None` once granted.
    pub answer_by: Option<NaiveDate>,
    /// What they ask, in their words; empty when nothing was noted.
    pub note: String,
}

/// Where a person stands with their rights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Why they are in no list; only the data protection officer sees such a file.
    pub shelf: Option<Shelf>,
    /// What to mend, what not to do.
    pub notices: Vec<Notice>,
}

/// Where the person whose records these are stands: a mistake to mend, data whose use is contested, an objection that holds.
/// Requests for a copy or for deletion concern the data protection officer alone.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(ctx: &Context, records: &[Uuid], hidden: bool) -> Result<Standing, StoreError> {
    let c = ctx.db().read();
    let first = records.first().copied().filter(|_| hidden && permit(ctx, Action::ManageRights).is_ok());
    let shelf = match first {
        Some(id) => rights::shelf(c, id).await?,
        None => None,
    };
    let mut notices = Vec::new();
    for row in rights::of_records(c, records).await? {
        let request = read(ctx, None, row)?;
        let reply = request.row.reply.as_deref().map(Reply::parse);
        let waits = reply.is_none();
        let Some(right) = request.right else { continue };
        let told = match right {
            Right::Rectification | Right::Restriction => waits,
            Right::Objection => waits || reply.flatten().is_some_and(|reply| reply != Reply::Refused),
            Right::Access | Right::Erasure => false,
        };
        if told {
            let answer_by = waits.then_some(request.row.answer_by);
            notices.push(Notice { right, answer_by, note: request.note.unwrap_or_default() });
        }
    }
    Ok(Standing { shelf, notices })
}
