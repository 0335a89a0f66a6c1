//! The staff guide quotes the program: every fault it shows must be what the program says today. The preview
//! carries it, with all that it leads to.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;
mod running;

use bersinar::diag::{Code, Messages};
use running::Running;
use scraper::{Html, Selector};
use std::collections::BTreeSet;
use std::path::Path;

/// Whether a text is the template with its placeholders filled.
fn fits(template: &str, text: &str) -> bool {
    let parts: Vec<&str> = template
        .split('{')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('}').map_or(part, |p| p.1) })
        .collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    if parts.len() == 1 {
        return rest.is_empty();
    }
    for part in &parts[1..parts.len() - 1] {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn the_staff_guide_quotes_the_program_as_it_is() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/panduan-staf.md"));
    let guide = std::fs::read_to_string(path).unwrap();
    let messages = Messages::in_language("id");
    let mut quoted = 0;
    let mut wrong = Vec::new();
    let mut current: Option<Code> = None;
    for line in guide.lines().map(str::trim) {
        let head = ["salah[", "periksa["].iter().find_map(|level| line.strip_prefix(level));
        let text = if let Some((code, message)) = head.and_then(|head| head.split_once("]: ")) {
            current = Code::ALL.iter().copied().find(|known| known.as_str() == code);
            assert!(current.is_some(), "the guide quotes {code}, which is no code");
            (message, current.map(|code| messages.message_template(code)))
        } else if let (Some(code), Some(cure)) = (current, line.strip_prefix("perbaiki: ")) {
            current = None;
            (cure, Some(messages.cure_template(code)))
        } else {
            continue;
        };
        quoted += 1;
        if text.1.is_some_and(|template| !fits(template, text.0)) {
            wrong.push(format!("{line}\n  is now: {}", text.1.unwrap_or_default()));
        }
    }
    assert!(quoted >= 24, "the guide shows at least twelve faults with their cures: {quoted}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a link of a page below `/_panduan/` leads: the path, and the anchor.
fn lead(page: &str, link: &str) -> (String, Option<String>) {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, id)| (path, Some(id)));
    let folder = page.rsplit_once('/').unwrap().0;
    let whole = match path {
        "" => page.to_owned(),
        path if path.starts_with('/') => path.to_owned(),
        path => path.strip_prefix("../").map_or(format!("{folder}/{path}"), |path| {
            format!("{}/{path}", folder.rsplit_once('/').unwrap().0)
        }),
    };
    (whole, anchor.map(str::to_owned))
}

#[test]
fn the_preview_carries_the_guide_with_all_that_it_leads_to() {
    let folder = tempfile::tempdir().unwrap();
    lay::write(&lay::good_site(), folder.path());
    let preview = Running::start(folder.path(), &[]);
    assert!(preview.get("/_panduan").0.contains("Location: /_panduan/\r\n"));
    let start = "/_panduan/";
    let mut seen = BTreeSet::from([start.to_owned()]);
    let mut open = vec![start.to_owned()];
    let (mut links, mut pictures) = (0, 0);
    while let Some(page) = open.pop() {
        let (head, body) = preview.get(&page);
        assert!(head.contains(" 200 ") && head.contains("default-src 'none'"), "{page}: {head}");
        let document = Html::parse_document(&String::from_utf8(body).unwrap());
        assert_eq!(document.select(&Selector::parse("h1").unwrap()).count(), 1, "{page}");
        for element in document.select(&Selector::parse("a[href], img[src]").unwrap()) {
            let link = element.attr("href").or(element.attr("src")).unwrap();
            if link.starts_with("http") {
                continue;
            }
            let (path, anchor) = lead(&page, link);
            let (head, body) = preview.get(&path);
            assert!(head.contains(" 200 "), "{page} leads to {path}: {head}");
            if element.value().name() == "img" {
                assert!(element.attr("alt").is_some_and(|alt| alt.len() > 20), "{page}: {link}");
                pictures += 1;
            } else {
                let html = String::from_utf8(body).unwrap();
                let is_there = |id: &String| html.contains(&format!(" id=\"{id}\""));
                assert!(anchor.as_ref().is_none_or(is_there), "{page}: {link} leads nowhere");
                links += 1;
                if path.starts_with(start) && seen.insert(path.clone()) {
                    open.push(path);
                }
            }
        }
    }
    assert!(links > 200, "{links} links and {pictures} pictures");
}
