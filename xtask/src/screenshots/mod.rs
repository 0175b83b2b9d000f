//! `cargo xtask screenshots`: every page of the demo, in each of its states, for review; and the pictures of the guide.

mod files;
mod meetings;
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

/// The pictures of `docs/guide`: at which width, how much of their top.
const GUIDE: [(&str, u32, u32); 17] = [
    ("a-orienter", 1280, 900),
    ("appels", 1280, 610),
    ("bilan", 1280, 900),
    ("choisir-son-heure", 360, 780),
    ("colonnes", 1280, 900),
    ("demain", 1280, 620),
    ("fichiers", 1280, 900),
    ("joindre", 1280, 900),
    ("mentions", 1280, 900),
    ("messages", 1280, 700),
    ("personne", 1280, 800),
    ("rapprochement", 1280, 900),
    ("rapprochements", 1280, 900),
    ("retards", 1280, 700),
    ("sms", 1280, 500),
    ("territoires", 1280, 900),
    ("vague", 1280, 900),
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
    /// Only a part of the tour: public, operator, lead, others, officer, meetings (may come again)
    #[arg(long)]
    part: Vec<String>,
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
    // A picture of an earlier tour is not one of this tour.
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let files = files::make(&program, data.path(), &options.department)?;
    let camera = Camera {
        folder: folder.clone(),
        base: format!("{}/{}", server.url, options.department),
        server: server.url.clone(),
        department: options.department.clone(),
        outbox: data.path().join("demo/outbox"),
    };
    tour::all(&camera, &files, &options.part)?;
    if options.guide {
        for (name, width, _) in GUIDE {
            let taken = camera.first_screen(name);
            if taken.exists() {
                std::fs::copy(taken, root().join(format!("docs/guide/{name}-{width}.png")))?;
            }
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
    /// Where the letters of the demo are.
    outbox: PathBuf,
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
            if let Some((_, _, height)) = GUIDE.iter().find(|one| (one.0, one.1) == (name, width)) {
                std::fs::write(self.first_screen(name), browser.top(width, *height)?)?;
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
