//! A good site, and where its pages lead → what somebody should look after though nothing is wrong:
//! contacts whose time runs out, pages that nothing leads to, areas without an office.

use crate::content::data::Config;
use crate::content::proof::NATIONAL_FILE;
use crate::ledger::{Row, ledger};
use crate::model::{Age, Area, Model};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What somebody should look after.
#[derive(Clone, Debug, Serialize)]
pub struct Survey {
    /// The title and address of each page, by its file.
    pub pages: BTreeMap<String, Leaf>,
    /// Contacts and opening hours that should be checked again, what needs doing first before the others.
    pub contacts: Vec<Due>,
    /// The files of the pages to which no way leads from the home page of their language.
    pub orphans: Vec<String>,
    /// The provinces that the site covers.
    pub provinces: Vec<Cover>,
}

/// A page.
#[derive(Clone, Debug, Serialize)]
pub struct Leaf {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// A contact that should be checked again.
#[derive(Clone, Debug, Serialize)]
pub struct Due {
    /// The file that it stands in.
    pub file: String,
    /// How it stands.
    pub row: Row,
}

/// What the site knows of an area.
#[derive(Clone, Debug, Serialize)]
pub struct Cover {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The offices that serve it or a part of it.
    pub offices: usize,
    /// Its units.
    pub units: usize,
    /// Its facilities.
    pub facilities: usize,
    /// Whether one of those offices is its own.
    pub has_own_office: bool,
    /// The kab/kota in it.
    pub areas: Vec<Self>,
}

/// The addresses that each address leads to.
pub type Ways = BTreeMap<String, Vec<String>>;

/// Looks at a site.
#[must_use]
pub fn survey(model: &Model, ways: &Ways) -> Survey {
    let pages = model.pages.iter().map(|entry| {
        let leaf = Leaf { title: entry.page.front.title.value.clone(), url: entry.url.clone() };
        (entry.page.file.to_string(), leaf)
    });
    let due = ledger(model).rows.into_iter().filter(|row| row.state != Age::Fresh.key());
    let provinces = model.places.provinces();
    Survey {
        pages: pages.collect(),
        contacts: due.map(|row| Due { file: file_of(&row.owner), row }).collect(),
        orphans: orphans(model, ways),
        provinces: provinces.map(|area| cover(model, area, regencies(model, area))).collect(),
    }
}

/// `@/kantor/lido.md` → `content/kantor/lido.md`
fn file_of(owner: &str) -> String {
    let path = owner.strip_prefix("@/").map(|path| format!("content/{path}"));
    path.unwrap_or_else(|| NATIONAL_FILE.to_owned())
}

fn regencies(model: &Model, area: &Area) -> Vec<Cover> {
    let below = model.places.below(&area.code);
    below.map(|area| cover(model, area, Vec::new())).collect()
}

fn cover(model: &Model, area: &Area, areas: Vec<Cover>) -> Cover {
    let [offices, units, facilities] = model.places.count(&area.code);
    let url = area.url(&model.pages, model.pages.first_language());
    Cover {
        name: area.name.clone(),
        url: url.unwrap_or_default(),
        offices,
        units,
        facilities,
        has_own_office: model.places.has_own_office(&area.code),
        areas,
    }
}

/// The pages that nobody comes to who follows links from the home page, each in its language.
fn orphans(model: &Model, ways: &Ways) -> Vec<String> {
    let Config { languages, links, .. } = &model.content.config;
    // Where the screening leads to, it leads by its script.
    let screening = [&links.emergency, &links.privacy, &links.families, &links.method];
    let mut next: Vec<String> = languages.iter().map(|lang| model.pages.root(lang)).collect();
    next.extend(languages.iter().flat_map(|lang| {
        screening.iter().filter_map(|link| Some(model.pages.follow(&link.value, lang)?.url.clone()))
    }));
    let mut reached: BTreeSet<String> = next.iter().cloned().collect();
    while let Some(address) = next.pop() {
        for way in ways.get(&address).into_iter().flatten() {
            if reached.insert(way.clone()) {
                next.push(way.clone());
            }
        }
    }
    let lost = model.pages.iter().filter(|entry| !reached.contains(&entry.url));
    lost.map(|entry| entry.page.file.to_string()).collect()
}

/// The addresses of this site that a page leads to, but for its own translations.
#[must_use]
pub fn ways_in(html: &str) -> Vec<String> {
    let tags = html.split("<a ").skip(1).filter_map(|rest| rest.split('>').next());
    let links = tags.filter(|tag| !tag.contains("hreflang="));
    let addresses = links.filter_map(|tag| tag.split_once("href=\"")?.1.split(['"', '#']).next());
    addresses.filter(|address| address.starts_with('/')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_but_not_to_other_languages_or_sites() {
        let html = "<a href=\"/a/#b\">A</a><a class=\"c\" href=\"/b/\">B</a><a hreflang=\"en\" href=\"/en/\">E</a>\
            <a href=\"https://contoh.go.id/\">X</a><a href=\"#d\">D</a><link href=\"/l.css\">";
        assert_eq!(ways_in(html), ["/a/", "/b/"]);
    }
}
