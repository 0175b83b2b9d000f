//! `cargo xtask test`: every test, on both engines and in the browser.

use crate::declic::{Profile, build};
use crate::shell::{BROWSER, NODE, Outcome, POPPLER, POSTGRES, cargo, require, run};

/// Builds the program that integration tests start, starts one PostgreSQL for the run, then tests the workspace.
///
/// # Errors
/// When something is missing that cannot be installed, or a test fails.
pub fn run_tests(filters: &[String]) -> Outcome {
    require(&[POSTGRES, BROWSER, NODE, POPPLER])?;
    testkit::oidc::install()?;
    let program = build(Profile::Dev)?;
    let server = testkit::pg::Cluster::start()?;
    let mut command = cargo();
    // A failing crate does not hide what the next ones have to say.
    command.args(["test", "--workspace", "--no-fail-fast"]);
    if !filters.is_empty() {
        command.arg("--").args(filters);
    }
    run(command.env(testkit::pg::URL_VARIABLE, &server.url).env("DECLIC_BIN", program))
}
