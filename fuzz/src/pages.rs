//! Pages: what a Markdown text can become in a browser, and where a file can lie in the published site.

use bersinar::assets::{Assets, fingerprint};
use bersinar::content::markdown::{self as body, Body};
use bersinar::content::{self, Content, Source, SourceFile};
use bersinar::diag::{Fault, has_errors};
use bersinar::model::{Model, Reach, assemble};
use bersinar::render::markdown::{Foreign, Resolver, to_html};
use bersinar::theme::Theme;
use bersinar::value::{Lang, PageId, Slug, slugify};
use jiff::civil::date;
use scraper::{ElementRef, Html, Node};
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// The root of the repository.
pub const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A small site whose pages a text may lead to.
struct Site {
    model: Model<'static>,
    assets: Assets,
    lang: Lang,
}

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let source = small_site();
    let content: &'static Content =
        Box::leak(Box::new(content::parse(&source).unwrap().0.unwrap()));
    let (model, _) = assemble(content, date(2026, 11, 21), Reach::Site);
    let assets = fingerprint(content, &Theme::of(&source), "");
    Site { model, assets, lang: Lang::parse("id").unwrap() }
});

/// The site that the cases of faults are laid over, with the words of the real one.
fn small_site() -> Source {
    let root = Path::new(REPOSITORY);
    let mut source =
        content::read(&root.join("tests/faults/dasar"), content::Held::ButPages).unwrap();
    for name in ["kata.id.toml", "skrining.id.toml"] {
        let path = format!("content/data/{name}");
        source.files.push(SourceFile::new(&path, &fs::read(root.join(&path)).unwrap()));
    }
    source.files.sort_by(|one, other| one.path.cmp(&other.path));
    source
}

/// A Markdown text without a fault that stops it becomes HTML in which nothing runs, nothing loads and
/// every link leads where a link may lead.
pub fn markdown(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut faults = Vec::new();
    let (body, _) = body::body(&Arc::from("content/halaman.md"), text, 0, &mut faults);
    for fault in &faults {
        let span = fault.spot.span.clone().unwrap();
        assert!(text.get(span.clone()).is_some(), "{:?} marks {span:?}", fault.code);
    }
    if has_errors(&faults) {
        return;
    }
    for foreign in [Foreign::Linked, Foreign::Told] {
        check(&html(body.clone(), foreign), foreign);
    }
}

/// A body as HTML.
#[must_use]
pub fn rendered(body: Body) -> String {
    html(body, Foreign::Linked)
}

fn html(body: Body, foreign: Foreign) -> String {
    let Site { model, assets, lang } = &*SITE;
    let catalogue = &model.catalogues[lang];
    to_html(body, &Resolver { pages: &model.pages, assets, catalogue, lang, foreign })
}

/// What the body of a page may be made of, and the attributes of each.
const ELEMENTS: [(&str, &[&str]); 35] = [
    ("html", &[]),
    ("body", &[]),
    ("a", &["href", "rel"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["class"]),
    ("dd", &[]),
    ("del", &[]),
    ("div", &["aria-label", "class", "id", "role", "tabindex"]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("h1", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["alt", "src", "title"]),
    ("li", &[]),
    ("ol", &["start"]),
    ("p", &["class"]),
    ("pre", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &[]),
    ("th", &[]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
    ("span", &["class"]),
];

fn check(html: &str, foreign: Foreign) {
    let parsed = Html::parse_fragment(html);
    for node in parsed.tree.nodes() {
        match node.value() {
            Node::Element(_) => check_element(ElementRef::wrap(node).unwrap(), foreign, html),
            Node::Text(_) | Node::Fragment | Node::Document => {}
            other => panic!("{other:?} in {html}"),
        }
    }
}

fn check_element(element: ElementRef, foreign: Foreign, html: &str) {
    let name = element.value().name();
    let known = ELEMENTS.iter().find(|(known, _)| *known == name);
    let (_, allowed) = known.unwrap_or_else(|| panic!("<{name}> in {html}"));
    for (attribute, value) in element.value().attrs() {
        assert!(allowed.contains(&attribute), "<{name} {attribute}> in {html}");
        match attribute {
            "href" => check_address(value, foreign, html),
            // A picture of the small site, or one that it lacks, which the model tells.
            "src" => assert!(value.is_empty() || value.starts_with("/aset/"), "{value} in {html}"),
            _ => {}
        }
    }
}

/// An address as a browser reads it: blanks and control characters do not hide what it begins with.
fn check_address(address: &str, foreign: Foreign, html: &str) {
    let seen: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let is_own = seen.starts_with(['#', '@']) || seen.starts_with('/') && !seen.starts_with("//");
    let is_foreign = seen.to_lowercase().starts_with("https:") && foreign == Foreign::Linked;
    assert!(is_own || is_foreign || seen.starts_with("tel:"), "{address} in {html}");
}

/// The smallest settings of a site in two languages.
const SETTINGS: &str =
    "nama = \"Contoh\"\nalamat = \"https://contoh.example\"\nbahasa = [\"id\", \"en\"]
cakupan = [\"31.72\"]\nkeluar = \"https://www.bmkg.go.id/\"\n[tautan]\ndarurat = \"@/a.md\"
privasi = \"@/a.md\"\nkeluarga = \"@/a.md\"\nmetode = \"@/a.md\"\n";
const PAGE: &str = "+++\njudul = \"Contoh\"\nringkasan = \"Contoh.\"\n+++\n";

/// Whatever a file is called: without a fault that stops it, its place in the published site is made of
/// slugs, and lies in that site.
pub fn paths(bytes: &[u8]) {
    let name = String::from_utf8_lossy(bytes);
    let slug = slugify(&name);
    assert_eq!(slugify(&slug), slug);
    assert!(slug.is_empty() || Slug::parse(&slug).is_some(), "{slug}");
    assert_eq!(Slug::parse(&name).is_some(), !slug.is_empty() && slug == name);

    let path = format!("content/{name}");
    let mut source = Source {
        files: vec![
            SourceFile::new("bersinar.toml", SETTINGS.as_bytes()),
            SourceFile::new(&path, PAGE.as_bytes()),
        ],
        ..Source::default()
    };
    source.files.sort_by(|one, other| one.path.cmp(&other.path));
    let (content, faults) = content::parse(&source).unwrap();
    if faults.iter().any(|fault| fault.is_error() && *fault.spot.file == *path) {
        return;
    }
    let content = content.unwrap();
    let (model, more) = assemble(&content, date(2026, 11, 21), Reach::Site);
    if more.iter().any(|fault: &Fault| fault.is_error() && *fault.spot.file == *path) {
        return;
    }
    for entry in model.pages.iter() {
        check_place(&entry.url);
        assert_eq!(
            model.pages.find(&PageId::new(entry.page.id.as_str()), &entry.page.lang).unwrap().url,
            entry.url
        );
    }
    for (made, _) in fingerprint(&content, &Theme::of(&source), "").files {
        let inside = made.split('/').all(|part| !matches!(part, "" | "." | ".."));
        assert!(inside && !made.contains(['\\', ':', '%', '\0']), "{made}");
    }
}

/// `/ibm/sil/`: slugs between slashes.
fn check_place(url: &str) {
    if url == "/" {
        return;
    }
    let inside = url.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    let inside = inside.unwrap_or_else(|| panic!("{url}"));
    assert!(inside.split('/').all(|part| Slug::parse(part).is_some()), "{url}");
}
