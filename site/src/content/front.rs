//! A page: its front matter by the schema of its folder, and its body.

use super::answers::{Statement, statements};
use super::fields::{Fields, Form, Reader, Told};
use super::hours::{Hours, hours};
use super::language::{self, Findings, Guides, SoFar};
use super::markdown::internal;
use super::numbers::{Number, local_number, mobile};
use super::passages::{self, Passage, Prose, Terms};
use super::proof::{ContactKind, Lifetime, Proof};
use super::read::{Cause, Digest, SourceFile, Unreadable, digest};
use super::schema::{Document, Meaning};
use super::{At, markdown, syntax};
use crate::diag::{Code, Fault, Spot};
use crate::value::{Address, AreaCode, AsOf, Lang, PageId, Slug, Url, slugify};
use island::{Role, Topic};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A page as it was written.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file.
    pub file: Arc<str>,
    /// The page, in whichever language.
    pub id: PageId,
    /// The language of this file.
    pub lang: Lang,
    /// What every kind of page has.
    pub front: Front,
    /// What the page is.
    pub kind: Kind,
    /// What is known of its texts after the front matter; none where that is torn, since what could be
    /// read of it says little about the page.
    pub so_far: Option<SoFar>,
    /// The short numbers that the front matter tells people to dial.
    pub dialled: Vec<At<String>>,
    /// Which words may stand on it.
    pub terms: Terms,
    /// The digest of the front matter.
    pub front_digest: Digest,
    /// The digest of the file as it was when the front matter was read.
    pub digest: Digest,
    /// Where its text is.
    source: SourceFile,
}

impl Page {
    /// The whole file, as it was when the front matter was read.
    ///
    /// # Errors
    /// [`Unreadable`], also where it is not the same file any more.
    pub fn text(&self) -> Result<String, Unreadable> {
        let bytes = self.source.read()?.into_owned();
        if digest([bytes.as_slice()]) != self.digest {
            return Err(Unreadable { path: self.file.as_ref().into(), cause: Cause::Changed });
        }
        // It was UTF-8 when it was read first.
        Ok(String::from_utf8(bytes).unwrap_or_default())
    }

    /// Its contacts, if it is of a kind that has any.
    #[must_use]
    pub fn contacts(&self) -> &[Contact] {
        match &self.kind {
            Kind::Article(_) => &[],
            Kind::Office(office) => &office.contacts,
            Kind::Unit(unit) => &unit.contacts,
            Kind::Facility(facility) => &facility.contacts,
        }
    }

    /// Its opening hours, if it has told any.
    #[must_use]
    pub fn hours(&self) -> Option<&Hours> {
        match &self.kind {
            Kind::Article(_) | Kind::Unit(_) => None,
            Kind::Office(office) => office.hours.as_deref(),
            Kind::Facility(facility) => facility.hours.as_deref(),
        }
    }
}

/// What every kind of page has.
#[derive(Clone, Debug)]
pub struct Front {
    /// `judul`: the heading.
    pub title: At<String>,
    /// `judul_pendek`: for menus and lists.
    pub short_title: Option<String>,
    /// `ringkasan`: what the page answers, at most 200 characters.
    pub summary: At<String>,
    /// `urutan`: the place among its siblings.
    pub order: i64,
    /// `per`: as of when the facts are.
    pub as_of: Option<At<AsOf>>,
    /// `sumber`: keys of the list of sources.
    pub sources: Vec<At<String>>,
    /// `[[pintu]]`: cards under the lead.
    pub doors: Vec<Door>,
    /// `alias`: where the page stood before.
    pub aliases: Vec<At<Address>>,
    /// `konsep`: whether the page is not to be published yet.
    pub is_draft: bool,
}

/// A card that leads to another page.
#[derive(Clone, Debug)]
pub struct Door {
    /// `judul`
    pub title: String,
    /// `teks`
    pub text: String,
    /// `ke`: an internal link.
    pub to: At<String>,
}

/// Which keys a page has. A translation has words only: its facts stand once, in the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema<'a> {
    /// A page in the first of these languages of the site.
    Original(&'a [Lang]),
    /// The same page in another language.
    Translation,
}

/// What a page is, by its folder.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A text.
    Article(Layout),
    /// `content/kantor/`
    Office(Office),
    /// `content/unit/`
    Unit(Unit),
    /// `content/fasilitas/`
    Facility(Facility),
}

/// Pages of one layout each: `templat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Any text.
    Plain,
    /// The screening.
    Screening,
    /// The list of provinces.
    Finder,
    /// The list of sources.
    Sources,
}

/// A BNNK or BNNP.
#[derive(Clone, Debug)]
pub struct Office {
    /// `tingkat`
    pub level: OfficeLevel,
    /// `wilayah`: the areas it serves.
    pub serves: Vec<At<AreaCode>>,
    /// `[[kontak]]`
    pub contacts: Vec<Contact>,
    /// `[jam]`: its opening hours; none where it has told none.
    pub hours: Option<Box<Hours>>,
    /// `[keterangan]`: what it has said about itself.
    pub statements: Vec<(Topic, Statement)>,
    /// `[rujukan]`
    pub rule: Option<Box<Rule>>,
}

/// The two levels of offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfficeLevel {
    /// Of a kota or kabupaten.
    Bnnk,
    /// Of a province.
    Bnnp,
}

impl OfficeLevel {
    /// Both levels.
    pub const ALL: [Self; 2] = [Self::Bnnk, Self::Bnnp];

    /// The word for the level in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Bnnk => "bnnk",
            Self::Bnnp => "bnnp",
        }
    }
}

/// An IBM unit, a Kelurahan Bersinar or a service unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// `program`
    pub programs: Vec<At<Program>>,
    /// `wilayah`
    pub area: At<AreaCode>,
    /// `kantor`: an internal link. None is a fault, told where the offices are known.
    pub office: Option<At<String>>,
    /// `status`
    pub status: Status,
    /// `[[kontak]]`
    pub contacts: Vec<Contact>,
}

/// What a unit belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// Intervensi Berbasis Masyarakat.
    Ibm,
    /// Kelurahan Bersinar.
    Bersinar,
    /// A service unit whose kind the source leaves open.
    Service,
}

impl Program {
    /// Every program.
    pub const ALL: [Self; 3] = [Self::Ibm, Self::Bersinar, Self::Service];

    /// The word for the program in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ibm => "ibm",
            Self::Bersinar => "bersinar",
            Self::Service => "layanan",
        }
    }
}

/// How sure a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The office has confirmed it.
    Confirmed,
    /// A source reported it; nobody has confirmed it since.
    Reported,
    /// It has ended.
    Ended,
}

/// A clinic, hospital or rehabilitation centre.
#[derive(Clone, Debug)]
pub struct Facility {
    /// `jenis`
    pub kind: FacilityKind,
    /// `wilayah`
    pub area: Option<At<AreaCode>>,
    /// `[[kontak]]`
    pub contacts: Vec<Contact>,
    /// `[jam]`
    pub hours: Option<Box<Hours>>,
    /// `[keterangan]`
    pub statements: Vec<(Topic, Statement)>,
}

/// The kinds of facilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacilityKind {
    /// A clinic.
    Clinic,
    /// A hospital.
    Hospital,
    /// A rehabilitation centre.
    Centre,
}

/// A way to reach somebody, with its proof.
#[derive(Clone, Debug)]
pub struct Contact {
    /// `nilai`, by `jenis`.
    pub value: ContactValue,
    /// What shows that it is right.
    pub proof: Proof,
    /// `catatan`
    pub note: Option<Told>,
}

impl Contact {
    /// A line that also takes reports of crimes never stands before a place to go to or a line that
    /// only cares; one that does nothing else stands last.
    fn rank(&self) -> u8 {
        match &self.value {
            ContactValue::Address(_) => 0,
            ContactValue::Phone(number) | ContactValue::WhatsApp(number) => match number.role {
                Role::Emergency | Role::Care => 0,
                Role::Mixed => 1,
                Role::Report => 2,
            },
            ContactValue::Website(_) => 1,
        }
    }
}

/// The kinds of contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactValue {
    /// `alamat`
    Address(String),
    /// `telepon`
    Phone(Number),
    /// `whatsapp`: a mobile number.
    WhatsApp(Number),
    /// `situs`
    Website(Url),
}

impl ContactValue {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ContactKind {
        match self {
            Self::Address(_) => ContactKind::Address,
            Self::Phone(_) => ContactKind::Phone,
            Self::WhatsApp(_) => ContactKind::WhatsApp,
            Self::Website(_) => ContactKind::Website,
        }
    }

    /// What to press once somebody answers, or nothing.
    #[must_use]
    pub fn extension(&self) -> &str {
        match self {
            Self::Phone(number) | Self::WhatsApp(number) => &number.extension,
            Self::Address(_) | Self::Website(_) => "",
        }
    }
}

/// What an office does after a screening.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `per`
    pub as_of: At<AsOf>,
    /// `sumber`
    pub source: At<String>,
    /// `rendah`, `menengah`, `tinggi`
    pub bands: [BandRule; 3],
}

/// The next conversation for one band.
#[derive(Clone, Debug)]
pub struct BandRule {
    /// `teks`
    pub text: Told,
    /// `ke`: internal links.
    pub to: Vec<At<String>>,
}

/// The form of a date as exact as its source.
pub(super) const AS_OF: Form =
    Form::like("\"2021\", \"2021-03\", \"2021-03-22\"").meaning(Meaning::Date);
/// The form of an area code.
pub(super) const AREA: Form =
    Form::like("\"31.72\", \"31.72.05.1003\"").meaning(Meaning::Area).or(Code::AreaCodeForm);
/// The form of an internal link.
pub(super) const PAGE: Form =
    Form::like("\"@/kantor/_index.md\"").meaning(Meaning::Page).or(Code::LinkForm);
/// The form of a key of the list of sources.
pub(super) const SOURCE: Form = Form::any(Meaning::Source);
/// The form of an old address.
const ALIAS: Form = Form::like("\"/unit/nama-lama/\"");
const ALIAS_EXAMPLE: &str = "/unit/nama-lama/";
/// The form of a foreign address.
pub(super) const FOREIGN: Form = Form::like("\"https://…\"").meaning(Meaning::Url);

/// The longest lead, in characters.
const SUMMARY_CHARACTERS: usize = 200;

/// Parses the front matter of a page; its body is read when the whole site is known, or now, for what
/// is wrong in it, where there will be no page.
#[must_use]
pub fn page(
    source: &SourceFile,
    text: &str,
    (id, lang): (PageId, Lang),
    schema: Schema<'_>,
    guides: &Guides,
    faults: &mut Vec<Fault>,
) -> Option<Page> {
    let file = &source.path;
    if !is_good_name(&id) {
        let fault = Fault::new(Code::BadFileName, Spot::file(file)).with("name", id.as_str());
        faults.push(fault.with("good", good_name(&id)));
    }
    let parts = split(file, text, faults)?;
    let languages = match schema {
        Schema::Original(languages) => languages,
        Schema::Translation => &[],
    };
    let reader = Reader::new(file, parts.toml.start).speaking(languages);
    let (page, more) = reader.run(&text[parts.toml], |fields| {
        let (front, kind, terms) = keys(fields, &id, schema);
        let (front, kind) = (front?, kind?);
        let told = if fields.is_torn() {
            BTreeMap::new()
        } else {
            passages::of_table(file, text, fields, &lang)
        };
        let (so_far, found) = read_prose(told, &lang, terms, guides);
        found.faults.into_iter().for_each(|fault| fields.push(fault));
        Some(Page {
            file: Arc::clone(file),
            id,
            lang,
            front,
            kind,
            so_far: (!fields.is_torn()).then_some(so_far),
            dialled: found.dialled,
            terms,
            front_digest: digest([&text.as_bytes()[..parts.body]]),
            digest: digest([text.as_bytes()]),
            source: source.clone(),
        })
    });
    if page.is_none() {
        let _ = markdown::body(file, &text[parts.body..], parts.body, faults);
    }
    faults.extend(more);
    page
}

/// Reads every key of a front matter.
pub(super) fn keys(
    fields: &Fields,
    id: &PageId,
    schema: Schema<'_>,
) -> (Option<Front>, Option<Kind>, Terms) {
    let front = front(fields);
    let kind = kind(fields, id, schema);
    let terms = terms(fields);
    fields.finish();
    (front, kind, terms)
}

/// Reads the texts of a front matter: those in the language of the page are its beginning, those in others
/// stand by themselves.
fn read_prose(
    told: BTreeMap<Lang, Vec<Passage>>,
    lang: &Lang,
    terms: Terms,
    guides: &Guides,
) -> (SoFar, Findings) {
    let (mut so_far, mut found) = (SoFar::default(), Findings::default());
    for (other, passages) in told {
        let is_own = other == *lang;
        let prose = Prose { lang: other, terms, passages };
        let more = if is_own {
            language::read_on(&prose, guides, &mut so_far)
        } else {
            language::read(&prose, guides)
        };
        found.faults.extend(more.faults);
        found.dialled.extend(more.dialled);
    }
    (so_far, found)
}

/// A misspelt key is told by itself, and not by every word that it was meant to allow.
fn terms(fields: &Fields) -> Terms {
    fields.choice_if_any("istilah", &[("hukum", Terms::Law)]);
    if fields.has("istilah") { Terms::Law } else { Terms::Everyday }
}

fn is_good_name(id: &PageId) -> bool {
    let path = id.as_str().strip_suffix("_index.md").unwrap_or(id.as_str());
    let path = path.strip_suffix(".md").unwrap_or(path).trim_end_matches('/');
    path.is_empty() || path.split('/').all(|part| Slug::parse(part).is_some())
}

/// The name nearest to a bad one that can become an address.
fn good_name(id: &PageId) -> String {
    let path = id.as_str().strip_suffix(".md").unwrap_or(id.as_str());
    let parts = path.split('/').map(|part| match part {
        "_index" => part.to_owned(),
        _ => slugify(part),
    });
    format!("{}.md", parts.filter(|part| !part.is_empty()).collect::<Vec<String>>().join("/"))
}

/// The two parts of a page, as bytes of its text.
pub(crate) struct Parts {
    /// The TOML between the fences.
    pub(crate) toml: Range<usize>,
    /// Where the Markdown begins.
    pub(crate) body: usize,
}

fn split(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> Option<Parts> {
    let fault = |(code, span)| faults.push(Fault::new(code, Spot::at(file, span)));
    parts(text).map_err(fault).ok()
}

/// Finds the front matter between two lines of `+++`; or what is wrong with the fences, and where.
pub(crate) fn parts(text: &str) -> Result<Parts, (Code, Range<usize>)> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first_line = text[bom..].split_inclusive('\n').next().unwrap_or("");
    if first_line.trim_end() != "+++" {
        return Err((Code::FrontMatterMissing, bom..bom + first_line.trim_end().len()));
    }
    let start = bom + first_line.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Ok(Parts { toml: start..at, body: at + line.len() });
        }
        at += line.len();
    }
    let body = syntax::first_unreadable(&text[start..]);
    let end = body.map_or(text.len()..text.len(), |span| start + span.start..start + span.end);
    Err((Code::FrontMatterUnclosed, end))
}

fn front(fields: &Fields) -> Option<Front> {
    let title = fields.text("judul");
    let short_title = fields.text_if_any("judul_pendek").map(|text| text.value);
    let summary = fields.prose("ringkasan");
    let order = fields.integer_if_any("urutan");
    let as_of = fields.parsed_if_any("per", AS_OF, AsOf::parse);
    let sources = fields.list("sumber", SOURCE, |text| Some(text.to_owned()));
    let doors = fields.tables("pintu").iter().filter_map(door).collect();
    let aliases = aliases(fields);
    let is_draft = fields.flag("konsep");
    let summary = summary?;
    let length = summary.value.chars().count();
    if length > SUMMARY_CHARACTERS {
        let fault = Fault::new(Code::TooLong, summary.spot.clone()).with("key", "ringkasan");
        fields.push(fault.with("length", length).with("limit", SUMMARY_CHARACTERS));
    }
    Some(Front {
        title: title?,
        short_title,
        summary,
        order: order.unwrap_or(i64::MAX),
        as_of,
        sources,
        doors,
        aliases,
        is_draft,
    })
}

/// The old addresses that are addresses; what the others could mean is told.
fn aliases(fields: &Fields) -> Vec<At<Address>> {
    let written = fields.list("alias", ALIAS, |text| Some(text.to_owned()));
    let aliases = written.into_iter().filter_map(|At { value, spot }| {
        let address = Address::parse(&value);
        if address.is_none() {
            let good = Address::nearest(&value);
            let good = good.as_ref().map_or(ALIAS_EXAMPLE, Address::as_str);
            let fault = Fault::new(Code::AliasForm, spot.clone());
            fields.push(fault.with("value", &value).with("good", good));
        }
        Some(At { value: address?, spot })
    });
    aliases.collect()
}

fn door(fields: &Fields) -> Option<Door> {
    let (title, text) = (fields.text("judul"), fields.prose("teks"));
    let to = fields.parsed("ke", PAGE, internal_link);
    fields.finish();
    Some(Door { title: title?.value, text: text?.value, to: to? })
}

/// `sumber`, where it is one key of the list of sources.
pub(super) fn source(fields: &Fields) -> Option<At<String>> {
    fields.parsed("sumber", SOURCE, |text| Some(text.to_owned()))
}

/// The text of a link that names a page.
pub(super) fn internal_link(text: &str) -> Option<String> {
    let (page, _) = internal(text)?;
    (!page.is_empty()).then(|| text.to_owned())
}

fn kind(fields: &Fields, id: &PageId, schema: Schema) -> Option<Kind> {
    match Document::of_page(id, schema) {
        Document::Translation => Some(Kind::Article(Layout::Plain)),
        Document::Office => office(fields, id).map(Kind::Office),
        Document::Unit => unit(fields, id).map(Kind::Unit),
        Document::Facility => facility(fields, id).map(Kind::Facility),
        _ => Some(Kind::Article(layout(fields))),
    }
}

fn layout(fields: &Fields) -> Layout {
    let layouts =
        [("skrining", Layout::Screening), ("wilayah", Layout::Finder), ("sumber", Layout::Sources)];
    fields.choice_if_any("templat", &layouts).map_or(Layout::Plain, |layout| layout.value)
}

fn office(fields: &Fields, id: &PageId) -> Option<Office> {
    let levels = OfficeLevel::ALL.map(|level| (level.key(), level));
    let level = fields.choice("tingkat", &levels);
    let serves = fields.required_list("wilayah", AREA, AreaCode::parse);
    let contacts = contacts(fields, id, &serves);
    let hours = fields.table("jam").and_then(|table| hours(&table, &serves)).map(Box::new);
    let statements = statements(fields);
    let rule = fields.table("rujukan").and_then(|fields| rule(&fields)).map(Box::new);
    Some(Office { level: level?.value, serves, contacts, hours, statements, rule })
}

fn unit(fields: &Fields, id: &PageId) -> Option<Unit> {
    fields.require("per", AS_OF);
    let programs = fields.choices("program", &Program::ALL.map(|program| (program.key(), program)));
    let area = fields.parsed("wilayah", AREA, AreaCode::parse);
    let office = fields.parsed_if_any("kantor", PAGE, internal_link);
    fields.needs("kantor");
    let known = [
        ("dikonfirmasi", Status::Confirmed),
        ("dilaporkan", Status::Reported),
        ("berhenti", Status::Ended),
    ];
    let status = fields.choice("status", &known);
    let contacts = contacts(fields, id, area.as_slice());
    Some(Unit { programs, area: area?, office, status: status?.value, contacts })
}

fn facility(fields: &Fields, id: &PageId) -> Option<Facility> {
    let known = [
        ("klinik", FacilityKind::Clinic),
        ("rumah-sakit", FacilityKind::Hospital),
        ("balai-rehabilitasi", FacilityKind::Centre),
    ];
    let kind = fields.choice("jenis", &known);
    let area = fields.parsed_if_any("wilayah", AREA, AreaCode::parse);
    let contacts = contacts(fields, id, area.as_slice());
    let hours = fields.table("jam").and_then(|table| hours(&table, area.as_slice())).map(Box::new);
    let statements = statements(fields);
    Some(Facility { kind: kind?.value, area, contacts, hours, statements })
}

/// The contacts in the order in which every page shows them; equal ones in that of the file.
fn contacts(fields: &Fields, owner: &PageId, areas: &[At<AreaCode>]) -> Vec<Contact> {
    let tables = fields.tables("kontak");
    let mut contacts: Vec<_> =
        tables.iter().filter_map(|table| contact(table, owner, areas)).collect();
    contacts.sort_by_key(Contact::rank);
    contacts
}

fn contact(fields: &Fields, owner: &PageId, areas: &[At<AreaCode>]) -> Option<Contact> {
    let value = contact_value(fields, areas);
    let kind = value.as_ref().map_or(ContactKind::Address, ContactValue::kind);
    let proof = Proof::read(fields, &owner.to_string(), kind, "nilai", Lifetime::of(kind));
    let note = fields.told_if_any("catatan");
    fields.finish();
    let (value, proof) = (value?, proof?);
    let proof = proof.with_extension(value.extension());
    Some(Contact { value, proof, note })
}

/// `areas` are those that the number is for.
fn contact_value(fields: &Fields, areas: &[At<AreaCode>]) -> Option<ContactValue> {
    type Maker = fn(&Fields, &[At<AreaCode>]) -> Option<ContactValue>;
    let makers: [(&str, Maker); 4] = [
        ("alamat", |fields, _| fields.text("nilai").map(|text| ContactValue::Address(text.value))),
        ("telepon", |fields, areas| local_number(fields, areas).map(ContactValue::Phone)),
        ("whatsapp", |fields, _| mobile(fields).map(ContactValue::WhatsApp)),
        ("situs", |fields, _| {
            fields.parsed("nilai", FOREIGN, Url::parse).map(|url| ContactValue::Website(url.value))
        }),
    ];
    if let Some(maker) = fields.choice("jenis", &makers) {
        (maker.value)(fields, areas)
    } else {
        // Of which form it must be is not known.
        fields.parsed("nilai", Form::like("\"…\""), |_| Some(()));
        fields.ignore(["label", "tekan"]);
        None
    }
}

fn rule(fields: &Fields) -> Option<Rule> {
    let as_of = fields.parsed("per", AS_OF, AsOf::parse);
    let source = source(fields);
    let bands = ["rendah", "menengah", "tinggi"].map(|band| band_rule(fields, band));
    fields.finish();
    let [low, moderate, high] = bands;
    Some(Rule { as_of: as_of?, source: source?, bands: [low?, moderate?, high?] })
}

fn band_rule(rule: &Fields, band: &'static str) -> Option<BandRule> {
    let fields = rule.required_table_or(Code::BandMissing, band)?;
    let text = fields.told("teks");
    let to = fields.list("ke", PAGE, internal_link);
    fields.finish();
    Some(BandRule { text: text?, to })
}
