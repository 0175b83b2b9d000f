//! `cargo xtask screenshots`: what each role sees in the demo, for review.

use std::path::{Path, PathBuf};
use std::time::Duration;

use testkit::browser::{Browser, Scripts};
use testkit::process::Server;

use crate::declic::{Profile, build};
use crate::shell::{BROWSER, Outcome, require, root};
use crate::visitor::log_in;

/// Widths of the pictures, in pixels: a desk and a telephone.
const WIDTHS: [u32; 2] = [1280, 360];

/// Pages anybody may open.
const PUBLIC: [&str; 4] = ["connexion", "public/offres", "public/deposer", "public/accessibilite"];

/// What to take pictures of.
#[derive(clap::Args)]
pub struct Options {
    /// Where the pictures go
    #[arg(default_value = "target/screenshots")]
    folder: PathBuf,
    /// Département of the demo
    #[arg(long, default_value = "45")]
    department: String,
    /// Roles whose pages are taken; again for each
    #[arg(long = "role", default_values = ["operator", "social_referent", "job_coach", "team_lead", "manager", "admin"])]
    roles: Vec<String>,
    /// A page to take besides those of the navigation, as `/45/personnes?state=to_orient`; again for each
    #[arg(long = "page")]
    pages: Vec<String>,
}

/// Takes the public pages, then for each role all that its navigation offers and the first person of its list.
///
/// # Errors
/// When the demo or the browser does not start, or a page cannot be opened.
pub fn run(options: &Options) -> Outcome {
    require(&[BROWSER])?;
    let program = build(Profile::Dev)?;
    let data = tempfile::tempdir()?;
    let data_path = data.path().join("demo").display().to_string();
    let server = Server::start(&program, &["demo", "--data", &data_path], Duration::from_mins(5))?;
    let folder = root().join(&options.folder);
    std::fs::create_dir_all(&folder)?;
    let department = &options.department;
    let visitor = Browser::start(Scripts::On)?;
    for page in PUBLIC {
        take(&visitor, &format!("{}/{department}/{page}", server.url), &folder, "public")?;
    }
    for role in &options.roles {
        let browser = Browser::start(Scripts::On)?;
        log_in(&browser, &server.url, department, &format!("{role}@{department}.demo.test"), "demo")?;
        let mut pages = vec![browser.url()?];
        pages.extend(browser.addresses("nav a[href]")?);
        pages.extend(options.pages.iter().map(|page| format!("{}{page}", server.url)));
        pages.retain(|page| page.starts_with(&server.url) && !page.contains("/deconnexion"));
        pages.sort();
        pages.dedup();
        let mut person = None;
        for page in &pages {
            take(&browser, page, &folder, role)?;
            let people =
                browser.addresses("main table a[href*='/personnes/'], main li a[href*='/personnes/']")?;
            person = person.or_else(|| people.into_iter().next());
        }
        if let Some(person) = person {
            take_as(&browser, &person, &folder, &format!("{role}-personne"))?;
        }
    }
    println!("{}", folder.display());
    Ok(())
}

/// A picture named after the role and the address.
fn take(browser: &Browser, url: &str, folder: &Path, role: &str) -> Outcome {
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    let slug: String = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    take_as(browser, url, folder, &format!("{role}-{}", slug.trim_matches('-')))
}

/// Pictures at both widths, and a line for what a reviewer should look at first.
fn take_as(browser: &Browser, url: &str, folder: &Path, name: &str) -> Outcome {
    for width in WIDTHS {
        browser.set_width(width)?;
        browser.goto(url)?;
        std::fs::write(folder.join(format!("{name}-{width}.png")), browser.screenshot()?)?;
        let overflow = browser.overflow()?;
        if overflow > 0 {
            println!("{name}: {overflow} pixels stick out at {width}");
        }
    }
    for violation in browser.axe()? {
        println!("{name}: {violation}");
    }
    Ok(())
}
