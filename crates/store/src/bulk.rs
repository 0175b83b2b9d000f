//! Many rows at once, within the limits of both engines.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, PrimaryKeyToColumn};

use crate::Tx;
use crate::error::Result;

/// Parameters of one statement: SQLite takes 32,766, PostgreSQL 65,535.
const PARAMETERS: usize = 30_000;

/// Values in one `IN (…)`.
pub const IN_LIST: usize = 1_000;

/// Inserts rows.
pub async fn insert<E, M>(tx: &Tx, rows: Vec<M>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    write::<E, M>(tx, rows, None).await
}

/// Inserts rows, or replaces those that have the same key.
pub async fn upsert<E, M>(tx: &Tx, rows: Vec<M>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let keys: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    let names: Vec<String> = keys.iter().map(|k| format!("{k:?}")).collect();
    let others = E::Column::iter().filter(|c| !names.contains(&format!("{c:?}")));
    let rule = OnConflict::columns(keys).update_columns(others).to_owned();
    write::<E, M>(tx, rows, Some(rule)).await
}

/// Inserts rows, leaving those that have the same key.
pub async fn insert_missing<E, M>(tx: &Tx, rows: Vec<M>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let keys: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    write::<E, M>(tx, rows, Some(OnConflict::columns(keys).do_nothing().to_owned())).await
}

async fn write<E, M>(tx: &Tx, rows: Vec<M>, rule: Option<OnConflict>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let size = (PARAMETERS / E::Column::iter().count().max(1)).max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<E::ActiveModel> =
            rows.by_ref().take(size).map(IntoActiveModel::into_active_model).collect();
        let mut insert = E::insert_many(chunk);
        if let Some(rule) = &rule {
            insert = insert.on_conflict(rule.clone());
        }
        insert.exec_without_returning(tx).await?;
    }
    Ok(())
}
