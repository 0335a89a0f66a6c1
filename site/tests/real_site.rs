//! The real site in `content/`: every row of the seed inventory has its home, every page is light,
//! whole and closed, and no number is published but those with a source.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "clippy exempts tests, not their helper functions; the generator writes lower case"
)]

use bersinar::check::{PAGE_BYTES, gzip_size};
use bersinar::content::{Held, Source, read};
use bersinar::emit::{Memory, Site};
use bersinar::pipeline::{Options, build};
use scraper::{ElementRef, Html, Selector};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

/// The most the screening may weigh as brotli transfers it, in bytes.
const SCREENING_BROTLI_BYTES: usize = 110 * 1024;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn source() -> Source {
    read(root(), Held::ButPages).unwrap()
}

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let options = Options { today: "2026-11-21".parse().unwrap(), base_url: None };
    let memory = Memory::default();
    let faults = build(&source(), &options, &memory).unwrap();
    // Nobody at an office has confirmed a contact yet, and their sources are old: both are told.
    let told: BTreeSet<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    assert_eq!(told, BTreeSet::from(["B406", "B419"]), "the real site has no other faults");
    memory.into_site()
});

/// Every page: its path such as `/ibm/` and its text.
fn pages() -> impl Iterator<Item = (String, &'static str)> {
    let html = SITE.iter().filter(|(path, _)| path.ends_with(".html"));
    let read = html.filter(|(path, _)| !EXITS.contains(&path.as_str()));
    read.map(|(path, bytes)| {
        let url = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
        (url, std::str::from_utf8(bytes).unwrap())
    })
}

/// The pages that the quick exit of the screening leads to: nobody reads them.
const EXITS: [&str; 2] = ["en/k/index.html", "k/index.html"];

/// The screening in each language.
const SCREENINGS: [&str; 2] = ["/cek/", "/en/cek/"];

/// The language of a page by its address.
fn lang_of(url: &str) -> &'static str {
    if url.starts_with("/en/") { "en" } else { "id" }
}

/// The sealed pages: their address and their text.
fn screenings() -> Vec<(String, &'static str)> {
    let found: Vec<_> = pages().filter(|(url, _)| SCREENINGS.contains(&url.as_str())).collect();
    assert_eq!(found.len(), SCREENINGS.len());
    found
}

fn select<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).unwrap()).collect()
}

/// What a reader sees, with white space folded.
fn text_of(element: ElementRef) -> String {
    let words = element.text().collect::<String>();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inventory {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    page: String,
    words: Vec<String>,
}

/// The rows of each of the five articles, and the notes across them.
const ROWS: [(&str, usize); 6] =
    [("000-", 15), ("001-", 15), ("002-", 12), ("003-", 14), ("004-", 22), ("cross-", 3)];

#[test]
fn every_row_of_the_seed_inventory_has_a_home() {
    let text = std::fs::read_to_string(root().join("tests/seed_inventory.toml")).unwrap();
    let inventory: Inventory = toml::from_str(&text).unwrap();
    let ids: BTreeSet<&str> = inventory.row.iter().map(|row| row.id.as_str()).collect();
    for (article, count) in ROWS {
        let width = if article == "cross-" { 1 } else { 2 };
        for number in 1..=count {
            let id = format!("{article}{number:0width$}");
            assert!(ids.contains(id.as_str()), "{id} has no row");
        }
    }
    assert_eq!(inventory.row.len(), ROWS.iter().map(|(_, count)| count).sum::<usize>());
    let texts: BTreeMap<String, String> = pages()
        .map(|(url, html)| {
            let document = Html::parse_document(html);
            let shown = select(&document, "main").into_iter().map(text_of).collect();
            (url, shown)
        })
        .collect();
    for row in &inventory.row {
        let page =
            texts.get(&row.page).unwrap_or_else(|| panic!("{}: no page {}", row.id, row.page));
        assert!(!row.words.is_empty(), "{} asks for nothing", row.id);
        for words in &row.words {
            assert!(
                page.contains(words.as_str()),
                "{}: {} does not say: {words}",
                row.id,
                row.page
            );
        }
    }
}

#[test]
fn only_numbers_with_a_source_are_published() {
    let known = BTreeSet::from(["tel:119", "tel:184"]);
    for (url, html) in pages() {
        let document = Html::parse_document(html);
        for link in select(&document, "a[href^='tel:']") {
            let href = link.attr("href").unwrap();
            assert!(known.contains(href), "{url} dials {href}");
            let digits = href.trim_start_matches("tel:");
            assert!(text_of(link).contains(digits), "{url}: {href} is not what is shown");
        }
        // What a reader or the widget can show; the widget's own code is full of digits.
        let shown = select(&document, "header, main, footer, #pulau");
        let shown = shown.into_iter().map(text_of).collect::<Vec<_>>().join(" ");
        let long: Vec<&str> =
            shown.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() > 6).collect();
        // Two articles of PubMed Central, by their numbers.
        let allowed = ["4983530", "4899945"];
        assert!(long.iter().all(|digits| allowed.contains(digits)), "{url} shows {long:?}");
    }
}

#[test]
fn the_national_lines_stand_on_every_page() {
    for (url, html) in pages() {
        let document = Html::parse_document(html);
        for href in ["tel:119", "tel:184"] {
            let links = select(&document, &format!("main a[href='{href}']"));
            assert!(!links.is_empty(), "{url} has no {href}");
        }
        let labelled = text_of(document.root_element());
        let reports = if lang_of(&url) == "en" { "reports" } else { "laporan" };
        assert!(labelled.contains(reports), "{url} does not say that 184 takes reports too");
    }
}

#[test]
fn every_page_of_the_trial_site_says_so_and_asks_not_to_be_found() {
    for (url, html) in pages() {
        let document = Html::parse_document(html);
        let said = select(&document, "main > .percobaan").into_iter().map(text_of);
        let words = if lang_of(&url) == "en" { "trial site" } else { "situs percobaan" };
        let said: Vec<String> = said.collect();
        assert!(said.len() == 1 && said[0].contains(words), "{url}: {said:?}");
        assert_eq!(select(&document, "meta[name='robots'][content='noindex']").len(), 1, "{url}");
    }
}

#[test]
fn every_page_is_whole() {
    for (url, html) in pages() {
        let document = Html::parse_document(html);
        let count = |selector: &str| select(&document, selector).len();
        assert_eq!(count("h1"), 1, "{url}");
        assert_eq!(count("main"), 1, "{url}");
        assert_eq!(count(&format!("html[lang='{}']", lang_of(&url))), 1, "{url}");
        assert_eq!(count("title"), 1, "{url}");
        let exit = select(&document, "a#keluar")[0];
        let sealed = SCREENINGS.contains(&url.as_str());
        let target = if sealed { url.replace("cek/", "k/") } else { TARGET.to_owned() };
        assert_eq!(exit.attr("href"), Some(target.as_str()), "{url}");
        assert!(exit.attr("data-judul").is_some_and(|title| !title.is_empty()), "{url}");
        assert_eq!(count("meta[name='referrer'][content='no-referrer']"), 1, "{url}");
        let ids: Vec<&str> = select(&document, "[id]")
            .into_iter()
            .filter_map(|element| element.attr("id"))
            .collect();
        let unique: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{url} has an id twice");
    }
}

#[test]
fn every_internal_link_leads_somewhere() {
    let documents: BTreeMap<String, Html> =
        pages().map(|(url, html)| (url, Html::parse_document(html))).collect();
    for (url, document) in &documents {
        for link in select(document, "a[href]") {
            let href = link.attr("href").unwrap();
            if href.starts_with("https:") || href.starts_with("tel:") {
                continue;
            }
            let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
            if EXITS.contains(&format!("{path}index.html").trim_start_matches('/')) {
                continue;
            }
            let target = if path.is_empty() { Some(document) } else { documents.get(path) };
            let target = target.unwrap_or_else(|| panic!("{url} links to {href}"));
            let anchored =
                anchor.is_empty() || !select(target, &format!("[id='{anchor}']")).is_empty();
            assert!(anchored, "{url} links to {href}, which has no such anchor");
        }
    }
}

#[test]
fn every_province_and_every_regency_has_a_page_in_each_language() {
    let english = |url: &String| url.starts_with("/en/wilayah/");
    let urls: Vec<String> = pages().map(|(url, _)| url).collect();
    let of_areas = |url: &&String| url.trim_start_matches("/en").starts_with("/wilayah/");
    let (translated, own): (Vec<&String>, Vec<&String>) =
        urls.iter().filter(of_areas).partition(|url| english(url));
    let expected = 1 + 38 + 514;
    assert_eq!((own.len(), translated.len()), (expected, expected));
}

#[test]
fn nothing_is_loaded_from_anywhere_else() {
    for (url, html) in pages() {
        let document = Html::parse_document(html);
        assert!(
            select(&document, "script[src], iframe, object, embed, base, form[action]").is_empty(),
            "{url}"
        );
        assert!(select(&document, "[style], [onclick], [onload]").is_empty(), "{url}");
        let loads = select(&document, "link[rel='stylesheet'], img, source, video, audio");
        assert!(loads.len() <= 2, "{url} makes more than 3 requests");
        for load in loads {
            let address = load.attr("href").or_else(|| load.attr("src")).unwrap();
            assert!(address.starts_with("/aset/"), "{url} loads {address}");
            assert!(SITE.contains_key(&address[1..]), "{url} loads {address}, which is not there");
        }
        let policy = select(&document, "meta[http-equiv='Content-Security-Policy']");
        let policy = policy[0].attr("content").unwrap();
        assert!(policy.starts_with("default-src 'none';"), "{url}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{url}: {policy}");
    }
}

#[test]
fn every_page_is_light() {
    let style = SITE.iter().find(|(path, _)| path.starts_with("aset/gaya.")).unwrap().1;
    let style = gzip_size(style);
    for (url, html) in pages().filter(|(url, _)| !SCREENINGS.contains(&url.as_str())) {
        let size = gzip_size(html.as_bytes()) + style;
        assert!(size <= PAGE_BYTES, "{url}: {size} bytes");
    }
}

#[test]
fn the_screening_is_one_closed_light_document() {
    for (url, html) in screenings() {
        let document = Html::parse_document(html);
        let loads = "link:not([rel='icon']):not([rel='canonical']), img, script[src]";
        assert!(select(&document, loads).is_empty(), "{url}");
        let policy = select(&document, "meta[http-equiv='Content-Security-Policy']");
        let policy = policy[0].attr("content").unwrap();
        assert!(policy.contains("connect-src 'none'") && !policy.contains("'self'"), "{policy}");
        let mut compressed = Vec::new();
        let parameters =
            brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut html.as_bytes(), &mut compressed, &parameters).unwrap();
        let size = compressed.len();
        assert!(size <= SCREENING_BROTLI_BYTES, "{url}: {size} bytes");
    }
}

/// Words that say in any language what a page is about.
const TOPICS: [&str; 18] = [
    "narkoba",
    "napza",
    "zat",
    "obat",
    "bnn",
    "rehabilitasi",
    "assist",
    "skrining",
    "alkohol",
    "drug",
    "substance",
    "narcotic",
    "rehabilitation",
    "screening",
    "alcohol",
    "addict",
    "tobacco",
    "risk",
];

#[test]
fn nothing_about_the_screening_lands_in_the_history_by_its_topic() {
    for (url, html) in screenings() {
        let document = Html::parse_document(html);
        let title = text_of(select(&document, "title")[0]).to_lowercase();
        let description = select(&document, "meta[name='description']")[0].attr("content").unwrap();
        let description = description.to_lowercase();
        for topic in TOPICS {
            assert!(!title.contains(topic) && !description.contains(topic), "{url}: {topic}");
        }
        assert!(select(&document, "meta[property^='og:']").is_empty(), "{url}");
    }
}

/// The texts of a file of data: those below `bahasa`, which are translations, or all others.
fn texts_of(value: &toml::Value, translated: &mut Vec<String>, own: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => own.push(text.clone()),
        toml::Value::Array(items) => {
            for item in items {
                texts_of(item, translated, own);
            }
        }
        toml::Value::Table(table) => {
            for (key, value) in table {
                if key == "bahasa" {
                    texts_of(value, &mut Vec::new(), translated);
                } else {
                    texts_of(value, translated, own);
                }
            }
        }
        _ => {}
    }
}

fn data(name: &str) -> toml::Value {
    let text = std::fs::read_to_string(root().join("content/data").join(name)).unwrap();
    toml::Value::Table(toml::from_str(&text).unwrap())
}

/// The front matters of the pages of a folder.
fn fronts(folder: &str) -> Vec<toml::Table> {
    let files = std::fs::read_dir(root().join("content").join(folder)).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    texts.map(|text| toml::from_str(text.split("+++").nth(1).unwrap()).unwrap()).collect()
}

#[test]
fn no_english_page_says_anything_in_indonesian() {
    let [mut indonesian, mut english] = [Vec::new(), Vec::new()];
    for name in ["kata.id.toml", "skrining.id.toml", "kontak.toml", "sumber.toml"] {
        texts_of(&data(name), &mut english, &mut indonesian);
    }
    for front in fronts("kantor").into_iter().chain(fronts("fasilitas")) {
        for key in ["kontak", "keterangan", "rujukan"] {
            let value = front.get(key).cloned().unwrap_or(toml::Value::Boolean(false));
            texts_of(&value, &mut english, &mut indonesian);
        }
    }
    for name in ["kata.en.toml", "skrining.en.toml"] {
        texts_of(&data(name), &mut Vec::new(), &mut english);
    }
    indonesian.retain(|text| !english.contains(text));
    // Names and addresses are the same in every language; short words stand in them.
    indonesian.retain(|text| text.split(' ').count() > 2 && !text.contains('{'));
    indonesian.retain(|text| !text.starts_with("Jl. "));
    assert!(indonesian.len() > 200, "{}", indonesian.len());
    let english: Vec<_> = pages().filter(|(url, _)| lang_of(url) == "en").collect();
    assert!(english.len() > 50, "{}", english.len());
    for (url, html) in english {
        let left: Vec<&String> = indonesian.iter().filter(|text| html.contains(*text)).collect();
        assert!(left.is_empty(), "{url} says {left:?}");
    }
}

/// The pages that the screening leads to.
const TRANSLATED: [&str; 7] = [
    "/en/",
    "/en/cek/",
    "/en/darurat/",
    "/en/keluarga/",
    "/en/tentang/privasi/",
    "/en/tentang/skrining/",
    "/en/wilayah/",
];

#[test]
fn every_page_the_screening_leads_to_is_there_in_english() {
    let found: BTreeSet<String> = pages().map(|(url, _)| url).collect();
    for url in TRANSLATED {
        assert!(found.contains(url), "{url}");
        let original = url.replacen("/en/", "/", 1);
        let (_, html) = pages().find(|(page, _)| *page == original).unwrap();
        assert!(html.contains(&format!("href=\"{url}\" hreflang=\"en\"")), "{original}");
        let same = |url: &str| -> Vec<Option<String>> {
            let (_, html) = pages().find(|(page, _)| page == url).unwrap();
            let document = Html::parse_document(html);
            let headings = select(&document, "main .isi-teks h2, main .isi-teks h3");
            headings.iter().map(|heading| heading.attr("id").map(str::to_owned)).collect()
        };
        assert_eq!(same(url).len(), same(&original).len(), "{url} has the same parts");
    }
}

#[test]
fn a_link_to_a_page_in_another_language_says_so() {
    for (url, html) in pages().filter(|(url, _)| lang_of(url) == "en") {
        let document = Html::parse_document(html);
        for link in select(&document, ".menu a, .bawah a, .jejak a, .daftar a[lang]") {
            let is_english = lang_of(link.attr("href").unwrap()) == "en";
            let told = link.attr("lang").unwrap_or("en");
            assert_eq!(told == "en", is_english, "{url}: {}", link.html());
        }
    }
}

#[test]
fn two_builds_are_equal_to_the_byte() {
    let options = Options { today: "2026-11-21".parse().unwrap(), base_url: None };
    let again = Memory::default();
    build(&source(), &options, &again).unwrap();
    assert_eq!(again.into_site(), *SITE);
}

/// Where the quick exit leads in the end, by `bersinar.toml`.
const TARGET: &str = "https://www.bmkg.go.id/";

#[test]
fn the_page_between_says_nothing_and_leads_on_in_three_ways() {
    for path in EXITS {
        let html = std::str::from_utf8(&SITE[path]).unwrap();
        let document = Html::parse_document(html);
        let one = |selector: &str| match select(&document, selector)[..] {
            [found] => found,
            ref found => panic!("{path}: {} times {selector}", found.len()),
        };
        assert_eq!(one("a").attr("href"), Some(TARGET), "a link for whoever needs one");
        assert!(text_of(one("script")).starts_with("location.replace("), "{path}");
        let refresh =
            format!("<noscript><meta http-equiv=\"refresh\" content=\"0; url={TARGET}\">");
        assert!(html.contains(&refresh), "{path}");
        let policy = one("meta[http-equiv='Content-Security-Policy']").attr("content").unwrap();
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert_eq!(one("meta[name='referrer']").attr("content"), Some("no-referrer"));
        assert!(html.len() < 3000, "{path}: {} bytes", html.len());
        let said = text_of(document.root_element()).to_lowercase();
        for topic in ["narkoba", "napza", "bnn", "bersinar", "cek", "drug", "check", "rehab"] {
            assert!(!said.contains(topic), "{path} says {topic}: {said}");
        }
    }
    let sitemap = std::str::from_utf8(&SITE["sitemap.xml"]).unwrap();
    assert!(!sitemap.contains("/k/"));
}
