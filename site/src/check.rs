//! Checks of finished pages, before anything is published.

use crate::diag::{Code, Fault, Spot};
use crate::render::{Budget, Rendered};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// The most an information page may weigh with its stylesheet, in bytes as gzip transfers them.
pub const PAGE_BYTES: usize = 14 * 1024;
/// The most the screening may weigh with everything in it, in bytes as gzip transfers them.
/// Brotli, which hosts prefer, makes it about a tenth smaller.
pub const SCREENING_BYTES: usize = 120 * 1024;

/// Tells every page that is too heavy. `style` is the stylesheet that comes with each information page.
#[must_use]
pub fn weights(pages: &[Rendered], style: &[u8]) -> Vec<Fault> {
    let style = gzip_size(style);
    pages.iter().filter_map(|page| weight(page, style)).collect()
}

fn weight(page: &Rendered, style: usize) -> Option<Fault> {
    let (limit, extra) = match page.budget {
        Budget::Page => (PAGE_BYTES, style),
        Budget::Screening => (SCREENING_BYTES, 0),
        Budget::None => return None,
    };
    let size = gzip_size(&page.bytes) + extra;
    (size > limit).then(|| {
        Fault::new(Code::PageTooHeavy, Spot::file(&page.source))
            .with("page", &page.path)
            .with("size", size)
            .with("limit", limit)
    })
}

/// The bytes as gzip transfers them.
#[must_use]
pub fn gzip_size(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    // Writing into memory does not fail.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_or(bytes.len(), |compressed| compressed.len())
}
