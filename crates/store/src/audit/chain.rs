//! How rows are chained.

use crate::audit::{JournalLine, JournalRow};
use crate::crypto::sha256;
use crate::entity::journal;

/// What the first row is chained to.
pub(super) const GENESIS: [u8; 32] = [0; 32];

/// A walk along the chain: the last row that held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Walk {
    /// Its number; 0 before the first.
    pub number: i64,
    /// Its hash.
    pub hash: Vec<u8>,
}

impl Walk {
    /// Before the first row.
    pub fn start() -> Self {
        Self { number: 0, hash: GENESIS.to_vec() }
    }

    /// Steps on `model`; false, without a step, when it is not the row that follows.
    pub fn follow(&mut self, model: journal::Model) -> bool {
        let (stored, chained_to, detail) = (model.hash.clone(), model.previous.clone(), model.detail.clone());
        let line = line(model);
        let holds = line.number == self.number + 1
            && chained_to == self.hash
            && link(&self.hash, line.number, &line.row, &detail) == stored;
        if holds {
            self.number = line.number;
            self.hash = stored;
        }
        holds
    }
}

/// The hash of a row: what came before, then every field, each preceded by its length and absent ones told apart.
pub(super) fn link(previous: &[u8], number: i64, row: &JournalRow, detail: &str) -> Vec<u8> {
    fn present(value: Option<&[u8]>) -> [&[u8]; 2] {
        value.map_or([b"0", b""], |bytes| [b"1", bytes])
    }
    let (number, at) = (number.to_le_bytes(), row.at.timestamp_micros().to_le_bytes());
    let [a, actor_id] = present(row.actor_id.as_ref().map(|id| id.as_bytes().as_slice()));
    let [b, person_id] = present(row.person_id.as_ref().map(|id| id.as_bytes().as_slice()));
    let [c, object] = present(row.object.as_deref().map(str::as_bytes));
    let [d, reason] = present(row.reason.as_deref().map(str::as_bytes));
    sha256(&[
        previous,
        &number,
        &at,
        row.actor_kind.as_bytes(),
        a,
        actor_id,
        row.actor_name.as_bytes(),
        row.role.as_bytes(),
        row.act.as_bytes(),
        b,
        person_id,
        c,
        object,
        d,
        reason,
        detail.as_bytes(),
    ])
}

/// A row as the rest of the program reads it.
pub(super) fn line(model: journal::Model) -> JournalLine {
    JournalLine {
        number: model.number,
        row: JournalRow {
            at: model.at,
            actor_kind: model.actor_kind,
            actor_id: model.actor_id,
            actor_name: model.actor_name,
            role: model.role,
            act: model.act,
            person_id: model.person_id,
            object: model.object,
            reason: model.reason,
            detail: serde_json::from_str(&model.detail).unwrap_or_default(),
        },
    }
}
