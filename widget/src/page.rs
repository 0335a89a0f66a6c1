//! The page around the widget: its island, the paper form, its title and clock, leaving and coming back.

use gloo_events::{EventListener, EventListenerOptions};
use island::{Island, Role, Word};
use std::panic::PanicHookInfo;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, EventTarget, FocusOptions, HtmlElement, PageTransitionEvent, Window,
};
use yew::Callback;

/// Where the widget stands.
pub const HOST: &str = "aplikasi";
const ISLAND: &str = "pulau";
const PAPER: &str = "kertas";
const EXIT: &str = "keluar";
/// On the root element, once the quick exit was used.
const COVER: &str = "tertutup";
/// Dialled where the island names no line for emergencies.
const EMERGENCY: &str = "119";
const EMERGENCY_LINK: &str = "tel:119";

#[wasm_bindgen]
extern "C" {
    /// Hears the gesture or key that closes things: Back on Android, Esc elsewhere.
    #[wasm_bindgen(extends = EventTarget)]
    type CloseWatcher;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<CloseWatcher, JsValue>;

    #[wasm_bindgen(method)]
    fn destroy(this: &CloseWatcher);
}

/// One step that the Back gesture undoes, without an entry in the history. Browsers that do not
/// know it keep the button "back".
pub struct BackGesture {
    watcher: CloseWatcher,
    _listener: EventListener,
}

impl BackGesture {
    /// Waits for the gesture. Browsers grant one per click of the person.
    pub fn new(back: Callback<()>) -> Option<Self> {
        let watcher = CloseWatcher::new().ok()?;
        let listener = EventListener::new(&watcher, "close", move |_| back.emit(()));
        Some(Self { watcher, _listener: listener })
    }
}

impl Drop for BackGesture {
    fn drop(&mut self) {
        self.watcher.destroy();
    }
}

/// The element with this id.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The text of the island in the page.
pub fn island_text() -> Option<String> {
    element(ISLAND)?.text_content()
}

/// Hides the paper form, once the widget stands in its place.
pub fn hide_paper() {
    if let Some(paper) = element(PAPER) {
        // Fails only for names that are no attribute names.
        let _ = paper.set_attribute("hidden", "");
    }
}

/// Moves the focus to the element with this id.
pub fn focus(id: &str) {
    if let Some(target) = element(id).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = target.focus();
    }
}

/// What has the focus.
pub fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

/// Gives the focus back to an element; the page stays where it is.
pub fn focus_again(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// The number for emergencies, as it is shown and as it is dialled.
pub fn emergency(island: &Island) -> (&str, &str) {
    island
        .lines_for(Role::Emergency)
        .next()
        .map_or((EMERGENCY, EMERGENCY_LINK), |line| (&line.shown, &line.href))
}

/// Listens for whatever ends the visit: leaving the page, coming back to a kept copy of it, the
/// quick exit. `wipe` is called each time. Jumps inside the page leave no entry in the history.
pub fn listen(wipe: &Callback<()>) -> Vec<EventListener> {
    let (Some(window), Some(document)) = (window(), document()) else { return Vec::new() };
    let on_hide = wipe.clone();
    let on_show = wipe.clone();
    let on_exit = wipe.clone();
    vec![
        EventListener::new(&window, "pagehide", move |_| on_hide.emit(())),
        EventListener::new(&window, "pageshow", move |event| {
            if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                on_show.emit(());
            }
        }),
        // Before the script of the exit, which covers and leaves.
        EventListener::new_with_options(&document, "click", before_others(), move |event| {
            if link_of(event).is_some_and(|link| link.id() == EXIT) {
                on_exit.emit(());
            }
        }),
        EventListener::new_with_options(&document, "click", may_prevent(), jump),
    ]
}

fn before_others() -> EventListenerOptions {
    EventListenerOptions::run_in_capture_phase()
}

fn may_prevent() -> EventListenerOptions {
    EventListenerOptions::enable_prevent_default()
}

/// The link that was clicked.
fn link_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("a").ok()?
}

/// Takes over clicks on links to places inside the page.
fn jump(event: &Event) {
    let href = link_of(event).and_then(|link| link.get_attribute("href")).unwrap_or_default();
    if let Some(id) = href.strip_prefix('#') {
        event.prevent_default();
        if let Some(place) = element(id) {
            place.scroll_into_view();
        }
        focus(id);
    }
}

/// The title of the page, as it is shown in the tab and kept in the history list.
pub fn title() -> String {
    document().map(|document| document.title()).unwrap_or_default()
}

/// Gives the page another title, unless the quick exit has given it the last one.
pub fn retitle(title: &str) {
    let Some(document) = document() else { return };
    let root = document.document_element();
    if !root.is_some_and(|root| root.class_list().contains(COVER)) {
        document.set_title(title);
    }
}

/// Seconds since 1970-01-01 00:00 UTC, by the clock of the device.
#[allow(clippy::cast_possible_truncation, reason = "the seconds of every date of JavaScript fit")]
pub fn now_seconds() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

/// Should the widget break: its screen, answers and all, gives way to a fixed message.
pub fn guard_against_panics(island: &Island) {
    let word = |word| island.words.text(word).to_owned();
    let texts = [word(Word::BrokenTitle), word(Word::BrokenText)];
    let links = ways_on(island);
    yew::set_custom_panic_hook(Box::new(move |_: &PanicHookInfo<'_>| {
        show_message(&texts, &links);
    }));
}

/// Where one can turn when nothing else works: the emergency number, every other national line with
/// what it is for, and the page once more, which has an empty address.
fn ways_on(island: &Island) -> Vec<(String, String)> {
    let (shown, href) = emergency(island);
    let first = island.words.filled(Word::EmergencyCall, "nomor", shown);
    let others = island.national.iter().filter(|line| line.role != Role::Emergency);
    let others = others.map(|line| {
        let text = [line.name.as_str(), ", ", &line.shown, ". ", &line.kind].concat();
        (text, line.href.clone())
    });
    let again = (island.words.text(Word::Restart).to_owned(), String::new());
    std::iter::once((first, href.to_owned())).chain(others).chain([again]).collect()
}

/// Replaces the widget by a message and links. An empty address loads the page again.
fn show_message(texts: &[String; 2], links: &[(String, String)]) -> Option<()> {
    let document = document()?;
    let message = document.create_element("div").ok()?;
    message.set_attribute("class", "layar").ok()?;
    message.set_attribute("role", "alert").ok()?;
    for (tag, text) in ["h1", "p"].into_iter().zip(texts) {
        let line = document.create_element(tag).ok()?;
        line.set_text_content(Some(text));
        message.append_child(&line).ok()?;
    }
    for (text, href) in links {
        let anchor = document.create_element("a").ok()?;
        anchor.set_text_content(Some(text));
        anchor.set_attribute("class", "tombol").ok()?;
        anchor.set_attribute("href", href).ok()?;
        let line = document.create_element("p").ok()?;
        line.append_child(&anchor).ok()?;
        message.append_child(&line).ok()?;
    }
    element(HOST)?.replace_with_with_node_1(&message).ok()
}

fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

#[cfg(test)]
mod tests {
    use super::*;
    use island::NationalLine;

    #[test]
    fn a_broken_widget_leads_to_every_national_line() {
        let line = |role, shown: &str| NationalLine {
            role,
            name: "Line".to_owned(),
            kind: "For something".to_owned(),
            shown: shown.to_owned(),
            href: format!("tel:{shown}"),
            ..NationalLine::default()
        };
        let national =
            vec![line(Role::Emergency, "1"), line(Role::Care, "2"), line(Role::Mixed, "3")];
        let ways = ways_on(&Island { national, ..Island::default() });
        let links: Vec<&str> = ways.iter().map(|(_, href)| href.as_str()).collect();
        assert_eq!(links, ["tel:1", "tel:2", "tel:3", ""]);
        assert_eq!(ways[2].0, "Line, 3. For something", "what a line is for is always told");
        assert_eq!(ways_on(&Island::default())[0].1, EMERGENCY_LINK);
    }
}
