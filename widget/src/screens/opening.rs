//! The screens without questions at the beginning: the opening, and the way on for people under 18.

use super::{View, cards, contacts, parts};
use crate::state::Action;
use island::Word;
use yew::{Html, html};

/// What this is, what it is not, who sees it, how to leave.
pub fn opening(view: &View) -> Html {
    let links = &view.island.links;
    let limits = [Word::OpenNotDiagnosis, Word::OpenNotValidated, Word::OpenNotMinors];
    let privacy = [Word::OpenPrivate, Word::OpenNotStored, Word::OpenTraces, Word::OpenLeave];
    parts::all(vec![
        parts::heading(view.text(Word::OpenTitle)),
        parts::lead(view.text(Word::OpenLead)),
        view.line(Word::OpenTime),
        emergency_first(view),
        parts::title(view.text(Word::OpenNotTitle)),
        parts::list(view, &limits),
        parts::link_line(view.text(Word::LinkMethod), &links.method),
        parts::title(view.text(Word::OpenPrivateTitle)),
        parts::list(view, &privacy),
        parts::link_line(view.text(Word::LinkPrivacy), &links.privacy),
        parts::primary(view, Word::Start, Action::Start),
    ])
}

fn emergency_first(view: &View) -> Html {
    html! {
        <div class="catatan">
            { view.line(Word::OpenEmergency) }
            { parts::link_line(view.text(Word::LinkEmergency), &view.island.links.emergency) }
        </div>
    }
}

/// For people under 18: no questions, no band; information, routes and contacts.
pub fn minor(view: &View) -> Html {
    let routes = [Word::MinorRouteAdult, Word::MinorRouteClinic, Word::MinorRouteAsk];
    parts::all(vec![
        parts::back(view, Word::Back),
        parts::heading(view.text(Word::MinorTitle)),
        cards::emergency(view),
        parts::lead(view.text(Word::MinorLead)),
        parts::title(view.text(Word::MinorRoutesTitle)),
        parts::list(view, &routes),
        cards::suicide(view),
        cards::family(view),
        contacts::contacts(view, None),
        parts::secondary(view, Word::Restart, Action::Restart),
    ])
}
