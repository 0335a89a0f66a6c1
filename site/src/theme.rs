//! Templates, styles and scripts: those the binary carries, each replaced by the site's own file of
//! the same name under `templates/` where there is one.

use crate::content::Source;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::Arc;

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/../templates");

/// The texts of a theme by their path below `templates/`.
#[derive(Clone, Debug)]
pub struct Theme {
    files: BTreeMap<String, Arc<str>>,
}

impl Theme {
    /// The theme of a site. Files that are not UTF-8 are passed over: nothing in a theme is binary.
    #[must_use]
    pub fn of(source: &Source) -> Self {
        let mut files = BTreeMap::new();
        add_folder(&BUILT_IN, &mut files);
        for file in &source.files {
            let name = file.path.strip_prefix("templates/");
            if let Some((name, text)) = name.and_then(|name| Some((name, file.text()?))) {
                files.insert(name.to_owned(), Arc::from(text));
            }
        }
        Self { files }
    }

    /// A file's text; empty where neither the site nor the binary has it.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.files.get(name).map_or("", |text| text)
    }

    /// Every template: the files that Tera reads.
    pub fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_template =
            |name: &str| [".html", ".xml", ".txt"].iter().any(|ending| name.ends_with(ending));
        let files = self.files.iter().filter(move |(name, _)| is_template(name));
        files.map(|(name, text)| (name.as_str(), text.as_ref()))
    }

    /// Every file with its path relative to the site, for faults that point into it.
    pub fn sources(&self) -> impl Iterator<Item = (Arc<str>, Arc<str>)> {
        self.files
            .iter()
            .map(|(name, text)| (Arc::from(format!("templates/{name}")), Arc::clone(text)))
    }
}

fn add_folder(folder: &Dir, files: &mut BTreeMap<String, Arc<str>>) {
    for file in folder.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.insert(path.replace('\\', "/"), Arc::from(text));
        }
    }
    folder.dirs().for_each(|folder| add_folder(folder, files));
}
