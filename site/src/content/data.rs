//! The data files: `bersinar.toml`, areas, sources, national lines and words.

use super::At;
use super::fields::{Fields, Form, Reader};
use super::front::{AREA, FOREIGN, PAGE, internal_link};
use super::numbers::{extension, phone};
use super::proof::{self, Confirmation, ContactKind, Lifetime, NATIONAL, Proof};
use super::schema::{Meaning, Names};
use crate::diag::{Code, Fault, Spot};
use crate::value::{AreaCode, AreaLevel, AsOf, Lang, Phone, Url};
use island::Role;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `bersinar.toml`.
#[derive(Clone, Debug)]
pub struct Config {
    /// `nama`: the site's name.
    pub name: String,
    /// The place of `nama`.
    pub name_spot: Spot,
    /// `alamat`: the base address.
    pub base_url: Url,
    /// `bahasa`: the languages; the first one stands at the root. Never empty.
    pub languages: Vec<Lang>,
    /// `cakupan`: the provinces and kab/kota that the site covers; empty where it is all of Indonesia.
    pub coverage: Vec<At<AreaCode>>,
    /// `keluar`: where the quick exit leads.
    pub exit: Url,
    /// The place of `keluar`.
    pub exit_spot: Spot,
    /// `menu`: internal links.
    pub menu: Vec<At<String>>,
    /// `kaki`: internal links at the foot of each page.
    pub footer: Vec<At<String>>,
    /// `percobaan`: nobody has confirmed the contacts yet, and every page says so.
    pub trial: bool,
    /// `[tautan]`: the pages that the screening leads to.
    pub links: ScreeningLinks,
}

/// The pages that the screening leads to, as internal links.
#[derive(Clone, Debug)]
pub struct ScreeningLinks {
    /// `darurat`: what to do in an emergency.
    pub emergency: At<String>,
    /// `privasi`: what is and is not recorded.
    pub privacy: At<String>,
    /// `keluarga`: for families.
    pub families: At<String>,
    /// `metode`: how the screening came to be.
    pub method: At<String>,
}

/// One `[[wilayah]]`: what people call an area, where the list of the program says it otherwise.
#[derive(Clone, Debug)]
pub struct AreaEntry {
    /// `kode`
    pub code: At<AreaCode>,
    /// `nama`: the everyday name.
    pub name: String,
}

/// One `[sumber.KEY]`.
#[derive(Clone, Debug)]
pub struct SourceEntry {
    /// The key.
    pub key: At<String>,
    /// Its words in the first language.
    pub words: SourceWords,
    /// `[sumber.….bahasa.en]`: its words in others.
    pub translations: BTreeMap<Lang, SourceWords>,
    /// `tanggal`
    pub date: At<AsOf>,
    /// `tautan`
    pub url: Option<Url>,
}

/// What a source is called.
#[derive(Clone, Debug)]
pub struct SourceWords {
    /// `judul`
    pub title: String,
    /// `penerbit`
    pub publisher: String,
}

impl SourceEntry {
    /// The words in a language, or in the first where they are not translated.
    #[must_use]
    pub fn words(&self, lang: &Lang) -> &SourceWords {
        self.translations.get(lang).unwrap_or(&self.words)
    }
}

/// One `[[nasional]]`.
#[derive(Clone, Debug)]
pub struct NationalEntry {
    /// `peran`
    pub role: Role,
    /// Its words in the first language.
    pub words: NationalWords,
    /// `[nasional.bahasa.en]`: its words in others.
    pub translations: BTreeMap<Lang, NationalWords>,
    /// `nomor`
    pub phone: Phone,
    /// `situs`
    pub website: Option<Url>,
    /// What shows that the number is right.
    pub proof: Proof,
}

/// What a national line says of itself.
#[derive(Clone, Debug)]
pub struct NationalWords {
    /// `nama`
    pub name: String,
    /// `keterangan`
    pub text: String,
    /// `jam`
    pub hours: Option<String>,
}

impl NationalEntry {
    /// The words in a language, or in the first where they are not translated.
    #[must_use]
    pub fn words(&self, lang: &Lang) -> &NationalWords {
        self.translations.get(lang).unwrap_or(&self.words)
    }
}

/// A file of words: dotted key, text.
#[derive(Clone, Debug, Default)]
pub struct WordFile {
    /// The file.
    pub file: Arc<str>,
    /// Key and text, each with its place.
    pub words: Vec<(At<String>, At<String>)>,
}

/// Parses `bersinar.toml`.
pub fn config(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> Option<Config> {
    run(file, text, faults, config_keys)
}

/// Reads every key of `bersinar.toml`.
pub(super) fn config_keys(fields: &Fields) -> Option<Config> {
    let name = fields.text("nama");
    let base_url = fields.parsed("alamat", FOREIGN, Url::parse_base);
    let languages = fields.required_list("bahasa", LANGUAGE, Lang::parse);
    let coverage = fields.list("cakupan", COVERED, covered);
    let exit = fields.parsed("keluar", FOREIGN, Url::parse);
    let menu = fields.list("menu", PAGE, internal_link);
    let footer = fields.list("kaki", PAGE, internal_link);
    let trial = fields.flag("percobaan");
    let links = fields.required_table("tautan").and_then(|table| screening_links(&table));
    fields.finish();
    let languages = different(fields, languages);
    let (name, exit) = (name?, exit?);
    Some(Config {
        name: name.value,
        name_spot: name.spot,
        base_url: base_url?.value,
        languages: (!languages.is_empty()).then_some(languages)?,
        coverage,
        exit: exit.value,
        exit_spot: exit.spot,
        menu,
        footer,
        trial,
        links: links?,
    })
}

const LANGUAGE: Form = Form::like("[\"id\"]").meaning(Meaning::Language);
const COVERED: Form = Form::like("\"16\", \"31.72\"").meaning(Meaning::Area);

/// A province or kab/kota: smaller areas have no pages.
fn covered(text: &str) -> Option<AreaCode> {
    AreaCode::parse(text).filter(|code| code.level() <= AreaLevel::Regency)
}

/// The languages, each once: a site would overwrite itself with the second.
fn different(fields: &Fields, languages: Vec<At<Lang>>) -> Vec<Lang> {
    let mut different: Vec<Lang> = Vec::new();
    for lang in languages {
        if different.contains(&lang.value) {
            let fault = Fault::new(Code::BadValue, lang.spot).with("key", "bahasa");
            let value = lang.value.as_str();
            fields.push(fault.with("value", value).with("expected", "[\"id\", \"en\"]"));
        } else {
            different.push(lang.value);
        }
    }
    different
}

fn screening_links(fields: &Fields) -> Option<ScreeningLinks> {
    let [emergency, privacy, families, method] = ["darurat", "privasi", "keluarga", "metode"]
        .map(|key| fields.parsed(key, PAGE, internal_link));
    fields.finish();
    Some(ScreeningLinks {
        emergency: emergency?,
        privacy: privacy?,
        families: families?,
        method: method?,
    })
}

/// Parses the everyday names of areas.
pub fn areas(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> Vec<AreaEntry> {
    run(file, text, faults, areas_keys)
}

/// Reads every key of the everyday names.
pub(super) fn areas_keys(fields: &Fields) -> Vec<AreaEntry> {
    let areas = fields.tables("wilayah").iter().filter_map(area).collect();
    fields.finish();
    areas
}

fn area(fields: &Fields) -> Option<AreaEntry> {
    let code = fields.parsed("kode", AREA, AreaCode::parse);
    let name = fields.text("nama");
    fields.finish();
    Some(AreaEntry { code: code?, name: name?.value })
}

/// Parses the list of sources.
pub fn sources(
    file: &Arc<str>,
    text: &str,
    languages: &[Lang],
    faults: &mut Vec<Fault>,
) -> Vec<SourceEntry> {
    run_for(languages, file, text, faults, sources_keys)
}

/// Reads every key of the list of sources.
pub(super) fn sources_keys(fields: &Fields) -> Vec<SourceEntry> {
    let list = fields.table("sumber");
    fields.finish();
    let sources = list.iter().flat_map(|list| list.named_tables(Names::Any));
    sources.filter_map(|(key, table)| source(key, &table)).collect()
}

const DATE: Form = Form::like("\"2021\", \"2021-03-22\"").meaning(Meaning::Date);

fn source(key: At<String>, fields: &Fields) -> Option<SourceEntry> {
    let words = source_words(fields);
    let translations = fields.translations(source_words);
    let date = fields.parsed("tanggal", DATE, AsOf::parse);
    let url = fields.parsed_if_any("tautan", FOREIGN, Url::parse);
    fields.finish();
    Some(SourceEntry {
        key,
        words: words?,
        translations,
        date: date?,
        url: url.map(|url| url.value),
    })
}

fn source_words(fields: &Fields) -> Option<SourceWords> {
    let title = fields.text("judul");
    let publisher = fields.text("penerbit");
    Some(SourceWords { title: title?.value, publisher: publisher?.value })
}

/// Parses the national lines, in the order in which every page and the screening show them: the
/// emergency first, lines that also take reports after those that only care.
pub fn national(
    file: &Arc<str>,
    text: &str,
    languages: &[Lang],
    faults: &mut Vec<Fault>,
) -> Vec<NationalEntry> {
    run_for(languages, file, text, faults, national_keys)
}

/// Reads every key of the national lines.
pub(super) fn national_keys(fields: &Fields) -> Vec<NationalEntry> {
    let tables = fields.tables("nasional");
    let mut lines: Vec<_> = tables.iter().filter_map(national_line).collect();
    fields.finish();
    lines.sort_by_key(|line| line.role);
    lines
}

fn national_words(fields: &Fields) -> Option<NationalWords> {
    let name = fields.text("nama");
    let text = fields.prose("keterangan");
    let hours = fields.text_if_any("jam").map(|text| text.value);
    Some(NationalWords { name: name?.value, text: text?.value, hours })
}

fn national_line(fields: &Fields) -> Option<NationalEntry> {
    let roles = Role::ALL.map(|role| (role.key(), role));
    let role = fields.choice("peran", &roles);
    let words = national_words(fields);
    let translations = fields.translations(national_words);
    let phone = phone(fields, "nomor");
    let extension = extension(fields);
    let website = fields.parsed_if_any("situs", FOREIGN, Url::parse);
    let role = role.map(|role| role.value);
    let lifetime = match role {
        Some(Role::Emergency) => Lifetime::Emergency,
        _ => Lifetime::Number,
    };
    let proof = Proof::read(fields, NATIONAL, ContactKind::Phone, "nomor", lifetime);
    fields.finish();
    Some(NationalEntry {
        role: role?,
        words: words?,
        translations,
        phone: phone?.value,
        website: website.map(|url| url.value),
        proof: proof?.with_extension(&extension?),
    })
}

/// Parses the second confirmations.
pub fn confirmations(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> Vec<Confirmation> {
    run(file, text, faults, confirmations_keys)
}

/// Reads every key of the second confirmations.
pub(super) fn confirmations_keys(fields: &Fields) -> Vec<Confirmation> {
    let tables = fields.tables("konfirmasi");
    let confirmations = tables.iter().filter_map(proof::confirmation).collect();
    fields.finish();
    confirmations
}

/// Parses a file of words: tables of texts, at whichever depth one table holds texts.
pub fn words(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> WordFile {
    let words = run(file, text, faults, |fields| {
        let tables = fields.named_tables(Names::Any);
        let keyed = tables.iter().flat_map(|(table, fields)| {
            fields.named_texts().into_iter().map(|(key, text)| {
                let value = format!("{}.{}", table.value, key.value);
                (At { value, spot: key.spot }, text)
            })
        });
        keyed.collect()
    });
    WordFile { file: Arc::clone(file), words }
}

fn run<T>(
    file: &Arc<str>,
    text: &str,
    faults: &mut Vec<Fault>,
    take: impl FnOnce(&Fields) -> T,
) -> T {
    run_for(&[], file, text, faults, take)
}

/// Reads a file whose texts may be translated into all languages but the first.
fn run_for<T>(
    languages: &[Lang],
    file: &Arc<str>,
    text: &str,
    faults: &mut Vec<Fault>,
    take: impl FnOnce(&Fields) -> T,
) -> T {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (taken, more) = Reader::new(file, bom).speaking(languages).run(&text[bom..], take);
    faults.extend(more);
    taken
}
