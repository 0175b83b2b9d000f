//! What a link offers: free slots within its limits, the earliest first.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::agenda::appointment::Modality;
use domain::agenda::opening::WEEKS_AHEAD;
use domain::agenda::span::Span;
use domain::time::plus_days;
use store::StoreError;
use store::agenda::occupation;
use store::agenda::slot::SlotRow;
use uuid::Uuid;

use super::Aim;
use super::open::{Opened, by_bearer};
use crate::Context;
use crate::access::hidden_accounts;
use crate::agenda::find_slots::{FreeSlot, Search, Sensitive, find};

/// The limits of what one link may choose: those with which it was made; of a link for one appointment, the same professionals
/// and the same way.
pub(super) struct Limits {
    with: Option<Uuid>,
    pub(super) and_with: Option<Uuid>,
    site: Option<Uuid>,
    modality: Option<Modality>,
}

impl Limits {
    pub(super) fn of(opened: &Opened) -> Self {
        let row = &opened.row;
        match opened.meeting().filter(|_| row.aim == Aim::MANAGE) {
            Some(meeting) => Self {
                with: meeting.host_ids.first().copied(),
                and_with: meeting.host_ids.get(1).copied(),
                site: None,
                modality: Some(meeting.modality),
            },
            None => Self {
                with: row.with_id,
                and_with: None,
                site: row.site_id,
                modality: row.modality.as_deref().and_then(Modality::parse),
            },
        }
    }

    /// The ways in which a slot may be taken: at home only when the link says so.
    fn ways(&self, slot: &[Modality]) -> Vec<Modality> {
        let offered = |way: &&Modality| match self.modality {
            Some(only) => **way == only,
            None => **way != Modality::Visit,
        };
        slot.iter().filter(offered).copied().collect()
    }

    /// The way in which a slot is taken: the one wanted, or the only one there is.
    pub(super) fn way(&self, slot: &SlotRow, wanted: Option<Modality>) -> Option<Modality> {
        let ways = self.ways(&Modality::split(&slot.modalities));
        match (wanted.filter(|way| ways.contains(way)), ways.as_slice()) {
            (Some(way), _) => Some(way),
            (None, [only]) => Some(*only),
            (None, _) => None,
        }
    }

    /// Whether a slot is within what the link offers.
    pub(super) async fn hold(&self, ctx: &Context, slot: &SlotRow) -> Result<bool, StoreError> {
        let named = self.with.is_none_or(|id| id == slot.account_id);
        let there = self.site.is_none_or(|id| id == slot.site_id);
        let ways = !self.ways(&Modality::split(&slot.modalities)).is_empty();
        if !named || !there || !ways {
            return Ok(false);
        }
        Ok(self.with.is_some() || hidden_accounts(ctx, &[slot.account_id]).await?.is_empty())
    }
}

/// The free slots that a link offers from a day on, in one place when one is given, the earliest first, at most `limit` read; hours at which the person is
/// expected elsewhere are left out, and of several professionals free at one hour in one place, one is proposed.
///
/// # Errors
/// When the database does not answer.
pub async fn link_slots(
    ctx: &Context,
    opened: &Opened,
    from: Option<NaiveDate>,
    only: Option<Uuid>,
    limit: usize,
) -> Result<Vec<FreeSlot>, StoreError> {
    let ctx = &by_bearer(ctx);
    let limits = Limits::of(opened);
    let search = Search {
        site: limits.site.or(only),
        with: limits.with,
        and_with: limits.and_with,
        modality: limits.modality,
        from,
        to: Some(plus_days(ctx.today(), WEEKS_AHEAD * 7)),
        commune: opened.person.commune.clone(),
        limit,
        ..Search::default()
    };
    // Who is named in the link is proposed, whoever they work for: whoever made it was on the social side.
    let mut found = find(ctx, &search, Sensitive::of(limits.with.is_some())).await?;
    for slot in &mut found {
        slot.modalities = limits.ways(&slot.modalities);
    }
    found.retain(|slot| !slot.modalities.is_empty());
    let elsewhere = elsewhere(ctx, opened, &found).await?;
    found.retain(|slot| !elsewhere.iter().any(|span| span.overlaps(slot.span)));
    let mut known = HashSet::new();
    found.retain(|slot| known.insert((slot.span.start, slot.site.id)));
    Ok(found)
}

/// When the person is expected somewhere, but by the appointment of this link.
async fn elsewhere(ctx: &Context, opened: &Opened, slots: &[FreeSlot]) -> Result<Vec<Span>, StoreError> {
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else { return Ok(Vec::new()) };
    let span = Span { start: first.span.start, end: last.span.end.max(first.span.end) }.widened(24 * 60);
    let own = opened.meeting().map(|meeting| meeting.row.id);
    let busy = occupation::busy(ctx.db().read(), &opened.records, span).await?;
    Ok(busy.into_iter().filter(|(_, holder, _)| Some(*holder) != own).map(|(_, _, span)| span).collect())
}
