//! What stands around the pages of a language → values for templates, made once: words, national lines,
//! and the site with its menus for each page that a menu can show as the one that is read.

use super::common;
use crate::assets::Assets;
use crate::model::{Entry, Model};
use crate::value::Lang;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use tera::{Context, Value};

/// The frame of the pages of a language.
#[derive(Debug)]
pub struct Frame<'m> {
    lang: &'m Lang,
    /// What is the same on every page.
    fixed: Context,
    /// The pages that menus lead to.
    linked: Vec<&'m Entry<'m>>,
    sites: Mutex<BTreeMap<Here, Value>>,
}

/// Which of the pages that menus lead to is read, and where the quick exit leads from it.
type Here = (Vec<bool>, String);

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
        Self { lang, fixed, linked, sites: Mutex::default() }
    }

    /// What a template gets for a page at `url`, but for the page itself.
    #[must_use]
    pub fn context(&self, model: &Model, assets: &Assets, url: &str) -> Context {
        let here = self.linked.iter().map(|entry| common::is_here(entry, url)).collect();
        let here = (here, common::exit(model, self.lang, url));
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let site = sites.entry(here).or_insert_with(|| {
            Value::from_serializable(&common::site(model, assets, self.lang, url))
        });
        let mut context = self.fixed.clone();
        context.insert_value("site", site.clone());
        context
    }
}
