//! Many rows at once, within the limits of both engines.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, PrimaryKeyToColumn};

use crate::Tx;
use crate::error::Result;

/// Rows of one `INSERT`. A few fixed sizes, so that an engine prepares few statements and keeps them: a statement
/// for each length would be parsed anew each time, and hold memory for nothing.
const ROWS: [usize; 4] = [100, 25, 5, 1];

/// Values of one `IN (…)`, for the same reason; shorter lists repeat their last value.
const VALUES: [usize; 6] = [500, 250, 100, 20, 4, 1];

/// Cuts values into lists of a few fixed lengths.
pub fn lists<T: Clone>(values: &[T]) -> impl Iterator<Item = Vec<T>> {
    values.chunks(VALUES[0]).map(|part| {
        let length = VALUES.into_iter().rev().find(|size| *size >= part.len()).unwrap_or(VALUES[0]);
        let mut list = part.to_vec();
        if let Some(last) = part.last() {
            list.resize(length, last.clone());
        }
        list
    })
}

/// Inserts rows.
pub async fn insert<E, M>(tx: &Tx, rows: Vec<M>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    write::<E, M>(tx, rows, None).await.map(drop)
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
    write::<E, M>(tx, rows, Some(rule)).await.map(drop)
}

/// Inserts rows, leaving those that have the same key.
pub async fn insert_missing<E, M>(tx: &Tx, rows: Vec<M>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    insert_free::<E, M>(tx, rows).await.map(drop)
}

/// Inserts the rows whose key nobody has, and tells how many; another transaction that inserts the same key is waited for.
pub async fn insert_free<E, M>(tx: &Tx, rows: Vec<M>) -> Result<u64>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let keys: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    write::<E, M>(tx, rows, Some(OnConflict::columns(keys).do_nothing().to_owned())).await
}

/// Returns how many rows were written.
async fn write<E, M>(tx: &Tx, rows: Vec<M>, rule: Option<OnConflict>) -> Result<u64>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let mut rows = rows.into_iter();
    let mut written = 0;
    while rows.len() > 0 {
        let size = ROWS.into_iter().find(|size| *size <= rows.len()).unwrap_or(1);
        let chunk: Vec<E::ActiveModel> =
            rows.by_ref().take(size).map(IntoActiveModel::into_active_model).collect();
        let mut insert = E::insert_many(chunk);
        if let Some(rule) = &rule {
            insert = insert.on_conflict(rule.clone());
        }
        written += insert.exec_without_returning(tx).await?;
    }
    Ok(written)
}
