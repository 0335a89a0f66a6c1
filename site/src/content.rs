//! Files on disk → parsed content: pages with their front matter, the data files, the words.

pub mod answers;
mod bodies;
pub mod characters;
pub mod data;
pub mod drafts;
pub mod fields;
pub mod front;
pub mod hours;
pub mod instrument;
mod intake;
pub mod language;
pub mod markdown;
mod names;
mod nesting;
pub mod numbers;
pub mod passages;
mod pictures;
pub mod proof;
mod read;
pub mod schema;
pub(crate) mod syntax;

pub use bodies::{Reading, body, body_start, unchecked};
pub use characters::{has_any as has_hidden_characters, is_about_characters, without_echoes};
pub use language::Guides;
pub use names::may_be_named;
pub use read::{
    Cause, Digest, FOLDERS, Held, Source, SourceFile, Unreadable, digest, is_passed_over, read,
};

use crate::diag::{Code, Fault, Spot};
use crate::value::{Lang, PageId};
use data::{AreaEntry, Config, NationalEntry, SourceEntry, WordFile};
use drafts::{Draft, Drafts, Parsed};
use front::{Page, Schema};
use instrument::InstrumentTable;
use language::Findings;
use passages::Prose;
use proof::{Confirmation, Proof};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value with the place it was written at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// The place.
    pub spot: Spot,
}

/// A picture beside the pages.
#[derive(Clone, Debug)]
pub struct Image {
    /// The path below `content/`.
    pub path: String,
    /// The picture itself.
    pub bytes: Arc<[u8]>,
}

/// Everything that was read, each part checked by itself; nothing is resolved yet.
#[derive(Debug)]
pub struct Content {
    /// `bersinar.toml`.
    pub config: Config,
    /// The pages in the order of their paths.
    pub pages: Vec<Page>,
    /// `content/data/wilayah.toml`, where the site has it.
    pub areas: Vec<AreaEntry>,
    /// `content/data/sumber.toml`.
    pub sources: Vec<SourceEntry>,
    /// `content/data/kontak.toml`.
    pub national: Vec<NationalEntry>,
    /// `content/data/konfirmasi.toml`.
    pub confirmations: Vec<Confirmation>,
    /// `content/data/instrumen.toml`; none where it is missing or broken.
    pub instrument: Option<InstrumentTable>,
    /// `content/data/kata.<lang>.toml`.
    pub words: BTreeMap<Lang, WordFile>,
    /// `content/data/skrining.<lang>.toml`.
    pub screening_words: BTreeMap<Lang, WordFile>,
    /// Pictures.
    pub images: Vec<Image>,
    /// The short numbers that the texts of data files tell people to dial.
    pub dialled: Vec<At<String>>,
    /// How the languages are written.
    pub guides: Guides,
    /// The drafts, those that are part of the site and those that are not.
    pub drafts: Vec<Draft>,
    /// Which of them are to be part of it.
    pub wanted_drafts: Drafts,
    /// What people read of the data files.
    prose: Vec<Prose>,
}

impl Content {
    /// The proof of every contact: of the national lines, then page by page.
    pub fn proofs(&self) -> impl Iterator<Item = &Proof> {
        let national = self.national.iter().map(|line| &line.proof);
        let pages = self.pages.iter().flat_map(Page::contacts);
        national.chain(pages.map(|contact| &contact.proof))
    }

    /// Whether a page, by its path below `content/`, is a draft that is no part of the site.
    #[must_use]
    pub fn leaves_out(&self, path: &str) -> bool {
        self.drafts.iter().any(|draft| draft.is_left_out && draft.id.as_str() == path)
    }
}

/// Parses every file of a site but the bodies of its pages, drafts among them. None where `bersinar.toml` is
/// missing or broken, since nothing can be judged without it.
///
/// # Errors
/// [`Unreadable`] with a file that cannot be read.
pub fn parse(source: &Source) -> Result<(Option<Content>, Vec<Fault>), Unreadable> {
    parse_with(source, Drafts::all())
}

/// The same with a choice of drafts.
///
/// # Errors
/// [`Unreadable`] with a file that cannot be read.
pub fn parse_with(
    source: &Source,
    drafts: Drafts,
) -> Result<(Option<Content>, Vec<Fault>), Unreadable> {
    let mut faults = source.faults.clone();
    let Some(config) = parse_config(source, &mut faults)? else {
        return Ok((None, faults));
    };
    let mut content = Content {
        config,
        pages: Vec::new(),
        areas: Vec::new(),
        sources: Vec::new(),
        national: Vec::new(),
        confirmations: Vec::new(),
        instrument: None,
        words: BTreeMap::new(),
        screening_words: BTreeMap::new(),
        images: Vec::new(),
        dialled: Vec::new(),
        guides: Guides::default(),
        drafts: Vec::new(),
        wanted_drafts: drafts,
        prose: Vec::new(),
    };
    let (pages, others): (Vec<&SourceFile>, Vec<&SourceFile>) =
        source.files.iter().partition(|file| file.is_page());
    for file in others {
        parse_file(file, &mut content, &mut faults)?;
    }
    let Content { config, guides, .. } = &content;
    let (pages, misnamed) = rayon::join(
        || parse_pages(&pages, &config.languages, guides),
        || names::check(&source.files),
    );
    let first = &content.config.languages[0];
    let (pages, found, drafts) = drafts::sort_out(pages?, &content.wanted_drafts, first);
    faults.extend(found);
    content.pages = pages;
    content.drafts = drafts;
    if content.leaves_out(HOME) {
        faults.push(draft_linked(HOME, Spot::file(&Arc::from(format!("content/{HOME}")))));
    }
    names::tell(misnamed, &mut faults);
    require_data_files(source, &content.config, &mut faults);
    read_prose(&mut content, &mut faults);
    Ok((Some(content), faults))
}

/// The home page.
const HOME: &str = "_index.md";

/// A fault about a page that something needs, and that is a draft.
#[must_use]
pub fn draft_linked(path: &str, spot: Spot) -> Fault {
    Fault::new(Code::LinkToDraft, spot).with("target", format!("@/{path}"))
}

/// The pages in the order of their files.
fn parse_pages(
    files: &[&SourceFile],
    languages: &[Lang],
    guides: &Guides,
) -> Result<Vec<Parsed>, Unreadable> {
    files.par_iter().map(|file| parse_page(file, languages, guides)).collect()
}

/// The front matter of a page.
fn parse_page(
    file: &SourceFile,
    languages: &[Lang],
    guides: &Guides,
) -> Result<Parsed, Unreadable> {
    let path = file.path.strip_prefix("content/").unwrap_or(&file.path);
    let (id, lang) = page_id(path, languages);
    let parsed = |is_draft, page, faults| {
        let (file, id, lang) = (Arc::clone(&file.path), id.clone(), lang.clone());
        Ok(Parsed { file, id, lang, is_draft, page, faults })
    };
    let mut faults = Vec::new();
    let bytes = match file.read() {
        Err(Unreadable { cause: Cause::TooBig(size), .. }) => {
            return parsed(false, None, vec![intake::too_big(&file.path, size)]);
        }
        read => read?,
    };
    let Some(text) = text_of(&file.path, &bytes, &mut faults) else {
        return parsed(drafts::says_so(&bytes), None, faults);
    };
    let is_original = lang == languages[0];
    let schema = if is_original { Schema::Original(languages) } else { Schema::Translation };
    let page = front::page(file, text, (id.clone(), lang.clone()), schema, guides, &mut faults);
    let is_draft =
        page.as_ref().map_or_else(|| drafts::says_so(&bytes), |page| page.front.is_draft);
    parsed(is_draft, page, faults)
}

/// How the texts of the data files are written.
fn read_prose(content: &mut Content, faults: &mut Vec<Fault>) {
    let guides = &content.guides;
    let read: Vec<Findings> =
        content.prose.par_iter().map(|prose| language::read(prose, guides)).collect();
    for found in read {
        faults.extend(found.faults);
        content.dialled.extend(found.dialled);
    }
    for (lang, words) in &content.screening_words {
        language::check_questions(words, lang, guides, faults);
    }
}

fn parse_config(source: &Source, faults: &mut Vec<Fault>) -> Result<Option<Config>, Unreadable> {
    let Some(file) = source.file("bersinar.toml") else {
        if !source.is_told("bersinar.toml") {
            faults.push(missing_file("bersinar.toml"));
        }
        return Ok(None);
    };
    let bytes = file.read()?;
    let text = text_of(&file.path, &bytes, faults);
    Ok(text.and_then(|text| data::config(&file.path, text, faults)))
}

fn missing_file(path: &str) -> Fault {
    Fault::new(Code::MissingFile, Spot::file(&Arc::from(path))).with("file", path)
}

/// The text of a file; a fault where it is not UTF-8, and for each character that nobody sees.
fn text_of<'a>(file: &Arc<str>, bytes: &'a [u8], faults: &mut Vec<Fault>) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            characters::check(file, text, faults);
            Some(text)
        }
        Err(error) => {
            let at = error.valid_up_to();
            let fault = Fault::new(Code::NotUtf8, Spot::at(file, at..at + 1));
            faults.push(fault.with("encoding", likely_encoding(bytes)));
            None
        }
    }
}

/// What a file that is not UTF-8 is by all appearances, in the words of Windows' editors.
fn likely_encoding(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16 (Unicode)",
        _ => "Windows-1252 (ANSI)",
    }
}

/// A file that is not a page.
fn parse_file(
    file: &SourceFile,
    content: &mut Content,
    faults: &mut Vec<Fault>,
) -> Result<(), Unreadable> {
    let bytes = file.read()?;
    let Some(path) = file.path.strip_prefix("content/") else {
        // A template that is not a text would give way to the built-in one without a word.
        text_of(&file.path, &bytes, faults);
        return Ok(());
    };
    if let Some(name) = path.strip_prefix("data/") {
        if let Some(text) = text_of(&file.path, &bytes, faults) {
            parse_data_file((file, text), name, content, faults);
        }
    } else if is_image(path) {
        pictures::check(&file.path, &bytes, faults);
        content.images.push(Image { path: path.to_owned(), bytes: Arc::from(bytes.as_ref()) });
    } else {
        faults.push(Fault::new(Code::UnknownFile, Spot::file(&file.path)));
    }
    Ok(())
}

fn parse_data_file(
    (file, text): (&SourceFile, &str),
    name: &str,
    content: &mut Content,
    faults: &mut Vec<Fault>,
) {
    match name {
        "wilayah.toml" => content.areas = data::areas(&file.path, text, faults),
        "sumber.toml" => {
            content.sources = data::sources(&file.path, text, &content.config.languages, faults);
        }
        "kontak.toml" => {
            let lang = &content.config.languages[0];
            content.prose.extend(passages::of_national(&file.path, text, lang));
            content.national = data::national(&file.path, text, &content.config.languages, faults);
        }
        "konfirmasi.toml" => {
            content.confirmations = data::confirmations(&file.path, text, faults);
        }
        "instrumen.toml" => content.instrument = instrument::table(&file.path, text, faults),
        _ => match word_file_lang(name, &content.config.languages) {
            Some(("kata", lang)) => {
                content.prose.extend(passages::of_words(&file.path, text, &lang));
                content.words.insert(lang, data::words(&file.path, text, faults));
            }
            Some(("skrining", lang)) => {
                content.prose.extend(passages::of_words(&file.path, text, &lang));
                content.screening_words.insert(lang, data::words(&file.path, text, faults));
            }
            _ => faults.push(Fault::new(Code::UnknownFile, Spot::file(&file.path))),
        },
    }
}

/// `kata.id.toml` → `kata` in `id`.
fn word_file_lang<'a>(name: &'a str, languages: &[Lang]) -> Option<(&'a str, Lang)> {
    let (kind, lang) = name.strip_suffix(".toml")?.split_once('.')?;
    let lang = Lang::parse(lang).filter(|lang| languages.contains(lang))?;
    Some((kind, lang))
}

/// `ibm/sil.md` is in the first language of the site, `ibm/sil.en.md` the same page in English.
pub(crate) fn page_id(path: &str, languages: &[Lang]) -> (PageId, Lang) {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let named = stem.rsplit_once('.').and_then(|(stem, lang)| {
        let lang = Lang::parse(lang).filter(|lang| languages.contains(lang))?;
        Some((PageId::new(&format!("{stem}.md")), lang))
    });
    named.unwrap_or_else(|| (PageId::new(path), languages[0].clone()))
}

fn is_image(path: &str) -> bool {
    is_image_ending(ending_of(path))
}

/// Whether files with this ending are pictures.
#[must_use]
pub fn is_image_ending(ending: &str) -> bool {
    matches!(ending, "svg" | "png" | "jpg" | "jpeg" | "webp")
}

/// What stands behind the last dot of a path; nothing without one.
#[must_use]
pub fn ending_of(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn require_data_files(source: &Source, config: &Config, faults: &mut Vec<Fault>) {
    let mut required: Vec<String> =
        ["sumber.toml", "kontak.toml", "konfirmasi.toml", "instrumen.toml"]
            .map(|name| format!("content/data/{name}"))
            .into();
    for lang in &config.languages {
        let lang = lang.as_str();
        required.push(format!("content/data/kata.{lang}.toml"));
        required.push(format!("content/data/skrining.{lang}.toml"));
    }
    required.push("content/_index.md".to_owned());
    let is_missing = |path: &&String| source.file(path).is_none() && !source.is_told(path);
    let missing = required.iter().filter(is_missing);
    faults.extend(missing.map(|path| missing_file(path)));
}
