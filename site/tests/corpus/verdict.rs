//! A built site → what in it would run, load something or lead where no link of the site may lead.

use crate::lay::{self, Files};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// Elements that no page of the site has.
const FOREIGN: &str = "iframe, frame, object, embed, applet, base, form[action], audio, video, \
    source, track, portal, math, template, style[media], link[rel=prefetch], \
    link[rel=preload], link[rel=import], link[rel=manifest]";
/// Attributes that load or lead somewhere.
const ADDRESSES: [&str; 9] =
    ["src", "href", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"];

/// The scripts, inline styles and reloads of the good site, which any site may have.
pub struct Known(BTreeSet<String>);

/// What the good site has.
pub fn known(site: &Files) -> Known {
    Known(documents(site).flat_map(|(_, page)| inline(&page)).collect())
}

/// What a site has besides, page by page.
pub fn wrong(site: &Files, known: &Known) -> Vec<String> {
    let pages = documents(site);
    let found = pages.flat_map(|(path, page)| {
        let inline = inline(&page).into_iter().filter(|text| !known.0.contains(text));
        let all: Vec<String> = inline.chain(foreign(&page)).collect();
        all.into_iter().map(move |what| format!("{path}: {what}"))
    });
    found.collect()
}

fn documents(site: &Files) -> impl Iterator<Item = (&str, Html)> {
    let pages = site.iter().filter(|(path, _)| lay::ending(path) == "html");
    pages.map(|(path, bytes)| {
        (path.as_str(), Html::parse_document(std::str::from_utf8(bytes).unwrap()))
    })
}

/// Everything that runs or is run by itself. The island is data.
fn inline(page: &Html) -> Vec<String> {
    let selector = Selector::parse("script, style, meta[http-equiv]").unwrap();
    let elements = page.select(&selector);
    let running = elements.filter(|element| element.attr("type") != Some("text/plain"));
    running
        .map(
            |element| {
                if element.value().name() == "meta" { element.html() } else { element.inner_html() }
            },
        )
        .collect()
}

fn foreign(page: &Html) -> Vec<String> {
    let foreign = Selector::parse(FOREIGN).unwrap();
    let elements = page.select(&foreign).map(|element| element.html());
    let all = Selector::parse("*").unwrap();
    let attributes = page.select(&all).flat_map(|element| wrong_attributes(&element));
    elements.chain(attributes).collect()
}

fn wrong_attributes(element: &ElementRef) -> Vec<String> {
    let name = element.value().name();
    let wrong = element.value().attrs().filter(|(key, value)| {
        let is_link = name == "a";
        let is_own = value.starts_with(['/', '#']) && !value.starts_with("//") || value.is_empty();
        let is_address = ADDRESSES.contains(key);
        let leads = is_link && (value.starts_with("https://") || value.starts_with("tel:"));
        let is_named = name == "link"
            && element.attr("rel").is_some_and(|rel| {
                rel == "canonical"
                    || rel == "alternate"
                    || (rel == "icon" && value.starts_with("data:image/svg+xml,"))
            });
        key.starts_with("on") || *key == "style" || (is_address && !is_own && !leads && !is_named)
    });
    wrong.map(|(key, value)| format!("<{name} {key}=\"{value}\">")).collect()
}
