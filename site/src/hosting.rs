//! The headers of a site → what hosts read: `_headers`, `.htaccess`, and files for nginx and Caddy.
//!
//! Each address has one policy, so that no host can join two of them: what holds for every response
//! stands in one rule, what differs in rules whose addresses do not meet.

mod blocks;

pub use blocks::Server;

use crate::assets::Assets;
use crate::content;
use crate::content::front::{Kind as PageKind, Layout};
use crate::content::markdown::{Body, Target};
use crate::model::Model;
use crate::policy::{self, Header, Kind, Policies};
use crate::value::PageId;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The file that Netlify, Cloudflare Pages and others read.
pub const HEADERS_FILE: &str = "_headers";
/// The file that Apache reads.
pub const APACHE_FILE: &str = ".htaccess";

/// What a host is told about a site.
#[derive(Clone, Debug)]
pub struct Hosting {
    /// The base address.
    base_url: String,
    /// What every response carries.
    common: Vec<Header>,
    /// The addresses of the sealed pages, such as `/cek/`.
    sealed: Vec<String>,
    /// The addresses of the pages between the sealed ones and the target of the quick exit.
    exits: Vec<String>,
    /// Where the information pages are: single addresses, and folders such as `/ibm/*`.
    information: BTreeSet<String>,
    /// The full addresses of the pages that the sealed ones lead to.
    doors: BTreeSet<String>,
    policies: Policies,
}

/// Files at the root that programs read.
const FOR_PROGRAMS: [&str; 3] = ["/robots.txt", "/sitemap.xml", "/SHA256SUMS"];

/// The most addresses that the protocol (sitemaps.org) lets stand in one file. It has a limit of 50 MB
/// besides, which 50,000 addresses reach with 1,000 bytes each.
pub const SITEMAP_ADDRESSES: usize = 50_000;

/// The paths of the files that the list of all addresses is divided into; then `/sitemap.xml` is the list
/// of these. None where it holds all addresses itself.
#[must_use]
pub fn sitemap_parts(model: &Model) -> Vec<String> {
    parts_of(model.pages.iter().count() + model.area_pages().count())
}

fn parts_of(addresses: usize) -> Vec<String> {
    let parts = addresses.div_ceil(SITEMAP_ADDRESSES);
    (1..=parts).filter(|_| parts > 1).map(|part| format!("/sitemap-{part}.xml")).collect()
}

/// Gathers what a host must know.
#[must_use]
pub fn plan(model: &Model, assets: &Assets) -> Hosting {
    let pages = &model.pages;
    let languages = &model.content.config.languages;
    let is_sealed = |kind: &PageKind| matches!(kind, PageKind::Article(Layout::Screening));
    let sealed: Vec<String> = pages
        .iter()
        .filter(|entry| is_sealed(entry.kind()))
        .map(|entry| entry.url.clone())
        .collect();
    let exits: Vec<String> = languages.iter().filter_map(|lang| pages.exit(lang)).collect();
    let read = pages.iter().filter(|entry| !is_sealed(entry.kind()));
    let areas = model.area_pages().map(|(url, _)| url);
    let moved = pages.aliases().map(|(alias, _)| alias.value.as_str().to_owned());
    let urls = read.map(|entry| entry.url.clone()).chain(areas).chain(moved);
    let roots: Vec<String> = languages.iter().map(|lang| pages.root(lang)).collect();
    let closed: Vec<&str> = sealed.iter().chain(&exits).map(String::as_str).collect();
    let base_url = model.content.config.base_url.as_str().to_owned();
    let mut common = policy::common();
    if base_url.starts_with("https:") {
        common.push(policy::transport());
    }
    let mut information = patterns(urls, &roots, &closed);
    information.extend(sitemap_parts(model));
    Hosting {
        information,
        doors: doors(model).into_iter().map(|door| base_url.clone() + &door).collect(),
        base_url,
        common,
        sealed,
        exits,
        policies: assets.policies.clone(),
    }
}

/// The own pages that a sealed page leads to, in every language: those of its frame, of its screens
/// and of its text.
fn doors(model: &Model) -> BTreeSet<String> {
    let config = &model.content.config;
    let links = &config.links;
    let chosen = [&links.emergency, &links.privacy, &links.families, &links.method];
    let mut doors = BTreeSet::new();
    for lang in &config.languages {
        let pages = &model.pages;
        let finder = pages.with_layout(Layout::Finder, lang);
        let sealed = pages.with_layout(Layout::Screening, lang);
        // A page that cannot be read any more is not published either.
        let texts = sealed.iter().filter_map(|entry| Some((entry.page, entry.page.text().ok()?)));
        let linked: Vec<PageId> =
            texts.flat_map(|(page, text)| linked(&content::unchecked(page, &text))).collect();
        let in_text = linked.iter().filter_map(|id| pages.find(id, lang));
        let fixed = chosen.into_iter().chain(&config.footer);
        let fixed = fixed.filter_map(|link| pages.follow(&link.value, lang));
        let entries = fixed.chain(finder).chain(sealed).chain(in_text);
        doors.extend(entries.map(|entry| entry.url.clone()));
        doors.extend(pages.exit(lang).into_iter().chain([pages.root(lang)]));
    }
    doors
}

/// The pages that a body links to.
fn linked(body: &Body) -> Vec<PageId> {
    let linked = body.targets.iter().filter_map(|target| match &target.value {
        Target::Page { path, .. } => Some(PageId::new(path)),
        Target::Image(_) | Target::Call { .. } => None,
    });
    linked.collect()
}

/// The addresses of information pages, a folder at a time where nothing closed lies in it.
fn patterns(
    urls: impl Iterator<Item = String>,
    roots: &[String],
    closed: &[&str],
) -> BTreeSet<String> {
    let mut patterns: BTreeSet<String> =
        roots.iter().map(|root| format!("{root}404.html")).collect();
    patterns.extend(FOR_PROGRAMS.map(str::to_owned));
    for url in urls {
        let above = roots.iter().filter(|root| url.starts_with(root.as_str()));
        let root = above.max_by_key(|root| root.len()).map_or("/", String::as_str);
        let segment = url[root.len()..].split('/').next().unwrap_or("");
        let folder = format!("{root}{segment}/");
        if segment.is_empty() || closed.iter().any(|closed| closed.starts_with(&folder)) {
            patterns.extend(files_of(&url));
        } else {
            patterns.insert(format!("{folder}*"));
        }
    }
    patterns
}

/// The file below the output folder that stands at an address: `/ibm/` → `ibm/index.html`.
#[must_use]
pub fn file_at(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// A page can be asked for by its folder and by its file.
fn files_of(url: &str) -> [String; 2] {
    [url.to_owned(), format!("{url}index.html")]
}

impl Hosting {
    /// The text of `_headers`. The first line names the address that the site is made for.
    #[must_use]
    pub fn headers_file(&self) -> String {
        let mut text = format!("# {}\n", self.base_url);
        add_rule(&mut text, "/*", &self.common);
        add_rule(&mut text, "/aset/*", &self.own(Kind::Asset));
        for (kind, pages) in [(Kind::Sealed, &self.sealed), (Kind::Exit, &self.exits)] {
            for path in pages.iter().flat_map(|url| files_of(url)) {
                add_rule(&mut text, &path, &self.own(kind));
            }
        }
        for path in &self.information {
            add_rule(&mut text, path, &self.own(Kind::Information));
        }
        text
    }

    fn own(&self, kind: Kind) -> Vec<Header> {
        policy::own(kind, &self.policies, &self.doors)
    }
}

fn add_rule(text: &mut String, path: &str, headers: &[Header]) {
    // Writing into a String does not fail.
    let _ = writeln!(text, "{path}");
    for Header { name, value } in headers {
        let _ = writeln!(text, "  {name}: {value}");
    }
}

/// The headers that a text of the form of `_headers` gives to a path.
#[must_use]
pub fn headers_of<'a>(rules: &'a str, path: &str) -> Vec<(&'a str, &'a str)> {
    let mut applies = false;
    let mut found = Vec::new();
    for line in rules.lines() {
        match line.strip_prefix("  ").and_then(|header| header.split_once(": ")) {
            Some(header) if applies => found.push(header),
            Some(_) => {}
            None => applies = covers(line, path),
        }
    }
    found
}

/// The text of `_headers` for a copy of the site at another address, such as the preview: the doors
/// of the sealed page are full addresses.
#[must_use]
pub fn moved(rules: &str, origin: &str) -> String {
    match rules.lines().next().and_then(|line| line.strip_prefix("# ")) {
        Some(home) => rules.replace(home, origin),
        None => rules.to_owned(),
    }
}

fn covers(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == path, |start| path.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(texts: &[&str]) -> BTreeSet<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn folders_stand_for_their_pages_unless_something_closed_lies_in_them() {
        let urls = set(&["/", "/ibm/", "/ibm/sil/", "/cek/cara/", "/en/", "/en/ibm/"]);
        let roots = ["/".to_owned(), "/en/".to_owned()];
        let found = patterns(urls.into_iter(), &roots, &["/cek/", "/en/cek/", "/k/", "/en/k/"]);
        let expected = [
            "/",
            "/404.html",
            "/SHA256SUMS",
            "/cek/cara/",
            "/cek/cara/index.html",
            "/en/",
            "/en/404.html",
            "/en/ibm/*",
            "/en/index.html",
            "/ibm/*",
            "/index.html",
            "/robots.txt",
            "/sitemap.xml",
        ];
        assert_eq!(found, set(&expected));
    }

    #[test]
    fn a_sitemap_is_divided_once_it_is_full() {
        let none: [&str; 0] = [];
        assert_eq!(parts_of(SITEMAP_ADDRESSES), none);
        assert_eq!(parts_of(SITEMAP_ADDRESSES + 1), ["/sitemap-1.xml", "/sitemap-2.xml"]);
        assert_eq!(parts_of(91_000).len(), 2);
    }

    #[test]
    fn a_copy_elsewhere_has_doors_of_its_own() {
        let rules = "# https://a.id\n/cek/\n  C: (\"https://a.id/k/#*\" \"tel:*\")\n";
        let moved = moved(rules, "http://127.0.0.1:8000");
        assert_eq!(
            headers_of(&moved, "/cek/"),
            [("C", "(\"http://127.0.0.1:8000/k/#*\" \"tel:*\")")]
        );
    }

    #[test]
    fn a_path_gets_what_its_rules_say() {
        let rules = "/*\n  A: all\n/cek/\n  B: sealed: yes\n/ibm/*\n  C: page\n";
        assert_eq!(headers_of(rules, "/cek/"), [("A", "all"), ("B", "sealed: yes")]);
        assert_eq!(headers_of(rules, "/ibm/sil/"), [("A", "all"), ("C", "page")]);
        assert_eq!(headers_of(rules, "/ibm"), [("A", "all")]);
    }
}
