//! With an Agen Pemulihan: what they do, the phone to the client, and back again.

use super::parts::{Part, Sheet};
use super::{cards, contacts};
use crate::state::{Action, Screen};
use island::{Role, Word};

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
pub fn hand_back(sheet: &mut Sheet) {
    let view = sheet.view;
    sheet.draw(&[
        Part::Heading(Word::HandBack),
        Part::Lead(Word::HandBackText),
        Part::Section(Word::CallTogetherTitle, &[Word::CallTogether]),
    ]);
    let offices = view.state.place.offices(view.island);
    // A line that also takes reports never stands before one that only cares.
    for role in [Role::Care, Role::Mixed] {
        for contact in offices.iter().flat_map(|office| &office.contacts) {
            if contact.is_call_for(role) {
                contacts::contact(sheet, contact);
            }
        }
        cards::calls(sheet, role);
    }
    sheet.draw(&[
        Part::Secondary(Word::HandBackShow, Action::Back),
        Part::Primary(Word::Restart, Action::Restart),
    ]);
}
