//! The one component: it holds the state, sends every action through it and moves the focus.

use crate::page::{self, BackGesture};
use crate::screens::{self, View};
use crate::state::{Action, State};
use gloo_events::EventListener;
use island::Island;
use std::rc::Rc;
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
    /// One for each screen the person came through.
    gestures: Vec<BackGesture>,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Action;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let wipe = ctx.link().callback(|()| Action::Restart);
        let listeners = page::listen(&ctx.props().island, &wipe);
        Self { state: State::new(), focus: None, gestures: Vec::new(), _listeners: listeners }
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        let before = self.state.screen;
        self.state.apply(action);
        if self.state.is_missing && action == Action::Next {
            self.focus = Some(screens::SUMMARY);
        } else if self.state.screen != before {
            self.focus = Some(screens::HEADING);
            self.keep_gestures(ctx, action);
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
    }
}

impl App {
    /// A step forward can be undone by the gesture; a step back is undone; a restart undoes all.
    fn keep_gestures(&mut self, ctx: &Context<Self>, action: Action) {
        match action {
            Action::Restart => self.gestures.clear(),
            Action::Back => drop(self.gestures.pop()),
            _ => self.gestures.extend(BackGesture::new(ctx.link().callback(|()| Action::Back))),
        }
    }
}
