//! The addresses of the site → what search engines read: one sitemap, or several and their index.

use super::Job;
use super::common::canonical;
use crate::hosting::{SITEMAP_ADDRESSES, sitemap_parts};
use crate::model::Model;

/// The only sitemap, or the index of all.
pub const SITEMAP: &str = "/sitemap.xml";

/// The files that name every page of the site.
pub fn jobs<'m>(model: &Model) -> Vec<Job<'m>> {
    let addresses = addresses(model);
    let parts = sitemap_parts(addresses.len());
    if parts.is_empty() {
        return vec![Job::Sitemap(SITEMAP.to_owned(), addresses)];
    }
    let index = parts.iter().map(|path| canonical(model, path)).collect();
    let chunks = addresses.chunks(SITEMAP_ADDRESSES).map(<[String]>::to_vec);
    let jobs = parts.into_iter().zip(chunks).map(|(path, urls)| Job::Sitemap(path, urls));
    jobs.chain([Job::SitemapIndex(index)]).collect()
}

/// The full addresses of all pages, sorted.
fn addresses(model: &Model) -> Vec<String> {
    let languages = &model.content.config.languages;
    let areas = languages
        .iter()
        .flat_map(|lang| model.places.with_pages().filter_map(|area| area.url(&model.pages, lang)));
    let pages = model.pages.iter().map(|entry| entry.url.clone());
    let paths = pages.chain(areas).map(|path| canonical(model, &path));
    let mut addresses: Vec<String> = paths.collect();
    addresses.sort_unstable();
    addresses
}
