//! The site on disk, and the same with a file that is not saved yet → its pages and its faults.

use super::Desk;
use super::view::area_in_words;
use crate::areas::{Area, search};
use crate::content::data::SourceEntry;
use crate::content::front::{Kind, Page, Schema};
use crate::content::schema::Document;
use crate::content::{self, Content, Source, SourceFile};
use crate::diag::{Fault, has_errors};
use crate::pipeline;
use crate::terminal::read_site;
use crate::trouble::Trouble;
use crate::value::{Lang, PageId, Slug};

impl Desk {
    /// The files of the site as they are.
    pub(super) fn source(&self) -> Result<Source, Trouble> {
        read_site(&self.root)
    }

    /// What is wrong with a site.
    pub(super) fn faults(&self, source: &Source) -> Result<Vec<Fault>, Trouble> {
        let built = pipeline::judge(source, &self.build);
        built.map_err(|interruption| Trouble::interrupting(interruption, &self.root))
    }
}

/// The parsed files of a site; none where `bersinar.toml` is broken.
pub fn content(source: &Source) -> Result<Option<Content>, Trouble> {
    Ok(content::parse(source)?.0)
}

/// The same site with another text in the place of a file, or with one file more.
#[must_use]
pub fn with_text(source: &Source, path: &str, text: &str) -> Source {
    with_bytes(source, path, text.as_bytes())
}

/// The same with a file that is no text.
#[must_use]
pub fn with_bytes(source: &Source, path: &str, bytes: &[u8]) -> Source {
    let mut files = source.files.clone();
    let new = SourceFile::new(path, bytes);
    match files.binary_search_by(|file| file.path.as_ref().cmp(path)) {
        Ok(at) => files[at] = new,
        Err(at) => files.insert(at, new),
    }
    Source { files, faults: source.faults.clone() }
}

/// What a changed file does to a site.
pub struct Verdict {
    /// What is wrong with the file.
    pub own: Vec<Fault>,
    /// What is wrong with others because of it.
    pub caused: Vec<Fault>,
}

impl Verdict {
    /// Whether nothing of it keeps the site from being published.
    #[must_use]
    pub fn is_good(&self) -> bool {
        !has_errors(&self.own) && !has_errors(&self.caused)
    }
}

impl Desk {
    /// Judges a site with a changed file, by what was wrong before and what is now.
    pub(super) fn judge(
        &self,
        source: &Source,
        path: &str,
        text: &str,
    ) -> Result<Verdict, Trouble> {
        let after = self.faults(&with_text(source, path, text))?;
        let (own, others): (Vec<Fault>, Vec<Fault>) =
            after.into_iter().partition(|fault| fault.spot.file.as_ref() == path);
        let is_quiet = !has_errors(&others);
        let before = if is_quiet { Vec::new() } else { self.faults(source)? };
        let caused = others.into_iter().filter(|fault| fault.is_error() && !before.contains(fault));
        Ok(Verdict { own, caused: caused.collect() })
    }

    /// A page of the site as it would be, if it can be made, and what is wrong with it.
    pub(super) fn page(
        &self,
        source: &Source,
        path: &str,
    ) -> Result<(Option<Vec<u8>>, Vec<Fault>), Trouble> {
        let made = pipeline::page(source, &self.build, path);
        made.map_err(|interruption| Trouble::interrupting(interruption, &self.root))
    }
}

/// What a form lets people choose from: what is written, and what is read.
#[derive(Default)]
pub struct Choices {
    /// The list of sources.
    pub sources: Vec<(String, String)>,
    /// Every page in the first language.
    pub pages: Vec<(String, String)>,
    /// Those that are offices.
    pub offices: Vec<(String, String)>,
}

impl Choices {
    /// What a site offers.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        let source = |entry: &SourceEntry| {
            (entry.key.value.clone(), format!("{} ({})", entry.words.title, entry.key.value))
        };
        let own = content.pages.iter().filter(|page| page.lang == content.config.languages[0]);
        let named = |page: &Page| {
            (page.id.to_string(), format!("{} ({})", page.front.title.value, page.id.as_str()))
        };
        let offices = own.clone().filter(|page| matches!(page.kind, Kind::Office(_)));
        Self {
            sources: content.sources.iter().map(source).collect(),
            pages: own.map(named).collect(),
            offices: offices.map(named).collect(),
        }
    }
}

/// The kind of a page by its path below `content/`. `languages` are those of the site.
#[must_use]
pub fn document(path: &str, languages: &[Lang]) -> Document {
    let Some(first) = languages.first() else {
        return Document::of_page(&PageId::new(path), Schema::Original(&[]));
    };
    let (id, lang) = content::page_id(path, languages);
    let schema = if lang == *first { Schema::Original(languages) } else { Schema::Translation };
    Document::of_page(&id, schema)
}

/// Whether a path below `content/` can be that of a page.
#[must_use]
pub fn may_be_page(path: &str) -> bool {
    let path = path.strip_suffix(".md").unwrap_or_default();
    path.split('/').all(|part| part == "_index" || Slug::parse(part).is_some())
}

/// How many areas are offered for a name: more do not help anybody choose.
const OFFERED: usize = 12;

/// The areas that a name can mean, by code and in words.
#[must_use]
pub fn candidates(name: &str, fits: impl Fn(&Area) -> bool) -> Vec<(String, String)> {
    if name.trim().is_empty() {
        return Vec::new();
    }
    let found = search(name).into_iter().map(|found| found.area).filter(|area| fits(area));
    let named = found.map(|area| (area.code.to_string(), area_in_words(area.code.as_str())));
    named.take(OFFERED).collect()
}
