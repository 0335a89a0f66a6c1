//! A template of the editor and what it shows → a page.

use super::guard::TOKEN_FIELD;
use super::reply::Reply;
use super::{Desk, PLACE};
use crate::diag::Messages;
use serde::Serialize;
use tera::{Context, Tera};

/// The templates, each with its name.
const TEMPLATES: [(&str, &str); 7] = [
    ("frame.html", include_str!("frame.html")),
    ("parts.html", include_str!("parts.html")),
    ("list.html", include_str!("list.html")),
    ("page.html", include_str!("page.html")),
    ("sources.html", include_str!("sources.html")),
    ("step.html", include_str!("step.html")),
    ("note.html", include_str!("note.html")),
];

/// The templates, ready, and the words that all of them have.
pub struct Sheets {
    tera: Result<Tera, tera::Error>,
    words: Context,
}

impl Sheets {
    /// Loads the templates, which are part of the program and parsed by its tests.
    #[must_use]
    pub fn new(messages: &Messages) -> Self {
        let mut tera = Tera::new();
        let loaded = tera.add_raw_templates(TEMPLATES.to_vec());
        let mut words = Context::new();
        words.insert("w", messages.desk_words());
        words.insert("lang", messages.language());
        words.insert("place", PLACE);
        words.insert("token_field", TOKEN_FIELD);
        Self { tera: loaded.map(|()| tera), words }
    }
}

impl Desk {
    /// A page made by a template, with these values.
    pub(super) fn sheet<T: Serialize>(&self, name: &str, values: &[(&'static str, T)]) -> Reply {
        let mut context = self.sheets.words.clone();
        context.insert("token", self.token.as_str());
        for (name, value) in values {
            context.insert(*name, value);
        }
        let tera = self.sheets.tera.as_ref().map_err(ToString::to_string);
        let made = tera.and_then(|tera| tera.render(name, &context).map_err(|e| e.to_string()));
        match made {
            Ok(html) => Reply::page(html),
            // It says nothing to whoever reads it, but is not empty.
            Err(error) => Reply::page(error.replace('<', "&lt;")).with_status(500),
        }
    }
}
