//! A lead counts, then sends a wave of invitations; one is read in the outbox, and its link books, moves and cancels.

use std::path::Path;

use testkit::browser::{Browser, Scripts};

use super::first::demo;
use super::messages::invitation;

#[test]
fn a_wave_is_counted_sent_and_answered_by_a_link() {
    let stage = demo();
    let lead = Browser::start(Scripts::On).unwrap();
    stage.enter(&lead, "55", "team_lead");
    stage.open(&lead, "/55/orientation", Scripts::On);
    lead.follow_text("Inviter ces personnes").unwrap();
    stage.sound(&lead, "a new wave", Scripts::On);
    lead.follow("button[value=plan]").unwrap();
    assert!(lead.text("[role=status]").unwrap().contains("invitées maintenant"));
    stage.sound(&lead, "a wave counted", Scripts::On);
    lead.follow("button[value=send]").unwrap();
    assert!(lead.text(".dc-flash").unwrap().contains("La vague est partie"));
    stage.sound(&lead, "a wave", Scripts::On);
    let wave = lead.url().unwrap();
    // The demonstration has a wave of its own: the invitation that is read is one of this one.
    let invited = lead.texts("main .dc-lines__one a").unwrap();
    let text = invitation(&Path::new(&stage.data()).join("outbox"), &invited);
    let (_, link) = text.split_once("/55/r/").expect("a link");
    let token: String = link.chars().take_while(char::is_ascii_alphanumeric).collect();
    let telephone = Browser::start(Scripts::Off).unwrap();
    telephone.set_width(320).unwrap();
    telephone.goto(&format!("{}/55/r/{token}", stage.server.url)).unwrap();
    telephone.click("fieldset input[name=slot]").unwrap();
    telephone.follow("main form button.btn-primary").unwrap();
    assert!(telephone.text(".dc-flash").unwrap().contains("Votre rendez-vous est pris"));
    telephone.follow_text("Déplacer").unwrap();
    telephone.click("fieldset:last-of-type input[name=slot]").unwrap();
    telephone.follow("main form button.btn-primary").unwrap();
    assert!(telephone.text(".dc-flash").unwrap().contains("déplacé"));
    telephone.follow_text("Annuler").unwrap();
    telephone.follow("button.btn-danger").unwrap();
    assert!(telephone.text(".dc-flash").unwrap().contains("annulé"));
    lead.goto(&format!("{}/55/agenda/vagues", stage.server.url)).unwrap();
    stage.sound(&lead, "waves", Scripts::On);
    lead.goto(&wave).unwrap();
    assert!(lead.text("main").unwrap().contains("Invitée"));
}
