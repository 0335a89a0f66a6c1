//! Whatever the generator writes, the widget reads back; a broken text is refused, never a panic.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use island::{
    Answer, Area, BandRule, Contact, Hours, Island, Links, NationalLine, Office, Role, Rule, Span,
    Topic, Unit, Word, Words, Zone,
};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,12}", "[\\\\\t\n\r<>{} a-z]{0,12}"]
}

fn links() -> impl Strategy<Value = Links> {
    prop::collection::vec(text(), 6).prop_map(|texts| {
        let [home, emergency, privacy, finder, families, method]: [String; 6] =
            texts.try_into().unwrap();
        Links { home, emergency, privacy, finder, families, method }
    })
}

fn line() -> impl Strategy<Value = NationalLine> {
    let role = prop::sample::select(&Role::ALL[..]);
    (role, text(), text(), text(), text(), text(), text()).prop_map(
        |(role, name, kind, shown, href, site, note)| NationalLine {
            name,
            role,
            kind,
            shown,
            href,
            site,
            note,
        },
    )
}

fn contact() -> impl Strategy<Value = Contact> {
    let role = prop::option::of(prop::sample::select(&Role::ALL[..]));
    (role, text(), text(), text(), text()).prop_map(|(role, label, shown, href, note)| Contact {
        role,
        label,
        shown,
        href,
        note,
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let band =
        (text(), prop::collection::vec(text(), 0..3)).prop_map(|(text, to)| BandRule { text, to });
    (prop::array::uniform3(band), text()).prop_map(|(bands, note)| Rule { bands, note })
}

fn hours() -> impl Strategy<Value = Hours> {
    let span = (0_u16..1440, 1_u16..=1440)
        .prop_map(|(from, minutes)| Span::new(from, from + minutes).unwrap());
    let zone = prop::sample::select(&Zone::ALL[..]);
    (zone, prop::array::uniform7(prop::option::of(span)), text())
        .prop_map(|(zone, days, note)| Hours { zone, days, note })
}

fn answer() -> impl Strategy<Value = Answer> {
    (prop::sample::select(&Topic::ALL[..]), text(), text()).prop_map(|(topic, text, note)| Answer {
        topic,
        text,
        note,
    })
}

fn office() -> impl Strategy<Value = Office> {
    let codes = prop::collection::vec("[0-9]{2}(\\.[0-9]{2})?", 0..3);
    let contacts = prop::collection::vec(contact(), 0..3);
    let (rule, hours) = (prop::option::of(rule()), prop::option::of(hours()));
    let answers = prop::collection::vec(answer(), 0..3);
    (text(), codes, contacts, rule, hours, answers).prop_map(
        |(name, serves, contacts, rule, hours, answers)| Office {
            name,
            serves,
            contacts,
            rule,
            hours,
            answers,
        },
    )
}

fn unit() -> impl Strategy<Value = Unit> {
    let contacts = prop::collection::vec(contact(), 0..2);
    (text(), text(), text(), text(), contacts).prop_map(
        |(name, district, regency, status, contacts)| Unit {
            name,
            district,
            regency,
            office: 0,
            status,
            contacts,
        },
    )
}

fn island() -> impl Strategy<Value = Island> {
    let area = (text(), text()).prop_map(|(code, name)| Area { code, name });
    (
        prop::collection::vec(text(), Word::ALL.len()),
        links(),
        prop::collection::vec(line(), 0..4),
        prop::collection::vec(area, 0..4),
        prop::collection::vec(office(), 1..4),
        prop::collection::vec(unit(), 0..4),
        prop::collection::vec(text(), 0..4),
    )
        .prop_map(|(words, links, national, areas, offices, units, topics)| Island {
            words: Words::from_texts(words).unwrap(),
            links,
            national,
            areas,
            offices,
            units,
            topics,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reads_what_it_wrote(island in island()) {
        let text = island.to_text();
        prop_assert!(!text.contains('<'));
        prop_assert_eq!(Island::from_text(&text), Ok(island));
    }

    #[test]
    fn refuses_or_reads_anything(text in "([wnaoucrblkxdths]\t[a-z\\\\\t]{0,8}\n?){0,8}") {
        let _ = Island::from_text(&text);
    }
}

#[test]
fn names_the_line_that_does_not_fit() {
    let good = Island::default().to_text();
    let lines = good.lines().count();
    let broken = Island::from_text(&[good.as_str(), "?\tsesuatu\n"].concat()).unwrap_err();
    assert_eq!(broken.line, lines + 1);
}

#[test]
fn refuses_a_unit_without_its_office() {
    let island = Island { units: vec![Unit { office: 3, ..Unit::default() }], ..Island::default() };
    assert!(Island::from_text(&island.to_text()).is_err());
}

#[test]
fn refuses_hours_and_answers_that_do_not_fit() {
    let reads = |record: &str| {
        let good = Island { offices: vec![Office::default()], ..Island::default() }.to_text();
        Island::from_text(&[good.as_str(), record, "\n"].concat())
    };
    let week = "480-960 480-960 480-960 480-960 1200-1680 0-1440 -";
    let hours = reads(&["h\tWITA\t", week, "\tcatatan"].concat()).unwrap().offices.remove(0).hours;
    let hours = hours.unwrap();
    assert_eq!((hours.zone, hours.note.as_str()), (Zone::Wita, "catatan"));
    assert_eq!((hours.days[4], hours.days[6]), (Span::new(1200, 1680), None));
    for broken in [
        "h\tWITA\t480-960\tterlalu pendek",
        "h\tGMT\t- - - - - - -\t",
        "h\tWIB\t- - - - - - - -\tterlalu panjang",
        "h\tWIB\t960-480 - - - - - -\t",
        "h\tWIB\t480- - - - - - -\t",
        "h\tWIB\t- - - - - - -",
        "s\t99\tteks\tcatatan",
        "s\t0\tteks",
        "d\thari",
    ] {
        assert!(reads(broken).is_err(), "{broken}");
    }
}

#[test]
fn an_answer_is_found_by_its_topic() {
    let answers = vec![Answer { topic: Topic::Cost, text: "Gratis.".into(), note: String::new() }];
    let office = Office { answers, ..Office::default() };
    assert_eq!(office.answer(Topic::Cost).unwrap().text, "Gratis.");
    assert_eq!(office.answer(Topic::Papers), None);
    let topics = Topic::ALL.map(|topic| topic.key().to_uppercase()).into();
    let island = Island { topics, ..Island::default() };
    assert_eq!(island.topic(Topic::Recorded), "DICATAT");
    assert_eq!(Island::default().topic(Topic::Recorded), "");
}

#[test]
fn knows_what_a_number_is_for() {
    let contact = |href: &str, role| Contact { href: href.into(), role, ..Contact::default() };
    let number = contact("tel:119", Some(Role::Mixed));
    assert!(number.is_call_for(Role::Mixed) && !number.is_call_for(Role::Care));
    assert!(!contact("", Some(Role::Mixed)).is_call_for(Role::Mixed), "no link, no call");
    assert!(
        Role::ALL.is_sorted()
            && Role::ALL.map(Role::key).map(Role::from_key) == Role::ALL.map(Some)
    );
}

#[test]
fn finds_the_nearest_offices_first() {
    let office = |name: &str, serves: &[&str]| Office {
        name: name.into(),
        serves: serves.iter().map(|code| (*code).into()).collect(),
        ..Office::default()
    };
    let offices = vec![office("BNNP", &["31"]), office("BNNK", &["31.72", "31.01"])];
    let island = Island { offices, ..Island::default() };
    let names = |code| -> Vec<_> { island.offices_serving(code).map(|o| o.name.clone()).collect() };
    assert_eq!(names("31.72"), ["BNNK", "BNNP"]);
    assert_eq!(names("31.71"), ["BNNP"]);
    assert_eq!(names("31"), ["BNNP"]);
    assert!(names("74.05").is_empty());
}
