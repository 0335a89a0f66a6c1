//! What the preview says in its own name → HTML, by templates and words of the program.

use super::{desk, guide};
use crate::diag::{Code, Messages};
use crate::explain;
use tera::{Context, Kwargs, State, Tera};

/// The templates, by the names under which they include each other.
const TEMPLATES: [(&str, &str); 6] = [
    ("frame.html", include_str!("pages/frame.html")),
    ("note.html", include_str!("pages/note.html")),
    ("fault.html", include_str!("pages/fault.html")),
    ("place.html", include_str!("pages/place.html")),
    ("checks.html", include_str!("pages/checks.html")),
    ("guide.html", include_str!("pages/guide.html")),
];

/// Where somebody is led who sees these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// To the pages of the site.
    Pages,
    /// To their forms.
    Forms,
}

/// The templates, ready to be filled.
pub struct Pages {
    tera: Tera,
    language: &'static str,
}

impl Pages {
    /// The templates with the words in a language.
    #[must_use]
    pub fn speaking(messages: &Messages) -> Self {
        let mut tera = Tera::new();
        let words = messages.clone();
        tera.register_function("say", move |arguments: Kwargs, _: &State| {
            let key = arguments.must_get::<&str>("key")?.to_owned();
            let facts = arguments.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
            let facts: Vec<(&str, String)> =
                facts.map(|(name, value)| (name, value.to_string())).collect();
            Ok::<String, tera::Error>(words.program(&key, &facts))
        });
        let language = messages.language();
        tera.register_function("explanation", move |arguments: Kwargs, _: &State| {
            let code = Code::named(arguments.must_get::<&str>("code")?);
            let path = code.map(|code| explain::path_of(code, language)).unwrap_or_default();
            Ok::<String, tera::Error>(format!("{}/faults/{path}", guide::PLACE))
        });
        // They are part of the program, and each is filled by its tests.
        let _ = tera.add_raw_templates(TEMPLATES);
        Self { tera, language }
    }

    /// A whole page of the program's own: a template that extends `frame.html`, filled.
    #[must_use]
    pub fn page(&self, template: &str, lead: Lead, mut context: Context) -> Vec<u8> {
        context.insert("desk", &(lead == Lead::Forms).then_some(desk::PLACE));
        context.insert("language", self.language);
        context.insert("program_style", include_str!("pages/program.css"));
        self.filled(template, &context).into_bytes()
    }

    /// A template, filled.
    #[must_use]
    pub fn filled(&self, template: &str, context: &Context) -> String {
        self.tera.render(template, context).unwrap_or_default()
    }
}
