//! The sealed page leads nowhere but within itself, to the site's own pages and to the telephone: the
//! policy that comes with it turns a link to another host into an error page.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::content::{Held, Source, read};
use bersinar::emit::{Memory, Site};
use bersinar::hosting::headers_of;
use bersinar::pipeline::{Options, build};
use island::Island;
use lay::Files;
use scraper::{Html, Selector};

fn built(source: &Source) -> Site {
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let memory = Memory::default();
    build(source, &options, &memory).unwrap();
    memory.into_site()
}

/// The sealed pages of a site: every page that carries an island.
fn sealed(site: &Site) -> Vec<(&str, &str)> {
    let pages = site.iter().filter(|(path, _)| lay::ending(path) == "html");
    let texts = pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()));
    texts.filter(|(_, html)| html.contains("id=\"pulau\"")).collect()
}

fn is_own(address: &str) -> bool {
    address.starts_with('#')
        || address.starts_with("tel:")
        || address.starts_with('/') && !address.starts_with("//")
}

/// The addresses of a page's links, but for the quick exit, which has a test of its own.
fn links(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let selector = Selector::parse("[href]:not(link), [src], [action], [formaction]").unwrap();
    let elements =
        document.select(&selector).filter(|element| element.attr("id") != Some("keluar"));
    let names = ["href", "src", "action", "formaction"];
    elements
        .flat_map(|element| names.into_iter().filter_map(move |name| element.attr(name)))
        .map(str::to_owned)
        .collect()
}

/// Where the quick exit leads.
fn exit(html: &str) -> String {
    let exit = Selector::parse("#keluar").unwrap();
    let document = Html::parse_document(html);
    document.select(&exit).next().unwrap().attr("href").unwrap().to_owned()
}

/// The addresses that the widget can make links of, but for the quick exit.
fn island_links(island: &Island) -> Vec<&str> {
    let links = &island.links;
    let own = [
        &links.home,
        &links.emergency,
        &links.privacy,
        &links.finder,
        &links.families,
        &links.method,
    ];
    let national = island.national.iter().map(|line| &line.href);
    let offices = island
        .offices
        .iter()
        .flat_map(|office| office.contacts.iter().map(|contact| &contact.href));
    let units =
        island.units.iter().flat_map(|unit| unit.contacts.iter().map(|contact| &contact.href));
    let all = own.into_iter().chain(national).chain(offices).chain(units);
    all.map(String::as_str).filter(|address| !address.is_empty()).collect()
}

fn foreign(html: &str) -> Vec<String> {
    let island = lay::island(html.as_bytes());
    let of_page = links(html).into_iter();
    let of_island = island_links(&island).into_iter().map(str::to_owned);
    of_page.chain(of_island).filter(|address| !is_own(address)).collect()
}

#[test]
fn the_sealed_pages_of_the_real_site_lead_to_no_other_host() {
    let site = built(&read(lay::repository(), Held::ButPages).unwrap());
    let pages = sealed(&site);
    assert_eq!(pages.len(), 2, "one in each language");
    for (path, html) in pages {
        assert_eq!(foreign(html), Vec::<String>::new(), "{path}");
        assert!(links(html).len() > 10, "{path}");
        assert!(html.contains("healing119.id"), "{path} tells the address all the same");
    }
}

/// The full addresses that the `Connection-Allowlist` of a page lets through.
fn doors(site: &Site, path: &str) -> Vec<String> {
    let rules = std::str::from_utf8(&site["_headers"]).unwrap();
    let headers = headers_of(rules, path);
    let (_, value) = headers.iter().find(|(name, _)| *name == "Connection-Allowlist").unwrap();
    value.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every own page that a sealed page leads to is let through, and no page that would tell a place.
#[test]
fn the_doors_of_the_sealed_pages_are_those_they_lead_to() {
    let site = built(&read(lay::repository(), Held::ButPages).unwrap());
    for (path, html) in sealed(&site) {
        let doors = doors(&site, &format!("/{}", path.trim_end_matches("index.html")));
        let island = lay::island(html.as_bytes());
        let exit = exit(html);
        let own = links(html);
        let all =
            own.iter().map(String::as_str).chain(island_links(&island)).chain([exit.as_str()]);
        for link in all.filter(|link| link.starts_with('/')) {
            let door = format!("https://bersinar.example{}#*", link.split('#').next().unwrap());
            assert!(doors.contains(&door), "{path}: {link}");
        }
        let tells = |door: &&String| {
            ["/unit/", "/kantor/", "/fasilitas/"].iter().any(|part| door.contains(part))
                || door.contains("/wilayah/") && !door.ends_with("/wilayah/#*")
        };
        assert_eq!(doors.iter().filter(tells).count(), 0, "{doors:?}");
        assert!(doors.contains(&"tel:*".to_owned()));
    }
}

/// The good site, still on trial, whose office, unit, line and text all name other hosts.
fn site_with_foreign_addresses() -> Files {
    let mut files = lay::good_site();
    let mut add = |path: &str, mark: &str, more: &str| {
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(mark), "{path}: {mark}");
        files.insert(path.to_owned(), text.replacen(mark, &(more.to_owned() + mark), 1).into());
    };
    add("bersinar.toml", "bahasa", "percobaan = true\n");
    let number = "0886 0000 0000\"\nlabel = \"perawatan";
    for (kind, value) in [("whatsapp", number), ("situs", "https://kantor.example/")] {
        let value = format!("jenis = \"{kind}\"\nnilai = \"{value}\"\ndiperiksa = \"2026-11\"\n");
        let contact = format!("[[kontak]]\nsumber = \"berita-2021\"\n{value}\n");
        add("content/kantor/bnnk-utara.md", "[keterangan", &contact);
        let entry = format!("[[konfirmasi]]\nmilik = \"@/kantor/bnnk-utara.md\"\n{value}\n");
        add(
            "content/data/konfirmasi.toml",
            "[[konfirmasi]]",
            &entry.replace("label = \"perawatan\"\n", ""),
        );
    }
    let page = "+++\njudul = \"Cek mandiri\"\nringkasan = \"Untuk Anda.\"\ntemplat = \"skrining\"\n+++\n\n\
                Lihat [situs lain](https://lain.example/a?b=1&c), atau [bantuan](@/bantuan.md).\n";
    files.insert("content/cek.md".to_owned(), page.into());
    files
}

#[test]
fn addresses_of_other_hosts_are_plain_text_in_the_sealed_page() {
    let files = site_with_foreign_addresses();
    let site = built(&lay::source(&files));
    let pages = sealed(&site);
    let [(_, html)] = pages.as_slice() else { panic!("one sealed page, not {}", pages.len()) };
    assert_eq!(foreign(html), Vec::<String>::new());
    let shown: String = Html::parse_document(html).root_element().text().collect();
    assert!(shown.contains("situs lain (https://lain.example/a?b=1&c), atau bantuan"));
    for address in ["https://kantor.example/", "0886"] {
        assert!(shown.contains(address), "{address}");
    }
    assert!(links(html).contains(&"/bantuan/".to_owned()));
    let office = std::str::from_utf8(&site["kantor/bnnk-utara/index.html"]).unwrap();
    assert!(office.contains("href=\"https://kantor.example/\"") && office.contains("wa.me"));
}

#[test]
fn the_slip_to_cut_off_names_no_substance_and_no_office() {
    let site = built(&read(lay::repository(), Held::ButPages).unwrap());
    let slip = Selector::parse(".sobek > div").unwrap();
    for (path, html) in sealed(&site) {
        let document = Html::parse_document(html);
        let text: String = document.select(&slip).next().unwrap().text().collect();
        let text = text.to_lowercase();
        let island = lay::island(html.as_bytes());
        let named = screening::SUBSTANCES.into_iter().flat_map(|substance| {
            let words = [island::Word::name(substance), island::Word::using(substance)];
            words.map(|word| island.words.text(word).to_lowercase())
        });
        let topics =
            ["bnn", "narko", "napza", "rehab", "pemulihan", "recovery", "ibm", "zat", "obat"];
        for topic in named.chain(topics.map(str::to_owned)) {
            assert!(!text.contains(&topic), "{path}: {topic}");
        }
        assert!(
            document
                .select(&slip)
                .next()
                .unwrap()
                .select(&Selector::parse("input").unwrap())
                .next()
                .is_none()
        );
    }
}
