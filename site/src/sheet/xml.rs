//! The text of a part of a package → its elements and texts, in order. Entities other than the five of
//! XML itself are none, so none can grow.

use super::Stop;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

/// What comes next in a part.
pub enum Piece<'a> {
    /// An element begins. An empty one ends right after.
    Open(BytesStart<'a>),
    /// The element of this name ends.
    Close(String),
    /// Some text.
    Text(String),
}

/// A part that is being read.
pub struct Pieces<'a>(Reader<&'a [u8]>);

impl<'a> Pieces<'a> {
    /// Begins to read.
    pub fn of(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // Names of open elements would be kept, however deep they lie.
        config.check_end_names = false;
        Self(reader)
    }

    /// The next piece; none at the end.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, Stop> {
        loop {
            let piece = match self.0.read_event().map_err(|_| Stop::Unreadable)? {
                Event::Start(element) => Piece::Open(element),
                Event::End(element) => Piece::Close(element.local_name().as_ref().to_owned()),
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                    Ok(Some(character)) => Piece::Text(character.to_string()),
                    _ => Piece::Text(
                        resolve_xml_entity(&entity.xml10_content()).unwrap_or_default().to_owned(),
                    ),
                },
                Event::Eof => return Ok(None),
                _ => continue,
            };
            return Ok(Some(piece));
        }
    }
}

/// An attribute by its name without prefix.
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}
