//! The pages of the site → a list of them by kind, and those among them that somebody looks for.

use super::ask::Ask;
use super::reply::Reply;
use super::site::content;
use super::{Desk, PLACE};
use crate::content::Source;
use crate::content::schema::Document;
use crate::trouble::Trouble;
use serde::Serialize;
use std::collections::BTreeMap;

/// Pages of one kind.
#[derive(Serialize)]
struct Group {
    id: &'static str,
    title: String,
    pages: Vec<Listed>,
}

/// A page in the list.
#[derive(Serialize)]
struct Listed {
    title: String,
    path: String,
    href: String,
}

/// How many pages of a kind are listed; of more one is searched for.
const LISTED: usize = 200;

/// Shows the list.
pub fn show(desk: &Desk, ask: &Ask) -> Reply {
    match groups(desk, ask.asked("cari")) {
        Ok(mut groups) => {
            let count: usize = groups.iter().map(|group| group.pages.len()).sum();
            let is_cut = groups.iter().any(|group| group.pages.len() > LISTED);
            let key = if is_cut { "list_cut" } else { "list_found" };
            let facts = [("count", count.to_string()), ("limit", LISTED.to_string())];
            let found = desk.messages.desk(key, &facts);
            for group in &mut groups {
                group.pages.truncate(LISTED);
            }
            let values = serde_json::json!({
                "groups": groups,
                "sought": ask.asked("cari"),
                "found": found,
                "gone": ask.asked("hilang"),
            });
            desk.sheet("list.html", &[("list", values)])
        }
        Err(trouble) => desk.in_trouble(ask, &trouble),
    }
}

fn groups(desk: &Desk, sought: &str) -> Result<Vec<Group>, Trouble> {
    let source = desk.source()?;
    let titles = titles(&source)?;
    let sought: Vec<String> = sought.split_whitespace().map(str::to_lowercase).collect();
    let kinds = [
        Document::Office,
        Document::Unit,
        Document::Facility,
        Document::Article,
        Document::Translation,
    ];
    let mut groups: Vec<Group> = Vec::new();
    for kind in kinds {
        let title = desk.messages.document(kind.name()).map_or("", |label| &label.label).to_owned();
        groups.push(Group { id: kind.name(), title, pages: Vec::new() });
    }
    for file in source.files.iter().filter(|file| file.is_page()) {
        let path = file.path.strip_prefix("content/").unwrap_or_default();
        let (title, kind) = titles.get(path).cloned().unwrap_or_else(|| {
            // A page that cannot be read is listed all the same: here it can be mended.
            (path.to_owned(), super::site::document(path, &[]))
        });
        let haystack = format!("{title} {path}").to_lowercase();
        if !sought.iter().all(|word| haystack.contains(word)) {
            continue;
        }
        let place = kinds.iter().position(|known| *known == kind).unwrap_or_default();
        let href = format!("{PLACE}/{path}");
        groups[place].pages.push(Listed { title, path: path.to_owned(), href });
    }
    groups.retain(|group| !group.pages.is_empty());
    Ok(groups)
}

/// What the pages that can be read are called, by their paths below `content/`.
fn titles(source: &Source) -> Result<BTreeMap<String, (String, Document)>, Trouble> {
    let Some(content) = content(source)? else { return Ok(BTreeMap::new()) };
    let titled = content.pages.iter().map(|page| {
        let path = page.file.strip_prefix("content/").unwrap_or_default();
        let kind = super::site::document(path, &content.config.languages);
        (path.to_owned(), (page.front.title.value.clone(), kind))
    });
    Ok(titled.collect())
}
