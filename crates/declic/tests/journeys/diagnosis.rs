//! Two browsers on one diagnosis: what each writes is kept, what both wrote at the same place is chosen; a network that is cut
//! takes nothing; and the same without JavaScript.

use testkit::browser::{Browser, Scripts};

use super::first::{Stage, accessible, demo};

fn enter(stage: &Stage, role: &str, scripts: Scripts) -> Browser {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "55", role);
    browser
}

fn sound(browser: &Browser, name: &str, scripts: Scripts) {
    browser.set_width(320).unwrap();
    assert_eq!(browser.overflow().unwrap(), 0, "{name} sticks out at 320 px");
    browser.set_width(1280).unwrap();
    if scripts == Scripts::On {
        accessible(browser, name);
    }
}

/// The diagnosis of somebody whom both follow and for whom none was begun; it is begun.
fn begun(stage: &Stage, browser: &Browser, other: &Browser) -> String {
    let theirs = |browser: &Browser| {
        browser.goto(&format!("{}/55/personnes", stage.server.url)).unwrap();
        browser.addresses(".dc-table tbody th a").unwrap()
    };
    let shared = theirs(other);
    for person in theirs(browser).into_iter().filter(|person| shared.contains(person)) {
        browser.goto(&format!("{person}/diagnostic")).unwrap();
        if browser.html().unwrap().contains("pas commencé") {
            browser.follow("form[action$='/diagnostic'] button").unwrap();
            return format!("{person}/diagnostic");
        }
    }
    panic!("everybody has a diagnosis");
}

#[test]
fn two_browsers_on_one_diagnosis_lose_nothing() {
    let stage = demo();
    for scripts in [Scripts::On, Scripts::Off] {
        let yann = enter(&stage, "social_referent", scripts);
        let gaelle = enter(&stage, "job_coach", scripts);
        let page = begun(&stage, &yann, &gaelle);
        let theme = format!("{page}/themes/MOB");
        yann.goto(&theme).unwrap();
        gaelle.goto(&theme).unwrap();
        sound(&gaelle, "theme", scripts);
        assert!(gaelle.html().unwrap().contains("est sur ce diagnostic"));
        let save = |browser: &Browser, field: &str| match scripts {
            // Leaving the field is enough: the page saves by itself, and says where it stands.
            Scripts::On => {
                browser.click("#theme-t").unwrap();
                browser.wait_for(&format!("#etat input[name='b-{field}'][value*='-']")).unwrap();
            }
            Scripts::Off => browser.follow("#theme div.dc-row button[type=submit].btn-primary").unwrap(),
        };
        // Two fields: nothing meets.
        yann.click("#f-impact-strong").unwrap();
        yann.fill("#f-strength", "Marche volontiers trente minutes").unwrap();
        save(&yann, "strength");
        gaelle.fill("#f-analysis", "Les postes demandent d’arriver à 7 h.").unwrap();
        save(&gaelle, "analysis");
        // One field, from the same page: both stay.
        yann.fill("#f-analysis", "Elle veut reprendre le volant, pas seule.").unwrap();
        if scripts == Scripts::On {
            yann.click("#theme-t").unwrap();
            yann.wait_for("#etat .dc-flash--soon").unwrap();
            yann.goto(&theme).unwrap();
        } else {
            save(&yann, "analysis");
        }
        sound(&yann, "conflict", scripts);
        let told = yann.text(".dc-versions").unwrap();
        assert!(told.contains("7 h") && told.contains("pas seule"), "{told}");
        assert!(yann.count("#f-impact-strong:checked").unwrap() == 1);
        yann.follow("button[value='analysis|tous']").unwrap();
        let kept = yann.html().unwrap();
        assert!(kept.contains("Les postes demandent") && kept.contains("pas seule."), "both are kept");
        gaelle.goto(&theme).unwrap();
        assert!(gaelle.html().unwrap().contains("Marche volontiers"));
        gaelle.goto(&format!("{page}/imprimer")).unwrap();
        sound(&gaelle, "for the person", scripts);
        gaelle.goto(&format!("{theme}/action")).unwrap();
        sound(&gaelle, "action", scripts);
    }
}

#[test]
fn a_network_that_is_cut_takes_nothing_that_was_typed() {
    let stage = demo();
    let yann = enter(&stage, "social_referent", Scripts::On);
    let page = begun(&stage, &yann, &yann);
    yann.goto(&format!("{page}/themes/LOG")).unwrap();
    yann.set_offline(true).unwrap();
    yann.fill("#f-says", "Le bail finit en juin.").unwrap();
    yann.click("#theme-t").unwrap();
    yann.click("#f-impact-low").unwrap();
    let typed = yann.execute("return document.querySelector('#f-says').value").unwrap();
    assert_eq!(typed.as_str(), Some("Le bail finit en juin."));
    yann.set_offline(false).unwrap();
    yann.follow("#theme div.dc-row button[type=submit].btn-primary").unwrap();
    yann.goto(&format!("{page}/themes/LOG")).unwrap();
    let kept = yann.execute("return document.querySelector('#f-says').value").unwrap();
    assert_eq!(kept.as_str(), Some("Le bail finit en juin."));
    assert_eq!(yann.count("#f-impact-low:checked").unwrap(), 1);
}
