//! The staff guide that the program carries → pages and pictures, at the paths that its documents have
//! below `docs/`: so that a link in them leads to the same in the repository and in the preview.

use super::pages::{Lead, Pages};
use crate::explain;
use include_dir::{Dir, include_dir};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use serde::Serialize;
use std::collections::BTreeMap;
use tera::Context;

/// Below which path the guide lies.
pub const PLACE: &str = "/_panduan";
/// Its pages run nothing and load nothing but its pictures.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

static PICTURES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../docs/gambar/panduan");
/// The documents by their names below `docs/`; the first is the guide itself.
const DOCUMENTS: [(&str, &str); 2] = [
    ("panduan-staf.md", include_str!("../../../docs/panduan-staf.md")),
    ("terbit.md", include_str!("../../../docs/terbit.md")),
];

/// What lies at a path.
#[derive(Debug)]
pub enum Leaf {
    /// A whole HTML page.
    Page(Vec<u8>),
    /// The bytes of a picture, and its name.
    Picture(&'static [u8], &'static str),
    /// The place is a folder, and its path lacks the bar at its end.
    Folder,
}

/// What lies at a path of the preview; nothing where that is not a path of the guide.
#[must_use]
pub fn leaf(path: &str, lead: Lead, pages: &Pages) -> Option<Leaf> {
    let name = match path.strip_prefix(PLACE)? {
        "" => return Some(Leaf::Folder),
        "/" => DOCUMENTS[0].0,
        rest => rest.strip_prefix('/')?,
    };
    if let Some(text) = document(name) {
        return Some(Leaf::Page(page(name, text, lead, pages)));
    }
    let picture = PICTURES.get_file(name.strip_prefix("gambar/panduan/")?)?;
    Some(Leaf::Picture(picture.contents(), picture.path().to_str()?))
}

/// The text of a document by its path below `docs/`, if the program carries it.
fn document(name: &str) -> Option<&'static str> {
    let own = DOCUMENTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    own.or_else(|| explain::document(name.strip_prefix("faults/")?))
}

/// A document as a page of its own.
fn page(name: &str, markdown: &str, lead: Lead, pages: &Pages) -> Vec<u8> {
    let (body, headings) = rendered(name, markdown);
    let title = headings.iter().find(|heading| heading.level == HeadingLevel::H1);
    let chapters = headings.iter().filter(|heading| heading.level == HeadingLevel::H2);
    let mut context = Context::new();
    context.insert("title", &title.map(|heading| &heading.text));
    context.insert("chapters", &chapters.collect::<Vec<_>>());
    context.insert("body", &body);
    pages.page("guide.html", lead, context)
}

/// A heading of a document.
#[derive(Debug, Serialize)]
struct Heading {
    #[serde(skip)]
    level: HeadingLevel,
    text: String,
    anchor: String,
}

/// The HTML of a document, and its headings. Comments are for whoever works on the guide. A link to what
/// the program does not carry stays as words.
fn rendered(name: &str, markdown: &str) -> (String, Vec<Heading>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let mut events: Vec<Event> = Parser::new_ext(markdown, options)
        .filter(|event| !matches!(event, Event::Html(_) | Event::InlineHtml(_)))
        .collect();
    let mut headings = Vec::new();
    let mut taken = BTreeMap::new();
    for at in 0..events.len() {
        let Event::Start(Tag::Heading { level, .. }) = events[at] else { continue };
        let text = text_of(&events[at..]);
        let anchor = anchor_of(&text, &mut taken);
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[at] {
            *id = Some(CowStr::from(anchor.clone()));
        }
        headings.push(Heading { level, text, anchor });
    }
    let mut out = String::new();
    html::push_html(&mut out, linked(name, events));
    (movable(&out), headings)
}

/// Wide parts of a page by themselves; without a mouse they can only be moved when they have the focus.
fn movable(html: &str) -> String {
    html.replace("<pre>", "<pre tabindex=\"0\">")
        .replace("<table>", "<div class=\"tabel\" tabindex=\"0\" role=\"group\"><table>")
        .replace("</table>", "</table></div>")
}

/// The words of the heading with which these events begin.
fn text_of(events: &[Event]) -> String {
    let within = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let words = within.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(&**text),
        _ => None,
    });
    words.collect()
}

/// The anchor that GitHub gives a heading: its letters, digits and hyphens, and a number behind the second of
/// its name.
fn anchor_of(text: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let letters = text.chars().flat_map(char::to_lowercase);
    let plain: String = letters
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect();
    let before = taken.entry(plain.clone()).or_insert(0);
    *before += 1;
    if *before == 1 { plain } else { format!("{plain}-{}", *before - 1) }
}

/// These events without the links to documents that the program does not carry.
fn linked<'e>(name: &str, events: Vec<Event<'e>>) -> impl Iterator<Item = Event<'e>> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut leads = true;
    events.into_iter().filter(move |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => {
            let path = dest_url.split('#').next().unwrap_or_default();
            let is_elsewhere = path.is_empty() || path.starts_with("https://");
            leads = is_elsewhere || document(&format!("{folder}{path}")).is_some();
            leads
        }
        Event::End(TagEnd::Link) => leads,
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_anchors_that_github_gives_them() {
        let (html, headings) =
            rendered("a.md", "# A\n\n## 4. Ubah `halaman` ini?\n\n## Dua\n\n## Dua\n");
        let anchors: Vec<&str> = headings.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors, ["a", "4-ubah-halaman-ini", "dua", "dua-1"]);
        assert!(html.contains("<h2 id=\"dua-1\">Dua</h2>"), "{html}");
    }

    #[test]
    fn comments_and_ways_out_of_the_documents_are_left_out() {
        let (html, _) = rendered(
            "panduan-staf.md",
            "<!-- langkah -->\n\n[a](../deploy) dan [b](terbit.md#b)\n",
        );
        assert_eq!(html, "<p>a dan <a href=\"terbit.md#b\">b</a></p>\n");
    }
}
