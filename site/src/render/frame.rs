//! What stands around the pages of a language → values and HTML for templates, made once: words, national
//! lines, and the site with its menus for each page that a menu can show as the one that is read.

use super::common;
use crate::assets::Assets;
use crate::model::{Entry, Model};
use crate::value::Lang;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tera::{Context, Tera, Value};

/// The frame of the pages of a language.
#[derive(Debug)]
pub struct Frame<'m> {
    lang: &'m Lang,
    /// What is the same on every page.
    fixed: Context,
    /// The pages that menus lead to.
    linked: Vec<&'m Entry<'m>>,
    around: Mutex<BTreeMap<Here, Context>>,
}

/// Where a page stands among those that menus lead to, and where the quick exit leads from it.
type Here = (Vec<[bool; 2]>, String);

/// The components that are the same on all pages with the same frame, each with the name of its HTML.
const PARTS: [&str; 4] = ["kepala", "kaki", "nasional", "nasional_ringkas"];

impl<'m> Frame<'m> {
    /// The frame of a language.
    #[must_use]
    pub fn new(model: &'m Model<'m>, lang: &'m Lang) -> Self {
        let config = &model.content.config;
        let links = config.menu.iter().chain(&config.footer);
        let linked = links.filter_map(|link| model.pages.follow(&link.value, lang)).collect();
        let mut fixed = Context::new();
        fixed.insert("words", &model.catalogues[lang].site);
        fixed.insert("national", &common::national(model, lang));
        Self { lang, fixed, linked, around: Mutex::default() }
    }

    /// What a template gets for a page at `url`, but for the page itself.
    ///
    /// # Errors
    /// Tera's, where a component of the frame does not render.
    pub fn context(
        &self,
        model: &Model,
        assets: &Assets,
        tera: &Tera,
        url: &str,
    ) -> tera::TeraResult<Context> {
        let of = |entry: &&Entry| [entry.url == url, common::is_here(entry, url)];
        let here = (self.linked.iter().map(of).collect(), common::exit(model, self.lang, url));
        let known = |frame: &Self| frame.lock().get(&here).cloned();
        if let Some(context) = known(self) {
            return Ok(context);
        }
        let mut context = self.fixed.clone();
        context.insert("site", &common::site(model, assets, self.lang, url));
        context.insert("page_url", url);
        // A theme may have a frame of its own.
        let parts = PARTS.into_iter().filter(|part| tera.get_component_definition(part).is_some());
        let parts = parts.map(|part| rendered(tera, part, &context).map(|html| (part, html)));
        let parts: BTreeMap<&str, Value> = parts.collect::<tera::TeraResult<_>>()?;
        context.insert("frame", &parts);
        self.lock().insert(here, context.clone());
        Ok(context)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Here, Context>> {
        self.around.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A component of the frame as HTML.
fn rendered(tera: &Tera, name: &str, context: &Context) -> tera::TeraResult<Value> {
    let html = tera.render_component_with_implicits(name, &Context::new(), context, None, true)?;
    Ok(Value::safe_string(&html))
}
