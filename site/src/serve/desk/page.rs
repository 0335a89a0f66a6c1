//! The form of a page: shown with what is wrong in it, saved, or looked at before it is saved.

use super::ask::{Ask, Way};
use super::contact::{self, Card};
use super::renaming;
use super::reply::Reply;
use super::saving::{Saving, with_codes};
use super::site::{Choices, content, document, with_text};
use super::view::{Frame, Shown, Told, anchor, placed, without_places};
use super::{Desk, PLACE};
use crate::content::schema::Document;
use crate::content::{Content, Source, digest, ending_of, schema};
use crate::diag::Fault;
use crate::form::{self, BODY, CONTACTS, Field, Posted};
use crate::model::{self, Reach};
use crate::trouble::Trouble;
use crate::value::{Lang, hexadecimal};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many pages are offered where one is to be named; more do not help anybody choose.
const LISTED: usize = 500;

/// A page that is being changed.
pub struct Open {
    /// The site around it.
    pub source: Source,
    /// What of the site could be read.
    pub content: Option<Content>,
    /// Its path below `content/`.
    pub path: String,
    /// The file, relative to the site.
    pub file: String,
    /// As others link to it: `@/kantor/….md`.
    pub owner: String,
    /// Its text as it is; none where it is not written yet.
    pub text: Option<String>,
    /// What the form shows and changes: that text, or the beginning of a page that is not written yet.
    pub base: String,
}

impl Open {
    /// The languages of the site.
    #[must_use]
    pub fn languages(&self) -> &[Lang] {
        self.content.as_ref().map_or(&[], |content| &content.config.languages)
    }

    /// Its fields; none where its text cannot be changed key by key, and is shown whole.
    #[must_use]
    pub fn fields(&self) -> Option<Vec<Field>> {
        form::fields(&self.schema(), &self.base, self.languages())
    }

    /// What kind of page it is.
    #[must_use]
    pub fn document(&self) -> Document {
        document(&self.path, self.languages())
    }

    /// The keys that it may have.
    #[must_use]
    pub fn schema(&self) -> schema::Table {
        schema::of(self.document())
    }

    /// By what it is known whether somebody has changed the file meanwhile.
    #[must_use]
    pub fn digest(&self) -> String {
        self.text.as_ref().map_or_else(String::new, |text| hexadecimal(&digest([text.as_bytes()])))
    }

    /// What stands in the form.
    #[must_use]
    pub fn shown(&self, fields: &[Field]) -> BTreeMap<String, String> {
        let values = fields.iter().map(|field| (field.path.clone(), field.values.join("\n")));
        values.chain([(BODY.to_owned(), form::body(&self.base))]).collect()
    }
}

/// What a form shows besides the page.
#[derive(Default)]
pub struct Showing<'a> {
    /// What was sent.
    pub posted: Option<&'a Posted>,
    /// What is wrong with the file.
    pub own: Vec<Fault>,
    /// The text that the faults point into.
    pub text: Option<String>,
    /// What is wrong with others because of it.
    pub caused: Vec<Fault>,
    /// Why it is not saved.
    pub refused: Option<String>,
    /// What the file has now, by field, where somebody has changed it meanwhile.
    pub theirs: BTreeMap<String, String>,
    /// What has happened, where it went well.
    pub done: Option<String>,
    /// Whether the page may be saved with its errors.
    pub may_force: bool,
}

/// A line of the summary above a form.
#[derive(Serialize)]
pub struct Line {
    /// What is wrong.
    pub text: String,
    /// The way to its field, or nothing.
    pub href: String,
}

impl Line {
    /// What is wrong with a field.
    #[must_use]
    pub fn at(field: &str, text: &str) -> Self {
        Self { text: text.to_owned(), href: format!("#{}", anchor(field)) }
    }
}

/// Answers for the form of a page.
pub fn reply(desk: &Desk, ask: &Ask, way: Way, path: &str) -> Reply {
    let outcome = match (way, path.strip_prefix("pratinjau/")) {
        (Way::Post, Some(path)) => preview(desk, ask, path),
        (_, None) if ending_of(path) == "md" => form(desk, ask, way, path),
        (_, None) => match path.split_once(".md/") {
            Some((page, rest)) => steps(desk, ask, &format!("{page}.md"), rest),
            None => Ok(None),
        },
        _ => Ok(None),
    };
    match outcome {
        Ok(Some(reply)) => reply,
        Ok(None) => desk.not_found(ask),
        Err(trouble) => desk.in_trouble(ask, &trouble),
    }
}

fn form(desk: &Desk, ask: &Ask, way: Way, path: &str) -> Result<Option<Reply>, Trouble> {
    let Some(open) = desk.open(path, ask)? else { return Ok(None) };
    Ok(Some(match way {
        Way::Get => {
            let (_, own) = desk.page(&open.source, &open.file)?;
            let done = ask.asked("hasil");
            let done = ["saved", "same", "confirmed", "removed", "renamed"]
                .into_iter()
                .find(|word| *word == done);
            let done = done.map(|word| desk.messages.desk(&format!("done_{word}"), &[]));
            desk.show(&open, Showing { own, done, ..Showing::default() })
        }
        Way::Post => Saving { desk, open: &open, posted: &ask.posted }.save()?,
        Way::Put => return Ok(None),
    }))
}

/// What is done with a page besides filling in its form.
fn steps(desk: &Desk, ask: &Ask, path: &str, rest: &str) -> Result<Option<Reply>, Trouble> {
    let Some(open) = desk.open(path, ask)?.filter(|open| open.text.is_some()) else {
        return Ok(None);
    };
    match rest.split_once('/') {
        Some((CONTACTS, rest)) => contact::reply(desk, ask, &open, rest),
        None if rest == "nama" => Ok(Some(renaming::reply(desk, ask, &open))),
        _ => Ok(None),
    }
}

/// The page with what was sent, as the site would show it.
fn preview(desk: &Desk, ask: &Ask, path: &str) -> Result<Option<Reply>, Trouble> {
    let Some(open) = desk.open(path, ask)? else { return Ok(None) };
    let fields = open.fields().unwrap_or_default();
    let posted = with_codes(&fields, &ask.posted);
    let text = Saving { desk, open: &open, posted: &posted }.changed(&fields);
    let source = with_text(&open.source, &open.file, &text);
    let made = desk.page(&source, &open.file)?.0;
    Ok(Some(match made {
        Some(html) => Reply::preview(html),
        None => desk.note(&desk.messages.desk("preview_none", &[]), None).inside(),
    }))
}

impl Desk {
    /// Opens a page; none where there is no such page, and none is being written.
    pub(super) fn open(&self, path: &str, ask: &Ask) -> Result<Option<Open>, Trouble> {
        let source = self.source()?;
        let file = format!("content/{path}");
        let found = source.file(&file).filter(|file| file.is_page()).cloned();
        let text = match &found {
            // What is no text is told by the checks, and cannot be changed here.
            Some(found) => match String::from_utf8(found.read()?.into_owned()) {
                Ok(text) => Some(text),
                Err(_) => return Ok(None),
            },
            None => None,
        };
        let begun = form::plain_lines(ask.field("dasar"));
        let base = text.clone().or((!begun.is_empty()).then_some(begun));
        let Some(base) = base.filter(|_| found.is_some() || super::site::may_be_page(path)) else {
            return Ok(None);
        };
        let content = content(&source)?;
        let owner = format!("@/{path}");
        Ok(Some(Open { source, content, path: path.to_owned(), file, owner, text, base }))
    }

    /// The form of a page.
    pub(super) fn show(&self, open: &Open, showing: Showing) -> Reply {
        let fields = open.fields();
        let judged = showing.text.as_deref().unwrap_or(&open.base);
        let known = fields.clone().unwrap_or_default();
        let shown = placed(judged, &known, &showing.own, &self.messages);
        let choices = open.content.as_ref().map(Choices::of).unwrap_or_default();
        let (address, cards) = self.around(open);
        let frame = Frame {
            document: open.document().name(),
            cards: &cards,
            messages: &self.messages,
            choices: &choices,
            posted: showing.posted,
            shown: &shown,
            theirs: &showing.theirs,
        };
        let sent = |name: &str| showing.posted.and_then(|posted| posted.get(name)?.first());
        let body = sent(BODY).cloned().unwrap_or_else(|| form::body(&open.base));
        let whole = sent("berkas").cloned().unwrap_or_else(|| open.base.clone());
        let title = known.iter().find(|field| field.path == "judul");
        let title = title.and_then(|field| field.values.first()).unwrap_or(&open.path);
        let values = serde_json::json!({
            "title": title,
            "path": open.path,
            "href": format!("{PLACE}/{}", open.path),
            "preview": format!("{PLACE}/pratinjau/{}", open.path),
            "digest": open.digest(),
            "begun": form::plain_lines(&open.base),
            "address": address,
            "contact_add": adds_contact(open),
            "has_contacts": !cards.is_empty(),
            "rename": open.text.is_some().then(|| format!("{PLACE}/{}/nama", open.path)),
            "is_whole": fields.is_none(),
            "whole": form::plain_lines(&whole),
            "pages": if choices.pages.len() > LISTED { &[] } else { choices.pages.as_slice() },
            "sections": frame.sections(&known),
            "body": form::plain_lines(&body),
            "body_told": shown.get(BODY).cloned().unwrap_or_default(),
            "body_theirs": showing.theirs.get(BODY),
            "lines": self.lines(open, &shown, &known, &showing.caused),
            "done": showing.done,
            "refused": showing.refused,
            "may_force": showing.may_force,
            "has_theirs": !showing.theirs.is_empty(),
        });
        self.sheet("page.html", &[("page", values)])
    }

    /// What a place in a form is called.
    fn place_label(&self, open: &Open, fields: &[Field], place: &str) -> String {
        let field = fields.iter().find(|field| field.path == place);
        let word = field.map_or_else(|| without_places(place), |field| field.word.clone());
        self.messages.label(&format!("{}.{word}", open.document().name())).to_owned()
    }

    /// The summary of all errors, each with the way to its field.
    fn lines(&self, open: &Open, shown: &Shown, fields: &[Field], caused: &[Fault]) -> Vec<Line> {
        let order = |place: &str| {
            let own = fields.iter().position(|field| field.path == place);
            own.or_else(|| fields.iter().position(|field| field.path.starts_with(place)))
        };
        let mut places: Vec<(&String, &Vec<Told>)> = shown.iter().collect();
        places.sort_by_key(|(place, _)| match place.as_str() {
            BODY => usize::MAX,
            "" => 0,
            place => order(place).unwrap_or(usize::MAX),
        });
        let own = places.into_iter().flat_map(|(place, told)| {
            let href = match place.as_str() {
                "" => String::new(),
                BODY => format!("#{BODY}"),
                place => format!("#{}", anchor(place)),
            };
            let label = match place.as_str() {
                "" | BODY => String::new(),
                place => match self.place_label(open, fields, place) {
                    question if question.ends_with('?') => format!("{question} "),
                    name => format!("{name}: "),
                },
            };
            told.iter().filter(|told| told.is_error).map(move |told| Line {
                text: match href.as_str() {
                    "" => format!("{} {}", told.message, told.cure),
                    _ => format!("{label}{}", told.message),
                },
                href: href.clone(),
            })
        });
        let others = caused.iter().map(|fault| {
            let told = Told::of(fault, &self.messages);
            let text = format!("{}: {} {}", fault.spot.file, told.message, told.cure);
            Line { text, href: String::new() }
        });
        own.chain(others).collect()
    }

    /// Where the page is seen, if the site shows it, and how its contacts stand.
    fn around(&self, open: &Open) -> (Option<String>, Vec<Card>) {
        let Some(content) = &open.content else { return (None, Vec::new()) };
        let (model, _) = model::assemble(content, self.build.today, Reach::Site);
        let file = open.file.as_str();
        let entry = model.pages.iter().find(|entry| entry.page.file.as_ref() == file);
        let cards = contact::cards(self, open, content, &model);
        (entry.map(|entry| entry.url.clone()), cards)
    }
}

/// Where a contact is added, for a page that can have any.
fn adds_contact(open: &Open) -> Option<String> {
    let can = open.text.is_some() && open.schema().key(CONTACTS).is_some();
    can.then(|| format!("{PLACE}/{}/kontak/baru", open.path))
}
