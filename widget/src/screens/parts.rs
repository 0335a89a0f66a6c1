//! What screens are made of: parts that are plain data, and the few elements that draw them. A screen
//! as data weighs a tenth of the same screen as `html!`, which is written out wherever it stands.

use super::{HEADING, View, cards};
use crate::idle;
use crate::page;
use crate::state::Action;
use island::{Links, Word};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::html::onclick::Wrapper;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VList, VTag};
use yew::{AttrValue, Callback, Event, Html, MouseEvent, TargetCast, html};

/// A part of a screen that is the same for everyone.
#[derive(Clone, Copy)]
pub enum Part {
    /// The link-like button above a screen that goes back.
    Back(Word),
    /// The heading of the screen; it takes the focus when the screen comes.
    Heading(Word),
    /// The first thought of a screen.
    Lead(Word),
    /// A paragraph.
    Line(Word),
    /// The heading of a part of the screen.
    Title(Word),
    /// A list.
    List(&'static [Word]),
    /// A heading and paragraphs.
    Section(Word, &'static [Word]),
    /// A card that warns.
    Warning(Word, &'static [Word]),
    /// A paragraph and a link, set apart.
    Note(Word, Word, Page),
    /// A link to a page of the site; nothing where the site has no such page.
    Link(Word, Page),
    /// The button that goes on.
    Primary(Word, Action),
    /// A button beside the one that goes on.
    Secondary(Word, Action),
    /// The button that opens the browser's print dialog.
    Print,
    /// After how long without a touch the answers are wiped.
    IdleLimit,
    /// Danger to life.
    Emergency,
    /// Thoughts of suicide.
    Suicide,
    /// The lines that care, to be called with one touch.
    CareCalls,
}

/// A page of the site.
#[derive(Clone, Copy)]
pub enum Page {
    /// The start page.
    Home,
    /// Emergencies.
    Emergency,
    /// What is and is not recorded.
    Privacy,
    /// The finder of contacts.
    Finder,
    /// Families.
    Families,
    /// How the screening came to be.
    Method,
}

impl Page {
    fn address(self, links: &Links) -> &str {
        match self {
            Self::Home => &links.home,
            Self::Emergency => &links.emergency,
            Self::Privacy => &links.privacy,
            Self::Finder => &links.finder,
            Self::Families => &links.families,
            Self::Method => &links.method,
        }
    }
}

/// Parts one after the other.
#[inline(never)]
pub fn draw(view: &View, parts: &[Part]) -> Html {
    all(parts.iter().map(|part| part.draw(view)).collect())
}

impl Part {
    fn draw(self, view: &View) -> Html {
        match self {
            Self::Back(word) => button(view, word, "kembali", view.on(Action::Back)),
            Self::Heading(word) => heading(view.text(word)),
            Self::Lead(word) => tag("p", "lead", text(view.text(word))),
            Self::Line(word) => paragraph(view.text(word)),
            Self::Title(word) => title(view.text(word)),
            Self::List(words) => tag("ul", "", all(each(view, "li", words))),
            Self::Section(heading, words) => tag("section", "", titled(view, heading, words)),
            Self::Warning(heading, words) => {
                tag("section", "kartu peringatan", titled(view, heading, words))
            }
            Self::Note(note, link, page) => {
                tag("div", "catatan", draw(view, &[Self::Line(note), Self::Link(link, page)]))
            }
            Self::Link(word, page) => link_line(view.text(word), page.address(&view.island.links)),
            Self::Primary(word, action) => button(view, word, "tombol", view.on_single(action)),
            Self::Secondary(word, action) => button(view, word, "tombol kedua", view.on(action)),
            Self::Print => {
                button(view, Word::Print, "tombol kedua", Callback::from(|_| page::print()))
            }
            Self::IdleLimit => {
                let minutes = idle::LIMIT_MINUTES.to_string();
                paragraph(&view.island.words.filled(Word::OpenIdle, "menit", &minutes))
            }
            Self::Emergency => cards::emergency(view),
            Self::Suicide => cards::suicide(view),
            Self::CareCalls => cards::care_calls(view),
        }
    }
}

fn titled(view: &View, heading: Word, words: &[Word]) -> Html {
    all([title(view.text(heading))].into_iter().chain(each(view, "p", words)).collect())
}

fn each(view: &View, name: &'static str, words: &[Word]) -> Vec<Html> {
    words.iter().map(|word| tag(name, "", text(view.text(*word)))).collect()
}

/// Parts one after the other.
#[inline(never)]
pub fn all(parts: Vec<Html>) -> Html {
    VList::with_children(parts, None).into()
}

/// What a condition decides about.
pub fn when(is_shown: bool, part: impl FnOnce() -> Html) -> Html {
    if is_shown { part() } else { Html::default() }
}

/// An element with its classes, if any.
#[inline(never)]
pub fn tag(name: &'static str, class: &'static str, body: Html) -> Html {
    if class.is_empty() {
        element(name, &[], Vec::new(), body).into()
    } else {
        element(name, &["class"], vec![class.into()], body).into()
    }
}

/// An element with its attributes.
#[inline(never)]
pub fn element(
    name: &'static str,
    keys: &'static [&'static str],
    values: Vec<AttrValue>,
    body: Html,
) -> VTag {
    let values = values.into_iter().map(|value| Some(AttributeOrProperty::Attribute(value)));
    let mut tag = VTag::new(name);
    tag.attributes = Attributes::Dynamic { keys, values: values.collect() };
    tag.add_child(body);
    tag
}

/// A text.
#[inline(never)]
pub fn text(text: &str) -> Html {
    html! { text }
}

/// The heading of a screen; it takes the focus when the screen comes.
#[inline(never)]
pub fn heading(text: &str) -> Html {
    html! { <h1 id={HEADING} tabindex="-1">{ text }</h1> }
}

/// The heading of a part of a screen.
pub fn title(title: &str) -> Html {
    tag("h2", "", text(title))
}

/// The name of whatever a card is about.
pub fn name(name: &str) -> Html {
    tag("h3", "", text(name))
}

/// A paragraph; nothing where there is no text.
pub fn paragraph(line: &str) -> Html {
    classed("", line)
}

/// A quiet paragraph, such as where something was seen; nothing where there is no text.
pub fn remark(line: &str) -> Html {
    classed("kecil", line)
}

/// Where the person is, above a heading.
pub fn place(line: &str) -> Html {
    classed("di-mana", line)
}

/// A paragraph with its class; nothing where there is no text.
#[inline(never)]
pub fn classed(class: &'static str, line: &str) -> Html {
    when(!line.is_empty(), || tag("p", class, text(line)))
}

/// A button with a word.
#[inline(never)]
pub fn button(view: &View, word: Word, class: &'static str, onclick: Callback<MouseEvent>) -> Html {
    let values = vec!["button".into(), class.into()];
    let mut button = element("button", &["type", "class"], values, text(view.text(word)));
    button.add_listener(Rc::new(Wrapper::new(onclick)));
    button.into()
}

/// A paragraph with one link; nothing where there is no address.
#[inline(never)]
pub fn link_line(text: &str, href: &str) -> Html {
    when(!href.is_empty(), || tag("p", "", link("", text, href)))
}

/// A number to call, large.
pub fn number(shown: &str, href: &str) -> Html {
    tag("p", "", link("nomor", shown, href))
}

#[inline(never)]
fn link(class: &'static str, name: &str, href: &str) -> Html {
    let values = vec![class.into(), href.to_owned().into(), "noreferrer".into()];
    element("a", &["class", "href", "rel"], values, text(name)).into()
}

/// A list to choose from, by the places of its options. `chosen` says whether one is marked among
/// the options; what is chosen is told as a place, or none.
#[inline(never)]
pub fn select(
    view: &View,
    label: &str,
    options: Vec<Html>,
    is_chosen: Chosen,
    choose: Callback<Option<usize>>,
) -> Html {
    let onchange = choose.reform(|event: Event| {
        event.target_unchecked_into::<HtmlSelectElement>().value().parse().ok()
    });
    let first = option("", view.text(Word::PlaceChoose), !is_chosen.0);
    html! {
        <label class="isian">
            <span>{ label }</span>
            <select autocomplete="off" {onchange}>{ first }{ all(options) }</select>
        </label>
    }
}

/// Whether one of the options of a list is marked.
pub struct Chosen(pub bool);

/// One option of a list.
#[inline(never)]
pub fn option(value: &str, name: &str, is_chosen: bool) -> Html {
    html! { <option value={value.to_owned()} selected={is_chosen}>{ name }</option> }
}
