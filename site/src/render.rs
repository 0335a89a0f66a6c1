//! The model → pages: one view for each page, one template for each kind, nothing written here.

mod common;
mod feeds;
mod frame;
mod island;
pub mod markdown;
mod paper;
mod places;
pub mod view;

use crate::assets::Assets;
use crate::content::front::{Kind, Layout, Page};
use crate::content::markdown::Body;
use crate::diag::{Code, Fault, Spot};
use crate::hosting::file_at;
use crate::model::{Area, Entry, Model};
use crate::theme::Theme;
use crate::value::{Address, Lang};
use feeds::SITEMAP;
use frame::Frame;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// A finished file of the site.
#[derive(Debug)]
pub struct Rendered {
    /// The path below the output folder, such as `ibm/index.html`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What to check about it.
    pub budget: Budget,
    /// The file it was made from.
    pub source: Arc<str>,
}

/// How heavy a file may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// An information page.
    Page,
    /// The screening with everything in it.
    Screening,
    /// Anything else.
    None,
}

/// One file to be made.
#[derive(Debug)]
pub enum Job<'m> {
    /// A page of the content.
    Page(&'m Entry<'m>),
    /// What stands at an old address of a page.
    Moved(&'m Entry<'m>, &'m Address),
    /// An area in a language.
    Area(&'m Area, &'m Lang),
    /// What a visitor sees at an address that does not exist.
    NotFound(&'m Lang),
    /// The page that the quick exit of the screening leads to.
    Exit(&'m Lang),
    /// A list of full addresses for search engines, and its own path.
    Sitemap(String, usize),
    /// The list of those lists, by their full addresses.
    SitemapIndex(Vec<String>),
    /// The rules for search engines.
    Robots,
}

impl Job<'_> {
    /// The page of the content that the file is made from.
    #[must_use]
    pub fn page(&self) -> Option<&Page> {
        match self {
            Self::Page(entry) => Some(entry.page),
            _ => None,
        }
    }
}
/// The most bytes of a file. The longest is the list of addresses of a whole country.
const OUTPUT_BYTES: usize = 32 * 1024 * 1024;
/// The most numbers that `range` makes.
const RANGE_NUMBERS: usize = 1000;

/// Everything that stays the same from page to page.
pub struct Renderer<'m> {
    model: &'m Model<'m>,
    assets: &'m Assets,
    tera: Tera,
    frames: BTreeMap<&'m Lang, Frame<'m>>,
}

impl<'m> Renderer<'m> {
    /// Loads the templates.
    ///
    /// # Errors
    /// A fault at the place in a template that does not parse.
    pub fn new(model: &'m Model<'m>, assets: &'m Assets, theme: &Theme) -> Result<Self, Fault> {
        let mut tera = Tera::new();
        tera.register_filter("safe", safe);
        tera.register_function("range", range);
        let templates: Vec<(&str, &str)> = theme.templates().collect();
        tera.add_raw_templates(templates)
            .map_err(|error| template_fault(&error, Code::TemplateSyntax, ""))?;
        let languages = model.content.config.languages.iter();
        let frames = languages.map(|lang| (lang, Frame::new(model, lang))).collect();
        Ok(Self { model, assets, tera, frames })
    }

    /// Every file of the site, in a fixed order.
    #[must_use]
    pub fn jobs(&self) -> Vec<Job<'m>> {
        let languages = &self.model.content.config.languages;
        let areas = languages
            .iter()
            .flat_map(|lang| self.model.places.with_pages().map(move |area| Job::Area(area, lang)));
        let pages = self.model.pages.iter().map(Job::Page);
        let moved = self.model.pages.aliases();
        let moved = moved.map(|(alias, entry)| Job::Moved(entry, &alias.value));
        let not_found = languages.iter().map(Job::NotFound);
        let exits = languages.iter().map(Job::Exit);
        let feeds = feeds::jobs(self.model).into_iter().chain([Job::Robots]);
        pages.chain(moved).chain(areas).chain(not_found).chain(exits).chain(feeds).collect()
    }

    /// Where the file of a job stands below the output folder, such as `ibm/index.html`.
    #[must_use]
    pub fn path(&self, job: &Job) -> String {
        let pages = &self.model.pages;
        match job {
            Job::Page(entry) => file_at(&entry.url),
            Job::Moved(_, address) => file_at(address.as_str()),
            Job::Area(area, lang) => file_at(&area.url(pages, lang).unwrap_or_default()),
            Job::NotFound(lang) => {
                format!("{}404.html", pages.root(lang).trim_start_matches('/'))
            }
            Job::Exit(lang) => file_at(&pages.exit(lang).unwrap_or_default()),
            Job::Sitemap(path, _) => file_at(path),
            Job::SitemapIndex(_) => file_at(SITEMAP),
            Job::Robots => "robots.txt".to_owned(),
        }
    }

    /// The sealed pages alone, one for each language that has its own.
    #[must_use]
    pub fn sealed(&self) -> Vec<&'m Entry<'m>> {
        let sealed = |entry: &&Entry| matches!(entry.kind(), Kind::Article(Layout::Screening));
        self.model.pages.iter().filter(sealed).collect()
    }

    /// Makes one file. The body is that of the page it is made from, and empty where there is none.
    ///
    /// # Errors
    /// A fault at the place in the template that fails on the page.
    pub fn render(&self, job: &Job, body: Body) -> Result<Rendered, Fault> {
        match job {
            Job::Page(entry) => self.page(entry, body),
            Job::Moved(entry, address) => self.moved(entry, address),
            Job::Area(area, lang) => self.area(area, lang),
            Job::NotFound(lang) => self.not_found(lang),
            Job::Exit(lang) => self.exit(lang),
            Job::Sitemap(path, part) => {
                let urls = feeds::addresses(self.model, *part);
                self.feed("sitemap.xml", path, "urls", &urls)
            }
            Job::SitemapIndex(parts) => self.feed("sitemap_index.xml", SITEMAP, "parts", parts),
            Job::Robots => {
                let sitemap = common::canonical(self.model, SITEMAP);
                self.feed("robots.txt", "/robots.txt", "sitemap", &sitemap)
            }
        }
    }

    /// A file that needs but one value.
    fn feed(
        &self,
        template: &str,
        path: &str,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<Rendered, Fault> {
        let mut context = Context::new();
        context.insert(name, value);
        self.file(&format!("feeds/{template}"), file_at(path), &context)
    }

    fn page(&self, entry: &Entry, body: Body) -> Result<Rendered, Fault> {
        let (model, lang) = (self.model, &entry.page.lang);
        let page = common::page(model, self.assets, entry, body);
        let mut context = self.context(lang, &page)?;
        let mut budget = Budget::Page;
        let template = match entry.kind() {
            Kind::Article(Layout::Plain) if entry.url == model.pages.root(lang) => {
                "pages/home.html"
            }
            Kind::Article(Layout::Plain) => "pages/article.html",
            Kind::Article(Layout::Finder) => {
                context.insert("provinces", &places::provinces(model, lang));
                "pages/finder.html"
            }
            Kind::Article(Layout::Sources) => {
                context.insert("all_sources", &common::all_sources(model, lang));
                "pages/sources.html"
            }
            Kind::Article(Layout::Screening) => {
                context.insert("paper", &paper::paper(model, self.assets, lang));
                budget = Budget::Screening;
                "pages/screening.html"
            }
            Kind::Office(office) => {
                context.insert("office", &places::office(model, office, entry, lang));
                "pages/office.html"
            }
            Kind::Unit(unit) => {
                context.insert("unit", &places::unit(model, unit, entry, lang));
                "pages/unit.html"
            }
            Kind::Facility(facility) => {
                context.insert("facility", &places::facility(model, facility, lang));
                "pages/facility.html"
            }
        };
        let rendered = self.file(template, file_at(&entry.url), &context)?;
        Ok(Rendered { budget, source: Arc::clone(&entry.page.file), ..rendered })
    }

    fn moved(&self, entry: &Entry, address: &Address) -> Result<Rendered, Fault> {
        let page = common::moved(self.model, self.assets, entry);
        let context = self.context(&entry.page.lang, &page)?;
        self.file("pages/moved.html", file_at(address.as_str()), &context)
    }

    fn area(&self, area: &Area, lang: &Lang) -> Result<Rendered, Fault> {
        let page = places::area_page(self.model, self.assets, area, lang);
        let mut context = self.context(lang, &page)?;
        context.insert("area", &places::area(self.model, area, lang));
        let rendered = self.file("pages/area.html", file_at(&page.url), &context)?;
        Ok(Rendered { budget: Budget::Page, ..rendered })
    }

    fn not_found(&self, lang: &Lang) -> Result<Rendered, Fault> {
        let page = common::not_found(self.model, self.assets, lang);
        let path = format!("{}404.html", self.model.pages.root(lang).trim_start_matches('/'));
        let rendered = self.file("pages/not_found.html", path, &self.context(lang, &page)?)?;
        Ok(Rendered { budget: Budget::Page, ..rendered })
    }

    fn exit(&self, lang: &Lang) -> Result<Rendered, Fault> {
        let url = self.model.pages.exit(lang).unwrap_or_default();
        let page = common::leave(self.model, self.assets, lang, &url);
        self.file("pages/exit.html", file_at(&url), &self.context(lang, &page)?)
    }

    fn context(&self, lang: &Lang, page: &view::Page) -> Result<Context, Fault> {
        let frame = &self.frames[lang];
        let context = frame.context(self.model, self.assets, &self.tera, &page.url);
        let mut context =
            context.map_err(|error| template_fault(&error, Code::TemplateRender, &page.url))?;
        context.insert("page", page);
        Ok(context)
    }

    fn file(&self, template: &str, path: String, context: &Context) -> Result<Rendered, Fault> {
        let source: Arc<str> = Arc::from(format!("templates/{template}"));
        let mut output = Output::default();
        self.tera.render_to(template, context, &mut output).map_err(|error| {
            match error.kind() {
                ErrorKind::Io(kind) if *kind == io::ErrorKind::FileTooLarge => {
                    let fault = Fault::new(Code::EndlessPage, Spot::file(&source));
                    fault.with("page", &path).with("limit", OUTPUT_BYTES / 1024)
                }
                _ => template_fault(&error, Code::TemplateRender, &path),
            }
        })?;
        Ok(Rendered { path, bytes: output.0, budget: Budget::None, source })
    }
}

/// A file that is being made; beyond [`OUTPUT_BYTES`] it takes no more.
#[derive(Default)]
struct Output(Vec<u8>);

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Numbers in a row. Tera's own function of this name makes a hundred thousand, and two such loops in
/// each other do not end.
fn range(arguments: Kwargs, _: &State) -> TeraResult<Vec<usize>> {
    let start = arguments.get::<usize>("start")?.unwrap_or_default();
    let end = arguments.must_get::<usize>("end")?;
    let step = arguments.get::<usize>("step_by")?.unwrap_or(1).max(1);
    if end.saturating_sub(start).div_ceil(step) > RANGE_NUMBERS {
        return Err(tera::Error::message(format!("range: > {RANGE_NUMBERS}")));
    }
    Ok((start..end).step_by(step).collect())
}

/// HTML that is already safe. Tera's own filter of this name turns a variable that does not exist
/// into an empty text, and a typing error in a template into pages without a body.
fn safe(html: &str, _: Kwargs, _: &State) -> Value {
    Value::safe_string(html)
}

/// Tera's error as a fault at its place in the template.
fn template_fault(error: &tera::Error, code: Code, page: &str) -> Fault {
    let (spot, detail) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = Arc::from(format!("templates/{}", report.filename()));
            (Spot::at(&file, report.span().range.clone()), report.message().to_owned())
        }
        other => (Spot::file(&Arc::from("templates")), other.to_string()),
    };
    Fault::new(code, spot).with("detail", detail).with("page", page)
}
