//! Old addresses of pages: what stands there, and who knows of it.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::diag::{Fault, Format, Messages, show_all};
use bersinar::emit::{Memory, Site};
use bersinar::hosting::headers_of;
use bersinar::pipeline::{self, Options};
use lay::Files;

fn options() -> Options {
    Options { today: lay::TODAY.parse().unwrap(), base_url: None }
}

fn built(files: &Files) -> (Site, Vec<Fault>) {
    let memory = Memory::default();
    let faults = pipeline::build(&lay::source(files), &options(), &memory).unwrap();
    (memory.into_site(), faults)
}

fn shown(files: &Files, faults: &[Fault]) -> String {
    let sources = pipeline::sources(&lay::source(files), faults);
    show_all(faults, &sources, &Messages::in_language("id"), Format::Text)
}

/// Some files with a line put behind the first line of the head of a page.
fn with_key(mut files: Files, path: &str, key: &str) -> Files {
    let text = String::from_utf8(files[path].clone()).unwrap();
    files.insert(path.to_owned(), text.replacen("+++\n", &format!("+++\n{key}\n"), 1).into_bytes());
    files
}

fn text<'a>(site: &'a Site, path: &str) -> &'a str {
    std::str::from_utf8(&site[path]).unwrap()
}

#[test]
fn an_old_address_leads_to_the_page_and_is_known_to_hosts_and_not_to_search_engines() {
    let files = with_key(lay::real_site(), "content/unit/ancol.md", "alias = [\"/unit/dulu/\"]");
    let files = with_key(files, "content/cek.md", "alias = [\"/periksa/diri/\"]");
    let files = with_key(files, "content/cek.en.md", "alias = [\"/en/cek/old/\"]");
    let (site, faults) = built(&files);
    let (before, told) = built(&lay::real_site());
    assert_eq!(shown(&files, &faults), shown(&files, &told));
    let rules = text(&site, "_headers");
    for (address, target) in
        [("/unit/dulu/", "/unit/ancol/"), ("/periksa/diri/", "/cek/"), ("/en/cek/old/", "/en/cek/")]
    {
        let page = text(&site, &format!("{}index.html", &address[1..]));
        for part in [
            format!("<meta http-equiv=\"refresh\" content=\"0; url={target}\">"),
            format!("<a href=\"{target}\">"),
            "<meta name=\"robots\" content=\"noindex\">".to_owned(),
            "<meta name=\"referrer\" content=\"no-referrer\">".to_owned(),
            format!("<html lang=\"{}\">", if address.starts_with("/en/") { "en" } else { "id" }),
        ] {
            assert!(page.contains(&part), "{address}: {part} in {page}");
        }
        let canonical = page.split("rel=\"canonical\" href=\"").nth(1).unwrap();
        let canonical = canonical.split('"').next().unwrap();
        assert!(canonical.ends_with(target) && canonical.starts_with("https://"), "{canonical}");
        assert!(!page.contains("<script"), "{page}");
        assert_eq!(headers_of(rules, address), headers_of(rules, "/ibm/"), "{address}");
        assert!(!text(&site, "sitemap.xml").contains(address), "{address}");
    }
    let others = site.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes));
    let others: Vec<&str> = others.map(|(path, _)| path.as_str()).collect();
    let new = ["en/cek/old/index.html", "periksa/diri/index.html", "unit/dulu/index.html"];
    let told = [".htaccess", "_headers"];
    assert!(new.iter().all(|path| others.contains(path)), "{others:?}");
    assert!(others.iter().all(|path| new.contains(path) || told.contains(path)), "{others:?}");
}

#[test]
fn an_old_address_of_the_sealed_page_tells_nothing_of_it() {
    let good = with_key(lay::real_site(), "content/cek.md", "alias = [\"/periksa/\"]");
    let (site, _) = built(&good);
    let page = text(&site, "periksa/index.html");
    let other = with_key(lay::real_site(), "content/unit/ancol.md", "alias = [\"/periksa/\"]");
    let (site, _) = built(&other);
    assert_eq!(page.replace("/cek/", "/unit/ancol/"), text(&site, "periksa/index.html"));
    let bad = with_key(lay::real_site(), "content/cek.md", "alias = [\"/skrining/narkoba/\"]");
    let (_, faults) = built(&bad);
    let words = faults.iter().filter(|fault| fault.code.as_str() == "B504");
    assert_eq!(words.count(), 2, "{}", shown(&bad, &faults));
}
