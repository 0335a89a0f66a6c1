//! From the state to what is on the screen: one file per screen, and the parts they share.

mod assisted;
mod before;
mod cards;
mod check;
mod contacts;
mod opening;
mod parts;
mod plan;
mod question;
mod result;

use crate::idle::Rest;
use crate::state::{Action, Screen, State, Way};
use island::{Island, Word};
use parts::Sheet;
use screening::{Question, Step};
use yew::{Callback, Html, MouseEvent, html};

/// The id of the heading of every screen; the focus goes there.
pub const HEADING: &str = "judul";
/// The id of the summary of faults.
pub const SUMMARY: &str = "ringkasan";

/// The id of the button in the warning about a long rest.
pub const REST: &str = "lanjutkan";

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

    /// Goes on when clicked. The second click of a double click was meant for the screen before.
    #[inline(never)]
    fn on_single(&self, action: Action) -> Callback<MouseEvent> {
        let send = self.send.clone();
        Callback::from(move |event: MouseEvent| {
            if event.detail() < 2 {
                send.emit(action);
            }
        })
    }

    /// Does the action when clicked.
    #[inline(never)]
    fn on(&self, action: Action) -> Callback<MouseEvent> {
        self.send.reform(move |_| action)
    }
}

/// The screen of the state. Its key makes Yew draw every screen afresh, so that no mark of one
/// question is taken over by the next.
pub fn view(view: &View) -> Html {
    let screen = view.state.screen;
    let mut sheet = Sheet::new(view);
    rest(&mut sheet);
    match screen {
        Screen::Opening => sheet.draw(opening::OPENING),
        Screen::Other => opening::other(&mut sheet),
        Screen::Helper => sheet.draw(assisted::HELPER),
        Screen::HandOver => sheet.draw(assisted::HAND_OVER),
        Screen::Age => question::age(&mut sheet),
        Screen::Minor => opening::minor(&mut sheet),
        Screen::Question(step) => question::question(&mut sheet, step),
        Screen::Check => check::check(&mut sheet),
        Screen::Result => result::result(&mut sheet),
        Screen::Plan => plan::plan(&mut sheet),
        Screen::HandBack => assisted::hand_back(&mut sheet),
    }
    let class = match view.state.way {
        Way::Alone => "layar",
        Way::Assisted => "layar besar",
    };
    let values = vec![class.into(), "no".into()];
    let mut drawn = parts::element("div", &["class", "translate"], values, sheet.finish());
    drawn.key = Some(key_of(screen).into());
    drawn.into()
}

/// The warning that the answers will be wiped, and the way to more time.
fn rest(sheet: &mut Sheet) {
    let view = sheet.view;
    if view.state.rest == Rest::Short {
        return sheet.put(html! { <div key="kerja" /> });
    }
    let onclick = view.on(Action::Resting(Rest::Short));
    sheet.put(html! {
        <div key="diam" class="galat diam" role="alertdialog" aria-labelledby="diam" aria-describedby="diam-isi">
            <p id="diam"><strong>{ view.text(Word::IdleTitle) }</strong></p>
            <p id="diam-isi">{ view.text(Word::IdleText) }</p>
            <button type="button" id={REST} class="tombol" {onclick}>{ view.text(Word::IdleStay) }</button>
        </div>
    });
}

/// The title of the page on a screen: how far the person is within the ten questions that everyone
/// is asked. What comes after them depends on the answers and has one title for all, since the
/// browser keeps titles in its history.
pub fn title(island: &Island, state: &State, own: &str) -> String {
    let step = match state.screen {
        Screen::Question(Step::Item(Question::Ever, substance)) => {
            question::counted(&island.words, Word::TitleStep, substance)
        }
        Screen::Question(_) | Screen::Check | Screen::Result | Screen::Plan | Screen::HandBack => {
            island.words.text(Word::TitleLater).to_owned()
        }
        Screen::Opening
        | Screen::Other
        | Screen::Helper
        | Screen::HandOver
        | Screen::Age
        | Screen::Minor => return own.to_owned(),
    };
    [&step, " – ", own].concat()
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
        Screen::Other => 7,
        Screen::Helper => 8,
        Screen::HandOver => 9,
        Screen::Plan => 90,
        Screen::HandBack => 91,
        Screen::Question(Step::Item(question, substance)) => {
            u32::from(question.number()) * 10 + substance as u32
        }
    }
}
