//! The list of sources, and a form for each of them; what was sent for one → the list with it, if nothing is wrong
//! with it and nobody has changed it meanwhile.

use super::ask::{Ask, Way};
use super::page::Line;
use super::reply::Reply;
use super::site::{Choices, Verdict, content};
use super::step::Step;
use super::view::{Frame, Shape, Shown, Told, placed};
use super::{Desk, PLACE};
use crate::content::data::SourceEntry;
use crate::content::schema::{self, Document};
use crate::content::{Content, Source, SourceFile, digest};
use crate::diag::Fault;
use crate::emit::{Swap, Unswapped, swap};
use crate::form::{self, Field, Posted};
use crate::trouble::Trouble;
use crate::value::{hexadecimal, slugify};
use serde::Serialize;
use std::collections::BTreeMap;

const FILE: &str = "content/data/sumber.toml";
/// The table that holds them all.
const LIST: &str = "sumber";
/// Below which path of the editor they are.
const SOURCES: &str = "/sumber";
/// The field that names the one that is changed.
const KEY: &str = "entri";
/// The field that tells as what it was seen.
const SEEN: &str = "sidik";

/// A source in the list.
#[derive(Serialize)]
struct Listed<'a> {
    key: &'a str,
    title: &'a str,
    publisher: &'a str,
    date: String,
    href: String,
}

/// The file of the sources, and the one that somebody looks at.
struct Sheet<'a> {
    desk: &'a Desk,
    ask: &'a Ask,
    source: &'a Source,
    content: &'a Content,
    /// The file; none where there is none.
    before: Option<&'a str>,
    /// Its key; empty for a new one.
    key: &'a str,
    /// Its fields, by paths that begin in it.
    fields: Vec<Field>,
}

/// Why a source is not saved.
#[derive(Default)]
struct Wrong {
    /// What is wrong with its fields.
    shown: Shown,
    /// What else is wrong.
    others: Vec<Told>,
    /// What the file has now, by field.
    theirs: BTreeMap<String, String>,
    /// The reason, where it is none of these.
    refused: Option<String>,
}

/// Answers for a path of the sources; not for any other, since pages may lie in a folder of the same name.
pub fn reply(desk: &Desk, ask: &Ask) -> Option<Reply> {
    let outcome = match (ask.way, ask.path.strip_prefix(SOURCES)?) {
        (Way::Get, "" | "/") => list(desk, ask),
        (Way::Get, "/baru") => sheet(desk, ask, ""),
        (Way::Get, "/ubah") => sheet(desk, ask, ask.asked(KEY)),
        (Way::Post, "/baru" | "/ubah") => sheet(desk, ask, ask.field(KEY)),
        _ => return None,
    };
    Some(outcome.unwrap_or_else(|trouble| desk.in_trouble(ask, &trouble)))
}

fn list(desk: &Desk, ask: &Ask) -> Result<Reply, Trouble> {
    let source = desk.source()?;
    let Some(content) = content(&source)? else { return Ok(desk.refused(422, "new_no_site")) };
    let done = ["added", "saved", "same"].into_iter().find(|word| *word == ask.asked("hasil"));
    let values = serde_json::json!({
        "entries": content.sources.iter().map(listed).collect::<Vec<_>>(),
        "new": format!("{PLACE}{SOURCES}/baru"),
        "done": done.map(|word| desk.messages.desk(&format!("done_{word}"), &[])),
    });
    Ok(desk.sheet("sources.html", &[("list", values)]))
}

fn listed(entry: &SourceEntry) -> Listed<'_> {
    let key: String = form_urlencoded::byte_serialize(entry.key.value.as_bytes()).collect();
    Listed {
        key: &entry.key.value,
        title: &entry.words.title,
        publisher: &entry.words.publisher,
        date: entry.date.value.to_string(),
        href: format!("{PLACE}{SOURCES}/ubah?{KEY}={key}"),
    }
}

fn sheet(desk: &Desk, ask: &Ask, key: &str) -> Result<Reply, Trouble> {
    let source = desk.source()?;
    let Some(content) = content(&source)? else { return Ok(desk.refused(422, "new_no_site")) };
    let file = source.file(FILE).map(SourceFile::read).transpose()?;
    let Ok(before) = file.as_deref().map(std::str::from_utf8).transpose() else {
        return Ok(desk.torn(ask));
    };
    let languages = &content.config.languages;
    let schema = schema::of(Document::Sources);
    let fields = form::entry_fields(&schema, before.unwrap_or_default(), [LIST, key], languages);
    let Some(fields) = fields else { return Ok(desk.torn(ask)) };
    let is_there = fields.iter().any(|field| !field.values.is_empty());
    if ask.way == Way::Get && !key.is_empty() && !is_there {
        return Ok(desk.not_found(ask));
    }
    let sheet = Sheet { desk, ask, source: &source, content: &content, before, key, fields };
    match ask.way {
        Way::Post => sheet.save(),
        _ => Ok(sheet.show(Wrong::default())),
    }
}

impl Desk {
    /// The list cannot be changed key by key.
    fn torn(&self, ask: &Ask) -> Reply {
        let text = self.messages.desk("source_torn", &[("path", FILE.to_owned())]);
        self.note(&text, Some(ask)).with_status(422)
    }
}

impl Sheet<'_> {
    fn word(&self, key: &str) -> String {
        self.desk.messages.desk(key, &[])
    }

    /// By what it is known whether somebody has changed it meanwhile.
    fn seen(&self) -> String {
        let values = self.fields.iter().map(|field| (&field.path, &field.values));
        let values = serde_json::json!(values.collect::<Vec<_>>()).to_string();
        hexadecimal(&digest([values.as_bytes()]))
    }

    fn save(&self) -> Result<Reply, Trouble> {
        if self.ask.field(SEEN) != self.seen() {
            return Ok(self.show(self.changed_meanwhile()));
        }
        if let Some(known) = self.known() {
            let told = self.desk.messages.desk("source_known", &[("key", known.to_owned())]);
            return Ok(self.show(Wrong { refused: Some(told), ..Wrong::default() }));
        }
        let key = if self.key.is_empty() { self.new_key() } else { self.key.to_owned() };
        let posted = &self.ask.posted;
        let text = self.before.unwrap_or_default();
        let Some(after) = form::changed_entry(text, [LIST, &key], &self.fields, posted) else {
            return Ok(self.desk.torn(self.ask));
        };
        if self.before == Some(after.as_str()) {
            return Ok(to_list("same"));
        }
        let verdict = self.desk.judge(self.source, FILE, &after)?;
        if !verdict.is_good() {
            return Ok(self.show(self.wrong(&after, &key, &verdict)));
        }
        let before = self.before.map(str::as_bytes);
        let swaps = [Swap { path: FILE, before, after: Some(after.as_bytes()) }];
        let refused = match swap(&self.desk.root, &swaps) {
            Ok(()) => return Ok(to_list(if self.key.is_empty() { "added" } else { "saved" })),
            Err(Unswapped::Changed(_)) => self.word("rename_changed"),
            Err(Unswapped::Unwritable(path, error)) => self.desk.unwritable(&path, &error),
        };
        Ok(self.show(Wrong { refused: Some(refused), ..Wrong::default() }))
    }

    /// The key under which a new one stands in the list already, as after a second click.
    fn known(&self) -> Option<&str> {
        let sent = ["judul", "penerbit", "tanggal"].map(|name| self.ask.field(name).trim());
        let is_same = |one: &&SourceEntry| {
            let words = [one.words.title.as_str(), &one.words.publisher];
            words == sent[..2] && one.date.value.to_string() == sent[2]
        };
        let known = self.content.sources.iter().find(is_same);
        known.filter(|_| self.key.is_empty()).map(|one| one.key.value.as_str())
    }

    /// A key by which staff recognise it: who published it, and in which year.
    fn new_key(&self) -> String {
        let year: String = self.ask.field("tanggal").trim().chars().take(4).collect();
        let name = slugify(&format!("{} {year}", self.ask.field("penerbit")));
        let name = if name.is_empty() { LIST.to_owned() } else { name };
        let is_free = |key: &String| self.content.sources.iter().all(|one| one.key.value != *key);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name)
    }

    fn changed_meanwhile(&self) -> Wrong {
        let differing = self.fields.iter().filter_map(|field| {
            let sent = self.ask.field(&field.path).trim();
            let now = field.values.join("\n");
            (now != sent).then(|| (field.path.clone(), now))
        });
        let refused = Some(self.word("refused_changed"));
        Wrong { theirs: differing.collect(), refused, ..Wrong::default() }
    }

    /// What is wrong, each at its field where it is about one.
    fn wrong(&self, after: &str, key: &str, verdict: &Verdict) -> Wrong {
        let above = format!("{LIST}.{key}");
        let whole = self.fields.iter().cloned().map(|field| {
            let path = format!("{above}.{}", field.path);
            Field { path, ..field }
        });
        let whole: Vec<Field> = whole.collect();
        let errors: Vec<Fault> = verdict.own.iter().filter(|f| f.is_error()).cloned().collect();
        let mut wrong = Wrong::default();
        for (place, told) in placed(after, &whole, &errors, &self.desk.messages) {
            let own = place.strip_prefix(&format!("{above}.")).map(str::to_owned);
            match own.filter(|path| self.fields.iter().any(|field| field.path == *path)) {
                Some(path) => _ = wrong.shown.insert(path, told),
                None => wrong.others.extend(told),
            }
        }
        let caused = verdict.caused.iter().map(|fault| Told::of(fault, &self.desk.messages));
        wrong.others.extend(caused);
        wrong
    }

    fn show(&self, wrong: Wrong) -> Reply {
        let Wrong { shown, others, theirs, refused } = wrong;
        let posted: Option<&Posted> = (self.ask.way == Way::Post).then_some(&self.ask.posted);
        let frame = Frame {
            document: Document::Sources.name(),
            messages: &self.desk.messages,
            choices: &Choices::default(),
            posted,
            shown: &shown,
            theirs: &theirs,
            cards: &[],
        };
        // What is asked first comes first: the words in other languages may stay empty.
        let (translations, own): (Vec<&Field>, Vec<&Field>) =
            self.fields.iter().partition(|field| field.path.starts_with("bahasa."));
        let own = own.into_iter().map(|field| frame.shape(field));
        let translations = translations.into_iter().map(|field| frame.shape(field).optional(""));
        let fields: Vec<Shape> = own.chain(translations).collect();
        let of_fields = fields.iter().flat_map(|shape| {
            let told = shape.told.iter();
            told.map(|told| Line::at(&shape.name, &format!("{}: {}", shape.label, told.message)))
        });
        let of_others = others.iter().map(|told| Line {
            text: format!("{} {}", told.message, told.cure),
            href: String::new(),
        });
        let lines: Vec<Line> = of_fields.chain(of_others).collect();
        let is_new = self.key.is_empty();
        let name = if is_new { "baru" } else { "ubah" };
        self.desk.step(&Step {
            title: self.word(if is_new { "source_new" } else { "source_change" }),
            lead: self.word("source_lead"),
            action: format!("{PLACE}{SOURCES}/{name}"),
            method: "post",
            back: format!("{PLACE}{SOURCES}"),
            facts: match self.key {
                "" => Vec::new(),
                key => vec![(self.word("source_key"), key.to_owned())],
            },
            hidden: vec![(KEY.to_owned(), self.key.to_owned()), (SEEN.to_owned(), self.seen())],
            fields,
            lines,
            refused,
            submit: self.word("save"),
            ..Step::default()
        })
    }
}

fn to_list(done: &str) -> Reply {
    Reply::to(&format!("{PLACE}{SOURCES}?hasil={done}"))
}
