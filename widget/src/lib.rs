//! The self-screening as a widget: one question per screen, a check of the answers, a result, and
//! the contacts nearby. The rules come from `screening`, the words and contacts from `island`.
//!
//! What happens here stays here. Absent on purpose: requests, storage, history entries, titles,
//! free text, clocks and randomness. `site/build.rs` refuses a module that imports any of these.

mod app;
mod page;
mod place;
mod screens;
mod state;

use app::{App, Props};
use island::Island;
use std::rc::Rc;

/// Mounts the widget into the page. Where the page has no place for it, or no island that can be
/// read, nothing happens and the paper form stays.
pub fn start() {
    let Some(host) = page::element(page::HOST) else { return };
    let Some(island) = page::island_text().and_then(|text| Island::from_text(&text).ok()) else {
        return;
    };
    page::guard_against_panics(&island);
    yew::Renderer::<App>::with_root_and_props(host, Props { island: Rc::new(island) }).render();
}
