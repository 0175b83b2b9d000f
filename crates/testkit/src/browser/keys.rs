//! Keys without a letter, for [`super::Browser::press`].

/// Goes to the next field, link or button.
pub const TAB: &str = "\u{E004}";
/// Follows a link, presses a button, sends a form.
pub const ENTER: &str = "\u{E007}";
/// Closes what is open.
pub const ESCAPE: &str = "\u{E00C}";
/// Ticks a box, presses a button.
pub const SPACE: &str = " ";
/// Moves down in a list.
pub const DOWN: &str = "\u{E015}";
