//! The whole build on one screen.

use crate::content::{self, Source, data::Config};
use crate::diag::{Fault, Sources, has_errors};
use crate::emit::Sink;
use crate::model::Reach;
use crate::render::{Rendered, Renderer};
use crate::theme::Theme;
use crate::value::Url;
use crate::{assets, check, model};
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
pub fn build(source: &Source, options: &Options, sink: &mut dyn Sink) -> io::Result<Vec<Fault>> {
    let (content, mut faults) = content::parse(source);
    let Some(mut content) = content else { return Ok(faults) };
    set_base_url(&mut content.config, options.base_url.as_ref());
    let (model, more) = model::assemble(&content, options.today, Reach::Site);
    let more = model::without_echoes(more, &faults);
    faults.extend(more);
    let theme = Theme::of(source);
    let assets = assets::fingerprint(&content, &theme, WIDGET);
    let renderer = match Renderer::new(&model, &assets, &theme) {
        Ok(renderer) if !has_errors(&faults) => renderer,
        renderer => {
            faults.extend(renderer.err());
            return Ok(faults);
        }
    };
    for (path, bytes) in &assets.files {
        sink.put(path, bytes)?;
    }
    let style = theme.text("gaya/dasar.css").as_bytes();
    for jobs in renderer.jobs().chunks(CHUNK_PAGES) {
        let (pages, failed) = render_all(&renderer, jobs);
        keep_first_of_each_place(failed, &mut faults);
        faults.extend(check::weights(&pages, style));
        for page in &pages {
            sink.put(&page.path, &page.bytes)?;
        }
    }
    faults.dedup();
    Ok(faults)
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
fn render_all(renderer: &Renderer, jobs: &[crate::render::Job]) -> (Vec<Rendered>, Vec<Fault>) {
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

/// The texts that faults can point into: the files of the site and the templates in the binary.
#[must_use]
pub fn sources(source: &Source) -> Sources {
    let own = source.files.iter().filter_map(|file| {
        let text = std::str::from_utf8(&file.bytes).ok()?;
        Some((Arc::clone(&file.path), Arc::from(text)))
    });
    Theme::of(source).sources().chain(own).collect()
}
