//! The whole build on one screen.

use crate::assets::Assets;
use crate::content::{self, Source, data::Config};
use crate::diag::{Fault, Sources, has_errors};
use crate::emit::{Discard, Sink};
use crate::hosting::Hosting;
use crate::import::{Plan, Wanted};
use crate::model::{Entry, Model, Reach};
use crate::render::{Job, Rendered, Renderer};
use crate::theme::Theme;
use crate::value::{Lang, Url};
use crate::{assets, check, hosting, import, model};
use jiff::civil::Date;
use rayon::prelude::*;
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

/// How many pages are rendered before they go to the sink: the site is never held whole.
const CHUNK_PAGES: usize = 256;

/// Turns the files of a site into its pages. With any error among the faults, what the sink got is
/// not a site and must not be published.
///
/// # Errors
/// Whatever keeps the sink from taking a file.
pub fn build(source: &Source, options: &Options, sink: &dyn Sink) -> io::Result<Vec<Fault>> {
    let (written, mut faults) =
        prepare(source, options, Reach::Site, |ready, faults| write_site(ready, sink, faults));
    written.transpose()?;
    faults.dedup();
    Ok(faults)
}

/// What a host must be told about a site; none with any error among the faults.
#[must_use]
pub fn hosting(source: &Source, options: &Options) -> (Option<Hosting>, Vec<Fault>) {
    prepare(source, options, Reach::Site, |ready, _| hosting::plan(ready.model, ready.assets))
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
#[must_use]
pub fn bundle(source: &Source, options: &Options) -> (Option<Vec<Bundle>>, Vec<Fault>) {
    // Looking at files without keeping them does not fail.
    let faults = build(source, options, &Discard).unwrap_or_default();
    if has_errors(&faults) {
        return (None, faults);
    }
    let (bundles, _) = prepare(source, options, Reach::Alone, |ready, faults| {
        let make = |entry: &Entry| {
            let page = ready.renderer.render(&Job::Page(entry));
            let page = page.map_err(|fault| faults.push(fault)).ok()?;
            let slug = entry.page.id.slug().to_owned();
            Some(Bundle { lang: entry.page.lang.clone(), slug, bytes: page.bytes })
        };
        ready.renderer.sealed().into_iter().filter_map(make).collect()
    });
    (bundles, faults)
}

/// What a table of units or offices would change in a site. The faults are those of the table; only
/// where the site cannot be read at all they are its own.
#[must_use]
pub fn import(
    source: &Source,
    options: &Options,
    table: (&Arc<str>, &[u8]),
    wanted: &Wanted,
) -> (Plan, Vec<Fault>) {
    let (content, faults) = content::parse(source);
    let Some(content) = content else { return (Plan::default(), faults) };
    let (model, _) = model::assemble(&content, options.today, Reach::Site);
    import::plan((source, &content, &model), table, wanted)
}

/// A site that is ready to be rendered.
struct Ready<'a> {
    model: &'a Model<'a>,
    assets: &'a Assets,
    renderer: &'a Renderer<'a>,
}

/// Parses and assembles; what is made of it is not made with any error among the faults.
fn prepare<T>(
    source: &Source,
    options: &Options,
    reach: Reach,
    make: impl FnOnce(&Ready, &mut Vec<Fault>) -> T,
) -> (Option<T>, Vec<Fault>) {
    let (content, mut faults) = content::parse(source);
    let Some(mut content) = content else { return (None, content::without_echoes(faults)) };
    set_base_url(&mut content.config, options.base_url.as_ref());
    let (model, more) = model::assemble(&content, options.today, reach);
    let more = model::without_echoes(more, &faults);
    faults.extend(more);
    let mut faults = content::without_echoes(faults);
    let theme = Theme::of(source);
    let assets = assets::fingerprint(&content, &theme, WIDGET);
    let renderer = match Renderer::new(&model, &assets, &theme) {
        Ok(renderer) if !has_errors(&faults) => renderer,
        renderer => {
            faults.extend(renderer.err());
            return (None, faults);
        }
    };
    let ready = Ready { model: &model, assets: &assets, renderer: &renderer };
    let result = make(&ready, &mut faults);
    (Some(result), faults)
}

/// Every file of a site: assets, pages, and what hosts are told.
fn write_site(ready: &Ready, sink: &dyn Sink, faults: &mut Vec<Fault>) -> io::Result<()> {
    for (path, bytes) in &ready.assets.files {
        sink.put(path, bytes)?;
    }
    for jobs in ready.renderer.jobs().chunks(CHUNK_PAGES) {
        let (pages, failed) = render_all(ready.renderer, jobs);
        keep_first_of_each_place(failed, faults);
        faults.extend(check::weights(&pages, ready.assets.style_text.as_bytes()));
        for page in &pages {
            sink.put(&page.path, &page.bytes)?;
        }
    }
    let hosting = hosting::plan(ready.model, ready.assets);
    sink.put(hosting::HEADERS_FILE, hosting.headers_file().as_bytes())?;
    sink.put(hosting::APACHE_FILE, hosting.apache().as_bytes())
}

/// The widget's script as the build script made it.
const WIDGET: &str = include_str!(concat!(env!("OUT_DIR"), "/widget.js"));

fn set_base_url(config: &mut Config, base_url: Option<&Url>) {
    if let Some(base_url) = base_url {
        config.base_url = base_url.clone();
    }
}

/// A template that fails on one page mostly fails on all: it is told once.
fn keep_first_of_each_place(failed: Vec<Fault>, faults: &mut Vec<Fault>) {
    for fault in failed {
        if !faults.iter().any(|known| known.code == fault.code && known.spot == fault.spot) {
            faults.push(fault);
        }
    }
}

/// Pages in the order of their jobs, and the faults of those that failed.
fn render_all(renderer: &Renderer, jobs: &[Job]) -> (Vec<Rendered>, Vec<Fault>) {
    let results: Vec<Result<Rendered, Fault>> =
        jobs.par_iter().map(|job| renderer.render(job)).collect();
    let mut pages = Vec::with_capacity(results.len());
    let mut faults = Vec::new();
    for result in results {
        match result {
            Ok(page) => pages.push(page),
            Err(fault) => faults.push(fault),
        }
    }
    (pages, faults)
}

/// The texts that faults can point into: the files of the site and the templates in the binary. In a
/// file that is not UTF-8, everything before its first wrong byte keeps its place.
#[must_use]
pub fn sources(source: &Source) -> Sources {
    let own = source.files.iter().map(|file| {
        let text = String::from_utf8_lossy(&file.bytes);
        (Arc::clone(&file.path), Arc::from(text.as_ref()))
    });
    Theme::of(source).sources().chain(own).collect()
}
