//! Who an account is at an OpenID provider: one link an account, one account a link.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::db::{Db, Tx};
use crate::entity::account_identity;
use crate::error::Result;

/// A link between an account and a subject of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Which account.
    pub account_id: Uuid,
    /// The provider.
    pub issuer: String,
    /// Its own name for the person.
    pub subject: String,
    /// Since when the two are linked.
    pub linked_at: DateTime<Utc>,
}

/// The link of this subject.
///
/// # Errors
/// When the database does not answer.
pub async fn by_subject(db: &Db, issuer: &str, subject: &str) -> Result<Option<Identity>> {
    let query = account_identity::Entity::find()
        .filter(account_identity::Column::Issuer.eq(issuer))
        .filter(account_identity::Column::Subject.eq(subject));
    Ok(query.one(db.read()).await?.map(Identity::from))
}

/// The link of this account.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(tx: &Tx, account_id: Uuid) -> Result<Option<Identity>> {
    Ok(account_identity::Entity::find_by_id(account_id).one(tx).await?.map(Identity::from))
}

/// Links an account and a subject; what either was linked to before is forgotten.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &Tx, new: Identity) -> Result<()> {
    let same_subject = Condition::all()
        .add(account_identity::Column::Issuer.eq(new.issuer.clone()))
        .add(account_identity::Column::Subject.eq(new.subject.clone()));
    let same_account = account_identity::Column::AccountId.eq(new.account_id);
    account_identity::Entity::delete_many()
        .filter(Condition::any().add(same_account).add(same_subject))
        .exec(tx)
        .await?;
    let row = account_identity::ActiveModel {
        account_id: Set(new.account_id),
        issuer: Set(new.issuer),
        subject: Set(new.subject),
        linked_at: Set(new.linked_at),
    };
    account_identity::Entity::insert_many([row]).exec_without_returning(tx).await?;
    Ok(())
}

impl From<account_identity::Model> for Identity {
    fn from(model: account_identity::Model) -> Self {
        Self {
            account_id: model.account_id,
            issuer: model.issuer,
            subject: model.subject,
            linked_at: model.linked_at,
        }
    }
}
