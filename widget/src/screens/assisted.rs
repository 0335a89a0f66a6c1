//! With an Agen Pemulihan: what they do, the phone to the client, and back again.

use super::parts::{Part, all, draw};
use super::{View, contacts};
use crate::state::{Action, Screen};
use island::Word;
use yew::Html;

/// What the Agen Pemulihan does, before the client takes the phone.
pub const HELPER: &[Part] = &[
    Part::Back(Word::Back),
    Part::Heading(Word::HelperTitle),
    Part::Lead(Word::HelperLead),
    Part::List(&[Word::HelperExplain, Word::HelperAsk, Word::HelperDistance, Word::HelperRead]),
    Part::Primary(Word::HelperReady, Action::Enter(Screen::HandOver)),
];

/// The phone goes to the client.
pub const HAND_OVER: &[Part] = &[
    Part::Back(Word::Back),
    Part::Heading(Word::HandOverTitle),
    Part::Lead(Word::HandOverText),
    Part::Line(Word::HandOverLeave),
    Part::Primary(Word::HandOverStart, Action::Enter(Screen::Age)),
];

/// The phone goes back, and the two call together. Nothing of the answers or the result stands here.
pub fn hand_back(view: &View) -> Html {
    let offices = view.state.place.offices(view.island);
    let contacts = offices.iter().flat_map(|office| &office.contacts);
    let calls = contacts.filter(|contact| contact.is_call()).map(contacts::contact);
    let before = [
        Part::Heading(Word::HandBack),
        Part::Lead(Word::HandBackText),
        Part::Section(Word::CallTogetherTitle, &[Word::CallTogether]),
    ];
    let after = [
        Part::CareCalls,
        Part::Secondary(Word::HandBackShow, Action::Back),
        Part::Primary(Word::Restart, Action::Restart),
    ];
    all(vec![draw(view, &before), all(calls.collect()), draw(view, &after)])
}
