//! From the state to what is on the screen: one file per screen, and the parts they share.

mod cards;
mod check;
mod contacts;
mod opening;
mod parts;
mod question;
mod result;

use crate::state::{Action, Screen, State};
use island::{Island, Word};
use screening::Step;
use yew::{Callback, Html, MouseEvent, html};

/// The id of the heading of every screen; the focus goes there.
pub const HEADING: &str = "judul";
/// The id of the summary of faults.
pub const SUMMARY: &str = "ringkasan";

/// What every screen is drawn from.
pub struct View<'a> {
    /// The data of the page.
    pub island: &'a Island,
    /// Where the person stands.
    pub state: &'a State,
    /// Takes the person's actions.
    pub send: Callback<Action>,
}

impl View<'_> {
    /// The text of a word.
    fn text(&self, word: Word) -> &str {
        self.island.words.text(word)
    }

    /// A paragraph with one word.
    fn line(&self, word: Word) -> Html {
        parts::paragraph(self.text(word))
    }

    /// Goes on when clicked. The second click of a double click was meant for the screen before.
    fn on_single(&self, action: Action) -> Callback<MouseEvent> {
        let send = self.send.clone();
        Callback::from(move |event: MouseEvent| {
            if event.detail() < 2 {
                send.emit(action);
            }
        })
    }

    /// Does the action when clicked.
    fn on(&self, action: Action) -> Callback<MouseEvent> {
        self.send.reform(move |_| action)
    }
}

/// The screen of the state. Its key makes Yew draw every screen afresh, so that no mark of one
/// question is taken over by the next.
pub fn view(view: &View) -> Html {
    let screen = view.state.screen;
    let body = match screen {
        Screen::Opening => opening::opening(view),
        Screen::Age => question::age(view),
        Screen::Minor => opening::minor(view),
        Screen::Question(step) => question::question(view, step),
        Screen::Check => check::check(view),
        Screen::Result => result::result(view),
    };
    html! { <div key={key_of(screen)} class="layar" translate="no">{ body }</div> }
}

fn key_of(screen: Screen) -> u32 {
    match screen {
        Screen::Opening => 0,
        Screen::Age => 1,
        Screen::Minor => 2,
        Screen::Check => 3,
        Screen::Result => 4,
        Screen::Question(Step::Injecting) => 5,
        Screen::Question(Step::InjectingDays) => 6,
        Screen::Question(Step::Item(question, substance)) => {
            u32::from(question.number()) * 10 + substance as u32
        }
    }
}
