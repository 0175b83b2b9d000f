//! Work, a training, a business: what came of the path, and the months after (`product.md` § 4.11).

pub mod outcome;
pub mod plan;
pub mod retention;
pub mod standing;
