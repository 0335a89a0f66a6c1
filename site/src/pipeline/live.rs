//! A site that is kept ready, for a preview: each file is made when it is asked for, from the model as it
//! is. So no page can be older than what it is made from. A change in the body of one page is taken in
//! at once; any other needs the site to be read anew.

use super::{Interruption, Made, Options, Prepared, Ready, made, prepare, told_of};
use crate::content::drafts::{Draft, Drafts};
use crate::content::front::{Kind, Layout, Page};
use crate::content::{self, Source};
use crate::diag::{Fault, has_errors};
use crate::hosting;
use crate::model::{Entry, Model, Reach};
use crate::render::Job;
use crate::survey::{self, Survey};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The file of a page, in the folder that is its address.
const PAGE: &str = "index.html";

/// A site of which every file can be asked for.
pub struct Live<'a> {
    ready: &'a Ready<'a>,
    /// What stands at each path below the output folder.
    files: BTreeMap<String, File<'a>>,
    /// The pages of the content by their files.
    pages: BTreeMap<Arc<str>, &'a Entry<'a>>,
    /// The texts of the pages whose bodies have changed, as they were last good.
    texts: BTreeMap<Arc<str>, String>,
    /// What is wrong with the bodies that have changed.
    bodies: BTreeMap<Arc<str>, Vec<Fault>>,
    /// What was wrong before.
    faults: Vec<Fault>,
    /// What is wrong with the drafts that are left out.
    of_drafts: Vec<Fault>,
}

/// A draft, as a preview shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Its file.
    pub file: Arc<str>,
    /// Its address.
    pub url: String,
    /// Whether it is left out, because something is wrong with it.
    pub is_left_out: bool,
}

/// What stands at a path.
enum File<'a> {
    /// These bytes.
    Ready(Arc<[u8]>),
    /// What is made of a page or area.
    Made(Job<'a>),
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The page shows it, or the faults say why not.
    In,
    /// It concerns more than the body of a page: the site must be read anew.
    NotAlone,
}

/// What is wrong with a site that is not shown.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// What is wrong with drafts that are left out for it.
    pub drafts: Vec<Fault>,
}

/// Makes a site ready with its drafts, and shows it; not with any error among the faults. A draft with errors
/// is left out.
///
/// # Errors
/// [`Interruption`] by a file that cannot be read.
pub fn live(
    source: &Source,
    options: &Options,
    show: impl FnOnce(Live<'_>),
) -> Result<Judged, Interruption> {
    let mut show = Some(show);
    let mut wrong: BTreeMap<Arc<str>, Vec<Fault>> = BTreeMap::new();
    loop {
        let drafts = Drafts::ShownBut(wrong.keys().cloned().collect());
        let prepared = prepare(source, options, (Reach::Site, drafts), |ready, told| {
            let jobs = ready.renderer.jobs();
            let more = told_of(&jobs, |job| {
                let text = job.page().map(Page::text).transpose()?.unwrap_or_default();
                Ok(made(ready, job, &text).told)
            })?;
            let faults = told.and(more).into_faults();
            if let Some(show) = show.take_if(|_| !has_errors(&faults)) {
                show(Live::new(ready, jobs, Judged::of(faults.clone(), &wrong)));
            }
            Ok(((), faults))
        })?;
        let Prepared { faults, drafts, .. } = prepared;
        let files = drafts.into_iter().map(|draft| draft.file);
        let shown: Vec<Arc<str>> = files.filter(|file| !wrong.contains_key(file)).collect();
        let mut found = wrong_in(&faults, &shown);
        if !has_errors(&faults) || shown.is_empty() {
            return Ok(Judged::of(faults, &wrong));
        }
        if found.is_empty() {
            // A draft can make another page wrong, such as one with its address. Are there errors without any?
            found = shown.into_iter().map(|file| (file, faults.clone())).collect();
        }
        wrong.extend(found);
    }
}

impl Judged {
    fn of(faults: Vec<Fault>, wrong: &BTreeMap<Arc<str>, Vec<Fault>>) -> Self {
        let mut drafts: Vec<Fault> = Vec::new();
        for fault in wrong.values().flatten() {
            if !faults.contains(fault) && !drafts.contains(fault) {
                drafts.push(fault.clone());
            }
        }
        Self { faults, drafts }
    }
}

/// Those of the files that have errors, with all that was told of them.
fn wrong_in(faults: &[Fault], files: &[Arc<str>]) -> BTreeMap<Arc<str>, Vec<Fault>> {
    let told = files.iter().map(|file| {
        let own = faults.iter().filter(|fault| fault.spot.file == *file);
        (Arc::clone(file), own.cloned().collect::<Vec<Fault>>())
    });
    told.filter(|(_, faults)| has_errors(faults)).collect()
}

impl<'a> Live<'a> {
    fn new(ready: &'a Ready<'a>, jobs: Vec<Job<'a>>, judged: Judged) -> Self {
        let pages = ready.model.pages.iter();
        let pages = pages.map(|entry| (Arc::clone(&entry.page.file), entry)).collect();
        let hosting = hosting::plan(ready.model, ready.assets);
        let headers = (hosting::HEADERS_FILE, hosting.headers_file());
        let told = [headers, (hosting::APACHE_FILE, hosting.apache())];
        let told = told.map(|(path, text)| (path.to_owned(), Arc::from(text.into_bytes())));
        let ready_files = ready.assets.files.iter().cloned().chain(told);
        let ready_files = ready_files.map(|(path, bytes)| (path, File::Ready(bytes)));
        let made = jobs.into_iter().map(|job| (ready.renderer.path(&job), File::Made(job)));
        let files = ready_files.chain(made).collect();
        let (texts, bodies) = (BTreeMap::new(), BTreeMap::new());
        let Judged { faults, drafts: of_drafts } = judged;
        Self { ready, files, pages, texts, bodies, faults, of_drafts }
    }

    /// The drafts.
    #[must_use]
    pub fn drafts(&self) -> Vec<Sketch> {
        let Model { content, pages, .. } = self.ready.model;
        let sketch = |draft: &Draft| Sketch {
            file: Arc::clone(&draft.file),
            url: pages.address_of(&draft.id, &draft.lang),
            is_left_out: draft.is_left_out,
        };
        content.drafts.iter().map(sketch).collect()
    }

    /// What is wrong now.
    #[must_use]
    pub fn judged(&self) -> Judged {
        let is_old = |fault: &&Fault| !self.bodies.contains_key(&fault.spot.file);
        let others = self.faults.iter().filter(is_old);
        let faults = others.chain(self.bodies.values().flatten()).cloned().collect();
        Judged { faults, drafts: self.of_drafts.clone() }
    }

    /// Whether there is a file at a path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The file at a path; that of a page whose body is wrong as it was last good.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        let job = match self.files.get(path)? {
            File::Ready(bytes) => return Some(Arc::clone(bytes)),
            File::Made(job) => job,
        };
        let text = match job.page() {
            Some(page) => self.text(page)?,
            None => String::new(),
        };
        let body = job.page().map(|page| content::unchecked(page, &text)).unwrap_or_default();
        let page = self.ready.renderer.render(job, body).ok()?;
        Some(Arc::from(page.bytes))
    }

    /// What somebody should look after. Every page is made for it.
    #[must_use]
    pub fn survey(&self) -> Survey {
        let files: Vec<&String> = self.files.keys().filter(|path| path.ends_with(PAGE)).collect();
        let ways = files.par_iter().filter_map(|path| {
            let html = self.file(path)?;
            let address = format!("/{}", path.strip_suffix(PAGE)?);
            Some((address, survey::ways_in(&String::from_utf8_lossy(&html))))
        });
        survey::survey(self.ready.model, &ways.collect())
    }

    fn text(&self, page: &Page) -> Option<String> {
        let changed = self.texts.get(&page.file).cloned();
        changed.or_else(|| page.text().ok())
    }

    /// Takes in that a file has changed.
    pub fn change(&mut self, file: &str, bytes: &[u8]) -> Taken {
        let Some((file, entry)) = self.pages.get_key_value(file) else { return Taken::NotAlone };
        let Ok(text) = std::str::from_utf8(bytes) else { return Taken::NotAlone };
        let Some(old) = self.text(entry.page) else { return Taken::NotAlone };
        if concerns_others(entry, &old, text) {
            return Taken::NotAlone;
        }
        let job = Job::Page(entry);
        let Made { page, told, .. } = made(self.ready, &job, text);
        if page.is_none() && entry.page.front.is_draft {
            // It is to be left out.
            return Taken::NotAlone;
        }
        let fixed = self.faults.iter().filter(|fault| is_about_front(fault, entry.page, &old));
        let faults = fixed.cloned().chain(told.into_faults()).collect();
        let file = Arc::clone(file);
        if page.is_some() {
            self.texts.insert(Arc::clone(&file), text.to_owned());
        }
        self.bodies.insert(file, faults);
        Taken::In
    }
}

/// Whether a page differs from before in anything that other pages or hosts know of it.
fn concerns_others(entry: &Entry, old: &str, new: &str) -> bool {
    let front = |text: &str| content::body_start(text).map(|start| text[..start].to_owned());
    let anchors = |text: &str| {
        let headings = content::unchecked(entry.page, text).headings;
        headings.into_iter().map(|heading| heading.id).collect::<Vec<String>>()
    };
    let is_sealed = matches!(entry.kind(), Kind::Article(Layout::Screening));
    is_sealed
        || front(old) != front(new)
        || anchors(old) != anchors(new)
        || content::has_hidden_characters(new)
}

/// Whether a fault of a page was found in its front matter, which has not changed since.
fn is_about_front(fault: &Fault, page: &Page, text: &str) -> bool {
    let start = fault.spot.span.as_ref().map(|span| span.start);
    let body = content::body_start(text);
    fault.spot.file == page.file && start.zip(body).is_some_and(|(start, body)| start < body)
}
