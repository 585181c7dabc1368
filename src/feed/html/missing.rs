//! The page for what cannot be shown: no such address, a story that was withdrawn, a fault of ours.

use super::Setting;

/// The page that goes out with this status: 404, 410, or any other.
#[must_use]
pub fn missing(status: u16, setting: Setting) -> String {
    let _ = (status, setting);
    String::new()
}
