//! The screens without questions at the beginning: the opening, worry about another person, and the
//! way on for people under 18.

use super::contacts;
use super::parts::{Page, Part, Sheet};
use crate::state::{Action, Screen};
use island::Word;

/// What this is, what it is not, who sees it, how to leave.
pub const OPENING: &[Part] = &[
    Part::Heading(Word::OpenTitle),
    Part::Lead(Word::OpenLead),
    Part::Line(Word::OpenTime),
    Part::Note(Word::OpenEmergency, Word::LinkEmergency, Page::Emergency),
    Part::Title(Word::OpenNotTitle),
    Part::List(&[Word::OpenNotDiagnosis, Word::OpenNotValidated, Word::OpenNotMinors]),
    Part::Link(Word::LinkMethod, Page::Method),
    Part::Title(Word::OpenPrivateTitle),
    Part::List(&[Word::OpenPrivate, Word::OpenNotStored, Word::OpenTraces, Word::OpenLeave]),
    Part::IdleLimit,
    Part::Link(Word::LinkPrivacy, Page::Privacy),
    Part::Primary(Word::Start, Action::Enter(Screen::Age)),
    Part::Title(Word::OtherWaysTitle),
    Part::Secondary(Word::ForSomeoneElse, Action::Enter(Screen::Other)),
    Part::Secondary(Word::WithHelper, Action::Enter(Screen::Helper)),
];

/// For someone who is worried about another person: signs of danger, how to talk, where to go.
const OTHER: &[Part] = &[
    Part::Back(Word::Back),
    Part::Heading(Word::OtherTitle),
    Part::Lead(Word::OtherLead),
    Part::Emergency,
    Part::Title(Word::OtherTalkTitle),
    Part::List(&[
        Word::OtherTalkTime,
        Word::OtherTalkSee,
        Word::OtherTalkListen,
        Word::OtherTalkOffer,
        Word::OtherTalkNever,
    ]),
    Part::Line(Word::OtherGo),
    Part::Link(Word::LinkFamilies, Page::Families),
    Part::Suicide,
];

/// For people under 18: no questions, no band; information, routes and contacts.
const MINOR: &[Part] = &[
    Part::Back(Word::Back),
    Part::Heading(Word::MinorTitle),
    Part::Emergency,
    Part::Lead(Word::MinorLead),
    Part::Title(Word::MinorRoutesTitle),
    Part::List(&[Word::MinorRouteAdult, Word::MinorRouteClinic, Word::MinorRouteAsk]),
    Part::Suicide,
    Part::Section(Word::FamilyTitle, &[Word::FamilyText]),
    Part::Link(Word::LinkFamilies, Page::Families),
];

/// The screen of somebody who is worried about another person.
pub fn other(sheet: &mut Sheet) {
    with_contacts(sheet, OTHER);
}

/// The screen of people under 18.
pub fn minor(sheet: &mut Sheet) {
    with_contacts(sheet, MINOR);
}

fn with_contacts(sheet: &mut Sheet, parts: &[Part]) {
    sheet.draw(parts);
    contacts::contacts(sheet, None);
    sheet.draw(&[Part::Secondary(Word::Restart, Action::Restart)]);
}
