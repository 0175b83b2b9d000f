//! What is sent because time passes: the reminder before an appointment, the letter after an absence without news.

use chrono::Duration;
use domain::agenda::appointment::Status;
use domain::agenda::span::civil_day;
use domain::messages::channel::Channel;
use domain::time::plus_days;
use store::StoreError;
use store::agenda::appointment;
use store::messages::written::{self, MessageRow};

use super::tell::{MISSED, letter_instead, reminder, tell};
use crate::Context;
use crate::orientation::parameter_values;

/// Queues the reminders of the appointments that are near, and the letters to those who did not come and gave no news. Told
/// once, however often it runs.
///
/// # Errors
/// When the database refuses.
pub async fn remind(ctx: &Context) -> Result<usize, StoreError> {
    let parameter = parameter_values(ctx, ctx.today()).await?;
    let days = parameter("messages.reminder_days_before").unwrap_or(2);
    let after = parameter("messages.no_show_letter_after_days").unwrap_or(7);
    let (now, zone) = (ctx.now(), ctx.department.timezone);
    let mut span = civil_day(plus_days(ctx.today(), days), zone);
    // What was booked for tomorrow was confirmed a moment ago: it needs no reminder.
    span.start = now + Duration::days(1);
    let coming = appointment::between(ctx.db().read(), span).await?;
    let coming = coming
        .into_iter()
        .filter(|row| row.status == Status::Upcoming.code() && row.changed_at <= now - Duration::days(1));
    let due: Vec<_> = coming.map(|row| (row.person_id, reminder(ctx, &row))).collect();
    let keys: Vec<String> = due.iter().map(|(_, notice)| notice.key.clone()).collect();
    let told = written::of_notices(ctx.db().read(), &keys).await?;
    let mut queued = 0;
    for (person, notice) in due {
        if told.iter().any(|row| row.notice == notice.key) {
            continue;
        }
        let tx = ctx.db().begin().await?;
        tell(ctx, &tx, person, &notice).await?;
        tx.commit().await?;
        queued += 1;
    }
    queued += letters_after_absences(ctx, after).await?;
    Ok(queued)
}

/// Who did not come, was written to by e-mail or text message so many days ago, and has neither come nor booked since.
async fn letters_after_absences(ctx: &Context, days: i64) -> Result<usize, StoreError> {
    let edge = ctx.now() - Duration::days(days);
    let sent = written::sent_between(ctx.db().read(), MISSED, edge - Duration::days(days), edge).await?;
    let keys: Vec<String> = sent.iter().map(|row| row.notice.clone()).collect();
    let told = written::of_notices(ctx.db().read(), &keys).await?;
    let mut queued = 0;
    for row in sent {
        let posted = |one: &MessageRow| one.notice == row.notice && one.channel == Channel::Letter.code();
        if told.iter().any(posted) {
            continue;
        }
        let records = store::people::one::with_merged(ctx.db().read(), row.person_id).await?;
        let all = appointment::of_people(ctx.db().read(), &records).await?;
        let news = all.iter().any(|one| {
            one.booked_at >= row.created_at
                || one.status == Status::Upcoming.code() && one.starts_at > ctx.now()
        });
        if news {
            continue;
        }
        let tx = ctx.db().begin().await?;
        letter_instead(ctx, &tx, &row).await?;
        tx.commit().await?;
        queued += 1;
    }
    Ok(queued)
}
