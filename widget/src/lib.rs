//! The self-screening as a widget: one question per screen, a check of the answers, a result, and
//! the contacts nearby. The rules come from `screening`, the words and contacts from `island`.
//!
//! What happens here stays here. Absent on purpose: requests, storage, history entries, free text and
//! randomness. The clock is read for opening hours and for the time since the last touch only; the
//! title tells only how far within the questions that everyone is asked. `site/build.rs` refuses a
//! module that imports more, and tests/deep holds its imports against a reviewed list.

mod app;
mod idle;
mod page;
mod place;
mod plan;
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
