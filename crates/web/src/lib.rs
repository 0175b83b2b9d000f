//! Pages and API of Déclic: which URL, which page.

pub mod assets;
pub mod format;
pub mod i18n;
pub mod view;
