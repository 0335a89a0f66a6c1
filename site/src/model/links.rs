//! The pages and their addresses; every link, card and menu entry must lead to one.

use super::{Model, bodies};
use crate::content::front::{Kind, Layout, Page};
use crate::content::markdown::internal;
use crate::content::{At, Content, draft_linked};
use crate::diag::{Code, Fault, Spot, offered};
use crate::value::{Address, Lang, PageId};
use std::collections::BTreeMap;

/// One page and its address.
#[derive(Debug)]
pub struct Entry<'c> {
    /// The page as it was written.
    pub page: &'c Page,
    /// The page in the first language: kind, date and sources of a translation are its. The page
    /// itself where there is none.
    pub original: &'c Page,
    /// The path, such as `/ibm/sil/`.
    pub url: String,
}

impl<'c> Entry<'c> {
    /// What the page is.
    #[must_use]
    pub fn kind(&self) -> &'c Kind {
        &self.original.kind
    }
}

/// All pages.
#[derive(Debug)]
pub struct Pages<'c> {
    entries: BTreeMap<(PageId, Lang), Entry<'c>>,
    /// The pages whose layout is not the plain one.
    special: Vec<(Layout, PageId)>,
    /// The pages directly below each folder in each language, in the order in which they are listed.
    children: BTreeMap<(&'c str, &'c Lang), Vec<&'c PageId>>,
    first_language: Lang,
    /// What stands before each address: nothing, or the base address.
    base: String,
}

/// From where the addresses of pages must work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// From the pages of the site: `/ibm/`.
    Site,
    /// From a page that is read by itself, wherever it was saved: the base address, then `/ibm/`.
    Alone,
}

/// The folder of the page that the quick exit of the screening leads to. It lands in the history.
const EXIT: &str = "k/";
/// What that page is made from.
pub(super) const EXIT_SOURCE: &str = "templates/pages/exit.html";

impl<'c> Pages<'c> {
    /// Every page, sorted by source and language.
    pub fn iter(&self) -> impl Iterator<Item = &Entry<'c>> {
        self.entries.values()
    }

    /// Every page in one language.
    pub fn in_language<'a>(&'a self, lang: &'a Lang) -> impl Iterator<Item = &'a Entry<'c>> {
        self.iter().filter(move |entry| entry.page.lang == *lang)
    }

    /// A page in a language, or in the first language where it is not translated.
    #[must_use]
    pub fn find(&self, id: &PageId, lang: &Lang) -> Option<&Entry<'c>> {
        let in_lang = |lang: &Lang| self.entries.get(&(id.clone(), lang.clone()));
        in_lang(lang).or_else(|| in_lang(&self.first_language))
    }

    /// The page an internal link such as `@/kantor/lido.md#alamat` leads to.
    #[must_use]
    pub fn follow(&self, link: &str, lang: &Lang) -> Option<&Entry<'c>> {
        let (path, _) = internal(link)?;
        self.find(&PageId::new(path), lang)
    }

    /// The address an internal link leads to, anchor included.
    #[must_use]
    pub fn address(&self, link: &str, lang: &Lang) -> Option<String> {
        let (path, anchor) = internal(link)?;
        let url = if path.is_empty() { "" } else { &self.find(&PageId::new(path), lang)?.url };
        Some(anchor.map_or_else(|| url.to_owned(), |anchor| format!("{url}#{anchor}")))
    }

    /// The pages directly below the one that speaks for a folder, in its language; none below the home
    /// page.
    pub fn children<'a>(&'a self, section: &'a Page) -> impl Iterator<Item = &'a Entry<'c>> {
        let key = (section.id.folder(), &section.lang);
        let children = self.children.get(&key).filter(|_| section.id.is_section());
        children.into_iter().flatten().filter_map(|id| self.find(id, &section.lang))
    }

    /// The page of a layout of which a site has one, in a language.
    #[must_use]
    pub fn with_layout<'a>(&'a self, layout: Layout, lang: &'a Lang) -> Option<&'a Entry<'c>> {
        let found = self.special.iter().find(|(known, _)| *known == layout);
        found.and_then(|(_, id)| self.find(id, lang))
    }

    /// The root of a language: `/`, or `/en/` for any but the first.
    #[must_use]
    pub fn root(&self, lang: &Lang) -> String {
        root(lang, &self.first_language, &self.base)
    }

    /// The page between the screening and the target of the quick exit; none where there is no site
    /// around the screening.
    #[must_use]
    pub fn exit(&self, lang: &Lang) -> Option<String> {
        self.base.is_empty().then(|| format!("{}{EXIT}", self.root(lang)))
    }

    /// The address that a page has, or would have, in a language.
    #[must_use]
    pub fn address_of(&self, id: &PageId, lang: &Lang) -> String {
        url_of(id, &self.root(lang))
    }

    /// The old addresses of all pages, each with its page.
    pub fn aliases(&self) -> impl Iterator<Item = (&At<Address>, &Entry<'c>)> {
        self.iter()
            .flat_map(|entry| entry.page.front.aliases.iter().map(move |alias| (alias, entry)))
    }

    /// The language whose pages stand at the root.
    #[must_use]
    pub fn first_language(&self) -> &Lang {
        &self.first_language
    }
}

fn root(lang: &Lang, first: &Lang, base: &str) -> String {
    if lang == first { format!("{base}/") } else { format!("{base}/{}/", lang.as_str()) }
}

/// Gives every page its address.
pub fn pages<'c>(content: &'c Content, reach: Reach, faults: &mut Vec<Fault>) -> Pages<'c> {
    let first = &content.config.languages[0];
    let in_first = content.pages.iter().filter(|page| page.lang == *first);
    let originals: BTreeMap<&PageId, &Page> = in_first.map(|page| (&page.id, page)).collect();
    let mut entries = BTreeMap::new();
    let base = match reach {
        Reach::Site => String::new(),
        Reach::Alone => content.config.base_url.as_str().to_owned(),
    };
    let exits = content.config.languages.iter().map(|lang| root(lang, first, &base) + EXIT);
    let mut taken: BTreeMap<String, &str> = exits.map(|url| (url, EXIT_SOURCE)).collect();
    for page in &content.pages {
        let url = url_of(&page.id, &root(&page.lang, first, &base));
        if let Some(other) = taken.insert(url.clone(), &page.file) {
            let fault = Fault::new(Code::DuplicatePath, Spot::file(&page.file));
            faults.push(fault.with("path", &url).with("other", other));
        }
        let original = originals.get(&page.id).copied().unwrap_or(page);
        let entry = Entry { page, original, url };
        entries.insert((page.id.clone(), page.lang.clone()), entry);
    }
    let (special, children) = (special(&originals), children(content));
    Pages { entries, special, children, first_language: first.clone(), base }
}

/// The pages of each folder: its files, and those that speak for the folders in it.
fn children(content: &Content) -> BTreeMap<(&str, &Lang), Vec<&PageId>> {
    let mut children: BTreeMap<(&str, &Lang), Vec<&Page>> = BTreeMap::new();
    for page in &content.pages {
        let folder = page.id.folder();
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        let above = if page.id.is_section() { above } else { folder };
        // What lies at the top is in the menu.
        if !above.is_empty() {
            children.entry((above, &page.lang)).or_default().push(page);
        }
    }
    let sorted = children.into_iter().map(|(folder, mut pages)| {
        pages.sort_by_key(|page| (page.front.order, &page.id));
        (folder, pages.into_iter().map(|page| &page.id).collect())
    });
    sorted.collect()
}

fn special(originals: &BTreeMap<&PageId, &Page>) -> Vec<(Layout, PageId)> {
    let layouts = originals.values().filter_map(|page| match page.kind {
        Kind::Article(layout) if layout != Layout::Plain => Some((layout, page.id.clone())),
        _ => None,
    });
    layouts.collect()
}

/// `ibm/_index.md` → `/ibm/`, `ibm/sil.md` → `/ibm/sil/`.
fn url_of(id: &PageId, root: &str) -> String {
    let path = id.as_str();
    let path = path.strip_suffix("_index.md").unwrap_or(path);
    let path = path.strip_suffix(".md").unwrap_or(path).trim_end_matches('/');
    if path.is_empty() { root.to_owned() } else { format!("{root}{path}/") }
}

/// Every link in cards, menus and referral rules.
pub fn check(model: &Model, faults: &mut Vec<Fault>) {
    let config = &model.content.config;
    let links = &config.links;
    let screening = [&links.emergency, &links.privacy, &links.families, &links.method];
    for link in config.menu.iter().chain(&config.footer).chain(screening) {
        check_link(model, link, faults);
    }
    bodies::check_dialled(model, &model.content.dialled, faults);
    for page in &model.content.pages {
        for door in &page.front.doors {
            check_link(model, &door.to, faults);
        }
        if let Kind::Office(office) = &page.kind {
            let bands = office.rule.iter().flat_map(|rule| &rule.bands);
            bands.flat_map(|band| &band.to).for_each(|link| check_link(model, link, faults));
        }
    }
}

fn check_link(model: &Model, link: &At<String>, faults: &mut Vec<Fault>) {
    let Some((path, anchor)) = internal(&link.value) else { return };
    match (model.pages.follow(&link.value, model.pages.first_language()), anchor) {
        (None, _) => faults.push(missing(model, Code::MissingPage, path, &link.spot)),
        (Some(entry), Some(anchor)) => {
            bodies::check_anchor(model, entry.page, anchor, &link.spot, faults);
        }
        (Some(_), None) => {}
    }
}

/// A fault about a page that is still a draft, or that does not exist, with the nearest ones.
pub fn missing(model: &Model, code: Code, path: &str, spot: &Spot) -> Fault {
    if model.content.leaves_out(path) {
        return draft_linked(path, spot.clone());
    }
    let known: Vec<String> = model.pages.iter().map(|entry| entry.page.id.to_string()).collect();
    let target = format!("@/{path}");
    let near = offered(&target, known.iter().map(String::as_str));
    Fault::new(code, spot.clone()).with("target", target).with("near", near)
}
