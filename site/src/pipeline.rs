//! The whole build on one screen.

mod live;
mod origin;

pub use live::{Judged, Live, Sketch, Taken, live};

use crate::assets::Assets;
use crate::check::Weights;
use crate::content::data::Config;
use crate::content::drafts::{Draft, Drafts};
use crate::content::front::Page;
use crate::content::markdown::Target;
use crate::content::{self, Reading, Source, Unreadable};
use crate::diag::{Code, Fault, Sources, has_errors};
use crate::emit::{Discard, Sink};
use crate::hosting::Hosting;
use crate::import::{Plan, Wanted};
use crate::model::{Model, Reach};
use crate::render::{Job, Rendered, Renderer};
use crate::theme::Theme;
use crate::value::{Lang, Url};
use crate::{assets, hosting, import, model};
use jiff::civil::Date;
use origin::Origins;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

/// What a build is told besides the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day for which the site is built; dates are judged by it.
    pub today: Date,
    /// The base address, where it is not the one in `bersinar.toml`.
    pub base_url: Option<Url>,
}

/// What keeps a site from being judged at all.
#[derive(Debug)]
pub enum Interruption {
    /// A file of the site cannot be read.
    Unreadable(Unreadable),
    /// The sink does not take a file.
    Unwritable(io::Error),
}

impl From<Unreadable> for Interruption {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

/// The faults found so far: those of files by themselves, and those of files as parts of the site, which
/// may only repeat the first.
#[derive(Debug, Default)]
struct Told {
    own: Vec<Fault>,
    shared: Vec<Fault>,
}

impl Told {
    fn has_errors(&self) -> bool {
        has_errors(&self.own) || has_errors(&self.shared)
    }

    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.shared.is_empty()
    }

    /// These and more.
    fn and(mut self, more: Self) -> Self {
        self.own.extend(more.own);
        self.shared.extend(more.shared);
        self
    }

    /// Without those that follow from others, each once.
    fn into_faults(self) -> Vec<Fault> {
        let shared = model::without_echoes(self.shared, &self.own);
        let mut faults = self.own;
        faults.extend(shared);
        let mut faults = content::without_echoes(faults);
        faults.dedup();
        faults
    }
}

/// What came of a build.
#[derive(Debug)]
pub struct Outcome {
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The files of the drafts that were left out, with all that is wrong in them.
    pub drafts: Vec<Arc<str>>,
}

/// Turns the files of a site into its pages. With any error among the faults, what the sink got is
/// not a site and must not be published.
///
/// # Errors
/// [`Interruption`] by a file that cannot be read or written.
pub fn build(
    source: &Source,
    options: &Options,
    sink: &dyn Sink,
) -> Result<Vec<Fault>, Interruption> {
    Ok(publish(source, options, sink)?.faults)
}

/// The same, and which drafts were left out.
///
/// # Errors
/// [`Interruption`] by a file that cannot be read or written.
pub fn publish(
    source: &Source,
    options: &Options,
    sink: &dyn Sink,
) -> Result<Outcome, Interruption> {
    build_with(source, options, Drafts::LeftOut, sink)
}

/// What is wrong with a site in which no draft is left out.
///
/// # Errors
/// [`Interruption`] by a file that cannot be read.
pub fn judge(source: &Source, options: &Options) -> Result<Vec<Fault>, Interruption> {
    Ok(build_with(source, options, Drafts::all(), &Discard)?.faults)
}

fn build_with(
    source: &Source,
    options: &Options,
    drafts: Drafts,
    sink: &dyn Sink,
) -> Result<Outcome, Interruption> {
    let prepared = prepare(source, options, (Reach::Site, drafts), |ready, told| {
        let origins = Origins::of(source, ready.model.content, options)?;
        Ok(((), told.and(write_site(ready, &origins, sink)?).into_faults()))
    })?;
    let left_out = prepared.drafts.into_iter().filter(|draft| draft.is_left_out);
    let drafts = left_out.map(|draft| draft.file).collect();
    Ok(Outcome { faults: prepared.faults, drafts })
}

/// What a host must be told about a site; none with any error among the faults.
///
/// # Errors
/// [`Interruption`] by a file that cannot be read.
pub fn hosting(
    source: &Source,
    options: &Options,
) -> Result<(Option<Hosting>, Vec<Fault>), Interruption> {
    let published = (Reach::Site, Drafts::LeftOut);
    let Prepared { made, faults, .. } = prepare(source, options, published, |ready, told| {
        let faults = told.and(read_bodies(ready.model)?).into_faults();
        Ok((hosting::plan(ready.model, ready.assets), faults))
    })?;
    Ok((made.filter(|_| !has_errors(&faults)), faults))
}

/// A page as it would be published, whatever is wrong in its body, and what is wrong with it; no page where
/// it cannot be made, or where what the whole site is made of has any error. Other pages are not made.
///
/// # Errors
/// [`Interruption`] by a file that cannot be read.
pub fn page(
    source: &Source,
    options: &Options,
    file: &str,
) -> Result<(Option<Vec<u8>>, Vec<Fault>), Interruption> {
    let prepared = prepare(source, options, (Reach::Site, Drafts::all()), |ready, told| {
        let Some(entry) = ready.model.pages.iter().find(|entry| entry.page.file.as_ref() == file)
        else {
            return Ok((None, told.into_faults()));
        };
        let text = entry.page.text()?;
        let job = Job::Page(entry);
        let Made { page, told: more, .. } = made(ready, &job, &text);
        let body = || content::unchecked(entry.page, &text);
        let page = page.or_else(|| ready.renderer.render(&job, body()).ok());
        Ok((page.map(|page| page.bytes), told.and(more).into_faults()))
    })?;
    let mut faults = prepared.faults;
    faults.retain(|fault| fault.spot.file.as_ref() == file);
    Ok((prepared.made.flatten(), faults))
}

/// A sealed page as a file of its own.
#[derive(Debug)]
pub struct Bundle {
    /// The language of the page.
    pub lang: Lang,
    /// What the page is called in its address, such as `cek`.
    pub slug: String,
    /// The page.
    pub bytes: Vec<u8>,
}

/// The sealed pages, to be read by themselves: their links lead to the published site. None with any
/// error among the faults, which are those of [`build`].
///
/// # Errors
/// [`Interruption`] by a file that cannot be read.
pub fn bundle(
    source: &Source,
    options: &Options,
) -> Result<(Option<Vec<Bundle>>, Vec<Fault>), Interruption> {
    let faults = build(source, options, &Discard)?;
    if has_errors(&faults) {
        return Ok((None, faults));
    }
    let alone = (Reach::Alone, Drafts::LeftOut);
    let prepared = prepare(source, options, alone, |ready, told| {
        let mut bundles = Vec::new();
        for entry in ready.renderer.sealed() {
            let text = entry.page.text()?;
            let body = content::unchecked(entry.page, &text);
            if let Ok(page) = ready.renderer.render(&Job::Page(entry), body) {
                let slug = entry.page.id.slug().to_owned();
                bundles.push(Bundle { lang: entry.page.lang.clone(), slug, bytes: page.bytes });
            }
        }
        Ok((bundles, told.into_faults()))
    })?;
    Ok((prepared.made, faults))
}

/// What a table of units or offices would change in a site. The faults are those of the table; only
/// where the site cannot be read at all they are its own.
///
/// # Errors
/// [`Interruption`] by a file of the site that cannot be read.
pub fn import(
    source: &Source,
    options: &Options,
    table: (&Arc<str>, &[u8]),
    wanted: &Wanted,
) -> Result<(Plan, Vec<Fault>), Interruption> {
    let (content, faults) = content::parse(source)?;
    let Some(content) = content else { return Ok((Plan::default(), faults)) };
    let (model, _) = model::assemble(&content, options.today, Reach::Site);
    Ok(import::plan((source, &content, &model), table, wanted))
}

/// A site that is ready to be rendered.
struct Ready<'a> {
    model: &'a Model<'a>,
    assets: &'a Assets,
    renderer: &'a Renderer<'a>,
    weights: Weights,
}

/// What came of making something of a site.
struct Prepared<T> {
    /// What was made; none where the site has errors.
    made: Option<T>,
    faults: Vec<Fault>,
    drafts: Vec<Draft>,
}

/// Parses and assembles, and makes something of it and of the faults so far; with any error among them,
/// what is wrong in the bodies is all that is still looked for.
fn prepare<T>(
    source: &Source,
    options: &Options,
    (reach, drafts): (Reach, Drafts),
    finish: impl FnOnce(&Ready, Told) -> Result<(T, Vec<Fault>), Interruption>,
) -> Result<Prepared<T>, Interruption> {
    let (content, own) = content::parse_with(source, drafts)?;
    let mut told = Told { own, shared: Vec::new() };
    let Some(mut content) = content else {
        return Ok(Prepared { made: None, faults: told.into_faults(), drafts: Vec::new() });
    };
    set_base_url(&mut content.config, options.base_url.as_ref());
    let (model, shared) = model::assemble(&content, options.today, reach);
    told.shared = shared;
    let theme = Theme::of(source);
    let assets = assets::fingerprint(&content, &theme, WIDGET);
    let (made, faults) = match Renderer::new(&model, &assets, &theme) {
        Ok(renderer) if !told.has_errors() => {
            let weights = Weights::with_style(assets.style_text.as_bytes());
            let ready = Ready { model: &model, assets: &assets, renderer: &renderer, weights };
            let (made, faults) = finish(&ready, told)?;
            (Some(made), faults)
        }
        renderer => {
            told = told.and(read_bodies(&model)?);
            told.shared.extend(renderer.err());
            (None, told.into_faults())
        }
    };
    Ok(Prepared { made, faults, drafts: content.drafts.clone() })
}

/// What is wrong in the bodies of all pages.
fn read_bodies(model: &Model) -> Result<Told, Interruption> {
    let pages: Vec<&Page> = model.content.pages.iter().collect();
    told_of(&pages, |page| {
        let text = page.text()?;
        let (reading, shared) = model.read_body(page, &text);
        Ok(Told { own: reading.faults, shared })
    })
}

/// What is wrong with each of many things, in their order; they are looked at on all cores.
fn told_of<T: Sync>(
    things: &[T],
    look: impl Fn(&T) -> Result<Told, Interruption> + Sync + Send,
) -> Result<Told, Interruption> {
    let found: Result<Vec<Told>, Interruption> = things.par_iter().map(look).collect();
    let mut told = found?.into_iter().fold(Told::default(), Told::and);
    keep_first_of_each_place(&mut told.shared);
    Ok(told)
}

/// What is made of a job.
struct Made {
    /// The file; none with any error.
    page: Option<Rendered>,
    /// What is wrong with it.
    told: Told,
    /// Whether it was held against the headings in the body of another page.
    is_bound: bool,
}

/// Makes the file of a job from the text of its page.
fn made(ready: &Ready, job: &Job, text: &str) -> Made {
    let (reading, mut shared) = match job.page() {
        Some(page) => ready.model.read_body(page, text),
        None => (Reading::default(), Vec::new()),
    };
    let Reading { body, faults: own, .. } = reading;
    let is_bound = body.targets.iter().any(|target| leads_into_a_page(&target.value));
    if has_errors(&own) || has_errors(&shared) {
        return Made { page: None, told: Told { own, shared }, is_bound };
    }
    let page = ready.renderer.render(job, body).map_err(|fault| shared.push(fault)).ok();
    shared.extend(page.as_ref().and_then(|page| ready.weights.check(page)));
    Made { page, told: Told { own, shared }, is_bound }
}

fn leads_into_a_page(target: &Target) -> bool {
    matches!(target, Target::Page { path, anchor: Some(_) } if !path.is_empty())
}

/// Every file of a site: assets, pages, and what hosts are told.
fn write_site(ready: &Ready, origins: &Origins, sink: &dyn Sink) -> Result<Told, Interruption> {
    let put = |path: &str, bytes: &[u8]| sink.put(path, bytes).map_err(Interruption::Unwritable);
    for (path, bytes) in &ready.assets.files {
        put(path, bytes)?;
    }
    let told = told_of(&ready.renderer.jobs(), |job| write_file(ready, job, origins, sink))?;
    let hosting = hosting::plan(ready.model, ready.assets);
    put(hosting::HEADERS_FILE, hosting.headers_file().as_bytes())?;
    put(hosting::APACHE_FILE, hosting.apache().as_bytes())?;
    Ok(told)
}

/// The file of a job: taken over where the last build made it from the same, made otherwise. Of which
/// something is to be told, or which depends on the body of another page, is made each time.
fn write_file(
    ready: &Ready,
    job: &Job,
    origins: &Origins,
    sink: &dyn Sink,
) -> Result<Told, Interruption> {
    let path = ready.renderer.path(job);
    let origin = origins.of_file(&path, job.page());
    if sink.knows(&origin) && sink.keep(&path).map_err(Interruption::Unwritable)? {
        sink.note(origin);
        return Ok(Told::default());
    }
    let text = job.page().map(Page::text).transpose()?.unwrap_or_default();
    let Made { page, told, is_bound } = made(ready, job, &text);
    let Some(page) = page else { return Ok(told) };
    sink.put(&page.path, &page.bytes).map_err(Interruption::Unwritable)?;
    if told.is_empty() && !is_bound {
        sink.note(origin);
    }
    Ok(told)
}

/// The widget's script as the build script made it.
const WIDGET: &str = include_str!(concat!(env!("OUT_DIR"), "/widget.js"));

fn set_base_url(config: &mut Config, base_url: Option<&Url>) {
    if let Some(base_url) = base_url {
        config.base_url = base_url.clone();
    }
}

/// A template that fails on one page mostly fails on all: it is told once.
fn keep_first_of_each_place(faults: &mut Vec<Fault>) {
    let mut places = BTreeSet::new();
    faults.retain(|fault| {
        let start = fault.spot.span.as_ref().map(|span| span.start);
        !is_of_template(fault) || places.insert((Arc::clone(&fault.spot.file), start))
    });
}

fn is_of_template(fault: &Fault) -> bool {
    matches!(fault.code, Code::TemplateRender | Code::EndlessPage)
}

/// The texts that these faults point into: files of the site and templates in the binary. In a file that
/// is not UTF-8, everything before its first wrong byte keeps its place.
#[must_use]
pub fn sources(source: &Source, faults: &[Fault]) -> Sources {
    let files: BTreeSet<&str> = faults.iter().map(|fault| fault.spot.file.as_ref()).collect();
    let own = files.iter().filter_map(|path| {
        let file = source.file(path)?;
        let text = String::from_utf8_lossy(&file.read().ok()?).into_owned();
        Some((Arc::clone(&file.path), Arc::from(text)))
    });
    Theme::of(source).sources().chain(own).collect()
}
