//! How wide the page is, and pictures of it.

use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

use super::{Browser, PATIENCE};
use crate::process::Failure;

impl Browser {
    /// Makes the visible part of the page `width` pixels wide and as high as a usual screen. The window itself cannot be
    /// narrower than about 500 pixels, so the size is emulated as the developer tools do.
    ///
    /// # Errors
    /// When the browser does not answer, or the page has not that width within 20 seconds.
    pub fn set_width(&self, width: u32) -> Result<(), Failure> {
        let height = if width < 600 { 780 } else { 900 };
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.developer("Emulation.setDeviceMetricsOverride", &size)?;
        // The order is acknowledged before the page is laid out anew: what is measured next would be of either width.
        let start = Instant::now();
        while self.widths()?.1 != i64::from(width) {
            if start.elapsed() > PATIENCE {
                return Err(format!("{} is not {width} pixels wide", self.url()?).into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// A PNG of the whole page, also of what must be scrolled to.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn screenshot(&self) -> Result<Vec<u8>, Failure> {
        self.picture(&json!({ "captureBeyondViewport": true }))
    }

    /// A PNG of the top of the page, so wide and so high.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn top(&self, width: u32, height: u32) -> Result<Vec<u8>, Failure> {
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        self.picture(&json!({ "clip": clip }))
    }

    fn picture(&self, of: &Value) -> Result<Vec<u8>, Failure> {
        let shot = self.developer("Page.captureScreenshot", of)?;
        let text = shot.get("data").and_then(Value::as_str).ok_or("no picture")?;
        Ok(base64::engine::general_purpose::STANDARD.decode(text)?)
    }

    /// How many pixels of the page stick out at the right: 0 on a page that fits its width.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn overflow(&self) -> Result<i64, Failure> {
        self.widths().map(|(content, seen)| content - seen)
    }

    /// The width of the page and of what is seen of it. Asked of the browser and not of a script, so that a page without any
    /// can be judged too.
    fn widths(&self) -> Result<(i64, i64), Failure> {
        let metrics = self.developer("Page.getLayoutMetrics", &json!({}))?;
        let width = |of: &str, name: &str| metrics.get(of).and_then(|m| m.get(name)).and_then(Value::as_i64);
        let both = width("cssContentSize", "width").zip(width("cssLayoutViewport", "clientWidth"));
        Ok(both.ok_or("the width is not a number")?)
    }
}
