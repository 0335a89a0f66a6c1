//! Small parts of screens: headings, paragraphs, buttons, links. Functions rather than one `html!`
//! per place: the macro is written out wherever it stands, and that is what the module weighs.

use super::{HEADING, View};
use crate::state::Action;
use island::Word;
use yew::virtual_dom::VList;
use yew::{Callback, Html, MouseEvent, html};

/// Parts one after the other.
pub fn all(parts: Vec<Html>) -> Html {
    VList::with_children(parts, None).into()
}

/// What a condition decides about.
#[inline(never)]
pub fn when(is_shown: bool, part: impl FnOnce() -> Html) -> Html {
    if is_shown { part() } else { Html::default() }
}

/// The heading of a screen; it takes the focus when the screen comes.
#[inline(never)]
pub fn heading(text: &str) -> Html {
    html! { <h1 id={HEADING} tabindex="-1">{ text }</h1> }
}

/// The heading of a part of a screen.
#[inline(never)]
pub fn title(text: &str) -> Html {
    html! { <h2>{ text }</h2> }
}

/// The name of whatever a card is about.
#[inline(never)]
pub fn name(text: &str) -> Html {
    html! { <h3>{ text }</h3> }
}

/// A paragraph; nothing where there is no text.
#[inline(never)]
pub fn paragraph(text: &str) -> Html {
    if text.is_empty() {
        Html::default()
    } else {
        html! { <p>{ text }</p> }
    }
}

/// A paragraph that carries the first thought of a screen.
#[inline(never)]
pub fn lead(text: &str) -> Html {
    html! { <p class="lead">{ text }</p> }
}

/// A quiet paragraph, such as where something was seen; nothing where there is no text.
#[inline(never)]
pub fn remark(text: &str) -> Html {
    if text.is_empty() {
        Html::default()
    } else {
        html! { <p class="kecil">{ text }</p> }
    }
}

/// Where the person is, above a heading.
#[inline(never)]
pub fn place(text: &str) -> Html {
    html! { <p class="di-mana">{ text }</p> }
}

/// A list of words.
#[inline(never)]
pub fn list(view: &View, words: &[Word]) -> Html {
    let items = words.iter().map(|word| html! { <li>{ view.text(*word) }</li> });
    html! { <ul>{ for items }</ul> }
}

/// Words, each in a paragraph.
#[inline(never)]
pub fn lines(view: &View, words: &[Word]) -> Html {
    all(words.iter().map(|word| view.line(*word)).collect())
}

/// A part of a screen: its heading and paragraphs.
#[inline(never)]
pub fn section(view: &View, heading: Word, words: &[Word]) -> Html {
    html! { <section>{ title(view.text(heading)) }{ lines(view, words) }</section> }
}

/// A card with a heading.
#[inline(never)]
pub fn card(view: &View, heading: Word, body: Vec<Html>) -> Html {
    html! { <section class="kartu">{ title(view.text(heading)) }{ all(body) }</section> }
}

/// A card that warns.
#[inline(never)]
pub fn warning(view: &View, heading: Word, words: &[Word]) -> Html {
    html! {
        <section class="kartu peringatan">
            { title(view.text(heading)) }{ lines(view, words) }
        </section>
    }
}

/// A card about someone to turn to.
#[inline(never)]
pub fn contact_card(body: Vec<Html>) -> Html {
    html! { <div class="kontak">{ all(body) }</div> }
}

/// The button that goes on.
#[inline(never)]
pub fn primary(view: &View, word: Word, action: Action) -> Html {
    let onclick = view.on_single(action);
    html! { <button type="button" class="tombol" {onclick}>{ view.text(word) }</button> }
}

/// A button beside the one that goes on.
pub fn secondary(view: &View, word: Word, action: Action) -> Html {
    secondary_doing(view, word, view.on(action))
}

/// A button beside the one that goes on, which changes nothing in the state.
#[inline(never)]
pub fn secondary_doing(view: &View, word: Word, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="tombol kedua" {onclick}>{ view.text(word) }</button> }
}

/// The link-like button above a screen that goes back.
#[inline(never)]
pub fn back(view: &View, word: Word) -> Html {
    let onclick = view.on(Action::Back);
    html! { <button type="button" class="kembali" {onclick}>{ view.text(word) }</button> }
}

/// A link that says where it leads; nothing where there is no address.
#[inline(never)]
pub fn link(text: &str, href: &str) -> Html {
    if href.is_empty() {
        return Html::default();
    }
    html! { <a href={href.to_owned()} rel="noreferrer">{ text }</a> }
}

/// A paragraph with one link; nothing where there is no address.
#[inline(never)]
pub fn link_line(text: &str, href: &str) -> Html {
    if href.is_empty() {
        Html::default()
    } else {
        html! { <p>{ link(text, href) }</p> }
    }
}

/// A number to call, large.
#[inline(never)]
pub fn number(shown: &str, href: &str) -> Html {
    html! { <p><a class="nomor" href={href.to_owned()}>{ shown }</a></p> }
}
