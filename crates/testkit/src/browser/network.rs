//! A network that is cut.

use serde_json::json;

use super::Browser;
use crate::process::Failure;

impl Browser {
    /// Cuts the network of this browser, or gives it back.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn set_offline(&self, offline: bool) -> Result<(), Failure> {
        self.developer("Network.enable", &json!({}))?;
        let terms =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.developer("Network.emulateNetworkConditions", &terms).map(drop)
    }
}
