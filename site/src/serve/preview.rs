//! What the preview adds to a page on its way out: the faults of the last build, and a script that
//! brings the page up to date after the next one. The screening stays as it is published, sealed, but
//! for the faults.

use super::pages::Pages;
use super::state::Shown;
use crate::diag::{Level, Told};
use tera::Context;

/// The header by which a page asks for the next version, and tells which one it has.
pub const VERSION_HEADER: &str = "Bersinar-Versi";

/// The headers that would keep the preview's note from working.
pub const CLOSING: [&str; 2] = ["Content-Security-Policy", "Connection-Allowlist"];

/// The policy of a page with the note in it, in their place: this program and what it wrote.
pub const POLICY: &str = "default-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What the preview has to say of a page.
pub struct View<'a> {
    /// The path of the page.
    pub path: &'a str,
    /// The site, and what was told of it.
    pub shown: &'a Shown,
    /// Where the page is changed, for whoever may.
    pub edit: Option<&'a str>,
}

/// Adds the note to a page. A page that was never built is the note alone. None where the page stays as
/// it is.
pub fn with_note(page: &[u8], view: &View, pages: &Pages) -> Option<Vec<u8>> {
    let View { path, shown, edit } = view;
    let html = std::str::from_utf8(page).ok()?;
    let is_sealed = html.contains("id=\"pulau\"");
    let is_between = html.contains("http-equiv=\"refresh\"");
    let draft = shown.drafts().iter().find(|draft| draft.url == *path);
    let is_lost = draft.is_some_and(|draft| draft.is_left_out);
    let of_draft = shown.told_of_drafts().iter().filter(|_| is_lost);
    let told = shown.told().iter().chain(of_draft);
    let errors: Vec<&Told> = told.filter(|told| told.level == Level::Error).collect();
    if is_between || is_sealed && errors.is_empty() {
        return None;
    }
    let warnings = shown.told().iter().filter(|told| told.level == Level::Warning).count();
    let drafts = shown.drafts().iter().filter(|draft| !draft.is_left_out);
    let html = if html.is_empty() { EMPTY } else { html };
    let mut context = Context::new();
    context.insert("version", &shown.version());
    context.insert("edit", edit);
    context.insert("has_site", &shown.has_site());
    context.insert("is_draft", &(draft.is_some() && !is_lost));
    context.insert("is_lost", &is_lost);
    context.insert("drafts", &drafts.map(|draft| draft.url.as_str()).collect::<Vec<_>>());
    // What is wrong with drafts is looked after, too.
    context.insert("warnings", &(warnings + shown.told_of_drafts().len()));
    context.insert("digest", &digest_of(&errors));
    context.insert("faults", &errors);
    context.insert("style", include_str!("pages/note.css"));
    context.insert("script", include_str!("pages/follow.js"));
    let added = pages.filled("note.html", &context);
    let html = without_policy(html);
    let at = html.rfind("</body>").unwrap_or(html.len());
    Some(format!("{}{added}{}", &html[..at], &html[at..]).into_bytes())
}

/// A page with nothing on it.
const EMPTY: &str = "<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Bersinar</title><body></body>";

/// What faults are told from others by, so that those that were folded away stay so.
fn digest_of(faults: &[&Told]) -> String {
    let parts = faults.iter().flat_map(|fault| [fault.snippet.as_str(), fault.message.as_str()]);
    let digest = crate::content::digest(parts.map(str::as_bytes));
    if faults.is_empty() { String::new() } else { crate::value::hexadecimal(&digest) }
}

/// The page without its policy, which would keep the preview's script from running.
fn without_policy(html: &str) -> String {
    let tag = "<meta http-equiv=\"Content-Security-Policy\"";
    let Some(start) = html.find(tag) else { return html.to_owned() };
    let end = html[start..].find('>').map_or(html.len(), |end| start + end + 1);
    format!("{}{}", &html[..start], &html[end..])
}
