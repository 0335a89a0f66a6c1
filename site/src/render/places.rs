//! Offices, units, facilities and areas as their pages and cards show them.

use super::common::{
    bare_page, card_of, contacts, document_title, in_words, link_to, said, short_title,
};
use super::view::{self, Card, Link, OfficeCard, UnitCard};
use crate::assets::Assets;
use crate::content::answers::{Detail, Statement};
use crate::content::front::{
    Facility, FacilityKind, Kind, Layout, Office, OfficeLevel, Page, Rule, Status, Unit,
};
use crate::content::hours::{DAYS, Hours};
use crate::model::{Area, Catalogue, Entry, Model};
use crate::value::{AreaCode, AreaLevel, Lang, PageId};
use island::{Span, Topic, Word, Zone, clock};
use std::collections::BTreeMap;

/// A section with more pages than this lists those that are somewhere by area. A card with a lead of
/// its own takes 70 bytes (gzip), and 50 of them a third of what a page may weigh.
const LISTED_PAGES: usize = 50;
/// The page of an office with more units than this leads to the areas that it serves.
const LISTED_UNITS: usize = 40;
/// A province with more offices of its kab/kota than this leaves them to the pages of those. An office
/// with its contacts takes 140 bytes (gzip).
const LISTED_OFFICES: usize = 8;

/// The page of an office.
pub fn office(model: &Model, office: &Office, entry: &Entry, lang: &Lang) -> view::Office {
    let catalogue = &model.catalogues[lang];
    let own_units = model.places.units_of(&entry.page.id);
    let lists_units = own_units.len() <= LISTED_UNITS;
    let units_elsewhere = if lists_units { &[] } else { office.serves.as_slice() };
    let units_listed = if lists_units { own_units } else { Vec::new() };
    view::Office {
        level: level(catalogue, office.level).to_owned(),
        serves: office
            .serves
            .iter()
            .filter_map(|code| area_link(model, &code.value, lang))
            .collect(),
        contacts: contacts(model, catalogue, &office.contacts),
        statements: statements(model, catalogue, &office.statements, office.hours.as_deref()),
        rule: office.rule.as_ref().map(|rule| rule_view(model, catalogue, rule, lang)),
        units: unit_cards(model, units_listed, lang),
        units_elsewhere: pages_of(model, units_elsewhere.iter().map(|code| &code.value), lang),
        above: model
            .places
            .above(office)
            .map(|found| office_card(model, found, lang))
            .into_iter()
            .collect(),
    }
}

/// The page of a unit.
pub fn unit(model: &Model, unit: &Unit, entry: &Entry, lang: &Lang) -> view::Unit {
    let catalogue = &model.catalogues[lang];
    let own = model.places.office_of(unit);
    let above = own.and_then(|(_, office)| model.places.above(office));
    let code = &unit.area.value;
    view::Unit {
        programs: programs(catalogue, unit),
        place: code.upwards().filter_map(|code| area_link(model, &code, lang)).collect(),
        code: code.as_str().to_owned(),
        official: official(model, code),
        status: status(catalogue, entry.original, unit.status),
        confirmed: unit.status == Status::Confirmed,
        contacts: contacts(model, catalogue, &unit.contacts),
        chain: own.into_iter().chain(above).map(|found| office_card(model, found, lang)).collect(),
    }
}

/// The page of a facility.
pub fn facility(model: &Model, facility: &Facility, lang: &Lang) -> view::Facility {
    let catalogue = &model.catalogues[lang];
    let kind = match facility.kind {
        FacilityKind::Clinic => "klinik",
        FacilityKind::Hospital => "rumah_sakit",
        FacilityKind::Centre => "balai_rehabilitasi",
    };
    let codes = facility.area.iter().flat_map(|code| code.value.upwards());
    view::Facility {
        kind: catalogue.text("jenis_fasilitas", kind).to_owned(),
        place: codes.filter_map(|code| area_link(model, &code, lang)).collect(),
        contacts: contacts(model, catalogue, &facility.contacts),
        statements: statements(model, catalogue, &facility.statements, facility.hours.as_deref()),
    }
}

/// What every page has, for the page of an area.
pub fn area_page(model: &Model, assets: &Assets, area: &Area, lang: &Lang) -> view::Page {
    let catalogue = &model.catalogues[lang];
    let url = area.url(&model.pages, lang).unwrap_or_default();
    let name = full_name(model, area);
    let summary = catalogue.fill("ringkasan_wilayah", &[("nama", &name)]);
    view::Page {
        document_title: document_title(model, catalogue, &name),
        csp: assets.policies.information.clone(),
        trail: area_trail(model, area, lang),
        ..bare_page(model, &area.name, &summary, &url)
    }
}

/// "Lhoksukon, Kabupaten Aceh Utara": the name, below a kab/kota with the area above it, since many
/// kecamatan and desa share theirs.
fn full_name(model: &Model, area: &Area) -> String {
    let above = area.code.parent().filter(|code| code.level() >= AreaLevel::Regency);
    let above = above.and_then(|code| model.places.area(&code));
    let names = [Some(area), above].into_iter().flatten().map(|area| area.name.as_str());
    names.collect::<Vec<&str>>().join(", ")
}

fn area_trail(model: &Model, area: &Area, lang: &Lang) -> Vec<Link> {
    let pages = &model.pages;
    let home = pages.find(&PageId::new("_index.md"), lang);
    let home = home.filter(|entry| entry.page.lang == *lang);
    let finder = pages.with_layout(Layout::Finder, lang);
    let sections = home.into_iter().chain(finder);
    let sections = sections.map(|entry| Link { here: false, ..link_to(entry, "", lang) });
    let mut areas: Vec<Link> =
        area.code.upwards().filter_map(|code| area_link(model, &code, lang)).collect();
    areas.reverse();
    let own = area.url(pages, lang).unwrap_or_default();
    let areas = areas.into_iter().map(|link| Link { here: link.url == own, ..link });
    sections.chain(areas).collect()
}

/// The page of an area.
pub fn area(model: &Model, area: &Area, lang: &Lang) -> view::Area {
    let (places, code) = (&model.places, &area.code);
    let level = match code.level() {
        AreaLevel::Province => "provinsi",
        AreaLevel::Regency => "kabkota",
        AreaLevel::District => "kecamatan",
        AreaLevel::Village => "desa",
    };
    let within = places.offices_within(code);
    let offices_below = within.len() > LISTED_OFFICES;
    let within = if offices_below { Vec::new() } else { within };
    let offices = places.offices_serving(code).into_iter().chain(within);
    let facilities = places.facilities_listed(code).into_iter();
    let facilities = facilities.filter_map(|(page, _)| model.pages.find(&page.id, lang));
    view::Area {
        code: code.as_str().to_owned(),
        official: area.official.clone().unwrap_or_default(),
        level: level.to_owned(),
        offices: offices.map(|found| office_card(model, found, lang)).collect(),
        offices_below,
        units: unit_cards(model, places.units_listed(code), lang),
        units_below: !places.lists_all(code),
        facilities: facilities.map(|facility| card_of(facility, lang)).collect(),
        below: area_cards(model, places.below(code), lang),
    }
}

/// The pages directly below a section as cards. Where there are many, those of offices, units and
/// facilities are found by area.
pub fn children(model: &Model, entry: &Entry) -> Vec<Card> {
    let lang = &entry.page.lang;
    let pages: Vec<&Entry> = model.pages.children(entry.page).collect();
    let is_long = pages.len() > LISTED_PAGES;
    let is_gathered = |entry: &&&Entry| is_long && !codes_of(model, entry.kind()).is_empty();
    let listed = pages.iter().filter(|entry| !is_gathered(entry));
    let mut cards: Vec<Card> = listed.map(|entry| card_of(entry, lang)).collect();
    let gathered = pages.iter().filter(is_gathered);
    let codes: Vec<&AreaCode> = gathered.flat_map(|entry| codes_of(model, entry.kind())).collect();
    cards.extend(area_cards(model, gathered_areas(model, &codes).into_iter(), lang));
    cards
}

/// The areas of a page that are found on the page of an area.
fn codes_of<'c>(model: &Model, kind: &'c Kind) -> Vec<&'c AreaCode> {
    let codes: Vec<&AreaCode> = match kind {
        Kind::Article(_) => Vec::new(),
        Kind::Office(office) => office.serves.iter().map(|area| &area.value).collect(),
        Kind::Unit(unit) => vec![&unit.area.value],
        Kind::Facility(facility) => facility.area.iter().map(|area| &area.value).collect(),
    };
    codes.into_iter().filter(|code| model.places.nearest_page(code).is_some()).collect()
}

/// The smallest areas with pages in which all of these lie and of which there are few enough to list.
fn gathered_areas<'m>(model: &'m Model, codes: &[&AreaCode]) -> Vec<&'m Area> {
    let levels = [AreaLevel::District, AreaLevel::Regency, AreaLevel::Province];
    let mut areas = BTreeMap::new();
    for level in levels {
        let above = codes.iter().filter_map(|code| code.upwards().find(|c| c.level() <= level));
        let pages = above.filter_map(|code| model.places.nearest_page(&code));
        areas = pages.map(|area| (&area.code, area)).collect();
        if areas.len() <= LISTED_PAGES {
            break;
        }
    }
    areas.into_values().collect()
}

/// The nearest pages of areas, each once.
fn pages_of<'c>(
    model: &Model,
    codes: impl Iterator<Item = &'c AreaCode>,
    lang: &Lang,
) -> Vec<Link> {
    let areas = codes.filter_map(|code| model.places.nearest_page(code));
    let areas: BTreeMap<&AreaCode, &Area> = areas.map(|area| (&area.code, area)).collect();
    areas.into_keys().filter_map(|code| area_link(model, code, lang)).collect()
}

fn unit_cards(model: &Model, units: Vec<(&Page, &Unit)>, lang: &Lang) -> Vec<UnitCard> {
    units.into_iter().map(|(page, unit)| unit_card(model, page, unit, lang)).collect()
}

/// The provinces as cards.
pub fn provinces(model: &Model, lang: &Lang) -> Vec<Card> {
    area_cards(model, model.places.provinces(), lang)
}

/// Areas as cards: those where something is known first, then by name.
fn area_cards<'a>(model: &Model, areas: impl Iterator<Item = &'a Area>, lang: &Lang) -> Vec<Card> {
    let mut cards: Vec<(bool, Card)> = areas
        .map(|area| (model.places.count(&area.code) == [0; 3], area_card(model, area, lang)))
        .collect();
    cards.sort_by(|a, b| (a.0, &a.1.title).cmp(&(b.0, &b.1.title)));
    cards.into_iter().map(|(_, card)| card).collect()
}

fn area_card(model: &Model, area: &Area, lang: &Lang) -> Card {
    Card {
        title: area.name.clone(),
        text: counted(&model.catalogues[lang], model.places.count(&area.code)),
        url: area.url(&model.pages, lang).unwrap_or_default(),
        lang: String::new(),
    }
}

/// "3 kantor, 11 unit": what there is, or that there is nothing.
fn counted(catalogue: &Catalogue, counts: [usize; 3]) -> String {
    let keys = ["isi_kantor", "isi_unit", "isi_fasilitas"];
    let known = keys.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    let parts: Vec<String> =
        known.map(|(key, count)| catalogue.fill(key, &[("jumlah", &count.to_string())])).collect();
    if parts.is_empty() { catalogue.fill("isi_kosong", &[]) } else { parts.join(", ") }
}

/// An office as a card.
pub fn office_card(model: &Model, (page, office): (&Page, &Office), lang: &Lang) -> OfficeCard {
    let catalogue = &model.catalogues[lang];
    let entry = model.pages.find(&page.id, lang);
    OfficeCard {
        title: entry.map(short_title).unwrap_or_default().to_owned(),
        url: entry.map(|entry| entry.url.clone()).unwrap_or_default(),
        level: level(catalogue, office.level).to_owned(),
        contacts: contacts(model, catalogue, &office.contacts),
    }
}

/// A unit as a card.
pub fn unit_card(model: &Model, page: &Page, unit: &Unit, lang: &Lang) -> UnitCard {
    let catalogue = &model.catalogues[lang];
    let entry = model.pages.find(&page.id, lang);
    UnitCard {
        title: entry.map(short_title).unwrap_or_default().to_owned(),
        url: entry.map(|entry| entry.url.clone()).unwrap_or_default(),
        place: place_in_words(model, &unit.area.value),
        programs: programs(catalogue, unit),
        status: status(catalogue, page, unit.status),
    }
}

/// "Pademangan, Jakarta Utara": what lies above a kelurahan, up to the kab/kota; a kab/kota itself
/// with its province.
fn place_in_words(model: &Model, code: &AreaCode) -> String {
    let skipped = usize::from(code.level() == AreaLevel::Village);
    let limit =
        if code.level() <= AreaLevel::Regency { AreaLevel::Province } else { AreaLevel::Regency };
    let names: Vec<&str> = code
        .upwards()
        .skip(skipped)
        .filter(|code| code.level() >= limit)
        .filter_map(|code| model.places.area(&code).map(|area| area.name.as_str()))
        .collect();
    names.join(", ")
}

/// "Dilaporkan per 19 Februari 2021, belum dipastikan lagi."
pub fn status(catalogue: &Catalogue, page: &Page, status: Status) -> String {
    let key = match status {
        Status::Confirmed => "status_dikonfirmasi",
        Status::Reported => "status_dilaporkan",
        Status::Ended => "status_berhenti",
    };
    let as_of = page.front.as_of.as_ref();
    let date = as_of.map(|date| in_words(date.value, catalogue)).unwrap_or_default();
    catalogue.fill(key, &[("tanggal", &date)])
}

fn level(catalogue: &Catalogue, level: OfficeLevel) -> &str {
    catalogue.text("tingkat", level.key())
}

fn programs(catalogue: &Catalogue, unit: &Unit) -> String {
    let names = unit.programs.iter().map(|program| catalogue.text("program", program.value.key()));
    names.collect::<Vec<&str>>().join(", ")
}

/// Every question one can ask an office, answered or not.
pub fn statements(
    model: &Model,
    catalogue: &Catalogue,
    given: &[(Topic, Statement)],
    hours: Option<&Hours>,
) -> Vec<view::Statement> {
    let hours = current_hours(model, hours);
    let statements = Topic::ALL.into_iter().map(|topic| {
        let answer =
            given.iter().find(|(answered, _)| *answered == topic).map(|(_, answer)| answer);
        view::Statement {
            label: topic_name(catalogue, topic).to_owned(),
            hours: hours.filter(|_| topic == Topic::Hours).map(|h| hours_view(model, catalogue, h)),
            text: answer.map(|answer| answer_in_words(catalogue, answer)).unwrap_or_default(),
            checked: answer
                .map(|answer| said(model, catalogue, &answer.source.value, answer.as_of.value))
                .unwrap_or_default(),
        }
    });
    statements.collect()
}

/// Opening hours that still hold: whoever stands before a closed door was told wrong.
pub fn current_hours<'c>(model: &Model, hours: Option<&'c Hours>) -> Option<&'c Hours> {
    hours.filter(|hours| !model.standing_of_hours(hours).is_over())
}

/// An answer as it is read: what a key of its own tells, then the text. A promise comes first, and
/// after it whose it is.
fn answer_in_words(catalogue: &Catalogue, answer: &Statement) -> String {
    let text = answer.text.as_ref().map_or("", |text| text.in_language(&catalogue.lang));
    let parts = match answer.detail {
        None => [text.to_owned(), String::new()],
        Some(Detail::Wait(0)) => [catalogue.fill("tunggu_nol", &[]), text.to_owned()],
        Some(Detail::Wait(days)) => {
            [catalogue.fill("tunggu_hari", &[("hari", &days.to_string())]), text.to_owned()]
        }
        Some(Detail::Coming(way)) => {
            [catalogue.text("pilihan_datang", way.key()).to_owned(), text.to_owned()]
        }
        Some(Detail::SignedBy(signer)) => {
            let by = catalogue.text("penanggung_jawab", signer.key());
            [text.to_owned(), catalogue.fill("bukan_kekebalan", &[("oleh", by)])]
        }
    };
    parts.join(" ").trim().to_owned()
}

fn hours_view(model: &Model, catalogue: &Catalogue, hours: &Hours) -> view::Hours {
    let name = |day: usize| catalogue.text("hari", DAYS[day]);
    let days = hours.days.iter().enumerate().collect::<Vec<_>>();
    let same = days.chunk_by(|(_, one), (_, next)| one == next);
    let rows = same.filter_map(|days| {
        let ((first, span), (last, _)) = (days.first()?, days.last()?);
        let range = [("awal", name(*first)), ("akhir", name(*last))];
        let days = if first == last {
            name(*first).to_owned()
        } else {
            catalogue.fill("rentang_hari", &range)
        };
        Some(view::HoursRow { days, hours: span_in_words(catalogue, **span, hours.zone) })
    });
    view::Hours {
        rows: rows.collect(),
        holidays: catalogue.screening.text(Word::HoursHolidays).to_owned(),
        checked: said(model, catalogue, &hours.source.value, hours.as_of.value),
    }
}

fn span_in_words(catalogue: &Catalogue, span: Option<Span>, zone: Zone) -> String {
    let Some(span) = span else { return catalogue.text("teks", "hari_tutup").to_owned() };
    if span.is_whole_day() && span.from() == 0 {
        return catalogue.text("teks", "sehari").to_owned();
    }
    let key = if span.ends_next_day() { "jam_sampai_besok" } else { "jam_sehari" };
    let (from, to) = (clock(span.from()), clock(span.to()));
    catalogue.fill(key, &[("buka", &from), ("tutup", &to), ("zona", zone.name())])
}

/// What a topic is called, such as "Biaya".
pub fn topic_name(catalogue: &Catalogue, topic: Topic) -> &str {
    catalogue.text("keterangan", topic.key())
}

fn rule_view(model: &Model, catalogue: &Catalogue, rule: &Rule, lang: &Lang) -> view::Rule {
    let bands = ["rendah", "menengah", "tinggi"].into_iter().zip(&rule.bands);
    let bands = bands.map(|(key, band)| view::RuleBand {
        label: catalogue.text("pita", key).to_owned(),
        text: band.text.in_language(lang).to_owned(),
        links: rule_links(model, &band.to, lang),
    });
    let checked = said(model, catalogue, &rule.source.value, rule.as_of.value);
    view::Rule { checked, bands: bands.collect() }
}

/// The pages a rule refers to.
pub fn rule_links(model: &Model, links: &[crate::content::At<String>], lang: &Lang) -> Vec<Link> {
    let entries = links.iter().filter_map(|link| model.pages.follow(&link.value, lang));
    entries.map(|entry| Link { here: false, ..link_to(entry, "", lang) }).collect()
}

fn area_link(model: &Model, code: &AreaCode, lang: &Lang) -> Option<Link> {
    let area = model.places.area(code)?;
    let url = area.url(&model.pages, lang).unwrap_or_default();
    Some(Link { title: area.name.clone(), url, here: false, lang: String::new() })
}

fn official(model: &Model, code: &AreaCode) -> String {
    model.places.area(code).and_then(|area| area.official.clone()).unwrap_or_default()
}
