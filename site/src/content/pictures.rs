//! The bytes of a picture → faults where they are not what its name says, or would run or load
//! something: a picture that is opened by itself is a document of the site.

use super::ending_of;
use crate::diag::{Code, Fault, Spot};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::ops::Range;
use std::sync::Arc;

/// Elements of an SVG that run, load, lead somewhere or change attributes later.
const ACTIVE: [&str; 17] = [
    "a",
    "animate",
    "animatemotion",
    "animatetransform",
    "audio",
    "discard",
    "embed",
    "feimage",
    "foreignobject",
    "handler",
    "iframe",
    "image",
    "listener",
    "object",
    "script",
    "set",
    "video",
];

/// Tells a picture that is none, or that would do something.
pub fn check(file: &Arc<str>, bytes: &[u8], faults: &mut Vec<Fault>) {
    let ending = ending_of(file);
    let is_right = match ending {
        "svg" => return check_svg(file, bytes, faults),
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        _ => bytes.starts_with(b"\xff\xd8\xff"),
    };
    if !is_right {
        faults.push(other_format(file, None));
    }
}

/// A fault at a place, or in the whole file.
fn other_format(file: &Arc<str>, place: Option<Range<usize>>) -> Fault {
    let spot = place.map_or_else(|| Spot::file(file), |place| Spot::at(file, place));
    let format = ending_of(file).to_uppercase();
    Fault::new(Code::NotThatPicture, spot).with("format", format)
}

fn check_svg(file: &Arc<str>, bytes: &[u8], faults: &mut Vec<Fault>) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        faults.push(other_format(file, None));
        return;
    };
    let mut reader = Reader::from_str(text);
    let mut is_svg = false;
    let mut is_style = false;
    loop {
        let start = position(&reader);
        let event = reader.read_event();
        let place = start..position(&reader).max(start);
        let part = match &event {
            Ok(Event::Eof) if is_svg => return,
            Ok(Event::Eof) | Err(_) => {
                faults.push(other_format(file, is_svg.then(|| first_line(text, start))));
                return;
            }
            Ok(Event::Start(element) | Event::Empty(element)) => {
                let name = lowercase(element.local_name().as_ref());
                is_svg |= name == "svg";
                is_style = name == "style";
                active_part(element)
            }
            Ok(Event::Text(text)) if is_style => loading_style(&text.xml10_content()),
            Ok(Event::CData(text)) if is_style => loading_style(&text.xml10_content()),
            Ok(Event::DocType(text)) => text.contains('[').then(|| "<!DOCTYPE […]>".to_owned()),
            Ok(Event::PI(text)) => Some(format!("<?{}", first_word(text))),
            Ok(_) => None,
        };
        if let Some(part) = part {
            let fault = Fault::new(Code::ActivePicture, Spot::at(file, place));
            faults.push(fault.with("part", format!("`{part}`")));
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or_default()
}

/// From a place to the end of its line.
fn first_line(text: &str, start: usize) -> Range<usize> {
    let start = start.min(text.len());
    start..start + text[start..].find('\n').unwrap_or(text.len() - start)
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn lowercase(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// What an element would run or load: itself, or one of its attributes.
fn active_part(element: &BytesStart) -> Option<String> {
    let name = lowercase(element.local_name().as_ref());
    if ACTIVE.contains(&name.as_str()) {
        return Some(format!("<{name}>"));
    }
    element.attributes().find_map(|attribute| {
        let Ok(attribute) = attribute else { return Some(format!("<{name} …>")) };
        let key = lowercase(attribute.key.local_name().as_ref());
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
            return Some(key);
        };
        let leads_away = matches!(key.as_str(), "href" | "src") && !value.trim().starts_with('#');
        let is_active = key.starts_with("on") || key == "base" || leads_away;
        if is_active { Some(format!("{key}=\"{value}\"")) } else { loading_style(&value) }
    })
}

/// What a style would load, which may be no part of the picture itself.
fn loading_style(text: &str) -> Option<String> {
    // A backslash writes a letter by its number, so that `u\72l(` is `url(`.
    let seen: String =
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let foreign = |rest: &str| !rest.trim_start_matches(['\'', '"']).starts_with('#');
    if seen.contains("@import") {
        Some("@import".to_owned())
    } else if seen.split("url(").skip(1).any(foreign) {
        Some("url(…)".to_owned())
    } else {
        ["image-set(", "javascript:", "\\"]
            .into_iter()
            .find(|mark| seen.contains(mark))
            .map(str::to_owned)
    }
}
