//! The body of a page, read once the whole site is known → its Markdown, what is wrong with how it is
//! written, and the short numbers that it tells people to dial.

use super::At;
use super::front::{self, Page};
use super::language::{self, Guides};
use super::markdown::{self, Body};
use super::passages::Prose;
use crate::diag::Fault;

/// What a body has in it.
#[derive(Debug, Default)]
pub struct Reading<'t> {
    /// The Markdown.
    pub body: Body<'t>,
    /// The short numbers that the page tells people to dial.
    pub dialled: Vec<At<String>>,
    /// What is wrong with the page by itself.
    pub faults: Vec<Fault>,
}

/// Reads the body of a page from the text of its file.
#[must_use]
pub fn body<'t>(page: &Page, text: &'t str, guides: &Guides) -> Reading<'t> {
    let mut faults = Vec::new();
    // The text is the one whose front matter was read.
    let Ok(parts) = front::parts(text) else { return Reading::default() };
    let (body, passages) = markdown::body(&page.file, &text[parts.body..], parts.body, &mut faults);
    let mut reading = Reading { body, dialled: page.dialled.clone(), faults };
    let Some(mut so_far) = page.so_far.clone() else { return reading };
    let prose = Prose { lang: page.lang.clone(), terms: page.terms, passages };
    let found = language::read_on(&prose, guides, &mut so_far);
    reading.faults.extend(found.faults);
    reading.faults.extend(so_far.long_average(&page.file));
    reading.dialled.extend(found.dialled);
    reading
}

/// Where the body of a page begins in its file; none where nothing says so.
#[must_use]
pub fn body_start(text: &str) -> Option<usize> {
    front::parts(text).ok().map(|parts| parts.body)
}

/// The body of a page without a look at what is wrong with it.
#[must_use]
pub fn unchecked<'t>(page: &Page, text: &'t str) -> Body<'t> {
    let Ok(parts) = front::parts(text) else { return Body::default() };
    markdown::body(&page.file, &text[parts.body..], parts.body, &mut Vec::new()).0
}
