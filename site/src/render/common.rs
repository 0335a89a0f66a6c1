//! What every page shows: the site around it, the page itself, the national lines, contacts.

use super::markdown::{Foreign, Resolver, to_html};
use super::places;
use super::view::{self, Card, Link, Translation};
use crate::assets::Assets;
use crate::content::data::{NationalEntry, SourceEntry};
use crate::content::front::{Contact, ContactValue, Kind, Layout};
use crate::content::markdown::Body;
use crate::content::numbers::Number;
use crate::model::{Catalogue, Entry, Model};
use crate::value::{AsOf, Lang, PageId, Phone, day_in_words};

/// The site around a page at `here`.
pub fn site(model: &Model, assets: &Assets, lang: &Lang, here: &str) -> view::Site {
    let config = &model.content.config;
    let months = model.catalogues[lang].months();
    let links = |links: &[crate::content::At<String>]| -> Vec<Link> {
        let entries = links.iter().filter_map(|link| model.pages.follow(&link.value, lang));
        entries.map(|entry| link_to(entry, here, lang)).collect()
    };
    view::Site {
        name: config.name.clone(),
        lang: lang.as_str().to_owned(),
        home: model.pages.root(lang),
        menu: links(&config.menu),
        footer: links(&config.footer),
        style: assets.style.clone(),
        icon: assets.icon.clone(),
        exit: exit(model, lang, here),
        leave_script: assets.leave_script.clone(),
        exit_script: assets.exit_script.clone(),
        built: day_in_words(model.today, months),
        trial: config.trial,
    }
}

/// Where the quick exit of a page leads. The sealed page may reach its own origin only, so its exit
/// leads to a page between; read by itself, without that limit, it leads straight on.
pub fn exit(model: &Model, lang: &Lang, here: &str) -> String {
    let sealed = model.pages.with_layout(Layout::Screening, lang);
    let is_sealed = sealed.is_some_and(|sealed| sealed.url == here);
    match model.pages.exit(lang) {
        Some(between) if is_sealed => between,
        _ => model.content.config.exit.as_str().to_owned(),
    }
}

/// The page between the sealed one and the target of the quick exit.
pub fn leave(model: &Model, assets: &Assets, lang: &Lang, url: &str) -> view::Page {
    let title = model.catalogues[lang].text("keluar", "judul");
    view::Page { csp: assets.policies.exit.clone(), ..bare_page(model, title, "", url) }
}

/// What stands at an old address of a page. Whatever the page is about, it says nothing of it.
pub fn moved(model: &Model, assets: &Assets, entry: &Entry) -> view::Page {
    let title = model.catalogues[&entry.page.lang].text("pindah", "judul");
    let csp = assets.policies.information.clone();
    view::Page { csp, ..bare_page(model, title, "", &entry.url) }
}

/// A link in a menu: "here" is the page itself and, for a section, every page below it.
pub fn link_to(entry: &Entry, here: &str, lang: &Lang) -> Link {
    Link {
        title: short_title(entry).to_owned(),
        url: entry.url.clone(),
        here: is_here(entry, here),
        lang: other_lang(entry, lang),
    }
}

/// Whether the page at `here` is this one or, where this one is a section, below it.
pub fn is_here(entry: &Entry, here: &str) -> bool {
    here == entry.url || entry.page.id.is_section() && here.starts_with(&entry.url)
}

/// The language of a page where it is not translated into the one that is read.
fn other_lang(entry: &Entry, lang: &Lang) -> String {
    if entry.page.lang == *lang { String::new() } else { entry.page.lang.as_str().to_owned() }
}

/// The title for menus and lists.
pub fn short_title<'a>(entry: &'a Entry) -> &'a str {
    let front = &entry.page.front;
    front.short_title.as_deref().unwrap_or(&front.title.value)
}

/// A page of the content.
pub fn page(model: &Model, assets: &Assets, entry: &Entry, body: Body) -> view::Page {
    let (page, lang) = (entry.page, &entry.page.lang);
    let catalogue = &model.catalogues[lang];
    let front = &page.front;
    let facts = &entry.original.front;
    let sources = facts.sources.iter().filter_map(|key| source_by_key(model, &key.value));
    let doors = front.doors.iter().map(|door| Card {
        title: door.title.clone(),
        text: door.text.clone(),
        url: model.pages.address(&door.to.value, lang).unwrap_or_default(),
        lang: String::new(),
    });
    let is_screening = matches!(entry.kind(), Kind::Article(Layout::Screening));
    let foreign = if is_screening { Foreign::Told } else { Foreign::Linked };
    let resolver = Resolver { pages: &model.pages, assets, catalogue, lang, foreign };
    let policies = &assets.policies;
    let csp = if is_screening { &policies.sealed } else { &policies.information };
    view::Page {
        document_title: document_title(model, catalogue, &front.title.value),
        body: to_html(body, &resolver),
        as_of: facts.as_of.as_ref().map(|date| in_words(date.value, catalogue)).unwrap_or_default(),
        sources: sources.map(|source| source_view(source, catalogue)).collect(),
        doors: doors.collect(),
        children: places::children(model, entry),
        trail: trail(model, entry),
        translations: translations(model, entry),
        csp: csp.clone(),
        ..bare_page(model, &front.title.value, &front.summary.value, &entry.url)
    }
}

/// A page with nothing but title, lead and address.
pub fn bare_page(model: &Model, title: &str, summary: &str, url: &str) -> view::Page {
    view::Page {
        title: title.to_owned(),
        document_title: title.to_owned(),
        summary: summary.to_owned(),
        url: url.to_owned(),
        canonical: canonical(model, url),
        csp: String::new(),
        trail: Vec::new(),
        body: String::new(),
        as_of: String::new(),
        sources: Vec::new(),
        doors: Vec::new(),
        children: Vec::new(),
        translations: Vec::new(),
    }
}

/// The page for an address that does not exist.
pub fn not_found(model: &Model, assets: &Assets, lang: &Lang) -> view::Page {
    let catalogue = &model.catalogues[lang];
    let title = catalogue.text("galat", "judul");
    let url = format!("{}404.html", model.pages.root(lang));
    view::Page {
        document_title: document_title(model, catalogue, title),
        csp: assets.policies.information.clone(),
        ..bare_page(model, title, catalogue.text("galat", "ringkasan"), &url)
    }
}

/// "Apa itu IBM? – Bersinar"; the home page is the site itself.
pub fn document_title(model: &Model, catalogue: &Catalogue, title: &str) -> String {
    let name = &model.content.config.name;
    catalogue.fill("judul_dokumen", &[("judul", title), ("situs", name)])
}

/// The full address of a path.
pub fn canonical(model: &Model, path: &str) -> String {
    if path.starts_with('/') {
        format!("{}{path}", model.content.config.base_url.as_str())
    } else {
        path.to_owned()
    }
}

/// A page as a card.
pub fn card_of(entry: &Entry, lang: &Lang) -> Card {
    Card {
        title: short_title(entry).to_owned(),
        text: entry.page.front.summary.value.clone(),
        url: entry.url.clone(),
        lang: other_lang(entry, lang),
    }
}

/// From home over the sections to the page itself.
fn trail(model: &Model, entry: &Entry) -> Vec<Link> {
    let lang = &entry.page.lang;
    let mut trail = Vec::new();
    let mut folders: Vec<String> = vec!["_index.md".to_owned()];
    let mut path = String::new();
    for part in entry.page.id.folder().split('/').filter(|part| !part.is_empty()) {
        path = format!("{path}{part}/");
        folders.push(format!("{path}_index.md"));
    }
    for folder in folders {
        if let Some(section) = model.pages.find(&PageId::new(&folder), lang)
            && section.page.id != entry.page.id
        {
            trail.push(Link { here: false, ..link_to(section, "", lang) });
        }
    }
    trail.push(Link { here: true, ..link_to(entry, "", lang) });
    trail
}

fn translations(model: &Model, entry: &Entry) -> Vec<Translation> {
    let languages = model.content.config.languages.iter();
    let others = languages.filter(|lang| **lang != entry.page.lang).filter_map(|lang| {
        model.pages.find(&entry.page.id, lang).filter(|other| other.page.lang == *lang)
    });
    let translations = others.map(|other| {
        let lang = other.page.lang.as_str();
        Translation {
            lang: lang.to_owned(),
            title: model.catalogues[&other.page.lang].text("bahasa", lang).to_owned(),
            url: other.url.clone(),
        }
    });
    translations.collect()
}

/// The national lines.
pub fn national(model: &Model, lang: &Lang) -> Vec<view::NationalLine> {
    let catalogue = &model.catalogues[lang];
    let lines = model.content.national.iter();
    lines.map(|line| national_line(model, catalogue, line)).collect()
}

fn national_line(model: &Model, catalogue: &Catalogue, line: &NationalEntry) -> view::NationalLine {
    let kind = line.role.key();
    let words = line.words(&catalogue.lang);
    let standing = model.standing(&line.proof);
    let checked = catalogue.fill(
        "nasional_diperiksa",
        &[
            ("tanggal", &in_words(standing.checked, catalogue)),
            ("sumber", &publisher(model, &catalogue.lang, &line.proof.source.value)),
        ],
    );
    view::NationalLine {
        kind: kind.to_owned(),
        kind_label: catalogue.text("peran", kind).to_owned(),
        name: words.name.clone(),
        shown: dialled(catalogue, &line.phone, &line.proof.key.extension),
        href: line.phone.href(),
        text: words.text.clone(),
        hours: words.hours.clone().unwrap_or_default(),
        website: line.website.as_ref().map(|url| url.as_str().to_owned()).unwrap_or_default(),
        checked,
        overdue: standing.is_over(),
    }
}

/// "119 lalu tekan 8": what is dialled, and what is pressed once somebody answers.
fn dialled(catalogue: &Catalogue, phone: &Phone, extension: &str) -> String {
    let digits = phone.shown();
    match extension {
        "" => digits,
        _ => catalogue.fill("tekan", &[("nomor", &digits), ("tekan", extension)]),
    }
}

/// Contacts as they are shown. Of one whose time is over, a number is withheld, since a wrong one tells
/// a stranger; an address stays and is marked, since a wrong one costs a trip.
pub fn contacts(model: &Model, catalogue: &Catalogue, contacts: &[Contact]) -> Vec<view::Contact> {
    contacts.iter().map(|contact| contact_view(model, catalogue, contact)).collect()
}

fn contact_view(model: &Model, catalogue: &Catalogue, contact: &Contact) -> view::Contact {
    let (kind, shown, href) = match &contact.value {
        ContactValue::Address(text) => ("alamat", text.clone(), String::new()),
        ContactValue::Phone(Number { phone, extension, .. }) => {
            ("telepon", dialled(catalogue, phone, extension), phone.href())
        }
        ContactValue::WhatsApp(Number { phone, .. }) => {
            ("whatsapp", phone.shown(), phone.whatsapp_href().unwrap_or_default())
        }
        ContactValue::Website(url) => ("situs", url.as_str().to_owned(), url.as_str().to_owned()),
    };
    let standing = model.standing(&contact.proof);
    let role = match &contact.value {
        ContactValue::Phone(number) | ContactValue::WhatsApp(number) => number.role.key(),
        ContactValue::Address(_) | ContactValue::Website(_) => "",
    };
    let checked = catalogue.fill(
        "kontak_diperiksa",
        &[
            ("tanggal", &in_words(standing.checked, catalogue)),
            ("sumber", &publisher(model, &catalogue.lang, &contact.proof.source.value)),
            ("batas", &day_in_words(standing.last_day, catalogue.months())),
        ],
    );
    let withheld = standing.is_over() && contact.value.kind().is_number();
    view::Contact {
        kind: kind.to_owned(),
        label: catalogue.text("jenis_kontak", kind).to_owned(),
        role: role.to_owned(),
        purpose: catalogue.text("label", role).to_owned(),
        shown: if withheld { String::new() } else { shown },
        href: if withheld { String::new() } else { href },
        overdue: standing.is_over(),
        checked,
        // A remark may repeat what is withheld.
        note: contact
            .note
            .as_ref()
            .filter(|_| !withheld)
            .map(|note| note.in_language(&catalogue.lang).to_owned())
            .unwrap_or_default(),
    }
}

/// "Menurut ANTARA, 2021."
pub fn said(model: &Model, catalogue: &Catalogue, source: &str, as_of: AsOf) -> String {
    let date = in_words(as_of, catalogue);
    catalogue.fill(
        "pernyataan",
        &[("sumber", &publisher(model, &catalogue.lang, source)), ("tanggal", &date)],
    )
}

/// A date in the words of a language.
pub fn in_words(date: AsOf, catalogue: &Catalogue) -> String {
    date.in_words(catalogue.months())
}

fn source_by_key<'m>(model: &Model<'m>, key: &str) -> Option<&'m SourceEntry> {
    model.sources.get(key).copied()
}

fn publisher(model: &Model, lang: &Lang, key: &str) -> String {
    let source = source_by_key(model, key);
    source.map(|source| source.words(lang).publisher.clone()).unwrap_or_default()
}

/// Every source, sorted by its key.
pub fn all_sources(model: &Model, lang: &Lang) -> Vec<view::Source> {
    let catalogue = &model.catalogues[lang];
    model.sources.values().map(|source| source_view(source, catalogue)).collect()
}

fn source_view(source: &SourceEntry, catalogue: &Catalogue) -> view::Source {
    let words = source.words(&catalogue.lang);
    view::Source {
        title: words.title.clone(),
        publisher: words.publisher.clone(),
        date: in_words(source.date.value, catalogue),
        url: source.url.as_ref().map(|url| url.as_str().to_owned()).unwrap_or_default(),
    }
}
