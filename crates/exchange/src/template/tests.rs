use std::collections::BTreeSet;

use domain::prose::{Block, Run, words};
use domain::reference::catalogues::{MESSAGE_RECOURSE, ORIENTATION_DECISION, message, shared_text as shared};

use super::*;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn no_partial(_: &str) -> Option<&'static str> {
    None
}

/// Every name that a template asks for.
fn asked(nodes: &[Node], names: &mut BTreeSet<String>) {
    for node in nodes {
        match node {
            Node::Words(_) => {}
            Node::Value(name) => drop(names.insert(name.clone())),
            Node::Part { name, inner, .. } => {
                names.insert(name.clone());
                asked(inner, names);
            }
            Node::Partial(name) => asked(&Template::read(shared(name).unwrap()).unwrap().0, names),
        }
    }
}

/// Fills a template with its own names, after having seen that each of them is asked for.
fn whole(template: &Template) -> Vec<Piece> {
    let mut names = BTreeSet::new();
    asked(&template.0, &mut names);
    let names: Vec<&'static str> = names.into_iter().map(|name| &*name.leak()).collect();
    let all: Values = names.iter().map(|name| (*name, text(name))).collect();
    for name in &names {
        let mut without = all.clone();
        without.remove(name);
        assert_eq!(template.fill(&without, &shared), Err(TemplateError::Missing((*name).to_owned())));
    }
    let none: Values = names.iter().map(|name| (*name, text(""))).collect();
    assert!(names.is_empty() || template.fill(&none, &shared).is_err(), "an empty place is refused");
    template.fill(&all, &shared).unwrap()
}

#[test]
fn every_section_of_the_decision_is_read_filled_and_misses_nothing() {
    let message = Message::read(message(ORIENTATION_DECISION).unwrap()).unwrap();
    assert_eq!(
        (message.head.code.as_str(), message.head.recourse.as_str()),
        ("orientation-decision", "rapo")
    );
    let names: Vec<&str> = message.names().collect();
    let expected = [
        "email.fr.subject",
        "email.fr",
        "sms.fr",
        "letter.fr",
        "email.en.subject",
        "email.en",
        "sms.en",
        "letter.en",
    ];
    assert_eq!(names, expected);
    for name in names {
        let set = blocks(&whole(&message.section(name).unwrap()));
        assert!(!set.is_empty() && !format!("{set:?}").contains("{{"), "{name}: {set:?}");
    }
}

#[test]
fn every_way_of_recourse_is_read_as_steps_or_points() {
    for (name, numbered) in
        [("rapo.fr", true), ("rapo.en", true), ("ordinary.fr", false), ("ordinary.en", false)]
    {
        let set = blocks(&whole(&section_of(MESSAGE_RECOURSE, name).unwrap()));
        let [Block::Paragraph(_), Block::List { numbered: found, items }, Block::Paragraph(_)] = &set[..]
        else {
            panic!("{name}: {set:?}");
        };
        assert_eq!((*found, items.len()), (numbered, 2));
        assert!(!words(&items[0]).starts_with(['1', '-']));
    }
}

#[test]
fn the_top_of_a_letter_is_sender_person_date_and_reference_in_this_order() {
    for (top, parts) in [("letter-header.fr", 4), ("letter-header.en", 5)] {
        let top = shared(top).unwrap();
        let set = blocks(&whole(&Template::read(top.trim()).unwrap()));
        assert_eq!(set.len(), parts);
        let first = |block: &Block| match block {
            Block::Paragraph(lines) => words(&lines[0]),
            other => panic!("{other:?}"),
        };
        assert_eq!(first(&set[0]), "sender.name");
        assert_eq!(first(&set[1]), "person.full_name");
        assert!(first(&set[2]).starts_with("document.place,"));
        assert!(first(&set[3]).ends_with("document.reference"));
    }
}

#[test]
fn a_value_is_never_markup_and_its_lines_are_lines() {
    let template = Template::read("**Pourquoi ?** {{why}}\nFin.").unwrap();
    let values = Values::from([("why", text("**gras** {{x}}\n\n1. un\n- deux"))]);
    let run = |text: &str, strong| Run { text: text.to_owned(), strong, soft: false };
    let set = blocks(&template.fill(&values, &no_partial).unwrap());
    let expected = vec![
        vec![run("Pourquoi ?", true), run(" ", false), run("**gras** {{x}}", false)],
        vec![run("1. un", false)],
        vec![run("- deux", false)],
        vec![run("Fin.", false)],
    ];
    assert_eq!(set, [Block::Paragraph(expected)]);
}

#[test]
fn parts_are_said_when_they_are_there_and_otherwise_when_not() {
    let template = Template::read("{{#at}}Le {{at}}.{{/at}}{{^at}}Plus tard.{{/at}}").unwrap();
    let said = |value| template.fill(&Values::from([("at", value)]), &no_partial).unwrap();
    assert_eq!(said(text("")), [Piece::Words("Plus tard.".to_owned())]);
    assert_eq!(said(text("3 mai"))[1], Piece::Value("3 mai".to_owned()));
    assert_eq!(
        template.fill(&Values::from([("at", Value::Flag(true))]), &no_partial),
        Err(TemplateError::Missing("at".to_owned())),
        "a flag has no words"
    );
}

#[test]
fn a_template_that_is_not_whole_is_told() {
    let read = |text: &str| Template::read(text).unwrap_err();
    assert_eq!(read("{{#a}}x"), TemplateError::Unbalanced("a".to_owned()));
    assert_eq!(read("{{#a}}{{/b}}"), TemplateError::Unbalanced("b".to_owned()));
    assert_eq!(read("x{{/a}}"), TemplateError::Unbalanced("a".to_owned()));
    assert_eq!(read("{{a"), TemplateError::Unclosed);
    let unknown = Template::read("{{> nowhere}}").unwrap();
    assert_eq!(unknown.fill(&Values::new(), &no_partial), Err(TemplateError::Partial("nowhere".to_owned())));
    let endless = Template::read("{{> again}}").unwrap();
    let again = |_: &str| Some("{{> again}}");
    assert_eq!(endless.fill(&Values::new(), &again), Err(TemplateError::Partial("again".to_owned())));
    assert!(matches!(Message::read("## letter.fr"), Err(TemplateError::Head(_))));
    assert!(matches!(Message::read("+++\ncode = 1\n+++\n"), Err(TemplateError::Head(_))));
    let message = Message::read(message(ORIENTATION_DECISION).unwrap()).unwrap();
    assert_eq!(message.section("fax.fr"), Err(TemplateError::Section("fax.fr".to_owned())));
}
