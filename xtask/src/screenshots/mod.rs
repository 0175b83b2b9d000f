//! `cargo xtask screenshots`: every page of the demo, in each of its states, for review; and the pictures of the guide.

mod files;
mod tour;

use std::path::PathBuf;
use std::time::Duration;

use testkit::browser::{Browser, Scripts};
use testkit::process::Server;

use crate::declic::{Profile, build};
use crate::shell::{BROWSER, Outcome, require, root};

/// Widths of the pictures, in pixels: a desk and a telephone.
const WIDTHS: [u32; 2] = [1280, 360];

/// How long a demo may take to be made, on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_mins(10);

/// The pictures of `docs/guide`, at the width of a desk.
const GUIDE: [&str; 10] = [
    "a-orienter",
    "bilan",
    "colonnes",
    "fichiers",
    "joindre",
    "mentions",
    "personne",
    "rapprochement",
    "rapprochements",
    "territoires",
];

/// What to take pictures of.
#[derive(clap::Args)]
pub struct Options {
    /// Where the pictures go
    #[arg(default_value = "target/screenshots")]
    folder: PathBuf,
    /// Département of the demo
    #[arg(long, default_value = "55")]
    department: String,
    /// A program already built, instead of building it
    #[arg(long)]
    program: Option<PathBuf>,
    /// Puts the pictures of the guide into docs/guide too
    #[arg(long)]
    guide: bool,
}

/// Takes the tour.
///
/// # Errors
/// When the demo or the browser does not start, or a page cannot be opened.
pub fn run(options: &Options) -> Outcome {
    require(&[BROWSER])?;
    let program = match &options.program {
        Some(program) => program.clone(),
        None => build(Profile::Dev)?,
    };
    let data = tempfile::tempdir()?;
    let data_path = data.path().join("demo").display().to_string();
    let server = Server::start(&program, &["demo", "--people", "150", "--data", &data_path], PATIENCE)?;
    let folder = root().join(&options.folder);
    std::fs::create_dir_all(&folder)?;
    let files = files::make(&program, data.path(), &options.department)?;
    let camera = Camera {
        folder: folder.clone(),
        base: format!("{}/{}", server.url, options.department),
        server: server.url.clone(),
        department: options.department.clone(),
    };
    tour::all(&camera, &files)?;
    if options.guide {
        for name in GUIDE {
            std::fs::copy(camera.first_screen(name), root().join(format!("docs/guide/{name}-1280.png")))?;
        }
    }
    println!("{}", folder.display());
    Ok(())
}

/// Where pictures are taken of, and where they go.
struct Camera {
    folder: PathBuf,
    /// Address of the département.
    base: String,
    server: String,
    department: String,
}

impl Camera {
    /// A browser in which somebody of the demo is signed in.
    fn of(&self, role: &str) -> Outcome<Browser> {
        let browser = Browser::start(Scripts::On)?;
        let email = format!("{role}@{}.demo.test", self.department);
        crate::visitor::log_in(&browser, &self.server, &self.department, &email, "demo")?;
        Ok(browser)
    }

    /// Opens a page of the département and takes it.
    fn take(&self, browser: &Browser, name: &str, path: &str) -> Outcome {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.pictures(browser, name, || browser.goto(&url))
    }

    /// Takes the page that is open, as it is.
    fn take_here(&self, browser: &Browser, name: &str) -> Outcome {
        self.pictures(browser, name, || Ok(()))
    }

    /// Pictures at both widths, and a line for what a reviewer should look at first.
    fn pictures(&self, browser: &Browser, name: &str, open: impl Fn() -> Outcome) -> Outcome {
        for width in WIDTHS {
            browser.set_width(width)?;
            open()?;
            std::fs::write(self.file(name, width), browser.screenshot()?)?;
            if width == WIDTHS[0] && GUIDE.contains(&name) {
                std::fs::write(self.first_screen(name), browser.first_screen()?)?;
            }
            let overflow = browser.overflow()?;
            if overflow > 0 {
                println!("{name}: {overflow} pixels stick out at {width}");
            }
        }
        for violation in browser.axe()? {
            println!("{name}: {violation}");
        }
        browser.set_width(WIDTHS[0])?;
        Ok(())
    }

    fn file(&self, name: &str, width: u32) -> PathBuf {
        self.folder.join(format!("{name}-{width}.png"))
    }

    /// What a guide shows of a page: its top.
    fn first_screen(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}-haut.png"))
    }
}
