//! A file that names a page → the same file naming it by another name: in keys and in the body, where
//! only the bytes of the name change.

use crate::content::front::parts;
use crate::content::markdown::{internal, options};
use crate::content::{SourceFile, ending_of};
use crate::value::PageId;
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text that stands somewhere in a file, first in its place, and what is to stand there.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The bytes in which it stands.
    pub place: Range<usize>,
    /// What stands there.
    pub old: String,
    /// What is to stand there.
    pub new: String,
}

/// The file with every link to a page leading to another, and with other edits. None where it does not
/// parse, or one of them is written in a form that cannot be changed by itself.
pub fn led_over(
    file: &SourceFile,
    text: &str,
    [from, to]: [&PageId; 2],
    others: Vec<Edit>,
) -> Option<String> {
    let found = links(file, text)?;
    let old = from.to_string();
    let own = found.iter().filter(|link| link.page() == from.as_str());
    let own =
        own.map(|link| Edit { place: link.place.clone(), old: old.clone(), new: to.to_string() });
    let mut edits: Vec<Edit> = own.chain(others).collect();
    edits.sort_by_key(|edit| edit.place.start);
    let mut changed = text.to_owned();
    for Edit { place, old, new } in edits.into_iter().rev() {
        let at = place.start + text.get(place)?.find(&old)?;
        changed.replace_range(at..at + old.len(), &new);
    }
    let wanted = found.iter().map(|link| match link.target.strip_prefix(&old) {
        Some(anchor) if link.page() == from.as_str() => format!("{to}{anchor}"),
        _ => link.target.clone(),
    });
    let made = links(file, &changed)?.into_iter().map(|link| link.target);
    made.eq(wanted).then_some(changed)
}

/// A link to a page of the site.
struct Link {
    /// The page and perhaps an anchor: `@/unit/ancol.md#jam`.
    target: String,
    /// Where it is written, with nothing else before it that could look like it.
    place: Range<usize>,
}

impl Link {
    /// The page, as its path below `content/`.
    fn page(&self) -> &str {
        internal(&self.target).map_or("", |(path, _)| path)
    }
}

/// Every link of a file to a page of the site: those of its keys, then those of its body. None where it
/// does not parse.
fn links(file: &SourceFile, text: &str) -> Option<Vec<Link>> {
    let mut links = Vec::new();
    if file.is_page() {
        let parts = parts(text).ok()?;
        add_keys(&text[parts.toml.clone()], parts.toml.start, &mut links)?;
        add_body(&text[parts.body..], parts.body, &mut links);
    } else if ending_of(&file.path) == "toml" {
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        add_keys(&text[start..], start, &mut links)?;
    }
    Some(links)
}

/// The keys of TOML that begins `offset` bytes into its file.
fn add_keys(toml: &str, offset: usize, links: &mut Vec<Link>) -> Option<()> {
    let table = DeTable::parse(toml).ok()?;
    let before = links.len();
    table.get_ref().values().for_each(|value| add_value(value, offset, links));
    links[before..].sort_by_key(|link| link.place.start);
    Some(())
}

fn add_value(value: &Spanned<DeValue>, offset: usize, links: &mut Vec<Link>) {
    match value.get_ref() {
        DeValue::String(text) if internal(text).is_some() => {
            let place = value.span().start + offset..value.span().end + offset;
            links.push(Link { target: text.to_string(), place });
        }
        DeValue::Array(items) => items.iter().for_each(|item| add_value(item, offset, links)),
        DeValue::Table(table) => table.values().for_each(|value| add_value(value, offset, links)),
        _ => {}
    }
}

/// The links of Markdown that begins `offset` bytes into its file. One by reference is written where the
/// reference is defined.
fn add_body(body: &str, offset: usize, links: &mut Vec<Link>) {
    let parser = Parser::new_ext(body, options()).into_offset_iter();
    let mut add = |target: &str, place: Range<usize>| {
        if internal(target).is_some() {
            let place = place.start + offset..place.end + offset;
            links.push(Link { target: target.to_owned(), place });
        }
    };
    let definitions = parser.reference_definitions().iter();
    let mut definitions: Vec<_> = definitions.map(|(_, definition)| definition).collect();
    definitions.sort_by_key(|definition| definition.span.start);
    for definition in definitions {
        let name = body[definition.span.clone()].find("]:").unwrap_or_default();
        add(&definition.dest, definition.span.start + name..definition.span.end);
    }
    let mut open: Option<(String, Range<usize>)> = None;
    for (event, span) in parser {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
                open = Some((dest_url.to_string(), span.start + 1..span.end));
            }
            Event::End(TagEnd::Link) => {
                if let Some((target, place)) = open.take() {
                    add(&target, place);
                }
            }
            // The address stands behind the text of its link.
            _ => {
                if let Some((_, place)) = &mut open {
                    place.start = place.start.max(span.end);
                }
            }
        }
    }
}
