//! Old addresses of pages: nothing else may stand there, and each leads to one page.

use super::Model;
use super::links::EXIT_SOURCE;
use crate::content::At;
use crate::diag::{Code, Fault};
use crate::value::{Address, PageId};
use std::collections::BTreeMap;

/// Below this address stand stylesheets and pictures, which have headers of their own.
const ASSETS: &str = "/aset/";

/// Tells every old address that stands twice, or at which something stands.
pub fn check(model: &Model, faults: &mut Vec<Fault>) {
    let mut aliases: BTreeMap<&str, &At<Address>> = BTreeMap::new();
    for (alias, entry) in model.pages.aliases() {
        let address = alias.value.as_str();
        if address == entry.url {
            faults.push(about(Code::AliasOwn, alias, &entry.page.file));
        } else if address.starts_with(ASSETS) {
            faults.push(about(Code::AliasTaken, alias, ASSETS));
        } else if let Some(first) = aliases.get(address) {
            faults.push(about(Code::AliasTwice, alias, &first.spot.file));
        } else {
            aliases.insert(address, alias);
        }
    }
    if aliases.is_empty() {
        return;
    }
    let mut tell = |address: &str, source: &str| {
        faults.extend(aliases.get(address).map(|alias| about(Code::AliasTaken, alias, source)));
    };
    for entry in model.pages.iter() {
        tell(&entry.url, &entry.page.file);
    }
    for (address, area) in model.area_pages() {
        tell(&address, &format!("{} {}", area.code, area.name));
    }
    for lang in &model.content.config.languages {
        model.pages.exit(lang).iter().for_each(|address| tell(address, EXIT_SOURCE));
    }
}

/// What stands at an address but for a page and what leads to it.
pub fn standing_at(model: &Model, address: &str, but: &PageId) -> Option<String> {
    let own = model.pages.iter().map(|entry| (entry.url.clone(), entry));
    let old = model.pages.aliases().map(|(alias, entry)| (alias.value.as_str().to_owned(), entry));
    let mut pages = own.chain(old).filter(|(_, entry)| entry.page.id != *but);
    let page = pages.find(|(known, _)| known == address);
    let area = || model.area_pages().find(|(known, _)| known == address);
    let area = || area().map(|(_, area)| format!("{} {}", area.code, area.name));
    let languages = &model.content.config.languages;
    let is_exit = languages.iter().any(|lang| model.pages.exit(lang).as_deref() == Some(address));
    let exit = || is_exit.then(|| EXIT_SOURCE.to_owned());
    let asset = || address.starts_with(ASSETS).then(|| ASSETS.to_owned());
    page.map(|(_, entry)| entry.page.file.to_string()).or_else(area).or_else(exit).or_else(asset)
}

fn about(code: Code, alias: &At<Address>, other: &str) -> Fault {
    let fault = Fault::new(code, alias.spot.clone()).with("value", alias.value.as_str());
    fault.with("other", other)
}
