//! The one component: it holds the state, sends every action through it, moves the focus and gives
//! the page its title.

use crate::idle::{Rest, Watch};
use crate::page::{self, BackGesture};
use crate::screens::{self, View};
use crate::state::{Action, State};
use gloo_events::EventListener;
use island::Island;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::{Component, Context, Html, Properties};

/// What the component is given.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The data of the page.
    pub island: Rc<Island>,
}

/// The widget.
pub struct App {
    state: State,
    /// Where the focus goes after the next render.
    focus: Option<&'static str>,
    /// What had the focus before the warning about a long rest took it.
    before_warning: Option<HtmlElement>,
    /// What gets the focus back after the next render, without a scroll.
    back_to: Option<HtmlElement>,
    /// One for each screen the person came through.
    gestures: Vec<BackGesture>,
    /// The title of the page as it came.
    title: String,
    _listeners: Vec<EventListener>,
    _watch: Watch,
}

impl Component for App {
    type Message = Action;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let wipe = ctx.link().callback(|()| Action::Restart);
        Self {
            state: State::new(),
            focus: None,
            before_warning: None,
            back_to: None,
            gestures: Vec::new(),
            title: page::title(),
            _listeners: page::listen(&wipe),
            _watch: Watch::new(&ctx.link().callback(Action::Resting)),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        let (screen, rest) = (self.state.screen, self.state.rest);
        self.state.apply(action);
        if self.state.is_missing && action == Action::Next {
            self.focus = Some(screens::SUMMARY);
        } else if self.state.screen != screen {
            self.focus = Some(screens::HEADING);
            self.keep_gestures(ctx, action);
            page::retitle(&screens::title(&ctx.props().island, &self.state, &self.title));
        } else if self.state.rest != rest {
            self.warn_or_return(ctx, action);
        } else if matches!(action, Action::Resting(_)) {
            return false;
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let send = ctx.link().callback(|action| action);
        screens::view(&View { island: &ctx.props().island, state: &self.state, send })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, is_first: bool) {
        if is_first {
            page::hide_paper();
        }
        if let Some(id) = self.focus.take() {
            page::focus(id);
        }
        if let Some(place) = self.back_to.take() {
            page::focus_again(&place);
        }
    }
}

impl App {
    /// The warning takes the focus and gives it back, unless the person has moved on meanwhile.
    fn warn_or_return(&mut self, ctx: &Context<Self>, action: Action) {
        let focused = page::focused();
        if self.state.rest == Rest::Long {
            self.before_warning = focused;
            self.focus = Some(screens::REST);
        } else if focused.is_some_and(|element| element.id() == screens::REST) {
            self.back_to = self.before_warning.take();
        }
        if action == Action::Close {
            self.gestures.pop();
            self.keep_gestures(ctx, action);
        }
    }

    /// A step forward can be undone by the gesture; a step back is undone; a restart undoes all.
    fn keep_gestures(&mut self, ctx: &Context<Self>, action: Action) {
        match action {
            Action::Restart | Action::Resting(_) => self.gestures.clear(),
            Action::Back => drop(self.gestures.pop()),
            _ => self.gestures.extend(BackGesture::new(ctx.link().callback(|()| Action::Close))),
        }
    }
}
