//! Pages that say that they are drafts → which pages of a site are left out, and with them what is wrong in
//! them. The draft of a page is that of its translations, and the draft of a folder's page that of the
//! whole folder.

use super::front::Page;
use crate::diag::Fault;
use crate::value::{Lang, PageId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Which drafts are part of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// None: the site as it is published.
    LeftOut,
    /// All but those in these files.
    ShownBut(BTreeSet<Arc<str>>),
}

impl Drafts {
    /// Every draft is part of the site.
    #[must_use]
    pub fn all() -> Self {
        Self::ShownBut(BTreeSet::new())
    }
}

/// A page that is not to be published yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The file.
    pub file: Arc<str>,
    /// The page.
    pub id: PageId,
    /// The language of the file.
    pub lang: Lang,
    /// Whether it is no part of the site.
    pub is_left_out: bool,
}

/// A file as far as it could be read.
pub(super) struct Parsed {
    pub(super) file: Arc<str>,
    pub(super) id: PageId,
    pub(super) lang: Lang,
    /// Whether it says that it is a draft, as far as that can be told.
    pub(super) is_draft: bool,
    /// None where there is nothing to make a page of.
    pub(super) page: Option<Page>,
    pub(super) faults: Vec<Fault>,
}

/// The pages of a site, what is wrong with them, and the drafts.
pub(super) fn sort_out(
    files: Vec<Parsed>,
    drafts: &Drafts,
    first: &Lang,
) -> (Vec<Page>, Vec<Fault>, Vec<Draft>) {
    let originals = || files.iter().filter(|file| file.is_draft && file.lang == *first);
    let ids: BTreeSet<PageId> = originals().map(|file| file.id.clone()).collect();
    let folders = ids.iter().filter(|id| id.is_section() && !id.folder().is_empty());
    let folders: Vec<String> = folders.map(|id| format!("{}/", id.folder())).collect();
    let is_in_draft = |id: &PageId| folders.iter().any(|folder| id.as_str().starts_with(folder));
    let is_hidden = |file: &Arc<str>| match drafts {
        Drafts::LeftOut => true,
        Drafts::ShownBut(files) => files.contains(file),
    };
    let hidden = originals().filter(|file| is_hidden(&file.file));
    let hidden: BTreeSet<PageId> = hidden.map(|file| file.id.clone()).collect();
    let (mut pages, mut faults, mut found) =
        (Vec::with_capacity(files.len()), Vec::new(), Vec::new());
    for Parsed { file, id, lang, is_draft, page, faults: own } in files {
        let is_draft = is_draft || ids.contains(&id) || is_in_draft(&id);
        let is_left_out = is_draft && (is_hidden(&file) || hidden.contains(&id));
        if is_draft {
            found.push(Draft { file, id, lang, is_left_out });
        }
        if !is_left_out {
            pages.extend(page.map(|mut page| {
                page.front.is_draft = is_draft;
                page
            }));
            faults.extend(own);
        }
    }
    (pages, faults, found)
}

/// Whether a file says that it is a draft, be it ever so torn.
pub(super) fn says_so(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines().skip(1).take_while(|line| line.trim_end() != "+++");
    lines.any(|line| {
        let said = line.split('#').next().unwrap_or_default();
        said.split_once('=')
            .is_some_and(|(key, value)| (key.trim(), value.trim()) == ("konsep", "true"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_file_is_still_a_draft() {
        for text in [
            "+++\njudul = \"A\nkonsep = true\n+++\nIsi.",
            "\u{feff}+++\r\n  konsep=true # belum\r\n",
            "+++\nkonsep = true",
        ] {
            assert!(says_so(text.as_bytes()), "{text}");
        }
        assert!(says_so(b"+++\n\xff\nkonsep = true\n+++\n"));
        for text in ["konsep = true", "+++\nkonsep = false\n+++", "+++\n+++\nkonsep = true", ""] {
            assert!(!says_so(text.as_bytes()), "{text}");
        }
    }
}
