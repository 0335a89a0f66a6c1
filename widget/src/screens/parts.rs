//! What screens are made of: parts that are plain data, and the sheet they are put on. A screen as
//! data weighs a tenth of the same screen as `html!`, which is written out wherever it stands.

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

/// A screen in the making. Whatever is put on it comes after what is there.
pub struct Sheet<'a> {
    /// What the screen is drawn from.
    pub view: &'a View<'a>,
    /// What was there before each element that is not yet closed.
    outer: Vec<Vec<Html>>,
    parts: Vec<Html>,
}

impl<'a> Sheet<'a> {
    /// A sheet with nothing on it.
    pub fn new(view: &'a View<'a>) -> Self {
        Self { view, outer: Vec::new(), parts: Vec::new() }
    }

    /// What is on the sheet.
    #[inline(never)]
    pub fn finish(self) -> Html {
        VList::with_children(self.parts, None).into()
    }

    /// Puts anything on the sheet.
    #[inline(never)]
    pub fn put(&mut self, part: Html) {
        self.parts.push(part);
    }

    /// Puts an element on the sheet, with its classes, if any, and what `fill` puts into it.
    pub fn within(
        &mut self,
        name: &'static str,
        class: &'static str,
        fill: impl FnOnce(&mut Self),
    ) {
        self.open();
        fill(self);
        self.close(name, class);
    }

    #[inline(never)]
    fn open(&mut self) {
        self.outer.push(std::mem::take(&mut self.parts));
    }

    #[inline(never)]
    fn close(&mut self, name: &'static str, class: &'static str) {
        let outer = self.outer.pop().unwrap_or_default();
        let body = std::mem::replace(&mut self.parts, outer);
        let body = VList::with_children(body, None).into();
        self.put(if class.is_empty() {
            element(name, &[], Vec::new(), body).into()
        } else {
            element(name, &["class"], vec![class.into()], body).into()
        });
    }

    /// Puts what `fill` makes aside, to be put into an element of another kind.
    pub fn aside(&self, fill: impl FnOnce(&mut Self)) -> Html {
        let mut sheet = Sheet::new(self.view);
        fill(&mut sheet);
        sheet.finish()
    }

    /// Puts on the sheet what comes and goes while the screen stands. It takes one place there, so that
    /// Yew does not mistake what comes after for what was there before, and the focus stays.
    pub fn apart(&mut self, fill: impl FnOnce(&mut Self)) {
        let part = self.aside(fill);
        self.put(part);
    }

    /// Puts a text on the sheet.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        self.put(html! { text });
    }

    /// Puts an element with a text on the sheet; nothing where there is no text.
    #[inline(never)]
    pub fn line(&mut self, name: &'static str, class: &'static str, text: &str) {
        if !text.is_empty() {
            self.open();
            self.text(text);
            self.close(name, class);
        }
    }

    /// A paragraph; nothing where there is no text.
    pub fn paragraph(&mut self, text: &str) {
        self.line("p", "", text);
    }

    /// A quiet paragraph, such as where something was seen; nothing where there is no text.
    pub fn remark(&mut self, text: &str) {
        self.line("p", "kecil", text);
    }

    /// Where the person is, above a heading.
    pub fn place(&mut self, text: &str) {
        self.line("p", "di-mana", text);
    }

    /// The heading of a part of the screen.
    pub fn title(&mut self, text: &str) {
        self.line("h2", "", text);
    }

    /// The heading of the screen; it takes the focus when the screen comes.
    #[inline(never)]
    pub fn heading(&mut self, text: &str) {
        self.put(html! { <h1 id={HEADING} tabindex="-1">{ text }</h1> });
    }

    /// A number to call, large.
    pub fn number(&mut self, shown: &str, href: &str) {
        self.link("nomor", shown, href);
    }

    /// A paragraph with one link; nothing where there is no address.
    #[inline(never)]
    pub fn link(&mut self, class: &'static str, text: &str, href: &str) {
        if !href.is_empty() {
            let values = vec![class.into(), href.to_owned().into(), "noreferrer".into()];
            let link = element("a", &["class", "href", "rel"], values, html! { text });
            self.open();
            self.put(link.into());
            self.close("p", "");
        }
    }

    /// A button with a word.
    #[inline(never)]
    pub fn button(&mut self, word: Word, class: &'static str, onclick: Callback<MouseEvent>) {
        let values = vec!["button".into(), class.into()];
        let text = self.view.text(word);
        let mut button = element("button", &["type", "class"], values, html! { text });
        button.add_listener(Rc::new(Wrapper::new(onclick)));
        self.put(button.into());
    }

    /// A list to choose from, by the places of its options, which stand in `options`. What is chosen
    /// is told as a place, or none.
    #[inline(never)]
    pub fn select(&mut self, label: &str, options: Html, choose: Callback<Option<usize>>) {
        let onchange = choose.reform(|event: Event| {
            event.target_unchecked_into::<HtmlSelectElement>().value().parse().ok()
        });
        self.put(html! {
            <label class="isian">
                <span>{ label }</span>
                <select autocomplete="off" {onchange}>{ options }</select>
            </label>
        });
    }

    /// One option of a list.
    #[inline(never)]
    pub fn option(&mut self, value: &str, name: &str, is_chosen: bool) {
        self.put(html! { <option value={value.to_owned()} selected={is_chosen}>{ name }</option> });
    }

    /// Puts parts on the sheet.
    #[inline(never)]
    pub fn draw(&mut self, parts: &[Part]) {
        for part in parts {
            self.draw_one(*part);
        }
    }

    fn draw_one(&mut self, part: Part) {
        let view = self.view;
        match part {
            Part::Back(word) => self.button(word, "kembali", view.on(Action::Back)),
            Part::Heading(word) => self.heading(view.text(word)),
            Part::Lead(word) => self.line("p", "lead", view.text(word)),
            Part::Line(word) => self.paragraph(view.text(word)),
            Part::Title(word) => self.title(view.text(word)),
            Part::List(words) => self.within("ul", "", |sheet| sheet.each("li", words)),
            Part::Section(heading, words) => self.section("", heading, words),
            Part::Warning(heading, words) => self.section("kartu peringatan", heading, words),
            Part::Note(note, link, page) => self.within("div", "catatan", |sheet| {
                sheet.draw(&[Part::Line(note), Part::Link(link, page)]);
            }),
            Part::Link(word, page) => {
                self.link("", view.text(word), page.address(&view.island.links));
            }
            Part::Primary(word, action) => self.button(word, "tombol", view.on_single(action)),
            Part::Secondary(word, action) => self.button(word, "tombol kedua", view.on(action)),
            Part::Print => {
                self.button(Word::Print, "tombol kedua", Callback::from(|_| page::print()));
            }
            Part::IdleLimit => {
                let minutes = idle::LIMIT_MINUTES.to_string();
                self.paragraph(&view.island.words.filled(Word::OpenIdle, "menit", &minutes));
            }
            Part::Emergency => cards::emergency(self),
            Part::Suicide => cards::suicide(self),
        }
    }

    fn section(&mut self, class: &'static str, heading: Word, words: &[Word]) {
        self.within("section", class, |sheet| {
            sheet.title(sheet.view.text(heading));
            sheet.each("p", words);
        });
    }

    fn each(&mut self, name: &'static str, words: &[Word]) {
        for word in words {
            self.line(name, "", self.view.text(*word));
        }
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
