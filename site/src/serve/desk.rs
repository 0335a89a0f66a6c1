//! The editor in the browser, below `/_ubah/`: a request → a page of forms, or a changed file. Only with
//! `serve --edit`, only for this machine, and only for pages that came from here themselves.

mod ask;
mod contact;
mod fresh;
mod guard;
mod listing;
mod page;
mod picture;
mod renaming;
mod reply;
mod saving;
mod sheets;
mod site;
mod sources;
mod step;
mod view;

use super::doors::send;
use crate::diag::Messages;
use crate::invocation::Invocation;
use crate::model::{self, Reach};
use crate::pipeline::Options;
use crate::trouble::Trouble;
use ask::{Ask, Way};
use guard::{Refusal, TOKEN_FIELD, Token};
use reply::Reply;
use sheets::Sheets;
use std::path::PathBuf;
use tiny_http::Request;

/// Below which path the editor answers.
pub const PLACE: &str = "/_ubah";

/// The way from a page of the site to its form.
#[must_use]
pub fn edit_link(address: &str) -> String {
    let address: String = form_urlencoded::byte_serialize(address.as_bytes()).collect();
    format!("{PLACE}/ke?alamat={address}")
}

/// The editor.
pub struct Desk {
    root: PathBuf,
    build: Options,
    messages: Messages,
    token: Token,
    sheets: Sheets,
}

impl Desk {
    /// An editor for a site. Its pages, and no others, know the token that it makes for itself.
    #[must_use]
    pub fn new(invocation: &Invocation, messages: &Messages) -> Self {
        Self {
            root: invocation.root.clone(),
            build: invocation.build.clone(),
            messages: messages.clone(),
            token: Token::random(),
            sheets: Sheets::new(messages),
        }
    }

    /// Whether a request is for the editor.
    #[must_use]
    pub fn is_asked_by(request: &Request) -> bool {
        let path = request.url().split(['?', '#']).next().unwrap_or_default();
        path == PLACE || path.strip_prefix(PLACE).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Answers a request.
    pub fn answer(&self, mut request: Request) {
        let reply = match guard::admit(&mut request, &self.token) {
            Ok(ask) => self.reply(&ask),
            Err(Refusal::Stale(ask)) => self.stale(&ask),
            Err(refusal) => self.refused(refusal.status(), refusal.word()),
        };
        send(request, reply.response());
    }

    fn reply(&self, ask: &Ask) -> Reply {
        match (ask.way, ask.path.as_str()) {
            (Way::Get, "") => Reply::to(&format!("{PLACE}/")),
            (Way::Get, "/") => listing::show(self, ask),
            (Way::Get, "/program.css") => Reply::style(),
            (Way::Get, "/desk.js") => Reply::script(),
            (Way::Get, "/wilayah") => {
                let found = site::candidates(ask.asked("cari"), |_| true);
                Reply::json(serde_json::json!(found).to_string())
            }
            (Way::Get, "/ke") => self.to_page(ask),
            (Way::Get | Way::Post, "/baru") => {
                fresh::reply(self, ask).unwrap_or_else(|trouble| self.in_trouble(ask, &trouble))
            }
            (Way::Put, "/gambar") => picture::reply(self, ask),
            (way, path) => sources::reply(self, ask)
                .unwrap_or_else(|| page::reply(self, ask, way, path.trim_start_matches('/'))),
        }
    }

    /// To the form of the page that is seen at an address; to all pages where there is no file of it.
    fn to_page(&self, ask: &Ask) -> Reply {
        let address = ask.asked("alamat");
        let file = self.source().and_then(|source| {
            let content = site::content(&source)?;
            Ok(content.and_then(|content| {
                let (model, _) = model::assemble(&content, self.build.today, Reach::Site);
                let mut pages = model.pages.iter();
                pages.find(|entry| entry.url == address).map(|entry| entry.page.file.to_string())
            }))
        });
        match file {
            Ok(file) => {
                let path = file.as_deref().and_then(|file| file.strip_prefix("content/"));
                Reply::to(&format!("{PLACE}/{}", path.unwrap_or_default()))
            }
            Err(trouble) => self.in_trouble(ask, &trouble),
        }
    }

    /// A page that says why there is no other.
    fn refused(&self, status: u16, word: &str) -> Reply {
        self.note(&self.messages.desk(word, &[]), None).with_status(status)
    }

    /// What was asked for is not there.
    fn not_found(&self, ask: &Ask) -> Reply {
        self.note(&self.messages.desk("not_found", &[]), Some(ask)).with_status(404)
    }

    /// The program was started anew since the form was opened: whoever sits here says once more that it
    /// is meant, on a page that knows the token of now.
    fn stale(&self, ask: &Ask) -> Reply {
        self.note(&self.messages.desk("refused_stale", &[]), Some(ask)).with_status(403)
    }

    /// What keeps a wish from being fulfilled.
    fn in_trouble(&self, ask: &Ask, trouble: &Trouble) -> Reply {
        let text = match trouble {
            // What the terminal says of it is for somebody who is about to start.
            Trouble::NotASite(folder) => {
                self.messages.desk("site_gone", &[("path", folder.display().to_string())])
            }
            other => other.in_words(&self.messages),
        };
        self.note(&text, Some(ask)).with_status(500)
    }

    /// A page with one sentence. What was typed is not lost by it: a form that was sent is kept in it, to
    /// be sent once more.
    fn note(&self, text: &str, ask: Option<&Ask>) -> Reply {
        let is_kept = |ask: &&Ask| ask.way == Way::Post && !ask.path.starts_with("/pratinjau/");
        let again = ask.filter(is_kept).map(|ask| {
            let fields = ask.posted.iter().filter(|(name, _)| *name != TOKEN_FIELD);
            let fields = fields.flat_map(|(name, values)| values.iter().map(move |v| (name, v)));
            let action = format!("{PLACE}{}", ask.path);
            serde_json::json!({ "action": action, "fields": fields.collect::<Vec<_>>() })
        });
        let note = serde_json::json!({ "text": text, "again": again });
        self.sheet("note.html", &[("note", note)])
    }
}
