//! The contacts nearby: province, kab/kota and unit to choose, and whom they lead to.

use super::parts::{self, Chosen, tag};
use super::{View, before, cards};
use crate::place::{Place, provinces, regencies, units};
use crate::state::Action;
use island::{Area, BandRule, Contact, Office, Rule, Unit, Word};
use screening::Band;
use yew::{Html, html};

/// The id of the heading of the contacts.
const PLACE: &str = "tempat";
/// A link to the contacts, within the page.
pub const PLACE_LINK: &str = "#tempat";

/// Chooses a place and shows its unit and offices, then the national lines. With a band, each
/// office's own rule for that band is shown.
pub fn contacts(view: &View, band: Option<Band>) -> Html {
    let choice = vec![parts::paragraph(view.text(Word::PlaceHint)), selects(view)];
    parts::all(vec![
        html! { <h2 id={PLACE} tabindex="-1">{ view.text(Word::PlaceTitle) }</h2> },
        tag("div", "pilih-tempat", parts::all(choice)),
        html! { <p role="status">{ shown(view) }</p> },
        found(view, band),
        cards::national(view),
    ])
}

fn selects(view: &View) -> Html {
    let island = view.island;
    let Place { province, regency, unit } = view.state.place;
    let area = |(place, area): (usize, &Area)| (place, area.name.clone());
    let provinces = provinces(island).map(area).collect();
    let regencies = province.map(|chosen| regencies(island, chosen).map(area).collect());
    let units = regency.map(|chosen| units(island, chosen).map(unit_option).collect());
    let lists = [
        List { level: Level::Province, parent: 0, options: provinces, chosen: province },
        List::under(Level::Regency, province, regencies, regency),
        List::under(Level::Unit, regency, units, unit),
    ];
    parts::all(lists.iter().map(|list| select(view, list)).collect())
}

fn unit_option((place, unit): (usize, &Unit)) -> (usize, String) {
    if unit.district.is_empty() {
        return (place, unit.name.clone());
    }
    (place, [&unit.district, " – ", &unit.name].concat())
}

/// What a list narrows down.
#[derive(Clone, Copy)]
enum Level {
    Province,
    Regency,
    Unit,
}

/// A list to choose from. Its options depend on what was chosen above it, the parent.
struct List {
    level: Level,
    parent: usize,
    options: Vec<(usize, String)>,
    chosen: Option<usize>,
}

impl List {
    fn under(
        level: Level,
        parent: Option<usize>,
        options: Option<Vec<(usize, String)>>,
        chosen: Option<usize>,
    ) -> Self {
        let (parent, options) = (parent.unwrap_or_default(), options.unwrap_or_default());
        Self { level, parent, options, chosen }
    }

    fn label(&self) -> Word {
        match self.level {
            Level::Province => Word::PlaceProvince,
            Level::Regency => Word::PlaceRegency,
            Level::Unit => Word::PlaceUnit,
        }
    }
}

/// The place after a choice in a list: what lies below it is no longer chosen.
fn narrowed(place: Place, level: Level, chosen: Option<usize>) -> Place {
    match level {
        Level::Province => Place { province: chosen, ..Place::nowhere() },
        Level::Regency => Place { regency: chosen, unit: None, ..place },
        Level::Unit => Place { unit: chosen, ..place },
    }
}

/// A list, drawn afresh when its parent changes; nothing where it has no options.
fn select(view: &View, list: &List) -> Html {
    let (place, level) = (view.state.place, list.level);
    let choose = view.send.reform(move |chosen| Action::Choosing(narrowed(place, level, chosen)));
    let key = level as usize + 3 * list.parent;
    if list.options.is_empty() {
        return html! { <div key={key} /> };
    }
    let known = list
        .options
        .iter()
        .map(|(place, name)| parts::option(&place.to_string(), name, list.chosen == Some(*place)));
    let missing = parts::option("-", view.text(Word::PlaceMissing), false);
    let options = known.chain([missing]).collect();
    let label = view.text(list.label());
    html! { <div key={key}>{ parts::select(view, label, options, Chosen(list.chosen.is_some()), choose) }</div> }
}

/// What a screen reader hears after a choice.
fn shown(view: &View) -> String {
    let place = view.state.place;
    let name = place.unit(view.island).map(|unit| &unit.name);
    let name = name.or_else(|| place.area(view.island).map(|area| &area.name));
    name.map_or_else(String::new, |name| {
        view.island.words.filled(Word::PlaceShown, "wilayah", name)
    })
}

fn found(view: &View, band: Option<Band>) -> Html {
    let place = view.state.place;
    let Some(area) = place.area(view.island) else { return Html::default() };
    let offices = place.offices(view.island);
    let is_missing = offices.is_empty();
    let cards = offices.into_iter().map(|office| office_card(view, office, band)).collect();
    parts::all(vec![
        place.unit(view.island).map(|unit| unit_card(view, unit)).unwrap_or_default(),
        parts::all(cards),
        parts::when(is_missing, || parts::paragraph(view.text(Word::PlaceNoOffice))),
        page_link(view, &area.name, &area.url),
    ])
}

fn unit_card(view: &View, unit: &Unit) -> Html {
    contact_card(vec![
        parts::place(view.text(Word::PlaceUnitTitle)),
        parts::name(&unit.name),
        parts::paragraph(&unit.district),
        parts::paragraph(&unit.status),
        parts::all(unit.contacts.iter().map(contact).collect()),
        page_link(view, &unit.name, &unit.url),
    ])
}

fn office_card(view: &View, office: &Office, band: Option<Band>) -> Html {
    let ruled = band.zip(office.rule.as_ref());
    contact_card(vec![
        parts::place(view.text(Word::PlaceOfficeTitle)),
        parts::name(&office.name),
        ruled.map(|(band, rule)| office_rule(view, rule, band)).unwrap_or_default(),
        parts::all(office.contacts.iter().map(contact).collect()),
        parts::when(office.contacts.is_empty(), || {
            parts::paragraph(view.text(Word::PlaceNoContact))
        }),
        before::openings(view, office),
        before::before(view, office),
        page_link(view, &office.name, &office.url),
    ])
}

/// What the office itself says it does for this band.
fn office_rule(view: &View, rule: &Rule, band: Band) -> Html {
    let published = rule.bands.get(band as usize).filter(|rule| !rule.text.is_empty());
    let Some(BandRule { text, links }) = published else { return Html::default() };
    let links = links.iter().map(|(name, url)| parts::link_line(name, url)).collect();
    let name = view.text(Word::band(band));
    parts::all(vec![
        tag("h4", "", parts::text(&view.island.words.filled(Word::PlaceOfficeRule, "pita", name))),
        parts::paragraph(text),
        parts::all(links),
        parts::remark(&rule.note),
    ])
}

/// A number is a link; an address of another host is text, since a link to it would lead to an error
/// page under the headers of this one.
pub fn contact(contact: &Contact) -> Html {
    let Contact { label, shown, href, note } = contact;
    let value =
        if contact.is_call() { parts::number(shown, href) } else { parts::paragraph(shown) };
    parts::all(vec![parts::classed("label", label), value, parts::remark(note)])
}

fn page_link(view: &View, name: &str, url: &str) -> Html {
    parts::link_line(&view.island.words.filled(Word::PlacePage, "nama", name), url)
}

/// A card about someone to turn to.
fn contact_card(body: Vec<Html>) -> Html {
    tag("div", "kontak", parts::all(body))
}
