//! What a page costs: CPU per request, 99th percentile and memory, under eight visitors at once.

use std::process::Command;
use std::time::{Duration, Instant};

use testkit::browser::{Browser, Scripts};
use testkit::process::Server;

use crate::declic::{DEPARTMENT, Declic, Month, Profile, build, generate};
use crate::measure::{cpu_ms, memory_kib};
use crate::shell::{BROWSER, Outcome, WRK, output, require};
use crate::visitor::accept;

const EMAIL: &str = "mesure@declic.test";
const PASSWORD: &str = "trois vaches bleues sous la pluie du soir";

/// A list as it opens, filtered, of everybody; a word that names hundreds of people, then two.
const PAGES: [&str; 5] = [
    "/45/orientation",
    "/45/orientation?territoire=orleans&famille=seul",
    "/45/personnes",
    "/45/recherche?q=martin",
    "/45/recherche?q=marie+martin",
];

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Households in the département; again for each size
    #[arg(long, default_values_t = [16_000, 60_000])]
    households: Vec<u32>,
    /// Role of the visitor
    #[arg(long, default_value = "team_lead")]
    role: String,
    /// Address to measure; again for each. The first lists people: the page of one of them is measured too
    #[arg(long = "page", default_values = PAGES)]
    pages: Vec<String>,
    /// Seconds of load on each page
    #[arg(long, default_value_t = 5)]
    seconds: u32,
}

/// Prints one row per page and size.
///
/// # Errors
/// When something cannot be installed, built or started, or the visitor is not let in.
pub fn run(options: &Options) -> Outcome {
    require(&[WRK, BROWSER])?;
    let program = build(Profile::Release)?;
    for households in &options.households {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("month.xml");
        generate(&program, &Month { households: *households, name: "2026-10", drift_percent: 0 }, &file)?;
        let declic = Declic::prepare(&program, &folder.path().join("bench_pages"), None)?;
        output(&mut declic.import(&file))?;
        let person = ["user", "add", "--email", EMAIL, "--name", "Mesure", "--role", &options.role];
        let invitation = output(&mut declic.on_department(&person))?;
        println!("\n{households} households, role {}, wrk -t2 -c8 -d{}s", options.role, options.seconds);
        visit(options, &declic, &invitation)?;
    }
    Ok(())
}

/// Starts the server, lets the visitor in, then loads each page.
fn visit(options: &Options, declic: &Declic, invitation: &str) -> Outcome {
    let start = Instant::now();
    let server =
        Server::start(&declic.program, &["serve", "--config", &declic.config], Duration::from_mins(1))?;
    let memory = memory_kib(server.pid(), "VmRSS").unwrap_or_default() / 1024;
    println!("ready in {} ms (looked at every 20), {memory} MiB", start.elapsed().as_millis());
    let path = link(invitation).ok_or("declic user add printed no link")?;
    let browser = Browser::start(Scripts::On)?;
    accept(&browser, &server.url, DEPARTMENT, &format!("{}{path}", server.url), EMAIL, PASSWORD)?;
    let mut pages: Vec<String> = options.pages.iter().map(|page| format!("{}{page}", server.url)).collect();
    if let Some(list) = pages.first() {
        browser.goto(list)?;
        pages.extend(browser.addresses("main a[href*='/personnes/']")?.into_iter().take(1));
    }
    let cookie = browser.cookie()?;
    println!("{:<50} {:>8} {:>9} {:>12} {:>10} {:>8}", "", "kB", "requests", "CPU ms each", "p99", "RSS MiB");
    for page in pages {
        browser.goto(&page)?;
        if browser.url()? != page {
            println!("{page}: leads to {}, not measured", browser.url()?);
            continue;
        }
        let kilobytes = browser.html()?.len() / 1000;
        let before = cpu_ms(server.pid()).ok_or("the server has ended")?;
        let load = load(&page, &cookie, options.seconds)?;
        let spent = cpu_ms(server.pid()).ok_or("the server has ended")? - before;
        let each = f64::from(u32::try_from(spent)?) / f64::from(load.requests.max(1));
        let memory = memory_kib(server.pid(), "VmRSS").unwrap_or_default() / 1024;
        let shown = page.strip_prefix(&server.url).unwrap_or(&page);
        println!(
            "{shown:<50} {kilobytes:>8} {:>9} {each:>12.3} {:>10} {memory:>8}{}",
            load.requests, load.p99, load.refused
        );
    }
    Ok(())
}

/// The path of the first address in what `user add` printed: the server listens elsewhere than its public address.
fn link(text: &str) -> Option<&str> {
    let url = text.split_whitespace().find(|word| word.starts_with("http"))?;
    let host = url.split_once("://")?.1;
    host.get(host.find('/')?..)
}

/// What `wrk` tells.
#[derive(Debug, PartialEq, Eq)]
struct Load {
    requests: u32,
    p99: String,
    /// Empty, or a note that some answers were not those of a page.
    refused: String,
}

fn load(url: &str, cookie: &str, seconds: u32) -> Outcome<Load> {
    let mut command = Command::new("wrk");
    command.args([
        "-t2",
        "-c8",
        &format!("-d{seconds}s"),
        "--latency",
        "-H",
        &format!("Cookie: {cookie}"),
        url,
    ]);
    let text = output(&mut command)?;
    read(&text).ok_or_else(|| format!("wrk printed something else: {text}").into())
}

fn read(text: &str) -> Option<Load> {
    let line = |part: &str| text.lines().map(str::trim).find(|line| line.contains(part));
    Some(Load {
        requests: line(" requests in ")?.split_whitespace().next()?.parse().ok()?,
        p99: line("99%")?.split_whitespace().nth(1)?.to_owned(),
        refused: line("Non-2xx").map(|line| format!("  {line}")).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_wrk_are_read() {
        let text = "  Latency Distribution\n     50%    1.09ms\n     99%    3.21ms\n  48211 requests in 5.10s, 5.2GB read\n";
        let expected = Load { requests: 48_211, p99: "3.21ms".into(), refused: String::new() };
        assert_eq!(read(text), Some(expected));
    }

    #[test]
    fn the_link_keeps_its_path_only() {
        assert_eq!(link("Lien :\nhttps://declic.loiret.fr/45/invitation/abc\n"), Some("/45/invitation/abc"));
        assert_eq!(link("rien"), None);
    }
}
