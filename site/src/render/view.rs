//! What the templates see: final words, final addresses, no look-ups. One struct per thing on a page.

use crate::assets::Asset;
use serde::Serialize;
use std::collections::BTreeMap;

/// What stands on every page.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// The site's name.
    pub name: String,
    /// The language of the page, such as `id`.
    pub lang: String,
    /// The address of the home page in this language.
    pub home: String,
    /// The main menu.
    pub menu: Vec<Link>,
    /// The links at the foot of each page.
    pub footer: Vec<Link>,
    /// The stylesheet of the information pages.
    pub style: Asset,
    /// The favicon, as a `data:` address, so that it is never a request.
    pub icon: String,
    /// Where the quick exit leads.
    pub exit: String,
    /// The inline script of the quick exit; its hash is in the policy.
    pub exit_script: String,
    /// The inline script of the page between the sealed one and the target; its hash is in the policy.
    pub leave_script: String,
    /// The day of the build, written out.
    pub built: String,
    /// Whether nobody has confirmed the contacts yet; every page then says so.
    pub trial: bool,
}

/// A link with its text. `here` marks the page itself, or in the menu the section it lies in.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// The text.
    pub title: String,
    /// The address.
    pub url: String,
    /// Whether it leads to where the reader is.
    pub here: bool,
    /// The language of text and page where it is not that of the page it stands on; else empty.
    pub lang: String,
}

/// A link with a line about what is behind it.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The text of the link.
    pub title: String,
    /// One or two sentences.
    pub text: String,
    /// The address.
    pub url: String,
    /// The language of its words where it is not that of the page it stands on; else empty.
    pub lang: String,
}

/// What every kind of page has.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// The heading, `h1`.
    pub title: String,
    /// The text of the `title` element.
    pub document_title: String,
    /// The lead, also the description for search engines.
    pub summary: String,
    /// The path, such as `/ibm/`.
    pub url: String,
    /// The full address.
    pub canonical: String,
    /// The Content-Security-Policy of the page.
    pub csp: String,
    /// The way from home to here; the last one is the page itself.
    pub trail: Vec<Link>,
    /// The body as HTML, already safe.
    pub body: String,
    /// As of when the facts are, written out; empty where the page has no date.
    pub as_of: String,
    /// The sources, in the order of the front matter.
    pub sources: Vec<Source>,
    /// Cards under the lead.
    pub doors: Vec<Card>,
    /// The pages below this one.
    pub children: Vec<Card>,
    /// The same page in other languages.
    pub translations: Vec<Translation>,
}

/// The same page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct Translation {
    /// The language, such as `en`.
    pub lang: String,
    /// The language's own name.
    pub title: String,
    /// The address.
    pub url: String,
}

/// A source as it is cited.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// What was read.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, written out.
    pub date: String,
    /// Where, or empty.
    pub url: String,
}

/// A line of the whole country.
#[derive(Clone, Debug, Serialize)]
pub struct NationalLine {
    /// `darurat`, `perawatan`, `campuran` or `laporan`: for style.
    pub kind: String,
    /// The same in words, always shown.
    pub kind_label: String,
    /// Who answers.
    pub name: String,
    /// The number as it is read, such as "119 lalu tekan 8".
    pub shown: String,
    /// The `tel:` link.
    pub href: String,
    /// What happens when one calls.
    pub text: String,
    /// Hours, or empty.
    pub hours: String,
    /// The service's own site, or empty.
    pub website: String,
    /// "Diperiksa Oktober 2024, sumber: …".
    pub checked: String,
    /// Whether the time is over until which the line was known to be right.
    pub overdue: bool,
}

/// A contact of an office, unit or facility.
#[derive(Clone, Debug, Serialize)]
pub struct Contact {
    /// `alamat`, `telepon`, `whatsapp` or `situs`.
    pub kind: String,
    /// The same in words.
    pub label: String,
    /// `perawatan`, `campuran` or `laporan` for a number; else empty.
    pub role: String,
    /// What a number is for, in words; always shown with it. Empty for what is no number.
    pub purpose: String,
    /// The value as it is read; empty where it is withheld because it is too old.
    pub shown: String,
    /// The link, or empty.
    pub href: String,
    /// "Dilihat Desember 2019 pada …; berlaku sampai …".
    pub checked: String,
    /// Whether the time is over until which the value was known to be right.
    pub overdue: bool,
    /// A remark, or empty.
    pub note: String,
}

/// One thing an office says about itself; without text it has not answered.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    /// What was asked, such as "Biaya".
    pub label: String,
    /// The opening hours, where hours were asked for and told as times.
    pub hours: Option<Hours>,
    /// The answer, or empty.
    pub text: String,
    /// When and where it was said, or empty.
    pub checked: String,
}

/// Opening hours as a list.
#[derive(Clone, Debug, Serialize)]
pub struct Hours {
    /// The days in order, those with the same hours together.
    pub rows: Vec<HoursRow>,
    /// That holidays are not known.
    pub holidays: String,
    /// When and where the hours were told.
    pub checked: String,
}

/// Days with the same hours.
#[derive(Clone, Debug, Serialize)]
pub struct HoursRow {
    /// "Senin–Kamis" or "Jumat".
    pub days: String,
    /// "08.00–16.00 WIB", or that the office is closed.
    pub hours: String,
}

/// The referral rule of an office.
#[derive(Clone, Debug, Serialize)]
pub struct Rule {
    /// When and where it was said.
    pub checked: String,
    /// Low, moderate, high.
    pub bands: Vec<RuleBand>,
}

/// The rule for one band.
#[derive(Clone, Debug, Serialize)]
pub struct RuleBand {
    /// The name of the band.
    pub label: String,
    /// The next conversation.
    pub text: String,
    /// Where it refers to.
    pub links: Vec<Link>,
}

/// An office as a card on other pages.
#[derive(Clone, Debug, Serialize)]
pub struct OfficeCard {
    /// The short name.
    pub title: String,
    /// The address of its page.
    pub url: String,
    /// `bnnk` or `bnnp` in words.
    pub level: String,
    /// Its contacts.
    pub contacts: Vec<Contact>,
}

/// A unit as a card on other pages.
#[derive(Clone, Debug, Serialize)]
pub struct UnitCard {
    /// The short name.
    pub title: String,
    /// The address of its page.
    pub url: String,
    /// The place in words, such as "Pademangan, Jakarta Utara".
    pub place: String,
    /// The programmes in words.
    pub programs: String,
    /// The status with its date, in words.
    pub status: String,
}

/// The page of an office.
#[derive(Clone, Debug, Serialize)]
pub struct Office {
    /// `bnnk` or `bnnp` in words.
    pub level: String,
    /// The areas it serves.
    pub serves: Vec<Link>,
    /// Its contacts.
    pub contacts: Vec<Contact>,
    /// What it says about itself, every question, answered or not.
    pub statements: Vec<Statement>,
    /// Its referral rule; none where it has published none.
    pub rule: Option<Rule>,
    /// The units that belong to it, where they are few.
    pub units: Vec<UnitCard>,
    /// The areas whose pages lead to its units, where they are many.
    pub units_elsewhere: Vec<Link>,
    /// The office above it, none for a BNNP.
    pub above: Vec<OfficeCard>,
}

/// The page of a unit.
#[derive(Clone, Debug, Serialize)]
pub struct Unit {
    /// The programmes in words.
    pub programs: String,
    /// The place, from the smallest area up; the url is empty where an area has no page.
    pub place: Vec<Link>,
    /// Kemendagri's code of the place.
    pub code: String,
    /// The official spelling where it differs, or empty.
    pub official: String,
    /// The status with its date, in words.
    pub status: String,
    /// Whether an office has confirmed the unit.
    pub confirmed: bool,
    /// Its contacts; normally none.
    pub contacts: Vec<Contact>,
    /// The way up when nobody answers: its office, then the BNNP.
    pub chain: Vec<OfficeCard>,
}

/// The page of a facility.
#[derive(Clone, Debug, Serialize)]
pub struct Facility {
    /// What it is, in words.
    pub kind: String,
    /// The place, from the smallest area up.
    pub place: Vec<Link>,
    /// Its contacts.
    pub contacts: Vec<Contact>,
    /// What it says about itself, every question, answered or not.
    pub statements: Vec<Statement>,
}

/// The page of an area.
#[derive(Clone, Debug, Serialize)]
pub struct Area {
    /// Kemendagri's code.
    pub code: String,
    /// The official spelling where it differs, or empty.
    pub official: String,
    /// `provinsi`, `kabkota`, `kecamatan` or `desa`: which sentences to show.
    pub level: String,
    /// The offices that serve the area, the nearest first.
    pub offices: Vec<OfficeCard>,
    /// Whether there are more offices, of areas below, on the pages of those.
    pub offices_below: bool,
    /// The units in the area, where they are few.
    pub units: Vec<UnitCard>,
    /// Whether there are more units and facilities, on the pages of the areas below.
    pub units_below: bool,
    /// The facilities in the area.
    pub facilities: Vec<Card>,
    /// The areas below that have pages, with how much is known there.
    pub below: Vec<Card>,
}

/// The paper form of the screening, rendered from the same instrument as the widget.
#[derive(Clone, Debug, Serialize)]
pub struct Paper {
    /// The screening's words by their dotted key, such as `paper.words["buka.judul"]`.
    pub words: BTreeMap<String, String>,
    /// Question 1 and what follows, group by group.
    pub groups: Vec<PaperGroup>,
    /// Question 8 and its second part.
    pub injecting: Vec<PaperQuestion>,
    /// The bands: alcohol, then all others.
    pub bands: Vec<PaperBands>,
    /// The four follow-up classes: title and text.
    pub follow_ups: Vec<Card>,
    /// Offices and units by province, as the list of contacts without JavaScript.
    pub provinces: Vec<PaperProvince>,
    /// The page that leads to the units, where they are too many for this one.
    pub units_elsewhere: Vec<Link>,
    /// The day of the build, in days since 1970-01-01: the page compares it with the device's clock.
    pub built_day: i32,
    /// The island for the widget: text without `<`.
    pub island: String,
    /// The widget's script; empty in a build without the widget.
    pub script: String,
    /// The style of the whole page.
    pub style: String,
}

/// One substance group on paper.
#[derive(Clone, Debug, Serialize)]
pub struct PaperGroup {
    /// A name for ids, `a` to `j`.
    pub id: String,
    /// The name of the group.
    pub name: String,
    /// Examples.
    pub examples: String,
    /// The question 1 text.
    pub ever: PaperQuestion,
    /// Questions 2 to 7 as far as the instrument has them for the group.
    pub questions: Vec<PaperQuestion>,
    /// The highest score.
    pub highest: u8,
}

/// One question on paper.
#[derive(Clone, Debug, Serialize)]
pub struct PaperQuestion {
    /// A name for ids, such as `a2`.
    pub id: String,
    /// The number in the instrument; the second part of question 8 is `8b`.
    pub number: String,
    /// The text.
    pub text: String,
    /// Whether it is skipped when question 2 is "never".
    pub skipped_when_never: bool,
    /// The options in order.
    pub options: Vec<PaperOption>,
}

/// One option on paper.
#[derive(Clone, Debug, Serialize)]
pub struct PaperOption {
    /// The text.
    pub text: String,
    /// The points, or empty where the question is not scored.
    pub points: String,
}

/// The bands of a kind of substance.
#[derive(Clone, Debug, Serialize)]
pub struct PaperBands {
    /// For which substances.
    pub label: String,
    /// Low, moderate, high: name, range such as "11–26", what it means.
    pub rows: Vec<PaperBand>,
}

/// One band on paper.
#[derive(Clone, Debug, Serialize)]
pub struct PaperBand {
    /// The name.
    pub name: String,
    /// The range of scores.
    pub range: String,
    /// What it means.
    pub text: String,
}

/// A province in the list of contacts without JavaScript.
#[derive(Clone, Debug, Serialize)]
pub struct PaperProvince {
    /// The name.
    pub name: String,
    /// The address of its page.
    pub url: String,
    /// The offices in it.
    pub offices: Vec<PaperOffice>,
    /// The units in it.
    pub units: Vec<UnitCard>,
}

/// An office in the list of contacts without JavaScript.
#[derive(Clone, Debug, Serialize)]
pub struct PaperOffice {
    /// The office.
    pub card: OfficeCard,
    /// The kab/kota that it serves, in words; empty where it serves the whole province.
    pub serves: String,
}
