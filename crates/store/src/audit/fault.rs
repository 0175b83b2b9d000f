//! What is wrong with a journal, in French.

/// The first thing that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A row that is changed, missing, added or out of order.
    #[error("la ligne {number}{} a été changée, ajoutée, déplacée ou enlevée", within(*block))]
    Row {
        /// The first row that is not what was written.
        number: i64,
        /// The sealed block it belongs to; `None` after the last one.
        block: Option<i64>,
    },
    /// A block that is changed, missing, added or out of order, or rows that are no longer those it sealed.
    #[error("le bloc {0} n’est plus celui qui a été scellé, ou il a été enlevé")]
    Block(i64),
    /// The block was sealed with a key that the secret in use does not hold.
    #[error("le bloc {0} a été scellé avec une clé que ce secret ne connaît pas")]
    Key(i64),
    /// The rows of a block are gone, or said to be, without a stub of our making.
    #[error("les lignes du bloc {0} ne sont pas parties par expiration : son talon n’est pas valable")]
    Stub(i64),
    /// The end of the journal was changed: its seal does not hold.
    #[error(
        "la fin du journal, à partir de la ligne {0}, a été changée ou coupée : son sceau n’est pas valable"
    )]
    Head(i64),
    /// A block does not have the seal that was noted elsewhere: the whole journal was put back to an older state.
    #[error("le bloc {0} ne porte pas le sceau attendu : le journal a été ramené à un état plus ancien")]
    Expected(i64),
}

fn within(block: Option<i64>) -> String {
    block.map_or_else(|| " (pas encore scellée)".to_owned(), |block| format!(" (bloc {block})"))
}
