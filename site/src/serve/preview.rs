//! What the preview adds to a page on its way out: the faults of the last build, and a script that
//! reloads the page after the next one. The screening stays as it is published, sealed, but for
//! the faults.

use crate::diag::Messages;
use pulldown_cmark_escape::escape_html;

/// Where a page asks for the next version.
pub const WAIT_PATH: &str = "/_bersinar/tunggu";

/// The headers that would keep the preview's note from working.
pub const CLOSING: [&str; 2] = ["Content-Security-Policy", "Connection-Allowlist"];

/// The policy of a page with the note in it, in their place: this program and what it wrote.
pub const POLICY: &str = "default-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What the preview has to say.
pub struct Note<'a> {
    /// The version of the site that is shown.
    pub version: u64,
    /// The faults of the last build.
    pub faults: Option<&'a str>,
    /// Whether there is a good site below.
    pub has_site: bool,
    /// The words.
    pub messages: &'a Messages,
}

/// Adds the note to a page. A page that was never built is the note alone.
pub fn with_note(page: &[u8], note: &Note) -> Vec<u8> {
    let Ok(html) = std::str::from_utf8(page) else { return Vec::new() };
    let is_sealed = html.contains("id=\"pulau\"");
    let is_between = html.contains("http-equiv=\"refresh\"");
    if is_between || is_sealed && note.faults.is_none() {
        return page.to_vec();
    }
    let html = if html.is_empty() { "<!doctype html><body></body>" } else { html };
    let added = format!("{}<script>{}</script>", panel(note), reload_script(note.version));
    let html = without_policy(html);
    let at = html.rfind("</body>").unwrap_or(html.len());
    format!("{}{added}{}", &html[..at], &html[at..]).into_bytes()
}

/// The faults, above the page.
fn panel(note: &Note) -> String {
    let Some(faults) = note.faults else { return String::new() };
    let word = |key| escaped(&note.messages.program(key, &[]));
    format!(
        "<style>{}</style><section id=\"bersinar-galat\" role=\"alert\"><h2>{}</h2><p>{}</p><pre>{}</pre></section>",
        include_str!("panel.css").trim(),
        word("preview-faults"),
        word(if note.has_site { "preview-old" } else { "preview-none" }),
        escaped(faults),
    )
}

fn reload_script(version: u64) -> String {
    include_str!("reload.js").replace("VERSION", &version.to_string()).replace("PATH", WAIT_PATH)
}

/// The page without its policy, which would keep the preview's script from running.
fn without_policy(html: &str) -> String {
    let tag = "<meta http-equiv=\"Content-Security-Policy\"";
    let Some(start) = html.find(tag) else { return html.to_owned() };
    let end = html[start..].find('>').map_or(html.len(), |end| start + end + 1);
    format!("{}{}", &html[..start], &html[end..])
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    // Writing into a String does not fail.
    let _ = escape_html(&mut out, text);
    out
}
