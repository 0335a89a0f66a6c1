//! Files ↔ the addresses at which a visitor finds them; and the addresses that a text names.

use crate::hosting::{APACHE_FILE, HEADERS_FILE};
use std::collections::BTreeSet;

/// Where a page stands that a server shows in place of a missing one.
const NOT_FOUND: &str = "404.html";

/// How a file of the manifest can be seen from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// At this address.
    At(String),
    /// In place of whatever is missing below this folder, which ends in `/`.
    NotFound(String),
    /// A packed form of another file: the server sends it to whoever unpacks it.
    Packed,
    /// It is for the server, which may keep it to itself.
    Own(String),
}

/// How a file can be seen.
#[must_use]
pub fn sight(file: &str, is_file: impl Fn(&str) -> bool) -> Sight {
    let unpacked = file.strip_suffix(".br").or_else(|| file.strip_suffix(".gz"));
    if unpacked.is_some_and(is_file) {
        return Sight::Packed;
    }
    let (folder, name) = file.rsplit_once('/').map_or(("", file), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { "/".to_owned() } else { format!("/{folder}/") };
    match name {
        NOT_FOUND => Sight::NotFound(folder),
        "index.html" => Sight::At(folder),
        HEADERS_FILE | APACHE_FILE => Sight::Own(format!("/{file}")),
        _ => Sight::At(format!("/{file}")),
    }
}

/// The addresses on the own host that a page or sitemap names, without query and fragment. `homes` are
/// the addresses of the host.
#[must_use]
pub fn named_in(text: &str, homes: &[&str]) -> BTreeSet<String> {
    let starts = ["href=\"", "src=\"", "href='", "src='", "action=\"", "<loc>"];
    let mut addresses = BTreeSet::new();
    for start in starts {
        for rest in text.split(start).skip(1) {
            let named = rest.split(['"', '\'', '<', '>', '?', '#', ' ', '\n']).next().unwrap_or("");
            let home = homes.iter().find_map(|home| named.strip_prefix(home));
            let path = home.map_or(named, |path| if path.is_empty() { "/" } else { path });
            if path.starts_with('/') && !path.starts_with("//") {
                addresses.insert(path.to_owned());
            }
        }
    }
    addresses
}

/// The foreign hosts from which a page loads something, of which ours have none.
#[must_use]
pub fn foreign_hosts(text: &str, homes: &[&str]) -> BTreeSet<String> {
    let mut hosts = BTreeSet::new();
    for start in ["src=\"", "src='", "<link ", "action=\""] {
        for rest in text.split(start).skip(1) {
            let part = if start == "<link " { in_link(rest) } else { rest };
            let named = part.split(['"', '\'', '<', '>', ' ']).next().unwrap_or("");
            let is_own = homes.iter().any(|home| named.starts_with(home));
            let host = ["https://", "http://", "//"].iter().find_map(|it| named.strip_prefix(it));
            let host = host.and_then(|rest| rest.split(['/', '?', '#']).next());
            hosts.extend(host.filter(|host| !is_own && !host.is_empty()).map(str::to_owned));
        }
    }
    hosts
}

/// The address of a `link` that loads something; none of one that only names another page.
fn in_link(rest: &str) -> &str {
    let element = rest.split('>').next().unwrap_or("");
    let only_names = ["canonical", "alternate"].iter().any(|kind| element.contains(kind));
    element.split_once("href=\"").filter(|_| !only_names).map_or("", |(_, address)| address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hosting::file_at;

    fn set(texts: &[&str]) -> BTreeSet<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_file_is_seen_where_a_visitor_sees_it() {
        let see = |file| sight(file, |other| other == "ibm/index.html");
        let at = |address: &str| Sight::At(address.to_owned());
        assert_eq!(see("index.html"), at("/"));
        assert_eq!(see("ibm/index.html"), at("/ibm/"));
        assert_eq!(see("aset/a.css"), at("/aset/a.css"));
        assert_eq!(see("ibm/index.html.br"), Sight::Packed);
        assert_eq!(see("aset/a.gz"), at("/aset/a.gz"), "it unpacks to no file of the site");
        assert_eq!(see("en/404.html"), Sight::NotFound("/en/".to_owned()));
        assert_eq!(see("_headers"), Sight::Own("/_headers".to_owned()));
        for file in ["index.html", "ibm/index.html", "aset/a.css"] {
            let Sight::At(address) = see(file) else { panic!("{file}") };
            assert_eq!(file_at(&address), file);
        }
    }

    #[test]
    fn addresses_are_found_in_pages_and_sitemaps() {
        let text = "<a href=\"/ibm/?x=1\">a</a><script src='/cdn-cgi/x.js'></script>\
                    <loc>https://a.id/unit/</loc><loc>https://a.id</loc>\
                    <a href=\"https://b.id/x\">b</a><a href=\"#c\">c</a><img src=\"//c.id/p.gif\">";
        let homes = ["https://a.id"];
        assert_eq!(named_in(text, &homes), set(&["/", "/cdn-cgi/x.js", "/ibm/", "/unit/"]));
        assert_eq!(
            foreign_hosts(text, &homes),
            set(&["c.id"]),
            "a link that one taps loads nothing"
        );
        let link = "<link rel=\"canonical\" href=\"https://c.id/\"><link rel=\"preload\" href=\"https://d.id/x\">";
        assert_eq!(foreign_hosts(link, &homes), set(&["d.id"]));
    }
}
