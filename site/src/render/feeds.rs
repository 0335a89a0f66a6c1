//! The addresses of the site → what search engines read: one sitemap, or several and their index.

use super::Job;
use super::common::canonical;
use crate::hosting::{SITEMAP_ADDRESSES, sitemap_parts};
use crate::model::Model;
use std::borrow::Cow;

/// The only sitemap, or the index of all.
pub const SITEMAP: &str = "/sitemap.xml";

/// The files that name every page of the site.
pub fn jobs<'m>(model: &Model) -> Vec<Job<'m>> {
    let parts = sitemap_parts(model);
    if parts.is_empty() {
        return vec![Job::Sitemap(SITEMAP.to_owned(), 0)];
    }
    let index = parts.iter().map(|path| canonical(model, path)).collect();
    let jobs = parts.into_iter().enumerate().map(|(part, path)| Job::Sitemap(path, part));
    jobs.chain([Job::SitemapIndex(index)]).collect()
}

/// The full addresses in one part of the sitemap. All together take as much memory as all pages are held
/// in, so they are written down only where they are needed.
pub fn addresses(model: &Model, part: usize) -> Vec<String> {
    let pages = model.pages.iter().map(|entry| Cow::Borrowed(entry.url.as_str()));
    let areas = model.area_pages().map(|(url, _)| Cow::Owned(url));
    let mut paths: Vec<Cow<str>> = pages.chain(areas).collect();
    paths.sort_unstable();
    let part = paths.chunks(SITEMAP_ADDRESSES).nth(part).unwrap_or_default();
    part.iter().map(|path| canonical(model, path)).collect()
}
