//! How many values are under which keys, and whether each can be read.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use uuid::Uuid;

use super::rotate::{all, load};
use super::{SEALED, SealedColumn};
use crate::crypto::{HEADER, KeyId};
use crate::db::Db;
use crate::error::Result;

/// The values of a sealed column, by the keys that sealed them.
#[derive(Debug, Clone)]
pub struct ColumnStatus {
    /// The column.
    pub column: &'static SealedColumn,
    /// How many values under each key; `None` = sealed before keys had names.
    pub keys: Vec<(Option<KeyId>, u64)>,
}

/// How many values are under which keys.
///
/// # Errors
/// When the database does not answer.
pub async fn remaining(db: &Db) -> Result<Vec<ColumnStatus>> {
    let mut found = Vec::new();
    for column in &SEALED {
        let header = Expr::cust(format!("substr({}, 1, {HEADER})", column.sealed));
        let query = Query::select()
            .expr_as(header, Alias::new("header"))
            .expr_as(Expr::cust("COUNT(*)"), Alias::new("n"))
            .from(Alias::new(column.table))
            .and_where(Expr::col(Alias::new(column.sealed)).is_not_null())
            .group_by_col(Alias::new("header"))
            .to_owned();
        let statement = db.read().get_database_backend().build(&query);
        let mut keys: Vec<(Option<KeyId>, u64)> = Vec::new();
        for row in db.read().query_all_raw(statement).await? {
            let (key, count) = counted(&row)?;
            match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, sum)) => *sum += count,
                None => keys.push((key, count)),
            }
        }
        keys.sort();
        found.push(ColumnStatus { column, keys });
    }
    Ok(found)
}

fn counted(row: &QueryResult) -> Result<(Option<KeyId>, u64)> {
    let header: Vec<u8> = row.try_get("", "header")?;
    let count: i64 = row.try_get("", "n")?;
    Ok((KeyId::of_sealed(&header), u64::try_from(count).unwrap_or_default()))
}

/// The sealed values that no key of the ring opens: how many in each column that has some.
///
/// # Errors
/// When the database does not answer.
pub async fn unreadable(db: &Db) -> Result<Vec<(&'static SealedColumn, u64)>> {
    let mut found = Vec::new();
    for column in &SEALED {
        let (mut from, mut bad): (Option<Uuid>, u64) = (None, 0);
        loop {
            let mut query = all(column);
            if let (Some(from), Some(id)) = (from, column.key.first()) {
                query.and_where(Expr::col(Alias::new(*id)).gt(from));
            }
            let values = load(db.read(), column, query, None).await?;
            bad += values.iter().filter(|v| !v.is_readable(db.keys(), column)).count() as u64;
            match values.last() {
                Some(last) => from = Some(last.id()),
                None => break,
            }
        }
        if bad > 0 {
            found.push((column, bad));
        }
    }
    Ok(found)
}

/// Every column of bytes of the schema, by table and name: a check compares them with the two lists of this room.
///
/// # Errors
/// When the database does not answer.
pub async fn columns_of_bytes(db: &Db) -> Result<Vec<(String, String)>> {
    let sql = if db.is_postgres() {
        "SELECT table_name AS t, column_name AS c FROM information_schema.columns \
         WHERE table_schema = current_schema() AND data_type = 'bytea' ORDER BY 1, 2"
    } else {
        "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p \
         WHERE m.type = 'table' AND UPPER(p.type) LIKE '%BLOB%' ORDER BY 1, 2"
    };
    let rows = db.read().query_all_raw(Statement::from_string(db.read().get_database_backend(), sql)).await?;
    rows.iter().map(|row| Ok((row.try_get("", "t")?, row.try_get("", "c")?))).collect()
}
