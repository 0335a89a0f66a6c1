//! A body as HTML: links resolved, headings with their anchors, callouts titled, tables wrapped.

use crate::assets::Assets;
use crate::content::markdown::{Body, internal};
use crate::model::{Catalogue, Pages};
use crate::value::{Lang, slugify};
use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html};

/// What links, pictures and callouts are resolved with.
pub struct Resolver<'a> {
    /// The pages that links lead to.
    pub pages: &'a Pages<'a>,
    /// The pictures.
    pub assets: &'a Assets,
    /// The titles of callouts.
    pub catalogue: &'a Catalogue,
    /// The language of the page.
    pub lang: &'a Lang,
    /// What becomes of links to other sites.
    pub foreign: Foreign,
}

/// What becomes of links to other sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// They lead there.
    Linked,
    /// Their address stands behind their text: the policy of a sealed page would turn a link into
    /// an error page.
    Told,
}

/// About what an event becomes, in bytes: a first guess for the whole.
const EVENT_BYTES: usize = 32;

/// The HTML of a body whose links were checked.
#[must_use]
pub fn to_html(body: Body, resolver: &Resolver) -> String {
    let mut headings = body.headings.into_iter();
    let mut in_callout = Vec::new();
    let mut told = None;
    let count = body.events.len();
    let events = body.events.into_iter().flat_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => {
            let id = headings.next().map(|heading| CowStr::from(heading.id));
            vec![Event::Start(Tag::Heading { level, id, classes: vec![], attrs: vec![] })]
        }
        Event::FootnoteReference(name) => vec![Event::FootnoteReference(footnote(&name))],
        Event::Start(Tag::FootnoteDefinition(name)) => {
            vec![Event::Start(Tag::FootnoteDefinition(footnote(&name)))]
        }
        Event::Start(Tag::Link { dest_url, .. }) if resolver.tells(&dest_url) => {
            told = Some(dest_url);
            vec![]
        }
        Event::Start(Tag::Link { dest_url, .. }) => vec![resolver.link(&dest_url)],
        Event::End(TagEnd::Link) => vec![match told.take() {
            Some(address) => Event::Text(format!(" ({address})").into()),
            None => Event::InlineHtml("</a>".into()),
        }],
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let dest_url = resolver.image(&dest_url);
            vec![Event::Start(Tag::Image { link_type, dest_url, title, id })]
        }
        Event::Start(Tag::BlockQuote(kind)) => {
            in_callout.push(kind.is_some());
            vec![kind.map_or(Event::Start(Tag::BlockQuote(None)), |kind| resolver.callout(kind))]
        }
        Event::End(TagEnd::BlockQuote(kind)) => match in_callout.pop() {
            Some(true) => vec![Event::Html("</div>\n".into())],
            _ => vec![Event::End(TagEnd::BlockQuote(kind))],
        },
        Event::Start(Tag::Table(columns)) => {
            // Alignment would come as `style` attributes, which the policy of the page forbids.
            let plain = columns.iter().map(|_| Alignment::None).collect();
            vec![resolver.table(), Event::Start(Tag::Table(plain))]
        }
        Event::End(TagEnd::Table) => {
            vec![Event::End(TagEnd::Table), Event::Html("</div>\n".into())]
        }
        other => vec![other],
    });
    let mut out = String::with_capacity(count * EVENT_BYTES);
    html::push_html(&mut out, events);
    out
}

/// The anchor of a footnote, which no heading can have.
fn footnote<'e>(name: &str) -> CowStr<'e> {
    format!("kaki_{}", slugify(name)).into()
}

impl Resolver<'_> {
    /// Whether an address is told instead of linked.
    fn tells(&self, address: &str) -> bool {
        let is_own = internal(address).is_some() || address.starts_with("tel:");
        self.foreign == Foreign::Told && !is_own
    }

    fn link<'e>(&self, address: &str) -> Event<'e> {
        let mut tag = "<a href=\"".to_owned();
        let resolved = internal(address).and_then(|_| self.pages.address(address, self.lang));
        // Writing into a String does not fail.
        let _ = escape_href(&mut tag, resolved.as_deref().unwrap_or(address));
        tag.push('"');
        if address.starts_with("https:") {
            tag.push_str(" rel=\"noreferrer noopener\"");
        }
        tag.push('>');
        Event::InlineHtml(tag.into())
    }

    fn image<'e>(&self, address: &str) -> CowStr<'e> {
        let path = internal(address).map_or("", |(path, _)| path);
        self.assets.image(path).unwrap_or_default().to_owned().into()
    }

    fn callout<'e>(&self, kind: BlockQuoteKind) -> Event<'e> {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = escaped(self.catalogue.text("catatan", name));
        Event::Html(
            format!("<div class=\"catatan {name}\"><p class=\"catatan-judul\">{title}</p>\n")
                .into(),
        )
    }

    fn table<'e>(&self) -> Event<'e> {
        let label = escaped(self.catalogue.text("tabel", "label"));
        Event::Html(
            format!("<div class=\"tabel\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">")
                .into(),
        )
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    // Writing into a String does not fail.
    let _ = escape_html(&mut out, text);
    out
}
